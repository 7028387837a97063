"""From the journal to notices: each entry once, in the order of the journal, in one transaction with how far one has come.

A notice's key is the entry's number and the person, so that nothing is told twice even where the same entries are read
again. Who is told is worked out from who holds which role on that day; whether somebody may see what it is about is asked
later, each time it is shown or sent.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from samordna.core import clock, journal
from samordna.core.actor import Duty
from samordna.core.models import JournalEntry, JournalHead, JournalPayload
from samordna.core.tasks import Job, enqueue
from samordna.domain.collaborations.models import Collaboration, Participation
from samordna.domain.decisions.models import Decision
from samordna.domain.notices.enums import About, Rhythm, Whom
from samordna.domain.notices.kinds import KINDS, Kind
from samordna.domain.notices.limits import LETTERS_TOGETHER, OLD, SPREAD_AT_ONCE
from samordna.domain.notices.meetings import (
    CALLING,
    MOVING,
    called_to,
    checkers_of,
    key_of,
    kind_told,
    meeting_told,
    preparers_of,
)
from samordna.domain.notices.models import Notice, Spread
from samordna.domain.notices.naming import named_in
from samordna.domain.notices.questioning import questioned_in
from samordna.domain.organisations.enums import DUTIES
from samordna.domain.organisations.models import Holding

DELIVER = "notices.deliver"


def is_behind() -> bool:
    """Does the journal hold more than has been turned into notices? Two small readings."""
    head = JournalHead.objects.filter(pk=1).values_list("size", flat=True).first() or 0
    return head > (Spread.objects.filter(pk=1).values_list("sequence", flat=True).first() or 0)


def spread(at: datetime) -> int:
    """Turn the next entries into notices and queue their letters; returns how many entries were read."""
    with transaction.atomic():
        progress = Spread.objects.select_for_update().get_or_create(pk=1)[0]
        entries = list(JournalEntry.objects.filter(sequence__gte=progress.sequence).order_by("sequence")[:SPREAD_AT_ONCE])
        if not entries:
            return 0
        told = [entry for entry in entries if entry.action in KINDS]
        payloads = JournalPayload.objects.in_bulk([entry.sequence for entry in told])
        made = [
            notice
            for entry in told
            for notice in _notices(entry, journal.content_of(payloads.get(entry.sequence)) or {}, at)
        ]
        write(made, f"{entries[-1].sequence}", at)
        progress.sequence = entries[-1].sequence + 1
        progress.save(update_fields=["sequence"])
    return len(entries)


def catch_up(at: datetime, read_before: datetime) -> None:
    """Turn everything so far into notices without a single letter; what happened before a moment counts as read."""
    while spread(at):
        pass
    Notice.objects.filter(settled_at__isnull=True).update(settled_at=at)
    Notice.objects.filter(read_at__isnull=True, at__lt=read_before).update(read_at=at)


def write(made: list[Notice], occasion: str, at: datetime) -> None:
    """Keep new notices and queue a letter to each of their readers; in the caller's transaction."""
    Notice.objects.bulk_create(made, ignore_conflicts=True, batch_size=500)
    readers = dict.fromkeys(notice.person_id for notice in made if notice.settled_at is None)
    queue_letters(list(readers), [Rhythm.NOW.value], occasion, at)


def queue_letters(
    people: Sequence[str], rhythms: Sequence[str], occasion: str, at: datetime, together: int = LETTERS_TOGETHER
) -> None:
    """Queue letters to these persons on an occasion, so many in a task; the same persons once."""
    jobs = []
    for some in batched(people, together):
        key = sha256(" ".join(some).encode()).hexdigest()[:24]
        jobs.append(Job(key=f"{occasion}:{key}", arguments={"people": list(some), "rhythms": list(rhythms)}))
    enqueue(DELIVER, jobs, at)


