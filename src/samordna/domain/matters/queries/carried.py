"""What has changed since the turn before, for a participant whose old answer is there to be confirmed or changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from samordna.domain.matters.carried import moved, same_by_label
from samordna.domain.matters.enums import ConditionForm
from samordna.domain.matters.models import Condition, Matter, Position
from samordna.domain.matters.phrases import sentence_of
from samordna.domain.matters.queries.subjects import subjects_of
from samordna.domain.matters.rules import Subject


@dataclass(frozen=True, slots=True, kw_only=True)
class Answering:
    """Something that the new turn answers, as it was told."""

    organisation: str
    about: str
    text: str


def answering_of(matter: Matter) -> tuple[Answering, ...]:
    """What the matter answers of what was told about the decision before it; one query."""
    return tuple(Answering(organisation=one.organisation, about=one.about, text=one.text) for one in matter.occasions.all())


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """What differs from the turn before. `lost` are the participant's own conditions that no longer fit."""

    title: str
    answering: tuple[Answering, ...]
    new_aspects: tuple[str, ...]
    gone_aspects: tuple[str, ...]
    other_options: tuple[str, ...]
    lost: tuple[str, ...]

    @property
    def asks_anew(self) -> bool:
        """Is there anything that the old answer cannot say?"""
        return bool(self.new_aspects or self.other_options or self.lost)


def living(conditions: QuerySet[Condition], on: date) -> QuerySet[Condition]:
    """Those that hold on this day."""
    return conditions.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on), withdrawn_at__isnull=True)


def carried_of(position: Position, now: Mapping[str, Subject], on: date) -> Carried | None:
    """What has changed for a position that began with an old answer; None for one that did not. Four queries."""
    old = position.carried_from
    if old is None:
        return None
    before = subjects_of(old.matter_id)
    ids = same_by_label(before, now)
    kept = set(ids.values())
    return Carried(
        title=old.matter.title,
        answering=answering_of(position.matter),
        new_aspects=tuple(subject.label for subject in now.values() if subject.id not in kept),
        gone_aspects=tuple(subject.label for subject in before.values() if subject.id not in ids),
        other_options=tuple(now[new].label for aspect, new in ids.items() if _differs(before.get(aspect), now.get(new))),
        lost=tuple(_lost(old, before, ids, now, on)),
    )


def _differs(before: Subject | None, now: Subject | None) -> bool:
    if before is None or now is None:
        return False
    return [option.label for option in before.options] != [option.label for option in now.options]


def _lost(
    old: Position, before: Mapping[str, Subject], ids: Mapping[str, str], now: Mapping[str, Subject], on: date
) -> list[str]:
    stated = living(Condition.objects.filter(position=old), on).exclude(form=ConditionForm.PROSE)
    return [sentence_of(one.rule, before) for one in stated if moved(one.rule or {}, ids, now) is None]
