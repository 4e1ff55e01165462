"""Publishers' marks: never a number that is not there, never a silent gap."""

import math
import string

import duckdb
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignkit.errors import SourceError
from alignkit.sources.hidden import MISSING, SUPPRESSED, parse_hidden, register

Cell = tuple[float | None, str, float | None, float | None]


def parsed(text: object) -> Cell:
    """value, value_status, low, high of one cell; None for missing."""
    row = parse_hidden(pd.Series([text], dtype="object")).iloc[0].tolist()
    value, status, low, high = (None if pd.isna(cell) else cell for cell in row)
    return value, status, low, high


SUPPRESSED_TEXTS = [
    "*",
    "**",
    "s",
    "S",
    "DS",
    "PS",
    "‡",
    "(D)",
    "n<10",
    "N<10",
    "n < 10",
    "n≤5",
    "(N < 16)",
    "Suppressed",
]
MISSING_TEXTS = [
    "",
    " ",
    "--",
    "—",
    "–",
    "-",
    ".",
    "..",
    "N/A",
    "NA",
    "n/a",
    "(x)",
    "(X)",
    "†",
    "Not reported",
    None,
    math.nan,
]


@pytest.mark.parametrize("text", SUPPRESSED_TEXTS)
def test_hidden_by_the_publisher(text: str) -> None:
    assert parsed(text) == (None, "suppressed_at_source", None, None)


@pytest.mark.parametrize("text", MISSING_TEXTS)
def test_missing(text: str | None) -> None:
    assert parsed(text) == (None, "missing", None, None)


@pytest.mark.parametrize(
    ("text", "value"),
    [("12.5%", 12.5), ("12.5 %", 12.5), ("1,234", 1234), ("1,234,567.5", 1234567.5), ("0", 0), (" 7 ", 7), (".5", 0.5),
     ("5.", 5), ("-2", -2), ("−4.5", -4.5), ("+3", 3), ("$1,200.50", 1200.5), ("100%", 100), (3.5, 3.5), (1e-7, 1e-7),
     (12, 12)],
)  # fmt: skip
def test_numbers(text: object, value: float) -> None:
    assert parsed(text) == (value, "reported", None, None)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [("<10", 0, 10), ("< 10", 0, 10), ("<10%", 0, 10), ("<=5", 0, 5), ("≤5", 0, 5), ("≤ 5%", 0, 5), ("LE5", 0, 5),
     ("LT50", 0, 50), ("fewer than 10", 0, 10), ("Less than 5%", 0, 5), ("5 or fewer", 0, 5), ("<1,000", 0, 1000),
     (">95%", 95, 100), (">= 95%", 95, 100), ("≥95%", 95, 100), ("95% or more", 95, 100), (">95", 95, None),
     (">=95", 95, None), ("≥95", 95, None), ("GE95", 95, None), ("at least 95", 95, None),
     ("90-94", 90, 94), ("90–94%", 90, 94), ("90 to 94", 90, 94), ("90% - 94%", 90, 94), ("90 — 94", 90, 94),
     ("90.5-94.5", 90.5, 94.5), ("5-5", 5, 5), ("1,000-1,999", 1000, 1999)],
)  # fmt: skip
def test_ranges(text: str, low: float, high: float | None) -> None:
    assert parsed(text) == (None, "range", low, high)


UNKNOWN = ["abc", "2019-20", "94-90", "1,23", "1,2345", "12*", "12¹", "(5)", "<", "5-", "1-2-3", "2020-01-02", ">105%",
           "n", "n=10", "<ten", "12,5", "--5", "1e999", "inf", "١٢", "#", "none"]  # fmt: skip


@pytest.mark.parametrize("text", UNKNOWN)
def test_what_is_not_understood_is_told(text: str) -> None:
    with pytest.raises(SourceError, match="neither a number nor a mark") as caught:
        parsed(text)
    assert "n<10" in caught.value.cure
    assert "Understood are" in caught.value.cure


