"""Notices of introductions: once when one is there for somebody's role, and once when something of it is late.

They come of the day and not of an act, since a role brings its introductions however it was taken. Nobody is told twice of
the same: what is left after that waits on Mitt.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from samordna.core import clock
from samordna.domain.introductions.assigned import Introduced, introduced, running
from samordna.domain.introductions.enums import Standing, StepState
from samordna.domain.introductions.models import Programme
from samordna.domain.notices.kinds import REMINDERS
from samordna.domain.notices.models import Notice
from samordna.domain.notices.spreading import running as holding

NEWS = timedelta(days=14)
"""Who has had an introduction for longer than this is not told that it is there: the worker was away, or it is long ago."""


def introductions_due(at: datetime) -> Iterator[Notice]:
    """The day's notices; each is made once, whenever it is asked for again."""
    today = clock.day(at)
    programmes = list(Programme.objects.filter(running(today)).exclude(collaboration__state__in=("planned", "closed")))
    if not programmes:
        return
    holders = holding(today).select_related("role__organisation")
    for each in introduced(programmes, list(holders), today):
        if not each.resting:
            yield from _told(each, today, at)


def _told(given: Introduced, today: date, at: datetime) -> Iterator[Notice]:
    if given.begun > today - NEWS and given.progress.standing is Standing.NOT_BEGUN:
        yield _notice("introduction_begins", given, given.begun, None, at)
    late = [step.due for step in given.progress.steps if step.state is StepState.LATE and step.due is not None]
    if late:
        yield _notice("introduction_late", given, min(late), min(late), at)


def _notice(name: str, given: Introduced, when: date, due: date | None, at: datetime) -> Notice:
    """`when` is part of the key: a role that is taken again begins anew. What becomes late while something else is late is
    not news."""
    person = given.holding.person_id
    return Notice(
        key=f"{name}:{given.programme.pk}:{when}:{person}",
        person_id=person,
        role_id=given.holding.role_id,
        kind=name,
        about=str(REMINDERS[name].about),
        about_id=given.programme.pk,
        due=due,
        at=at,
        made_at=at,
    )
