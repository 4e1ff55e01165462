"""What a notebook publishes: where its rows come from decides, and no row holds a number that no rule looks at."""

import numpy as np
import pandas as pd
import pytest

from alignkit import charts, tables
from alignkit.errors import DisclosureError
from tests.disclosure.small_counts import COUNTS, as_table_rows, by_race, merged


def into_public(c):
    return c.table("outcomes")[["outcome_id"]].assign(
        subgroup=["native", "white"], numerator=[1, 39], denominator=[3, 117]
    )


def overwritten(c):
    frame = c.table("outcomes")[["name", "order"]].rename(columns={})
    frame["order"] = [3, 117]
    return frame.assign(subgroup=frame.pop("name"))


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


def test_a_chart_of_plain_rows_says_how_to_choose_published_ones(c):
    shown = c.publish(by_race(c), id="values", by=["subgroup"]).shown.query("subgroup == 'white'")
    for show in (charts.bars, tables.show):
        words = {"alt": "A third."} if show is charts.bars else {}
        with pytest.raises(DisclosureError, match=r"\.where\(column=\[…\]\)"):
            show(shown, id="x", caption="Shares", **words)
        with pytest.raises(DisclosureError, match=r"pass it through c\.publish"):
            show(by_race(c), id="x", caption="Shares", **words)


def test_a_public_table_passes_with_all_it_has(c):
    partners = c.table("partners")
    shown = c.publish(partners[partners["sector"] == "health"][["partner_id", "name"]], id="p", by=["partner_id"])
    assert shown.frame[["partner_id", "name", "status"]].to_numpy().tolist() == [["clinic", "Clinic", "shown"]]


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
