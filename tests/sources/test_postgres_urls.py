"""URLs of PostgreSQL, before any server is asked: no password in them, and whether psycopg is there."""

import builtins
from pathlib import Path

import pytest

from alignkit.errors import ParamsError, SourceError
from alignkit.params import CommunityParams, Source, load_community
from alignkit.sources.read import read


def source(**given: str) -> CommunityParams:
    return CommunityParams(id="town", name="Town", place="t", source=Source(**given))


PASSWORDS = (
    "postgresql://owner:hunter2@h/town",
    "postgresql://owner:hun/ter2@h/town",
    "postgresql://owner:hun?ter2@h/town",
    "postgres://owner@h/town?password=hunter2",
    "postgresql://owner@h/town?sslpassword=hunter2",
)


@pytest.mark.parametrize("url", PASSWORDS)
def test_a_password_in_the_url_is_refused_wherever_it_comes_from(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "params" / "town"
    folder.mkdir(parents=True)
    (folder / "community.yml").write_text(f"name: Town\nplace: t\nsource:\n  postgres: {url}\n")
    with pytest.raises(ParamsError, match="holds a password") as caught:
        load_community(tmp_path, "town")
    monkeypatch.setenv("TOWN_URL", url)
    with pytest.raises(SourceError, match="holds a password") as later:
        read(source(postgres="$TOWN_URL"), tmp_path)
    for error in (caught, later):
        assert "ter2" not in str(error.value)
        assert "PGPASSWORD" in str(error.value)
    with pytest.raises(ValueError, match="holds a password") as raw:
        Source(postgres=url)
    assert "ter2" not in str(raw.value)


@pytest.mark.parametrize(
    "url", ["postgresql://u@h:5432/d", "postgres://h:5/d", "postgresql://u@[::1]:5432/d?schema=x", "$URL"]
)
def test_a_url_without_a_password_is_none(url: str) -> None:
    assert Source(postgres=url).postgres == url


def test_something_else_than_a_url_is_refused() -> None:
    with pytest.raises(ValueError, match="no PostgreSQL URL") as caught:
        Source(postgres="host=h password=hunter2")
    assert "hunter2" not in str(caught.value)


def test_without_psycopg_the_message_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name, *rest):
        if name.endswith("sources.postgres"):
            raise ModuleNotFoundError(name="psycopg")
        return imported(name, *rest)

    imported = builtins.__import__
    monkeypatch.setattr(builtins, "__import__", absent)
    with pytest.raises(SourceError, match=r'pip install "alignkit\[postgres\]"'):
        read(source(postgres="postgresql://h/d"), tmp_path)
