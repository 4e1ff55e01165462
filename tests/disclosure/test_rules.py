"""The rule of small numbers, row by row."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignkit.disclosure.rules import EVERYTHING, NOTHING, NUMERATOR, Rule, rule_of


@pytest.mark.parametrize(
    ("n", "k", "hides"),
    [
        (None, None, EVERYTHING),
        (9, 5, EVERYTHING),
        (0, 0, EVERYTHING),
        (10, None, NOTHING),
        (40, 9, NUMERATOR),
        (40, 31, NUMERATOR),
        (40, 10, NOTHING),
        (40, 30, NOTHING),
        (15, 8, NUMERATOR),
    ],
)
def test_primary_rule(n, k, hides):
    assert Rule(10).primary(n, k) == hides


def test_band_of_the_usual_case():
    rule = Rule(10)
    assert (rule.bound(40, "percent", "low"), rule.bound(40, "percent", "high")) == (25, 75)
    assert rule.bound(2000, "rate_per_1000", "low") == 5
    assert (rule.bound(40, "count", "low"), rule.bound(40, "count", "high")) == (10, 30)
    assert rule.bound(40, "score", "low") is None


def test_no_band_where_both_ends_could_apply():
    assert Rule(10).side(19, 5) is None
    assert Rule(10).side(20, 5) == "low"
    assert Rule(10).side(20, 15) == "high"


@given(minimum=st.integers(3, 30), n=st.integers(6, 5000), unit=st.sampled_from(["percent", "rate_per_1000", "count"]))
def test_band_covers_every_small_numerator_and_does_not_depend_on_it(minimum, n, unit):
    rule = Rule(minimum)
    scale = {"percent": 100 / n, "rate_per_1000": 1000 / n, "count": 1.0}[unit]
    for k in range(minimum) if n >= 2 * minimum else ():
        assert rule.side(n, k) == "low"
        assert k * scale < rule.bound(n, unit, "low")
        assert (n - k) * scale > rule.bound(n, unit, "high")


@given(minimum=st.integers(3, 20), n=st.integers(0, 200), data=st.data())
def test_a_reader_expects_the_true_numerator(minimum, n, data):
    rule, k = Rule(minimum), data.draw(st.integers(0, n))
    low, high = rule.numerators(n, rule.side(n, k))
    assert low <= k <= high


def test_a_rule_may_be_given_as_its_minimum():
    assert rule_of(7) == Rule(7) == rule_of(Rule(7))
    assert Rule(7).protection == 3
