"""Charts of one's own: what they may draw, what comes with them, and what is refused."""

import re
import xml.etree.ElementTree as ET
from functools import cache, partial

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
import seaborn as sns
from nbformat import v4

from alignkit.book import chapter
from alignkit.book.svg import clean
from alignkit.errors import DisclosureError, NotebookError
from alignkit.kit.drawing.canvas import RIM
from alignkit.theme import FAMILY, THEME
from alignkit.words.words import words
from tests.kit import chart_samples as samples
from tests.kit.chart_catch import Caught, catch, outputs
from tests.kit.own_samples import KINDS, by_income, line, mine, scatter

EVERY = pytest.mark.parametrize("kind", KINDS)


@cache
def drawn(kind: str) -> Caught:
    return catch(KINDS[kind])


@EVERY
def test_the_picture_is_safe_and_described(kind):
    caught = drawn(kind)
    root = ET.fromstring(clean(caught.svg, "here"))
    assert [child.text for child in root[:2]] == ["By income", "The lowest-income fifth stays lowest."]
    ids = re.findall(r'\bid="([^"]+)"', caught.svg)
    assert ids
    assert [id_ for id_ in ids if not id_.startswith("mine-")] == []
    assert not re.search(r"<text|<style|<script|<metadata", caught.svg)


@EVERY
def test_the_same_bytes_again_wherever_numpys_random_numbers_stand(kind):
    np.random.seed(4)
    assert catch(KINDS[kind]).svg == drawn(kind).svg


@EVERY
def test_texts_are_large_enough_in_the_books_font_and_nothing_is_cut(kind):
    figure = drawn(kind).figure
    box, rim, (width, height) = figure.get_tightbbox(), RIM / 72, figure.get_size_inches()
    assert (box.x0 > -rim, box.y0 > -rim, box.x1 < width + rim, box.y1 < height + rim) == (True,) * 4
    assert min(text.get_fontsize() for text in drawn(kind).texts) >= THEME.chart_small
    assert {text.get_fontfamily()[0] for text in drawn(kind).texts} == {FAMILY}


@EVERY
def test_hidden_rows_are_in_the_table_and_their_number_in_no_picture(kind):
    caught = drawn(kind)
    assert caught.exhibit.rows[-1] == ("Lowest fifth", "2023–24", "hidden", "", "")
    assert any("Hidden does not mean zero" in text for text in caught.said)


def test_columns_periods_and_characters_read_as_elsewhere():
    assert {"Period", "Value", "Group", "2020–21", "2022–23"} <= set(drawn("line").said)
    assert {"2020–21", "2022–23"} <= set(drawn("bars").said), "in a legend"
    assert {"Both groups 日本", "2020 :tada:"} <= set(drawn("scatter").said)


def test_periods_that_a_drawing_leaves_out_are_not_on_its_axis():
    caught = catch(lambda: mine(lambda shown, axes: line(shown[shown.period_start > "2021-01-01"], axes)))
    assert {"2021–22", "2022–23"} <= set(caught.said)
    assert "2020–21" not in caught.said


def test_powers_on_a_logarithmic_axis_are_plain_numbers():
    def draw(shown, axes):
        axes.plot(shown.period_start, 10 * shown.value)
        axes.set_yscale("log")

    assert not any("$" in text for text in catch(lambda: mine(draw)).said)


def test_a_draft_says_so():
    assert any("Do not pass on" in text for text in catch(lambda: mine(line, by_income(draft=True))).said)


def test_panels_share_their_scales_and_unused_ones_are_blank():
    first, second, third = drawn("panels").figure.axes
    assert first.get_ylim() == second.get_ylim()
    assert not third.get_visible()


def test_columns_of_the_table_behind_and_headings_in_the_picture():
    columns = {"group": "Neighborhoods", "period_start": "School year", "numerator": "Readers"}
    caught = catch(lambda: mine(line, columns=columns))
    assert caught.exhibit.columns == ("Neighborhoods", "School year", "Readers")
    assert caught.exhibit.rows[0] == ("Lowest fifth", "2020–21", "30")
    assert caught.exhibit.rows[-1] == ("Lowest fifth", "2023–24", "hidden")
    assert {"Neighborhoods", "School year"} <= set(caught.said)


def test_a_table_of_keys_only_still_says_which_rows_are_hidden():
    caught = catch(lambda: mine(line, columns={"group": "Group", "period_start": "Year"}))
    assert caught.exhibit.columns == ("Group", "Year", "Value")
    assert caught.exhibit.rows[-1] == ("Lowest fifth", "2023–24", "hidden")


def test_rows_without_numbers_can_be_drawn():
    days = [{"name": name, "day": pd.Timestamp(day), "status": "shown", "text": ""}
            for name, day in (("Vision", "2024-05-01"), ("Data standard", "2025-03-01"))]  # fmt: skip
    p = samples.published(days, "name")
    caught = catch(lambda: mine(signings, p))
    assert caught.exhibit.columns == ("Name", "Day")
    assert caught.exhibit.rows[0] == ("Vision", "May 1, 2024")


def signings(shown, axes):
    axes.scatter(shown["day"], shown["name"])


def test_draw_gets_a_copy_of_the_shown_rows_only():
    def spoil(shown, axes):
        assert shown.status.eq("shown").all()
        shown["value"] = 0.0
        axes.plot(shown.value)

    p = by_income()
    mine(spoil, p)
    assert p.frame.value.max() > 0


