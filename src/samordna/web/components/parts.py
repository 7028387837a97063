"""The list of components: attributes with their defaults, and slots. The gallery page shows every one of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

REQUIRED: Final = object()
Values = Mapping[str, Any]


def nothing(values: Values) -> dict[str, Any]:
    """Most components show what they are given."""
    return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A component's shape. `derive` computes what a template cannot, from the attributes."""

    attributes: Mapping[str, Any] = field(default_factory=dict)
    slots: tuple[str, ...] = ()
    derive: Callable[[Values], dict[str, Any]] = nothing


def range_places(values: Values) -> dict[str, Any]:
    """Where low, likely and high lie on a line of 1,000 steps from -scale to scale, or from 0 when nothing is negative."""
    low, likely, high = (float(values[name]) for name in ("low", "likely", "high"))
    largest = max(float(values["scale"]), abs(low), abs(high)) or 1.0
    start = -largest if min(low, likely, high) < 0 else 0.0

    def place(figure: float) -> str:
        return str(round(1000 * (figure - start) / (largest - start)))

    return {"from_": place(low), "at": place(likely), "to": place(high), "zero": place(0)}


PARTS: Mapping[str, Part] = {
    "page_head": Part(attributes={"title": REQUIRED, "kicker": "", "lead": ""}, slots=("actions", "facts", "trail")),
    "card": Part(attributes={"title": "", "id": "", "tone": "plain", "level": 2, "hint": ""}, slots=("actions", "footer")),
    "notice": Part(attributes={"tone": "info", "title": ""}, slots=("actions",)),
    "badge": Part(attributes={"tone": "neutral", "title": ""}),
    "button": Part(
        attributes={
            "kind": "secondary",
            "href": "",
            "name": "",
            "value": "",
            "type": "submit",
            "form": "",
            "refusal": "",
            "small": False,
            "label": "",
        }
    ),
    "post": Part(attributes={"action": REQUIRED, "label": REQUIRED, "kind": "secondary", "refusal": "", "small": False}),
    "form": Part(
        attributes={"form": REQUIRED, "action": "", "submit": REQUIRED, "back": "", "id": "", "kind": "primary"},
        slots=("before", "after", "first"),
    ),
    "stepper": Part(attributes={"steps": REQUIRED, "label": REQUIRED}),
    "empty": Part(attributes={"title": REQUIRED}, slots=("actions",)),
    "table": Part(
        attributes={"caption": REQUIRED, "wide": False, "id": "", "stack": False, "quiet": False}, slots=("after",)
    ),
    "facts": Part(),
    "fact": Part(attributes={"term": REQUIRED}),
    "disclosure": Part(attributes={"summary": REQUIRED, "open": False, "id": ""}),
    "range_bar": Part(
        attributes={"low": REQUIRED, "likely": REQUIRED, "high": REQUIRED, "unit": "", "scale": 0}, derive=range_places
    ),
    "line_chart": Part(attributes={"chart": REQUIRED, "label": REQUIRED}),
    "holder": Part(attributes={"person": REQUIRED, "role": "", "organisation": ""}),
    "reason_tree": Part(attributes={"reason": REQUIRED}),
    "quote": Part(attributes={"source": ""}),
    "progress": Part(attributes={"done": REQUIRED, "total": REQUIRED, "label": REQUIRED}),
}
