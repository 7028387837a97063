"""Days and times as they are typed: what the calendar can hold and the clocks can show."""

from __future__ import annotations

from datetime import date, time

from django.utils.translation import gettext as _

from samordna.domain.forums.limits import FURTHEST_AHEAD
from samordna.domain.organisations.findings import Findings


def find_hours(found: Findings, begins: time, ends: time) -> bool:
    """Are these two times of the same day, as the clocks show them, one after the other?"""
    zoned = [name for name, given in (("begins", begins), ("ends", ends)) if given.tzinfo is not None]
    for name in zoned:
        found.say(name, _("Write the time as the clocks show it, without a time zone."))
    if not zoned and ends <= begins:
        found.say("ends", _("It ends later the same day than it begins."))
    return not zoned and begins < ends


def find_within_reach(found: Findings, field: str, on: date, today: date) -> bool:
    """Is the day near enough to plan for?"""
    if on > today + FURTHEST_AHEAD:
        found.say(field, _("Choose a day within %(years)s years.") % {"years": FURTHEST_AHEAD.days // 365})
    return on <= today + FURTHEST_AHEAD
