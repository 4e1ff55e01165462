"""What tests of Louisville's books look up: outcomes by their indicators, published cells, source files."""

import csv
import gzip

from alignkit import records

CHAPTERS = {
    "low-birthweight": "outcome-healthy-births",
    "preschool-enrolled": "outcome-preschool",
    "kindergarten-ready": "outcome-kindergarten-readiness",
    "grade-3-reading": "outcome-early-grade-reading",
    "grade-8-math": "outcome-middle-grade-math",
    "act-composite": "outcome-college-entrance",
    "college-career-ready": "outcome-college-career-readiness",
    "graduation-4yr": "outcome-graduation",
    "disconnected-youth": "outcome-connected-youth",
}
COUNTED = ("low-birthweight", "grade-3-reading", "grade-8-math")
SURVEYED = ("preschool-enrolled", "disconnected-youth")
BARE = ("kindergarten-ready", "graduation-4yr", "act-composite")
HERE, STATE, CINCINNATI = "jefferson", "kentucky", "county-39061"


def raw(folder, name, of="ky_schools"):
    with gzip.open(folder / of / f"{name}.csv.gz", "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def cells_of(walk):
    """(indicator, place, subgroup, year) → published cell, of every outcome's chapter."""
    found = {}
    for chapter in CHAPTERS.values():
        for cell in walk.cells(chapter, "series"):
            year, month = (int(part) for part in str(cell.key["period_start"]).split("-")[:2])
            found[*(cell.key[name] for name in ("indicator_id", "place_id", "subgroup")), year + (month == 7)] = cell
    return found


def verdict(walk, indicator):
    return walk.cells(CHAPTERS[indicator], "verdict")[0].shown


def said(walk, indicator, name):
    heads = (r for r in walk.handed_on(CHAPTERS[indicator]) if isinstance(r, records.Headline))
    return next(head.text for head in heads if head.name == name)
