"""F3: personalomsättning – a role that follows from belonging somewhere comes with the sign-in and ends with it."""

from __future__ import annotations

import pytest
from django.urls import reverse

from samordna.domain.admissions.operations import arrive
from samordna.domain.admissions.operations.arriving import by_provider
from samordna.domain.admissions.providers import Provider
from samordna.domain.organisations.enums import RoleKind
from samordna.domain.organisations.models import Holding
from tests import factories as f

pytestmark = pytest.mark.django_db


def test_an_administrators_rule_gives_a_role_at_sign_in_and_its_lack_ends_it(client, settings):
    region = Provider(id="region", name="Region Nord", kind="oidc", issuer="https://idp.example", client_id="x")
    settings.PROVIDERS = {"region": region}
    administrator = f.holding(f.organisation("Region Nord"), RoleKind.ADMINISTRATOR)
    organisation = administrator.role.organisation
    role = f.role(organisation, name="Handläggare")
    client.force_login(administrator.person)
    page = reverse("signing_in", args=[organisation.pk])
    client.post(reverse("use_provider", args=[organisation.pk]), {"provider": "region"})
    wrong = client.post(page, {"affiliation": "anna", "role_id": role.pk})
    assert (wrong.status_code, 'value="anna"' in wrong.content.decode()) == (422, True)
    client.post(page, {"affiliation": "*@212000-1397", "role_id": role.pk})
    told = {"actor": by_provider(region, assurance=3), "provider": "region", "subject": "anna", "name": "Anna Ek"}
    arrived = arrive(affiliations=["anna.k@2120001397"], **told)
    assert [held.role for held in arrived.given] == [role]
    Holding.objects.filter(pk=arrived.given[0].pk).update(valid_from=f.START)
    assert "Anna Ek" in client.get(reverse("organisation", args=[organisation.pk])).content.decode()
    assert "1" in client.get(page).content.decode()
    later = arrive(affiliations=[], **told)
    assert [held.role for held in later.ended] == [role]
    vacant = client.get(reverse("organisation", args=[organisation.pk])).context["page"]
    assert role.name in {each.name for each in vacant.vacancies}
