"""What the data-systems chapter says, with everything and with next to nothing."""

from dataclasses import replace

import pandas as pd
import pytest

from alignkit.chapters.data_systems import exhibits
from alignkit.chapters.data_systems import sentences as data_systems
from alignkit.chapters.data_systems.group_names import groups_named
from alignkit.chapters.data_systems.measures import PERSON_TABLES
from alignkit.contract.schema import schema
from alignkit.disclosure.publish import Gate, publish
from alignkit.disclosure.published import Published
from alignkit.words.words import words

EN = words("en")
GROUPS = [("subgroup_type", "subgroup")]
SUBGROUPS = pd.DataFrame(
    {
        "subgroup_type": ["race_ethnicity"] * 2,
        "subgroup": ["black", "white"],
        "name": ["Black", "White"],
        "type_name": ["Race and ethnicity"] * 2,
    }
)


def sources(*rows: dict[str, object]) -> Published:
    base = {
        "source": "Results", "holder": "Alder Schools", "domain": "academic", "purpose": "p", "legal_basis": "l",
        "agreement": "in_force", "until": pd.Timestamp("2027-06-30"), "refreshed": pd.Timestamp("2026-09-01"),
        "refresh": "on_time", "destroy": "later", "destroy_by": pd.Timestamp("2029-01-01"), "standard": "current",
        "usable": True, "needs": [],
    }  # fmt: skip
    frame = pd.DataFrame([{"data_source_id": str(at), **base, **row} for at, row in enumerate(rows)])
    carry = [name for name in frame if name != "data_source_id"]
    return publish(frame, id="sources", by=["data_source_id"], about="data_sources", carry=carry, gate=Gate())


def shares(*rows: tuple[str, str, int, int]) -> Published:
    frame = pd.DataFrame(rows, columns=["subgroup_type", "subgroup", "numerator", "denominator"])
    frame = frame.assign(low=80.0, high=95.0, difference=0.2)
    return publish(frame, id="x", by=GROUPS, about="clients", carry=["difference"], gate=Gate())


def checks(waiting: int, of: int) -> Published:
    frame = pd.DataFrame({"check": ["waiting"], "numerator": [waiting], "denominator": [of]})
    return publish(frame, id="checks", by=["check"], about="clients", gate=Gate())


ALL = shares(("all", "all", 180, 200))
NONE = shares()


def test_the_answer_says_what_may_be_used_whom_links_reach_and_how_good_they_are() -> None:
    said = data_systems.answer(
        sources({}, {"usable": False}), ALL, shares(("all", "all", 90, 100)), shares(("all", "all", 99, 100))
    )
    assert said == (
        "Yes: 1 of 2 data sets may be used today, 90% of school-age clients are linked to a school record, "
        "90% of known pairs are found (chance could make it 80% to 95%) and over 90% of the links are right."
    )


def test_without_records_of_persons_the_answer_claims_nothing() -> None:
    assert data_systems.answer(sources({}), NONE, NONE, NONE) == (
        "1 of 1 data set may be used today; whether academic and service records can be combined, nobody can tell yet."
    )


def test_without_data_sets_or_records_nothing_is_said_of_them() -> None:
    none = replace(sources({}), frame=sources({}).frame.head(0))
    assert data_systems.answer(none, NONE, NONE, NONE).startswith("No data set is on record;")
    assert data_systems.meaning(NONE) == data_systems.how_sure(NONE, NONE, NONE) == []
    assert data_systems.linkage_explained(NONE, 0.95, 0.2) == []
    assert len(data_systems.meaning(ALL)) == len(data_systems.how_sure(ALL, NONE, NONE)) == 1


def test_what_to_do_names_holders_and_dates_the_most_urgent_first() -> None:
    listed = sources(
        {"holder": "A", "destroy": "passed"},
        {"holder": "B", "agreement": "expired"},
        {"holder": "C", "agreement": "none"},
        {"holder": "D", "agreement": "expiring", "until": pd.Timestamp("2026-10-31")},
        {"holder": "E", "refresh": "late", "standard": "older"},
    )
    assert data_systems.actions(listed, checks(30, 60), ALL) == [
        "Destroy our copy of the data of A; its day has passed.",
        "Do not use the data of B until the agreement, which has ended, is renewed.",
        "Make a sharing agreement with C.",
        "Renew the agreement with D by October 31, 2026.",
        "Ask E for newer data.",
        "Ask E to sign today's data standard.",
        "Have a person look at 30 pairs of records that the computer could not decide.",
    ]


@pytest.mark.parametrize(("waiting", "of"), [(3, 60), (58, 60), (3, 5)])
def test_a_small_number_of_waiting_pairs_is_not_told(waiting: int, of: int) -> None:
    said = data_systems.actions(sources({}), checks(waiting, of), ALL)
    assert said == ["Have a person look at the pairs of records that the computer could not decide."]


