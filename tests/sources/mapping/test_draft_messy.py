"""What a draft can tell of files as American agencies send them."""

from pathlib import Path

import pytest
from openpyxl import Workbook

from alignkit.contract.schema import schema
from alignkit.sources.mapping.draft import Draft, drafted
from alignkit.sources.mapping.known_groups import known_group
from alignkit.sources.mapping.told import proposals

DISTRICT = (
    "School Yr,Bldg #,Building Name,Subgroup,Membership (K-12),Students Absent 10%+ of Days,Chronic Absence Rate\n"
    '2023-2024,1050,Hollow High,All,"1,204",289,24.0%\n2023-2024,1050,Hollow High,FRL,510,176,34.5%\n'
    "Run Date: 10/02/2025 3:14 PM,,,,,,\n"
)
COUNTY = (
    "Area / Race,2021,MOE,2022,MOE,2023 p,MOE\n\"Cedar County, all births\",8.2 %,±0.9,8.4 %,±0.9,8.1 %,±0.8\n"
    '"Black, NH",13.4 %,±3.1,14.0 %,±3.2,--,--\nTable 7 (cont.),,,,,,\nArea / Race,2021,MOE,2022,MOE,2023 p,MOE\n'
    '"White, NH",7.1 %,±1.0,7.3 %,±1.0,7.0 %,±0.9\n-- = fewer than 20 births. p = provisional.,,,,,,\n'
)  # fmt: skip
CENSUS = (
    '"GEO_ID","NAME","S1701_C01_002E","S1701_C01_002M","S1701_C03_002E","S1701_C03_002M",\n'
    '"Geography","Area Name","Estimate!!Total!!Under 18","Margin of Error!!Total!!Under 18",'
    '"Estimate!!Percent below!!Under 18","Margin of Error!!Percent below!!Under 18",\n'
    '"0400000US29","Missouri","1352118","1204","16.4","0.3",\n'
    '"1400000US29999950100","Tract 9501","0","13","-666666666","-222222222",\n'
)
TRACKER = (
    "#,Who,What they promised,Goal,Alignment,Made,Due,New date,Status,Updated\n"
    "1,Library,Open branches,Reading,Action,Q1 2026,3/7/26,,✅ Kept,3/9/26\n"
    "2,Schools,Send lists,,Data,Q2 2026,4/30/26,9/15/26,In progress,8/1/26\n"
)


def draft_of(folder: Path, text: str, name: str = "a.csv", table: str = "indicator_values") -> Draft:
    (folder / name).write_text(text, encoding="utf-8")
    return drafted(folder / "m.xlsx", {folder / name: schema(table)})


def sources(draft: Draft) -> dict[str, str]:
    """Column of the table → column of the file, or what it always is."""
    return {line[1]: line[2] or line[3] for line in draft.columns}


def codes(draft: Draft, column: str) -> dict[str, str]:
    return {line[2]: line[3] for line in draft.codes if line[1] == column}


def test_a_districts_export_by_school(tmp_path: Path) -> None:
    draft = draft_of(tmp_path, DISTRICT)
    found = sources(draft)
    assert (found["value"], found["numerator"]) == ("Chronic Absence Rate", "Students Absent 10%+ of Days")
    assert (found["period_start"], found["place_id"]) == ("School Yr", "Building Name")
    assert codes(draft, "subgroup") == {"All": "all", "FRL": "low_income"}
    assert codes(draft, "place_id") == {"Hollow High": ""}
    assert draft.rows == [["a", "leave out", "School Yr", "Run Date: *"]]


def test_years_side_by_side_with_their_margins(tmp_path: Path) -> None:
    draft = draft_of(tmp_path, COUNTY)
    assert sources(draft)["interval_low"] == "(moe)"
    assert [line[1:] for line in draft.wide] == [
        ["2021", "", ""], ["2022", "", ""], ["2023 p", "2023", ""],
        ["MOE", "2021", "moe"], ["MOE (2)", "2022", "moe"], ["MOE (3)", "2023", "moe"],
    ]  # fmt: skip


def test_names_again_after_a_page_break_and_notes_are_left_out(tmp_path: Path) -> None:
    draft = draft_of(tmp_path, COUNTY)
    out = [line[2] for line in draft.codes if line[3] == "(leave out)"]
    assert out == ["Table 7 (cont.)", "Area / Race", "-- = fewer than 20 births. p = provisional."]
    assert draft.marks == [["a", "--", "suppressed_at_source"]]
    assert codes(draft, "subgroup")["Black, NH"] == "black"


def test_a_table_of_the_census_bureau(tmp_path: Path) -> None:
    draft = draft_of(tmp_path, CENSUS, "ACSST5Y2024.S1701-Data.csv")
    found = sources(draft)
    assert (found["period_start"], found["period_end"]) == ("2020-01-01", "2024-12-31")
    assert (found["value"], found["interval_high"], found["confidence"]) == ("S1701_C03_002E", "S1701_C03_002M", "0.9")
    assert codes(draft, "place_id")["Geography"] == "(leave out)"
    assert "  period_start is always 2020-01-01" in list(proposals(draft))


