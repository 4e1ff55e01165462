"""The words of the open cycle: one language for a kernel, set by the cycle."""

from dataclasses import replace
from gettext import NullTranslations

from alignkit.kit.lists import names
from alignkit.words.current import speaking, words
from alignkit.words.words import words as words_of


class Marked(NullTranslations):
    """A language in which every message is marked."""

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"«{msgid1 if n == 1 else msgid2}»"


def test_sentences_speak_the_language_that_is_set_and_english_again_afterwards():
    with speaking(replace(words_of("en"), translations=Marked())):
        said = names(list("abcdefgh"))
        assert words.lang == "en"
    assert "«others»" in said
    assert "«" not in names(list("abcdefgh"))
