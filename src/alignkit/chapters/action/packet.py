"""Practitioners' packets: what the action chapter gives each outcome's two-page sheet."""

import pandas as pd

from alignkit.chapters.action import packet_sentences as say
from alignkit.disclosure.published import Published
from alignkit.kit.tables import emit_table
from alignkit.words.current import words


def show_packets(
    listed: Published, reach: Published, found: Published, reviews: Published, outcomes: pd.DataFrame
) -> None:
    """Emit three tables for every outcome in force: its practices, what was concluded, what to ask."""
    _ = words.gettext
    titles = say.captions()
    for outcome in outcomes[outcomes["status"] == "in_force"].sort_values("order")["outcome_id"]:
        own = listed.frame[listed.frame["outcome_id"] == outcome]
        looked = reviews.frame[reviews.frame["outcome_id"] == outcome]
        asked = tuple((text,) for text in say.questions(own, looked, reach, found))
        parts = (say.practices(own, reach, found), say.reviews(looked), ((_("Question"),), asked))
        for name, title, (columns, rows) in zip(("practices", "reviews", "questions"), titles, parts, strict=True):
            sides = tuple("left" for _column in columns)
            emit_table(f"packet-{name}-{outcome}", title, columns, sides, rows, "packet")  # type: ignore[arg-type]
