"""What a reorganisation touches, thing by thing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Q

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Absent
from samordna.domain.organisations.access import reorganisation_for
from samordna.domain.organisations.carrying import KINDS, Kind, Placed, Touched, Way
from samordna.domain.organisations.enums import Outcome, ReorganisationKind, SidePart
from samordna.domain.organisations.models import Carried, Side
from samordna.domain.organisations.placing import Plan, choices_for, leaving_note
from samordna.domain.organisations.planning import counted_for, found_in, plan_of, told_as
from samordna.domain.organisations.reorganisations import ReorganisationRow, row_of, told_of

MOST_SHOWN = 300  # things of one kind that its page lists


@dataclass(frozen=True, slots=True, kw_only=True)
class ThingRow:
    """One thing with where it belongs now and what becomes of it. `choice`: what has been chosen for it alone."""

    id: str
    title: str
    place: str
    of: str
    to: str
    outcome: str
    outcome_label: str
    choice: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KindPage:
    """One kind in a reorganisation, thing by thing. `things`: those the actor may read, at most `MOST_SHOWN` of `total`.

    `others`: how many there are besides, that touch somebody else and that one is told of. `choices`: what may be chosen,
    as (value, words). `leaving`: where one leaves what does not end here. `usual`: it goes somewhere if nobody says where.
    """

    reorganisation: ReorganisationRow
    kind: str
    label: str
    things: tuple[ThingRow, ...]
    total: int
    others: int
    choices: tuple[tuple[str, str], ...]
    choice: str
    leaving: str = ""
    usual: bool = True


def kind_page(actor: Actor, reorganisation_id: str, kind: str, at: datetime) -> KindPage:
    """What a reorganisation does with things of one kind. One reads what touches or comes to one's own."""
    found = reorganisation_for(actor, reorganisation_id, at=at)
    if kind not in KINDS:
        raise Absent
    sides = {side.pk: side for side in found.sides.all()}
    names = {side.organisation_id: side.name for side in sides.values() if side.organisation_id}
    plan = plan_of(found)
    placers = {side.organisation_id for side in sides.values() if side.part != SidePart.BESIDE}
    may_place = found.open and (actor.system or actor.organisation_id in placers)
    if found.open:
        things, result = found_in(found)
        counts = counted_for(actor, found)
        own = [each for each in result.placed if each.thing.kind == kind and _reads(actor, each.thing)]
        every = [replace(each, outcome=told_as(each.outcome, actor, found)) for each in own]
        rows = [_thing_row(each.thing, each, plan, sides, names) for each in every]
        left = [each for each in result.unplaced if each.kind == kind]
        rows = [_thing_row(each, None, plan, sides, names) for each in left if _reads(actor, each)] + rows
        total = sum(thing.kind == kind and counts(thing) for thing in things)
    else:
        mine = Q() if actor.system else Q(of_id=actor.organisation_id) | Q(to_id=actor.organisation_id)
        carried = found.carried.filter(told_of(actor), kind=kind)
        total = carried.count()
        rows = [_carried_row(row) for row in carried.filter(mine).select_related("of", "to").order_by("title", "pk")]
    chosen = plan.chosen.get((kind, ""))
    return KindPage(
        reorganisation=row_of(found, clock.day(at)),
        kind=kind,
        label=str(KINDS[kind].label),
        things=tuple(rows[:MOST_SHOWN]),
        total=len(rows),
        others=total - len(rows),
        choices=tuple(_choices(KINDS[kind], plan, sides)) if may_place else (),
        leaving=leaving_note(KINDS[kind], plan) if may_place else "",
        choice=_written(chosen),
        usual=plan.kind is not ReorganisationKind.SPLIT or KINDS[kind].way is Way.LAW or KINDS[kind].asks,
    )


def _reads(actor: Actor, thing: Touched) -> bool:
    """One's own. Whoever takes over reads the names when it has; until then it reads how many there are of each kind."""
    return actor.system or thing.of == actor.organisation_id


def _thing_row(
    thing: Touched, placed: Placed | None, plan: Plan, sides: dict[str, Side], names: dict[str, str]
) -> ThingRow:
    outcome = placed.outcome if placed else None
    return ThingRow(
        id=thing.id,
        title=thing.title,
        place=thing.place,
        of=names.get(thing.of, ""),
        to=sides[placed.to].name if placed and placed.to in sides else "",
        outcome=str(outcome or ""),
        outcome_label=str(outcome.label) if outcome else "",
        choice=_written(plan.chosen.get((thing.kind, thing.id))),
    )


def _carried_row(row: Carried) -> ThingRow:
    return ThingRow(
        id=row.thing_id,
        title=row.title,
        place=row.place,
        of=row.of.name,
        to=row.to.name if row.to else "",
        outcome=row.outcome,
        outcome_label=str(Outcome(row.outcome).label),
        choice="",
    )


def _written(chosen: tuple[Outcome, str] | None) -> str:
    return f"{chosen[0]}:{chosen[1]}".rstrip(":") if chosen else ""


def _choices(kind: Kind, plan: Plan, sides: dict[str, Side]) -> Iterable[tuple[str, str]]:
    for outcome in choices_for(kind, plan):
        if outcome is Outcome.ENDS:
            yield str(outcome), str(outcome.label)
        else:
            yield from ((f"{outcome}:{pk}", f"{outcome.label}: {sides[pk].name}") for pk in plan.after)
