import datetime
import json
import pickle
import re

import numpy as np
import pandas as pd
import pytest

from alignkit.errors import ParamsError
from alignkit.words import words as module
from alignkit.words.extract import TEMPLATE, template
from alignkit.words.words import languages, words

W = words("en")
DAY = datetime.date(2026, 9, 30)

SPANISH = """
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\nPlural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "not known"
msgstr "se desconoce"

msgid "reader"
msgid_plural "readers"
msgstr[0] "lector"
msgstr[1] "lectores"
"""


@pytest.mark.parametrize(
    ("x", "digits", "said"),
    [
        (1234.5, 0, "1,235"),
        (0.5, 0, "1"),
        (2.25, 1, "2.3"),
        (-0.2, 0, "0"),
        (-3, 0, "-3"),
        (np.int64(7), 1, "7.0"),
        (np.nan, 0, "not known"),
        (pd.NA, 0, "not known"),
        (None, 2, "not known"),
    ],
)
def test_numbers_round_halves_up_and_never_say_nan(x, digits, said):
    assert W.number(x, digits) == said


@pytest.mark.parametrize(
    ("x", "unit", "said"),
    [
        (46.4, "percent", "46%"),
        (1250, "count", "1,250"),
        (12.34, "rate_per_1000", "12.3 per 1,000"),
        (19.75, "score", "19.8"),
        (-1250, "dollars", "-$1,250"),
        (None, "percent", "not known"),
    ],
)
def test_values_in_their_units(x, unit, said):
    assert W.value(x, unit) == said


def test_percent_keeps_the_decimals_asked_for():
    assert W.percent(46, 1) == "46.0%"
    assert W.span(43.6, 48.2, "percent") == "44% to 48%"


def test_dates():
    assert W.date(DAY) == "September 30, 2026"
    assert W.month_year(pd.Timestamp(DAY)) == "September 2026"
    assert W.date(pd.NaT) == W.month_year(None) == "no date"


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        ("2024-08-01", "2025-06-30", "2024–25"),
        ("1999-08-01", "2000-06-30", "1999–00"),
        ("2024-01-01", "2024-12-31", "2024"),
        ("2024-01-01", "2024-03-31", "January–March 2024"),
        ("2024-02-01", "2024-02-29", "February 2024"),
        ("2024-12-01", "2025-02-28", "December 2024–February 2025"),
        ("2020-01-01", "2024-12-31", "2020–2024"),
        ("2024-08-01", None, "2024"),
    ],
)
def test_periods(start, end, said):
    assert W.period(pd.Timestamp(start), end and pd.Timestamp(end)) == said


@pytest.mark.parametrize(
    ("items", "said"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_lists_have_no_comma_before_and(items, said):
    assert W.list(items) == said


@pytest.mark.parametrize(
    ("n", "said"),
    [(0, "no readers"), (1, "1 reader"), (1200, "1,200 readers"), (None, "an unknown number of readers")],
)
def test_counts_have_grammar_for_none_one_many_and_unknown(n, said):
    assert W.count(n, "reader", "readers") == said


def test_words_travel_between_processes():
    assert pickle.loads(pickle.dumps(W)) == W


def test_an_unknown_language_names_those_there_are():
    with pytest.raises(ParamsError, match="en"):
        words("xx")


def test_a_language_is_one_file(tmp_path, monkeypatch):
    (tmp_path / "es.po").write_text(SPANISH, encoding="utf-8")
    monkeypatch.setattr(module, "CATALOGS", tmp_path)
    spanish = words.__wrapped__("es")
    assert languages() == ("en", "es")
    assert spanish.number(None) == "se desconoce"
    assert spanish.ngettext("reader", "readers", 1) == "lector"
    assert spanish.count(2, "reader", "readers").endswith("lectores")
    assert spanish.number(1234567.5, 1) == "1.234.567,5"
    assert spanish.percent(46) == "46\xa0%"


def test_the_template_holds_every_message_of_a_package(tmp_path):
    lines = ['w.gettext("Hello {name}")', 'w.count(n, "cat", "cats")', 'w.other("no")', 'b"x".count(b"no")']
    lines += ["say, x = w.gettext, 1", 'say("as " "one")']
    (tmp_path / "a.py").write_text("\n".join(lines))
    cell = {"cell_type": "markdown", "source": ["# Our title"], "metadata": {}}
    (tmp_path / "a.ipynb").write_text(json.dumps({"cells": [cell]}))
    made = template(tmp_path, tmp_path)
    assert re.findall(r'^msgid(?:_plural)? "(.+)"', made, re.MULTILINE) == [
        "Hello {name}",
        "Our title",
        "as one",
        "cat",
        "cats",
    ]
    assert made == template(tmp_path, tmp_path)


@pytest.mark.heavy
def test_the_template_is_current():
    assert TEMPLATE.read_text(encoding="utf-8") == template(), "run: python -m alignkit.words.extract"
