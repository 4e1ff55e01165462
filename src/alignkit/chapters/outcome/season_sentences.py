"""Words of a frequent indicator beside itself a year before."""

import pandas as pd

from alignkit.disclosure.published import Published
from alignkit.kit.amounts import change, of_every
from alignkit.words.current import words


def month_by_month(signs: Published, indicator: pd.DataFrame) -> list[str]:
    """In how many months it was worse than a year before, by how much, what coin tosses would do, and a caution."""
    _ = words.gettext
    if indicator.empty:
        return [_("No number is kept month by month yet.")]
    name, unit = str(indicator["name"].iloc[0]), str(indicator["unit"].iloc[0])
    if signs.frame.empty:
        return [
            _("{indicator}: no month can be compared with the same month a year before yet.").format(indicator=name)
        ]
    row = signs.frame.iloc[0]
    side = "worse" if row["worse"] >= row["better"] else "better"
    moved = int(row["worse"] + row["better"])
    if not moved:
        return [_("{indicator}: no month differs from the same month a year before.").format(indicator=name)]
    said = {
        "worse": _("{n} of {months} were worse than the same month a year before"),
        "better": _("{n} of {months} were better than the same month a year before"),
    }[side].format(n=words.number(row[side]), months=words.count(moved, "month", "months"))
    typical = change(row["typical"], unit) + of_every(unit)
    text = _("{indicator}: {said}, typically {typical}; coin tosses would do as well {often} times in 100.")
    told = text.format(indicator=name, said=said, typical=typical, often=_times(row["chance"]))
    return [f"{told} {caution()}"]


def _times(chance: float) -> str:
    return words.gettext("fewer than 1") if chance < 0.005 else words.number(100 * chance)


def caution() -> str:
    """What such a comparison cannot say."""
    return words.gettext("Months share their students, and are not as independent as coins: a hint, no proof.")
