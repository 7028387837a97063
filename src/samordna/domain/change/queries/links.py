"""Chains met from elsewhere: those that began from a thing, and those in which a thing is changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol, TypeVar

from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils.text import Truncator

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Absent
from samordna.domain.adherence.access import experience_for
from samordna.domain.adherence.models import Experience
from samordna.domain.assessments.access import feedback_for, wave_for
from samordna.domain.change.access import visible_chains
from samordna.domain.change.enums import MeasureKind, StartKind, TargetKind
from samordna.domain.change.models import Chain, Change, Raised, Turn
from samordna.domain.change.phrases import side_name
from samordna.domain.change.queries.targets import named
from samordna.domain.decisions.access import decision_for
from samordna.domain.decisions.models import Decision
from samordna.domain.followup.access import indicator_for, result_for, visible_goals
from samordna.domain.followup.models import Indicator, Result
from samordna.domain.followup.queries.frames import heirs


class _Known(Protocol):
    @property
    def id(self) -> str: ...


M = TypeVar("M", Turn, Change, Raised)
T = TypeVar("T", bound=_Known)
MOST = 50  # chains that a page shows beside each thing


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """A chain as another page shows it. `what`: what was changed, or what it began from. `of_thing`: how many began from
    the same thing."""

    id: str
    title: str
    owner: str
    what: str
    on: date
    open: bool
    thing_id: str = ""
    kind: str = ""
    key: str = ""
    of_thing: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Touching:
    """Which turns begin from something, which changes are made in it or seen by it, and which needs it was raised of."""

    starts: Q | None = None
    made: Q | None = None
    raised: Q | None = None

    def chains(self, seen: QuerySet[Chain]) -> QuerySet[Chain]:
        """Those of these chains that touch it."""
        found = Q(pk__in=[])
        if self.starts is not None:
            found |= Q(pk__in=Turn.objects.filter(self.starts).values("chain"))
        if self.made is not None:
            found |= Q(pk__in=Change.objects.filter(self.made & MADE).values("need__turn__chain"))
        if self.raised is not None:
            found |= Q(pk__in=Raised.objects.filter(self.raised).values("need__turn__chain"))
        return seen.filter(found)


MADE = ~Q(closed_at__isnull=False, done=False)
"""Changes that were not dropped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """`began`: chains that began here. `changed`: changes that are made here, or whose help is seen here. `raised`: change
    needs because of which this was raised. `of_all`: how many there are of each; only the latest at each thing are here.
    `about`: as what the board is narrowed to all of them, "" where it is not about one thing.
    """

    began: tuple[Linked, ...] = ()
    changed: tuple[Linked, ...] = ()
    raised: tuple[Linked, ...] = ()
    of_all: int = 0
    about: str = ""

    @property
    def shown(self) -> int:
        """How many of them are here."""
        return len(self.began) + len(self.changed) + len(self.raised)

    def of(self, kind: str, thing_id: str) -> Links:
        """What one thing led to, among those that the page is about, as a whole. `of_all` counts what began from a place in
        it too, since the board that `about` narrows shows those."""
        there = [one for one in self.began if one.thing_id == thing_id]
        of_kind = {one.kind: one.of_thing for one in there}
        began = tuple(one for one in there if not one.key)
        return Links(began=began, of_all=sum(of_kind.values()), about=f"{kind}:{thing_id}")

    def beside(self, kind: str, rows: Iterable[T]) -> list[tuple[T, Links]]:
        """These rows of a page, each with what it led to."""
        return [(row, self.of(kind, row.id)) for row in rows]

    def at(self, key: str) -> tuple[Linked, ...]:
        """The chains that began from one place in the thing."""
        return tuple(one for one in self.began if one.key == key)


def of_result(actor: Actor, result_id: str, at: datetime) -> Links:
    """What a result led to."""
    return _links(actor, _by_result(result_id), f"{StartKind.RESULT}:{result_id}", at)


def of_indicator(actor: Actor, indicator_id: str, at: datetime) -> Links:
    """What an indicator and its results led to, and the changes that it shows the effect of."""
    return _links(actor, _by_indicator(indicator_id), f"{StartKind.INDICATOR}:{indicator_id}", at)


def of_goal(actor: Actor, line: Iterable[str], at: datetime) -> Links:
    """What the measuring of a goal led to, and what was changed in it. `line`: the rows of its chain of revisions."""
    rows = list(line)
    return _links(actor, _by_goals(rows), f"{TargetKind.GOAL}:{rows[-1] if rows else ''}", at)


def of_wave(actor: Actor, wave_id: str, at: datetime) -> Links:
    """What a wave led to, and the gaps in it."""
    return _links(actor, _by_wave(wave_id), f"{WAVE}:{wave_id}", at)


