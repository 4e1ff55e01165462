"""Sentences of page one: what was published in other chapters, said so that a board can act on it."""

from collections.abc import Mapping

from alignkit.chapter_records import ChapterRecords
from alignkit.chapters.outcome import sentences as of_outcome
from alignkit.disclosure.published import Published
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
    if "gap" not in outcomes.frame:
        return []
    frame = outcomes.frame[(outcomes.frame["unit"] == "percent") & outcomes.frame["gap"].notna()]
    frame = frame[~(frame["gap_low"].astype("float64") <= 0)]  # chance alone could make those
    if frame.empty:
        return []
    row = frame.loc[frame["gap"].astype(float).idxmax()]
    return [words.gettext("The widest gap: {outcome}, {gap}.").format(outcome=row["outcome"], gap=row["gap_text"])]


def together(said: list[str]) -> list[str]:
    """Short sentences as one paragraph; none where there are none."""
    return [" ".join(said)] if said else []


def world(outcomes: Published) -> str:
    """What changed in the world: how many outcomes have a new result, and which way they go."""
    _ = words.gettext
    new = outcomes.frame[outcomes.frame["is_new"].astype("boolean").fillna(False)]
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
    said = [f"{words.list(names)}: {why}" for why, names in reasons.items()]
    return _some(said) or [words.gettext("Every outcome has results enough to say which way it goes.")]


def promises(chapters: Mapping[str, ChapterRecords]) -> str:
    """What became of the promises that came due, as the commitments chapter says it."""
    chapter = chapters.get("commitments")
    said = chapter.headline("answer") if chapter else None
    return (
        said.text
        if said
        else words.gettext("No promises are on record: the commitments chapter has not run, or lacks its table.")
    )


def _some(said: list[str]) -> list[str]:
    if len(said) <= MOST:
        return said
    more = words.count(len(said) - MOST + 1, "more stands in the chapters", "more stand in the chapters")
    return [*said[: MOST - 1], more[:1].upper() + more[1:] + "."]
