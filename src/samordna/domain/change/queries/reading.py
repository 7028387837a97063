"""Chains as the rules see them, read as plain rows and so many at a time.

What waits for whom is worked out of every open chain before the first of them can be shown. So nothing is read here but
what the rules ask for, one batch is let go before the next is read, and words are read afterwards, of what is shown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from samordna.core import clock
from samordna.domain.change.access import taking_part_in
from samordna.domain.change.models import Cause, Chain, Change, ChangeNeed, Effect, Placing, Turn
from samordna.domain.change.rules import Changed, Facts, Handed, Judged, Needed

BATCH = 500  # chains that are read at a time

Rows = dict[str, list[tuple[Any, ...]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """One chain. `owner`: its organisation's name, "" for the coordination's; `turn`: the number of its latest one;
    `causes`: the kinds that have been found, the first first."""

    id: str
    title: str
    collaboration_id: str
    collaboration: str
    coordinator_role_id: str
    organisation_id: str | None
    owner: str
    shared: bool
    begun_on: date
    start_kind: str
    turn: int
    causes: tuple[str, ...]
    facts: Facts


def read_chains(chains: QuerySet[Chain], on: date, batch: int = 0) -> Iterator[Read]:
    """These chains by their ids; eight questions for each batch of them."""
    ids, batch = list(chains.order_by("pk").values_list("pk", flat=True)), batch or BATCH
    for first in range(0, len(ids), batch):
        yield from _batch(ids[first : first + batch], on)


PLACE = ("collaboration_id", "collaboration__name", "collaboration__coordinator_role_id")
CHAIN = ("pk", "title", *PLACE, "organisation_id", "organisation__name", "shared", "begun_at", "closed_at")
TURN = ("pk", "number", "kind", "begun_at", "analyse_by", "concluded_at")
NEED = ("pk", "added_at", "ended_at")
PLACING = ("organisation_id", "placed_at", "answer_by", "answer", "answered_at")
CHANGE = ("pk", "role_id", "planned_at", "by", "measure_on", "closed_at", "done")
EFFECT = ("kind", "judged_at", "next_on")


def _batch(ids: Sequence[str], on: date) -> Iterator[Read]:
    turns = _under(Turn.objects.filter(chain__in=ids).order_by("number"), "chain_id", TURN)
    needs = _under(ChangeNeed.objects.filter(turn__chain__in=ids).order_by("added_at", "pk"), "turn_id", NEED)
    placings = _under(Placing.objects.filter(need__turn__chain__in=ids).order_by("number"), "need_id", PLACING)
    within = Change.objects.filter(need__turn__chain__in=ids).order_by("planned_at", "pk")
    changes = _under(within, "need_id", CHANGE)
    judged = Effect.objects.filter(change__need__turn__chain__in=ids).order_by("judged_at", "pk")
    effects = _under(judged, "change_id", EFFECT)
    found = Cause.objects.filter(turn__chain__in=ids, ended_at__isnull=True).order_by("turn__number", "found_at", "pk")
    causes = _under(found, "turn__chain_id", ("kind",))
    rows = list(Chain.objects.filter(pk__in=ids).order_by("pk").values_list(*CHAIN))
    there = taking_part_in({row[2] for row in rows}, on)
    for pk, title, place_id, place, lead, organisation_id, owner, shared, begun_at, closed_at in rows:
        own = turns[pk]
        of_all = tuple(_need(need, turn[-1], placings, changes, effects) for turn in own for need in needs.get(turn[0], ()))
        _pk, number, _kind, turned_at, analyse_by, concluded_at = own[-1]
        facts = Facts(
            owner=organisation_id,
            begun_on=clock.day(turned_at),
            analyse_by=analyse_by,
            concluded_on=_day(concluded_at),
            closed_on=_day(closed_at),
            gone=gone_of(organisation_id, of_all, there[place_id]) if shared else frozenset(),
            needs=of_all,
        )
        yield Read(
            id=pk,
            title=title,
            collaboration_id=place_id,
            collaboration=place,
            coordinator_role_id=lead,
            organisation_id=organisation_id,
            owner=owner or "",
            shared=shared,
            begun_on=clock.day(begun_at),
            start_kind=own[0][2],
            turn=number,
            causes=tuple(dict.fromkeys(kind for (kind,) in causes.get(pk, ()))),
            facts=facts,
        )


def gone_of(owner: str | None, needs: Iterable[Needed], there: Collection[str]) -> frozenset[str]:
    """The organisations that a shared chain names and that take part no more."""
    sides = {owner, *(handed.to for need in needs for handed in need.handed)}
    return frozenset(side for side in sides if side) - frozenset(there)


def _under(rows: QuerySet[Any], above: str, names: Sequence[str]) -> Rows:
    """The rows by what they belong to, in their order."""
    found: Rows = defaultdict(list)
    for key, *values in rows.values_list(above, *names):
        found[key].append(tuple(values))
    return found


def _need(row: tuple[Any, ...], concluded_at: datetime | None, placings: Rows, changes: Rows, effects: Rows) -> Needed:
    pk, added_at, ended_at = row
    return Needed(
        id=pk,
        added_on=clock.day(max(added_at, concluded_at or added_at)),
        ended_on=_day(ended_at),
        handed=tuple(
            Handed(to=to, placed_on=clock.day(placed), answer_by=by, answer=answer, answered_on=_day(answered))
            for to, placed, by, answer, answered in placings.get(pk, ())
        ),
        changes=tuple(_change(one, effects) for one in changes.get(pk, ())),
    )


def _change(row: tuple[Any, ...], effects: Rows) -> Changed:
    pk, role_id, planned_at, by, measure_on, closed_at, done = row
    return Changed(
        id=pk,
        role_id=role_id,
        planned_on=clock.day(planned_at),
        by=by,
        measure_on=measure_on,
        closed_on=_day(closed_at),
        done=done,
        effects=tuple(Judged(kind=kind, on=clock.day(at), next_on=next_on) for kind, at, next_on in effects.get(pk, ())),
    )


def _day(moment: datetime | None) -> date | None:
    return clock.day(moment) if moment else None
