"""What waits for those who keep what an organisation says: services long unconfirmed, a profile to be looked over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db.models import Count, Exists, Min, OuterRef, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samordna.core import clock
from samordna.core.actor import Actor, Duty
from samordna.domain.collaborations.queries.crowd import Crowd, each
from samordna.domain.knowledge.limits import STALE_AFTER
from samordna.domain.knowledge.models import ProfileVersion, Service
from samordna.domain.knowledge.queries.toolboxes import stale_before
from samordna.domain.organisations.waiting import Waiting, WaitingKind

AHEAD = timedelta(days=14)
"""So long before its day a profile is asked for."""


def waiting_in(crowd: Crowd, at: datetime) -> Iterator[tuple[Actor, Waiting]]:
    """What each may do now, in its role; two queries."""
    yield from _services(crowd, at)
    yield from _profiles(crowd, at)


def profiles_due(by: date) -> QuerySet[ProfileVersion]:
    """What organisations say of themselves now that is to be looked over by a day."""
    later = ProfileVersion.objects.filter(organisation_id=OuterRef("organisation_id"), number__gt=OuterRef("number"))
    return ProfileVersion.objects.filter(~Exists(later), review_on__lte=by).order_by("review_on", "pk")


def _profiles(crowd: Crowd, at: datetime) -> Iterator[tuple[Actor, Waiting]]:
    own = crowd.organisations(Duty.ANSWER)
    if not own:
        return
    rows = profiles_due(clock.day(at) + AHEAD).filter(organisation_id__in=own)
    for of, name, due in rows.values_list("organisation_id", "organisation__name", "review_on"):
        item = Waiting(
            kind=WaitingKind.TEND,
            what=_("Look over what your organisation says of itself"),
            about=name,
            collaboration=name,
            url_name="write_profile",
            url_args=(of,),
            due=due,
        )
        yield from each(crowd.answering_for(of, Duty.ANSWER), item)


def _services(crowd: Crowd, at: datetime) -> Iterator[tuple[Actor, Waiting]]:
    """For each role that answers for services that are no longer confirmed: one thing, however many they are."""
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
