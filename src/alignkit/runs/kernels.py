"""Kernels that start in a tenth of a second: forked from one process that has everything imported.

A plain kernel spends nearly all of a light notebook's time importing pandas and seaborn. On Linux, `warm_kernels()`
starts one server process that imports them once; `WarmProvisioner` (a Jupyter kernel provisioner, registered as
`alignkit-warm`) asks it to fork. Elsewhere, and with `plain`, Jupyter's own provisioner does.
"""

import asyncio
import contextlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, ClassVar

from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from nbclient import NotebookClient
from nbformat.v4 import new_notebook

from alignkit.errors import ChapterError

SOCKET = "ALIGNKIT_WARM_SOCKET"
STEADY = {
    # The same numbers and the same bytes on every run, whatever the machine's cores or the day.
    "PYTHONHASHSEED": "0",
    "SOURCE_DATE_EPOCH": "315532800",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    # As in JupyterLab: a figure that an evaluator draws is displayed, so that a page without it can be reported.
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
}


SECRETS = ("PGPASSWORD", "PGSSLPASSWORD")
"""A run's notebooks read its snapshot, never a database; what they do not know, no executed notebook can show."""


def _inherited() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name not in SECRETS} | STEADY


class ForkedKernel:
    """The part of `subprocess.Popen` that Jupyter's provisioner uses, for a process that is not our child."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self.stdin = self.stdout = self.stderr = None
        self._fd = os.pidfd_open(pid)

    def poll(self) -> int | None:
        """0 once the kernel has ended, else None; the exit code itself is the server's to see."""
        if self.returncode is None and select.select([self._fd], [], [], 0)[0]:
            os.close(self._fd)
            self.returncode = 0
        return self.returncode

    def wait(self) -> int:
        """Block until the kernel has ended."""
        while self.poll() is None:
            time.sleep(0.01)
        return 0

    def send_signal(self, signum: int) -> None:
        """Send a signal, unless the kernel has ended."""
        if self.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signum)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)


class WarmProvisioner(LocalProvisioner):
    """Asks the server named in the kernel's environment to fork, instead of starting a process."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        """Fork a kernel for this connection file; returns the connection info, as every provisioner does."""
        ask = {"argv": cmd[cmd.index("-f") :], "env": kwargs["env"], "cwd": kwargs["cwd"]}
        pid = await asyncio.to_thread(_fork, kwargs["env"][SOCKET], ask, kwargs["stderr"])
        self.process = ForkedKernel(pid)  # type: ignore[assignment]  # it is used as a Popen is
        self.pid = pid
        self.pgid = None
        return self.connection_info


def _fork(address: str, ask: Mapping[str, Any], log: int) -> int:
    with socket.socket(socket.AF_UNIX) as client:
        client.connect(address)
        socket.send_fds(client, [b"\0"], [log])
        with client.makefile("rw") as stream:
            stream.write(json.dumps(ask) + "\n")
            stream.flush()
            answer = stream.readline()
    if not answer:
        raise ChapterError("the warm kernel server ended", cure="run again with --kernels plain")
    return int(answer)


def look_up_classes() -> None:
    """Make one of what each chapter's thread makes of Jupyter's classes, before there is more than one thread.

    traitlets turns the names of classes into classes when the first object is made, and fails where two threads do so
    at once.
    """
    NotebookClient(new_notebook())
    AsyncKernelManager().client()


class ChapterKernelManager(AsyncKernelManager):
    """Starts one chapter's kernel; no one else on the machine can read what it says."""

    # `manager` sets these, in a subclass for each chapter.
    added: ClassVar[Mapping[str, str]]
    folder: ClassVar[Path]
    log_file: ClassVar[Path]

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"transport_encryption": "auto", **kwargs})

    @property
    def kernel_spec(self) -> Any:
        """Jupyter's, with the warm provisioner where a server is named."""
        spec = super().kernel_spec
        if spec is not None and SOCKET in self.added:
            spec.metadata = {**spec.metadata, "kernel_provisioner": {"provisioner_name": "alignkit-warm"}}
        return spec

    async def _async_pre_start_kernel(self, **kwargs: Any) -> Any:
        kwargs["env"] = {**_inherited(), **self.added}
        kwargs["cwd"] = str(self.folder)
        with self.log_file.open("ab") as told:
            kwargs["stdout"] = kwargs["stderr"] = os.dup(told.fileno())
        return await super()._async_pre_start_kernel(**kwargs)

    async def _async_launch_kernel(self, kernel_cmd: list[str], **kwargs: Any) -> None:
        try:
            await super()._async_launch_kernel(kernel_cmd, **kwargs)
        finally:
            os.close(kwargs["stderr"])

    pre_start_kernel = _async_pre_start_kernel


def manager(environment: Mapping[str, str], cwd: Path, log: Path) -> type[AsyncKernelManager]:
    """A kernel manager class whose kernels run in `cwd` with `environment` added, warm where a server is named.

    What a kernel says outside its notebook is appended to `log`.
    """
    return type("ChapterKernelManager", (ChapterKernelManager,), {"added": environment, "folder": cwd, "log_file": log})


@contextlib.contextmanager
def warm_kernels(kind: str = "warm") -> Iterator[Mapping[str, str]]:
    """Keep a server for warm kernels while the block runs; gives the environment that its kernels need.

    `kind` is `warm` or `plain`. Forking is safe on Linux only: elsewhere kernels are plain.
    """
    if kind == "plain" or not sys.platform.startswith("linux"):
        yield {}
        return
    with tempfile.TemporaryDirectory(prefix="alignkit-") as folder:
        address = str(Path(folder) / "warm")
        server = subprocess.Popen(
            [sys.executable, "-m", "alignkit.runs.warm_server", address],
            env=_inherited(),
            stdin=subprocess.PIPE,  # the server ends when this end closes, however we end
        )
        try:
            _wait_for(address, server)
            yield {SOCKET: address}
        finally:
            assert server.stdin is not None
            server.stdin.close()
            server.wait(timeout=30)


def _wait_for(address: str, server: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 120
    while not Path(address).exists():
        if server.poll() is not None or time.monotonic() > deadline:
            raise ChapterError("the warm kernel server did not start", cure="run again with --kernels plain")
        time.sleep(0.02)
