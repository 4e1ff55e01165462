"""Exhibits of an outcome's page: what charts and tables are called with, and one chart per contributing indicator."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from alignkit.chapters.outcome import gap_sentences as of_gaps
from alignkit.chapters.outcome import inequality_table as of_all
from alignkit.chapters.outcome import sentences as said
from alignkit.chapters.outcome import trend_sentences as about_trend
from alignkit.disclosure.published import Published
from alignkit.kit import charts
from alignkit.kit.amounts import missing, size, span, tier
from alignkit.words.current import words

Row = Mapping[Any, Any]


def trend(series: Published, verdict: Published, forecast: Published, breaks: pd.DataFrame) -> dict[str, Any]:
    """What the chart of the trend is called with: everyone's values, goal, breaks, forecast."""
    row = verdict.frame.iloc[0].to_dict()
    first = series.frame.loc[series.frame["status"] == "shown", "period_start"].min()
    own = breaks[(breaks["indicator_id"] == row["indicator_id"]) & (breaks["starts_on"] > first)]
    return {
        "p": series.where(subgroup="all"),
        "caption": trend_caption(verdict),
        "alt": trend_alt(verdict),
        "target": None if missing(row["target"]) else float(row["target"]),
        "target_at": None if missing(row["target_year"]) else int(row["target_year"]),
        "breaks": [(one["starts_on"], str(one["reason"])) for one in own.to_dict("records")],
        "forecast": forecast,
        "measure": "" if missing(row["indicator"]) else str(row["indicator"]),
        "good_direction": "" if missing(row["good_direction"]) else row["good_direction"],
    }


def trend_caption(verdict: Published) -> str:
    """What the chart of the trend shows, and what its ranges are."""
    _, row = words.gettext, verdict.frame.iloc[0].to_dict()
    name = row["outcome"] if missing(row["indicator"]) else row["indicator"]
    goal = "" if missing(row["target"]) else _(", and the goal")
    if missing(row["low"]):
        said = _("{indicator}: results{goal}. The newest has no range, as its source gives neither counts nor a margin "
                 "of error")  # fmt: skip
    elif missing(row["confidence"]):
        said = _("{indicator}: results, the 95 percent range of chance{goal}")
    else:
        said = _("{indicator}: results, the survey's 95 percent margin of error{goal}")
    return said.format(indicator=name, goal=goal)


def trend_alt(verdict: Published) -> str:
    """The chart of the trend in words."""
    parts = (said.latest, about_trend.direction, about_trend.forecast)
    return " ".join(part(verdict) for part in parts)


def groups_table(p: Published) -> dict[str, Any]:
    """What a table of groups is called with: each group now, and how many it is short of the goal."""
    _ = words.gettext
    columns = {"group": _("Group"), "value": _("Now"), **_margin_column(p)}
    caption = _("Each group in the newest period")
    if p.frame["target"].notna().any():
        columns["short"] = _("Short of the goal")
        caption = _("Now, and how many short of the goal; a group past its goal does not make up for another")
    return {"p": _in_words(p), "columns": columns, "align": _RIGHT, "caption": caption}


def short_table(p: Published) -> dict[str, Any]:
    """What the table of every group is called with."""
    called = groups_table(p)
    caption = words.gettext("How many of each group are short of its goal")
    return {**called, "caption": caption} if "short" in called["columns"] else called


def parts_table(p: Published) -> dict[str, Any]:
    """What the table of partners is called with: who has which part and does what."""
    _ = words.gettext
    roles = {"lead": _("leads"), "shared": _("shares accountability"), "contributor": _("contributes")}
    frame = p.frame.assign(part=p.frame["role"].map(roles))
    columns = {"partner": _("Partner"), "part": _("Part"), "contribution": _("What it does")}
    return {"p": replace(p, frame=frame), "columns": columns, "caption": _("Partners with a part")}


def works_table(p: Published) -> dict[str, Any]:
    """What the table of practices is called with: evidence and where each is in use."""
    _ = words.gettext
    frame = p.frame.assign(tier=_texts([tier(number) for number in p.frame["evidence_tier"]]))
    columns = {"practice": _("Practice"), "tier": _("Evidence"), "evidence_source": _("Source"), "sites": _("Sites"),
               "where": _("Partners")}  # fmt: skip
    return {"p": replace(p, frame=frame), "columns": columns, "caption": _("Practices listed")}


