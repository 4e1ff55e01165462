"""Write environment.yml from pyproject.toml and the lock: conda users get the same versions. `make lock` runs this.

tests/test_project.py reads the three files in its own way and holds them together.
"""

import re
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
PYTHON = "3.12"
# What conda-forge calls it, where that differs.
CONDA_NAMES = {"duckdb": "python-duckdb", "matplotlib": "matplotlib-base", "ruamel-yaml": "ruamel.yaml"}
# Wheels that carry a program (pandoc, Typst) or that conda-forge may not have: pip fetches them.
FROM_PIP = {"ahocorasick-rs", "anyascii", "diff-diff", "pypandoc-binary", "typst"}
HEADER = """\
# For conda users: the same versions as requirements/run.txt, and Quarto. Written by `make lock`; do not edit.
#     conda env create -f environment.yml && conda activate alignkit
#     alignkit run params/riverbend/2026-Q3.yml && alignkit book params/riverbend/2026-Q3.yml
"""


def locked() -> dict[str, str]:
    """Name → version in the run lock."""
    text = (ROOT / "requirements" / "run.txt").read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9-]+)==([^ ;\\]+)", text, re.MULTILINE))


def environment() -> str:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = sorted(canonicalize_name(Requirement(line).name) for line in project["dependencies"])
    versions = locked()
    quarto = Requirement(project["optional-dependencies"]["quarto"][0]).specifier
    conda = [f"{CONDA_NAMES.get(n, n)}={versions[n]}" for n in names if n not in FROM_PIP]
    pip = [f"{n}=={versions[n]}" for n in names if n in FROM_PIP]
    lines = [
        "name: alignkit",
        "channels: [conda-forge, nodefaults]",
        "dependencies:",
        f"  - python={PYTHON}",
        f'  - "quarto{quarto}"',
        "  - pip",
        *(f"  - {pin}" for pin in conda),
        "  - pip:",
        *(f"      - {pin}" for pin in pip),
        "      - -e .",
    ]
    return HEADER + "\n".join(lines) + "\n"


if __name__ == "__main__":
    (ROOT / "environment.yml").write_text(environment(), encoding="utf-8", newline="\n")
