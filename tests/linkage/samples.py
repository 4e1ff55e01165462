"""Small files of people for the tests of linkage, and the demo community's, with the truth about them."""

from functools import lru_cache

import numpy as np
import pandas as pd

from alignkit.demo import riverbend
from alignkit.linkage.assess import Assessment, assess
from alignkit.linkage.link import Links, link

AS_OF = pd.Timestamp("2026-09-30")
COLUMNS = ["first_name", "middle_name", "last_name", "birth_date", "sex", "race_ethnicity", "street_address",
           "city", "postal_code"]  # fmt: skip
KNOWN_FROM = {"students": "recorded_on", "clients": "recorded_on", "crosswalk": "agreed_on",
              "link_reviews": "reviewed_on"}  # fmt: skip


def people(number, *rows):
    """Records of a file, one tuple per person as in `COLUMNS`; numbers are s000000, … or c000000, …"""
    frame = pd.DataFrame(list(rows), columns=COLUMNS, dtype=object)
    frame["birth_date"] = pd.to_datetime(frame["birth_date"])
    frame.insert(0, number, pd.Series([f"{number[0]}{place:06d}" for place in range(len(frame))], dtype=object))
    return frame


def crowd(many, seed=1):
    """`many` different people."""
    rng = np.random.default_rng(seed)
    first = [f"{a}{b}" for a in ("Jo", "Ma", "El", "Su", "Ti", "Ka") for b in ("anna", "rcus", "ias", "nday", "lda")]
    last = [f"{a}{b}" for a in ("Brook", "Hill", "Stone", "Wood", "Lake", "Field") for b in ("man", "er", "ton", "ley")]
    born = pd.Timestamp("2010-01-01") + pd.to_timedelta(rng.integers(0, 4000, many), unit="D")
    return [
        (rng.choice(first), None, rng.choice(last), day, rng.choice(["female", "male"]), "white",
         f"{rng.integers(1, 2000)} Main Street", "Town", f"0{rng.integers(2000, 2020)}")
        for day in born
    ]  # fmt: skip


@lru_cache(maxsize=1)
def riverbend_links(seed=7) -> tuple[Links, Assessment, dict[str, pd.DataFrame], pd.DataFrame]:
    """Links of the demo, their assessment, its tables as known at `AS_OF`, and its true pairs among those."""
    tables = riverbend.tables(seed)
    seen = {name: tables[name][tables[name][day] <= AS_OF].reset_index(drop=True) for name, day in KNOWN_FROM.items()}
    links = link(seen["students"], seen["clients"])
    found = assess(links, seen["link_reviews"], seen["crosswalk"], seen["students"], seen["clients"])
    true = riverbend.truth(seed).links.merge(seen["students"][["student_id"]]).merge(seen["clients"][["client_id"]])
    return links, found, seen, true


def rates(links: Links, true: pd.DataFrame) -> tuple[float, float]:
    """True precision and recall."""
    right = len(links.accepted.merge(true))
    return right / len(links.accepted), right / len(true)
