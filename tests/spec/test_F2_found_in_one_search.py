"""F2: structure, contact paths and routines are of use when they are found: one search, from any page, in any word form."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.urls import reverse

from samordna.domain.agreements import operations as agreements
from samordna.domain.organisations.enums import RoleKind
from samordna.domain.organisations.operations import open_contact_path
from tests import factories as f
from tests.domain.collaborations.setting import client_of, setting

pytestmark = pytest.mark.django_db


def test_whom_to_contact_is_found_as_soon_as_somebody_has_said_it():
    """One organisation opens a contact path; somebody in another finds it by everyday words, with the role it leads to."""
    own = f.organisation("Ekby kommun")
    role = f.role(own, RoleKind.OFFICER, name="Vårdplanerare")
    keeper, asker = f.actor(own, RoleKind.MANAGER), client_of(f.actor(f.organisation()))
    question = {"q": "ekbys hemgångar"}
    assert "Trygg hemgång" not in asker.get(reverse("search"), question).content.decode()
    open_contact_path(
        actor=keeper, role_id=role.pk, topic="Trygg hemgång", how="010-12 34 56, Ekby växel", valid_from=date(2026, 1, 1)
    )
    page = re.sub(r"</?mark>", "", asker.get(reverse("search"), {"q": "hemgångar"}).content.decode())
    assert "Trygg hemgång" in page
    assert "Vårdplanerare" in page


def test_a_routine_is_found_by_those_who_may_read_it_and_by_nobody_else():
    """A routine of the collaboration is found by its words by a participant, and is in no list or count for others."""
    world = setting()
    made = agreements.start_agreement(
        actor=world.coordinator, collaboration_id=world.collaboration.pk, kind="routine", name="Samordnade utskrivningar"
    )
    own = f.organisation()
    f.participation(world.collaboration, own)
    inside, outside = client_of(f.actor(own)), client_of(f.actor(f.organisation()))
    words = {"q": "samordnad utskrivning"}
    assert reverse("agreement", args=[made.pk]) in inside.get(reverse("search"), words).content.decode()
    assert outside.get("/api/v1/search", words).json() == {"items": [], "total": 0, "page": 1, "size": 50, "counts": []}
