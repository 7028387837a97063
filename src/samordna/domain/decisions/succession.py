"""What of decisions is touched when an organisation is succeeded: proposals, answers, and what its own body has adopted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samordna.domain.decisions.enums import DecisionState, ProposalState
from samordna.domain.decisions.models import (
    Adaptation,
    Adoption,
    ConsultationAnswer,
    HourlyRate,
    Proposal,
    TimeEstimate,
)
from samordna.domain.matters.enums import MatterStage
from samordna.domain.matters.states import CLOSED
from samordna.domain.organisations.carrying import Kind, Way, register

OVER = sorted({*CLOSED, MatterStage.IN_FORCE})
MADE = (ProposalState.SKETCH, ProposalState.SHARED)


def _withdraw(ids: Sequence[str], on: date, at: datetime) -> None:
    Proposal.objects.filter(pk__in=ids).update(state=ProposalState.WITHDRAWN)


register(
    Kind(
        name="proposal",
        label=_("Proposals in matters under way"),
        way=Way.POINT,
        model=Proposal,
        live=lambda on: Q(state__in=MADE) & ~Q(matter__stage__in=OVER),
        title=("title",),
        place=("matter__title",),
        end_with=_withdraw,
    ),
    Kind(
        name="adaptation",
        label=_("Adaptations in proposals under way"),
        way=Way.POINT,
        model=Adaptation,
        live=lambda on: ~Q(proposal__state=ProposalState.WITHDRAWN) & ~Q(proposal__matter__stage__in=OVER),
        title=("aspect__label",),
        place=("proposal__title",),
        group=("proposal_id", "aspect_id"),
        sole=2,
        may_rest=True,
    ),
    Kind(
        name="consultation_answer",
        label=_("Answers in consultations under way"),
        way=Way.POINT,
        model=ConsultationAnswer,
        live=lambda on: Q(version__state=DecisionState.CONSULTATION),
        title=("version__decision__matter__title",),
        place=("version__decision__matter__collaboration__name",),
        may_rest=True,
    ),
    Kind(
        name="adoption_under_way",
        label=_("Own decisions on what is not in force yet"),
        way=Way.POINT,
        model=Adoption,
        live=lambda on: Q(version__state=DecisionState.RECOMMENDED),
        title=("version__decision__matter__title",),
        place=("body",),
        group=("version_id", "answer"),
        sole=1,
        alike=lambda thing: True,
        may_rest=True,
    ),
    Kind(
        name="hourly_rate",
        label=_("What an hour costs"),
        way=Way.POINT,
        model=HourlyRate,
        live=lambda on: Q(valid_to__isnull=True),
        title=("amount",),
        sole=0,
        may_rest=True,
    ),
    Kind(
        name="time_estimate",
        label=_("Estimates of time put in"),
        way=Way.POINT,
        model=TimeEstimate,
        live=lambda on: ~Q(matter__stage__in=OVER),
        title=("matter__title",),
        group=("matter_id",),
        sole=1,
        may_rest=True,
    ),
)
