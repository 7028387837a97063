"""Questions of a meeting as pages and the API show them: what was said, by whom, and what it comes to."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db.models import Prefetch

from samordna.core.actor import Actor
from samordna.domain.collaborations.access import seen_collaborations
from samordna.domain.forums.enums import Method
from samordna.domain.forums.mandate import Reach, Verdict
from samordna.domain.forums.models import Item, Meeting
from samordna.domain.forums.phrases import reach_sentence
from samordna.domain.forums.queries.meetings import reaches_of
from samordna.domain.forums.sentences import outcome_sentences
from samordna.domain.organisations.models import Holding
from samordna.domain.proceedings.casting import choices_in
from samordna.domain.proceedings.enums import QuestionState, Settled
from samordna.domain.proceedings.limits import MOST_SHOWN
from samordna.domain.proceedings.models import Attendance, Outcome, Question, Vote
from samordna.domain.proceedings.phrases import SAYINGS, unsettled
from samordna.domain.proceedings.queries.rows import QuestionRow, VoiceRow
from samordna.domain.proceedings.queries.voices import COORDINATOR, Seated, Stands, having_a_voice, standing_of, voice_of


def questions_of(
    actor: Actor,
    meeting: Meeting,
    item_ids: Collection[str],
    seats: list[Seated],
    present: Collection[str],
    at: datetime,
    *,
    keeps: bool,
) -> dict[str, list[QuestionRow]]:
    """The questions of these items, the first asked first: a constant number of queries."""
    related = ("item__area__collaboration", "item__forum", "outcome")
    votes_cast = Prefetch("votes", Vote.objects.select_related("seat__role__organisation"))
    found = Question.objects.filter(item_id__in=item_ids).select_related(*related)
    questions = list(found.prefetch_related(votes_cast, "reservations").order_by("opened_at", "pk"))
    if not questions:
        return {}
    cast = {vote.cast_by_id for question in questions for vote in question.votes.all() if vote.cast_by_id}
    names = {held.pk: held.known_as for held in Holding.objects.filter(pk__in=cast).named()} if cast else {}
    reaches = _reaches(meeting, questions, at)
    mine, seen = _mine(actor, meeting), seen_collaborations(actor, at)
    rows: dict[str, list[QuestionRow]] = defaultdict(list)
    for question in questions:
        made = getattr(question, "outcome", None)
        there = made.rests_on["seats"] if made else present
        reach = _reach_then(made) if made else reaches.get(question.item_id)
        votes = list(question.votes.all())
        sat = seated_then(made, seats) if made else seats
        stands = standing_of(question, votes, sat, there, question.reservations.all(), reach, at)
        choosable = [seat for seat in stands.seats if seat.id in present and (keeps or seat.id in mine)]
        row = _row(actor, question, made, stands, votes, names, choosable)
        row = replace(row, mandate=_mandate(question, made, reach, seen))
        was = [seat for seat in stands.seats if seat.id in there and (keeps or seat.id in mine)]
        rows[question.item_id].append(replace(row, mine=tuple(map(_named, was)) if made else ()))
    return rows


def _mine(actor: Actor, meeting: Meeting) -> set[str]:
    there = Attendance.objects.filter(meeting=meeting, holding_id=actor.holding_id, seat__isnull=False)
    return set(there.values_list("seat_id", flat=True)) if actor.holding_id else set()


def _reaches(meeting: Meeting, questions: Iterable[Question], at: datetime) -> dict[str, Reach]:
    items: dict[str, Item] = {question.item_id: question.item for question in questions}
    seen = {item.area.collaboration_id for item in items.values() if item.area}
    return reaches_of(meeting.forum, list(items.values()), seen, at)


def seated_then(made: Outcome, now: list[Seated]) -> list[Seated]:
    """Who had a voice when the question was closed: who sits, and for whom, changes afterwards."""
    kept: list[dict[str, str]] | None = made.rests_on.get("seated")
    return now if kept is None else [Seated(**row) for row in kept]


def _mandate(question: Question, made: Outcome | None, reach: Reach | None, seen: Collection[str]) -> str:
    """What the forum may decide in the area, for those who may see the area's collaboration."""
    area = question.item.area
    if reach is None or area is None or area.collaboration_id not in seen:
        return ""
    return reach_sentence(reach, made.rests_on["mandate"]["area"] if made else area.name)


