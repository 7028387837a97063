"""Chains met from elsewhere: those that began from a thing, and those in which a thing is changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from django.db.models import F, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.domain.adherence.models import Experience
from samordna.domain.change.access import visible_chains
from samordna.domain.change.enums import MeasureKind, StartKind, TargetKind
from samordna.domain.change.models import Change, Turn
from samordna.domain.change.phrases import side_name
from samordna.domain.followup.models import Indicator, Result

M = TypeVar("M", Turn, Change)
MOST = 50  # chains that a page shows beside each thing


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """A chain as another page shows it. `what`: what was changed, or what it began from."""

    id: str
    title: str
    owner: str
    what: str
    on: date
    open: bool
    thing_id: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """`began`: chains that began here. `changed`: changes that are made here, or whose help is seen here."""

    began: tuple[Linked, ...] = ()
    changed: tuple[Linked, ...] = ()

    def at(self, key: str) -> tuple[Linked, ...]:
        """The chains that began from one place in the thing."""
        return tuple(one for one in self.began if one.key == key)


def of_result(actor: Actor, result_id: str, at: datetime) -> Links:
    """What a result led to."""
    return Links(began=_began(actor, Q(kind=StartKind.RESULT, thing_id=result_id), at))


def of_indicator(actor: Actor, indicator_id: str, at: datetime) -> Links:
    """What an indicator and its results led to, and the changes that it shows the effect of."""
    return _of_indicators(actor, Indicator.objects.filter(pk=indicator_id).values_list("pk", flat=True), Q(), at)


def of_goal(actor: Actor, line: Iterable[str], at: datetime) -> Links:
    """What the measuring of a goal led to, and what was changed in it. `line`: the rows of its chain of revisions."""
    rows = list(line)
    changed = Q(target_kind=TargetKind.GOAL, target_id__in=rows)
    return _of_indicators(actor, Indicator.objects.filter(goal_id__in=rows).values_list("pk", flat=True), changed, at)


def _of_indicators(actor: Actor, indicators: Iterable[str], changed: Q, at: datetime) -> Links:
    ids = list(indicators)
    results = Result.objects.filter(indicator_id__in=ids).order_by().values("pk")
    starts = Q(kind=StartKind.INDICATOR, thing_id__in=ids) | Q(kind=StartKind.RESULT, thing_id__in=results)
    seen = Q(measure_kind=MeasureKind.INDICATOR, measure_id__in=ids)
    return Links(began=_began(actor, starts, at), changed=_changed(actor, changed | seen, at))


def of_wave(actor: Actor, wave_id: str, at: datetime) -> Links:
    """What the gaps of a wave led to."""
    return Links(began=_began(actor, Q(kind=StartKind.GAP, thing_id=wave_id), at))


def of_feedback(actor: Actor, feedback_ids: Iterable[str], at: datetime) -> Links:
    """What feedback led to."""
    return Links(began=_began(actor, Q(kind=StartKind.FEEDBACK, thing_id__in=list(feedback_ids)), at))


def of_decision(actor: Actor, decision_id: str, at: datetime) -> Links:
    """What the experiences of a decision led to, and what was changed in it."""
    told = Experience.objects.filter(version__decision_id=decision_id).order_by().values("pk")
    starts = Q(kind=StartKind.EXPERIENCE, thing_id__in=told)
    changed = Q(target_kind=TargetKind.DECISION, target_id=decision_id)
    return Links(began=_began(actor, starts, at), changed=_changed(actor, changed, at))


def of_target(actor: Actor, kind: str, thing_id: str, at: datetime) -> Links:
    """What was changed in an agreement, a matter or an entry of a toolbox."""
    return Links(changed=_changed(actor, Q(target_kind=kind, target_id=thing_id), at))


def _began(actor: Actor, starts: Q, at: datetime) -> tuple[Linked, ...]:
    seen = visible_chains(actor, at).values("pk")
    turns = Turn.objects.filter(starts, chain__in=seen).select_related("chain__organisation")
    rows = _latest(turns, "kind", "thing_id", day="begun_at")
    return tuple(
        Linked(
            id=turn.chain_id,
            title=turn.chain.title,
            owner=_owner(turn),
            what=turn.get_kind_display(),
            on=clock.day(turn.begun_at),
            open=turn.chain.closed_at is None,
            thing_id=turn.thing_id,
            key=turn.key,
        )
        for turn in rows
    )


def _latest(rows: QuerySet[M], *thing: str, day: str) -> QuerySet[M]:
    """The latest of each thing: many at one thing hide none at another."""
    latest = (F(day).desc(), "pk")
    number = Window(RowNumber(), partition_by=[F(name) for name in thing], order_by=latest)
    return rows.annotate(number_of_thing=number).filter(number_of_thing__lte=MOST).order_by(*latest)


def _owner(turn: Turn) -> str:
    chain = turn.chain
    return side_name(chain.organisation_id, {chain.organisation.pk: chain.organisation.name} if chain.organisation else {})


def _changed(actor: Actor, made: Q, at: datetime) -> tuple[Linked, ...]:
    seen = visible_chains(actor, at).values("pk")
    changes = Change.objects.filter(made, need__turn__chain__in=seen).exclude(closed_at__isnull=False, done=False)
    changes = changes.select_related("need__turn__chain__organisation")
    rows = _latest(changes, "target_kind", "target_id", day="planned_at")
    return tuple(
        Linked(
            id=change.need.turn.chain_id,
            title=change.need.turn.chain.title,
            owner=_owner(change.need.turn),
            what=change.what,
            on=change.by,
            open=change.closed_at is None,
            thing_id=change.target_id,
        )
        for change in rows
    )
