"""The set of outcomes with most agreement, against every set there is."""

from fractions import Fraction
from itertools import combinations

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from alignkit.chapters.outcomes.outcome_set import Requirement, best, compared, requirements, served

IDS = tuple("abcdef")


def need(*ids, kind="grant"):
    return Requirement(kind, "-".join(ids), "-".join(ids), frozenset(ids))


def every_best(agreement, required, least, most):
    """All sets with the largest sum, by looking at each set."""
    told = [one for one in required if one.served_by & set(agreement)]
    sizes = range(min(least, len(agreement)), most + 1)
    sets = [frozenset(some) for size in sizes for some in combinations(agreement, size)]
    allowed = [some for some in sets if all(some & one.served_by for one in told)]
    top = max((sum(agreement[i] for i in some) for some in allowed), default=None)
    return [some for some in allowed if sum(agreement[i] for i in some) == top]


shares = st.tuples(st.integers(0, 12), st.integers(12, 13)).map(lambda kn: Fraction(*kn) - Fraction(1, 2))
needs = st.lists(st.frozensets(st.sampled_from(IDS), min_size=1, max_size=3), max_size=4)


@given(st.dictionaries(st.sampled_from(IDS), shares, min_size=1), needs, st.integers(1, 3), st.integers(0, 2),
       st.frozensets(st.sampled_from(IDS)))  # fmt: skip
def test_it_is_the_best_of_all_sets_and_says_a_tie(agreement, served_by, least, more, keep):
    required = [need(*sorted(ids)) for ids in served_by]
    found, all_best = (
        best(agreement, required, least=least, most=least + more, keep=keep),
        every_best(agreement, required, least, least + more),
    )
    if found is None:
        assert all_best == []
    else:
        assert found.members in all_best
        assert len(found.members & keep) == max(len(some & keep) for some in all_best)
        assert found.as_good in (set(all_best) - {found.members} or {None})


def test_an_outcome_that_few_back_comes_in_where_a_grant_needs_it():
    agreement = {"a": Fraction(1, 3), "b": Fraction(1, 4), "c": Fraction(-1, 3)}
    assert best(agreement, [], least=1, most=3).members == {"a", "b"}
    assert best(agreement, [need("c")], least=1, most=3).members == {"a", "b", "c"}


def test_a_need_that_nothing_serves_does_not_stop_the_set():
    assert best({"a": Fraction(1, 3)}, [need("z")]).members == {"a"}
    assert best({}, [need("z")]) is None


def test_needs_that_do_not_fit_into_the_size_leave_no_set():
    agreement = dict.fromkeys("abc", Fraction(1, 3))
    assert best(agreement, [need(one) for one in "abc"], least=1, most=2) is None


OUTCOMES = pd.DataFrame({
    "outcome_id": ["a", "b"], "name": ["Reading", "Work"], "stage": ["elementary", "career"], "order": [1, 2],
    "status": ["in_force", "candidate"],
})  # fmt: skip
GRANTS = pd.DataFrame({"grant_id": ["old", "new"], "name": ["Old", "New"],
                       "ends_on": pd.to_datetime(["2026-06-30", "2027-06-30"])})  # fmt: skip
REPORTED = pd.DataFrame({"grant_id": ["old", "new"], "outcome_id": ["a", "b"]})


def test_stages_and_running_grants_are_what_must_be_served():
    required = requirements(OUTCOMES, REPORTED, GRANTS, pd.Timestamp("2026-09-30"))
    found = best({"a": Fraction(1, 3), "b": Fraction(1, 3)}, required)
    told = served(required, OUTCOMES, found).set_index("need")
    assert told["kind"].value_counts().to_dict() == {"stage": 6, "grant": 1}
    assert told.loc["new", ["now", "best", "possible"]].tolist() == [False, True, True]
    assert told.loc["middle", ["now", "best", "possible"]].tolist() == [False, False, False]
    assert compared(OUTCOMES, {"a": Fraction(1)}, found)["rated"].tolist() == [True, False]
