"""Practices, their use and their reach: counted by hand, and in the demo community against its plan and its truth."""

import math
from functools import cache

import pandas as pd
import pytest

from alignkit.chapters.action import measures
from alignkit.demo.practices import adoptions as demo_adoptions
from alignkit.demo.tools import authored, listed

AS_OF = pd.Timestamp("2026-09-30")
PARTNERS = pd.DataFrame(
    {"partner_id": ["s", "l"], "name": ["Schools", "Library"], "setting": ["inside", "outside"]}
)  # fmt: skip
OUTCOMES = pd.DataFrame({"outcome_id": ["reading", "math"], "name": ["Reading", "Math"]})


def practices(*rows: tuple[str, str, str, int]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["practice_id", "outcome_id", "setting", "evidence_tier"])
    return frame.assign(name=frame["practice_id"].str.upper(), evidence_source="a study")


def adoptions(*rows: tuple) -> pd.DataFrame:
    columns = ["practice_id", "partner_id", "site", "stage", "valid_from", "valid_until", "reached", "eligible"]
    frame = pd.DataFrame(rows, columns=columns).assign(fidelity=0.5)
    types = {"reached": "Int64", "eligible": "Int64", "valid_from": "datetime64[ns]", "valid_until": "datetime64[ns]"}
    return frame.astype(types)


PRACTICES = practices(("tutor", "reading", "both", 1), ("books", "reading", "outside", 2), ("app", "math", "inside", 4))
ADOPTED = adoptions(
    ("tutor", "l", "North", "pilot", "2024-09-01", "2025-08-31", 10, 40),
    ("tutor", "l", "North", "standard_practice", "2025-09-01", None, 20, 40),
    ("tutor", "s", "South", "pilot", "2025-09-30", None, 30, 60),
    ("tutor", "s", "West", "pilot", "2025-09-01", "2026-03-01", 5, 50),
    ("app", "s", "South", "policy", "2025-01-01", None, None, 70),
)


def test_a_site_counts_once_at_its_newest_stage_and_not_after_it_stopped() -> None:
    found = measures.practices_listed(PRACTICES, OUTCOMES, ADOPTED, AS_OF).set_index("practice_id")
    assert found.loc["tutor", ["pilot", "standard_practice", "policy", "sites", "established", "stopped"]].tolist() == [
        1, 1, 0, 2, 1, 1,
    ]  # fmt: skip
    assert found.loc["tutor", "which"] == ["North", "South"]
    assert found.loc["books", ["sites", "stopped", "fidelity_sites"]].tolist() == [0, 0, 0]
    assert found.loc["app", ["outcome", "fidelity"]].tolist() == ["Math", 0.5]


def test_a_practice_that_every_site_gave_up_is_still_known_to_be_given_up() -> None:
    over = adoptions(("books", "l", "North", "pilot", "2024-09-01", "2025-08-31", 10, 40))
    found = measures.practices_listed(PRACTICES, OUTCOMES, over, AS_OF).set_index("practice_id")
    assert found.loc["books", ["sites", "stopped"]].tolist() == [0, 1]
    assert found.loc["books", "which"] == []


def test_reach_is_pooled_and_split_by_walls_and_site() -> None:
    found = measures.practice_reach(ADOPTED, PRACTICES, PARTNERS, AS_OF).set_index(["school_walls", "partner", "site"])
    counts = found[["numerator", "denominator"]].apply(tuple, axis=1).to_dict()
    assert counts == {
        ("all", "all", "all"): (50, 100),
        ("outside", "all", "all"): (20, 40),
        ("inside", "all", "all"): (30, 60),
        ("outside", "Library", "North"): (20, 40),
        ("inside", "Schools", "South"): (30, 60),
    }
    assert found["value"].iloc[0] == 50
    assert found["low"].iloc[0] == pytest.approx(40.38, abs=0.01)  # Wilson, 50 of 100


def test_the_time_to_standard_waits_for_pilots_and_for_those_that_stopped() -> None:
    waited = measures.pilot_waits(ADOPTED, AS_OF).set_index("site")
    assert waited["became"].to_dict() == {"North": True, "South": False, "West": False}
    assert waited["stopped"].to_dict() == {"North": False, "South": False, "West": True}
    assert waited.loc["West", "months"] == pytest.approx((AS_OF - pd.Timestamp("2025-09-01")).days / 30.4375)
    times = measures.time_to_standard(waited.reset_index(), PRACTICES).set_index("practice_id")
    assert times.loc["all", ["pilots", "became", "stopped", "waiting", "where"]].tolist() == [3, 1, 1, 1, "South"]
    assert math.isnan(times.loc["all", "value"])  # one of three: fewer than half are there


def test_half_of_two_pilots_is_one() -> None:
    times = measures.time_to_standard(measures.pilot_waits(ADOPTED.head(3), AS_OF), PRACTICES)
    assert times["value"].iloc[0] == pytest.approx(365 / 30.4375)


