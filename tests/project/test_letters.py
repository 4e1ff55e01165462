"""`alignkit check` lists the letters that the PDF spells, wherever they are, without a line for each row."""

import json

from alignkit.project.check import check
from tests.project.test_check import change


def notes(project, part):
    """What stops nothing, of one place."""
    found = check([project], project)
    assert found.problems == []
    return [line for line in found.advice if part in line and "letters that the fonts lack" in line]


def test_tables_are_named_with_their_rows_as_a_spreadsheet_counts_them(filled):
    change(filled / "data" / "tables" / "partners.csv", "Mill Valley Library", "ไทย")
    (line,) = notes(filled, "tables of mill-valley, partners.csv")
    assert line.endswith("row 4: ไ as ai, ท as th, ย as y")


def test_many_rows_are_one_line(filled):
    path = filled / "data" / "tables" / "partners.csv"
    more = "".join(f"p{n},ไทย {n},education,inside,school,false,2024-09-01,\n" for n in range(10_000))
    path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")
    (line,) = notes(filled, "partners.csv")
    assert line.endswith("rows 5, 6, 7 and 9,997 more: ไ as ai, ท as th, ย as y")


def test_words_parameters_and_notebooks_are_named_with_line_and_cell(filled):
    params = filled / "params" / "mill-valley"
    change(params / "community.yml", 'name: "Mill Valley"', '# ก\nname: "ไทย"')
    (params / "2026-Q4" / "brief.md").write_text("Hello.\n\nไทย and 中文 and café.\n", encoding="utf-8")
    path = filled / "notebooks" / "methods.ipynb"
    content = json.loads(path.read_text(encoding="utf-8"))
    content["cells"][0]["source"] = ["# ไทย\n", "How?"]
    path.write_text(json.dumps(content), encoding="utf-8")
    for part, place in (("community.yml", "line"), ("brief.md", "line 3:"), ("methods.ipynb, text 1", "line 1:")):
        (line,) = notes(filled, part)
        assert place in line
        assert line.endswith("ไ as ai, ท as th, ย as y")


def test_letters_of_tables_about_persons_are_not_mentioned(blank):
    rows = "client_id,source,given_name,family_name,birth_date\n1,food,ไทย,Ng,2015-01-01\n"
    (blank / "private" / "clients.csv").write_text(rows, encoding="utf-8")
    change(blank / "params" / "mill-valley" / "community.yml", "  # private:", "  private:")
    assert not any("ไ" in line for line in check([blank], blank).advice)
