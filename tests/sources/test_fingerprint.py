"""Whether a source may have changed, told without reading it."""

import os
from pathlib import Path

from alignkit.params import CommunityParams, DemoSource, Source
from alignkit.sources.fingerprint import fingerprint
from alignkit.sources.mapping.read import read_mapping
from tests.mapping_sheets import constants, fill


def community(**source: object) -> CommunityParams:
    return CommunityParams(id="town", name="Town", place="t", source=Source.model_validate(source))


def test_the_demo_is_told_by_its_seed(tmp_path: Path) -> None:
    first, again, other = (fingerprint(community(demo=DemoSource(seed=seed)), tmp_path) for seed in (1, 1, 2))
    assert first == again
    assert first != other


def test_what_queries_read_cannot_be_seen(tmp_path: Path) -> None:
    assert fingerprint(community(sql="queries"), tmp_path) is None


def test_a_folder_is_told_by_names_sizes_and_times(tmp_path: Path) -> None:
    data = tmp_path / "params" / "town" / "data"
    data.mkdir(parents=True)
    town, places = community(folder="data"), data / "places.csv"
    seen = []
    for change in ("a", "a", "ab"):
        places.write_text(change, encoding="utf-8")
        os.utime(places, ns=(1, 1))
        seen.append(fingerprint(town, tmp_path))
    os.utime(places, ns=(1, 2))
    seen.append(fingerprint(town, tmp_path))
    places.rename(data / "partners.csv")
    seen.append(fingerprint(town, tmp_path))
    assert seen[0] == seen[1]
    assert len(set(seen)) == 4
    assert None not in seen


def test_a_duckdb_file_is_told_by_size_and_time_with_what_waits_beside_it(tmp_path: Path) -> None:
    file = tmp_path / "params" / "town" / "town.duckdb"
    file.parent.mkdir(parents=True)
    town = community(duckdb="town.duckdb")
    seen = [fingerprint(town, tmp_path)]
    for path, size in ((file, 1), (file, 1), (file, 2), (file.with_name("town.duckdb.wal"), 1)):
        path.write_bytes(b"x" * size)
        os.utime(path, ns=(1, 1))
        seen.append(fingerprint(town, tmp_path))
    assert seen[1] == seen[2]
    assert len(set(seen)) == 4
    assert fingerprint(community(postgres="postgresql://h/d"), tmp_path) is None


def test_a_mapping_is_told_by_itself_its_memory_and_what_it_maps(tmp_path: Path) -> None:
    base = tmp_path / "params" / "town"
    base.mkdir(parents=True)
    (base / "in_1.csv").write_text("v\n1\n", encoding="utf-8")
    files = [{"file": "f", "path": "in_*.csv", "table": "indicator_values"}]
    lines = [*constants("f"), {"file": "f", "column": "value", "source": "v"}]
    mapping = fill(base / "mapping.xlsx", {"files": files, "columns": lines})
    town = community(mapping="mapping.xlsx")
    assert fingerprint(town, tmp_path) is None  # it has never worked: what it maps is not known
    read_mapping(mapping)
    seen = [fingerprint(town, tmp_path), fingerprint(town, tmp_path)]
    (base / "in_2.csv").write_text("v\n2\n", encoding="utf-8")
    seen.append(fingerprint(town, tmp_path))
    assert None not in seen
    assert seen[0] == seen[1] != seen[2]
    mapping.with_suffix(".layout.json").unlink()
    assert fingerprint(town, tmp_path) is None
