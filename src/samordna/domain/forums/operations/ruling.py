"""How a forum decides, and the days on which one sits together."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Refused, TooLarge
from samordna.core.operation import operation
from samordna.domain.forums.access import LEAD, PREPARE
from samordna.domain.forums.enums import Every, Method, Quorum, Raising, Share, Voice, Weekday
from samordna.domain.forums.limits import LONGEST_DEADLINE, MOST_DAYS
from samordna.domain.forums.models import JointDay, Routine
from samordna.domain.forums.operations.holding import held_day_for, held_forum_for
from samordna.domain.forums.operations.hours import find_hours, find_within_reach
from samordna.domain.forums.operations.telling import tell
from samordna.domain.organisations.findings import Findings


@operation("forum.lead")
def set_routine(
    *,
    actor: Actor,
    forum_id: str,
    method: str,
    voice: str,
    quorum: str = Quorum.NONE,
    share: str = Share.TWO_THIRDS,
    raising: str = Raising.ANYONE,
    items_days: int = 0,
    call_days: int = 0,
    papers_days: int = 0,
    starts_on: date | None = None,
    at: datetime | None = None,
) -> Routine:
    """Say how the forum decides from a day on; without one, from today. What held before is kept with its days."""
    forum = held_forum_for(actor, forum_id, LEAD, at)
    at = at or clock.now()
    found = Findings()
    start = starts_on or clock.day(at)
    if start < clock.day(at):
        found.say("starts_on", _("Choose today or a later day: what has been decided was decided by another."))
    find_within_reach(found, "starts_on", start, clock.day(at))
    made = Routine(
        forum=forum,
        number=forum.routines.count() + 1,
        starts_on=start,
        method=found.choice("method", method, Method.values),
        voice=found.choice("voice", voice, Voice.values),
        quorum=found.choice("quorum", quorum, Quorum.values),
        share=found.choice("share", share, Share.values),
        raising=found.choice("raising", raising, Raising.values),
        items_days=found.days("items_days", items_days, LONGEST_DEADLINE),
        call_days=found.days("call_days", call_days, LONGEST_DEADLINE),
        papers_days=found.days("papers_days", papers_days, LONGEST_DEADLINE),
        written_at=at,
        written_by_id=actor.holding_id,
    )
    found.insist()
    made.save(force_insert=True)
    told = {name: getattr(made, name) for name in ("starts_on", "method", "voice", "quorum", "share", "raising")}
    deadlines = {"items_days": made.items_days, "call_days": made.call_days, "papers_days": made.papers_days}
    tell(actor, "forum_routine_set", forum, at, **told, **deadlines)
    return made


@operation("forum.prepare")
def add_joint_day(
    *,
    actor: Actor,
    forum_id: str,
    weekday: int,
    begins: time,
    ends: time,
    place: str,
    every: int = Every.WEEK,
    valid_from: date | None = None,
    valid_to: date | None = None,
    at: datetime | None = None,
) -> JointDay:
    """Say on which day one sits together, how often, when and where."""
    forum = held_forum_for(actor, forum_id, PREPARE, at)
    at = at or clock.now()
    found = Findings()
    if weekday not in Weekday.values:
        found.say("weekday", _("Choose one of the alternatives."))
    if every not in Every.values:
        found.say("every", _("Choose one of the alternatives."))
    find_hours(found, begins, ends)
    start = valid_from or clock.day(at)
    find_within_reach(found, "valid_from", start, clock.day(at))
    found.span("valid_from", start, "valid_to", valid_to)
    place = found.line("place", place, 200)
    running = Q(valid_to__isnull=True) | Q(valid_to__gt=clock.day(at))
    if forum.joint_days.filter(running).count() >= MOST_DAYS:
        raise TooLarge(_("A forum has at most %(most)s joint days.") % {"most": MOST_DAYS})
    found.insist()
    when = {"weekday": weekday, "every": every, "begins": begins, "ends": ends}
    made = JointDay.objects.create(forum=forum, place=place, valid_from=start, valid_to=valid_to, **when)
    told = when | {"begins": begins.isoformat(), "ends": ends.isoformat()}
    tell(actor, "forum_day_added", forum, at, place=place, valid_from=start, **told)
    return made


@operation("forum.prepare")
def end_joint_day(*, actor: Actor, day_id: str, at: datetime | None = None) -> JointDay:
    """Stop sitting together on that day, from today on. One that has not begun is taken away."""
    day = held_day_for(actor, day_id, PREPARE, at)
    at = at or clock.now()
    on = clock.day(at)
    if not end_days(JointDay.objects.filter(pk=day.pk), on):
        raise Refused(_("It has ended already."))
    tell(actor, "forum_day_ended", day.forum, at, weekday=day.weekday, place=day.place)
    return day


def end_days(days: QuerySet[JointDay], on: date) -> int:
    """End those of them that go on after the day: how many they are. One that began that day has been held once, and ends
    the day after; one that has not begun is taken away."""
    running = days.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on))
    before = running.filter(valid_from__lt=on).update(valid_to=on)
    after = on + timedelta(days=1)
    today = days.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=after), valid_from=on).update(valid_to=after)
    return before + today + running.filter(valid_from__gt=on).delete()[0]
