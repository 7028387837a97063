"""Questions about a time: asked, changed, given places and times, closed by a choice or dropped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Refused, TooLarge
from samordna.core.operation import operation
from samordna.core.overtaking import check_not_overtaken
from samordna.domain.forums import rhythm
from samordna.domain.forums.access import PREPARE, owners_of
from samordna.domain.forums.choosing import roles_within
from samordna.domain.forums.models import Forum, Meeting
from samordna.domain.forums.operations.convening import call_meeting, plan_meeting
from samordna.domain.forums.operations.holding import held_forum_for, hold
from samordna.domain.forums.operations.hours import find_hours, find_within_reach
from samordna.domain.forums.sentences import refused_sentence
from samordna.domain.forums.time_wishes import TooMuch
from samordna.domain.organisations.findings import Findings
from samordna.domain.scheduling.access import option_for, question_for, spot_for
from samordna.domain.scheduling.enums import Wanted
from samordna.domain.scheduling.limits import (
    LONGEST_WAY,
    LONGEST_WINDOW,
    MOST_ASKED,
    MOST_QUESTIONS,
    MOST_SPOTS,
    MOST_TIMES,
)
from samordna.domain.scheduling.models import Asked, BusyHours, Spot, TimeOption, TimeQuestion
from samordna.domain.scheduling.operations.telling import tell
from samordna.domain.scheduling.rows import window_passed
from samordna.domain.scheduling.weighing import search_of
from samordna.domain.scheduling.wording import question_told, question_words, sought_words

LONGEST = 12 * 60
BEST = 5
DESCRIBED = ("title", "minutes", "first_on", "last_on", "weekdays", "opens", "closes", "answer_by")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What is looked for: how long, on which days, between which hours, who is wanted how much (by role), until when one
    answers."""

    minutes: int
    first_on: date
    last_on: date
    opens: time
    closes: time
    wanted: Mapping[str, str]
    weekdays: Sequence[int] = (0, 1, 2, 3, 4)
    answer_by: date | None = None
    title: str = ""


@operation("forum.prepare")
def ask_about_time(*, actor: Actor, forum_id: str, sought: Sought, at: datetime | None = None) -> TimeQuestion:
    """Ask when one can meet: for how long, within which days and hours, and who must, should or may be there."""
    forum = held_forum_for(actor, forum_id, PREPARE, at)
    at = at or clock.now()
    made = TimeQuestion(forum=forum, asked_at=at, asked_by_id=actor.holding_id)
    _describe(made, sought, at)
    if forum.time_questions.filter(closed_at__isnull=True).count() >= MOST_QUESTIONS:
        raise TooLarge(_("A forum has at most %(most)s open questions about a time.") % {"most": MOST_QUESTIONS})
    made.save(force_insert=True)
    _ask(made, sought.wanted)
    tell(actor, "time_asked", forum, at, made, sorted(sought.wanted))
    return made


@operation("forum.prepare")
def change_time_question(
    *, actor: Actor, question_id: str, sought: Sought, seen: str = "", at: datetime | None = None
) -> TimeQuestion:
    """Say anew what is looked for and who is asked. Times that are proposed and answers stay, except those of roles that
    are not asked any more.

    `seen` is the fingerprint of what one began from; raises `Overtaken` with what is stored now when it is another.
    """
    question, forum = held_question_for(actor, question_id, at)
    at = at or clock.now()
    _must_not_be_overtaken(question, sought, seen)
    _describe(question, sought, at)
    question.save(update_fields=DESCRIBED)
    question.asked.exclude(role_id__in=sought.wanted).delete()
    _ask(question, sought.wanted)
    tell(actor, "time_question_changed", forum, at, question, sorted(sought.wanted))
    return question


def _must_not_be_overtaken(question: TimeQuestion, sought: Sought, seen: str) -> None:
    asked = {each.role_id: each.wanted for each in question.asked.all()}
    wanted = dict.fromkeys(asked, "") | dict(sought.wanted)
    window, hours = (sought.first_on, sought.last_on), (sought.opens, sought.closes)
    given = sought_words(sought.title, sought.minutes, window, hours, sought.weekdays, sought.answer_by, wanted)
    check_not_overtaken(seen, question_words(question, asked), given, question_told(question, asked))


