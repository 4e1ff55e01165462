"""Tables of the same indicator in other places. Nothing here is ranked."""

from dataclasses import replace

import pandas as pd

from alignkit.chapters.outcome.group_exhibits import RIGHT, in_words, likely_range, range_column
from alignkit.disclosure.published import Published
from alignkit.kit.columns import texts
from alignkit.kit.tables import Table
from alignkit.words.current import words


def places_table(same_period: Published) -> Table:
    """Everyone in one period, a row per place."""
    _, frame = words.gettext, same_period.frame
    frame["chance"] = texts([likely_range(row) for row in frame.to_dict("records")])
    columns = {"place": _("Place"), "value": _("Value"), **range_column(same_period)}
    caption = _("The same indicator elsewhere{in_period}. Places count people differently; don't rank them.")
    first = frame.iloc[0] if len(frame) else None
    period = "" if first is None else words.period(first["period_start"], first["period_end"])
    caption = caption.format(in_period=_(" in {period}").format(period=period) if period else "")
    return Table(replace(same_period, frame=frame), columns, caption, RIGHT)


def years_table(everywhere: Published, place: str) -> Table:
    """Everyone in every period, one column per place, `place` first."""
    _, rows = words.gettext, everywhere.where(subgroup="all").frame
    wide, places = _by_place(rows, ["period_start", "period_end"], place)
    columns = {"period_start": _("Period"), **places}
    caption = _("Everyone in each period, here and elsewhere. Places count people differently; don't rank them.")
    wide = wide.sort_values("period_start", ignore_index=True)
    return Table(replace(everywhere, frame=wide), columns, caption)


def groups_elsewhere_table(everywhere: Published, place: str) -> Table:
    """Each group in the newest period, in `place` and in the places that it is part of."""
    _, frame = words.gettext, in_words(everywhere).frame
    last = frame.loc[(frame["place_id"] == place) & (frame["status"] == "shown"), "period_start"].max()
    rows = frame[frame["period_start"] == last]
    split = rows.loc[rows["subgroup"] != "all", "place_id"].unique()
    wide, places = _by_place(rows[rows["place_id"].isin(split)], ["section", "group"], place)
    columns = {"section": _("Kind of group"), "group": _("Group"), **places}
    caption = _("Each group in the newest period, here and in the places that this one is part of")
    return Table(replace(everywhere, frame=wide), columns, caption)


def _by_place(rows: pd.DataFrame, keys: list[str], place: str) -> tuple[pd.DataFrame, dict[str, str]]:
    """What may be read of each value: a row per `keys`, a column per place; and the columns' headings.

    No rows where there is no second place: the values of `place` are in other tables.
    """
    names = rows.drop_duplicates("place_id").set_index("place_id")["place"]
    ids = sorted(names.index, key=lambda id_: id_ != place)
    wide = rows[keys].drop_duplicates().reset_index(drop=True)
    for id_ in ids:
        own = rows.loc[rows["place_id"] == id_, [*keys, "text"]].rename(columns={"text": f"at {id_}"})
        wide = wide.merge(own, on=keys, how="left", validate="one_to_one")
    return wide if len(ids) > 1 else wide.iloc[:0], {f"at {id_}": str(names[id_]) for id_ in ids}
