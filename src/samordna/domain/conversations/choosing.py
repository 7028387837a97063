"""Whom one may mention: the roles of those who may read the thread."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from samordna.domain.collaborations.models import Participation
from samordna.domain.forums.access import owners_of
from samordna.domain.forums.choosing import roles_within
from samordna.domain.forums.models import Forum
from samordna.domain.matters.models import Matter
from samordna.domain.organisations.models import Role


def roles_there(forum: Forum | None, matter: Matter | None, on: date) -> QuerySet[Role]:
    """The roles at those who take part, and whoever coordinates."""
    if forum is not None:
        return roles_within(owners_of(forum), on)
    if matter is None:
        return Role.objects.none()
    part = Participation.objects.on(on).filter(collaboration_id=matter.collaboration_id).values("organisation_id")
    where = Q(organisation_id__in=part) | Q(pk=matter.collaboration.coordinator_role_id)
    return Role.objects.filter(where, valid_from__lte=on).exclude(valid_to__lte=on)
