"""What meetings cost in time, by organisation, and in kronor where an hour's price has been stated (K2)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.domain.collaborations.access import reach
from samordna.domain.decisions.effort import Daily, Minutes
from samordna.domain.decisions.rates import Rates
from samordna.domain.forums.access import forum_for, owners_of, visible_forums
from samordna.domain.forums.enums import ItemState
from samordna.domain.forums.models import Forum, Item, Meeting, Ownership
from samordna.domain.organisations.models import Organisation
from samordna.domain.proceedings.models import ItemTime
from samordna.domain.worth.attending import HELD, There, there_at
from samordna.domain.worth.limits import A_YEAR


@dataclass(frozen=True, slots=True, kw_only=True)
class CostRow:
    """What one organisation has put into the meetings. `kronor`: None where it has not said what an hour costs, or where
    that is not the reader's to see; of those meetings that have a price, which are all of them where it is `priced`."""

    organisation_id: str
    organisation: str
    hours: float
    kronor: int | None
    priced: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ForumCost:
    """What a forum's meetings of the last year have cost. `kronor`: of those that may be told; `unrated`: those that have
    stated no price of an hour that holds for all of the meetings; `called`: meetings where nobody noted who came, so that
    those called are counted."""

    forum_id: str
    forum: str
    meetings: int
    hours: float
    kronor: int
    unrated: int
    called: int
    rows: tuple[CostRow, ...]


def forum_cost(actor: Actor, forum_id: str, at: datetime) -> ForumCost:
    """What the forum costs a year; whoever coordinates an owner sees everybody's kronor, and the others their own."""
    forum = forum_for(actor, forum_id, at=at)
    coordinated = reach(actor, at)[1]
    leads = any(owner.accepted_at and owner.collaboration_id in coordinated for owner in owners_of(forum))
    return _cost(forum, *_held([forum.pk], at), actor, all_kronor=leads)


def costs_in(actor: Actor, collaboration_ids: Collection[str], at: datetime) -> tuple[ForumCost, ...]:
    """What the forums of collaborations that the actor coordinates cost a year, the dearest first."""
    owned = Ownership.objects.filter(collaboration__in=collaboration_ids, accepted_at__isnull=False, ended_at__isnull=True)
    forums = list(visible_forums(actor, at).filter(pk__in=owned.values("forum_id")))
    found = costs_of(actor, forums, at, {forum.pk for forum in forums})
    return tuple(sorted((row for row in found if row.meetings), key=lambda row: (-row.hours, row.forum, row.forum_id)))


def costs_of(
    actor: Actor, forums: Sequence[Forum], at: datetime, leads: Collection[str], among: QuerySet[Meeting] | None = None
) -> tuple[ForumCost, ...]:
    """What forums that the actor may read cost a year, in `leads` with everybody's kronor; a constant number of queries.

    `among`: of these meetings, instead of those of the last year.
    """
    meetings, there = _held([forum.pk for forum in forums], at, among)
    known = _known(there)
    return tuple(_cost(forum, meetings, there, actor, all_kronor=forum.pk in leads, known=known) for forum in forums)


def minutes_about(matter_id: str) -> Daily:
    """What meetings have taken of each organisation's time with a matter, by day: the items that were taken up, each as
    long as it was seen to take, or else its time box, or its share of the meeting."""
    items = list(
        Item.objects.filter(matter=matter_id, state=ItemState.DONE, meeting__state__in=HELD).select_related("meeting")
    )
    meetings = [item.meeting for item in items if item.meeting]
    if not meetings:
        return {}
    there = there_at(list({meeting.pk: meeting for meeting in meetings}.values()))
    many: dict[str, int] = defaultdict(int)
    for pk in Item.objects.filter(meeting__in=there, state=ItemState.DONE).values_list("meeting_id", flat=True):
        many[str(pk)] += 1
    spent = _spent([item.pk for item in items])
    found: dict[tuple[str, date], Minutes] = {}
    days = {meeting.pk: clock.day(meeting.starts_at) for meeting in meetings}
    for item in items:
        met, day = there[item.meeting_id or ""], days[item.meeting_id or ""]
        taken = spent.get(item.pk) or item.minutes or round(met.minutes / max(many[item.meeting_id or ""], 1))
        for organisation_id, persons in met.by_organisation.items():
            more = Minutes(low=taken * persons, likely=taken * persons, high=taken * persons, sittings=1)
            found[organisation_id, day] = found.get((organisation_id, day), Minutes()) + more
    return found


def _spent(item_ids: Collection[str]) -> dict[str, int]:
    """For how many minutes each item was taken up, where that was noted."""
    found: dict[str, timedelta] = defaultdict(timedelta)
    for row in ItemTime.objects.filter(item__in=item_ids, ended_at__isnull=False):
        found[row.item_id] += (row.ended_at or row.began_at) - row.began_at
    return {key: max(1, round(length / timedelta(minutes=1))) for key, length in found.items()}


Known = tuple[dict[str, str], Rates]


def _held(
    forum_ids: Sequence[str], at: datetime, among: QuerySet[Meeting] | None = None
) -> tuple[list[Meeting], dict[str, There]]:
    asked = Meeting.objects.filter(starts_at__gt=at - A_YEAR) if among is None else among
    meetings = list(asked.filter(forum__in=forum_ids, state__in=HELD, starts_at__lte=at))
    return meetings, there_at(meetings)


def _known(there: dict[str, There]) -> Known:
    ids = {pk for met in there.values() for pk in met.by_organisation if pk}
    names = dict(Organisation.objects.filter(pk__in=ids).values_list("pk", "name"))
    return names, Rates(ids)


def _cost(
    forum: Forum,
    meetings: Sequence[Meeting],
    there: dict[str, There],
    actor: Actor,
    *,
    all_kronor: bool,
    known: Known | None = None,
) -> ForumCost:
    own = [meeting for meeting in meetings if meeting.forum_id == forum.pk]
    names, rates = known or _known(there)
    minutes, paid, unpriced = _taken(own, there, rates)
    rows = []
    for pk, taken in minutes.items():
        told = pk in paid and (all_kronor or pk == actor.organisation_id)
        kronor = round(paid[pk] / 60) if told else None
        rows.append(
            CostRow(
                organisation_id=pk,
                organisation=names.get(pk, ""),
                hours=round(taken / 60, 1),
                kronor=kronor,
                priced=pk not in unpriced,
            )
        )
    return ForumCost(
        forum_id=forum.pk,
        forum=forum.name,
        meetings=len(own),
        hours=round(sum(minutes.values()) / 60, 1),
        kronor=sum(row.kronor or 0 for row in rows),
        unrated=sum(1 for pk in unpriced if pk),
        called=sum(1 for meeting in own if not there[meeting.pk].noted),
        rows=tuple(sorted(rows, key=lambda row: (-row.hours, row.organisation))),
    )


def _taken(
    meetings: Sequence[Meeting], there: dict[str, There], rates: Rates
) -> tuple[dict[str, int], dict[str, int], set[str]]:
    """Minutes by organisation; minutes times kronor an hour as it was on each meeting's day, of those who have said; and
    those for whom some meeting has no price."""
    minutes, paid, unpriced = defaultdict[str, int](int), defaultdict[str, int](int), set[str]()
    for meeting in meetings:
        met, day = there[meeting.pk], clock.day(meeting.starts_at)
        for pk, persons in met.by_organisation.items():
            minutes[pk] += persons * met.minutes
            rate = rates.on(pk, day)
            if rate is None:
                unpriced.add(pk)
            else:
                paid[pk] += persons * met.minutes * rate
    return minutes, paid, unpriced
