"""Effects by design: what must hold whatever the data."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alignkit.errors import InputError
from alignkit.stats.effects.balance import balance, worst
from alignkit.stats.effects.differences import difference_in_differences, pre_trend
from alignkit.stats.effects.experiment import attrition_bias, difference_in_means
from alignkit.stats.effects.matching import effective_size, entropy_weights, weighted_comparison
from alignkit.stats.effects.staggered import staggered_adoption
from tests.stats.effects.one import weighted

SEEDS = st.integers(0, 10_000)


def people(seed: int, n: int = 240, effect: float = 0.5) -> pd.DataFrame:
    """Those behind are chosen more often; nothing else decides."""
    rng = np.random.default_rng(seed)
    frame = pd.DataFrame({"before": rng.normal(size=n), "sex": rng.choice(["f", "m"], n), "grade": rng.choice(2, n)})
    frame["treated"] = rng.random(n) < 1 / (1 + np.exp(1 + frame["before"]))
    frame["after"] = 0.7 * frame["before"] + 0.3 * rng.normal(size=n) + effect * frame["treated"]
    return frame


def sites(seed: int, effect: float = 0.0, n: int = 12) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    frame = pd.DataFrame([(unit, time) for unit in range(n) for time in range(2022, 2027)], columns=["unit", "time"])
    frame["first_treated"] = frame["unit"].map({0: 2024.0, 1: 2024.0, 2: 2025.0, 3: 2025.0, 4: 2025.0})
    own = rng.normal(size=n)[frame["unit"]]
    began = frame["time"] >= frame["first_treated"]
    return frame.assign(y=own + 0.3 * (frame["time"] - 2022) + 0.1 * rng.normal(size=len(frame)) + effect * began)


def designs(frame: pd.DataFrame, panel: pd.DataFrame, unit: float = 1.0) -> list:
    """Every design on the same data, results in another unit."""
    known = frame[["before", "sex"]]
    post = frame["grade"] == 1
    return [
        difference_in_means(frame["after"] * unit, frame["treated"], block=frame["grade"], covariates=known),
        weighted(frame["after"] * unit, frame["treated"], known, exact=frame["grade"]),
        difference_in_differences(frame["after"] * unit, frame["treated"], post, covariates=known),
        staggered_adoption(panel.assign(y=panel["y"] * unit)).effect,
    ]


@settings(max_examples=4)
@given(SEEDS)
def test_the_order_of_rows_says_nothing(seed):
    frame, panel = people(seed), sites(seed)
    mixed = [one.sample(frac=1, random_state=seed) for one in (frame, panel)]
    for one, other in zip(designs(frame, panel), designs(*mixed), strict=True):
        assert (one.value, one.low, one.high, one.p) == pytest.approx((other.value, other.low, other.high, other.p))


@settings(max_examples=4)
@given(SEEDS, st.floats(0.01, 1000))
def test_the_unit_of_the_result_is_the_unit_of_the_effect(seed, unit):
    frame, panel = people(seed), sites(seed)
    for one, other in zip(designs(frame, panel), designs(frame, panel, unit), strict=True):
        said = [unit * one.value, unit * one.low, unit * one.high]
        assert [other.value, other.low, other.high] == pytest.approx(said, rel=1e-4, abs=unit * 1e-6, nan_ok=True)
        assert other.reason == one.reason


@given(SEEDS)
def test_without_blocks_an_experiment_is_the_difference_of_two_means_with_welchs_error(seed):
    frame = people(seed)
    found = difference_in_means(frame["after"], frame["treated"])
    sides = [frame.loc[frame["treated"] == side, "after"] for side in (True, False)]
    assert found.value == pytest.approx(sides[0].mean() - sides[1].mean())
    assert found.error == pytest.approx(np.sqrt(sum(side.var() / len(side) for side in sides)))


def test_a_block_in_which_all_drew_the_same_says_nothing():
    frame = people(1)
    alone = frame.assign(grade=9, treated=True, after=100.0)
    both = pd.concat([frame, alone], ignore_index=True)
    one, other = (difference_in_means(f["after"], f["treated"], block=f["grade"]) for f in (frame, both))
    assert (one.value, one.treated) == pytest.approx((other.value, other.treated))


def test_results_lost_on_one_side_leave_the_effect_unknown():
    frame = people(2)
    lost = frame["treated"] & (frame["after"] < frame["after"].median())
    found = difference_in_means(frame["after"].mask(lost), frame["treated"])
    assert (found.reason, np.isnan(found.value)) == ("attrition", True)
    assert found.lost[0] > 0.3


@given(st.floats(0, 0.9), st.floats(0, 0.9))
def test_more_lost_results_are_never_less_bias(lost, more):
    assert attrition_bias(lost, lost) <= attrition_bias(max(lost, more), max(lost, more)) + 1e-9


@given(SEEDS)
def test_weights_make_the_others_like_those_with_the_practice(seed):
    frame = people(seed)
    weights = entropy_weights(frame[["before"]], frame["treated"])
    side = frame["treated"].to_numpy()
    means = [np.average(frame["before"][group], weights=weights[group]) for group in (side, ~side)]
    assert means[0] == pytest.approx(means[1], abs=1e-3)
    assert (weights > 0).all()
    assert effective_size(weights[~side]) <= (~side).sum() + 1e-9


@settings(max_examples=4)
@given(SEEDS)
def test_results_compared_together_are_those_compared_alone(seed):
    frame = people(seed)
    gaps = frame["after"].where(np.random.default_rng(seed).random(len(frame)) > 0.1)
    results = {"whole": frame["after"], "twice": 2 * frame["after"], "gaps": gaps}
    given = (frame["treated"], frame[["before", "sex"]])
    found = weighted_comparison(results, *given, exact=frame["grade"])
    assert found == {name: weighted(y, *given, exact=frame["grade"]) for name, y in results.items()}
    assert found["gaps"].treated < found["whole"].treated


def test_entropy_weights_are_exponential_in_the_covariate():
    # Hainmueller 2012, equation 8; with one two-valued covariate the weights are shares over shares
    before = np.array([0, 0, 0, 1, 1, 0, 1, 1, 1.0])
    side = np.array([0, 0, 0, 0, 0, 1, 1, 1, 1.0])
    weights = entropy_weights(before[:, None], side)
    assert weights[:5] == pytest.approx(np.array([1 / 3, 1 / 3, 1 / 3, 3 / 2, 3 / 2]), abs=1e-4)


def test_no_weights_where_those_with_the_practice_lie_outside():
    frame = people(3).assign(before=lambda f: f["before"] - 30 * f["treated"])
    found = weighted(frame["after"], frame["treated"], frame[["before"]])
    assert found.reason == "no_overlap"


def test_a_start_far_apart_is_not_mended_unless_it_decided_who_came():
    frame = people(4)
    given = frame["after"], frame["treated"], frame[["before"]]
    assert weighted(*given, baseline=["before"]).reason == "differs"
    found = weighted(*given, baseline=["before"], chosen_on=["before"])
    assert found.low < 0.5 < found.high


def test_weights_from_a_logistic_regression_agree():
    from statsmodels.api import Logit, add_constant

    frame = people(5, n=4000)
    design = add_constant(frame[["before"]])
    chance = Logit(frame["treated"].astype(int), design).fit(disp=0).predict(design)
    one, other = frame[frame["treated"]], frame[~frame["treated"]]
    odds = (chance / (1 - chance))[other.index]
    found = weighted(frame["after"], frame["treated"], frame[["before"]])
    assert found.value == pytest.approx(one["after"].mean() - np.average(other["after"], weights=odds), abs=found.error)


@given(SEEDS)
def test_two_by_two_is_the_difference_of_two_differences(seed):
    frame = people(seed)
    found = difference_in_differences(frame["after"], frame["treated"], frame["grade"])
    mean = frame.groupby(["treated", "grade"])["after"].mean()
    assert found.value == pytest.approx(mean[True, 1] - mean[True, 0] - mean[False, 1] + mean[False, 0])


def test_sites_that_changed_alike_show_no_pre_trend_and_others_do():
    panel = sites(1)
    side, before = panel["first_treated"].notna(), panel["time"] < 2024
    given = panel[before], side[before]
    assert pre_trend(given[0]["y"], given[1], given[0]["time"], cluster=given[0]["unit"]) > 0.05
    apart = given[0]["y"] + 0.9 * given[1] * (given[0]["time"] - 2022)
    assert pre_trend(apart, given[1], given[0]["time"], cluster=given[0]["unit"]) < 0.05


def test_staggered_sites_with_and_without_an_effect():
    found = staggered_adoption(sites(2, effect=0.5))
    assert found.effect.low < 0.5 < found.effect.high
    assert found.effect.low > 0
    assert {step.after for step in found.steps} >= {-1, 0, 1}
    none = staggered_adoption(sites(2)).effect
    assert none.low < 0 < none.high


def test_one_site_after_the_other_is_the_mean_of_two_by_twos():
    """Callaway and Sant'Anna by hand: two sites that begin in 2023, no noise to speak of."""
    panel = sites(3).assign(first_treated=lambda f: f["unit"].map(dict.fromkeys(range(5), 2024.0)))
    found = staggered_adoption(panel).effect
    wide = panel.pivot(index="unit", columns="time", values="y")
    change = wide[[2024, 2025, 2026]].sub(wide[2023], axis=0).mean(axis=1)
    assert found.value == pytest.approx(change[:5].mean() - change[5:].mean())


