"""The list of components: attributes with their defaults, and slots. The gallery page shows every one of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

REQUIRED: Final = object()


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A component's shape."""

    attributes: Mapping[str, Any] = field(default_factory=dict)
    slots: tuple[str, ...] = ()


PARTS: Mapping[str, Part] = {
    "page_head": Part(attributes={"title": REQUIRED, "kicker": "", "lead": ""}, slots=("actions", "facts", "trail")),
    "card": Part(
        attributes={"title": "", "id": "", "tone": "plain", "level": 2, "hint": ""}, slots=("actions", "footer")
    ),
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
    "post": Part(
        attributes={"action": REQUIRED, "label": REQUIRED, "kind": "secondary", "refusal": "", "small": False}
    ),
    "form": Part(
        attributes={"form": REQUIRED, "action": "", "submit": REQUIRED, "back": "", "id": "", "kind": "primary"},
        slots=("before", "after"),
    ),
    "stepper": Part(attributes={"steps": REQUIRED, "label": REQUIRED}),
    "empty": Part(attributes={"title": REQUIRED}, slots=("actions",)),
    "table": Part(attributes={"caption": REQUIRED, "wide": False, "id": ""}),
    "facts": Part(),
    "fact": Part(attributes={"term": REQUIRED}),
    "disclosure": Part(attributes={"summary": REQUIRED, "open": False, "id": ""}),
    "range_bar": Part(attributes={"low": REQUIRED, "likely": REQUIRED, "high": REQUIRED, "unit": "", "scale": 0}),
    "holder": Part(attributes={"person": REQUIRED, "role": "", "organisation": ""}),
    "reason_tree": Part(attributes={"reason": REQUIRED}),
    "quote": Part(attributes={"source": ""}),
    "progress": Part(attributes={"done": REQUIRED, "total": REQUIRED, "label": REQUIRED}),
}
