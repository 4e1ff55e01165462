"""Who has signed what, and where responsibility has holes."""

import pandas as pd
import pytest

from alignkit.chapters.leadership import exhibits
from alignkit.chapters.leadership import measures as leadership
from alignkit.disclosure.publish import DERIVED, Gate, publish
from alignkit.disclosure.published import Published

PARTNERS = pd.DataFrame(
    {
        "partner_id": ["a", "b", "c"],
        "name": ["Alder Schools", "Birch Clinic", "Cedar Church"],
        "sector": ["education", "health", "faith"],
        "setting": ["inside", "outside", "outside"],
    }
)
OUTCOMES = pd.DataFrame({"outcome_id": ["reading", "graduation"], "name": ["Reading", "Graduation"]})
STANDARDS = pd.DataFrame({"version": ["1", "2"], "valid_from": pd.to_datetime(["2024-01-01", "2026-01-01"])})


def agreements(*rows: tuple[str, str, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["partner_id", "element", "version"])


def parts_of(*rows: tuple[str, str, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["partner_id", "outcome_id", "role"])


def derived(frame: pd.DataFrame, *by: str) -> Published:
    carry = [name for name in frame if name not in by]
    return publish(frame, id="x", by=by, about=DERIVED, carry=carry, gate=Gate())


def test_a_share_is_of_all_partners_of_the_sector() -> None:
    signed = leadership.signatures(agreements(("a", "vision", "1"), ("b", "vision", "1")), PARTNERS, STANDARDS)
    vision = signed[signed["element"] == "vision"].set_index("sector")
    assert vision["numerator"].to_dict() == {"all": 2, "education": 1, "faith": 0, "health": 1}
    assert vision.loc["all", "denominator"] == 3
    assert vision.loc["all", "value"] == pytest.approx(200 / 3)
    # Wilson 1927 for 2 of 3
    assert vision.loc["all", ["low", "high"]].tolist() == pytest.approx([20.77, 93.85], abs=0.01)


def test_an_older_data_standard_does_not_count() -> None:
    given = agreements(("a", "data_standard", "2"), ("b", "data_standard", "1"))
    signed = leadership.signatures(given, PARTNERS, STANDARDS).set_index(["element", "sector"])
    assert signed.loc[("data_standard", "all"), "numerator"] == 1
    standing = leadership.standard_versions(given, PARTNERS, STANDARDS).set_index("standing")["names"]
    assert standing.to_dict() == {"current": ["Alder Schools"], "older": ["Birch Clinic"], "none": ["Cedar Church"]}


def test_signing_twice_counts_once() -> None:
    given = agreements(("a", "vision", "1"), ("a", "vision", "1"))
    signed = leadership.signatures(given, PARTNERS, STANDARDS).set_index(["element", "sector"])
    assert signed.loc[("vision", "all"), "numerator"] == 1


def test_a_square_shows_the_strongest_part_or_a_hole() -> None:
    given = parts_of(("a", "reading", "contributor"), ("a", "reading", "lead"), ("b", "reading", "shared"))
    grid = leadership.coverage(given, OUTCOMES, PARTNERS).set_index(["outcome_id", "sector"])["role"]
    assert grid["reading"].to_dict() == {"education": "lead", "faith": "hole", "health": "shared"}
    assert set(grid["graduation"]) == {"hole"}
    drawn = exhibits.sector_grid(derived(grid.reset_index(), "outcome_id", "sector")).frame
    assert set(drawn["sector"]) == {"Education", "Faith", "Health"}


def test_an_outcome_without_a_part_says_what_it_lacks() -> None:
    parts = leadership.responsibility(
        parts_of(("a", "reading", "lead"), ("a", "reading", "shared")), OUTCOMES, PARTNERS
    )
    reading, graduation = parts.to_dict("records")
    assert (reading["lead"], reading["hole"], reading["lacks"]) == ("Alder Schools", "outside", ["outside"])
    assert graduation["hole"] == "lead"
    assert graduation["lead"] is None
    table = exhibits.responsibility_table(derived(parts, "outcome_id")).rows.frame.set_index("outcome_id")
    assert table.loc["reading", "lacking"] == "anyone outside school"


def test_the_load_counts_an_outcome_once_and_lists_partners_without_any() -> None:
    given = parts_of(("b", "reading", "lead"), ("b", "reading", "shared"), ("b", "graduation", "contributor"))
    load = leadership.partner_load(given, PARTNERS)
    assert load["partner"].tolist() == ["Birch Clinic", "Alder Schools", "Cedar Church"]
    assert load["total"].tolist() == [2, 0, 0]


def convened(*shares: tuple[int, int]) -> tuple[pd.DataFrame, pd.DataFrame]:
    days = pd.date_range("2025-01-31", periods=len(shares), freq="ME")
    meetings = pd.DataFrame({"meeting_id": range(len(shares)), "name": "Council", "kind": "convening", "held_on": days})
    rows = [(m, f"p{i}", i < came) for m, (came, of) in enumerate(shares) for i in range(of)]
    return meetings, pd.DataFrame(rows, columns=["meeting_id", "partner_id", "attended"])


def test_attendance_has_limits_from_its_moving_range() -> None:
    came = leadership.attendance(*convened((5, 10), (6, 10), (5, 10)))
    # center 53.33, mean moving range 10: limits center ± 3 × 10 / 1.128 (Wheeler 1993)
    assert came["center"].iloc[0] == pytest.approx(160 / 3)
    assert came["upper"].iloc[0] == pytest.approx(160 / 3 + 30 / 1.128)
    assert not came["signal"].any()


def test_one_convening_has_no_limits_yet() -> None:
    came = leadership.attendance(*convened((5, 10)))
    assert came["value"].tolist() == [50.0]
    assert came["center"].isna().all()


def test_only_the_kind_of_meeting_that_asks_the_most_is_compared() -> None:
    (meetings, attended), (small, few) = convened((5, 10), (6, 10)), convened((1, 2))
    small, few = small.assign(kind="review", meeting_id=9), few.assign(meeting_id=9)
    came = leadership.attendance(pd.concat([meetings, small]), pd.concat([attended, few]))
    assert came["denominator"].tolist() == [10, 10]


def test_where_no_standard_is_kept_no_signature_is_an_older_one() -> None:
    given, none = agreements(("a", "data_standard", "1")), STANDARDS.head(0)
    signed = leadership.signatures(given, PARTNERS, none).set_index(["element", "sector"])
    standing = leadership.standard_versions(given, PARTNERS, none).set_index("standing")["names"]
    assert signed.loc[("data_standard", "all"), "numerator"] == 1
    assert (standing["current"], standing["older"]) == (["Alder Schools"], [])


def test_without_partners_a_share_is_missing() -> None:
    signed = leadership.signatures(agreements(), PARTNERS.head(0), STANDARDS)
    assert set(signed["denominator"]) == {0}
    assert signed[["value", "low", "high"]].isna().all(axis=None)
