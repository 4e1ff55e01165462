"""Tables about the partners: what they signed, what they lead, whether they came."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from alignkit.demo.tools import authored, generator, listed, typed

ELEMENTS = {
    "vision": ("vision", "2024"),
    "standard_1": ("data_standard", "1"),
    "standard_2": ("data_standard", "2"),
    "advocacy": ("advocacy_agenda", "2025"),
}
"""Column of signatures.csv → the element signed and its version."""
ENDS = {("mill-creek-health-center", "2"): "2026-11-15", ("ferry-landing-health", "2024"): "2027-04-08"}
"""(partner, version) → the last day of signatures that end."""
BOARD = (
    "riverbend-cradle-to-career", "riverbend-public-schools", "eastbank-schools", "riverbend-community-college",
    "mill-creek-head-start", "county-health-department", "saint-brigid-hospital", "chamber-of-commerce",
    "county-commission", "city-of-riverbend", "community-foundation", "parents-table", "interfaith-council",
)  # fmt: skip
SNOW = "convening-2026-02"
"""The convening on the day of the ice storm: few came, for a reason that will not return."""


def officers() -> dict[str, tuple[str, str]]:
    """Partner → the name and office of the person who signs for it."""
    return {row["partner_id"]: (row["name"], row["role"]) for row in listed("officers")}


def agreements() -> pd.DataFrame:
    """Every signature, one row each, from signatures.csv."""
    signer = officers()
    rows = [
        {
            "agreement_id": f"a-{row['partner_id']}-{element.replace('_', '-')}-{version}",
            "partner_id": row["partner_id"],
            "element": element,
            "version": version,
            "signer": signer[row["partner_id"]][0],
            "signer_role": signer[row["partner_id"]][1],
            "signed_on": row[column],
            "valid_until": ENDS.get((row["partner_id"], version)),
        }
        for row in listed("signatures")
        for column, (element, version) in ELEMENTS.items()
        if row[column]
    ]
    return _frame("agreements", rows)


def responsibilities() -> pd.DataFrame:
    """Who leads, shares or contributes to which outcome; the partner's officer has signed for it."""
    signer = officers()
    rows = [row | {"signer": signer[row["partner_id"]][0]} for row in listed("responsibilities")]
    return _frame("responsibilities", rows)


def meeting_attendance(seed: int) -> pd.DataFrame:
    """Who came: all partners are asked to convenings, thirteen to the board, some practitioners to reviews."""
    rng = generator(seed, "attendance")
    partners, meetings = authored("partners"), authored("meetings")
    pairs = meetings.merge(partners[["partner_id", "setting", "valid_from", "valid_until"]], how="cross")
    there = (pairs["valid_from"] <= pairs["held_on"]) & ~(pairs["valid_until"] < pairs["held_on"])
    board = (pairs["kind"] == "board") & pairs["partner_id"].isin(BOARD)
    review = (pairs["kind"] == "data review") & (pairs["partner_id"].map(_number) % 3 == 0)
    pairs = pairs[there & (board | review | (pairs["kind"] == "convening"))].reset_index(drop=True)
    keen = dict(zip(partners["partner_id"], rng.beta(6, 2.2, len(partners)), strict=True))
    chance = pairs["partner_id"].map(keen).to_numpy(float) + np.where(pairs["kind"] == "board", 0.12, 0)
    chance = np.where(pairs["meeting_id"] == SNOW, 0.3 * chance, chance)
    came = (rng.random(len(pairs)) < chance) | (pairs["partner_id"] == "riverbend-cradle-to-career")
    return typed("meeting_attendance", pairs.assign(attended=came, attended_on=pairs["held_on"]))


def _number(partner: str) -> int:
    return sum(map(ord, partner))


def _frame(table: str, rows: Sequence[Mapping[str, str | None]]) -> pd.DataFrame:
    return typed(table, pd.DataFrame(rows, dtype="object").replace({"": None}))
