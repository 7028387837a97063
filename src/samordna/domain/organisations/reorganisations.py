"""Reorganisations as pages and the API show them: whom they concern, what they touch, and what became of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.refusals import refusal_of
from samordna.domain.organisations.access import check_may_call_off, reorganisation_for, visible_reorganisations
from samordna.domain.organisations.carrying import KINDS, Kind, Touched
from samordna.domain.organisations.enums import Outcome, ReorganisationKind, SidePart
from samordna.domain.organisations.models import Carried, Reorganisation, Side
from samordna.domain.organisations.orphans import orphans
from samordna.domain.organisations.placing import STILL, Plan, choices_for
from samordna.domain.organisations.planning import counted_for, fingerprint_of, found_in, plan_of, told_as


@dataclass(frozen=True, slots=True, kw_only=True)
class SideRow:
    """An organisation that it concerns. `begins`, `ceases`, `lives_on`: with this. `agreed`: it need not be asked."""

    id: str
    part: str
    organisation_id: str
    name: str
    in_law: bool
    begins: bool
    agreed: bool
    mine: bool
    ceases: bool = False
    lives_on: bool = False

    @property
    def counted(self) -> bool:
        """Is what it has counted for the reader?"""
        return self.mine or self.agreed


@dataclass(frozen=True, slots=True, kw_only=True)
class ReorganisationRow:
    """A reorganisation in a list. `state`: planned, late, carried_out or called_off."""

    id: str
    kind: str
    kind_label: str
    happens_on: date
    took_effect: date | None
    state: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class KindRow:
    """Everything of one kind: how many, how many of each outcome, and whether somebody has to say where they go."""

    kind: str
    label: str
    count: int
    outcomes: tuple[tuple[str, str, int], ...]
    unplaced: int
    mine: int
    choosable: bool
    choice: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedRow:
    """What a successor is asked whether it takes over. `open`: it has not answered. `mine`: it is the actor's to answer."""

    id: str
    label: str
    title: str
    place: str
    of: str
    to: str
    open: bool
    takes_over: bool | None
    mine: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReorganisationPage:
    """A reorganisation: a plan with what it touches, or what has been carried out with what became of it.

    `kinds` counts what the reader may be told of (`planning.counted_for`); `uncounted`: whose things are not counted, for
    they have not agreed. `to_place`: others who have something to place. `refusal`, `agreeing`, `calling_off`: why the
    reader may not place, agree or call off. `seen`: the fingerprint of the plan, to be handed back by whoever agrees.
    """

    row: ReorganisationRow
    ground: str
    new_name: str
    new_parent: str
    sides: tuple[SideRow, ...]
    kinds: tuple[KindRow, ...]
    asked: tuple[AskedRow, ...]
    called_off_reason: str
    undoes_id: str
    undone_by_id: str
    refusal: str
    agreeing: str
    calling_off: str
    day_has_come: bool
    mine_to_agree: bool
    left_behind: int
    to_place: tuple[str, ...] = ()
    uncounted: tuple[str, ...] = ()
    seen: str = ""

    @property
    def open(self) -> bool:
        """Is it still a plan?"""
        return self.row.state in ("planned", "late")

    @property
    def unplaced(self) -> int:
        """How many things nobody has said where they go."""
        return sum(kind.unplaced for kind in self.kinds)

    @property
    def touched(self) -> int:
        """How many things it touches."""
        return sum(kind.count for kind in self.kinds)

    @property
    def carrying(self) -> str:
        """Why the reader cannot carry it out now; "" when it can."""
        waiting = self.unplaced or self.to_place or self.waited_for
        return self.agreeing or (_("First everything has to have a place, and everybody has to agree.") if waiting else "")

    @property
    def waited_for(self) -> tuple[str, ...]:
        """The organisations that have not agreed."""
        return tuple(dict.fromkeys(side.name for side in self.sides if not side.agreed))


def reorganisations(actor: Actor, at: datetime) -> tuple[ReorganisationRow, ...]:
    """The reorganisations that concern the actor's organisation, those to come first; three queries."""
    found = visible_reorganisations(actor, at).prefetch_related("sides")
    rows = [row_of(each, clock.day(at)) for each in found.order_by("-happens_on", "pk")]
    return tuple(sorted(rows, key=lambda row: row.state not in ("planned", "late")))


