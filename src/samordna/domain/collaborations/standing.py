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
from samordna.domain.collaborations.models import Carrying, Collaboration, Mandate, Sponsorship
from samordna.domain.organisations.enums import RoleKind
from samordna.domain.organisations.models import Role
from samordna.domain.organisations.standing import RoleTask, tell_of


def tasks(actor: Actor, role_id: str, at: datetime) -> list[RoleTask]:
    """The collaborations that the role coordinates and that are not closed, and the mandates that it holds."""
    carries = list(_carries(role_id, at).select_related("carried__collaboration").order_by("carried__name", "pk"))
    led = list(_led(role_id).order_by("name", "pk"))
    held = list(_held(role_id, at).select_related("giver", "collaboration").order_by("giver__name", "pk"))
    about = {each.pk for each in led} | {each.collaboration_id for each in held}
    about |= {each.carried.collaboration_id for each in carries}
    backed = list(Sponsorship.objects.standing().filter(role=role_id).select_related("collaboration"))
    about |= {each.collaboration_id for each in backed}
    seen = set(visible_collaborations(actor, at).filter(pk__in=about).values_list("pk", flat=True))
    found = [
        RoleTask(what=_("coordinates"), about=each.name, url_name="collaboration", url_args=(each.pk,))
        if each.pk in seen
        else RoleTask(what=_("coordinates a collaboration that you cannot see"))
        for each in led
    ]
    for each in carries:
        if each.carried.collaboration_id in seen:
            where = {"role": each.carried.name}
            args, name = (each.carried.collaboration_id,), each.carried.collaboration.name
            found.append(
                RoleTask(what=_("is %(role)s in") % where, about=name, url_name="collaboration_roles", url_args=args)
            )
        else:
            found.append(RoleTask(what=_("carries a role in a collaboration that you cannot see")))
    for backing in backed:
        if backing.collaboration_id in seen:
            args = (backing.collaboration_id,)
            name = backing.collaboration.name
            found.append(RoleTask(what=_("is the sponsor in"), about=name, url_name="collaboration", url_args=args))
        else:
            found.append(RoleTask(what=_("is the sponsor in a collaboration that you cannot see")))
    stays = _("A mandate is given to a role. Ask its giver to give it to the role that takes over.")
    for mandate in held:
        if mandate.collaboration_id in seen:
            what, args = _("holds the mandate from %(giver)s in") % {"giver": mandate.giver.name}, (mandate.pk,)
            about_it = mandate.collaboration.name
            found.append(RoleTask(what=what, about=about_it, url_name="mandate", url_args=args, stays=stays))
        else:
            found.append(RoleTask(what=_("holds a mandate in a collaboration that you cannot see"), stays=stays))
    return found


def hand_over(actor: Actor, role_id: str, to_role_id: str, at: datetime) -> None:
    """Let the other role coordinate what this one does. Raises `Refused` when the other one is no coordinator's."""
    _hand_over_backing(actor, role_id, to_role_id, at)
    _hand_over_carried(actor, role_id, to_role_id, at)
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


def _hand_over_backing(actor: Actor, role_id: str, to_role_id: str, at: datetime) -> None:
    """Let the other role be the sponsor where this one is. Raises `Refused` when the other one is no manager's."""
    for backing in Sponsorship.objects.standing().select_for_update().filter(role=role_id):
        if Role.objects.get(pk=to_role_id).kind != RoleKind.MANAGER:
            raise Refused(_("Only a manager's role can take over being the sponsor. Choose one, or open one first."))
        backing.ended_at = at
        backing.save(update_fields=["ended_at"])
        Sponsorship.objects.create(
            collaboration=backing.collaboration,
            organisation=backing.organisation,
            role_id=to_role_id,
            named_at=at,
            named_by_id=actor.holding_id,
        )
        journal.record(
            actor=actor,
            action="sponsor_named",
            subject_kind="sponsorship",
            subject_id=backing.pk,
            collaboration_id=backing.collaboration_id,
            at=at,
            role=to_role_id,
        )


def _hand_over_carried(actor: Actor, role_id: str, to_role_id: str, at: datetime) -> None:
    """End what the role carries today, and let the other one carry it from then on."""
    on = clock.day(at)
    for carrying in _carries(role_id, at).select_for_update().select_related("carried"):
        first, last = max(on, carrying.valid_from), carrying.valid_to
        carrying.valid_to = first
        carrying.save(update_fields=["valid_to"])
        Carrying.objects.create(carried=carrying.carried, role_id=to_role_id, valid_from=first, valid_to=last)
        journal.record(
            actor=actor,
            action="collaboration_role_carried",
            subject_kind="collaboration_role",
            subject_id=carrying.carried_id,
            collaboration_id=carrying.carried.collaboration_id,
            at=at,
            role=to_role_id,
            valid_from=first,
            valid_to=last or "",
        )


def _carries(role_id: str, at: datetime) -> QuerySet[Carrying]:
    on = clock.day(at)
    return Carrying.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on), role_id=role_id)


def _led(role_id: str) -> QuerySet[Collaboration]:
    return Collaboration.objects.filter(coordinator_role_id=role_id).exclude(state=CollaborationState.CLOSED)


def _held(role_id: str, at: datetime) -> QuerySet[Mandate]:
    on = clock.day(at)
    running = Q(valid_to__isnull=True) | Q(valid_to__gt=on)
    kept = Q(ends_on__isnull=True) | Q(ends_on__gt=on)
    open_still = ~Q(collaboration__state=CollaborationState.CLOSED)
    return Mandate.objects.filter(running, kept, open_still, holder_role_id=role_id, revoked_at__isnull=True)


tell_of("collaborations", tasks, hand_over)
