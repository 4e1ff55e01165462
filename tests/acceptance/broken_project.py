"""A small released project, and the ways to break a copy of it that test_malformed.py lists."""

import hashlib
import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import nbformat
import pandas as pd
from openpyxl import Workbook, load_workbook

from tests.factory import completed
from tests.small_project import OPEN, PARAMETERS, notebook, small_project

SECRETS = ("Quackenbush", "Zebulon", "2015-03-04", "hunter2")
"""A student's name and birth date, and a password."""
TABLES = {
    "partners": """
partner_id,name,sector,setting,kind,is_backbone,valid_from
west,West School,education,inside,school,yes,2024-01-01
clinic,Clinic,health,outside,clinic,no,2024-01-01
""",
    "outcomes": """
outcome_id,name,stage,why_it_matters,status,order,valid_from
reading,Reading,elementary,It opens doors.,in_force,1,2024-01-01
""",
    "indicators": """
indicator_id,outcome_id,name,role,definition,unit,good_direction,frequency,usual_lag_days,universe,target,target_year,\
source,already_public,valid_from
grade-3,reading,Third graders who read,core,At grade level,percent,up,annual,90,third graders,60,2030,\
State,yes,2024-01-01
""",
    "indicator_values": """
indicator_id,period_start,period_end,place_id,subgroup_type,subgroup,value,numerator,denominator,value_status,\
released_on,source_key
grade-3,2024-07-01,2025-06-30,small,all,all,46,46,100,reported,2025-09-01,page 1
grade-3,2024-07-01,2025-06-30,small,sex,girls,50,25,50,reported,2025-09-01,page 1
""",
    "places": """
place_id,name,kind,parent_id
small,Smallville,city,
west,West End,neighborhood,small
""",
    "subgroups": """
subgroup_type,subgroup,name,type_name
sex,girls,Girls,Sex
""",
    "commitments": """
commitment_id,partner_id,what,confirmed_by,alignment,cycle_made,due_originally,due_now,status,recorded_on
c1,west,Open on Sundays,the director,action,2026-Q2,2026-09-30,2026-09-30,open,2026-06-15
""",
    "responsibilities": """
partner_id,outcome_id,role,valid_from,valid_until
west,reading,lead,2024-01-01,
clinic,reading,shared,2024-01-01,
""",
    "students": """
student_id,first_name,last_name,birth_date,postal_code,school,recorded_on
0007,Zebulon,Quackenbush,2015-03-04,02134,012,2025-09-01
""",
}
SHARE = f"""{OPEN}
partners = c.table("partners")
c.say("answer", f"{{len(partners)}} partners work together.", role="answer")"""


@dataclass(frozen=True)
class Project:
    """A copy of the released project; `file` is its cycle's parameter file."""

    root: Path

    @property
    def params(self) -> Path:
        return self.root / "params" / "smallville"

    @property
    def file(self) -> Path:
        return self.params / "2026-Q3.yml"

    def table(self, name: str) -> Path:
        return self.params / "tables" / f"{name}.csv"

    def released(self) -> str:
        """One hash of everything that has been published and of the run that it was made from."""
        digest = hashlib.sha256()
        for top in (self.root / "reports", self.root / ".alignkit" / "smallville" / "2026-Q3" / "run"):
            for path in sorted(top.rglob("*")):
                digest.update(f"{path.relative_to(top)} {path.is_symlink()}\n".encode())
                digest.update(path.read_bytes() if path.is_file() else b"")
        return digest.hexdigest()


Break = Callable[[Project], None]


def make(folder: Path) -> Path:
    """The whole project, before it is run."""
    tables = {name: completed(name, text) for name, text in TABLES.items()}
    return small_project(folder, {"about": [SHARE], "outcome": outcome_notebook()}, tables)


def outcome_notebook() -> nbformat.NotebookNode:
    parameters = f'{PARAMETERS}\noutcome: str = "reading"  # which outcome'
    return notebook(OPEN, parameters=parameters, title="Outcome")


