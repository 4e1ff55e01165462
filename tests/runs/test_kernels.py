"""Warm kernels say what plain ones say, and leave nothing running."""

import os
import sys
import time

import nbformat
import pytest

from alignkit.runs import run as cycle
from alignkit.runs.kernels import SOCKET, STEADY, warm_kernels
from tests.small_project import OPEN, small_project

SHOWN = """import os, sys
from IPython.display import display
print(os.getcwd(), sorted({"b", "a", "c"}), list({"b", "a", "c"}), os.environ["ALIGNKIT_CHAPTER"])
display({"text/plain": "one"}, raw=True)
sys.stdin.read(), __name__"""
DRAWN = """import io, matplotlib.pyplot as plt
plt.plot([1, 2]); out = io.StringIO(); plt.savefig(out, format="svg", metadata={"Date": None}); plt.close()
len(out.getvalue())"""
linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="kernels are forked on Linux only")


def outputs(report):
    assert report.ok, [result.message for result in report.failed]
    notebook = nbformat.read(report.folder / "notebooks" / "one.ipynb", as_version=4)
    return [cell.outputs for cell in notebook.cells if cell.get("outputs")]


@linux
@pytest.mark.heavy
def test_warm_and_plain_give_the_same_outputs(tmp_path):
    file = small_project(tmp_path, {"one": [SHOWN, OPEN, "c.table('partners')", DRAWN]})
    plain = outputs(cycle.run(file, kernels="plain"))
    assert "notebooks ['a', 'b', 'c']" in plain[0][0]["text"]
    assert plain == outputs(cycle.run(file, kernels="warm", again=True))


@linux
@pytest.mark.heavy
def test_the_server_ends_with_its_block_and_its_socket_goes():
    with warm_kernels("warm") as environment:
        address = environment[SOCKET]
        assert os.path.exists(address)
    assert not os.path.exists(os.path.dirname(address))


@linux
def test_no_kernel_outlives_the_run(tmp_path, run):
    file = small_project(tmp_path, {"one": ["import os; os.getpid()"]})
    pid = int(outputs(run(file))[0][0]["data"]["text/plain"])
    deadline = time.monotonic() + 5
    while os.path.exists(f"/proc/{pid}") and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not os.path.exists(f"/proc/{pid}")


def test_plain_needs_no_server():
    with warm_kernels("plain") as environment:
        assert environment == {}


def test_the_same_numbers_whatever_the_machine():
    assert STEADY["PYTHONHASHSEED"] == "0"
    assert {STEADY[name] for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")} == {"1"}
