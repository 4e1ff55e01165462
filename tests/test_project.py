"""The project's own files agree with each other, and the wheel carries what `alignkit init` needs."""

import ast
import importlib.metadata
import json
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from ruamel.yaml import YAML

ROOT = Path(__file__).parents[1]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT = PYPROJECT["project"]
DIRECT = {canonicalize_name(r.name): r for r in map(Requirement, PROJECT["dependencies"])}
LOCKS = ["run", "dev"]
CONDA_NAMES = {"python-duckdb": "duckdb", "matplotlib-base": "matplotlib"}


def read(name):
    return (ROOT / name).read_text(encoding="utf-8")


def yaml(name):
    return YAML(typ="safe").load(read(name))


def lock(name):
    """Name → version, once for each line that names both."""
    lines = re.findall(r"^(\S+)==(\S+)", read(f"requirements/{name}.txt"), re.MULTILINE)
    assert len(lines) == len(dict(lines)), "a package is locked twice; environment.yml could not repeat both"
    return {canonicalize_name(package): version for package, version in lines}


def environment():
    """Name → version pinned in environment.yml, by conda or by pip."""
    *conda, last = yaml("environment.yml")["dependencies"]
    pins = [re.fullmatch(r"([\w.-]+)={1,2}([\w.]+)", line) for line in [*conda, *last["pip"]]]
    named = {canonicalize_name(pin[1]): pin[2] for pin in pins if pin}
    return {CONDA_NAMES.get(name, name): version for name, version in named.items() if name != "python"}


def test_environment_pyproject_and_lock_name_the_same_dependencies():
    assert set(environment()) == set(DIRECT)
    assert set(DIRECT) <= set(lock("run"))


@pytest.mark.parametrize("name", sorted(DIRECT))
def test_pins_agree_and_satisfy_the_bounds(name):
    version = lock("run")[name]
    assert environment()[name] == version
    assert DIRECT[name].specifier.contains(version)


def test_every_import_is_of_a_declared_dependency():
    # fonttools, which matplotlib brings, only cuts our fonts anew: no reader's run imports it.
    providers = importlib.metadata.packages_distributions()
    undeclared = {
        name: path
        for path in (ROOT / "src").rglob("*.py")
        for name in third_party(path)
        if not {canonicalize_name(d) for d in providers.get(name, [])} & {*DIRECT, "fonttools", *extra(path)}
    }
    assert undeclared == {}


def extra(path):
    """What only those may import who installed it: `sources/postgres*.py` the extra postgres."""
    wanted = PROJECT["optional-dependencies"]["postgres"] if path.name.startswith("postgres") else []
    return {canonicalize_name(Requirement(text).name) for text in wanted}


def third_party(path):
    """First names of what a module imports, at its top or inside functions."""
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    names = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    names += [node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module]
    return {name.split(".")[0] for name in names} - sys.stdlib_module_names - {"alignkit"}


def test_quarto_is_in_the_environment_and_in_no_lock():
    wanted = PROJECT["optional-dependencies"]["quarto"][0].replace("quarto-cli", "quarto")
    assert wanted in yaml("environment.yml")["dependencies"]
    assert not any("quarto-cli" in lock(name) for name in LOCKS)


def test_dev_lock_contains_the_run_lock():
    assert lock("run").items() <= lock("dev").items()


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_package_has_hashes_and_no_address(name):
    entries = re.split(r"\n(?=\S)", read(f"requirements/{name}.txt").strip())
    assert len(entries) == len(lock(name))
    assert all("--hash=sha256:" in entry for entry in entries)
    assert "://" not in read(f"requirements/{name}.txt")


def test_npm_lock_has_integrity_and_no_address():
    packages = json.loads(read("package-lock.json"))["packages"]
    assert packages.pop("")["devDependencies"] == json.loads(read("package.json"))["devDependencies"]
    assert packages
    assert all("integrity" in p and "resolved" not in p for p in packages.values())


def test_build_requirements_are_locked():
    for line in PYPROJECT["build-system"]["requires"]:
        requirement = Requirement(line)
        assert requirement.specifier.contains(lock("run")[requirement.name])


def test_python_versions_agree():
    named = re.findall(r"Python :: (3\.\d+)", " ".join(PROJECT["classifiers"]))
    assert yaml(".github/workflows/tests.yml")["jobs"]["linux"]["strategy"]["matrix"]["python"] == named
    assert PROJECT["requires-python"] == f">={named[0]}"


def test_citation_names_this_version():
    assert yaml("CITATION.cff")["version"] == PROJECT["version"] == importlib.metadata.version("alignkit")


@pytest.mark.parametrize("group", ["console_scripts", "jupyter_client.kernel_provisioners"])
def test_entry_points_load(group):
    ours = [e for e in importlib.metadata.entry_points(group=group) if e.value.startswith("alignkit.")]
    assert ours
    assert all(callable(entry.load()) for entry in ours)


def test_command_line_starts_without_pandas():
    code = "import sys, alignkit.cli; sys.exit('pandas' in sys.modules or 'matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_every_make_target_has_help_and_is_phony():
    makefile = read("Makefile")
    targets = re.findall(r"^([a-z-]+):(.*)$", makefile, re.MULTILINE)
    assert len(targets) >= 9
    assert [name for name, rest in targets if " ## " not in rest] == []
    phony = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    assert {name for name, _ in targets} == set(phony[1].split())


@pytest.mark.skipif(not shutil.which("make"), reason="needs make")
def test_make_alone_prints_help():
    shown = subprocess.run(["make", "--no-print-directory"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "book " in shown.stdout


@pytest.mark.skipif(not shutil.which("make"), reason="needs make")
def test_an_old_python_is_refused_by_name(tmp_path):
    for name in ("Makefile", "pyproject.toml", "requirements/run.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    run = subprocess.run(["make", "book", "PYTHON=false"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert run.returncode != 0
    assert "false is not Python 3.11 or newer" in run.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="needs bash")
def test_ci_script_parses():
    subprocess.run(["bash", "-n", ROOT / ".ci" / "run"], check=True)


def test_pre_commit_fetches_nothing():
    repos = yaml(".pre-commit-config.yaml")["repos"]
    assert [repo["repo"] for repo in repos] == ["local"]
    assert {hook["language"] for hook in repos[0]["hooks"]} == {"system"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """Names of the files in a wheel built from this tree."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as archive:
        return archive.namelist()


@pytest.mark.parametrize("folder", ["notebooks", "templates"])
def test_wheel_carries_the_project_folders(wheel, folder):
    found = [path.relative_to(ROOT) for path in (ROOT / folder).rglob("*") if path.is_file()]
    files = [path.as_posix() for path in found if ".ipynb_checkpoints" not in path.parts]
    assert files
    assert [f for f in files if f"alignkit/_project/{f}" not in wheel] == []


def test_wheel_carries_package_data_and_nothing_generated(wheel):
    assert {".json", ".ttf", ".woff2", ".typed"} <= {Path(name).suffix for name in wheel}
    assert [name for name in wheel if ".ipynb_checkpoints" in name or "__pycache__" in name] == []
