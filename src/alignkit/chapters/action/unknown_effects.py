"""Why an effect is not known, and what would be needed to know it."""

from typing import Any

from alignkit.words.current import words

NONE = "no_comparison_agreed"
"""A practice in use for which no comparison is agreed."""


def reason(code: Any) -> str:
    """Why an effect is not known, in a few words."""
    _ = words.gettext
    said = {
        NONE: _("no comparison was agreed"),
        "no_practice": _("no results with it yet"),
        "no_comparison": _("no results without it"),
        "too_few": _("too few students"),
        "few_clusters": _("too few schools"),
        "attrition": _("too many results are missing"),
        "no_overlap": _("nobody like them went without"),
        "differs": _("those who joined differed too much before"),
        "pre_trend": _("the schools went apart before it began"),
        "one_time": _("no results from before it began"),
        "hidden": _("hidden: too few students"),
        "no_student_results": _("no test results are on record"),
        "no_assignments": _("no drawing by lot is on record"),
        "no_enrolments": _("no school enrollments are on record"),
        "no_services": _("no services are on record"),
        "no_pairs": _("nobody’s school and service records are linked"),
    }
    return said.get(str(code), _("not known"))


def cure(code: Any) -> str:
    """What would be needed to know."""
    _ = words.gettext
    said = {
        NONE: _("agree beforehand whom to compare with whom"),
        "no_practice": _("wait for the first results"),
        "no_comparison": _("leave somebody to compare with: begin in turn, or draw lots for places"),
        "too_few": _("wait for more students"),
        "few_clusters": _("wait until four schools have it and four do not, or draw lots among students"),
        "attrition": _("test those who are missing"),
        "no_overlap": _("draw lots for places"),
        "differs": _("draw lots for places, or choose by earlier results alone"),
        "pre_trend": _("draw lots among schools"),
        "one_time": _("find results from before it began"),
        "hidden": _("wait for more students"),
        "no_student_results": _("add the table student_results"),
        "no_assignments": _("add the table assignments"),
        "no_enrolments": _("add the table enrolments"),
        "no_services": _("add the table services"),
        "no_pairs": _("add the tables students and clients, so that they can be linked"),
    }
    return said.get(str(code), "")
