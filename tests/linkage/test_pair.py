import pandas as pd

from alignkit.linkage.pair import FAIR, LARGEST, block, candidates
from alignkit.linkage.prepare import prepared
from tests.benchmarks import large
from tests.linkage.samples import crowd, people


def files(*pairs):
    """Two prepared files of the same length."""
    return [prepared(people(number, *rows)) for number, rows in zip(("student_id", "client_id"), pairs, strict=True)]


def person(**changed):
    base = {"first": "Ana", "middle": None, "last": "Lopez", "born": "2015-01-02", "sex": None, "race": None,
            "street": "1 Oak St", "city": None, "code": "00213"}  # fmt: skip
    return tuple({**base, **changed}.values())


def test_a_pair_is_compared_that_one_rule_brings_together():
    other = {"first": "Zoe", "last": "Smith", "street": "9 Elm St", "code": "00299", "born": "2001-01-01"}
    for kept in ({"born": "2015-01-02"}, {"street": "1 Oak Street", "code": "00213"}, {"first": "ANA", "code": "00213"},
                 {"first": "Ana", "last": "Lopes-Diaz"}):  # fmt: skip
        assert len(candidates(*files([person()], [person(**{**other, **kept})]))) == 1
    assert candidates(*files([person()], [person(**other)])).empty


def test_what_is_missing_brings_nobody_together():
    nobody = dict.fromkeys(("born", "street", "code", "first"))
    assert candidates(*files([person(**nobody)], [person(**nobody)])).empty


def test_pairs_are_the_same_as_joining_on_the_columns():
    one, other = files(crowd(300), crowd(300, seed=2))
    rows = [frame.dropna(subset=["first_name", "postal_code"]).reset_index() for frame in (one, other)]
    joined = rows[0].merge(rows[1], on=["first_name", "postal_code"])[["index_x", "index_y"]]
    found = block(one, other, ("first_name", "postal_code"), 1_000)
    assert len(joined) > 20
    assert set(found) == set(joined.itertuples(index=False, name=None))


def test_a_value_that_a_crowd_shares_is_no_hint():
    few, many = int(2 * FAIR), int(LARGEST**0.5) + 1  # of few, each meets no more than is fair
    rows = [person(first=f"a{i}", last=f"b{i}", code=f"{i:05d}", street=None) for i in range(many)]
    assert candidates(*files(rows[:few], rows[:few])).size == few**2
    assert candidates(*files(rows, rows)).size == many  # the birth date of all is left aside, the names are not


def test_in_a_crowd_those_are_compared_who_agree_in_more():
    rows = [person(first=f"a{i}", last="", sex="f", code=None, street=None) for i in range(50)]
    slips = [person(first=f"a{i}", last="", sex="f", code=None, street=None) for i in range(50)]
    assert set(candidates(*files(rows, slips))) == {(i, i) for i in range(50)}


def test_pairs_grow_no_faster_than_records():
    made = [large.people(n) for n in (20_000, 40_000)]
    sizes = [len(candidates(prepared(one["students"]), prepared(one["clients"]))) for one in made]
    assert sizes[1] < 2.1 * sizes[0]


def test_no_records_no_pairs():
    empty = files([], [person()])
    assert isinstance(candidates(*empty), pd.MultiIndex)
    assert candidates(*empty).empty
