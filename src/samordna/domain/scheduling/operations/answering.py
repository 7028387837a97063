"""Answers about times, and busy hours out of a calendar."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Forbidden, Invalid, Refused
from samordna.core.operation import operation
from samordna.domain.forums import calendar_reading
from samordna.domain.forums.calendar_reading import Unreadable
from samordna.domain.forums.models import Forum
from samordna.domain.forums.sentences import refused_sentence
from samordna.domain.organisations.findings import Findings
from samordna.domain.organisations.models import Holding
from samordna.domain.scheduling.access import RAISE, asked_for
from samordna.domain.scheduling.enums import Suits
from samordna.domain.scheduling.limits import LARGEST_CALENDAR, MOST_BUSY
from samordna.domain.scheduling.models import Asked, BusyHours, TimeQuestion, TimeReply
from samordna.domain.scheduling.operations.asking import held_question_for
from samordna.domain.scheduling.operations.telling import tell

MINUTE = timedelta(minutes=1)
BEGAN = datetime(1970, 1, 1, tzinfo=UTC)


@operation("forum.raise")
def answer_times(
    *,
    actor: Actor,
    asked_id: str,
    answers: Mapping[str, str],
    reasons: Mapping[str, str] | None = None,
    at: datetime | None = None,
) -> Asked:
    """Answer for a role which of the proposed times suit, by time; the last answer counts. Those who prepare may write
    down what they have been told."""
    asked, forum = _held_asked_for(actor, asked_id, at)
    at = at or clock.now()
    question, whys, found = asked.question, dict(reasons or {}), Findings()
    options = {each.pk: each for each in question.options.filter(withdrawn_at__isnull=True)}
    given = {key: value for key, value in answers.items() if value}
    if not given:
        raise Invalid({"answers": _("Answer about at least one of the times.")})
    if not set(given) <= set(options):
        raise Refused(_("The times have changed meanwhile. Look at them again and answer."))
    for key, value in given.items():
        found.choice("answers", value, list(Suits.values))
        found.line(f"reason_{key}", whys.get(key, ""), 200, required=False)
    found.insist()
    there = {row.option_id: (row.suits, row.reason) for row in asked.replies.filter(option_id__in=given)}
    for key, value in given.items():
        reason = whys.get(key, "").strip()
        if there.get(key) != (value, reason):
            now = {"suits": value, "reason": reason, "answered_at": at, "answered_by_id": actor.holding_id}
            TimeReply.objects.update_or_create(option=options[key], asked=asked, defaults=now)
    tell(actor, "time_answered", forum, at, question, role=asked.role_id, answers=given)
    return asked


@operation("forum.raise")
def give_busy_hours(*, actor: Actor, asked_id: str, calendar: bytes, at: datetime | None = None) -> BusyHours:
    """Say when one is busy by a calendar file of one's own. Only from and to within the window are kept, until the
    question closes."""
    asked = asked_for(actor, asked_id, at)
    if asked.role_id != actor.role_id or not actor.holding_id:
        raise Forbidden(_("Only whoever holds the role gives its own busy hours."))
    if len(calendar) > LARGEST_CALENDAR:
        raise Invalid(
            {"calendar": _("A calendar is at most %(most)s octets. Export fewer days.") % {"most": LARGEST_CALENDAR}}
        )
    since, until = _window(asked.question)
    try:  # before the forum is held, so that nobody waits for the reading
        read = calendar_reading.busy(calendar, since, until, settings.TIME_ZONE)
    except Unreadable as unreadable:
        raise Invalid({"calendar": refused_sentence(unreadable)}) from unreadable
    if len(read.spans) > MOST_BUSY:
        raise Invalid({"calendar": _("At most %(most)s busy times are kept. Export fewer days.") % {"most": MOST_BUSY}})
    asked, forum = _held_asked_for(actor, asked_id, at)
    at = at or clock.now()
    spans = [[(each.start - BEGAN) // MINUTE, -((BEGAN - each.end) // MINUTE), int(each.tentative)] for each in read.spans]
    unread = {gap.value: many for gap, many in read.gaps.items()}
    given = {"spans": spans, "unread": unread, "since": since, "until": until, "given_at": at}
    kept, _made = BusyHours.objects.update_or_create(asked=asked, holding_id=actor.holding_id, defaults=given)
    tell(actor, "busy_hours_given", forum, at, asked.question, role=asked.role_id)
    return kept


@operation("forum.raise")
def remove_busy_hours(*, actor: Actor, asked_id: str, at: datetime | None = None) -> Asked:
    """Take one's own busy hours away again."""
    asked, forum = _held_asked_for(actor, asked_id, at)
    at = at or clock.now()
    gone, _each = asked.busy_hours.filter(holding_id=actor.holding_id).delete()
    if not gone:
        raise Refused(_("There are no busy hours of yours here."))
    tell(actor, "busy_hours_removed", forum, at, asked.question, role=asked.role_id)
    return asked


@operation("forum.prepare")
def forget_busy_hours(*, actor: Actor, question_id: str, at: datetime | None = None) -> int:
    """Delete the busy hours that say nothing any more: of those who have left the role, and everybody's when the window
    they were given for has passed. How many."""
    question, forum = held_question_for(actor, question_id, at)
    at = at or clock.now()
    gone, _each = stale_hours(question, at).delete()
    if not gone:
        raise Refused(_("Every busy time here still says something."))
    tell(actor, "busy_hours_forgotten", forum, at, question, many=gone)
    return gone


def stale_hours(question: TimeQuestion, at: datetime) -> QuerySet[BusyHours]:
    """The busy hours that say nothing any more."""
    return BusyHours.objects.filter(asked__question=question).exclude(
        until__gt=at, holding__in=Holding.objects.on(clock.day(at))
    )


def _held_asked_for(actor: Actor, asked_id: str, at: datetime | None) -> tuple[Asked, Forum]:
    """The asked role, that the actor may answer for, with its forum held; the question is open."""
    asked = asked_for(actor, asked_id, at)
    _question, forum = held_question_for(actor, asked.question_id, at, RAISE)
    return asked_for(actor, asked_id, at), forum


def _window(question: TimeQuestion) -> tuple[datetime, datetime]:
    """From the first day of the window, or the first proposed time, to the last; whole days."""
    first = timezone.make_aware(datetime.combine(question.first_on, time.min))
    last = timezone.make_aware(datetime.combine(question.last_on + timedelta(days=1), time.min))
    return first, last
