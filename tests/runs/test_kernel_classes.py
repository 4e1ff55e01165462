"""Chapters run in threads; what traitlets does once per class is done before them."""

import subprocess
import sys

CODE = """
from jupyter_client.asynchronous import AsyncKernelClient
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.session import Session
from papermill.clientwrap import PapermillNotebookClient
from traitlets.traitlets import ClassBasedTraitType

from alignkit.runs.kernels import look_up_classes


def by_name():
    classes = (PapermillNotebookClient, AsyncKernelManager, AsyncKernelClient, Session)
    traits = {trait for one in classes for base in one.__mro__ for trait in vars(base).values()
              if isinstance(trait, ClassBasedTraitType)}
    return [trait.name for trait in traits if isinstance(getattr(trait, "klass", None), str)]


assert by_name(), "nothing to look up any more: look_up_classes can go"
look_up_classes()
assert by_name() == []
"""


def test_no_class_is_looked_up_by_two_threads_at_once() -> None:
    done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
