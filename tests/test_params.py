"""Parameter files: what is read, and how each mistake is answered."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from alignkit.errors import ParamsError
from alignkit.params import CycleParams, load_community, load_cycle, project_root
from alignkit.runs.plan import read_parameters

COMMUNITY = "name: Mill Valley\nplace: mill-valley\nsource:\n  folder: ../../data\n"
CYCLE = "community: mill\ncycle: 2026-Q3\nas_of: 2026-09-30\nprevious: 2026-Q2\nlang: en\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "params" / "mill").mkdir(parents=True)
    (tmp_path / "params" / "mill" / "community.yml").write_text(COMMUNITY)
    (tmp_path / "params" / "mill" / "2026-Q3.yml").write_text(CYCLE)
    return tmp_path


def refused(project: Path, name: str, text: str) -> str:
    path = project / "params" / "mill" / name
    path.write_text(text)
    with pytest.raises(ParamsError) as caught:
        load_community(project, "mill") if name == "community.yml" else load_cycle(path)
    return str(caught.value)


def test_a_cycle_is_read_and_given_to_papermill_as_plain_values(project: Path) -> None:
    cycle = load_cycle(project / "params/mill/2026-Q3.yml")
    assert cycle.as_of == date(2026, 9, 30)
    assert cycle.to_papermill() == {
        "community": "mill",
        "cycle": "2026-Q3",
        "as_of": "2026-09-30",
        "previous": "2026-Q2",
        "lang": "en",
    }


def test_as_of_defaults_to_the_last_day_of_a_cycle_that_is_over(project: Path) -> None:
    path = project / "params/mill/2026-Q3.yml"
    path.write_text("community: mill\ncycle: 2026-Q3\n")
    assert load_cycle(path).as_of == date(2026, 9, 30)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (CYCLE + "comunity: x\n", "line 6: unknown key 'comunity' (did you mean 'community'?)"),
        (CYCLE.replace("2026-Q3", "2026-3"), "'2026-3' is not a cycle: write 2026-Q3 (quarter), 2026-H2 (half year)"),
        (CYCLE.replace("2026-Q2", "2026-Q4"), "previous (2026-Q4) must come before"),
        (CYCLE.replace("2026-09-30", "September"), "line 3: as_of"),
        ("community: mill\n  cycle: 2026-Q3\n", ":2: this is not YAML"),
        ("cycle: 2026-Q3\n", "'community' is missing"),
        ("- just\n- a list\n", "no 'name: value' lines"),
        (CYCLE.replace("cycle: 2026-Q3", "cycle: 2026-Q4"), "is named 2026-Q3.yml but says cycle: 2026-Q4"),
    ],
)
def test_a_mistake_in_a_cycle_is_named_with_its_line(project: Path, text: str, says: str) -> None:
    assert says in refused(project, "2026-Q3.yml", text)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (COMMUNITY.replace("folder", "foldr"), "unknown key 'source.foldr' (did you mean 'folder'?)"),
        (COMMUNITY + "  demo: {seed: 1}\n", "demo stands alone"),
        (COMMUNITY.replace("folder", "sql: null #"), "one of demo, folder, workbook"),
        (COMMUNITY + "minimum_count: 1\n", "line 5: minimum_count"),
        (COMMUNITY.replace("place: mill-valley", "place: 0417"), "line 2: place: this is read as a number"),
        (COMMUNITY.replace("place: mill-valley", "place: true"), "line 2: place: this is read as true or false"),
        (COMMUNITY + "mapping: ../../data/mapping.xlsx\n", "line 5: unknown key 'mapping': it belongs to source"),
        (COMMUNITY + "synthetic: maybe\n", "line 5: synthetic: write true or false"),
        (COMMUNITY + "minimum_count: 2\n", "line 5: minimum_count: it must be 3 or more"),
        (COMMUNITY + "minimum_count: ten\n", "line 5: minimum_count: write a whole number"),
        (COMMUNITY + "late_tables: never\n", "line 5: late_tables: write wait or run"),
        (COMMUNITY + "accent: blue\n", "line 5: accent: write a color like #0072B2"),
        (COMMUNITY + "chapters: brief\n", "line 5: chapters: write a list"),
        (COMMUNITY + "languages: en\n", "line 5: languages: write a list"),
        (COMMUNITY + "name: Other\n", "the key 'name' stands there twice"),
        (COMMUNITY.replace("source:\n  folder: ../../data", "source: ../../data"), "line 3: source: indent its own"),
        (COMMUNITY.replace("name: Mill Valley", "name: Mill: Valley"), "a colon is where none can be"),
        (COMMUNITY.replace("name: Mill Valley", "name: 'Mill Valley"), "this is not YAML"),
        (COMMUNITY.replace("name: Mill Valley", 'name: "Mill" Valley'), "this is not YAML"),
        (COMMUNITY.replace("place: mill", "\tplace: mill"), "never with tabs"),
        (COMMUNITY.replace("place: mill-valley", "place mill-valley"), "this is not YAML"),
        (COMMUNITY.replace("Mill Valley", "*Mill"), "put quotes around the text"),
        (COMMUNITY.replace("place: mill-valley", "place:"), "line 2: place: it is blank"),
        (COMMUNITY + "chapters: [brief\n", "this is not YAML"),
        (COMMUNITY + "overrides: {leadership: {parameters: 3}}\n", "overrides.leadership.parameters: indent"),
        (COMMUNITY + "overrides: {leadership: {notebok: x.ipynb}}\n", "(did you mean 'notebook'?)"),
        ("name: Mill\n", "'place' is missing; 'source' is missing"),
    ],
)
def test_a_mistake_in_a_community_is_named(project: Path, text: str, says: str) -> None:
    assert says in refused(project, "community.yml", text)


RAW = ("Input should", "valid ", "<block", "pydantic", "token", "expected a", "Traceback", "scalar")


@pytest.mark.parametrize(
    "text",
    [
        *(COMMUNITY + f"{key}: {value}\n"
          for key in ("synthetic", "minimum_count", "late_tables", "accent", "languages", "overrides", "author")
          for value in ("[1, {a: 2}]", "{a: b}", "2026-13-45", "1.5", "!x y", "")),
        COMMUNITY + "? [a]\n: b\n", COMMUNITY + "a: &x\nb: *y\n", COMMUNITY + "%\n", COMMUNITY + "@x: 1\n",
        COMMUNITY + "- x\n", COMMUNITY + "a: |x\n", COMMUNITY + '"\\q": 1\n', "", "\x07", "{", "]",
    ],
)  # fmt: skip
def test_no_raw_words_of_a_library_come_out(project: Path, text: str) -> None:
    path = project / "params" / "mill" / "community.yml"
    path.write_text(text)
    said = ""
    try:
        load_community(project, "mill")
    except ParamsError as error:
        said = str(error)
    assert not [raw for raw in RAW if raw in said], said


def test_an_unknown_community_is_answered_with_the_nearest(project: Path) -> None:
    with pytest.raises(ParamsError, match="did you mean 'mill'"):
        load_community(project, "mil")


def test_a_missing_cycle_is_answered_with_those_there(project: Path) -> None:
    with pytest.raises(ParamsError, match=r"cycles here: 2026-Q3\.yml"):
        load_cycle(project / "params/mill/2027-Q1.yml")


def test_the_project_is_found_from_a_folder_below(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ALIGNKIT_PROJECT", raising=False)
    (project / "notebooks").mkdir()
    assert project_root(project / "notebooks") == project


def test_a_folder_without_params_above_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALIGNKIT_PROJECT", str(tmp_path))
    with pytest.raises(ParamsError, match="no params/ folder"):
        project_root()


@pytest.mark.parametrize(
    ("today", "days", "as_of"),
    [
        ("2026-07-01", {}, "2026-12-31"),
        ("2026-11-28", {}, "2026-11-28"),
        ("2027-01-15", {}, "2026-12-31"),
        ("2027-01-15", {"ends": "2027-01-20"}, "2027-01-15"),
        ("2027-03-01", {"ends": "2027-01-20"}, "2027-01-20"),
        ("2026-08-20", {"starts": "2026-09-08"}, "2026-12-31"),
    ],
)
def test_a_day_left_out_is_today_until_the_cycle_is_over(
    today_is: Callable[[str], None], today: str, days: dict[str, str], as_of: str
) -> None:
    today_is(today)
    cycle = CycleParams.model_validate({"community": "mill", "cycle": "2026-Fall", "as_of": None, **days})
    assert (cycle.as_of.isoformat(), cycle.dated) == (as_of, False)


def test_as_of_that_is_given_does_not_move_with_the_clock(project: Path, today_is: Callable[[str], None]) -> None:
    today_is("2026-08-01")
    cycle = load_cycle(project / "params/mill/2026-Q3.yml")
    assert (cycle.as_of, cycle.dated) == (date(2026, 9, 30), True)


def test_a_calendar_year_may_be_written_as_a_number(project: Path) -> None:
    path = project / "params/mill/2026.yml"
    path.write_text("community: mill\ncycle: 2026\nprevious: 2025\n")
    cycle = load_cycle(path)
    assert (cycle.cycle, cycle.previous) == ("2026", "2025")
    assert cycle.to_papermill()["cycle"] == "2026"


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        ("starts: 2026-02-01", "starts (2026-02-01) is more than 93 days from 2026-08-01, its usual day in 2026-Fall"),
        ("ends: 2027-06-01", "ends (2027-06-01) is more than 93 days from 2026-12-31"),
        ("starts: 2026-10-20\nends: 2026-10-10", "the cycle ends (2026-10-10) before it starts (2026-10-20)"),
    ],
)
def test_days_that_do_not_fit_the_label_are_refused(project: Path, lines: str, says: str) -> None:
    assert says in refused(project, "2026-Fall.yml", f"community: mill\ncycle: 2026-Fall\n{lines}\n")


def test_a_cycle_that_is_not_written_well_is_the_only_thing_that_is_said(project: Path) -> None:
    said = refused(project, "2026-H3.yml", "community: mill\ncycle: 2026-H3\n")
    assert "line 2: cycle: '2026-H3' is not a cycle" in said
    assert "as_of" not in said


def test_another_kind_of_cycle_may_follow(project: Path) -> None:
    path = project / "params/mill/2027-H1.yml"
    path.write_text("community: mill\ncycle: 2027-H1\nprevious: 2026-Q3\n")
    assert read_parameters(path)[2].previous == "2026-Q3"


def test_a_previous_cycle_that_is_not_there_is_refused_with_those_that_are(project: Path) -> None:
    path = project / "params/mill/2026-Q3.yml"
    with pytest.raises(ParamsError, match="there is no earlier cycle: leave it empty"):
        read_parameters(path)
    (project / "params/mill/2026-Q1.yml").write_text("community: mill\ncycle: 2026-Q1\n")
    with pytest.raises(ParamsError, match="cycles before this one: 2026-Q1"):
        read_parameters(path)
    (project / "params/mill/2026-Q2.yml").write_text("community: mill\ncycle: 2026-Q2\n")
    assert read_parameters(path)[2].previous == "2026-Q2"
