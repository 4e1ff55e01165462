"""The verdicts on the demo community against what is truly so there."""

from functools import cache
from types import SimpleNamespace

import pandas as pd
import pytest

from alignkit.chapters.outcome import measures
from alignkit.contract.schema import schema
from alignkit.demo.riverbend import tables
from alignkit.demo.truth import truth
from alignkit.known import known

AS_OF = pd.Timestamp("2026-09-30")
TRUE = {"improving": {"improves"}, "worsening": {"worsens"}}
ANY = {"improves", "worsens", "stays"}


@cache
def judged(seed):
    at, made = {}, tables(seed)
    for name in ("indicator_values", "indicators", "outcomes", "series_breaks"):
        frame, about = made[name], schema(name)
        at[name] = known(frame, about.visible_from, about.version_of, AS_OF)
    core = measures.core_indicators(at["indicators"], at["outcomes"])
    rows = measures.totals(measures.series(SimpleNamespace(**at)), core, "riverbend")
    shown = rows[rows["value_status"] == "reported"]
    return measures.verdicts(shown, at["indicators"], at["outcomes"], at["series_breaks"], as_of=AS_OF).set_index(
        "outcome_id"
    )


@pytest.mark.heavy
@pytest.mark.parametrize("seed", [7, 8])
def test_no_word_contradicts_the_truth(seed):
    words, true = judged(seed)["word"], truth(seed).words
    assert len(words) == 9
    assert {o: w for o, w in words.items() if true[o] not in TRUE.get(w, ANY)} == {}
    assert set(words) >= {"improving", "worsening", "no clear change", "cannot tell yet"}


@pytest.mark.heavy
def test_a_new_test_is_no_fall_in_reading():
    row = judged(7).loc["early-grade-reading"]
    assert (row["word"], row["points"]) == ("cannot tell yet", 3)
    assert row["earliest"].year == 2029
