"""The book project on disk: chapters, `_quarto.yml`, theme and settings, as both engines read them."""

import re
import shutil
import unicodedata
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from markupsafe import escape
from ruamel.yaml import YAML

from alignkit.book import erratum, packets, references, resources
from alignkit.book.assemble import Book, file_name, is_ok, marked, trees
from alignkit.book.markdown import plain
from alignkit.cycles import named
from alignkit.fonts.letters import font_files, spelled, spellings
from alignkit.theme import FONTS, css_fonts, css_variables, typst_variables

FORMATS = ("html", "pdf")
_LETTERS = "filters/letters.lua"


def write(book: Book, folder: Path, project: Path, formats: Collection[str] = FORMATS) -> None:
    """Write the Quarto book project anew into `folder`; the references are checked first."""
    parsed = trees(book)
    references.check(parsed, references.labels(parsed, book.words))
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(resources.templates(project), folder)
    shutil.copytree(resources.FILTERS, folder / "filters", dirs_exist_ok=True)
    for tree, chapter in zip(parsed, book.chapters, strict=True):
        name = file_name(chapter, book.chapters[0])
        # One code for one letter, however it was typed: the font then has it where it can.
        put(folder / f"{name}.md", unicodedata.normalize("NFC", marked(chapter, bool(tree.number))))
        for path, text in chapter.files.items():
            put(folder / path, text)
    sheets = packets.packets(book.chapters, book.words) if "pdf" in formats else {}
    for outcome, text in sheets.items():
        put(folder / f"packet-{outcome}.md", unicodedata.normalize("NFC", text))
    _letters(book, folder)
    own = about(book, formats) | {"packets": list(sheets)}
    put(folder / "html" / "notices.html", _notices(own))
    _theme(book, folder)
    put(folder / "typst" / "settings.typ", _typst_settings(book, own))
    _configuration(book, folder, own)


def about(book: Book, formats: Collection[str]) -> dict[str, Any]:
    """What only alignkit reads of `_quarto.yml`, under `alignkit:`."""
    words, community, cycle = book.words, book.community, book.cycle
    name = f"{community.id}-{cycle.cycle}"
    title = words.gettext("{community}: report for {cycle}").format(
        community=community.name, cycle=named(cycle.cycle, words.gettext)
    )
    return {
        "community": community.id,
        "name": community.name,
        "author": community.author or community.name,
        "title": title,
        "cycle": cycle.cycle,
        "as-of": cycle.as_of.isoformat(),
        "as-known": _as_known(book),
        "draft": book.draft,
        "draft-notice": words.gettext("Draft: not released. Numbers and words may still change.") if book.draft else "",
        "notice": _synthetic(book),
        "papers": [f"{name}.pdf", f"{name}-brief.pdf"] if "pdf" in formats else [],
        "notebooks": [entry.id for entry in book.manifest.chapters if is_ok(entry, book.without)],
    }


def _as_known(book: Book) -> str:
    """Of which day the book is, and when it was corrected."""
    known = book.words.gettext("As known on {date}").format(date=book.words.date(book.cycle.as_of))
    return " · ".join(filter(None, [known, erratum.corrected_on(book.correction, book.words)]))


def _synthetic(book: Book) -> str:
    if not book.community.synthetic:
        return ""
    return book.words.gettext("Synthetic community: all people, places and numbers are invented.")


def _notices(own: Mapping[str, Any]) -> str:
    """What every page of Quarto's must say; the embedded engine's page template does it by itself."""
    kinds = (("draft", own["draft-notice"]), ("synthetic", own["notice"]))
    return "".join(f'<p class="notice {kind}">{escape(text)}</p>\n' for kind, text in kinds if text)


def _configuration(book: Book, folder: Path, own: Mapping[str, Any]) -> None:
    """Fill in what the template's `_quarto.yml` leaves open."""
    configuration = read_yaml(folder / "_quarto.yml")
    filled = {
        "lang": book.cycle.lang,
        "book": {
            "title": _yaml_words(own["title"]),
            "author": _yaml_words(own["author"]),
            "date": own["as-of"],
            "output-file": f"{book.community.id}-{book.cycle.cycle}",
            "chapters": [f"{file_name(chapter, book.chapters[0])}.md" for chapter in book.chapters],
        },
        "alignkit": own,
    }
    _merge(configuration, filled)
    filters = configuration.setdefault("filters", [])
    if _LETTERS not in filters:  # a project's own template may be older
        filters.append(_LETTERS)
    with (folder / "_quarto.yml").open("w", encoding="utf-8") as file:
        _yaml().dump(configuration, file)


def _yaml_words(text: str) -> str:
    """Quarto reads these as Markdown; what could be a mark is escaped, and only that."""
    return re.sub(r"([\\*_`\[\]<>$@^~|{}\"])", r"\\\1", plain(text))


def read_yaml(path: Path) -> dict[str, Any]:
    """A YAML file's mapping, as plain values."""
    loaded: dict[str, Any] = _yaml().load(path.read_text(encoding="utf-8"))
    return loaded


def _yaml() -> YAML:
    yaml = YAML(typ="safe", pure=True)
    yaml.default_flow_style = False
    yaml.width = 4096
    return yaml


def _merge(base: dict[str, Any], more: Mapping[str, Any]) -> None:
    for key, value in more.items():
        if isinstance(value, Mapping) and isinstance(base.get(key), dict):
            _merge(base[key], value)
        else:
            base[key] = value


def _theme(book: Book, folder: Path) -> None:
    """The community's colors and alignkit's fonts, as each engine takes them."""
    put(folder / "assets" / "theme.css", css_fonts() + css_variables(book.community.accent))
    put(folder / "typst" / "theme.typ", typst_variables(book.community.accent))
    web, paper = sorted(FONTS.glob("*.woff2")), font_files()
    for fonts, place in ((web, folder / "assets" / "fonts"), (paper, folder / "typst" / "fonts")):
        place.mkdir(exist_ok=True)
        for font in fonts:
            shutil.copyfile(font, place / font.name)


def _letters(book: Book, folder: Path) -> None:
    """Fill in how the filter for paper spells the letters that no font has."""
    path = folder / _LETTERS
    found = spellings(chapter.markdown for chapter in book.chapters)
    table = ", ".join(f'["{letter}"] = "{latin}"' for letter, latin in found.items())
    put(path, path.read_text(encoding="utf-8").replace("SPELLED = {}", f"SPELLED = {{ {table} }}", 1))


def _typst_settings(book: Book, own: Mapping[str, Any]) -> str:
    day, gettext = book.cycle.as_of, book.words.gettext
    values = {
        "title": own["title"],
        "author": own["author"],
        "lang": book.cycle.lang,
        "name": own["name"],
        "cycle": own["cycle"],
        "draft": own["draft"],
        "notice": own["notice"],
        "masthead": f"{own['title']} · {own['as-known']}",
        "contents": gettext("In this book"),
        "page": gettext("page {number}"),
        "watermark": gettext("DRAFT"),
    }
    lines = [f"  {name}: {_typst(value)}," for name, value in values.items()]
    date = f"  date: datetime(year: {day.year}, month: {day.month}, day: {day.day}),"
    return "\n".join(["#let ak = (", *lines, date, ")", ""])


def _typst(value: str | bool) -> str:
    """A value as Typst writes it."""
    if isinstance(value, bool):
        return str(value).lower()
    return '"' + spelled(plain(value)).replace("\\", "\\\\").replace('"', '\\"') + '"'


def put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
