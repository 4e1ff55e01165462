"""Everything that is wrong with a file that people fill, told at once."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

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
    readable: Mapping[str, Any] | None = None,
) -> None:
    """Raise one `error` that lists them all, those alike on one line; do nothing where there are none.

    `readable`: tables that could be read all the same, see `SourceError`.
    """
    wrongs = list(dict.fromkeys(wrongs))
    if not wrongs:
        return
    raised = _raised(file, wrongs, cure, error)
    if isinstance(raised, SourceError):
        raised.readable = readable or {}
    raise raised


def _raised(file: str, wrongs: Sequence[Wrong], cure: str, error: type[InputError]) -> InputError:
    if len(wrongs) == 1:
        only = wrongs[0]
        return error(only.what, where=f"{file}, {only.where}" if only.where else file, cure=only.cure)
    alike: dict[tuple[str, str], list[str]] = defaultdict(list)
    for wrong in wrongs:
        alike[wrong.what, wrong.cure].append(wrong.where)
    lines = [f"\n  {places(wheres)}: {what}\n    → {mend}" for (what, mend), wheres in alike.items()]
    raised = error(f"{len(wrongs):,} things are wrong" + "".join(lines), where=file, cure=cure)
    raised.count = len(wrongs)
    return raised


def refuse_errors(file: str, errors: Sequence[SourceError], readable: Mapping[str, Any]) -> None:
    """Raise one `SourceError` for all of these, with what could be read beside; do nothing where there are none."""
    if not errors:
        return
    parts = [part for error in errors for part in error.parts or (error,)]
    raised = parts[0]
    if len(parts) > 1:
        lines = [f"\n  {part.where}: {part.what}\n    → {part.cure}" for part in parts]
        count, cure = sum(part.count for part in parts), "correct them, and run again"
        raised = SourceError(f"{count:,} things are wrong" + "".join(lines), where=file, cure=cure)
        raised.count, raised.parts = count, tuple(parts)
    raised.readable = {**raised.readable, **readable}
    raise raised


def places(wheres: Sequence[str]) -> str:
    """The first few places, and how many more there are."""
    more = f" and {len(wheres) - SHOWN:,} more" if len(wheres) > SHOWN else ""
    return ", ".join(wheres[:SHOWN]) + more
