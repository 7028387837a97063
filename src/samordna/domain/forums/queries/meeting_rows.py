"""What pages and the API show of meetings and items."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from samordna.core.overtaking import fingerprint
from samordna.domain.forums.queries.rows import SeatRow
from samordna.domain.forums.wording import ITEM_WORDS, meeting_words


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperRow:
    """Something to read before an item."""

    id: str
    name: str
    address: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRow:
    """An item on an agenda or in the backlog. `allowed` and `mandate`: for a decision, may the forum take it, and what it
    means; `own`: may the actor change it; `ahead`: its meeting, if it has one, is still to come; `matter`, `area`: "" when
    the actor may not see it; `staying`: why it is not withdrawn or placed elsewhere, `waiting`: nor finished or
    carried over, or ""."""

    id: str
    number: int
    kind: str
    kind_label: str
    title: str
    purpose: str
    minutes: int | None
    begins: datetime | None
    owner_role_id: str
    owner: str
    matter_id: str
    matter: str
    hidden_matter: bool
    area_id: str
    area: str
    hidden_area: bool
    raised_at: datetime
    raised_for: str
    raised_by: str
    state: str
    state_label: str
    withdrawn_reason: str
    carried_to: str
    papers: tuple[PaperRow, ...]
    allowed: bool
    mandate: str
    own: bool
    ahead: bool
    staying: str
    waiting: str

    @property
    def changeable(self) -> bool:
        """May the actor say it anew and change what one reads before it? Once its meeting is over, it stands as it was."""
        return self.own and self.ahead

    @property
    def fingerprint(self) -> str:
        """What a change of the description hands back to say what it began from."""
        return fingerprint({name: getattr(self, name) for name in ITEM_WORDS})


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingRow:
    """A meeting in a list."""

    id: str
    forum_id: str
    forum: str
    title: str
    starts_at: datetime
    ends_at: datetime
    place: str
    link: str
    state: str
    state_label: str

    @property
    def name(self) -> str:
        """Its own title, or its forum's name."""
        return self.title or self.forum

    @property
    def words(self) -> dict[str, str]:
        """What its form begins with."""
        return meeting_words(self.starts_at, self.ends_at, self.title, self.place, self.link)

    @property
    def fingerprint(self) -> str:
        """What a change of it hands back to say what it began from."""
        return fingerprint(self.words)

    @property
    def ahead(self) -> bool:
        """Is it still to come?"""
        return self.state in {"planned", "called"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """The last day for something before a meeting. `late`: the day has passed and it is not done."""

    what: str
    day: date
    late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingPage:
    """A meeting with its agenda. `spare`: the minutes that the time boxes leave; negative when they do not fit.
    `moving`: why it is neither moved nor cancelled, `ending`: nor said to have been held, or ""."""

    row: MeetingRow
    cancelled_reason: str
    items: tuple[ItemRow, ...]
    gone: tuple[ItemRow, ...]
    backlog: tuple[ItemRow, ...]
    deadlines: tuple[Deadline, ...]
    seats: tuple[SeatRow, ...]
    boxed: int
    spare: int
    raising: str
    others: tuple[MeetingRow, ...]
    moving: str
    ending: str

    @property
    def id(self) -> str:
        """The meeting's own."""
        return self.row.id

    @property
    def ahead(self) -> bool:
        """Is it still to come?"""
        return self.row.ahead
