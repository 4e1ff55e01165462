"""Why an effect is not known, and what would be needed to know it."""

from typing import Any

from alignkit.words.current import words

NONE = "no_comparison_agreed"
"""A practice in use for which no comparison is agreed."""


def reason(code: Any) -> str:
    """Why an effect is not known, in a few words."""
    return _said().get(str(code), (words.gettext("not known"), ""))[0]


def cure(code: Any) -> str:
    """What would be needed to know; "" for a reason without a fix."""
    return _said().get(str(code), ("", ""))[1]


def _said() -> dict[str, tuple[str, str]]:
    """Each reason in words, and what would be needed to know."""
    _ = words.gettext
    return {
        NONE: (_("no comparison was agreed"), _("agree beforehand which groups to compare")),
        "no_practice": (_("no results with it yet"), _("wait for the first results")),
        "no_comparison": (_("no results without it"),
                          _("leave somebody to compare with: begin in turn, or draw lots for places")),
        "too_few": (_("too few students"), _("wait for more students")),
        "few_clusters": (_("too few schools"),
                         _("wait until four schools have it and four do not, or draw lots among students")),
        "attrition": (_("too many results are missing"), _("test those who are missing")),
        "no_overlap": (_("nobody like them went without"), _("draw lots for places")),
        "differs": (_("participants started out too different to compare"),
                    _("draw lots for places, or choose by earlier results alone")),
        "pre_trend": (_("the schools went apart before it began"), _("draw lots among schools")),
        "one_time": (_("no results from before it began"), _("find results from before it began")),
        "hidden": (_("hidden: too few students"), _("wait for more students")),
        "no_student_results": (_("no test results are on record"), _("add the table student_results")),
        "no_assignments": (_("no drawing by lot is on record"), _("add the table assignments")),
        "no_enrolments": (_("no school enrollments are on record"), _("add the table enrolments")),
        "no_services": (_("no services are on record"), _("add the table services")),
        "no_pairs": (_("nobody’s school and service records are linked"),
                     _("add the tables students and clients, so that they can be linked")),
    }  # fmt: skip
