"""The effect of a practice that sites take up in different years."""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import stats

from alignkit.errors import InputError
from alignkit.stats.effects.differences import FEWEST_SITES
from alignkit.stats.effects.effect import Effect, Reason, estimated, unknown

ALPHA = 0.05
COLUMNS = ["unit", "time", "y", "first_treated"]


@dataclass(frozen=True)
class Step:
    """The effect `after` so many years with the practice (negative: before it began, where there should be none)."""

    after: int
    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Staggered:
    """The effect over all sites and years with the practice, how it grows, and whether there was one before it began.

    `pre_trend`: p of the largest difference before, times the number of looks; NaN where no site has two years before.
    """

    effect: Effect
    steps: tuple[Step, ...] = ()
    pre_trend: float = float("nan")


def staggered_adoption(panel: pd.DataFrame) -> Staggered:
    """Average effect on the sites that took up a practice, in the years with it (Callaway and Sant'Anna 2021).

    `panel`: one row per unit and time, columns unit, time (whole numbers), y, first_treated (the first time with the
    practice, NaN for a unit that never had it). Every site's change since the last time before it began is set against
    the change of those who have not begun (Journal of Econometrics 225: 200; library diff-diff); effects are averaged
    over sites and times. A unit that had the practice from the first time on has no before, and one without a result
    at some time has no whole series: both are left out.

    The interval is Student's t with as many degrees of freedom as the smaller side has units, less one: with 13 units
    the normal one, and the multiplier bootstrap as well, found an effect in 12 of 100 worlds without any (t: 5). Not
    known with fewer than four units on a side, or where the sides went apart before the practice began.
    """
    absent = [name for name in COLUMNS if name not in panel]
    if absent:
        raise InputError(f"the panel has no column {', '.join(absent)}", cure=f"it needs {', '.join(COLUMNS)}")
    whole = _whole(panel)
    first = whole.drop_duplicates("unit").set_index("unit")["first_treated"]
    n1, n0 = int(first.notna().sum()), int(first.isna().sum())
    reason = _too_little(whole, n1, n0)
    about = unknown(reason, n1, n0, n1 + n0)
    return Staggered(about) if reason else _estimated(whole, about)


def _whole(panel: pd.DataFrame) -> pd.DataFrame:
    """Units with a result at every time, and at least one from before; those who begin after the end never began."""
    known = panel.dropna(subset=["y"]).sort_values(["unit", "time"])
    if known.duplicated(["unit", "time"]).any():
        raise InputError("a unit has two results at one time", cure="give one row per unit and time")
    times = known["time"].nunique()
    known = known[known.groupby("unit")["time"].transform("size") == times]
    first = known["first_treated"].where(known["first_treated"] <= known["time"].max())
    return known.assign(first_treated=first)[~(first <= known["time"].min())].reset_index(drop=True)


def _too_little(whole: pd.DataFrame, n1: int, n0: int) -> Reason:
    if not n1:
        return "no_practice"
    if whole["time"].nunique() < 2:
        return "one_time"
    if not n0:
        return "no_comparison"
    return "few_clusters" if min(n1, n0) < FEWEST_SITES else ""


def _estimated(whole: pd.DataFrame, about: Effect) -> Staggered:
    from diff_diff import CallawaySantAnna

    data = whole.assign(first=whole["first_treated"].fillna(0).astype(int), unit=pd.factorize(whole["unit"])[0])
    data = data.assign(time=data["time"].astype(int), y=data["y"].astype(float))[["unit", "time", "y", "first"]]
    model = CallawaySantAnna(control_group="not_yet_treated")
    fit = model.fit(data, outcome="y", unit="unit", time="time", first_treat="first")
    degrees = min(about.treated, about.comparison) - 1
    effect = estimated(float(fit.overall_att), float(fit.overall_se), degrees, about)
    table = fit.aggregate("event_study").to_dataframe()
    table = table[~table["is_reference"].astype(bool) & (table["se"] > 0)]
    at, value, error = (table[name].to_numpy(float) for name in ("event_time", "att", "se"))
    reach = stats.t.isf(ALPHA / 2, degrees) * error
    steps = tuple(Step(int(a), float(v), float(v - r), float(v + r)) for a, v, r in zip(at, value, reach, strict=True))
    p = _before(at, value / np.where(error > 0, error, np.nan), degrees)
    return Staggered(_unless(p, effect), steps, p)


def _before(at: npt.NDArray[np.float64], t: npt.NDArray[np.float64], degrees: int) -> float:
    looks = np.abs(t[at < 0])
    return float(min(1.0, len(looks) * 2 * stats.t.sf(looks.max(), degrees))) if len(looks) else float("nan")


def _unless(p: float, effect: Effect) -> Effect:
    if not p < ALPHA:
        return effect
    nothing = unknown("pre_trend", effect.treated, effect.comparison, effect.clusters)
    return replace(nothing, balance=effect.balance)
