"""Minutes made of what was noted: who was there and for whom, what was written, decided and is to be done."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from django.db.models import Exists, OuterRef, Q
from django.utils.formats import date_format, time_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override

from samordna.core import clock
from samordna.domain.forums.access import owners_of
from samordna.domain.forums.choosing import parties_of
from samordna.domain.forums.enums import VOTING, ItemKind, ItemState, SeatTask
from samordna.domain.forums.models import Item, Meeting
from samordna.domain.minutes.record import Record, RecordItem, Triples
from samordna.domain.organisations.models import Holding
from samordna.domain.proceedings.enums import ActionState, Presence
from samordna.domain.proceedings.models import ActionPoint, Attendance, Note, Outcome, Reservation, Sitting
from samordna.domain.site.queries import language_of_site


def gather(meeting: Meeting) -> Record:
    """The minutes as what was noted makes them now; a constant number of queries."""
    language = language_of_site()
    with override(language):
        there, absent = _attendance(meeting)
        points = _points(meeting)
        return Record(
            forum=meeting.forum.name,
            title=meeting.title or meeting.forum.name,
            when=went_on(meeting),
            place=meeting.place,
            language=language,
            there=there,
            absent=absent,
            items=tuple(_items(meeting, points)),
            todo=tuple(points.get("", ())),
        )


def when_of(meeting: Meeting) -> str:
    """The day and the hours of a meeting."""
    begins, ends = localtime(meeting.starts_at), localtime(meeting.ends_at)
    return f"{date_format(begins, 'l j F Y')}, {time_format(begins, 'H.i')}–{time_format(ends, 'H.i')}"


def went_on(meeting: Meeting) -> str:
    """The day of a meeting, and when it was opened and ended; the hours it was called to where nobody said."""
    sitting = Sitting.objects.filter(meeting=meeting, ended_at__isnull=False).first()
    if sitting is None or sitting.ended_at is None:
        return when_of(meeting)
    opened, ended = localtime(sitting.opened_at), localtime(sitting.ended_at)
    last = time_format(ended, "H.i") if clock.day(opened) == clock.day(ended) else date_format(ended, "j F Y H.i")
    told = {"day": date_format(opened, "l j F Y"), "opened": time_format(opened, "H.i"), "ended": last}
    return _("%(day)s, opened %(opened)s, ended %(ended)s") % told


def _attendance(meeting: Meeting) -> tuple[Triples, Triples]:
    """Each who was there once, and each who was not and has no one there in its place."""
    noted = Attendance.objects.standing().filter(meeting=meeting)
    rows = list(noted.select_related("seat__role__organisation", "holding__role"))
    names = _names(row.holding_id for row in rows)
    on = clock.day(meeting.starts_at)
    seats = [row.seat for row in rows if row.seat]
    party_on = parties_of(owners_of(meeting.forum), {seat.role.organisation_id for seat in seats})
    holders = _holders({row.seat.role_id for row in rows if row.seat and not row.holding_id}, on)
    there: dict[tuple[str, str, str], None] = {}
    absent: dict[tuple[str, str, str], None] = {}
    here = {row.seat_id for row in rows if row.seat_id and row.presence == Presence.PRESENT}
    for row in rows:
        if row.presence == Presence.ABSENT and row.seat_id in here:
            continue
        seat, role = row.seat, row.holding.role if row.holding else None
        role = role or (seat.role if seat else None)
        told = f"{role.name}, {role.organisation.name}{_task(row)}" if role else ""
        party = party_on(seat.role.organisation_id, on) if seat and seat.task in VOTING else None
        among = there if row.presence == Presence.PRESENT else absent
        who = names.get(row.holding_id or "", row.name) or (holders.get(seat.role_id, seat.role.name) if seat else "")
        among[who, told, party.name if party else ""] = None
    return _in_order(there), _in_order(key for key in absent if key not in there)


def _task(row: Attendance) -> str:
    """Who led the meeting and who kept its notes, when the role itself was there: whoever comes instead may do neither."""
    seat, held = row.seat, row.holding
    if (
        seat is None
        or held is None
        or held.role_id != seat.role_id
        or seat.task not in (SeatTask.CHAIR, SeatTask.SECRETARY)
    ):
        return ""
    return f" ({str(SeatTask(seat.task).label).lower()})"


def _in_order(rows: Iterable[tuple[str, str, str]]) -> Triples:
    """Those who speak for somebody first, by party; then the others by name."""
    return tuple(sorted(rows, key=lambda row: (not row[2], row[2], row[1], row[0])))


def _names(holding_ids: Iterable[str | None]) -> dict[str, str]:
    found = Holding.objects.filter(pk__in={each for each in holding_ids if each}).named()
    return {holding.pk: holding.known_as for holding in found}


def _holders(role_ids: set[str], on: date) -> dict[str, str]:
    """Who held each role on the day: the first of those who held it longest."""
    held = Holding.objects.on(on).filter(role_id__in=role_ids).named().order_by("-valid_from", "-pk")
    return {holding.role_id: holding.known_as for holding in held}


def _points(meeting: Meeting) -> dict[str, list[tuple[str, str, str]]]:
    found: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    rows = ActionPoint.objects.filter(meeting=meeting).exclude(state=ActionState.DROPPED)
    for point in rows.select_related("owner_role__organisation").order_by("noted_at", "pk"):
        due = date_format(point.due_on, "j F Y") if point.due_on else _("when it can be done")
        who = f"{point.owner_role.name}, {point.owner_role.organisation.name}"
        found[point.item_id or ""].append((point.what, who, due))
    return found


def _items(meeting: Meeting, points: dict[str, list[tuple[str, str, str]]]) -> Iterable[RecordItem]:
    decisions = Outcome.objects.filter(question__item=OuterRef("pk"))
    taken = Item.objects.filter(~Q(state=ItemState.WITHDRAWN) | Exists(decisions), meeting=meeting)
    items = list(taken.order_by("order", "raised_at", "pk"))
    notes = _notes(items)
    decided: dict[str, list[tuple[str, str]]] = defaultdict(list)
    outcomes = Outcome.objects.filter(question__item__in=items).select_related("question")
    for outcome in outcomes.order_by("settled_at", "pk"):
        decided[outcome.question.item_id].append((outcome.reference, outcome.statement))
    reserved: dict[str, list[tuple[str, str]]] = defaultdict(list)
    rows = Reservation.objects.filter(question__item__in=items).select_related("question", "seat__role__organisation")
    for row in rows:
        reserved[row.question.item_id].append((row.seat.role.organisation.name, row.text))
    for item in items:
        yield RecordItem(
            item_id=item.pk,
            title=item.title,
            kind=str(ItemKind(item.kind).label),
            text=_text(item, notes.get(item.pk, "")),
            decided=tuple(decided[item.pk]),
            reserved=tuple(reserved[item.pk]),
            todo=tuple(points.get(item.pk, ())),
        )


def _text(item: Item, note: str) -> str:
    if item.state == ItemState.CARRIED:
        return "\n\n".join(filter(None, (note, _("Carried over."))))
    return note


def _notes(items: list[Item]) -> dict[str, str]:
    """The note that stands for each item; what two wrote at once and nobody has written together stands after it."""
    found: dict[str, str] = {}
    aside: dict[str, list[str]] = defaultdict(list)
    for note in Note.objects.filter(item__in=items).order_by("number"):
        if not note.beside:
            found[note.item_id] = note.text
        elif note.settled_at is None:
            aside[note.item_id].append(note.text)
    return {key: "\n\n".join(filter(None, (found.get(key, ""), *aside[key]))) for key in {*found, *aside}}


def gathered_into(record: Record, fresh: Record, before: Mapping[str, str]) -> Record:
    """What is gathered now, with what the minutes say. `before`: what the notes said of each item the last time.

    A note that has changed is taken in where the minutes still say what it said, and stands below what else they say. An
    item of which something is written stays, whatever becomes of it on the agenda.
    """
    with override(record.language):
        texts = {key: _joined(text, fresh.texts.get(key, ""), before.get(key, "")) for key, text in record.texts.items()}
    gone = [item for item in record.items if item.text and item.item_id not in fresh.texts]
    return replace(fresh.written(texts), items=(*fresh.written(texts).items, *gone))


def _joined(text: str, now: str, before: str) -> str:
    if text == before:
        return now
    if now in {"", before, text}:
        return text
    return now if not text else "\n\n".join((text, "## " + _("Noted since"), now))
