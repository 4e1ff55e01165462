"""The one door: what comes out of it, and what it refuses."""

import json
import stat

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignkit.disclosure.cells import Mask, read_cells
from alignkit.disclosure.publish import Gate, publish
from alignkit.disclosure.published import Published
from alignkit.errors import ContractError, DisclosureError, InputError
from alignkit.words.words import words

ROWS = pd.DataFrame(
    {
        "sex": ["all", "F", "M", "X"],
        "numerator": [50, 38, 5, 1],
        "denominator": [104, 60, 40, 4],
    }
)
NAMED = ROWS.assign(name=["a", "b", "c", "d"])


def door(frame=ROWS, *, by=("sex",), about="students", gate=None, **more):
    return publish(frame, id="x", by=by, about=about, gate=gate or Gate(), **more)


def rows(published):
    return published.frame.set_index("sex")


def test_rows_of_a_protected_table():
    found = rows(door(NAMED, carry=["name"]))
    assert found["text"].to_dict() == {"all": "48%", "F": "63%", "M": "under 25%", "X": "hidden"}
    assert found["status"].to_dict() == {"all": "shown", "F": "shown", "M": "band", "X": "hidden"}
    assert found["denominator"].dropna().to_dict() == {"all": 104, "F": 60, "M": 40}
    assert found["numerator"].dropna().to_dict() == {"all": 50, "F": 38}
    assert found["name"].dropna().to_dict() == {"all": "a", "F": "b"}
    assert set(found["value"].dropna().index) == {"all", "F"}


def test_high_band_and_intervals():
    frame = pd.DataFrame({"sex": ["F", "M"], "numerator": [36, 20], "denominator": [40, 40], "low": 1.0, "high": 9.0})
    found = rows(door(frame))
    assert found["text"].to_dict() == {"F": "over 75%", "M": "50%"}
    assert pd.isna(found.loc["F", ["numerator", "value", "low", "high"]]).all()
    assert found.loc["M", ["low", "high"]].tolist() == [1.0, 9.0]


def test_no_table_named_counts_as_protected_and_an_unknown_one_is_an_error():
    assert rows(door(about="")).loc["X", "status"] == "hidden"
    with pytest.raises(ContractError):
        door(about="no_such_table")


def test_public_subjects_pass():
    found = door(NAMED, about="partners", carry=["name"])
    assert (found.frame["status"] == "shown").all()
    assert not found.draft
    assert found.frame["numerator"].tolist() == [50, 38, 5, 1]


def test_public_rows_without_numbers_need_no_counts():
    found = door(pd.DataFrame({"sex": ["a"], "names": [["x", "y"]]}), about="partners", carry=["names"])
    assert list(found.frame.columns) == ["sex", "names", "status", "text"]
    assert found.record().cells[0].shown == {"names": "x, y"}


def test_already_public_rows_pass_and_are_known_to_everyone(tmp_path):
    gate = Gate(cells_file=tmp_path / "a.json", chapter="a")
    found = rows(door(ROWS.assign(already_public=[False, False, True, False]), gate=gate))
    assert found.loc["M", "text"] == "13%"
    assert [cell.public for cell in read_cells(tmp_path)] == [False, False, True, False]


@pytest.mark.parametrize(
    ("status", "low", "high", "text"),
    [
        ("suppressed_at_source", None, None, "not reported"),
        ("not_comparable", None, None, "not comparable"),
        ("missing", None, None, "no data"),
        ("range", 90.0, 94.0, "90–94%"),
        ("range", None, 10.0, "under 10%"),
        ("range", 95.0, 100.0, "over 95%"),
    ],
)
def test_what_the_source_says(status, low, high, text):
    row = {"sex": "F", "value": None, "low": low, "high": high, "value_status": status, "already_public": True}
    assert rows(door(pd.DataFrame([row]))).loc["F", "text"] == text


def test_a_protected_range_that_tells_a_small_numerator_is_hidden():
    frame = pd.DataFrame({"sex": ["F", "M", "X"], "denominator": [40, 400, None], "low": 0.0, "high": 10.0})
    found = rows(door(frame.assign(value_status="range")))
    assert found["status"].to_dict() == {"F": "hidden", "M": "range", "X": "hidden"}
    assert pd.isna(found.loc["F", "high"])


