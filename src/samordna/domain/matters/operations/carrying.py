"""Carrying over: in a next turn every participant begins with what it said before, so that it is asked for what changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TypeVar

from django.db.models import Q

from samordna.domain.matters.carried import Ids, moved, same_by_label
from samordna.domain.matters.enums import ConditionForm
from samordna.domain.matters.models import AdaptationCost, Condition, Matter, Need, Position, Practice
from samordna.domain.matters.queries.carried import living
from samordna.domain.matters.queries.subjects import subjects_of
from samordna.domain.matters.rules import Subject
from samordna.domain.matters.states import SENT_IN

WORDS = ("benefit_low", "benefit_likely", "benefit_high", "benefit_note", "note")
S = TypeVar("S", Condition, Need)


def carry_over(matter: Matter, on: date) -> int:
    """Fill the positions of a next turn with what still fits of the earlier ones; returns how many began with something.

    What was withdrawn or has run out is left behind, and so is what names an aspect or an option that is no longer there.
    The earlier matter is only read. A constant number of queries.
    """
    if matter.previous_id is None:
        return 0
    before, now = subjects_of(matter.previous_id), subjects_of(matter.pk)
    ids = same_by_label(before, now)
    pairs = _pairs(matter)
    Position.objects.bulk_update(pairs.values(), ["carried_from", *WORDS])
    _copy_choices(pairs, ids)
    _copy_statements(matter, pairs, ids, now, on)
    return len(pairs)


def _pairs(matter: Matter) -> dict[str, Position]:
    """Old position id → new position, for everybody who answered before; with what needs no translation filled in."""
    fresh = {position.organisation_id: position for position in matter.positions.filter(carried_from__isnull=True)}
    found = {}
    for old in Position.objects.filter(
        matter_id=matter.previous_id, organisation_id__in=list(fresh), state__in=sorted(SENT_IN)
    ):
        position = fresh[old.organisation_id]
        position.carried_from = old
        for name in WORDS:
            setattr(position, name, getattr(old, name))
        found[old.pk] = position
    return found


def _copy_choices(pairs: Mapping[str, Position], ids: Ids) -> None:
    Practice.objects.bulk_create(
        Practice(position=pairs[old.position_id], aspect_id=ids[old.aspect_id], option_id=ids[old.option_id])
        for old in Practice.objects.filter(position__in=list(pairs))
        if old.aspect_id in ids and old.option_id in ids
    )
    AdaptationCost.objects.bulk_create(
        AdaptationCost(
            position=pairs[old.position_id], option_id=ids[old.option_id], low=old.low, likely=old.likely, high=old.high
        )
        for old in AdaptationCost.objects.filter(position__in=list(pairs))
        if old.option_id in ids
    )


def _copy_statements(matter: Matter, pairs: Mapping[str, Position], ids: Ids, now: Mapping[str, Subject], on: date) -> None:
    whose = Q(position__in=list(pairs)) | Q(position__isnull=True, matter_id=matter.previous_id)
    needs = Need.objects.filter(whose, withdrawn_at__isnull=True)
    Need.objects.bulk_create(_moved(needs, matter, pairs, ids, now))
    conditions = living(Condition.objects.filter(whose), on)
    Condition.objects.bulk_create(_moved(conditions, matter, pairs, ids, now))


def _moved(
    stated: Iterable[S], matter: Matter, pairs: Mapping[str, Position], ids: Ids, now: Mapping[str, Subject]
) -> Iterable[S]:
    """Copies over the new aspects of what fits them, with who stated it and when as it was."""
    for old in stated:
        prose = getattr(old, "form", "") == ConditionForm.PROSE
        rule = None if prose else moved(old.rule or {}, ids, now)
        if rule is None and not prose:
            continue
        kept = {field.attname: getattr(old, field.attname) for field in old._meta.concrete_fields}
        del kept["id"]
        position = pairs[old.position_id].pk if old.position_id else None
        yield type(old)(**kept | {"matter_id": matter.pk, "position_id": position, "rule": rule})
