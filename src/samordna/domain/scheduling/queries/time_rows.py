"""What pages and the API show of questions about times."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionRow:
    """A question about a time in a list. `mine`: the reader's role is asked; `answered`: and has answered."""

    id: str
    forum_id: str
    forum: str
    title: str
    first_on: date
    last_on: date
    minutes: int
    answer_by: date | None
    closed_at: datetime | None
    meeting_id: str
    mine: bool
    answered: bool

    @property
    def name(self) -> str:
        """Its own title, or its forum's name."""
        return self.title or self.forum


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyCell:
    """What a role says of a time: "" when nothing. `by`: who answered."""

    option_id: str
    suits: str
    label: str
    sign: str
    reason: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedRow:
    """A role that is asked. `own`: the reader may answer for it; `calendars`: how many of its holders have given hours
    (told to those who prepare, and of its own role to the reader)."""

    id: str
    role_id: str
    role: str
    organisation: str
    holders: tuple[str, ...]
    wanted: str
    wanted_label: str
    mine: bool
    silent: bool
    calendars: int
    cells: tuple[ReplyCell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionRow:
    """A proposed time with what it amounts to. `best`: the best of them; `sentences`: who cannot, and what it lacks;
    `busy`: who is busy, told to those who prepare only."""

    id: str
    starts_at: datetime
    ends_at: datetime
    place: str
    by_hand: bool
    counts: Mapping[str, int]
    possible: bool
    best: bool
    sentences: tuple[str, ...]
    busy: tuple[str, ...]
    collides: tuple[str, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SpotRow:
    """A place where one could meet."""

    id: str
    name: str
    seats: int | None
    online: bool
    ways: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionPage:
    """A question about a time: what is looked for, who says what, and what is best. `answering`: why the reader may not
    answer for anybody, or ""; `preparing`: why not prepare; `own_hours`: how much is kept of the reader's own calendar;
    `by_calendar`: who has said nothing but given a calendar; `lingers`: its days have passed, and it is open because a time
    lies ahead; `fingerprint`: what a change of what is looked for hands back to say what it began from."""

    row: QuestionRow
    opens: time
    closes: time
    weekdays: tuple[int, ...]
    weekday_labels: tuple[str, ...]
    dropped_reason: str
    options: tuple[OptionRow, ...]
    asked: tuple[AskedRow, ...]
    spots: tuple[SpotRow, ...]
    preparing: str
    silent: tuple[str, ...]
    by_calendar: tuple[str, ...]
    mine: AskedRow | None
    own_hours: int | None
    unread: tuple[str, ...]
    refused: str
    lingers: bool
    fingerprint: str

    @property
    def open(self) -> bool:
        """Can it still be answered?"""
        return self.row.closed_at is None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleChoice:
    """A role that can be asked, and how much it is wanted to begin with: "" when it is not asked."""

    id: str
    name: str
    organisation: str
    wanted: str
    sits: bool
