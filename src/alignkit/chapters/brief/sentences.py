"""Sentences of page one: what was published in other chapters, said so that a board can act on it.

Words of corrections in the data are in `revision_sentences`.
"""

from collections.abc import Mapping

from alignkit.chapter_records import ChapterRecords
from alignkit.chapters.brief.measures import ALIGNMENTS, STANDINGS
from alignkit.chapters.brief.revision_sentences import data_changes as data_changes
from alignkit.chapters.brief.revision_sentences import not_compared as not_compared
from alignkit.chapters.brief.revision_sentences import revisions_in_words as revisions_in_words
from alignkit.chapters.brief.revision_sentences import values_gone as values_gone
from alignkit.chapters.outcome import sentences as of_outcome
from alignkit.contract.schema import schema
from alignkit.disclosure.published import Published
from alignkit.kit.lists import names
from alignkit.last_book import Compares
from alignkit.words.current import words

WORDS = ("improving", "worsening", "no clear change", "cannot tell yet")
MOST = 6
"""Sentences of one kind on page one; the chapters have the rest."""


def answer(outcomes: Published, decisions: Published) -> str:
    """Page one in one sentence: how many decisions wait, and where the outcomes stand."""
    asks = words.count(len(decisions.frame), "decision waits for the board", "decisions wait for the board")
    if outcomes.frame.empty:
        return asks[:1].upper() + asks[1:] + "."
    by = outcomes.frame["word"].value_counts()
    said = [f"{words.number(by[name])} {of_outcome.word(name)}" for name in WORDS if name in by]
    total = words.count(len(outcomes.frame), "outcome", "outcomes")
    text = words.gettext("{asks}. Of {outcomes}: {said}.").format(asks=asks, outcomes=total, said=words.list(said))
    return text[:1].upper() + text[1:]


def no_decisions(decisions: Published) -> list[str]:
    """One sentence where nothing is to be decided, else none."""
    return [] if len(decisions.frame) else [words.gettext("No decision waits for the board this cycle.")]


def widest(outcomes: Published) -> list[str]:
    """The largest gap of all outcomes counted in percent, in one sentence; none where no gap is known."""
    frame = outcomes.frame[(outcomes.frame["unit"] == "percent") & outcomes.frame["gap"].notna()]
    frame = frame[~(frame["gap_low"].astype("float64") <= 0)]  # chance alone could make those
    if frame.empty:
        return []
    row = frame.loc[frame["gap"].astype(float).idxmax()]
    gap = of_outcome.gap_in_few_words(row.to_dict())
    return [words.gettext("The widest gap: {outcome}, {gap}.").format(outcome=row["outcome"], gap=gap)]


def more_rows(p: Published, most: int, where: str) -> list[str]:
    """One sentence on the rows of `p` that page one leaves out, and the section with them; none where it has all."""
    left = len(p.frame) - most
    if left <= 0:
        return []
    text = words.ngettext("{n} more is in @sec-{where}.", "{n} more are in @sec-{where}.", left)
    return [text.format(n=words.number(left), where=where)]


def world(outcomes: Published, *, last_book: Compares = "kept") -> str:
    """What changed in the world: how many outcomes have a new result, and which way they go. `last_book`
    (`c.last_book.compares`) says whether there is a book to compare with."""
    _ = words.gettext
    if last_book == "lost":
        return _("For children: which results are new since the last book is not known (see below).")
    new = outcomes.frame[outcomes.frame["is_new"].astype("boolean").fillna(False)]
    if new.empty and last_book == "first":
        return _("For children: no outcome has a new result.")
    if new.empty:
        return _("For children: no outcome has a new result since the last book.")
    by = new["word"].value_counts()
    said = words.list([f"{words.number(by[name])} {of_outcome.word(name)}" for name in WORDS if name in by])
    counted = words.count(len(new), "outcome has a new result", "outcomes have new results")
    return _("For children: {counted}, marked NEW above: {said}.").format(counted=counted, said=said)


def work(done: Published) -> str:
    """What changed in our own work since the last book, in one sentence."""
    by, said = dict(zip(done.frame["kind"], done.frame["count"], strict=True)), []
    if "kept" in by:
        said.append(words.count(by["kept"], "promise was kept", "promises were kept"))
    if "signed" in by:
        said.append(words.count(by["signed"], "agreement was signed", "agreements were signed"))
    if "adopted" in by:
        said.append(words.count(by["adopted"], "site took up a practice", "sites took up a practice"))
    if not said:
        return words.gettext("In our work: nothing is on record yet.")
    return words.gettext("In our work: {said}.").format(said=words.list(said))


def cannot_tell(outcomes: Published, chapters: Mapping[str, ChapterRecords]) -> list[str]:
    """What we cannot tell yet, why, and when we could."""
    rows = outcomes.frame[outcomes.frame["word"] == "cannot tell yet"].to_dict("records")
    reasons: dict[str, list[str]] = {}
    for row in rows:
        why = chapters[row["chapter"]].headline("cannot_tell")
        if why is not None and why.text:
            reasons.setdefault(why.text, []).append(str(row["outcome"]))
    said = [f"{words.list(stuck)}: {why}" for why, stuck in reasons.items()]
    if not said and len(outcomes.frame):
        return [words.gettext("Every outcome has results enough to say which way it goes.")]
    return _first_few(said)


