"""Tables of the section on linkage quality, which is on the web only."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from alignkit.chapters.data_systems.group_names import groups_named
from alignkit.disclosure.published import Published
from alignkit.kit.tables import Table
from alignkit.words.current import words

ALIKE, SOME = 0.1, 0.25
"""Standardised differences below the first are negligible (Austin 2009), from the second on large (WWC)."""


def who_is_linked(linked: Published, subgroups: pd.DataFrame) -> Table:
    """Linked clients by group, and how far linked and unlinked clients differ."""
    _ = words.gettext
    p = groups_named(linked, subgroups)
    p = replace(p, frame=p.frame.assign(alike=[_difference(value) for value in p.frame["difference"]]))
    columns = {"kind": _("Kind of group"), "group": _("Group"), "numerator": _("Linked")}
    columns |= {"denominator": _("Clients of school age"), "text": _("Share"), "low": _("From"), "high": _("To")}
    columns |= {"alike": _("Among the linked, compared with the unlinked")}
    caption = _("Who is linked: clients of school age by group, as the services recorded it")
    return Table(p, columns, caption)


def _difference(value: float) -> str:
    _ = words.gettext
    if pd.isna(value):
        return ""
    if abs(value) < ALIKE:
        return _("as many")
    if abs(value) < SOME:
        return _("somewhat more") if value > 0 else _("somewhat fewer")
    return _("far more") if value > 0 else _("far fewer")


def recall_table(recall: Published, subgroups: pd.DataFrame) -> Table:
    """Known pairs that are found, by group."""
    _ = words.gettext
    caption = _("Recall: of pairs known to be one child from consent forms and the like, those that are linked")
    return _by_group(recall, subgroups, _("Known pairs"), _("Found"), caption)


def precision_table(precision: Published, subgroups: pd.DataFrame) -> Table:
    """Links that are right, by group."""
    _ = words.gettext
    caption = _("Precision: the share of links that is right, as reviewers judged some of them")
    return _by_group(precision, subgroups, _("Links reviewed"), _("Right"), caption)


def _by_group(p: Published, subgroups: pd.DataFrame, of: str, share: str, caption: str) -> Table:
    """A share by group with its range; `of` and `share` are the headings of what is counted and of the share."""
    _ = words.gettext
    columns = {"kind": _("Kind of group"), "group": _("Group"), "denominator": of, "text": share}
    return Table(groups_named(p, subgroups), columns | {"low": _("From"), "high": _("To")}, caption)


def thresholds_table(thresholds: Published, accept: float) -> Table:
    """What other thresholds would give."""
    _ = words.gettext
    said = {"links": _("Links"), "precision": _("Right, of the links"), "recall": _("Found, of known pairs")}
    at = [_at(value, accept) for value in thresholds.frame["threshold"]]
    frame = thresholds.frame.assign(at=at, what=thresholds.frame["measure"].map(said))
    columns = {"at": _("Linked from this probability on"), "what": _("What is counted"), "text": _("Value")}
    columns |= {"low": _("From"), "high": _("To")}
    caption = _("What other thresholds would give; a pair without birth dates that agree is never linked unseen")
    return Table(replace(thresholds, frame=frame), columns, caption)


def _at(value: float, accept: float) -> str:
    text = words.percent(100 * value, 0 if (100 * value).is_integer() else 1)
    return words.gettext("{threshold} (ours)").format(threshold=text) if value == accept else text


def checks_table(checks: Published) -> Table:
    """Blocking recall, unlinkable records, pairs that wait."""
    _ = words.gettext
    said = {
        "compared": _("Known pairs that were compared at all"),
        "unlinkable_students": _("Student records that nobody could link: too much is missing"),
        "unlinkable_clients": _("Client records that nobody could link: too much is missing"),
        "waiting": _("Pairs to look at that nobody has looked at"),
    }
    return _counted(checks, {"what": (checks.frame["check"], said)}, {"what": _("Check")}, _("Further checks"))


def filled_table(filled: Published) -> Table:
    """How complete the columns are that people are recognised by."""
    _ = words.gettext
    files = {"students": _("Students"), "clients": _("Clients of services")}
    fields = {
        "first_name": _("First name"),
        "middle_name": _("Middle name"),
        "last_name": _("Last name"),
        "birth_date": _("Birth date"),
        "sex": _("Sex"),
        "race_ethnicity": _("Race or ethnicity (never used to link)"),
        "street_address": _("Street address"),
    }
    new = {"whose": (filled.frame["file"], files), "field": (filled.frame["column"], fields)}
    heads = {"whose": _("Records of"), "field": _("What is filled in")}
    return _counted(filled, new, heads, _("How complete the records are that are linked"))


def _counted(
    p: Published, new: Mapping[str, tuple["pd.Series[Any]", Mapping[str, str]]], heads: Mapping[str, str], caption: str
) -> Table:
    frame = p.frame.assign(**{name: codes.map(said) for name, (codes, said) in new.items()})
    columns = {**heads, "numerator": words.gettext("Count"), "denominator": words.gettext("Of")}
    columns |= {"text": words.gettext("Share")}
    return Table(replace(p, frame=frame), columns, caption)


def kept_table(kept: Published, as_of: pd.Timestamp) -> Table:
    """Tables about persons: how many rows, how fresh."""
    _, frame = words.gettext, kept.frame
    titles = {
        "students": _("Students"),
        "clients": _("Clients of services"),
        "enrolments": _("School enrollments"),
        "student_results": _("Students' results"),
        "services": _("Services received"),
        "crosswalk": _("Known pairs of numbers"),
        "link_reviews": _("Reviews of linked pairs"),
        "matched_results": _("Results of matching at a data holder"),
    }
    age = (as_of - pd.to_datetime(frame["newest"])).dt.days.astype("Int64")
    columns = {"title": _("Table"), "text": _("Rows"), "newest": _("Newest entry"), "age": _("Days old")}
    caption = _("Tables about persons: what is kept and how fresh it is")
    return Table(replace(kept, frame=frame.assign(title=frame["table"].map(titles), age=age)), columns, caption)


def coverage_table(coverage: Published, subgroups: pd.DataFrame) -> Table:
    """Students with a result and a linked service record, by group."""
    _ = words.gettext
    columns = {"group": _("Group"), "numerator": _("With a linked service"), "denominator": _("Students with a result")}
    columns |= {"text": _("Share")}
    caption = _("Students with a test result in the last year who have a linked service record")
    return Table(groups_named(coverage, subgroups), columns, caption)


def elements_table(elements: Published) -> Table:
    """The ten essential elements, in order."""
    _ = words.gettext
    asked = _elements()
    states = {"met": _("Met"), "not_met": _("Not met"), "cannot_tell": _("Cannot tell from our tables")}
    frame = elements.frame.assign(
        number=[int(element) for element in elements.frame["element"]],
        asked=[asked[int(element) - 1] for element in elements.frame["element"]],
        standing=elements.frame["state"].map(states),
    )
    columns = {"number": _("No."), "asked": _("Essential element"), "standing": _("Here")}
    caption = _("The Data Quality Campaign's ten essential elements, as far as our tables can tell")
    return Table(replace(elements, frame=frame), columns, caption)


def _elements() -> tuple[str, ...]:
    """In the campaign's order."""
    _ = words.gettext
    return (
        _("One number per student that connects data over the years"),
        _("Each student's enrollment, background and participation in programs"),
        _("Each student's test results connected from year to year"),
        _("Who was not tested, and why"),
        _("Teachers connected to their students"),
        _("Courses taken and grades earned"),
        _("Results of college-readiness tests"),
        _("Graduation and dropout of each student"),
        _("School records connected to college records"),
        _("An audit of the data's quality: a standard in force, links that two people reviewed"),
    )
