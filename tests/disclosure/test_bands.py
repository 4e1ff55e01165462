"""Which counts fit what is published."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignkit.disclosure.bands import fitting
from alignkit.disclosure.publish import Gate, publish
from alignkit.disclosure.rules import Rule
from alignkit.words.current import speaking
from alignkit.words.words import words
from tests.pseudo_language import marked

counts = st.integers(1, 300).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def shown(*rows, minimum=10, unit="percent", **gate):
    frame = pd.DataFrame(rows, columns=["numerator", "denominator"]).assign(row=[str(i) for i in range(len(rows))])
    return publish(frame, id="x", by=["row"], about="students", unit=unit, gate=Gate(minimum, **gate))


@given(st.lists(counts, min_size=1, max_size=8), st.integers(3, 20), st.sampled_from(["percent", "rate_per_1000"]))
def test_the_true_count_fits_and_no_band_tells_more_than_the_rule(rows, minimum, unit):
    p = shown(*rows, minimum=minimum, unit=unit)
    for (k, n), ends, status in zip(rows, fitting(p, minimum), p.frame["status"], strict=True):
        if status == "shown":
            assert ends == (k, k)
        elif status == "band":
            assert ends is not None
            assert ends[0] <= k <= ends[1]
            assert ends in (Rule(minimum).numerators(n, "low"), Rule(minimum).numerators(n, "high"))
        else:
            assert ends is None


@pytest.mark.parametrize("said", [words("en"), marked()])
def test_bands_are_read_in_the_language_they_were_written_in(said):
    with speaking(said):
        assert fitting(shown((5, 40), (38, 40), (20, 40), words=said), 10) == [(0, 9), (31, 40), (20, 20)]


def test_counts_without_a_share_and_rows_without_counts():
    assert fitting(shown((5, 40), (38, 40), unit="count"), 10) == [(0, 9), (31, 40)]
    p = publish(pd.DataFrame({"row": ["a"], "said": ["b"]}), id="x", by=["row"], carry=["said"], about="outcomes",
                gate=Gate())  # fmt: skip
    assert fitting(p, 10) == [None]
