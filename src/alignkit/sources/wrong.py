"""Everything that is wrong with a file that people fill, told at once."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from alignkit.errors import InputError, SourceError

SHOWN = 5
"""How many places one line names."""


@dataclass(frozen=True)
class Wrong:
    """One thing that is wrong: where in the file, what, and the cure. Never a value that may be a person's."""

    where: str
    what: str
    cure: str


def refuse(
    file: str,
    wrongs: Sequence[Wrong],
    *,
    cure: str = "correct them in the file, save it, and run again",
    error: type[InputError] = SourceError,
) -> None:
    """Raise one `error` that lists them all, those alike on one line; do nothing where there are none."""
    if not wrongs:
        return
    if len(wrongs) == 1:
        only = wrongs[0]
        raise error(only.what, where=f"{file}, {only.where}" if only.where else file, cure=only.cure)
    alike: dict[tuple[str, str], list[str]] = defaultdict(list)
    for wrong in wrongs:
        alike[wrong.what, wrong.cure].append(wrong.where)
    lines = [f"\n  {places(wheres)}: {what}\n    → {mend}" for (what, mend), wheres in alike.items()]
    raised = error(f"{len(wrongs):,} things are wrong" + "".join(lines), where=file, cure=cure)
    raised.count = len(wrongs)
    raise raised


def places(wheres: Sequence[str]) -> str:
    """The first few places, and how many more there are."""
    more = f" and {len(wheres) - SHOWN:,} more" if len(wheres) > SHOWN else ""
    return ", ".join(wheres[:SHOWN]) + more
