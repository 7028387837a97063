"""What of change is touched when an organisation is succeeded: chains, change needs that it has, changes it answers for."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samordna.domain.change.enums import PlacingAnswer
from samordna.domain.change.models import Chain, Change, EarlierPlan, Placing
from samordna.domain.organisations.carrying import Kind, Way, register, stays

HAD = ("", PlacingAnswer.TAKEN)

register(
    Kind(
        name="chain",
        label=_("Chains of change of its own"),
        way=Way.POINT,
        model=Chain,
        live=lambda on: Q(closed_at__isnull=True),
        title=("title",),
        place=("collaboration__name",),
        unseen=("shared", False),
        may_rest=True,
    ),
    Kind(
        name="change_need",
        label=_("Change needs that it has, or is asked about"),
        way=Way.POINT,
        model=Placing,
        live=lambda on: Q(answer__in=HAD, need__ended_at__isnull=True, need__turn__chain__closed_at__isnull=True),
        title=("need__text",),
        place=("need__turn__chain__title",),
        unseen=("need__turn__chain__shared", False),
        may_rest=True,
    ),
    Kind(
        name="change",
        label=_("Changes that its roles are responsible for"),
        way=Way.ROLE,
        model=Change,
        path="role__organisation",
        live=lambda on: Q(closed_at__isnull=True, need__turn__chain__closed_at__isnull=True),
        title=("what",),
        place=("role__name",),
        unseen=("need__turn__chain__shared", False),
        may_rest=True,
    ),
)

stays(EarlierPlan, "role")
