"""A meeting that has been held and noted: who was there, what was written, a decision, a reservation, something to do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from samordna.core.actor import Actor
from samordna.domain.forums.enums import MeetingState
from samordna.domain.forums.models import Item, Meeting, Seat
from samordna.domain.proceedings.models import ActionPoint, Attendance, Note, Outcome, Question, Reservation
from tests.domain.forums.test_meetings import bring, plan
from tests.domain.forums.world import Met, world
from tests.factories import NOW

LATER = NOW + timedelta(days=40)
BY = date(2027, 1, 15)


@dataclass(frozen=True)
class Noted:
    """`secretary` keeps the notes; `chair` and `member` sit there; `reader` takes part and does not sit."""

    met: Met
    meeting: Meeting
    first: Item
    second: Item
    seats: dict[str, Seat]

    @property
    def secretary(self) -> Actor:
        return self.met.coordinator

    @property
    def chair(self) -> Actor:
        return self.met.given.manager

    @property
    def member(self) -> Actor:
        return self.met.given.other_manager

    @property
    def about(self) -> dict[str, str]:
        return {"meeting_id": self.meeting.pk}


def decided(noted: Noted, item: Item, statement: str, number: int = 1, year: int = 2026) -> Outcome:
    """A decision about an item."""
    asked = {"method": "consent", "voice": "party", "quorum": "none", "share": "two_thirds", "options": []}
    question = Question.objects.create(item=item, text=statement, state="closed", opened_at=LATER, closed_at=LATER, **asked)
    told = {"year": year, "number": number, "statement": statement, "settled_at": LATER}
    return Outcome.objects.create(question=question, forum=noted.met.forum, result="carried", **told)


def noted() -> Noted:
    """The whole of it, made without the operations of the meeting itself."""
    met = world("board", area_ids=[])
    seats = {"chair": met.seat(met.given.manager, "chair"), "member": met.seat(met.given.other_manager)}
    meeting = plan(met)
    first = bring(met, meeting_id=meeting.pk, title="Köerna till vården", minutes=30)
    second = bring(met, actor=met.coordinator, meeting_id=meeting.pk, title="Sommaren", minutes=20)
    Meeting.objects.filter(pk=meeting.pk).update(state=MeetingState.HELD, held_at=LATER)
    meeting.refresh_from_db()
    made = Noted(met, meeting, first, second, seats)
    here = {"meeting": meeting, "since": LATER}
    Attendance.objects.create(**here, seat=seats["chair"], holding_id=met.given.manager.holding_id)
    Attendance.objects.create(
        **here, seat=seats["member"], holding_id=met.given.other_manager.holding_id, presence="absent"
    )
    Attendance.objects.create(**here, name="Gästen Gun")
    Note.objects.create(item=first, number=1, text="Vi talade om köerna.", written_at=LATER)
    Note.objects.create(item=first, number=2, text="Köerna växer.\n\n- mest i norr", written_at=LATER)
    outcome = decided(made, first, "Forumet beslutar att korta köerna.")
    Reservation.objects.create(question=outcome.question, seat=seats["member"], text="Vi saknar folk.", made_at=LATER)
    role_id = met.given.manager.role_id or ""
    todo = {"meeting": meeting, "noted_at": LATER, "owner_role_id": role_id}
    ActionPoint.objects.create(**todo, item=first, what="Räkna köerna", due_on=date(2027, 2, 1))
    return made
