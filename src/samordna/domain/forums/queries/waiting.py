"""What somebody is waited for before meetings: to answer a call, to call, to put papers beside an item of its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.domain.collaborations.enums import CollaborationState
from samordna.domain.collaborations.queries.crowd import Crowd, Found, each
from samordna.domain.forums.enums import AHEAD, ItemState, MeetingState
from samordna.domain.forums.models import CallAnswer, Item, Meeting, Ownership, Paper, Routine, Seat
from samordna.domain.forums.rules import holding_on, last_day
from samordna.domain.organisations.waiting import Quick, Waiting, WaitingKind

SOON = timedelta(days=14)
FURTHEST = timedelta(days=140)  # no routine asks for anything longer before a meeting


def waiting_in(crowd: Crowd, at: datetime) -> Iterator[Found]:
    """What each may do now, in its role; a constant number of questions."""
    roles = [actor.role_id or "" for actor in crowd.actors]
    if not roles:
        return
    ahead = Meeting.objects.filter(state__in=AHEAD, ends_at__gte=at, starts_at__lte=at + FURTHEST)
    seats = list(Seat.objects.filter(role__in=roles, valid_to__isnull=True).values_list("forum_id", "role_id"))
    called = ahead.filter(state=MeetingState.CALLED, forum__in=[forum for forum, _role in seats])
    preparing = ahead.filter(state=MeetingState.PLANNED, forum__prepares__in=roles)
    owned = Item.objects.filter(owner_role__in=roles, state=ItemState.OPEN, meeting__in=ahead)
    meetings = list((called | preparing).select_related("forum").order_by("starts_at", "pk"))
    items = list(owned.select_related("meeting__forum").order_by("meeting__starts_at", "order", "pk"))
    forums = {row.forum_id for row in meetings} | {row.forum_id for row in items}
    owners, routines = _owners(forums), _routines(forums)
    sitting: dict[str, set[str]] = defaultdict(set)
    for forum_id, role_id in seats:
        sitting[str(forum_id)].add(str(role_id))
    yield from _to_answer([row for row in meetings if row.state == MeetingState.CALLED], crowd, sitting, owners)
    yield from _to_call([row for row in meetings if row.state == MeetingState.PLANNED], crowd, owners, routines, at)
    yield from _to_put_papers(items, crowd, owners, routines, at)


Owners = Mapping[str, Sequence[Ownership]]
Routines = Mapping[str, Sequence[Routine]]


def _owners(forum_ids: Collection[str]) -> Owners:
    found: dict[str, list[Ownership]] = defaultdict(list)
    running = Ownership.objects.filter(forum__in=forum_ids, ended_at__isnull=True, accepted_at__isnull=False)
    for owner in running.select_related("collaboration").order_by("asked_at", "pk"):
        found[owner.forum_id].append(owner)
    return found


def _routines(forum_ids: Collection[str]) -> Routines:
    found: dict[str, list[Routine]] = defaultdict(list)
    for row in Routine.objects.filter(forum__in=forum_ids).order_by("starts_on", "number"):
        found[row.forum_id].append(row)
    return found


def _reads(crowd: Crowd, actor: Actor, owners: Sequence[Ownership]) -> bool:
    """May the actor read the forum, through one of its owners?"""
    return any(_within(crowd, actor, owner) for owner in owners)


def _within(crowd: Crowd, actor: Actor, owner: Ownership) -> bool:
    given, own = owner.collaboration, actor.organisation_id or ""
    if actor in crowd.leading(given.pk):
        return True
    part = given.pk in crowd.taking_part.get(own, ()) or given.superior_id == own
    return part and given.state != CollaborationState.PLANNED


def _to_answer(
    meetings: Sequence[Meeting], crowd: Crowd, sitting: Mapping[str, set[str]], owners: Owners
) -> Iterator[Found]:
    answered = set(
        CallAnswer.objects.filter(meeting__in=meetings).values_list("meeting_id", "role_id", "sequence") if meetings else ()
    )
    for meeting in meetings:
        asked = [
            actor
            for actor in crowd.actors
            if actor.role_id in sitting[meeting.forum_id]
            and (meeting.pk, actor.role_id, meeting.sequence) not in answered
            and _reads(crowd, actor, owners.get(meeting.forum_id, ()))
        ]
        if asked:
            label = pgettext("answer to a call", "I come")
            quick = Quick(label=label, url_name="answer_call", url_args=(meeting.pk,), sends=(("says", "comes"),))
            told = _item(WaitingKind.ANSWER, _("Say whether you come to the meeting"), meeting, owners, 0, quick)
            yield from each(asked, told)


def _to_call(
    meetings: Sequence[Meeting], crowd: Crowd, owners: Owners, routines: Routines, at: datetime
) -> Iterator[Found]:
    for meeting in meetings:
        routine = holding_on(routines.get(meeting.forum_id, ()), clock.day(meeting.starts_at))
        days = routine.call_days if routine else 0
        if clock.day(meeting.starts_at) - timedelta(days=days) > clock.day(at + SOON):
            continue
        those = [actor for actor in crowd.actors if actor.role_id == meeting.forum.prepares_id]
        those = [actor for actor in those if _reads(crowd, actor, owners.get(meeting.forum_id, ()))]
        yield from each(those, _item(WaitingKind.TEND, _("Call to the meeting"), meeting, owners, days))


def _to_put_papers(
    items: Sequence[Item], crowd: Crowd, owners: Owners, routines: Routines, at: datetime
) -> Iterator[Found]:
    """Items that a role answers for, of forums that want papers a number of days before, and that have none yet."""
    have = Paper.objects.filter(item__in=items, removed_at__isnull=True) if items else Paper.objects.none()
    with_papers = set(have.values_list("item_id", flat=True))
    for item in items:
        meeting = item.meeting
        routine = holding_on(routines.get(item.forum_id, ()), clock.day(meeting.starts_at)) if meeting else None
        if meeting is None or routine is None or not routine.papers_days or item.pk in with_papers:
            continue
        due = last_day(clock.day(meeting.starts_at), routine.papers_days)
        if due > clock.day(at + SOON):
            continue
        those = [actor for actor in crowd.actors if actor.role_id == item.owner_role_id]
        those = [actor for actor in those if _reads(crowd, actor, owners.get(item.forum_id, ()))]
        waiting = Waiting(
            kind=WaitingKind.ANSWER,
            what=_("Put what one reads before beside your item"),
            about=item.title,
            collaboration=item.meeting.forum.name if item.meeting else "",
            url_name="item",
            url_args=(item.pk,),
            due=due,
        )
        yield from each(those, waiting)


def _item(kind: WaitingKind, what: str, meeting: Meeting, owners: Owners, days: int, quick: Quick | None = None) -> Waiting:
    return Waiting(
        kind=kind,
        what=what,
        about=meeting.title or meeting.forum.name,
        collaboration=meeting.forum.name if meeting.title else _place(owners.get(meeting.forum_id, ())),
        url_name="meeting",
        url_args=(meeting.pk,),
        due=last_day(clock.day(meeting.starts_at), days),
        quick=quick,
    )


def _place(owners: Sequence[Ownership]) -> str:
    """Where the forum belongs, when it belongs to one: of several, one may not know the others."""
    return owners[0].collaboration.name if len(owners) == 1 else ""
