"""Links between records of students and of clients, as this chapter asks for them; about persons, never displayed."""

from pathlib import Path

import pandas as pd

from alignkit.linkage import review as to_review
from alignkit.linkage.link import Links, link
from alignkit.linkage.settings import Settings


def linked_records(students: pd.DataFrame, clients: pd.DataFrame, accept: float, review: float) -> Links:
    """Which records of both tables belong to one person.

    From a probability of `accept` on, two records are linked; from `review` on, a person looks at them. Raises
    `InputError` where these are no thresholds.
    """
    return link(students, clients, Settings(accept, review))


def write_review_sheet(
    links: Links, reviews: pd.DataFrame, students: pd.DataFrame, clients: pd.DataFrame, folder: Path
) -> bool:
    """Write the pairs that a person has to look at to `pairs.csv` in a private folder; whether it was written.

    A sheet on which someone has begun to fill in verdicts is left as it is.
    """
    return to_review.write(to_review.sheet(links, reviews, students, clients), folder)