@pytest.mark.parametrize(("rows", "why"), [([samples.hidden(group="a")], "privacy"), ([], "not known yet")])
def test_with_nothing_to_draw_a_table_says_so(rows, why):
    p = samples.published([*rows, samples.hidden(group="gone")], "group")
    caught = catch(lambda: mine(line, p.where(group="a")))
    assert (caught.exhibit.type, caught.exhibit.rows) == ("table", tuple([("a", "hidden")] * len(rows)))
    assert why in caught.exhibit.caption


# What is refused.


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"alt": ""}, "alternative text"),
        ({"alt": "By income"}, "alternative text"),
        ({"caption": " "}, "caption"),
        ({"columns": {"grup": "Group"}}, "no column 'grup'"),
        ({"height": 12}, "12 inches"),
    ],
)
def test_what_a_chart_needs(more, said):
    with pytest.raises(NotebookError, match=said):
        mine(line, **more)


def test_only_what_was_published_is_taken():
    with pytest.raises(DisclosureError, match="publish"):
        mine(line, by_income().shown)


VALUES = pd.DataFrame({"group": ["Lowest fifth"], "value": [3.0]})
MEAN = VALUES.value.mean()
COUNTS, BY_GROUP, LISTED = VALUES.value.to_numpy(), VALUES.groupby("group"), VALUES.value.tolist()
ROWS, TEXT, OTHERS = VALUES.to_dict("records"), VALUES.value.repeat(99).to_csv(), by_income()


def helper(axes):
    axes.plot(VALUES.value)


def default(shown, axes, extra=VALUES):
    axes.plot(extra.value)


def closed(values):
    return lambda shown, axes: axes.plot(values)


SLIPS = {
    "VALUES": lambda shown, axes: sns.barplot(VALUES, x="value", y="group", ax=axes),
    "MEAN": lambda shown, axes: axes.axhline(MEAN),
    "COUNTS": lambda shown, axes: axes.plot(COUNTS),
    "BY_GROUP": lambda shown, axes: BY_GROUP.value.plot(ax=axes),
    "LISTED": lambda shown, axes: axes.plot(LISTED),
    "ROWS": lambda shown, axes: axes.bar("a", ROWS[0]["value"]),
    "TEXT": lambda shown, axes: axes.set_title(TEXT),
    "OTHERS": lambda shown, axes: axes.plot(OTHERS.shown.value),
    "extra": default,
    "values": closed(VALUES.value),
    "argument 1 of partial": partial(lambda rows, shown, axes: axes.plot(rows), LISTED),
    "data": partial(lambda shown, axes, data: axes.plot(data), data=VALUES),
    "open": lambda shown, axes: axes.set_title(open("children.csv")),  # noqa: SIM115
    "read_csv": lambda shown, axes: axes.plot(pd.read_csv("children.csv").n),
}  # fmt: skip


@pytest.mark.parametrize(("name", "draw"), SLIPS.items(), ids=SLIPS)
def test_other_data_are_refused(name, draw):
    with pytest.raises(DisclosureError, match=f"uses '{name}', which was not published") as caught:
        mine(draw)
    assert (caught.value.where, "Publish others together" in caught.value.cure) == ("chart 'mine'", True)


def test_other_data_behind_a_helper_are_refused():
    with pytest.raises(DisclosureError, match="'VALUES'"):
        mine(lambda shown, axes: helper(axes))


@pytest.mark.parametrize(
    "draw",
    [
        lambda shown, axes: plt.plot(shown.value),
        lambda shown, axes: sns.lineplot(shown, x="period_start", y="value"),
        lambda shown, axes: sns.relplot(shown, x="period_start", y="value"),
        lambda shown, axes: (axes.plot(shown.value), plt.title("gone")),
        lambda shown, axes: None,
    ],
)
def test_drawing_elsewhere_is_refused_and_cleaned_up(draw):
    with pytest.raises(NotebookError, match=r"on its axes|another figure") as caught:
        mine(draw)
    assert "ax=axes" in caught.value.cure
    assert plt.get_fignums() == []


def test_pyplots_own_figure_of_the_notebook_stays():
    figure = plt.figure()
    with pytest.raises(NotebookError, match="nothing was drawn"):
        mine(lambda shown, axes: plt.plot(shown.value))
    assert plt.get_fignums() == [figure.number]
    plt.close(figure)


def test_a_random_range_is_refused_and_a_seeded_one_drawn():
    rows = [samples.rate(1 + i * i % 97, 100, group="ab"[i % 2], place=f"{i}") for i in range(40)]
    p = samples.published(rows, "group", "place")

    def averaged(shown, axes, **more):
        sns.barplot(shown, x="group", y="value", ax=axes, **more)

    with pytest.raises(NotebookError, match="different each time") as caught:
        mine(averaged, p)
    assert "errorbar=None or seed=1" in caught.value.cure
    mine(partial(averaged, seed=1), p)
    mine(partial(averaged, errorbar=None), p)


def test_an_error_in_the_drawing_comes_through_with_a_hint():
    with pytest.raises(KeyError, match="grup") as caught:
        mine(lambda shown, axes: axes.plot(shown["grup"]))
    assert "numerator, denominator, low, high, group" in caught.value.__notes__[0]


def test_the_page_shows_the_chart_and_its_table():
    notebook = v4.new_notebook(cells=[v4.new_markdown_cell("# Families\nWho?"), v4.new_code_cell("charts.own(…)")])
    notebook.cells[1].outputs = [v4.new_output("display_data", data) for data in outputs(lambda: mine(scatter))]
    made = chapter.of_notebook(notebook, "families", "Families", words("en"))
    assert "figures/families-mine.svg" in made.markdown
    assert "fifth stays lowest" in made.markdown
    assert set(made.files) == {"figures/families-mine.svg", "tables/families-mine.csv"}
    assert "Lowest fifth,2023–24,hidden" in made.files["tables/families-mine.csv"]