def planned_for(actor: Actor, organisation_id: str, at: datetime) -> tuple[ReorganisationRow, ...]:
    """What is planned for an organisation, of what the actor may read; two queries."""
    open_ones = visible_reorganisations(actor, at).filter(carried_out_at__isnull=True, called_off_at__isnull=True)
    found = open_ones.filter(sides__organisation_id=organisation_id).distinct().prefetch_related("sides")
    return tuple(row_of(each, clock.day(at)) for each in found.order_by("happens_on", "pk"))


def reorganisation_page(actor: Actor, reorganisation_id: str, at: datetime) -> ReorganisationPage:
    """One reorganisation; as many queries as there are kinds, and a few."""
    found = reorganisation_for(actor, reorganisation_id, at=at)
    on, sides = clock.day(at), _sides(found, actor)
    kinds, to_place = _planned_kinds(found, actor) if found.open else (_carried_kinds(found, actor), ())
    undone = found.undone_by.filter(called_off_at__isnull=True).values_list("pk", flat=True).first()
    return ReorganisationPage(
        row=row_of(found, on),
        ground=found.ground,
        new_name=found.new_name,
        new_parent=found.new_parent.name if found.new_parent else "",
        sides=tuple(sides),
        kinds=kinds,
        asked=_asked(found, actor),
        called_off_reason=found.called_off_reason,
        undoes_id=found.undoes_id or "",
        undone_by_id=undone or "",
        refusal=refusal_of(reorganisation_for, actor, reorganisation_id, "reorganisation.plan", at),
        agreeing=refusal_of(reorganisation_for, actor, reorganisation_id, "reorganisation.agree", at),
        calling_off=refusal_of(check_may_call_off, actor, found, at),
        day_has_come=found.happens_on <= on,
        mine_to_agree=any(side.mine and not side.agreed for side in sides),
        to_place=to_place,
        uncounted=tuple(side.name for side in sides if found.open and (side.ceases or side.lives_on) and not side.counted),
        seen=fingerprint_of(found) if found.open else "",
        left_behind=0 if found.open else len(orphans(on, [s.organisation_id for s in sides if s.organisation_id])),
    )


def row_of(found: Reorganisation, on: date) -> ReorganisationRow:
    """The reorganisation as a row of a list; its sides should be prefetched."""
    late = "late" if found.happens_on < on else "planned"
    state = "carried_out" if found.carried_out_at else "called_off" if found.called_off_at else late
    names = {part: tuple(side.name for side in found.sides.all() if side.part == part) for part in SidePart.values}
    return ReorganisationRow(
        id=found.pk,
        kind=found.kind,
        kind_label=str(ReorganisationKind(found.kind).label),
        happens_on=found.happens_on,
        took_effect=found.carried_out_on,
        state=state,
        before=names[SidePart.BEFORE],
        after=names[SidePart.AFTER],
    )


def _sides(found: Reorganisation, actor: Actor) -> list[SideRow]:
    """Those before first, then those who take over, then those beside. One that lives on is listed once."""
    staying = {side.organisation_id for side in found.sides.all() if side.part == SidePart.AFTER}
    before = {side.organisation_id for side in found.sides.all() if side.part == SidePart.BEFORE}
    living = before if found.kind in STILL else before & staying
    order = [SidePart.BEFORE, SidePart.AFTER, SidePart.BESIDE]
    rows = sorted(found.sides.all(), key=lambda side: (order.index(SidePart(side.part)), not side.in_law, side.name))
    listed = (side for side in rows if side.part != SidePart.BEFORE or side.organisation_id not in staying)
    return [_side(side, actor, lives_on=side.organisation_id in living) for side in listed]


def _side(side: Side, actor: Actor, *, lives_on: bool) -> SideRow:
    return SideRow(
        id=side.pk,
        part=side.part,
        organisation_id=side.organisation_id or "",
        name=side.name,
        in_law=side.in_law,
        begins=side.organisation_id is None,
        agreed=side.agreed_at is not None or side.organisation_id is None,
        mine=bool(side.organisation_id) and side.organisation_id == actor.organisation_id,
        ceases=side.part == SidePart.BEFORE and not lives_on,
        lives_on=lives_on,
    )


