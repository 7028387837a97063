"""A collaboration with two parties, an agreement in it, and short ways to write, seal and sign."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from samordna.core.actor import Actor
from samordna.domain.agreements import operations as do
from samordna.domain.agreements.models import Agreement, AgreementVersion, Section
from tests.domain.collaborations.setting import Setting, setting
from tests.factories import NOW

STARTS = date(2026, 12, 1)


@dataclass(frozen=True)
class Agreed:
    """`given`: the setting; `agreement`: a document of it with a first draft."""

    given: Setting
    agreement: Agreement

    @property
    def coordinator(self) -> Actor:
        return self.given.coordinator

    @property
    def draft(self) -> AgreementVersion:
        return self.agreement.versions.get(sealed_at__isnull=True, ended_on__isnull=True)

    def section(self, heading: str) -> Section:
        return self.draft.sections.get(heading=heading)


def world(kind: str = "agreement", **fields: Any) -> Agreed:
    given = setting()
    made = {"kind": kind, "name": "Överenskommelse om utskrivning", "at": NOW} | fields
    agreement = do.start_agreement(actor=given.coordinator, collaboration_id=given.collaboration.pk, **made)
    return Agreed(given, agreement)


def write(agreed: Agreed, heading: str = "background", text: str = "Vi gör det tillsammans.", **fields: Any) -> Section:
    section = agreed.section(heading)
    given = {"actor": agreed.coordinator, "section_id": section.pk, "revision": section.revision, "at": NOW}
    return do.write_section(text=text, **given | fields)


def head(agreed: Agreed, **fields: Any) -> AgreementVersion:
    draft = agreed.draft
    given = {
        "actor": agreed.coordinator,
        "version_id": draft.pk,
        "revision": draft.revision,
        "valid_from": STARTS,
        "at": NOW,
    }
    return do.restate_head(**given | fields)


def offered(agreed: Agreed, **fields: Any) -> AgreementVersion:
    """The draft written, headed and sealed."""
    write(agreed)
    version = head(agreed, **fields)
    return do.offer_for_signing(actor=agreed.coordinator, version_id=version.pk, at=NOW)


def sign(actor: Actor, version: AgreementVersion, **fields: Any) -> Any:
    return do.sign_version(
        **{"actor": actor, "version_id": version.pk, "sha256": version.document.sha256, "at": NOW} | fields
    )


def in_force(agreed: Agreed, **fields: Any) -> AgreementVersion:
    """Sealed, and signed by both parties."""
    version = offered(agreed, **fields)
    sign(agreed.given.manager, version)
    sign(agreed.given.other_manager, version)
    version.refresh_from_db()
    return version