def groups_chart(p: Published, verdict: Published) -> dict[str, Any]:
    """What the chart of all groups is called with."""
    row, shown = verdict.frame.iloc[0].to_dict(), _in_words(p)
    own = shown.frame["target"].astype("float64")
    shown = replace(shown, frame=shown.frame.assign(own_goal=own.where(own != row["target"])))
    return {
        "p": shown,
        "group": "group",
        "section": "section",
        "reference": words.gettext("Everyone"),
        "target": None if missing(row["target"]) else float(row["target"]),
        "target_column": "own_goal",
        "caption": _groups_caption(p),
        "alt": of_gaps.groups_alt(shown),
        "good_direction": "" if missing(row["good_direction"]) else row["good_direction"],
    }


def _groups_caption(p: Published) -> str:
    _ = words.gettext
    margins = {
        "": _("All groups in the newest period"),
        "counts": _("All groups in the newest period, with the range that chance allows (95 percent)"),
        "survey": _("All groups in the newest period, with the survey's margin of error (95 percent)"),
    }
    return margins[_margins(p)] + (_(", and their goals") if p.frame["target"].notna().any() else "")


def gaps_table(p: Published) -> dict[str, Any]:
    """What the table of gaps is called with: between whom, how large as difference and ratio, which way."""
    _, rows = words.gettext, p.frame.to_dict("records")
    frame = p.frame.assign(
        chance=_texts([of_gaps.chance(row) for row in rows]),
        size=_texts([size(row["value"], row["unit"]) for row in rows]),
        times=_texts([words.number(row["ratio"], 2) for row in rows]),
        way=_texts([of_gaps.narrowing(row["word"]) for row in rows]),
        ratio_way=_texts([of_gaps.narrowing(row["ratio_word"]) for row in rows]),
    )
    columns = {"kind": _("Kind of group"), "best": _("Best-off"), "worst": _("Worst-off"), "size": _("Difference"),
               **_margin_column(p), "way": _("Direction"), "times": _("Ratio"),
               "ratio_way": _("Direction of the ratio")}  # fmt: skip
    caption = _("Gaps between the best-off and the worst-off group shown. The two furthest apart are picked, ")
    caption += _("so part of a gap between small groups is chance")
    return {"p": replace(p, frame=frame), "columns": columns, "caption": caption}


def inequality_table(p: Published) -> dict[str, Any]:
    """What the table of inequality between all groups is called with."""
    return of_all.table(p)


def places_table(p: Published) -> dict[str, Any]:
    """What the table of places is called with."""
    _ = words.gettext
    frame = p.frame.assign(chance=_texts([_chance(row) for row in p.frame.to_dict("records")]))
    columns = {"place": _("Place"), "value": _("Value"), **_margin_column(p)}
    caption = _("The same indicator elsewhere{in_period}: no league table, places differ in whom they count")
    first = p.frame.iloc[0] if len(p.frame) else None
    period = "" if first is None else words.period(first["period_start"], first["period_end"])
    caption = caption.format(in_period=_(" in {period}").format(period=period) if period else "")
    return {"p": replace(p, frame=frame), "columns": columns, "align": _RIGHT, "caption": caption}


def years_table(p: Published, place: str) -> dict[str, Any]:
    """What the table of every period is called with: one column per place, `place` first."""
    _, rows = words.gettext, p.frame[p.frame["subgroup"] == "all"]
    wide, places = _by_place(rows, ["period_start", "period_end"], place)
    columns = {"period_start": _("Period"), **places}
    caption = _("Everyone in each period, here and elsewhere: no league table, places differ in whom they count")
    wide = wide.sort_values("period_start", ignore_index=True)
    return {"p": replace(p, frame=wide), "columns": columns, "caption": caption}


def groups_beside_table(p: Published, place: str) -> dict[str, Any]:
    """What the table of each group in the newest period is called with, in `place` and in the places around it."""
    _, frame = words.gettext, _in_words(p).frame
    last = frame.loc[(frame["place_id"] == place) & (frame["status"] == "shown"), "period_start"].max()
    rows = frame[frame["period_start"] == last]
    split = rows.loc[rows["subgroup"] != "all", "place_id"].unique()
    wide, places = _by_place(rows[rows["place_id"].isin(split)], ["section", "group"], place)
    columns = {"section": _("Kind of group"), "group": _("Group"), **places}
    caption = _("Each group in the newest period, here and in the places that this one is part of")
    return {"p": replace(p, frame=wide), "columns": columns, "caption": caption}


