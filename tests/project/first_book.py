"""A small community with nothing but the five tables of step 1, as its evaluator would fill them in."""

import csv
from pathlib import Path

from openpyxl import load_workbook

from tests.factory import completed

TABLES = {
    "partners": [
        "partner_id,name,sector,setting,kind,is_backbone,valid_from,valid_until",
        "valley-together,Valley Together,nonprofit,outside,backbone organization,true,2024-09-01,",
        "mill-schools,Mill Valley School District,education,inside,school district,false,2024-09-01,",
        "mill-library,Mill Valley Library,government,outside,library,false,2025-01-15,",
    ],
    "outcomes": [
        "outcome_id,name,stage,why_it_matters,status,order,valid_from",
        "third-grade-reading,Third-grade reading,elementary,Children read to learn from fourth grade on.,in_force,1,"
        "2024-09-01",
        "graduation,High school graduation,high_school,A diploma opens doors.,in_force,2,2024-09-01",
    ],
    "indicators": [
        "indicator_id,outcome_id,name,definition,role,unit,good_direction,frequency,usual_lag_days,universe,"
        "baseline,baseline_period,target,target_year,source,already_public,valid_from",
        'reading,third-grade-reading,Read on grade level,"Third graders who pass the state test, of all tested",core,'
        "percent,up,annual,90,third graders,48,2021-07-01,60,2030,State report card,true,2024-09-01",
        'on-time,graduation,Graduated in four years,"Students who graduate within four years, of their class",core,'
        "percent,up,annual,120,students of a class,,,90,2030,State report card,true,2024-09-01",
    ],
    "commitments": [
        "commitment_id,partner_id,what,confirmed_by,outcome_id,alignment,cycle_made,due_originally,due_now,measure,"
        "status,reason,help_needed,answers,replaces,decision_id,recorded_on",
        "c1,mill-library,Open the reading room on Saturdays,Ana Diaz,third-grade-reading,action,2026-Q3,2026-11-30,"
        "2026-11-30,Open on ten Saturdays,open,,,,,,2026-09-20",
        "c2,mill-schools,Send reading results each term,Lee Park,third-grade-reading,data_systems,2026-Q3,2026-10-31,"
        "2027-01-31,One file a term,late,The contract took longer,,,,,2026-11-10",
        "c3,valley-together,Print the calendar of partners,Sam Cole,,leadership,2026-Q3,2026-10-15,2026-10-15,"
        "Sent to all,kept,,,,,,2026-10-10",
    ],
}
VALUES = (
    "indicator_id,period_start,period_end,place_id,subgroup_type,subgroup,numerator,denominator,value,"
    "interval_low,interval_high,confidence,value_status,low,high,released_on,source_key"
)
READERS = {2021: (148, 308), 2022: (151, 301), 2023: (149, 296), 2024: (158, 305), 2025: (163, 299)}


def values(place: str = "mill-valley") -> list[str]:
    """Five school years of both indicators; reading by family income too, one group hidden by the state."""
    rows = [VALUES]
    for year, (k, n) in READERS.items():
        period = f"{year}-07-01,{year + 1}-06-30,{place}"
        known = f"{year + 1}-09-15,report card {year + 1}"
        low = (k // 3, n // 2) if year != 2023 else ("", "")
        status = "reported" if year != 2023 else "suppressed_at_source"
        rows += [
            f"reading,{period},all,all,{k},{n},,,,,reported,,,{known}",
            f"reading,{period},family_income,low_income,{low[0]},{low[1]},,,,,{status},,,{known}",
            f"on-time,{period},all,all,{k + 100},{n},,,,,reported,,,{known}",
        ]
    return rows


def fill(folder: Path) -> None:
    """Put the five tables into a folder of CSV files, in the place of the blank ones."""
    for name, lines in {**TABLES, "indicator_values": values()}.items():
        (folder / f"{name}.csv").write_text(completed(name, "\n".join(lines)), encoding="utf-8", newline="\n")


def fill_workbook(path: Path) -> None:
    """Type the five tables into the sheets of a blank workbook."""
    book = load_workbook(path)
    for name, lines in {**TABLES, "indicator_values": values()}.items():
        header, *rows = csv.reader(completed(name, "\n".join(lines)).splitlines())
        places = {cell.value: cell.column for cell in book[name][1]}
        for at, row in enumerate(rows, 2):
            for column, value in zip(header, row, strict=False):
                book[name].cell(at, places[column], value or None)
    book.save(path)
