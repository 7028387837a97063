"""What somebody is waited for after meetings: what its role is to do, and, for those who coordinate, what is late."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samordna.core import clock
from samordna.domain.collaborations.queries.crowd import Crowd, Found
from samordna.domain.forums.models import Ownership
from samordna.domain.organisations.waiting import Waiting, WaitingKind
from samordna.domain.proceedings.enums import ActionState
from samordna.domain.proceedings.models import ActionPoint


def waiting_in(crowd: Crowd, at: datetime) -> Iterator[Found]:
    """What each may do now, in its role; four questions at most."""
    if not crowd.actors:
        return
    roles = {actor.role_id or "" for actor in crowd.actors}
    mine = ActionPoint.objects.filter(owner_role_id__in=roles, state=ActionState.OPEN)
    rows = list(mine.select_related("meeting__forum").order_by("due_on", "noted_at", "pk"))
    owners = _owners({row.meeting.forum_id for row in rows})
    for row in rows:
        for actor in crowd.actors:
            within = owners.get(row.meeting.forum_id, ())
            taking_part = crowd.taking_part.get(actor.organisation_id or "", frozenset())
            reads = any(pk in taking_part or actor in crowd.leading(pk) for pk in within)
            if actor.role_id == row.owner_role_id and reads:
                yield actor, _to_do(row)
    if crowd.led:
        yield from _late(crowd, at)


def _to_do(row: ActionPoint) -> Waiting:
    return Waiting(
        kind=WaitingKind.TEND,
        what=_("Do what was said at the meeting"),
        about=row.what,
        collaboration=row.meeting.forum.name,
        url_name="action_point",
        url_args=(row.pk,),
        due=row.due_on,
    )


def _late(crowd: Crowd, at: datetime) -> Iterator[Found]:
    """For those who coordinate: forums in which somebody else has not done what was to be done by now."""
    late = ActionPoint.objects.filter(state=ActionState.OPEN, due_on__lt=clock.day(at))
    led = late.filter(
        meeting__forum__ownerships__collaboration_id__in=crowd.coordinated,
        meeting__forum__ownerships__ended_at__isnull=True,
        meeting__forum__ownerships__accepted_at__isnull=False,
    )
    rows = list(led.select_related("meeting__forum").distinct().order_by("due_on", "pk"))
    many = Counter(row.meeting.forum_id for row in rows)
    first = {row.meeting.forum_id: row for row in reversed(rows)}
    owners = _owners(set(many))
    for forum_id, row in first.items():
        for actor in dict.fromkeys(actor for pk in owners.get(forum_id, ()) for actor in crowd.leading(pk)):
            yield actor, _overdue(row, many[forum_id])


def _overdue(row: ActionPoint, many: int) -> Waiting:
    told = ngettext("%(many)s thing to do is late.", "%(many)s things to do are late.", many) % {"many": many}
    return Waiting(
        kind=WaitingKind.COORDINATE,
        what=_("See to what has not been done after a meeting"),
        about=row.what,
        collaboration=row.meeting.forum.name,
        url_name="proceedings",
        url_args=(row.meeting_id,),
        due=row.due_on,
        note=told,
    )


def _owners(forum_ids: set[str]) -> dict[str, tuple[str, ...]]:
    """The collaborations that own each forum, and that others have been told of: one query."""
    found: dict[str, tuple[str, ...]] = {}
    running = Ownership.objects.filter(forum_id__in=forum_ids, ended_at__isnull=True, accepted_at__isnull=False)
    for forum_id, pk in running.exclude(collaboration__state="planned").values_list("forum_id", "collaboration_id"):
        found[forum_id] = (*found.get(forum_id, ()), pk)
    return found
