"""What a notebook says in Markdown is translated like any sentence."""

from dataclasses import replace
from gettext import NullTranslations

from alignkit.words.markdown import messages, translated
from alignkit.words.words import words


class Marked(NullTranslations):
    def gettext(self, message: str) -> str:
        return f"«{message}»"


MARKED = replace(words("en"), translations=Marked())


def test_headings_and_paragraphs_are_translated_and_attributes_stay():
    source = "## Every outcome in full {#sec-full .overleaf}\n\nWhat must\nthis board decide?\n"
    assert translated(source, MARKED) == (
        "## «Every outcome in full» {#sec-full .overleaf}\n\n«What must\nthis board decide?»\n"
    )
    assert translated(source, words("en")) == source


def test_what_stays_off_the_page_is_no_message():
    def cell(source, *tags):
        return {"cell_type": "markdown", "source": [source], "metadata": {"tags": list(tags)}}

    notebook = {"cells": [cell("# Title\n\nQuestion?"), cell("For you.", "editor"), cell("*Words*", "narrative")]}
    assert list(messages(notebook)) == ["Title", "Question?"]
