"""What an outcome's page computes: is it turning, for which groups, and will it reach the goal?

Tables of the contract in, tidy frames of numbers and codes out. In JupyterLab, `measures.gaps?` shows what a function
does and which file it is in.
"""

from alignkit.chapters.outcome.gaps import gaps, picked_level
from alignkit.chapters.outcome.indicators import (
    Goal,
    chosen_outcome,
    contributing_indicators,
    core_indicator,
    core_indicators,
    goal,
)
from alignkit.chapters.outcome.inequality import inequality
from alignkit.chapters.outcome.paths import position, unbroken, yearly_forecast
from alignkit.chapters.outcome.places import in_and_around, other_places, same_period
from alignkit.chapters.outcome.published_rows import ends_of_gap, newest_period, with_names
from alignkit.chapters.outcome.seasons import beside_last_year, monthly_indicator, signs
from alignkit.chapters.outcome.series import KEYS, PER, of_place, series, totals, with_ranges
from alignkit.chapters.outcome.story import open_commitments, partners_taking_part, practices_listed
from alignkit.chapters.outcome.usual_range import usual_ranges
from alignkit.chapters.outcome.verdicts import verdict, verdicts

__all__ = [
    "KEYS", "PER", "Goal", "beside_last_year", "chosen_outcome", "contributing_indicators", "core_indicator",
    "core_indicators", "ends_of_gap", "gaps", "goal", "in_and_around", "inequality", "monthly_indicator",
    "newest_period", "of_place", "open_commitments", "other_places", "partners_taking_part", "picked_level",
    "position", "practices_listed", "same_period", "series", "signs", "totals", "unbroken", "usual_ranges", "verdict",
    "verdicts", "with_names", "with_ranges", "yearly_forecast",
]  # fmt: skip
