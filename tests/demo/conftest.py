"""The synthetic community of seed 7, made once for all its tests, which leave it as it is."""

import pandas as pd
import pytest

from alignkit.demo.riverbend import tables


@pytest.fixture(scope="session")
def made() -> dict[str, pd.DataFrame]:
    return tables(7)
