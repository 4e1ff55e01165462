"""What all measures cost: on the demo community, and on a million students.

make bench-measures         prints name, value, what between tabs
"""

import argparse
import importlib
import inspect
import json
import os
import pkgutil
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import wraps
from pathlib import Path
from types import ModuleType
from typing import Any
from unittest.mock import patch

import nbformat
import pandas as pd

import alignkit.chapters
import alignkit.linkage
from alignkit.shared.files import shared_by
from alignkit.shared.whole import whole

ROOT = Path(__file__).parents[2]
AS_OF = pd.Timestamp("2026-09-30")
LARGE, SMALL = 1_000_000, 100_000
WORDS = ("sentences", "exhibits", "assumptions")
"""How modules of chapters end, or are called, that say or show what others have measured."""


def demo_seconds() -> tuple[dict[str, float], float]:
    """CPU seconds of measures and linkage in each chapter on the demo community (outcome chapters together), and of the
    notebooks as a whole: with reading, privacy and words, all but the drawing."""
    from alignkit.demo.tools import authored

    outcomes = authored("outcomes").query("status == 'in_force'")["outcome_id"]
    names = [path.stem for path in sorted((ROOT / "notebooks").glob("*.ipynb"))]
    seconds, whole = dict[str, float](), 0.0
    with tempfile.TemporaryDirectory() as folder, _undrawn(), patch.dict(os.environ, {"ALIGNKIT_PROJECT": folder}):
        _project(Path(folder))
        _run(ROOT / "notebooks" / "commitments.ipynb")  # imports, and the snapshot of the tables
        with _timed() as clock:
            for name in names:
                started, before = time.process_time(), clock.spent
                for outcome in outcomes if name == "outcome" else [None]:
                    _run(_notebook(name, outcome), outcome)
                seconds[name] = clock.spent - before
                whole += time.process_time() - started
    return seconds, whole


