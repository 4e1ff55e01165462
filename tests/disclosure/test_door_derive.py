"""What a notebook derives: a function gets only what may be shown; slips are refused, honest work passes."""

import functools

import pandas as pd
import pytest

from alignkit.disclosure.reaches import foreign_data
from alignkit.errors import DisclosureError
from alignkit.last_book import kept
from alignkit.snapshot import Snapshot, load
from tests.disclosure.small_counts import as_table_rows, by_race, merged


def listed(*frames, **more):
    """Whatever it is given, as rows."""
    return pd.DataFrame({"key": ["a"], "n": [3]})


DATA = pd.DataFrame({"n": [3]})
GIVEN = {
    "a protected table": lambda c: c.table("indicator_values"),
    "some of its rows": by_race,
    "one of its columns": lambda c: c.table("indicator_values")["numerator"],
    "a merge": merged,
    "a public table with a column added": lambda c: c.table("outcomes").assign(n=3),
    "a public table with other numbers": as_table_rows,
    "an array": lambda c: by_race(c)["numerator"].to_numpy(),
    "a list of numbers": lambda c: [1, 39],
    "a list of dicts": lambda c: [{"native": 3}],
    "a dict of frames": lambda c: {"rows": by_race(c)},
    "a group-by": lambda c: by_race(c).groupby("subgroup"),
    "the cycle": lambda c: c,
    "a protected table of the cycle before": lambda c: c.before("indicator_values"),
    "a count of children in a public table": lambda c: c.table("adoptions")["reached"],
    "public tables in a dict, one with counts of children": lambda c: {"rows": c.table("adoptions")},
    "a number that pandas computed": lambda c: by_race(c)["numerator"].min(),
    "a mean of a public table": lambda c: c.table("adoptions")["reached"].mean(),
}


@pytest.mark.parametrize("given", GIVEN)
@pytest.mark.parametrize("keyword", [False, True])
def test_derive_takes_only_what_may_be_shown(c, given, keyword):
    value = GIVEN[given](c)
    arguments, named = ((), {"extra": value}) if keyword else ((c.table("outcomes"), value), {})
    with pytest.raises(DisclosureError, match="may not be used"):
        c.derive(listed, *arguments, id="d", by=["key"], **named)


def sites(adoptions):
    return adoptions[["partner_id", *adoptions.columns.intersection(["reached", "eligible"])]]


def test_derive_gives_a_public_table_without_its_counts_of_children(c):
    shown = c.derive(sites, c.table("adoptions"), id="sites", by=["partner_id"]).frame
    assert shown["partner_id"].tolist() == ["old", "west"]
    assert not {"reached", "eligible"} & {*shown}
    few = c.table("adoptions", in_force=True)[["partner_id", "reached"]]
    assert "reached" not in c.derive(sites, few, id="few", by=["partner_id"]).frame
    assert "reached" not in c.derive(sites, c.before("adoptions"), id="before", by=["partner_id"]).frame


def test_a_function_that_wants_them_is_told_where_they_go(c):
    with pytest.raises(DisclosureError, match="reached of table adoptions counts people") as caught:
        c.derive(lambda rows: rows.assign(n=rows["reached"]), c.table("adoptions"), id="n", by=["partner_id"])
    assert "c.publish" in str(caught.value)


def global_data(frame):
    return DATA


def calls_global_data(frame):
    return global_data(frame)


def reads_a_file(frame):
    return pd.read_csv("mine.csv")


def with_default(frame, rows=DATA):
    return rows


def counted(rows, frame):
    return rows


@pytest.mark.parametrize("function", [global_data, calls_global_data, reads_a_file, with_default,
                                      functools.partial(counted, DATA), DATA.merge, lambda frame: DATA,
                                      lambda frame: open("mine.csv").read()])  # noqa: SIM115  # fmt: skip
def test_a_function_may_not_reach_for_other_rows(c, function):
    assert foreign_data(function)
    with pytest.raises(DisclosureError, match="besides what it is given"):
        c.derive(function, c.table("outcomes"), id="d", by=["key"])


def test_a_function_may_not_hold_rows_of_the_cell_it_was_made_in(c):
    rows = by_race(c)
    with pytest.raises(DisclosureError, match="uses rows besides"):
        c.derive(lambda frame: rows, c.table("outcomes"), id="d", by=["subgroup"])


def shares(rows: pd.DataFrame, partners: pd.DataFrame, least: int) -> pd.DataFrame:
    named = partners.groupby("sector")["name"].agg(list)
    return pd.DataFrame({"sector": named.index, "names": named, "rows": len(rows) + least}).reset_index(drop=True)


def test_honest_work_passes_whole(c):
    everyone = c.publish(by_race(c), id="values", by=["subgroup"])
    partners = c.table("partners")
    found = c.derive(shares, everyone, partners[partners["sector"] != "faith"].sort_values("name"), 0,
                     id="shares", by=["sector"])  # fmt: skip
    assert list(found.frame["rows"]) == [1, 1]  # of two groups one is hidden, and was not handed on
    assert list(found.frame["status"]) == ["shown", "shown"]
    again = c.derive(lambda rows, words: rows[["sector", "rows"]], found, ["a", "b"], id="again", by=["sector"])
    assert list(again.frame["rows"]) == [1, 1]


def test_what_is_derived_from_a_draft_is_a_draft(c):
    shown = c.publish(by_race(c), id="values", by=["subgroup"])
    assert shown.draft
    assert c.derive(lambda rows: rows[["subgroup"]], shown, id="d", by=["subgroup"]).draft
    assert not c.derive(lambda rows: rows[["name"]], c.table("outcomes"), id="o", by=["name"]).draft


def test_published_rows_may_be_filtered_on_the_way(c):
    shown = c.publish(by_race(c), id="values", by=["subgroup"])
    some = c.derive(lambda rows: rows[["subgroup"]], shown.frame.query("status == 'hidden'"), id="h", by=["subgroup"])
    assert list(some.frame["subgroup"]) == ["native"]
    assert "numerator" not in some.frame


def test_published_rows_come_back_from_derive_with_their_words(c):
    shown = c.publish(by_race(c), id="values", by=["subgroup"])
    again = c.derive(lambda rows: rows[rows["value"] > 0], shown, id="again", by=["subgroup"]).frame
    assert again["text"].tolist() == shown.shown["text"].tolist() == ["33%"]
    assert c.publish(shown.shown, id="more", by=["subgroup"]).frame["text"].tolist() == ["33%"]


def test_derive_writes_status_and_text_itself(c):
    shown = c.publish(by_race(c), id="values", by=["subgroup"])
    with pytest.raises(DisclosureError, match="column text differs from what is written there"):
        c.derive(lambda rows: rows.assign(text="a third"), shown, id="own", by=["subgroup"])
    with pytest.raises(DisclosureError, match="column status, text differs"):
        c.derive(lambda rows: rows, shown.frame.query("status == 'hidden'"), id="h", by=["subgroup"])


def test_an_outline_says_which_counts_there_are_and_never_how_many(c):
    outline = c.outline("indicator_values")
    assert not {"numerator", "denominator", "value", "low", "high"} & set(outline)
    passed = c.derive(lambda rows: rows[["subgroup"]], outline, id="o", by=["subgroup"])
    assert set(passed.frame["subgroup"]) == {"all", "native", "white"}


def test_derive_takes_no_function_or_class_that_opens_the_tables_itself(c):
    def opened(opener, folder):
        return opener(folder)

    for opener in (kept, load, Snapshot):
        with pytest.raises(DisclosureError, match="besides what it is given"):
            c.derive(opened, opener, "data", id="a", by=["x"])
