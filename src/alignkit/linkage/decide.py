"""Which pairs are linked, which somebody has to look at."""

import numpy as np
import numpy.typing as npt
import pandas as pd

ACCEPT, REVIEW, REJECT = "accept", "review", "reject"
Floats = npt.NDArray[np.float64]


def probabilities(bits: Floats, prior: float, student: npt.ArrayLike, client: npt.ArrayLike) -> Floats:
    """The probability that a pair is one person, given that everybody is at most one person in the other file.

    Rivals share: two pairs of one student that look equally good get half each. `bits` is in favour of each pair,
    `student` and `client` are its rows.
    """
    odds = np.exp2(np.minimum(bits, 200.0)) * prior / (1 - prior)
    ones, others = (pd.Series(odds).groupby(np.asarray(rows)).transform("sum").to_numpy() for rows in (student, client))
    return np.asarray(odds / (1 + ones + others - odds))


def ranked(pairs: pd.DataFrame, least: float) -> pd.DataFrame:
    """Pairs with a probability of `least` or more, by descending weight, ties by number; the index is their place."""
    likely = pairs.reset_index(drop=True)[pairs["probability"].to_numpy() >= least]
    return likely.sort_values(["weight", "student_id", "client_id"], ascending=[False, True, True], kind="stable")


def first_come(order: pd.DataFrame, accept: float) -> pd.DataFrame:
    """The links of `ranked` pairs at this threshold: what `one_to_one` accepts, whatever it has reviewed."""
    rows = order[order["dated"] & (order["probability"] >= accept)]
    # who stands in one pair only is in nobody's way: most do, and only the others have to be gone through
    disputed = (rows["student_id"].duplicated(keep=False) | rows["client_id"].duplicated(keep=False)).to_numpy()
    taken: tuple[set[str], set[str]] = set(), set()
    keep, some = ~disputed, rows[disputed]
    for at, student, client in zip(np.flatnonzero(disputed), some["student_id"], some["client_id"], strict=True):
        if student not in taken[0] and client not in taken[1]:
            keep[at] = True
            taken[0].add(student)
            taken[1].add(client)
    return rows[keep]


def one_to_one(pairs: pd.DataFrame, accept: float, review: float) -> pd.Series:
    """accept, review or reject for every pair: by descending weight, nobody in two links.

    `pairs`: student_id, client_id, weight, probability, dated (both birth dates are known and at least nearly
    agree). Ties go by number, so that
    the same files give the same links. What is in a link is not offered for review with somebody else.
    """
    decision = np.full(len(pairs), REJECT, dtype=object)
    order = ranked(pairs, review)
    taken: tuple[set[str], set[str]] = set(), set()
    rows = order[["student_id", "client_id", "probability", "dated"]].itertuples(name=None)
    for at, student, client, probability, dated in rows:
        if student in taken[0] or client in taken[1]:
            continue
        if probability >= accept and dated:
            decision[at] = ACCEPT
            taken[0].add(student)
            taken[1].add(client)
        else:
            decision[at] = REVIEW
    return pd.Series(decision, index=pairs.index)
