"""The demo community with names that try to be code, and with persons who must not be found in a book."""

from functools import cache

import pandas as pd

from alignkit.demo.riverbend import tables as demo

HOSTILE = (
    "<script>alert(1)</script>",
    '=HYPERLINK("x")',
    "*_[](){}#$@~|\\`",
    "The Partnership for Every Child and Every Family in Every Corner of a Long County",
    "<img src=x onerror=alert(1)>",
    "[x](http://evil.example/x) ![x](http://evil.example/x.png)",
    "{{ leadership.kept }} {{< include /etc/passwd >}}",
    '#import "x.typ" #read("/etc/passwd") $x^2$ @fig-leadership-signed',
    "+1-1 -2 &lt;b&gt; &amp; \"quoted\" 'n' -- --- ... 1. :::",
    "-@SUM(1+1)*cmd|' /C calc'!A0",
)
FREE = {
    "partners": ["name"],
    "outcomes": ["name", "why_it_matters"],
    "indicators": ["name", "definition", "universe", "source"],
    "series_breaks": ["reason"],
    "commitments": ["what", "confirmed_by", "measure", "reason", "help_needed"],
    "places": ["name"],
    "subgroups": ["name", "type_name"],
    "meetings": ["name"],
    "decisions": ["motion", "cost_note", "evidence_words"],
    "responsibilities": ["contribution"],
    "practices": ["name", "evidence_source", "core_components"],
    "practice_reviews": ["conclusion", "next_step"],
    "grants": ["name", "funder"],
    "grant_partners": ["signatory"],
    "grant_outcomes": ["must_report"],
    "adoptions": ["site"],
    "advocacy_actions": ["description"],
    "agreements": ["signer", "signer_role"],
    "comparisons": ["question"],
    "data_sources": ["name", "purpose", "legal_basis", "agreement"],
    "leaders": ["role_title"],
    "policies": ["name", "government"],
    "standards": ["text", "permitted_uses"],
}
"""Table → columns in which anybody may write what they like."""
PERSONS = {
    "students": ("SECRETSTUDENT1", "Zebulon", "Quackenbush"),
    "clients": ("SECRETCLIENT1", "Ottoline", "Fanshawe"),
}
UNUSED = ("enrolments", "student_results", "services", "crosswalk", "link_reviews", "assignments")
OUTCOMES = ("early-grade-reading", "chronic-absence", "kindergarten-readiness")
"""In force; the others would only take longer."""
COMMUNITY = {"name": 'Smith & "Sons" <b>County</b> #1', "author": "*_<i>Nobody</i>_* $1", "place": "riverbend"}


@cache
def hostile_tables() -> dict[str, pd.DataFrame]:
    found = {name: frame for name, frame in demo(7).items() if name not in UNUSED}
    candidates = ~found["outcomes"]["outcome_id"].isin(OUTCOMES)
    found["outcomes"] = found["outcomes"].assign(status=lambda f: f["status"].mask(candidates, "candidate"))
    for table, columns in FREE.items():
        for column in columns:
            texts = [f"{HOSTILE[i % len(HOSTILE)]} {i}" for i in range(len(found[table]))]
            found[table] = found[table].assign(**{column: texts})
    for table, (id_, first, last) in PERSONS.items():
        some = found[table].head(30).copy()
        some.loc[some.index[0], [f"{table[:-1]}_id", "first_name", "last_name"]] = [id_, first, last]
        found[table] = some
    return found
