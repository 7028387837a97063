"""What is said between meetings, as a line in a letter: how much is new in each forum and about each matter of one's own.

Quiet: it never rings, it goes in the letters that one gets anyway or once a week, and what is said is read in its place.
One's own are the forums where one sits or prepares, and those and the matters where one has spoken or is mentioned. Nothing
is kept of what is read: new is what others have said since one was last told of it, or since one last spoke there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import Max, Q, QuerySet

from samordna.core import clock
from samordna.domain.conversations.models import Message, Thread
from samordna.domain.forums.models import Forum, Seat
from samordna.domain.notices.enums import About
from samordna.domain.notices.kinds import TALKED
from samordna.domain.notices.limits import TALKED_SINCE
from samordna.domain.notices.models import Notice
from samordna.domain.notices.spreading import running, write
from samordna.domain.organisations.models import Holding


@dataclass(frozen=True, slots=True, kw_only=True)
class New:
    """How much is new in a place to one person: messages, and how many of them mention the person's role."""

    messages: int
    mentions: int


@dataclass(slots=True)
class _Place:
    about: About
    latest: list[tuple[datetime, str]] = field(default_factory=list)
    speakers: set[str] = field(default_factory=set)
    roles: set[str] = field(default_factory=set)

    def has_new_to(self, person_id: str, since: datetime) -> bool:
        """Has somebody else said something since a moment, and since the person itself last spoke?"""
        own = max((moment for moment, who in self.latest if who == person_id), default=since)
        return any(who != person_id and moment > max(since, own) for moment, who in self.latest)


def tell_of_talk(at: datetime) -> int:
    """Write the day's notices, one for each person and place with something new; returns how many. Eight queries at most,
    however many there are. One that has not gone out in a letter yet stands, and counts what comes meanwhile."""
    places = _places(at)
    with transaction.atomic():
        made = list(_notices(places, at)) if places else []
        write(made, f"talk {clock.day(at).isoformat()}", at)
    return len(made)


def _said(since: datetime) -> QuerySet[Message]:
    return Message.objects.filter(said_at__gt=since, withdrawn_at__isnull=True)


def _places(at: datetime) -> Mapping[str, _Place]:
    """Where something was said of late, with when and by whom, and the roles that the place is one's own by."""
    found: dict[str, _Place] = {}
    rows = _said(at - TALKED_SINCE).order_by("said_at", "pk")
    for forum, matter, said_at, who in rows.values_list(
        "thread__forum_id", "thread__matter_id", "said_at", "said_by__person_id"
    ):
        place = found.setdefault(forum or matter, _Place(About.FORUM_TALK if forum else About.MATTER_TALK))
        place.latest.append((said_at, who or ""))
    if not found:
        return found
    here = Q(thread__forum__in=list(found)) | Q(thread__matter__in=list(found))
    spoke = Message.objects.filter(here).order_by().values_list("thread__forum_id", "thread__matter_id")
    for forum, matter, who in spoke.values_list("thread__forum_id", "thread__matter_id", "said_by__person_id").distinct():
        found[forum or matter].speakers.add(who or "")
    mentioned = spoke.values_list("thread__forum_id", "thread__matter_id", "mentions").distinct()
    for forum, matter, role in mentioned:
        found[forum or matter].roles.add(role or "")
    on = clock.day(at)
    sitting = Seat.objects.filter(forum__in=list(found), valid_from__lte=on).exclude(valid_to__lte=on)
    preparing = Forum.objects.filter(pk__in=list(found)).values_list("pk", "prepares_id")
    for forum, role in (*sitting.order_by().values_list("forum_id", "role_id"), *preparing):
        found[forum].roles.add(role)
    return found


def _notices(places: Mapping[str, _Place], at: datetime) -> Iterator[Notice]:
    told, waiting = _told(places)
    holdings = list(_holdings(places, at))
    for pk, place in places.items():
        own: dict[str, Holding] = {}
        for holding in holdings:
            if holding.role_id in place.roles or holding.person_id in place.speakers:
                own.setdefault(holding.person_id, holding)
        for person, holding in own.items():
            since = told.get((person, pk), at - TALKED_SINCE)
            if (person, pk) not in waiting and place.has_new_to(person, since):
                yield _notice(pk, place.about, holding, at)


def _notice(place_id: str, about: About, holding: Holding, at: datetime) -> Notice:
    """It counts as read from the beginning: the bell is for what waits for somebody."""
    return Notice(
        key=f"talk:{place_id}:{at.isoformat()}:{holding.person_id}",
        person_id=holding.person_id,
        role_id=holding.role_id,
        kind=TALKED[about],
        about=str(about),
        about_id=place_id,
        at=at,
        made_at=at,
        read_at=at,
    )


def _holdings(places: Mapping[str, _Place], at: datetime) -> QuerySet[Holding]:
    roles = set().union(*(place.roles for place in places.values()))
    people = set().union(*(place.speakers for place in places.values()))
    own = Q(role__in=sorted(roles - {""})) | Q(person__in=sorted(people - {""}))
    return running(clock.day(at)).filter(own).order_by("role_id", "pk")


def _told(place_ids: Iterable[str]) -> tuple[dict[tuple[str, str], datetime], set[tuple[str, str]]]:
    """When each person was last told of each place by a letter, or chose none; and the notices that have not gone out."""
    rows = Notice.objects.filter(kind__in=TALKED.values(), about_id__in=list(place_ids)).order_by()
    latest = rows.filter(settled_at__isnull=False).values("person_id", "about_id").annotate(latest=Max("settled_at"))
    told = {(row["person_id"], row["about_id"]): row["latest"] for row in latest}
    return told, set(rows.filter(settled_at__isnull=True).values_list("person_id", "about_id"))


def new_to(person_id: str, role_id: str, threads: QuerySet[Thread], about: About, at: datetime) -> Mapping[str, New]:
    """How much is new to a person in threads that it may read, by forum or matter. Three queries."""
    column = "thread__forum_id" if about is About.FORUM_TALK else "thread__matter_id"
    rows = _said(at - TALKED_SINCE).filter(thread__in=threads.order_by().values("pk")).order_by("said_at", "pk")
    said = list(rows.values_list("pk", column, "said_at", "said_by__person_id"))
    mine = set(rows.filter(mentions=role_id).values_list("pk", flat=True))
    since, _waiting = _told({place for _pk, place, _at, _who in said})
    found: dict[str, list[str]] = defaultdict(list)
    for pk, place, said_at, who in said:
        if who == person_id:
            found[place].clear()
        elif said_at > since.get((person_id, place), at - TALKED_SINCE):
            found[place].append(pk)
    return {place: New(messages=len(new), mentions=sum(pk in mine for pk in new)) for place, new in found.items() if new}
