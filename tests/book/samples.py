"""Tiny executed notebooks and runs for the tests of the book."""

import json
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from alignkit.params import CycleParams, load_community
from alignkit.records import MIME, Cell, Exhibit, Headline, Published, Record

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="468pt" height="216pt" viewBox="0 0 468 216">'
    '<title>t</title><path d="M10 200 L200 90 L458 20" fill="none" stroke="#0072B2" stroke-width="3"/></svg>'
)
HOSTILE = "<script>alert(1)</script> *_[](){}$#@\\`~| {{< include x >}} ::: @fig-none [^1] \"q\" 'a' https://x.y"


def output(record: Record, **beside: str):
    """A notebook output that carries a record."""
    return new_output("display_data", {"text/plain": "x", MIME: record.model_dump(mode="json"), **beside})


def say(text: str, role: str = "note", name: str = "said", heading: str = "") -> Headline:
    return Headline(name=name, text=text, role=role, heading=heading)


def chart(id_: str = "signed", alt: str = "Seven of nine sectors signed.", **more) -> Exhibit:
    fields = {"caption": "Signatures by sector", "columns": ("Sector", "Share"), "align": ("left", "right")}
    rows = (("Education", "46%"), ("Health", "hidden"))
    return Exhibit(**{"id": id_, "type": "chart", "alt": alt, "rows": rows, **fields, **more})


def table(id_: str = "list", rows=(("Ann", "1"),), **more) -> Exhibit:
    fields = {"caption": "Who signed", "alt": "", "columns": ("Who", "How many"), "align": ("left", "right")}
    return Exhibit(**{"id": id_, "type": "table", "rows": rows, **fields, **more})


def published(*statuses: str, id_: str = "signed") -> Published:
    cells = tuple(Cell(key={"row": str(i)}, status=s, text=s, shown={}) for i, s in enumerate(statuses))
    return Published(id=id_, about="agreements", quantity=f"q.{id_}", by=("row",), draft=False, cells=cells)


def notebook(*records: Record, title: str = "# Leadership\nWho has agreed to what?", narrative: bool = False):
    """An executed notebook: title, the records, one stray output that must not get out."""
    outputs = [output(r, **({"image/svg+xml": SVG} if getattr(r, "type", "") == "chart" else {})) for r in records]
    stray = new_output("stream", text="stray 4711\n")
    cells = [
        new_markdown_cell(title),
        new_code_cell("c = 1", execution_count=1, outputs=[*outputs, stray]),
        new_markdown_cell("Here.", metadata={"tags": ["narrative"]}) if narrative else new_code_cell("2"),
    ]
    return new_notebook(cells=cells, metadata={"papermill": {"end_time": "2026-01-01"}})


class Sample:
    """A project with one finished run; `add` chapters, then `finish`."""

    def __init__(self, project: Path, *, languages: tuple[str, ...] = ("en",)) -> None:
        self.project, self.chapters = project, list[dict]()
        self.more: dict = {}  # what every manifest says beside
        self.run = project / ".alignkit" / "riverbend" / "2026-Q3" / "run"
        self.params_folder = project / "params" / "riverbend"
        (self.run / "notebooks").mkdir(parents=True)
        (self.params_folder / "2026-Q3").mkdir(parents=True)
        text = f"name: Riverbend\nplace: riverbend\nsynthetic: true\nlanguages: [{', '.join(languages)}]\n"
        (self.params_folder / "community.yml").write_text(text + "source: {demo: {seed: 1}}\n")
        (self.params_folder / "2026-Q3.yml").write_text("community: riverbend\ncycle: 2026-Q3\n")
        self.community = load_community(project, "riverbend")
        self.cycle = CycleParams(community="riverbend", cycle="2026-Q3", lang=languages[0])

    def add(self, id_: str, nb=None, status: str = "ok", **more) -> "Sample":
        if nb is not None:
            nbformat.write(nb, self.run / "notebooks" / f"{id_}.ipynb")
        entry = {"id": id_, "title": id_, "notebook": f"{id_}.ipynb", "status": status, "message": "", "table": ""}
        self.chapters.append({**entry, **more})
        return self

    def narrative(self, id_: str, text: str) -> "Sample":
        (self.params_folder / "2026-Q3" / f"{id_}.md").write_text(text, encoding="utf-8")
        return self

    def finish(self, **more) -> "Sample":
        manifest = {
            "community": "riverbend",
            "cycle": "2026-Q3",
            "parameters": self.cycle.to_papermill(),
            "snapshot": {"id": "s1", "tables": {"outcomes": "abc", "partners": "def"}},
            "versions": {"python": "3.11"},
            "notebooks": {chapter["id"]: "0" * 64 for chapter in self.chapters},
            "code": "1" * 64,
            "chapters": self.chapters,
            "audit": {"clean": True, "findings": [], "hidden": 0},
        }
        (self.run / "manifest.json").write_text(json.dumps({**manifest, **self.more, **more}), encoding="utf-8")
        return self
