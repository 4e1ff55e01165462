"""Where the files of a source stand; nothing here reads them or imports pandas."""

import os
import re
from pathlib import Path

from alignkit.contract.catalog import CONTRACT, Catalog
from alignkit.contract.schema import nearest
from alignkit.errors import SourceError
from alignkit.params import CommunityParams
from alignkit.sources.wrong import refuse_errors

DECLARE = "For a table of your own, see alignkit new table"
"""Added to the fix where a table's name is unknown."""
FOLDER_SUFFIXES = (".csv", ".parquet")
_VARIABLE = re.compile(r"(?<!~)\$(?:\{(\w+)\}|(\w+))")
"""~$ begins the name of the file that Excel leaves beside an open workbook."""


def resolve(text: str, base: Path, where: str) -> Path:
    """`text` with `$NAME` read from the environment; relative paths start at `base`. Raises as `filled`."""
    return base / os.path.expanduser(filled(text, where))


def filled(text: str, where: str) -> str:
    """`text` with `$NAME` read from the environment.

    Raises `SourceError` where the environment has no such variable.
    """

    def value(found: re.Match[str]) -> str:
        name = found[1] or found[2]
        if not os.environ.get(name):
            raise SourceError(
                f"the environment variable {name} is not set",
                where=where,
                cure=f"set {name}, or write what it stands for in its place",
            )
        return os.environ[name]

    return _VARIABLE.sub(value, text)


def like(path: Path) -> list[Path]:
    """The files that a path with * in it stands for, by name, without hidden ones and Excel's ~$ marks."""
    if "*" not in str(path):
        return [path] if path.is_file() else []
    at = next(at for at, part in enumerate(path.parts) if "*" in part)
    found = Path(*path.parts[:at]).glob("/".join(path.parts[at:]))
    return sorted(file for file in found if file.is_file() and not file.name.startswith((".", "~$")))


def params_folder(community: CommunityParams, project: Path) -> Path:
    """Where relative paths of the community start."""
    return project / "params" / community.id


def accepted_file(project: Path, community: str) -> Path:
    """Where a person writes which doubtful values are right; the file need not be there."""
    return project / "params" / community / "accepted.csv"


def table_files(folder: Path, suffixes: tuple[str, ...], catalog: Catalog = CONTRACT) -> dict[str, Path]:
    """Table → its file.

    Files with other endings, and hidden ones, are ignored. Raises `SourceError` where the folder is not there
    or has no table, a file names no table of the catalog, or a table has two files.
    """
    found, wrong = sorted_files(folder, suffixes, catalog)
    refuse_errors(str(folder), wrong, {})
    if not found:
        kinds = " or ".join(f"<table>{suffix}" for suffix in suffixes)
        raise SourceError("no table in this folder", where=str(folder), cure=f"put {kinds} files there")
    return found


def sorted_files(
    folder: Path, suffixes: tuple[str, ...], catalog: Catalog = CONTRACT
) -> tuple[dict[str, Path], list[SourceError]]:
    """Table → its file, and what is wrong with other files of the folder. Raises where there is no folder."""
    if not folder.is_dir():
        raise SourceError("there is no such folder", where=str(folder), cure="check source in community.yml")
    found: dict[str, Path] = {}
    wrong: list[SourceError] = []
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() not in suffixes or path.name.startswith((".", "~")):
            continue
        if path.stem not in catalog:
            cure = f"{nearest(path.stem, catalog.names, 'tables')} {DECLARE}"
            wrong.append(SourceError(f"'{path.stem}' is not a table of the contract", where=str(path), cure=cure))
        elif path.stem in found:
            what = f"{found[path.stem].name} holds the same table"
            wrong.append(SourceError(what, where=str(path), cure="keep one of them"))
        else:
            found[path.stem] = path
    return found, wrong
