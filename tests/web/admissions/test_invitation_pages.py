"""The pages that let people and organisations in."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samordna.core import clock
from samordna.core.models import OutgoingLetter
from samordna.domain.admissions.models import Invitation
from samordna.domain.collaborations.models import Participation
from samordna.domain.organisations.enums import OrganisationKind, RoleKind
from samordna.domain.organisations.models import Holding, Person
from tests import factories as f
from tests.background import post_letters

pytestmark = pytest.mark.django_db
PASSWORD = "a few words in a row"


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


@pytest.fixture
def administrator():
    return f.holding(f.organisation("Askö kommun"), RoleKind.ADMINISTRATOR)


@pytest.fixture
def role(administrator):
    return f.role(administrator.role.organisation, RoleKind.MANAGER, name="Socialchef")


@pytest.fixture
def signed_in(client, administrator):
    client.force_login(administrator.person)
    return client


def text(response) -> str:
    return response.content.decode()


def link() -> str:
    post_letters()
    return re.search(r"/inbjudan/[\w-]+/", mail.outbox[-1].body)[0]


def invite(client, role, **fields):
    given = {"role_id": role.pk, "email": "karin@asko.example", "days": "14"} | fields
    return client.post(reverse("invitations", args=[role.organisation_id]), given)


def test_from_a_letter_to_the_role(signed_in, role):
    answer = invite(signed_in, role, name="Karin Ek")
    assert answer.status_code == 302
    post_letters()
    assert mail.outbox[-1].to == ["karin@asko.example"]
    guest = Client()
    page = text(guest.get(link()))
    assert "Socialchef" in page
    assert "Askö kommun" in page
    assert 'value="Karin Ek"' in page
    arrived = guest.post(link(), {"name": "Karin Ek", "password": PASSWORD}, follow=True)
    assert "Välkommen" in text(arrived)
    assert arrived.context["request"].holding.role == role
    assert guest.get(link()).status_code == 410
    assert "Accepterad" in text(signed_in.get(reverse("invitations", args=[role.organisation_id])))


def test_a_wrong_form_keeps_what_was_typed_and_sends_nothing(signed_in, role):
    answer = invite(signed_in, role, email="karin(at)asko", name="Karin Ek", days="90")
    assert answer.status_code == 422
    assert 'value="karin(at)asko"' in text(answer)
    assert 'value="Karin Ek"' in text(answer)
    assert mail.outbox == []


def test_a_short_password_is_refused_and_the_name_is_kept(signed_in, role):
    invite(signed_in, role)
    answer = Client().post(link(), {"name": "Karin Ek", "password": "short"})
    assert answer.status_code == 422
    assert 'value="Karin Ek"' in text(answer)
    assert "short" not in text(answer)
    assert not Person.objects.filter(email="karin@asko.example").exists()


def test_whoever_has_an_account_signs_in_and_comes_back(signed_in, role):
    person = f.person("Karin Ek", email="karin@asko.example")
    person.set_password(PASSWORD)
    person.save()
    invite(signed_in, role)
    guest = Client()
    assert 'name="password"' not in text(guest.get(link()))
    login = guest.post(f"{reverse('account_login')}?next={link()}", {"login": person.email, "password": PASSWORD})
    assert login.url == link()
    assert "Karin Ek" in text(guest.get(link()))
    guest.post(link(), {})
    assert Holding.objects.filter(person=person, role=role).count() == 1


def test_buttons_send_again_and_withdraw(signed_in, role):
    invite(signed_in, role)
    first, pk = link(), Invitation.objects.get().pk
    signed_in.post(reverse("send_again", args=[pk]))
    post_letters()
    assert len(mail.outbox) == 2
    assert Client().get(first).status_code == 404
    told = signed_in.post(reverse("withdraw_invitation", args=[pk]), follow=True)
    assert "återkallad" in text(told)
    page = Client().get(link())
    assert page.status_code == 410
    assert "Askö" not in text(page)
    assert "redan" in text(signed_in.post(reverse("withdraw_invitation", args=[pk]), follow=True))


def test_an_expired_invitation_says_the_day(signed_in, role):
    invite(signed_in, role)
    ended = clock.now() - timedelta(days=1)
    Invitation.objects.update(expires_at=ended)
    assert clock.day(ended).isoformat() in text(Client().get(link()))


def test_a_mail_server_that_is_down_loses_no_invitation(signed_in, role, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    invite(signed_in, role)
    post_letters()
    assert Invitation.objects.count() == 1
    assert OutgoingLetter.objects.get().text


@pytest.mark.parametrize("page", ["invitations", "organisation_invitations"])
def test_the_list_costs_the_same_for_one_three_and_many(signed_in, administrator, page, client):
    def ask(address, reader):
        with CaptureQueriesContext(connection) as asked:
            assert reader.get(address).status_code == 200
        return len(asked)

    organisation = administrator.role.organisation
    given = f.collaboration(organisation)
    coordinator = f.holding(organisation, role=given.coordinator_role)
    made = {"made_at": clock.now(), "sent_at": clock.now(), "made_by": administrator, "days": 9, "expires_at": clock.now()}
    counted = []
    client.force_login(coordinator.person if page == "organisation_invitations" else administrator.person)
    about = given.pk if page == "organisation_invitations" else organisation.pk
    role = f.role(organisation, RoleKind.OFFICER)
    for number in range(200):
        place = {"collaboration": given} if page == "organisation_invitations" else {"role": role}
        Invitation.objects.create(email=f"p{number}@x.example", digest=str(number), organisation_name="x", **place, **made)
        if number + 1 in (1, 3, 200):
            counted.append(ask(reverse(page, args=[about]), client))
    assert len(set(counted)) == 1, counted


# Organisations into a collaboration


@pytest.fixture
def collaboration():
    return f.collaboration()


@pytest.fixture
def coordinator(client, collaboration):
    client.force_login(f.holding(collaboration.host, role=collaboration.coordinator_role).person)
    return client


def test_a_list_is_looked_over_before_anything_is_sent(coordinator, collaboration):
    there = f.organisation("Askö kommun")
    f.holding(there)
    address = reverse("organisation_invitations", args=[collaboration.pk])
    given = {"lines": "Askö kommun\nVida kommun;karin@vida.example\n", "kind": "municipality", "days": "14"}
    looked = text(coordinator.post(address, given))
    assert "Deltar direkt" in looked
    assert "Bjuds in" in looked
    assert mail.outbox == []
    assert not Participation.objects.filter(collaboration=collaboration).exists()
    coordinator.post(address, given | {"send": "1"})
    post_letters()
    assert [letter.to for letter in mail.outbox] == [["karin@vida.example"]]
    assert Participation.objects.get(collaboration=collaboration).organisation == there
    guest = Client()
    assert 'value="Vida kommun"' in text(guest.get(link()))
    own = {"organisation_name": "Vida kommun", "organisation_kind": "municipality"}
    joined = guest.post(link(), own | {"name": "Karin Ek", "password": PASSWORD}, follow=True)
    assert "Vida kommun" in text(joined)
    assert Participation.objects.filter(collaboration=collaboration).count() == 2


def test_a_faulty_line_is_marked_and_all_lines_stay(coordinator, collaboration):
    address = reverse("organisation_invitations", args=[collaboration.pk])
    given = {"lines": "Vida kommun;karin@vida.example\nHolms kommun", "kind": "municipality", "days": "14", "send": "1"}
    answer = coordinator.post(address, given)
    assert answer.status_code == 422
    assert "Holms kommun" in text(answer)
    assert "e-postadress" in text(answer)
    assert not Invitation.objects.exists()


def test_many_registered_are_let_in_with_one_press(coordinator, collaboration):
    many = [f.organisation() for _ in range(60)]
    address = reverse("let_in_each", args=[collaboration.pk])
    assert coordinator.post(address, {}).status_code == 422
    told = coordinator.post(address, {"organisation_ids": [each.pk for each in many]}, follow=True)
    assert "60 organisationer deltar" in text(told)
    assert Participation.objects.filter(collaboration=collaboration).count() == 60


def test_a_part_gets_its_first_administrator(signed_in, administrator):
    part = f.organisation("Socialnämnden", kind=OrganisationKind.BOARD, parent=administrator.role.organisation)
    address = reverse("invite_administrator", args=[part.pk])
    assert signed_in.post(address, {"email": "karin@asko.example", "days": "14"}).status_code == 302
    assert "Socialnämnden" in text(Client().get(link()))
