"""What a notebook opens: only what was known at the cycle's date."""

import json
from datetime import date
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from alignkit import folders, records
from alignkit.community import open_cycle
from alignkit.disclosure import ledger
from alignkit.disclosure.cells import FrozenCell, as_key
from alignkit.errors import ContractError, DisclosureError, InputError, ParamsError, TableMissingError
from alignkit.folders import run_folder
from alignkit.last_book import keep
from tests.factory import frame, related, rows
from tests.own_tables import PARKS, PROGRAMS, with_column
from tests.small_project import small_project

PARTNERS = frame(
    "partners",
    partner_id=["old", "now", "last", "next"],
    valid_from=["2020-01-01", "2024-01-01", "2026-09-30", "2026-10-01"],
    valid_until=["2025-12-31", None, "2026-09-30", None],
)
DECISIONS = frame(
    "decisions",
    decision_id=["d1", "d2", "d1", "d1"],
    status=["proposed", "proposed", "agreed", "declined"],
    recorded_on=["2026-05-01", "2026-08-01", "2026-08-15", "2026-10-01"],
    lead_partner_id="now",
)


def standards(second):
    """Three standards, one after the other; the `second` minimum count may be one that is not allowed."""
    days = {"valid_from": ["2025-01-01", "2026-07-01", "2026-10-01"], "valid_until": ["2026-06-30", None, None]}
    return pd.DataFrame(rows("standards", minimum_count=[10, second, 30], **days))


@pytest.fixture
def opened(tmp_path, monkeypatch):
    """`opened(tables, **parameters)`: a cycle of a community with those tables."""

    def open_(tables=(), **parameters):
        small_project(tmp_path, {}, dict(tables))
        monkeypatch.setenv("ALIGNKIT_PROJECT", str(tmp_path))
        return open_cycle("smallville", **{"cycle": "2026-Q3", **parameters})

    return open_


@pytest.fixture
def told(monkeypatch):
    """The records that are emitted."""
    found = []
    monkeypatch.setattr(records, "emit", lambda record, beside=None: found.append(record))
    return found


def test_only_what_was_known_at_the_date_is_there(opened):
    tables = {"partners": PARTNERS, "decisions": DECISIONS}
    assert list(opened(tables).table("partners")["partner_id"]) == ["old", "now", "last"]
    early = opened(tables, as_of="2026-09-29")
    assert list(early.table("partners")["partner_id"]) == ["old", "now"]
    assert list(early.table("partners").index) == [0, 1]


def test_in_force_leaves_out_what_has_ended_before_the_date(opened):
    cycle = opened({"partners": PARTNERS})
    assert list(cycle.table("partners", in_force=True)["partner_id"]) == ["now", "last"]


def test_of_several_versions_the_newest_known_one_counts(opened):
    tables = {"partners": PARTNERS, "decisions": DECISIONS}
    decided = opened(tables).table("decisions").set_index("decision_id")["status"]
    assert decided.to_dict() == {"d1": "agreed", "d2": "proposed"}
    assert list(opened(tables, as_of="2026-06-30").table("decisions")["status"]) == ["proposed"]


def test_before_is_what_the_last_release_was_made_from_whatever_the_table_says_today(opened):
    made = opened({"partners": PARTNERS, "decisions": DECISIONS}, cycle="2026-Q2")
    keep(made.snapshot, "2026-Q2", made.as_of.date())
    given = {"partners": PARTNERS, "decisions": DECISIONS.head(0)}
    assert opened(given, previous="2026-Q2").last_book.compares == "lost"  # what it showed is not there
    ledger.append(folders.ledger(made.project, "smallville"), ledger.Entry("2026-Q2", "x", ()))
    cycle = opened(given, previous="2026-Q2")
    before = cycle.before("decisions")
    assert cycle.last_book.compares == "kept"
    assert list(zip(before["decision_id"], before["status"], strict=True)) == [("d1", "proposed")]
    assert cycle.before("meetings").empty


def test_a_column_that_counted_persons_when_it_was_kept_stays_protected(tmp_path, monkeypatch):
    monkeypatch.setenv("ALIGNKIT_PROJECT", str(tmp_path))

    def declared(counts, **cycle):
        programs = with_column(PROGRAMS, "places", countsPersons=counts)
        small_project(tmp_path, {}, {"park_programs": PARKS}, own=[programs])
        return open_cycle("smallville", **cycle)

    keep(declared(True, cycle="2026-Q2").snapshot, "2026-Q2", date(2026, 6, 30))
    ledger.append(folders.ledger(tmp_path, "smallville"), ledger.Entry("2026-Q2", "x", ()))
    now = declared(False, cycle="2026-Q3", previous="2026-Q2")
    given = {"now": now.table("park_programs"), "was": now.before("park_programs")}
    shown = {name: now.derive(pd.DataFrame.head, rows, id=name, by=["program_id"]) for name, rows in given.items()}
    assert ["places" in one.frame for one in shown.values()] == [True, False]


