"""How noisy a community's outcomes are, and how long it takes to tell."""

import numpy as np
import pandas as pd
import pytest

from alignkit.chapters.methods import measures as methods
from alignkit.chapters.methods import sentences
from alignkit.disclosure.publish import DERIVED, Gate, publish


def outcomes(n: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    listed = pd.DataFrame({"outcome_id": [f"o{i}" for i in range(n)], "name": "O", "status": "in_force", "order": 1})
    indicators = pd.DataFrame({"indicator_id": [f"i{i}" for i in range(n)], "outcome_id": listed["outcome_id"],
                               "role": "core", "unit": "percent", "frequency": "annual"})  # fmt: skip
    return listed, indicators


def results(spread: float, years: int = 40, n: int = 1) -> pd.DataFrame:
    rng = np.random.default_rng(1)
    rows = [
        (f"i{i}", pd.Timestamp(1980 + year, 7, 1), 40 + 0.5 * year + spread * rng.normal())
        for i in range(n) for year in range(years)
    ]  # fmt: skip
    frame = pd.DataFrame(rows, columns=["indicator_id", "period_start", "value"])
    return frame.assign(period_end=frame["period_start"] + pd.DateOffset(years=1, days=-1), denominator=400,
                        place_id="p", subgroup="all")  # fmt: skip


NO_BREAKS = pd.DataFrame({"indicator_id": [], "starts_on": pd.to_datetime([])})


def test_noise_is_what_is_left_of_a_straight_line():
    listed, indicators = outcomes(6)
    found = methods.noise(results(2.0, n=6), indicators, listed, NO_BREAKS)
    assert found["value"].median() == pytest.approx(2.0, rel=0.2)
    assert found["sampling"].between(2.3, 2.5).all()  # 100 √(.5 · .5 / 400) at most
    still = methods.noise(results(0.0, n=6), indicators, listed, NO_BREAKS)
    assert still["value"].to_numpy() == pytest.approx(np.zeros(6), abs=1e-9)


def test_too_short_a_series_shows_no_noise():
    listed, indicators = outcomes(1)
    assert methods.noise(results(2.0, years=4), indicators, listed, NO_BREAKS).empty


def test_more_noise_takes_longer_and_house_values_say_so():
    listed, indicators = outcomes(5)
    scatter = methods.noise(results(2.0, n=5), indicators, listed, NO_BREAKS)
    judged, _ = outcomes(9)
    own, house = methods.waits(scatter, judged), methods.waits(scatter.head(3), judged)
    assert not own["house"].any()
    assert house["house"].all()
    for waits in (own, house):
        wide = waits.pivot(index="amount", columns="slope", values="value").loc[list(methods.AMOUNTS)].astype(float)
        assert (wide.diff().dropna() >= 0).all(axis=None)
        assert (wide.diff(axis=1).dropna(axis=1) <= 0).all(axis=None)


@pytest.mark.parametrize(
    ("family", "start"), [(0, "With typical noise, it takes 9 "), (1, "With typical"), (9, "With 9 outcomes judged")]
)
def test_one_outcome_alone_is_not_judged_together_with_others(family, start):
    waits = methods.waits(pd.DataFrame({"value": []}), outcomes(family)[0])
    shown = publish(waits, id="waits", by=["amount", "slope"], about=DERIVED, unit="years", gate=Gate(),
                    carry=["noise", "house", "chance", "most"])  # fmt: skip
    assert sentences.answer(shown, family).startswith(start)
