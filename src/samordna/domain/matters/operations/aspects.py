"""What a draft asks: adding, changing and removing aspects with their options."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import pgettext as _p

from samordna.core.actor import Actor
from samordna.core.operation import operation
from samordna.core.overtaking import check_not_overtaken
from samordna.domain.matters.enums import AspectKind, Sharing
from samordna.domain.matters.limits import MAX_AMOUNT, MAX_OPTIONS, MAX_WEIGHT, check_aspects, check_options
from samordna.domain.matters.models import Aspect, Matter, Option
from samordna.domain.matters.operations.held import held_aspect_for, held_draft_for
from samordna.domain.matters.operations.telling import tell
from samordna.domain.matters.queries.drafts import values_of
from samordna.domain.matters.typed import Typed

Options = list[tuple[str, int | None]]


@operation("matter.lead")
def add_aspect(
    *,
    actor: Actor,
    matter_id: str,
    label: str,
    kind: str,
    options: Sequence[str] = (),
    lowest: int | None = None,
    highest: int | None = None,
    step: int = 1,
    sharing: str = Sharing.FRAMED,
    weight: int = 1,
    unit: str = "",
    explanation: str = "",
    at: datetime | None = None,
) -> Aspect:
    """Add an aspect to a draft. Choices name their options; a whole number has lowest, highest and step."""
    matter = held_draft_for(actor, matter_id, at)
    check_aspects(matter.aspects.count() + 1)
    fields = _fields(matter, None, label, kind, sharing, weight, unit, explanation)
    made = _options(fields["kind"], options, (lowest, highest, step))
    order = matter.aspects.aggregate(latest=Max("order"))["latest"]
    aspect = Aspect.objects.create(matter=matter, order=0 if order is None else order + 1, **fields)
    _set_options(aspect, made)
    _tell(actor, "aspect_added", aspect, at)
    return aspect


@operation("matter.lead")
def change_aspect(
    *,
    actor: Actor,
    aspect_id: str,
    label: str,
    kind: str,
    options: Sequence[str] = (),
    lowest: int | None = None,
    highest: int | None = None,
    step: int = 1,
    sharing: str = Sharing.FRAMED,
    weight: int = 1,
    unit: str = "",
    explanation: str = "",
    seen: str = "",
    at: datetime | None = None,
) -> Aspect:
    """Change an aspect of a draft; options that keep their label keep their identity.

    `seen` is the fingerprint of what one began from; raises `Overtaken` with what is stored now when it is another.
    """
    aspect = held_aspect_for(actor, aspect_id, at)
    words = {"label": label, "explanation": explanation, "kind": kind, "unit": unit, "sharing": sharing, "weight": weight}
    scale = {"lowest": lowest, "highest": highest, "step": step}
    given = words | (scale if kind == AspectKind.RANGE else {"options": "\n".join(options)})
    check_not_overtaken(seen, values_of(aspect), given if kind != AspectKind.YES_NO else words)
    fields = _fields(aspect.matter, aspect, label, kind, sharing, weight, unit, explanation)
    made = _options(fields["kind"], options, (lowest, highest, step))
    for name, value in fields.items():
        setattr(aspect, name, value)
    aspect.save()
    _set_options(aspect, made)
    _tell(actor, "aspect_changed", aspect, at)
    return aspect


@operation("matter.lead")
def remove_aspect(*, actor: Actor, aspect_id: str, at: datetime | None = None) -> None:
    """Take an aspect out of a draft."""
    aspect = held_aspect_for(actor, aspect_id, at)
    _tell(actor, "aspect_removed", aspect, at)
    aspect.options.all().delete()
    aspect.delete()


@operation("matter.lead")
def move_aspect(*, actor: Actor, aspect_id: str, earlier: bool, at: datetime | None = None) -> Aspect:
    """Move an aspect of a draft one place up or down in the order in which it is asked."""
    aspect = held_aspect_for(actor, aspect_id, at)
    row = list(aspect.matter.aspects.order_by("order", "pk"))
    place = [other.pk for other in row].index(aspect.pk)
    row.insert(max(0, place - 1) if earlier else place + 1, row.pop(place))
    for order, other in enumerate(row):
        other.order = order
    Aspect.objects.bulk_update(row, ["order"])
    _tell(actor, "aspect_moved", aspect, at)
    return aspect


def _fields(
    matter: Matter, aspect: Aspect | None, label: str, kind: str, sharing: str, weight: int, unit: str, explanation: str
) -> dict[str, Any]:
    typed = Typed()
    fields: dict[str, Any] = {
        "label": typed.text("label", label, needed=_("Say what has to be settled."), most=80),
        "explanation": typed.text("explanation", explanation),
        "unit": typed.text("unit", unit, most=20),
        "kind": typed.choice("kind", kind, AspectKind),
        "sharing": typed.choice("sharing", sharing, Sharing),
        "weight": typed.amount("weight", weight, least=1, most=MAX_WEIGHT),
    }
    same = matter.aspects.filter(label=fields["label"])
    if (same.exclude(pk=aspect.pk) if aspect else same).exists():
        typed.fault("label", _("There is already an aspect with this label."))
    typed.finish()
    return fields


def _options(kind: AspectKind, labels: Sequence[str], scale: tuple[int | None, int | None, int]) -> Options:
    match kind:
        case AspectKind.YES_NO:
            return [(_p("option", "yes"), None), (_p("option", "no"), None)]
        case AspectKind.RANGE:
            return [(str(number), number) for number in _numbers(*scale)]
        case AspectKind.CHOICE | AspectKind.ORDERED:
            named = _labels(labels)
            return [(label, order if kind is AspectKind.ORDERED else None) for order, label in enumerate(named)]


def _labels(labels: Sequence[str]) -> list[str]:
    typed = Typed()
    named = [label.strip() for label in labels if label.strip()]
    check_options(len(named))
    if len(named) < 2:
        typed.fault("options", _("Name at least two options, one on each line."))
    if len(set(named)) < len(named):
        twice = next(label for label in named if named.count(label) > 1)
        typed.fault("options", _("“%(option)s” stands there twice.") % {"option": twice})
    for label in named:
        typed.text("options", label, most=80)
    typed.finish()
    return named


def _numbers(lowest: int | None, highest: int | None, step: int) -> range:
    typed = Typed()
    for name, bound in (("lowest", lowest), ("highest", highest)):
        if bound is None:
            typed.fault(name, _("Write a whole number."))
        typed.amount(name, bound)
    typed.amount("step", step, least=1, most=MAX_AMOUNT)
    if lowest is not None and highest is not None and lowest >= highest:
        typed.fault("highest", _("The highest must be more than the lowest."))
    elif lowest is not None and highest is not None and step > highest - lowest:
        typed.fault("step", _("The step is longer than from the lowest to the highest, so there would be one number."))
    typed.finish()
    numbers = range(lowest or 0, (highest or 0) + 1, step)
    if len(numbers) > MAX_OPTIONS:
        check_options(len(numbers))
    return numbers


def _set_options(aspect: Aspect, made: Options) -> None:
    """Keep what has the same label, remove the rest, add what is new."""
    kept = {option.label: option for option in aspect.options.all()}
    aspect.options.exclude(label__in=[label for label, _number in made]).delete()
    for order, (label, number) in enumerate(made):
        option = kept.get(label) or Option(aspect=aspect, label=label)
        option.order, option.number = order, number
        option.save()


def _tell(actor: Actor, action: str, aspect: Aspect, at: datetime | None) -> None:
    options = [option.label for option in aspect.options.order_by("order", "pk")]
    content = {"label": aspect.label, "kind": str(aspect.kind), "sharing": str(aspect.sharing), "options": options}
    tell(actor, action, "aspect", aspect.pk, aspect.matter, at, **content)
