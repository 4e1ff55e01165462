"""The grid of page one: what the alignment chapters say of each outcome, and what nobody says."""

from typing import Any

import pandas as pd
import pytest

from alignkit import records
from alignkit.chapter_records import ChapterRecords
from alignkit.chapters.brief import exhibits, measures, sentences
from alignkit.chapters.leadership import measures as leadership
from alignkit.chapters.leadership import sentences as about_leadership
from alignkit.disclosure.publish import DERIVED, Gate, publish
from alignkit.disclosure.published import Published

LISTED = pd.DataFrame(
    {"outcome_id": ["b", "a", "later"], "name": ["Births", "Absence", "Later"], "order": [2, 1, 3],
     "status": ["in_force", "in_force", "candidate"]}
)  # fmt: skip


def chapter(id_: str, *more: records.Record, **standing: str) -> ChapterRecords:
    """A chapter that says where each outcome stands."""
    rows = [{"outcome_id": o, "standing": s, "said": f"{id_} {s}"} for o, s in standing.items()]
    if not rows:
        return ChapterRecords(id_, more, "en")
    frame = pd.DataFrame(rows)
    shown = publish(frame, id="matrix", by=["outcome_id"], about="outcomes", carry=["standing", "said"], gate=Gate())
    return ChapterRecords(id_, (shown.record(), *more), "en")


def grid_of(chapters: dict[str, ChapterRecords]) -> Published:
    frame = measures.alignment_grid(chapters, LISTED)
    return publish(frame, id="matrix", by=["outcome_id", "alignment"], about=DERIVED,
                   carry=["outcome", "standing", "said"], gate=Gate())  # fmt: skip


@pytest.fixture
def chapters() -> dict[str, ChapterRecords]:
    found = [
        chapter("leadership", a="full", b="part"),
        chapter("advocacy", a="hole", b="hole"),
        chapter("action", a="hole"),
        chapter("data_systems", records.TableRead(table="students", rows=None)),
    ]
    return {one.chapter: one for one in found}


def test_every_outcome_in_force_stands_in_every_alignment_in_the_communitys_order(chapters: Any) -> None:
    frame = measures.alignment_grid(chapters, LISTED)
    assert frame["outcome"].drop_duplicates().tolist() == ["Absence", "Births"]
    assert frame.groupby("outcome_id").size().tolist() == [5, 5]
    standing = frame.pivot(index="outcome_id", columns="alignment", values="standing")
    assert standing.loc["a", list(measures.ALIGNMENTS)].tolist() == ["full", "", "hole", "", "hole"]
    assert standing.loc["b", list(measures.ALIGNMENTS)].tolist() == ["part", "", "", "", "hole"]


def test_a_blank_column_is_no_hole_and_says_why(chapters: Any) -> None:
    planned = ["brief", "leadership", "action", "data_systems", "advocacy"]
    assert measures.blank_alignments(chapters, planned) == {
        "outcomes": ("not_in_book", ""),
        "data_systems": ("no_table", "students"),
    }
    assert measures.blank_alignments({}, ["action"])["action"] == ("not_made", "")
    assert measures.blank_alignments({"action": chapter("action")}, ["action"])["action"] == ("says_nothing", "")
    assert sentences.blank_columns(measures.blank_alignments(chapters, planned)) == [
        "Outcomes is blank: this book has no such chapter.",
        "Data systems is blank: the community does not keep the table “Students” yet.",
    ]
    assert sentences.blank_columns({"leadership": ("not_made", ""), "action": ("says_nothing", "")}) == [
        "Leadership is blank: its chapter could not be made in this run.",
        "Action is blank: its chapter says nothing about single outcomes.",
    ]


def test_the_alternative_text_begins_with_the_holes(chapters: Any) -> None:
    alt = sentences.alignments_alt(grid_of(chapters), {})
    assert alt == (
        "No practice serves Absence. Nobody advocates for any outcome. Of 5 places: 1 in place, 1 in part, 3 empty."
    )


def test_what_is_missing_is_named_for_each_outcome(chapters: Any) -> None:
    grid = grid_of(chapters)
    assert sentences.lacking(grid) == {"a": "practice, advocacy", "b": "advocacy"}
    table = exhibits.alignments_table(grid)
    assert table.rows.frame["advocacy"].tolist() == ["advocacy hole", "advocacy hole"]
    assert list(table.columns) == ["outcome", *measures.ALIGNMENTS]


def test_a_community_without_these_chapters_has_no_holes() -> None:
    grid = grid_of({})
    assert sentences.nobody(grid) == []
    assert sentences.alignments_alt(grid, {}) == "No chapter says yet what stands behind the outcomes."


@pytest.mark.parametrize(
    ("lead", "shared", "contributors", "standing", "said"),
    [
        ("A", 2, 0, "full", "a lead, shared by 2 partners"),
        ("A", 0, 3, "part", "a lead, nobody shares it"),
        (None, 1, 0, "part", "no lead, shared by 1 partner"),
        (None, 0, 1, "part", "no lead, 1 partner contributes"),
        (None, 0, 0, "hole", "nobody has a part"),
    ],
)
def test_leadership_says_where_an_outcome_stands(lead: Any, shared: int, contributors: int, standing: str, said: str):
    frame = pd.DataFrame([{"outcome_id": "a", "lead": lead, "shared": shared, "contributors": contributors}])
    assert leadership.responsibility_standing(frame).tolist() == [standing]
    parts = publish(frame, id="parts", by=["outcome_id"], about="responsibilities",
                    carry=["lead", "shared", "contributors"], gate=Gate())  # fmt: skip
    assert about_leadership.on_page_one(parts)["said"].tolist() == [said]
