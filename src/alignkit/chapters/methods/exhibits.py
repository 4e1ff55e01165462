"""The assumptions log as tables, one for each chapter."""

from alignkit.chapters.methods.assumptions.log import CHAPTERS
from alignkit.kit.tables import emit_table
from alignkit.words.current import words


def show() -> None:
    """Emit one table per chapter, folded: measure, formula and source, what it assumes, when it cannot tell."""
    _ = words.gettext
    titles = {
        "outcome": _("Each outcome"), "outcomes": _("Aligned outcomes"), "action": _("Aligned action"),
        "data_systems": _("Aligned data systems"), "collaboration": _("Collaboration"),
        "leadership": _("Aligned leadership"), "advocacy": _("Aligned advocacy"), "commitments": _("Commitments"),
        "brief": _("Page one"),
    }  # fmt: skip
    columns = (_("Measure"), _("How it is worked out, and where that is written"), _("What must be so"),
               _("When it cannot tell"))  # fmt: skip
    for chapter, entries in CHAPTERS.items():
        rows = tuple((one.what, f"{one.how} [{one.source}]", one.assumes, one.silent) for one in entries())
        caption = _("{chapter}: what stands behind the numbers").format(chapter=titles[chapter])
        emit_table(f"log-{chapter}", caption, columns, ("left",) * 4, rows, "web")
