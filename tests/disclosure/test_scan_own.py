"""What a community's own table says identifies a person is looked for in finished pages."""

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from alignkit.contract.conform import conform
from alignkit.disclosure.scan import identifiers, scan
from alignkit.errors import ContractError
from tests.own_tables import PROGRAMS, SURVEY, catalog, with_column

PEOPLE = with_column(SURVEY, "parent", identifies="name")
PEOPLE = with_column(PEOPLE, "email", identifies="id")
PEOPLE = with_column(PEOPLE, "first_name")
PEOPLE = with_column(PEOPLE, "last_name")
PEOPLE = with_column(PEOPLE, "birth_date", type="date")
ROW = {
    "family_id": "FS-0417", "parent": "Quill, Ada Marie", "email": "quill.home@example.org", "first_name": "Orla",
    "last_name": "Quillon", "birth_date": "2015-03-04", "language": "english", "surveyed_on": "2026-10-02",
    "subgroup": "west",
}  # fmt: skip


def hits(tmp_path: Path, text: str, **public: Any) -> set[str]:
    """The kinds of what is found of `ROW` in a page; `public` is a row of the public table."""
    known = catalog(tmp_path / "project", PEOPLE, PROGRAMS)
    given = {"family_survey": [ROW], "park_programs": [{"program_id": "x", "park": "x", **public}]}
    tables = {name: conform(name, pd.DataFrame(rows), known)[0] for name, rows in given.items()}
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "page.html").write_text(f"<p>{text}</p>", encoding="utf-8")
    return {hit.kind for hit in scan(tmp_path / "book", identifiers(tables, known))}


FOUND = {
    "The family FS-0417 answered.": "id",
    "Write to Quill.Home@example.org.": "id",
    "Thanks to Ada Marie Quill and others.": "name",
    "Thanks to Quill, Ada Marie and others.": "name",
    "Thanks to Orla Quillon.": "name",
    "Orla, born March 4, 2015, said": "birth date",
    "Marie (child: 3/4/2015) said": "birth date",
}


@pytest.mark.parametrize("text", FOUND)
def test_every_way_to_know_someone_is_found(tmp_path: Path, text: str) -> None:
    assert hits(tmp_path, text) == {FOUND[text]}


@pytest.mark.parametrize("text", ["Families in the west answered in English.", "Orla", "Ada", "on March 4, 2015"])
def test_what_points_at_nobody_is_not(tmp_path: Path, text: str) -> None:
    assert hits(tmp_path, text) == set()


def test_a_name_that_is_public_is_not_looked_for(tmp_path: Path) -> None:
    assert hits(tmp_path, "In Orla Quillon Park.", park="Orla Quillon Park") == set()


def test_a_table_that_the_catalog_does_not_know_is_refused_not_skipped(tmp_path: Path) -> None:
    with pytest.raises(ContractError, match="there is no table 'family_survey'"):
        identifiers({"family_survey": pd.DataFrame([ROW])})
