"""What of following is touched when an organisation is succeeded: duties to follow, improvements, help, own work."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from samordna.domain.adherence.models import (
    Experience,
    FollowingAnswer,
    HelpOffer,
    HelpRequest,
    Improvement,
    OwnWork,
)
from samordna.domain.collaborations.succession import still_in
from samordna.domain.decisions.enums import DecisionState
from samordna.domain.decisions.models import DecisionVersion
from samordna.domain.decisions.queries.binding import bindings_of
from samordna.domain.organisations.carrying import Kind, Touched, Way, register, stays


def _duties(organisation_ids: Sequence[str], on: date) -> Iterable[Touched]:
    """Decisions in force that bind these organisations, by their own adoption or by a mandate."""
    concerned = Q(decision__matter__collaboration__participations__organisation_id__in=organisation_ids)
    versions = DecisionVersion.objects.filter(concerned, state=DecisionState.IN_FORCE).distinct()
    related = versions.select_related("decision__matter__collaboration").prefetch_related("adoptions")
    for version in related.order_by("in_force_from", "pk"):
        matter, bound = version.decision.matter, bindings_of(version)
        for of in (each for each in organisation_ids if each in bound):
            title, place = matter.title[:200], matter.collaboration.name
            yield Touched(kind="following", id=version.pk, title=title, place=place, of=of)


def _drop(ids: Sequence[str], on: date, at: datetime) -> None:
    reason = str(_("The organisation was reorganised."))
    Improvement.objects.filter(pk__in=ids).update(closed_at=at, closed_by_id=F("added_by_id"), dropped_reason=reason)


register(
    Kind(
        name="following",
        label=_("Decisions in force to follow, adopted or by mandate"),
        way=Way.LAW,
        model=DecisionVersion,
        asks=True,
        gather=_duties,
        before_taking_over=still_in("matters__decision__versions"),
    ),
    Kind(
        name="improvement",
        label=_("Own improvements under way"),
        way=Way.POINT,
        model=Improvement,
        live=lambda on: Q(closed_at__isnull=True),
        title=("text",),
        place=("version__decision__matter__title",),
        asks=True,
        end_with=_drop,
        before_taking_over=still_in("matters__decision__versions__improvements"),
    ),
    Kind(
        name="help_offer",
        label=_("Offers of help"),
        way=Way.POINT,
        model=HelpOffer,
        live=lambda on: Q(ended_at__isnull=True),
        title=("text",),
        place=("version__decision__matter__title",),
        group=("version_id",),
        sole=1,
        ended="ended_at",
        asks=True,
        before_taking_over=still_in("matters__decision__versions__help_offers"),
    ),
    Kind(
        name="help_request",
        label=_("Requests for help that wait for an answer"),
        way=Way.POINT,
        model=HelpRequest,
        live=lambda on: Q(answered_at__isnull=True, offer__ended_at__isnull=True),
        title=("text",),
        place=("offer__version__decision__matter__title",),
        may_rest=True,
    ),
    Kind(
        name="own_work",
        label=_("Own work that helps common goals"),
        way=Way.POINT,
        model=OwnWork,
        live=lambda on: Q(ended_at__isnull=True),
        title=("what",),
        place=("goal__what",),
        ended="ended_at",
        asks=True,
        before_taking_over=still_in("goals__own_work"),
    ),
)
stays(FollowingAnswer, "organisation")
stays(Experience, "organisation")
