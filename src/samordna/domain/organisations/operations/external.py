"""Ids that somebody else has issued: HSA-id from the catalogue of care, orgAffiliation from an identity provider."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from samordna.core import clock, journal
from samordna.core.actor import Actor
from samordna.core.errors import Absent, Refused
from samordna.core.operation import operation
from samordna.domain.organisations.access import organisation_for
from samordna.domain.organisations.enums import ExternalIdKind
from samordna.domain.organisations.external_ids import kept_as, wrong_with
from samordna.domain.organisations.findings import Findings
from samordna.domain.organisations.members import member_for
from samordna.domain.organisations.models import ExternalId, Organisation


@operation("organisation.administer")
def record_external_id(
    *,
    actor: Actor,
    organisation_id: str,
    person_id: str,
    kind: str,
    value: str,
    issuer: str = "",
    at: datetime | None = None,
) -> ExternalId:
    """Record an id that somebody else has issued for a person in the organisation, and who issued it (itself, if not said).

    Raises `Invalid` for an id of the wrong form or of another organisation, and for one that is somebody's already; it is
    not said whose.
    """
    person = member_for(actor, organisation_id, person_id, "organisation.administer", at)
    at, found = at or clock.now(), Findings()
    organisation = Organisation.objects.get(pk=organisation_id)
    kind = found.choice("kind", kind, ExternalIdKind.values)
    value = kept_as(kind, found.line("value", value, 120))
    if value and (sentence := wrong_with(kind, value, organisation.number)):
        found.say("value", sentence)
    issuer = found.line("issuer", issuer or organisation.name, 120)
    if value and ExternalId.objects.filter(kind=kind, value=value, ended_at__isnull=True).exists():
        found.say("value", _("This id is in use already. Each names one person only; check that it is typed right."))
    found.insist()
    made = ExternalId.objects.create(
        organisation=organisation, person=person, kind=kind, value=value, issuer=issuer, recorded_at=at
    )
    _record(actor, "external_id_recorded", made, at)
    return made


@operation("organisation.administer")
def end_external_id(*, actor: Actor, external_id: str, at: datetime | None = None) -> ExternalId:
    """End an id: it no longer names the person, and may be given to another."""
    made = external_id_for(actor, external_id, at)
    at = at or clock.now()
    made = ExternalId.objects.select_for_update().get(pk=made.pk)
    if made.ended_at is not None:
        raise Refused(_("This id is ended already."))
    made.ended_at = at
    made.save(update_fields=["ended_at"])
    _record(actor, "external_id_ended", made, at)
    return made


def external_id_for(actor: Actor, external_id: str, at: datetime | None = None) -> ExternalId:
    """The id, for the administrator of the organisation that recorded it. To everybody else it is not there."""
    made = ExternalId.objects.filter(pk=external_id).first()
    if made is None:
        raise Absent
    try:
        organisation_for(actor, made.organisation_id, "organisation.administer", at)
    except Refused as refused:
        raise Absent from refused
    return made


def _record(actor: Actor, action: str, made: ExternalId, at: datetime) -> None:
    about = {"organisation": made.organisation_id, "person": made.person_id, "kind": made.kind, "issuer": made.issuer}
    journal.record(actor=actor, action=action, subject_kind="external_id", subject_id=made.pk, at=at, **about)
