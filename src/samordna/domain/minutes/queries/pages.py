"""Minutes as pages and the API show them: what they say, how far they have come, who is waited for, what is possible."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import pgettext

from samordna.core.actor import Actor
from samordna.core.errors import Denied
from samordna.core.refusals import refusal_of
from samordna.domain.agreements.differences import Compared, differences
from samordna.domain.agreements.document import Document
from samordna.domain.forums.access import meeting_for
from samordna.domain.forums.enums import MeetingState
from samordna.domain.forums.queries.meeting_rows import MeetingRow
from samordna.domain.forums.queries.meetings import meeting_row
from samordna.domain.minutes.access import adjuster_for, minutes_for
from samordna.domain.minutes.enums import MinutesState, Word
from samordna.domain.minutes.models import Adjuster, AdjustersWord, Minutes
from samordna.domain.minutes.queries.choices import adjuster_roles
from samordna.domain.minutes.queries.documents import document_of_version, version_of
from samordna.domain.minutes.record import Record
from samordna.domain.minutes.wording import fingerprint_of
from samordna.domain.proceedings.access import NOTE, keeps, permit_at


@dataclass(frozen=True, slots=True, kw_only=True)
class AdjusterRow:
    """One who is asked to adjust. `agreed_at`: when it agreed to the version that stands."""

    role_id: str
    role: str
    organisation: str
    agreed_at: datetime | None
    asks: bool
    mine: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestRow:
    """A change that was asked for. `now`: of the version that stands, or of one before it?"""

    role: str
    organisation: str
    item: str
    words: str
    said_at: datetime
    version: int
    now: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteRow:
    """A correction note."""

    number: int
    text: str
    written_at: datetime
    written_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemChoice:
    """An item of the minutes, with what is written of it."""

    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesPage:
    """A meeting's minutes. `writing`, `adjusting`: why the actor may not write or adjust them, or ""."""

    meeting: MeetingRow
    state: str
    state_label: str
    number: int
    document: Document
    items: tuple[ItemChoice, ...]
    fingerprint: str
    sent_at: datetime | None
    adjust_by: date | None
    adjusted_at: datetime | None
    locked_at: datetime | None
    locked_by: str
    digest: str
    written_at: datetime
    adjusters: tuple[AdjusterRow, ...]
    requests: tuple[RequestRow, ...]
    corrections: tuple[NoteRow, ...]
    choices: tuple[tuple[str, str], ...]
    writing: str
    adjusting: str

    @property
    def asked(self) -> tuple[str, ...]:
        """The roles that are asked to adjust."""
        return tuple(row.role_id for row in self.adjusters)

    @property
    def waited_for(self) -> tuple[str, ...]:
        """Those whose word is still missing."""
        return tuple(f"{row.role}, {row.organisation}" for row in self.adjusters if row.agreed_at is None)

    @property
    def asked_now(self) -> tuple[RequestRow, ...]:
        """Changes that are asked for in the version that stands."""
        return tuple(row for row in self.requests if row.now)

    @property
    def asked_before(self) -> tuple[RequestRow, ...]:
        """Changes that were asked for in earlier versions, the latest first: what came after is the answer to them."""
        return tuple(row for row in reversed(self.requests) if not row.now)

    @property
    def agreed(self) -> bool:
        """Has the actor itself agreed to the version that stands?"""
        return any(row.mine and row.agreed_at for row in self.adjusters)


