"""What waits for those who keep a toolbox: services that nobody has confirmed for a long time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Count, Min
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.domain.collaborations.queries.crowd import Crowd
from samordna.domain.knowledge.limits import STALE_AFTER
from samordna.domain.knowledge.models import Service
from samordna.domain.knowledge.queries.toolboxes import stale_before
from samordna.domain.organisations.waiting import Waiting, WaitingKind


def waiting_in(crowd: Crowd, at: datetime) -> Iterator[tuple[Actor, Waiting]]:
    """For each role that answers for services that are no longer confirmed: one thing, however many they are; one query."""
    on = clock.day(at)
    acting = defaultdict(list)
    for actor in crowd.actors:
        if actor.role_id:
            acting[actor.role_id].append(actor)
    old = Service.objects.on(on).filter(role_id__in=list(acting), assured_on__lt=stale_before(on)).order_by("role_id")
    rows = old.values("role_id", "role__organisation_id", "role__organisation__name")
    for row in rows.annotate(many=Count("pk"), first=Min("assured_on"), name=Min("name")):
        said = ngettext("%(count)s service is not confirmed", "%(count)s services are not confirmed", row["many"])
        for actor in acting[row["role_id"]]:
            yield (
                actor,
                Waiting(
                    kind=WaitingKind.TEND,
                    what=_("Confirm or change what the toolbox says"),
                    about=row["name"],
                    collaboration=row["role__organisation__name"],
                    url_name="own_toolbox_to_confirm",
                    url_args=(row["role__organisation_id"],),
                    due=row["first"] + timedelta(days=STALE_AFTER),
                    note=said % {"count": row["many"]},
                ),
            )