def _by_place(rows: pd.DataFrame, keys: list[str], place: str) -> tuple[pd.DataFrame, dict[str, str]]:
    """What may be read of each value: a row per `keys`, a column per place; and the columns' headings.

    No rows where there is no second place: the values of `place` stand in other tables.
    """
    names = rows.drop_duplicates("place_id").set_index("place_id")["place"]
    ids = sorted(names.index, key=lambda id_: id_ != place)
    wide = rows[keys].drop_duplicates().reset_index(drop=True)
    for id_ in ids:
        own = rows.loc[rows["place_id"] == id_, [*keys, "text"]].rename(columns={"text": f"at {id_}"})
        wide = wide.merge(own, on=keys, how="left", validate="one_to_one")
    return wide if len(ids) > 1 else wide.iloc[:0], {f"at {id_}": str(names[id_]) for id_ in ids}


def methods_table(p: Published) -> dict[str, Any]:
    """What the table of the numbers behind the words is called with."""
    columns = {"what": words.gettext("What was computed"), "says": words.gettext("What came out")}
    return {"p": p, "columns": columns, "caption": words.gettext("The numbers behind the words")}


def contributing(p: Published, limits: pd.DataFrame, indicators: pd.DataFrame) -> None:
    """One XmR chart per contributing indicator, in the order of `indicators`; `limits` as measures.contributing has."""
    frame = p.frame.merge(limits, on=["indicator_id", "period_start"], how="left")
    frame["signal"] = _texts([_signal(row) for row in frame.to_dict("records")])
    for indicator in indicators.to_dict("records"):
        one = replace(p, frame=frame[frame["indicator_id"] == indicator["indicator_id"]].reset_index(drop=True))
        if one.frame["center"].notna().any():
            _xmr(one, indicator)


def xmr_alt(p: Published, name: str) -> str:
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


def _xmr(p: Published, indicator: Row) -> None:
    _ = words.gettext
    trial = p.frame["trial"].eq(True).any()
    caption = _("{indicator}: its usual ups and downs").format(indicator=indicator["name"])
    charts.xmr(
        p,
        id=f"contributing-{indicator['indicator_id']}",
        caption=caption + (_(" (limits on trial: fewer than 12 results)") if trial else ""),
        alt=xmr_alt(p, str(indicator["name"])),
        good_direction=indicator["good_direction"],
        where="web",
    )


def _in_words(p: Published) -> Published:
    """`p` with group ("Everyone" for the total), section, chance and short (blank where hidden) in words."""
    _, rows = words.gettext, p.frame.to_dict("records")
    frame = p.frame.assign(
        group=_texts([_("Everyone") if row["subgroup"] == "all" else str(row["group"]) for row in rows]),
        section=_texts(["" if row["subgroup"] == "all" else str(row["kind"]) for row in rows]),
        chance=_texts([_chance(row) for row in rows]),
        short=_texts([_short(row) for row in rows]),
    )
    return replace(p, frame=frame)


def _margins(p: Published) -> str:
    """What the ranges of `p` are: "counts", "survey" (the sources' own margins of error), "" where there are none."""
    known = p.frame[p.frame["low"].notna() & p.frame["high"].notna()]
    if known.empty:
        return ""
    return "survey" if known["confidence"].notna().any() else "counts"


def _margin_column(p: Published) -> dict[str, str]:
    """The column of ranges with its heading; none where nothing has a range."""
    _ = words.gettext
    headings = {"counts": _("Chance alone could make that"), "survey": _("Margin of error (95 percent)")}
    return {"chance": headings[_margins(p)]} if _margins(p) else {}


def _signal(row: Row) -> str:
    if row["outside"] is True:
        return words.gettext("outside the usual range")
    return words.gettext("one of eight or more on one side") if row["run"] is True else ""


def _chance(row: Row) -> str:
    if row["status"] != "shown" or missing(row["low"]) or missing(row["high"]):
        return ""
    return span(row["low"], row["high"], row["unit"])


def _short(row: Row) -> str:
    if row["status"] != "shown" or missing(row["target"]):
        return ""
    if missing(row["short_of_target"]):
        return words.number(row["short_of_target"])
    return said.about(words.number(row["short_of_target"]), row)


def _texts(values: list[str]) -> "pd.Series[Any]":
    return pd.Series(values, dtype=object)


_RIGHT = {"value": "right", "chance": "right", "short": "right"}
