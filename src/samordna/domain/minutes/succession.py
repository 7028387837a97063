"""Who is asked to adjust minutes follows the role until they are locked."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from samordna.domain.collaborations.enums import CollaborationState
from samordna.domain.forums.models import Ownership
from samordna.domain.minutes.enums import MinutesState
from samordna.domain.minutes.models import Adjuster
from samordna.domain.organisations.carrying import Kind, Way, register


def _shared() -> Exists:
    forum = OuterRef("minutes__meeting__forum_id")
    running = Ownership.objects.filter(forum=forum, ended_at__isnull=True, accepted_at__isnull=False)
    return Exists(running.exclude(collaboration__state=CollaborationState.PLANNED))


register(
    Kind(
        name="adjuster",
        label=_("Minutes to adjust"),
        unseen=("shared", False),
        named={"shared": _shared()},
        way=Way.ROLE,
        model=Adjuster,
        path="role__organisation",
        live=lambda on: Q(ended_at__isnull=True) & ~Q(minutes__state=MinutesState.LOCKED),
        title=("minutes__meeting__forum__name",),
        place=("role__name",),
        endable=False,
    ),
)