def of_feedback(actor: Actor, feedback_ids: Iterable[str], at: datetime) -> Links:
    """What feedback led to."""
    return _links(actor, Touching(starts=Q(kind=StartKind.FEEDBACK, thing_id__in=list(feedback_ids))), "", at)


def of_decision(actor: Actor, decision_id: str, at: datetime) -> Links:
    """What experiences of a decision and how it is followed led to, what was changed in it, and why it was raised."""
    return _links(actor, _by_decision(decision_id), f"{TargetKind.DECISION}:{decision_id}", at)


def of_target(actor: Actor, kind: str, thing_id: str, at: datetime) -> Links:
    """What was changed in an agreement, a matter or an entry of a toolbox, and why it was raised."""
    return _links(actor, _by_target(kind, thing_id), f"{kind}:{thing_id}", at)


def touching(actor: Actor, about: str, at: datetime) -> tuple[str, Touching]:
    """What `about` names, with what touches it, for whoever may read it. Raises `Absent` for all others."""
    kind, _colon, thing_id = about.partition(":")
    if kind not in ABOUT:
        raise Absent
    return ABOUT[kind](actor, thing_id, at)


def _of_result(actor: Actor, result_id: str, at: datetime) -> tuple[str, Touching]:
    found = result_for(actor, result_id, at)
    return found.indicator.name, _by_result(result_id)


def _of_indicator(actor: Actor, indicator_id: str, at: datetime) -> tuple[str, Touching]:
    return indicator_for(actor, indicator_id, at=at).name, _by_indicator(indicator_id)


def _of_goal(actor: Actor, goal_id: str, at: datetime) -> tuple[str, Touching]:
    goal = visible_goals(actor, at).filter(pk=goal_id).select_related("collaboration").first()
    if goal is None:
        raise Absent
    now = heirs(goal.collaboration)
    return goal.what, _by_goals([pk for pk, heir in now.items() if heir.pk == now[goal.pk].pk])


def _of_wave(actor: Actor, wave_id: str, at: datetime) -> tuple[str, Touching]:
    return str(wave_for(actor, wave_id, at=at)), _by_wave(wave_id)


def _of_decision(actor: Actor, decision_id: str, at: datetime) -> tuple[str, Touching]:
    return decision_for(actor, decision_id, at=at).matter.title, _by_decision(decision_id)


def _of_following(actor: Actor, decision_id: str, at: datetime) -> tuple[str, Touching]:
    title = decision_for(actor, decision_id, at=at).matter.title
    return title, Touching(starts=Q(kind=StartKind.FOLLOWING, thing_id=decision_id))


def _of_experience(actor: Actor, experience_id: str, at: datetime) -> tuple[str, Touching]:
    told = experience_for(actor, experience_id, at=at)
    return _shortly(told.text), Touching(starts=Q(kind=StartKind.EXPERIENCE, thing_id=experience_id))


def _of_feedback(actor: Actor, feedback_id: str, at: datetime) -> tuple[str, Touching]:
    given = feedback_for(actor, feedback_id, at=at)
    return _shortly(given.text), Touching(starts=Q(kind=StartKind.FEEDBACK, thing_id=feedback_id))


def _shortly(text: str) -> str:
    return Truncator(" ".join(text.split())).chars(80)


def _of_thing(kind: TargetKind) -> Callable[[Actor, str, datetime], tuple[str, Touching]]:
    def find(actor: Actor, thing_id: str, at: datetime) -> tuple[str, Touching]:
        found = named(actor, [(str(kind), thing_id)], at).get((str(kind), thing_id))
        if found is None:
            raise Absent
        return found.title, _by_target(kind, thing_id)

    return find


WAVE = "wave"
ABOUT: Mapping[str, Callable[[Actor, str, datetime], tuple[str, Touching]]] = {
    StartKind.RESULT: _of_result,
    StartKind.INDICATOR: _of_indicator,
    WAVE: _of_wave,
    StartKind.FEEDBACK: _of_feedback,
    StartKind.EXPERIENCE: _of_experience,
    StartKind.FOLLOWING: _of_following,
    TargetKind.GOAL: _of_goal,
    TargetKind.DECISION: _of_decision,
    **{str(kind): _of_thing(kind) for kind in (TargetKind.AGREEMENT, TargetKind.MATTER, TargetKind.SERVICE)},
}


def _by_result(result_id: str) -> Touching:
    return Touching(starts=Q(kind=StartKind.RESULT, thing_id=result_id))


def _by_indicator(indicator_id: str) -> Touching:
    return _by_indicators([indicator_id])


def _by_goals(rows: list[str]) -> Touching:
    ids = list(Indicator.objects.filter(goal_id__in=rows).values_list("pk", flat=True))
    return _by_indicators(ids, Q(target_kind=TargetKind.GOAL, target_id__in=rows))


