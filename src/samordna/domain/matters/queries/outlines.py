"""A matter as an outline in a file, and what would come of a file with one in it."""

from __future__ import annotations

from codecs import BOM_UTF8
from dataclasses import dataclass

from django.utils.translation import gettext as _

from samordna.core.actor import Actor
from samordna.core.tables import MAX_BYTES, raw_tables
from samordna.domain.collaborations.access import collaboration_for
from samordna.domain.collaborations.models import Area
from samordna.domain.matters.enums import AspectKind
from samordna.domain.matters.exchange.drafts import Fault
from samordna.domain.matters.exchange.outlines import (
    AspectOutline,
    Outline,
    OutlineIn,
    parsed_outline,
    raw_of,
    read_outline,
)
from samordna.domain.matters.limits import within
from samordna.domain.matters.models import Aspect, Matter


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlinePreview:
    """What a file holds; no outline where something in it is wrong."""

    outline: Outline | None
    faults: tuple[Fault, ...]


def outline_of(matter: Matter) -> Outline:
    """What the matter asks; two database queries. The caller leads the matter."""
    aspects = matter.aspects.order_by("order", "pk").prefetch_related("options")
    names = ("title", "purpose", "for_the_individual", "convenience", "unit", "price_of_difference", "kind")
    fields = {name: getattr(matter, name) for name in names}
    return Outline(**fields, area=matter.area.name, aspects=tuple(_aspect(aspect) for aspect in aspects))


def _aspect(aspect: Aspect) -> AspectOutline:
    options = sorted(aspect.options.all(), key=lambda option: (option.order, option.pk))
    names = ("label", "explanation", "kind", "unit", "sharing", "weight")
    own = () if aspect.kind == AspectKind.YES_NO else tuple(option.label for option in options)
    return AspectOutline(**{name: getattr(aspect, name) for name in names}, options=own)


def outline_in(actor: Actor, collaboration_id: str, content: bytes) -> OutlinePreview:
    """What a spreadsheet, a table or a JSON document would open. Raises `TooLarge` and `Invalid`."""
    areas = _areas(actor, collaboration_id)
    within(MAX_BYTES, len(content), _("The file may have at most %(limit)s bytes; this has %(count)s."))
    content = content.removeprefix(BOM_UTF8)
    raw = parsed_outline(content) if content.lstrip()[:1] == b"{" else raw_tables(content)
    outline, faults = read_outline(raw, areas)
    return OutlinePreview(outline=outline, faults=faults)


def outline_from(actor: Actor, collaboration_id: str, given: OutlineIn) -> OutlinePreview:
    """The same of a document from a program."""
    outline, faults = read_outline(raw_of(given), _areas(actor, collaboration_id))
    return OutlinePreview(outline=outline, faults=faults)


def _areas(actor: Actor, collaboration_id: str) -> list[str]:
    collaboration = collaboration_for(actor, collaboration_id, "collaboration.lead")
    return list(Area.objects.filter(collaboration=collaboration).order_by("name", "pk").values_list("name", flat=True))
