"""What a run uses is kept once, privately, and can be purged."""

import hashlib
import os
import stat
import struct
from pathlib import Path

import pandas as pd
import pytest

from alignkit.contract.conform import conform
from alignkit.contract.schema import TABLES, schema
from alignkit.contract.validate import empty
from alignkit.errors import ContractError, SourceError, TableMissingError
from alignkit.params import CommunityParams, Source
from alignkit.snapshot import content_hash, load, purge, snapshot_of, take
from tests.factory import completed

PLACES = "place_id,name,kind\n021,West,city\n7,Málaga,city\n"
TYPED = {"string": ["a", None], "integer": [7, None], "number": [0.5, None], "boolean": [False, None],
         "date": ["2020-01-01", None]}  # fmt: skip


def table(name: str) -> pd.DataFrame:
    """Two rows of a table: one filled, one without anything."""
    given = pd.DataFrame({field.name: TYPED[field.type] for field in schema(name).fields}, dtype="object")
    return conform(name, given)[0]


def places(*rows: tuple[str, str]) -> pd.DataFrame:
    return conform("places", pd.DataFrame(rows, columns=["place_id", "name"]).assign(kind="city"))[0]


def test_every_table_comes_back_as_it_was(tmp_path: Path) -> None:
    tables = {name: table(name) for name in TABLES}
    snapshot = load(tmp_path, take(tables, tmp_path).id)
    assert list(snapshot.tables) == list(TABLES)
    for name, frame in tables.items():
        pd.testing.assert_frame_equal(snapshot.table(name), frame)
        assert snapshot.tables[name].rows == 2
        texts = snapshot.table(name).select_dtypes("object").to_numpy().ravel()
        assert all(cell is None or isinstance(cell, str) for cell in texts)


def test_a_table_without_rows_keeps_its_types(tmp_path: Path) -> None:
    snapshot = take({"services": empty("services")}, tmp_path)
    pd.testing.assert_frame_equal(snapshot.table("services"), empty("services"))


def test_equal_content_is_kept_once_whatever_the_order_of_tables(tmp_path: Path) -> None:
    one, two = places(("a", "A")), table("grants")
    first = take({"places": one, "grants": two}, tmp_path)
    second = take({"grants": two.copy(), "places": one.copy()}, tmp_path)
    assert first.id == second.id
    assert len(list((tmp_path / "objects").iterdir())) == 2


def test_the_hash_sees_every_cell_and_nothing_else() -> None:
    base = places(("a", "bc"), ("d", "e"))
    others = [
        places(("ab", "c"), ("d", "e")),
        places(("d", "e"), ("a", "bc")),
        places(("a", "bc")),
        base.assign(parent_id=["a", None]),
        base.assign(parent_id=[None, "a"]),
    ]
    hashes = {content_hash("places", frame) for frame in [base, *others]}
    assert len(hashes) == 6
    assert content_hash("places", base.set_axis([5, 9])) == content_hash("places", base)


def test_the_hash_is_of_plain_bytes_in_a_fixed_layout() -> None:
    def text(name: str) -> bytes:
        return f"\n{name} string\n".encode() + b"\0" + struct.pack("<q", 1) + b"a"

    day = struct.pack("<q", pd.Timestamp("2020-01-01").value)
    written = b"services 1" + text("client_id") + text("practice_id") + text("partner_id")
    written += b"\nstarts_on date\n\0" + day + b"\nends_on date\n\0" + day
    written += b"\nhours number\n\0" + struct.pack("<d", 0.5)
    assert content_hash("services", table("services").iloc[[0]]) == hashlib.sha256(written).hexdigest()


def test_zero_has_no_sign_and_missing_is_not_zero() -> None:
    frame = table("grants").iloc[[0]]
    amounts = [content_hash("grants", frame.assign(amount=amount)) for amount in (0.0, -0.0, float("nan"))]
    assert amounts[0] == amounts[1] != amounts[2]


def test_a_reader_cannot_change_what_is_kept(tmp_path: Path) -> None:
    snapshot = take({"places": places(("a", "A"))}, tmp_path)
    mine = snapshot.table("places")
    mine.loc[0, "name"] = "changed"
    assert snapshot.table("places").loc[0, "name"] == "A"


@pytest.mark.skipif(os.name != "posix", reason="permissions are POSIX")
def test_only_the_owner_can_read(tmp_path: Path) -> None:
    home = tmp_path / ".alignkit" / "town" / "data"
    take({"places": places(("a", "A"))}, home)
    for path in [tmp_path / ".alignkit", *(tmp_path / ".alignkit").rglob("*")]:
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path


