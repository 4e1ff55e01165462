import os
from pathlib import Path

import pandas as pd
import pytest

from alignkit.errors import DisclosureError, NotebookError
from alignkit.kit import tables
from tests.kit import chart_samples as samples
from tests.kit.chart_catch import catch, outputs

GOLDEN = Path(__file__).parent / "golden"


def signed():
    rows = [
        samples.rate(
            27, 40, partner="Tom & Jerry's <b>", since=pd.Timestamp(2026, 9, 30), backbone=True, unit="percent"
        ),
        samples.hidden(partner="B|C", since=pd.NaT, backbone=False, unit="percent"),
        samples.hidden("under 10%", "band", partner="$x^2$", since=None, backbone=None, unit="percent"),
    ]
    return samples.published(rows, "partner")


def show(p=None, **more):
    columns = {"partner": "Partner", "since": "Since", "backbone": "Backbone", "text": "Signed", "low": "From"}
    style = {"id": "signed", "caption": "Who <signed>", "columns": columns, **more}
    return catch(lambda: tables.show(signed() if p is None else p, **style))


def test_cells_are_text_as_a_reader_sees_it():
    exhibit = show().exhibit
    assert (exhibit.type, exhibit.alt, exhibit.where) == ("table", "", "both")
    assert exhibit.columns == ("Partner", "Since", "Backbone", "Signed", "From")
    assert exhibit.align == ("left", "left", "left", "right", "right")
    assert exhibit.rows == (
        ("Tom & Jerry's <b>", "September 30, 2026", "yes", "68%", "60%"),
        ("B|C", "", "no", "hidden", ""),
        ("$x^2$", "", "", "under 10%", ""),
    )


def test_html_is_semantic_and_escaped():
    html, path = show().beside["text/html"], GOLDEN / "table.html"
    if os.environ.get("ALIGNKIT_WRITE_GOLDEN"):
        path.write_text(html, encoding="utf-8")
    assert html == path.read_text(encoding="utf-8"), "if right: ALIGNKIT_WRITE_GOLDEN=1 pytest tests/kit"


def test_value_is_its_words_and_counts_are_numbers():
    exhibit = show(columns={"partner": "Partner", "value": "Signed", "numerator": "Number"}).exhibit
    assert [row[1:] for row in exhibit.rows] == [("68%", "27"), ("hidden", ""), ("under 10%", "")]


def test_periods_have_their_name():
    p = samples.reading()
    assert show(p, columns={"period_start": "Year", "text": "Read"}).exhibit.rows[0] == ("2014–15", "36%")


def test_sides_and_place_can_be_chosen():
    exhibit = show(align={"text": "center"}, where="web").exhibit
    assert (exhibit.align[3], exhibit.where) == ("center", "web")


def test_a_measure_without_rows_shows_nothing():
    style = {"caption": "c", "columns": {"partner": "Partner"}}
    assert outputs(lambda: tables.show(signed().where(partner="nobody"), id="x", **style)) == []


def test_tables_take_only_what_was_published():
    with pytest.raises(DisclosureError, match="publish"):
        tables.show(pd.DataFrame(), id="x", caption="c", columns={"a": "A"})


@pytest.mark.parametrize("style", [{"columns": {"parnter": "P"}}, {"columns": {}}, {"caption": ""}])
def test_what_a_table_needs(style):
    with pytest.raises(NotebookError, match="signed"):
        show(**style)
