"""What PostgreSQL says when it says no → what is wrong and the cure, without secrets or anybody's values."""

import os
import re

import psycopg
from psycopg import errors

_PASSWORD = "set PGPASSWORD in the environment, or keep it in a password file (~/.pgpass) or a service file"
_CONNECTING: tuple[tuple[str, str, str], ...] = (
    ("password authentication failed", "the user name or the password is wrong", _PASSWORD),
    ("no password supplied", "the server asks for a password and there is none", _PASSWORD),
    ('database ".*" does not exist', "there is no such database on the server", "check the name behind the last /"),
    ('role ".*" does not exist', "the server knows no such user", "check the name before the @"),
    ("definition of service", "there is no such service", "check PGSERVICEFILE or ~/.pg_service.conf"),
    ("no pg_hba.conf entry", "the server lets this user in from elsewhere only", "ask who keeps it; it may want SSL"),
    ("resolve host|translate host", "there is no machine of that name", "check the name behind the @"),
    ("timeout expired|timed out", "the server does not answer in time", "check host, port and the network or VPN"),
    ("[Cc]onnection refused|No such file|unreachable|No route", "no server answers there",
     "check host and port, whether it runs, and the network or VPN"),
    ("too many c|starting up|shutting down", "the server takes no connections now", "try again in a while"),
    ("SSL|certificate", "there is no safe connection to the server", "check sslmode and sslrootcert in the URL"),
)  # fmt: skip


def not_connected(message: str) -> tuple[str, str]:
    """What is wrong and the cure, from libpq's message about a connection that did not come about."""
    for sign, what, cure in _CONNECTING:
        if re.search(sign, message):
            return what, cure
    said = message.strip().splitlines()[-1] if message.strip() else "no reason given"
    secret = os.environ.get("PGPASSWORD")
    return "no connection: " + (said.replace(secret, "…") if secret else said), "check the URL, or ask who keeps it"


def not_read(name: str, user: str, error: psycopg.Error) -> tuple[str, str]:
    """What is wrong with reading a table, and the cure; the server's own words may quote a person's value."""
    if isinstance(error, errors.InsufficientPrivilege):
        return f"the account {user} may not read {name}", f"ask for GRANT SELECT ON {name} TO {user}"
    if isinstance(error, errors.LockNotAvailable):
        return f"{name} is being changed by somebody else", "run again when that is done"
    if isinstance(error, errors.QueryCanceled):
        cure = "make it a table or a materialized view, or give a longer one: ?options=-cstatement_timeout%3D1h"
        return f"reading {name} takes longer than statement_timeout allows", cure
    if isinstance(error, psycopg.OperationalError):
        return f"the connection was lost while {name} was being read", "run again"
    kind = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", type(error).__name__).lower()
    return f"{name} cannot be read ({kind}, code {error.sqlstate})", f"try SELECT * FROM {name}, and mend the view"