def test_nothing_to_do_is_said() -> None:
    said = data_systems.actions(sources({}), checks(0, 0).where(check="none"), ALL)
    assert said == ["Nothing is missing this cycle; keep agreements and data as fresh as they are."]


def test_the_page_lists_what_needs_something_and_the_web_lists_all() -> None:
    listed = sources(*({"needs": ["renew"], "agreement": "expired"} for _ in range(10)), {})
    paper, web = exhibits.sources_table(listed), exhibits.all_sources_table(listed)
    assert (len(paper.rows.frame), len(web.rows.frame)) == (7, 11)
    assert paper.caption.endswith("(7 of 10; the whole list is on the web)")
    assert web.rows.frame["to_do"].iloc[-1] == "Nothing"
    purposes = exhibits.purposes_table(listed).rows.frame
    assert (set(purposes["signed"]), set(purposes["domain_said"])) == ({"today's"}, {"Academic"})


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({}, "until June 30, 2027"),
        ({"agreement": "expired"}, "ended June 30, 2027"),
        ({"agreement": "open"}, "no end"),
        ({"agreement": "none"}, "none"),
    ],
)
def test_where_an_agreement_stands(row: dict[str, object], said: str) -> None:
    assert exhibits.sources_table(sources({**row, "needs": ["sign"]})).rows.frame["agreement_said"][0] == said


def test_groups_are_named_from_the_code_list_everyone_first_and_the_unknown_last() -> None:
    p = shares(
        ("race_ethnicity", "white", 80, 100), ("race_ethnicity", "not_recorded", 20, 40),
        ("race_ethnicity", "black", 3, 15), ("all", "all", 103, 155),
    )  # fmt: skip
    named = groups_named(p, SUBGROUPS)
    assert list(named.frame["group"]) == ["Everyone", "Black", "White", "Not recorded"]
    table = exhibits.who_is_linked(p, SUBGROUPS).rows.frame
    assert list(table["alike"]) == ["somewhat more", "", "somewhat more", "somewhat more"]  # hidden with its row
    assert table["text"].iloc[1] == "hidden"


def test_the_chart_leaves_groups_out_that_no_list_knows_and_says_the_range() -> None:
    p = shares(("all", "all", 105, 155), ("race_ethnicity", "white", 80, 100), ("race_ethnicity", "other", 25, 55))
    assert list(exhibits.linked_by_race(p, SUBGROUPS).frame["group"]) == ["Everyone", "White"]
    assert data_systems.linked_alt(exhibits.linked_by_race(NONE, SUBGROUPS)).startswith("No links are known yet")


def test_the_matrix_says_each_outcome_in_a_few_words() -> None:
    rows = [("a", 2, 3, 1, "full"), ("b", 2, 0, 1, "full"), ("c", 1, 0, 0, "part"), ("d", 0, 0, 0, "hole")]
    frame = pd.DataFrame(rows, columns=["outcome_id", "held", "practices", "matched", "standing"])
    carry = ["held", "practices", "matched", "standing"]
    p = publish(frame, id="d", by=["outcome_id"], about="data_sources", carry=carry, gate=Gate())
    found = data_systems.on_page_one(p)
    assert list(found) == ["outcome_id", "standing", "said"]
    assert list(found["said"]) == [
        "services of 3 practices linked to schools", "counts matched by 1 holder", "1 data set held, not linked",
        "no data set",
    ]  # fmt: skip
    assert all(len(said.split()) <= 8 for said in found["said"])


def test_every_essential_element_has_its_words() -> None:
    frame = pd.DataFrame({"element": range(1, 11), "state": ["met"] * 10})
    p = publish(frame, id="e", by=["element"], about="standards", carry=["state"], gate=Gate())
    assert exhibits.elements_table(p).rows.frame["asked"].is_unique


def test_our_threshold_is_marked() -> None:
    frame = pd.DataFrame({"threshold": [0.95, 0.999], "measure": ["recall"] * 2, "numerator": 90, "denominator": 120})
    p = publish(frame, id="t", by=["threshold", "measure"], about="clients", gate=Gate())
    assert list(exhibits.thresholds_table(p, 0.95).rows.frame["at"]) == ["95% (ours)", "99.9%"]


def test_every_table_about_persons_has_its_name_and_age() -> None:
    frame = pd.DataFrame({"table": PERSON_TABLES, "value": 40.0, "newest": pd.Timestamp("2026-08-22")})
    p = publish(frame, id="k", by=["table"], carry=["newest"], unit="count", gate=Gate())
    table = exhibits.kept_table(p, pd.Timestamp("2026-09-30")).rows.frame
    assert list(table["title"]) == [schema(name).title for name in PERSON_TABLES]
    assert set(table["age"]) == {39}