class _Clock:
    """CPU seconds inside the functions it wraps, each counted once however deep they call each other."""

    def __init__(self) -> None:
        self.spent, self.inside = 0.0, False

    def wrap(self, function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def timed(*args: Any, **kwargs: Any) -> Any:
            if self.inside:
                return function(*args, **kwargs)
            self.inside, started = True, time.process_time()
            try:
                return function(*args, **kwargs)
            finally:
                self.spent, self.inside = self.spent + time.process_time() - started, False

        return timed


@contextmanager
def _timed() -> Iterator[_Clock]:
    """A clock around every public function of measures and linkage."""
    clock = _Clock()
    timed = {one.__name__ for one in _modules() if not any(part.endswith(WORDS) for part in one.__name__.split("."))}
    with ExitStack() as stack:
        stack.enter_context(patch("alignkit.disclosure.door.foreign_data", return_value=[]))  # a clock is nobody's data
        for module in _modules():
            for name, thing in vars(module).copy().items():
                if inspect.isfunction(thing) and thing.__module__ in timed and not name.startswith("_"):
                    stack.enter_context(patch.object(module, name, clock.wrap(thing)))
        yield clock


def _modules() -> list[ModuleType]:
    """The modules of chapters and linkage."""
    packages = (alignkit.chapters, alignkit.linkage)
    found = [
        one.name for package in packages for one in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    ]
    return [importlib.import_module(name) for name in found]


def large_run(n: int) -> dict[str, float]:
    """Seconds and peak memory (GB) of what reads a community of `n` students: read, link, assess, compare, reach."""
    from alignkit.chapters.action import comparison_records as records
    from alignkit.chapters.action import effects as found
    from alignkit.chapters.action.measures import clients_served
    from alignkit.contract.validate import empty
    from alignkit.linkage.assess import assess
    from alignkit.linkage.link import link
    from tests.benchmarks import large

    with tempfile.TemporaryDirectory() as folder:
        for name, frame in large.people(n).items():
            frame.to_parquet(Path(folder) / f"{name}.parquet")
        del frame
        started = time.process_time()
        made = {path.stem: pd.read_parquet(path) for path in Path(folder).glob("*.parquet")}
    links = link(made["students"], made["clients"])
    linked = time.process_time() - started
    true, accepted = made["pairs"], links.accepted
    known = true.head(400).assign(source="agreement", agreed_on=AS_OF)
    assess(links, empty("link_reviews"), known, made["students"], made["clients"])
    comparison = empty("comparisons").reindex(range(1)).assign(
        comparison_id="c", practice_id="tutoring", outcome_id="o", question="?", design="matched", subject="reading",
        chosen_by="earlier_results", grades="04 05 06 07 08", first_year=2026, planned_on=AS_OF,
    )  # fmt: skip
    given = records.Records(made["students"], made["student_results"], made["enrolments"], made["services"],
                            empty("assignments"), accepted)  # fmt: skip
    practices = empty("practices").reindex(range(1)).assign(practice_id="tutoring", name="Tutoring")
    effects = found.effects(comparison, found.results(comparison, given, empty("adoptions")), practices)
    clients_served(made["services"], practices, AS_OF)
    seconds, right = time.process_time() - started, len(accepted.merge(true))
    return {
        "seconds": seconds, "linking": linked,
        "gb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2,
        "precision": right / len(accepted), "recall": right / len(true), "effect": float(effects["value"].iloc[0]),
    }  # fmt: skip


def _apart(n: int) -> dict[str, float]:
    """`large_run` in a process of its own, whose memory nothing else has touched."""
    command = [sys.executable, "-m", "tests.benchmarks.measures", "--one", str(n)]
    found = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(found.stdout.splitlines()[-1])


def _notebook(name: str, outcome: str | None) -> Path:
    own = ROOT / "notebooks" / "outcomes" / f"{outcome}.ipynb"
    return own if own.is_file() else ROOT / "notebooks" / f"{name}.ipynb"


def _run(path: Path, outcome: str | None = None) -> None:
    shared = shared_by(ROOT, path)
    cells = whole(path, shared).cells if shared else nbformat.read(path, as_version=4).cells
    cells = [cell for cell in cells if cell.cell_type == "code"]
    given = f"\noutcome = '{outcome}'" if outcome else ""
    code = [cell.source + given * ("parameters" in cell.metadata.get("tags", ())) for cell in cells]
    exec("\n".join(code), {})


def _project(folder: Path) -> None:
    import shutil

    shutil.copytree(ROOT / "params", folder / "params")


@contextmanager
def _undrawn() -> Iterator[None]:
    with patch("alignkit.kit.charts.show"), patch("alignkit.kit.pictures.show"):
        yield


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--demo", action="store_true", help="the demo community alone")
    parser.add_argument("--one", type=int, help="one large community, as JSON")
    given = parser.parse_args(arguments)
    if given.one:
        print(json.dumps(large_run(given.one)))
        return 0
    seconds, whole = demo_seconds()
    for name, value in seconds.items():
        print(f"measures.cpu_seconds.{name}\t{value:.2f}\tCPU seconds of this notebook's measures on the demo")
    print(f"measures.notebooks_seconds\t{whole:.2f}\tCPU seconds of all notebooks with privacy and words, undrawn")
    print(f"measures.cpu_seconds\t{sum(seconds.values()):.2f}\tCPU seconds of all chapters' measures on the demo")
    if given.demo:
        return 0
    small, large = _apart(SMALL), _apart(LARGE)
    print(f"measures.peak_gb_1m\t{large['gb']:.2f}\tpeak memory in GB, 1,000,000 students and 500,000 clients")
    print(f"measures.growth_10x\t{large['seconds'] / small['seconds']:.2f}\ttime at 1,000,000 over time at 100,000")
    for name, one in (("100k", small), ("1m", large)):
        print(f"measures.seconds_{name}\t{one['seconds']:.1f}\tCPU seconds, of which linking {one['linking']:.1f}")
        print(f"measures.recall_{name}\t{one['recall']:.4f}\tof true pairs; precision {one['precision']:.4f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
