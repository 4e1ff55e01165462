"""What a draft proposes, in lines for a terminal: a person looks them over before anything is read with them."""

from collections.abc import Iterator, Sequence

from alignkit.sources.mapping.draft import Draft


def proposals(draft: Draft) -> Iterator[str]:
    """For each file what was proposed, what is left to fill, and what should be looked at."""
    for line in draft.files:
        name = line[0]
        columns = [one for one in draft.columns if one[0] == name]
        yield f"{name}: proposals to look over"
        yield from (f"  {one[1]} from {one[2]}{_read_as(one)}" for one in columns if one[2])
        yield from (f"  {one[1]} is always {one[3]}" for one in columns if one[3])
        codes = [one for one in draft.codes if one[0] == name]
        given = sum(bool(one[3]) for one in codes)
        if codes:
            yield f"  {len(codes)} lines of codes, {given} of them with a code"
        yield from (f"  {one[1]} rows in which {one[2]} says {one[3]}" for one in draft.rows if one[0] == name)
        left = [one[1] for one in columns if not one[2] and not one[3]]
        empty = {one[1]: sum(o[1] == one[1] and not o[3] for o in codes) for one in codes if not one[3]}
        left += [f"{count} codes of {column}" for column, count in empty.items()]
        if left:
            yield f"  left to fill: {', '.join(left)}"
        yield from (f"  look at this: {note}" for note in draft.notes.get(name, ()))


def _read_as(line: Sequence[str]) -> str:
    return f", read as {line[4]}" if len(line) > 4 and line[4] else ""
