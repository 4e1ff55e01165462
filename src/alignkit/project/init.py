"""A new project, or a new community in one: everything up to the empty tables."""

import io
import json
import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from alignkit import cycles
from alignkit.errors import ParamsError
from alignkit.params import CommunityParams, CycleParams, day_of
from alignkit.project import find, notebooks
from alignkit.project.packaged import notebooks as packaged_notebooks
from alignkit.project.packaged import template
from alignkit.project.write import Written, csv_text
from alignkit.runs.chapters import EACH_OUTCOME

if TYPE_CHECKING:
    import pandas as pd

FIRST_BOOK = ("partners", "outcomes", "indicators", "indicator_values", "commitments")
"""The five tables that a community fills for its first book."""


def init(
    name: str,
    folder: Path,
    *,
    today: date,
    place: str = "",
    cycle: str = "",
    id: str = "",
    tables: str = "workbook",
) -> Written:
    """Lay out a project in `folder` for the community called `name`; nothing that is there is overwritten.

    `place` is the community's place_id (left out, its id), `cycle` its first cycle (the quarter of `today`), `tables`
    says as what the blank tables come (workbook or csv). Raises `ParamsError` before anything is written.
    """
    name = " ".join(name.split())
    community = _id(name, id)
    label = cycles.checked(cycle or cycles.quarter_of(today))
    params = CycleParams(community=community, cycle=label, as_of=day_of(*cycles.days(label), today))
    folder.mkdir(parents=True, exist_ok=True)
    done = Written(folder.resolve())
    _params(done, name, place or community, tables, params)
    _tables(done, name, community, place or community, tables)
    _private(done, community)
    copy_notebooks(done, params)
    done.text(".gitignore", template("gitignore"))
    where = "`data/tables.xlsx`" if tables == "workbook" else "the folder `data/tables`"
    done.text("README.md", template("README.md", name=name, community=community, cycle=label, tables=where))
    return done


def _id(name: str, given: str) -> str:
    if "/" in name or "\\" in name:
        raise ParamsError(
            f"'{name}' is no community's name", cure="write the name itself, and with --folder where the project goes"
        )
    found = given or find.slug(name)
    if not found:
        raise ParamsError(f"no id can be made from the name '{name}'", cure="give one: --id mill-valley")
    return find.checked_id(found, "a community's id")


def _params(done: Written, name: str, place: str, tables: str, cycle: CycleParams) -> None:
    """community.yml, the cycle's file, and a place for the words of every chapter."""
    chapters = CommunityParams.model_fields["chapters"].default
    sources = ("workbook: ../../data/tables.xlsx", "folder: ../../data/tables")
    source, other = sources if tables == "workbook" else reversed(sources)
    about = template(
        "community.yml",
        # JSON's quotes are YAML's: a name may hold colons and quotes
        name=json.dumps(name, ensure_ascii=False),
        place=json.dumps(place, ensure_ascii=False),
        source=source,
        other=other,
        chapters=", ".join(chapters),
    )
    done.text(f"params/{cycle.community}/community.yml", about)
    put_cycle(done, name, cycle, [chapter for chapter in chapters if chapter != EACH_OUTCOME])


def put_cycle(done: Written, name: str, cycle: CycleParams, chapters: list[str]) -> None:
    """One cycle's file, and a file for the evaluator's words beside each of its chapters."""
    given = {key: value for key, value in cycle.to_papermill().items() if key != "lang"}
    folder = f"params/{cycle.community}"
    text = template("cycle.yml", name=name, **given)
    done.text(f"{folder}/{cycle.cycle}.yml", text.replace("lang: en", f"lang: {cycle.lang}"))
    for chapter in chapters:
        words = template("narrative.md", chapter=chapter, cycle=cycle.cycle)
        done.text(f"{folder}/{cycle.cycle}/{chapter}.md", words)


def _tables(done: Written, name: str, community: str, place: str, tables: str) -> None:
    """Blank tables of step 1, code lists filled; and what every table and column means."""
    from alignkit.contract.dictionary import dictionary
    from alignkit.contract.schema import schema
    from alignkit.sources.blank_workbook import write_workbook

    done.text("data/data-dictionary.md", dictionary())
    done.text("data/incoming/README.md", template("incoming.md", community=community))
    lists = {
        "places": csv_text(schema("places").columns, [[place, name, "community", "", ""]]),
        "subgroups": "\ufeff" + template("subgroups.csv"),
    }
    if tables == "workbook":
        done.made(
            "data/tables.xlsx", lambda path: write_workbook(path, filled={n: _frame(t) for n, t in lists.items()})
        )
        return
    for table in FIRST_BOOK:
        done.text(f"data/tables/{table}.csv", csv_text(schema(table).columns))
    for table, text in lists.items():
        done.text(f"data/tables/{table}.csv", text)


def _frame(text: str) -> "pd.DataFrame":
    import pandas as pd

    return pd.read_csv(io.StringIO(text.removeprefix("\ufeff")), dtype=str, keep_default_na=False)


def _private(done: Written, community: str) -> None:
    """A folder for tables about persons that its owner alone can open."""
    from alignkit.sources.persons import PERSON_LEVEL

    folder = done.project / "private"
    if os.name == "posix":
        folder.mkdir(mode=0o700, exist_ok=True)
        said = "You alone can open this folder on this machine (its permissions say so); keep it like that."
    else:
        folder.mkdir(exist_ok=True)
        said = "In the folder's properties, under Security, leave yourself alone in the list of who may open it."
    done.text(
        "private/README.md",
        template("private.md", community=community, permissions=said, tables=", ".join(PERSON_LEVEL)),
    )


def copy_notebooks(done: Written, cycle: CycleParams) -> None:
    """Every notebook that the project does not have, opening this community, and its base for later updates."""
    for name, path in packaged_notebooks().items():
        content = notebooks.text(notebooks.with_defaults(notebooks.read(path), cycle.to_papermill()))
        target = done.text(f"notebooks/{name}", content)
        if target in done.new:
            notebooks.note_base(done.project, name, content)


def first_steps(done: Written, here: Path) -> list[str]:
    """What to do with a new project, in commands that can be copied."""
    there = [path for path in (*done.new, *done.kept) if path.suffix == ".yml" and path.parent.parent.name == "params"]
    params = next(path for path in there if cycles.is_cycle(path.stem)).relative_to(done.project).as_posix()
    inside = "" if here.resolve() == done.project else f"change into {done.project}; "
    book = (
        (done.project / "data" / "tables.xlsx").name if (done.project / "data" / "tables.xlsx").exists() else "tables/"
    )
    return [
        f"{inside}fill five tables in data/{book}: {', '.join(FIRST_BOOK)}. "
        "What each column wants: data/data-dictionary.md. Values that agencies send as files: data/incoming/README.md",
        "alignkit check                says everything that is wrong, and where",
        f"alignkit run  {params}",
        f"alignkit book {params}",
    ]
