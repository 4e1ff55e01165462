import pandas as pd
import pytest

from alignkit.linkage.assess import assess
from alignkit.linkage.link import link
from tests.linkage.samples import crowd, people, rates, riverbend_links

NO_REVIEWS = pd.DataFrame(columns=["student_id", "client_id", "reviewer", "verdict"], dtype=object)
NO_PAIRS = pd.DataFrame(columns=["student_id", "client_id"], dtype=object)


def everyone(frame):
    return frame[frame["subgroup_type"] == "all"].iloc[0]


def test_intervals_hold_the_truth_in_the_demo():
    links, found, _, true = riverbend_links()
    precision, recall = rates(links, true)
    for frame, truth in ((found.precision, precision), (found.recall, recall)):
        assert everyone(frame)["low"] <= 100 * truth <= everyone(frame)["high"]


@pytest.mark.parametrize("name", ["linked", "recall"])
def test_groups_of_a_kind_add_up_to_everyone(name):
    frame = getattr(riverbend_links()[1], name)
    for kind in ("race_ethnicity", "sex"):
        for counted in ("numerator", "denominator"):
            assert frame.loc[frame["subgroup_type"] == kind, counted].sum() == everyone(frame)[counted]


def test_nothing_that_names_a_person_is_in_an_assessment():
    _, found, seen, _ = riverbend_links()
    known = {*seen["students"]["student_id"], *seen["clients"]["client_id"], *seen["students"]["last_name"]}
    for frame in vars(found).values():
        assert not known & set(frame.to_numpy(object).ravel().tolist())


def test_known_pairs_that_were_never_compared_count_as_missed():
    some = crowd(120)
    one, other = people("student_id", *some), people("client_id", *some)
    known = pd.DataFrame({"student_id": ["s000000", "s000001"], "client_id": ["c000000", "c000050"]})
    found = assess(link(one, other), NO_REVIEWS, known, one, other)
    assert everyone(found.recall)[["numerator", "denominator"]].tolist() == [1, 2]
    assert found.checks.set_index("check").loc["compared"].tolist() == [1, 2]


def test_pairs_with_numbers_of_neither_file_are_left_out():
    some = crowd(60)
    one, other = people("student_id", *some), people("client_id", *some)
    known = pd.DataFrame({"student_id": ["s000000", "s999999"], "client_id": ["c000000", "c000001"]})
    assert everyone(assess(link(one, other), NO_REVIEWS, known, one, other).recall)["denominator"] == 1


def test_without_known_pairs_recall_comes_from_reviews_of_every_kind_of_pair():
    links, _, seen, true = riverbend_links()
    drawn = links.pairs.groupby("decision").sample(300, random_state=1)
    same = drawn.merge(true.assign(verdict="match"), how="left")
    said = same.assign(verdict=same["verdict"].fillna("non_match"), reviewer="a")
    found = assess(links, said, NO_PAIRS, seen["students"], seen["clients"])
    assert everyone(found.recall)["low"] <= 100 * rates(links, true)[1] <= everyone(found.recall)["high"]


def test_without_reviews_and_known_pairs_nothing_is_claimed():
    some = crowd(60)
    one, other = people("student_id", *some), people("client_id", *some)
    found = assess(link(one, other), NO_REVIEWS, NO_PAIRS, one, other)
    assert found.recall.empty
    assert found.precision["value"].isna().all()
    assert everyone(found.linked)["numerator"] > 50


def test_no_pair_waits_that_somebody_has_looked_at():
    links, _, seen, _ = riverbend_links()
    looked = links.pairs.query("decision == 'review'").assign(verdict="match", reviewer="a")
    some = assess(links, looked.iloc[20:], NO_PAIRS, seen["students"], seen["clients"]).checks.set_index("check")
    none = assess(links, looked, NO_PAIRS, seen["students"], seen["clients"]).checks
    assert some.loc["waiting"].tolist() == [20, len(looked)]
    assert "waiting" not in set(none["check"])


def test_empty_files_give_empty_frames():
    one, other = people("student_id"), people("client_id")
    found = assess(link(one, other), NO_REVIEWS, NO_PAIRS, one, other)
    assert all(frame.empty for frame in vars(found).values())


@pytest.mark.heavy
@pytest.mark.parametrize("seed", [1, 2, 3, 4, 5])
def test_intervals_hold_the_truth_over_seeds(seed):
    links, found, _, true = riverbend_links(seed)
    precision, recall = rates(links, true)
    assert precision > 0.99
    assert everyone(found.precision)["low"] <= 100 * precision <= everyone(found.precision)["high"]
    assert everyone(found.recall)["low"] - 1 <= 100 * recall <= everyone(found.recall)["high"] + 1
