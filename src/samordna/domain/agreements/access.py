"""Who may read, write and sign which document."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db.models import QuerySet

from samordna.core.actor import Actor
from samordna.core.errors import Absent
from samordna.core.policy import Thing
from samordna.domain.agreements.models import Agreement, AgreementVersion, Section
from samordna.domain.collaborations.access import permit, thing_of, visible_collaborations

READ, DRAFT, SIGN, KEEP = "agreement.read", "agreement.draft", "agreement.sign", "routine.keep"
RELATED = ("collaboration__superior", "collaboration__coordinator_role", "organisation", "annex_of", "area")


def thing_of_agreement(agreement: Agreement) -> Thing:
    """The document as policy sees it: it may belong to one organisation, and has a role that is responsible for it."""
    inside = thing_of(agreement.collaboration)
    return replace(inside, organisation_id=agreement.organisation_id, role_id=agreement.responsible_role_id)


def writing_of(agreement: Agreement) -> str:
    """The right that writing this document asks for: what is an organisation's own is written by it alone (R1)."""
    return KEEP if agreement.organisation_id else DRAFT


def agreement_for(actor: Actor, agreement_id: str, action: str = READ, at: datetime | None = None) -> Agreement:
    """The document, if the actor may do this with it. Writing (`DRAFT`) asks for the right that fits the document."""
    found = (
        Agreement.objects.select_related(*RELATED, "responsible_role__organisation")
        .filter(pk=agreement_id)
        .order_by()
        .first()
    )
    if found is None:
        raise Absent
    _permit(actor, found, action, at)
    return found


def version_for(actor: Actor, version_id: str, action: str = READ, at: datetime | None = None) -> AgreementVersion:
    """The version, if the actor may do this with its document."""
    related = [f"agreement__{name}" for name in (*RELATED, "responsible_role__organisation")]
    found = AgreementVersion.objects.select_related(*related).filter(pk=version_id).order_by().first()
    if found is None:
        raise Absent
    _permit(actor, found.agreement, action, at)
    return found


def section_for(actor: Actor, section_id: str, action: str = READ, at: datetime | None = None) -> Section:
    """The section of a draft, if the actor may do this with its document."""
    related = [f"version__agreement__{name}" for name in (*RELATED, "responsible_role__organisation")]
    found = Section.objects.select_related(*related, "changed_by__person").filter(pk=section_id).order_by().first()
    if found is None:
        raise Absent
    _permit(actor, found.version.agreement, action, at)
    return found


def _permit(actor: Actor, agreement: Agreement, action: str, at: datetime | None) -> None:
    """Reading first, so that a refused act says nothing to those who may not know of it."""
    thing = thing_of_agreement(agreement)
    permit(actor, READ, thing, at)
    if action == SIGN:
        permit(actor, SIGN, replace(thing, organisation_id=actor.organisation_id), at)
    elif action != READ:
        permit(actor, writing_of(agreement), thing, at)


def check_may_write(actor: Actor, thing: Thing, at: datetime | None = None) -> None:
    """May the actor begin a document here? `thing`: the collaboration, with the organisation whose own it is to be."""
    permit(actor, KEEP if thing.organisation_id else DRAFT, thing, at)


def visible_agreements(actor: Actor, at: datetime | None = None) -> QuerySet[Agreement]:
    """The documents the actor may read: exactly those that `agreement_for` gives."""
    return Agreement.objects.filter(collaboration__in=visible_collaborations(actor, at))
