"""One comparison, by its design: records and tables in, effects on the score and on the share that is proficient out.

Nothing here says that a practice works: it gives numbers, or the reason why there is none.
"""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from alignkit.chapters.action.comparison_records import YEAR, Records, compared, had, with_before
from alignkit.stats.effects.differences import difference_in_differences, pre_trend
from alignkit.stats.effects.effect import Effect, unknown
from alignkit.stats.effects.experiment import difference_in_means
from alignkit.stats.effects.matching import weighted_comparison
from alignkit.stats.effects.staggered import Step, staggered_adoption

MEASURES = ("score", "proficient")
"""In standard deviations of one student's score, and in students per 100; the first one decides the word."""
ALPHA = 0.05
Row = Mapping[Hashable, Any]


@dataclass(frozen=True)
class Compared:
    """What one comparison found.

    `effects` by measure; `persons` with and without the practice whose results were used; `left_out` students who had
    the practice but no earlier result or school to be compared by; `first_on`: the day of the first result with the
    practice (None: there is none yet).
    """

    effects: Mapping[str, Effect]
    persons: tuple[int, int]
    first_on: pd.Timestamp | None
    left_out: int = 0
    steps: tuple[Step, ...] = field(default=())
    pre_trend: float = float("nan")
    same_schools: tuple[str, ...] = ()
    """Other practices (practice_id) that more of the schools with this one took up meanwhile than of the others."""
    absent: str = ""
    """The table without which nothing can be known; empty where none is wanting."""


def compare(one: Row, records: Records, adoptions: pd.DataFrame) -> Compared:
    """The effects of one row of `comparisons`."""
    found = DESIGNS[str(one["design"])](one, records, adoptions)
    return replace(found, absent=_absent(one, records))


NEEDS: Mapping[str, tuple[str, ...]] = {
    "experiment": ("student_results", "assignments"),
    "matched": ("student_results", "enrolments", "services", "pairs"),
    "difference_in_differences": ("student_results", "enrolments"),
    "staggered": ("student_results", "enrolments"),
}
"""What each design draws on, in the order in which it is asked for."""


def _absent(one: Row, records: Records) -> str:
    """The first table that the design needs and the community does not keep; empty where all are there."""
    return next((name for name in NEEDS[str(one["design"])] if getattr(records, name).empty), "")


def _years(one: Row) -> tuple[int, int]:
    return int(one["first_year"]), 9999 if pd.isna(one["last_year"]) else int(one["last_year"])


def _rows(one: Row, records: Records) -> pd.DataFrame:
    return compared(records, str(one["subject"]), str(one["grades"]), *_years(one))


def _experiment(one: Row, records: Records, adoptions: pd.DataFrame) -> Compared:
    """As drawn: whoever was drawn counts on that side, whether they came or not; a drawing counts once it has results.

    The result is the first one within a year of the drawing.
    """
    drawn = records.assignments[records.assignments["comparison_id"] == one["comparison_id"]]
    everything = records.scored
    own = (everything["subject"] == one["subject"]) & everything["grade"].isin(str(one["grades"]).split())
    own &= everything["year"].between(*_years(one))
    both = drawn.reset_index(drop=True).reset_index().merge(everything[own], on="student_id")
    due = (both["taken_on"] > both["assigned_on"]) & (both["taken_on"] <= both["assigned_on"] + YEAR)
    found = both[due].sort_values("taken_on").drop_duplicates("index").set_index("index")
    rows = drawn.reset_index(drop=True).join(found[["taken_on", "year", *MEASURES]])
    rows = rows[rows["assigned_on"].isin(found["assigned_on"])]
    year = rows.groupby("assigned_on")["year"].transform("max")
    rows = with_before(rows.assign(year=year), records.earlier, str(one["subject"]))
    block = rows["assigned_on"].astype(str) + " " + rows["block"].fillna("")
    side = rows["arm"] == "practice"
    effects = {
        name: difference_in_means(rows[name], side, block=block, covariates=rows[_before(rows)]) for name in MEASURES
    }
    return _found(effects, rows[rows["score"].notna()], side)


def _matched(one: Row, records: Records, adoptions: pd.DataFrame) -> Compared:
    """Students of the same school, grade and year who did as well before."""
    rows = _rows(one, records)
    side = had(rows, str(one["practice_id"]), records.services, records.pairs)
    usable = rows["before"].notna() & rows["school"].notna() & rows["score"].notna()
    left_out = int((side & ~usable).sum())
    rows, side = rows[usable], side[usable]
    exact = rows["school"] + " " + rows["grade"] + " " + rows["year"].astype(str)
    before, again = _before(rows), rows["student_id"].duplicated().any()
    given: dict[str, Any] = {
        "covariates": rows[[*before, "sex", "race_ethnicity"]],
        "exact": exact,
        "baseline": before,
        "chosen_on": before if one["chosen_by"] == "earlier_results" else (),
        "cluster": rows["student_id"] if again else None,
    }
    effects = weighted_comparison({name: rows[name] for name in MEASURES}, side, **given)
    return _found(effects, rows, side, left_out=left_out)


