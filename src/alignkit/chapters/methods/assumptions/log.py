"""The assumptions log, chapter by chapter."""

from collections.abc import Callable, Mapping

from alignkit.chapters.methods.assumptions import evidence, outcomes, partnership
from alignkit.chapters.methods.assumptions.entry import Entry

CHAPTERS: Mapping[str, Callable[[], list[Entry]]] = {
    "outcome": outcomes.outcome,
    "outcomes": outcomes.outcomes,
    "action": evidence.action,
    "data_systems": evidence.data_systems,
    "collaboration": partnership.collaboration,
    "leadership": partnership.leadership,
    "advocacy": partnership.advocacy,
    "commitments": partnership.commitments,
    "brief": outcomes.gathered,
}
"""Notebook → what stands behind its measures, what most readers ask about first."""
