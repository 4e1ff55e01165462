"""The door of a notebook: where rows come from decides; slips are refused, honest work passes."""

import functools

import numpy as np
import pandas as pd
import pytest

from alignkit import open_cycle
from alignkit.disclosure.reaches import foreign_data
from alignkit.errors import DisclosureError
from tests.factory import frame
from tests.own_tables import SURVEY, changed
from tests.small_project import small_project

PARTNERS = frame("partners", partner_id=["old", "west", "clinic"], name=["Old School", "West School", "Clinic"],
                 sector=["education", "education", "health"])  # fmt: skip
OUTCOMES = frame("outcomes", outcome_id=["reading", "math"], name=["Reading", "Math"])
INDICATORS = frame("indicators", indicator_id=["read", "state"], outcome_id=["reading", "math"],
                   already_public=[False, True])  # fmt: skip
PLACES = frame("places", place_id="town")
PRACTICES = frame("practices", practice_id="tutoring", name="Tutoring", outcome_id="reading")
ADOPTIONS = frame("adoptions", practice_id="tutoring", partner_id=["old", "west"], reached=[1, 39],
                  eligible=[3, 117])  # fmt: skip
VALUES = frame(
    "indicator_values", {"numerator": 40, "denominator": 120},
    {"subgroup_type": "race", "subgroup": "native", "numerator": 1, "denominator": 3},
    {"subgroup_type": "race", "subgroup": "white", "numerator": 39, "denominator": 117},
    indicator_id="read", place_id="town", period_start="2025-08-01", released_on="2026-07-01",
)  # fmt: skip


FAMILIES = "family_id,language,surveyed_on,feels_heard,subgroup,partner_id\nF1,spanish,2026-06-02,true,,old\n"


@pytest.fixture(scope="module")
def c(tmp_path_factory):
    """A cycle of a community with counts of children by race, one group of three."""
    folder = tmp_path_factory.mktemp("door")
    tables = {"partners": PARTNERS, "outcomes": OUTCOMES, "indicators": INDICATORS, "places": PLACES,
              "indicator_values": VALUES, "practices": PRACTICES, "adoptions": ADOPTIONS,
              "derived": FAMILIES}  # fmt: skip
    small_project(folder, {}, tables, own=[changed(SURVEY, name="derived")])
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ALIGNKIT_PROJECT", str(folder))
        yield open_cycle("smallville", "2026-Q3")


COUNTS = ["subgroup", "numerator", "denominator"]


def by_race(c):
    rows = c.table("indicator_values")
    return rows[rows["subgroup_type"] == "race"][COUNTS]


def merged(c):
    names = c.table("outcomes")[["outcome_id"]].head(1)
    return by_race(c).assign(outcome_id="reading").merge(names, on="outcome_id").drop(columns="outcome_id")


def into_public(c):
    return c.table("outcomes")[["outcome_id"]].assign(
        subgroup=["native", "white"], numerator=[1, 39], denominator=[3, 117]
    )


def overwritten(c):
    frame = c.table("outcomes")[["name", "order"]].rename(columns={})
    frame["order"] = [3, 117]
    return frame.assign(subgroup=frame.pop("name"))


def as_table_rows(c):
    frame = c.table("outcomes")[["name", "order"]]
    frame.loc[:, "order"] = [3, 117]
    return frame


SLIPS = {
    "as it is": by_race,
    "renamed": lambda c: by_race(c).rename(columns={"subgroup": "group", "numerator": "value"}),
    "merged": merged,
    "grouped": lambda c: by_race(c).groupby("subgroup", as_index=False)[["numerator", "denominator"]].sum(),
    "concatenated": lambda c: pd.concat([by_race(c).head(1), by_race(c).tail(1)]),
    "through numpy": lambda c: pd.DataFrame(by_race(c).to_numpy(), columns=COUNTS),
    "a list of dicts": lambda c: pd.DataFrame(by_race(c).to_dict("records")),
    "pivoted and back": lambda c: by_race(c).set_index("subgroup").stack().unstack().reset_index(),
    "put into a public table": into_public,
    "written over a public table": overwritten,
    "written into a public table's own rows": as_table_rows,
    "counted by value": lambda c: c.table("indicator_values")["subgroup"].value_counts().reset_index(),
}


@pytest.mark.parametrize("slip", SLIPS)
@pytest.mark.parametrize("about", ["outcomes", "partners"])
def test_no_word_makes_counts_of_children_public(c, slip, about):
    frame = SLIPS[slip](c)
    with pytest.raises(DisclosureError, match=r"does not make these rows public|c\.derive"):
        c.publish(frame, id="slip", by=[frame.columns[0]], about=about)


def test_rows_read_from_a_file_count_as_persons(c, tmp_path):
    by_race(c).to_csv(tmp_path / "mine.csv", index=False)
    frame = pd.read_csv(tmp_path / "mine.csv")
    with pytest.raises(DisclosureError, match="where its rows come from is not known"):
        c.publish(frame, id="file", by=["subgroup"], about="outcomes")
    assert c.publish(frame, id="file", by=["subgroup"]).where(subgroup="native").frame["status"].item() == "hidden"


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