@operation("forum.prepare")
def add_meeting_place(
    *,
    actor: Actor,
    question_id: str,
    name: str,
    seats: int | None = None,
    online: bool = False,
    travel: Mapping[str, int] | None = None,
    at: datetime | None = None,
) -> Spot:
    """Say where one could meet: how many fit, and how long the way is from each organisation, in minutes."""
    question, forum = held_question_for(actor, question_id, at)
    at = at or clock.now()
    found = Findings()
    name = found.line("name", name, 200)
    if seats is not None and not 1 <= seats <= 10_000:
        found.say("seats", _("Between 1 and 10,000 fit in a room."))
    travel = {key: minutes for key, minutes in (travel or {}).items() if minutes}
    if any(not 0 < minutes <= LONGEST_WAY for minutes in travel.values()):
        found.say("travel", _("The way takes at most %(most)s minutes.") % {"most": LONGEST_WAY})
    if not set(travel) <= set(question.asked.values_list("role__organisation_id", flat=True)):
        found.say("travel", _("Choose organisations that are asked."))
    if question.spots.filter(removed_at__isnull=True).count() >= MOST_SPOTS:
        raise TooLarge(_("At most %(most)s places are weighed against each other.") % {"most": MOST_SPOTS})
    found.insist()
    made = Spot.objects.create(
        question=question, name=name, seats=seats, online=online, travel={} if online else travel, added_at=at
    )
    tell(actor, "time_place_added", forum, at, question, place=name)
    return made


@operation("forum.prepare")
def remove_meeting_place(*, actor: Actor, spot_id: str, at: datetime | None = None) -> Spot:
    """Take away a place that no proposed time is at."""
    spot = spot_for(actor, spot_id, PREPARE, at)
    question, forum = held_question_for(actor, spot.question_id, at)
    at = at or clock.now()
    if spot.removed_at is not None:
        raise Refused(_("The place is taken away already."))
    if question.options.filter(spot=spot, withdrawn_at__isnull=True).exists():
        raise Refused(_("A proposed time is at this place. Withdraw the time first."))
    spot.removed_at = at
    spot.save(update_fields=["removed_at"])
    tell(actor, "time_place_removed", forum, at, question, place=spot.name)
    return spot


@operation("forum.prepare")
def propose_time(
    *, actor: Actor, question_id: str, on: date, begins: time, spot_id: str = "", at: datetime | None = None
) -> TimeOption:
    """Propose a time by hand: any day and hour to come, also outside the window."""
    question, forum = held_question_for(actor, question_id, at)
    at = at or clock.now()
    found = Findings()
    spot = question.spots.filter(pk=spot_id, removed_at__isnull=True).first()
    if spot_id and spot is None:
        found.say("spot_id", _("Choose one of the places."))
    starts_at = _find_start(found, question, on, begins, at)
    found.insist()
    _must_have_room(question, 1)
    made = TimeOption.objects.create(question=question, starts_at=starts_at, spot=spot, by_hand=True, proposed_at=at)
    tell(actor, "time_proposed", forum, at, question, _asked_roles(question), times=[starts_at.isoformat()])
    return made


@operation("forum.prepare")
def propose_best_times(*, actor: Actor, question_id: str, at: datetime | None = None) -> list[TimeOption]:
    """Propose the best times of the window, one a day at most, by what is known of everybody's hours."""
    question, forum = held_question_for(actor, question_id, at)
    at = at or clock.now()
    if window_passed(question, at):
        raise Refused(_("The days that were looked at have passed. Change them, or choose a time that is proposed."))
    try:
        best = search_of(question, at).best(BEST, a_day=1)
    except TooMuch as too_much:
        raise TooLarge(refused_sentence(too_much)) from too_much
    there = set(question.options.filter(withdrawn_at__isnull=True).values_list("starts_at", flat=True))
    new = [each for each in best if each.start not in there]
    if not new:
        raise Refused(
            _("The best times are proposed already.")
            if best
            else _("No time is possible for all who must be there. Widen the window, or let fewer be a must.")
        )
    _must_have_room(question, len(new))
    made = TimeOption.objects.bulk_create(
        TimeOption(question=question, starts_at=each.start, spot_id=each.place or None, proposed_at=at) for each in new
    )
    tell(actor, "time_proposed", forum, at, question, _asked_roles(question), times=[e.start.isoformat() for e in new])
    return made


