"""Bands: what is shown in place of a value whose count is too small to publish, such as "under 25%" or "over 72%".

The words are written and read here, so that whatever works with published rows can tell which counts fit a band
without ever seeing the count itself.
"""

from collections.abc import Mapping
from typing import Any, Literal

import pandas as pd

from alignkit.disclosure.published import Published
from alignkit.disclosure.rules import Rule, rule_of
from alignkit.words.current import words
from alignkit.words.words import Words

Side = Literal["low", "high"]
SIDES: tuple[Side, Side] = ("low", "high")


def band(rule: Rule, n: int, unit: str, side: Side, said: Words) -> str | None:
    """The words of a band on that side; None where the unit has no bands."""
    bound = rule.bound(n, unit, side)
    if bound is None:
        return None
    template = said.gettext("under {value}") if side == "low" else said.gettext("over {value}")
    return template.format(value=said.value(bound, unit))


def fitting(p: Published, rule: Rule | int) -> list[tuple[int, int] | None]:
    """For each row of `p`, the smallest and largest numerator that fit what is published of it.

    Both are the numerator itself where the row is shown; None where it is hidden or has no counts. `rule` is the rule
    of small numbers that `p` was published by, or its minimum count.
    """
    return [_fitting(row, rule_of(rule), words) for row in p.frame.to_dict("records")]


def _fitting(row: Mapping[Any, Any], rule: Rule, said: Words) -> tuple[int, int] | None:
    if row["status"] == "shown" and not pd.isna(row.get("numerator")):
        return int(row["numerator"]), int(row["numerator"])
    if row["status"] != "band":
        return None
    n, unit = int(row["denominator"]), str(row["unit"])
    found = [side for side in SIDES if band(rule, n, unit, side, said) == row["text"]]
    return rule.numerators(n, found[0]) if len(found) == 1 else None
