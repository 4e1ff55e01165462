import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignkit.errors import InputError
from alignkit.linkage.decide import first_come, one_to_one, probabilities, ranked
from alignkit.linkage.link import link
from alignkit.linkage.settings import Settings
from tests.linkage.samples import crowd, people, rates, riverbend_links


def test_the_same_people_in_two_files_are_found_and_nobody_else():
    some = crowd(300)
    links = link(people("student_id", *some[:200]), people("client_id", *some[100:]))
    assert len(links.accepted) == pytest.approx(100, abs=3)
    numbers = links.accepted["student_id"].str[1:].astype(int) - links.accepted["client_id"].str[1:].astype(int)
    assert (numbers == 100).all()


def test_nobody_is_in_two_links():
    links, *_ = riverbend_links()
    assert links.accepted["student_id"].is_unique
    assert links.accepted["client_id"].is_unique


def test_the_demos_links_are_right_and_most_are_found():
    links, _, _, true = riverbend_links()
    precision, recall = rates(links, true)
    assert precision > 0.99
    assert recall > 0.88


def test_probabilities_mean_what_they_say():
    links, _, _, true = riverbend_links()
    pairs = links.pairs.merge(true.assign(same=1.0), how="left").fillna({"same": 0.0})
    likely = pairs[pairs["probability"] > 0.5]
    assert likely["same"].mean() == pytest.approx(likely["probability"].mean(), abs=0.02)
    assert pairs["probability"].sum() == pytest.approx(len(true), rel=0.05)


def test_no_link_without_birth_dates_that_at_least_nearly_agree():
    some = crowd(200)
    undated = [(*row[:3], None, *row[4:]) for row in some]
    links = link(people("student_id", *some), people("client_id", *undated))
    assert links.accepted.empty
    assert links.unlinkable.query("file == 'clients'")["unlinkable"].all()


def test_the_same_files_give_the_same_links_whatever_the_order_of_their_rows():
    some = crowd(300)
    one, other = people("student_id", *some[:200]), people("client_id", *some[100:])
    first = link(one, other)
    pd.testing.assert_frame_equal(first.pairs, link(one, other).pairs)
    turned = link(one.iloc[::-1].reset_index(drop=True), other)
    keys = ["student_id", "client_id"]
    pd.testing.assert_frame_equal(
        *(links.accepted.sort_values(keys).reset_index(drop=True) for links in (first, turned))
    )


@pytest.mark.parametrize(("many", "others"), [(0, 5), (5, 0), (0, 0), (1, 1)])
def test_tiny_files_give_no_links(many, others):
    links = link(people("student_id", *crowd(many)), people("client_id", *crowd(others, seed=2)))
    assert links.accepted.empty


def test_a_person_with_two_perfect_copies_goes_to_review():
    some = crowd(200)
    links = link(people("student_id", *some), people("client_id", *some, some[0]))
    decided = links.pairs[links.pairs["student_id"] == "s000000"].sort_values("weight", ascending=False).head(2)
    assert decided["probability"].tolist() == pytest.approx([0.5, 0.5], abs=0.01)
    assert decided["decision"].tolist() == ["review", "review"]


def test_rivals_share_a_probability():
    found = probabilities([60.0, 60.0, 60.0], 1e-3, ["a", "a", "b"], ["x", "y", "z"])
    assert found.tolist() == pytest.approx([0.5, 0.5, 1], abs=1e-6)


def test_links_are_taken_by_weight_not_by_the_order_of_rows():
    pairs = pd.DataFrame(
        {
            "student_id": ["a", "b", "b"],
            "client_id": ["x", "x", "y"],
            "weight": [10.0, 20.0, 15.0],
            "probability": [0.99, 0.99, 0.99],
            "dated": [True, True, False],
        }
    )
    assert one_to_one(pairs, 0.95, 0.2).tolist() == ["reject", "accept", "reject"]


PAIR = st.tuples(st.sampled_from("abcd"), st.sampled_from("wxyz"), st.integers(0, 3), st.floats(0, 1), st.booleans())


@given(st.lists(PAIR, max_size=12, unique_by=lambda pair: pair[:2]), st.floats(0.5, 1), st.floats(0.01, 0.5))
def test_another_threshold_gives_the_links_that_a_linkage_at_it_gives(rows, accept, review):
    pairs = pd.DataFrame(rows, columns=["student_id", "client_id", "weight", "probability", "dated"])
    pairs = pairs.astype({"student_id": object, "client_id": object, "dated": bool})
    found = first_come(ranked(pairs, review), accept)
    assert sorted(found.index) == [at for at, said in enumerate(one_to_one(pairs, accept, review)) if said == "accept"]


def test_thresholds_that_are_none_are_refused():
    for wrong in ({"accept": 0.5}, {"accept": 1.0}, {"review": 0.0}, {"accept": 0.9, "review": 0.95}):
        with pytest.raises(InputError, match="thresholds"):
            Settings(**wrong)


def test_race_and_ethnicity_do_not_change_a_link():
    links, _, seen, _ = riverbend_links()
    blank = link(seen["students"].assign(race_ethnicity=None), seen["clients"].assign(race_ethnicity=None))
    pd.testing.assert_frame_equal(links.pairs, blank.pairs)
