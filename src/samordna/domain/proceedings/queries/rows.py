"""What pages and the API show of what happens at a meeting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from samordna.domain.forums.queries.meeting_rows import ItemRow, MeetingRow
from samordna.domain.proceedings.queries.voices import Quorum


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatAt:
    """A seat at the meeting: for whom it speaks, who is there for it, who could be, what its role has answered."""

    id: str
    task: str
    task_label: str
    name: str
    party: str
    people: tuple[tuple[str, str], ...]
    attendance_id: str
    presence: str
    who: str
    since: datetime | None
    answer: str
    earlier: tuple[str, ...]

    @property
    def expected(self) -> str:
        """Who would be there, or the seat's own name when nobody holds its role."""
        return self.people[0][1] if self.people else self.name

    @property
    def present(self) -> bool:
        """Is somebody there for it?"""
        return self.presence == "present"


@dataclass(frozen=True, slots=True, kw_only=True)
class GuestAt:
    """Somebody who is there for no seat."""

    attendance_id: str
    name: str
    gone: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NotedRow:
    """Somebody was noted as there, or as absent. `what`: who, for whom and when, in words; `why`: it was struck, if so."""

    attendance_id: str
    what: str
    why: str = ""
    struck_by: str = ""
    struck_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BesideRow:
    """A text that somebody wrote at the same time, which has not been written together with what stands."""

    id: str
    number: int
    text: str
    who: str
    written_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteRow:
    """What stands of an item, and what stands beside it. `number`: what a change hands back to say what it began from."""

    number: int
    text: str
    who: str
    written_at: datetime | None
    beside: tuple[BesideRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceRow:
    """What a voice has said, and who cast it. `earlier`: how many of the same voice came before, and are not listed."""

    voice: str
    said: str
    reason: str
    who: str
    put_in: bool
    at: datetime
    earlier: int
    counts: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionRow:
    """A question: how it is decided, what was said, what it comes to; `unsettled`: why it cannot be settled yet, or "".

    `choices`: what can be said; `seats`: for whom the reader may say it, those who have said nothing first, so that the
    next one stands chosen; `spoken`: those of them who have said something; `silent`: voices there that have said nothing,
    `silent_ids`: the same by their ids; `mine`: for whom it may make a reservation.
    """

    id: str
    item_id: str
    text: str
    method: str
    method_label: str
    options: tuple[tuple[str, str], ...]
    choices: tuple[tuple[str, str], ...]
    open: bool
    voices: tuple[VoiceRow, ...]
    sentences: tuple[str, ...]
    unsettled: str
    seats: tuple[tuple[str, str], ...]
    spoken: tuple[tuple[str, str], ...]
    silent: tuple[str, ...]
    silent_ids: tuple[str, ...]
    mine: tuple[tuple[str, str], ...]
    coordinates: bool
    result: str
    result_label: str
    reference: str
    statement: str
    mandate: str
    reservations: tuple[tuple[str, str], ...]

    @property
    def waiting(self) -> tuple[tuple[str, str], ...]:
        """For whom the reader may say something that has not been said."""
        return tuple(seat for seat in self.seats if seat not in self.spoken)


@dataclass(frozen=True, slots=True, kw_only=True)
class PointRow:
    """What is to be done. `own`: may the reader say that it is done?"""

    id: str
    meeting_id: str
    meeting_on: datetime
    forum_id: str
    forum: str
    item_id: str
    what: str
    owner_role_id: str
    owner: str
    due_on: date | None
    late: bool
    state: str
    state_label: str
    ended_note: str
    own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRow:
    """What somebody did with what was to be done."""

    label: str
    note: str
    from_role: str
    who: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemAt:
    """An item at the meeting, with everything that was said of it. `spent`: minutes so far; `over`: past its time box."""

    row: ItemRow
    note: NoteRow
    questions: tuple[QuestionRow, ...]
    points: tuple[PointRow, ...]
    current: bool
    spent: int
    next_id: str

    @property
    def over(self) -> bool:
        """Has it taken longer than its time box?"""
        return self.row.minutes is not None and self.spent > self.row.minutes


@dataclass(frozen=True, slots=True, kw_only=True)
class ProceedingsPage:
    """A meeting as it goes on. `keeping`: why the reader does not keep its notes, or ""; `preparing`: nor its agenda;
    `opening`: why it is not opened yet, or ""."""

    row: MeetingRow
    keeping: str
    preparing: str
    opening: str
    opened_at: datetime | None
    ended_at: datetime | None
    seats: tuple[SeatAt, ...]
    guests: tuple[GuestAt, ...]
    noted: tuple[NotedRow, ...]
    struck: tuple[NotedRow, ...]
    quorum: Quorum
    items: tuple[ItemAt, ...]
    points: tuple[PointRow, ...]
    roles: tuple[tuple[str, str], ...]
    answered: bool

    @property
    def id(self) -> str:
        """The meeting's own."""
        return self.row.id

    @property
    def sits(self) -> bool:
        """Does it go on now?"""
        return self.opened_at is not None and self.ended_at is None

    @property
    def ending(self) -> str:
        """Why the meeting is not ended yet, or ""."""
        return next((one.row.waiting for one in self.items if one.row.waiting), "")

    @property
    def unnoted(self) -> bool:
        """Is there a seat of which nothing is noted?"""
        return any(not seat.presence and not seat.earlier for seat in self.seats)

    @property
    def attended(self) -> bool:
        """Is who was there noted now, or put right afterwards?"""
        return self.opened_at is not None and not self.keeping
