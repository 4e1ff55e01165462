"""The fewest joint meetings: against an enumeration of all plans in tiny cases, and in shapes that are hard."""

from itertools import combinations, combinations_with_replacement
from math import ceil
from time import monotonic

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alignkit.chapters.collaboration.joint_meetings import fewest

GRANTS, PARTNERS = "abcd", "pqrst"
NEEDS = st.sets(st.tuples(st.sampled_from(GRANTS), st.sampled_from(PARTNERS)), min_size=1, max_size=9)


def enumerated(needs, asked, seats, agenda):
    """(meetings, grants on all agendas) of the best plan, found by trying every set of agendas in turn."""
    group = groups(asked | needs)
    grants = sorted({grant for grant, _ in needs})
    agendas = [
        frozenset(some)
        for size in range(1, agenda + 1)
        for some in combinations(grants, size)
        if len({group[grant] for grant in some}) == 1
    ]
    wanted = [frozenset(g for g, p in needs if p == partner) for partner in sorted({p for _, p in needs})]
    for count in range(1, len(needs) + 1):
        plans = [
            on for on in combinations_with_replacement(agendas, count) if seated(wanted, on, [seats] * count, agenda)
        ]
        if plans:
            return count, min(sum(map(len, on)) for on in plans)
    raise AssertionError("one need at a meeting is always a plan")


def groups(asked):
    """Grant → the first grant of its group."""
    first = {grant: grant for grant, _ in asked}
    for _ in first:
        for one, p in asked:
            for other, q in asked:
                if p == q:
                    first[one] = first[other] = min(first[one], first[other])
    return first


def seated(wanted, agendas, seats, agenda):
    """Whether everyone in turn can come as often as they should and meet all they should."""
    if not wanted:
        return True
    for came in combinations(range(len(agendas)), ceil(len(wanted[0]) / agenda)):
        if all(seats[at] for at in came) and wanted[0] <= frozenset().union(*(agendas[at] for at in came)):
            left = [room - (at in came) for at, room in enumerate(seats)]
            if seated(wanted[1:], agendas, left, agenda):
                return True
    return False


@settings(deadline=None, max_examples=40)
@given(NEEDS, NEEDS, st.integers(1, 4), st.integers(1, 3))
def test_as_few_as_an_enumeration_of_all_plans_finds(needs, others, seats, agenda):
    plan = fewest(needs, needs | others, seats=seats, agenda=agenda, seconds=60)
    listed = sum(len(meeting.grants) for meeting in plan.meetings)
    assert (len(plan.meetings), listed) == enumerated(needs, others, seats, agenda)
    assert plan.proven


@settings(deadline=None, max_examples=40)
@given(NEEDS, NEEDS, st.integers(1, 4), st.integers(1, 4))
def test_every_need_is_met_within_the_rules(needs, others, seats, agenda):
    keeps_the_rules(fewest(needs, others, seats=seats, agenda=agenda), needs, needs | others, seats, agenda)


def keeps_the_rules(plan, needs, asked, seats, agenda):
    met = {(g, p) for meeting in plan.meetings for g in meeting.grants for p in meeting.partners}
    assert needs <= met
    assert all(len(m.partners) <= seats and len(m.grants) <= agenda for m in plan.meetings)
    visits = [partner for meeting in plan.meetings for partner in meeting.partners]
    wanted = {partner: sum(p == partner for _, p in needs) for _, partner in needs}
    assert {p: visits.count(p) for p in wanted} == {p: ceil(n / agenda) for p, n in wanted.items()}
    group = groups(asked)
    assert all(len({group[grant] for grant in meeting.grants}) == 1 for meeting in plan.meetings)


def test_the_order_of_the_tables_rows_changes_nothing():
    needs = [(g, p) for g in GRANTS for p in PARTNERS if (ord(g) * ord(p)) % 3]
    once = fewest(needs, needs, seats=2, agenda=2)
    assert fewest(needs[::-1], needs[::-1], seats=2, agenda=2) == once


def test_a_partner_of_many_grants_comes_once_and_signed_ties_make_a_group():
    needs = {("a", "schools"), ("b", "schools"), ("c", "clinic")}
    apart = fewest(needs, needs, seats=6, agenda=3)
    tied = fewest(needs, needs | {("c", "schools")}, seats=6, agenda=3)
    assert [m.grants for m in apart.meetings] == [("a", "b"), ("c",)]
    assert [(m.grants, m.partners) for m in tied.meetings] == [(("a", "b", "c"), ("clinic", "schools"))]


@pytest.mark.parametrize("needs", [set(), {("a", "p")}])
def test_nothing_or_one_thing_to_sign(needs):
    plan = fewest(needs, needs, seats=6, agenda=4)
    assert (len(plan.meetings), plan.at_least, plan.visits()) == (len(needs),) * 3


@pytest.mark.parametrize("share", [0.1, 0.3, 1.0])
def test_twelve_grants_and_a_hundred_institutions_take_seconds_and_say_what_is_proven(share):
    needs = {(f"g{g}", f"p{p}") for g in range(12) for p in range(100) if (g * 37 + p * 61) % 100 < 100 * share}
    start = monotonic()
    plan = fewest(needs, needs, seats=6, agenda=4, seconds=1)
    assert monotonic() - start < 15  # a machine that is busy with other tests
    keeps_the_rules(plan, needs, needs, 6, 4)
    assert ceil(plan.visits() / 6) <= plan.at_least <= len(plan.meetings)


def test_more_grants_than_can_be_enumerated_still_get_a_plan():
    needs = {(f"g{g}", f"p{p}") for g in range(60) for p in range(40) if (g + p) % 7 < 2}
    keeps_the_rules(fewest(needs, needs, seats=6, agenda=4, seconds=1), needs, needs, 6, 4)
