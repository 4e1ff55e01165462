"""One server of warm kernels for all tests of runs: a kernel of its own for every chapter, started once."""

from contextlib import nullcontext

import pytest

from alignkit.runs import run as module
from alignkit.runs.kernels import warm_kernels


@pytest.fixture(scope="session")
def _server():
    with warm_kernels() as environment:
        yield environment


@pytest.fixture(scope="session")
def run(_server):
    """`alignkit.runs.run.run` with kernels of that server (plain ones where kernels cannot be forked)."""

    def quick(file, **options):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(module, "warm_kernels", lambda kind: nullcontext(_server))
            return module.run(file, **options)

    return quick