def copy(released: Path, folder: Path) -> Project:
    shutil.copytree(released, folder, symlinks=True)
    return Project(folder)


# Ways to break it. Each returns what is done to the copy.


def text(name: str, old: str, new: str) -> Break:
    """Replace in a table's file."""

    def change(project: Project) -> None:
        path = project.table(name)
        before = path.read_text(encoding="utf-8")
        assert old in before
        path.write_text(before.replace(old, new, 1), encoding="utf-8")

    return change


def content(name: str, new: str | bytes | Callable[[bytes], bytes]) -> Break:
    """Put other bytes into a table's file, or make them from those there are."""

    def change(project: Project) -> None:
        path = project.table(name)
        if callable(new):
            path.write_bytes(new(path.read_bytes()))
        else:
            path.write_bytes(new.encode() if isinstance(new, str) else new)

    return change


def settings(**changes: Any) -> Break:
    """Change community.yml; None removes a key."""
    return lambda project: _yaml(project.params / "community.yml", changes)


def cycle(**changes: Any) -> Break:
    """Change the cycle's file; None removes a key."""
    return lambda project: _yaml(project.file, changes)


def _yaml(path: Path, changes: dict[str, Any]) -> None:
    data = {**json.loads(path.read_text(encoding="utf-8")), **changes}
    path.write_text(json.dumps({key: value for key, value in data.items() if value is not None}), encoding="utf-8")


def source(**parts: Any) -> Break:
    """Name other sources."""
    return settings(source=parts)


def put(where: str, new: str | bytes, encoding: str = "utf-8") -> Break:
    """Write a file of the project; `where` starts at its top folder."""

    def change(project: Project) -> None:
        path = project.root / where
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(new if isinstance(new, bytes) else new.encode(encoding))

    return change


def both(*breaks: Break) -> Break:
    """One after the other."""

    def change(project: Project) -> None:
        for one in breaks:
            one(project)

    return change


def parquet(name: str, frame: pd.DataFrame) -> Break:
    """Keep a table as Parquet instead."""

    def change(project: Project) -> None:
        project.table(name).unlink()
        frame.to_parquet(project.table(name).with_suffix(".parquet"))

    return change


def workbook(change: Callable[[Workbook], None]) -> Break:
    """Keep the places in a workbook instead, and change that."""

    def broken(project: Project) -> None:
        book = Workbook()
        sheet = book.active
        sheet.title = "places"
        for line in project.table("places").read_text().splitlines():
            sheet.append(line.split(","))
        project.table("places").unlink()
        path = project.params / "town.xlsx"
        book.save(path)
        book = load_workbook(path)
        change(book)
        book.save(path)
        source(folder="tables", workbook="town.xlsx")(project)

    return broken


def database(*statements: str) -> Break:
    """Keep the places in a DuckDB file made by those statements."""

    def change(project: Project) -> None:
        project.table("places").unlink()
        with duckdb.connect(str(project.params / "town.duckdb")) as connection:
            for statement in statements:
                connection.execute(statement)
        source(folder="tables", duckdb="town.duckdb")(project)

    return change


def chapter(made: nbformat.NotebookNode, drop: str = "") -> Break:
    """Another notebook for the chapter `about`; `drop` names a part of its metadata to leave out."""

    def change(project: Project) -> None:
        made.metadata.pop(drop, None)
        nbformat.write(made, project.root / "notebooks" / "about.ipynb")

    return change


def untagged() -> nbformat.NotebookNode:
    made = notebook(OPEN)
    made.cells[1].metadata.pop("tags")
    return made


def remove(where: str) -> Break:
    return lambda project: (project.root / where).unlink()


def moved(where: str, to: str) -> Break:
    def change(project: Project) -> None:
        (project.root / to).parent.mkdir(parents=True, exist_ok=True)
        (project.root / where).rename(project.root / to)

    return change
