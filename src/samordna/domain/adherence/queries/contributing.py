"""Who had to contribute while a decision was prepared, and did not (D2, D3).

To contribute is to have taken part in making the decision before it was established: by a position that was sent in, or
"no conditions" said aloud; by a proposal of one's own; or by an answer to the consultation. Whoever is recorded as
declining has been heard and may not be waited for, but has not contributed. Having adopted a decision is not having
contributed to it. What was not done then stays so: the next version is where it can be done otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import F

from samordna.domain.decisions.enums import ProposalState
from samordna.domain.decisions.models import ConsultationAnswer, DecisionVersion, Proposal
from samordna.domain.matters.enums import PositionState
from samordna.domain.organisations.enums import RoleKind

UNSAID = frozenset({PositionState.SILENT, PositionState.STARTED, PositionState.DECLINED})

Pairs = set[tuple[str, str]]


def not_contributing(versions: Iterable[DecisionVersion]) -> Pairs:
    """(version, organisation) of each that had to contribute and did not; at most three queries, however many there are.

    The duty is the one that was kept with the decision when it was established: it does not change afterwards.
    """
    duties = {version.pk: duty for version in versions if version.established_at and (duty := _bound_to(version))}
    if not duties:
        return set()
    kept = DecisionVersion.objects.filter(pk__in=duties).values_list("pk", "content__participants")
    quiet = {
        (pk, entry["organisation"])
        for pk, participants in kept
        for entry in participants
        if entry["state"] in UNSAID and entry["organisation"] in duties[pk]
    }
    return quiet - _otherwise(list(duties)) if quiet else quiet


def _bound_to(version: DecisionVersion) -> frozenset[str]:
    given = version.ruling["organisations"]
    return frozenset(organisation for organisation, ruling in given.items() if ruling.get("must_contribute"))


def _otherwise(versions: list[str]) -> Pairs:
    """Those that contributed by something else than a position, before the version was established."""
    answered = ConsultationAnswer.objects.filter(version__in=versions, answered_at__lte=F("version__established_at"))
    proposed = Proposal.objects.filter(
        matter__decision__versions__in=versions, made_at__lte=F("matter__decision__versions__established_at")
    )
    shared = proposed.filter(state__in=[ProposalState.SHARED, ProposalState.CHOSEN]).exclude(
        made_by__role__kind=RoleKind.COORDINATOR  # coordination's word is no participant's, whoever coordinates by now
    )
    return {
        *answered.values_list("version_id", "organisation_id"),
        *shared.values_list("matter__decision__versions", "organisation_id"),
    }