def promises(chapters: Mapping[str, ChapterRecords]) -> str:
    """The status of the promises that came due, as the commitments chapter says it."""
    chapter = chapters.get("commitments")
    said = chapter.headline("answer") if chapter else None
    return (
        said.text
        if said
        else words.gettext("No promises are on record: the commitments chapter has not run, or lacks its table.")
    )


def _first_few(said: list[str]) -> list[str]:
    if len(said) <= MOST:
        return said
    more = words.count(len(said) - MOST + 1, "more is in the chapters", "more are in the chapters")
    return [*said[: MOST - 1], more[:1].upper() + more[1:] + "."]


def alignment_names() -> dict[str, str]:
    """The five alignments, by chapter id."""
    _ = words.gettext
    return {
        "leadership": _("Leadership"),
        "outcomes": _("Outcomes"),
        "action": _("Action"),
        "data_systems": _("Data systems"),
        "advocacy": _("Advocacy"),
    }


def alignments_caption() -> str:
    """What the grid of outcomes and alignments shows."""
    return words.gettext("What stands behind each outcome, alignment by alignment")


def alignments_alt(grid: Published, blank: Mapping[str, tuple[str, str]]) -> str:
    """The grid in words: its holes first, then why a column is blank, then how much is in place."""
    holes = [_hole(id_, outcomes, every) for id_, outcomes, every in _holes(grid)]
    return " ".join([*(holes or [_no_holes(grid)]), *blank_columns(blank), *_filled(grid)])


def nobody(grid: Published) -> list[str]:
    """The holes in one paragraph, a sentence for each alignment that has any: "Nobody advocates for School
    attendance."; none where there is no hole."""
    said = [_hole(id_, outcomes, every) for id_, outcomes, every in _holes(grid)]
    return [" ".join(said)] if said else []


def _holes(grid: Published) -> list[tuple[str, list[str], bool]]:
    """Alignment, the names of the outcomes that nobody stands behind there, whether these are all outcomes."""
    frame = grid.frame
    empty = frame[frame["standing"] == "hole"].groupby("alignment")["outcome"].agg(list)
    total = frame["outcome_id"].nunique()
    return [(id_, empty[id_], len(empty[id_]) == total) for id_ in ALIGNMENTS if id_ in empty]


def _hole(alignment: str, outcomes: list[str], every: bool) -> str:
    _ = words.gettext
    said = {
        "leadership": _("Nobody leads or shares {outcomes}."),
        "outcomes": _("Neither a result nor a goal is set for {outcomes}."),
        "action": _("No practice serves {outcomes}."),
        "data_systems": _("No data are held for {outcomes}."),
        "advocacy": _("Nobody advocates for {outcomes}."),
    }[alignment]
    return said.format(outcomes=_("any outcome") if every and len(outcomes) > 1 else names(outcomes, most=4))


def _no_holes(grid: Published) -> str:
    if not (grid.frame["standing"] != "").any():
        return words.gettext("No chapter says yet what stands behind the outcomes.")
    return words.gettext("No outcome is without anybody in an alignment that is known.")


def _filled(grid: Published) -> list[str]:
    """How much is in place: "Of 45 places: 20 in place, 12 in part, 13 empty."; nothing where no place is known."""
    standing = grid.frame["standing"]
    if not (standing != "").any():
        return []
    count = {name: words.number(int((standing == name).sum())) for name in STANDINGS}
    text = words.gettext("Of {known} places: {full} in place, {part} in part, {hole} empty.")
    return [text.format(known=words.number(int((standing != "").sum())), **count)]


def blank_columns(blank: Mapping[str, tuple[str, str]]) -> list[str]:
    """Why a column of the grid is blank, a sentence each."""
    _, heads = words.gettext, alignment_names()
    said = {
        "not_in_book": _("{column} is blank: this book has no such chapter."),
        "not_made": _("{column} is blank: its chapter could not be made in this run."),
        "no_table": _("{column} is blank: the community does not keep the table “{table}” yet."),
        "says_nothing": _("{column} is blank: its chapter says nothing about single outcomes."),
    }
    return [
        said[why].format(column=heads[id_], table=schema(table).title if table else "")
        for id_, (why, table) in blank.items()
    ]


def lacking(grid: Published) -> dict[str, str]:
    """outcome_id → the alignments in which nobody stands behind it: "action, advocacy"; "" for none."""
    _ = words.gettext
    short = {
        "leadership": _("leaders"),
        "outcomes": _("measure"),
        "action": _("practice"),
        "data_systems": _("data"),
        "advocacy": _("advocacy"),
    }
    empty = grid.frame[grid.frame["standing"] == "hole"]
    found = empty.groupby("outcome_id")["alignment"].agg(list).to_dict()
    return {id_: ", ".join(short[name] for name in found.get(id_, [])) for id_ in grid.frame["outcome_id"].unique()}
