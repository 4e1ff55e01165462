"""Whether incoming files still look as they did when the mapping last worked (`memory`).

A change is accepted by editing a line about the file, such as the day in 'Layout looked at on': no run can do that by
itself.
"""

from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from fnmatch import fnmatchcase

from alignkit.contract.schema import nearest
from alignkit.sources.mapping.incoming import Incoming, separator_hint
from alignkit.sources.mapping.lines import HEADINGS, FileMap
from alignkit.sources.mapping.memory import Remembered
from alignkit.sources.wrong import Wrong

SHOWN_NAMES = 30
"""More names than these are not listed: a row of data taken for names is nobody's to read."""
_LOOKED = HEADINGS["files"]["looked"]


def differences(file: FileMap, incoming: Incoming, remembered: Remembered | None) -> list[Wrong]:
    """What the mapping needs and the file does not have, and what is not as remembered."""
    missing = [name for name in file.used if name not in incoming.columns]
    if missing and (told := _elsewhere(file, incoming, missing)):
        return [told]
    unnamed = [name for name in incoming.columns if name not in file.used]
    known = remembered.columns if remembered and remembered.digest == file.digest else None
    new = [] if known is None else [name for name in unnamed if name not in known and not is_wide(file, name)]
    renamed = {name: _nearest(name, new or unnamed) for name in missing}
    wrong = [_gone(file, incoming, name, near, new or unnamed) for name, near in renamed.items()]
    wrong += list(_empty_patterns(file, incoming))
    if known is not None:
        gone = [name for name in known if name not in incoming.columns and name not in file.used]
        wrong += list(_unused(file, incoming, gone, [name for name in new if name not in renamed.values()]))
    return wrong


def twice_in_some(file: FileMap, incoming: Sequence[Incoming]) -> Iterator[Wrong]:
    """A name that is used, and that two columns have in some of the files: which of them is meant is not sure."""
    for name in file.used:
        twice = [one for one in incoming if f"{name} (2)" in one.columns]
        if len(twice) < len(incoming):
            cure = f"see which is meant; map that file by itself, with '{name} (2)' for the second one"
            yield from (Wrong(one.name, f"two columns are named '{name}', in other files one", cure) for one in twice)


def _nearest(name: str, candidates: Iterable[str]) -> str:
    """The candidate that may be the same under another name; empty where none is near."""
    plain = {text.lower(): text for text in candidates}
    near = get_close_matches(name.lower(), plain, n=1, cutoff=0.5)
    return plain[near[0]] if near else ""


def _gone(file: FileMap, incoming: Incoming, name: str, near: str, candidates: list[str]) -> Wrong:
    if near:
        cure = f"if it is now called '{near}', write that into {file.used[name]}"
    elif len(candidates) <= SHOWN_NAMES:
        cure = f"correct {file.used[name]}; columns not used yet: {', '.join(candidates) or 'none'}"
    else:
        cure = f"correct {file.used[name]}, or ask the publisher"
    return Wrong(incoming.name, f"the column '{name}' is gone", cure)


def _elsewhere(file: FileMap, incoming: Incoming, missing: list[str]) -> Wrong | None:
    """Names that stand in another row, or columns that were not told apart."""
    if separator := separator_hint(file, incoming):
        cure = f"choose {separator} in {file.at}"
        return Wrong(incoming.name, "the columns are separated by something else", cure)
    for number, row in enumerate(incoming.top, 1):
        if number != file.header[1] and set(missing) <= set(row) and len(missing) > 1:
            cure = f"if that is right, write {number} into '{HEADINGS['files']['header']}' of {file.at}"
            return Wrong(incoming.name, f"the column names stand in row {number}, not {file.header[1]}", cure)
    return None


def _empty_patterns(file: FileMap, incoming: Incoming) -> Iterator[Wrong]:
    for line in file.wide:
        if "*" in line["source"] and not any(fnmatchcase(name, line["source"]) for name in incoming.columns):
            cure = f"correct {line['at']}; {nearest(line['source'], incoming.columns[:SHOWN_NAMES], 'columns')}"
            yield Wrong(incoming.name, f"no column is like '{line['source']}'", cure)


def _unused(file: FileMap, incoming: Incoming, gone: list[str], new: list[str]) -> Iterator[Wrong]:
    """Columns that the mapping does not use: gone, renamed or new, which may change what the others mean."""
    accept = f"look at the file; if all is well, write today's date into '{_LOOKED}' of {file.at}"
    for name in gone:
        near = get_close_matches(name, new, n=1)
        renamed = f" (renamed to '{near[0]}'?)" if near else ""
        new = [other for other in new if other not in near]
        yield Wrong(incoming.name, f"the column '{name}', which is not used, is gone{renamed}", accept)
    for name in new:
        named = f"'{name}'" if len(new) <= SHOWN_NAMES else "number " + str(incoming.columns.index(name) + 1)
        yield Wrong(incoming.name, f"there is a new column {named}", f"use it in sheet columns, or {accept}")


def is_wide(file: FileMap, name: str) -> bool:
    """Whether a column is one of those side by side that become rows."""
    return any(fnmatchcase(name, line["source"]) for line in file.wide)