def test_a_site_could_adopt_what_fits_it_and_it_has_never_used() -> None:
    known = practices(
        ("tutor", "reading", "both", 1), ("phonics", "reading", "inside", 2), ("books", "reading", "outside", 2),
        ("nights", "reading", "outside", 4), ("calls", "math", "inside", 4),
    )  # fmt: skip
    used = [("tutor", "School"), ("calls", "School"), ("tutor", "Hall"), ("books", "Library"), ("nights", "Church")]
    rows = adoptions(*((p, "s", site, "pilot", "2025-01-01", None, 1, 2) for p, site in used))
    found = measures.could_adopt(known, rows).set_index("practice_id")["which"].to_dict()
    assert found == {"tutor": ["Church", "Library"], "phonics": ["Hall", "School"], "books": ["Church", "Hall"]}
    assert set(measures.could_adopt(known, rows, weakest=1)["practice_id"]) == {"tutor"}


def test_the_newest_review_of_each_practice_and_outcome() -> None:
    rows = pd.DataFrame(
        [
            ("1", "tutor", "2025-01-01", "Old."),
            ("2", "tutor", "2026-01-01", "New."),
            ("3", None, "2026-02-01", "All."),
        ],
        columns=["review_id", "practice_id", "reviewed_on", "conclusion"],
    ).assign(outcome_id="reading", participants=9, next_step="Go on.")
    found = measures.newest_reviews(rows.assign(reviewed_on=pd.to_datetime(rows["reviewed_on"])), PRACTICES, OUTCOMES)
    assert found[["looked_at", "conclusion"]].values.tolist() == [["Reading", "All."], ["TUTOR", "New."]]


def test_clients_are_counted_once_per_practice_and_year() -> None:
    rows = pd.DataFrame(
        [
            ("a", "tutor", "2026-01-01"),
            ("a", "tutor", "2026-05-01"),
            ("b", "tutor", "2025-09-30"),
            ("c", None, "2026-01-01"),
        ],
        columns=["client_id", "practice_id", "starts_on"],
    )
    found = measures.clients_served(rows.assign(starts_on=pd.to_datetime(rows["starts_on"])), PRACTICES, AS_OF)
    assert found[["practice_id", "value"]].values.tolist() == [["tutor", 1]]


def test_an_outcomes_square_is_full_part_or_a_hole() -> None:
    outcomes = pd.concat([OUTCOMES, pd.DataFrame({"outcome_id": ["work"], "name": ["Work"]})])
    found = measures.practices_by_outcome(measures.practices_listed(PRACTICES, outcomes, ADOPTED, AS_OF), outcomes)
    assert found["standing"].tolist() == ["full", "full", "hole"]
    pilots = ADOPTED[ADOPTED["stage"] == "pilot"]
    found = measures.practices_by_outcome(measures.practices_listed(PRACTICES, OUTCOMES, pilots, AS_OF), OUTCOMES)
    assert found["standing"].tolist() == ["part", "part"]
    assert found[["practices", "in_use", "sites"]].values.tolist() == [[2, 1, 1], [1, 0, 0]]


def test_nothing_adopted_and_nothing_listed_are_no_failure() -> None:
    none = ADOPTED.head(0)
    assert measures.practices_listed(PRACTICES, OUTCOMES, none, AS_OF)["sites"].tolist() == [0, 0, 0]
    assert measures.practice_reach(none, PRACTICES, PARTNERS, AS_OF).empty
    assert measures.uses_by_setting(none, PARTNERS, AS_OF)["uses"].tolist() == [0, 0]
    unknown = measures.uses_by_setting(ADOPTED, PARTNERS.head(0), AS_OF).set_index("school_walls")["uses"]
    assert unknown.to_dict() == {"inside": 0, "outside": 0, "not known": len(measures.in_use(ADOPTED, AS_OF))}
    assert measures.time_to_standard(measures.pilot_waits(none, AS_OF), PRACTICES)["pilots"].tolist() == [0]
    assert measures.could_adopt(PRACTICES, none)["could"].tolist() == [0, 0]
    assert measures.practices_listed(PRACTICES.head(0), OUTCOMES, none, AS_OF).empty


@cache
def demo() -> tuple[pd.DataFrame, pd.DataFrame]:
    rows = demo_adoptions(7)
    return authored("practices"), rows[rows["valid_from"] <= AS_OF]


def planned() -> pd.DataFrame:
    plan = pd.DataFrame(listed("adoption_plan")).replace({"": None})
    return plan.astype({"eligible": int, "share": float})


def test_the_demos_plan_comes_back() -> None:
    known, rows = demo()
    plan = planned()
    plan = plan[(plan["pilot"] <= "2026-09-30") & ~(plan["ended"] < "2026-09-30")]
    found = measures.practices_listed(known, authored("outcomes"), rows, AS_OF).set_index("practice_id")
    assert found["sites"].to_dict() == plan.groupby("practice_id").size().to_dict()
    totals = measures.practice_reach(rows, known, authored("partners"), AS_OF)
    eligible = totals.query("site == 'all' and school_walls == 'all'")
    assert (
        eligible.set_index("practice_id")["denominator"].to_dict()
        == plan.groupby("practice_id")["eligible"].sum().to_dict()
    )


def test_the_demos_true_shares_lie_in_the_intervals() -> None:
    known, rows = demo()
    plan = planned()
    truth = plan.set_index(["practice_id", "site"])["share"]
    found = measures.practice_reach(rows, known, authored("partners"), AS_OF).query("site != 'all'")
    final = [(row.low <= 100 * truth[row.practice_id, row.site] <= row.high) for row in found.itertuples()]
    assert sum(final) >= 0.8 * len(final)