def test_where_nothing_is_kept_before_is_empty_and_says_why(opened):
    tables = {"partners": PARTNERS, "decisions": DECISIONS}
    first, lost = opened(tables), opened(tables, previous="2026-Q2")
    assert (first.last_book.compares, lost.last_book.compares) == ("first", "lost")
    for cycle in (first, lost):
        assert cycle.before("decisions").empty
        assert list(cycle.before("decisions").columns) == list(DECISIONS.columns)


def test_rows_about_single_persons_are_not_kept_from_book_to_book(opened):
    with pytest.raises(InputError, match="rows of 'leaders' are about single persons"):
        opened(previous="2026-Q2").before("leaders")


def test_a_table_that_is_not_kept_is_told_with_its_cure(opened, told):
    with pytest.raises(TableMissingError, match="table 'grants' is not there\n  Cure: keep table 'grants'"):
        opened().table("grants")
    assert told == [records.TableRead(table="grants", rows=None)]


def test_an_optional_table_that_is_not_kept_is_empty_and_typed(opened, told):
    empty = opened().table("grants", optional=True)
    assert empty.empty
    assert str(empty.dtypes["awarded_on"]) == "datetime64[ns]"
    assert told == [records.TableRead(table="grants", rows=None)]


def test_a_table_is_told_once_with_the_rows_that_were_seen(opened, told):
    cycle = opened({"partners": PARTNERS})
    cycle.table("partners")
    cycle.table("partners", in_force=True)
    assert told == [records.TableRead(table="partners", rows=3)]


def test_a_wrong_name_is_no_missing_table(opened):
    with pytest.raises(ContractError, match="did you mean 'partners'"):
        opened().table("partner", optional=True)


@pytest.mark.parametrize(("as_of", "minimum"), [("2026-06-30", 10), ("2026-09-30", 20), ("2026-12-31", 30)])
def test_the_minimum_count_comes_from_the_standard_in_force(opened, as_of, minimum):
    cycle = opened({"standards": standards(20)}, as_of=as_of)
    frame = pd.DataFrame({"group": ["a", "b", "c"], "numerator": [12, 24, 35], "denominator": [24, 48, 70]})
    shown = cycle.publish(frame, id="small", by=["group"]).shown["group"]
    assert list(shown) == {10: ["a", "b", "c"], 20: ["b", "c"], 30: ["c"]}[minimum]


def test_without_a_standard_the_community_says_the_minimum(tmp_path, opened):
    opened()
    file = tmp_path / "params" / "smallville" / "community.yml"
    file.write_text(json.dumps({**json.loads(file.read_text()), "minimum_count": 25}))
    frame = pd.DataFrame({"group": ["a"], "numerator": [24], "denominator": [70]})
    cycle = open_cycle("smallville", "2026-Q3")
    assert list(cycle.publish(frame, id="small", by=["group"]).frame["status"]) == ["band"]


def test_a_standard_below_the_floor_is_refused(opened):
    with pytest.raises(ContractError, match=r"minimum_count, standards\.csv, row 3: '2' is below 3"):
        opened({"standards": standards(2)})


def test_no_word_makes_numbers_public(opened):
    cycle = opened()
    frame = pd.DataFrame({"group": ["a"], "numerator": [1], "denominator": [3]})
    with pytest.raises(DisclosureError, match="does not make these rows public"):
        cycle.publish(frame, id="open", by=["group"], about="agreements")
    assert list(cycle.publish(frame, id="shut", by=["group"]).frame["status"]) == ["hidden"]


def test_alone_a_notebook_publishes_drafts(opened, told):
    frame = pd.DataFrame({"group": ["a"], "numerator": [20], "denominator": [60]})
    assert opened().publish(frame, id="one", by=["group"]).draft
    assert told[-1].draft


def test_sentences_are_told_by_name(opened, told):
    cycle = opened()
    cycle.say("gap", ["One.", "Two."], role="note", heading="For whom")
    cycle.note_numbers({"share": "46%"})
    assert [(one.name, one.text, one.heading) for one in told] == [
        ("gap", "One.", "For whom"), ("gap-2", "Two.", "For whom"), ("share", "46%", "")]  # fmt: skip


