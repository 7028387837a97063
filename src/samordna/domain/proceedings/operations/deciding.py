"""Decisions at a meeting: a question is opened, voices are cast, it is settled or left; and somebody reserves itself."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Forbidden, Refused, TooLarge
from samordna.core.operation import operation
from samordna.domain.collaborations.access import seen_collaborations
from samordna.domain.forums.ballots import AMONG_OPTIONS, MOST_OPTIONS
from samordna.domain.forums.deadlines import routine_of
from samordna.domain.forums.enums import AHEAD, ItemKind, ItemState, MeetingState, Method
from samordna.domain.forums.models import Item
from samordna.domain.forums.operations.telling import tell
from samordna.domain.forums.phrases import named, reach_sentence
from samordna.domain.organisations.findings import Findings
from samordna.domain.proceedings.access import NOTE, VOTE, keeps
from samordna.domain.proceedings.casting import said_in
from samordna.domain.proceedings.enums import Presence, QuestionState, Settled
from samordna.domain.proceedings.limits import LONGEST_REASON, MOST_QUESTIONS, MOST_VOTES
from samordna.domain.proceedings.models import Attendance, Outcome, Question, Reservation, Vote
from samordna.domain.proceedings.operations.closing import meeting_of, record, standing_now
from samordna.domain.proceedings.operations.holding import held_item_for, held_question_for, must_sit
from samordna.domain.proceedings.phrases import unsettled
from samordna.domain.proceedings.printing import find_printable
from samordna.domain.proceedings.queries.voices import (
    Seated,
    Stands,
    having_a_voice,
    present_seats,
    reach_of_item,
    seated_at,
    voice_of,
)


@operation("forum.note")
def open_question(
    *,
    actor: Actor,
    item_id: str,
    text: str,
    method: str = "",
    options: Sequence[str] = (),
    at: datetime | None = None,
) -> Question:
    """Ask the meeting to decide. The method is the forum's own unless another is chosen; the mandate is asked for now."""
    item, meeting = held_item_for(actor, item_id, at)
    at = at or clock.now()
    must_sit(meeting)
    _must_be_within(actor, item, at)
    routine = routine_of(item.forum, clock.day(meeting.starts_at))
    if routine is None:
        raise Refused(_("The forum has no decision routine yet. Say first how it decides."))
    found = Findings()
    text = find_printable(found, "text", found.text("text", text, longest=LONGEST_REASON))
    method = found.choice("method", method or routine.method, Method.values)
    chosen = _options(found, method, options)
    if item.questions.count() >= MOST_QUESTIONS:
        raise TooLarge(_("At most %(most)s questions are asked about an item.") % {"most": MOST_QUESTIONS})
    found.insist()
    made = Question.objects.create(
        item=item,
        text=text,
        method=method,
        voice=routine.voice,
        quorum=routine.quorum,
        share=routine.share,
        options=chosen,
        opened_at=at,
        opened_by_id=actor.holding_id,
    )
    told = {"question": made.pk, "text": text, "method": method}
    tell(actor, "question_opened", item.forum, at, item, **told)
    return made


def _must_be_within(actor: Actor, item: Item, at: datetime) -> None:
    """Only a decision item that the forum may decide by the mandates of the moment."""
    if item.kind != ItemKind.DECISION:
        raise Refused(_("The item is not for decision. Raise an item for decision, so that the mandate is asked for."))
    if item.state in {ItemState.CARRIED, ItemState.WITHDRAWN}:
        raise Refused(_("The item is carried over or withdrawn, so it is not decided at this meeting."))
    reach = reach_of_item(item, at)
    if reach is None:
        raise Refused(_("The item lies in no area, so nobody can say who may decide it. Describe it first."))
    if not reach.allowed and item.area and item.area.collaboration_id not in seen_collaborations(actor, at):
        raise Refused(_("The forum may not decide this by the mandates as they are. Ask whoever coordinates the area."))
    if not reach.allowed:
        raise Refused(reach_sentence(reach, item.area.name if item.area else ""))


