"""The commands `alignkit new …`. Each parses, calls one function, prints."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from alignkit.project.commands import COMMUNITY, print_next, print_written

if TYPE_CHECKING:  # imported by each command when it runs, so that --help is quick
    from alignkit.contract.catalog import Catalog
    from alignkit.sources.mapping.draft import Draft


@click.group()
def new() -> None:
    """Add something to a project: a chapter, an outcome's own notebook, the next cycle, a mapping sheet, a table."""


@new.command()
@click.argument("outcome")
@COMMUNITY
def outcome(outcome: str, community: str) -> None:
    """Give the outcome OUTCOME a notebook of its own, to change where its story differs from the others.

    OUTCOME is its outcome_id. The notebook holds only what you add to notebooks/outcome.ipynb, or replace in it; what
    changes there, changes in it too. One that is there stays as it is.

    \b
    Example:
      alignkit new outcome early-grade-reading
    """
    from alignkit.params import project_root
    from alignkit.project.new import new_outcome

    done = new_outcome(project_root(), outcome, community)
    print_written(done)
    print_next([f"open notebooks/outcomes/{outcome}.ipynb and add your cells; alignkit run takes them from now on"])


@new.command()
@click.argument("name")
@COMMUNITY
def chapter(name: str, community: str) -> None:
    """Add a chapter of your own: a notebook that runs as it is, its place in the book, and a test.

    NAME is the chapter's id, and the name of its files and its web page. What is there already stays as it is.

    \b
    Example:
      alignkit new chapter families
    """
    from alignkit.params import project_root
    from alignkit.project.new_chapter import new_chapter

    done = new_chapter(project_root(), name, community)
    print_written(done)
    print_next([
        f"open notebooks/{name}.ipynb in JupyterLab, run it, and change it step by step",
        f"python -m pytest tests/test_{name.replace('-', '_')}.py  (pip install pytest, if it is not there)",
        "alignkit run takes it into the book from now on",
    ])  # fmt: skip


@new.command()
@click.argument("community", default="", metavar="[COMMUNITY]")
@click.option(
    "--cycle",
    "label",
    default="",
    metavar="CYCLE",
    help="Which one, such as 2027-Q1, 2027-H1, 2027-Spring, 2027-28 or 2027; left out, the next of the same kind.",
)
def cycle(community: str, label: str) -> None:
    """Lay out the cycle after the newest one: its parameters, places for words, promises to follow up.

    A cycle is a quarter, half year, school term, school or fiscal year, or calendar year; it may be of another kind
    than the one before. COMMUNITY is only needed where the project has several. Promises that are open or late go into
    a sheet in which you report their status; your own tables are not touched. Tables that are older than usual are
    listed.

    \b
    Examples:
      alignkit new cycle
      alignkit new cycle mill-valley
      alignkit new cycle --cycle 2027-H1
    """
    from alignkit.params import project_root
    from alignkit.project.new import new_cycle, next_steps

    made = new_cycle(project_root(), community, label=label)
    print_written(made.written)
    print_next(next_steps(made))


@new.command()
@click.argument("name")
@click.option(
    "--protected/--public", default=True, show_default=True, help="Whether a row is about a person or a family."
)
@COMMUNITY
def table(name: str, protected: bool, community: str) -> None:
    """Begin a table of your own, NAME, next to those that alignkit brings.

    Writes params/COMMUNITY/tables/NAME.json with remarks: replace what is in <...>, add your columns. From then on its
    rows are read and checked like those of any other table. A declaration that is there stays as it is.

    \b
    Example:
      alignkit new table park_programs --public
    """
    from alignkit.params import project_root
    from alignkit.project.own_tables import new_table, next_steps

    project = project_root()
    print_written(new_table(project, name, community, protected=protected))
    print_next(next_steps(project, name, community, protected=protected))


@new.command()
@click.argument("files", type=click.Path(path_type=Path), metavar="[FILE]...", nargs=-1)
@click.option(
    "--table", default="indicator_values", show_default=True, metavar="TABLE", help="The table that the files fill."
)
@click.option(
    "--to",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("data/mapping.xlsx"),
    show_default=True,
    metavar="PATH",
    help="Where the mapping sheet goes.",
)
@COMMUNITY
def mapping(files: tuple[Path, ...], table: str, to: Path, community: str) -> None:
    """Write a mapping sheet: how files that agencies send become your tables, without a query.

    Each FILE (CSV or Excel) is read, and the lines about it are begun: how it is stored, in which row its column names
    are, which columns hold the place, group, period, value, counts and margin of error, and every text that needs a
    code. What was proposed is printed, with what is left to fill in Excel. Where the sheet is there already, the lines
    of further files go below your own, and nothing in it is changed. A file that cannot be read is reported, and the
    exit code is 1; the others are begun.

    \b
    Examples:
      alignkit new mapping
      alignkit new mapping data/incoming/grade3.xlsx data/incoming/graduation.csv
      alignkit new mapping data/incoming/members.xlsx --table partners
      alignkit new mapping data/incoming/promises.csv --table commitments
    """
    from alignkit.project.own_tables import catalog_here
    from alignkit.sources.mapping.told import proposals

    draft, steps = _begun(to, dict.fromkeys(files, table), catalog_here(community))
    for line in proposals(draft):
        click.echo(line)
    for error in draft.unread:
        click.echo(f"alignkit: not begun: {error}", err=True)
    print_next(steps)
    if draft.unread:
        sys.exit(1)


def _begun(to: Path, drafts: Mapping[Path, str], catalog: "Catalog") -> tuple["Draft", list[str]]:
    """Begin the sheet, or add the files to the one that is there; what was begun, and the next steps."""
    from alignkit.sources.mapping.blank import add_to_mapping, write_mapping

    shown = to.as_posix()
    steps = [f"fill {shown} in Excel, and close it; alignkit check {shown} says what is missing"]
    if to.exists() and drafts:
        draft = add_to_mapping(to, drafts, catalog)
        click.echo(f"  added to {shown}: {', '.join(line[0] for line in draft.files)}")
        return draft, steps
    draft = write_mapping(to, drafts=drafts, catalog=catalog)
    click.echo(f"  new   {shown}")
    steps.append("in params/…/community.yml, under source:, take the # away before mapping: and look at its path")
    return draft, steps
