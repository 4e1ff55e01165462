"""Sentences about indicators that help to explain the outcome, and their usual ups and downs."""

from alignkit.disclosure.published import Published
from alignkit.words.current import words


def usual_range_alt(p: Published, name: str) -> str:
    """The control chart in words: how many results were special, and which was the last."""
    special = p.frame[p.frame["signal"] != ""]
    if special.empty:
        return words.gettext("{indicator}: every result lies within the usual ups and downs.").format(indicator=name)
    last = special.sort_values("period_start").iloc[-1]
    text = words.ngettext(
        "{indicator}: {n} result is more than the usual ups and downs, that of {period}.",
        "{indicator}: {n} results are more than the usual ups and downs, the last that of {period}.",
        len(special),
    )
    return text.format(
        indicator=name, n=words.number(len(special)), period=words.period(last["period_start"], last["period_end"])
    )
