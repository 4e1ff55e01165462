"""LibreOffice prints what a sheet shows; what alignkit reads of the same cells is that number, or a refusal."""

import random
import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path
from xml.etree.ElementTree import Element, iterparse

import pytest
from openpyxl import Workbook

from alignkit.sources.hidden import Parsed, parse_cell
from alignkit.sources.sheets import read_sheets

FORMATS = (
    "General", "0", "0.0", "0.00", "0.000", "#,##0", "#,##0.0", "#,##0.00", "#", "#.##", "0.##", "?0.0?", "00000",
    "000.0", "0%", "0.0%", "0.00%", "#,##0.0%", "0.0 %", '0.0"%"', "0.0\\%", "0.0%_);(0.0%)", "0.0%;[Red]-0.0%",
    "0.0_);(0.0)", "#,##0_);(#,##0)", "#,##0.00_);[Red](#,##0.00)", "0.0;-0.0;0", '0.0;-0.0;"-"', '0.0;-0.0;"n/a"',
    "0;0", "0.0;", "0;;", ";;;", "0;-0;;@", "@", '0;-0;0;@', '#,##0;(#,##0);"–"', "$#,##0", "$#,##0.00",
    '"$"#,##0_);\\("$"#,##0\\)', "[$$-409]#,##0.00", '_($* #,##0_);_($* \\(#,##0\\);_($* "-"??_);_(@_)',
    '_(* #,##0.00_);_(* \\(#,##0.00\\);_(* "-"??_);_(@_)', "0,", "0.0,", "#,##0,", "0.0,,", '0.0,"K"', '0.0,,"M"',
    '0.0"K"', "0.00E+00", "0E+0", "##0.0E+0", "# ?/?", "# ??/??", "# ?/8", "?/?", '[<10]"<10";0', '[<10]"*";0.0',
    '[>=1000]#,##0;[<0]-0.0;0.0', '[=0]"-";0.0', "0;0-", "[Blue]0.0;[Red](0.0)", "0.0_)", "* 0.0", '0" pts"', '"n="0',
    "0-0", "000-0000", "# ##0", "-0", "(0)", "%0.0",
)  # fmt: skip
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TEXT_SIGNS = str.maketrans({"−": "-", "–": "-", "\xa0": " "})


def drawn(source: random.Random) -> float:
    """A number as agencies have it: shares, percents, counts, dollars, zero, negative ones."""
    kind = source.randrange(8)
    if kind == 0:
        return 0
    sign = -1 if source.random() < 0.3 else 1
    if kind in (1, 2):
        return sign * round(source.random(), source.randrange(1, 6))
    if kind in (3, 4):
        return sign * round(source.uniform(0, 100), source.randrange(4))
    return sign * source.choice((source.randrange(10), source.randrange(2000), source.randrange(10**8)))


def shown_in(found: tuple[str, Element]) -> str:
    """What the first cell of a row shows. (Its CSV files hold numbers as they are typed.)"""
    cell = found[1][0].find(f"{TEXT}p")
    parts = [] if cell is None else list(cell)
    blanks = ((" " if part.tag == f"{TEXT}s" else part.text or "") + (part.tail or "") for part in parts)
    return ("" if cell is None else cell.text or "") + "".join(blanks)


