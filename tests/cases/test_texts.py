"""Numbers as people and programs write them into CSV files: read as they are meant, or refused with their row."""

from pathlib import Path
from typing import Any

import pytest

from tests.cases.project import COUNTED, PLACE_CODES, PLACED, Refused, read, series, table

NO = "refused"
TEXTS: list[tuple[str, str, list[str], Any]] = [
    ("minus behind", "dollars", ["1250-", "300"], NO),
    ("brackets", "dollars", ['"($1,250)"', "300"], [-1250, 300]),
    ("short brackets", "dollars", ["(12)", "300"], NO),
    ("a typographic minus", "dollars", ["−1250", "300"], [-1250, 300]),
    ("a dash as minus", "dollars", ["–1250", "300"], NO),
    ("percent signs", "percent", ["41.2%", "43 %"], [41.2, 43]),
    ("percent next to none", "percent", ["41.2%", "43"], NO),
    ("percent next to a share", "percent", ["41.2%", "0.43"], NO),
    ("percent of a count", "count", ["41%", "43%"], NO),
    ("dollars of a percent", "percent", ["$41", "$43"], NO),
    ("percent in dollars", "dollars", ["41%", "43%"], NO),
    ("dollars", "dollars", ['"$41,250"', "$42000"], [41250, 42000]),
    ("thousands with K", "dollars", ["$41K", "$42K"], NO),
    ("millions with M", "dollars", ["1.2M", "1.3M"], NO),
    ("per 1,000", "rate_per_1000", ['"5.2 per 1,000"', '"5.3 per 1,000"'], NO),
    ("points", "score", ["5 pts", "6 pts"], NO),
    ("euros", "dollars", ["€41", "€42"], NO),
    ("under 10 of a count", "count", ["<10", "14"], [(0, 10), 14]),
    ("at most 5 of a count", "count", ["≤5", "14"], [(0, 5), 14]),
    ("under 10 of a percent", "percent", ["<10", "14"], NO),
    ("under 1 percent", "percent", ["<1%", "14%"], [(0, 1), 14]),
    ("above 95 percent", "percent", [">95%", "94%"], [(95, 100), 94]),
    ("a range", "percent", ["90-94", "95-99"], [(90, 94), (95, 99)]),
    ("a range the wrong way", "percent", ["94-90", "95"], NO),
    ("of so many", "percent", ["41/100", "43/100"], NO),
    ("a footnote in brackets", "percent", ["41.2 (a)", "43"], NO),
    ("a footnote number in brackets", "percent", ["41.2 (1)", "43"], NO),
    ("a star behind", "percent", ["41.2*", "43"], NO),
    ("a raised footnote", "percent", ["41.2²", "43"], NO),
    ("a raised footnote of one digit", "percent", ["8¹", "9"], NO),
    ("-9", "count", ["-9", "14"], NO),
    ("-99 in scores", "score", ["-99", "214", "220"], NO),
    ("-1 in dollars", "dollars", ["-1", "300"], NO),
    ("scores that may be negative", "score", ["-1.5", "-2", "0.5"], [-1.5, -2, 0.5]),
    ("999 in scores", "score", ["999", "214", "220"], NO),
    ("9999 in counts", "count", ["9999", "412", "420"], NO),
    ("999 in counts that are higher", "count", ["999", "1012", "1020"], [999, 1012, 1020]),
    ("9999 again and again", "count", ["9999", "8412", "9999"], NO),
    ("99 as a percent", "percent", ["99", "98", "97"], [99, 98, 97]),
    ("999 as a percent", "percent", ["999", "41"], NO),
    ("-666666666", "dollars", ["-666666666", "41000"], ["missing", 41000]),
    (".01 for what is hidden", "percent", ["41", ".01", "42"], NO),
    ("exponents that cut digits off", "count", ["1.2E+03", "1310"], NO),
    ("exponents of whole numbers", "count", ["1.234E+03", "1310"], [1234, 1310]),
    ("exponents of small numbers", "percent", ["4.12e+01", "43"], [41.2, 43]),
    ("an apostrophe in front", "percent", ["'41", "43"], NO),
    ("Swiss thousands", "count", ["1'234", "1'310"], NO),
    ("blank thousands without a decimal mark", "count", ["1 234", "1 310"], NO),
    ("thousands in quotes", "count", ['"1,234"', '"1,310"'], [1234, 1310]),
    ("a comma after a leading zero", "percent", ['"0,412"', '"0,430"'], NO),
    ("a decimal comma in quotes", "percent", ['"41,2"', '"43,1"'], NO),
    ("a unbreakable blank around", "percent", ["\xa041.2", "43\xa0"], [41.2, 43]),
    ("a letter that no one sees", "percent", ["41.2\u200b", "43"], NO),
    ("wide digits", "percent", ["４１", "43"], NO),
    ("blank", "percent", ["41", "", "42"], [41, "missing", 42]),
    ("words", "percent", ["forty", "43"], NO),
    ("true", "percent", ["TRUE", "43"], NO),
    ("an error of Excel", "percent", ["#DIV/0!", "43"], NO),
    ("no value in Excel", "percent", ["#N/A", "43"], ["missing", 43]),
    ("tenfold", "percent", ["4.1", "41"], NO),
    ("thousandfold", "dollars", ["52", "53000"], NO),
    ("infinite", "percent", ["inf", "43"], NO),
    ("two points", "percent", ["4.1.2", "43"], NO),
    ("a count with decimals", "count", ["41.5", "43"], NO),
    ("above 100 percent", "percent", ["412", "430"], NO),
    ("dollars and percent", "dollars", ["$41%", "$42%"], NO),
    ("1-9 of a percent", "percent", ["1-9", "43"], NO),
    ("1-9 of a count", "count", ["1-9", "14"], [(1, 9), 14]),
    ("1-9 among other ranges", "percent", ["1-9", "90-94"], [(1, 9), (90, 94)]),
    ("College Scorecard", "percent", ["PrivacySuppressed", "43"], NO),
    ("CDC WONDER", "rate_per_1000", ["Unreliable", "5.2"], NO),
    ("BLS preliminary", "percent", ["4.1(P)", "4.2"], NO),
    ("BLS revised", "percent", ["43.2 r", "43"], NO),
    ("top coded", "dollars", ['"250,000+"', "52000"], NO),
    ("bottom coded", "dollars", ['"2,500-"', "52000"], NO),
    ("one in five", "percent", ["1 in 5", "43"], NO),
    ("thin thousands", "count", ["1\u2009234", "1310"], NO),
    ("thousands of lakh", "count", ['"1,23,456"', "1310"], NO),
    ("an interval behind", "percent", ["41.2 (38.1-44.2)", "43"], NO),
    ("two numbers in two lines", "percent", ['"41\n43"', "43"], NO),
    ("a half sign", "percent", ["41½", "43"], NO),
    ("a letter E behind", "percent", ["41e", "43"], NO),
    ("a code of a school", "count", ["12E3", "43"], NO),
    ("a formula that keeps zeros", "percent", ['"=""41"""', "43"], NO),
    ("a soft hyphen", "percent", ["\xad41", "43"], NO),
    ("a letter for right to left", "percent", ["\u200e41.2", "43"], NO),
    ("of SAS", "percent", [".a", "43"], NO),
    ("per mille", "rate_per_1000", ["5.2‰", "5.3‰"], NO),
    ("at least, in signs", "percent", ["≥95", "43"], [(95, None), 43]),
    ("at least, in letters", "percent", ["GT 95", "43"], [(95, None), 43]),
    ("an accountant's dash", "dollars", ["$ -", "43"], NO),
    ("an en dash between", "percent", ["40–45", "43"], [(40, 45), 43]),
    ("a small group in brackets", "percent", ["(N < 10)", "43"], ["suppressed_at_source", 43]),
]  # fmt: skip


