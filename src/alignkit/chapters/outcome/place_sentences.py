"""Sentences about the same indicator in other places, without a rank."""

import pandas as pd

from alignkit.disclosure.published import Published
from alignkit.kit.amounts import size, small
from alignkit.words.current import words


def elsewhere(others: Published) -> str:
    """Elsewhere: the places that this one is part of by their values, those like it by how many differ beyond chance.

    `others` are the rows of `measures.other_places` after the door.
    """
    _, frame = words.gettext, others.frame
    if frame.empty:
        return _("No comparable value of another place is known for this period.")
    row = frame.iloc[0].to_dict()
    values = [_("here {value}").format(value=size(row["own"], row["unit"]))]
    for one in frame[frame["parent"].astype(bool)].to_dict("records"):
        values.append(_("{place} {value}").format(place=one["place"], value=size(one["value"], one["unit"])))
    period = words.period(row["period_start"], row["period_end"])
    return _("In {period}: {values}.").format(period=period, values=", ".join(values)) + _peers(frame)


def _peers(frame: pd.DataFrame) -> str:
    """How many places like this one are better, worse, or cannot be told apart from it."""
    _, by = words.gettext, frame["word"].value_counts()
    n = int(by.get("better", 0) + by.get("worse", 0) + by.get("not told apart", 0))
    if n == 0:
        like = int(by.get("not known", 0))
        bare = words.ngettext(
            " Whether {n} place like this one differs from it by more than chance is not known.",
            " Whether {n} places like this one differ from it by more than chance is not known.",
            like,
        )
        return bare.format(n=words.number(like)) if like else ""
    said = words.ngettext(
        " Of {n} place like this one, {better} better and {worse} worse by more than chance alone.",
        " Of {n} places like this one, {better} better and {worse} worse by more than chance alone.",
        n,
    )
    counted = {name: _are(int(by.get(name, 0))) for name in ("better", "worse")}
    return said.format(n=words.number(n), **counted)


def _are(n: int) -> str:
    """ "none is", "one is", "12 are"."""
    if n == 0:
        return words.gettext("none is")
    return words.ngettext("{n} is", "{n} are", n).format(n=small(n))
