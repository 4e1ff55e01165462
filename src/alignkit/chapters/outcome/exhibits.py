"""Tables of an outcome's page, and rows of its charts in words."""

from alignkit.chapters.outcome.group_exhibits import (
    gaps_table,
    groups_in_words,
    groups_table,
    inequality_table,
    short_table,
)
from alignkit.chapters.outcome.place_exhibits import groups_elsewhere_table, places_table, years_table
from alignkit.chapters.outcome.season_exhibits import months_table
from alignkit.chapters.outcome.story_exhibits import partners_table, practices_table
from alignkit.chapters.outcome.trend_exhibits import breaks_shown, methods_table
from alignkit.chapters.outcome.usual_range_exhibits import usual_range_charts

__all__ = [
    "breaks_shown", "gaps_table", "groups_elsewhere_table", "groups_in_words", "groups_table", "inequality_table",
    "methods_table", "months_table", "partners_table", "places_table", "practices_table", "short_table",
    "usual_range_charts", "years_table",
]  # fmt: skip