def test_a_number_to_quote_is_text_that_was_published(opened):
    with pytest.raises(InputError, match=r"note_numbers: 'n' is a int, not text\n.*take the text that was published"):
        opened().note_numbers({"n": 6})


def test_page_one_reads_what_the_other_chapters_handed_on(opened, monkeypatch, tmp_path):
    bundle = {records.MIME: records.Headline(name="kept", text="3 of 4").model_dump(mode="json")}
    cell = new_code_cell("1", outputs=[new_output("display_data", bundle)])
    folder = run_folder(tmp_path, "smallville", "2026-Q3") / "notebooks"
    cycle = opened()
    assert dict(cycle.chapters()) == {}
    folder.mkdir(parents=True)
    for name in ("promises", "draft"):
        nbformat.write(new_notebook(cells=[cell]), folder / f"{name}.ipynb")
    (chapter,) = cycle.chapters().values()
    assert (chapter.chapter, chapter.headline("kept").text, chapter.headline("lost")) == ("promises", "3 of 4", None)
    assert chapter.published("kept") is None


def test_a_cycle_opens_from_any_folder_below_its_project(opened, monkeypatch, tmp_path):
    opened()
    monkeypatch.delenv("ALIGNKIT_PROJECT")
    monkeypatch.chdir(tmp_path / "params" / "smallville" / "tables")
    assert open_cycle("smallville", "2026-Q3").project == tmp_path
    monkeypatch.chdir(Path("/"))
    with pytest.raises(ParamsError, match="no params/ folder"):
        open_cycle("smallville", "2026-Q3")


def test_the_date_is_the_last_day_of_a_cycle_that_is_over_unless_it_is_given(opened):
    cycle = opened(previous="2026-Q2")
    assert (cycle.as_of, cycle.previous_as_of) == (pd.Timestamp("2026-09-30"), pd.Timestamp("2026-06-30"))
    assert opened(as_of="2026-08-01").previous_as_of is None


def test_the_cycle_before_knew_what_its_own_parameter_file_says(opened, tmp_path):
    cycle = opened(previous="2026-Q2")
    before = {"community": "smallville", "cycle": "2026-Q2", "as_of": "2026-06-15"}
    (tmp_path / "params" / "smallville" / "2026-Q2.yml").write_text(json.dumps(before), encoding="utf-8")
    assert cycle.previous_as_of == pd.Timestamp("2026-06-15")


def test_the_cycle_before_ends_on_its_own_last_day_whatever_day_it_is(opened, tmp_path):
    cycle = opened(cycle="2091-H1", previous="2090")
    before = {"community": "smallville", "cycle": "2090", "ends": "2090-12-20"}
    (tmp_path / "params" / "smallville" / "2090.yml").write_text(json.dumps(before), encoding="utf-8")
    assert cycle.previous_as_of == pd.Timestamp("2090-12-20")


def test_the_last_release_says_what_it_showed_and_nothing_that_it_hid(opened, tmp_path):
    cycle = opened(previous="2026-Q2")
    assert (cycle.last_book.shown("reading"), cycle.last_book.headlines("word")) == (None, {})
    cells = [
        FrozenCell("2026-Q2", "reading", as_key({"sex": sex}), 40, 20, hides, None, False, ())
        for sex, hides in (("F", frozenset()), ("M", frozenset({"n", "k"})))
    ]
    texts = {("reading", as_key({"sex": sex})): text for sex, text in (("F", "50%"), ("M", "hidden"))}
    headlines = {"one": {"word": {"text": "mejora", "value": "improving"}}, "two": {"kept": {"text": "1", "value": 1}}}
    ledger.append(folders.ledger(tmp_path, "smallville"), ledger.Entry("2026-Q2", "x", tuple(cells), texts, headlines))
    last = opened(previous="2026-Q2").last_book
    assert last.shown("reading") == {as_key({"sex": "F"})}
    assert last.said("reading") == {as_key({"sex": "F"}): "50%"}
    assert last.headlines("word") == {"one": "improving"}
    assert opened(cycle="2026-Q4", previous="2026-Q3").last_book.release is None


def test_a_community_that_is_not_there_is_named_with_the_nearest(opened):
    opened()
    with pytest.raises(ParamsError, match="did you mean 'smallville'"):
        open_cycle("smalville", "2026-Q3")


def test_several_tables_at_once(opened):
    cycle = opened(related({"partners": PARTNERS, "outcomes": frame("outcomes", 2)}))
    t = cycle.tables("outcomes", optional=["places"], in_force=["partners"])
    assert (len(t.outcomes), len(t.places), len(t.partners)) == (2, 0, 2)
