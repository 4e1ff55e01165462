"""How long it takes to tell: against enumeration, and against the verdicts' own test."""

from itertools import permutations

import numpy as np
import pytest

from alignkit.errors import InputError
from alignkit.stats.power import chances, wait
from alignkit.stats.trends import critical_s, mann_kendall, points_needed


@pytest.mark.parametrize("n", [2, 3, 4, 5, 6])
@pytest.mark.parametrize("alpha", [0.05, 0.05 / 9, 0.2])
def test_the_critical_s_of_all_orders(n, alpha):
    found = [mann_kendall(range(n), order) for order in permutations(range(n))]
    passing = [abs(one.s) for one in found if one.p <= alpha + 1e-12]
    assert critical_s(n, alpha) == (min(passing) if passing else None)


@pytest.mark.parametrize("family", [1, 9, 30])
def test_without_noise_it_takes_as_many_as_any_series_needs(family):
    assert wait(1.0, 0.0, family).results == points_needed(family)


def test_where_nothing_changes_hardly_ever_a_word():
    for family in (1, 9):
        said = chances(0.0, 1.0, family) + chances(-1e-12, 1.0, family)
        assert said.max() <= 0.05 / family + 0.005


def test_more_change_more_results_and_less_noise_make_it_likelier():
    one = chances(1.0, 2.0, 9)
    assert (np.diff(one[6:]) > -0.02).all()
    assert (chances(2.0, 2.0, 9) >= one - 0.01).all()
    assert (chances(1.0, 1.0, 9) >= one - 0.01).all()
    assert (chances(1.0, 2.0, 1) >= one).all()


@pytest.mark.parametrize("unit", [0.1, 40.0])
def test_the_unit_does_not_matter(unit):
    assert chances(unit, 2 * unit, 9) == pytest.approx(chances(1.0, 2.0, 9))


def test_falling_is_told_as_fast_as_rising():
    assert chances(-1.0, 2.0, 9) == pytest.approx(chances(1.0, 2.0, 9), abs=0.02)


def test_the_same_as_testing_series_one_by_one():
    rng = np.random.default_rng(3)
    told = [mann_kendall(range(9), 0.8 * np.arange(9) + rng.normal(0, 2, 9)) for _ in range(600)]
    share = np.mean([one.s > 0 and one.p <= 0.05 / 9 for one in told])
    assert chances(0.8, 2.0, 9)[9] == pytest.approx(share, abs=0.07)


def test_what_takes_too_long_is_said_to_take_longer():
    assert wait(0.01, 5.0, 9, most=10).results is None


def test_noise_below_zero_is_refused():
    with pytest.raises(InputError, match="noise below 0"):
        chances(1.0, -1.0, 9)
