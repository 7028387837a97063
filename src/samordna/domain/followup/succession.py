"""What of follow-up is touched when an organisation is succeeded: what it reports, its targets, reports under way."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samordna.domain.followup.enums import OPEN
from samordna.domain.followup.models import Comparing, Report, Respondent, Result, ResultFile, TargetStep
from samordna.domain.followup.operations.carrying_over import carry_reports, lock_reports
from samordna.domain.organisations.carrying import Kind, Way, register, stays

register(
    Kind(
        name="respondent",
        label=_("Indicators that the organisation is named to report"),
        way=Way.POINT,
        model=Respondent,
        live=lambda on: Q(ended_at__isnull=True, indicator__ended_at__isnull=True),
        title=("indicator__name",),
        place=("indicator__collaboration__name",),
        group=("indicator_id",),
        sole=1,
        ended="ended_at",
    ),
    Kind(
        name="own_target",
        label=_("Own targets of common goals"),
        way=Way.POINT,
        model=TargetStep,
        live=lambda on: Q(on__gte=on, version__withdrawn_at__isnull=True, version__indicator__ended_at__isnull=True),
        title=("version__indicator__name",),
        place=("version__indicator__collaboration__name",),
        group=("version_id", "on"),
        sole=2,
        may_rest=True,
    ),
    Kind(
        name="report",
        label=_("Reports that are waited for"),
        way=Way.POINT,
        model=Report,
        live=lambda on: Q(state__in=OPEN),
        title=("round__period",),
        place=("round__collaboration__name",),
        group=("round_id",),
        sole=1,
        taken_by=lambda on: ~Q(state__in=OPEN),
        may_rest=True,
        carry=carry_reports,
        end_with=lock_reports,
    ),
)
stays(Result, "organisation")
stays(Comparing, "organisation")
stays(ResultFile, "organisation")
