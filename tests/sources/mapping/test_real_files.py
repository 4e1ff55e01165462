"""Kentucky's public files through a mapping sheet: the same values, to the last bit, as through SQL."""

from pathlib import Path

import duckdb
import pandas as pd
import pytest

from alignkit.contract.conform import conform
from alignkit.params import load_community
from alignkit.sources.mapping.read import read_mapping
from alignkit.sources.sql import read_sql
from tests.mapping_sheets import Lines, constants, fill

LOUISVILLE = Path(__file__).parents[2] / "louisville"
KEY = ["period_start", "place_id", "subgroup_type", "subgroup"]
GROUPS = {
    "All Students": ("all", "all"), "Female": ("sex", "female"), "Male": ("sex", "male"),
    "African American": ("race_ethnicity", "african_american"), "Asian": ("race_ethnicity", "asian"),
    "American Indian or Alaska Native": ("race_ethnicity", "american_indian"),
    "Hispanic": ("race_ethnicity", "hispanic"), "Two or more races": ("race_ethnicity", "two_or_more"),
    "Native Hawaiian or Other Pacific Islander": ("race_ethnicity", "pacific_islander"),
    "White (Non-Hispanic)": ("race_ethnicity", "white"), "Free/Reduced-Price Meals": ("lunch", "free_reduced"),
    "English Learners": ("language", "english_learner"), "Limited English Proficiency": ("language", "english_learner"),
    "(any other)": ("(leave out)", "(leave out)"),
}  # fmt: skip
SHARE = "share from 0 to 1, as percent"


def report_cards(path: str, value: str, count: str | None, reading: str | None) -> Lines:
    """A state report card: shares from 0 to 1, years like 2011-2012, a blank for what is withheld."""
    made = {"period_start": ("first", None), "period_end": ("last", None), "released_on": ("last", 93)}
    columns = [{"column": column, "source": "year", "reading": f"school year, {day} day", "later": later}
               for column, (day, later) in made.items()]  # fmt: skip
    columns += [{"column": column, "source": "student_group"} for column in ("subgroup_type", "subgroup")]
    columns += [{"column": "place_id", "source": "sch_id", "front": "ky-"}]
    columns += [{"column": "value", "source": value, "reading": reading}]
    columns += [{"column": "denominator", "source": count}] if count else []
    taken = {str(column["column"]): None for column in columns}
    places = {"999": "kentucky", "275": "(leave out)", "909": "(leave out)", "(any other)": "(as it stands)"}
    return {
        "files": [{"file": "cards", "path": f"$ALIGNKIT_REAL_DATA/ky_schools/{path}", "table": "indicator_values"}],
        "columns": constants("cards", **taken) + [{"file": "cards", **column} for column in columns],
        "codes": [{"column": "place_id", "text": text, "code": code} for text, code in places.items()]
        + [{"column": column, "text": text, "code": codes[at]}
           for at, column in enumerate(("subgroup_type", "subgroup")) for text, codes in GROUPS.items()],
        "marks": [{"text": "(blank)", "status": "suppressed_at_source"}],
    }  # fmt: skip


@pytest.fixture(scope="module")
def by_sql(real_data: Path) -> pd.DataFrame:
    base = LOUISVILLE / "params" / "louisville"
    source = load_community(LOUISVILLE, "louisville").source
    assert source.sql is not None
    return conform("indicator_values", read_sql(base / source.sql, source.variables, base)["indicator_values"])[0]


def comparable(frame: pd.DataFrame, queries: pd.DataFrame) -> pd.DataFrame:
    """The state and its districts but Jefferson, these groups; not what the queries give twice, first and revised."""
    chosen = frame["place_id"].str.match("kentucky$|ky-(?!275)")
    groups = pd.MultiIndex.from_tuples(set(GROUPS.values()))
    chosen &= pd.MultiIndex.from_frame(frame[["subgroup_type", "subgroup"]]).isin(groups)
    twice = pd.MultiIndex.from_frame(queries.loc[queries.duplicated(KEY), KEY])
    chosen &= ~pd.MultiIndex.from_frame(frame[KEY]).isin(twice)
    return frame[chosen].drop(columns=["source_key", "indicator_id"]).sort_values(KEY, ignore_index=True)


