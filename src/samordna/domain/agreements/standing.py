"""What rests on a role in documents: being responsible for their revision."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from samordna.core.actor import Actor
from samordna.domain.agreements.models import Agreement
from samordna.domain.agreements.operations.telling import tell
from samordna.domain.collaborations.access import visible_collaborations
from samordna.domain.organisations.standing import RoleTask, tell_of


def tasks(actor: Actor, role_id: str, at: datetime) -> list[RoleTask]:
    """The documents that the role is responsible for."""
    kept = list(Agreement.objects.filter(responsible_role_id=role_id).order_by("name", "pk"))
    about = {each.collaboration_id for each in kept}
    seen = set(visible_collaborations(actor, at).filter(pk__in=about).values_list("pk", flat=True))
    return [
        RoleTask(what=_("is responsible for"), about=each.name, url_name="agreement", url_args=(each.pk,))
        if each.collaboration_id in seen
        else RoleTask(what=_("is responsible for a document that you cannot see"))
        for each in kept
    ]


def hand_over(actor: Actor, role_id: str, to_role_id: str, at: datetime) -> None:
    """Let the other role be responsible for what this one is."""
    for each in Agreement.objects.select_for_update().filter(responsible_role_id=role_id):
        each.responsible_role_id = to_role_id
        each.save(update_fields=["responsible_role"])
        about = {"name": each.name, "responsible_role": to_role_id, "from_role": role_id}
        tell(actor, "agreement_described", each, at, **about)


tell_of("agreements", tasks, hand_over)
