"""What travels with alignkit and is copied into a project: notebooks and templates."""

import re
from collections.abc import Mapping
from pathlib import Path

from alignkit.errors import InputError


def packaged(name: str) -> Path:
    """The folder `notebooks` or `templates` of the installed package, or of a checkout."""
    package = Path(__file__).parents[1]
    for root in (package / "_project", package.parents[1]):
        if (root / name).is_dir():
            return root / name
    raise InputError(f"the folder {name} is not in the package", where=str(package), cure="install alignkit again")


def notebooks() -> dict[str, Path]:
    """File name → path of every notebook that comes with alignkit."""
    return {path.name: path for path in sorted(packaged("notebooks").glob("*.ipynb"))}


def template(file: str, /, **values: str) -> str:
    """The text of `templates/community/<file>` with each `<<value>>` filled in."""
    text = (packaged("templates") / "community" / file).read_text(encoding="utf-8")
    return filled(text, values)


def filled(text: str, values: Mapping[str, str]) -> str:
    """`text` with each `<<name>>` replaced, once; KeyError where one is not given."""
    return re.sub(r"<<(\w+)>>", lambda found: values[found[1]], text)