@pytest.mark.parametrize(
    ("indicator", "card"),
    [
        ("graduation-4yr", ("graduation_4yr_cohort.csv.gz", "grad_rate", None, SHARE)),
        ("act-composite", ("act.csv.gz", "act_comp_mean", "act_n_tested", None)),
        pytest.param("grade-3-reading", ("kprep_grades_3_4_8.csv.gz", "prof_dist_pct", "n_tested", SHARE),
                     marks=pytest.mark.heavy),
    ],
)  # fmt: skip
def test_report_cards_give_the_same_as_the_queries(
    by_sql: pd.DataFrame, tmp_path: Path, indicator: str, card: tuple[str, str, str | None, str | None]
) -> None:
    lines = dict(report_cards(*card))
    if indicator == "grade-3-reading":
        only = {"grade": "3", "subject": "Reading"}
        lines["rows"] = [{"file": "cards", "keep": "keep only", "source": k, "text": v} for k, v in only.items()]
    mapped, failures = conform("indicator_values", read_mapping(fill(tmp_path / "m.xlsx", lines))["indicator_values"])
    assert not failures
    queries = by_sql[by_sql["indicator_id"] == indicator]
    want = comparable(queries, queries)
    assert len(want) > 5_000
    pd.testing.assert_frame_equal(comparable(mapped, queries), want, check_exact=True)


READY = """
SELECT make_date(year::DOUBLE::INTEGER - 1, 7, 1) AS period_start,
       make_date(year::DOUBLE::INTEGER - 1, 12, 15) AS released_on,
       CASE WHEN sex <> 'total' THEN 'sex' WHEN race <> 'total' THEN 'race' ELSE 'all' END AS subgroup_type,
       CASE WHEN sex <> 'total' THEN sex WHEN race <> 'total' THEN race ELSE 'all' END AS subgroup,
       kready::DOUBLE AS value
FROM read_csv('{path}', all_varchar = true)
WHERE variable = 'lou' AND frl_status = 'total' AND prior_setting = 'All Students' AND (sex = 'total' OR race = 'total')
ORDER BY ALL
"""


def ready(name: str, by: str, codes: dict[str, str]) -> Lines:
    """One breakdown of a file that crosses several: only the rows in which all the others are a total."""
    others = {
        "variable": "lou",
        "frl_status": "total",
        "prior_setting": "All Students",
        "sex": "total",
        "race": "total",
    }
    del others[by]
    year = {"source": "year", "reading": "school year by its last year, first day"}
    columns = [
        {"column": "period_start", **year}, {"column": "released_on", **year, "later": 167},
        {"column": "period_end", "source": "year", "reading": "school year by its last year, last day"},
        {"column": "subgroup", "source": by}, {"column": "subgroup_type", "source": by},
        {"column": "value", "source": "kready"},
    ]  # fmt: skip
    types = {text: "all" if code == "all" else by for text, code in codes.items()}
    types |= {text: code for text, code in codes.items() if code == "(leave out)"}
    taken = {str(column["column"]): None for column in columns}
    path = "$ALIGNKIT_REAL_DATA/louisville_peers/kready_ky.csv.gz"
    return {
        "files": [{"file": name, "path": path, "table": "indicator_values"}],
        "columns": constants(name, **taken) + [{"file": name, **column} for column in columns],
        "codes": [{"file": name, "column": column, "text": text, "code": code}
                  for column, listed in (("subgroup", codes), ("subgroup_type", types))
                  for text, code in listed.items()],
        "rows": [{"file": name, "keep": "keep only", "source": k, "text": v} for k, v in others.items()],
    }  # fmt: skip


def test_kindergarten_readiness_by_two_breakdowns_of_one_file(real_data: Path, tmp_path: Path) -> None:
    races = {race: race for race in ("asian", "black", "hispanic", "other", "white")}
    mapping = fill(tmp_path / "m.xlsx", ready("by_sex", "sex", {"total": "all", "male": "male", "female": "female"}))
    fill(mapping, ready("by_race", "race", {"total": "(leave out)", **races}))
    got, failures = conform("indicator_values", read_mapping(mapping)["indicator_values"])
    assert not failures
    query = READY.format(path=real_data / "louisville_peers" / "kready_ky.csv.gz")
    want = duckdb.sql(query).fetchall()
    columns = ["period_start", "released_on", "subgroup_type", "subgroup", "value"]
    made = got[columns].sort_values(columns[:4], ignore_index=True)
    assert [(a.date(), b.date(), *rest) for a, b, *rest in made.itertuples(index=False)] == want
    everyone = made[made["subgroup"] == "all"].set_index("period_start")["value"]
    assert [everyone.loc[f"{year}-07-01"] for year in (2013, 2015, 2016)] == [52.3, 47.9, 51.6]  # as published
