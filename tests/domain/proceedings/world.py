"""A meeting that is held: a forum with two parties, a member and a deputy of each, a secretary, one decision item."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.domain.forums.models import Forum, Item, Meeting, Ownership, Routine, Seat
from samordna.domain.organisations.enums import RoleKind
from samordna.domain.proceedings import operations as do
from samordna.domain.proceedings.models import Question
from tests import factories as f
from tests.domain.collaborations.setting import Setting, setting
from tests.factories import NOW


@dataclass(frozen=True)
class Sat:
    """`own`, `other`: the members of the two parties; `deputy`: a deputy of the first one's; `secretary`: of the second's
    organisation. Nobody is noted as there yet, and the meeting is not opened."""

    given: Setting
    forum: Forum
    meeting: Meeting
    item: Item
    deputy: Actor
    secretary: Actor
    seats: dict[str, Seat]

    @property
    def coordinator(self) -> Actor:
        return self.given.coordinator

    @property
    def keeping(self) -> dict[str, Any]:
        return {"actor": self.secretary, "at": NOW}

    def opened(self) -> Sat:
        do.open_meeting(meeting_id=self.meeting.pk, **self.keeping)
        return self

    def there(self, *seats: str, **fields: Any) -> Sat:
        for seat in seats or ("own", "other"):
            do.note_attendance(meeting_id=self.meeting.pk, seat_id=self.seats[seat].pk, **self.keeping | fields)
        return self

    def rule(self, **fields: Any) -> Sat:
        Routine.objects.filter(forum=self.forum).update(**fields)
        return self

    def ask(self, text: str = "Vi delar på kostnaden.", **fields: Any) -> Question:
        return do.open_question(item_id=self.item.pk, text=text, **self.keeping | fields)

    def say(self, question: Question, who: Actor, choice: str = "", minutes: int = 1, **fields: Any) -> Any:
        at = NOW + timedelta(minutes=minutes)
        return do.cast_vote(actor=who, question_id=question.pk, choice=choice, at=at, **fields)


def sat(**routine: Any) -> Sat:
    given = setting()
    forum = Forum.objects.create(
        name="Styrgrupp", purpose="p", power="decides", prepares_id=given.coordinator.role_id or "", started_at=NOW
    )
    Ownership.objects.create(forum=forum, collaboration=given.collaboration, asked_at=NOW, accepted_at=NOW)
    ruled = {"method": "consent", "voice": "party", "quorum": "none", "share": "two_thirds"} | routine
    Routine.objects.create(forum=forum, starts_on=clock.day(NOW), written_at=NOW, **ruled)
    meeting = Meeting.objects.create(forum=forum, starts_at=NOW, ends_at=NOW + timedelta(hours=2), planned_at=NOW)
    item = Item.objects.create(
        forum=forum, meeting=meeting, order=1, kind="decision", title="Kostnad", area=given.area, raised_at=NOW
    )
    deputy, secretary = f.actor(given.own), f.actor(given.other, RoleKind.OFFICER)
    seated = {"own": (given.manager, "member"), "other": (given.other_manager, "chair")}
    seated |= {"deputy": (deputy, "deputy"), "secretary": (secretary, "secretary")}
    seats = {
        key: Seat.objects.create(forum=forum, role_id=who.role_id or "", task=task, valid_from=clock.day(NOW))
        for key, (who, task) in seated.items()
    }
    return Sat(given, forum, meeting, item, deputy, secretary, seats)
