"""Practitioners' packets: what stands on the two pages of an outcome's sheet, from records alone."""

from dataclasses import replace

from alignkit.book.chapter import Chapter
from alignkit.book.packets import packets
from alignkit.records import Exhibit, Headline
from alignkit.words.words import words

EN = words("en")


def exhibit(id: str, *rows: tuple[str, ...], kind: str = "table", where: str = "both") -> Exhibit:
    width = len(rows[0]) if rows else 1
    return Exhibit(id=id, type=kind, caption=f"Caption of {id}", alt="What it shows" if kind == "chart" else "",
                   columns=tuple("ABCDE"[:width]), align=("left",) * width, rows=rows, where=where)  # fmt: skip


def outcome(*more: Exhibit) -> Chapter:
    said = [Headline(name=name, text=f"The {name}.", role=role) for name, role in
            (("question", "question"), ("answer", "answer"), ("gap", "number"))]  # fmt: skip
    return Chapter("outcome-reading", "Reading", "", records=(*said, exhibit("trend", kind="chart"), *more))


def action(**rows: list[tuple[str, ...]]) -> Chapter:
    made = [exhibit(f"packet-{name}-reading", *some, where="packet") for name, some in rows.items()]
    return Chapter("action", "Action", "", records=tuple(made))


def sheet(*chapters: Chapter) -> str:
    """The packet of "reading", its words without Markdown's marks."""
    return packets(chapters, EN)["reading"].replace("\\", "")


def test_a_packet_has_two_pages_with_chart_practices_questions_and_room_to_write():
    given = action(practices=[("Tutoring", "Strong")], reviews=[("Tutoring", "May")], questions=[("Why?",), ("Who?",)])
    text = sheet(outcome(exhibit("groups", ("Everyone", "44%"))), given)
    assert text.count("\n# ") + text.startswith("# ") == 2
    for part in ("The answer.", "outcome-reading-trend.svg", "Everyone", "The gap.", "Tutoring", "- Why?", "- Who?"):
        assert part in text
    assert text.index("The gap.") < text.index("our review") < text.index("Tutoring") < text.index("in one sentence")


def test_where_the_gap_is_a_plain_number_the_packet_has_the_sentence():
    now = outcome()
    names = (("gap", "18 points"), ("gap_sentence", "A gap of 18 of 100."))
    said = tuple(Headline(name=name, text=text) for name, text in names)
    text = sheet(replace(now, records=(*(r for r in now.records if getattr(r, "name", "") != "gap"), *said)))
    assert "A gap of 18 of 100." in text
    assert "18 points" not in text


def test_without_reviews_or_practices_it_says_so_and_keeps_the_lines_to_write_on():
    text = sheet(outcome(), action(practices=[], reviews=[], questions=[("Who?",)]))
    assert text.count("Nothing is written down yet.") == 2
    assert "{.form}" in text


def test_without_the_action_chapter_the_second_page_says_what_would_stand_there():
    assert "as soon as the action chapter is in the book" in sheet(outcome())


def test_an_outcome_without_a_chart_has_no_packet():
    bare = Chapter("outcome-reading", "Reading", "", records=())
    assert packets([bare, action()], EN) == {}
