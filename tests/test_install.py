"""alignkit as `pip install alignkit` gives it: outside the repository, without a clone."""

import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.heavy


def run(command, **options):
    return subprocess.run(command, capture_output=True, text=True, check=True, **options).stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory, pytestconfig):
    """Run Python elsewhere, with alignkit from its wheel and the dependencies from this environment."""
    folder = tmp_path_factory.mktemp("installed")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation"]
    run([*pip, "--target", str(folder / "site"), str(pytestconfig.rootpath)])
    environment = {**os.environ, "PYTHONPATH": str(folder / "site")}
    return lambda *arguments: run([sys.executable, *arguments], cwd=folder, env=environment)


def test_the_wheel_is_what_is_imported(installed):
    path = installed("-c", "import alignkit; print(alignkit.__file__)").strip()
    assert "site" in path
    assert "src" not in path


def test_notebooks_and_templates_travel_with_it(installed):
    folder = "__import__('importlib.resources').resources.files('alignkit') / '_project'"
    code = f"print(*[path.name for path in ({folder}).iterdir()])"
    assert {"notebooks", "templates"} <= set(installed("-c", code).split())


def test_the_command_answers(installed):
    code = "import sys; from alignkit.cli import main; sys.argv[0] = 'alignkit'; main()"
    assert "PARAMS" in installed("-c", code, "--help")
    assert "0.1.0" in installed("-c", code, "--version")


def test_a_project_begins_without_a_clone(installed):
    code = "import sys; from alignkit.cli import main; sys.argv[0] = 'alignkit'; main()"
    said = installed("-c", code, "init", "Mill Valley", "--cycle", "2026-Q3", "--folder", "mill-valley")
    assert "alignkit run  params/mill-valley/2026-Q3.yml" in said
    assert "nothing wrong" in installed("-c", code, "check", "mill-valley")
    assert "notebooks/" in said
