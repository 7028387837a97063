"""Opening a matter, from a template or empty, and opening the next turn of the loop."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypedDict

from django.db.models import Max
from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Refused
from samordna.core.operation import operation
from samordna.core.overtaking import check_not_overtaken
from samordna.domain.collaborations.access import collaboration_for
from samordna.domain.collaborations.enums import CollaborationState, Duress
from samordna.domain.collaborations.models import Area, Collaboration
from samordna.domain.matters import templates
from samordna.domain.matters.enums import AspectKind, MatterKind, MatterStage, Sharing
from samordna.domain.matters.limits import MAX_AMOUNT
from samordna.domain.matters.models import Aspect, Matter, Occasion, Option
from samordna.domain.matters.operations.held import held_draft_for, held_matter_for
from samordna.domain.matters.operations.telling import tell_of_matter
from samordna.domain.matters.queries.drafts import matter_values
from samordna.domain.matters.typed import Typed

VERBS = ("join", "contribute", "follow")


@operation("collaboration.lead")
def open_matter(
    *,
    actor: Actor,
    collaboration_id: str,
    area_id: str,
    title: str,
    purpose: str,
    for_the_individual: str,
    convenience: str = "",
    kind: str = MatterKind.OTHER,
    from_template: bool = True,
    unit: str = "",
    price_of_difference: int | None = None,
    depth: dict[str, str] | None = None,
    at: datetime | None = None,
) -> Matter:
    """Open a matter as a draft that only the coordinator sees. A kind with a template brings its aspects and options.

    `depth` may set join, contribute and follow for this matter; what it leaves out is as in the collaboration.
    """
    collaboration = collaboration_for(actor, collaboration_id, "collaboration.lead", at)
    if collaboration.state == CollaborationState.CLOSED:
        raise Refused(_("The collaboration is closed. Open the matter in one that is active."))
    fields = _facts(collaboration, locals_of(title, purpose, for_the_individual, convenience, area_id, unit))
    typed = Typed()
    chosen = typed.choice("kind", kind, MatterKind)
    fields |= _figures(typed, price_of_difference, depth or {})
    typed.finish()
    matter = _create(collaboration, at or clock.now(), kind=chosen, **fields)
    if from_template:
        _fill(matter, templates.template_of(MatterKind(kind)))
    tell_of_matter(actor, "matter_opened", matter, at, title=matter.title, kind=kind)
    return matter


def locals_of(
    title: str, purpose: str, for_the_individual: str, convenience: str, area_id: str, unit: str
) -> dict[str, str]:
    """The words of a matter by the names of its fields."""
    return {
        "title": title,
        "purpose": purpose,
        "for_the_individual": for_the_individual,
        "convenience": convenience,
        "area_id": area_id,
        "unit": unit,
    }


def _facts(collaboration: Collaboration, words: dict[str, str]) -> dict[str, Any]:
    typed = Typed()
    needed = {
        "title": _("Give the matter a title."),
        "purpose": _("Say what the matter is for."),
        "for_the_individual": _("Say what the matter does for the individual, in words that person would recognise."),
    }
    most = {"title": 160, "unit": 40}
    fields = {
        name: typed.text(name, words[name], needed=needed.get(name, ""), most=most.get(name, 10_000))
        for name in ("title", "purpose", "for_the_individual", "convenience", "unit")
    }
    area = Area.objects.filter(collaboration=collaboration, pk=words["area_id"]).first()
    if area is None:
        typed.fault("area_id", _("Choose one of the collaboration's areas."))
    typed.finish()
    if not fields["unit"]:
        del fields["unit"]
    return fields | {"area": area}


def _figures(typed: Typed, price_of_difference: int | None, depth: dict[str, str]) -> dict[str, Any]:
    price = typed.amount("price_of_difference", price_of_difference, least=0, most=MAX_AMOUNT)
    fields: dict[str, Any] = {"price_of_difference": price}
    for name in VERBS:
        value = depth.get(name, "")
        fields[name] = typed.choice(name, value, Duress) if value else ""
    return fields


def _create(collaboration: Collaboration, at: datetime, **fields: Any) -> Matter:
    Collaboration.objects.select_for_update().get(pk=collaboration.pk)
    latest = Matter.objects.filter(collaboration=collaboration).aggregate(latest=Max("number"))["latest"] or 0
    return Matter.objects.create(collaboration=collaboration, number=latest + 1, opened_at=at, **fields)


def _fill(matter: Matter, template: templates.Template) -> None:
    for order, drawn in enumerate(template.aspects):
        aspect = Aspect.objects.create(
            matter=matter,
            order=order,
            label=drawn.label,
            explanation=drawn.explanation,
            kind=drawn.kind,
            sharing=drawn.sharing,
            weight=drawn.weight,
            unit=drawn.unit,
        )
        Option.objects.bulk_create(
            Option(aspect=aspect, order=place, label=label, number=number)
            for place, (label, number) in enumerate(drawn.options)
        )


@operation("matter.lead")
def change_matter(
    *,
    actor: Actor,
    matter_id: str,
    area_id: str,
    title: str,
    purpose: str,
    for_the_individual: str,
    convenience: str = "",
    unit: str = "",
    price_of_difference: int | None = None,
    depth: dict[str, str] | None = None,
    seen: str = "",
    at: datetime | None = None,
) -> Matter:
    """Change what a draft asks and why.

    `seen` is the fingerprint of what one began from; raises `Overtaken` with what is stored now when it is another.
    """
    matter = held_draft_for(actor, matter_id, at)
    words = locals_of(title, purpose, for_the_individual, convenience, area_id, unit)
    words["unit"] = words["unit"] or matter.unit
    given = words | {"price_of_difference": price_of_difference} | {verb: (depth or {}).get(verb, "") for verb in VERBS}
    check_not_overtaken(seen, matter_values(matter), given)
    fields = _facts(matter.collaboration, words)
    typed = Typed()
    fields |= _figures(typed, price_of_difference, depth or {})
    typed.finish()
    for name, value in fields.items():
        setattr(matter, name, value)
    matter.save()
    tell_of_matter(actor, "matter_changed", matter, at, title=matter.title)
    return matter


class Named(TypedDict):
    """Something that the next turn answers: where it comes from, whose it is, what it is about and what was said."""

    source_id: str
    organisation: str
    about: str
    text: str


@operation("matter.lead")
def follow_up_turn(
    *,
    actor: Actor,
    matter_id: str,
    purpose: str = "",
    title: str = "",
    because: str = "",
    occasions: Sequence[Named] = (),
    at: datetime | None = None,
) -> Matter:
    """Open the next turn: a new draft with the same aspects, linked to the one it follows.

    `because` says why and goes to the purpose and the journal; `occasions` are what it answers, each kept by itself, so
    that the decision can say so. When it is sent out every participant begins with what it said before. If a decision
    in the earlier matter is in force, the new one replaces it.
    """
    earlier = held_matter_for(actor, matter_id, "matter.lead", at)
    if earlier.stage not in (MatterStage.IN_FORCE, MatterStage.LET_BE, MatterStage.WITHDRAWN):
        raise Refused(_("This matter is still open. A follow-up begins when it is in force or closed."))
    typed = Typed()
    words = {
        "title": typed.text("title", title or earlier.title, most=160),
        "purpose": typed.text("purpose", "\n\n".join(filter(None, [purpose.strip() or earlier.purpose, because.strip()]))),
    }
    typed.finish()
    kept = ("area", "kind", "for_the_individual", "convenience", "unit", "price_of_difference")
    fields = {name: getattr(earlier, name) for name in (*kept, *VERBS)}
    matter = _create(earlier.collaboration, at or clock.now(), previous=earlier, **fields | words)
    _copy_aspects(earlier, matter)
    Occasion.objects.bulk_create(Occasion(matter=matter, named_at=at or clock.now(), **named) for named in occasions)
    tell_of_matter(actor, "follow_up_opened", matter, at, title=matter.title, previous=earlier.pk, because=because)
    return matter


def _copy_aspects(earlier: Matter, matter: Matter) -> None:
    aspects = earlier.aspects.order_by("order", "pk").prefetch_related("options")
    _fill(matter, templates.Template(aspects=tuple(_drawn(aspect) for aspect in aspects)))


def _drawn(aspect: Aspect) -> templates.Drawn:
    options = sorted(aspect.options.all(), key=lambda option: (option.order, option.pk))
    return templates.Drawn(
        label=aspect.label,
        explanation=aspect.explanation,
        kind=AspectKind(aspect.kind),
        sharing=Sharing(aspect.sharing),
        weight=aspect.weight,
        unit=aspect.unit,
        options=tuple((option.label, option.number) for option in options),
    )