def compared(folder: Path, program: str, cells: list[tuple[float, str]]) -> list[tuple[float, str, str, str, str]]:
    """Each cell's number and format, what LibreOffice shows, what is read, and whether that is equal."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row, (number, shown) in enumerate(cells, 1):
        sheet.cell(row, 1, number).number_format = shown
        sheet.cell(row, 2, f"row {row}")
    path = folder / "cells.xlsx"
    book.save(path)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    subprocess.run([program, profile, "--headless", "--convert-to", "fods", "--outdir", str(folder), str(path)],
                   check=True, capture_output=True, timeout=300)  # fmt: skip
    seen = [shown_in(row) for row in iterparse(folder / "cells.fods") if row[1].tag == f"{TABLE}table-row"][
        : len(cells)
    ]
    (read,) = read_sheets(path)
    refused = {int(re.findall(r"\d+$", wrong.where)[0]) for wrong in read.wrong}
    assert len(seen) == len(read.rows) == len(cells)
    return [
        (number, shown, text, row[0], "refused" if at in refused else verdict(text, row[0]))
        for at, ((number, shown), text, row) in enumerate(zip(cells, seen, read.rows, strict=True), 1)
    ]


def verdict(seen: str, read: str) -> str:
    """equal, refused or wrong: what is read, rounded to the digits that are shown, against what is shown."""
    ours = parse_cell(read)
    if ours is None:
        return "refused"
    theirs = person(seen)
    if theirs is None:
        return "wrong"
    if ours.value is None or theirs.value is None:
        return "equal" if ours == theirs or (ours.value, theirs.value) == (0, None) == (ours.value, None) else "wrong"
    return "equal" if abs(ours.value - theirs.value) <= theirs_step(seen) else "wrong"


def person(seen: str) -> Parsed | None:
    """What a person takes a shown text for: brackets and a minus behind are negative, K and M are thousands."""
    text = " ".join(seen.translate(TEXT_SIGNS).split())
    if fraction := re.fullmatch(r"(-?) ?(?:(\d+) )?(\d+)/(\d+)", text):
        sign, whole, over, under = fraction.groups()
        return Parsed((-1 if sign else 1) * (int(whole or 0) + int(over) / int(under)), "reported")
    text = re.sub(r"^- (?=\d)", "-", text)
    if re.fullmatch(r"[$ ]*-", text):
        return Parsed(0.0, "reported")  # as accountants write zero
    if brackets := re.fullmatch(r"\$?\s?\(\$?\s?([\d,.]+%?)\)|\$?([\d,.]+)-", text):
        text = "-" + (brackets[1] or brackets[2])
    if scaled := re.fullmatch(r"(-?\$?[\d,.]+)([KM])", text):
        found = parse_cell(scaled[1])
        return found and found._replace(value=(found.value or 0) * {"K": 1e3, "M": 1e6}[scaled[2]])
    if re.fullmatch(r"-?[\d.]+E[+-]\d+", text):
        return Parsed(float(text), "reported")
    if re.fullmatch(r"-?\d+( \d{3})+", text):
        text = text.replace(" ", "")
    return parse_cell(text)


def theirs_step(seen: str) -> float:
    """Half of the last digit shown, with a little more for rounding: fractions in halves to ninety-ninths."""
    text = seen.strip()
    if fraction := re.search(r"/(\d+)", text):
        return 0.5 if len(fraction[1]) == 1 else 0.05
    found = re.search(r"\d[\d,]*(?:\.(\d*))?(?:E([+-]\d+))?", text)
    step: float = 0.5 * 10.0 ** -len((found and found[1]) or "")
    if found and found[2]:
        step *= 10.0 ** int(found[2])
    return step * {"K": 1e3, "M": 1e6}.get(text[-1:], 1) * 1.0001 + 1e-9


def counted(folder: Path, program: str, cells: int, seed: int) -> tuple[Counter[str], list[object]]:
    source = random.Random(seed)
    made = [(drawn(source), FORMATS[at % len(FORMATS)]) for at in range(cells)]
    results = compared(folder, program, made)
    return Counter(result[-1] for result in results), [result for result in results if result[-1] == "wrong"]


def test_a_cell_is_read_as_libreoffice_shows_it(tmp_path: Path) -> None:
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if not program:
        pytest.skip("needs LibreOffice: install libreoffice-calc-nogui")
    counts, wrong = counted(tmp_path, program, 300, seed=11)
    assert not wrong, wrong[:10]
    assert counts["equal"] > counts["refused"]
