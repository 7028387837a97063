"""What waits in introductions: for each its own next step, and for those who follow a whole organisation what is late."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samordna.core import clock
from samordna.core.actor import Actor, Duty
from samordna.core.unwritten import until_written
from samordna.domain.collaborations.queries.crowd import Crowd, Found
from samordna.domain.introductions.assigned import Introduced, introduced, programmes_of
from samordna.domain.introductions.models import Programme
from samordna.domain.introductions.queries.steps import names_of
from samordna.domain.organisations.models import Holding
from samordna.domain.organisations.waiting import Waiting, WaitingKind

FOLLOWING = frozenset({Duty.ADMINISTER, Duty.ADOPT})


def waiting_in(crowd: Crowd, at: datetime) -> Iterator[Found]:
    """One row for each programme that somebody has something left of, and one for each organisation where any is late:
    one question where there are no programmes, and as many for forty roles as for one."""
    on, own = clock.day(at), {actor.organisation_id or "" for actor in crowd.actors}
    programmes = list(programmes_of(own, on)) if own else []
    if not programmes:
        return
    wanted = Holding.objects.on(on).filter(pk__in=[actor.holding_id for actor in crowd.actors])
    yield from _own(crowd, introduced(programmes, list(wanted.select_related("role")), on), programmes)
    following = sorted({actor.organisation_id or "" for actor in crowd.actors if actor.duties & FOLLOWING})
    if following:
        late = until_written("late introductions", following, lambda: _late_in(following, programmes, at), at)
        yield from _late(crowd, late)


Late = Mapping[str, frozenset[str]]


def _late_in(organisation_ids: Sequence[str], programmes: Sequence[Programme], at: datetime) -> Late:
    """Who is late, by organisation. It takes everybody's holdings, so it is kept as long as nothing is written."""
    on, late = clock.day(at), defaultdict(set)
    there = Holding.objects.on(on).filter(role__organisation_id__in=organisation_ids).select_related("role")
    for each in introduced(programmes, list(there), on):
        if each.progress.late and not each.resting:
            late[each.holding.role.organisation_id].add(each.holding.person_id)
    return {of: frozenset(people) for of, people in late.items()}


def _own(crowd: Crowd, found: Sequence[Introduced], programmes: Sequence[Programme]) -> Iterator[Found]:
    names = names_of([each.pk for each in programmes])
    by_holding = defaultdict(list)
    for each in found:
        if each.progress.left and not each.resting:
            by_holding[each.holding.pk].append(each)
    for actor in crowd.actors:
        for each in by_holding.get(actor.holding_id or "", ()):
            yield actor, _next(each, names)


def _next(given: Introduced, names: dict[str, str]) -> Waiting:
    told, first = given.progress, given.progress.left[0]
    note = _("%(done)d of %(steps)d steps are done") % {"done": told.done, "steps": len(told.steps)}
    return Waiting(
        kind=WaitingKind.TEND,
        what=_("Next in your introduction: %(step)s") % {"step": names.get(first.root, "")},
        about=given.programme.name,
        collaboration="",
        url_name="introduction",
        url_args=(given.programme.pk,),
        due=first.due,
        note=note,
    )


def _late(crowd: Crowd, late: Late) -> Iterator[Found]:
    for actor in crowd.actors:
        others = late.get(actor.organisation_id or "", frozenset()) - {actor.person_id or ""}
        if others and actor.duties & FOLLOWING:
            yield actor, _to_follow(actor, len(others))


def _to_follow(actor: Actor, people: int) -> Waiting:
    about = ngettext("%(n)d person is late", "%(n)d people are late", people) % {"n": people}
    return Waiting(
        kind=WaitingKind.TEND,
        what=_("Help those who are late with their introduction"),
        about=about,
        collaboration="",
        url_name="introduced_people",
        url_args=(actor.organisation_id or "",),
    )
