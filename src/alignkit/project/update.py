"""A project's notebooks brought up to the installed alignkit, with the evaluator's changes kept.

Beside each notebook's base, `notebooks/.base/before/` keeps what an update replaced. Where both sides changed the same
cell, the notebook itself is let be, and `<name>.update.ipynb` beside it holds the choices; when they are made, the next
update puts it in place.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import Literal

from nbformat import NotebookNode

from alignkit.errors import NotebookError
from alignkit.project import find, moved_names, notebooks
from alignkit.project.merge import Merged, choices_left, merge, same, settled, tags_of
from alignkit.project.moved import modern
from alignkit.project.packaged import notebooks as packaged_notebooks
from alignkit.shared.files import SHARED

What = Literal[
    "added", "updated", "merged", "imports", "choose", "waiting", "settled", "yours", "deleted", "gone", "changed_since"
]
OF_OUTCOMES = "outcome.ipynb"
"""What an outcome's own notebook was copied from, where it is a whole one."""
CHOICES = ".update.ipynb"
"""How the file ends that holds what a person has to choose."""
NOTE = "alignkit_update"
"""In a notebook's metadata: which version of the evaluator's file the choices were made from."""


@dataclass(frozen=True)
class Change:
    """What happens, or would happen, to one notebook; notebooks that are up to date have none."""

    name: str
    what: What
    choices: int = 0
    words: tuple[str, ...] = ()
    """Places in the project's words that quote a name whose meaning changes with this notebook."""

    @property
    def needs_you(self) -> bool:
        """Whether a person has to do something."""
        return self.what in ("choose", "waiting", "changed_since")

    @property
    def writes(self) -> bool:
        """Whether files change."""
        return self.what in ("added", "updated", "merged", "imports", "choose", "settled")

    def __str__(self) -> str:
        return f"{self.name}: {_SAID[self.what].format(n=self.choices, beside=beside(self.name))}"


_SAID: Mapping[What, str] = {
    "added": "new, added",
    "updated": "brought up to date; you had not changed it",
    "merged": "brought up to date, with your changes kept",
    "imports": "yours alone; its imports follow what has moved in alignkit",
    "choose": "you and alignkit changed the same {n} cell(s); yours stays as it is. Open {beside}, choose, save, "
    "and run alignkit update again",
    "waiting": "{n} choice(s) left in {beside}; yours stays as it is until they are made",
    "settled": "your choices from {beside} are in place",
    "yours": "yours alone, not made from one of alignkit's; let be",
    "deleted": "you deleted it; it stays deleted",
    "gone": "alignkit has it no more; yours stays",
    "changed_since": "you changed it after {beside} was made; delete {beside} and run alignkit update again",
}


def beside(name: str) -> str:
    """The file with the choices for one notebook."""
    return name.removesuffix(".ipynb") + CHOICES


def update(project: Path, *, dry: bool = False) -> tuple[Change, ...]:
    """Update every notebook that came with alignkit; with `dry`, only say what would change.

    Raises `NotebookError` for a notebook that cannot be read, before anything is written.
    """
    names = {*packaged_notebooks(), *notebooks.versions(project), *_own(project)}
    plans = [_plan(project, name) for name in sorted(names)]
    changes = [plan.change_with_words() for plan in plans]  # before anything is written
    if not dry:
        for plan in plans:
            plan.carry_out()
    return tuple(change for change in changes if change is not None)


@dataclass(frozen=True)
class _Plan:
    """What is to be done with one notebook."""

    project: Path
    name: str
    change: Change | None
    now: str = ""
    """What `notebooks/<name>` becomes; empty: it stays."""
    base: str = ""
    """What its base becomes; empty: it stays."""
    choices: str = ""
    """What the file beside it holds; empty: none is written."""

    def change_with_words(self) -> Change | None:
        """The change, with the places in the project's words that mean something else after it."""
        path = self.project / "notebooks" / self.name
        if self.change is None or not self.now or not path.is_file():
            return self.change
        names = moved_names.moved(notebooks.read(path), notebooks.parsed(self.now))
        return replace(self.change, words=tuple(moved_names.uses(self.project, self.name, names)))

    def carry_out(self) -> None:
        """Write; what is replaced is kept first."""
        path = self.project / "notebooks" / self.name
        pending = self.project / "notebooks" / beside(self.name)
        if self.choices:
            _write(notebooks.base(self.project, f"next/{self.name}"), self.base)
            _write(pending, self.choices)
            return
        if self.now:
            _keep(self.project, path)
            _write(path, self.now)
        if self.change is not None and self.change.what == "settled":
            _keep(self.project, pending)
            pending.unlink()
            notebooks.base(self.project, f"next/{self.name}").unlink()
        if self.base:
            notebooks.note_base(self.project, self.name, self.base)


def _plan(project: Path, name: str) -> _Plan:
    path, base_path = project / "notebooks" / name, notebooks.base(project, name)
    if (project / "notebooks" / beside(name)).is_file():
        return _settle(project, name)
    if path.is_file() and adds_to_another(path):
        return _Plan(project, name, None)
    new = _new(project, name)
    if new is None or (not base_path.is_file() and name not in packaged_notebooks()):
        known = name in notebooks.versions(project)
        return _imports(project, name) or _Plan(
            project, name, Change(name, "gone") if known and path.is_file() else None
        )
    if not base_path.is_file():
        return _without_base(project, name, new)
    if not path.is_file():
        return _Plan(project, name, Change(name, "deleted"))
    return _three_way(project, name, new)


