"""How long it takes to tell a change, in words."""

from typing import Any

from alignkit.disclosure.published import Published
from alignkit.kit.amounts import missing
from alignkit.words.current import words


def answer(waits: Published, family: int) -> str:
    """The table in one sentence, at typical noise."""
    _ = words.gettext
    rows = {row["slope"]: results_needed(row) for row in waits.frame.query("amount == 'typical'").to_dict("records")}
    text = _("With {n} outcomes judged together and typical noise, it takes {one} yearly results to tell a change of 1 "
             "point a year, {two} for 2 points and {three} for 3.")  # fmt: skip
    if family < 2:
        text = _("With typical noise, it takes {one} yearly results to tell a change of 1 point a year, {two} for 2 "
                 "points and {three} for 3.")  # fmt: skip
    return text.format(n=words.number(family), one=rows[1.0], two=rows[2.0], three=rows[3.0])


def meaning(waits: Published) -> str:
    """What that means for a board."""
    _ = words.gettext
    said = _("Slow change stays “no clear change” for years even where it is real: that word never means that nothing "
             "happens. Ask for outcomes that are measured more than once a year, or of more children.")  # fmt: skip
    if bool(waits.frame["house"].any()):
        said += " " + _("Too few outcomes here show how far their results scatter, so the noise is our default.")
    return said


def results_needed(row: Any) -> str:
    """A number of yearly results, "more than 30" where that many are not enough."""
    if missing(row["value"]):
        return words.gettext("more than {n}").format(n=words.number(row["most"]))
    return words.number(row["value"])
