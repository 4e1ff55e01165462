"""Charts' rows and tables of the data-systems chapter, codes in words."""

from dataclasses import replace

import pandas as pd

from alignkit.chapters.data_systems.group_names import groups_named
from alignkit.chapters.data_systems.linkage_exhibits import (
    checks_table,
    coverage_table,
    elements_table,
    filled_table,
    kept_table,
    precision_table,
    recall_table,
    thresholds_table,
    who_is_linked,
)
from alignkit.chapters.data_systems.sentences import outcome_data_said
from alignkit.chapters.data_systems.source_exhibits import all_sources_table, purposes_table, sources_table
from alignkit.disclosure.published import Published
from alignkit.kit import amounts
from alignkit.kit.tables import Table
from alignkit.words.current import words

__all__ = [
    "all_sources_table", "checks_table", "coverage_table", "elements_table", "everyone", "filled_table",
    "group_heading", "kept_table", "linked_by_race", "outcomes_table", "precision_table", "purposes_table",
    "recall_table", "sources_table", "thresholds_table", "who_is_linked",
]  # fmt: skip


def linked_by_race(linked: Published, subgroups: pd.DataFrame) -> Published:
    """Links by race and ethnicity, groups by name. Groups that no code list knows are in the table of quality only."""
    shown = groups_named(linked, subgroups)
    listed = subgroups.loc[subgroups["subgroup_type"] == "race_ethnicity", "subgroup"]
    kept = shown.frame["subgroup"].isin(["all", *listed])
    return replace(shown, frame=shown.frame[kept].reset_index(drop=True))


def everyone() -> str:
    """The name of the row that is everyone."""
    return words.gettext("Everyone")


def group_heading() -> dict[str, str]:
    """The heading of the groups in the table behind the chart."""
    return {"group": words.gettext("Group")}


def outcomes_table(found: Published) -> Table:
    """Each outcome's data: what is held and what is combined."""
    _ = words.gettext
    frame = found.frame.assign(
        said=[amounts.capitalized(outcome_data_said(row)) for row in found.frame.to_dict("records")]
    )
    columns = {"outcome": _("Outcome"), "held": _("Data sets held for it"), "practices": _("Practices linked")}
    columns |= {"matched": _("Holders that return counts"), "said": _("In short")}
    caption = _("Which outcome has academic and service data combined")
    return Table(replace(found, frame=frame), columns, caption)
