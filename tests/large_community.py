"""A community larger than the demo, made from it: 30 outcomes in force, 100 partners with names of 80 characters, and a
group of children that nothing is known of. And its opposite: only the tables of step 1."""

from collections.abc import Mapping, Sequence

import pandas as pd

from alignkit.demo.riverbend import tables

OUTCOMES, PARTNERS, NAME = 30, 100, 80
NO_DATA = "deaf_or_hard_of_hearing"
_PERSONS = (
    "students", "clients", "enrolments", "student_results", "assignments", "services", "crosswalk", "link_reviews",
)  # fmt: skip
_BY_OUTCOME = ("outcomes", "indicators", "responsibilities", "outcome_ratings", "practices", "grant_outcomes")
_BY_INDICATOR = ("indicator_values", "series_breaks", "subgroup_targets")
_BY_PARTNER = ("partners", "agreements", "commitments", "adoptions", "grant_partners", "meeting_attendance",
               "positions", "data_sources")  # fmt: skip
_OWN = {"indicators": "indicator_id", "practices": "practice_id", "agreements": "agreement_id",
        "commitments": "commitment_id", "adoptions": "adoption_id", "data_sources": "data_source_id"}  # fmt: skip
"""The key of its own that a copied row gets, beside the copied outcome's or partner's."""
_FILLER = "and Families of the Greater River Valley Region Cooperative Association for Children"
_VALUES = 6
"""Years kept of each indicator: enough for a trend word, few enough for a quick run."""


def large(seed: int = 7) -> dict[str, pd.DataFrame]:
    """The demo's tables without persons, its outcomes and partners copied until there are enough of them."""
    made = {name: frame for name, frame in tables(seed).items() if name not in _PERSONS}
    made["indicator_values"] = _newest(made["indicator_values"])
    outcomes = _copies(made["outcomes"].query("status == 'in_force'")["outcome_id"], OUTCOMES)
    measured = made["indicators"].set_index("indicator_id")["outcome_id"]
    indicators = [{i: f"{i}-{n}" for i, o in measured.items() if o in ids} for n, ids in enumerate(outcomes, 2)]
    made = _with(made, _BY_OUTCOME, "outcome_id", outcomes)
    made = _with(made, _BY_INDICATOR, "indicator_id", indicators)
    made = _with(made, _BY_PARTNER, "partner_id", _copies(made["partners"]["partner_id"], PARTNERS))
    order = {id_: place for place, id_ in enumerate(dict.fromkeys(made["outcomes"]["outcome_id"]), 1)}
    made["outcomes"] = made["outcomes"].assign(order=made["outcomes"]["outcome_id"].map(order))
    made["partners"] = made["partners"].assign(name=_long(made["partners"]["name"]), valid_until=pd.NaT)
    made["subgroups"] = _with_unseen(made["subgroups"])
    return made


def first_step(seed: int = 7) -> dict[str, pd.DataFrame]:
    """Only what the first book needs: the five tables and the two code lists of step 1."""
    listed = ("partners", "outcomes", "indicators", "indicator_values", "commitments", "places", "subgroups")
    made = {name: frame for name, frame in tables(seed).items() if name in listed}
    # the motions that promises come from are a table of step 2
    made["commitments"] = made["commitments"].assign(decision_id=pd.NA)
    return made


def _newest(values: pd.DataFrame) -> pd.DataFrame:
    newest = values.groupby("indicator_id")["period_start"].transform("max")
    near = values["place_id"].isin(["riverbend", "statewide"])
    recent = values["period_start"] > newest - pd.DateOffset(years=_VALUES)
    return values[near & recent].reset_index(drop=True)


def _copies(ids: pd.Series, wanted: int) -> list[dict[str, str]]:
    """Id → its copy's id, one mapping for each time round, until all of them together are `wanted`."""
    own = list(dict.fromkeys(ids))
    rounds = [own[: wanted - len(own) * n] for n in range(1, wanted // len(own) + 1)]
    return [{id_: f"{id_}-{n}" for id_ in some} for n, some in enumerate(rounds, 2) if some]


def _with(
    made: Mapping[str, pd.DataFrame], names: Sequence[str], key: str, rounds: Sequence[Mapping[str, str]]
) -> dict[str, pd.DataFrame]:
    """The tables with the rows of every copied thing again, under the copies' ids."""

    def again(name: str, ids: Mapping[str, str], n: int) -> pd.DataFrame:
        rows = made[name][made[name][key].isin(ids)]
        rows = rows.assign(**{key: rows[key].map(ids)})
        if name in _OWN and _OWN[name] != key:
            rows = rows.assign(**{_OWN[name]: rows[_OWN[name]] + f"-{n}"})
        return rows.assign(name=rows["name"] + f" {n}") if name in ("outcomes", "indicators", "partners") else rows

    copied = {name: [again(name, ids, n) for n, ids in enumerate(rounds, 2)] for name in names}
    return {**made, **{name: pd.concat([made[name], *more], ignore_index=True) for name, more in copied.items()}}


def _long(names: pd.Series) -> pd.Series:
    """Every name filled up to 80 characters with words, not with one long run of letters."""
    return names.map(
        lambda name: f"{name} and Families of the Greater River Valley Region Cooperative Association"[:NAME]
    )


def _with_unseen(subgroups: pd.DataFrame) -> pd.DataFrame:
    unseen = subgroups.iloc[-1:].assign(subgroup_type="disability", type_name="Disability")
    unseen = unseen.assign(subgroup=NO_DATA, name="Deaf or hard of hearing")
    return pd.concat([subgroups, unseen], ignore_index=True)