def _options(found: Findings, method: str, options: Sequence[str]) -> list[str]:
    cleaned = [find_printable(found, "options", found.line("options", each, 200, required=False)) for each in options]
    chosen = [option for option in cleaned if option]
    if len({option.casefold() for option in chosen}) != len(chosen):
        found.say("options", _("Each option is there once."))
    if len(chosen) > MOST_OPTIONS:
        found.say("options", _("At most %(most)s options are chosen among.") % {"most": MOST_OPTIONS})
    if method in AMONG_OPTIONS and len(chosen) < 2:
        found.say("options", _("Write at least two options, one on each line."))
    return chosen if method in AMONG_OPTIONS or method == Method.COORDINATOR else []


@operation("forum.vote")
def cast_vote(
    *,
    actor: Actor,
    question_id: str,
    choice: str = "",
    ranks: Sequence[Sequence[str]] = (),
    reason: str = "",
    seat_id: str = "",
    as_coordinator: bool = False,
    at: datetime | None = None,
) -> Vote:
    """Say what a voice says. Whoever is noted as there for a seat says it for that seat; whoever keeps the notes puts it in
    for any seat that somebody is there for. The last before the closing counts, and all are kept with who cast them."""
    question = held_question_for(actor, question_id, VOTE, at)
    at = at or clock.now()
    _must_be_decided_now(question)
    found = Findings()
    choice, groups, reason = said_in(found, question, choice, ranks, reason, decides=as_coordinator)
    seat = None if as_coordinator else _seat_of(actor, question, seat_id, at)
    if as_coordinator:
        _must_coordinate(actor, question)
    found.insist()
    if question.votes.filter(seat_id=seat.id if seat else None).count() >= MOST_VOTES:
        raise TooLarge(_("At most %(most)s voices of one seat are kept in a question.") % {"most": MOST_VOTES})
    own = seat is None or seat.id in _own_seats(actor, question)
    made = Vote.objects.create(
        question=question,
        seat_id=seat.id if seat else None,
        choice=choice,
        ranks=groups,
        reason=reason,
        clears=_cleared(question, seat, choice),
        cast_at=at,
        cast_by_id=actor.holding_id,
        put_in=not own,
    )
    told = {"question": question.pk, "vote": made.pk, "seat": seat.id if seat else "", "put_in": not own}
    tell(actor, "voice_cast", question.item.forum, at, question.item, **told)
    return made


@operation("forum.note")
def cast_for_the_rest(
    *,
    actor: Actor,
    question_id: str,
    choice: str,
    voices: Collection[str] | None = None,
    at: datetime | None = None,
) -> int:
    """Put in the same for every voice that is there and has said nothing, as whoever keeps the notes heard it. Each is
    kept as put in, and whoever means something else says so before the closing. Returns how many they are.

    `voices`: those that are meant, as whoever keeps the notes saw them; refused when they are not the ones any more."""
    question = held_question_for(actor, question_id, NOTE, at)
    at = at or clock.now()
    _must_be_decided_now(question)
    found = Findings()
    choice, _ranks, _reason = said_in(found, question, choice, (), "")
    found.insist()
    stands = standing_now(question, at)
    rest, own = _silent_seats(question, stands), _own_seats(actor, question)
    if not rest:
        raise Refused(_("Every voice that is there has said something already."))
    if voices is not None:
        _must_be_meant(stands, voices)
    for seat in rest:
        about = {"question": question, "seat_id": seat.id, "choice": choice, "put_in": seat.id not in own}
        made = Vote.objects.create(ranks=[], reason="", cast_at=at, cast_by_id=actor.holding_id, **about)
        told = {"question": question.pk, "vote": made.pk, "seat": seat.id, "put_in": made.put_in}
        tell(actor, "voice_cast", question.item.forum, at, question.item, **told)
    return len(rest)


