"""Who speaks for whom at a meeting, and what a question has come to: the facts given to the pure methods of decision."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from samordna.core import clock
from samordna.domain.forums import ballots
from samordna.domain.forums.access import owners_of
from samordna.domain.forums.ballots import Ballot, Choice, Tally
from samordna.domain.forums.choosing import parties_of
from samordna.domain.forums.enums import VOTING, Method, SeatTask, Voice
from samordna.domain.forums.mandate import Reach, Verdict
from samordna.domain.forums.methods import Outcome, quorum_of, settle
from samordna.domain.forums.models import Item, Meeting, Routine, Seat
from samordna.domain.forums.queries.meetings import reaches_of
from samordna.domain.proceedings.enums import Presence
from samordna.domain.proceedings.models import Attendance, Question, Reservation, Vote

COORDINATOR = "coordinator"
"""The member that decides where the coordinator does; it is no seat."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seated:
    """A seat on the day of the meeting: what its role is called, and for whom it speaks then ("" for nobody)."""

    id: str
    task: str
    role_id: str
    role: str
    organisation_id: str
    organisation: str
    party_id: str
    party: str

    @property
    def name(self) -> str:
        """Whose seat it is."""
        return f"{self.role}, {self.organisation}"


def seated_at(meeting: Meeting) -> list[Seated]:
    """Who sits in the forum on the day of the meeting: three queries."""
    on, owners = clock.day(meeting.starts_at), owners_of(meeting.forum)
    found = Seat.objects.filter(forum_id=meeting.forum_id, valid_from__lte=on).exclude(valid_to__lte=on)
    seats = list(found.select_related("role__organisation").order_by("valid_from", "pk"))
    party_on = parties_of(owners, {seat.role.organisation_id for seat in seats})
    rows = []
    for seat in seats:
        role = seat.role
        party = party_on(role.organisation_id, on) if seat.task in VOTING else None
        about = {"role_id": role.pk, "role": role.name, "organisation_id": role.organisation_id}
        spoken = {"party_id": party.pk if party else "", "party": party.name if party else ""}
        rows.append(Seated(id=seat.pk, task=seat.task, organisation=role.organisation.short_name, **about, **spoken))
    order = (SeatTask.CHAIR, SeatTask.MEMBER, SeatTask.DEPUTY, SeatTask.SECRETARY, SeatTask.GUEST)
    return sorted(rows, key=lambda row: (order.index(SeatTask(row.task)), row.organisation, row.role, row.id))


def may_stand_in(seat: Seated, party_id: str) -> bool:
    """Does whoever sits there sit as a deputy for this party?"""
    return bool(party_id) and seat.task == SeatTask.DEPUTY and seat.party_id == party_id


def having_a_voice(seats: Iterable[Seated], voice: str) -> list[Seated]:
    """The seats that a decision counts: of each party one voice, whoever sits for it; or of each member, when deputies
    speak only in a member's place."""
    if voice == Voice.PARTY:
        return [seat for seat in seats if seat.party_id]
    return [seat for seat in seats if seat.task in (SeatTask.MEMBER, SeatTask.CHAIR)]


def voice_of(seat: Seated, voice: str) -> str:
    """What counts once for this seat."""
    return seat.party_id if voice == Voice.PARTY else seat.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Quorum:
    """How many voices are there, of how many, and how many are needed."""

    present: int
    of: int
    needed: int

    @property
    def met(self) -> bool:
        """Are they enough?"""
        return self.present >= self.needed


def quorum_at(routine: Routine | None, seats: Iterable[Seated], present: Iterable[str]) -> Quorum:
    """The quorum as it stands, with these seats occupied."""
    if routine is None:
        return Quorum(present=0, of=0, needed=0)
    counted, there = having_a_voice(seats, routine.voice), set(present)
    voices = {voice_of(seat, routine.voice) for seat in counted}
    heard = {voice_of(seat, routine.voice) for seat in counted if seat.id in there}
    needed = quorum_of(routine_of_decision(routine), len(voices))
    return Quorum(present=len(heard), of=len(voices), needed=needed)


def routine_of_decision(given: Routine | Question) -> ballots.Routine:
    """A forum's routine, or the one that a question was opened with, as the methods read it."""
    return ballots.Routine.chosen(method=given.method, voice=given.voice, quorum=given.quorum, share=given.share)


def present_seats(meeting: Meeting) -> set[str]:
    """The seats that somebody occupies at this moment."""
    there = Attendance.objects.filter(meeting=meeting, presence=Presence.PRESENT, until__isnull=True)
    return set(there.exclude(seat=None).values_list("seat_id", flat=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Stands:
    """How a question stands: what was said, what it comes to, and what everybody in it is called."""

    tally: Tally
    outcome: Outcome
    name: Callable[[str], str]
    seats: tuple[Seated, ...]
    silent_present: tuple[str, ...]


def ballot_of(vote: Vote) -> Ballot:
    """A vote as the methods read it."""
    said = {"choice": Choice(vote.choice)} if vote.choice else {"ranks": tuple(tuple(group) for group in vote.ranks)}
    about = {"member": vote.seat_id or COORDINATOR, "cast_by": vote.cast_by_id or "", "at": vote.cast_at}
    return Ballot(**about, **said, reason=vote.reason)  # type: ignore[arg-type]


def standing_of(
    question: Question,
    votes: Iterable[Vote],
    seats: Iterable[Seated],
    present: Iterable[str],
    reservations: Iterable[Reservation],
    reach: Reach | None,
    at: datetime,
) -> Stands:
    """The tally and outcome as they are now, or were when the question was closed."""
    counted, there = having_a_voice(seats, question.voice), set(present)
    members = {seat.id for seat in counted}
    asked = ballots.Question(
        seats=tuple(ballots.Seat(member=seat.id, party=seat.party_id or seat.id) for seat in counted),
        closes=question.closed_at or at + timedelta(seconds=1),
        options=tuple(str(number) for number, _text in enumerate(question.options, start=1)),
        present=frozenset(there & members),
        coordinator=COORDINATOR if question.method == Method.COORDINATOR else "",
        within_mandate=reach is not None and reach.verdict in {Verdict.DECIDES, Verdict.SOME_ADOPT},
    )
    kept = (ballot_of(vote) for vote in votes)
    spoken = [each for each in kept if each.member in members or each.member == asked.coordinator]
    made = [
        ballots.Reservation(member=row.seat_id, made_by=row.made_by_id or "", at=row.made_at, text=row.text)
        for row in reservations
    ]
    tally, outcome = settle(asked, routine_of_decision(question), spoken, made)
    names = {str(number): text for number, text in enumerate(question.options, start=1)}
    names |= {seat.id: seat.name for seat in counted} | {seat.party_id: seat.party for seat in counted if seat.party_id}
    heard = tuple(voice for voice in tally.silent if voice in tally.present)
    return Stands(
        tally=tally,
        outcome=outcome,
        name=lambda key: names.get(key, key),
        seats=tuple(counted),
        silent_present=heard,
    )


def reach_of_item(item: Item, at: datetime) -> Reach | None:
    """What the forum may decide in the item's area at this moment; None when it lies in none."""
    if item.area is None:
        return None
    return reaches_of(item.forum, [item], {item.area.collaboration_id}, at).get(item.pk)
