"""What rests on a role in collaborations: coordinating them, and the mandates that are given to it."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from samordna.core import clock, journal
from samordna.core.actor import Actor
from samordna.core.errors import Refused
from samordna.domain.collaborations.access import visible_collaborations
from samordna.domain.collaborations.enums import CollaborationState
from samordna.domain.collaborations.models import Collaboration, Mandate
from samordna.domain.organisations.enums import RoleKind
from samordna.domain.organisations.models import Role
from samordna.domain.organisations.standing import RoleTask, tell_of


def tasks(actor: Actor, role_id: str, at: datetime) -> list[RoleTask]:
    """The collaborations that the role coordinates and that are not closed, and the mandates that it holds."""
    led = list(_led(role_id).order_by("name", "pk"))
    held = list(_held(role_id, at).select_related("giver", "collaboration").order_by("giver__name", "pk"))
    about = {each.pk for each in led} | {each.collaboration_id for each in held}
    seen = set(visible_collaborations(actor, at).filter(pk__in=about).values_list("pk", flat=True))
    found = [
        RoleTask(what=_("coordinates"), about=each.name, url_name="collaboration", url_args=(each.pk,))
        if each.pk in seen
        else RoleTask(what=_("coordinates a collaboration that you cannot see"))
        for each in led
    ]
    stays = _("A mandate is given to a role. Ask its giver to give it to the role that takes over.")
    for each in held:
        if each.collaboration_id in seen:
            what, args = _("holds the mandate from %(giver)s in") % {"giver": each.giver.name}, (each.pk,)
            about_it = each.collaboration.name
            found.append(RoleTask(what=what, about=about_it, url_name="mandate", url_args=args, stays=stays))
        else:
            found.append(RoleTask(what=_("holds a mandate in a collaboration that you cannot see"), stays=stays))
    return found


def hand_over(actor: Actor, role_id: str, to_role_id: str, at: datetime) -> None:
    """Let the other role coordinate what this one does. Raises `Refused` when the other one is no coordinator's."""
    for collaboration in _led(role_id).select_for_update():
        to = Role.objects.get(pk=to_role_id)
        if to.kind != RoleKind.COORDINATOR:
            raise Refused(_("Only a coordinator's role can take over coordinating. Choose one, or open one first."))
        collaboration.coordinator_role = to
        collaboration.save(update_fields=["coordinator_role"])
        journal.record(
            actor=actor,
            action="coordinating_handed_over",
            subject_kind="collaboration",
            subject_id=collaboration.pk,
            collaboration_id=collaboration.pk,
            at=at,
            from_role=role_id,
            to_role=to_role_id,
        )


def _led(role_id: str) -> QuerySet[Collaboration]:
    return Collaboration.objects.filter(coordinator_role_id=role_id).exclude(state=CollaborationState.CLOSED)


def _held(role_id: str, at: datetime) -> QuerySet[Mandate]:
    on = clock.day(at)
    running = Q(valid_to__isnull=True) | Q(valid_to__gt=on)
    kept = Q(ends_on__isnull=True) | Q(ends_on__gt=on)
    open_still = ~Q(collaboration__state=CollaborationState.CLOSED)
    return Mandate.objects.filter(running, kept, open_still, holder_role_id=role_id, revoked_at__isnull=True)


tell_of("collaborations", tasks, hand_over)