def test_counts_in_a_public_table_are_published_by_the_rule(c):
    rows = c.table("adoptions")[["partner_id", "reached", "eligible"]]
    counts = rows.rename(columns={"reached": "numerator", "eligible": "denominator"})
    published = c.publish(counts, id="reach", by=["partner_id"])
    assert published.where(partner_id="old").frame["status"].item() == "hidden"
    with pytest.raises(DisclosureError, match="counts people"):
        c.publish(rows, id="whole", by=["partner_id"], about="adoptions")
    with pytest.raises(DisclosureError, match="would bypass the mask"):
        c.publish(rows, id="whole", by=["partner_id"])


@pytest.mark.parametrize("about", ["", "derived"])
def test_a_table_of_ones_own_with_any_name_stays_protected(c, about):
    rows = c.table("derived")[["language"]].assign(numerator=1, denominator=3)
    published = c.publish(rows, id="language", by=["language"], about=about)
    assert published.frame["status"].item() == "hidden"


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


def test_a_public_table_passes_with_all_it_has(c):
    partners = c.table("partners")
    shown = c.publish(partners[partners["sector"] == "health"][["partner_id", "name"]], id="p", by=["partner_id"])
    assert shown.frame[["partner_id", "name", "status"]].to_numpy().tolist() == [["clinic", "Clinic", "shown"]]


def test_an_outline_says_which_counts_there_are_and_never_how_many(c):
    outline = c.outline("indicator_values")
    assert not {"numerator", "denominator", "value", "low", "high"} & set(outline)
    passed = c.derive(lambda rows: rows[["subgroup"]], outline, id="o", by=["subgroup"])
    assert set(passed.frame["subgroup"]) == {"all", "native", "white"}


@pytest.mark.parametrize("columns", [{"by": ["subgroup", "children"]}, {"by": ["subgroup"], "carry": ["children"]}])
def test_a_count_is_neither_key_nor_carried(c, columns):
    frame = by_race(c).rename(columns={"denominator": "children"})[["subgroup", "children"]]
    with pytest.raises(DisclosureError, match=r"whole numbers|could count children"):
        c.publish(frame, id="k", **columns)


@pytest.mark.parametrize("name", ["girls", "sites", "before"])
@pytest.mark.parametrize("number", [3, 3.5, 1 / 3])
@pytest.mark.parametrize("kind", ["float64", "object"])
def test_without_numbers_of_its_own_a_row_carries_none(c, name, number, kind):
    frame = by_race(c)[["subgroup"]].assign(**{name: pd.Series([number, number], dtype=kind).to_numpy()})
    with pytest.raises(DisclosureError, match="could count children"):
        c.publish(frame, id="k", by=["subgroup"], carry=[name])


def test_a_share_beside_counts_is_not_carried(c):
    frame = by_race(c).assign(girls=[0.5, 0.25])
    with pytest.raises(DisclosureError, match="girls could count children"):
        c.publish(frame, id="k", by=["subgroup"], carry=["girls"])


@pytest.mark.parametrize(
    "label", ["{subgroup} (n={denominator})", "{numerator} of {denominator}", "{subgroup} {numerator}"]
)
def test_a_label_does_not_hold_its_rows_count(c, label):
    frame = by_race(c)
    frame["subgroup"] = [label.format(**row) for row in frame.to_dict("records")]
    with pytest.raises(DisclosureError, match="has each row's count in its text"):
        c.publish(frame, id="n", by=["subgroup"])


def test_a_label_may_hold_other_numbers(c):
    frame = by_race(c).assign(subgroup=["grade 3", "grade 4"])
    assert list(c.publish(frame, id="n", by=["subgroup"]).frame["subgroup"]) == ["grade 3", "grade 4"]


@pytest.mark.parametrize("columns", [{"by": ["family_id"]}, {"by": ["language"], "carry": ["family_id"]}])
def test_no_row_says_who_someone_is(c, columns):
    rows = c.table("derived")[["family_id", "language"]]
    with pytest.raises(DisclosureError, match="family_id identifies persons"):
        c.publish(rows[[*columns["by"], *columns.get("carry", [])]], id="who", **columns)


@pytest.mark.parametrize("unit", ["months", "points", "outcomes", "dollars", "score"])
def test_no_unit_opens_the_door(c, unit):
    frame = by_race(c).rename(columns={"denominator": "value"})[["subgroup", "value"]]
    assert set(c.publish(frame, id="u", by=["subgroup"], unit=unit).frame["status"]) == {"hidden"}


def test_already_public_is_what_the_table_indicators_says(c):
    frame = by_race(c).assign(already_public=True)
    with pytest.raises(DisclosureError, match="already_public"):
        c.publish(frame, id="a", by=["subgroup"])
    with pytest.raises(DisclosureError, match="already_public"):
        c.publish(frame.assign(indicator_id="read"), id="a", by=["indicator_id", "subgroup"])
    shown = c.publish(frame.assign(indicator_id="state"), id="a", by=["indicator_id", "subgroup"])
    assert set(shown.frame["status"]) == {"shown"}


def test_nothing_can_be_added_to_what_passed(c):
    shown = c.publish(by_race(c), id="values", by=["subgroup"])
    shown.frame["children"] = by_race(c)["denominator"].to_numpy()
    assert "children" not in shown.frame
    assert np.isnan(shown.frame.set_index("subgroup")["denominator"].astype(float)["native"])


def test_several_tables_at_once(c):
    t = c.tables("outcomes", optional=["places"], in_force=["partners"])
    assert (len(t.outcomes), len(t.places), len(t.partners)) == (2, 1, 3)
