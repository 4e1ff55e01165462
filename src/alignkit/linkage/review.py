"""What a person has to look at: pairs side by side, in a private file, without the computer's opinion."""

import os
import tempfile
from pathlib import Path

import pandas as pd

from alignkit.linkage.decide import ACCEPT, REJECT, REVIEW
from alignkit.linkage.link import CLIENT, STUDENT, Links

FILE = "pairs.csv"
VERDICT = ("reviewer", "verdict", "reviewed_on")
"""What the reviewer fills in; with the two numbers these are the columns of the table link_reviews."""
SHOWN = ("first_name", "middle_name", "last_name", "birth_date", "sex", "street_address", "city", "postal_code")
DRAWN = {ACCEPT: 60, REJECT: 40}
"""Pairs drawn at random beside those in doubt: only a random draw tells how many links are right."""


def sheet(
    links: Links, reviews: pd.DataFrame, students: pd.DataFrame, clients: pd.DataFrame, seed: int = 0
) -> pd.DataFrame:
    """Every pair in doubt that nobody has reviewed, and some of the others, in an order that tells nothing.

    Returns student_id, client_id, the blank columns of `VERDICT`, then each of `SHOWN` twice, `<column>_student` beside
    `<column>_client`. The same links and reviews give the same sheet.
    """
    pairs = links.pairs.merge(reviews[[STUDENT, CLIENT]].drop_duplicates(), how="left", indicator="seen")
    new = pairs[pairs["seen"] == "left_only"]
    parts = [new[new["decision"] == REVIEW]]
    for decision, many in DRAWN.items():
        some = new[new["decision"] == decision]
        parts.append(some.sample(min(many, len(some)), random_state=seed))
    chosen = pd.concat(parts)[[STUDENT, CLIENT]].sample(frac=1, random_state=seed)
    chosen = chosen.assign(**dict.fromkeys(VERDICT, ""))
    for table, number, side in ((students, STUDENT, "student"), (clients, CLIENT, "client")):
        named = table[[number, *SHOWN]].rename(columns={name: f"{name}_{side}" for name in SHOWN})
        chosen = chosen.merge(named, on=number, how="left")
    beside = [f"{name}_{side}" for name in SHOWN for side in ("student", "client")]
    return chosen[[STUDENT, CLIENT, *VERDICT, *beside]].reset_index(drop=True)


def write(pairs: pd.DataFrame, folder: Path) -> bool:
    """Write the sheet as `pairs.csv`, readable by its owner only; whether it was written.

    A sheet on which somebody has begun to fill in verdicts is left as it is; without pairs there is nothing to write.
    """
    path = folder / FILE
    if pairs.empty or (path.exists() and _begun(path)):
        return False
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, name = tempfile.mkstemp(dir=folder, prefix=f".{FILE}-")  # mkstemp makes it 0600
    with os.fdopen(handle, "w", encoding="utf-8-sig", newline="") as file:
        pairs.to_csv(file, index=False, date_format="%Y-%m-%d", lineterminator="\n")
    Path(name).replace(path)
    return True


def _begun(path: Path) -> bool:
    """Whether a reviewer's word stands in it; a file that is no sheet (any more) is somebody's work too."""
    try:
        found = pd.read_csv(path, dtype=str, encoding="utf-8-sig")
    except (ValueError, OSError):
        return True
    return not set(VERDICT) <= set(found) or bool(found[list(VERDICT)].notna().any(axis=None))
