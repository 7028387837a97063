"""Series of meetings: started, changed from a day on, planned ahead as time goes, ended."""

from __future__ import annotations

from copy import copy
from datetime import date, datetime

from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Refused, TooLarge
from samordna.core.operation import operation
from samordna.core.overtaking import check_not_overtaken
from samordna.domain.forums.access import PREPARE
from samordna.domain.forums.models import Forum
from samordna.domain.forums.operations.holding import held_forum_for
from samordna.domain.forums.operations.hours import find_within_reach
from samordna.domain.organisations.findings import Findings
from samordna.domain.scheduling.access import series_for
from samordna.domain.scheduling.describing import describe, placed, words_of
from samordna.domain.scheduling.limits import MOST_SERIES
from samordna.domain.scheduling.models import Series
from samordna.domain.scheduling.operations.filling import (
    Followed,
    cancel,
    coming,
    follow,
    make,
    missing,
    moved,
    must_have_room,
)
from samordna.domain.scheduling.operations.telling import tell
from samordna.domain.scheduling.patterns import Wished
from samordna.domain.scheduling.wording import series_words

TERMS = ("rule", "dates", "left_out", "starts_on", "begins", "minutes", "zone", "title", "place", "link")


@operation("forum.prepare")
def start_series(*, actor: Actor, forum_id: str, wished: Wished, at: datetime | None = None) -> Series:
    """Let meetings come again: by a rule as RFC 5545 writes it, on dates, or both. The first year's are planned at once."""
    forum = held_forum_for(actor, forum_id, PREPARE, at)
    at = at or clock.now()
    made = Series(forum=forum, started_at=at, started_by_id=actor.holding_id)
    describe(made, placed(wished, forum), at)
    if forum.series.filter(ends_on__isnull=True).count() >= MOST_SERIES:
        raise TooLarge(_("A forum has at most %(most)s series. End one first.") % {"most": MOST_SERIES})
    must_have_room(made, at)
    made.save(force_insert=True)
    many = make(made, missing(made, at), at)
    tell(actor, "series_started", forum, at, made, meetings=many, **_told(made))
    return made


@operation("forum.prepare")
def change_series(*, actor: Actor, series_id: str, wished: Wished, seen: str = "", at: datetime | None = None) -> Followed:
    """Say anew how the meetings come again from a day on. Those that nobody has moved follow; the others stay.

    `seen` is the fingerprint of what one began from; raises `Overtaken` with what is stored now when it is another.
    """
    series, forum = _held_series_for(actor, series_id, at)
    at = at or clock.now()
    wished = placed(wished, forum)
    stored, typed = series_words(series), words_of(wished)
    check_not_overtaken(seen, stored, {name: typed[name] for name in stored})
    make(series, [each for each in missing(series, at) if each.planned.date() < wished.starts_on], at)
    before = copy(series)
    describe(series, wished, at)
    series.sequence += 1
    series.save(update_fields=[*TERMS, "sequence"])
    done = follow(actor, before, series, at)
    tell(actor, "series_changed", forum, at, series, followed=done.followed, cancelled=done.cancelled, **_told(series))
    return done


@operation("forum.prepare")
def end_series(*, actor: Actor, series_id: str, from_on: date, keep: bool = False, at: datetime | None = None) -> Followed:
    """Let no more meetings come from a day on. Those that are planned already are cancelled, unless they are kept;
    those that somebody has moved stay."""
    series, forum = _held_series_for(actor, series_id, at)
    at = at or clock.now()
    found = Findings()
    if from_on < clock.day(at):
        found.say("from_on", _("Choose today or a later day."))
    find_within_reach(found, "from_on", from_on, clock.day(at))
    found.insist()
    rows = coming(series, from_on, at)
    by_hand = [row for row in rows if moved(row, series)]
    cancelled = 0 if keep else cancel(actor, [row for row in rows if row not in by_hand], series, at)
    series.ends_on = from_on
    series.save(update_fields=["ends_on"])
    tell(actor, "series_ended", forum, at, series, from_on=from_on.isoformat(), cancelled=cancelled)
    return Followed(cancelled=cancelled, stayed=tuple(row.meeting for row in by_hand))


@operation("forum.prepare")
def plan_series_ahead(*, actor: Actor, series_id: str, at: datetime | None = None) -> int:
    """Plan the meetings that a series has come to as time has gone. Never twice for the same of its days."""
    series, forum = _held_series_for(actor, series_id, at, until=clock.day(at or clock.now()))
    at = at or clock.now()
    many = make(series, missing(series, at), at)
    if not many:
        raise Refused(_("All meetings of the series are planned as far ahead as it plans."))
    tell(actor, "series_planned_ahead", forum, at, series, meetings=many)
    return many


def _held_series_for(actor: Actor, series_id: str, at: datetime | None, until: date | None = None) -> tuple[Series, Forum]:
    """The series, with its forum held, and it has not been ended; or, with `until`, it ends later than that day."""
    forum = held_forum_for(actor, series_for(actor, series_id, PREPARE, at).forum_id, PREPARE, at)
    series = series_for(actor, series_id, PREPARE, at)
    if series.ends_on is not None and (until is None or series.ends_on <= until):
        raise Refused(_("The series has ended, so it is not changed any more. Start a new one instead."))
    return series, forum


def _told(series: Series) -> dict[str, str]:
    """What the journal keeps of a series."""
    return series_words(series) | {"starts_on": series.starts_on.isoformat()}
