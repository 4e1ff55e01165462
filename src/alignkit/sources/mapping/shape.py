"""An incoming file's rows, as the mapping wants them: columns side by side become rows, rows are left out."""

from dataclasses import dataclass
from fnmatch import fnmatchcase

from alignkit.errors import SourceError
from alignkit.sources.mapping.incoming import Incoming
from alignkit.sources.mapping.lines import HEADING, KEEP, FileMap, folded


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


def shaped(file: FileMap, incoming: Incoming) -> Cells:
    """The columns that the mapping names, with columns side by side as rows, without the rows it leaves out."""
    place = {name: at for at, name in enumerate(incoming.columns)}
    plain = [name for name in file.used if name in place]
    groups = _groups(file, incoming)
    numbers: list[int] = []
    columns: dict[str, list[str]] = {name: [] for name in (*plain, *(sorted(file.made)))}
    for number, row in incoming.rows:
        for heading, places in groups.items():
            numbers.append(number)
            for name in plain:
                columns[name].append(row[place[name]])
            if file.wide:
                columns[HEADING].append(heading)
                for name in file.value_names:
                    columns[name].append(row[places[name]] if name in places else "")
    return _kept(file, Cells(incoming.name, numbers, columns))


def _groups(file: FileMap, incoming: Incoming) -> dict[str, dict[str, int]]:
    """What columns side by side are about → name of a value → its column; one group where there are none."""
    if not file.wide:
        return {"": {}}
    groups: dict[str, dict[str, int]] = {}
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
            groups[heading][name] = at
    return groups


def _kept(file: FileMap, cells: Cells) -> Cells:
    """Without the rows that sheet rows leaves out; several lines about one column are alternatives."""
    keep: dict[str, set[str]] = {}
    leave: dict[str, set[str]] = {}
    for line in file.rows:
        side = keep if line["keep"] == KEEP[0] else leave
        side.setdefault(line["source"], set()).add(folded(line["text"]))
    if not (keep or leave):
        return cells
    tests = [(cells.columns[name], texts, True) for name, texts in keep.items()]
    tests += [(cells.columns[name], texts, False) for name, texts in leave.items()]
    rows = range(len(cells.numbers))
    return cells.only([at for at in rows if all((folded(t[at]) in texts) == wanted for t, texts, wanted in tests)])
