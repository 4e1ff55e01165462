"""What a released book was made from is kept, privately, until the next release of its cycle."""

import json
from datetime import date
from pathlib import Path

import pytest

from alignkit.last_book import LastBook, keep, kept
from alignkit.snapshot import Snapshot, purge, take
from tests.factory import frame

DAY = date(2026, 6, 30)
PEOPLE = frame("students", student_id="S-100200", first_name="Ann", last_name="Smithson")
"""Rows about single persons."""


@pytest.fixture
def snapshot(tmp_path: Path) -> Snapshot:
    return take({"partners": frame("partners", 2, valid_from=["2020-01-01", "2026-08-01"]), "students": PEOPLE},
                tmp_path)  # fmt: skip


def test_what_a_release_was_made_from_outlives_a_purge_but_for_single_persons(snapshot: Snapshot) -> None:
    keep(snapshot, "2026-Q2", DAY)
    assert purge(snapshot.home, snapshot.id) == ("students",)
    made_from = kept(snapshot.home, "2026-Q2")
    assert made_from is not None
    table = made_from.table("partners")
    assert table is not None
    assert len(table) == 1  # the other one was not known on that day
    assert made_from.table("students") is None


def test_the_note_holds_no_value_and_nobody_else_can_read_it(snapshot: Snapshot) -> None:
    keep(snapshot, "2026-Q2", DAY)
    (note,) = (snapshot.home / "released").iterdir()
    assert note.stat().st_mode & 0o077 == 0
    assert sorted(json.loads(note.read_text())) == ["as_of", "cycle", "own", "snapshot", "tables"]


def test_nothing_is_kept_of_a_book_that_was_not_released_or_whose_data_are_gone(snapshot: Snapshot) -> None:
    assert kept(snapshot.home, "2026-Q2") is None
    assert kept(snapshot.home, "") is None
    keep(snapshot, "2026-Q2", DAY)
    for file in (snapshot.home / "objects").iterdir():
        file.unlink()
    assert kept(snapshot.home, "2026-Q2") is None


def test_a_release_that_fails_takes_its_note_back(snapshot: Snapshot) -> None:
    take_back = keep(snapshot, "2026-Q2", DAY)
    again = keep(snapshot, "2026-Q2", date(2026, 5, 1))
    again()
    assert (first := kept(snapshot.home, "2026-Q2")) is not None
    assert first.as_of.date() == DAY
    take_back()
    assert kept(snapshot.home, "2026-Q2") is None


def test_a_book_is_compared_only_with_one_that_is_kept() -> None:
    assert [LastBook.of(previous, None, None).compares for previous in ("", "2026-Q2")] == ["first", "lost"]
