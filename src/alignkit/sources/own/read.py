"""A community's own tables: `params/<community>/tables/<table>.json`, in the form of the contract's own files."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from alignkit.contract.catalog import CONTRACT, Catalog
from alignkit.contract.schema import OWN_STEP, Identifies, TableSchema, table_of
from alignkit.errors import ParamsError
from alignkit.sources.own.form import Declared, parsed
from alignkit.sources.own.rules import identifying, wrong_parts
from alignkit.sources.wrong import Wrong, refuse

CURE = "correct them and run again; docs/own-tables.md says what each line means"


def own_folder(project: Path, community: str) -> Path:
    """Where a community declares its tables."""
    return project / "params" / community / "tables"


def declares(path: Path) -> tuple[Path, str] | None:
    """Project and community whose tables a file would declare by where it is; None where it would not."""
    path = path.resolve()
    in_place = path.parent.name == "tables" and (path.parents[1] / "community.yml").is_file()
    return (path.parents[3], path.parents[1].name) if in_place else None


def own_files(project: Path, community: str) -> list[Path]:
    """The files that declare a table, by name; other files of the folder are ignored."""
    folder = own_folder(project, community)
    there = sorted(folder.iterdir()) if folder.is_dir() else []
    return [path for path in there if path.suffix.lower() == ".json" and not path.name.startswith(".")]


def own_tables(project: Path, community: str) -> Catalog:
    """The contract's tables and the community's own. Raises one `ParamsError` for all that is wrong with them."""
    wrong: dict[Path, list[Wrong]] = {}
    tables: dict[str, Declared | None] = {}
    files = own_files(project, community)
    for path in files:
        tables[path.stem], wrong[path] = _read(path)
    kinds = identifying(tables)
    for path in files:
        if table := tables[path.stem]:
            wrong[path] += wrong_parts(path.stem, table, tables, kinds[path.stem])
    _refuse(wrong)
    return Catalog(tuple(_schema(t, kinds[name]) for name, t in tables.items() if t)) if files else CONTRACT


def _read(path: Path) -> tuple[Declared | None, list[Wrong]]:
    try:
        return parsed(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError:
        return None, [Wrong("", "the file is not UTF-8 text", "save it as UTF-8")]
    except OSError:
        return None, [Wrong("", "the file cannot be read", "check that it is a file, and that you may read it")]


def _refuse(wrong: Mapping[Path, list[Wrong]]) -> None:
    """Raise for everything that is wrong, naming the one file, or each."""
    bad = {path: found for path, found in wrong.items() if found}
    if len(bad) == 1:
        path, found = next(iter(bad.items()))
        whole = "" if len(found) == 1 else "the table"
        refuse(str(path), [replace(one, where=one.where or whole) for one in found], cure=CURE, error=ParamsError)
    elif bad:
        folder = str(next(iter(bad)).parent)
        every = [one for path, found in bad.items() for one in _placed(found, path.name)]
        refuse(folder, every, cure=CURE, error=ParamsError)


def _placed(found: list[Wrong], file: str) -> list[Wrong]:
    """The same, each with its file."""
    return [replace(one, where=", ".join(filter(None, (file, one.where)))) for one in found]


def _schema(table: Declared, kinds: Mapping[str, Identifies]) -> TableSchema:
    data: dict[str, Any] = table.model_dump(by_alias=True)
    for column in data["fields"]:
        column["identifies"] = kinds.get(column["name"])
    for key in data["foreignKeys"]:
        key["reference"]["resource"] = key["reference"]["resource"] or table.name
    return table_of({**data, "step": OWN_STEP})
