"""The numbers behind an outcome's words, for the web book's methods."""

import pandas as pd

from alignkit.disclosure.published import Published
from alignkit.kit.amounts import Row, chance, missing
from alignkit.words.current import words


def methods(verdict: Published, core: pd.DataFrame | None = None, breaks: pd.DataFrame | None = None) -> pd.DataFrame:
    """What is measured (from `core`, the indicator's row), where its series starts again (`breaks`), what was computed
    and what came out, in order: what, says (words)."""
    _, row = words.gettext, verdict.frame.iloc[0].to_dict()
    tested = row["points"] > 1
    rows = [
        *_measured(core, breaks),
        (_("Results used: those since the last break in series that carry a range"), words.number(row["points"])),
        (_("Results any outcome needs before it can be told, with all outcomes in force judged together"),
         words.number(row["needed"])),
        (_("Exact Mann–Kendall test, two-sided p"), chance(row["p"] if tested else None)),
        (_("The same after Benjamini–Hochberg over all outcomes in force; under 0.05 counts as a direction"),
         chance(row["p_adjusted"])),
        (_("Theil–Sen slope per year, with its 95 percent interval"), _with_range(row, "slope", 2)),
        _second(row),
        (_("Projection: straight line ({scale}), 95 percent prediction interval").format(scale=_scale(row)),
         _with_range(row, "forecast", 1)),
        (_("The newest result against the projection made without it"), _turned(row)),
        (_("Range of a single result"), _range(row)),
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["what", "says"])


def _measured(core: pd.DataFrame | None, breaks: pd.DataFrame | None) -> list[tuple[str, str]]:
    """Definition and source of the indicator, and each break in its series with its reason."""
    _ = words.gettext
    if core is None or core.empty:
        return []
    one = core.iloc[0]
    rows = [(_("What is counted"), str(one["definition"])), (_("Source"), str(one["source"]))]
    own = pd.DataFrame() if breaks is None else breaks[breaks["indicator_id"] == one["indicator_id"]]
    for row in own.sort_values("starts_on").to_dict("records") if len(own) else []:
        when = words.month_year(row["starts_on"])
        rows.append((_("A new series since {month}").format(month=when), str(row["reason"])))
    return rows


def _with_range(row: Row, name: str, digits: int) -> str:
    """A number of the verdict with its range, to so many decimals."""
    if missing(row[name]):
        return words.gettext("not computed")
    middle, low, high = (words.number(row[column], digits) for column in (name, f"{name}_low", f"{name}_high"))
    return words.gettext("{middle} ({low} to {high})").format(middle=middle, low=low, high=high)


def _scale(row: Row) -> str:
    _ = words.gettext
    names = {"percent": _("on the logit scale"), "score": _("as measured")}
    return names.get(row["unit"], _("on the log scale"))


def _turned(row: Row) -> str:
    _ = words.gettext
    names = {"better": _("outside, better"), "worse": _("outside, worse"), "no": _("inside")}
    return names.get(str(row["turned"]), _("not computed"))


def _second(row: Row) -> tuple[str, str]:
    """The test beside the verdict's: of the counts, or of a survey's estimates by their margins of error."""
    _ = words.gettext
    if missing(row["confidence"]):
        name = _("Cochran–Armitage test of the counts, two-sided p (second evidence, takes each child by itself)")
        return name, chance(row["armitage_p"])
    name = _("Linear trend weighted by the survey's margins of error, two-sided p (second evidence, knows no error "
             "but sampling)")  # fmt: skip
    return name, chance(row["weighted_p"])


def _source_s(row: Row) -> str:
    level = round(100 * float(row["confidence"]))
    if level == 95:
        return words.gettext("the source's own margin of error, at 95 percent")
    said = words.gettext("the source's own margin of error, given at {level} percent and widened to 95 percent")
    return said.format(level=words.number(level))


def _range(row: Row) -> str:
    _ = words.gettext
    if missing(row["value"]):
        return _("none: no result can be shown")
    if missing(row["low"]):
        return _("none: the source gives neither counts nor a margin of error")
    if not missing(row["confidence"]):
        return _source_s(row)
    return _("Wilson, from counts") if row["unit"] == "percent" else _("Byar, from counts")