def batched(people: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    """So many at a time."""
    return (people[first : first + size] for first in range(0, len(people), size))


def _notices(entry: JournalEntry, content: Mapping[str, Any], at: datetime) -> Iterator[Notice]:
    kind = KINDS[entry.action]
    about_id = _about(entry, kind, content)
    if about_id:
        holdings = _holdings(entry, kind, content, clock.day(at))
        if entry.action not in CALLING:  # whoever calls wants the meeting in its own calendar, too
            holdings = holdings.exclude(person_id=entry.person_id)
        silent = at if not kind.mailed or entry.at < at - OLD else None
        met = kind.whom in {Whom.CALLED, Whom.PREPARER, Whom.CHECKED} or kind.about is About.MEETING
        occasion = key_of(entry) if met else f"{entry.sequence}"
        told = kind_told(entry) if met else entry.action
        for holding in once_each(holdings):
            yield Notice(
                key=f"{occasion}:{holding.person_id}",
                person_id=holding.person_id,
                role_id=holding.role_id,
                kind=told,
                about=str(kind.about),
                about_id=about_id,
                at=entry.at,
                made_at=at,
                settled_at=silent,
            )


def once_each(holdings: Iterable[Holding]) -> list[Holding]:
    """The first holding of each person: who holds two of the roles is told once."""
    found: dict[str, Holding] = {}
    for holding in holdings:
        found.setdefault(holding.person_id, holding)
    return list(found.values())


def _about(entry: JournalEntry, kind: Kind, content: Mapping[str, Any]) -> str:
    match kind.about:
        case About.DECISION | About.FOLLOWING:
            if entry.subject_kind == "decision":
                return entry.subject_id
            return str(Decision.objects.filter(matter_id=entry.matter_id).values_list("pk", flat=True).first() or "")
        case About.MATTER:
            return entry.matter_id
        case About.COLLABORATION:
            return entry.collaboration_id
        case About.ROLE:
            found = Holding.objects.filter(pk=entry.subject_id).values_list("role_id", flat=True)
            return str(found.first() or "")
        case About.MEETING if kind.whom is Whom.LISTED:
            return entry.subject_id
        case About.MEETING:
            return meeting_told(entry, content)
        case About.AGREEMENT | About.ADDRESS | About.FORUM | About.THREAD | About.EVENT | About.TIME:
            return entry.subject_id
        case About.WAVE | About.FEEDBACK | About.RECOGNITION | About.REPORT | About.GOAL | About.CHAIN | About.INTRODUCTION:
            return entry.subject_id
        case About.ANNUAL_REPORT | About.INDICATOR | About.PROFILE:
            return entry.subject_id
        case About.FORUM_TALK | About.MATTER_TALK:
            return ""  # no entry tells of these: see talking.py


def _holdings(entry: JournalEntry, kind: Kind, content: Mapping[str, Any], on: date) -> QuerySet[Holding]:
    match kind.whom:
        case Whom.HOLDER:
            return running(on).filter(pk=entry.subject_id)
        case Whom.COORDINATOR:
            roles = Collaboration.objects.filter(pk=entry.collaboration_id).values("coordinator_role_id")
            return running(on).filter(role__in=roles)
        case Whom.PARTICIPANTS:
            part = Participation.objects.on(on).filter(collaboration_id=entry.collaboration_id)
            return of_organisations(part.values("organisation_id"), kind.duties, on)
        case Whom.CALLED:
            return called_to(meeting_told(entry, content), running(on), on, guests=entry.action in MOVING)
        case Whom.PREPARER:
            return preparers_of([entry.subject_id], running(on))
        case Whom.CHECKED:
            return checkers_of(entry, running(on))
        case Whom.LISTED:
            listed = Q(role__in=content.get("roles", [])) | Q(pk__in=content.get("holdings", []))
            return running(on).filter(listed)
        case Whom.QUESTIONED:
            return questioned_in(entry.subject_id, running(on), on)
        case Whom.NAMED:
            return of_organisations(named_in(entry, content), kind.duties, on)


def running(on: date) -> QuerySet[Holding]:
    """Holdings of people who may sign in, the oldest first."""
    return Holding.objects.on(on).filter(person__is_active=True).order_by("person_id", "valid_from", "pk")


def of_organisations(organisations: Any, duties: frozenset[Duty], on: date) -> QuerySet[Holding]:
    """Who holds a role with one of the duties in these organisations."""
    kinds = [kind for kind, own in DUTIES.items() if own & duties]
    return running(on).filter(role__organisation_id__in=organisations, role__kind__in=kinds)
