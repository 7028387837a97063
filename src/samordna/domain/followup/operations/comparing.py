"""The parties' word on being compared: each gives its own, and withdraws it when it likes."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Refused
from samordna.core.operation import operation
from samordna.domain.decisions.operations.held import organisation_of
from samordna.domain.followup.access import comparers, own_figures_for, reporting_for
from samordna.domain.followup.models import Comparing
from samordna.domain.followup.operations.holding import hold, tell


@operation("collaboration.contribute")
def agree_to_comparing(*, actor: Actor, collaboration_id: str, at: datetime | None = None) -> Comparing:
    """Let those who have said the same see one's own organisation's figures, and see theirs."""
    reporting_for(actor, collaboration_id, at)
    at = at or clock.now()
    hold(collaboration_id)
    of = organisation_of(actor)
    if of in comparers(collaboration_id, clock.day(at)):
        raise Refused(_("Your organisation has agreed to this already."))
    ended = Comparing.objects.filter(collaboration_id=collaboration_id, organisation_id=of, withdrawn_at__isnull=True)
    ended.update(withdrawn_at=at)  # what was said before it left, and joined anew
    made = Comparing.objects.create(
        collaboration_id=collaboration_id, organisation_id=of, given_at=at, given_by_id=actor.holding_id
    )
    tell(actor, "comparing_agreed", ("comparing", made.pk), collaboration_id, at, organisation=of)
    return made


@operation("figures.keep")
def withdraw_comparing(*, actor: Actor, collaboration_id: str, at: datetime | None = None) -> Comparing:
    """Take the word back: from now on others do not see one's figures, nor one theirs. Possible after leaving, too."""
    own_figures_for(actor, collaboration_id, at)
    at = at or clock.now()
    hold(collaboration_id)
    of = organisation_of(actor)
    standing = Comparing.objects.filter(collaboration_id=collaboration_id, organisation_id=of, withdrawn_at__isnull=True)
    given = standing.first()
    if given is None:
        raise Refused(_("Your organisation has not agreed to be compared."))
    standing.update(withdrawn_at=at, withdrawn_by_id=actor.holding_id)
    tell(actor, "comparing_withdrawn", ("comparing", given.pk), collaboration_id, at, organisation=of)
    return given
