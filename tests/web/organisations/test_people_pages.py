"""The people whom an organisation knows, and a file of roles and people, on the page."""

from __future__ import annotations

import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from samordna.core import clock
from samordna.domain.organisations.enums import RoleKind
from samordna.domain.organisations.finding import answering
from samordna.domain.organisations.models import ExternalId, Holding, Membership, Person, Role
from tests import factories as f
from tests.domain.collaborations.setting import client_of
from tests.domain.organisations.test_rosters import file
from tests.web.organisations.test_organisation_pages import queries

pytestmark = pytest.mark.django_db


def test_a_file_is_looked_at_and_then_taken_in():
    own = f.organisation()
    client = client_of(f.actor(own, RoleKind.ADMINISTRATOR))
    address = f"/organisationer/{own.pk}/personer/"
    content = file(
        [["Socialchef", "Chef", "", "", ""]],
        [["Maja Ek", "maja@example.se", "Socialchef", "", "", "", "", "", ""], ["", "x", "", "", "", "", "", "", ""]],
    )
    page = client.post(address, {"file": SimpleUploadedFile("våra roller.csv", content)}).content.decode()
    assert "Öppnar rollen Socialchef" in page
    assert "Ger Maja Ek rollen Socialchef" in page
    assert "Namnet saknas" in page
    assert not Role.objects.filter(name="Socialchef").exists()
    kept = re.search(r'name="kept" value="([^"]+)"', page).group(1)
    done = client.post(address, {"kept": kept}, follow=True).content.decode()
    assert "3 saker gjordes" in done
    assert "Maja Ek" in done
    assert Holding.objects.filter(role__name="Socialchef").exists()
    other = client_of(f.actor(own, RoleKind.ADMINISTRATOR)).post(address, {"kept": kept})
    assert (other.status_code, "för gammal" in other.content.decode()) == (422, True)
    for bad in (b"PK not a spreadsheet", b"", b"\xff\xfe;\x00"):
        assert client.post(address, {"file": SimpleUploadedFile("x.xlsx", bad)}).status_code == 422
    for name in ("roller.csv", "roller.xlsx"):
        assert "attachment" in client.get(f"{address}fil/{name}/").headers["Content-Disposition"]
    assert client.get(f"{address}fil/annat.doc/").status_code == 404
    assert client_of(f.actor(own, RoleKind.MANAGER)).get(address).status_code == 403


def test_ids_leaving_and_returning():
    own = f.organisation(number="212000-0142")
    client = client_of(f.actor(own, RoleKind.ADMINISTRATOR))
    held = f.holding(own, person=f.person("Maja Ek"))
    stranger = f.holding(f.organisation()).person_id
    address = f"/organisationer/{own.pk}/personer/{held.person_id}/"
    typed = {"kind": "hsa_id", "value": "SE1-x", "issuer": "Inera"}
    wrong = client.post(f"{address}id/", typed)
    assert (wrong.status_code, 'value="SE1-x"' in wrong.content.decode()) == (422, True)
    assert client.post(f"{address}id/", typed | {"value": "SE2120000142-AB12"}).status_code == 302
    page = client.get(f"/organisationer/{own.pk}/personer/").content.decode()
    assert "SE2120000142-AB12" in page
    assert "utfärdat av Inera" in page
    assert client.post(f"/organisationer/id/{ExternalId.objects.get().pk}/avsluta/").status_code == 302
    assert "Varje roll som personen har här slutar" in client.get(f"{address}slutat/").content.decode()
    assert client.post(f"{address}slutat/").status_code == 302
    assert "Har slutat" in client.get(f"/organisationer/{own.pk}/personer/").content.decode()
    assert client.post(f"{address}ater/").status_code == 302
    for act in ("id", "slutat"):
        assert client.get(f"/organisationer/{own.pk}/personer/{stranger}/{act}/").status_code == 404


def test_the_page_costs_the_same_however_many_people_there_are():
    own, counts = f.organisation(), []
    client, role = client_of(f.actor(own, RoleKind.ADMINISTRATOR)), f.role(own)
    for more in (1, 3, 300):
        people = Person.objects.bulk_create(Person(name=f"P {more} {n}") for n in range(more))
        Holding.objects.bulk_create(Holding(role=role, person=each, valid_from=f.START) for each in people)
        counts.append(queries(client, f"/organisationer/{own.pk}/personer/"))
    assert len(set(counts)) == 1, counts


