"""The data dictionary says what the schemas say."""

from pathlib import Path

from alignkit.contract.dictionary import PATH, dictionary
from alignkit.contract.rules import RULES
from alignkit.contract.schema import TABLES, schema

ROOT = Path(__file__).parents[2]


def test_the_file_is_what_the_schemas_give() -> None:
    cure = "write it again: python -m alignkit.contract.dictionary"
    assert (ROOT / PATH).read_text(encoding="utf-8") == dictionary(), cure


def test_every_column_and_every_rule_is_there() -> None:
    text = dictionary()
    for name in TABLES:
        section = text.split(f"\n### {name}\n")[1].split("\n### ")[0]
        assert all(f"| {field.name} | " in section and field.description in section for field in schema(name).fields)
        assert all(rule.says in section for rule in RULES if rule.table == name)
