"""Which of a database's tables are meant for us."""

from collections.abc import Collection
from difflib import get_close_matches

from alignkit.contract.catalog import Catalog
from alignkit.errors import SourceError


def among(
    names: Collection[str], elsewhere: Collection[str], where: str, place: str, catalog: Catalog
) -> tuple[str, ...]:
    """The catalog's tables among `names`, in its order; a database holds other things too, which are ignored.

    Raises `SourceError` where there is none; then names that come near, also in other schemas (`elsewhere`, written
    schema.table), are the cure.
    """
    found = tuple(table for table in catalog.names if table in names)
    if found:
        return found
    near = [f"{name} (for {table})" for name in (*names, *elsewhere) if (table := _meant(name, catalog))]
    hint = f"names that come near: {', '.join(near[:5])}; " if near else ""
    raise SourceError(
        f"no table or view of the contract in {place}",
        where=where,
        cure=f"{hint}name a table or view there like the data dictionary does, such as {', '.join(catalog.names[:3])}",
    )


def _meant(name: str, catalog: Catalog) -> str:
    near = get_close_matches(name.rpartition(".")[2].lower(), catalog.names, n=1, cutoff=0.8)
    return near[0] if near else ""
