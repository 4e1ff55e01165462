"""What an executed notebook hands on: small typed data, never Python objects.

A record travels as one output of the notebook with the MIME type `MIME`. Every record is safe to publish: what must
stay hidden was taken out before it got here (`disclosure.publish`).
"""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

MIME = "application/vnd.alignkit.record+json"

Scalar = str | int | float | bool | None
Role = Literal["title", "number", "question", "answer", "note", "action", "caveat"]
"""Where the book puts a headline: `number` is only quoted, `answer` opens the chapter, `action` closes it."""


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Headline(_Record):
    """A sentence or number that pages and narratives may quote by `name`."""

    kind: Literal["headline"] = "headline"
    name: str
    text: str
    """As a reader sees it: plain text, already rounded and disclosed."""
    value: Scalar = None
    role: Role = "number"
    heading: str = ""
    """The section (level-2 heading) that a `note` belongs to, where there is one."""
    where: Literal["both", "web"] = "both"
    """`web`: a `note` that is absent from the PDF, with its heading."""


class Cell(_Record):
    """One published row of a measure: its key, what may be shown of it, and why the rest is not."""

    key: dict[str, Scalar]
    status: Literal["shown", "band", "hidden", "at_source", "range", "not_comparable", "missing"]
    text: str
    shown: dict[str, Scalar]
    """Column → value; columns that are hidden in this row are absent."""


class Published(_Record):
    """A measure after the one door: id, what its rows are about, its cells."""

    kind: Literal["published"] = "published"
    id: str
    about: str
    quantity: str
    by: tuple[str, ...]
    draft: bool
    cells: tuple[Cell, ...]


class Exhibit(_Record):
    """A chart or a table: what the book needs beside the image itself."""

    kind: Literal["exhibit"] = "exhibit"
    id: str
    type: Literal["chart", "table"]
    caption: str
    alt: str
    """For a chart: this cycle's finding in words. For a table: empty, the table is text."""
    columns: tuple[str, ...]
    align: tuple[Literal["left", "right", "center"], ...]
    rows: tuple[tuple[str, ...], ...]
    """The numbers behind a chart, or the table itself, as a reader sees them."""
    where: Literal["both", "web", "packet"] = "both"
    """`web`: folded away on the web and absent from the PDF; `packet`: only in a practitioners' packet."""


class TableRead(_Record):
    """A table that the chapter asked for; `rows` is None where the community does not keep it."""

    kind: Literal["table_read"] = "table_read"
    table: str
    rows: int | None


Record = Annotated[Headline | Published | Exhibit | TableRead, Field(discriminator="kind")]
_ADAPTER: TypeAdapter[Record] = TypeAdapter(Record)


def emit(record: Record, beside: Mapping[str, str] | None = None) -> None:
    """Show `record` in the running notebook, together with what a person looks at.

    `beside` maps MIME type → content (an SVG, HTML, Markdown). Outside a kernel nothing is shown.
    """
    from IPython.core.getipython import get_ipython
    from IPython.display import display

    if get_ipython() is None:
        return
    bundle: dict[str, Any] = {"text/plain": _caption(record), **(beside or {}), MIME: record.model_dump(mode="json")}
    display(bundle, raw=True)


def _caption(record: Record) -> str:
    match record:
        case Headline():
            return record.text
        case Published():
            hidden = sum(cell.status in ("hidden", "band") for cell in record.cells)
            draft = " (draft: no mask yet)" if record.draft else ""
            return f"published {record.id}: {len(record.cells)} rows, {hidden} hidden{draft}"
        case Exhibit():
            return record.caption
        case TableRead():
            return f"read {record.table}: " + ("not there" if record.rows is None else f"{record.rows} rows")


def from_output(output: Mapping[str, Any]) -> Record | None:
    """The record in one notebook output, or None."""
    data = output.get("data", {})
    return _ADAPTER.validate_python(data[MIME]) if MIME in data else None


def of_notebook(notebook: Mapping[str, Any]) -> Iterator[Record]:
    """Every record of an executed notebook (nbformat 4), in the order of its outputs."""
    for cell in notebook["cells"]:
        for output in cell.get("outputs", []):
            record = from_output(output)
            if record is not None:
                yield record
