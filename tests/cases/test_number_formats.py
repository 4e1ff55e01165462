"""What an Excel cell shows is what is read, whatever its number format does; else the file is refused."""

import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat

from tests.cases.project import Refused, excel, figures, read

NO = "refused"
ACCOUNTING = '_(* #,##0.0_);_(* (#,##0.0);_(* "-"??_);_(@_)'
DOLLARS = '_($* #,##0_);_($* \\(#,##0\\);_($* "-"??_);_(@_)'

SHOWN: list[tuple[str, str, list[Any], Any]] = [
    ("accounting", "score", [(41.2, ACCOUNTING), (-3.5, ACCOUNTING), (0, ACCOUNTING)], [41.2, -3.5, 0]),
    ("accounting dollars", "dollars", [(1250, DOLLARS), (-1250, DOLLARS)], [1250, -1250]),
    ("percent", "percent", [(0.412, "0%"), (0.43, "0.00%")], [41.2, 43]),
    ("percent with a blank", "percent", [(0.412, "0.0 %"), (43, '0.0" %"')], [41.2, 43]),
    ("a percent sign that is only written", "percent", [(41.2, '0.0"%"'), (43, "0.0\\%")], [41.2, 43]),
    ("a percent sign in front", "percent", [(0.412, "%0.0"), (0.43, "%0.0")], NO),
    ("General with more behind it", "percent", [(41.2, 'General"%"'), (43, 'General" %"')], [41.2, 43]),
    ("General in thousands", "count", [(412, 'General"000"'), (430, 'General",000"')], [412_000, 430_000]),
    ("color and percent", "percent", [(0.412, "[Blue]0.0%;[Red]-0.0%"), (0.43, "[Color 10]0%")], [41.2, 43]),
    ("condition hides small ones", "percent", [(0.412, '[<0.1]"<10%";0.0%'), (0.03, '[<0.1]"<10%";0.0%')],
     [41.2, (0, 10)]),
    ("condition with a mark", "percent", [(41.2, '[<10]"*";0.0'), (3, '[<10]"*";0.0')], [41.2, "suppressed_at_source"]),
    ("several conditions", "count", [(412, '[<10]"<10";[>1000]#,##0;0'), (1234, '[<10]"<10";[>1000]#,##0;0')],
     [412, 1234]),
    ("thousands with K", "dollars", [(52_100, '$0.0,"K"'), (53_000, '$0.0,"K"')], [52_100, 53_000]),
    ("millions with M", "dollars", [(1_250_000, '$0.00,,"M"'), (1_300_000, '$0.00,,"M"')], [1_250_000, 1_300_000]),
    ("K where nothing is divided", "dollars", [(52, '$0"K"'), (53, '$0"K"')], NO),
    ("M for what is divided once", "dollars", [(52_000, '0,"M"'), (53_000, '0,"M"')], NO),
    ("zero shown as a dash", "dollars", [(7, '#,##0;-#,##0;"-"'), (0, '#,##0;-#,##0;"-"')], [7, 0]),
    ("zero shown as a mark", "count", [(125, '#,##0;-#,##0;"*"'), (0, '#,##0;-#,##0;"*"')],
     [125, "suppressed_at_source"]),
    ("zero shown as n/a", "count", [(125, '0;-0;"n/a"'), (0, '0;-0;"n/a"')], [125, "missing"]),
    ("hidden by ;;;", "percent", [41, (43, ";;;")], NO),
    ("zeros hidden", "percent", [41, (0, "0.0;-0.0;")], NO),
    ("only digits that are there", "count", [41, (0, "#")], NO),
    ("text hidden by ;;;", "percent", [41, ("43", ";;;")], NO),
    ("text with more in its section", "percent", [("<2", '0;-0;0;@"%"'), ("43", '0;-0;0;@"%"')], [(0, 2), 43]),
    ("text as a format makes it a percent", "percent", [("41%", '@'), ("43%", '0.0;-0.0;0;@')], [41, 43]),
    ("text format", "percent", [(41.2, "@"), (43, "@")], [41.2, 43]),
    ("fractions", "percent", [(41.5, "# ?/?"), (43.25, "# ??/??")], [41.5, 43.25]),
    ("fractions in eighths", "percent", [(41.5, "# ?/8"), (43.25, "# ?/8")], [41.5, 43.25]),
    ("scientific", "dollars", [(52_100, "0.00E+00"), (53_300, "##0.0E+0")], [52_100, 53_300]),
    ("negative in red without a sign", "dollars", [(1250, "0;[Red]0"), (-1250, "0;[Red]0")], [1250, -1250]),
    ("negative without its sign", "dollars", [(1250, "0;0"), (-1250, "0;0")], NO),
    ("minus behind", "dollars", [(1250, "0;0-"), (-1250, "0;0-")], [1250, -1250]),
    ("negative sign in words", "dollars", [(1250, '0;"minus "0'), (-1250, '0;"minus "0')], NO),
    ("always minus", "dollars", [(-1250, "-0"), (1250, "-0")], NO),
    ("units in letters", "rate_per_1000", [(5.2, '0.0" per 1,000"'), (5.3, '0.0" per 1,000"')], NO),
    ("points", "score", [(5.2, '0.0" pts"'), (5.3, '0.0" pts"')], NO),
    ("dollars of a percent", "percent", [(41.2, "$0.00"), (43, "$0.00")], NO),
    ("percent of a count", "count", [(41, "0%"), (43, "0%")], NO),
    ("euros", "dollars", [(41, "[$€-407] #,##0"), (43, "[$€-407] #,##0")], NO),
    ("dollars by locale", "dollars", [(4100, "[$$-409]#,##0.00"), (4300, "[$USD] #,##0")], NO),
    ("a footnote behind", "percent", [41, (43, '0.0"²"')], NO),
    ("a footnote in front", "percent", [41, (43, '"(a) "0.0')], NO),
    ("French thousands", "count", [(1234, "# ##0"), (2_234, "#\\ ##0")], [1234, 2234]),
    ("French thousands, unbreakable", "count", [(1234, '#"\xa0"##0'), (1310, '#"\u202f"##0')], [1234, 1310]),
    ("French thousands with decimals", "score", [(1234.5, "# ##0.0"), (1310, "# ##0.0")], [1234.5, 1310]),
    ("a telephone number", "count", [41, (5_551_234, "000-0000")], NO),
    ("several formats in one column", "percent", [(0.412, "0.0%"), (0.43, "0.00"), (0.44, "General")], NO),
    ("some divided by a thousand", "count", [(52_100, "0,"), (52_300, "0")], NO),
    ("all divided by a thousand", "score", [(52_100, "0.0,"), (52_300, "0.0,")], NO),
    ("a day where a rate should be", "percent", [41, (43, "m/d/yyyy")], NO),
    ("hours", "percent", [41, (43, "[h]:mm")], NO),
    ("true", "percent", [41, True], NO),
    ("not a number", "percent", [41, "#N/A"], [41, "missing"]),
    ("divided by zero", "percent", [41, "#DIV/0!"], NO),
    ("a broken reference", "percent", [41, "#REF!"], NO),
    ("never calculated", "percent", [41, "=B2+2"], NO),
    ("a number as text", "percent", [41, "43.5"], [41, 43.5]),
    ("a number as text with an apostrophe", "percent", [41, "'43.5"], NO),
    ("a number as text with an unbreakable blank", "percent", [41, "\xa043.5\xa0"], [41, 43.5]),
    ("a number with a letter that no one sees", "percent", [41, "43.5\u200b"], NO),
    ("a decimal comma as text", "percent", [41, "43,5"], NO),
]  # fmt: skip


