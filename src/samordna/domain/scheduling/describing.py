"""What is wrong with how a series is said to come again: everything at once, and nothing is stored."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.domain.forums import rhythm
from samordna.domain.forums.models import Forum
from samordna.domain.forums.operations.hours import find_hours
from samordna.domain.forums.rule_text import read_rule, write_rule
from samordna.domain.forums.sentences import refused_sentence
from samordna.domain.organisations.findings import Findings
from samordna.domain.scheduling.limits import HORIZON, MOST_DATES
from samordna.domain.scheduling.models import Series
from samordna.domain.scheduling.patterns import Terms, Wished, meetings_from
from samordna.domain.scheduling.rows import stored_days, terms_of
from samordna.domain.scheduling.wording import series_words


def describe(series: Series, wished: Wished, at: datetime) -> None:
    """Say when and where it meets; everything that is wrong at once. Nothing is stored."""
    found = Findings()
    if wished.starts_on < clock.day(at):
        found.say("starts_on", _("Choose today or a later day."))
    if wished.starts_on > clock.day(at) + HORIZON:
        found.say("starts_on", _("A series begins within a year."))
    series.title = found.line("title", wished.title, 120, required=False)
    series.place = found.line("place", wished.place, 200, required=False)
    series.link = found.line("link", wished.link, 300, required=False)
    if series.link and not series.link.startswith("https://"):
        found.say("link", _("A link begins with https://."))
    _find_days(found, wished)
    hours = find_hours(found, wished.begins, wished.ends)
    found.insist()
    if hours:
        series.begins = wished.begins
        series.minutes = _minutes(wished.begins, wished.ends)
    series.starts_on, series.zone = wished.starts_on, wished.zone or settings.TIME_ZONE
    series.dates, series.left_out = stored_days(wished.dates), stored_days(wished.left_out)
    series.rule = _rule(found, wished.rule)
    found.insist()
    _must_meet(found, terms_of(series), at)
    found.insist()


def placed(wished: Wished, forum: Forum) -> Wished:
    """Without a place, where the forum usually meets."""
    return replace(wished, place=wished.place or forum.place)


def _minutes(begins: time, ends: time) -> int:
    first, last = (datetime.combine(date.min, each.replace(tzinfo=None)) for each in (begins, ends))
    return int((last - first) / timedelta(minutes=1))


def _find_days(found: Findings, wished: Wished) -> None:
    for name, days in (("dates", wished.dates), ("left_out", wished.left_out)):
        if len(days) > MOST_DATES:
            found.say(name, _("At most %(most)s dates are listed.") % {"most": MOST_DATES})
    if not wished.rule and not wished.dates:
        found.say("dates", _("Write at least one date."))


def _rule(found: Findings, text: str) -> str:
    if not text:
        return ""
    try:
        return write_rule(read_rule(text))
    except rhythm.Refused as refused:
        found.say("rule", refused_sentence(refused))
        return ""


def _must_meet(found: Findings, terms: Terms, at: datetime) -> None:
    """The terms can be worked out, and give at least one meeting in the time that is planned ahead."""
    try:
        met = meetings_from(terms, at, at + HORIZON, 1)
    except rhythm.Refused as refused:
        found.say("zone" if refused.fault is rhythm.Fault.ZONE else "rule", refused_sentence(refused))
        return
    if not met:
        found.say("starts_on", _("This gives no meeting within a year. Change the rule, or leave fewer days out."))


def words_of(wished: Wished) -> dict[str, str]:
    """What was given, as `series_words` writes it."""
    given = Series(
        rule=_rule(Findings(), wished.rule),
        dates=stored_days(wished.dates),
        left_out=stored_days(wished.left_out),
        begins=wished.begins,
        minutes=max(0, _minutes(wished.begins, wished.ends)),
        zone=wished.zone or settings.TIME_ZONE,
        title=wished.title,
        place=wished.place,
        link=wished.link,
    )
    return series_words(given)