def _planned_kinds(found: Reorganisation, actor: Actor) -> tuple[tuple[KindRow, ...], tuple[str, ...]]:
    """What is touched, of what the actor is told of; and the names of others who have something to place."""
    things, result = found_in(found)
    counts, plan, rows = counted_for(actor, found), plan_of(found), []
    for name, kind in KINDS.items():
        placed = [one for one in result.placed if one.thing.kind == name and counts(one.thing)]
        left = [one for one in result.unplaced if one.kind == name and counts(one)]
        every = [thing for thing in things if thing.kind == name and counts(thing)]
        if every:
            outcomes = Counter(told_as(one.outcome, actor, found) for one in placed)
            rows.append(_kind_row(kind, every, outcomes, len(left), plan, actor))
    waiting = {one.of for one in result.unplaced if not counts(one)}
    return tuple(rows), tuple(sorted({side.name for side in found.sides.all() if side.organisation_id in waiting}))


def _kind_row(
    kind: Kind, things: Sequence[Touched], outcomes: Counter[Outcome], unplaced: int, plan: Plan, actor: Actor
) -> KindRow:
    chosen = plan.chosen.get((kind.name, ""))
    return KindRow(
        kind=kind.name,
        label=str(kind.label),
        count=len(things),
        outcomes=tuple((str(each), str(each.label), outcomes[each]) for each in Outcome if outcomes[each]),
        unplaced=unplaced,
        mine=sum(thing.of == actor.organisation_id or actor.system for thing in things),
        choosable=bool(choices_for(kind, plan)),
        choice=f"{chosen[0]}:{chosen[1]}".rstrip(":") if chosen else "",
    )


def _carried_kinds(found: Reorganisation, actor: Actor) -> tuple[KindRow, ...]:
    counted: dict[str, Counter[Outcome]] = {}
    rows = found.carried.filter(told_of(actor))
    for kind, outcome, count in rows.values_list("kind", "outcome").annotate(n=Count("pk")).order_by("kind"):
        counted.setdefault(kind, Counter())[Outcome(outcome)] = count
    return tuple(
        KindRow(
            kind=name,
            label=str(kind.label),
            count=counted[name].total(),
            outcomes=tuple((str(each), str(each.label), counted[name][each]) for each in Outcome if counted[name][each]),
            unplaced=0,
            mine=0,
            choosable=False,
            choice="",
        )
        for name, kind in KINDS.items()
        if name in counted
    )


def told_of(actor: Actor) -> Q:
    """Of what became of everything: one's own, what came to one, and what has a name; without one it was not shared yet."""
    return Q() if actor.system else ~Q(title="") | Q(of_id=actor.organisation_id) | Q(to_id=actor.organisation_id)


def _asked(found: Reorganisation, actor: Actor) -> tuple[AskedRow, ...]:
    rows = found.carried.filter(outcome=Outcome.ASKED).select_related("of", "to").order_by("kind", "title", "pk")
    return tuple(_asked_row(row, actor) for row in rows if actor.organisation_id in (row.to_id, row.of_id) or actor.system)


def _asked_row(row: Carried, actor: Actor) -> AskedRow:
    return AskedRow(
        id=row.pk,
        label=str(KINDS[row.kind].label),
        title=row.title,
        place=row.place,
        of=row.of.name,
        to=row.to.name if row.to else "",
        open=row.answered_at is None,
        takes_over=row.takes_over,
        mine=row.to_id == actor.organisation_id,
    )


def asked_of(actor: Actor, at: datetime) -> tuple[AskedRow, ...]:
    """What the actor's organisation is asked whether it takes over, and has not answered."""
    if actor.organisation_id is None:
        return ()
    rows = Carried.objects.filter(outcome=Outcome.ASKED, answered_at__isnull=True, to_id=actor.organisation_id)
    return tuple(_asked_row(row, actor) for row in rows.select_related("of", "to").order_by("title", "pk"))
