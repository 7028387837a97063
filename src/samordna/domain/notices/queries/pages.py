"""The page of notices, the number on the bell, and what one has chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.models import DeadAddress
from samordna.domain.notices.enums import USUAL, Group, Rhythm
from samordna.domain.notices.kinds import TALKED, kind_of
from samordna.domain.notices.limits import SHOWN_AT_ONCE
from samordna.domain.notices.models import Notice
from samordna.domain.notices.reading import count_seen, unread_by
from samordna.domain.notices.subjects import keys_of, subjects_of
from samordna.domain.notices.wishes import language_of, rhythms_of
from samordna.domain.organisations.models import Holding, Person


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeView:
    """One notice as it is shown."""

    id: str
    sentence: str
    group: str
    group_label: str
    title: str
    where: str
    at: datetime
    due: date | None
    read: bool
    url_name: str
    url_args: tuple[str, ...]

    @property
    def day(self) -> date:
        """The day here on which it happened."""
        return clock.day(self.at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What happened several times on a day to the same thing, told once: the last time, and how often."""

    last: NoticeView
    times: int

    @property
    def day(self) -> date:
        """The day here on which it happened."""
        return self.last.day


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticePage:
    """The latest notices of the role one acts in. `elsewhere`: how many are unread in one's other roles."""

    notices: Sequence[NoticeView]
    unread: int
    elsewhere: int
    number: int
    further: bool
    until: datetime
    dead_since: datetime | None

    @property
    def rows(self) -> list[Row]:
        """The notices as the page lists them: alike ones of a day together, where the last of them stands."""
        alike: dict[tuple[object, ...], list[NoticeView]] = {}
        for notice in self.notices:
            what = (notice.day, notice.sentence, notice.title, notice.url_name, notice.url_args, notice.due, notice.read)
            alike.setdefault(what, []).append(notice)
        return [Row(last=each[0], times=len(each)) for each in alike.values()]


def unread_of(actor: Actor, at: datetime) -> int:
    """How many notices the page has that the actor has not read, for the bell: one query when there are none."""
    return count_seen(actor, unread_by(actor), at) if actor.person_id and actor.role_id else 0


def notice_page(actor: Actor, at: datetime, number: int = 1) -> NoticePage:
    """One page of notices, the newest first; those whose subject the actor may not see, or that are for letters alone, are
    left out."""
    own = Notice.objects.filter(person_id=actor.person_id, role_id=actor.role_id).exclude(kind__in=TALKED.values())
    own = own.order_by("-at", "-pk")
    first = (number - 1) * SHOWN_AT_ONCE
    rows = list(own[first : first + SHOWN_AT_ONCE + 1])
    views = views_of(actor, rows[:SHOWN_AT_ONCE], at)
    return NoticePage(
        notices=views,
        unread=unread_of(actor, at),
        elsewhere=_elsewhere(actor, at),
        number=number,
        further=len(rows) > SHOWN_AT_ONCE,
        until=at,
        dead_since=dead_since(actor.person_id),
    )


def views_of(actor: Actor, rows: Sequence[Notice], at: datetime) -> list[NoticeView]:
    """The notices that the actor may see, in words."""
    subjects = subjects_of(actor, keys_of(rows), at)
    found = []
    for row in rows:
        kind, subject = kind_of(row.kind), subjects.get((row.about, row.about_id))
        if kind is None or subject is None:
            continue
        found.append(
            NoticeView(
                id=row.pk,
                sentence=str(kind.sentence),
                group=kind.group.value,
                group_label=str(kind.group.label),
                title=subject.title,
                where=subject.where,
                at=row.at,
                due=row.due,
                read=row.read_at is not None,
                url_name=subject.url_name,
                url_args=subject.url_args,
            )
        )
    return found


def _elsewhere(actor: Actor, at: datetime) -> int:
    held = Holding.objects.on(clock.day(at)).filter(person_id=actor.person_id).exclude(role_id=actor.role_id)
    unread = Notice.objects.filter(person_id=actor.person_id, role_id__in=held.values("role_id"), read_at__isnull=True)
    return unread.aggregate(n=Count("pk"))["n"] or 0


def dead_since(person_id: str | None) -> datetime | None:
    """Since when letters to the person come back; None while they do not."""
    email = Person.objects.filter(pk=person_id).values_list("email", flat=True).first()
    if not email:
        return None
    return DeadAddress.objects.filter(address=email.lower()).values_list("since", flat=True).first()


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What the actor wants letters about."""

    rhythms: Mapping[Group, Rhythm]
    language: str
    email: str
    dead_since: datetime | None
    usual: Mapping[Group, Rhythm]


def wishes_of(actor: Actor) -> Wishes:
    """What holds for the actor's own letters now."""
    person_id = actor.person_id or ""
    email = Person.objects.filter(pk=person_id).values_list("email", flat=True).first()
    return Wishes(
        rhythms=rhythms_of([person_id])[person_id],
        language=language_of(person_id),
        email=email or "",
        dead_since=dead_since(person_id),
        usual=USUAL,
    )
