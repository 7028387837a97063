"""What the forms of a draft are filled with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from samordna.domain.collaborations.models import Area, Collaboration
from samordna.domain.matters.enums import AspectKind, MatterKind
from samordna.domain.matters.models import Aspect, Matter
from samordna.domain.matters.queries.heads import AspectView, aspect_views
from samordna.domain.matters.queries.page import MatterPage
from samordna.domain.matters.templates import template_of


@dataclass(frozen=True, slots=True, kw_only=True)
class KindView:
    """A kind of matter to choose: its name and what its template asks."""

    value: str
    label: str
    asks: tuple[str, ...]


def kinds() -> list[KindView]:
    """Every kind, with the labels of its template's aspects."""
    return [
        KindView(value=kind.value, label=str(kind.label), asks=tuple(aspect.label for aspect in template_of(kind).aspects))
        for kind in MatterKind
    ]


def area_choices(collaboration: Collaboration) -> list[tuple[str, str]]:
    """The collaboration's areas, for a list to choose from."""
    areas = Area.objects.filter(collaboration=collaboration).order_by("name", "pk")
    return [(area.pk, area.name) for area in areas]


def matter_values(matter: Matter) -> dict[str, Any]:
    """A matter's words as its form has them."""
    words = ("title", "purpose", "for_the_individual", "convenience", "area_id", "unit", "price_of_difference")
    names = (*words, "join", "contribute", "follow")
    return {name: getattr(matter, name) for name in names}


def aspect_values(page: MatterPage, aspect_id: str) -> dict[str, Any]:
    """An aspect of the page as its form has it."""
    return _values(next(aspect for aspect in page.aspects if aspect.id == aspect_id))


def values_of(aspect: Aspect) -> dict[str, Any]:
    """The same of a stored aspect."""
    return _values(aspect_views([aspect])[0])


def _values(aspect: AspectView) -> dict[str, Any]:
    names = ("label", "explanation", "kind", "unit", "sharing", "weight")
    values: dict[str, Any] = {name: getattr(aspect, name) for name in names}
    if aspect.kind == AspectKind.RANGE:
        numbers = [int(label) for label in aspect.labels]
        step = numbers[1] - numbers[0] if len(numbers) > 1 else 1
        return values | {"lowest": numbers[0], "highest": numbers[-1], "step": step}
    return values | {"options": "\n".join(aspect.labels), "step": 1}
