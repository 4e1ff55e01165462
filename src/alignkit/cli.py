"""The command line: parses, calls one public function, prints.

The exit codes stand in `alignkit --help`.
"""

import io
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from alignkit.errors import AlignkitError, ContractError
from alignkit.project import commands, new_commands

if TYPE_CHECKING:
    from alignkit.runs.execute import Result
    from alignkit.runs.off_page import OffPage
    from alignkit.runs.run import Report, Step

PARAMS = click.argument("params", type=click.Path(path_type=Path), metavar="PARAMS")
ENGINE = click.option(
    "--engine",
    type=click.Choice(["auto", "quarto", "embedded"]),
    default="auto",
    show_default=True,
    help="What renders the book: Quarto, the engine that comes with alignkit, or Quarto where it is installed (auto).",
)
FORMATS = click.option(
    "--formats", default="html,pdf", show_default=True, metavar="LIST", help="html, pdf, or both with a comma."
)
JOBS = click.option("--jobs", type=click.IntRange(min=1), default=2, show_default=True, help="Chapters side by side.")


class _Group(click.Group):
    """Turns alignkit's errors into one message and an exit code."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except AlignkitError as error:
            click.echo(f"alignkit: {error}", err=True)
            if isinstance(error, ContractError):
                click.echo(f"{len(error.failures)} failure(s); nothing was run.", err=True)
            ctx.exit(error.exit_code)
        except KeyboardInterrupt:
            click.echo("alignkit: stopped; run the same command again to go on from here", err=True)
            ctx.exit(130)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="alignkit")
def main() -> None:
    """A community's own tables in; each cycle, a report book its board can read and act on out.

    PARAMS is one cycle's parameter file, such as params/riverbend/2026-Q3.yml.

    \b
    Begin:
      alignkit init "Mill Valley"   a new project: parameters, notebooks, blank tables
    The way of a cycle:
      alignkit check                say what is wrong, before anything runs
      alignkit run PARAMS           run every chapter's notebook
      alignkit book PARAMS          render them into a draft of the book
      alignkit release PARAMS       check everything, then publish the book
      alignkit new cycle            lay out the next cycle: a quarter, half year, term or year
    At any time:
      alignkit status               what there is, and what comes next
      alignkit update               bring notebooks up to the installed version

    \b
    Exit codes:
      0    good
      1    it ran, and a person is needed: a chapter failed, the audit found something, the release
           was refused, an update has a choice to make (or, with --check, something to do)
      2    something that was given is wrong; it is listed with its cure, and nothing was run
      130  stopped by hand; the same command goes on from there
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a log on Windows may not know every sign


main.add_command(commands.init)
main.add_command(new_commands.new)
main.add_command(commands.check)
main.add_command(commands.status)
main.add_command(commands.update)


@main.command()
@PARAMS
@click.option("--only", multiple=True, metavar="CHAPTER", help="Run this chapter only; may be given several times.")
@JOBS
@click.option("--keep-going", is_flag=True, help="Also run page one when another chapter failed.")
@click.option("--again", is_flag=True, help="Run chapters again even where nothing has changed since the last run.")
@click.option(
    "--kernels",
    type=click.Choice(["warm", "plain"]),
    default="warm",
    show_default=True,
    help="warm: fork kernels from one prepared process (Linux only, much faster); plain: start each anew.",
)
def run(params: Path, only: tuple[str, ...], jobs: int, keep_going: bool, again: bool, kernels: str) -> None:
    """Run a cycle's notebooks, protect small numbers over all of them together, and audit the result.

    Chapters whose notebook, parameters, tables and code are as before are not run again. A chapter that fails is
    reported with its cell's source and kept for opening; the others finish, and the exit code is 1.

    Only charts, tables and sentences published with alignkit reach the page. Whatever else a cell displays is listed,
    cell by cell, with what to do; a cell tagged `editor` is never listed. So is every sentence, caption or argument of
    c.derive that was worked out from a table about persons without c.publish.

    Data that should have come by the cycle's date are listed, and the book says so; where community.yml says
    late_tables: wait, nothing is run before they are there, and the exit code is 2.
    """
    from alignkit.runs.run import run as run_cycle

    with _progress() as tell:
        report = run_cycle(params, only=only, jobs=jobs, keep_going=keep_going, again=again, kernels=kernels, tell=tell)
    _print_report(report, params)


def _counted(n: int, noun: str) -> str:
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"


