"""What of times that are looked for is touched when an organisation is succeeded: who is asked goes on with the role."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samordna.domain.forums.succession import shared
from samordna.domain.organisations.carrying import Kind, Way, register
from samordna.domain.scheduling.models import Asked

register(
    Kind(
        name="asked_about_time",
        label=_("Questions about times for meetings"),
        unseen=("shared", False),
        named={"shared": shared("question__forum_id")},
        way=Way.ROLE,
        model=Asked,
        path="role__organisation",
        live=lambda on: Q(question__closed_at__isnull=True),
        title=("question__forum__name",),
        place=("role__name",),
        endable=False,
    ),
)
