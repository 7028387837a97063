"""What a draft lacks before it can be sealed."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.domain.agreements.enums import RESTING, SIGNED
from samordna.domain.agreements.life import governs
from samordna.domain.agreements.models import AgreementVersion, GroundLink
from samordna.domain.agreements.queries.sources import signers_of

FEWEST_SIGNERS = 2


def what_is_lacking(version: AgreementVersion, at: datetime) -> tuple[str, ...]:
    """A sentence for each thing that is missing; empty when the draft can be sealed."""
    found: list[str] = []
    agreement = version.agreement
    if version.valid_from is None:
        found.append(_("Say in the head from when it holds."))
    elif version.valid_to is not None and version.valid_to <= clock.day(at):
        found.append(_("Its last day has passed. State the head anew."))
    if not any(text.strip() for text in version.sections.values_list("text", flat=True)):
        found.append(_("Write at least one section; so far it says nothing."))
    day = max(version.valid_from or clock.day(at), clock.day(at))
    if agreement.kind in SIGNED and len(signers_of(agreement, day)) < FEWEST_SIGNERS:
        found.append(_("There have to be at least two parties on the day it begins to hold; let them in first."))
    if agreement.kind in RESTING and not rests_on_something(version, at):
        found.append(_("Say which agreement or decision it rests on."))
    return tuple(found)


def rests_on_something(version: AgreementVersion, at: datetime) -> bool:
    """Does it rest on a document that is in force, or on a decision?"""
    grounds = GroundLink.objects.filter(agreement_id=version.agreement_id, removed_at__isnull=True)
    for ground in grounds.select_related("rests_on").prefetch_related("rests_on__versions"):
        if ground.decision_id:
            return True
        if ground.rests_on and governs([each.fact for each in ground.rests_on.versions.all()], clock.day(at)):
            return True
    return False
