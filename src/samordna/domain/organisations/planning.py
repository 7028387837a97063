"""A plan as data: whom it concerns, what it touches on its day, and where each thing goes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from samordna.core.actor import Actor
from samordna.core.overtaking import fingerprint
from samordna.domain.organisations.carrying import KINDS, Touched, taking_places, touched
from samordna.domain.organisations.enums import Outcome, ReorganisationKind, SidePart
from samordna.domain.organisations.models import Reorganisation
from samordna.domain.organisations.placing import Plan, Result, place


def plan_of(planned: Reorganisation) -> Plan:
    """The plan, without what the receiving organisations have already; two queries."""
    sides = list(planned.sides.all())
    before = tuple(s.organisation_id for s in sides if s.part == SidePart.BEFORE and s.organisation_id)
    after = [side for side in sides if side.part == SidePart.AFTER]
    merging = planned.kind == ReorganisationKind.MERGE
    receiving = tuple(side.organisation_id for side in after if side.organisation_id)
    chosen = {(row.kind, row.thing_id): (Outcome(row.outcome), row.to_id or "") for row in planned.placements.all()}
    return Plan(
        kind=ReorganisationKind(planned.kind),
        before=before,
        after=tuple(side.pk for side in after),
        law=next((side.pk for side in after if side.in_law), ""),
        bodies=(*before, *receiving) if merging else before,
        living=tuple(each for each in before if each in receiving),
        chosen=chosen,
    )


def fingerprint_of(planned: Reorganisation) -> str:
    """A short name for the plan as it stands: what happens when, to whom, and where everything goes."""
    said = {"kind": planned.kind, "on": planned.happens_on, "ground": planned.ground, "parent": planned.new_parent_id}
    said |= {"name": planned.new_name, "short": planned.new_short_name}
    said |= {f"side {side.pk}": f"{side.part} {side.name} {side.in_law}" for side in planned.sides.all()}
    said |= {f"{row.kind} {row.thing_id}": f"{row.outcome} {row.to_id or ''}" for row in planned.placements.all()}
    return fingerprint(said)


def counted_for(actor: Actor, planned: Reorganisation) -> Callable[[Touched], bool]:
    """Which things an actor is told the number of: its own, and those of whoever has agreed to the plan, except what is
    not shared yet."""
    agreed = {side.organisation_id for side in planned.sides.all() if side.agreed_at is not None}

    def counts(thing: Touched) -> bool:
        return actor.system or thing.of == actor.organisation_id or (thing.of in agreed and not thing.hidden)

    return counts


def told_as(outcome: Outcome, actor: Actor, planned: Reorganisation) -> Outcome:
    """What a thing becomes, as an actor is told. That it is joined with what another one has tells what that one has."""
    silent = any(side.agreed_at is None and side.organisation_id for side in planned.sides.all())
    return Outcome.GOES if outcome is Outcome.JOINS and silent and not actor.system else outcome


def found_in(planned: Reorganisation, on: date | None = None) -> tuple[list[Touched], Result]:
    """What the plan touches on its day and where it goes: one query for each kind, one more for
    each kind in which what is done with takes a place, and two for the plan."""
    plan, on = plan_of(planned), on or planned.happens_on
    receiving = {s.organisation_id: s.pk for s in planned.sides.all() if s.part == SidePart.AFTER and s.organisation_id}
    concerned = [*plan.before, *(each for each in receiving if each not in plan.before)]
    every = touched([str(each) for each in concerned], on)
    things = [thing for thing in every if thing.of in plan.before]
    others = [thing for thing in every if thing.of not in plan.before]
    there = [thing for thing in others if KINDS[thing.kind].sole >= 0]
    # Whoever takes over may be one of those that are taken over: what it is done with takes its place all the same.
    there += taking_places([str(each) for each in receiving], on)
    taken = frozenset((thing.kind, KINDS[thing.kind].once(thing), receiving[thing.of]) for thing in there)
    alike_too = [thing for thing in others if KINDS[thing.kind].alike is not None]
    return things, place(things, plan.with_taken(taken), alike_too)
