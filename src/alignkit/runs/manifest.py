"""What a run was made of: hashes of inputs, code and parameters, versions, the status of each chapter."""

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import metadata
from pathlib import Path
from platform import python_version
from typing import Any

from alignkit import errors
from alignkit.runs.chapters import Chapter

LIBRARIES = (
    "alignkit",
    "anyascii",
    "ipykernel",
    "matplotlib",
    "nbconvert",
    "numpy",
    "pandas",
    "papermill",
    "pyarrow",
    "pypandoc-binary",
    "scipy",
    "seaborn",
    "statsmodels",
    "typst",
)
CODE = (".py", ".json", ".lua", ".mo", ".ttf", ".otf")


def versions() -> dict[str, str]:
    """Python's and the libraries' versions that numbers and pages depend on."""
    return {"python": python_version(), **{name: metadata.version(name) for name in LIBRARIES}}


@cache
def code_digest() -> str:
    """SHA-256 over alignkit's own code, and the fonts that charts are drawn with."""
    root = Path(errors.__file__).parent
    files = sorted(p for p in root.rglob("*") if p.suffix in CODE and "_project" not in p.parts)
    return digest((str(p.relative_to(root)).encode(), p.read_bytes()) for p in files)


def digest(parts: Iterable[tuple[bytes, bytes]]) -> str:
    """SHA-256 over named parts, in their order."""
    total = hashlib.sha256()
    for name, content in parts:
        total.update(hashlib.sha256(name).digest() + hashlib.sha256(content).digest())
    return total.hexdigest()


def file_digest(path: Path) -> str:
    """SHA-256 of a file's bytes."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def notebook_digests(chapters: Iterable[Chapter]) -> dict[str, str]:
    """SHA-256 of every notebook that the chapters are made of, by the names of `Chapter.files`."""
    return {name: file_digest(path) for chapter in chapters for name, path in chapter.files.items()}


def write_json(path: Path, content: Mapping[str, Any]) -> None:
    """Write whole or not at all, in a steady order, for whoever may read the folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f".{path.name}-new")
    text = json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False)
    new.write_text(f"{text}\n", encoding="utf-8", newline="\n")
    os.replace(new, path)


def read_json(path: Path) -> dict[str, Any]:
    """The file's content, or an empty mapping where there is no such file."""
    if not path.is_file():
        return {}
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content