def test_counts_of_the_census_bureau_are_never_the_value(tmp_path: Path) -> None:
    text = CENSUS.replace("Estimate!!Percent below", "Estimate!!Below").replace("S1701", "B17001")
    draft = draft_of(tmp_path, text, "ACSDT5Y2024.B17001-Data.csv")
    assert sources(draft)["value"] == ""
    assert any("numerator and denominator" in note for note in draft.notes["ACSDT5Y2024"])


def test_percents_of_a_data_profile(tmp_path: Path) -> None:
    text = (
        "GEO_ID,NAME,DP03_0119E,DP03_0119M,DP03_0119PE,DP03_0119PM\n"
        "Geography,Area Name,Estimate!!Families,Margin of Error!!Families,Percent!!Families,Percent MOE!!Families\n"
        "0400000US29,Missouri,812,20,16.4,0.3\n0500000US29001,Adair,42,9,18.1,3.2\n"
    )
    found = sources(draft_of(tmp_path, text, "ACSDP1Y2024.DP03-Data.csv"))
    assert (found["value"], found["interval_low"]) == ("DP03_0119PE", "DP03_0119PM")
    assert (found["period_start"], found["period_end"]) == ("2024-01-01", "2024-12-31")


def test_a_place_without_any_value_is_no_footnote(tmp_path: Path) -> None:
    text = "District,Group,School Year,Rate\nWest,All,2023-24,41.2\nElm Grove,,,\nSource: the state,,,\n"
    assert codes(draft_of(tmp_path, text), "place_id") == {
        "West": "", "Elm Grove": "", "Source: the state": "(leave out)"
    }  # fmt: skip


def test_standard_errors_are_no_margins(tmp_path: Path) -> None:
    draft = draft_of(tmp_path, "County,2021,Std. Error,2022,Std. Error\nC,8.2,0.4,8.4,0.5\n")
    assert "interval_low" not in sources(draft)


def test_fiscal_years_of_two_digits_above_a_footnote(tmp_path: Path) -> None:
    text = "Fiscal Year,County,# Assessed,# Ready,Ready (share)\nFY24,C,290,131,0.45\nFY25,C,276,133,0.48\n"
    text += "FY25 = July 2024 to June 2025,,,,\n"
    draft = draft_of(tmp_path, text)
    readings = {line[1]: line[4] for line in draft.columns}
    assert readings["period_start"] == "school year by its last year, first day"
    assert (sources(draft)["denominator"], sources(draft)["numerator"]) == ("# Assessed", "# Ready")
    assert any("July 2023 to June 2024" in note for note in draft.notes["a"])


def test_a_coalitions_list_of_commitments(tmp_path: Path) -> None:
    draft = draft_of(tmp_path, TRACKER, table="commitments")
    found = {line[1]: (line[2], line[4]) for line in draft.columns}
    assert found["due_now"] == ("New date or if blank: Due", "month/day/year")
    assert found["commitment_id"] == ("#", "")
    assert codes(draft, "status") == {"✅ Kept": "kept", "In progress": "open"}
    assert codes(draft, "cycle_made") == {"Q1 2026": "2026-Q1", "Q2 2026": "2026-Q2"}
    assert codes(draft, "outcome_id") == {"Reading": "", "(blank)": "(as it stands)"}


def test_a_list_with_our_own_names_and_codes_needs_no_codes(tmp_path: Path) -> None:
    text = "commitment_id,partner_id,status,cycle_made,alignment\nc1,library,kept,2026-Q1,action\n"
    assert draft_of(tmp_path, text, table="commitments").codes == []


@pytest.mark.parametrize(
    ("text", "group"),
    [("Black (not Hispanic)", "black"), ("Non-Hispanic White", "white"), ("White, NH", "white"), ("SWD", "disability"),
     ("Free/Reduced Lunch", "low_income"), ("ELL", "english_learner"), ("Female, NH", ""), ("Not Hispanic", "")],
)  # fmt: skip
def test_groups_by_the_names_that_agencies_give_them(text: str, group: str) -> None:
    assert known_group(text)[1] == group


@pytest.mark.parametrize("names", ["MOE,2021,MOE,2022", "2021,Change +/-,2022,Change +/-", "2021,MOE,2022,Rank"])
def test_margins_that_may_belong_to_another_year_are_left_to_a_person(tmp_path: Path, names: str) -> None:
    draft = draft_of(tmp_path, f"County,{names}\nC,0.4,8.2,0.5,8.4\nD,0.6,8.1,0.7,8.9\n")
    assert "interval_low" not in sources(draft)


def test_what_is_hidden_is_pointed_out_at_once(tmp_path: Path) -> None:
    book = Workbook()
    for row in (["County", "Old ID", "School Year", "Rate"], ["C", 17, "2023-24", 41.2]):
        book.active.append(row)
    book.active.column_dimensions["B"].hidden = True
    book.save(tmp_path / "a.xlsx")
    draft = drafted(tmp_path / "m.xlsx", {tmp_path / "a.xlsx": schema("indicator_values")})
    assert any("column B" in note and "read them" in note for note in draft.notes["a"])
