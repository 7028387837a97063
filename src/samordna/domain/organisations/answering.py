"""What rests on a role in its own organisation: being the one to contact."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from samordna.core import clock, journal
from samordna.core.actor import Actor
from samordna.domain.organisations.models import ContactPath
from samordna.domain.organisations.standing import RoleTask, tell_of


def tasks(actor: Actor, role_id: str, at: datetime) -> list[RoleTask]:
    """The contact paths that lead to the role now or later."""
    paths = ContactPath.objects.filter(to_role_id=role_id).exclude(valid_to__lte=clock.day(at)).order_by("topic", "pk")
    return [
        RoleTask(
            what=_("is whom one contacts about"),
            about=path.topic,
            url_name="organisation",
            url_args=(path.to_role.organisation_id,),
        )
        for path in paths.select_related("to_role")
    ]


def hand_over(actor: Actor, role_id: str, to_role_id: str, at: datetime) -> None:
    """End the paths and open the same ones to the other role: a path is never changed, since agreements refer to it."""
    on = clock.day(at)
    for path in ContactPath.objects.select_for_update().filter(to_role_id=role_id).exclude(valid_to__lte=on):
        first, last = max(on, path.valid_from), path.valid_to
        if path.valid_from < on:
            path.valid_to = on
            path.save(update_fields=["valid_to"])
            ContactPath.objects.create(
                topic=path.topic,
                also=path.also,
                from_whom=path.from_whom,
                to_role_id=to_role_id,
                how=path.how,
                when_not=path.when_not,
                valid_from=first,
                valid_to=last,
            )
        else:
            path.to_role_id = to_role_id  # nobody has gone by it yet
            path.save(update_fields=["to_role"])
        about = {"topic": path.topic, "from_role": role_id, "to_role": to_role_id}
        journal.record(
            actor=actor, action="contact_path_handed_over", subject_kind="contact_path", subject_id=path.pk, at=at, **about
        )


tell_of("organisations", tasks, hand_over)