@operation("forum.prepare")
def withdraw_time(*, actor: Actor, option_id: str, at: datetime | None = None) -> TimeOption:
    """Withdraw a proposed time. What was answered about it is kept."""
    option = option_for(actor, option_id, PREPARE, at)
    question, forum = held_question_for(actor, option.question_id, at)
    at = at or clock.now()
    _must_be_proposed(option)
    option.withdrawn_at = at
    option.save(update_fields=["withdrawn_at"])
    tell(actor, "time_withdrawn", forum, at, question, time=option.starts_at.isoformat())
    return option


@operation("forum.prepare")
def choose_time(*, actor: Actor, option_id: str, call: bool = False, at: datetime | None = None) -> Meeting:
    """Choose a proposed time: the meeting is planned then, and called to if that is wanted. The question closes, and
    everybody's busy hours are deleted."""
    option = option_for(actor, option_id, PREPARE, at)
    question, forum = held_question_for(actor, option.question_id, at)
    at = at or clock.now()
    _must_be_proposed(option)
    begins = timezone.localtime(option.starts_at)
    ends = timezone.localtime(option.starts_at + timedelta(minutes=question.minutes))
    place = option.spot.name if option.spot else ""
    made = plan_meeting(
        actor=actor,
        forum_id=forum.pk,
        on=clock.day(begins),
        begins=begins.time(),
        ends=ends.time(),
        title=question.title,
        place=place,
        at=at,
    )
    if call:
        made = call_meeting(actor=actor, meeting_id=made.pk, at=at)
    question.meeting = made
    _close(question, at)
    tell(actor, "time_chosen", forum, at, question, meeting=made.pk)
    return made


@operation("forum.prepare")
def drop_time_question(*, actor: Actor, question_id: str, reason: str, at: datetime | None = None) -> TimeQuestion:
    """Stop looking for a time, and say why. Everybody's busy hours are deleted."""
    question, forum = held_question_for(actor, question_id, at)
    at = at or clock.now()
    found = Findings()
    question.dropped_reason = found.text("reason", reason, longest=2_000)
    found.insist()
    _close(question, at)
    tell(actor, "time_question_dropped", forum, at, question, reason=reason)
    return question


@operation("forum.prepare")
def close_past_question(*, actor: Actor, question_id: str, at: datetime | None = None) -> TimeQuestion:
    """Close a question that nothing comes of any more: its forum is closed, or its days have passed. Everybody's busy hours
    are deleted."""
    hold(question_for(actor, question_id, PREPARE, at).forum_id)
    question = question_for(actor, question_id, PREPARE, at)
    at = at or clock.now()
    if question.closed_at is not None:
        raise Refused(_("The question about a time is closed."))
    if not is_past(question, at):
        raise Refused(_("There are still days to meet on."))
    question.dropped_reason = _("It was never settled: the days have passed, or the forum is closed.")
    _close(question, at)
    tell(actor, "time_question_dropped", question.forum, at, question, reason=question.dropped_reason)
    return question


def is_past(question: TimeQuestion, at: datetime) -> bool:
    """Can nothing come of it any more? A time that is proposed by hand may lie after the window."""
    if question.forum.closed_on is not None:
        return True
    ahead = question.options.filter(withdrawn_at__isnull=True, starts_at__gt=at)
    return window_passed(question, at) and not ahead.exists()


def held_question_for(
    actor: Actor, question_id: str, at: datetime | None, action: str = PREPARE
) -> tuple[TimeQuestion, Forum]:
    """The question, with its forum held, and it is open."""
    forum = held_forum_for(actor, question_for(actor, question_id, action, at).forum_id, action, at)
    question = question_for(actor, question_id, action, at)
    if question.closed_at is not None:
        raise Refused(_("The question about a time is closed."))
    return question, forum


