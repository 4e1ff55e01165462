"""The shelf: a book is built once per state of the code, and never read after anything it is made of has changed."""

import os
import shutil
from pathlib import Path

import pytest

import alignkit
from tests import shelf
from tests.shelf import Shelf, state


@pytest.fixture
def code(tmp_path, monkeypatch) -> Path:
    """A repository of its own: one file in each folder that a book is made of, and in the tests."""
    root = tmp_path / "repository"
    for name in ("src/alignkit/__init__.py", "notebooks/one.ipynb", "templates/book/page.html", "params/a/b.yml",
                 "tests/louisville/params/q.sql", "tests/helper.py", "tests/test_one.py"):  # fmt: skip
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(name)
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "real.csv").write_text("1")
    monkeypatch.setattr(shelf, "ROOT", root)
    monkeypatch.setattr(alignkit, "__file__", str(root / "src/alignkit/__init__.py"))
    monkeypatch.setenv("ALIGNKIT_REAL_DATA", str(tmp_path / "data"))
    return root


CHANGED = ["src/alignkit/__init__.py", "notebooks/one.ipynb", "templates/book/page.html", "params/a/b.yml",
           "tests/louisville/params/q.sql", "tests/helper.py", "../data/real.csv"]  # fmt: skip


@pytest.mark.parametrize("name", CHANGED)
def test_whatever_a_book_is_made_of_is_in_its_state(code, name):
    before = state()
    assert state() == before
    (code / name).write_text("changed")
    changed = state()
    assert changed != before
    (code / name).unlink()
    assert state() not in (before, changed)


def test_so_are_variables_and_distributions_but_no_test(code, monkeypatch):
    before = state()
    (code / "tests" / "test_one.py").write_text("changed")
    assert state() == before
    monkeypatch.setenv("LANG", "fr_FR.UTF-8")
    assert (other := state()) != before
    monkeypatch.setattr(shelf, "distributions", lambda: ["alignkit==0.1.0"])
    assert state() not in (before, other)


def test_a_book_is_built_once_for_all_processes_and_again_when_the_code_changes(code, tmp_path):
    built = []

    def build(folder: Path) -> Path:
        built.append(folder)
        (folder / "page.html").write_text("A page.")
        return folder / "page.html"

    first, second = (Shelf(tmp_path / "books").book("one", build) for _ in range(2))
    assert first == second
    assert len(built) == 1
    (code / "notebooks" / "one.ipynb").write_text("changed")
    assert Shelf(tmp_path / "books").book("one", build) != first
    assert first.read_text() == "A page."  # whoever still reads the old one may


def test_what_a_stopped_build_left_is_no_book(code, tmp_path):
    books = Shelf(tmp_path / "books")
    with pytest.raises(ZeroDivisionError):
        books.book("one", lambda folder: (folder / "half").touch() or 1 / 0)
    assert books.book("one", lambda folder: sorted(folder.iterdir())) == []


def test_a_book_whose_code_changed_while_it_was_built_is_not_kept(code, tmp_path):
    books = Shelf(tmp_path / "books")
    with pytest.raises(AssertionError, match="changed while one was built"):
        books.book("one", lambda folder: (code / "tests" / "helper.py").write_text("changed"))
    assert not list((tmp_path / "books").rglob("*.pickle"))


def test_a_test_that_changes_a_book_is_found_out(code, tmp_path):
    books = Shelf(tmp_path / "books")
    page = books.book("one", lambda folder: [(folder / name).touch() for name in "ab"] and folder)
    assert books.changed("one") == []
    (page / "a").write_text("changed")
    (page / "b").unlink()
    (page / "c").touch()
    assert books.changed("one") == ["a", "b", "c"]


def test_shelves_that_nobody_uses_are_thrown_away_and_nothing_else(code, tmp_path):
    old, other = tmp_path / "books" / ("0" * 20), tmp_path / "books" / "letters"
    for folder in (old, other):
        folder.mkdir(parents=True)
        os.utime(folder, (0, 0))
    kept = Shelf(tmp_path / "books").home
    assert sorted((tmp_path / "books").iterdir()) == sorted([kept, other])
    shutil.rmtree(kept)
