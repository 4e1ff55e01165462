"""docs/own-tables.md, tried as it stands; its notebook cells run in tests/runs/test_own_tables.py."""

import io
import re
from pathlib import Path
from typing import get_args

import pandas as pd

from alignkit.contract.schema import Identifies, Subject, Type
from alignkit.contract.validate import failures_of
from alignkit.sources.own.form import Column, Constraints, Declared
from tests.factory import text
from tests.own_tables import ANSWERS, PAGE, PARKS, PROGRAMS, SURVEY, catalog

TEXT = PAGE.read_text(encoding="utf-8")


def test_the_declarations_and_rows_of_the_page_are_right(tmp_path: Path) -> None:
    partners = text("partners", partner_id=["p1", "schools"])
    texts = {"family_survey": ANSWERS, "park_programs": PARKS, "partners": partners}
    frames = {name: pd.read_csv(io.StringIO(csv), dtype=str, na_filter=False) for name, csv in texts.items()}
    assert failures_of(frames, catalog(tmp_path, SURVEY, PROGRAMS)) == ()


def test_every_key_and_kind_is_on_the_page() -> None:
    keys = {name for form in (Declared, Column, Constraints) for name in form.model_json_schema()["properties"]}
    silent = {"step", "missingValues", "title", "example", "format", "trueValues", "falseValues"}
    told = set(re.findall(r"`(\w+)`", TEXT))
    assert keys - silent - told == set()
    assert {*get_args(Identifies), *get_args(Type), *get_args(Subject)} - told == set()


def test_the_readme_leads_to_the_page() -> None:
    assert "(docs/own-tables.md)" in (PAGE.parents[1] / "README.md").read_text(encoding="utf-8")
