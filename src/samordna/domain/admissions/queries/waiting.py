"""What waits for somebody about letting people in: invitations that nobody answered in time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext as _n

from samordna.core import clock
from samordna.core.actor import Duty
from samordna.domain.admissions.models import Invitation
from samordna.domain.collaborations.queries.crowd import Crowd, Found
from samordna.domain.organisations.waiting import Waiting, WaitingKind

REMEMBERED = timedelta(days=60)  # so long after it expired an unanswered invitation is brought up


def waiting_in(crowd: Crowd, at: datetime) -> Iterator[Found]:
    """One item for each organisation's expired invitations, and one for each collaboration's."""
    expired = Invitation.objects.unanswered().filter(expires_at__lte=at, expires_at__gt=at - REMEMBERED)
    rows = expired.filter(role__organisation_id__in=crowd.organisations(Duty.ADMINISTER)).order_by("expires_at", "pk")
    for (organisation_id, name), days in _grouped(rows, "role__organisation_id", "role__organisation__name").items():
        item = _item(WaitingKind.REVIEW, "invitations", organisation_id, name, days, organisation=name)
        administering = [one for one in crowd.with_duty(Duty.ADMINISTER) if one.organisation_id == organisation_id]
        yield from ((actor, item) for actor in administering)
    rows = expired.filter(collaboration_id__in=crowd.coordinated).order_by("expires_at", "pk")
    for (collaboration_id, name), days in _grouped(rows, "collaboration_id", "collaboration__name").items():
        item = _item(WaitingKind.COORDINATE, "organisation_invitations", collaboration_id, name, days, collaboration=name)
        yield from ((actor, item) for actor in crowd.leading(collaboration_id))


def _grouped(rows: QuerySet[Invitation], key: str, name: str) -> dict[tuple[str, str], list[date]]:
    found: dict[tuple[str, str], list[date]] = defaultdict(list)
    for place, called, ended in rows.values_list(key, name, "expires_at"):
        found[(str(place), called)].append(clock.day(ended))
    return found


def _item(
    kind: WaitingKind,
    page: str,
    about_id: str,
    about: str,
    days: list[date],
    *,
    organisation: str = "",
    collaboration: str = "",
) -> Waiting:
    return Waiting(
        kind=kind,
        what=_("Look over invitations that nobody answered"),
        about=about,
        collaboration=collaboration,
        url_name=page,
        url_args=(about_id,),
        due=days[0],
        organisation=organisation,
        note=_n("%(count)s has expired", "%(count)s have expired", len(days)) % {"count": len(days)},
    )
