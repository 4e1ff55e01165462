"""Keys that mean the same cell in every chapter, the mask as JSON, the private files."""

import datetime

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from alignkit.disclosure.cells import Finding, Mask, TrueCell, append_cells, as_key, label, read_cells

PARTS = st.sampled_from([frozenset(), frozenset("k"), frozenset("nk")])
KEYS = st.dictionaries(st.sampled_from(["sex", "year", "place"]), st.text("abcä \"'", min_size=1, max_size=3)).map(
    as_key
)
CELLS = st.dictionaries(st.tuples(st.sampled_from(["p", "q"]), KEYS), PARTS, max_size=6)


def test_a_total_has_no_key():
    assert as_key({"sex": "all", "year": "all"}) == ()


def test_one_key_whatever_the_type():
    day = {"year": 2026, "day": pd.Timestamp("2026-07-01")}
    assert as_key(day) == as_key({"day": datetime.date(2026, 7, 1), "year": "2026"}) == as_key({**day, "year": 2026.0})


def test_a_label_for_people():
    assert label("readers", as_key({"year": 2026, "sex": "F"})) == "readers (sex F, year 2026)"


@given(hides=CELLS, beyond=CELLS)
def test_mask_to_json_and_back(hides, beyond, tmp_path_factory):
    told = (Finding("known", "it is known", "q", (("sex", "F"),)), Finding("unknown", "?"))
    mask = Mask(hides, {id_: parts for id_, parts in beyond.items() if id_ in hides and parts}, told)
    path = tmp_path_factory.mktemp("mask") / "mask.json"
    mask.write(path)
    assert Mask.read(path) == mask


def test_what_a_mask_knows():
    mask = Mask({("q", ()): frozenset("k"), ("p", ()): frozenset()}, {("q", ()): frozenset("k")})
    assert mask.keys_of("q") == ((),)
    assert mask.parts("q", ()) == {"k"}
    assert mask.parts("q", (("sex", "F"),)) is None
    assert Mask.empty().parts("q", ()) == frozenset()


def test_a_chapter_changes_with_what_is_hidden_for_others_or_unknown_only():
    total, part = TrueCell("q", (), 40, 20), TrueCell("q", (("sex", "F"),), 4, 2)
    primary_only = Mask({total.id: frozenset(), part.id: frozenset("nk")})
    assert primary_only.for_chapter([total, part]) == Mask.empty().for_chapter([total, part]) == []
    beyond = Mask({total.id: frozenset("k"), part.id: frozenset("nk")}, {total.id: frozenset("k")})
    assert beyond.for_chapter([part]) == []
    assert beyond.for_chapter([total, part]) == [["q", {}, ["k"]]]
    assert Mask({total.id: frozenset()}).for_chapter([part]) == [["q", {"sex": "F"}, ["k", "n"]]]


def test_cells_come_back_by_chapter(tmp_path):
    one = TrueCell("q", (("sex", "F"),), 40, None, within=(1, 9), chapters=("a",), partitions=(("kind", "sex"),))
    append_cells(tmp_path / "a.json", "a", [one])
    append_cells(tmp_path / "b.json", "b", [TrueCell("q", (), 3, 1, public=True, chapters=("b",))])
    assert read_cells(tmp_path, ["a", "no such chapter"]) == (one,)
    assert [cell.chapters for cell in read_cells(tmp_path)] == [("a",), ("b",)]
