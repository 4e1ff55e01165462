"""A comparison of one result."""

from typing import Any

from alignkit.stats.effects.effect import Effect
from alignkit.stats.effects.matching import weighted_comparison


def weighted(y: Any, *given: Any, **how: Any) -> Effect:
    return weighted_comparison({"y": y}, *given, **how)["y"]
