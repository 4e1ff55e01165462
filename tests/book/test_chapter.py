import pytest
from nbformat.v4 import new_markdown_cell

from alignkit.book import pandoc
from alignkit.book.chapter import of_notebook, title_and_question
from alignkit.errors import BookError
from alignkit.words.words import words
from tests.book.samples import HOSTILE, SVG, chart, notebook, output, published, say, table

EN = words("en")
FOR_EDITORS = "# How this works\n\n<b>Filter</b> freely: $p = x / n$. ![pasted](attachment:p.png)"


def chapter(nb, narrative: str = ""):
    return of_notebook(nb, "leadership", "given", EN, narrative)


def order(markdown: str, *pieces: str) -> bool:
    places = [markdown.index(piece) for piece in pieces]
    return places == sorted(places)


def test_a_chapter_is_title_question_answer_body_actions():
    said = [say("Act.", "action"), say("Seven signed.", "answer"), say("More.", heading="Then"), chart()]
    markdown = chapter(notebook(*said)).markdown
    assert markdown.startswith("# Leadership {#sec-leadership}\n\n::: {.question}\nWho has agreed to what\\?")
    assert order(markdown, ".answer", "## Then {#sec-leadership-then}", "fig-leadership-signed", "What to do", "Act")


def test_only_what_carries_a_record_gets_in():
    made = chapter(notebook(say("In.")))
    assert "stray" not in made.markdown
    assert "c = 1" not in made.markdown


def test_a_title_that_is_said_wins():
    assert chapter(notebook(say("New *title*", "title"))).title == "New *title*"
    assert chapter(notebook(title="no heading")).title == "given"


def editor(text: str, *more: str):
    return new_markdown_cell(text, metadata={"tags": ["editor", *more]})


def test_what_speaks_to_editors_reaches_neither_page_nor_title():
    nb = notebook(say("In."), title="# Leadership\nWho has agreed to what?")
    nb.cells.insert(0, editor(FOR_EDITORS))
    nb.cells.append(editor("{{ no.name }} and ::: {.box}"))
    made = chapter(nb)
    assert made == chapter(notebook(say("In.")))
    assert title_and_question(nb, words("en")) == ("Leadership", "Who has agreed to what?")


def test_the_narrative_keeps_its_place_whatever_else_its_cell_is_tagged():
    nb = notebook(say("Before.", heading="A"))
    nb.cells += [editor("Here.", "narrative"), *notebook(say("After.", heading="B")).cells[1:2]]
    assert order(chapter(nb, "TOLD").markdown, "Before", "TOLD", "After")


@pytest.mark.parametrize("role", ["answer", "note", "action", "caveat", "title", "question"])
def test_what_records_say_is_literal_everywhere(role):
    tree = pandoc.read(chapter(notebook(say(HOSTILE, role), title="# T")).markdown)
    kinds = {node["t"] for node in pandoc.nodes(tree["blocks"])}
    assert not kinds & {"RawBlock", "RawInline", "Cite", "Math", "Emph", "Note", "Link", "Code"}
    assert HOSTILE in pandoc.text_of(tree["blocks"])


def test_a_chart_has_picture_alt_text_and_numbers():
    made = chapter(notebook(chart(alt='Seven of "nine" signed.')))
    assert set(made.files) == {"figures/leadership-signed.svg", "tables/leadership-signed.csv"}
    image = next(n for n in pandoc.nodes(pandoc.read(made.markdown)["blocks"]) if n["t"] == "Image")
    assert dict(image["c"][0][2])["fig-alt"] == 'Seven of "nine" signed.'


@pytest.mark.parametrize("alt", ["", "Signatures by sector", "No description has been provided for this image"])
def test_a_chart_without_an_alt_text_of_its_own_is_refused(alt):
    with pytest.raises(BookError, match="alternative text"):
        chapter(notebook(chart(alt=alt)))


def test_a_chart_without_a_picture_is_refused():
    nb = notebook()
    nb.cells[1].outputs = [output(chart())]
    with pytest.raises(BookError, match="SVG"):
        chapter(nb)


def test_a_repeated_exhibit_id_is_refused():
    with pytest.raises(BookError, match="'signed' is used twice"):
        chapter(notebook(chart(), table("signed")))


def test_a_picture_loses_what_could_act_or_call_elsewhere():
    bad = SVG.replace("<path", '<script>x()</script><image href="http://a.b/c.png"/><path onload="x()"')
    nb = notebook()
    nb.cells[1].outputs = [output(chart(), **{"image/svg+xml": bad})]
    svg = chapter(nb).files["figures/leadership-signed.svg"]
    assert "<path" in svg
    assert not [word for word in ("script", "onload", "http://a.b") if word in svg]


def test_csv_files_are_safe_to_open():
    made = chapter(notebook(table("t", rows=(("=cmd()", "a,b"),))))
    assert made.files["tables/leadership-t.csv"] == 'Who,How many\n\'=cmd(),"a,b"\n'


def test_the_narrative_goes_to_its_place_or_before_the_actions():
    records = (say("Before.", heading="A"), say("Act.", "action"))
    assert order(chapter(notebook(*records, narrative=True), "TOLD").markdown, "Before", "TOLD", "Act")
    assert order(chapter(notebook(*records), "TOLD").markdown, "Before", "TOLD", "Act")
    assert "Here." not in chapter(notebook(narrative=True)).markdown


def test_a_heading_that_comes_again_gets_a_label_of_its_own():
    markdown = chapter(notebook(say("1", heading="A"), say("2", heading="B"), say("3", heading="A"))).markdown
    assert "{#sec-leadership-a}" in markdown
    assert "{#sec-leadership-a-2}" in markdown


def test_records_can_be_asked_for():
    made = chapter(notebook(say("46%", "number", "share"), published("hidden")))
    assert [record.kind for record in made.records] == ["headline", "published"]
    assert [one.id for one in made.published] == ["signed"]
