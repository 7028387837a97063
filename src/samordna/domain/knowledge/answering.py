"""What rests on a role here: answering for services."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from samordna.core import clock, journal
from samordna.core.actor import Actor
from samordna.domain.knowledge.models import Service
from samordna.domain.organisations.standing import RoleTask, tell_of


def tasks(actor: Actor, role_id: str, at: datetime) -> list[RoleTask]:
    """The services that the role answers for now or later."""
    rows = Service.objects.filter(role_id=role_id).exclude(valid_to__lte=clock.day(at)).order_by("name", "pk")
    what = _("answers for the service")
    return [RoleTask(what=what, about=row.name, url_name="service", url_args=(row.pk,)) for row in rows]


def hand_over(actor: Actor, role_id: str, to_role_id: str, at: datetime) -> None:
    """Let the other role answer for them; what they say stays as it is."""
    for service in Service.objects.select_for_update().filter(role_id=role_id).exclude(valid_to__lte=clock.day(at)):
        service.role_id = to_role_id
        service.save(update_fields=["role"])
        about = {"name": service.name, "from_role": role_id, "to_role": to_role_id}
        journal.record(
            actor=actor, action="service_handed_over", subject_kind="service", subject_id=service.pk, at=at, **about
        )


tell_of("knowledge", tasks, hand_over)
