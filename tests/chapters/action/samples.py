"""Published numbers of the action chapter, as its sentences get them."""

from dataclasses import replace

import pandas as pd

from alignkit.disclosure.publish import Gate, publish
from alignkit.disclosure.published import Published

GATE = Gate()
ABOUT = ["comparison_id", "practice_id", "practice", "outcome_id", "question", "design", "chosen_by", "measure"]
STAGES = {"pilot": 0, "standard_practice": 0, "policy": 0}


def published(rows: list[dict], *by: str, about: str = "practices", like: list[str] | None = None) -> Published:
    frame = pd.DataFrame(rows, columns=like)
    carry = [column for column in frame if column not in (*by, "numerator", "denominator", "value", "low", "high")]
    return publish(frame, id="x", by=by, about=about, carry=carry, gate=GATE)


def listed(*rows: tuple[str, int, int]) -> Published:
    """(practice, tier, sites): all of them pilots."""
    made = [
        {"practice_id": name, "practice": name, "evidence_tier": tier, "sites": sites, **STAGES, "pilot": sites}
        for name, tier, sites in rows
    ]
    return published(made, "practice_id", like=["practice_id", "practice", "evidence_tier", "sites", *STAGES])


def reach(**counts: tuple[int, int]) -> Published:
    keys = {"school_walls": "all", "partner": "all", "site": "all"}
    rows = [{"practice_id": p, "practice": p, **keys, "numerator": k, "denominator": n} for p, (k, n) in counts.items()]
    like = ["practice_id", "practice", *keys, "numerator", "denominator"]
    return published(rows, "practice_id", "practice", *keys, about="", like=like)


def could(**which: list[str]) -> Published:
    rows = [{"practice_id": p, "evidence_tier": 1, "which": sites} for p, sites in which.items()]
    return published(rows, "practice_id", like=["practice_id", "evidence_tier", "which"])


def reviews(**said: str) -> Published:
    rows = [{"review_id": p, "practice_id": p, "conclusion": text} for p, text in said.items()]
    return published(rows, "review_id", like=["review_id", "practice_id", "conclusion"])


def found(*rows: tuple[str, str, float, float, float, str]) -> Published:
    """(practice, word, value, low, high, reason): a comparison each."""
    made = [
        dict.fromkeys(ABOUT, name)
        | {"measure": measure, "value": value, "low": low, "high": high, "denominator": 50, "design": "experiment"}
        | {"word": word, "reason": reason, "hint": False, "p_adjusted": 0.01, "same_schools": ""}
        for name, word, value, low, high, reason in rows
        for measure in ("score", "proficient")
    ]
    like = [*ABOUT, "value", "low", "high", "denominator", "word", "reason", "hint", "p_adjusted", "same_schools"]
    frame = pd.DataFrame(made, columns=like)
    carry = ["word", "reason", "hint", "p_adjusted", "same_schools"]
    return publish(frame, id="effects", by=ABOUT, carry=carry, unit="score", gate=GATE)


NAN = float("nan")
FOUND = found(
    ("A", "works", 10, 3, 16, ""), ("B", "no clear effect", 2, -5, 9, ""), ("C", "not known", NAN, NAN, NAN, "differs")
)


FOUND_WHOLE = replace(FOUND, frame=FOUND.frame.assign(pre_trend=NAN))


def students(*rows: tuple[str, str, str, int]) -> Published:
    """(comparison, side, standing, students)."""
    keys = ["comparison_id", "side", "standing"]
    frame = pd.DataFrame(rows, columns=[*keys, "value"])
    return publish(frame, id="students", by=keys, unit="count", gate=GATE)


STUDENTS = students(("A", "practice", "compared", 60), ("A", "comparison", "compared", 50),
                    ("A", "practice", "lost", 15), ("A", "comparison", "lost", 4))  # fmt: skip
