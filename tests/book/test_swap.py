import os
from pathlib import Path

import pytest

from alignkit.book import swap


def folder(path: Path, content: str) -> Path:
    path.mkdir(parents=True)
    (path / "a").write_text(content)
    return path


def test_a_folder_takes_the_place_of_another(tmp_path):
    folder(tmp_path / "book", "old")
    swap.put(folder(tmp_path / "new", "new"), tmp_path / "book")
    assert (tmp_path / "book" / "a").read_text() == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["book"]


def test_the_old_folder_is_back_when_the_new_one_cannot_come(tmp_path):
    folder(tmp_path / "book", "old")
    with pytest.raises(OSError, match="absent"):
        swap.put(tmp_path / "absent", tmp_path / "book")
    assert (tmp_path / "book" / "a").read_text() == "old"


def test_a_link_moves_from_one_release_to_the_next(tmp_path):
    for name in ("one", "two"):
        swap.point(tmp_path / "book", folder(tmp_path / "releases" / name, name))
    assert (tmp_path / "book" / "a").read_text() == "two"
    assert os.readlink(tmp_path / "book") == str(Path("releases") / "two")


def test_without_symlinks_a_copy_is_swapped_in(tmp_path, monkeypatch):
    def refuse(*_args, **_more):
        raise OSError("a required privilege is not held")

    monkeypatch.setattr(Path, "symlink_to", refuse)
    for name in ("one", "two"):
        release = folder(tmp_path / "releases" / name, name)
        swap.read_only(release)
        swap.point(tmp_path / "book", release)
    assert not (tmp_path / "book").is_symlink()
    assert (tmp_path / "book" / "a").read_text() == "two"
    assert {path.name for path in tmp_path.iterdir()} == {"book", "releases"}


def test_a_build_that_fails_leaves_nothing(tmp_path):
    with pytest.raises(FileExistsError), swap.building(tmp_path) as new:
        folder(folder(new / "book", "half"), "again")
    assert list(tmp_path.iterdir()) == []


def test_read_only_folders_can_be_removed_again(tmp_path):
    release = folder(tmp_path / "release", "x")
    swap.read_only(release)
    assert (release / "a").stat().st_mode & 0o222 == 0
    swap.remove(release)
    assert not release.exists()
