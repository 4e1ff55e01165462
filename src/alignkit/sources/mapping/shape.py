"""An incoming file's rows, as the mapping wants them: columns side by side become rows, rows are left out."""

import re
from dataclasses import dataclass
from fnmatch import fnmatchcase

from alignkit.errors import SourceError
from alignkit.sources.hidden import parse_cell
from alignkit.sources.mapping.incoming import Incoming
from alignkit.sources.mapping.lines import BLANK, CAME_IN, HEADING, KEEP, NAME_DAY, FileMap, either, folded
from alignkit.sources.wrong import Wrong, places


@dataclass(frozen=True)
class Cells:
    """Columns of text, all of one length, and the row of the file in which each stands."""

    name: str
    numbers: list[int]
    columns: dict[str, list[str]]

    def only(self, rows: list[int]) -> "Cells":
        """The rows at these positions (from 0)."""
        columns = {name: [texts[at] for at in rows] for name, texts in self.columns.items()}
        return Cells(self.name, [self.numbers[at] for at in rows], columns)


def shaped(file: FileMap, incoming: Incoming, wrong: list[Wrong]) -> Cells:
    """The columns that the mapping names, with columns side by side as rows, without the rows it leaves out.

    Rules that find no row are added to `wrong`.
    """
    place = {name: at for at, name in enumerate(incoming.columns)}
    plain = [name for name in file.used if name in place]
    groups = _groups(file, incoming)
    numbers: list[int] = []
    days = [name for name in (NAME_DAY, CAME_IN) if name in file.made]
    columns: dict[str, list[str]] = {name: [] for name in (*plain, *(sorted(file.made)))}
    above = sorted({place[c.source] for c in file.columns if c.above and c.source in place})
    last = dict.fromkeys(above, "")
    for number, row in incoming.rows:
        _fill_from_above(row, last)
        if number in incoming.out:
            continue
        for heading, found in groups.items():
            numbers.append(number)
            for name in plain:
                columns[name].append(row[place[name]])
            for name in days:
                columns[name].append(incoming.days.get(name, ""))
            if file.wide:
                columns[HEADING].append(heading)
                for name in file.value_names:
                    columns[name].append(row[found[name]] if name in found else "")
    columns |= _first_filled(file, columns)
    kept = _kept(file, Cells(incoming.name, numbers, columns), wrong)
    wrong += _listed_twice(file, incoming, kept)
    return _once(file, incoming, kept)


def _fill_from_above(row: list[str], last: dict[int, str]) -> None:
    """Fill blank labels of a row with the `last` ones, by column from the left.

    Under a new label to its left a blank is no repetition, but a total of what is new, and stays blank.
    """
    new = False
    for at in last:
        if row[at].strip():
            new |= row[at] != last[at]
        elif not new:
            row[at] = last[at]
        last[at] = row[at]


def _first_filled(file: FileMap, columns: dict[str, list[str]]) -> dict[str, list[str]]:
    """Lines that name two columns of the file → the first one's cells, and the other's where those are blank."""
    sources = {column.source: either(column.source) for column in file.columns if column.source}
    return {
        source: [
            next((text for text in texts if text.strip()), "")
            for texts in zip(*(columns[name] for name in names), strict=True)
        ]
        for source, names in sources.items()
        if len(names) > 1 and all(name in columns for name in names)
    }


def shifted_rows(incoming: Incoming, cells: Cells) -> list[Wrong]:
    """Numbers to the right of the last column that has a name or is used: all in their rows may have moved there.

    In a sheet of Excel, a column without a name may well be filled in most rows.
    """
    named = [
        at for at, name in enumerate(incoming.columns, 1) if not name.startswith("(column ") or name in cells.columns
    ]
    last, kept = max(named, default=0), set(cells.numbers)
    rows = [
        number
        for number, row in incoming.rows
        if number in kept and any(text.strip() and parse_cell(text) for text in row[last:])
    ]
    if not rows or (incoming.workbook and 2 * len(rows) > len(kept)):
        return []
    what = "a number stands to the right of the last column that has a name"
    cure = "see whether the row's cells have moved to the right, and move them back, or give that column a name"
    return [Wrong(f"{incoming.name}, {places([f'row {number:,}' for number in rows])}", what, cure)]


