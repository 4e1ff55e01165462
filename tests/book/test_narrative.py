import pytest

from alignkit.book.narrative import check, fill, narratives, normal
from alignkit.errors import NarrativeError

KNOWN = {"leadership.signed_share": "46% <b>*", "outcome-early-grade-reading.now": "44%"}


def problems(text: str) -> list[str]:
    return [f"{line}: {what}" for line, what in check(text, KNOWN)]


def test_a_name_is_filled_in_as_literal_text():
    assert normal(fill("Now {{ leadership.signed_share }}.", KNOWN), "x") == r"Now 46% \<b\>\*."


def test_an_unknown_name_is_refused_with_the_nearest():
    assert problems("a\n\n{{ leadership.signed_shar }}") == [
        "3: no chapter published 'leadership.signed_shar' (nearest: leadership.signed_share)"
    ]


@pytest.mark.parametrize("text", ["{{ signed }}", "{{ a.b + 1 }}", "{{ a.b | safe }}", "{{}}"])
def test_there_is_no_template_language(text):
    assert "is not a name like" in problems(text)[0]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("<b>x</b>", "raw HTML"),
        ("<div>x</div>", "raw HTML"),
        ("```{=typst}\n#x\n```", "raw HTML"),
        ("`#x`{=typst}", "raw HTML"),
        ("```\ncode\n```", "block of code"),
        ("![](http://x/y.png)", "an image"),
        ("[x]{style='background:url(http://x)'}", "attributes"),
        ("{{< include x >}}", "shortcodes"),
        ("[x](javascript:alert(1))", "a link to 'javascript:'"),
        ("::: {.content-visible}\nx\n:::", "a box of kind"),
    ],
)
def test_what_is_not_for_narratives_is_refused_with_its_line(text, what):
    found = problems(f"Fine.\n\n{text}\n")
    assert found
    assert int(found[0].split(":")[0]) in (3, 4)  # of a block, its first line or the fence above
    assert what in found[0]


def test_what_is_for_narratives_passes():
    text = (
        "# A\n\n*b* **c** [d](https://e.org) @fig-leadership-signed[^1] <!-- for us -->\n\n1. f\n\n- g\n\n"
        "::: {.callout-note title='h'}\ni $5 to $6\n:::\n\n[^1]: j\n"
    )
    assert problems(text) == []


def test_headings_go_below_the_chapters_own_and_skip_no_level():
    text = normal("# A\n\n### B\n\n## C {#sec-mine}\n\nSee @sec-mine.", "leadership")
    assert "## A {#sec-leadership-a}" in text
    assert "### B {#sec-leadership-b}" in text
    assert "### C {#sec-leadership-mine}\n\nSee @sec-leadership-mine." in text


def test_footnotes_are_the_chapters_own():
    text = normal("a[^1]\n\n[^1]: b", "leadership")
    assert text == "a[^leadership-1]\n\n[^leadership-1]: b"


def test_a_mention_is_no_citation_and_money_no_formula():
    assert normal("@bob paid $5 and $6$", "x") == r"\@bob paid \$5 and \$6\$"


def test_comments_and_attributes_go():
    text = normal("a <!-- b --> [c](https://d.org){onclick=x}", "x")
    assert "b" not in text
    assert "onclick" not in text


def test_every_problem_of_every_file_is_told_at_once(tmp_path):
    (tmp_path / "leadership.md").write_text("{{ leadership.x }}\n\n<i>y</i>\n")
    (tmp_path / "leadrship.md").write_text("z")
    with pytest.raises(NarrativeError) as told:
        narratives(tmp_path, ["leadership"], KNOWN)
    message = str(told.value)
    assert all(part in message for part in ("leadership.md:1:", "leadership.md:3:", "did you mean leadership.md?"))


def test_names_of_a_chapter_that_has_not_run_say_what_to_do_once(tmp_path):
    cycle = tmp_path / "params" / "town" / "2026-Q4"
    cycle.mkdir(parents=True)
    (cycle / "leadership.md").write_text("{{ families.a }} of {{ families.b }}\n\n{{ leadership.x }}\n")
    with pytest.raises(NarrativeError) as told:
        narratives(cycle, ["leadership"], KNOWN, waiting=["families"])
    said = [line.partition("leadership.md:")[2] for line in str(told.value).splitlines()]
    assert said[0] == "1: chapter families has not run yet: alignkit run params/town/2026-Q4.yml"
    assert said[1].startswith("3: no chapter published 'leadership.x'")


def test_a_name_that_is_like_no_other_lists_a_few():
    many = {f"c.n{number:02}": "1" for number in range(40)}
    ((_, told),) = check("{{ other.quite_different }}", many)
    assert told.endswith("(there are: c.n00, c.n01, c.n02, c.n03, c.n04 and 35 more)")


def test_a_file_gives_its_chapter_and_an_empty_one_nothing(tmp_path):
    (tmp_path / "leadership.md").write_text("\ufeffa")
    (tmp_path / "action.md").write_text(" \n")
    assert narratives(tmp_path, ["leadership", "action"], {}) == {"leadership": "a"}


GAPS = {"outcome-x.gap": "18 points", "outcome-x.gap_sentence": "A gap of 18 of 100. It is widening."}


def lone(text: str) -> list[int]:
    return [line for line, what in check(text, GAPS) if "stands here as a sentence" in what]


@pytest.mark.parametrize(
    "text",
    [
        "{{ outcome-x.gap }}",
        "Good news.\n\n{{ outcome-x.gap }}\n\nMore.",
        "Reading rose. {{ outcome-x.gap }} We will look again.",
        "Reading rose.\n{{ outcome-x.gap }}",
        "We know two things:\n\n- {{ outcome-x.gap }}\n- Tutoring helps.",
        "1. {{ outcome-x.gap }}\n",
    ],
)
def test_a_plain_number_where_its_sentence_used_to_stand_is_refused(text):
    assert lone(text) == [1 + text[: text.index("{{")].count("\n")]


@pytest.mark.parametrize(
    "text",
    [
        "The gap is {{ outcome-x.gap }}.",
        "The gap is\n{{ outcome-x.gap }}\n",
        "Reading rose. {{ outcome-x.gap }} lie between them.",
        "{{ outcome-x.gap }}: that is the gap.",
        "- Gap: {{ outcome-x.gap }}",
        "| Gap |\n|---|\n| {{ outcome-x.gap }} |",
        "{{ outcome-x.gap_sentence }}",
    ],
)
def test_a_plain_number_among_words_passes(text):
    assert lone(text) == []


def test_the_message_says_what_the_number_is_and_what_to_write():
    (said,) = [what for _, what in check("{{ outcome-x.gap }}", GAPS)]
    assert said == (
        "'outcome-x.gap' is a plain number (18 points) and stands here as a sentence; write "
        "{{ outcome-x.gap_sentence }} for the sentence, or put words around the number"
    )


def test_where_the_name_still_is_the_sentence_nothing_is_refused():
    assert check("{{ outcome-x.gap }}", {"outcome-x.gap": "A gap of 18 of 100."}) == []
