"""Opening a matter from a file: a draft with its words and aspects, looked over before it is sent out."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from samordna.core.actor import Actor
from samordna.core.errors import Invalid
from samordna.core.operation import operation
from samordna.domain.collaborations.access import collaboration_for
from samordna.domain.collaborations.models import Area
from samordna.domain.matters.enums import AspectKind
from samordna.domain.matters.exchange.outlines import AspectOutline, OutlineIn
from samordna.domain.matters.models import Matter
from samordna.domain.matters.operations.aspects import add_aspect
from samordna.domain.matters.operations.opening import open_matter
from samordna.domain.matters.operations.telling import tell_of_matter
from samordna.domain.matters.queries.outlines import outline_from


@operation("collaboration.lead")
def open_from_outline(
    *, actor: Actor, collaboration_id: str, outline: OutlineIn, document: str, at: datetime | None = None
) -> Matter:
    """Open a draft with everything that a document asks, or nothing. `document` names where it comes from.

    Raises `Invalid` with a sentence for each thing that is wrong, by where it stands.
    """
    collaboration = collaboration_for(actor, collaboration_id, "collaboration.lead", at)
    preview = outline_from(actor, collaboration_id, outline)
    if preview.outline is None:
        raise Invalid({f"{one.sheet}.{one.row}.{one.column}": f"{one.what} {one.todo}" for one in preview.faults})
    asked = preview.outline
    area = Area.objects.filter(collaboration=collaboration, name=asked.area).order_by("pk").first()
    if area is None:
        raise Invalid({"area": _("Choose one of the collaboration's areas.")})
    names = ("title", "purpose", "for_the_individual", "convenience", "unit", "price_of_difference", "kind")
    words: dict[str, Any] = {name: getattr(asked, name) for name in names}
    opened = open_matter(
        actor=actor, collaboration_id=collaboration_id, area_id=area.pk, from_template=False, at=at, **words
    )
    for aspect in asked.aspects:
        add_aspect(actor=actor, matter_id=opened.pk, at=at, **_arguments(aspect))
    tell_of_matter(actor, "matter_taken_in", opened, at, title=opened.title, document=document)
    return opened


def _arguments(aspect: AspectOutline) -> dict[str, Any]:
    names = ("label", "explanation", "kind", "unit", "sharing", "weight")
    found: dict[str, Any] = {name: getattr(aspect, name) for name in names}
    if aspect.kind != AspectKind.RANGE:
        return found | {"options": aspect.options}
    numbers = [int(option) for option in aspect.options]
    return found | {"lowest": numbers[0], "highest": numbers[-1], "step": numbers[1] - numbers[0]}
