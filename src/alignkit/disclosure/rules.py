"""The rule of small numbers: what one row may show, seen by itself.

Below the minimum count nothing is shown. With enough people, but a numerator (or the rest up to the denominator) below
the minimum, a band is shown that fits every numerator below it. What further rows must hide so that these cannot be
worked out by adding and subtracting is `solve`'s task.
"""

from dataclasses import dataclass
from math import ceil
from typing import Literal

Parts = frozenset[str]
"""What is hidden of a row: "n" (the denominator, and with it everything) and "k" (the numerator and the value)."""
NOTHING: Parts = frozenset()
NUMERATOR: Parts = frozenset({"k"})
EVERYTHING: Parts = frozenset({"n", "k"})

PER = {"percent": 100, "rate_per_1000": 1000}
"""Unit → what a numerator over its denominator is multiplied by."""


@dataclass(frozen=True)
class Rule:
    """A community's data standard, as far as it says which counts are too small to publish."""

    minimum_count: int = 10

    @property
    def protection(self) -> int:
        """How far apart the smallest and largest count must lie that fit what is published about a hidden small one.

        Half the minimum: a band of 0 to 9 may become 0 to 5 for somebody who does the sums, never one or two values.
        A small denominator is promised more: it can never be proved to lie below the minimum.
        """
        return max(1, self.minimum_count // 2)

    def small(self, count: int) -> bool:
        """Whether a count of persons is too small to publish; zero is as telling as one."""
        return count < self.minimum_count

    def primary(self, n: int | None, k: int | None) -> Parts:
        """What a row must hide whatever other rows show."""
        if n is None or self.small(n):
            return EVERYTHING
        if k is not None and (self.small(k) or self.small(n - k)):
            return NUMERATOR
        return NOTHING

    def tells_small(self, n: int | None, within: tuple[int, int]) -> bool:
        """Whether a range, put into numerators, says that the numerator (or the rest) is too small to publish."""
        return n is None or self.small(within[1]) or self.small(n - within[0])

    def side(self, n: int, k: int) -> Literal["low", "high"] | None:
        """Which band the row shows; None where both could apply (n below twice the minimum) or none does."""
        if n < 2 * self.minimum_count:
            return None
        return "low" if self.small(k) else "high" if self.small(n - k) else None

    def bound(self, n: int, unit: str, side: Literal["low", "high"]) -> int | None:
        """The band's end in the row's unit, the same for every numerator it covers; None where the unit has no band.

        "low" means the value is under it, "high" over it: n = 40 and a minimum of 10 give 25 and 75 percent.
        """
        if unit == "count":
            return self.minimum_count if side == "low" else n - self.minimum_count
        if unit not in PER:
            return None
        edge = ceil(PER[unit] * self.minimum_count / n)
        return edge if side == "low" else PER[unit] - edge

    def numerators(self, n: int, side: Literal["low", "high"] | None) -> tuple[int, int]:
        """Smallest and largest numerator that a reader who knows the rule holds possible where the value is hidden.

        In a band: below the minimum. With n below twice the minimum: anything. Else the value is hidden for the sake
        of other rows, and a small numerator would have shown a band.
        """
        if side == "low":
            return 0, self.minimum_count - 1
        if side == "high":
            return n - self.minimum_count + 1, n
        return (0, n) if n < 2 * self.minimum_count else (self.minimum_count, n - self.minimum_count)


def rule_of(rule: Rule | int) -> Rule:
    """A rule, where only its minimum count may be given."""
    return rule if isinstance(rule, Rule) else Rule(rule)
