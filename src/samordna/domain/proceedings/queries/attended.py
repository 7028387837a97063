"""Who is at a meeting, who was, and what was noted of it by mistake."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import time_format
from django.utils.timezone import localtime
from django.utils.translation import pgettext as _p

from samordna.core import clock
from samordna.domain.forums.enums import Coming, SeatTask
from samordna.domain.forums.models import Meeting
from samordna.domain.organisations.models import Holding
from samordna.domain.proceedings.enums import Presence
from samordna.domain.proceedings.models import Attendance
from samordna.domain.proceedings.queries.rows import GuestAt, NotedRow, SeatAt
from samordna.domain.proceedings.queries.voices import Seated, may_stand_in


@dataclass(frozen=True, slots=True, kw_only=True)
class Attended:
    """Every seat and guest, and every line that was noted: those that stand, and those that were struck."""

    seats: tuple[SeatAt, ...]
    guests: tuple[GuestAt, ...]
    noted: tuple[NotedRow, ...]
    struck: tuple[NotedRow, ...]


def attended(meeting: Meeting, seats: list[Seated], ended_at: datetime | None, at: datetime) -> Attended:
    """Who is there now; when the meeting has ended, who was there at its end. Four queries, however many they are."""
    rows = list(meeting.attendances.order_by("since", "pk"))
    standing = [row for row in rows if row.struck_at is None]
    named = names_of({pk for row in rows for pk in (row.holding_id, row.struck_by_id) if pk})
    said = {seat.id: seat.name for seat in seats}
    lines = {row.pk: _line(row, named, said) for row in rows}
    return Attended(
        seats=_seats(meeting, seats, standing, named, ended_at, at),
        guests=_guests(standing, ended_at),
        noted=tuple(NotedRow(attendance_id=row.pk, what=lines[row.pk]) for row in standing),
        struck=tuple(_struck(row, lines[row.pk], named) for row in rows if row.struck_at is not None),
    )


def _line(row: Attendance, named: Mapping[str, str], seats: Mapping[str, str]) -> str:
    """Who, for whom, and when: "Maja Ek, Chef, Storstad, present 9.00–11.00"."""
    what = [named.get(row.holding_id or "", row.name), seats.get(row.seat_id or "", "")]
    what.append(_p("attendance", "absent") if row.presence == Presence.ABSENT else _p("attendance", "there"))
    times = [time_format(localtime(each), "H.i") if each else "" for each in (row.since, row.until)]
    return f"{', '.join(filter(None, what))} {'–'.join(times)}"


def _struck(row: Attendance, line: str, named: Mapping[str, str]) -> NotedRow:
    who = named.get(row.struck_by_id or "", "")
    return NotedRow(attendance_id=row.pk, what=line, why=row.struck_why, struck_by=who, struck_at=row.struck_at)


def _stays(row: Attendance, ended_at: datetime | None) -> bool:
    """Is it so now, or was it at the meeting's end?"""
    return row.until is None or (ended_at is not None and row.until >= ended_at)


def names_of(holding_ids: Collection[str]) -> dict[str, str]:
    """What the holders are called at their organisations: one query."""
    if not holding_ids:
        return {}
    return {held.pk: held.known_as for held in Holding.objects.filter(pk__in=holding_ids).named()}


def _guests(rows: Iterable[Attendance], ended_at: datetime | None) -> tuple[GuestAt, ...]:
    return tuple(
        GuestAt(attendance_id=row.pk, name=row.name, gone=not _stays(row, ended_at)) for row in rows if not row.seat_id
    )


def _seats(
    meeting: Meeting,
    seats: list[Seated],
    rows: list[Attendance],
    named: Mapping[str, str],
    ended_at: datetime | None,
    at: datetime,
) -> tuple[SeatAt, ...]:
    people = _people(seats, ended_at or at)
    answers = {row.role_id: str(Coming(row.says).label) for row in meeting.answers.all()}
    latest = {row.seat_id: row for row in rows if _stays(row, ended_at)}
    earlier: dict[str | None, list[str]] = defaultdict(list)
    for row in rows:
        if not _stays(row, ended_at) and row.presence == Presence.PRESENT:
            earlier[row.seat_id].append(named.get(row.holding_id or "", ""))
    return tuple(
        _seat(seat, latest.get(seat.id), people(seat), named, answers.get(seat.role_id, ""), tuple(earlier[seat.id]))
        for seat in seats
    )


def _seat(
    seat: Seated,
    row: Attendance | None,
    people: tuple[tuple[str, str], ...],
    named: Mapping[str, str],
    answer: str,
    earlier: tuple[str, ...],
) -> SeatAt:
    return SeatAt(
        id=seat.id,
        task=seat.task,
        task_label=str(SeatTask(seat.task).label),
        name=seat.name,
        party=seat.party,
        people=people,
        attendance_id=row.pk if row else "",
        presence=row.presence if row else "",
        who=named.get(row.holding_id or "", "") if row else "",
        since=row.since if row else None,
        answer=answer,
        earlier=tuple(dict.fromkeys(filter(None, earlier))),
    )


def _people(seats: list[Seated], at: datetime) -> Callable[[Seated], tuple[tuple[str, str], ...]]:
    """Who can be there for a seat: whoever holds its role, and the forum's deputies at the same organisation or party."""
    found = Holding.objects.on(clock.day(at)).filter(role_id__in={seat.role_id for seat in seats}).named()
    by_role: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for held in found.order_by("valid_from", "pk"):
        by_role[held.role_id].append((held.pk, held.known_as))
    deputies = [seat for seat in seats if seat.task == SeatTask.DEPUTY]

    def fits(each: Seated, seat: Seated) -> bool:
        return each.organisation_id == seat.organisation_id or may_stand_in(each, seat.party_id)

    def people(seat: Seated) -> tuple[tuple[str, str], ...]:
        own = by_role[seat.role_id]
        same = [pair for each in deputies if each.id != seat.id and fits(each, seat) for pair in by_role[each.role_id]]
        return tuple(dict.fromkeys([*own, *same]))

    return people
