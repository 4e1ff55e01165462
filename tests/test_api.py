"""The public names: what they are, that they are documented, and that asking for help imports little."""

import inspect
import subprocess
import sys

import pytest

import alignkit
from alignkit import testing
from alignkit.kit import charts, tables
from scripts import write_api

PUBLIC = {"Cycle", "Published", "charts", "open_cycle", "run_shared", "tables"}


def test_the_public_names_are_these():
    assert set(alignkit.__all__) == PUBLIC == set(dir(alignkit))
    assert alignkit.charts is charts
    assert alignkit.tables is tables
    assert testing.__all__ == ["run_notebook"]


def test_an_unknown_name_says_which_there_are():
    with pytest.raises(AttributeError, match="open_cycle"):
        _ = alignkit.open_cicle


def test_the_page_is_what_the_docstrings_say():
    assert write_api.PAGE.read_text(encoding="utf-8") == write_api.page(), "write it again: python scripts/write_api.py"


@pytest.mark.parametrize("kind", [alignkit.Cycle, alignkit.Published])
def test_every_public_method_is_documented(kind):
    named = [name for name in vars(kind) if not name.startswith("_") and name not in kind.__dataclass_fields__]
    assert named
    assert [name for name in named if not inspect.getdoc(getattr(kind, name))] == []


def test_naming_alignkit_imports_no_pandas():
    code = "import alignkit, sys; sys.exit('pandas' in sys.modules or 'matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_asking_for_help_imports_no_drawing():
    code = "import alignkit.cli, sys; sys.exit('seaborn' in sys.modules or 'matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
