"""Benjamini–Hochberg against its definition."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignkit.stats.multiple import benjamini_hochberg

chances = st.lists(st.floats(0, 1), min_size=1, max_size=12)


@given(chances)
def test_adjusted_is_the_smallest_rate_at_which_it_would_be_found(p):
    m, ranked = len(p), np.sort(p)
    for value, adjusted in zip(p, benjamini_hochberg(p), strict=True):
        later = [ranked[k] * m / (k + 1) for k in range(m) if ranked[k] >= value]
        assert adjusted == pytest.approx(min([*later, 1]))


def test_a_test_that_could_not_be_made_counts_as_one_that_found_nothing():
    assert benjamini_hochberg([0.02, np.nan, np.nan]) == pytest.approx([0.06, 1, 1])
    assert benjamini_hochberg([]).size == 0
