"""What stands behind a measure: the form of every entry of the assumptions log."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    """One measure, or several that share everything said here.

    `ids` are the published measures it covers; `what` is its name, `how` its formula, `source` where that is written,
    `assumes` what must be so for it to be right, `silent` when it says that it cannot tell.
    """

    ids: tuple[str, ...]
    what: str
    how: str
    source: str
    assumes: str
    silent: str
