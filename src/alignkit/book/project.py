"""The book project on disk, as the embedded engine reads it: `_quarto.yml` and the chapters it lists."""

import json
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from alignkit.book import pandoc, references
from alignkit.book.write import read_yaml
from alignkit.words.words import Words, words


@dataclass(frozen=True)
class Page:
    """One chapter of the project."""

    id: str
    name: str
    """Its file, without the ending: `index` for page one."""
    title: str
    tree: references.Tree


@dataclass(frozen=True)
class Project:
    """A book project; `settings` is its `_quarto.yml`."""

    folder: Path
    settings: Mapping[str, Any]

    @property
    def own(self) -> Mapping[str, Any]:
        """What only alignkit reads of `_quarto.yml`."""
        found: Mapping[str, Any] = self.settings["alignkit"]
        return found

    @property
    def words(self) -> Words:
        """The book's language."""
        return words(self.settings["lang"])

    @property
    def filters(self) -> list[Path]:
        """The embedded engine's filter, then those that the project names."""
        return [self.folder / name for name in ("filters/embedded.lua", *self.settings.get("filters", ()))]

    @property
    def day(self) -> date:
        """The day up to which things are known."""
        return date.fromisoformat(self.own["as-of"])

    @property
    def notices(self) -> list[str]:
        """What every page must say: that it is a draft, that its people are invented."""
        return [self.own[name] for name in ("draft-notice", "notice") if self.own[name]]

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        """The chapters in reading order, numbered."""
        numbered, pages = 0, []
        for file in self.settings["book"]["chapters"]:
            document = pandoc.read((self.folder / file).read_text(encoding="utf-8"))
            _level, (label, classes, _pairs), inlines = document["blocks"][0]["c"]
            numbered += "unnumbered" not in classes
            number = "" if "unnumbered" in classes else str(numbered)
            chapter, title = label.removeprefix("sec-"), pandoc.text_of(inlines)
            tree = references.Tree(chapter, number, "web-only" in classes, document)
            pages.append(Page(chapter, Path(file).stem, title, tree))
        return tuple(pages)

    def apart(self, name: str) -> Page:
        """A page that is no chapter of the book, by its file's name without the ending."""
        document = pandoc.read((self.folder / f"{name}.md").read_text(encoding="utf-8"))
        _level, (label, _classes, _pairs), inlines = document["blocks"][0]["c"]
        chapter = label.removeprefix("sec-")
        return Page(chapter, name, pandoc.text_of(inlines), references.Tree(chapter, "", False, document))

    @cached_property
    def labels(self) -> dict[str, references.Label]:
        """Every label; the references are checked on the way."""
        trees = [page.tree for page in self.pages]
        found = references.labels(trees, self.words)
        references.check(trees, found)
        return found

    def rendered(self, pages: Sequence[Page], to: str, *options: str) -> list[str]:
        """The pages in pandoc's format `to`, through the project's filters."""

        def one(page: Page) -> str:
            document, metadata = page.tree.document, self._metadata(page)
            return pandoc.write(document, to, filters=self.filters, metadata=metadata, more=options)

        known = self.labels  # once, and checked, before the threads ask
        with ThreadPoolExecutor() as pool:
            return list(pool.map(one, pages)) if known else []

    def _metadata(self, page: Page) -> dict[str, str]:
        """What the filters read: the path of a file with the labels as seen from `page`, and fixed words."""
        path = self.folder / "labels" / f"{page.name}.json"
        path.parent.mkdir(exist_ok=True)
        files = {other.id: "" if other is page else f"{other.name}.html" for other in self.pages}
        numbers = {other.id: other.tree.number for other in self.pages}
        seen = {
            label.id: {
                "text": label.text,
                "number": label.number,
                "chapter": numbers[label.chapter],
                "href": f"{files[label.chapter]}#{label.id}",
            }
            for label in self.labels.values()
        }
        path.write_text(json.dumps({"labels": seen, "words": self._words()}, sort_keys=True), encoding="utf-8")
        return {"alignkit-labels": str(path)}

    def _words(self) -> dict[str, str]:
        gettext = self.words.gettext
        return {
            "note": gettext("Please note"),
            "tip": gettext("Tip"),
            "important": gettext("Important"),
            "warning": gettext("Read with care"),
            "caution": gettext("Caution"),
        }


def open_project(folder: Path) -> Project:
    """Read a book project that `assemble.write` wrote."""
    return Project(folder, read_yaml(folder / "_quarto.yml"))
