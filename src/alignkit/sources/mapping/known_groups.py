"""Groups as agencies commonly call them → the codes of the list that a new project begins with."""

_ALL = ("all", "all students", "all student", "total", "all groups", "overall", "everyone", "total students")
_GROUPS = {
    ("race_ethnicity", "native"): ("american indian or alaska native", "american indian/alaska native",
                                   "american indian", "native american", "alaska native"),
    ("race_ethnicity", "asian"): ("asian",),
    ("race_ethnicity", "black"): ("black", "african american", "black or african american", "black/african american",
                                  "black (non-hispanic)"),
    ("race_ethnicity", "hispanic"): ("hispanic", "hispanic/latino", "hispanic or latino", "latino", "latinx"),
    ("race_ethnicity", "pacific_islander"): ("native hawaiian or pacific islander", "pacific islander",
                                             "native hawaiian/pacific islander",
                                             "native hawaiian or other pacific islander"),
    ("race_ethnicity", "multiracial"): ("two or more races", "two or more", "multiracial", "multiple races"),
    ("race_ethnicity", "white"): ("white", "white (non-hispanic)"),
    ("sex", "female"): ("female", "girls"),
    ("sex", "male"): ("male", "boys"),
    ("family_income", "low_income"): ("economically disadvantaged", "low income", "low-income"),
    ("family_income", "not_low_income"): ("not economically disadvantaged", "non-economically disadvantaged"),
    ("english_learner", "english_learner"): ("english learner", "english learners"),
    ("disability", "disability"): ("students with disabilities", "student with disabilities"),
}  # fmt: skip
_KNOWN = {text: group for group, texts in _GROUPS.items() for text in texts} | dict.fromkeys(_ALL, ("all", "all"))


def known_group(text: str) -> tuple[str, str]:
    """Type and code of a group that has just this name; two blanks where that is for a person to say."""
    return _KNOWN.get(" ".join(text.split()).casefold(), ("", ""))
