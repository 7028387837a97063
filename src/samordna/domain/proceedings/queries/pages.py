"""The meeting as it goes on: who is there, what stands of each item, questions and what is to be done."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta

from django.db.models import OuterRef, Q, Subquery

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.refusals import refusal_of
from samordna.domain.forums.access import PREPARE, meeting_for, owners_of, permit_forum, visible_forums
from samordna.domain.forums.choosing import preparers_within
from samordna.domain.forums.deadlines import routine_of
from samordna.domain.forums.enums import MeetingState
from samordna.domain.forums.models import Meeting
from samordna.domain.forums.queries.meeting_rows import ItemRow
from samordna.domain.forums.queries.meetings import meeting_page
from samordna.domain.organisations.models import Holding
from samordna.domain.proceedings.access import NOTE, permit_at
from samordna.domain.proceedings.enums import QuestionState
from samordna.domain.proceedings.models import ItemTime, Note, Question, Sitting
from samordna.domain.proceedings.phrases import not_yet
from samordna.domain.proceedings.queries.attended import attended, names_of
from samordna.domain.proceedings.queries.points import points_of_meeting
from samordna.domain.proceedings.queries.questions import questions_of
from samordna.domain.proceedings.queries.rows import (
    BesideRow,
    ItemAt,
    NoteRow,
    PointRow,
    ProceedingsPage,
    QuestionRow,
)
from samordna.domain.proceedings.queries.voices import quorum_at, seated_at

MOST_ROLES = 300
"""So many roles are offered as owners of what is to be done."""
NOTHING_WRITTEN = NoteRow(number=0, text="", who="", written_at=None, beside=())


def goes_on(actor: Actor, meeting_id: str, at: datetime) -> bool:
    """Has the meeting been opened, and not ended?"""
    running = Sitting.objects.filter(meeting=meeting_id, ended_at__isnull=True)
    return running.filter(meeting__forum__in=visible_forums(actor, at)).exists()


def proceedings_page(actor: Actor, meeting_id: str, at: datetime) -> ProceedingsPage:
    """Everything that the one who keeps the notes works with, and that those who sit there read: a constant number of
    queries."""
    agenda = meeting_page(actor, meeting_id, at)
    meeting = meeting_for(actor, meeting_id, at=at)
    sitting = Sitting.objects.filter(meeting=meeting).first()
    seats = seated_at(meeting)
    who = attended(meeting, seats, sitting.ended_at if sitting else None, at)
    present = {seat.id for seat in who.seats if seat.present}
    keeping = refusal_of(permit_at, actor, NOTE, meeting.forum, at)
    if not keeping and meeting.state in {MeetingState.MINUTED, MeetingState.CANCELLED}:
        keeping = str(MeetingState(meeting.state).label)
    roles = () if keeping else _roles(meeting, at)
    listed = (*agenda.items, *_waiting(agenda.gone))
    ids = [item.id for item in listed]
    notes, times = notes_of(ids), _spent(ids, at)
    questions = questions_of(actor, meeting, ids, seats, present, at, keeps=not keeping)
    points = points_of_meeting(actor, meeting, at, keeps=not keeping)
    return ProceedingsPage(
        row=agenda.row,
        keeping=keeping,
        preparing=refusal_of(permit_forum, actor, PREPARE, meeting.forum, at),
        opening="" if sitting else not_yet(meeting.starts_at, at),
        opened_at=sitting.opened_at if sitting else None,
        ended_at=sitting.ended_at if sitting else None,
        seats=who.seats,
        guests=who.guests,
        noted=() if keeping else who.noted,
        struck=() if keeping else who.struck,
        quorum=quorum_at(routine_of(meeting.forum, clock.day(meeting.starts_at)), seats, present),
        items=tuple(_items(listed, notes, times, questions, points, sitting.item_id if sitting else None)),
        points=points,
        roles=roles,
        answered=meeting.answers.exists(),
    )


def _waiting(gone: Collection[ItemRow]) -> tuple[ItemRow, ...]:
    """What is carried over or withdrawn while a question about it stands open: it is still to be settled or left."""
    if not gone:
        return ()
    waiting = Question.objects.filter(item_id__in=[row.id for row in gone], state=QuestionState.OPEN)
    ids = set(waiting.values_list("item_id", flat=True))
    return tuple(row for row in gone if row.id in ids)


def owner_choices(actor: Actor, meeting_id: str, at: datetime) -> tuple[tuple[str, str], ...]:
    """The roles that can be given something to do after the meeting."""
    return _roles(meeting_for(actor, meeting_id, at=at), at)


def owners_named(actor: Actor, meeting_id: str, at: datetime) -> tuple[tuple[str, str], ...]:
    """Those who sit in the forum and can be given something to do, by the names of whoever holds their roles: what is said
    at a meeting is who does it."""
    meeting, on = meeting_for(actor, meeting_id, at=at), clock.day(at)
    sitting = {seat.role_id for seat in seated_at(meeting)}
    given = preparers_within(owners_of(meeting.forum), on).filter(pk__in=sitting).values("pk")
    held = Holding.objects.on(on).filter(role_id__in=given).named().order_by("valid_from", "pk")
    return tuple((each.role_id, each.known_as) for each in held[:MOST_ROLES])


def _roles(meeting: Meeting, at: datetime) -> tuple[tuple[str, str], ...]:
    found = preparers_within(owners_of(meeting.forum), clock.day(at)).select_related("organisation")
    rows = found.order_by("organisation__short_name", "name", "pk")[:MOST_ROLES]
    return tuple((role.pk, f"{role.name}, {role.organisation.short_name}") for role in rows)


def _items(
    rows: Iterable[ItemRow],
    notes: Mapping[str, NoteRow],
    times: Mapping[str, int],
    questions: Mapping[str, list[QuestionRow]],
    points: Iterable[PointRow],
    current: str | None,
) -> Iterable[ItemAt]:
    listed, said = list(rows), list(points)
    for place, row in enumerate(listed):
        after = next((each.id for each in listed[place + 1 :] if each.state == "open"), "")
        yield ItemAt(
            row=row,
            note=notes.get(row.id, NOTHING_WRITTEN),
            questions=tuple(questions.get(row.id, ())),
            points=tuple(point for point in said if point.item_id == row.id),
            current=row.id == current,
            spent=times.get(row.id, 0),
            next_id=after,
        )


def notes_of(item_ids: Collection[str]) -> dict[str, NoteRow]:
    """What stands of each item, and what stands beside it: two queries, however much has been written."""
    head = Note.objects.filter(item=OuterRef("item"), beside=False).order_by("-number").values("pk")[:1]
    waiting = Q(beside=True, settled_at__isnull=True)
    found = list(Note.objects.filter(Q(pk=Subquery(head)) | waiting, item_id__in=item_ids).order_by("item_id", "number"))
    names = names_of({note.written_by_id for note in found if note.written_by_id})
    rows: dict[str, NoteRow] = {}
    beside: dict[str, list[BesideRow]] = defaultdict(list)
    for note in found:
        who = names.get(note.written_by_id or "", "")
        if note.beside:
            row = BesideRow(id=note.pk, number=note.number, text=note.text, who=who, written_at=note.written_at)
            beside[note.item_id].append(row)
        else:
            at = note.written_at
            rows[note.item_id] = NoteRow(number=note.number, text=note.text, who=who, written_at=at, beside=())
    return {key: _with(rows.get(key, NOTHING_WRITTEN), beside[key]) for key in {*rows, *beside}}


def _with(row: NoteRow, beside: Iterable[BesideRow]) -> NoteRow:
    """A text beside ends what its number is based on: the latest number of all is what one begins from."""
    kept = tuple(beside)
    latest = max([row.number, *(each.number for each in kept)])
    return NoteRow(number=latest, text=row.text, who=row.who, written_at=row.written_at, beside=kept)


def _spent(item_ids: Collection[str], at: datetime) -> dict[str, int]:
    spent: dict[str, timedelta] = defaultdict(timedelta)
    for row in ItemTime.objects.filter(item_id__in=item_ids):
        spent[row.item_id] += (row.ended_at or max(at, row.began_at)) - row.began_at
    return {key: length // timedelta(minutes=1) for key, length in spent.items()}
