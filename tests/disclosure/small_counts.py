"""A community with counts of children by race, one group of three, and rows that a notebook could make of them."""

from tests.factory import frame

PARTNERS = frame("partners", partner_id=["old", "west", "clinic"], name=["Old School", "West School", "Clinic"],
                 sector=["education", "education", "health"])  # fmt: skip
OUTCOMES = frame("outcomes", outcome_id=["reading", "math"], name=["Reading", "Math"])
INDICATORS = frame("indicators", indicator_id=["read", "state"], outcome_id=["reading", "math"],
                   already_public=[False, True])  # fmt: skip
PLACES = frame("places", place_id="town")
PRACTICES = frame("practices", practice_id="tutoring", name="Tutoring", outcome_id="reading")
ADOPTIONS = frame("adoptions", practice_id="tutoring", partner_id=["old", "west"], reached=[1, 39],
                  eligible=[3, 117])  # fmt: skip
VALUES = frame(
    "indicator_values", {"numerator": 40, "denominator": 120},
    {"subgroup_type": "race", "subgroup": "native", "numerator": 1, "denominator": 3},
    {"subgroup_type": "race", "subgroup": "white", "numerator": 39, "denominator": 117},
    indicator_id="read", place_id="town", period_start="2025-08-01", released_on="2026-07-01",
)  # fmt: skip

FAMILIES = "family_id,language,surveyed_on,feels_heard,subgroup,partner_id\nF1,spanish,2026-06-02,true,,old\n"
TABLES = {"partners": PARTNERS, "outcomes": OUTCOMES, "indicators": INDICATORS, "places": PLACES,
          "indicator_values": VALUES, "practices": PRACTICES, "adoptions": ADOPTIONS, "derived": FAMILIES}  # fmt: skip
COUNTS = ["subgroup", "numerator", "denominator"]


def by_race(c):
    rows = c.table("indicator_values")
    return rows[rows["subgroup_type"] == "race"][COUNTS]


def merged(c):
    names = c.table("outcomes")[["outcome_id"]].head(1)
    return by_race(c).assign(outcome_id="reading").merge(names, on="outcome_id").drop(columns="outcome_id")


def as_table_rows(c):
    frame = c.table("outcomes")[["name", "order"]]
    frame.loc[:, "order"] = [3, 117]
    return frame
