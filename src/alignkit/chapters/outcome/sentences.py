"""Sentences, captions and alternative texts of an outcome's page: published rows in, plain words out.

`verdict` is the row of `measures.verdict` after the door (`Published` with one row).
"""

from alignkit.chapters.outcome.answer_sentences import (
    answer,
    is_new,
    latest,
    question,
    roughly,
    rounded,
    said_word,
    short_of_target,
    title,
    verdict_word,
    whether_new,
    word,
)
from alignkit.chapters.outcome.gap_sentences import (
    everyone,
    gap,
    gap_in_few_words,
    groups_alt,
    groups_caption,
    whom,
    wider,
)
from alignkit.chapters.outcome.method_sentences import methods
from alignkit.chapters.outcome.numbers import numbers
from alignkit.chapters.outcome.place_sentences import elsewhere
from alignkit.chapters.outcome.season_sentences import caution, month_by_month
from alignkit.chapters.outcome.story_sentences import actions, partners, practices, story, story_heading
from alignkit.chapters.outcome.trend_sentences import (
    cannot_tell,
    direction,
    direction_heading,
    earliest,
    forecast,
    going,
    needed,
    pace,
    trend_alt,
    trend_caption,
    turned,
)
from alignkit.chapters.outcome.usual_range_sentences import usual_range_alt

__all__ = [
    "actions", "answer", "cannot_tell", "caution", "direction", "direction_heading", "earliest", "elsewhere",
    "everyone", "forecast", "gap", "gap_in_few_words", "going", "groups_alt", "groups_caption", "is_new", "latest",
    "methods", "month_by_month", "needed", "numbers", "pace", "partners", "practices", "question", "roughly", "rounded",
    "said_word", "short_of_target", "story", "story_heading", "title", "trend_alt", "trend_caption", "turned",
    "usual_range_alt", "verdict_word", "whether_new", "whom", "wider", "word",
]  # fmt: skip
