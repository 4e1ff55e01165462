"""Sentences about the set of outcomes with most agreement: what it would change, what it serves, what to weigh."""

from typing import Any

import pandas as pd

from alignkit.disclosure.published import Published
from alignkit.kit.amounts import Row, small
from alignkit.kit.code_lists import code_words
from alignkit.kit.lists import names
from alignkit.words.current import words


def the_set(compared: Published, served: Published) -> str:
    """The set with the most agreement beside the one in force: what it would change, what it serves."""
    _, frame = words.gettext, compared.frame
    chosen, now = frame["chosen"].eq(True), frame["in_force"].eq(True)
    if not chosen.any() and frame["rated"].eq(True).any():
        return _("No set of eight to ten of the outcomes rated serves every stage and every grant.")
    if not chosen.any():
        return _("Which eight to ten outcomes have most agreement cannot be said without ratings.")
    said = [_changes(frame[now & ~chosen]["outcome"], frame[chosen & ~now]["outcome"], int(chosen.sum()))]
    said += _serves(served, "best", _("It serves every stage from cradle to career and every grant."))
    as_good = frame["as_good"].eq(True)
    if as_good.any():
        other = names(list(frame[as_good & ~chosen]["outcome"]))
        gone = names(list(frame[chosen & ~as_good]["outcome"]))
        said.append(_("Another set is as good: {other} instead of {gone}.").format(other=other or _("none"),
                                                                                  gone=gone or _("none")))  # fmt: skip
    else:
        said.append(_("No other set has as much agreement."))
    return " ".join(said)


def _changes(out: "pd.Series[Any]", into: "pd.Series[Any]", n: int) -> str:
    _ = words.gettext
    if out.empty and into.empty:
        return _("The {n} outcomes in force are the set that most leaders back.").format(n=small(n))
    text = _("The set that most leaders back has {n} outcomes.").format(n=small(n))
    if len(into):
        text += " " + _("It adds {names}.").format(names=names(list(into)))
    if len(out):
        text += " " + _("It leaves out {names}.").format(names=names(list(out)))
    return text


def _serves(served: Published, column: str, all_of_them: str) -> list[str]:
    lacking = served.frame[~served.frame[column].eq(True)]
    if served.frame.empty or lacking.empty:
        return [all_of_them] if len(served.frame) else []
    said = [need(row) for row in lacking.to_dict("records")]
    return [words.gettext("It does not serve {needs}, as no outcome rated does.").format(needs=names(said))]


def need(row: Row) -> str:
    """A stage or grant that the set should serve."""
    _ = words.gettext
    if row["kind"] == "stage":
        return _("the stage {stage}").format(stage=code_words(row["name"]).lower())
    return str(row["name"])


def to_weigh(compared: Published) -> list[str]:
    """To talk about the outcomes by which the set in force and the one with most agreement differ."""
    _, frame = words.gettext, compared.frame
    chosen, now = frame["chosen"].eq(True), frame["in_force"].eq(True)
    into, out = list(frame[chosen & ~now]["outcome"]), list(frame[now & ~chosen]["outcome"])
    if not chosen.any() or not (into or out):
        return []
    if into and out:
        text = _(
            "Weigh taking in {into} for {out}: of the sets that serve every stage and grant, it has most agreement."
        )
    elif into:
        text = _("Weigh taking in {into}: of the sets that serve every stage and grant, it has most agreement.")
    else:
        text = _("Weigh whether to keep {out}: of the sets that serve every stage and grant, one without has most "
                 "agreement.")  # fmt: skip
    return [text.format(into=names(into), out=names(out))]
