"""The data dictionary: the contract as a page for the person who keeps the tables.

`python -m alignkit.contract.dictionary` writes docs/data-dictionary.md again, from the project's top folder.
"""

from pathlib import Path

from alignkit.contract.catalog import CONTRACT, Catalog
from alignkit.contract.rules import RULES
from alignkit.contract.schema import TABLES, Field, TableSchema, schema

PATH = Path("docs/data-dictionary.md")
KINDS = {
    "string": "text",
    "integer": "whole number",
    "number": "number",
    "date": "day",
    "boolean": "true or false",
}
STEPS = {
    1: "What the first book needs",
    2: "Meetings and decisions",
    3: "Agreements, responsibilities and data sources",
    4: "Practices",
    5: "Grants",
    6: "Leaders' ratings",
    7: "Policies",
    8: "Results of matching",
    9: "Records about persons",
}
INTRODUCTION = """# Data dictionary

<!-- Written by `python -m alignkit.contract.dictionary` from src/alignkit/contract/; do not edit here. -->

These are the tables alignkit reads. Keep what you have and leave the rest out: a chapter whose table is missing
says so and the book is still made. The first book needs step 1 only.

How to write a table:

- One file for each table, named like it: `partners.csv`. Save it as *CSV UTF-8*; Parquet works too. Or one Excel
  workbook with a sheet for each table.
- The first line holds the column names, spelled as below. Columns that are not needed may be left out.
- Write a day like 2026-09-30, a number like 1250.5, and true or false. Leave a cell blank where nothing is known.
- Codes with leading zeros (ZIP codes, school numbers) are text: format the column as text in a spreadsheet.
- A text may have up to 10,000 characters.
- What is taken from a table marked **about persons** is published for large enough groups only. The records of
  step 9, leaders and outcome_ratings live apart, in a folder with its own permissions, and never go round by e-mail.
- A community may declare tables of its own next to these; `alignkit new table` begins one.
- *Known since* names the column that says from which day a row is known. A book made for an earlier day does not
  see the row.

*Element* is the property of the Common Education Data Standards (CEDS) or the field of the Human Services Data
Specification (HSDS) that a column corresponds to; *local* means that neither has one.
"""


OWN_MARK = "<!-- Written by `alignkit check --dictionary`; do not edit here. -->"
"""The line by which a page that may be written again is known."""
OWN_INTRODUCTION = f"""# Tables of our own

{OWN_MARK}

These tables are declared in this folder, one `<table>.json` for each, next to the tables that alignkit brings.
How to write the rows: see the data dictionary. What is taken from a table marked **about persons** is published for
large enough groups only; such a table lives apart, in a folder with its own permissions, and is never emailed.
"""


def dictionary() -> str:
    """The whole page as Markdown."""
    parts = [INTRODUCTION, _contents()]
    for step, title in STEPS.items():
        parts.append(f"## Step {step}: {title}\n")
        parts += [_table(schema(name)) for name in TABLES if schema(name).step == step]
    return "\n".join(parts)


def own_dictionary(catalog: Catalog) -> str:
    """The page of a community's own tables as Markdown, in the form of the contract's."""
    tables = [catalog.schema(name) for name in catalog.names if catalog.schema(name).own]
    rows = [f"| [{table.name}](#{table.name}) | {_cell(table.description)} |" for table in tables]
    contents = "\n".join(["| Table | What a row is |", "|---|---|", *rows, ""])
    return "\n".join([OWN_INTRODUCTION, contents, *(_table(table, catalog, "##") for table in tables)])


def _contents() -> str:
    rows = [
        f"| {table.step} | [{name}](#{name}) | {table.description} |"
        for name, table in sorted(((name, schema(name)) for name in TABLES), key=lambda item: item[1].step)
    ]
    return "\n".join(["| Step | Table | What a row is |", "|---|---|---|", *rows, ""])


def _table(table: TableSchema, catalog: Catalog = CONTRACT, level: str = "###") -> str:
    lines = [f"{level} {table.name}", "", " ".join(f"{table.title}. {table.description}".split()), ""]
    lines += [f"- {fact}" for fact in _facts(table, catalog)]
    lines += ["", "| Column | Kind | Needed | What it says | Element |", "|---|---|---|---|---|"]
    lines += [_row(field) for field in table.fields]
    rules = [f"- {rule.says}" for rule in RULES if rule.table == table.name]
    return "\n".join([*lines, "", *(["Checked as well:", "", *rules, ""] if rules else [])])


def _facts(table: TableSchema, catalog: Catalog) -> list[str]:
    facts = ["**About persons.**" if table.protected else "Not about persons."]
    facts.append(f"No two rows have the same {' + '.join(table.primary_key)}.")
    if table.visible_from:
        facts.append(f"Known since: {table.visible_from}.")
    if table.version_of:
        facts.append(f"Of several rows with the same {' + '.join(table.version_of)}, the newest counts.")
    for key in table.foreign_keys:
        here = catalog.schema(key.reference).own == table.own
        there = f"[{key.reference}](#{key.reference})" if here else f"`{key.reference}`"
        facts.append(f"{key.fields[0]} must be in {there}.")
    if found := [field.name for field in table.fields if field.identifies]:
        facts.append(f"Identifies a person: {', '.join(found)}. No finished book may hold one of these values.")
    if table.counting:
        facts.append(f"Counts people: {', '.join(table.counting)}. Published for large enough groups only.")
    return facts


def _row(field: Field) -> str:
    kind = f"one of {', '.join(field.enum)}" if field.enum else KINDS[field.type] + _limits(field)
    needed = "yes" if field.required else ""
    return f"| {field.name} | {_cell(kind)} | {needed} | {_cell(field.description)} | {field.element} |"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _limits(field: Field) -> str:
    if field.minimum is not None and field.maximum is not None:
        return f" from {field.minimum:g} to {field.maximum:g}"
    return f", {field.minimum:g} or more" if field.minimum is not None else ""


if __name__ == "__main__":
    PATH.write_text(dictionary(), encoding="utf-8", newline="\n")