def short_rows(file: FileMap, incoming: Incoming, cells: Cells) -> list[Wrong]:
    """Rows of a CSV file that end before a column that is used: a separator is missing, and all may have moved."""
    wide = {name for line in file.wide for name in incoming.columns if fnmatchcase(name, line["source"])}
    used = max((at for at, name in enumerate(incoming.columns, 1) if name in file.used or name in wide), default=0)
    rows = [number for number in dict.fromkeys(cells.numbers) if incoming.short.get(number, used) < used]
    if not rows:
        return []
    what = f"fewer columns than there are names ({incoming.short[rows[0]]}, not {len(incoming.columns)})"
    cure = "see which column is missing there; write the separators of blank cells too"
    return [Wrong(f"{incoming.name}, {places([f'row {number:,}' for number in rows])}", what, cure)]


def _listed_twice(file: FileMap, incoming: Incoming, cells: Cells) -> list[Wrong]:
    """Rows to be added up that are exactly alike, in a file that has columns to tell parts apart by."""
    unused = [at for at, name in enumerate(incoming.columns) if name and name not in file.used]
    if not file.parts or file.once or file.wide or not unused:
        return []
    whole, seen = dict(incoming.rows), dict[tuple[str, ...], int]()
    for number in cells.numbers:
        row = tuple(whole[number])
        first = seen.setdefault(row, number)
        if first != number and any(row[at].strip() for at in unused):
            where = f"{incoming.name}, {places([f'row {one:,}' for one in (first, number)])}"
            cure = "choose 'keep one' for rows that are exactly alike, or take one of them out of the file"
            return [Wrong(where, "they are exactly alike, and would be added up", cure)]
    return []


def _once(file: FileMap, incoming: Incoming, cells: Cells) -> Cells:
    """Of rows that say the same in every column that is used, the first one, where the mapping asks for that.

    Rows that are parts must be the same in all columns: two schools may well have the same counts.
    """
    if not file.once:
        return cells
    whole = dict(incoming.rows) if file.parts else {}
    first: dict[tuple[str, ...], int] = {}
    for at, (number, *row) in enumerate(zip(cells.numbers, *cells.columns.values(), strict=True)):
        first.setdefault((*row, *whole.get(number, ())), at)
    return cells.only(list(first.values()))


def _groups(file: FileMap, incoming: Incoming) -> dict[str, dict[str, int]]:
    """What columns side by side are about → name of a value → its column; one group where there are none."""
    if not file.wide:
        return {"": {}}
    groups: dict[str, dict[str, int]] = {}
    taken: dict[int, str] = {}
    for line in file.wide:
        for at, column in enumerate(incoming.columns):
            # A * alone would take in what other lines of the mapping use.
            if column != line["source"] and (column in file.used or not fnmatchcase(column, line["source"])):
                continue
            heading, name = line["heading"] or column, f"({line['name'] or 'value'})"
            if name in groups.setdefault(heading, {}):
                raise SourceError(
                    f"two columns are about '{heading}' and hold {name}",
                    where=f"{incoming.name}, {line['at']}",
                    cure="say in sheet wide what each of them is about, or what it holds",
                )
            if at in taken:
                what = f"two lines of sheet wide are about the column '{column}' ({taken[at]})"
                cure = "write one of them so that it is about other columns only"
                raise SourceError(what, where=f"{incoming.name}, {line['at']}", cure=cure)
            groups[heading][name], taken[at] = at, line["at"]
    return groups


def _kept(file: FileMap, cells: Cells, wrong: list[Wrong]) -> Cells:
    """Without the rows that sheet rows leaves out; several lines about one column are alternatives.

    A text that no row says is added to `wrong`: rows that it was written for may be called something else now.
    """
    keep: dict[str, list[bool]] = {}
    leave: dict[str, list[bool]] = {}
    for line in file.rows:
        says = _saying(line["text"])
        found = [bool(says.fullmatch(folded(text))) for text in cells.columns[line["source"]]]
        if not any(found):
            what = f"no row says '{line['text'] or BLANK}' in column '{line['source']}'"
            cure = f"see what it says now and correct {line['at']}; several texts: West | West County; * is any text"
            wrong.append(Wrong(cells.name, what, cure))
        side = keep if line["keep"] == KEEP[0] else leave
        before = side.get(line["source"], [False] * len(found))
        side[line["source"]] = [one or other for one, other in zip(before, found, strict=True)]
    tests = [*keep.values(), *([not one for one in found] for found in leave.values())]
    return cells.only([at for at in range(len(cells.numbers)) if all(test[at] for test in tests)]) if tests else cells


def _saying(text: str) -> re.Pattern[str]:
    """What a cell of sheet rows stands for: one of several texts, in which * is any text."""
    texts = [folded(part) for part in text.split("|")]
    return re.compile(
        "|".join(re.escape(part) if part == "*" else re.escape(part).replace(r"\*", ".*") for part in texts)
    )