def _reach_then(made: Outcome) -> Reach | None:
    """The mandate as it was when the question was closed."""
    kept: dict[str, Any] = made.rests_on["mandate"]
    if not kept["verdict"]:
        return None
    return Reach(verdict=Verdict(kept["verdict"]), decides_for=tuple(kept["decides_for"]), adopt=tuple(kept["adopt"]))


def _row(
    actor: Actor,
    question: Question,
    made: Outcome | None,
    stands: Stands,
    votes: list[Vote],
    names: Mapping[str, str],
    seats: list[Seated],
) -> QuestionRow:
    is_open, area = question.state == QuestionState.OPEN, question.item.area
    leads = area is not None and actor.role_id == area.collaboration.coordinator_role_id
    counted = having_a_voice(stands.seats, question.voice)
    seat_names = {seat.id: seat.name for seat in counted}
    waiting = [seat for seat in seats if voice_of(seat, question.voice) in stands.silent_present]
    spoken = [seat for seat in seats if seat not in waiting]
    return QuestionRow(
        id=question.pk,
        item_id=question.item_id,
        text=question.text,
        method=question.method,
        method_label=str(Method(question.method).label),
        options=tuple((str(number), text) for number, text in enumerate(question.options, start=1)),
        choices=tuple((each.value, str(SAYINGS[each])) for each in choices_in(question)),
        open=is_open,
        voices=tuple(_voices(votes, question, stands, names)),
        sentences=tuple(outcome_sentences(stands.outcome, stands.name, reserved=False)) if made or votes else (),
        unsettled=unsettled(question.method, stands) if is_open else "",
        seats=tuple(map(_named, [*waiting, *spoken])) if is_open else (),
        spoken=tuple(map(_named, spoken)) if is_open else (),
        silent=tuple(map(stands.name, stands.silent_present)) if is_open else (),
        silent_ids=stands.silent_present if is_open else (),
        mine=(),
        coordinates=is_open and leads and question.method == Method.COORDINATOR,
        result=made.result if made else "",
        result_label=str(Settled(made.result).label) if made else "",
        reference=made.reference if made else "",
        statement=made.statement if made else "",
        mandate="",
        reservations=tuple((seat_names.get(row.seat_id, ""), row.text) for row in question.reservations.all()),
    )


def _named(seat: Seated) -> tuple[str, str]:
    return seat.id, f"{seat.party}: {seat.name}" if seat.party else seat.name


def _voices(votes: list[Vote], question: Question, stands: Stands, names: Mapping[str, str]) -> Iterable[VoiceRow]:
    """The last ones of each voice, the first of them with how many came before."""
    voices = {seat.id: voice_of(seat, question.voice) for seat in stands.seats}
    keys = [voices.get(vote.seat_id or "", vote.seat_id or COORDINATOR) for vote in votes]
    many, said = Counter(keys), Counter[str]()
    for key, vote in zip(keys, votes, strict=True):
        before = said[key]
        said[key] += 1
        if before >= many[key] - MOST_SHOWN:
            first = before == max(0, many[key] - MOST_SHOWN)
            yield replace(_voice(vote, question, stands, names), earlier=before if first else 0)


def _voice(vote: Vote, question: Question, stands: Stands, names: Mapping[str, str]) -> VoiceRow:
    seat = next((seat for seat in stands.seats if seat.id == vote.seat_id), None)
    role = vote.seat.role if vote.seat else None
    unseated = f"{role.name}, {role.organisation.short_name}" if role else str(SAYINGS["coordinator"])
    voice = (seat.party if question.voice == "party" else seat.name) if seat else unseated
    said = (
        str(SAYINGS[vote.choice])
        if vote.choice
        else " › ".join(", ".join(stands.name(option) for option in group) for group in vote.ranks)
    )
    said_last = [*stands.tally.counted.values(), *filter(None, [stands.tally.by_coordinator])]
    kept = {(ballot.member, ballot.at) for ballot in said_last}
    return VoiceRow(
        voice=voice,
        said=said,
        reason=vote.reason,
        who=names.get(vote.cast_by_id or "", ""),
        put_in=vote.put_in,
        at=vote.cast_at,
        earlier=0,
        counts=(vote.seat_id or COORDINATOR, vote.cast_at) in kept,
    )