@pytest.mark.parametrize(("unit", "cells", "expected"), [case[1:] for case in TEXTS], ids=[case[0] for case in TEXTS])
def test_a_text_is_the_number_it_means(tmp_path: Path, unit: str, cells: list[str], expected: Any) -> None:
    found = read(tmp_path, series(*cells), unit=unit)
    if expected == NO:
        assert isinstance(found, Refused), f"read as {found}"
        assert ", row" in found
    else:
        assert found == expected


DECIMALS: list[tuple[str, str, str, list[str], Any]] = [
    ("comma", "semicolon", ";", ["41,2", "43"], [41.2, 43]),
    ("", "semicolon", ";", ["41,2", "43"], NO),
    ("point", "semicolon", ";", ["41,2", "43"], NO),
    ("comma", "semicolon", ";", ["41.2", "43"], NO),
    ("comma", "semicolon", ";", ["0.412", "0.430"], NO),
    ("comma", "tab", "\t", ["1 234,5", "1 310"], [1234.5, 1310]),
    ("comma", "tab", "\t", ["1\u202f234,5", "1\xa0310"], [1234.5, 1310]),
    ("comma", "tab", "\t", ["41 234 5", "43"], NO),
    ("comma", "semicolon", ";", ["1.234,5", "1.310"], [1234.5, 1310]),
    ("", "tab", "\t", ["1,234", "1,310"], NO),
    ("point", "tab", "\t", ["1,234", "1,310"], [1234, 1310]),
    ("", "tab", "\t", ["1,234.5", "1,310"], [1234.5, 1310]),
    ("comma", "comma", ",", ['"41,2"', '"43,1"'], [41.2, 43.1]),
    ("comma", "bar", "|", ["1.23", "4"], NO),
]


@pytest.mark.parametrize(("decimal", "name", "mark", "cells", "expected"), DECIMALS)
def test_decimal_marks(tmp_path: Path, decimal: str, name: str, mark: str, cells: list[str], expected: Any) -> None:
    found = read(tmp_path, series(*cells, separator=mark), unit="score", decimal=decimal, separator=name)
    assert isinstance(found, Refused) if expected == NO else found == expected


def test_percents_as_numbers_of_persons(tmp_path: Path) -> None:
    found = read(tmp_path, table("Year,Tested,Passed", "2023-24,400,41%"), columns=COUNTED)
    assert isinstance(found, Refused)
    assert "p.csv, column Passed, row 2" in found


def test_a_code_as_a_number_of_persons(tmp_path: Path) -> None:
    text = table("Year,Rate,Tested", "2022-23,41,400", "2023-24,42,9999")
    found = read(tmp_path, text, columns={"denominator": ("Tested", "")})
    assert isinstance(found, Refused)
    assert "9,999 persons may be a code" in found


def test_shares_of_one_district_next_to_percents_of_others(tmp_path: Path) -> None:
    text = table("Year,District,Rate", "2023-24,West,0.41", "2023-24,East,44", "2023-24,State,45")
    found = read(tmp_path, text, columns=PLACED, codes=PLACE_CODES)
    assert isinstance(found, Refused)
    assert "shares: read test 2023-07-01" in found


def test_shares_taken_from_a_hundred(tmp_path: Path) -> None:
    found = read(tmp_path, series("0.12", "0.13"), columns={"value": ("Rate", "100 minus")})
    assert isinstance(found, Refused)
    assert "are they shares" in found
