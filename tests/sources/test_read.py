"""The source that community.yml names is the one that is read."""

from pathlib import Path

import pandas as pd
import pytest

from alignkit.contract.schema import TABLES
from alignkit.contract.validate import validate
from alignkit.errors import SourceError
from alignkit.params import CommunityParams, DemoSource, Source
from alignkit.sources.read import read


def test_the_demo_holds_to_the_contract_and_is_typed_already(tmp_path: Path) -> None:
    demo = CommunityParams(id="riverbend", name="Riverbend", place="r", source=Source(demo=DemoSource(seed=3)))
    tables = read(demo, tmp_path)
    assert set(tables) <= set(TABLES)
    for name, frame in validate(tables).items():
        pd.testing.assert_frame_equal(frame, tables[name])


def test_several_sources_are_read_together_and_a_table_stands_in_one_of_them(tmp_path: Path) -> None:
    base = tmp_path / "params" / "town"
    for folder, table in (("open", "partners"), ("apart", "students"), ("both", "students")):
        (base / folder).mkdir(parents=True)
        (base / folder / f"{table}.csv").write_text("name\nx\n", encoding="utf-8")

    def town(**source: str) -> CommunityParams:
        return CommunityParams(id="town", name="Town", place="t", source=Source(**source))

    assert set(read(town(folder="open", private="apart"), tmp_path)) == {"partners", "students"}
    with pytest.raises(SourceError, match=r"both source\.folder and source\.private have the table students"):
        read(town(folder="both", private="apart"), tmp_path)