def test_hardly_any_sites_are_not_enough():
    panel = sites(4)
    few = panel[~panel["unit"].isin([0, 1])]
    assert staggered_adoption(few).effect.reason == "few_clusters"
    side = few["first_treated"].notna()
    found = difference_in_differences(few["y"], side, few["time"] >= 2025, cluster=few["unit"])
    assert found.reason == "few_clusters"


def test_trends_apart_before_leave_the_effect_unknown():
    panel = sites(5, effect=0.5)
    apart = panel.assign(y=panel["y"] + 0.8 * panel["first_treated"].notna() * (panel["time"] - 2022))
    assert staggered_adoption(apart).effect.reason == "pre_trend"


def test_the_wild_bootstrap_gives_the_same_numbers_twice_and_holds_the_effect():
    panel = sites(6, effect=0.4)
    panel = panel[panel["first_treated"] != 2024]
    panel = pd.concat(
        [panel, sites(7, effect=0.4).query("first_treated == 2025").assign(unit=lambda f: f["unit"] + 90)]
    )
    given = panel["y"], panel["first_treated"].notna(), panel["time"] >= 2025
    one, other = (difference_in_differences(*given, cluster=panel["unit"]) for _ in range(2))
    assert one == other
    assert one.low < 0.4 < one.high


def test_balance_counts_a_word_as_shares_and_a_number_in_standard_deviations():
    frame = people(8)
    found = {one.covariate: one for one in balance(frame[["before", "sex"]], frame["treated"])}
    assert found["before"].standing == "differs"
    assert len(found) == 2
    assert worst(tuple(found.values())) == "differs"


@pytest.mark.parametrize("treated", [[0, 2, 1], [0.5, 1, 0]])
def test_only_zeros_and_ones_say_who_had_the_practice(treated):
    with pytest.raises(InputError, match="0 or 1"):
        difference_in_means([1.0, 2.0, 3.0], treated)


def test_columns_of_different_length_are_refused():
    with pytest.raises(InputError, match="y 3, treated 2"):
        difference_in_means([1.0, 2.0, 3.0], [0, 1])


def test_a_covariate_that_is_not_there_is_refused_with_those_that_are():
    frame = people(9)
    with pytest.raises(InputError, match="no covariate after"):
        weighted(frame["after"], frame["treated"], frame[["before"]], baseline=["after"])
