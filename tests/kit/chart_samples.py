"""Small published measures, and every kind of chart drawn from them, nice and ugly."""

import math
from collections.abc import Callable
from typing import Any

import pandas as pd

from alignkit.disclosure.published import Published
from alignkit.kit import charts
from alignkit.words.current import words

COMMON: dict[str, Any] = {"caption": "What is shown", "alt": "What it says this cycle"}
LONG = "The Greater Riverbend Metropolitan Coalition <script>alert(1)</script> & Friends $x^2$ of Early Childhood"


def published(rows: list[dict], *by: str, draft: bool = False) -> Published:
    frame = pd.DataFrame(rows)
    for name in ("numerator", "denominator"):
        if name in frame:
            frame[name] = frame[name].astype("Int64")
    return Published("x", "indicator_values", "q", by, draft, "en", frame)


def shown(value: float, unit: str = "percent", /, **more) -> dict:
    return {"value": value, "status": "shown", "text": words.value(value, unit), **more}


def rate(part: int, whole: int, /, **more) -> dict:
    value = 100 * part / whole
    ends = {"low": max(0.0, value - 8), "high": min(100.0, value + 8)}
    return shown(value, numerator=part, denominator=whole, **ends, **more)


def hidden(text: str = "hidden", status: str = "hidden", /, **more) -> dict:
    blank = {"numerator": pd.NA, "denominator": pd.NA, "low": math.nan, "high": math.nan}
    return {"value": math.nan, "status": status, "text": text, **blank, **more}


def school_year(year: int) -> dict:
    return {"period_start": pd.Timestamp(year, 8, 1), "period_end": pd.Timestamp(year + 1, 6, 30)}


def bars(**more) -> None:
    rows = [rate(27, 40, element="Vision"), rate(11, 40, element="Advocacy agenda"), hidden(element="Data standard")]
    charts.bars(published(rows, "element"), id="bars", category="element", **COMMON, **more)


def bars_ugly() -> None:
    rows = [rate(k, 40, sector=f"{i} {LONG}", setting=s) for i, k in enumerate((0, 40, 3)) for s in ("In", "Out")]
    rows += [hidden("under 10%", "band", sector="日本 🎉\u202e", setting="_In"), rate(1, 9, sector="", setting="Out")]
    style = {"measure": f"{LONG}, {LONG}", "good_direction": "up", "target": 80, "hue": "setting"}
    charts.bars(published(rows, "sector", "setting", draft=True), id="bars-ugly", category="sector", **COMMON, **style)


def bars_many() -> None:
    rows = [rate(i * 4, 60, name=f"Category {i}") for i in range(14)]
    charts.bars(published(rows, "name"), id="bars-many", category="name", **COMMON)


def reading() -> Published:
    """Two years, a missing one (2016), two years, a hidden one (2019), a new test from 2020 on."""
    rows = [rate(k, 100, **school_year(year)) for year, k in ((2014, 36), (2015, 38), (2017, 40), (2018, 41))]
    rows += [hidden(**school_year(2019))]
    rows += [rate(k, 100, **school_year(year)) for year, k in ((2020, 35), (2021, 39), (2022, 46))]
    return published(rows, "period_start")


def forecast() -> Published:
    rows = [shown(47 + i, low=44 - i, high=50 + 2 * i, **school_year(2023 + i)) for i in range(3)]
    return published(rows, "period_start")


def trend(**more) -> None:
    style = {"target": 55, "target_at": 2030, "breaks": [(pd.Timestamp(2020, 8, 1), "New state test")]}
    style |= {"forecast": forecast(), "measure": "Third graders who read", "good_direction": "up"}
    charts.trend(reading(), id="trend", **COMMON, **(style | more))


def trend_lines() -> None:
    rows = [
        rate(k + 3 * i, 100, group=g, **school_year(2020 + i)) for g, k in (("A", 30), (LONG, 32)) for i in range(4)
    ]
    rows += [hidden(group=g, **school_year(2025)) for g in ("A", LONG)]
    rows += [hidden(group="Nobody may see", **school_year(2020 + i)) for i in range(4)]
    p = published(rows, "group", "period_start")
    charts.trend(p, id="trend-lines", line="group", target=55, good_direction="down", **COMMON)


def trend_one() -> None:
    charts.trend(published([rate(40, 100, **school_year(2024))], "period_start"), id="trend-one", target=90, **COMMON)


def groups(**more) -> None:
    rows = [rate(41, 100, kind="Everyone", group="All students", goal=math.nan)]
    rows += [rate(20, 60, kind="Income", group="Lower", goal=50.0), rate(21, 40, kind="Income", group=LONG, goal=60.0)]
    rows += [hidden("over 90%", "band", kind="Language", group="English learners", goal=math.nan)]
    style = {"section": "kind", "reference": "All students", "target": 55, "target_column": "goal"}
    charts.groups(published(rows, "kind", "group"), id="groups", group="group", **COMMON, **(style | more))


def matrix(**more) -> None:
    parts = ("lead", "shared", "contributor", "hole", "")
    names = ["Kindergarten", "Reading", "Math", LONG, "Employment", "Postsecondary completion"]
    sectors = ["Education", "Early childhood", "Health", "Business", "Philanthropy", "Nonprofit", "Faith", LONG]
    rows = [
        {"row": name, "column": sector, "part": parts[(i + 2 * j) % 5], "status": "shown", "text": "x"}
        for i, name in enumerate(names)
        for j, sector in enumerate(sectors)
    ]
    style = {"row": "row", "column": "column", "mark": "part"}
    charts.matrix(published(rows, "row", "column"), id="matrix", **COMMON, **(style | more))


def meetings() -> Published:
    limits = {"center": 70.0, "lower": 52.0, "upper": 88.0}
    said = {45: "fewer came than is usual", 80: "eight in a row above", 81: "eight in a row above"}
    days = pd.to_datetime(["2024-01-10", "2024-03-15", "2024-07-20", "2024-09-20", "2024-12-01"])
    values = (70, 45, 71, 80, 81)
    rows = [shown(v, held_on=d, special=said.get(v), **limits) for v, d in zip(values, days, strict=True)]
    return published(rows, "held_on")


def xmr() -> None:
    charts.xmr(meetings(), id="xmr", period="held_on", signal="special", good_direction="up", **COMMON)


def status(**more) -> None:
    counts = {"Leadership": (3, 1, 0, 0, 60), "Action": (5, 2, 3, 1, 1), "Empty": (0, 0, 0, 0, 0)}
    names = ("open", "kept", "late", "not_done", "dropped")
    rows = [
        shown(float(n), "count", alignment=a, became=name)
        for a, numbers in counts.items()
        for name, n in zip(names, numbers, strict=True)
    ]
    p = published(rows, "alignment", "became")
    charts.status(p, id="status", status="became", category="alignment", **COMMON, **more)


KINDS: tuple[Callable[[], None], ...] = (
    bars, bars_ugly, bars_many, trend, trend_lines, trend_one, groups, matrix, xmr, status,
)  # fmt: skip
