"""What an executed chapter hands on to page one, to other chapters and to tests."""

from dataclasses import dataclass

from alignkit import records
from alignkit.disclosure.published import Published
from alignkit.errors import InputError


@dataclass(frozen=True)
class ChapterRecords:
    """What another, already executed chapter handed on."""

    chapter: str
    all: tuple[records.Record, ...]
    lang: str

    def headline(self, name: str) -> records.Headline | None:
        """The headline of that name, or None."""
        found = (r for r in self.all if isinstance(r, records.Headline) and r.name == name)
        return next(found, None)

    def exhibit(self, id: str) -> records.Exhibit:
        """The chart or table of that id. Raises `InputError` with the ids there are."""
        there = {r.id: r for r in self.all if isinstance(r, records.Exhibit)}
        if id not in there:
            cure = f"ids there are: {', '.join(there) or 'none'}"
            raise InputError(f"no chart or table has the id '{id}'", where=f"chapter {self.chapter}", cure=cure)
        return there[id]

    def published(self, id: str) -> Published | None:
        """The published measure of that id, or None."""
        found = (r for r in self.all if isinstance(r, records.Published) and r.id == id)
        record = next(found, None)
        return None if record is None else Published.from_record(record, self.lang)
