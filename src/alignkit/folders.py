"""Where a project keeps what alignkit makes of its communities."""

from pathlib import Path


def home(project: Path, community: str) -> Path:
    """The community's private folder: snapshots, runs, builds."""
    return project / ".alignkit" / community


def run_folder(project: Path, community: str, cycle: str) -> Path:
    """Where `alignkit run` leaves executed notebooks, the mask and the manifest of one cycle."""
    return home(project, community) / cycle / "run"


def ledger(project: Path, community: str) -> Path:
    """Where the project keeps what each cycle has released."""
    return reports(project, community) / "ledger"


def reports(project: Path, community: str) -> Path:
    """Where the community's books are."""
    return project / "reports" / community


def released_file(data: Path, cycle: str) -> Path:
    """The note of what the book of a cycle was made from, in a community's folder `data`; there or not."""
    return data / "released" / f"{cycle}.json"
