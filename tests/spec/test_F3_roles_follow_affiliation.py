"""F3: personalomsättning – a role that follows from belonging somewhere comes with the sign-in and ends with it."""

from __future__ import annotations

import pytest
from django.urls import reverse

from samordna.core import clock
from samordna.core.errors import Refused
from samordna.domain.admissions.models import AffiliationRule, ProviderUse
from samordna.domain.admissions.operations import arrive, end_affiliation_rule
from samordna.domain.admissions.operations.arriving import by_provider
from samordna.domain.admissions.providers import Provider
from samordna.domain.organisations.access import actor_of
from samordna.domain.organisations.enums import RoleKind
from samordna.domain.organisations.models import Holding, Membership
from tests import factories as f
from tests.reading import figures

pytestmark = pytest.mark.django_db
LEFT = {"active": False, "created_at": f.NOW, "changed_at": f.NOW}


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
    assert "1" in figures(client.get(page)), "how many came by it"
    later = arrive(affiliations=[], **told)
    assert [held.role for held in later.ended] == [role]
    assert arrive(affiliations=["anna.k@2120001397"], **told).given
    Holding.objects.filter(person=later.identity.person).update(valid_from=f.START, valid_to=clock.day(f.NOW))
    Membership.objects.update_or_create(
        organisation=organisation, person=later.identity.person, defaults=LEFT | {"name": "Anna E."}
    )
    again = arrive(affiliations=["anna.k@2120001397"], **told)
    assert again.given == (), "whoever has left comes back by the organisation's word"
    vacant = client.get(reverse("organisation", args=[organisation.pk])).context["page"]
    assert role.name in {each.name for each in vacant.vacancies}


def test_no_rule_ends_the_last_who_looks_after_the_organisation(client, settings):
    """At a sign-in the last one goes on; whoever would end it by ending the rule or the provider's use is refused."""
    region = Provider(id="region", name="Region Nord", kind="oidc", issuer="https://idp.example", client_id="x")
    settings.PROVIDERS = {"region": region}
    first = f.holding(f.organisation("Region Nord"), RoleKind.ADMINISTRATOR)
    organisation = first.role.organisation
    client.force_login(first.person)
    client.post(reverse("use_provider", args=[organisation.pk]), {"provider": "region"})
    client.post(reverse("signing_in", args=[organisation.pk]), {"affiliation": "*@212000-1397", "role_id": first.role_id})
    told = {"actor": by_provider(region, assurance=3), "provider": "region", "subject": "anna", "name": "Anna Ek"}
    given = arrive(affiliations=["anna.k@2120001397"], **told).given[0]
    Holding.objects.filter(pk=given.pk).update(valid_from=f.START)
    Holding.objects.filter(pk=first.pk).update(valid_to=clock.day(clock.now()))
    assert arrive(affiliations=[], **told).ended == ()
    client.force_login(given.person)
    refused = client.post(reverse("stop_using_provider", args=[organisation.pk]), {"provider": "region"}, follow=True)
    assert "Ge först någon annan en administratörsroll" in refused.content.decode()
    assert ProviderUse.objects.get().ended_at is None
    with pytest.raises(Refused):
        end_affiliation_rule(actor=actor_of(given), rule_id=AffiliationRule.objects.get().pk)
    assert Holding.objects.get(pk=given.pk).valid_to is None
