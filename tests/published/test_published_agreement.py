"""Agreement: figures that others have published."""

import numpy as np
import pandas as pd
import pytest

from alignkit.stats.agreement import agreement_index, kendall_w, krippendorff_alpha, rice_index, van_der_eijk
from alignkit.stats.multiple import holm

_ = np.nan
# Krippendorff's canonical data (four observers, twelve units), as in Content Analysis, chapter 12.
CANONICAL = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, _, _, _],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, _, 3],
    [_, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, _],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, _],
]


@pytest.mark.parametrize(
    ("level", "alpha"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)]
)
def test_krippendorffs_canonical_data(level, alpha):
    assert krippendorff_alpha(CANONICAL, level) == pytest.approx(alpha, abs=0.0005)


def test_kendalls_w_of_anxiety_with_its_ties(real_data):
    ratings = pd.read_csv(real_data / "ratings_agreement" / "anxiety.csv").to_numpy(float).T
    found = kendall_w(ratings)  # R, irr::kendall(anxiety, correct = TRUE); uncorrected .502 and p .072
    assert (found.w, found.p) == pytest.approx((0.540, 0.043), abs=0.0005)
    assert found.chi2 == pytest.approx(30.8, abs=0.05)
    assert (found.df, found.raters, found.items) == (19, 3, 20)


@pytest.mark.parametrize(
    ("counts", "a"),
    [
        ((30, 40, 210, 130, 530, 50, 10), 0.6113333),  # R, agrmt::agreement, its own example
        ((0, 0, 9, 0, 0), 1),  # van der Eijk 2001: all in one category
        ((4, 4, 4, 4, 4), 0),  # evenly spread
        ((7, 0, 0, 0, 7), -1),  # half at each end
    ],
)
def test_van_der_eijks_a(counts, a):
    assert van_der_eijk(counts) == pytest.approx(a, abs=1e-7)


@pytest.mark.parametrize(
    ("votes", "index"), [((60, 0, 0), 1), ((20, 20, 20), 0), ((30, 30, 0), 0.25), ((30, 0, 30), 0.25)]
)
def test_the_agreement_index_of_hix_noury_and_roland(votes, index):
    # as their article says: 1 where all vote alike, 0 where they split evenly over the three
    assert agreement_index(*votes) == pytest.approx(index)


def test_rice_calls_one_cohesive_that_is_split_with_abstentions():
    # why Hix, Noury and Roland made another index: half for and half abstaining is full cohesion by Rice
    assert (rice_index(30, 0), rice_index(30, 30), rice_index(75, 25)) == (1, 0, 0.5)


def test_holm_steps_down():
    # Holm 1979: ordered p-values times the number of tests left, never falling
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert holm([0.01, np.nan]) == pytest.approx([0.02, 1])
