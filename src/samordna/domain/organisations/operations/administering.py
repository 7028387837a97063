"""Somebody has to be left who looks after an organisation's roles and people."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.utils.translation import gettext as _

from samordna.core.errors import Refused
from samordna.domain.organisations.enums import HoldingKind, RoleKind
from samordna.domain.organisations.models import Holding, Organisation


def must_leave_an_administrator(organisation_id: str, ended: Collection[str], last: date) -> None:
    """Raise `Refused` when these holdings are all that would administer the organisation on the day they end.

    Within an operation: two administrators who end each other's holdings at the same time wait for one another here.
    """
    administering = Holding.objects.filter(role__organisation=organisation_id, role__kind=RoleKind.ADMINISTRATOR)
    if not administering.filter(pk__in=list(ended)).exclude(kind=HoldingKind.DEPUTY).exists():
        return
    Organisation.objects.select_for_update().get(pk=organisation_id)
    then = administering.on(last).filter(person__is_active=True).exclude(kind=HoldingKind.DEPUTY)
    running = set(then.values_list("pk", flat=True))
    if running and running <= set(ended):
        sentence = _(
            "Nobody would look after the organisation's roles then. Give somebody else an administrator's role first."
        )
        raise Refused(sentence)
