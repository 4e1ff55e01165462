"""Names of groups and of their kinds, from the code list of the community."""

from dataclasses import replace

import pandas as pd

from alignkit.disclosure.published import Published
from alignkit.kit.code_lists import spelled_out
from alignkit.words.current import words


def groups_named(p: Published, subgroups: pd.DataFrame) -> Published:
    """`p` with the name of each group and of its kind, in the order of the code list, everyone first."""
    _ = words.gettext
    keys = ["subgroup_type", "subgroup"]
    known = subgroups.drop_duplicates(keys).reset_index(drop=True)
    frame = p.frame.merge(known[[*keys, "name", "type_name"]].reset_index(), on=keys, how="left")
    own = {"all": _("Everyone"), "not_recorded": _("Not recorded")}
    frame["group"] = frame["name"].fillna(frame["subgroup"].map(own)).fillna(frame["subgroup"].map(spelled_out))
    kinds = known.drop_duplicates("subgroup_type").set_index("subgroup_type")["type_name"]
    kind = frame["subgroup_type"].map(kinds).fillna(frame["subgroup_type"].map(spelled_out))
    frame["kind"] = kind.where(frame["subgroup_type"] != "all", _("All"))
    frame["place"] = frame["index"].fillna(len(known) + 1).where(frame["subgroup_type"] != "all", -1)
    frame["part"] = frame["subgroup_type"].map(dict(zip(kinds.index, range(len(kinds)), strict=True))).fillna(-1)
    frame = frame.sort_values(["part", "place", "subgroup"], kind="stable").reset_index(drop=True)
    return replace(p, frame=frame.drop(columns=["name", "type_name", "index", "place", "part"]))
