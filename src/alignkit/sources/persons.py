"""Which source may hold tables whose rows are persons.

`TableSchema.person_level` says which tables those are. What is passed round (a workbook, a mapping sheet) never holds
one; `private` holds nothing else, so that its folder can have permissions of its own.
"""

from collections.abc import Iterable

from alignkit.contract.catalog import CONTRACT, Catalog
from alignkit.errors import SourceError

PERSON_LEVEL = CONTRACT.person_level
"""The contract's tables with one row a person, or a person's event."""


def refuse_persons(names: Iterable[str], where: str, catalog: Catalog) -> None:
    """Raise `SourceError` where one of the tables is person-level; `where` is a source that goes round."""
    if found := sorted(set(names) & set(catalog.person_level)):
        tables = ", ".join(found)
        raise SourceError(
            f"{tables}: the rows are about persons, and a workbook goes round",
            where=where,
            cure=f"take {tables} out, and keep it as CSV in a folder of its own that source.private names",
        )


def only_persons(names: Iterable[str], where: str, catalog: Catalog) -> None:
    """Raise `SourceError` where one of the tables is not person-level; `where` is the private folder."""
    if found := sorted(set(names) - set(catalog.person_level)):
        tables = ", ".join(found)
        raise SourceError(
            f"{tables}: the rows are not about persons, and the private folder is for those only",
            where=where,
            cure=f"move {tables} to the folder, workbook or database that holds the other tables",
        )
