"""Who comes to a meeting: what every called role has answered, and which parties have a voice there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from samordna.core.actor import Actor
from samordna.domain.forums.access import meeting_for
from samordna.domain.forums.deputising import deputies_for
from samordna.domain.forums.enums import VOTING, Coming, MeetingState
from samordna.domain.forums.models import CallAnswer, Meeting
from samordna.domain.forums.queries.pages import seats_of
from samordna.domain.forums.queries.rows import SeatRow
from samordna.domain.organisations.models import Holding

THERE = frozenset({Coming.COMES, Coming.DEPUTY})
TONES = {Coming.COMES: "good", Coming.DEPUTY: "good", Coming.CANNOT: "warn", Coming.PERHAPS: "info"}


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRow:
    """A called role and its answer; `says` is "" while it has not answered the call as it is now."""

    seat: SeatRow
    says: str
    says_label: str
    tone: str
    instead: str
    answered_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyRow:
    """A party that somebody speaks for. `voice`: somebody comes who does; `open`: somebody has not answered."""

    name: str
    voice: bool
    open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ComingPage:
    """Who comes. `mine`: the actor's own role among those who are called; `deputies`: who may come instead of it."""

    called: bool
    rows: tuple[AnswerRow, ...]
    parties: tuple[PartyRow, ...]
    mine: AnswerRow | None
    deputies: tuple[tuple[str, str], ...]

    @property
    def coming(self) -> int:
        """How many come, by themselves or by a deputy."""
        return sum(row.says in THERE for row in self.rows)

    @property
    def unanswered(self) -> int:
        """How many have not answered."""
        return sum(not row.says for row in self.rows)

    @property
    def voiceless(self) -> tuple[str, ...]:
        """Parties for which nobody comes and nobody is left to answer."""
        return tuple(row.name for row in self.parties if not row.voice and not row.open)


def coming_to(actor: Actor, meeting_id: str, at: datetime, seats: Sequence[SeatRow] | None = None) -> ComingPage:
    """Who comes to the meeting; a constant number of queries. `seats`: those who sit, where they have been read already."""
    meeting = meeting_for(actor, meeting_id, at=at)
    if meeting.state in {MeetingState.PLANNED, MeetingState.CANCELLED}:
        return ComingPage(called=False, rows=(), parties=(), mine=None, deputies=())
    answers = _answers(meeting)
    rows = tuple(_row(seat, answers) for seat in (seats_of(actor, meeting.forum, at) if seats is None else seats))
    mine = next((row for row in rows if row.seat.mine), None) if meeting.state == MeetingState.CALLED else None
    among = deputies_for(meeting.forum, mine.seat.role_id, at) if mine else []
    deputies = tuple((held.pk, f"{held.known_as}, {held.role.name}") for held in among if held.pk != actor.holding_id)
    return ComingPage(called=True, rows=rows, parties=tuple(_parties(rows)), mine=mine, deputies=deputies)


def _answers(meeting: Meeting) -> dict[str, tuple[CallAnswer, str]]:
    """The answers to the meeting as it is now, by role, each with the name of who comes instead. Two queries."""
    found = list(CallAnswer.objects.filter(meeting=meeting, sequence=meeting.sequence))
    instead = {row.instead_id for row in found if row.instead_id}
    names = {held.pk: held.known_as for held in Holding.objects.filter(pk__in=instead).named()} if instead else {}
    return {row.role_id: (row, names.get(row.instead_id or "", "")) for row in found}


def _row(seat: SeatRow, answers: Mapping[str, tuple[CallAnswer, str]]) -> AnswerRow:
    given = answers.get(seat.role_id)
    if given is None:
        return AnswerRow(seat=seat, says="", says_label="", tone="", instead="", answered_at=None)
    answer, instead = given
    said = Coming(answer.says)
    return AnswerRow(
        seat=seat,
        says=said.value,
        says_label=str(said.label),
        tone=TONES[said],
        instead=instead,
        answered_at=answer.answered_at,
    )


def _parties(rows: Iterable[AnswerRow]) -> Iterable[PartyRow]:
    by_name: dict[str, list[AnswerRow]] = {}
    for row in rows:
        if row.seat.party and row.seat.task in VOTING:
            by_name.setdefault(row.seat.party, []).append(row)
    for name, own in sorted(by_name.items()):
        waits = any(row.says in {"", Coming.PERHAPS} for row in own)
        yield PartyRow(name=name, voice=any(row.says in THERE for row in own), open=waits)
