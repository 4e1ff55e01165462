import os
import stat

import pandas as pd
import pytest

from alignkit.contract.schema import schema
from alignkit.linkage.review import DRAWN, FILE, sheet, write
from tests.linkage.samples import riverbend_links


@pytest.fixture(scope="module")
def made():
    links, _, seen, _ = riverbend_links()
    return sheet(links, seen["link_reviews"], seen["students"], seen["clients"])


def test_every_pair_in_doubt_that_nobody_has_reviewed_is_on_it_and_a_draw_of_the_others(made):
    links, _, seen, _ = riverbend_links()
    keys = ["student_id", "client_id"]
    decided = made[keys].merge(links.pairs, on=keys)["decision"].value_counts()
    reviewed = seen["link_reviews"][keys].drop_duplicates()
    doubtful = links.pairs.query("decision == 'review'").merge(reviewed, how="left", indicator=True)
    assert decided["review"] == (doubtful["_merge"] == "left_only").sum() > 100
    assert {name: decided[name] for name in DRAWN} == DRAWN
    assert made.merge(reviewed).empty


def test_its_first_columns_are_the_table_of_reviews(made):
    assert list(made)[:5] == [field.name for field in schema("link_reviews").fields]
    assert made[["reviewer", "verdict", "reviewed_on"]].eq("").all(axis=None)


def test_it_does_not_tell_what_the_computer_thinks(made):
    links, *_ = riverbend_links()
    assert not {"weight", "probability", "decision", "race_ethnicity_student"} & set(made)
    order = made[["student_id", "client_id"]].merge(links.pairs)["weight"]
    assert abs(order.corr(pd.Series(range(len(order))), method="spearman")) < 0.2


def test_it_is_written_for_its_owner_only_and_the_same_every_time(made, tmp_path):
    assert write(made, tmp_path / "review")
    first = (tmp_path / "review" / FILE).read_bytes()
    assert write(made, tmp_path / "review")
    assert (tmp_path / "review" / FILE).read_bytes() == first
    if os.name == "posix":
        assert stat.S_IMODE((tmp_path / "review" / FILE).stat().st_mode) == 0o600


@pytest.mark.parametrize("content", ["begun", "empty", "other"])
def test_a_reviewers_work_is_never_written_over(made, tmp_path, content):
    begun = made.assign(verdict=["match", *[""] * (len(made) - 1)])
    texts = {"begun": begun.to_csv(index=False), "empty": "", "other": "a,b\n1,2\n"}
    (tmp_path / FILE).write_text(texts[content], encoding="utf-8")
    assert not write(made, tmp_path)
    assert (tmp_path / FILE).read_text(encoding="utf-8") == texts[content]
