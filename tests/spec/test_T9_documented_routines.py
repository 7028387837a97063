"""T9: common and documented routines, as versioned documents owned by roles, resting on agreements and decisions."""

from datetime import date

import pytest

from samordna.domain.agreements.models import Agreement
from samordna.domain.organisations.enums import RoleKind
from tests import factories as f
from tests.domain.agreements.world import in_force, world
from tests.domain.collaborations.setting import client_of
from tests.domain.decisions import chain
from tests.domain.decisions.world import build

pytestmark = pytest.mark.django_db
HOME = "/overenskommelser/"
TODAY = "2026-02-01"


def test_a_routine_is_owned_by_a_role_rests_on_an_agreement_and_has_versions():
    """A routine says which role owns it and what it rests on, cannot be approved resting on nothing, and gets versions."""
    agreed = world()
    in_force(agreed, valid_from=date(2026, 2, 1))
    owner = f.holding(
        agreed.given.own, RoleKind.OFFICER, role=f.role(agreed.given.own, RoleKind.OFFICER, name="Vårdsamordnare")
    )
    client = client_of(agreed.coordinator)
    typed = {"kind": "routine", "name": "Kallelse till SIP", "responsible_role_id": owner.role_id, "language": "sv"}
    client.post(f"{HOME}ny/{agreed.given.collaboration.pk}/", typed)
    routine = Agreement.objects.get(name="Kallelse till SIP")
    draft = routine.versions.get()
    section = draft.sections.get(heading="steps")
    client.post(f"{HOME}avsnitt/{section.pk}/", {"text": "Den som upptäcker behovet kallar.", "revision": "1"})
    client.post(f"{HOME}utkast/{draft.pk}/huvud/", {"valid_from": TODAY, "revision": "1"})
    refused = client.post(f"{HOME}utkast/{draft.pk}/forsegla/", {})
    assert "vilket beslut den vilar på" in refused.content.decode()
    client.post(f"{HOME}{routine.pk}/vilar-pa/", {"ground": f"document {agreed.agreement.pk}"})
    client.post(f"{HOME}utkast/{draft.pk}/forsegla/", {})
    page = client.get(f"{HOME}{routine.pk}/").content.decode()
    assert "Vårdsamordnare, Havsnäs" in page
    assert "Överenskommelse om utskrivning" in page
    client.post(f"{HOME}{routine.pk}/ny-version/")
    page = client.get(f"{HOME}{routine.pk}/").content.decode()
    assert "Version 2" in page
    assert "Kallelse till SIP" in client_of(agreed.given.manager).get(f"{HOME}regler/").content.decode()


def test_routines_stand_on_the_profile_and_side_by_side_for_those_who_may_read_them():
    """A routine in force stands with the organisation whose role answers for it, for those who may read it alone."""
    agreed = world()
    in_force(agreed, valid_from=date(2026, 2, 1))
    given = agreed.given
    coordinator = client_of(agreed.coordinator)
    typed = {"kind": "routine", "name": "Kallelse till SIP", "language": "sv"}
    coordinator.post(f"{HOME}ny/{given.collaboration.pk}/", typed | {"responsible_role_id": given.manager.role_id})
    routine = Agreement.objects.get(name="Kallelse till SIP")
    draft = routine.versions.get()
    profile, beside = f"/verktygslador/profil/{given.own.pk}/", "/verktygslador/sida-vid-sida/"
    assert "Kallelse till SIP" not in client_of(given.other_manager).get(profile).content.decode(), "it is a draft"
    section = draft.sections.get(heading="steps")
    coordinator.post(f"{HOME}avsnitt/{section.pk}/", {"text": "Den som upptäcker behovet kallar.", "revision": "1"})
    coordinator.post(f"{HOME}utkast/{draft.pk}/huvud/", {"valid_from": TODAY, "revision": "1"})
    coordinator.post(f"{HOME}{routine.pk}/vilar-pa/", {"ground": f"document {agreed.agreement.pk}"})
    coordinator.post(f"{HOME}utkast/{draft.pk}/forsegla/", {})
    asked = {"med": [given.own.pk, given.other.pk]}
    outside = client_of(f.actor(f.organisation("Utanför"), RoleKind.MANAGER))
    for reader, sees in ((client_of(given.other_manager), True), (outside, False)):
        assert ("Kallelse till SIP" in reader.get(profile).content.decode()) == sees
        assert ("Kallelse till SIP" in reader.get(beside, asked).content.decode()) == sees


def test_a_routine_rests_on_a_decision_and_leads_to_it():
    """A decision in force can be what a routine rests on; the routine's page leads there."""
    decided = build()
    chain.in_force(decided)
    client = client_of(decided.coordinator)
    typed = {"kind": "routine", "name": "Efter beslutet", "language": "sv"}
    client.post(f"{HOME}ny/{decided.matter.collaboration_id}/", typed)
    routine, decision = Agreement.objects.get(), decided.matter.decision
    client.post(f"{HOME}{routine.pk}/vilar-pa/", {"ground": f"decision {decision.pk}"})
    assert f'href="/beslut/{decision.pk}/"' in client.get(f"{HOME}{routine.pk}/").content.decode()
