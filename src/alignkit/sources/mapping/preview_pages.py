"""The preview of a mapping (`preview`) as lines for a terminal, and as one page of HTML that needs nothing else."""

from collections.abc import Iterator, Sequence
from html import escape

from alignkit.sources.mapping.preview import SERIES, Look

_STYLE = (
    "body{font:15px/1.45 system-ui,sans-serif;margin:2rem;max-width:75rem}"
    "table{border-collapse:collapse;margin:.5rem 0}"
    "td,th{border:1px solid #bbb;padding:.2rem .5rem;text-align:left}.wrong{color:#a00000}"
)


def lines(looks: Sequence[Look]) -> Iterator[str]:
    """What a terminal shows."""
    for look in looks:
        yield _head(look)
        yield from (f"  left out: {rows:,} ({why})" for why, rows in look.left)
        yield from (f"  wrong: {one}" for one in look.wrong)
        for _, row in look.series.iterrows():
            yield f"  {row['indicator_id']}, {row['place_id']}, {row['subgroup']}"
            yield from (f"    {period}  {row[period]}" for period in look.series.columns[len(SERIES) :] if row[period])


def page(looks: Sequence[Look]) -> str:
    """The page."""
    parts = [f"<!doctype html><html lang='en'><meta charset='utf-8'><title>What the mapping takes</title>"
             f"<style>{_STYLE}</style><h1>What the mapping takes</h1>"]  # fmt: skip
    for look in looks:
        parts.append(f"<h2>{escape(look.name)}</h2><p>{escape(_head(look))}</p>")
        parts += [f"<p>Left out: {rows:,} ({escape(why)})</p>" for why, rows in look.left]
        parts += [f"<p class='wrong'>Wrong: {escape(one)}</p>" for one in look.wrong]
        if len(look.series):
            rows = [look.series.columns.tolist(), *look.series.to_numpy().tolist()]
            parts.append(
                "<table>" + "".join(_row(row, "td" if at else "th") for at, row in enumerate(rows)) + "</table>"
            )
    return "\n".join(parts) + "</html>\n"


def _row(cells: Sequence[object], tag: str) -> str:
    return "<tr>" + "".join(f"<{tag}>{escape(str(cell))}</{tag}>" for cell in cells) + "</tr>"


def _head(look: Look) -> str:
    if not look.day:
        return f"{look.name}: {look.path}"
    return f"{look.name}: {look.path} ({look.day}), {look.rows_in:,} rows in, {look.made:,} made"
