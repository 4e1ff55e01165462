"""The template a translator starts from: every English message id in the package.

    python -m alignkit.words.extract        writes words/messages.pot anew

To add a language, copy messages.pot to catalogs/<lang>.po, fill in the translations, and run. Nothing is compiled.
"""

import io
import re
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import write_po

PACKAGE = Path(__file__).resolve().parents[1]
TEMPLATE = Path(__file__).with_name("messages.pot")
# Words.count(n, one, many) and Words.ngettext(one, many, n) take both forms of a noun.
KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "gettext": None,
    "ngettext": (1, 2),
    "count": (2, 3),
}
HEADER = "# alignkit: every fixed message a reader sees. Copy to catalogs/<lang>.po and translate."
# They change with the clock and with Babel's version, so two extractions would differ.
_VOLATILE = re.compile(
    r'^"(?:POT-Creation-Date|Generated-By|Report-Msgid|PO-Revision|Last-T|Project-Id).*\n',
    re.MULTILINE,
)


def template(package: Path = PACKAGE) -> str:
    """The messages of all modules below `package` as a PO template, without dates or line numbers."""
    catalog = Catalog(header_comment=HEADER, fuzzy=False)
    found = extract_from_dir(
        str(package),
        [("**.py", "python")],
        keywords=KEYWORDS,
        comment_tags=("Translators:",),
    )
    for file, _line, message, comments, context in sorted(found, key=lambda item: (item[0], item[1])):
        catalog.add(message, locations=[(file, 0)], auto_comments=comments, context=context)
    text = io.BytesIO()
    write_po(text, catalog, include_lineno=False, sort_output=True)
    return _VOLATILE.sub("", text.getvalue().decode())


if __name__ == "__main__":
    TEMPLATE.write_text(template(), encoding="utf-8")
