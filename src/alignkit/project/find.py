"""Which communities and cycles a project has; nothing here reads a table or imports pandas."""

import re
import unicodedata
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from alignkit.errors import ParamsError
from alignkit.params import CYCLE, SLUG


def communities(project: Path) -> tuple[str, ...]:
    """Ids of the communities that have a community.yml."""
    return tuple(sorted(path.parent.name for path in (project / "params").glob("*/community.yml")))


def cycles(project: Path, community: str) -> tuple[str, ...]:
    """Labels of the community's cycles, the oldest first."""
    files = (project / "params" / community).glob("*.yml")
    return tuple(sorted(path.stem for path in files if CYCLE.match(path.stem)))


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


def quarter_of(day: date) -> str:
    """The cycle that a day lies in, such as 2026-Q4."""
    return f"{day.year}-Q{(day.month + 2) // 3}"


def next_cycle(cycle: str) -> str:
    """The quarter after `cycle`."""
    year, quarter = int(cycle[:4]), int(cycle[-1])
    return f"{year + quarter // 4}-Q{quarter % 4 + 1}"


def checked_cycle(cycle: str) -> str:
    """The label itself; ParamsError where it is none."""
    if not CYCLE.match(cycle):
        raise ParamsError(f"'{cycle}' is no cycle", cure="write it like 2026-Q3")
    return cycle


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
