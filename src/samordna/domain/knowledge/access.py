"""Who may read and keep what organisations say of themselves and offer: read by all who hold a role, kept by one's own."""

from __future__ import annotations

from datetime import datetime

from samordna.core.actor import Actor
from samordna.core.errors import Absent, Refused
from samordna.core.policy import Thing
from samordna.domain.collaborations.access import collaboration_for
from samordna.domain.knowledge.models import Meaning, Service, ServiceQuerySet
from samordna.domain.organisations.access import permit

KEEP = "knowledge.keep"


def service_for(actor: Actor, service_id: str, action: str = "organisation.read", at: datetime | None = None) -> Service:
    """The service, if the actor may do this with it; it belongs to the organisation of the role that answers for it."""
    related = ("role__organisation", "contact_path__to_role__organisation", "assured_by__role")
    service = Service.objects.select_related(*related).filter(pk=service_id).order_by().first()
    if service is None:
        raise Absent
    permit(actor, action, Thing(organisation_id=service.role.organisation_id), at)
    return service


def check_may_look(actor: Actor, at: datetime | None = None) -> None:
    """Whoever holds a role may look in everybody's toolboxes. Raises `Absent`."""
    permit(actor, "organisation.read", Thing(), at)


def visible_services(actor: Actor, at: datetime | None = None) -> ServiceQuerySet:
    """The services of all organisations: everyone who holds a role may read them."""
    try:
        permit(actor, "organisation.read", Thing(), at)
    except (Absent, Refused):
        return Service.objects.none()
    return Service.objects.all()


def meaning_for(actor: Actor, meaning_id: str, action: str = "collaboration.read", at: datetime | None = None) -> Meaning:
    """What a word means, for those who read its collaboration."""
    meaning = Meaning.objects.select_related("organisation").filter(pk=meaning_id).order_by().first()
    if meaning is None:
        raise Absent
    collaboration_for(actor, meaning.collaboration_id, action, at)
    return meaning