def _must_be_meant(stands: Stands, voices: Collection[str]) -> None:
    """Nobody is spoken for whom whoever keeps the notes did not see, and none of those it saw is passed over unsaid."""
    if more := [stands.name(voice) for voice in stands.silent_present if voice not in voices]:
        raise Refused(_("More are there now: %(who)s. Look who they are, and press again.") % {"who": named(more)})
    if set(voices) - set(stands.silent_present):
        left = named([stands.name(voice) for voice in stands.silent_present])
        raise Refused(_("Only these have said nothing now: %(who)s. Look, and press again.") % {"who": left})


def _silent_seats(question: Question, stands: Stands) -> tuple[Seated, ...]:
    """One seat that somebody is there for, of each voice that has said nothing."""
    there = present_seats(meeting_of(question))
    first: dict[str, Seated] = {}
    for seat in stands.seats:
        voice = voice_of(seat, question.voice)
        if seat.id in there and voice in stands.silent_present:
            first.setdefault(voice, seat)
    return tuple(first.values())


def _must_be_open(question: Question) -> None:
    if question.state != QuestionState.OPEN:
        raise Refused(_("The question is closed, so no more voices are cast in it."))
    if question.item.meeting is None or question.item.meeting.state == MeetingState.MINUTED:
        raise Refused(_("The meeting is minuted, so what it decided stands."))


def _must_be_decided_now(question: Question) -> None:
    """Voices are cast and questions settled while the meeting goes on."""
    _must_be_open(question)
    meeting = meeting_of(question)
    must_sit(meeting)
    if meeting.state not in AHEAD:
        raise Refused(_("The meeting has been held already, so nothing more is decided at it. Leave the question."))


def _must_coordinate(actor: Actor, question: Question) -> None:
    """Where the coordinator decides, it is the coordinator of the collaboration in whose area the question lies."""
    area = question.item.area
    leading = area.collaboration.coordinator_role_id if area else None
    if question.method != Method.COORDINATOR or actor.role_id != leading:
        raise Forbidden(_("Only the coordinator decides so, and only where the forum has it decide."))


def _own_seats(actor: Actor, question: Question) -> set[str | None]:
    """The seats that the actor itself is noted as there for now."""
    if not actor.holding_id:
        return set()
    there = Attendance.objects.filter(meeting=question.item.meeting, presence=Presence.PRESENT, until__isnull=True)
    return set(there.filter(holding_id=actor.holding_id).values_list("seat_id", flat=True))


def _seat_of(actor: Actor, question: Question, seat_id: str, at: datetime) -> Seated:
    """The seat that is spoken for, when somebody is there for it and it has a voice."""
    meeting = meeting_of(question)
    there = Attendance.objects.filter(meeting=meeting, presence=Presence.PRESENT, until__isnull=True, seat__isnull=False)
    own = there.filter(holding_id=actor.holding_id).values_list("seat_id", flat=True).first() if actor.holding_id else None
    wanted = seat_id or own
    if wanted is None:
        raise Refused(_("You are not noted as there for anybody. Ask whoever keeps the notes to note you."))
    if wanted != own and not keeps(actor, question.item.forum, at):
        raise Forbidden(_("You can cast only the voice of the seat that you are noted for."))
    if not there.filter(seat_id=wanted).exists():
        raise Refused(_("Nobody is noted as there for that seat, so its voice cannot be cast."))
    seat = next((row for row in having_a_voice(seated_at(meeting), question.voice) if row.id == wanted), None)
    if seat is None:
        raise Refused(_("That seat speaks for no party or member that has a voice here on the day of the meeting."))
    return seat


def _cleared(question: Question, seat: Seated | None, choice: str) -> Vote | None:
    """The objection of the same voice that this one withdraws or says is met."""
    meeting = question.item.meeting
    if seat is None or choice == "object" or meeting is None:
        return None
    voice = voice_of(seat, question.voice)
    same = {row.id for row in having_a_voice(seated_at(meeting), question.voice) if voice_of(row, question.voice) == voice}
    latest = question.votes.filter(seat_id__in=same).order_by("-cast_at", "-pk").first()
    return latest if latest is not None and latest.choice == "object" else None


