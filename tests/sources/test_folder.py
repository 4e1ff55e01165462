"""A folder of CSV and Parquet files: read as it stands, or told why not."""

import codecs
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from alignkit.errors import SourceError
from alignkit.params import CommunityParams, Source
from alignkit.sources.read import read

HEADER = "place_id,name,kind\n"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "params" / "town" / "data"
    folder.mkdir(parents=True)
    return folder


def tables(data: Path) -> dict[str, pd.DataFrame]:
    town = CommunityParams(id="town", name="Town", place="t", source=Source(folder="data"))
    return read(town, data.parents[2])


def refused(data: Path) -> str:
    with pytest.raises(SourceError) as caught:
        tables(data)
    assert caught.value.cure
    return str(caught.value)


def test_text_stays_text(data: Path) -> None:
    (data / "places.csv").write_text(HEADER + '021,"West, ""Old"" End",NA\n,,\n7,x,\n', encoding="utf-8")
    frame = tables(data)["places"]
    assert frame.to_numpy().tolist() == [["021", 'West, "Old" End', "NA"], ["", "", ""], ["7", "x", ""]]
    assert list(frame.columns) == ["place_id", "name", "kind"]


@pytest.mark.parametrize("start", [b"", codecs.BOM_UTF8])
@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_byte_order_mark_and_line_ends_do_not_count(data: Path, start: bytes, end: bytes) -> None:
    (data / "places.csv").write_bytes(start + end.join([b"place_id,name,kind", "w,Málaga,city".encode(), b""]))
    frame = tables(data)["places"]
    assert frame.to_dict("records") == [{"place_id": "w", "name": "Málaga", "kind": "city"}]


def test_what_a_spreadsheet_leaves_behind_is_dropped(data: Path) -> None:
    (data / "places.csv").write_text(" place_id ,name,kind,,\nw,West,city,,\n,,,,\n\n", encoding="utf-8")
    frame = tables(data)["places"]
    assert list(frame.columns) == ["place_id", "name", "kind"]
    assert len(frame) == 1


def test_a_table_without_rows_is_there(data: Path) -> None:
    (data / "places.csv").write_text(HEADER, encoding="utf-8")
    assert tables(data)["places"].shape == (0, 3)


def test_columns_there_twice_are_left_for_the_contract_to_tell(data: Path) -> None:
    (data / "places.csv").write_text("place_id,name,name\nw,x,y\n", encoding="utf-8")
    assert list(tables(data)["places"].columns) == ["place_id", "name", "name"]


def test_parquet_keeps_its_types_and_loses_its_index(data: Path) -> None:
    frame = pd.DataFrame({"place_id": ["w"], "when": pd.to_datetime(["2020-01-01"]), "n": [1]}, index=[5])
    frame.to_parquet(data / "places.parquet")
    found = tables(data)["places"]
    assert list(found.columns) == ["place_id", "when", "n"]
    assert found["n"].dtype == "Int64"
    frame.set_index("n").to_parquet(data / "places.parquet")
    assert set(tables(data)["places"].columns) == {"place_id", "when", "n"}


def test_other_files_are_let_be(data: Path) -> None:
    (data / "places.csv").write_text(HEADER, encoding="utf-8")
    for name in ("README.md", ".~places.csv", "notes.xlsx"):
        (data / name).write_text("x", encoding="utf-8")
    assert set(tables(data)) == {"places"}


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (HEADER.encode() + b"w,West,city\nm,M\xe1laga,city\n", "places.csv, line 3: the file is not UTF-8 text"),
        ("place_id\tname\n".encode("utf-16"), "UTF-16"),
        (b"place_id;name;kind\nw;West;city\n", "separated by semicolons"),
        (b"place_id\tname\n", "separated by tabs"),
        (b"", "the first line is blank"),
        (b",,\nw,West,city\n", "the first line is blank"),
        (HEADER.encode() + b"w,West, end,city\n", "line 2 has 4 columns, the first line 3"),
        (HEADER.encode() + b'w,"West,city\nm,x,y\n', "a quote is opened and never closed"),
    ],
)
def test_a_file_that_cannot_be_read_is_told(data: Path, content: bytes, says: str) -> None:
    (data / "places.csv").write_bytes(content)
    assert says in refused(data)


def test_a_broken_line_gives_nobody_away(data: Path) -> None:
    (data / "students.csv").write_text('student_id,last_name\n7,"Quill\n8,Day\n', encoding="utf-8")
    assert "Quill" not in refused(data)


def test_a_file_that_names_no_table_or_a_table_twice(data: Path) -> None:
    (data / "place.csv").write_text(HEADER, encoding="utf-8")
    assert "did you mean 'places'?" in refused(data)
    (data / "place.csv").rename(data / "places.csv")
    (data / "places.parquet").write_bytes(b"")
    assert "places.csv holds the same table" in refused(data)


def test_no_folder_no_table_no_parquet(data: Path) -> None:
    assert "no table in this folder" in refused(data)
    (data / "places.parquet").write_bytes(b"nonsense")
    assert "not a Parquet file" in refused(data)
    (data / "places.parquet").unlink()
    data.rmdir()
    assert "there is no such folder" in refused(data)


def test_parquet_columns_of_every_plain_kind_come_as_text_or_numbers(data: Path) -> None:
    table = pa.table(
        {
            "name": pa.array(["a", None]).dictionary_encode(),
            "place_id": pa.array([Decimal("7.00"), None], pa.decimal128(9, 2)),
            "kind": pa.array([0.1, None], pa.float32()),
            "parent_id": pa.array([2**63, None], pa.uint64()),
        }
    )
    pq.write_table(table, data / "places.parquet")
    frame = tables(data)["places"]
    assert frame.iloc[0].tolist() == ["a", "7", 0.1, str(2**63)]
    assert frame.iloc[1].isna().all()


def test_parquet_days_and_moments_are_days(data: Path) -> None:
    moment = datetime(2026, 3, 9, 23, 30, tzinfo=UTC)
    table = pa.table(
        {
            "place_id": pa.array([moment.date()]),
            "name": pa.array([moment], pa.timestamp("us", "America/Kentucky/Louisville")),
            "kind": pa.array([datetime(1600, 2, 3, 4)], pa.timestamp("s")),
        }
    )
    pq.write_table(table, data / "places.parquet")
    assert tables(data)["places"].iloc[0].tolist() == ["2026-03-09", "2026-03-09", "1600-02-03"]


def test_parquet_lists_are_refused(data: Path) -> None:
    pq.write_table(pa.table({"place_id": [["w"]]}), data / "places.parquet")
    assert "column place_id holds list" in refused(data)
