"""Who is at a meeting, for which seat, from when until when."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Absent, Refused, TooLarge
from samordna.core.operation import operation
from samordna.domain.forums.enums import Coming, SeatTask
from samordna.domain.forums.models import Meeting, Seat
from samordna.domain.forums.operations.holding import hold
from samordna.domain.forums.operations.telling import tell
from samordna.domain.organisations.findings import Findings
from samordna.domain.organisations.models import Holding
from samordna.domain.proceedings.access import NOTE, sitting_for
from samordna.domain.proceedings.enums import Presence
from samordna.domain.proceedings.limits import MOST_PRESENT
from samordna.domain.proceedings.models import Attendance
from samordna.domain.proceedings.operations.holding import (
    held_sitting_for,
    must_be_open_for_notes,
    must_have_sat,
    must_sit,
)
from samordna.domain.proceedings.printing import find_printable
from samordna.domain.proceedings.queries.voices import may_stand_in, seated_at


@operation("forum.note")
def note_attendance(
    *,
    actor: Actor,
    meeting_id: str,
    seat_id: str = "",
    holding_id: str = "",
    name: str = "",
    presence: str = Presence.PRESENT,
    at: datetime | None = None,
) -> Attendance:
    """Note that somebody is there, for a seat or as a guest by `name`, or that a seat is absent; also afterwards.

    Without a `holding_id`, whoever holds the seat's role. Somebody else who holds a role of the same organisation, or that
    sits as a deputy for the same party, comes in that one's place. When the meeting has ended, whoever is noted was there
    all the time.
    """
    meeting = held_sitting_for(actor, meeting_id, NOTE, at, winding_up=True)
    at = at or clock.now()
    sitting = must_have_sat(meeting)
    span = (at, None) if sitting.ended_at is None else (sitting.opened_at, sitting.ended_at)
    found = Findings()
    presence = found.choice("presence", presence, Presence.values)
    name = find_printable(found, "name", found.line("name", name, 120, required=not seat_id))
    seat = _seat(found, meeting, seat_id)
    held = _holding(found, meeting, seat, holding_id, span[1] or at) if seat and presence == Presence.PRESENT else None
    found.insist()
    if meeting.attendances.count() >= MOST_PRESENT:
        raise TooLarge(_("At most %(most)s are noted at a meeting.") % {"most": MOST_PRESENT})
    if sitting.ended_at is not None:
        _must_be_new(meeting, seat, held, name, presence)
    made = _note(meeting, seat, held, "" if seat else name, presence, actor, span)
    told = {"seat": seat_id, "holding": held.pk if held else "", "presence": presence}
    tell(actor, "attendance_noted", meeting.forum, at, meeting, **told)
    return made


def _seat(found: Findings, meeting: Meeting, seat_id: str) -> Seat | None:
    if not seat_id:
        return None
    on = clock.day(meeting.starts_at)
    there = Seat.objects.filter(forum_id=meeting.forum_id, valid_from__lte=on).exclude(valid_to__lte=on)
    seat = there.select_related("role").filter(pk=seat_id).first()
    if seat is None:
        found.say("seat_id", _("Choose a seat of this forum on the day of the meeting."))
    return seat


def _holding(found: Findings, meeting: Meeting, seat: Seat, holding_id: str, at: datetime) -> Holding | None:
    """Who sits there: a holder of the role, one of the same organisation, or a deputy for the same party."""
    current = Holding.objects.on(clock.day(at)).select_related("role")
    if not holding_id:
        return current.filter(role_id=seat.role_id).order_by("valid_from", "pk").first()
    held = current.filter(pk=holding_id).first()
    fits = held and (held.role.organisation_id == seat.role.organisation_id or _deputises(meeting, seat, held.role_id))
    if not fits:
        found.say("holding_id", _("Choose somebody of the same organisation, or a deputy for the same party."))
    return held if fits else None


def _deputises(meeting: Meeting, seat: Seat, role_id: str) -> bool:
    """Does the role sit as a deputy for the party that the seat speaks for on the day of the meeting?"""
    sitting = seated_at(meeting)
    party = next((row.party_id for row in sitting if row.id == seat.pk), "")
    return any(row.role_id == role_id and may_stand_in(row, party) for row in sitting)


def _must_be_new(meeting: Meeting, seat: Seat | None, held: Holding | None, name: str, presence: str) -> None:
    """Afterwards nobody comes twice, and nobody who was there becomes absent before that has been struck."""
    rows = meeting.attendances.standing()
    same = rows.filter(holding=held) if held else rows.filter(seat=seat, name=name if not seat else "", presence=presence)
    here = rows.filter(seat=seat, presence=Presence.PRESENT) if seat and presence == Presence.ABSENT else rows.none()
    if same.exists() or here.exists():
        raise Refused(_("Something else is noted already. Strike that first, as noted by mistake."))


def _note(
    meeting: Meeting,
    seat: Seat | None,
    held: Holding | None,
    name: str,
    presence: str,
    actor: Actor,
    span: tuple[datetime, datetime | None],
) -> Attendance:
    """Whoever was there in another's place, or elsewhere, is not any more."""
    at, until = span
    running = meeting.attendances.filter(until__isnull=True)
    if seat is not None:
        there = running.filter(seat=seat)
        if held is not None and held.role_id == seat.role_id:
            there = there.exclude(presence=Presence.PRESENT, holding__role_id=seat.role_id)
        there.update(until=at)
    if held is not None:
        running.filter(holding=held).update(until=at)
    when = {"since": at, "until": until, "noted_by_id": actor.holding_id}
    return Attendance.objects.create(meeting=meeting, seat=seat, holding=held, name=name, presence=presence, **when)


