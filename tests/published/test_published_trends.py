"""Figures that others published, reproduced."""

import numpy as np
import pytest

from alignkit.stats.intervals import byar_interval, newcombe_interval, wilson_interval
from alignkit.stats.multiple import benjamini_hochberg
from alignkit.stats.trends import cochran_armitage, mann_kendall, theil_sen
from alignkit.stats.xmr import xmr


@pytest.mark.parametrize(
    ("count", "nobs", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_in_newcombe_1998a_table_1(count, nobs, low, high):
    assert wilson_interval(count, nobs) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(
    ("counts", "low", "high"),
    [
        ((56, 70, 48, 80), 0.0524, 0.3339),
        ((9, 10, 3, 10), 0.1705, 0.8090),
        ((6, 7, 2, 7), 0.0582, 0.8062),
        ((5, 56, 0, 29), -0.0381, 0.1926),
        ((0, 10, 0, 20), -0.1611, 0.2775),
        ((0, 10, 0, 10), -0.2775, 0.2775),
        ((10, 10, 0, 20), 0.6791, 1.0),
        ((10, 10, 0, 10), 0.6075, 1.0),
    ],
)
def test_differences_in_newcombe_1998b_table_2_method_10(counts, low, high):
    assert newcombe_interval(*counts) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(
    ("count", "low", "high", "rel"),
    [
        (0, 0, 3.689, 1e-3), (1, 0.0253, 5.572, 1e-3), (5, 1.624, 11.668, 1e-3),
        (10, 4.795, 18.391, 2e-3), (20, 12.217, 30.888, 1e-3), (100, 81.364, 121.627, 1e-4),
    ],
)  # fmt: skip
def test_counts_in_the_tables_of_garwood_1936(count, low, high, rel):
    assert byar_interval(count) == pytest.approx((low, high), rel=rel)


def test_slope_of_sen_1968():
    found = theil_sen([1, 2, 3, 4, 10, 12, 18], [9, 15, 19, 20, 45, 55, 78], confidence=0.93)
    assert (found.estimate, found.low, found.high) == pytest.approx((4, 3.71, 4.38), abs=0.005)


@pytest.mark.parametrize(
    ("values", "s", "upper_tail"),
    [
        ([1, 2, 3, 4], 6, 0.042),
        ([1, 2, 4, 3], 4, 0.167),
        ([1, 2, 3, 4, 5], 10, 0.0083),
        ([1, 2, 3, 5, 4], 8, 0.042),
        ([2, 1, 3, 4, 5, 6, 8, 7], 24, 0.00087),
        ([2, 1, 4, 3, 6, 5, 8, 7], 20, 0.0071),
    ],
)
def test_mann_kendall_in_gilbert_1987_table_a18(values, s, upper_tail):
    found = mann_kendall(range(len(values)), values)
    assert found.s == s
    assert found.p / 2 == pytest.approx(upper_tail, rel=0.02)


def test_cochran_armitage_of_drinking_and_malformation_in_agresti_2002():
    z, p = cochran_armitage([0, 0.5, 1.5, 4, 7], [48, 38, 5, 1, 1], [17114, 14502, 793, 127, 38])
    assert z**2 == pytest.approx(6.57, abs=0.005)
    assert p == pytest.approx(0.0104, abs=5e-5)


def test_trend_in_smokers_as_printed_by_r_prop_trend_test():
    z, p = cochran_armitage([1, 2, 3, 4], [83, 90, 129, 70], [86, 93, 136, 82])
    assert z**2 == pytest.approx(8.2249, abs=5e-5)
    assert p == pytest.approx(0.004132, abs=5e-7)


def test_fifteen_hypotheses_of_benjamini_and_hochberg_1995():
    low = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344]
    p = [*low, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1]
    assert int((benjamini_hochberg(p) <= 0.05).sum()) == 4
    assert int((np.array(p) <= 0.05 / 15).sum()) == 3  # what Bonferroni finds


def test_individuals_chart_of_nist_handbook_6_3_2_2():
    found = xmr([49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1])
    assert (found.center, found.low, found.high) == pytest.approx((50.81, 45.8159, 55.8041), abs=5e-5)
    assert not any(found.signals)
    assert found.trial
