"""What of documents is touched when an organisation is succeeded: own routines, who is responsible, who has signed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from samordna.domain.agreements.enums import Ending, SignatureAnswer
from samordna.domain.agreements.models import Agreement, AgreementVersion, Signature
from samordna.domain.organisations.carrying import Kind, Way, register


def _kept(on: date) -> Q:
    """Documents with a version that has not ended."""
    return Q(Exists(AgreementVersion.objects.filter(agreement=OuterRef("pk"), ended_on__isnull=True)))


def _repeal(ids: Sequence[str], on: date, at: datetime) -> None:
    rows = AgreementVersion.objects.filter(agreement__in=ids, ended_on__isnull=True)
    rows.update(ended_on=on, ended_how=Ending.REPEALED, ended_reason=str(_("The organisation was closed.")))


register(
    Kind(
        name="own_routine",
        label=_("Own routines"),
        way=Way.POINT,
        model=Agreement,
        live=_kept,
        title=("name",),
        place=("collaboration__name",),
        end_with=_repeal,
    ),
    Kind(
        name="own_routine_role",
        label=_("Responsible for own routines"),
        way=Way.ROLE,
        model=Agreement,
        path="responsible_role__organisation",
        live=lambda on: _kept(on) & Q(organisation__isnull=False),
        title=("name",),
        place=("responsible_role__name",),
    ),
    Kind(
        name="responsible",
        label=_("Responsible for agreements and other documents"),
        way=Way.ROLE,
        model=Agreement,
        path="responsible_role__organisation",
        live=lambda on: _kept(on) & Q(organisation__isnull=True),
        title=("name",),
        place=("responsible_role__name",),
        endable=False,
    ),
    Kind(
        name="signature",
        label=_("Signatures on agreements"),
        way=Way.LAW,
        model=Signature,
        live=lambda on: Q(answer=SignatureAnswer.SIGNED, version__ended_on__isnull=True),
        title=("version__agreement__name",),
        place=("version__agreement__collaboration__name",),
    ),
)
