"""What grants ask of institutions: counted by hand, and in the demo community as it was written down."""

import pandas as pd
import pytest

from alignkit.chapters.collaboration import measures
from alignkit.demo.tools import listed
from alignkit.kit.code_lists import named

AS_OF = pd.Timestamp("2026-09-30")
DAYS = ("due_on", "signed_on", "listed_on", "awarded_on", "ends_on")
PARTNERS = pd.DataFrame({"partner_id": ["s", "c", "l"], "name": ["Schools", "Clinic", "Library"]})


def frame(rows: list[dict]) -> pd.DataFrame:
    made = pd.DataFrame(rows)
    return made.assign(**{day: pd.to_datetime(made[day]) for day in DAYS if day in made})


def grants(*ids: str, ends: str = "2030-01-01") -> pd.DataFrame:
    return frame([{"grant_id": i, "name": i.upper(), "awarded_on": "2024-01-01", "ends_on": ends} for i in ids])


def ask(grant: str, partner: str, due: str | None = "2026-12-01", signed: str | None = None) -> dict:
    return {"grant_id": grant, "partner_id": partner, "signatory": f"Officer {partner}", "role": "partner",
            "due_on": due, "signed_on": signed}  # fmt: skip


ASKS = [
    ask("a", "s", "2026-09-30"), ask("a", "c", "2026-09-30", "2026-09-01"), ask("b", "s", "2026-11-01"),
    ask("b", "l", None), ask("c", "c", "2026-08-01"),
]  # fmt: skip


def agreed(rows: list[dict] = ASKS, **more) -> pd.DataFrame:
    return measures.agreements(frame(rows), grants("a", "b", "c"), PARTNERS, AS_OF, **more)


def test_an_agreement_is_signed_due_or_overdue() -> None:
    assert agreed()["standing"].tolist() == ["signed", "overdue", "due", "due", "overdue"]
    assert agreed()["needed"].tolist() == [False, True, True, True, True]
    assert agreed(again=True)["needed"].all()


def test_a_signature_after_the_day_is_not_known_yet() -> None:
    assert agreed([ask("a", "s", "2026-09-01", "2026-10-05")])["standing"].tolist() == ["overdue"]


def test_each_institution_with_its_grants_the_most_asked_first() -> None:
    found = measures.institutions(agreed()).set_index("partner_id")
    assert found.index.tolist() == ["s", "c", "l"]
    assert found.loc["s", ["grants", "signed", "due", "overdue", "open"]].tolist() == [2, 0, 1, 1, 2]
    assert found.loc["c", "which"] == ["A", "C"]


def test_meetings_before_and_after() -> None:
    asks = agreed()
    plan = measures.meeting_plan(asks, seats=6, agenda=4)
    ways = measures.separate_and_joint(asks, plan, seats=6).set_index("way")
    assert ways.loc["alone"].tolist() == [3, 4, 3]
    assert ways.loc["joint"].tolist() == [1, 3, 1]
    alone = measures.separate_and_joint(asks, plan, seats=1).iloc[0]
    assert alone["meetings"] == 4  # no tables larger than the joint ones


def test_a_meeting_names_who_comes_for_which_grants_and_when() -> None:
    asks = agreed()
    found = measures.proposed_meetings(asks, measures.meeting_plan(asks, seats=6, agenda=4)).iloc[0]
    assert (found["partners"], found["grants"]) == (["Clinic", "Library", "Schools"], ["A", "B", "C"])
    assert found["officers"] == ["Officer c", "Officer l", "Officer s"]
    assert (found["agreements"], found["overdue"], found["due_on"]) == (4, 2, pd.Timestamp("2026-08-01"))


def test_the_grid_has_every_institution_and_grant_those_without_a_meeting_last() -> None:
    asks = agreed([*ASKS, ask("c", "l", "2026-01-01", "2026-01-01")])
    asks.loc[asks["partner_id"] == "l", ["standing", "needed"]] = ["signed", False]
    grid = measures.agreement_grid(asks, measures.meeting_plan(asks, seats=6, agenda=4))
    assert len(grid) == 9
    last = grid[grid["partner"] == "Library"]
    assert last["meeting"].unique().tolist() == [measures.NO_MEETING]
    assert last.set_index("grant_id")["standing"].to_dict() == {"a": "", "b": "signed", "c": "signed"}
    assert grid["partner"].iloc[-1] == "Library"


def test_whom_to_ask_and_who_is_asked_by_several_in_one_quarter() -> None:
    asks = agreed([*ASKS, ask("c", "s", "2026-07-15", "2026-07-20")])
    assert measures.officers(asks)[["partner", "grants"]].values.tolist() == [
        ["Schools", 2],
        ["Clinic", 1],
        ["Library", 1],
    ]
    once = measures.officers_by_quarter(asks)
    assert once[["signatory", "grants", "signed"]].values.tolist() == [["Officer c", 2, 1], ["Officer s", 2, 1]]
    assert once["period_start"].unique().tolist() == [pd.Timestamp("2026-07-01")]


def test_shared_institutions_of_two_grants() -> None:
    found = measures.shared_institutions(agreed([*ASKS, ask("b", "c")])).set_index(["grant_id", "other_id"])
    assert found.loc[("a", "b"), ["shared", "jaccard", "overlap"]].tolist() == [2, pytest.approx(2 / 3), 1.0]
    assert found.loc[("b", "c"), ["shared", "jaccard", "overlap"]].tolist() == [1, pytest.approx(1 / 3), 1.0]


def test_ended_grants_ask_nothing() -> None:
    assert measures.running_grants(grants("a", ends="2026-09-29"), AS_OF).empty
    assert len(measures.running_grants(grants("a", ends="2026-09-30"), AS_OF)) == 1


def test_names_that_two_share_are_told_apart_and_unknown_ids_stand_for_themselves() -> None:
    names = pd.DataFrame({"partner_id": ["a", "b"], "name": ["Clinic", "Clinic"]})
    said = named(pd.Series(["a", "b", "z"]), names, "partner_id")
    assert said.tolist() == ["Clinic (a)", "Clinic (b)", "z"]


def test_nothing_asked_is_no_meeting_and_no_failure() -> None:
    asks = agreed().head(0)
    plan = measures.meeting_plan(asks, seats=6, agenda=4)
    of_plan = [measures.proposed_meetings(asks, plan), measures.agreement_grid(asks, plan)]
    of_asks = [measures.institutions, measures.shared_institutions, measures.officers, measures.officers_by_quarter]
    for found in [*of_plan, *(count(asks) for count in of_asks)]:
        assert found.empty
    assert measures.separate_and_joint(asks, plan, seats=6)["meetings"].tolist() == [0, 0]


def test_the_demo_asks_the_school_district_in_every_grant() -> None:
    rows = frame([row | {"signatory": "x"} for row in listed("grant_partners")]).query("listed_on <= @AS_OF")
    asks = measures.agreements(rows, frame(listed("grants")), pd.DataFrame(listed("partners")), AS_OF)
    top = measures.institutions(asks).iloc[0]
    assert (top["partner_id"], top["grants"], top["signed"]) == ("riverbend-public-schools", 6, 2)
    plan = measures.meeting_plan(asks, seats=6, agenda=4)
    assert (len(plan.meetings), plan.proven, plan.visits()) == (2, True, 9)
    assert measures.separate_and_joint(asks, plan, seats=6)["meetings"].tolist() == [5, 2]
