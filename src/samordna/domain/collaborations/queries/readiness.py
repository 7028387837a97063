"""What a collaboration still lacks before its work can begin."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from samordna.domain.collaborations.enums import CriterionKind
from samordna.domain.collaborations.models import Collaboration
from samordna.domain.organisations.models import Holding


def what_is_lacking(collaboration: Collaboration, on: date) -> tuple[str, ...]:
    """A sentence for each thing that is missing; empty when the collaboration can be activated."""
    found: list[str] = []
    if not collaboration.purpose.strip():
        found.append(_("State the common purpose."))
    if not collaboration.target_group.strip():
        found.append(_("Say whom the collaboration is for."))
    if not collaboration.criteria.filter(kind=CriterionKind.INCLUDES).exists():
        found.append(_("Bound the target group with at least one criterion that includes."))
    if not collaboration.areas.exists():
        found.append(_("Add at least one subject area."))
    taking_part = collaboration.participations.exclude(left_on__lte=on).values("party_id").distinct().count()
    if taking_part < 2:
        found.append(_("Let in at least two parties; one cannot collaborate alone."))
    if not Holding.objects.on(on).filter(role_id=collaboration.coordinator_role_id).exists():
        found.append(_("The coordinator's role is vacant. Somebody has to hold it."))
    return tuple(found)
