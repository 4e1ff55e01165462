"""Paths as communities write them."""

import os
import re
from pathlib import Path

from alignkit.errors import SourceError

_VARIABLE = re.compile(r"\$(?:\{(\w+)\}|(\w+))")


def resolve(text: str, base: Path, where: str) -> Path:
    """`text` with `$NAME` read from the environment; relative paths start at `base`.

    Raises `SourceError` where the environment has no such variable.
    """

    def value(found: re.Match[str]) -> str:
        name = found[1] or found[2]
        if not os.environ.get(name):
            raise SourceError(
                f"the environment variable {name} is not set",
                where=where,
                cure=f"set {name}, or write the path itself",
            )
        return os.environ[name]

    return base / Path(_VARIABLE.sub(value, text)).expanduser()