def test_people_are_found_by_name_page_by_page_those_who_left_last():
    own = f.organisation()
    client, role = client_of(f.actor(own, RoleKind.ADMINISTRATOR)), f.role(own)
    people = Person.objects.bulk_create(Person(name=f"P {n:03}", email=f"p{n}@example.se") for n in range(150))
    Holding.objects.bulk_create(Holding(role=role, person=each, valid_from=f.START) for each in people)
    told = {"created_at": f.NOW, "changed_at": f.NOW}
    Membership.objects.create(organisation=own, person=people[0], name="Anna Slutat", active=False, **told)
    Membership.objects.create(organisation=own, person=people[149], name="Anna Först", register_id="E-149", **told)

    def names(asked):
        page = client.get(f"/organisationer/{own.pk}/personer/{asked}").content.decode()
        return re.findall(r'<th scope="row">([^<]+?)<', page), page

    first, page = names("")
    assert (first[0], first[1], len(first), "sida=2" in page) == ("Anna Först", "P 001", 100, True)
    second, page = names("?sida=2")
    assert (second[0] > first[-1] or first[-1].startswith("Person"), second[-1]) == (True, "Anna Slutat")
    assert names("?sok=anna")[0] == ["Anna Först", "Anna Slutat"]
    assert names("?sok=e-149")[0] == names("?sok=P149@")[0] == ["Anna Först"]
    assert "Ingen här heter så" in names("?sok=finns+inte&sida=x")[1]
    assert 'data-kind="primary"' in page
    assert "button primary" not in page


def test_pages_call_somebody_what_the_organisation_does():
    own = f.organisation()
    administrator, role = f.actor(own, RoleKind.ADMINISTRATOR), f.role(own, name="Bakjour")
    client, person = client_of(administrator), f.person("Känd Annanstans")
    told = {"name": "Maja Ek", "created_at": f.NOW, "changed_at": f.NOW}
    Membership.objects.create(organisation=own, person=person, **told)
    held = f.holding(own, role=role, person=person)
    for address in (
        *(f"/organisationer/{own.pk}/personer/{person.pk}/slutat/", f"/organisationer/{own.pk}/personer/{person.pk}/id/"),
        *(f"/organisationer/{own.pk}/", f"/organisationer/innehav/{held.pk}/avsluta/"),
    ):
        page = client.get(address).content.decode()
        assert "Maja Ek" in page, address
        assert "Känd Annanstans" not in page, address
    assert answering([role.pk], clock.day(f.NOW))[role.pk].present == ("Maja Ek",)


def test_programs_do_the_same():
    own = f.organisation(number="212000-0142")
    client = client_of(f.actor(own, RoleKind.ADMINISTRATOR))
    root = f"/api/v1/organisations/{own.pk}"

    def post(path, body=None):
        client.enforce_csrf_checks = False
        return client.post(path, json.dumps(body or {}), content_type="application/json")

    person = post(f"{root}/people", {"name": "Maja Ek", "email": "maja@example.se"}).json()["id"]
    assert post(f"{root}/people", {"name": "Maja Ek", "email": "MAJA@example.se"}).status_code == 409
    made = post(f"{root}/people/{person}/ids", {"kind": "hsa_id", "value": "SE2120000142-AB12"})
    assert made.status_code == 201
    rows = [{"sheet": "people", "row": 2, "cells": {"name": "Omar Al", "email": "omar@example.se"}}]
    seen = post(f"{root}/roster", {"lines": rows}).json()
    assert [step["sentence"] for step in seen["steps"]] == ["Tar in Omar Al"]
    assert post(f"{root}/roster", {"lines": rows, "carry_out": True}).status_code == 200
    assert post(f"{root}/roster", {"lines": [rows[0] | {"sheet": "other"}]}).status_code == 422
    assert post(f"{root}/people/{person}/leave").status_code == 200
    assert post(f"{root}/people/{person}/leave").status_code == 409
    assert post(f"{root}/people/{person}/return").status_code == 200
    assert post(f"{root}/people/{person}", {"name": "Maja Ek Al"}).status_code == 200
    assert post(f"/api/v1/external-ids/{made.json()['id']}/end").status_code == 200
    told = client.get(f"{root}/people").json()
    assert {each["name"]: each["active"] for each in told["items"]}["Maja Ek Al"] is True
