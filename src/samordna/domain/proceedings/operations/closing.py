"""What a question comes to when it is closed, kept as it was then."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Refused
from samordna.domain.forums.ballots import Ballot
from samordna.domain.forums.methods import Result
from samordna.domain.forums.models import Meeting
from samordna.domain.proceedings.enums import DECIDED, QuestionState, Settled
from samordna.domain.proceedings.models import Outcome, Question
from samordna.domain.proceedings.queries.voices import Stands, present_seats, reach_of_item, seated_at, standing_of


def meeting_of(question: Question) -> Meeting:
    """The meeting at which it is asked."""
    if question.item.meeting is None:
        raise Refused(_("The item is on no meeting's agenda any more, so nothing is decided about it."))
    return question.item.meeting


def standing_now(question: Question, at: datetime) -> Stands:
    """How the question stands at this moment."""
    meeting = meeting_of(question)
    votes, reservations = list(question.votes.order_by("cast_at", "pk")), list(question.reservations.all())
    reach = reach_of_item(question.item, at)
    return standing_of(question, votes, seated_at(meeting), present_seats(meeting), reservations, reach, at)


def record(actor: Actor, question: Question, stands: Stands, result: Settled, words: str, at: datetime) -> Outcome:
    """Close the question. The forum is held, so that numbers follow one another."""
    closed = {"state": QuestionState.CLOSED, "closed_at": at, "closed_by": actor.holding_id}
    Question.objects.filter(pk=question.pk).update(**closed)
    forum_id, year = question.item.forum_id, clock.day(at).year
    numbered: dict[str, int] = {}
    if result in DECIDED:
        last = Outcome.objects.filter(forum_id=forum_id, year=year).aggregate(last=Max("number"))["last"] or 0
        numbered = {"year": year, "number": last + 1}
    by = {"settled_at": at, "settled_by_id": actor.holding_id}
    about = {"result": result, "statement": words or _statement(question, stands), "rests_on": _kept(question, stands, at)}
    return Outcome.objects.create(question=question, forum_id=forum_id, **about, **by, **numbered)


def _statement(question: Question, stands: Stands) -> str:
    """What was decided, when nobody has worded it: the question itself, or the option that was chosen."""
    text = question.text.strip()
    if stands.outcome.winner:
        return f"{text} {stands.name(stands.outcome.winner)}"
    return text if stands.outcome.result is Result.CARRIED else str(_("No to: %(text)s") % {"text": text})


def _ballot(ballot: Ballot, name: Callable[[str], str]) -> dict[str, Any]:
    return {
        "choice": ballot.choice.value if ballot.choice else "",
        "ranks": [[name(option) for option in group] for group in ballot.ranks],
        "reason": ballot.reason,
        "cast_by": ballot.cast_by,
        "at": ballot.at.isoformat(),
    }


def _kept(question: Question, stands: Stands, at: datetime) -> dict[str, Any]:
    """The tally and the mandate as data, with names as they are now: nobody who is renamed changes what was decided."""
    name, outcome, tally = stands.name, stands.outcome, stands.tally
    voices = [
        {"voice": name(voice), "seat": ballot.member, **_ballot(ballot, name)} for voice, ballot in tally.counted.items()
    ]
    reach = reach_of_item(question.item, at)
    area = question.item.area
    return {
        "result": outcome.result.value,
        "voices": voices,
        "by_coordinator": _ballot(tally.by_coordinator, name) if tally.by_coordinator else None,
        "seated": [asdict(seat) for seat in stands.seats],
        "silent": [name(voice) for voice in tally.silent],
        "present": sorted(name(voice) for voice in tally.there),
        "seats": sorted(present_seats(meeting_of(question))),
        "quorum": asdict(outcome.quorum),
        "counts": {"needed": outcome.needed, "got": outcome.got, "base": outcome.base},
        "winner": name(outcome.winner) if outcome.winner else "",
        "tie": [name(each) for each in outcome.tie.equal] if outcome.tie else [],
        "replaced": len(tally.replaced),
        "mandate": {
            "area": area.name if area else "",
            "verdict": reach.verdict.value if reach else "",
            "decides_for": list(reach.decides_for) if reach else [],
            "adopt": [*reach.adopt, *reach.agree] if reach else [],
        },
    }