def _staggered(one: Row, records: Records, adoptions: pd.DataFrame) -> Compared:
    """Schools before and with the practice, against schools that had not begun."""
    rows = _with_sites(one, _rows(one, records), adoptions)
    side = rows["year"] >= rows["first_treated"]
    found = {name: staggered_adoption(_panel(rows, name)) for name in MEASURES}
    main = found["score"]
    effects = {name: one_.effect for name, one_ in found.items()}
    return _found(
        effects,
        rows,
        side,
        steps=main.steps,
        pre_trend=main.pre_trend,
        same_schools=_same_schools(one, rows, adoptions),
    )


def _before_and_after(one: Row, records: Records, adoptions: pd.DataFrame) -> Compared:
    """Schools that began in the same year against schools that never did."""
    rows = _with_sites(one, _rows(one, records), adoptions)
    first = rows["first_treated"].where(rows["first_treated"] > rows["year"].min()).min()
    rows = rows[rows["first_treated"].isna() | (rows["first_treated"] == first)]
    side = rows["first_treated"].notna() & (rows["year"] >= first)
    effects, p = dict[str, Effect](), float("nan")
    for name in MEASURES:
        panel = _panel(rows, name)
        chosen, after = panel["first_treated"].notna(), panel["time"] >= first
        effect = difference_in_differences(
            panel["y"], chosen, after, cluster=panel["unit"], weights=panel["students"]
        ) if len(panel) else unknown("no_practice", 0, 0)  # fmt: skip
        if name == "score":
            before = panel[~after]
            p = pre_trend(before["y"], chosen[~after], before["time"], cluster=before["unit"])
        apart = effect.known and p < ALPHA
        effects[name] = unknown("pre_trend", effect.treated, effect.comparison, effect.clusters) if apart else effect
    return _found(effects, rows, side, pre_trend=p, same_schools=_same_schools(one, rows, adoptions))


DESIGNS: Mapping[str, Callable[[Row, Records, pd.DataFrame], Compared]] = {
    "experiment": _experiment,
    "matched": _matched,
    "difference_in_differences": _before_and_after,
    "staggered": _staggered,
}


def _before(rows: pd.DataFrame) -> list[str]:
    """The columns with earlier results."""
    return [name for name in map(str, rows) if name == "before" or name.startswith("before: ")]


def _with_sites(one: Row, rows: pd.DataFrame, adoptions: pd.DataFrame) -> pd.DataFrame:
    """Rows with a school, and first_treated: the year of the school's first results after it took the practice up."""
    rows = rows[rows["school"].notna() & rows["score"].notna()].reset_index(drop=True)
    own = adoptions[adoptions["practice_id"] == one["practice_id"]]
    began = rows["school"].map(own.groupby("site")["valid_from"].min())
    with_it = rows["year"].where(rows["taken_on"] >= began)
    return rows.assign(first_treated=with_it.groupby(rows["school"]).transform("min").astype(float))


def _same_schools(one: Row, rows: pd.DataFrame, adoptions: pd.DataFrame) -> tuple[str, ...]:
    """Practices that schools before and after cannot tell apart from this one, as they came to the same schools."""
    others = adoptions[adoptions["practice_id"] != one["practice_id"]]
    began = others.groupby(["practice_id", "site"])["valid_from"].min().reset_index()
    began = began[(began["valid_from"] > rows["taken_on"].min()) & (began["valid_from"] <= rows["taken_on"].max())]
    with_it = rows.groupby("school")["first_treated"].first().notna()
    found = []
    for practice, sites in began.groupby("practice_id")["site"]:
        took = with_it.index.to_series().isin(sites)
        if took[with_it].any() and not took[with_it].mean() <= took[~with_it].mean():
            found.append(str(practice))
    return tuple(found)


def _panel(rows: pd.DataFrame, name: str) -> pd.DataFrame:
    """One row per school and year: the mean of its students' results (sums over counts)."""
    by = rows.dropna(subset=[name]).groupby(["school", "year"])
    panel = by.agg(total=(name, "sum"), students=(name, "size"), first_treated=("first_treated", "first")).reset_index()
    panel["y"] = panel["total"] / panel["students"]
    return panel.rename(columns={"school": "unit", "year": "time"})


def _found(effects: Mapping[str, Effect], rows: pd.DataFrame, side: pd.Series, **more: Any) -> Compared:
    used = rows[side.reindex(rows.index).fillna(False).astype(bool)]
    first_on = used["taken_on"].min() if len(used) else None
    return Compared(effects, (len(used), len(rows) - len(used)), first_on, **more)
