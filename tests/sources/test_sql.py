"""Queries over any files: variables filled, errors at the query, nobody's value in them."""

from pathlib import Path

import pandas as pd
import pytest

from alignkit.errors import SourceError
from alignkit.params import CommunityParams, Source
from alignkit.sources.read import read


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """A community's params folder with a file to query."""
    folder = tmp_path / "params" / "town"
    (folder / "queries").mkdir(parents=True)
    (folder / "it's raw").mkdir()
    (folder / "it's raw" / "a.csv").write_text("code,name,pct\n021,West,<10\n7,O'Brien,46%\n", encoding="utf-8")
    return folder


def tables(town: Path, **variables: str) -> dict[str, pd.DataFrame]:
    source = Source(sql="queries", variables={"raw": "it's raw", **variables})
    return read(CommunityParams(id="town", name="Town", place="t", source=source), town.parents[1])


def refused(town: Path, **variables: str) -> str:
    with pytest.raises(SourceError) as caught:
        tables(town, **variables)
    assert caught.value.cure
    return str(caught.value)


def query(town: Path, text: str, name: str = "places") -> None:
    (town / "queries" / f"{name}.sql").write_text(text, encoding="utf-8")


def test_a_query_gives_its_table(town: Path) -> None:
    query(town, "SELECT code, hidden_value(pct) AS value, hidden_high(pct) AS high, {'a': 1} AS s\n"
                "FROM read_csv('{raw}/a.csv', all_varchar = true) -- regexp '\\d{2}'\n")  # fmt: skip
    frame = tables(town)["places"]
    assert frame["code"].tolist() == ["021", "7"]
    assert frame["value"].tolist()[1] == 46
    assert frame["high"].tolist()[0] == 10


def test_paths_start_at_the_params_folder_or_in_the_environment(town: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    query(town, "SELECT count(*) AS n FROM 'it''s raw/a.csv'")
    assert tables(town)["places"]["n"].tolist() == [2]
    query(town, "SELECT count(*) AS n FROM '{far}/a.csv'")
    monkeypatch.setenv("TOWN_DATA", str(town / "it's raw"))
    for written in ("$TOWN_DATA", "${TOWN_DATA}/."):
        assert tables(town, far=written)["places"]["n"].tolist() == [2]
    monkeypatch.delenv("TOWN_DATA")
    message = refused(town, far="$TOWN_DATA")
    assert "variable far: the environment variable TOWN_DATA is not set" in message


def test_a_variable_nobody_declared_names_the_nearest(town: Path) -> None:
    query(town, "SELECT * FROM '{row}/a.csv'")
    message = refused(town)
    assert "places.sql" in message
    assert "unknown variable {row}" in message
    assert "did you mean 'raw'?" in message


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("SELEC 1", "syntax error"),
        ("SELECT nam FROM '{raw}/a.csv'", "Candidate bindings"),
        ("SELECT * FROM 'nowhere.csv'", "nowhere.csv"),
        ("SELECT * FROM nowhere", "nowhere does not exist"),
        ("SELECT * FROM 'a.csv'; -- '\ud7ff", "No files found"),
    ],
)
def test_an_error_quotes_the_query_file_and_duckdb(town: Path, text: str, says: str) -> None:
    query(town, text)
    message = refused(town)
    assert "places.sql" in message
    assert says in message


@pytest.mark.parametrize(
    "text",
    [
        "SELECT name::INTEGER FROM '{raw}/a.csv'",
        "SELECT name::DATE FROM '{raw}/a.csv'",
        "SELECT hidden_value(name) FROM '{raw}/a.csv'",
        "SELECT (900 + code::BIGINT)::TINYINT FROM '{raw}/a.csv'",
        "SELECT * FROM read_csv('{raw}/a.csv', columns = {{'a': 'INTEGER', 'b': 'INTEGER', 'c': 'INTEGER'}})",
    ],
)
def test_an_error_about_data_gives_nobody_away(town: Path, text: str) -> None:
    query(town, text.replace("{{", "{").replace("}}", "}"), "students")
    message = refused(town)
    assert "students.sql" in message
    assert not any(secret in message.partition("students.sql")[2] for secret in ("Brien", "West", "921"))


def test_an_unknown_mark_in_a_query_lists_those_understood(town: Path) -> None:
    query(town, "SELECT hidden_status(name) AS s FROM '{raw}/a.csv'")
    message = refused(town)
    assert "hidden_status: neither a number nor a mark" in message
    assert "90 to 94%" in message


def test_a_query_in_another_encoding_and_a_folder_without_queries(town: Path) -> None:
    (town / "queries" / "places.sql").write_bytes(b"SELECT 'M\xe1laga'")
    assert "not UTF-8" in refused(town)
    (town / "queries" / "places.sql").unlink()
    assert "put <table>.sql files there" in refused(town)
