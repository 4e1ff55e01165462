"""A new required column changes two files by hand: the table's schema, and the demo's rows. Scripts write the rest."""

import csv
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
COPIED = ("src", "tests", "docs", "scripts", "templates", "notebooks", "params")
DEMO = {"partners": "partners", "indicators": "indicators", "practices": "practices", "policies": "policies",
        "commitments": "promises"}  # fmt: skip
"""Table → the demo's file with its rows."""
COLUMN = {"name": "told_by", "type": "string", "description": "Who reported the row.", "element": "local",
          "constraints": {"required": True}}  # fmt: skip
SCRIPTS = (["-m", "alignkit.contract.dictionary"], ["scripts/write_columns.py"], ["scripts/write_reference.py"])
ONCE_BROKEN = (
    "tests/docs/test_columns.py", "tests/contract/test_catalog.py", "tests/contract/test_dictionary.py",
    "tests/demo/test_riverbend.py", "tests/cases/test_files.py", "tests/sources/own/test_every_source.py",
    "tests/chapters/outcome/test_outcome_door.py", "tests/chapters/outcome/test_story.py",
)  # fmt: skip
"""Tests that wrote whole rows or mappings by hand, and those of what the schema makes."""


@pytest.fixture
def copied(tmp_path):
    """A copy of the repository."""
    for name in COPIED:
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    for file in ROOT.glob("*.*"):
        if file.is_file():
            shutil.copy(file, tmp_path)
    return tmp_path


def in_schema(root: Path, table: str) -> None:
    """The first file by hand."""
    path = root / "src/alignkit/contract/tables" / f"{table}.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    data["fields"].append(COLUMN)
    path.write_text(json.dumps(data, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def in_demo(root: Path, table: str) -> None:
    """The second file by hand."""
    if table == "indicator_values":
        path = root / "src/alignkit/demo/values.py"
        old, new = 'typed("indicator_values", frame)', 'typed("indicator_values", frame.assign(told_by="Ana Diaz"))'
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1
        path.write_text(text.replace(old, new), encoding="utf-8")
        return
    path = root / "src/alignkit/demo/data" / f"{DEMO[table]}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        head, *rows = csv.reader(file)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([[*head, COLUMN["name"]], *([*row, "Ana Diaz"] for row in rows)])


def python(root: Path, *words: str) -> str:
    own = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    done = subprocess.run([sys.executable, *words], cwd=root, env={**own, "PYTHONPATH": str(root / "src")},
                          capture_output=True, text=True)  # fmt: skip
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return done.stdout


@pytest.mark.heavy(120)
def test_six_tables_get_a_column_each_and_no_test_is_edited(copied):
    for table in (*DEMO, "indicator_values"):
        in_schema(copied, table)
        in_demo(copied, table)
    for script in SCRIPTS:
        python(copied, *script)
    quick = ["-m", "not heavy and not bench", "-q", "-n", "0", "-p", "no:cacheprovider"]
    assert "passed" in python(copied, "-m", "pytest", *quick, *ONCE_BROKEN)
    assert "| told_by |" in (copied / "docs/first-book.md").read_text(encoding="utf-8")
