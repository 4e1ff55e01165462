"""Rules that look at more than one cell.

Each is a sentence that must hold and a function that finds the rows where it does not; the data dictionary
prints the sentences.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from alignkit.contract.failure import Failure, rows_of

Tables = Mapping[str, pd.DataFrame]

ALL = "all"
SWAPPED = "mend one of the two; they may be swapped"
ROUNDING = 1.0
"""Percentage points by which a published percent may differ from its counts: it may be rounded or cut."""


@dataclass(frozen=True)
class Rule:
    """`broken` gives, for a conformed frame and all tables, a boolean per row; unknown counts as holding."""

    name: str
    table: str
    columns: tuple[str, ...]
    says: str
    cure: str
    broken: Callable[[pd.DataFrame, Tables], pd.Series]


def rule_failures(rule: Rule, tables: Tables, bad: Mapping[str, frozenset[int]]) -> Iterator[Failure]:
    """The rows that break `rule`, without those in which one of its cells already failed."""
    known = frozenset[int]().union(*(bad.get(column, frozenset()) for column in rule.columns))
    for row in rows_of(rule.broken(tables[rule.table], tables)):
        if row not in known:
            yield Failure(rule.table, row, rule.columns[0], rule.name, f"this must hold: {rule.says}", rule.cure)


def _in_order(table: str, low: str, high: str) -> Rule:
    return Rule(
        "order", table, (high, low), f"{high} is not before {low}", "mend one of the two days",
        lambda frame, tables: frame[high] < frame[low],
    )  # fmt: skip


def _at_most(table: str, part: str, whole: str) -> Rule:
    return Rule(
        "at_most", table, (part, whole), f"{part} is at most {whole}", SWAPPED,
        lambda frame, tables: frame[part] > frame[whole],
    )  # fmt: skip


def _together(table: str, one: str, other: str) -> Rule:
    return Rule(
        "together", table, (one, other), f"{one} and {other} are both filled or both blank", "fill the other",
        lambda frame, tables: frame[one].notna() != frame[other].notna(),
    )  # fmt: skip


def _percent(table: str, column: str) -> Rule:
    return Rule(
        "percent", table, (column,), f"{column} of an indicator in percent lies between 0 and 100",
        "write 46.2 for 46.2 percent",
        lambda frame, tables: (_unit(frame, tables) == "percent") & ~frame[column].fillna(0).between(0, 100),
    )  # fmt: skip


def _group(table: str) -> tuple[Rule, Rule]:
    columns = ("subgroup", "subgroup_type")
    return (
        Rule(
            "all", table, columns, "subgroup_type and subgroup are both all (everyone), or neither is",
            "write all in both columns, or name the group in both",
            lambda frame, tables: (frame["subgroup"] == ALL) != (frame["subgroup_type"] == ALL),
        ),
        Rule(
            "known_group", table, columns, "a group (other than all) stands in subgroups, where that is kept",
            "mend the code, or add the group to subgroups", _unknown_group,
        ),
    )  # fmt: skip


def _unit(frame: pd.DataFrame, tables: Tables) -> pd.Series:
    """Each row's unit, as its indicator says; unknown where the indicator is not there."""
    if "unit" in frame:
        return frame["unit"]
    if "indicators" not in tables:
        return pd.Series(None, index=frame.index, dtype="object")
    indicators = tables["indicators"].drop_duplicates("indicator_id").set_index("indicator_id")
    return frame["indicator_id"].map(indicators["unit"])


def _unknown_group(frame: pd.DataFrame, tables: Tables) -> pd.Series:
    if "subgroups" not in tables:
        return pd.Series(False, index=frame.index)
    pairs = ["subgroup_type", "subgroup"]
    known = pd.MultiIndex.from_frame(tables["subgroups"][pairs])
    named = frame[pairs].notna().all(axis=1) & (frame["subgroup"] != ALL)
    return named & ~pd.MultiIndex.from_frame(frame[pairs]).isin(known)


def _counts_wrong_way(frame: pd.DataFrame, tables: Tables) -> pd.Series:
    # Events for each 1,000 children, mean scores and dollars a child may exceed their base.
    of_a_whole = ~_unit(frame, tables).isin(["rate_per_1000", "score", "dollars"])
    return of_a_whole & (frame["numerator"] > frame["denominator"]).fillna(False)


def _value_disagrees(frame: pd.DataFrame, tables: Tables) -> pd.Series:
    counted = (100 * frame["numerator"] / frame["denominator"]).astype("Float64")
    away = (counted - frame["value"]).abs() > ROUNDING
    return (_unit(frame, tables) == "percent") & away.fillna(False) & (frame["denominator"] > 0).fillna(False)


def _outside_interval(frame: pd.DataFrame, tables: Tables) -> pd.Series:
    return (frame["value"] < frame["interval_low"]) | (frame["value"] > frame["interval_high"])


def _reported_empty(frame: pd.DataFrame, tables: Tables) -> pd.Series:
    count_only = _unit(frame, tables).isin(["count", "dollars", "score"])
    counts = frame["numerator"].notna() & (frame["denominator"].notna() | count_only)
    return (frame["value_status"] == "reported") & frame["value"].isna() & ~counts


def _hidden_filled(frame: pd.DataFrame, tables: Tables) -> pd.Series:
    hidden = frame["value_status"].isin(["suppressed_at_source", "missing", "range"])
    return hidden & (frame["value"].notna() | frame["numerator"].notna())


def _range_empty(frame: pd.DataFrame, tables: Tables) -> pd.Series:
    return (frame["value_status"] == "range") & frame["low"].isna() & frame["high"].isna()