@pytest.mark.parametrize("unit", ["percent", "score", "outcomes", "months"])
def test_a_value_without_counts_is_hidden_whatever_its_unit(unit):
    frame = pd.DataFrame({"sex": ["F"], "value": [12.0]})
    assert rows(door(frame, unit=unit)).loc["F", "status"] == "hidden"


def test_a_count_is_its_own_denominator():
    found = rows(door(pd.DataFrame({"sex": ["F", "M"], "value": [45, 3]}), unit="count"))
    assert found["text"].to_dict() == {"F": "45", "M": "hidden"}


def test_a_share_with_its_denominator_counts_as_showing_the_numerator():
    frame = pd.DataFrame({"sex": ["F"], "value": [10.0], "denominator": [50]})
    assert rows(door(frame)).loc["F", "text"] == "under 20%"


def test_a_mean_needs_enough_people():
    frame = pd.DataFrame({"sex": ["F", "M"], "value": [19.84, 20.0], "denominator": [12, 9]})
    found = rows(door(frame, unit="score"))
    assert found["text"].to_dict() == {"F": "19.8", "M": "hidden"}


def test_units_may_differ_by_row():
    frame = pd.DataFrame({"sex": ["F", "M"], "value": [0.4, 40.0], "denominator": 50, "unit": ["score", "percent"]})
    assert rows(door(frame))["text"].to_dict() == {"F": "0.4", "M": "40%"}


def test_a_column_that_would_bypass_the_mask_is_refused():
    with pytest.raises(DisclosureError, match="name would bypass the mask") as caught:
        door(NAMED)
    assert "or carry= (blank in a hidden row)" in caught.value.cure


def test_a_mean_under_its_own_name_is_to_be_renamed():
    with pytest.raises(DisclosureError, match=r"rename it to value \(or give its counts as numerator"):
        door(ROWS[["sex"]].assign(knows_where=[0.5, 0.6, 0.7, 0.8]))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"numerator": [999, 1, 1, 1]}, "larger than the denominator"),
        ({"numerator": [1.5, 1, 1, 1]}, "whole counts"),
        ({"denominator": [-1, 60, 40, 4], "numerator": None}, "negative"),
        ({"sex": ["all", "F", "F", "X"]}, "same key"),
        ({"sex": ["all", "F", None, "X"]}, "a key is missing"),
        ({"value_status": ["reported", "odd", "missing", "range"]}, "unknown value_status"),
    ],
)
def test_frames_that_contradict_themselves(change, message):
    with pytest.raises(DisclosureError, match=message) as caught:
        door(ROWS.assign(**change))
    assert "999" not in str(caught.value)


def test_dimensions_of_two_columns(tmp_path):
    frame = pd.DataFrame(
        {"kind": ["all", "sex"], "group": ["all", "F"], "numerator": [20, 15], "denominator": [50, 30]}
    )
    gate = Gate(cells_file=tmp_path / "a.json", chapter="a")
    found = door(frame, by=[("kind", "group")], partitions=[("kind", "group")], gate=gate)
    assert found.by == ("kind", "group")
    assert [cell.key for cell in read_cells(tmp_path)] == [(), (("group", "F"), ("kind", "sex"))]
    with pytest.raises(DisclosureError, match="says 'all' in group but not in kind"):
        door(frame.assign(kind="sex"), by=[("kind", "group")], partitions=[("kind", "group")])


def test_a_partition_must_be_a_key():
    with pytest.raises(DisclosureError, match="not in by"):
        door(ROWS, partitions=["age"])


def test_the_record_and_back():
    frame = NAMED.assign(day=pd.Timestamp("2024-07-01"), rank=[1, 2, 3, 4], good=True)
    one = door(frame, by=["sex", "day"], carry=["name", "rank", "good"])
    back = Published.from_record(one.record(), "en")
    pd.testing.assert_frame_equal(back.frame, one.frame)
    assert back.by == ("sex", "day")


def test_a_hidden_rows_record_holds_no_number():
    cell = door(NAMED.iloc[[3]], carry=["name"]).record().cells[0]
    assert cell.shown == {"unit": "percent"}
    back = Published.from_record(door(NAMED.iloc[[3]], carry=["name"]).record(), "en")
    assert back.frame["value"].isna().all()


def test_shown_and_where():
    found = door()
    assert found.shown["sex"].tolist() == ["all", "F"]
    assert found.where(sex="M").frame["text"].tolist() == ["under 25%"]
    with pytest.raises(InputError, match="did you mean 'sex'"):
        found.where(sexx="M")