def _own(project: Path) -> set[str]:
    """Notebooks that the evaluator made."""
    folder = project / "notebooks"
    found = (path.relative_to(folder) for path in folder.rglob("*.ipynb"))
    return {name.as_posix() for name in found if not name.as_posix().endswith(CHOICES)
            and not any(part.startswith(".") for part in name.parts)}  # fmt: skip


def _imports(project: Path, name: str) -> _Plan | None:
    """A notebook that alignkit does not ship, where it imports what has moved."""
    path = project / "notebooks" / name
    if not path.is_file():
        return None
    mine = notebooks.read(path)
    now = modern(mine)
    return None if same(mine, now) else _Plan(project, name, Change(name, "imports"), now=notebooks.text(now))


def adds_to_another(path: Path) -> bool:
    """Whether a notebook holds only what it adds to a shared one; then it follows that one without any update."""
    return any(SHARED in tags_of(cell) for cell in notebooks.read(path).cells)


def _new(project: Path, name: str) -> NotebookNode | None:
    """alignkit's notebook now, with the defaults of the project's; None where there is none any more."""
    packaged = packaged_notebooks().get(OF_OUTCOMES if name.startswith("outcomes/") else name)
    if packaged is None:
        return None
    return notebooks.with_defaults(notebooks.read(packaged), _defaults(project, name))


def _defaults(project: Path, name: str) -> dict[str, str]:
    """What the evaluator's notebook opens, else what its base did, else what any other notebook of the project does."""
    others = sorted(notebooks.versions(project))
    places = [project / "notebooks" / name, *(notebooks.base(project, one) for one in (name, *others))]
    for path in places:
        if path.is_file() and (found := notebooks.defaults(notebooks.read(path))):
            return {key: value for key, value in found.items() if key != "outcome" or path in places[:2]}
    return {"community": find.communities(project)[0]} if find.communities(project) else {}


def _without_base(project: Path, name: str, new: NotebookNode) -> _Plan:
    """A notebook that is new to the project, or that the evaluator made."""
    path, content = project / "notebooks" / name, notebooks.text(new)
    if not path.is_file():
        return _Plan(project, name, Change(name, "added"), now=content, base=content)
    if same(notebooks.read(path), new):
        return _Plan(project, name, None, base=content)
    return _imports(project, name) or _Plan(project, name, Change(name, "yours"))


def _three_way(project: Path, name: str, new: NotebookNode) -> _Plan:
    path = project / "notebooks" / name
    mine, was = notebooks.read(path), notebooks.read(notebooks.base(project, name))
    untouched = same(mine, was)
    mine, was = modern(mine), modern(was)
    # a default that the evaluator set is no change of alignkit's, nor in the way of one on the next line
    was = notebooks.with_defaults(was, notebooks.defaults(mine))
    content = notebooks.text(new)
    if same(was, new) and _ids(was) == _ids(new):
        return _imports(project, name) or _Plan(project, name, None)
    merged: Merged = merge(was, mine, new)
    if merged.choices:
        merged.notebook.metadata[NOTE] = {"from": _digest(path), "version": version("alignkit")}
        change = Change(name, "choose", merged.choices)
        return _Plan(project, name, change, base=content, choices=notebooks.text(merged.notebook))
    what: What = "updated" if untouched else "merged"
    return _Plan(project, name, Change(name, what), now=notebooks.text(merged.notebook), base=content)


def _ids(notebook: NotebookNode) -> list[str]:
    """Other notebooks name cells by their ids."""
    return [cell.get("id", "") for cell in notebook.cells]


def _settle(project: Path, name: str) -> _Plan:
    """What became of the choices that an earlier update left."""
    path, pending = project / "notebooks" / name, project / "notebooks" / beside(name)
    made = notebooks.read(pending)
    note = made.metadata.pop(NOTE, {})
    following = notebooks.base(project, f"next/{name}")
    if not path.is_file() or note.get("from") != _digest(path) or not following.is_file():
        return _Plan(project, name, Change(name, "changed_since"))
    if left := choices_left(made):
        return _Plan(project, name, Change(name, "waiting", left))
    base = following.read_text(encoding="utf-8")
    return _Plan(project, name, Change(name, "settled"), now=notebooks.text(settled(made)), base=base)


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _keep(project: Path, path: Path) -> None:
    """Put a copy where no later one can overwrite it."""
    if path.is_file():
        kept = f"before/{path.stem}-{_digest(path)[:12]}.ipynb"
        _write(notebooks.base(project, kept), path.read_text(encoding="utf-8"))


def _write(path: Path, content: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8", newline="\n")


def unsettled(folder: Path) -> Iterator[str]:
    """Names of the notebooks in a folder with choices left."""
    for path in sorted(folder.rglob(f"*{CHOICES}")):
        try:
            left = choices_left(notebooks.read(path))
        except NotebookError:
            continue
        if left:
            yield path.relative_to(folder).as_posix()
