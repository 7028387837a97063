"""What of letting people in is touched when an organisation is succeeded: invitations, sign-in providers, rules."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samordna.domain.admissions.models import AffiliationRule, Invitation, ProviderUse
from samordna.domain.organisations.carrying import Kind, Way, register

UNANSWERED = Q(accepted_at__isnull=True, withdrawn_at__isnull=True)

register(
    Kind(
        name="invitation_to_role",
        label=_("Invitations to roles"),
        way=Way.ROLE,
        model=Invitation,
        path="role__organisation",
        live=lambda on: UNANSWERED,
        title=("role__name",),
        ended="withdrawn_at",
    ),
    Kind(
        name="invitation",
        label=_("Invitations to look after it"),
        way=Way.POINT,
        model=Invitation,
        live=lambda on: UNANSWERED,
        title=("organisation__name",),
        ended="withdrawn_at",
    ),
    Kind(
        name="provider_use",
        label=_("Providers of sign-in"),
        way=Way.POINT,
        model=ProviderUse,
        live=lambda on: Q(ended_at__isnull=True),
        title=("provider",),
        group=("provider",),
        sole=1,
        ended="ended_at",
    ),
    Kind(
        name="affiliation_rule",
        label=_("Rules by which sign-in gives roles"),
        way=Way.ROLE,
        model=AffiliationRule,
        path="role__organisation",
        live=lambda on: Q(ended_at__isnull=True),
        title=("affiliation",),
        place=("role__name",),
        ended="ended_at",
    ),
)
