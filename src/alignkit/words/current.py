"""The words of the open cycle. One kernel has one cycle open, and one cycle has one language.

Sentences, charts and tables say `words.gettext(…)` with the `words` of this module, so that no cell has to hand a
language on. `open_cycle` sets it; a module variable, not a context variable, as Jupyter runs each cell in a context of
its own.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from gettext import NullTranslations

from alignkit.words.words import Words
from alignkit.words.words import words as words_of

_open = words_of("en")


class _Current(Words):
    """`Words` of whichever language is set at the time of the call."""

    def __init__(self) -> None:
        """Nothing of its own: language and translations are those of the open cycle."""

    @property
    def lang(self) -> str:
        """The open cycle's language."""
        return _open.lang

    @property
    def translations(self) -> NullTranslations:
        """The open cycle's catalog."""
        return _open.translations


words: Words = _Current()
"""Words, numbers and dates in the open cycle's language; English before any cycle is open."""


def speak(said: Words) -> None:
    """Make `said` the words of this kernel."""
    global _open
    _open = said


@contextmanager
def speaking(said: Words) -> Iterator[None]:
    """`said` for the length of a `with` block."""
    before = _open
    speak(said)
    try:
        yield
    finally:
        speak(before)
