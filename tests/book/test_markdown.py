import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alignkit.book import pandoc
from alignkit.book.markdown import csv_cell, csv_table, escape, pipe_table, plain
from tests.book.samples import HOSTILE


def literal(markdown: str) -> str:
    """What pandoc takes the words for; anything but words shows up as a node."""
    tree = pandoc.read(markdown)
    kinds = {node["t"] for node in pandoc.nodes(tree["blocks"])}
    assert kinds <= {"Para", "Str", "Space"}, kinds
    return pandoc.text_of(tree["blocks"])


@pytest.mark.parametrize("text", [HOSTILE, "- 1. a", "# a", "=cmd()", "1) x", "a  \n\n b", "\\", "    code", "^a^ ~b~"])
def test_escaped_text_reads_back_as_itself(text):
    assert literal(escape(text)) == plain(text)


@settings(max_examples=8, deadline=None)
@given(st.text(alphabet="ab1 \\`*_{}[]()<>#+-.!|~^$@&%=:;,/?'\"", min_size=1).filter(str.strip))
def test_any_punctuation_reads_back_as_itself(text):
    assert literal(escape(text)) == plain(text)


def test_nothing_that_cannot_be_seen_survives():
    assert escape("a\u202eb\x00c\u200bd") == "abcd"


def test_a_pipe_table_keeps_every_cell():
    rows = [[HOSTILE, "a|b"], ["x" * 80, ""]]
    tree = pandoc.read(pipe_table(["Name", "Other"], rows))
    cells = [pandoc.text_of(cell[4]) for _attr, line in tree["blocks"][0]["c"][4][0][3] for cell in line]
    assert cells == [HOSTILE, "a|b", "x" * 80, ""]


@pytest.mark.parametrize("text", ["=cmd()", "+1+1", "-1-1", "@SUM(A1)", "\t=1", "\r=1", " =1"])
def test_a_formula_is_neutralised_in_csv(text):
    assert csv_cell(text).startswith("'")


@pytest.mark.parametrize("text", ["46%", "-3.2", "+4", "a=b", "–3", "1,250"])
def test_what_is_no_formula_stays(text):
    assert csv_cell(text) == text


def test_a_csv_file_quotes_what_needs_it():
    assert csv_table(["a", "b"], [['x, "y"', "=1+1"]]) == 'a,b\n"x, ""y""",\'=1+1\n'