def _close(question: TimeQuestion, at: datetime) -> None:
    question.closed_at = at
    question.save(update_fields=["closed_at", "dropped_reason", "meeting"])
    BusyHours.objects.filter(asked__question=question).delete()


def _asked_roles(question: TimeQuestion) -> list[str]:
    return sorted(question.asked.values_list("role_id", flat=True))


def _ask(question: TimeQuestion, wanted: Mapping[str, str]) -> None:
    there = {each.role_id: each for each in question.asked.all()}
    for role_id, how in wanted.items():
        row = there.get(role_id) or Asked(question=question, role_id=role_id)
        row.wanted = how
        row.save()


def _describe(question: TimeQuestion, sought: Sought, at: datetime) -> None:
    found = Findings()
    question.title = found.line("title", sought.title, 120, required=False)
    if not 5 <= sought.minutes <= LONGEST:
        found.say("minutes", _("A meeting takes between 5 and %(most)s minutes.") % {"most": LONGEST})
    _find_window(found, sought, at)
    known = roles_within(owners_of(question.forum), clock.day(at)).filter(pk__in=sought.wanted).count()
    if known != len(sought.wanted) or not set(sought.wanted.values()) <= set(Wanted.values):
        found.say("wanted", _("Choose roles at those who take part, and how much each is wanted."))
    if not sought.wanted:
        found.say("wanted", _("Ask at least one role."))
    if len(sought.wanted) > MOST_ASKED:
        found.say("wanted", _("At most %(most)s roles are asked about a time.") % {"most": MOST_ASKED})
    found.insist()
    for name in DESCRIBED[1:]:
        setattr(question, name, getattr(sought, name))
    question.weekdays = sorted(set(sought.weekdays))


def _find_window(found: Findings, sought: Sought, at: datetime) -> None:
    today = clock.day(at)
    if sought.first_on < today:
        found.say("first_on", _("Choose today or a later day."))
    find_within_reach(found, "last_on", sought.last_on, today)
    if sought.last_on < sought.first_on:
        found.say("last_on", _("The last day is the first day or a later one."))
    elif (sought.last_on - sought.first_on).days >= LONGEST_WINDOW:
        found.say("last_on", _("A time is looked for in at most %(most)s days.") % {"most": LONGEST_WINDOW})
    days = set(sought.weekdays)
    if not days or not days <= set(range(7)):
        found.say("weekdays", _("Choose at least one weekday."))
    timely = Findings()
    if not find_hours(timely, sought.opens, sought.closes):
        found.say("closes", next(iter(timely.fields.values())))
    if sought.answer_by and not today <= sought.answer_by <= sought.last_on:
        found.say("answer_by", _("Choose a day from today until the last day of the window."))


def _find_start(found: Findings, question: TimeQuestion, on: date, begins: time, at: datetime) -> datetime:
    """The moment at which a time that is proposed by hand begins; `at` when something is wrong with it."""
    if on < clock.day(at):
        found.say("on", _("Choose today or a later day."))
    if begins.tzinfo is not None:
        found.say("begins", _("Write the time as the clocks show it, without a time zone."))
    if not find_within_reach(found, "on", on, clock.day(at)) or found.fields:
        return at
    starts_at, oddity = rhythm.moment(datetime.combine(on, begins), rhythm.zone(settings.TIME_ZONE))
    ends_at = starts_at.astimezone(UTC) + timedelta(minutes=question.minutes)
    if oddity is rhythm.Oddity.SKIPPED:
        found.say("begins", _("The clocks are put forward that night, and never show this. Choose another time."))
    if question.options.filter(starts_at=starts_at, withdrawn_at__isnull=True).exists():
        found.say("begins", _("This time is proposed already."))
    if clock.day(ends_at) != on:
        found.say("begins", _("The meeting would go on into the next day. Choose an earlier hour."))
    return starts_at


def _must_have_room(question: TimeQuestion, many: int) -> None:
    if question.options.filter(withdrawn_at__isnull=True).count() + many > MOST_TIMES:
        raise TooLarge(_("At most %(most)s times are proposed. Withdraw some first.") % {"most": MOST_TIMES})


def _must_be_proposed(option: TimeOption) -> None:
    if option.withdrawn_at is not None:
        raise Refused(_("The time is withdrawn."))