@operation("forum.note")
def note_those_who_come(*, actor: Actor, meeting_id: str, everybody: bool = False, at: datetime | None = None) -> int:
    """Note those who have answered the call, and of whom nothing is noted yet: present, by a deputy, or absent.

    `everybody`: those who have not answered too, as present: all but deputies and vacant roles.
    """
    meeting = held_sitting_for(actor, meeting_id, NOTE, at)
    at = at or clock.now()
    must_sit(meeting)
    on = clock.day(meeting.starts_at)
    noted = set(meeting.attendances.standing().exclude(seat=None).values_list("seat_id", flat=True))
    seats = Seat.objects.filter(forum_id=meeting.forum_id, valid_from__lte=on).exclude(valid_to__lte=on)
    said = {row.role_id: row for row in meeting.answers.select_related("instead")}
    current = Holding.objects.on(clock.day(at)).filter(role_id__in=seats.values("role_id"))
    holders = {held.role_id: held for held in current.order_by("-valid_from", "-pk")}
    many = 0
    for seat in seats.exclude(pk__in=noted).select_related("role"):
        answer = said.get(seat.role_id)
        says = answer.says if answer else Coming.PERHAPS
        if says == Coming.PERHAPS and not (everybody and seat.task != SeatTask.DEPUTY and seat.role_id in holders):
            continue
        presence = Presence.ABSENT if says == Coming.CANNOT else Presence.PRESENT
        held = answer.instead if answer and says == Coming.DEPUTY else holders.get(seat.role_id)
        _note(meeting, seat, held if presence == Presence.PRESENT else None, "", presence, actor, (at, None))
        many += 1
    if not many:
        left = _("Nobody is left to note.") if everybody else _("Nobody who has answered the call is left to note.")
        raise Refused(left)
    tell(actor, "attendance_noted", meeting.forum, at, meeting, many=many)
    return many


@operation("forum.note")
def end_attendance(*, actor: Actor, attendance_id: str, at: datetime | None = None) -> Attendance:
    """Somebody leaves. Who was noted by mistake is struck instead."""
    row = _attendance_for(actor, attendance_id, at)
    hold(row.meeting.forum_id)
    row = _attendance_for(actor, attendance_id, at)
    at = at or clock.now()
    must_be_open_for_notes(row.meeting)
    if row.until is not None:
        raise Refused(_("That is noted already."))
    row.until = max(at, row.since)
    row.save(update_fields=["until"])
    tell(actor, "attendance_ended", row.meeting.forum, at, row.meeting, attendance=row.pk)
    return row


@operation("forum.note")
def strike_attendance(*, actor: Actor, attendance_id: str, reason: str, at: datetime | None = None) -> Attendance:
    """It was noted by mistake, for this reason: it is kept, and counts nowhere. Until the meeting is minuted."""
    hold(_attendance_for(actor, attendance_id, at).meeting.forum_id)
    row = _attendance_for(actor, attendance_id, at)
    at = at or clock.now()
    must_be_open_for_notes(row.meeting)
    if row.struck_at is not None:
        raise Refused(_("That is struck already."))
    found = Findings()
    reason = find_printable(found, "reason", found.line("reason", reason, 300))
    found.insist()
    row.struck_at, row.struck_why = at, reason
    row.struck_by = Holding.objects.filter(pk=actor.holding_id).first()
    row.until = row.until or max(at, row.since)
    row.save(update_fields=["struck_at", "struck_by", "struck_why", "until"])
    told = {"attendance": row.pk, "seat": row.seat_id or "", "holding": row.holding_id or "", "reason": reason}
    tell(actor, "attendance_struck", row.meeting.forum, at, row.meeting, **told)
    return row


def _attendance_for(actor: Actor, attendance_id: str, at: datetime | None) -> Attendance:
    row = Attendance.objects.select_related("meeting__forum").filter(pk=attendance_id).first()
    if row is None:
        raise Absent
    row.meeting = sitting_for(actor, row.meeting_id, NOTE, at)
    return row
