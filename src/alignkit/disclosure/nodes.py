"""What the solver works on: cells with two unknowns each, and the sums between them."""

from dataclasses import dataclass, field

from alignkit.disclosure.cells import CellId, Finding
from alignkit.disclosure.rules import EVERYTHING, NOTHING, Parts


@dataclass
class Node:
    """One cell of the system; `n` and `k` are its true counts, `hides` is what the solver has decided so far."""

    id: CellId
    n: int = 0
    k: int | None = None
    within: tuple[int, int] | None = None
    told: Parts = NOTHING
    """Known to everyone whatever is hidden today: already public, or shown by an earlier release."""
    listed: bool = False
    """Published in this run, so that its mask can be chosen."""
    virtual: bool = False
    """Not published by anybody: a total that only sums lead to, or a rest."""
    certain: bool = True
    """False: hidden by an earlier release and not counted in this run; `n` and `k` are then one possibility of many."""
    guarded: bool = True
    """Whether a small count in it must be protected."""
    spare: float = 0
    """How far k may exceed n: a rest's numerator may belong to parts whose numerator is not known."""
    least: int = 0
    """The smallest k that ranges of such parts allow."""
    held: Parts = NOTHING
    """The least it hides: by the primary rule, and what an earlier release hid."""
    hides: Parts = NOTHING
    cost: float = 1.0

    @property
    def fixed(self) -> bool:
        """Whether nothing of it can be hidden any more."""
        return self.told == EVERYTHING

    @property
    def secret(self) -> Parts:
        """What of it is really hidden."""
        return self.hides - self.told

    def can_hide(self, part: str) -> bool:
        """Whether hiding `part` as well would take something from a reader."""
        return self.listed and part not in self.hides | self.told and (part == "n" or self.k is not None)


@dataclass(frozen=True)
class Line:
    """One sum: the parts (and the rest, where there is one) make the total, in n or in k."""

    part: str
    total: int
    parts: tuple[int, ...]

    @property
    def nodes(self) -> tuple[int, ...]:
        """Everything in it."""
        return (self.total, *self.parts)


@dataclass
class System:
    """Nodes and the lines between them; `findings` says which data contradict each other."""

    nodes: list[Node] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
