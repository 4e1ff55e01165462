"""`alignkit init`: what a new project holds, and that nothing that was there is touched."""

import csv
import os
import stat
from datetime import date

import nbformat
import pytest

from alignkit.contract.schema import schema
from alignkit.contract.validate import failures_of
from alignkit.errors import ParamsError
from alignkit.params import CommunityParams, load_community, load_cycle
from alignkit.project import notebooks
from alignkit.project.init import FIRST_BOOK, first_steps, init
from alignkit.runs.plan import check_parameters, read_parameters
from alignkit.snapshot import snapshot_of
from alignkit.sources.folder import read_folder
from tests.project.conftest import TODAY
from tests.project.first_book import fill_workbook


def test_its_parameters_are_what_alignkit_reads(blank):
    _, community, cycle = read_parameters(blank / "params" / "mill-valley" / "2026-Q4.yml")
    assert (community.name, community.place, community.minimum_count) == ("Mill Valley", "mill-valley", 10)
    assert community.chapters == CommunityParams.model_fields["chapters"].default
    assert cycle.to_papermill() == {
        "community": "mill-valley", "cycle": "2026-Q4", "as_of": "2026-11-25", "previous": "", "lang": "en",
    }  # fmt: skip


def test_every_key_of_community_yml_is_there_with_its_explanation(blank):
    text = (blank / "params" / "mill-valley" / "community.yml").read_text(encoding="utf-8")
    keys = set(CommunityParams.model_fields) - {"id"} | set(
        CommunityParams.model_fields["source"].annotation.model_fields
    )
    assert [key for key in sorted(keys) if f"{key}:" not in text] == []


@pytest.mark.parametrize("name", ['Étoile: #1 "Ouest"', "Two\nlines", "<<cycle>> & sons"])
def test_any_name_comes_through(tmp_path, name):
    init(name, tmp_path, today=TODAY, id="any", tables="csv")
    assert load_community(tmp_path, "any").name == " ".join(name.split())


def test_blank_tables_hold_the_contract_and_the_code_lists_are_filled(blank):
    tables = read_folder(blank / "data" / "tables")
    assert failures_of(tables) == ()
    assert set(tables) == {*FIRST_BOOK, "places", "subgroups"}
    assert [len(tables[name]) for name in FIRST_BOOK] == [0] * 5
    assert list(tables["places"]["place_id"]) == ["mill-valley"]
    assert set(tables["subgroups"]["subgroup_type"]) >= {"race_ethnicity", "sex", "family_income", "disability"}


def test_a_blank_table_has_the_columns_of_the_dictionary(blank):
    with (blank / "data" / "tables" / "commitments.csv").open(encoding="utf-8-sig", newline="") as file:
        assert tuple(next(csv.reader(file))) == schema("commitments").columns
    assert "### commitments" in (blank / "data" / "data-dictionary.md").read_text(encoding="utf-8")


def test_notebooks_open_the_new_community_and_their_base_is_kept(blank):
    file = blank / "notebooks" / "leadership.ipynb"
    assert notebooks.defaults(notebooks.read(file))["community"] == "mill-valley"
    check_parameters(file, {"community": "mill-valley", "cycle": "2026-Q4"})
    nbformat.validate(notebooks.read(file))
    assert notebooks.base(blank, "leadership.ipynb").read_bytes() == file.read_bytes()


def test_bases_are_no_notebooks_of_the_project(blank):
    assert sorted(path.name for path in blank.glob("notebooks/*.ipynb")) == sorted(notebooks.versions(blank))


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_the_folder_for_tables_about_persons_is_its_owners_alone(blank):
    assert stat.S_IMODE((blank / "private").stat().st_mode) == 0o700
    assert "/private/" in (blank / ".gitignore").read_text(encoding="utf-8")


def test_the_words_of_every_chapter_have_their_place(blank):
    words = blank / "params" / "mill-valley" / "2026-Q4"
    chapters = set(CommunityParams.model_fields["chapters"].default) - {"outcome"}
    assert {path.stem for path in words.iterdir()} == chapters


def test_nothing_is_overwritten(blank):
    mine = blank / "params" / "mill-valley" / "community.yml"
    mine.write_text("name: Ours\n", encoding="utf-8")
    before = {path: path.read_bytes() for path in blank.rglob("*") if path.is_file()}
    done = init("Mill Valley", blank, today=TODAY, tables="csv")
    assert done.new == []
    assert mine in done.kept
    assert before == {path: path.read_bytes() for path in blank.rglob("*") if path.is_file()}


def test_a_notebook_of_ones_own_is_kept_and_has_no_base(tmp_path):
    mine = tmp_path / "notebooks" / "brief.ipynb"
    mine.parent.mkdir()
    mine.write_text("mine", encoding="utf-8")
    done = init("Mill Valley", tmp_path, today=TODAY, tables="csv")
    assert mine in done.kept
    assert not notebooks.base(tmp_path, "brief.ipynb").exists()


def test_a_second_community_joins_the_first(blank):
    init("Oak Hill", blank, today=TODAY, cycle="2026-Q3", place="oak", tables="csv")
    assert load_community(blank, "oak-hill").place == "oak"
    assert load_community(blank, "mill-valley").place == "mill-valley"
    assert load_cycle(blank / "params" / "oak-hill" / "2026-Q3.yml").as_of == date(2026, 9, 30)


@pytest.mark.parametrize("label", ["2026-H2", "2026-Fall", "2026-27", "2026"])
def test_the_first_cycle_may_be_of_any_kind(tmp_path, label):
    done = init("Mill", tmp_path, today=TODAY, cycle=label, tables="csv")
    _, _, cycle = read_parameters(tmp_path / "params" / "mill" / f"{label}.yml")
    assert (cycle.cycle, cycle.as_of, cycle.previous) == (label, TODAY, "")
    assert first_steps(done, tmp_path)[-1] == f"alignkit book params/mill/{label}.yml"


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"name": "東京"}, "no id can be made from the name"),
        ({"name": "Mill", "id": "Mill Valley"}, "cannot be a community's id"),
        ({"name": "projects/mill"}, "is no community's name"),
        ({"name": "Mill", "cycle": "fall"}, "'fall' is not a cycle"),
    ],
)
def test_what_cannot_be_is_refused_before_anything_is_written(tmp_path, options, words):
    with pytest.raises(ParamsError, match=words):
        init(**options, folder=tmp_path, today=TODAY, tables="csv")
    assert list(tmp_path.iterdir()) == []


def test_it_ends_with_the_next_steps(tmp_path):
    done = init("Mill Valley", tmp_path / "new", today=TODAY, tables="csv")
    steps = first_steps(done, tmp_path)
    assert steps[0].startswith(f"change into {tmp_path / 'new'}; fill five tables")
    assert steps[-1] == "alignkit book params/mill-valley/2026-Q4.yml"


def test_the_workbook_gives_the_same_as_the_files(filled, tmp_path_factory):
    other = tmp_path_factory.mktemp("workbook")
    init("Mill Valley", other, today=TODAY)
    fill_workbook(other / "data" / "tables.xlsx")
    one, two = (snapshot_of(load_community(project, "mill-valley"), project) for project in (filled, other))
    assert {name: one.tables[name].hash for name in FIRST_BOOK} == {name: two.tables[name].hash for name in FIRST_BOOK}
    assert set(two.tables) == {*FIRST_BOOK, "places", "subgroups"}


def test_five_filled_tables_are_a_snapshot(filled):
    snapshot = snapshot_of(load_community(filled, "mill-valley"), filled)
    assert snapshot.tables["indicator_values"].rows == 15
