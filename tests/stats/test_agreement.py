"""Coefficients of agreement: limits, what is undefined, what leaving a rater out says."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from alignkit.errors import InputError
from alignkit.stats.agreement import (
    agreement_index,
    jackknife_alpha,
    kendall_w,
    krippendorff_alpha,
    rice_index,
    van_der_eijk,
)

votes = st.integers(0, 60)
tables = st.lists(st.lists(st.integers(1, 5), min_size=4, max_size=4), min_size=3, max_size=8)


def test_raters_who_all_say_the_same_agree_fully():
    same = [[1, 3, 5, 2]] * 4
    assert krippendorff_alpha(same) == pytest.approx(1)
    assert kendall_w(same).w == pytest.approx(1)
    assert jackknife_alpha(same).low == pytest.approx(1)


@pytest.mark.parametrize("nothing", [np.empty((0, 4)), [[3, 3, 3]] * 3, [[np.nan, np.nan]] * 3, [[1.0, 2.0]]])
def test_what_cannot_be_had_is_missing(nothing):
    assert np.isnan(krippendorff_alpha(nothing))
    assert np.isnan(jackknife_alpha(nothing).low)
    assert np.isnan(kendall_w(nothing).w)


def test_the_jackknife_is_that_of_the_pseudo_values():
    table = np.random.default_rng(3).integers(1, 6, (7, 5)).astype(float)
    whole = krippendorff_alpha(table)
    pseudo = [7 * whole - 6 * krippendorff_alpha(np.delete(table, i, 0)) for i in range(7)]
    half = stats.sem(pseudo) * stats.t.ppf(0.975, 6)
    found = jackknife_alpha(table)
    assert (found.value, found.low, found.high) == pytest.approx((whole, whole - half, whole + half))


def test_a_rater_who_left_an_item_out_is_no_part_of_w():
    full = [[1, 2, 3, 4], [2, 1, 3, 4], [1, 2, 4, 3]]
    assert kendall_w([*full, [4, np.nan, 2, 1]]) == kendall_w(full)


@given(tables)
def test_w_is_what_friedmans_test_says(rows):
    table = np.array(rows, float)
    found = kendall_w(table)
    if np.isnan(found.w):
        assert all(len(set(row)) == 1 for row in rows)
    else:
        friedman = stats.friedmanchisquare(*table.T)
        assert (found.chi2, found.p) == pytest.approx((friedman.statistic, friedman.pvalue), abs=1e-9)


@given(st.lists(votes, min_size=3, max_size=7).filter(any))
def test_a_is_between_both_ends_and_one_place_and_has_no_direction(counts):
    found = van_der_eijk(counts)
    assert -1 - 1e-9 <= found <= 1 + 1e-9
    assert van_der_eijk(counts[::-1]) == pytest.approx(found)
    assert van_der_eijk([3 * count for count in counts]) == pytest.approx(found)


def test_a_needs_an_ordered_scale():
    with pytest.raises(InputError, match="three categories"):
        van_der_eijk([3, 4])
    assert np.isnan(van_der_eijk([0, 0, 0]))


@given(votes, votes, votes)
def test_indices_of_votes_are_between_none_and_all(support, oppose, neutral):
    for found in (rice_index(support, oppose), agreement_index(support, oppose, neutral)):
        assert np.isnan(found) or -1e-12 <= found <= 1
    assert np.isnan(agreement_index(support, oppose, neutral)) == (support + oppose + neutral == 0)