@pytest.mark.parametrize(("unit", "cells", "expected"), [case[1:] for case in SHOWN], ids=[case[0] for case in SHOWN])
def test_a_cell_counts_as_it_shows(tmp_path: Path, unit: str, cells: list[Any], expected: Any) -> None:
    found = read(tmp_path, figures(*cells), unit=unit)
    if expected == NO:
        assert isinstance(found, Refused), f"read as {found}"
        assert "p.xlsx, sheet Sheet" in found
        assert "row" in found or "cell " in found
    else:
        assert found == expected


def test_a_count_in_percent(tmp_path: Path) -> None:
    rows = [["Year", "Tested", "Passed"], ["2023-24", 400, (0.412, "0.0%")]]
    columns = {"value": None, "denominator": ("Tested", ""), "numerator": ("Passed", "")}
    found = read(tmp_path, excel(rows), columns=columns)
    assert isinstance(found, Refused)
    assert "p.xlsx, sheet Sheet" in found


@pytest.mark.parametrize(("shown", "expected"), [("yyyy", [41, 42]), ("m/d/yyyy", NO), ('"SY"yyyy', NO)])
def test_a_day_that_shows_its_year_alone(tmp_path: Path, shown: str, expected: Any) -> None:
    days = [(datetime.datetime(year, 7, 1), shown) for year in (2022, 2023)]
    found = read(tmp_path, excel([["Year", "Rate"], [days[0], 41], [days[1], 42]]), period="year")
    assert isinstance(found, Refused) if expected == NO else found == expected


def test_years_in_a_format_with_thousands(tmp_path: Path) -> None:
    rows = [["Year", "Rate"], [(2022, "#,##0"), 41], [(2023, "0"), 42]]
    assert read(tmp_path, excel(rows), period="year") == [41, 42]


STYLES = {"another number": {"numFmt": NumberFormat(numFmtId=200, formatCode='"<10"')},
          "white": {"font": Font(color="FFFFFFFF")}, "red": {"font": Font(color="FFFF0000")},
          "white on blue": {"font": Font(color="FFFFFFFF"), "fill": PatternFill("solid", bgColor="FF0000FF")},
          }  # fmt: skip


@pytest.mark.parametrize(("style", "read_"), [("another number", 0), ("white", 0), ("red", 1), ("white on blue", 1)])
def test_conditional_formatting(tmp_path: Path, style: str, read_: bool) -> None:
    def small(sheet: Any, book: Any) -> None:
        rule = Rule("cellIs", operator="lessThan", formula=["10"], dxf=DifferentialStyle(**STYLES[style]))
        sheet.conditional_formatting.add("B2:B9", rule)

    found = read(tmp_path, excel([["Year", "Rate"], ["2022-23", 12], ["2023-24", 4]], small))
    assert found == [12, 4] if read_ else "cells B2:B9: conditional formatting" in str(found)


@pytest.mark.parametrize(("fill", "read_"), [(PatternFill(), False), (PatternFill("solid", "FF0000FF"), True)])
def test_white_letters(tmp_path: Path, fill: PatternFill, read_: bool) -> None:
    def white(sheet: Any, book: Any) -> None:
        sheet["B3"].font, sheet["B3"].fill = Font(color="FFFFFFFF"), fill

    found = read(tmp_path, excel([["Year", "Rate"], ["2022-23", 12], ["2023-24", 4]], white))
    assert found == [12, 4] if read_ else "cell B3: the number is white on white" in str(found)
