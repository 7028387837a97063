"""Notices of introductions: once when one is there for somebody's role, and once when something of it is late.

They come of the day and not of an act, since a role brings its introductions however it was taken. Nobody is told twice of
the same, not when the notice has been cleared away after a year either: what is left after that waits on Mitt. Two roles
that bring the same programme bring one notice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from samordna.core import clock
from samordna.domain.introductions.assigned import Introduced, introduced, running
from samordna.domain.introductions.enums import Standing, StepState
from samordna.domain.introductions.models import Programme
from samordna.domain.notices.kinds import REMINDERS
from samordna.domain.notices.limits import KEPT
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
    by_person: dict[tuple[str, str], list[Introduced]] = defaultdict(list)
    for each in introduced(programmes, list(holders), today):
        if not each.resting:
            by_person[each.programme.pk, each.holding.person_id].append(each)
    for roles in by_person.values():
        yield from _told(sorted(roles, key=lambda each: (each.begun, each.holding.pk)), today, at)


def _told(roles: Sequence[Introduced], today: date, at: datetime) -> Iterator[Notice]:
    """One person and one programme, by the role that brought it first."""
    first = roles[0]
    if first.begun > today - NEWS and all(each.progress.standing is Standing.NOT_BEGUN for each in roles):
        yield _notice("introduction_begins", first, str(first.begun), None, at)
    late = [(each, step) for each in roles for step in each.progress.steps if step.state is StepState.LATE]
    days = [step.due for _each, step in late if step.due is not None]
    if not days:
        return
    never_done = [step.due for _each, step in late if step.due is not None and step.until is None]
    ran_out = [step.until for _each, step in late if step.until is not None]
    # What is late for the first time is told once, however many steps it is; what ran out is told once for each year.
    when = str(first.begun) if never_done else f"{first.begun}:{max(ran_out).year}"
    # As old as what the key tells of: the notice of it may be gone from the page, and is not made anew.
    if (min(never_done) if never_done else max(ran_out)) <= today - KEPT:
        return
    yield _notice("introduction_late", late[0][0], when, min(days), at)


def _notice(name: str, given: Introduced, when: str, due: date | None, at: datetime) -> Notice:
    """`when` is part of the key: a role that is taken again begins anew. What becomes late while something else is late is
    not news, nor is what is still late when something else has been done."""
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
