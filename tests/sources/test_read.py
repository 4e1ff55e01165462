"""The source that community.yml names is the one that is read."""

from pathlib import Path

import pandas as pd

from alignkit.contract.schema import TABLES
from alignkit.contract.validate import validate
from alignkit.params import CommunityParams, DemoSource, Source
from alignkit.sources.read import read


def test_the_demo_holds_to_the_contract_and_is_typed_already(tmp_path: Path) -> None:
    demo = CommunityParams(id="riverbend", name="Riverbend", place="r", source=Source(demo=DemoSource(seed=3)))
    tables = read(demo, tmp_path)
    assert set(tables) <= set(TABLES)
    for name, frame in validate(tables).items():
        pd.testing.assert_frame_equal(frame, tables[name])
