"""Groups as agencies commonly call them → the codes of the list that a new project begins with."""

import re

_ALL = ("all", "all students", "all student", "total", "all groups", "overall", "everyone", "total students",
        "all children", "all births")  # fmt: skip
_GROUPS = {
    ("race_ethnicity", "native"): ("american indian or alaska native", "american indian/alaska native",
                                   "american indian", "native american", "alaska native", "aian", "ai/an"),
    ("race_ethnicity", "asian"): ("asian",),
    ("race_ethnicity", "black"): ("black", "african american", "black or african american", "black/african american"),
    ("race_ethnicity", "hispanic"): ("hispanic", "hispanic/latino", "hispanic or latino", "latino", "latinx",
                                     "hispanic (any race)"),
    ("race_ethnicity", "pacific_islander"): ("native hawaiian or pacific islander", "pacific islander",
                                             "native hawaiian/pacific islander",
                                             "native hawaiian or other pacific islander"),
    ("race_ethnicity", "multiracial"): ("two or more races", "two or more", "multiracial", "multi-racial", "multi-race",
                                        "multiple races"),
    ("race_ethnicity", "white"): ("white",),
    ("sex", "female"): ("female", "girls"),
    ("sex", "male"): ("male", "boys"),
    ("family_income", "low_income"): ("economically disadvantaged", "low income", "low-income", "frl", "frpl",
                                      "free/reduced lunch", "free/reduced-price lunch", "free or reduced-price lunch",
                                      "free and reduced lunch", "below 200% fpl"),
    ("family_income", "not_low_income"): ("not economically disadvantaged", "non-economically disadvantaged",
                                          "not low income", "200% fpl or more", "at or above 200% fpl"),
    ("english_learner", "english_learner"): ("english learner", "english learners", "english language learners", "ell",
                                             "lep", "limited english proficient"),
    ("disability", "disability"): ("students with disabilities", "student with disabilities", "swd", "iep",
                                   "special education"),
}  # fmt: skip
_KNOWN = {text: group for group, texts in _GROUPS.items() for text in texts} | dict.fromkeys(_ALL, ("all", "all"))
_NOT_HISPANIC = re.compile(r",? \(?(not|non)[- ]hispanic\)?$|,? \(?nh\)?$|^non-?hispanic ")
"""As in White, NH; the codes of races count those who are not Hispanic in nearly all agencies' files."""


def known_group(text: str) -> tuple[str, str]:
    """Type and code of a group that has just this name; two blanks where that is for a person to say."""
    plain = " ".join(text.split()).casefold()
    found = _KNOWN.get(plain) or _KNOWN.get(_NOT_HISPANIC.sub("", plain), ("", ""))
    return found if found[0] in ("race_ethnicity", "") or plain in _KNOWN else ("", "")
