"""Carrying a reorganisation out: every thing to its place, in as many queries as there are kinds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samordna.core.errors import Refused
from samordna.core.fields import new_id
from samordna.domain.organisations.carrying import KINDS, Hand, Kind, Placed, Way, insert_all
from samordna.domain.organisations.enums import Outcome
from samordna.domain.organisations.models import Carried, Reorganisation


@dataclass(frozen=True, slots=True, kw_only=True)
class Moving:
    """What is being carried out: from which day, at which moment, and the organisation of each side that takes over."""

    reorganisation: Reorganisation
    on: date
    at: datetime
    organisations: dict[str, str]  # side → organisation


@dataclass(frozen=True, slots=True, kw_only=True)
class Anew:
    """Rows that begin anew on the day, and which old row each of them goes on from."""

    rows: Sequence[Any] = ()
    new: Mapping[str, str] = field(default_factory=dict)


def carry_over(moving: Moving, placed: Sequence[Placed]) -> list[Carried]:
    """Put everything in its place and keep the list of what became of it."""
    rows = [_row(moving, one) for one in placed]
    by_kind: dict[str, list[Carried]] = defaultdict(list)
    for row in rows:
        by_kind[row.kind].append(row)
    periods = {name: _anew(KINDS[name], of_it, moving) for name, of_it in by_kind.items() if KINDS[name].way is Way.PERIOD}
    insert_all(Carried, rows)
    for name in by_kind:
        _carry_kind(KINDS[name], by_kind[name], moving, periods.get(name, Anew()))
    return rows


def _row(moving: Moving, one: Placed) -> Carried:
    to = moving.organisations.get(one.to)
    outcome = Outcome.STAYS if one.outcome is Outcome.GOES and to == one.thing.of else one.outcome
    return Carried(
        reorganisation=moving.reorganisation,
        kind=one.thing.kind,
        thing_id=one.thing.id,
        title=one.thing.title,
        place=one.thing.place,
        of_id=one.thing.of,
        to_id=to,
        outcome=outcome,
    )


def _anew(kind: Kind, rows: Sequence[Carried], moving: Moving) -> Anew:
    """What has a life in days goes on from the day as a new row, with everything but its owner and its first day."""
    listed = {row.thing_id: row for row in rows if row.outcome in (Outcome.GOES, Outcome.ASKED)}
    running = list(_of(kind, list(listed)).filter(**{f"{kind.began}__lt": moving.on})) if listed else []
    made = []
    for one in running:
        row = listed[one.pk]
        row.until = getattr(one, kind.until)
        if row.outcome == Outcome.GOES:
            row.new_id = one.pk = new_id()
            setattr(one, kind.began, moving.on)
            setattr(one, f"{kind.path}_id", row.to_id)
            made.append(one)
    return Anew(rows=made, new={row.thing_id: row.new_id for row in rows if row.new_id})


def _carry_kind(kind: Kind, rows: Sequence[Carried], moving: Moving, anew: Anew) -> None:
    if kind.way is Way.ROLE:
        end_things(kind, [row.thing_id for row in rows if row.outcome == Outcome.ENDS], moving)
    if kind.way in (Way.LAW, Way.ROLE, Way.HISTORY):
        return
    goes = [row for row in rows if row.outcome == Outcome.GOES]
    joins = [row for row in rows if row.outcome == Outcome.JOINS]
    ends = {Outcome.ENDS} | ({Outcome.JOINS} if kind.until or kind.ended else set())
    ends |= {Outcome.GOES, Outcome.ASKED} if kind.way is Way.PERIOD else set()
    if kind.way is Way.PERIOD:
        # Those whose days have not begun just change hands. The rest end, and only then begin anew: some facts may be
        # open only once.
        for to, ids in _by_target(row for row in goes if not row.new_id):
            _of(kind, ids).update(**{f"{kind.path}_id": to})
        goes_on = [row.thing_id for row in goes if not row.new_id]
        end_things(kind, [row.thing_id for row in rows if row.outcome in ends and row.thing_id not in goes_on], moving)
        insert_all(kind.model, anew.rows)
    else:
        for to, ids in _by_target(goes):
            _of(kind, ids).update(**{f"{kind.path}_id": to}, **kind.sets)
        end_things(kind, [row.thing_id for row in rows if row.outcome in ends], moving)
    if kind.carry is not None and (goes or joins):
        of = {row.thing_id: row.of_id for row in (*goes, *joins)}
        kind.carry(Hand(on=moving.on, at=moving.at, goes=_pairs(goes), joins=_pairs(joins), new=anew.new, of=of))


def _pairs(rows: Iterable[Carried]) -> list[tuple[str, str]]:
    return [(row.thing_id, row.to_id or "") for row in rows]


def _by_target(rows: Iterable[Carried]) -> list[tuple[str, list[str]]]:
    found: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        found[row.to_id or ""].append(row.thing_id)
    return sorted(found.items())


def _of(kind: Kind, ids: Sequence[str]) -> QuerySet[Any]:
    return kind.model._default_manager.filter(pk__in=ids)


def end_things(kind: Kind, ids: Sequence[str], moving: Moving) -> None:
    """End things of a kind from the day, in the way of the kind."""
    if not ids:
        return
    if kind.end_with is not None:
        kind.end_with(ids, moving.on, moving.at)
    elif kind.until:
        still = Q(**{f"{kind.until}__isnull": True}) | Q(**{f"{kind.until}__gt": moving.on})
        begun = Q(**{f"{kind.began}__lt": moving.on}) if kind.began else Q()
        _of(kind, ids).filter(still & begun).update(**{kind.until: moving.on})
    elif kind.ended:
        _of(kind, ids).filter(**{f"{kind.ended}__isnull": True}).update(**{kind.ended: moving.at})


def take_over(row: Carried, on: date, at: datetime) -> None:
    """The one who was asked takes the thing over from this day; `Refused` when it has run out or is no longer to be had."""
    kind = KINDS[row.kind]
    if row.until is not None and row.until <= on:
        sentence = _("It ran out on %(day)s, so there is nothing to take over. Let it end.")
        raise Refused(sentence % {"day": date_format(row.until, "j F Y")})
    if kind.before_taking_over and (why := kind.before_taking_over(row.thing_id, row.to_id or "", on)):
        raise Refused(why)
    hand = [(row.thing_id, row.to_id or "")]
    if kind.way is Way.PERIOD:
        one = kind.model._default_manager.get(pk=row.thing_id)
        row.new_id = one.pk = new_id()
        for name, value in ((kind.began, on), (kind.until, row.until), (f"{kind.path}_id", row.to_id)):
            setattr(one, name, value)
        insert_all(kind.model, [one])
    elif kind.way is Way.POINT:
        _of(kind, [row.thing_id]).update(**{f"{kind.path}_id": row.to_id}, **kind.sets)
    if kind.carry is not None:
        new = {row.thing_id: row.new_id} if row.new_id else {}
        kind.carry(Hand(on=on, at=at, goes=hand, new=new, of={row.thing_id: row.of_id}))


def let_end(row: Carried, on: date, at: datetime) -> None:
    """The one who was asked does not take the thing over: it ends, where it has not ended already."""
    if KINDS[row.kind].way is Way.POINT:
        moving = Moving(reorganisation=row.reorganisation, on=on, at=at, organisations={})
        end_things(KINDS[row.kind], [row.thing_id], moving)
