"""docs/first-book.md is true: an evaluator who follows it comes to the end."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from alignkit.cli import main
from alignkit.contract.validate import failures_of
from alignkit.sources.workbook import read_workbook

PAGE = (Path(__file__).parents[2] / "docs" / "first-book.md").read_text(encoding="utf-8")
FENCES = dict(re.findall(r"```text (\S+)\n(.*?)```", PAGE, re.DOTALL))
COMMANDS = re.findall(r"^    alignkit (.+)$", PAGE, re.MULTILINE)
SHEETS = re.findall(r"^Sheet `(\w+)`.*?\n\n((?:\|[^\n]*\n)+)", PAGE, re.MULTILINE | re.DOTALL)


def rows(table: str) -> list[dict[str, str]]:
    """A Markdown table, a row as cells by heading."""
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()]
    return [dict(zip(cells[0], row, strict=True)) for row in cells[2:]]


def type_in(path: Path) -> None:
    """Type the page's tables into the sheets of a workbook: into a drafted row that begins alike, or a new one."""
    book = load_workbook(path)
    for name, table in ((name, table) for name, table in SHEETS if name in book.sheetnames):
        sheet = book[name]
        places = {cell.value: cell.column for cell in sheet[1]}
        for row in rows(table):
            begins = [row[heading] or None for heading in list(row)[:2]]
            alike = [line[0].row for line in sheet.iter_rows() if [cell.value for cell in line[:2]] == begins]
            at = alike[0] if alike and name in ("files", "columns", "wide") else sheet.max_row + 1
            for heading, text in row.items():
                sheet.cell(at, places[heading], text or None)
    book.save(path)


def told(command: str) -> tuple[int, str]:
    words = re.findall(r'"[^"]+"|\S+', command)
    done = CliRunner().invoke(main, [word.strip('"') for word in words])
    return done.exit_code, done.output


@pytest.fixture
def followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Everything up to the check."""
    monkeypatch.delenv("ALIGNKIT_PROJECT", raising=False)
    monkeypatch.chdir(tmp_path)
    assert told(COMMANDS[0])[0] == 0
    for name, text in FENCES.items():
        if name.startswith("incoming/"):
            (tmp_path / "data" / name).write_text(text, encoding="latin-1")
    type_in(tmp_path / "data" / "tables.xlsx")
    assert told(COMMANDS[1])[0] == 0
    settings = tmp_path / "params" / "mill-valley" / "community.yml"
    settings.write_text(settings.read_text("utf-8").replace("  # mapping:", "  mapping:"), encoding="utf-8")
    return tmp_path


def test_the_draft_leaves_the_sheet_files_as_the_page_shows_it(followed: Path) -> None:
    sheet = load_workbook(followed / "data" / "mapping.xlsx")["files"]
    places = {cell.value: cell.column - 1 for cell in sheet[1]}
    lines = {line[0]: line for line in sheet.iter_rows(min_row=2, values_only=True)}
    for row in rows(dict(SHEETS)["files"]):
        line = lines[row["A short name you give the file"]]
        assert {heading: line[places[heading]] or "" for heading in row} == row


def test_the_check_finds_nothing_wrong_and_a_changed_file_is_told(followed: Path) -> None:
    type_in(followed / "data" / "mapping.xlsx")
    code, said = told(COMMANDS[2])
    assert (code, "nothing wrong" in said) == (0, True), said
    notes = [line for line in said.splitlines() if line.startswith("Note")]
    assert [note for note in notes if "its day (2026-12-31) is still to come" not in note] == []
    reading = followed / "data" / "incoming" / "reading.csv"
    text = reading.read_text(encoding="latin-1")
    reading.write_text(text.replace("School;Group", "School;Student group"), encoding="latin-1")
    code, said = told(COMMANDS[2])
    assert (code, FENCES["message"] in said) == (2, True), said


def test_a_further_table_is_a_plain_sheet_with_the_columns_names(followed: Path) -> None:
    book = load_workbook(followed / "data" / "tables.xlsx")
    sheet = book.create_sheet("agreements")
    for row in ([*rows(dict(SHEETS)["agreements"])[0]], *(list(r.values()) for r in rows(dict(SHEETS)["agreements"]))):
        sheet.append(row)
    book.save(followed / "data" / "tables.xlsx")
    read = read_workbook(followed / "data" / "tables.xlsx")
    assert [failure for failure in failures_of(read) if failure.table == "agreements"] == []
    assert read["agreements"]["partner_id"].tolist() == ["schools"]


@pytest.mark.heavy(20)
def test_every_command_to_the_next_quarter_ends_well(followed: Path) -> None:
    type_in(followed / "data" / "mapping.xlsx")
    ((name, text),) = [(name, text) for name, text in FENCES.items() if name.startswith("words/")]
    (followed / "params/mill-valley/2026-Q4" / name.removeprefix("words/")).write_text(text, encoding="utf-8")
    for command in COMMANDS[2:]:
        code, said = told(command)
        assert code == 0, (command, said)
    page = (followed / "reports/mill-valley/2026-Q4/book/outcome-early-grade-reading.html").read_text("utf-8")
    assert "In 2025–26, 47% of third graders read at grade level. Our goal is 60% by 2030." in " ".join(page.split())
    assert (followed / "reports/mill-valley/2026-Q4/book/could-show.html").is_file()
    assert (followed / "params/mill-valley/2027-Q1.yml").is_file()
