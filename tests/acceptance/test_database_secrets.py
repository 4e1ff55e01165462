"""A community whose tables stand in PostgreSQL, run and released: the password is nowhere that anybody can look."""

import pytest
from click.testing import CliRunner

from alignkit.book.release import release
from alignkit.cli import main
from tests.factory import rows
from tests.postgres import PASSWORD
from tests.small_project import OPEN, PARTNER, small_project

CELLS = [
    f'{OPEN}\npartners = c.table("partners")\nc.say("answer", f"{{len(partners)}} partner", role="answer")',
    "import os\nprint(sorted(os.environ.items()))",  # an evaluator looks around
]


@pytest.fixture
def town(postgres, tmp_path, monkeypatch):
    """The parameter file of a project whose partners stand in the database."""
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    monkeypatch.setenv("TOWN_DATABASE", postgres.url(more="&schema=released"))
    (row,) = rows("partners", PARTNER)
    values = ", ".join(f"'{value}' AS {name}" for name, value in row.items() if value is not None)
    postgres.do("CREATE SCHEMA released", f"CREATE TABLE released.partners AS SELECT {values}")
    yield small_project(tmp_path, {"one": CELLS}, source={"postgres": "$TOWN_DATABASE"})
    postgres.do("DROP SCHEMA released CASCADE")


def test_the_password_is_in_no_file_and_no_message(town, run, tmp_path, monkeypatch) -> None:
    assert run(town).ok
    release(town, engine="embedded", formats=["html"])
    monkeypatch.setenv("PGPASSWORD", f"{PASSWORD}!")
    refused = CliRunner().invoke(main, ["run", str(town)])
    assert refused.exit_code == 2
    assert "the user name or the password is wrong" in refused.stderr
    assert PASSWORD not in refused.output
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert any(path.name == "manifest.json" for path in files)
    assert [path for path in files if PASSWORD.encode() in path.read_bytes()] == []
    executed = tmp_path / ".alignkit" / "smallville" / "2026-Q3" / "run" / "notebooks" / "one.ipynb"
    notebook = executed.read_text(encoding="utf-8")
    assert "TOWN_DATABASE" in notebook  # the cell did print what it could see
    assert "PGPASSWORD" not in notebook
