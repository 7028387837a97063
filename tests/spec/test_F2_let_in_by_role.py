"""F2: roller, inte personer – somebody is let in to a role, by a letter, and the role is what they act in."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from samordna.domain.organisations.enums import RoleKind
from tests import factories as f
from tests.background import post_letters

pytestmark = pytest.mark.django_db


def test_an_administrator_lets_somebody_in_to_a_role_and_they_act_in_it(client):
    cache.clear()
    administrator = f.holding(f.organisation("Askö kommun"), RoleKind.ADMINISTRATOR)
    role = f.role(administrator.role.organisation, RoleKind.MANAGER, name="Socialchef")
    client.force_login(administrator.person)
    page = client.get(reverse("organisation", args=[role.organisation_id])).content.decode()
    address = reverse("invitations", args=[role.organisation_id])
    assert f"{address}?roll={role.pk}" in page
    client.post(address, {"role_id": role.pk, "email": "karin@asko.example", "days": "14"})
    post_letters()
    link = re.search(r"/inbjudan/[\w-]+/", mail.outbox[-1].body)[0]
    newcomer = Client()
    newcomer.post(link, {"name": "Karin Ek", "password": "a few words in a row"})
    home = newcomer.get("/")
    assert home.context["acting_as"].role == role
    assert "Socialchef" in home.content.decode()
    then = client.get(reverse("organisation", args=[role.organisation_id])).content.decode()
    assert "Karin Ek" in then
