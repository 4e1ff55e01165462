"""The commands that look after a project: init, check, status, update. Each parses, calls one function, prints."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from alignkit.errors import AlignkitError

if TYPE_CHECKING:
    from alignkit.project.check_tables import Checked
    from alignkit.project.write import Written

COMMUNITY = click.option(
    "--community", default="", metavar="ID", help="Which community, where the project has several."
)


@click.command()
@click.argument("name")
@click.option(
    "--place", default="", metavar="ID", help="place_id of the community in the table places; left out, its id."
)
@click.option(
    "--cycle",
    default="",
    metavar="CYCLE",
    help="The first cycle, such as 2026-Q4, 2026-H2, 2026-Fall, 2026-27 or 2026; left out, this quarter.",
)
@click.option(
    "--id", "id_", default="", metavar="ID", help="The community's id (folder name); left out, made from NAME."
)
@click.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("."),
    metavar="FOLDER",
    help="Where the project goes; left out, the current folder.",
)
@click.option(
    "--tables",
    type=click.Choice(["workbook", "csv"]),
    default="workbook",
    show_default=True,
    help="The blank tables as sheets of one Excel workbook, or as a CSV file each.",
)
def init(name: str, place: str, cycle: str, id_: str, folder: Path, tables: str) -> None:
    """Start a project for the community NAME: parameters, notebooks, blank tables.

    Nothing that is there already is overwritten. In a project that has a community, this adds another one.

    \b
    Examples:
      alignkit init "Mill Valley"
      alignkit init "Mill Valley" --cycle 2026-Q4 --folder mill-valley
    """
    from datetime import date

    from alignkit.project.init import first_steps
    from alignkit.project.init import init as make

    done = make(name, folder, today=date.today(), place=place, cycle=cycle, id=id_, tables=tables)
    print_written(done)
    print_next(first_steps(done, Path.cwd()))


@click.command()
@click.argument("paths", type=click.Path(path_type=Path), metavar="[PATH]...", nargs=-1)
@click.option("--names", is_flag=True, help="Also list the names that your words may use, with what they say now.")
@click.option(
    "--dictionary", is_flag=True, help="Also write the page of your own tables, params/COMMUNITY/tables/README.md."
)
@click.option(
    "--show", is_flag=True, help="Also show what each mapped file gives: rows kept and left out, and every series."
)
@click.option(
    "--show-html",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="PATH",
    help="Write the same as an HTML page. It holds values of small groups as the files do: keep it private.",
)
def check(paths: tuple[Path, ...], names: bool, dictionary: bool, show: bool, show_html: Path | None) -> None:
    """Say everything that is wrong, and where; nothing is run.

    PATH is a project, params/COMMUNITY, a cycle's file, community.yml, a folder of tables, a workbook, a mapping sheet,
    a table of your own (params/COMMUNITY/tables/TABLE.json), a notebook, or the words of a cycle
    (params/COMMUNITY/CYCLE, or one file in it); left out, all of the project. Ends with 2 where something would stop a
    run or a book. What stops nothing, but is good to know, is said too: data that are late, for example, or letters
    that the PDF prints in a Latin spelling.

    \b
    Examples:
      alignkit check
      alignkit check data/tables.xlsx notebooks/leadership.ipynb
      alignkit check params/mill-valley/2026-Q4 --names
      alignkit check data/mapping.xlsx --show
    """
    from alignkit.params import project_root
    from alignkit.project.check import check as look

    found = look(paths or [project_root()], Path.cwd(), write_pages=dictionary)
    for line in found.taken:
        click.echo(line)
    if show or show_html:
        _show(found, show, show_html)
    for line in found.advice:
        click.echo(f"Note: {line}")
    if names:
        _print_names(found)
    for problem in found.problems:
        click.echo(f"{problem.where}: {problem.what}" + (f"\n  Cure: {problem.cure}" if problem.cure else ""), err=True)
    things, wrong = len(found.looked_at), sum(problem.count for problem in found.problems)
    click.echo(f"Looked at {things} {'thing' if things == 1 else 'things'}: {wrong or 'nothing'} wrong.")
    if found.problems:
        sys.exit(2)


def _show(found: "Checked", terminal: bool, html: Path | None) -> None:
    from alignkit.sources.mapping.preview import looks
    from alignkit.sources.mapping.preview_pages import lines, page

    seen = []
    for path, catalog in found.mappings.items():
        try:
            seen += list(looks(path, catalog))
        except AlignkitError:
            continue  # a mapping that is itself wrong is among the problems
    if terminal:
        for line in lines(seen):
            click.echo(line)
    if html:
        html.parent.mkdir(parents=True, exist_ok=True)
        html.write_text(page(seen), encoding="utf-8")
        click.echo(f"Preview: {html.as_posix()}")
    if not seen:
        click.echo("There is no mapped file to show.")


def _print_names(found: "Checked") -> None:
    from alignkit.project.quotable import by_chapter

    for folder, names in found.names.items():
        click.echo(f"Names for {folder}/*.md, each with what it says now:")
        for chapter, listed in by_chapter(names).items():
            click.echo(f"  {chapter}")
            for name, text in listed:
                click.echo(f"    {{{{ {name} }}}}  {text or '(empty now)'}")
    if not found.names:
        click.echo("There are no names yet: they come from a cycle's last run.")


@click.command()
@click.argument("params", type=click.Path(path_type=Path), metavar="[PARAMS]...", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON, for other programs.")
def status(params: tuple[Path, ...], as_json: bool) -> None:
    """Say what there is of each cycle, and the one command that takes it on.

    Which chapters are current, stale, failed or never ran; what has changed since the last run; which data were late;
    whether a draft is built and whether the cycle is released. Reads no table, changes nothing, and ends with 0
    whatever it finds. PARAMS are parameter files; left out, all of the project.

    \b
    Examples:
      alignkit status
      alignkit status params/mill-valley/2026-Q4.yml --json
    """
    import json

    from alignkit.params import project_root
    from alignkit.project import status as told

    found = told.status(Path() if params else project_root(), params)
    click.echo(json.dumps(told.as_json(found), indent=1) if as_json else "\n".join(told.lines(found)))


@click.command()
@click.option("--check", "dry", is_flag=True, help="Only say what would change; ends with 1 where something would.")
def update(dry: bool) -> None:
    """Bring the project's notebooks up to the installed alignkit, and keep your changes.

    Your changes and alignkit's are put together, cell by cell and line by line; what is replaced is kept in
    notebooks/.base/before. Where both changed the same cell, your notebook stays as it is: the file NAME.update.ipynb
    beside it holds both versions. Open it, choose, save, and run this again. Notebooks that you deleted stay deleted.
    Ends with 1 where you have to choose.

    \b
    Examples:
      pip install --upgrade alignkit
      alignkit update --check
      alignkit update
    """
    from alignkit.params import project_root
    from alignkit.project.update import update as bring_up

    changes = bring_up(project_root(), dry=dry)
    for change in changes:
        click.echo(f"  {change}")
    for note in (note for change in changes for note in change.words):
        click.echo(f"Note: {note}")
    waiting = sum(change.needs_you for change in changes)
    writes = sum(change.writes for change in changes)
    verb = "would change" if dry else "changed"
    click.echo(
        f"{writes} notebook(s) {verb}, {waiting} wait(s) for you." if writes or waiting else "All is up to date."
    )
    if waiting or (dry and writes):
        sys.exit(1)


def print_written(done: "Written") -> None:
    """Every file; of the many in one folder, how many."""
    for what, paths in (("new", done.new), ("kept", done.kept)):
        for line in _by_folder(done.project, paths):
            click.echo(f"  {what:5} {line}")
    for note in done.notes:
        click.echo(f"Note: {note}", err=True)


def _by_folder(project: Path, paths: Iterable[Path]) -> list[str]:
    folders: dict[Path, list[Path]] = {}
    for path in paths:
        folders.setdefault(path.parent, []).append(path)
    lines = []
    for folder, found in folders.items():
        inside = folder.relative_to(project).as_posix()
        if len(found) <= 3:
            lines += [path.relative_to(project).as_posix() for path in found]
        else:
            lines.append(f"{inside}/: {', '.join(path.name for path in found)}")
    return lines


def print_next(steps: Iterable[str]) -> None:
    """What to do next, numbered."""
    click.echo("Next:")
    for number, step in enumerate(steps, 1):
        click.echo(f"  {number}. {step}")
