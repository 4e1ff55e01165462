"""Who is the same person in two files: students and clients of services, each with numbers of their own."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from alignkit.linkage.compare import compared, with_itself
from alignkit.linkage.decide import ACCEPT, first_come, one_to_one, probabilities, ranked
from alignkit.linkage.model import ADJUSTED, Model, bits, commonness, fitted, weights, with_shares
from alignkit.linkage.pair import candidates
from alignkit.linkage.prepare import prepared
from alignkit.linkage.settings import Settings

Rows = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Truths = npt.NDArray[np.bool_]
STUDENT, CLIENT = "student_id", "client_id"


@dataclass(frozen=True)
class Links:
    """What `link` found. Person-level: it stays in memory, and nothing of it is shown as it is.

    `pairs`: every pair that was compared, one row each: student_id, client_id, weight (bits), dated (the birth dates
    are known and at least nearly agree), probability, decision (accept, review, reject). `unlinkable`: one row per
    record, file ("students", "clients"), number, unlinkable (even a perfect copy of it would not be linked, as too much
    is missing or too common).
    """

    pairs: pd.DataFrame
    unlinkable: pd.DataFrame
    model: Model
    settings: Settings

    @property
    def accepted(self) -> pd.DataFrame:
        """The links: student_id, client_id, each number once."""
        return self.pairs.loc[self.pairs["decision"] == ACCEPT, [STUDENT, CLIENT]].reset_index(drop=True)

    def linked_at(self, accept: float) -> pd.DataFrame:
        """The links that another threshold would give."""
        order = self._ranked if accept >= self.settings.review else ranked(self.pairs, accept)
        return first_come(order, accept)[[STUDENT, CLIENT]].reset_index(drop=True)

    @cached_property
    def _ranked(self) -> pd.DataFrame:
        return ranked(self.pairs, self.settings.review)


def link(students: pd.DataFrame, clients: pd.DataFrame, settings: Settings | None = None) -> Links:
    """Link two tables of the contract; the same tables always give the same links.

    Raises `InputError` for thresholds that are none. Empty tables give no pairs.
    """
    settings = settings or Settings()
    ones, others = prepared(students), prepared(clients)
    pairs = candidates(ones, others)
    levels = compared(pairs, ones, others)
    model = fitted(ones, others, settings, pairs, levels)
    rows = [pairs.get_level_values(side).to_numpy(int) for side in (0, 1)]
    common = {field: commonness(ones[field], others[field]) for field in ADJUSTED}
    found = bits(levels, model, _common_of(ones, rows[0], common))
    model = with_shares(model, found, len(ones) * len(others))
    frame = pd.DataFrame(
        {
            STUDENT: students[STUDENT].to_numpy(object)[rows[0]],
            CLIENT: clients[CLIENT].to_numpy(object)[rows[1]],
            "weight": weights(found, model),
            "dated": _dated(levels),
        }
    )
    frame["probability"] = probabilities(frame["weight"].to_numpy(float), model.prior, *rows)
    frame["decision"] = one_to_one(frame, settings.accept, settings.review)
    alone = [_unlinkable(table, model, common, settings.accept) for table in (ones, others)]
    return Links(frame, _unlinkables(students, clients, alone), model, settings)


def _dated(levels: pd.DataFrame) -> Truths:
    """Whether both birth dates are known and at least nearly agree."""
    return levels["birth_date"].isin([0, 1]).to_numpy()


def _common_of(table: pd.DataFrame, rows: Rows, common: dict[str, dict[str, float]]) -> dict[str, Floats]:
    """How common each row's values are."""
    shares = {field: table[field].map(common[field]).fillna(1.0) for field in ADJUSTED}
    return {field: np.asarray(share, np.float64)[rows] for field, share in shares.items()}


def _unlinkable(table: pd.DataFrame, model: Model, common: dict[str, dict[str, float]], accept: float) -> Truths:
    """Whether each record, held against a copy of itself, would not be linked."""
    levels = with_itself(table)
    weight = weights(bits(levels, model, _common_of(table, np.arange(len(table)), common)), model)
    odds = np.exp2(weight) * model.prior / (1 - model.prior)
    return np.asarray((odds / (1 + odds) < accept) | ~_dated(levels))


def _unlinkables(students: pd.DataFrame, clients: pd.DataFrame, alone: Sequence[Truths]) -> pd.DataFrame:
    parts = [
        pd.DataFrame({"file": file, "number": table[number].to_numpy(), "unlinkable": found})
        for file, table, number, found in (
            ("students", students, STUDENT, alone[0]),
            ("clients", clients, CLIENT, alone[1]),
        )
    ]
    return pd.concat(parts, ignore_index=True)
