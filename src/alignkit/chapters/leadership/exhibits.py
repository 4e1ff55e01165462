"""Charts' rows and tables of the leadership chapter, codes in words."""

from dataclasses import replace

from alignkit.disclosure.published import Published
from alignkit.kit.code_lists import code_words
from alignkit.kit.columns import texts
from alignkit.kit.tables import Table
from alignkit.words.current import words


def signature_totals(signed: Published) -> Published:
    """Every partner's signatures, what was signed in words. Without ranges: every partner has been asked."""
    totals = signed.where(sector="all").frame
    return replace(
        signed, frame=totals.assign(element_name=totals["element"].map(code_words)).drop(columns=["low", "high"])
    )


def sector_grid(coverage: Published) -> Published:
    """The grid of outcomes and sectors, sectors in words."""
    frame = coverage.frame
    return replace(coverage, frame=frame.assign(sector=frame["sector"].map(code_words)))


def convenings_marked(convenings: Published) -> Published:
    """Convenings, those that are more than the usual ups and downs marked in words."""
    said = words.gettext("more than usual ups and downs")
    frame = convenings.frame
    return replace(convenings, frame=frame.assign(special=[said if signal else "" for signal in frame["signal"]]))


def responsibility_table(parts: Published) -> Table:
    """Each outcome in force: who leads it, how many share or contribute, and what it lacks."""
    _, frame = words.gettext, parts.frame
    lacks = {"lead": _("a lead"), "shared": _("shared accountability"), "inside": _("anyone inside school"),
             "outside": _("anyone outside school")}  # fmt: skip
    frame = frame.assign(lacking=texts(", ".join(lacks[part] for part in missing) for missing in frame["lacks"]))
    columns = {"outcome": _("Outcome"), "lead": _("Lead"), "shared": _("Share"), "contributors": _("Contribute"),
               "lacking": _("Lacks")}  # fmt: skip
    caption = _("Each outcome in force: its one lead, and how many partners share accountability or contribute")
    return Table(replace(parts, frame=frame), columns, caption)


def load_table(load: Published) -> Table:
    """Outcomes that each partner leads, shares or contributes to."""
    _, frame = words.gettext, load.frame
    columns = {"partner": _("Partner"), "setting": _("School walls"), "total": _("Outcomes"), "lead": _("Leads"),
               "shared": _("Shares"), "contributor": _("Contributes")}  # fmt: skip
    rows = replace(load, frame=frame.assign(setting=frame["setting"].map(code_words)))
    return Table(rows, columns, _("Outcomes that each partner leads, shares or contributes to"))


def signatures_table(signed: Published) -> Table:
    """Signatures by sector, with the range around each share."""
    _, frame = words.gettext, signed.frame
    named = frame.assign(element_name=frame["element"].map(code_words), sector_name=frame["sector"].map(code_words))
    columns = {"element_name": _("What was signed"), "sector_name": _("Sector"), "numerator": _("Have signed"),
               "denominator": _("Partners"), "text": _("Share"), "low": _("From"), "high": _("To")}  # fmt: skip
    return Table(replace(signed, frame=named), columns, _("Signatures by sector"))