def _by_indicators(ids: list[str], changed: Q | None = None) -> Touching:
    results = Result.objects.filter(indicator_id__in=ids).order_by().values("pk")
    starts = Q(kind=StartKind.INDICATOR, thing_id__in=ids) | Q(kind=StartKind.RESULT, thing_id__in=results)
    seen = Q(measure_kind=MeasureKind.INDICATOR, measure_id__in=ids)
    return Touching(starts=starts, made=seen if changed is None else changed | seen)


def _by_wave(wave_id: str) -> Touching:
    return Touching(starts=Q(kind__in=[StartKind.WAVE, StartKind.GAP], thing_id=wave_id))


def _by_decision(decision_id: str) -> Touching:
    told = Experience.objects.filter(version__decision_id=decision_id).order_by().values("pk")
    matter = Decision.objects.filter(pk=decision_id).values("matter")
    return Touching(
        starts=Q(kind=StartKind.EXPERIENCE, thing_id__in=told) | Q(kind=StartKind.FOLLOWING, thing_id=decision_id),
        made=Q(target_kind=TargetKind.DECISION, target_id=decision_id),
        raised=Q(kind=TargetKind.MATTER, thing_id__in=matter),
    )


def _by_target(kind: str, thing_id: str) -> Touching:
    raised = Q(kind=kind, thing_id=thing_id) if kind in (TargetKind.MATTER, TargetKind.AGREEMENT) else None
    return Touching(made=Q(target_kind=kind, target_id=thing_id), raised=raised)


def _links(actor: Actor, what: Touching, about: str, at: datetime) -> Links:
    """The latest of each, a question for each sort that is asked for, with how many there are of all."""
    seen = visible_chains(actor, at).values("pk")
    turns, changes, raised = Turn.objects.none(), Change.objects.none(), Raised.objects.none()
    if what.starts is not None:
        found = Turn.objects.filter(what.starts, chain__in=seen).select_related("chain__organisation")
        turns = _latest(found, "kind", "thing_id", day="begun_at")
    if what.made is not None:
        made = Change.objects.filter(what.made & MADE, need__turn__chain__in=seen)
        made = made.select_related("need__turn__chain__organisation")
        changes = _latest(made, "target_kind", "target_id", day="planned_at")
    if what.raised is not None:
        because = Raised.objects.filter(what.raised, need__turn__chain__in=seen)
        because = because.select_related("need__turn__chain__organisation")
        raised = _latest(because, "kind", "thing_id", day="raised_at")
    rows = (list(turns), list(changes), list(raised))
    return Links(
        began=tuple(_began(turn) for turn in rows[0]),
        changed=tuple(_changed(change) for change in rows[1]),
        raised=tuple(_raised(one) for one in rows[2]),
        of_all=_counted(rows[0]) + _counted(rows[1], "target_kind", "target_id") + _counted(rows[2]),
        about=about,
    )


def _latest(rows: QuerySet[M], *thing: str, day: str) -> QuerySet[M]:
    """The latest of each thing, with how many there are of it: many at one thing hide none at another."""
    latest, which = (F(day).desc(), "pk"), [F(name) for name in thing]
    number = Window(RowNumber(), partition_by=which, order_by=latest)
    rows = rows.annotate(number_of_thing=number, of_thing=Window(Count("pk"), partition_by=which))
    return rows.filter(number_of_thing__lte=MOST).order_by(*latest)


def _counted(rows: Iterable[Any], kind: str = "kind", thing: str = "thing_id") -> int:
    return sum({(getattr(one, kind), getattr(one, thing)): int(one.of_thing) for one in rows}.values())


def _owner(turn: Turn) -> str:
    chain = turn.chain
    return side_name(chain.organisation_id, {chain.organisation.pk: chain.organisation.name} if chain.organisation else {})


def _began(turn: Turn) -> Linked:
    return Linked(
        id=turn.chain_id,
        title=turn.chain.title,
        owner=_owner(turn),
        what=turn.get_kind_display(),
        on=clock.day(turn.begun_at),
        open=turn.chain.closed_at is None,
        thing_id=turn.thing_id,
        kind=turn.kind,
        key=turn.key,
        of_thing=int(getattr(turn, "of_thing", 0)),
    )


def _changed(change: Change) -> Linked:
    return Linked(
        id=change.need.turn.chain_id,
        title=change.need.turn.chain.title,
        owner=_owner(change.need.turn),
        what=change.what,
        on=change.by,
        open=change.closed_at is None,
        thing_id=change.target_id,
    )


def _raised(one: Raised) -> Linked:
    return Linked(
        id=one.need.turn.chain_id,
        title=one.need.turn.chain.title,
        owner=_owner(one.need.turn),
        what=one.need.text,
        on=clock.day(one.raised_at),
        open=one.need.turn.chain.closed_at is None,
        thing_id=one.thing_id,
    )
