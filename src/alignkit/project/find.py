"""Which communities and cycles a project has; nothing here reads a table or imports pandas."""

import re
import unicodedata
from difflib import get_close_matches
from pathlib import Path

from alignkit.cycles import in_order, is_cycle
from alignkit.errors import InputError, ParamsError
from alignkit.params import SLUG, load_community, project_root
from alignkit.sources.own.read import declares
from alignkit.sources.paths import params_folder, resolve


def communities(project: Path) -> tuple[str, ...]:
    """Ids of the communities that have a community.yml."""
    return tuple(sorted(path.parent.name for path in (project / "params").glob("*/community.yml")))


def cycles(project: Path, community: str) -> tuple[str, ...]:
    """Labels of the community's cycles, the oldest first."""
    files = (project / "params" / community).glob("*.yml")
    return in_order(path.stem for path in files if is_cycle(path.stem))


def cycle_file(project: Path, community: str, cycle: str) -> Path:
    """The parameter file of one cycle, whether it is there or not."""
    return project / "params" / community / f"{cycle}.yml"


def the_community(project: Path, given: str = "") -> str:
    """The community that is meant: the one given, else the only one there is."""
    there = communities(project)
    listed = ", ".join(there) or "none; alignkit init makes one"
    if given and given not in there:
        near = get_close_matches(given, there, n=1)
        cure = f"did you mean '{near[0]}'?" if near else f"communities here: {listed}"
        raise ParamsError(f"there is no community '{given}'", where=str(project / "params"), cure=cure)
    if not given and len(there) != 1:
        what = "this project has several communities" if there else "this project has no community"
        raise ParamsError(what, where=str(project / "params"), cure=f"name one: {listed}")
    return given or there[0]


def community_of(path: Path) -> tuple[Path, str] | None:
    """Project and community that rows at `path` (a file or a folder) belong to; None where that is unknown.

    It is the community in whose folder they are or that names them as a source, else the only one of the project.
    """
    path = path.resolve()
    if found := declares(path) or declares(path / "any"):
        return found
    try:
        project = project_root(path)
        there = communities(project)
        naming = [id_ for id_ in there if path in (sources := _sources(project, id_)) or path.parent in sources]
    except InputError:
        return None
    meant = naming or list(there)
    return (project, meant[0]) if len(meant) == 1 else None


def _sources(project: Path, community: str) -> list[Path]:
    """The files and folders that a community names as its sources."""
    settings = load_community(project, community)
    base, found = params_folder(settings, project), []
    for part in set(settings.source.parts) - {"demo", "postgres"}:
        try:
            found.append(resolve(str(getattr(settings.source, part)), base, part).resolve())
        except InputError:  # a variable that is not set here
            continue
    return found


def slug(name: str) -> str:
    """A community's id from its name: "Mill Valley, Étoile" gives mill-valley-etoile."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain))


def checked_id(text: str, what: str) -> str:
    """The id itself; ParamsError where it is not in lowercase letters, digits and single hyphens."""
    if not re.match(SLUG.pattern, text):
        raise ParamsError(
            f"'{text}' cannot be {what}",
            cure="use lowercase letters, digits and single hyphens, such as mill-valley",
        )
    return text
