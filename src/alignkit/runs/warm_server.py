"""The process that warm kernels are forked from: `python -m alignkit.runs.warm_server SOCKET`.

It imports what every chapter imports, then answers each request (one JSON line: argv, env, cwd) with the process id
of a fork that becomes that kernel. It starts no thread, so a fork copies nothing half-done. It ends with its stdin.
"""

import gc
import importlib
import json
import os
import select
import signal
import socket
import sys
from typing import Any

IMPORTS = (
    "ipykernel.kernelapp",
    "IPython.core.completer",
    "nbformat",
    "pandas",
    "pandas.core.methods.to_dict",
    "pandas.io.formats.html",
    "pyarrow.dataset",
    "pyarrow.parquet",
    "seaborn",
    "matplotlib.backends.backend_svg",
    "matplotlib.style",
    "matplotlib_inline.backend_inline",
    "scipy.stats",
    "scipy.optimize",
    "statsmodels.api",
    "alignkit.community",
    "alignkit.kit.charts",
    "alignkit.kit.tables",
    "alignkit.chapters.outcome.exhibits",
    "alignkit.chapters.outcome.measures",
    "alignkit.chapters.outcome.sentences",
)


def serve(address: str) -> None:
    """Import, listen on `address`, fork a kernel per request until standard input closes."""
    for name in IMPORTS:
        importlib.import_module(name)
    # pandas looks for a notebook while it is being imported; here it took us for a terminal.
    importlib.import_module("pandas").set_option("display.max_columns", 20)
    gc.freeze()  # what is imported stays: no kernel's collector has to walk through it again
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(address + ".new")
        listener.listen()
        os.rename(address + ".new", address)  # the path appears only once connections are taken
        while True:
            ready, _, _ = select.select([listener, sys.stdin], [], [], 0.5)
            _reap()
            if sys.stdin in ready:
                return
            if listener in ready:
                _answer(listener)


def _reap() -> None:
    """Collect kernels that have ended, so that none stays a zombie."""
    try:
        while os.waitpid(-1, os.WNOHANG) != (0, 0):
            pass
    except ChildProcessError:
        pass


def _answer(listener: socket.socket) -> None:
    connection, _ = listener.accept()
    _, (log, *_), _, _ = socket.recv_fds(connection, 1, 1)
    with connection, connection.makefile("rw") as stream:
        ask = json.loads(stream.readline())
        pid = os.fork()
        if pid == 0:
            listener.close()
            _become_kernel(ask, log)
        os.close(log)
        stream.write(f"{pid}\n")
        stream.flush()


def _become_kernel(ask: dict[str, Any], log: int) -> None:
    """Turn this fork into an IPython kernel; never returns."""
    status = 1
    try:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        os.setsid()
        null = os.open(os.devnull, os.O_RDONLY)
        os.dup2(null, 0)
        os.dup2(log, 1)
        os.dup2(log, 2)
        os.environ.clear()
        os.environ.update(ask["env"])
        os.chdir(ask["cwd"])
        sys.argv = ["ipykernel_launcher", *ask["argv"], f"--IPKernelApp.parent_handle={os.getppid()}"]
        if "" not in sys.path:
            sys.path.insert(0, "")
        from ipykernel.kernelapp import launch_new_instance

        launch_new_instance(sys.argv[1:])
        status = 0
    finally:
        os._exit(status)


if __name__ == "__main__":
    serve(sys.argv[1])
