"""alignkit: a community's own tables in, a report book out that its board can read and act on.

What a notebook needs:

    from alignkit import charts, open_cycle, tables

and the modules of its chapter, such as `from alignkit.chapters.outcome import exhibits, measures, sentences`.
Everything else is private and may move.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from alignkit.community import Cycle, open_cycle
    from alignkit.disclosure.published import Published
    from alignkit.kit import charts, tables
    from alignkit.shared import run_shared

__all__ = ["Cycle", "Published", "charts", "open_cycle", "run_shared", "tables"]

_HOMES = {
    "Cycle": "alignkit.community",
    "Published": "alignkit.disclosure.published",
    "charts": "alignkit.kit",
    "open_cycle": "alignkit.community",
    "run_shared": "alignkit.shared",
    "tables": "alignkit.kit",
}


def __getattr__(name: str) -> Any:
    """The public names, imported when first asked for: `alignkit --help` needs no pandas."""
    if name not in _HOMES:
        raise AttributeError(f"module 'alignkit' has no attribute '{name}'; it has {', '.join(__all__)}")
    home = import_module(_HOMES[name])
    return getattr(home, name) if hasattr(home, name) else import_module(f"{home.__name__}.{name}")


def __dir__() -> list[str]:
    return sorted(__all__)
