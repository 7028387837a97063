"""Who is invited to what is still to come follows the role and the organisation."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from samordna.domain.collaborations.enums import CollaborationState
from samordna.domain.events.models import Invited
from samordna.domain.forums.enums import AHEAD
from samordna.domain.forums.models import Ownership
from samordna.domain.organisations.carrying import Kind, Way, register


def _shared() -> Exists:
    running = Ownership.objects.filter(
        forum=OuterRef("event__meeting__forum_id"), ended_at__isnull=True, accepted_at__isnull=False
    )
    return Exists(running.exclude(collaboration__state=CollaborationState.PLANNED))


register(
    Kind(
        name="invited_role",
        label=_("Invitations of roles to events"),
        unseen=("shared", False),
        named={"shared": _shared()},
        way=Way.ROLE,
        model=Invited,
        path="role__organisation",
        live=lambda on: Q(event__meeting__state__in=AHEAD),
        title=("event__meeting__title",),
        place=("event__meeting__forum__name",),
        endable=False,
    ),
    Kind(
        name="invited_organisation",
        label=_("Invitations to events"),
        unseen=("shared", False),
        named={"shared": _shared()},
        way=Way.POINT,
        model=Invited,
        path="organisation",
        live=lambda on: Q(event__meeting__state__in=AHEAD),
        title=("event__meeting__title",),
        place=("event__meeting__forum__name",),
        may_rest=True,
    ),
)
