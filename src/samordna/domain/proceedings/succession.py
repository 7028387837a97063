"""What of meetings is touched when an organisation is succeeded: what a role is to do."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samordna.domain.forums.succession import shared
from samordna.domain.organisations.carrying import Kind, Way, register, stays
from samordna.domain.proceedings.enums import ActionState
from samordna.domain.proceedings.models import ActionPoint, ActionStep

register(
    Kind(
        name="action_point",
        label=_("What a role is to do after a meeting"),
        unseen=("shared", False),
        named={"shared": shared("meeting__forum_id")},
        way=Way.ROLE,
        model=ActionPoint,
        path="owner_role__organisation",
        live=lambda on: Q(state=ActionState.OPEN),
        title=("what",),
        place=("meeting__forum__name",),
        endable=False,
    )
)
stays(ActionStep, "from_role")