@operation("forum.note")
def settle_question(*, actor: Actor, question_id: str, statement: str = "", at: datetime | None = None) -> Outcome:
    """Close the question with what it comes to, in a statement apart from the tally; it gets a number in the register.

    Refused, with the reason, while it comes to nothing: too few there, an objection that stands, a tie, no mandate.
    """
    question = held_question_for(actor, question_id, NOTE, at)
    at = at or clock.now()
    _must_be_decided_now(question)
    _must_be_within(actor, question.item, at)
    stands = standing_now(question, at)
    if reason := unsettled(question.method, stands):
        raise Refused(reason)
    found = Findings()
    written = found.text("statement", statement, required=False, longest=LONGEST_REASON)
    find_printable(found, "statement", written)
    found.insist()
    made = record(actor, question, stands, Settled(stands.outcome.result.value), written, at)
    told = {"question": question.pk, "reference": made.reference, "result": made.result, "statement": made.statement}
    tell(actor, "question_settled", question.item.forum, at, question.item, **told)
    return made


@operation("forum.note")
def leave_question(*, actor: Actor, question_id: str, reason: str, at: datetime | None = None) -> Outcome:
    """Close the question without a decision, and say why. What was said is kept."""
    question = held_question_for(actor, question_id, NOTE, at, winding_up=True)
    at = at or clock.now()
    _must_be_open(question)
    found = Findings()
    reason = find_printable(found, "reason", found.text("reason", reason, longest=LONGEST_REASON))
    found.insist()
    made = record(actor, question, standing_now(question, at), Settled.LEFT, reason, at)
    tell(actor, "question_left", question.item.forum, at, question.item, question=question.pk, reason=reason)
    return made


@operation("forum.vote")
def reserve_oneself(
    *, actor: Actor, question_id: str, text: str, seat_id: str = "", at: datetime | None = None
) -> Reservation:
    """Have it written down that a voice did not agree, and why: while somebody is there for it, or until it is minuted.

    A seat reserves itself once; whoever wrote the reservation can write it anew."""
    question = held_question_for(actor, question_id, VOTE, at)
    at = at or clock.now()
    meeting = question.item.meeting
    if meeting is None or meeting.state == MeetingState.MINUTED:
        raise Refused(_("The meeting is minuted, so what it decided stands."))
    found = Findings()
    text = find_printable(found, "text", found.text("text", text, longest=LONGEST_REASON))
    found.insist()
    was = Attendance.objects.standing().filter(meeting=meeting, presence=Presence.PRESENT, seat__isnull=False)
    own = was.filter(holding_id=actor.holding_id).values_list("seat_id", flat=True).last() if actor.holding_id else None
    wanted = seat_id or own
    if wanted is None or (wanted != own and not keeps(actor, question.item.forum, at)):
        raise Forbidden(
            _("Only somebody who was there for a voice reserves itself, or whoever keeps the notes puts it in.")
        )
    seats = {row.id for row in having_a_voice(seated_at(meeting), question.voice)}
    if wanted not in seats or not was.filter(seat_id=wanted).exists():
        raise Refused(_("Nobody was there for that seat, or it has no voice here."))
    made = _reserved(actor, question, wanted, text, at)
    tell(actor, "reservation_made", question.item.forum, at, question.item, question=question.pk, text=text)
    return made


def _reserved(actor: Actor, question: Question, seat_id: str, text: str, at: datetime) -> Reservation:
    by = {"made_at": at, "made_by_id": actor.holding_id}
    made = question.reservations.filter(seat_id=seat_id).first()
    if made is None:
        return Reservation.objects.create(question=question, seat_id=seat_id, text=text, **by)
    if made.made_by_id != actor.holding_id:
        raise Refused(_("Somebody else has written the reservation of that seat already."))
    made.text, made.made_at = text, at
    made.save(update_fields=["text", "made_at"])
    return made
