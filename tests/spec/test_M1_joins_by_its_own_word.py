"""M1: ingen bestämmer över någon annan – an invited organisation takes part when its own first person has said so."""

from __future__ import annotations

import pytest

from samordna.core.actor import Actor
from samordna.domain.admissions import operations as do
from samordna.domain.admissions.access import bearer, invitation_of
from samordna.domain.collaborations.models import Participation
from samordna.domain.organisations.models import Organisation
from tests import factories as f
from tests.domain.admissions.test_invitations import PASSWORD, token_in

pytestmark = pytest.mark.django_db


def test_an_invited_organisation_takes_part_when_its_own_person_accepts_and_not_before(client):
    given = f.collaboration(purpose="Hem i rätt tid")
    coordinator = f.coordinator_of(given)
    rows = [{"name": "Vida kommun", "kind": "municipality", "email": "karin@vida.example"}]
    issued = do.invite_organisations(actor=coordinator, collaboration_id=given.pk, organisations=rows)[0]
    assert not Organisation.objects.filter(name="Vida kommun").exists()
    token = token_in(issued)
    page = client.get(f"/inbjudan/{token}/").content.decode()
    assert "Hem i rätt tid" in page
    assert "binder inte organisationen" in page
    assert not Participation.objects.filter(collaboration=given).exists()
    found = invitation_of(token)
    actor = bearer(found, Actor.nobody())
    held = do.accept_invitation(actor=actor, invitation_id=found.pk, name="Karin Ek", password=PASSWORD)
    assert Participation.objects.get(collaboration=given).organisation == held.role.organisation
