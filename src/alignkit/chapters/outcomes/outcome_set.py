"""Which 8 to 10 outcomes most leaders stand behind, serving every grant and every stage; beside those in force.

Pure: tables of the contract and published ratings in, tidy frames out.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.optimize import Bounds, LinearConstraint, milp

from alignkit.disclosure.bands import fitting
from alignkit.disclosure.published import Published
from alignkit.disclosure.rules import Rule

Array = npt.NDArray[np.float64]
LEAST, MOST = 8, 10
"""How many outcomes a partnership holds in view at once."""
STAGES = ("early_childhood", "elementary", "middle", "high_school", "postsecondary", "career")


@dataclass(frozen=True)
class Requirement:
    """Something that at least one outcome of the set must serve: a grant that reports it, a stage it lies in."""

    kind: str
    """ "grant" or "stage"."""
    id: str
    name: str
    served_by: frozenset[str]
    """outcome_ids."""


@dataclass(frozen=True)
class Best:
    """The set with the most agreement."""

    members: frozenset[str]
    score: Fraction
    """Sum over the set of (share that rates 4 or 5, less one half)."""
    as_good: frozenset[str] | None
    """Another set that scores the same, where there is one."""


def backing(support: Published, rule: Rule | int) -> dict[str, Fraction]:
    """Outcome → the share of its raters that gives 4 or 5, less one half, as far as it is published.

    `support` as `measures.named` makes it, `rule` the one that made its bands. Of a band, the share in it that is
    nearest to one half is taken, so that no outcome gains or loses more than its published number says; a hidden one is
    not rated. An outcome that most back adds to a set, one that most do not back takes away from it, so that the size
    of the set follows from the ratings, too.
    """
    found, totals = {}, support.where(level="all")
    for row, ends in zip(totals.frame.to_dict("records"), fitting(totals, rule), strict=True):
        if ends is not None:
            of = int(row["denominator"])
            nearest = min(max(Fraction(of, 2), Fraction(ends[0])), Fraction(ends[1]))
            found[str(row["outcome_id"])] = nearest / of - Fraction(1, 2)
    return found


def compared_sets(support: Published, outcomes: pd.DataFrame, grants: pd.DataFrame, grant_outcomes: pd.DataFrame,
                  as_of: pd.Timestamp, rule: Rule | int) -> pd.DataFrame:  # fmt: skip
    """The outcomes in force next to the set with most agreement: see `compared`."""
    agreement = backing(support, rule)
    return compared(outcomes, agreement, _best_for(agreement, outcomes, grants, grant_outcomes, as_of))


def needs_served(support: Published, outcomes: pd.DataFrame, grants: pd.DataFrame, grant_outcomes: pd.DataFrame,
                 as_of: pd.Timestamp, rule: Rule | int) -> pd.DataFrame:  # fmt: skip
    """Each stage and grant, and which set serves it: see `served`."""
    found = _best_for(backing(support, rule), outcomes, grants, grant_outcomes, as_of)
    return served(requirements(outcomes, grant_outcomes, grants, as_of), outcomes, found)


def _best_for(agreement: Mapping[str, Fraction], outcomes: pd.DataFrame, grants: pd.DataFrame,
              grant_outcomes: pd.DataFrame, as_of: pd.Timestamp) -> Best | None:  # fmt: skip
    required = requirements(outcomes, grant_outcomes, grants, as_of)
    return best(agreement, required, keep=in_force(outcomes))


def in_force(outcomes: pd.DataFrame) -> frozenset[str]:
    """outcome_ids of the outcomes in force."""
    return frozenset(outcomes.loc[outcomes["status"] == "in_force", "outcome_id"])


def requirements(outcomes: pd.DataFrame, grant_outcomes: pd.DataFrame, grants: pd.DataFrame,
                 as_of: pd.Timestamp) -> list[Requirement]:  # fmt: skip
    """Every stage, then every running grant that names outcomes to report."""
    by_stage = outcomes.groupby("stage")["outcome_id"].agg(frozenset)
    found = [Requirement("stage", stage, stage, by_stage.get(stage, frozenset())) for stage in STAGES]
    over = set(grants.loc[grants["ends_on"] < as_of, "grant_id"])
    names = grants.set_index("grant_id")["name"]
    listed = grant_outcomes[~grant_outcomes["grant_id"].isin(over)]
    for grant, served in listed.groupby("grant_id")["outcome_id"]:
        found.append(Requirement("grant", str(grant), str(names.get(grant, grant)), frozenset(served)))
    return found


def best(agreement: Mapping[str, Fraction], required: Sequence[Requirement], *, least: int = LEAST, most: int = MOST,
         keep: Iterable[str] = ()) -> Best | None:  # fmt: skip
    """The `least` to `most` outcomes with the largest sum of `agreement` that meet every requirement anyone can meet.

    A requirement that no outcome in `agreement` serves is left out (`served` says which). Of sets that score the
    same, the one with most outcomes of `keep` is taken. Fewer outcomes than `least` are all taken. None where no set
    meets the requirements. Solved exactly, as a mixed-integer linear program (HiGHS through `scipy.optimize.milp`).
    """
    ids = sorted(agreement)
    if not ids:
        return None
    rows = [[float(id_ in need.served_by) for id_ in ids] for need in required if need.served_by & set(ids)]
    rules = [LinearConstraint(np.ones((1, len(ids))), min(least, len(ids)), most)]
    rules += [LinearConstraint(np.array(rows), lb=1)] if rows else []
    worth = np.array([float(agreement[id_]) for id_ in ids])
    first = _solve(worth, rules)
    if first is None:
        return None
    as_much = LinearConstraint(worth[None, :], lb=float(worth @ first) - 1e-9)
    kept = _solve(np.array([float(id_ in set(keep)) for id_ in ids]), [*rules, as_much])
    chosen = first if kept is None else kept
    other = _solve(worth, [*rules, LinearConstraint((2 * chosen - 1)[None, :], ub=chosen.sum() - 1)])
    members, score = _members(ids, chosen), _score(ids, chosen, agreement)
    tie = other is not None and _score(ids, other, agreement) == score
    return Best(members, score, _members(ids, other) if tie and other is not None else None)


def compared(outcomes: pd.DataFrame, agreement: Mapping[str, Fraction], found: Best | None) -> pd.DataFrame:
    """Each outcome, in force or candidate, in the outcomes' order: whether rated, in the best set, in one as good.

    Returns outcome_id, outcome (name), stage, in_force, rated, chosen, as_good (booleans).
    """
    members = found.members if found else frozenset()
    other = (found.as_good if found else None) or frozenset()
    listed = outcomes.sort_values("order", kind="stable")
    ids = listed["outcome_id"]
    return pd.DataFrame(
        {"outcome_id": ids, "outcome": listed["name"], "stage": listed["stage"],
         "in_force": listed["status"] == "in_force", "rated": ids.isin(list(agreement)),
         "chosen": ids.isin(members), "as_good": ids.isin(other)}
    ).reset_index(drop=True)  # fmt: skip


def served(required: Sequence[Requirement], outcomes: pd.DataFrame, found: Best | None) -> pd.DataFrame:
    """Each requirement: served by the outcomes in force, by the best set, by any outcome there is.

    Returns kind ("stage" or "grant"), need (id), name, now, best, possible (booleans).
    """
    there, members = set(outcomes["outcome_id"]), found.members if found else frozenset()
    now = in_force(outcomes)
    rows = [
        (one.kind, one.id, one.name, bool(one.served_by & now), bool(one.served_by & members),
         bool(one.served_by & there))
        for one in required
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["kind", "need", "name", "now", "best", "possible"])


def _solve(worth: Array, rules: Sequence[LinearConstraint]) -> Array | None:
    """The 0-1 vector of largest `worth`, or None where the rules leave none."""
    done = milp(-worth, constraints=rules, integrality=np.ones(len(worth)), bounds=Bounds(0, 1),
                options={"mip_rel_gap": 0})  # fmt: skip
    return None if done.x is None else np.asarray(np.round(done.x), np.float64)


def _members(ids: Sequence[str], chosen: Array) -> frozenset[str]:
    return frozenset(id_ for id_, taken in zip(ids, chosen, strict=True) if taken)


def _score(ids: Sequence[str], chosen: Array,
           agreement: Mapping[str, Fraction]) -> Fraction:  # fmt: skip
    return sum((agreement[id_] for id_ in _members(ids, chosen)), Fraction(0))
