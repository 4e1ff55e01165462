"""What comparisons found, in words: no causal word without a design, and never a number where it is not known."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Literal

import pandas as pd

from alignkit.chapters.action.unknown_effects import reason
from alignkit.disclosure.published import Published
from alignkit.kit.amounts import missing, small
from alignkit.kit.lists import names
from alignkit.words.current import words

NAMED = 3
"""Practices in a sentence, the last ones counted where there are more."""


def readable(found: Published) -> Published:
    """The measure with words also in hidden rows: nothing is known of them."""
    frame = found.frame
    hint = frame["hint"].astype("boolean").fillna(False).astype(bool)
    words_ = {"reason": frame["reason"].fillna("hidden"), "word": frame["word"].fillna("not known"), "hint": hint}
    return replace(found, frame=frame.assign(**words_))


def word(row: Mapping[Any, Any]) -> str:
    """The word for a comparison, with its hint where it was planned late."""
    _ = words.gettext
    said = {"works": _("gets results here"), "harms": _("does harm here"), "no clear effect": _("no clear effect")}
    text = said.get(str(row["word"]), _("not known"))
    if row["word"] in said and bool(row["hint"]):
        return _("{word} (a hint: planned after results were seen)").format(word=text)
    return text


def amount(row: Mapping[Any, Any]) -> str:
    """The effect in students per 100 with its interval: "+10 (3 to 16)"."""
    ends = {name: _signed(row[name]) for name in ("value", "low", "high")}
    return words.gettext("{value} ({low} to {high})").format(**ends)


def _signed(value: Any) -> str:
    return ("+" if float(value) > 0 else "") + words.number(value)


def told(found: Published) -> list[str]:
    """One sentence per comparison, the known ones first."""
    return [_told(row) + _shared(row) for row in in_students(found).to_dict("records")]


def _shared(row: Mapping[Any, Any]) -> str:
    """What else an effect may come from."""
    also = others_meanwhile(row)
    if not also or row["word"] not in ("works", "harms"):
        return ""
    return words.gettext(" Some of it may come from {practices}, which began at the same schools.").format(
        practices=also
    )


def _told(row: Mapping[Any, Any]) -> str:
    _ = words.gettext
    if row["word"] != "not known" and missing(row["value"]):
        text = _("{practice}: {word}, by scores; how many more are proficient is not known.")
        return text.format(practice=row["practice"], word=word(row))
    if row["reason"] or missing(row["value"]):
        text = _("{practice}: we do not know whether it works here: {reason}.")
        return text.format(practice=row["practice"], reason=reason(row["reason"] or "hidden"))
    ends = {name: words.number(abs(row[name])) for name in ("value", "low", "high")}
    if row["low"] < 0 < row["high"] and row["word"] == "no clear effect":
        text = _("{practice}: no clear effect; anything from {low} fewer to {high} more proficient in 100 fits. "
                 "It does not mean no effect.")  # fmt: skip
    elif row["word"] == "no clear effect":
        text = _("{practice}: no clear effect; what was seen, {low} to {high} in 100, may be chance.")
        ends = {name: _signed(row[name]) for name in ends}
    elif row["low"] < 0 < row["high"]:
        text = _(
            "{practice}: {word}; of 100, between {low} fewer and {high} more are proficient than would be without."
        )
    elif row["value"] >= 0:
        text = _("{practice}: {word}; of 100, about {value} more are proficient than would be without it, and the "
                 "truth could be {low} to {high} more.")  # fmt: skip
    else:
        ends["low"], ends["high"] = ends["high"], ends["low"]
        text = _("{practice}: {word}; of 100, about {value} fewer are proficient than would be without it, and the "
                 "truth could be {low} to {high} fewer.")  # fmt: skip
    return text.format(practice=row["practice"], word=word(row), **ends)


def others_meanwhile(row: Mapping[Any, Any]) -> str:
    """The practices that came to the same schools, as a list in a sentence; "" where there are none."""
    return (
        ""
        if missing(row["same_schools"]) or not row["same_schools"]
        else words.list(str(row["same_schools"]).split("; "))
    )


def in_students(found: Published) -> pd.DataFrame:
    """The rows in students per 100, best known first."""
    frame = readable(found).frame
    frame = frame[frame["measure"] == "proficient"]
    rank = frame["word"].map({"works": 0, "harms": 1, "no clear effect": 2}).fillna(3)
    return frame.assign(rank=rank + 0.5 * frame["hint"]).sort_values(["rank", "practice"])


def works_here(found: Published) -> list[str]:
    """Names of the practices that get results here by a comparison planned beforehand."""
    rows = in_students(found)
    return list(dict.fromkeys(rows.loc[(rows["word"] == "works") & ~rows["hint"], "practice"]))


def summary(found: Published, listed: Published) -> str:
    """How many of the practices in use get results here, and of how many it is not known: half a sentence."""
    _ = words.gettext
    good = works_here(found)
    used = list(listed.frame.loc[listed.frame["sites"] > 0, "practice"])
    told_of = set(in_students(found).query("word != 'not known'")["practice"]) - set(good)
    open_ = [name for name in used if name not in good and name not in told_of]
    if not good:
        text = words.ngettext(
            "Of {n} practice in use, none is shown yet to get results here",
            "Of {n} practices in use, none is shown yet to get results here",
            len(used),
        )
        return text.format(n=small(len(used)))
    text = words.ngettext("{names} gets results here", "{names} get results here", len(good))
    text = text.format(names=names(good, NAMED))
    if not open_:
        return text
    more = words.ngettext("of {n} other in use we do not know", "of {n} others in use we do not know",
                          len(open_))  # fmt: skip
    return _("{text}; {more}").format(text=text, more=more.format(n=small(len(open_))))


def reach_where(found: Published) -> Literal["both", "web"]:
    """Where the chart of reach stands: on the web beside a chart of effects, else it is the chapter's chart."""
    return "both" if found.frame.empty else "web"


def design(code: Any) -> str:
    """How a comparison is made, in plain words."""
    _ = words.gettext
    said = {
        "experiment": _("places given by lot"),
        "matched": _("similar students of the same school, grade and year"),
        "difference_in_differences": _("schools before and after, against schools without it"),
        "staggered": _("schools that began in different years, before and after"),
    }
    return said.get(str(code), str(code))


def gain(row: Mapping[Any, Any]) -> str:
    """What reaching everyone eligible would bring: "about 12 (4 to 20)"."""
    _ = words.gettext
    ends = {name: words.number(row[name]) for name in ("value", "low", "high")}
    return _("about {value} ({low} to {high})").format(**ends)


def ask(listed: Published, found: Published) -> list[str]:
    """What to do about what is not known, and about what does harm."""
    _ = words.gettext
    bad = in_students(found)
    todo = [_("{practice}: stop and look; it seems to do harm here.").format(practice=name)
            for name in dict.fromkeys(bad.loc[bad["word"] == "harms", "practice"])]  # fmt: skip
    used = listed.frame[(listed.frame["sites"] > 0) & ~listed.frame["practice_id"].isin(found.frame["practice_id"])]
    if len(used):
        text = _("Agree beforehand which groups to compare: {practices}.")
        todo.append(text.format(practices=names(list(used["practice"]), NAMED)))
    return todo
