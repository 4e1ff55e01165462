"""The chart's rows and the tables of effects."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from alignkit.chapters.action.effect_sentences import amount, design, in_students, others_meanwhile, readable, word
from alignkit.chapters.action.unknown_effects import cure, reason
from alignkit.disclosure.published import Published
from alignkit.kit.amounts import chance, missing
from alignkit.kit.columns import texts
from alignkit.kit.tables import Table
from alignkit.words.current import words

Counts = Mapping[tuple[Any, ...], float]
"""comparison_id, side and standing → students, where they may be shown."""


def effects_drawn(found: Published) -> Published:
    """Effects in students per 100, the best known first, with what is said in the place of a number."""
    frame = in_students(found)
    drawn = frame["reason"].eq("") & frame["value"].notna()
    said_of = [amount(row) if ok else _nothing(row)
               for ok, row in zip(drawn, frame.to_dict("records"), strict=True)]  # fmt: skip
    said = [word(row) for row in frame.to_dict("records")]
    shown = frame.assign(text=said_of, verdict=said).drop(columns="rank")
    return replace(found, frame=shown.reset_index(drop=True))


def _nothing(row: Mapping[Any, Any]) -> str:
    """What the chart says instead of a number."""
    if row["word"] != "not known":
        return words.gettext("by scores; proficiency not known")
    return reason(row["reason"] or "hidden")


def comparisons_table(found: Published, students: Published) -> Table:
    """All comparisons with their numbers, a row each."""
    _ = words.gettext
    every = readable(found).frame
    shares = {row["comparison_id"]: row for row in every[every["measure"] == "proficient"].to_dict("records")}
    frame = every[every["measure"] == "score"].reset_index(drop=True)
    rows, counts = frame.to_dict("records"), _counts(students)
    cells = {
        "how": [design(row["design"]) for row in rows],
        "said": [_number(row) for row in rows],
        "more": [_number(shares[row["comparison_id"]]) for row in rows],
        "verdict": [_judged(row) for row in rows],
        "counts": [_compared(row, counts) for row in rows],
        "why": [_why(row, counts) for row in rows],
    }
    frame = frame.assign(**{name: texts(said) for name, said in cells.items()})
    columns = {"practice": _("Practice"), "question": _("Question"), "how": _("Compared")}
    columns |= {"said": _("Effect in standard deviations of the score (95 percent)")}
    columns |= {"more": _("More proficient in 100 (95 percent)")}
    columns |= {"verdict": _("Here (p, all comparisons judged together)")}
    columns |= {"counts": _("Students with it, without it"), "why": _("Why not known, or what to mind")}
    caption = _("Every comparison: design, numbers, and why an effect is not known")
    return Table(replace(found, frame=frame), columns, caption)


def _judged(row: Mapping[Any, Any]) -> str:
    if row["word"] == "not known" or missing(row["p_adjusted"]):
        return word(row)
    return words.gettext("{word} (p {p})").format(word=word(row), p=chance(row["p_adjusted"]))


def _number(row: Mapping[Any, Any]) -> str:
    if row["reason"] or missing(row["value"]):
        return words.gettext("not known")
    digits = 2 if row["measure"] == "score" else 0
    ends = {name: words.number(row[name], digits) for name in ("value", "low", "high")}
    return words.gettext("{value} ({low} to {high})").format(**ends)


def _counts(students: Published) -> Counts:
    keys = ("comparison_id", "side", "standing")
    return {tuple(row[key] for key in keys): float(row["value"]) for row in students.shown.to_dict("records")}


def _compared(row: Mapping[Any, Any], counts: Counts) -> str:
    found = [counts.get((row["comparison_id"], side, "compared")) for side in ("practice", "comparison")]
    if None in found:
        return words.gettext("few or none")
    return words.gettext("{one} and {other}").format(one=words.number(found[0]), other=words.number(found[1]))


def _why(row: Mapping[Any, Any], counts: Counts) -> str:
    _ = words.gettext
    if row["reason"]:
        return _("{reason}; {cure}").format(reason=reason(row["reason"]), cure=cure(row["reason"]))
    parts, left_out = [], counts.get((row["comparison_id"], "practice", "left_out"))
    if row["design"] == "experiment":
        one, other = (_lost(row, side, counts) for side in ("practice", "comparison"))
        parts.append(_("without a result: {one} with it, {other} without it").format(one=one, other=other))
    if row["design"] == "matched" and left_out is None:
        parts.append(_("few or none left out because an earlier result is missing"))
    if left_out is not None:
        parts.append(_("{n} without an earlier result left out").format(n=words.number(left_out)))
    if not missing(row["pre_trend"]):
        parts.append(_("before it began: p {p}").format(p=words.number(row["pre_trend"], 2)))
    if also := others_meanwhile(row):
        text = _("{practices} began at the same schools meanwhile, so their effects cannot be separated")
        parts.append(text.format(practices=also))
    return "; ".join(parts)


def _lost(row: Mapping[Any, Any], side: str, counts: Counts) -> str:
    """The percent of those drawn who have no result."""
    lost, there = (counts.get((row["comparison_id"], side, standing)) for standing in ("lost", "compared"))
    if lost is None or there is None:
        return words.gettext("few or none")
    return words.gettext("{n} percent").format(n=words.number(100 * lost / (lost + there)))


def balance_table(found: Published, effects: Published) -> Table:
    """How alike both sides of each comparison were."""
    _ = words.gettext
    names = effects.frame.drop_duplicates("comparison_id").set_index("comparison_id")["practice"]
    said = {
        "balanced": _("alike (up to 0.05)"),
        "adjust": _("allowed for (up to 0.25)"),
        "differs": _("too far apart"),
    }
    shown = found.frame[~found.frame["covariate"].astype(str).str.endswith("not known")]
    frame = shown.assign(
        practice=shown["comparison_id"].map(names),
        what=[_covariate(str(name)) for name in shown["covariate"]],
        start=[_g(value) for value in shown["before"]],
        end=[_g(value) for value in shown["value"]],
        verdict=[said.get(str(code), _("hidden")) for code in shown["standing"]],
    )
    columns = {"practice": _("Practice"), "what": _("Known before"), "start": _("Difference to begin with")}
    columns |= {"end": _("After weighting"), "verdict": _("Standing")}
    caption = _("Were those compared alike? (Hedges' g; of words only the standing)")
    return Table(replace(found, frame=frame), columns, caption)


def _g(value: Any) -> str:
    return "" if missing(value) else words.number(float(value) + 0.0, 2)


def _covariate(name: str) -> str:
    """What was known before, in words: "reading a year before", "sex: female"."""
    _ = words.gettext
    if name == "before":
        return _("the same subject a year before")
    kind, _colon, code = name.partition(": ")
    if kind == "before":
        return _("{subject} a year before").format(subject=code)
    said = {"sex": _("sex: {code}"), "race_ethnicity": _("race or ethnicity: {code}")}
    return said.get(kind, name).format(code=code)
