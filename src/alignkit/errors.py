"""Every error alignkit raises on purpose.

    AlignkitError
    ├── InputError (ValueError)            exit code 2: something given to us is wrong
    │   ├── ParamsError                    a parameter file
    │   ├── ContractError                  the community's tables; carries every failure
    │   ├── SourceError                    a folder, file or query cannot be read
    │   ├── LateTablesError                data are late, and the community waits for them
    │   ├── NotebookError                  a notebook breaks the house's rules
    │   └── NarrativeError                 a narrative names a number nobody published
    ├── TableMissingError (LookupError)    a chapter asks for a table the community does not keep
    ├── DisclosureError (PermissionError)  something would show what must stay hidden
    ├── ChapterError (RuntimeError)        exit code 1: a chapter's notebook failed
    ├── BookError (RuntimeError)           exit code 1: the book cannot be rendered
    └── ReleaseRefused (RuntimeError)      exit code 1: the gate; carries every reason

A message says what is wrong, where, and the cure.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any


class AlignkitError(Exception):
    """Base of all errors below; `exit_code` is what the command line ends with."""

    exit_code = 1
    count = 1
    """How many things are wrong."""

    def __init__(self, what: str, *, where: str = "", cure: str = "") -> None:
        self.what, self.where, self.cure = what, where, cure
        super().__init__(what, where, cure)

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        cure = f"\n  Cure: {self.cure}" if self.cure else ""
        return f"{place}{self.what}{cure}"


class InputError(AlignkitError, ValueError):
    """Something that was given to alignkit is wrong."""

    exit_code = 2


class ParamsError(InputError):
    """A parameter file is wrong."""


class ContractError(InputError):
    """The community's tables break the contract; `failures` lists every one."""

    def __init__(self, what: str, failures: Sequence[object], *, where: str = "", cure: str = "") -> None:
        super().__init__(what, where=where, cure=cure)
        self.failures = tuple(failures)
        self.count = len(self.failures)


class SourceError(InputError):
    """A source of tables cannot be read.

    `readable` is what could be read all the same, table → frame: a check looks at it too, a run never uses it.
    `parts` are the errors that it joins, if any.
    """

    parts: tuple["SourceError", ...] = ()
    readable: Mapping[str, Any] = MappingProxyType({})


class LateTablesError(InputError):
    """Data are late and `late_tables: wait` says not to run without them; `late` lists what is."""

    def __init__(self, late: Sequence[object], *, where: str = "", cure: str = "") -> None:
        listed = "".join(f"\n  - {one}" for one in late)
        super().__init__(f"nothing was run, because data are late:{listed}", where=where, cure=cure)
        self.late = tuple(late)


class NotebookError(InputError):
    """A notebook breaks a rule that the run or the book relies on."""


class NarrativeError(InputError):
    """A narrative file names a number that no chapter published."""


class TableMissingError(AlignkitError, LookupError):
    """A chapter asks for a table that this community does not keep (yet)."""

    def __init__(self, table: str, *, where: str = "", cure: str = "") -> None:
        super().__init__(f"table '{table}' is not there", where=where, cure=cure)
        self.table = table


class DisclosureError(AlignkitError, PermissionError):
    """Showing this would give away what must stay hidden."""


class ChapterError(AlignkitError, RuntimeError):
    """A chapter's notebook failed; the message quotes the cell."""


class BookError(AlignkitError, RuntimeError):
    """The book cannot be put together or rendered."""


class ReleaseRefused(AlignkitError, RuntimeError):  # noqa: N818 - a refusal is an outcome, not a fault
    """The release gate said no; `reasons` lists every one."""

    def __init__(self, reasons: Sequence[str], *, where: str = "", cure: str = "") -> None:
        listed = "".join(f"\n  - {reason}" for reason in reasons)
        super().__init__(f"not released, because{listed}", where=where, cure=cure)
        self.reasons = tuple(reasons)
