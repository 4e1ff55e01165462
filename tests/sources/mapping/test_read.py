"""Incoming files of the awkward kinds, through a mapping sheet, as a table of the contract."""

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from openpyxl import Workbook

from alignkit.contract.validate import failures_of
from alignkit.errors import SourceError
from alignkit.params import CommunityParams, Source
from alignkit.sources.mapping.read import read_mapping
from alignkit.sources.mapping.readings import SHARE
from alignkit.sources.read import read
from tests.factory import text
from tests.mapping_sheets import VALUES, constants, fill


def mapped(tmp_path: Path, name: str, columns: list[dict[str, object]], **more: Any) -> pd.DataFrame:
    """What one incoming file gives; `more` adds cells of its line in sheet files, and lines of other sheets."""
    sheets = {key: more.pop(key) for key in ("codes", "wide", "marks", "rows") if key in more}
    files = [{"file": "f", "path": name, "table": "indicator_values", **more}]
    taken = {column["column"]: None for column in columns}
    lines = constants("f", **taken) + [{"file": "f", **column} for column in columns]
    return read_mapping(fill(tmp_path / "mapping.xlsx", {"files": files, "columns": lines, **sheets}))[
        "indicator_values"
    ]


def test_names_codes_constants_and_where_a_value_came_from(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("District,Pct\n021,45.5\n999,50\n\n", encoding="utf-8")
    place = {"column": "place_id", "source": "District", "front": "ky-"}
    codes = [{"column": "place_id", "text": "999", "code": "kentucky"},
             {"column": "place_id", "text": "(any other)", "code": "(as it stands)"}]  # fmt: skip
    frame = mapped(tmp_path, "in.csv", [place, {"column": "value", "source": "Pct"}], codes=codes)
    assert frame["place_id"].tolist() == ["ky-021", "kentucky"]
    assert frame["value"].tolist() == [45.5, 50]
    assert frame["source_key"].tolist() == ["in.csv, row 2", "in.csv, row 3"]
    assert frame["released_on"].tolist() == [VALUES["released_on"]] * 2
    assert {f.rule for f in failures_of({"indicator_values": frame})} == {"table_needed"}  # places and indicators


def test_marks_fill_status_and_bounds(tmp_path: Path) -> None:
    text = "Ready,Of,Pct\n40,50,0.8\n*,8,<0.1\n3,9,*\n3,9,\n2,n<10,N/A\n7,9,TBD\n"
    (tmp_path / "in.csv").write_text(text, encoding="utf-8")
    columns: list[dict[str, object]] = [
        {"column": "value", "source": "Pct", "reading": "share from 0 to 1, as percent"},
        {"column": "numerator", "source": "Ready"},
        {"column": "denominator", "source": "Of"},
    ]
    marks = [{"text": "(blank)", "status": "suppressed_at_source"}, {"text": "tbd", "status": "not_comparable"}]
    frame = mapped(tmp_path, "in.csv", columns, marks=marks)
    hidden = "suppressed_at_source"
    assert frame["value_status"].tolist() == ["reported", "range", hidden, hidden, "missing", "not_comparable"]
    assert frame["value"].fillna(-1).tolist() == [80, -1, -1, -1, -1, -1]
    assert frame["numerator"].fillna(-1).tolist() == [40, -1, -1, -1, -1, 7]  # a hidden value's count is hidden too
    assert frame["denominator"].fillna(-1).tolist() == [50, 8, 9, 9, -1, 9]
    assert frame.loc[1, ["low", "high"]].tolist() == [0, 10]


def test_counts_say_what_a_value_that_is_left_blank_does_not(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("Pct,N,Of\n,40,50\n,,50\n80,,\n*,40,50\n", encoding="utf-8")
    columns: list[dict[str, object]] = [
        {"column": column, "source": source}
        for column, source in (("value", "Pct"), ("numerator", "N"), ("denominator", "Of"))
    ]
    frame = mapped(tmp_path, "in.csv", columns)
    assert frame["value_status"].tolist() == ["reported", "missing", "reported", "suppressed_at_source"]
    assert frame["numerator"].fillna(-1).tolist() == [40, -1, -1, -1]


def test_a_count_alone_says_whether_it_is_hidden(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text('Births\n140\n<10\n*\n""\n.\n', encoding="utf-8")
    frame = mapped(tmp_path, "in.csv", [{"column": "numerator", "source": "Births"}])
    assert frame["value_status"].tolist() == ["reported", "suppressed_at_source", "suppressed_at_source", "missing"]


def test_latin_letters_semicolons_and_decimal_commas(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_bytes("Ort;Wert\nMálaga;1.234,5\nÉvora;12,5\n".encode("latin-1"))
    columns: list[dict[str, object]] = [{"column": "place_id", "source": "Ort"}, {"column": "value", "source": "Wert"}]
    frame = mapped(tmp_path, "in.csv", columns, encoding="Latin-1", separator="semicolon", decimal="comma")
    assert frame["place_id"].tolist() == ["Málaga", "Évora"]
    assert frame["value"].tolist() == [1234.5, 12.5]


def agency(path: Path) -> None:
    """A state's workbook: merged title, names in rows 4 and 5, years side by side, totals and a footnote."""
    book = Workbook()
    book.active.title = "About"
    sheet = book.create_sheet("Grade 3")
    for row in (
        ["Grade 3 reading, by district"], [], [],
        ["District", None, "2014-15", None, "2015-16", None],
        ["Code", "Name", "Tested", "Pct", "Tested", "Pct"],
        ["021", "West", 40, 0.5, 44, 0.25], ["022", "East", 8, "*", 12, "<0.1"], ["Total", None, 48, 0.4, 56, 0.3], [],
        ["* fewer than ten students"],
    ):  # fmt: skip
        sheet.append(row)
    for cells in ("A1:F1", "A4:B4", "C4:D4", "E4:F4"):
        sheet.merge_cells(cells)
    book.save(path)


def test_a_states_workbook_with_years_side_by_side(tmp_path: Path) -> None:
    agency(tmp_path / "state.xlsx")
    columns: list[dict[str, object]] = [
        {"column": "place_id", "source": "District Code"},
        {"column": "period_start", "source": "(heading)", "reading": "school year, first day"},
        {"column": "period_end", "source": "(heading)", "reading": "school year, last day"},
        {"column": "value", "source": "(value)", "reading": "share from 0 to 1, as percent"},
        {"column": "denominator", "source": "(tested)"},
    ]
    wide = [{"file": "f", "source": f"{year} {what}", "heading": year, "name": name}
            for year in ("2014-15", "2015-16") for what, name in (("Pct", None), ("Tested", "tested"))]  # fmt: skip
    rows = [{"file": "f", "keep": "leave out", "source": "District Code", "text": "total"},
            {"file": "f", "keep": "leave out", "source": "(value)", "text": "(blank)"}]  # fmt: skip
    frame = mapped(tmp_path, "state.xlsx", columns, sheet="Grade 3", header="4-5", wide=wide, rows=rows)
    assert frame["place_id"].tolist() == ["021", "021", "022", "022"]
    assert frame["period_start"].tolist() == ["2014-07-01", "2015-07-01"] * 2
    assert frame["value"].fillna(-1).tolist() == [50, 25, -1, -1]
    assert frame["denominator"].tolist() == [40, 44, 8, 12]
    assert frame["value_status"].tolist()[2:] == ["suppressed_at_source", "range"]
    assert frame["source_key"][2] == "state.xlsx, sheet Grade 3, row 7"


def test_groups_side_by_side_by_a_pattern(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("Year,pct_Female,pct_Male,pct_All\n2015,1,2,3\n", encoding="utf-8")
    columns: list[dict[str, object]] = [
        {"column": "subgroup", "source": "(heading)"},
        {"column": "subgroup_type", "source": "(heading)"},
        {"column": "value", "source": "(value)"},
    ]
    codes = [{"file": "f", "column": column, "text": f"pct_{text}", "code": code}
             for column, *listed in (("subgroup", "female", "male"), ("subgroup_type", "sex", "sex"))
             for text, code in zip(("female", "male"), listed, strict=True)]  # fmt: skip
    codes += [{"column": column, "text": "pct_All", "code": "(leave out)"} for column in ("subgroup", "subgroup_type")]
    frame = mapped(tmp_path, "in.csv", columns, wide=[{"file": "f", "source": "pct_*"}], codes=codes)
    assert frame[["subgroup_type", "subgroup", "value"]].to_numpy().tolist() == [
        ["sex", "female", 1],
        ["sex", "male", 2],
    ]


def test_a_share_that_excel_shows_as_a_percent_is_one(tmp_path: Path) -> None:
    book = Workbook()
    for value in ("Pct", 0.861, 0.5, "<10%"):
        book.active.append([value])
    book.active["A2"].number_format = "0.0%"
    book.save(tmp_path / "in.xlsx")
    frame = mapped(tmp_path, "in.xlsx", [{"column": "value", "source": "Pct", "reading": SHARE}])
    assert frame["value"].tolist()[:2] == [86.1, 50]
    assert frame.loc[2, ["low", "high"]].tolist() == [0, 10]


def test_several_files_feed_one_table_or_only_the_last(tmp_path: Path) -> None:
    for name, value in (("k_2015.csv", 1), ("k_2016.csv", 2), ("~$k_2017.csv", 3)):
        (tmp_path / name).write_text(f"v\n{value}\n", encoding="utf-8")
    columns: list[dict[str, object]] = [{"column": "value", "source": "v"}]
    assert mapped(tmp_path, "k_*.csv", columns)["value"].tolist() == [1, 2]
    (tmp_path / "mapping.xlsx").unlink()
    assert mapped(tmp_path, "k_*.csv", columns, take="the last by name")["value"].tolist() == [2]


def test_a_mapping_stands_beside_a_workbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    base = tmp_path / "params" / "town"
    (base / "tables").mkdir(parents=True)
    (base / "tables" / "places.csv").write_text(text("places", place_id="w"), encoding="utf-8")
    (tmp_path / "drop").mkdir()
    (tmp_path / "drop" / "in.csv").write_text("v\n1\n", encoding="utf-8")
    monkeypatch.setenv("DROP", str(tmp_path / "drop"))
    mapped(base, "$DROP/in.csv", [{"column": "value", "source": "v"}])
    source = Source(mapping="mapping.xlsx", folder="tables")
    assert set(read(CommunityParams(id="town", name="T", place="w", source=source), tmp_path)) == {
        "places",
        "indicator_values",
    }


def refused(tmp_path: Path, text: str, columns: list[dict[str, object]], **more: Any) -> str:
    (tmp_path / "in.csv").write_text(text, encoding="utf-8")
    with pytest.raises(SourceError) as caught:
        mapped(tmp_path, "in.csv", columns, **more)
    assert not (tmp_path / "mapping.layout.json").exists()
    return str(caught.value)


def test_cells_that_are_not_understood_are_told_by_row_and_never_quoted(tmp_path: Path) -> None:
    columns: list[dict[str, object]] = [
        {"column": "value", "source": "v"},
        {"column": "period_start", "source": "y", "reading": "school year, first day"},
    ]
    message = refused(tmp_path, "y,v\n2015-16,1\nQuill,Day\n2015,2\n", columns)
    assert "in.csv, column v, row 3: neither a number nor a mark" in message
    assert "in.csv, column y, row 3, row 4: not written like 2015-16 or SY2015-16" in message
    assert "Quill" not in message
    assert "Day" not in message


def test_a_code_that_nobody_has_named_is_told_with_the_nearest(tmp_path: Path) -> None:
    codes = [{"column": "subgroup", "text": "Female", "code": "female"}]
    columns: list[dict[str, object]] = [{"column": "subgroup", "source": "g"}, {"column": "value", "source": "v"}]
    message = refused(tmp_path, "g,v\nFEMALE ,1\nFemales,2\nFemales,3\n", columns, codes=codes)
    assert "in.csv, column g: 'Females' (2 rows) is in no line of sheet codes" in message
    assert "the nearest there is 'female'" in message


def test_many_unknown_codes_may_be_names_and_are_counted(tmp_path: Path) -> None:
    text = "g,v\n" + "".join(f"Quill {n},1\n" for n in range(30))
    codes = [{"column": "subgroup", "text": "Female", "code": "female"}]
    columns: list[dict[str, object]] = [{"column": "subgroup", "source": "g"}, {"column": "value", "source": "v"}]
    message = refused(tmp_path, text, columns, codes=codes)
    assert "30 different texts are in no line of sheet codes" in message
    assert "Quill" not in message