def test_the_rows_are_named_and_the_text_is_not() -> None:
    column = pd.Series(["1"] + ["Zanzibar"] * 8, name="pct_proficient", index=range(100, 109))
    with pytest.raises(SourceError) as caught:
        parse_hidden(column)
    assert "column pct_proficient, rows 2, 3, 4, 5, 6 and 3 more" in str(caught.value)
    assert "Zanzibar" not in str(caught.value)


def test_a_whole_column_keeps_its_index_and_types() -> None:
    frame = parse_hidden(pd.Series(["1", "*"], index=[7, 9]))
    assert frame.index.tolist() == [7, 9]
    assert frame.dtypes.astype(str).tolist() == ["float64", "object", "float64", "float64"]
    assert parse_hidden(pd.Series([], dtype="object")).empty


def test_a_publishers_own_marks_come_first() -> None:
    frame = parse_hidden(pd.Series(["--", "FEW", "9"]), marks={"--": "suppressed_at_source", "few": "not_comparable"})
    assert frame["value_status"].tolist() == ["suppressed_at_source", "not_comparable", "reported"]
    with pytest.raises(SourceError, match="cannot mean reported"):
        parse_hidden(pd.Series(["x"]), marks={"x": "reported"})


@given(st.floats(min_value=-1e9, max_value=1e9), st.sampled_from(["{:.3f}", "{:,.2f}", "{:.1f}%", " {:.0f} "]))
def test_every_number_is_read_as_written(number: float, form: str) -> None:
    text = form.format(number)
    value, status, _, _ = parsed(text)
    assert status == "reported"
    assert value == float(text.strip().rstrip("%").replace(",", ""))


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.sampled_from(["-", "–", " - ", " to ", "% – "]))
def test_every_range_keeps_both_ends_or_is_told(low: int, high: int, between: str) -> None:
    if low <= high:
        assert parsed(f"{low}{between}{high}") == (None, "range", low, high)
    else:
        with pytest.raises(SourceError):
            parsed(f"{low}{between}{high}")


@given(st.floats(0, 100).map(lambda x: round(x, 1)), st.sampled_from(["<", "<=", "≤", "< ", "LT ", "under "]))
def test_every_upper_bound_holds_zero_to_itself(bound: float, mark: str) -> None:
    assert parsed(f"{mark}{bound}%") == (None, "range", 0, bound)


@given(st.sampled_from(sorted(SUPPRESSED | MISSING)), st.sampled_from(["", " ", "\t", "\u00a0"]), st.booleans())
def test_case_and_blanks_around_a_mark_do_not_count(mark: str, blank: str, upper: bool) -> None:
    text = blank + (mark.upper() if upper else mark) + blank
    assert parsed(text)[1] == ("suppressed_at_source" if mark in SUPPRESSED else "missing")


@given(st.text(alphabet=string.printable + "–—≤≥‡†%", max_size=12))
def test_any_text_is_a_whole_answer_or_told(text: str) -> None:
    try:
        value, status, low, high = parsed(text)
    except SourceError:
        return
    assert (value is not None) == (status == "reported")
    assert (low is not None) == (status == "range")
    assert high is None or low is None or low <= high


def test_queries_know_the_same_marks() -> None:
    texts = [text for text in SUPPRESSED_TEXTS + MISSING_TEXTS if isinstance(text, str)] + ["12.5%", ">95%", "90-94"]
    with duckdb.connect(":memory:") as connection:
        register(connection)
        connection.execute("CREATE TABLE given AS SELECT unnest(?) AS x", [texts])
        rows = connection.execute(
            "SELECT hidden_value(x), hidden_status(x), hidden_low(x), hidden_high(x) FROM given"
        ).fetchall()
        assert rows == [parsed(text) for text in texts]
        assert connection.execute("SELECT hidden_status(NULL), hidden_value(7)").fetchall() == [("missing", 7.0)]