def test_a_table_that_is_not_kept_is_missing_and_a_wrong_name_is_told(tmp_path: Path) -> None:
    snapshot = take({"places": places(("a", "A"))}, tmp_path)
    with pytest.raises(TableMissingError, match="table 'grants' is not there"):
        snapshot.table("grants")
    with pytest.raises(ContractError, match="did you mean 'places'"):
        snapshot.table("place")
    for id_ in ("0123456789abcdef", "../snapshots/x"):
        with pytest.raises(SourceError, match="there is no snapshot"):
            load(tmp_path, id_)


def test_purging_removes_data_and_keeps_hashes(tmp_path: Path) -> None:
    snapshot = take({"places": places(("a", "A")), "grants": table("grants")}, tmp_path)
    assert set(purge(tmp_path, snapshot.id)) == {"places", "grants"}
    assert list((tmp_path / "objects").iterdir()) == []
    assert load(tmp_path, snapshot.id).tables == snapshot.tables
    for stale in (snapshot, load(tmp_path, snapshot.id)):
        with pytest.raises(SourceError, match="the data of table places are gone"):
            stale.table("places")


def test_purging_leaves_what_another_snapshot_uses(tmp_path: Path) -> None:
    shared, old, new = table("grants"), places(("a", "A")), places(("b", "B"))
    first = take({"places": old, "grants": shared}, tmp_path)
    second = take({"places": new, "grants": shared}, tmp_path)
    assert purge(tmp_path, first.id) == ("places",)
    assert len(second.table("grants")) == 2
    with pytest.raises(SourceError):
        load(tmp_path, first.id).table("grants")
    assert set(purge(tmp_path, second.id)) == {"places", "grants"}


def test_what_is_taken_again_after_a_purge_is_there_again(tmp_path: Path) -> None:
    tables = {"places": places(("a", "A"))}
    purge(tmp_path, take(tables, tmp_path).id)
    again = take(tables, tmp_path)
    assert len(load(tmp_path, again.id).table("places")) == 1


@pytest.fixture
def project(tmp_path: Path) -> Path:
    data = tmp_path / "params" / "town" / "data"
    data.mkdir(parents=True)
    (data / "places.csv").write_text(completed("places", PLACES), encoding="utf-8")
    return tmp_path


def town(**source: str) -> CommunityParams:
    return CommunityParams(id="town", name="Town", place="t", source=Source.model_validate(source))


def test_a_source_that_has_not_changed_is_not_read_again(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = snapshot_of(town(folder="data"), project)
    assert first.home == project / ".alignkit" / "town" / "data"
    assert first.table("places")["place_id"].tolist() == ["021", "7"]
    monkeypatch.setattr("alignkit.snapshot.read", lambda community, project: pytest.fail("read again"))
    assert snapshot_of(town(folder="data"), project) == first


def test_a_source_that_has_changed_is(project: Path) -> None:
    first = snapshot_of(town(folder="data"), project)
    more = completed("places", PLACES + "8,North,city\n")
    (project / "params" / "town" / "data" / "places.csv").write_text(more, encoding="utf-8")
    second = snapshot_of(town(folder="data"), project)
    assert (first.tables["places"].rows, second.tables["places"].rows) == (2, 3)
    assert first.id != second.id


@pytest.mark.parametrize("loss", ["purged", "object", "list"])
def test_lost_data_are_read_again(project: Path, loss: str) -> None:
    first = snapshot_of(town(folder="data"), project)
    if loss == "purged":
        purge(first.home, first.id)
    else:
        pattern = "objects/*" if loss == "object" else "snapshots/*"
        for path in first.home.glob(pattern):
            path.unlink()
    again = snapshot_of(town(folder="data"), project)
    assert again.id == first.id
    assert len(again.table("places")) == 2


def test_tables_that_break_the_contract_are_not_kept(project: Path) -> None:
    wrong = completed("places", PLACES + "7,,city\n")
    (project / "params" / "town" / "data" / "places.csv").write_text(wrong, encoding="utf-8")
    for _ in range(2):
        with pytest.raises(ContractError) as caught:
            snapshot_of(town(folder="data"), project)
        assert len(caught.value.failures) == 2
    assert not (project / ".alignkit").exists()


def test_queries_are_always_read_and_their_order_does_not_count(project: Path) -> None:
    queries = project / "params" / "town" / "queries"
    queries.mkdir()
    ids = []
    for order in ("ASC", "DESC", "ASC LIMIT 1"):
        query = f"SELECT * FROM read_csv('data/places.csv', all_varchar = true) ORDER BY place_id {order}"
        (queries / "places.sql").write_text(query, encoding="utf-8")
        ids.append(snapshot_of(town(sql="queries"), project).id)
    assert ids[0] == ids[1] != ids[2]
