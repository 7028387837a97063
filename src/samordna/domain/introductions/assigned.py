"""Who is being introduced by which programme, and how far each has come: worked out of the roles that people hold.

However a role came to somebody (given by hand, by an invitation, by the organisation's own register or by a rule), it
brings its introductions with it, and takes them along when it ends. Nine questions, however many people and programmes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, Q, QuerySet

from samordna.core import clock
from samordna.domain.collaborations.models import Carrying, Collaboration, Participation, Sponsorship
from samordna.domain.events.models import Enrolment
from samordna.domain.forums.models import Ownership, Seat
from samordna.domain.introductions.enums import Reach
from samordna.domain.introductions.lasting import TakingPart, counting, taking_part
from samordna.domain.introductions.limits import A_SLIP, SHORT_DEPUTY
from samordna.domain.introductions.models import Done, ForWhom, Programme, Session, Step
from samordna.domain.introductions.rules import Asked, Days, Progress, begins, progress
from samordna.domain.organisations.enums import HoldingKind
from samordna.domain.organisations.models import Holding

Since = Mapping[str, date]
NOBODY: Since = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Introduced:
    """One holder of a role and one programme that is for it, since `begun`. `resting`: a deputy stands in today."""

    programme: Programme
    holding: Holding
    begun: date
    progress: Progress
    resting: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Learnt:
    """The steps of programmes, and when which was done last, by organisation, person and root."""

    asked: Mapping[str, Sequence[Asked]]
    done: Mapping[tuple[str, str], Mapping[str, date]]

    def of(self, holding: Holding) -> dict[str, date]:
        """What the holder has done in this organisation, and in those that it came after, in whatever role."""
        return self.at(holding.role.organisation_id, holding.person_id)

    def at(self, organisation_id: str, person_id: str) -> dict[str, date]:
        """What a person has done that counts in an organisation."""
        return dict(self.done.get((organisation_id, person_id), {}))


def running(on: date) -> Q:
    """Programmes that are published and have not ended."""
    return Q(published_on__lte=on) & (Q(ended_on__isnull=True) | Q(ended_on__gt=on))


def programmes_of(organisation_ids: Iterable[str], on: date) -> QuerySet[Programme]:
    """The running programmes that can be for roles of these organisations: their own, and where they take part."""
    ids = list(organisation_ids)
    part = Participation.objects.on(on).filter(organisation_id__in=ids).values("collaboration_id")
    within = Q(collaboration__in=part) & ~Q(collaboration__state__in=("planned", "closed"))
    return Programme.objects.filter(Q(organisation_id__in=ids) | within).filter(running(on)).order_by("name", "pk")


def holdings_in(organisation_ids: Iterable[str], on: date) -> QuerySet[Holding]:
    """Those who hold roles in these organisations, by what they are called there."""
    found = Holding.objects.on(on).filter(role__organisation_id__in=list(organisation_ids)).named()
    related = found.select_related("role__organisation")
    return related.order_by("role__organisation__name", "role__name", "valid_from", "pk")


def introduced(
    programmes: Sequence[Programme], holdings: Iterable[Holding], on: date, people: Sequence[str] | None = None
) -> tuple[Introduced, ...]:
    """Who of these holders is introduced by which of these programmes. `people`: all of theirs, where they are few."""
    if not programmes:
        return ()
    holders = [each for each in holdings if not _short(each)]
    opened = _opened(programmes, on)
    within = sorted({each.collaboration_id for each in programmes if each.collaboration_id})
    part, tasks = taking_part(within, on), _tasks(programmes, opened, on)
    away, learnt = _away(holders, on), learnt_in(programmes, people)
    found = []
    for programme in programmes:
        tasked = tasks.get(programme.collaboration_id or "", NOBODY)
        for holding in holders:
            begun = _begun(programme, holding, opened[programme.pk], part, tasked, on)
            if begun is not None:
                found.append(_one(programme, holding, begun, learnt, away.get(holding.pk, ()), on))
    return tuple(found)


def _one(programme: Programme, holding: Holding, begun: date, learnt: Learnt, away: Sequence[Days], on: date) -> Introduced:
    asked, done = learnt.asked.get(programme.pk, ()), learnt.of(holding)
    return Introduced(
        programme=programme,
        holding=holding,
        begun=begun,
        progress=progress(asked, done, begun, on, programme.renewed_after, away, programme.published_on),
        resting=any(start <= on and (end is None or on < end) for start, end in away),
    )


def _short(holding: Holding) -> bool:
    """A deputy for a short time does what has to be done, and is not introduced."""
    if holding.kind != HoldingKind.DEPUTY or holding.valid_to is None:
        return False
    return holding.valid_to - holding.valid_from <= SHORT_DEPUTY


def _begun(
    programme: Programme, holding: Holding, opened: Sequence[ForWhom], part: TakingPart, tasks: Since, on: date
) -> date | None:
    """From when this holder is introduced by the programme, if it is for the role at all. Whoever it was for when it took
    the role keeps that day when the programme is described as for others, too, as long as it is for the role somehow."""
    role = holding.role
    if programme.collaboration_id is None:
        there = holding.valid_from if role.organisation_id == programme.organisation_id else None
    else:
        since = part.since(programme.collaboration_id, role)
        there = max(holding.valid_from, since) if since else None
    if there is None or programme.published_on is None:
        return None
    days, still = [], False
    for row in opened:
        took = _took(row, holding, there, tasks)
        if took is not None:
            begun = begins(took, max(programme.published_on, row.valid_from), present=programme.present)
            days += [begun] if begun and (row.valid_to is None or begun < row.valid_to) else []
            still = still or row.valid_to is None or row.valid_to > on
    return min(days, default=None) if still else None


def _took(row: ForWhom, holding: Holding, there: date, tasks: Since) -> date | None:
    """From when the holder has what the row asks for; None when it has not."""
    match Reach(row.reach):
        case Reach.EVERYBODY:
            return there
        case Reach.KIND:
            return there if holding.role.kind == row.kind else None
        case Reach.ROLE:
            return there if holding.role_id == row.role_id else None
        case Reach.TASKS:
            since = tasks.get(holding.role_id)
            return max(there, since) if since else None


def _opened(programmes: Sequence[Programme], on: date) -> dict[str, list[ForWhom]]:
    """For whom each programme is and has been until this day."""
    rows = ForWhom.objects.filter(programme__in=programmes, valid_from__lte=on)
    found: dict[str, list[ForWhom]] = defaultdict(list)
    for row in rows:
        found[row.programme_id].append(row)
    return found


def _tasks(programmes: Sequence[Programme], opened: Mapping[str, Sequence[ForWhom]], on: date) -> dict[str, Since]:
    """Since when each role has a task in a collaboration: coordinates it, sits in a forum, carries a role of it, or is a
    sponsor."""
    wanted = [row.programme_id for rows in opened.values() for row in rows if row.reach == Reach.TASKS]
    ids = [each.collaboration_id for each in programmes if each.pk in wanted and each.collaboration_id]
    found: dict[str, dict[str, date]] = defaultdict(dict)
    if not ids:
        return {}
    owned = Ownership.objects.filter(collaboration__in=ids, accepted_at__isnull=False, ended_at__isnull=True)
    seats = Seat.objects.filter(forum__ownerships__in=owned, valid_from__lte=on).exclude(valid_to__lte=on)
    carried = Carrying.objects.on(on).filter(carried__collaboration__in=ids)
    standing = Sponsorship.objects.standing().filter(collaboration__in=ids)
    led = Collaboration.objects.filter(pk__in=ids, valid_from__lte=on)
    in_forum = seats.annotate(within=F("forum__ownerships__collaboration_id"))
    rows = [
        *led.values_list("pk", "coordinator_role_id", "valid_from"),
        *in_forum.filter(within__in=ids).values_list("within", "role_id", "valid_from"),
        *carried.values_list("carried__collaboration_id", "role_id", "valid_from"),
        *((of, role, clock.day(at)) for of, role, at in standing.values_list("collaboration_id", "role_id", "named_at")),
    ]
    for collaboration, role, since in rows:
        found[collaboration][role] = min(since, found[collaboration].get(role, since))
    return dict(found)


def _away(holders: Sequence[Holding], on: date) -> dict[str, list[Days]]:
    """When deputies have stood in, by the holding."""
    found: dict[str, list[Days]] = defaultdict(list)
    roles = {each.role_id for each in holders}
    rows = Holding.objects.filter(deputy_of__role__in=roles, valid_from__lte=on)
    for pk, start, end in rows.values_list("deputy_of_id", "valid_from", "valid_to"):
        found[pk or ""].append((start, end))
    return found


def learnt_in(programmes: Sequence[Programme], people: Sequence[str] | None = None) -> Learnt:
    """The steps that are asked for, and what has been done of them: said, vouched for, or seen at an event."""
    asked: dict[str, list[Asked]] = defaultdict(list)
    steps = Step.objects.filter(programme__in=programmes, ended_at__isnull=True).order_by("place", "added_at", "pk")
    for pk, root, since, by_days in steps.values_list("programme_id", "root_id", "asked_from", "by_days"):
        asked[pk].append(Asked(root=root, asked_from=since, by_days=by_days))
    done: dict[tuple[str, str], dict[str, date]] = defaultdict(dict)
    for organisation, person, root, on in (*_said(programmes, people), *_attended(programmes, people)):
        known = done[organisation, person]
        known[root] = max(on, known.get(root, on))
    return Learnt(asked=asked, done=counting(done))


Row = tuple[str, str, str, date]


def _said(programmes: Sequence[Programme], people: Sequence[str] | None) -> Iterable[Row]:
    rows = Done.objects.filter(step__programme__in=programmes, undone_at__isnull=True)
    if people is not None:
        rows = rows.filter(holding__person__in=people)
    whose = ("holding__role__organisation_id", "holding__person_id")
    return rows.order_by().values_list(*whose, "step__root_id", "on")


def _attended(programmes: Sequence[Programme], people: Sequence[str] | None) -> Iterable[Row]:
    """Whoever was at an event while a step was done there has done it, also when another event is chosen since."""
    sessions = Session.objects.filter(counting_session(), step__programme__in=programmes)
    roots: dict[str, list[str]] = defaultdict(list)
    for event, root in sessions.values_list("event_id", "step__root_id"):
        roots[event].append(root)
    if not roots:
        return
    came = Enrolment.objects.filter(event__in=sessions.values("event_id"), was_there=True).order_by()
    if people is not None:
        came = came.filter(holding__person__in=people)
    whose = ("holding__role__organisation_id", "holding__person_id")
    starts: Iterable[tuple[str, str, str, datetime]] = came.values_list(*whose, "event_id", "event__meeting__starts_at")
    for organisation, person, event, at in starts:
        yield from ((organisation, person, root, clock.day(at)) for root in roots[event])


def counting_session() -> Q:
    """Sessions that count: those chosen now, and those that were chosen when their event was.

    One that was chosen after its event, and let go of within a day, was chosen by mistake and never counted; nor was one
    of which that is said.
    """
    began = F("event__meeting__starts_at")
    was = Q(ended_at__gte=began) & (Q(chosen_at__lte=began) | Q(ended_at__gte=F("chosen_at") + A_SLIP))
    return Q(ended_at__isnull=True) | was & Q(mistaken=False)
