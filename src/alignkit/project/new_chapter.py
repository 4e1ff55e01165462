"""A chapter of a community's own: a notebook that runs as it is, its place in the book, and a test."""

import json
from collections.abc import Sequence
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq

from alignkit.errors import ParamsError
from alignkit.params import CommunityParams, load_community, load_cycle
from alignkit.project import find, notebooks
from alignkit.project.packaged import filled, packaged
from alignkit.project.packaged import notebooks as packaged_notebooks
from alignkit.project.write import Written

LAST = "methods"
"""New chapters go before this one, which closes the book."""


def new_chapter(project: Path, name: str, community: str = "") -> Written:
    """Write `notebooks/<name>.ipynb` and `tests/test_<name>.py`, and add the chapter to community.yml.

    Never overwrites; a chapter that is listed already stays where it is. Raises `ParamsError` for a name that cannot
    be a chapter's id, or that alignkit uses itself.
    """
    find.checked_id(name, "a chapter's name")
    taken = {file.removesuffix(".ipynb") for file in packaged_notebooks()}
    if name in taken or name.startswith("outcome-"):
        raise ParamsError(f"alignkit has a chapter '{name}' of its own", where="new chapter",
                          cure=f"choose another name; taken: {', '.join(sorted(taken))}, outcome-…")  # fmt: skip
    id_ = find.the_community(project, community)
    settings, labels = load_community(project, id_), find.cycles(project, id_)
    if not labels:
        raise ParamsError("the community has no cycle yet", where=f"params/{id_}", cure="run alignkit init first")
    values = load_cycle(find.cycle_file(project, id_, labels[-1])).to_papermill()
    done = Written(project)
    _write_files(done, name, {**values, "community": id_})
    _list_chapter(project / "params" / id_ / "community.yml", settings, name, done)
    return done


def _write_files(done: Written, name: str, values: dict[str, str]) -> None:
    folder = packaged("templates") / "chapter"
    given = {**{key: str(value) for key, value in values.items()}, "name": name, "module": name.replace("-", "_")}
    source = (folder / "chapter.ipynb").read_text(encoding="utf-8")
    escaped = {key: json.dumps(value, ensure_ascii=False)[1:-1] for key, value in given.items()}
    text = notebooks.text(notebooks.with_defaults(notebooks.parsed(filled(source, escaped)), values))
    done.text(f"notebooks/{name}.ipynb", text)
    test = (folder / "test_chapter.py").read_text(encoding="utf-8")
    done.text(f"tests/test_{given['module']}.py", filled(test, given))


def _list_chapter(file: Path, settings: CommunityParams, name: str, done: Written) -> None:
    """Add the chapter to the list in community.yml, with every remark left as it is."""
    if name in settings.chapters:
        done.kept.append(file)
        return
    yaml = YAML(typ="rt")
    yaml.preserve_quotes, yaml.width = True, 110
    loaded: CommentedMap = yaml.load(file.read_text(encoding="utf-8-sig"))
    listed: Sequence[str] = loaded.get("chapters") or settings.chapters
    chapters = listed if isinstance(listed, CommentedSeq) else CommentedSeq(listed)
    chapters.insert(list(chapters).index(LAST) if LAST in chapters else len(chapters), name)
    if chapters is not listed:
        chapters.fa.set_flow_style()
    loaded["chapters"] = chapters
    with file.open("w", encoding="utf-8", newline="\n") as out:
        yaml.dump(loaded, out)
    done.notes.append(f"the chapter is in the list `chapters` of {file.relative_to(done.project).as_posix()}")
