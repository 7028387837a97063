"""Where each thing goes: as is usual for its kind, unless somebody has placed it otherwise. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from samordna.domain.organisations.carrying import KINDS, Kind, Placed, Touched, Way
from samordna.domain.organisations.enums import Outcome, ReorganisationKind

Choice = tuple[Outcome, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A reorganisation as placing needs it. `before`: organisations that cease; `after`: ids of the sides that take over;
    `law`: the one of them that takes over in law, or "". `bodies`: organisations that become one, the receiving one too.
    `living`: those of `before` that live on, for they take over themselves.
    `chosen`: by (kind, thing) and by (kind, "") for a whole kind."""

    kind: ReorganisationKind
    before: tuple[str, ...]
    after: tuple[str, ...]
    law: str
    bodies: tuple[str, ...] = ()
    living: tuple[str, ...] = ()
    chosen: Mapping[tuple[str, str], Choice] = field(default_factory=dict)
    taken: frozenset[tuple[str, str, str]] = frozenset()  # (kind, what can be there once, side) that a receiving one has

    def with_taken(self, taken: frozenset[tuple[str, str, str]]) -> Plan:
        """The plan, with what the receiving organisations have already."""
        return replace(self, taken=taken)


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """Every thing placed, and those that nobody has placed or that cannot go where they were put, with why not."""

    placed: tuple[Placed, ...]
    unplaced: tuple[Touched, ...]


STILL = {ReorganisationKind.RENAME, ReorganisationKind.MOVE}


def place(things: Sequence[Touched], plan: Plan, theirs: Sequence[Touched] = ()) -> Result:
    """Place everything. What follows a role goes where the role goes. `theirs`: what a receiving one has itself."""
    if plan.kind in STILL:
        return Result(placed=tuple(Placed(thing=each, outcome=Outcome.STAYS) for each in things), unplaced=())
    alike = _alike([*things, *theirs], plan)
    roles: dict[str, Choice | None] = {}
    placed: list[Placed] = []
    unplaced: list[Touched] = []
    for thing in sorted(things, key=lambda each: KINDS[each.kind].way is Way.ROLE):
        kind = KINDS[thing.kind]
        if kind.way is Way.ROLE:
            choice = roles.get(thing.role_id, (Outcome.STAYS, ""))
            if choice is None:  # waits for its role, which is in the list itself
                continue
        else:
            choice = _choice(kind, thing, plan, alike)
        if thing.kind == "role":
            roles[thing.id] = choice
        if choice is None or not _may_become(kind, thing, choice[0], plan):
            unplaced.append(thing)
            continue
        placed.append(Placed(thing=thing, outcome=choice[0], to=choice[1]))
    return Result(placed=tuple(_once_each(placed, plan)), unplaced=tuple(unplaced))


def _may_become(kind: Kind, thing: Touched, outcome: Outcome, plan: Plan) -> bool:
    """What one leaves by giving notice does not end by a placement while its organisation lives, nor by asking another."""
    if kind.leaving and thing.of in plan.living and outcome in (Outcome.ENDS, Outcome.ASKED):
        return False
    return outcome is not Outcome.ENDS or kind.endable


def _choice(kind: Kind, thing: Touched, plan: Plan, alike: frozenset[tuple[str, str]]) -> Choice | None:
    chosen = plan.chosen.get((thing.kind, thing.id)) or plan.chosen.get((thing.kind, ""))
    if chosen is not None:
        return chosen
    if plan.kind is ReorganisationKind.CLOSE and not plan.law:
        return (Outcome.ENDS, "")
    if kind.alike is not None and len(plan.bodies) > 1 and kind.alike(thing) and (thing.kind, thing.group) not in alike:
        return (Outcome.ASKED if kind.asks else Outcome.ANEW, plan.law)
    if plan.kind is ReorganisationKind.SPLIT and not (kind.way is Way.LAW or kind.asks):
        return None
    return (Outcome.GOES, plan.law)


def _alike(things: Iterable[Touched], plan: Plan) -> frozenset[tuple[str, str]]:
    """The (kind, group) that every body that becomes one has."""
    having: dict[tuple[str, str], set[str]] = defaultdict(set)
    for thing in things:
        having[(thing.kind, thing.group)].add(thing.of)
    return frozenset(key for key, of in having.items() if of >= set(plan.bodies))


def _once_each(placed: Iterable[Placed], plan: Plan) -> Iterable[Placed]:
    """Of things that a successor can have only once, the first one goes over and is joined by the others."""
    taken = set(plan.taken)
    for one in placed:
        kind = KINDS[one.thing.kind]
        key = (one.thing.kind, kind.once(one.thing), one.to)
        if kind.sole >= 0 and one.outcome is Outcome.GOES:
            if key in taken:
                yield Placed(thing=one.thing, outcome=Outcome.JOINS, to=one.to)
                continue
            taken.add(key)
        yield one


def choices_for(kind: Kind, plan: Plan) -> tuple[Outcome, ...]:
    """What somebody may choose for a thing of this kind."""
    if plan.kind in STILL or kind.way in (Way.ROLE, Way.HISTORY):
        return ()
    found = [Outcome.GOES] if plan.after else []
    if leaving_note(kind, plan):
        return tuple(found)
    if kind.asks and plan.after:
        found.append(Outcome.ASKED)
    if kind.endable and kind.way is not Way.LAW:
        found.append(Outcome.ENDS)
    return tuple(found)


def leaving_note(kind: Kind, plan: Plan) -> str:
    """Where one leaves what does not end with this plan, for its organisation lives on; "" where it may end."""
    return str(kind.leaving) if plan.living else ""