def minutes_page(actor: Actor, meeting_id: str, at: datetime, number: int = 0) -> MinutesPage:
    """A version of the minutes (the latest for 0) with how far they have come: a constant number of queries."""
    minutes = minutes_for(actor, meeting_id, at=at)
    latest = version_of(minutes)
    version = version_of(minutes, number) if number else latest
    record = Record.from_json(version.content)
    writing = refusal_of(permit_at, actor, NOTE, minutes.meeting.forum, at)
    titles = {item.item_id: item.title for item in record.items}
    said = list(
        AdjustersWord.objects.filter(adjuster__minutes=minutes)
        .select_related("adjuster__role__organisation", "version")
        .order_by("said_at", "pk")
    )
    asked = (
        minutes.adjusters.filter(ended_at__isnull=True)
        .select_related("role__organisation")
        .order_by("role__organisation__name", "role__name", "pk")
    )
    return MinutesPage(
        meeting=meeting_row(minutes.meeting),
        state=minutes.state,
        state_label=minutes.get_state_display(),
        number=version.number,
        document=document_of_version(minutes, version),
        items=tuple(ItemChoice(id=item.item_id, title=item.title, text=item.text) for item in record.items),
        fingerprint=fingerprint_of(record),
        sent_at=minutes.sent_at,
        adjust_by=minutes.adjust_by,
        adjusted_at=minutes.adjusted_at,
        locked_at=minutes.locked_at,
        locked_by=minutes.locked_by.role.name if minutes.locked_by else "",
        digest=minutes.digest,
        written_at=version.written_at,
        adjusters=tuple(_adjuster(one, said, latest.number, actor) for one in asked),
        requests=tuple(_request(word, titles, latest.number) for word in said if word.word == Word.ASKS),
        corrections=_notes(minutes),
        choices=() if writing else adjuster_roles(minutes.meeting.forum, at),
        writing=writing,
        adjusting=refusal_of(adjuster_for, actor, minutes, at),
    )


def _adjuster(one: Adjuster, said: list[AdjustersWord], latest: int, actor: Actor) -> AdjusterRow:
    words = [word for word in said if word.adjuster_id == one.pk and word.version.number == latest]
    last = words[-1] if words else None
    return AdjusterRow(
        role_id=one.role_id,
        role=one.role.name,
        organisation=one.role.organisation.name,
        agreed_at=last.said_at if last and last.word == Word.AGREES else None,
        asks=bool(last and last.word == Word.ASKS),
        mine=one.role_id == actor.role_id,
    )


def _request(word: AdjustersWord, titles: dict[str, str], latest: int) -> RequestRow:
    role = word.adjuster.role
    return RequestRow(
        role=role.name,
        organisation=role.organisation.name,
        item=titles.get(word.item_id or "", "") or pgettext("request", "The whole"),
        words=word.words,
        said_at=word.said_at,
        version=word.version.number,
        now=word.version.number == latest,
    )


def _notes(minutes: Minutes) -> tuple[NoteRow, ...]:
    return tuple(
        NoteRow(
            number=note.number,
            text=note.text,
            written_at=note.written_at,
            written_by=note.written_by.role.name if note.written_by else "",
        )
        for note in minutes.corrections.select_related("written_by__role")
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How far a meeting's minutes have come, for its page. `state`: "" where there are none that the actor reads;
    `may_begin`: may the actor begin them now?"""

    state: str
    state_label: str
    may_begin: bool


def standing_of(actor: Actor, meeting_id: str, at: datetime) -> Standing:
    """How far they have come."""
    meeting = meeting_for(actor, meeting_id, at=at)
    try:
        minutes = minutes_for(actor, meeting_id, at=at)
    except Denied:
        begun = Minutes.objects.filter(meeting=meeting).exists()
        may = meeting.state == MeetingState.HELD and not begun and keeps(actor, meeting.forum, at)
        return Standing(state="", state_label="", may_begin=may)
    return Standing(state=minutes.state, state_label=str(MinutesState(minutes.state).label), may_begin=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedVersions:
    """What differs between two versions. `same`: how many parts are the same in both."""

    earlier: int
    later: int
    numbers: tuple[int, ...]
    parts: tuple[Compared, ...]
    same: int


def compared_versions(actor: Actor, meeting_id: str, at: datetime, earlier: int = 0, later: int = 0) -> ComparedVersions:
    """Two versions part by part; without numbers, the latest and the one before it."""
    minutes = minutes_for(actor, meeting_id, at=at)
    numbers = tuple(minutes.versions.order_by("number").values_list("number", flat=True))
    later = later if later in numbers else numbers[-1]
    earlier = earlier if earlier in numbers else max(later - 1, 1)
    before, after = version_of(minutes, earlier), version_of(minutes, later)
    found = differences(document_of_version(minutes, before), document_of_version(minutes, after))
    differing = tuple(part for part in found if part.differs)
    return ComparedVersions(
        earlier=earlier, later=later, numbers=numbers, parts=differing, same=len(found) - len(differing)
    )
