"""What an answer holds, by the names of the fields in which it is written (`core.overtaking`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

BOUNDS = ("low", "likely", "high")


def today_values(practices: Mapping[str, str], note: str) -> dict[str, Any]:
    """Today's practice and the note by the names of their fields."""
    return {f"today-{aspect}": option for aspect, option in practices.items()} | {"note": note}


def figure_values(costs: Mapping[str, Any], benefit: Any, note: str) -> dict[str, Any]:
    """Costs and gain by the names of their fields."""
    found: dict[str, Any] = {"note": note} | dict(zip(BOUNDS, benefit or (None, None, None), strict=True))
    for option, bounds in costs.items():
        found |= {f"cost-{option}-{name}": bound for name, bound in zip(BOUNDS, bounds, strict=True)}
    return found
