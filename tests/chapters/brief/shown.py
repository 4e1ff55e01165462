"""Chapters of a book that show values of indicators."""

from typing import Any

from alignkit import records
from alignkit.chapter_records import ChapterRecords
from alignkit.chapters.brief.revisions import KEY, QUANTITY


def chapters(*shown: dict[str, Any], status: str = "shown") -> dict[str, ChapterRecords]:
    """One chapter that shows these values."""
    cells = [{"key": {name: str(one[name])[:10] for name in KEY}, "status": status, "text": "x", "shown": {}}
             for one in shown]  # fmt: skip
    record = {"id": "s", "about": "indicator_values", "quantity": QUANTITY, "by": KEY, "draft": False, "cells": cells}
    return {"outcome-grad": ChapterRecords("outcome-grad", (records.Published.model_validate(record),), "en")}