def _bounds_astray(frame: pd.DataFrame, tables: Tables) -> pd.Series:
    other = frame["value_status"].isin(["reported", "suppressed_at_source", "missing"])
    return other & (frame["low"].notna() | frame["high"].notna())


def _second_lead(frame: pd.DataFrame, tables: Tables) -> pd.Series:
    leads = frame[(frame["role"] == "lead") & frame["outcome_id"].notna() & frame["valid_from"].notna()]
    leads = leads.sort_values(["outcome_id", "valid_from"], kind="stable")
    until = leads["valid_until"].fillna(pd.Timestamp.max)
    taken = until.groupby(leads["outcome_id"]).cummax().groupby(leads["outcome_id"]).shift()
    return (leads["valid_from"] < taken).reindex(frame.index, fill_value=False)


def _promise_moved(frame: pd.DataFrame, tables: Tables) -> pd.Series:
    ordered = frame.sort_values("recorded_on", kind="stable")
    first = ordered.groupby("commitment_id")["due_originally"].transform("first").reindex(frame.index)
    return first.notna() & frame["due_originally"].notna() & (frame["due_originally"] != first)


def _unknown_decision(frame: pd.DataFrame, tables: Tables) -> pd.Series:
    if "decisions" not in tables:
        return pd.Series(False, index=frame.index)
    return frame["decision_id"].notna() & ~frame["decision_id"].isin(tables["decisions"]["decision_id"])


def _own_ancestor(frame: pd.DataFrame, tables: Tables) -> pd.Series:
    known = frame.dropna(subset=["place_id"]).drop_duplicates("place_id").set_index("place_id")["parent_id"]
    above, found = frame["parent_id"], pd.Series(False, index=frame.index)
    for _ in range(len(frame)):
        if not above.notna().any():
            break
        found |= above.notna() & (above == frame["place_id"])
        above = above.where(~found).map(known)
    return found


VALUES = "indicator_values"
RULES: tuple[Rule, ...] = (
    *(
        _in_order(table, "valid_from", "valid_until")
        for table in ("partners", "standards", "responsibilities", "adoptions", "leaders")
    ),
    _together("indicators", "baseline_period", "baseline"),
    _together("indicators", "target_year", "target"),
    _percent("indicators", "baseline"),
    _percent("indicators", "target"),
    _percent("subgroup_targets", "target"),
    *_group("subgroup_targets"),
    *_group(VALUES),
    _in_order(VALUES, "period_start", "period_end"),
    _in_order(VALUES, "period_start", "released_on"),
    Rule(
        "at_most", VALUES, ("numerator", "denominator"),
        "numerator is at most denominator (unless the unit is rate_per_1000, score or dollars)",
        SWAPPED, _counts_wrong_way,
    ),
    _at_most(VALUES, "low", "high"),
    _at_most(VALUES, "interval_low", "interval_high"),
    _together(VALUES, "interval_high", "interval_low"),
    *(_percent(VALUES, column) for column in ("value", "low", "high")),
    Rule(
        "value_disagrees", VALUES, ("value", "numerator", "denominator"),
        "a percent agrees with its counts: 100 · numerator / denominator, within one point",
        "mend value or the counts, or leave value blank", _value_disagrees,
    ),
    Rule(
        "outside_interval", VALUES, ("value", "interval_low", "interval_high"),
        "value lies between interval_low and interval_high", "mend value or the margin", _outside_interval,
    ),
    Rule(
        "status", VALUES, ("value_status", "value", "numerator", "denominator"),
        "a reported row has value, or numerator and denominator (count, score, dollars: numerator)",
        "fill them, or say in value_status why there is no value", _reported_empty,
    ),
    Rule(
        "status", VALUES, ("value_status", "value", "numerator"),
        "where value_status is suppressed_at_source, range or missing, value and numerator are blank",
        "clear them, or write reported in value_status", _hidden_filled,
    ),
    Rule(
        "status", VALUES, ("value_status", "low", "high"), "a range has low or high filled",
        "fill low, high or both, or write suppressed_at_source", _range_empty,
    ),
    Rule(
        "status", VALUES, ("value_status", "low", "high"),
        "low and high are blank unless value_status is range or not_comparable",
        "clear them, or write range in value_status", _bounds_astray,
    ),
    Rule(
        "promise_moved", "commitments", ("due_originally", "commitment_id", "recorded_on"),
        "due_originally is the same in all rows of a promise", "write the new day in due_now", _promise_moved,
    ),
    Rule(
        "known_decision", "commitments", ("decision_id",), "decision_id stands in decisions, where kept",
        "mend the code, or add the motion to decisions", _unknown_decision,
    ),
    Rule(
        "own_ancestor", "places", ("parent_id", "place_id"), "no place is part of itself, not even in a ring",
        "mend parent_id in one place of the ring", _own_ancestor,
    ),
    _in_order("agreements", "signed_on", "valid_until"),
    Rule(
        "one_lead", "responsibilities", ("role", "outcome_id", "valid_from", "valid_until"),
        "an outcome has at most one lead at a time",
        "close the earlier lead's row with valid_until, or write shared or contributor", _second_lead,
    ),
    _at_most("adoptions", "reached", "eligible"),
    _in_order("grants", "starts_on", "ends_on"),
    Rule(
        "order", "comparisons", ("last_year", "first_year"), "last_year is not before first_year",
        "mend one of the two years", lambda frame, tables: frame["last_year"] < frame["first_year"],
    ),
    _at_most("matched_results", "matched_count", "total"),
    *_group("matched_results"),
    *(_in_order(table, "birth_date", "recorded_on") for table in ("students", "clients")),
    *(_in_order(table, "starts_on", "ends_on") for table in ("enrolments", "services")),
)  # fmt: skip