def _print_report(report: "Report", params: Path) -> None:
    from alignkit.project.past_the_door import of_run

    for result in report.failed:
        click.echo(f"\n{result.chapter} failed {result.message}", err=True)
        if result.kept:
            click.echo(f"  Open it as far as it came: {_near(result.kept)}", err=True)
    if report.failed and report.waits:
        click.echo("Page one waits until every chapter runs; --keep-going makes it all the same.", err=True)
    for result in report.results:
        if result.status == "missing_table":
            click.echo(f"{result.chapter}: no table '{result.table}' yet; the book says what it would show with it")
    for late in report.late:
        click.echo(f"late: {late}")
    _print_off_page(report.off_page)
    for line in of_run(report.folder, [one.chapter for one in report.results if one.status == "ok"], report.catalog):
        click.echo(line)
    for finding in report.findings:
        click.echo(f"audit: {finding}", err=True)
    done = sum(result.status == "ok" for result in report.results)
    hidden = report.manifest["audit"]["hidden"]
    audit = (
        "clean" if not report.findings else f"{len(report.findings)} finding{'' if len(report.findings) == 1 else 's'}"
    )
    ran = f"{done} chapter{'' if done == 1 else 's'} ran, {len(report.failed)} failed"
    click.echo(f"{ran}; {hidden} number{'' if hidden == 1 else 's'} hidden; audit {audit}")
    if not report.ok:
        sys.exit(1)
    click.echo(f"Next: alignkit book {params}")


def _print_off_page(found: "Sequence[OffPage]") -> None:
    from alignkit.runs.off_page import report as told

    for line in told(found):
        click.echo(line)


@main.command()
@PARAMS
@ENGINE
@FORMATS
def book(params: Path, engine: str, formats: str) -> None:
    """Render the last run into a draft of the book, watermarked as such.

    Beside it, in packets/, lie two pages for practitioners' data reviews, for each outcome. What notebooks display and
    the book leaves out is listed. Ends with the line "Book: <path>".
    """
    from alignkit.book.build import draft, off_page

    folder = draft(params, engine=engine, formats=_formats(formats))
    _print_off_page(off_page(params))
    if (folder / "packets").is_dir():
        click.echo(f"Packets for data reviews: {_near(folder / 'packets')}")
    click.echo(f"Book: {_near(folder / 'book' / 'index.html')}")


@main.command()
@PARAMS
@ENGINE
@FORMATS
@click.option(
    "--without", multiple=True, metavar="CHAPTER", help="Publish although this chapter is missing; its page says so."
)
@click.option(
    "--corrects",
    metavar="TEXT",
    help="Publish a correction of this cycle's released book. TEXT says on page one what was wrong, in one sentence.",
)
def release(params: Path, engine: str, formats: str, without: tuple[str, ...], corrects: str | None) -> None:
    """Publish the book of the last run, if the gate lets it through.

    The gate: every chapter ran (or is left out by name), the disclosure audit and the scan for names and ids are clean,
    and the ledger of earlier cycles is there. Refused, it says every reason, ends with exit code 1, and the last good
    release stays as it is.

    A released book that was wrong is corrected with a new issue: fix the tables, parameters or notebooks, run the cycle
    again, and release with --corrects. Page one says what was wrong and how many numbers changed; the earlier issue
    stays. A book can be corrected until the next cycle is released.
    """
    from alignkit.book.release import release as publish_book

    folder = publish_book(params, engine=engine, formats=_formats(formats), without=without, corrects=corrects)
    click.echo(f"Released: {_near(folder / 'book' / 'index.html')}")


def _formats(given: str) -> tuple[str, ...]:
    chosen = tuple(part.strip() for part in given.split(",") if part.strip())
    if not chosen or set(chosen) - {"html", "pdf"}:
        raise click.BadParameter(f"'{given}' is not html, pdf or html,pdf", param_hint="--formats")
    return chosen


def _near(path: Path) -> str:
    """The path as seen from here, where it lies below; readers copy it into a command."""
    path = path.absolute()
    here = Path.cwd()
    return path.relative_to(here).as_posix() if path.is_relative_to(here) else str(path)


def _shows_more(result: "Result") -> str:
    """Cells whose display stays off the page, at the end of the line of a chapter that has just finished."""
    from alignkit.runs.off_page import numbers

    return f"; shown in the notebook only: {numbers(result.off_page)}" if result.off_page else ""


@contextmanager
def _progress() -> Iterator[Any]:
    """A progress bar on a terminal; a line per finished chapter everywhere."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True, highlight=False)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as bar:
        task = bar.add_task("chapters", total=0)

        def tell(step: "Step", what: str, result: "Result | None") -> None:
            match step:
                case "tables":
                    console.print(f"reading the tables of {what}", markup=False)
                case "taken":
                    console.print(f"  {what}", markup=False)
                case "start":
                    bar.update(task, total=(bar.tasks[0].total or 0) + 1)
                case "done" if result is not None:
                    bar.advance(task)
                    mark = {"ok": "done", "failed": "FAILED", "missing_table": "no table"}[result.status]
                    console.print(f"  {mark:8} {what} ({result.seconds:.1f} s){_shows_more(result)}", markup=False)
                case "current":
                    console.print(f"  current  {what}", markup=False)
                case "again":
                    console.print(f"again, because more must be hidden: {what}", markup=False)
                case _:
                    console.print("auditing what the chapters show", markup=False)

        yield tell


if __name__ == "__main__":
    main()