@pytest.mark.parametrize("wanted", [["M", "F"], {"M", "F"}, pd.Series(["M", "F"]), lambda sex: sex.isin(["M", "F"])])
def test_where_takes_several_values_or_a_function(wanted):
    assert door().where(sex=wanted).frame["sex"].tolist() == ["F", "M"]


def test_where_takes_days_as_one_writes_them():
    days = pd.to_datetime(["2024-09-01", "2025-09-01", "2026-09-01"])
    rows = pd.DataFrame({"day": days, "numerator": 30, "denominator": 60})
    found = publish(rows, id="d", by=["day"], gate=Gate())
    assert found.where(day=["2024-09-01", "2026-09-01"]).frame["day"].dt.year.tolist() == [2024, 2026]
    assert found.where(day=lambda day: day >= "2025-01-01").frame["day"].dt.year.tolist() == [2025, 2026]


def test_where_refuses_a_function_that_does_not_say_yes_or_no():
    with pytest.raises(InputError, match="does not say yes or no for each row"):
        door().where(sex=lambda sex: sex.str.lower())


def test_without_a_mask_it_is_a_draft_by_the_primary_rule():
    assert door().draft
    assert not door(gate=Gate(mask=Mask.empty())).draft


def test_the_mask_hides_more_and_never_less():
    known = [((), {"k"}), ((("sex", "F"),), {"k", "n"}), ((("sex", "M"),), set()), ((("sex", "X"),), set())]
    mask = Mask({("draft.x", key): frozenset(parts) for key, parts in known})
    one = door(gate=Gate(mask=mask))
    found = rows(one)
    assert found["text"].to_dict() == {"all": "hidden", "F": "hidden", "M": "under 25%", "X": "hidden"}
    assert found["denominator"].dropna().to_dict() == {"all": 104, "M": 40}
    assert not one.draft


def test_a_cell_that_the_mask_does_not_know_is_hidden():
    one = door(gate=Gate(mask=Mask({("draft.x", ()): frozenset()})))
    assert rows(one)["status"].to_dict() == {"all": "shown", "F": "hidden", "M": "hidden", "X": "hidden"}
    assert one.draft


def test_several_calls_append_and_a_new_gate_starts_anew(tmp_path):
    path = tmp_path / "cells" / "a.json"
    gate = Gate(cells_file=path, chapter="a")
    for quantity in ("p", "q"):
        door(quantity=quantity, gate=gate)
    assert [cell.quantity for cell in read_cells(tmp_path / "cells")] == ["p"] * 4 + ["q"] * 4
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    Gate(cells_file=path, chapter="a")
    assert json.loads(path.read_text())["cells"] == []


def test_words_of_another_language(monkeypatch):
    said = {"under {value}": "weniger als {value}", "hidden": "verdeckt"}
    german = words("en")
    monkeypatch.setattr(type(german), "gettext", lambda self, text: said.get(text, text))
    assert set(rows(door())["text"]) >= {"weniger als 25%", "verdeckt"}


@given(counts=st.lists(st.tuples(st.integers(0, 60), st.floats(0, 1)), min_size=1, max_size=8))
def test_nothing_small_ever_comes_out(counts):
    frame = pd.DataFrame(
        [{"sex": str(i), "denominator": n, "numerator": int(n * share)} for i, (n, share) in enumerate(counts)]
    )
    found = door(frame).frame
    assert not (found["denominator"] < 10).any()
    assert not (found["numerator"] < 10).any()
    assert not (found["denominator"] - found["numerator"] < 10).any()
    assert found.loc[found["status"] != "shown", "value"].isna().all()


@given(order=st.permutations(range(4)))
def test_the_order_of_rows_changes_nothing(order):
    mixed = rows(door(ROWS.iloc[list(order)]))
    pd.testing.assert_frame_equal(mixed.loc[ROWS["sex"]], rows(door()))


def test_no_rows_at_all():
    found = door(ROWS.iloc[:0])
    assert list(found.frame.columns) == ["sex", "numerator", "denominator", "value", "unit", "status", "text"]
    assert Published.from_record(found.record(), "en").frame.empty


def test_a_row_about_persons_without_a_number_has_nothing_to_hide():
    found = rows(door(pd.DataFrame({"sex": ["F"], "kept": [True]}), carry=["kept"]))
    assert found.loc["F", ["status", "text", "kept"]].tolist() == ["shown", "", True]
