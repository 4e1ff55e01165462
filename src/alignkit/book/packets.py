"""Practitioners' packets: for each outcome two pages, to be printed on both sides of one sheet.

Put together from records that the chapters have handed on, so nothing is in them that is not in the book: the outcome's
chart and groups on the first page; on the second what is done about it, what practitioners concluded, what to ask, and
lines for what they conclude now.
"""

from collections.abc import Iterator, Mapping, Sequence

from alignkit.book import blocks
from alignkit.book.chapter import Chapter
from alignkit.book.markdown import escape, pipe_table
from alignkit.records import Exhibit, Headline
from alignkit.words.words import Words

ACTION, OUTCOME = "action", "outcome-"
CHART, GROUPS = "trend", "groups"


def packets(chapters: Sequence[Chapter], words: Words) -> dict[str, str]:
    """Outcome → the Markdown of its packet, for every outcome whose chapter has a chart."""
    action = next((chapter for chapter in chapters if chapter.id == ACTION), None)
    found = {}
    for chapter in chapters:
        outcome = chapter.id.removeprefix(OUTCOME)
        shown = _exhibits(chapter)
        if chapter.id.startswith(OUTCOME) and CHART in shown:
            pages = [_first(chapter, shown, words), _second(chapter, action, outcome, words)]
            found[outcome] = "\n\n".join(pages) + "\n"
    return found


def _first(chapter: Chapter, shown: Mapping[str, Exhibit], words: Words) -> str:
    said = {record.name: record.text for record in chapter.records if isinstance(record, Headline)}
    parts = [_heading(chapter.title, f"packet-{chapter.id}")]
    parts += [blocks.box(role, said[role]) for role in ("question", "answer") if said.get(role)]
    parts.append(_picture(chapter, shown[CHART]))
    parts += [_table(chapter, shown[name]) for name in (GROUPS,) if name in shown and shown[name].rows]
    gap = "gap_sentence" if "gap_sentence" in said else "gap"  # older notebooks say the sentence as "gap"
    told = [said[name] for name in ("short_of_target", gap, "direction") if said.get(name)]
    return "\n\n".join([*parts, escape(" ".join(told))])


def _second(chapter: Chapter, action: Chapter | None, outcome: str, words: Words) -> str:
    gettext = words.gettext
    title = gettext("{outcome}: our review").format(outcome=chapter.title)
    parts = [_heading(title, f"packet-{chapter.id}-review"), *_from_action(action, outcome, words)]
    parts += [blocks.heading(2, gettext("What we say today"), f"packet-{chapter.id}-form")]
    parts += [blocks.div(".form", blocks.items(_form(words)))]
    return "\n\n".join(parts)


def _from_action(action: Chapter | None, outcome: str, words: Words) -> Iterator[str]:
    shown = _exhibits(action) if action is not None else {}
    for name in ("practices", "reviews", "questions"):
        exhibit = shown.get(f"packet-{name}-{outcome}")
        if exhibit is None:
            continue
        yield blocks.heading(2, exhibit.caption, f"packet-{name}-{outcome}")
        if not exhibit.rows:
            yield escape(words.gettext("Nothing is written down yet."))
        elif name == "questions":
            yield blocks.items(row[0] for row in exhibit.rows)
        else:
            yield pipe_table(exhibit.columns, exhibit.rows, exhibit.align)
    if not shown:
        yield escape(words.gettext("Practices and reviews stand here as soon as the action chapter is in the book."))


def _form(words: Words) -> list[str]:
    """What a row of `practice_reviews` asks for."""
    gettext = words.gettext
    return [
        gettext("Day, and how many took part"),
        gettext("What we concluded, in one sentence"),
        gettext("What we will do next, and who (hand this in: it becomes a row of the table practice_reviews)"),
    ]


def _heading(title: str, name: str) -> str:
    return f"# {escape(title)} {{#sec-{name} .unnumbered}}"


def _picture(chapter: Chapter, shown: Exhibit) -> str:
    label = f"#fig-{chapter.id}-{shown.id}"
    return f'![{escape(shown.caption)}](figures/{chapter.id}-{shown.id}.svg){{{label} fig-alt="{escape(shown.alt)}"}}'


def _table(chapter: Chapter, shown: Exhibit) -> str:
    return blocks.table(pipe_table(shown.columns, shown.rows, shown.align), shown.caption, f"{chapter.id}-{shown.id}")


def _exhibits(chapter: Chapter) -> dict[str, Exhibit]:
    return {record.id: record for record in chapter.records if isinstance(record, Exhibit)}
