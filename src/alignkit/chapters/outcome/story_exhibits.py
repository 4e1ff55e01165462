"""Tables of partners and practices."""

from dataclasses import replace

from alignkit.disclosure.published import Published
from alignkit.kit.amounts import tier
from alignkit.kit.columns import texts
from alignkit.kit.tables import Table
from alignkit.words.current import words


def partners_table(parts: Published) -> Table:
    """Who has which part and does what."""
    _, frame = words.gettext, parts.frame
    roles = {"lead": _("leads"), "shared": _("shares accountability"), "contributor": _("contributes")}
    columns = {"partner": _("Partner"), "part": _("Part"), "contribution": _("What it does")}
    return Table(replace(parts, frame=frame.assign(part=frame["role"].map(roles))), columns, _("Partners with a part"))


def practices_table(works: Published) -> Table:
    """Practices with their evidence and where each is in use."""
    _, frame = words.gettext, works.frame
    frame["tier"] = texts([tier(number) for number in frame["evidence_tier"]])
    columns = {"practice": _("Practice"), "tier": _("Evidence"), "evidence_source": _("Source"), "sites": _("Sites"),
               "where": _("Partners")}  # fmt: skip
    return Table(replace(works, frame=frame), columns, _("Practices listed"))
