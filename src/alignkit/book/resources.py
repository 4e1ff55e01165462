"""Where the book's templates and filters are, in a checkout, in an installed package, or in the project itself."""

from pathlib import Path

from alignkit.errors import BookError

FILTERS = Path(__file__).parent / "filters"


def templates(project: Path) -> Path:
    """The folder of the book's templates: the project's own, else the one that came with alignkit."""
    package = Path(__file__).parents[1]
    for root in (project, package / "_project", package.parents[1]):
        if (root / "templates" / "book" / "_quarto.yml").is_file():
            return root / "templates" / "book"
    raise BookError("the book's templates are not there", where=str(package), cure="install alignkit again")
