import pytest
from nbformat.v4 import new_markdown_cell

from alignkit.book import assemble, write
from alignkit.errors import BookError, ParamsError
from alignkit.records import Cell, Published
from tests.book.samples import HOSTILE, chart, notebook, published, say
from tests.wording import never_up_to_date, newest_value


def book_of(sample, **more):
    fields = {"draft": True, **more}
    return assemble.book_of(sample.run, sample.project, (sample.community, sample.cycle), **fields)


def page(book, id_: str):
    return next(chapter for chapter in book.chapters if chapter.id == id_)


def test_page_one_comes_first_and_what_is_only_on_the_web_last(sample):
    book = book_of(sample.add("action", notebook()).add("brief", notebook()).finish())
    ids = [chapter.id for chapter in book.chapters]
    assert ids == ["brief", "how-to-read", "action", "cannot-see", "data-dictionary", "provenance"]
    assert [chapter.id for chapter in book.chapters if chapter.web_only] == ["data-dictionary", "provenance"]


def test_a_book_without_a_brief_opens_with_its_chapters(sample):
    book = book_of(sample.add("action", notebook()).finish())
    assert "@sec-action" in page(book, "brief").markdown


def test_a_chapter_that_is_named_in_a_record_is_linked_and_nothing_else(sample):
    sample.add("brief", notebook(say("See @sec-data_systems, @sec-none."), say(HOSTILE)))
    text = page(book_of(sample.add("data_systems", notebook()).finish()), "brief").markdown
    assert "See @sec-data_systems\\, \\@sec\\-none\\." in text
    assert "\\@fig\\-none" in text


def test_a_section_of_the_chapter_itself_is_linked_too(sample):
    nb = notebook(say("2 more stand in @sec-brief-in-full."), say("See @sec-brief-in."))
    nb.cells.append(new_markdown_cell("## In full {#sec-brief-in-full .overleaf}"))
    text = page(book_of(sample.add("brief", nb).finish()), "brief").markdown
    assert "stand in @sec-brief-in-full\\." in text
    assert "\\@sec\\-brief\\-in\\." in text
    assert "{#sec-brief-in-full .overleaf}" in text


def test_a_failed_chapter_is_said_to_have_failed_without_its_message(sample):
    sample.add("action", None, "failed", message="KeyError: 'Ann Smith'")
    book = book_of(sample.finish())
    assert "could not be made in this run" in page(book, "action").markdown
    assert "Action: it could not be made" in page(book, "cannot-see").markdown.replace("\\", "")
    assert not [chapter for chapter in book.chapters if "Smith" in chapter.markdown]


def test_a_chapter_left_out_by_name_is_said_to_be(sample):
    book = book_of(sample.add("action", notebook(say("secret"))).finish(), without=["action"])
    assert "published without this chapter" in page(book, "action").markdown
    assert "secret" not in page(book, "action").markdown
    assert "published without it" in page(book, "cannot-see").markdown


def test_leaving_out_an_unknown_chapter_is_refused(sample):
    with pytest.raises(ParamsError, match="did you mean 'action'"):
        book_of(sample.add("action", notebook()).finish(), without=["acton"])


def test_one_hidden_number_that_two_chapters_show_counts_once(sample):
    for id_ in ("action", "advocacy"):
        sample.add(id_, notebook(published("shown", "hidden")))
    text = page(book_of(sample.finish()), "cannot-see").markdown
    assert "1 number is hidden" in text


def corrected(*statuses: str) -> Published:
    said = {"named": "Reading, 2024–25, Hispanic", "was_said": "40.0%", "now_said": "41.2%"}
    cells = tuple(
        Cell(key={"row": str(i)}, status=status, text="41%", shown=said if status == "shown" else {})
        for i, status in enumerate(statuses)
    )
    fields = {"id": "revisions", "about": "indicator_values", "quantity": "indicator_values", "by": ("row",)}
    return Published(**fields, draft=False, cells=cells)


def test_what_page_one_found_corrected_is_listed_as_a_reader_knows_it(sample):
    text = page(book_of(sample.add("brief", notebook(corrected("shown", "hidden"))).finish()), "cannot-see").markdown
    text = text.replace("\\", "")
    assert "1 number was corrected. A correction is no change for children." in text
    assert "| Reading, 2024–25, Hispanic | 40.0% | 41.2% |" in text


def test_a_book_in_which_nothing_was_corrected_does_not_speak_of_it(sample):
    assert "orrected" not in page(book_of(sample.add("brief", notebook(corrected())).finish()), "cannot-see").markdown


def test_every_reference_is_checked_before_anything_is_written(sample, tmp_path):
    sample.add("action", notebook(chart(where="web"))).narrative("action", "@fig-action-signed @tbl-x")
    with pytest.raises(BookError) as told:
        write.write(book_of(sample.finish()), tmp_path / "bp", sample.project)
    assert "@fig-action-signed is only on the web" in str(told.value)
    assert "@tbl-x is nowhere" in str(told.value)
    assert not (tmp_path / "bp").exists()


def test_a_label_used_twice_is_refused(sample, tmp_path):
    sample.add("action", notebook(say("x", heading="Story"))).narrative("action", "# Story\n\ny")
    with pytest.raises(BookError, match="sec-action-story"):
        write.write(book_of(sample.finish()), tmp_path / "bp", sample.project)


def test_the_project_names_chapters_title_and_date(sample, tmp_path):
    write.write(book_of(sample.add("brief", notebook()).finish()), tmp_path / "bp", sample.project)
    settings = write.read_yaml(tmp_path / "bp" / "_quarto.yml")
    assert settings["book"]["chapters"][:2] == ["index.md", "how-to-read.md"]
    assert (settings["book"]["date"], settings["lang"]) == ("2026-09-30", "en")
    assert settings["format"]["typst"]["papersize"] == "us-letter"


def test_a_run_that_is_not_there_says_how_to_get_one(sample):
    with pytest.raises(BookError, match="alignkit run"):
        book_of(sample)


def test_late_data_are_said_with_the_day_they_were_due(sample):
    late = {"table": "indicator_values", "id": "r", "name": "Readers_*", "newest": "2025-06-30", "due": "2026-09-09"}
    never = {"table": "data_sources", "id": "log", "name": "Log", "newest": None, "due": "2026-02-08", "start": None}
    text = page(book_of(sample.finish(late=[{**late, "start": "2024-07-01"}, never])), "cannot-see").markdown
    text = text.replace("\\", "")
    assert "2 sets of data are older than usual; this book uses what there was." in text
    assert f"- {newest_value('Readers_*', '2024–25', 'September 9, 2026')}.\n" in text
    assert f"- {never_up_to_date('Log', 'February 8, 2026')}.\n" in text


def test_a_book_without_late_data_does_not_speak_of_them(sample):
    assert "older than usual" not in page(book_of(sample.finish()), "cannot-see").markdown
