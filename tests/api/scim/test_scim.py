"""SCIM 2.0 as a register speaks it: its people, its roles, and refusals in its own shape."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samordna.core import clock
from samordna.core.models import JournalEntry
from samordna.domain.introductions import operations as keeping
from samordna.domain.notices.introductions_due import introductions_due
from samordna.domain.organisations.access import actor_of
from samordna.domain.organisations.enums import RoleKind
from samordna.domain.organisations.models import Holding, Membership, Person
from samordna.domain.organisations.operations import make_api_token
from samordna.domain.organisations.queries import colleagues, holder_names
from tests import factories as f

pytestmark = pytest.mark.django_db
ROOT = "/api/scim/v2"
ERROR = ["urn:ietf:params:scim:api:messages:2.0:Error"]
PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp"
USER = "urn:ietf:params:scim:schemas:core:2.0:User"


class Register:
    """An organisation's own register, which speaks SCIM with its administrator's key."""

    def __init__(self, own, kind=RoleKind.ADMINISTRATOR, *, may_write=True):
        self.own, self.held = own, f.holding(own, kind)
        issued = make_api_token(actor=actor_of(self.held), label="Register", may_write=may_write)
        self.headers = {"Authorization": f"Bearer {issued.secret}"}

    def __call__(self, method, path, body=None):
        send = getattr(Client(), method.lower())
        if method == "GET":
            return send(ROOT + path, headers=self.headers)
        return send(ROOT + path, json.dumps(body or {}), content_type="application/scim+json", headers=self.headers)

    def user(self, **said):
        return self("POST", "/Users", {"schemas": [USER], "userName": "maja.ek@example.se"} | said)

    def patch(self, path, *operations):
        return self("PATCH", path, {"schemas": [PATCH], "Operations": list(operations)})


@pytest.fixture
def register():
    return Register(f.organisation("Havsnäs"))


def test_a_person_is_taken_in_found_again_renamed_left_and_back(register):
    made = register.user(displayName="Maja Ek", externalId="e-17")
    assert (made.status_code, made.headers["Content-Type"]) == (201, "application/scim+json")
    user = made.json()
    assert made.headers["Location"] == user["meta"]["location"]
    assert (user["userName"], user["displayName"], user["active"], user["externalId"]) == (
        *("maja.ek@example.se", "Maja Ek", True, "e-17"),
    )
    for wanted in ('userName eq "MAJA.EK@example.se"', 'externalId eq "e-17"', f'{USER}:userName Eq "maja.ek@example.se"'):
        found = register("GET", f"/Users?filter={wanted}").json()
        assert [each["id"] for each in found["Resources"]] == [user["id"]], wanted
    address = f"/Users/{user['id']}"
    role = f.role(register.own)
    now, later = (f.role(register.own) for _number in range(2))
    today = clock.day(clock.now())
    for each, first in ((role, f.START), (now, today), (later, today + timedelta(days=9))):
        Holding.objects.create(role=each, person_id=user["id"], valid_from=first)
    renamed = register.patch(address, {"op": "Replace", "path": "name.givenName", "value": "Maja"})
    assert renamed.json()["displayName"] == "Maja"
    left = register.patch(address, {"op": "replace", "value": {"active": "False"}})
    assert (left.status_code, left.json()["active"]) == (200, False)
    assert not Holding.objects.on(today).filter(person_id=user["id"]).exists()
    assert not Holding.objects.on(today + timedelta(days=20)).filter(person_id=user["id"]).exists()
    assert Holding.objects.on(today - timedelta(days=1)).filter(person_id=user["id"]).exists()
    still = Holding.objects.create(role=role, person_id=user["id"], valid_from=f.START)
    register.patch(address, {"op": "replace", "value": {"active": False}})
    assert not Holding.objects.on(today).filter(pk=still.pk).exists(), "who is told to have left holds nothing"
    back = register("PUT", address, {"userName": "maja.ek@example.se", "displayName": "Maja Ek", "active": True})
    assert (back.json()["active"], "externalId" in back.json()) == (True, False)
    assert register("DELETE", address).status_code == 204
    assert register("GET", address).status_code == 404
    assert Person.objects.filter(pk=user["id"]).exists()
    assert register.user(displayName="Maja Ek").json()["id"] == user["id"]
    actions = JournalEntry.objects.order_by("sequence").values_list("action", flat=True)
    assert [each for each in actions if each.startswith("person_")] == [
        *("person_taken_in", "person_described", "person_left", "person_left", "person_described"),
        *("person_returned", "person_left", "person_taken_in"),
    ]


def test_a_person_in_two_organisations_is_one_and_neither_is_told_of_the_other(register):
    other = Register(f.organisation("Storstad"))
    first = register.user(displayName="Maja Ek").json()
    theirs = f.holding(register.own, person=Person.objects.get(pk=first["id"]))
    second = other.user(userName="Maja.Ek@Example.se", displayName="M. Ek (lånad)").json()
    assert (second["id"], second["displayName"]) == (first["id"], "M. Ek (lånad)")
    fresh = other.user(userName="ny@example.se", displayName="Ny")
    assert second.keys() == fresh.json().keys()
    assert Person.objects.count() == 4
    other.patch(f"/Users/{first['id']}", {"op": "replace", "path": "displayName", "value": "Någon Annan"})
    assert Person.objects.get(pk=first["id"]).name == "Maja Ek"
    assert register("GET", f"/Users/{first['id']}").json()["displayName"] == "Maja Ek"
    other.patch(f"/Users/{first['id']}", {"op": "replace", "path": "active", "value": False})
    assert register("GET", f"/Users/{first['id']}").json()["active"] is True
    assert Holding.objects.on(clock.day(clock.now())).filter(pk=theirs.pk).exists()
    stranger = register.user(userName="egen@example.se").json()
    assert other("GET", f"/Users/{stranger['id']}").status_code == 404
    twice = other.user(userName="MAJA.EK@example.se")
    assert (twice.status_code, twice.json()["scimType"], twice.json()["status"]) == (409, "uniqueness", "409")


def test_groups_are_roles_and_members_hold_them(register):
    user = register.user(displayName="Maja Ek").json()["id"]
    role = f.role(register.own, name="Vårdsamordnare")
    before = f.holding(register.own, role=role)
    listed = register("GET", '/Groups?filter=displayName eq "Vårdsamordnare"').json()
    assert [each["value"] for each in listed["Resources"][0]["members"]] == [before.person_id]
    address = f"/Groups/{role.pk}"
    both = register.patch(address, {"op": "add", "path": "members", "value": [{"value": user}]}).json()
    assert {each["value"] for each in both["members"]} == {before.person_id, user}
    out = register.patch(address, {"op": "remove", "path": f'members[value eq "{before.person_id}"]'}).json()
    assert [each["value"] for each in out["members"]] == [user]
    before.refresh_from_db()
    assert before.valid_to == clock.day(clock.now())
    stranger = f.holding(f.organisation()).person_id
    kept = register("PUT", address, {"displayName": "Vårdsamordnare", "members": [{"value": stranger}]})
    assert (kept.status_code, kept.json()["scimType"]) == (400, "invalidValue")
    assert [each["value"] for each in register("GET", address).json()["members"]] == [user]
    assert register("PUT", address, {"members": []}).json()["members"] == []
    assert register("DELETE", address).status_code == 501
    assert register("POST", "/Groups", {"displayName": "Ny"}).status_code == 501
    assert register("GET", f"/Groups/{f.role(f.organisation()).pk}").status_code == 404


def test_a_group_says_nothing_of_what_else_is_known_and_loses_nobody_by_silence(register):
    """An address that others know is shown by the name that was sent with it, also where its roles are shown."""
    f.holding(f.organisation(), person=f.person("Maja E", email="maja.ek@example.se"))
    user, role = register.user(displayName="Maja Ek").json()["id"], f.role(register.own, name="Vårdsamordnare")
    address = f"/Groups/{role.pk}"
    other = f.holding(register.own, role=role, person=f.person("Omar Al")).person_id
    add = {"op": "add", "path": "members", "value": [{"value": user}]}
    shown = register.patch(address, add).json()["members"]
    assert {each["display"] for each in shown} == {"Maja Ek", "Omar Al"}
    assert {name for _id, name in colleagues(actor_of(register.held), register.own.pk, clock.now())} > {"Maja Ek"}
    assert holder_names([role.pk], clock.day(clock.now()))[role.pk] == ("Omar Al", "Maja Ek")
    for silent in (
        register("PUT", address, {"displayName": "Vårdsamordnare"}),
        register.patch(address, {"op": "remove", "path": "members", "value": []}),
        register.patch(address, {"op": "remove", "path": f'members[value eq "{user}"]'}, add),
    ):
        assert (silent.status_code, len(silent.json()["members"])) == (200, 2)
    assert Holding.objects.filter(person_id=user, role=role).count() == 1
    gone = register.patch(
        address, {"op": "remove", "path": "members"}, {"op": "add", "value": {"members": [{"value": other}]}}
    )
    assert [each["value"] for each in gone.json()["members"]] == [other]


def test_a_long_patch_reads_the_roles_twice_and_a_longer_one_is_refused(register):
    role = f.role(register.own)
    people = [f.holding(register.own).person_id for _number in range(2)]
    costs = []
    for many in (1, 40):
        change = {"op": "remove", "path": f'members[value eq "{people[0]}"]'}
        with CaptureQueriesContext(connection) as seen:
            assert register.patch(f"/Groups/{role.pk}", *[change] * many).status_code == 200
        costs.append(len(seen))
    assert costs[0] == costs[1]
    assert register.patch(f"/Groups/{role.pk}", *[change] * 101).status_code == 413
    crowd = [{"value": people[0]}] * 501
    assert register("PUT", f"/Groups/{role.pk}", {"members": crowd}).status_code == 413


def test_the_last_administrator_neither_leaves_nor_is_taken_away(register):
    role, me = register.held.role, register.held.person_id
    user = register.user(displayName="Maja Ek").json()["id"]
    address, vacant = f"/Groups/{role.pk}", f.role(register.own, RoleKind.ADMINISTRATOR)
    assert vacant.pk != role.pk
    for refused in (
        register("PUT", address, {"members": []}),
        register.patch(address, {"op": "remove", "path": "members"}),
        register.patch(f"/Users/{me}", {"op": "replace", "path": "active", "value": False}),
        register("DELETE", f"/Users/{me}"),
    ):
        assert refused.status_code == 409, refused.content
    assert Holding.objects.get(pk=register.held.pk).valid_to is None
    assert register("PUT", address, {"members": [{"value": user}, {"value": me}]}).status_code == 200
    assert register("PUT", f"/Groups/{vacant.pk}", {"members": [{"value": me}]}).status_code == 200
    assert register.patch(f"/Users/{user}", {"op": "replace", "path": "active", "value": False}).status_code == 200


def test_refusals_have_the_shape_of_scim(register):
    user = register.user().json()["id"]
    reading = Register(register.own, may_write=False)
    manager = Register(register.own, RoleKind.MANAGER)
    cases = [
        (reading.user(userName="a@example.se"), 403, None),
        (manager("GET", "/Users"), 403, None),
        (Client().get(f"{ROOT}/Users"), 401, None),
        (Client().get(f"{ROOT}/Users", headers={"Authorization": "Bearer nonsense"}), 401, None),
        (register("GET", '/Users?filter=title co "x"'), 400, "invalidFilter"),
        (register.patch(f"/Users/{user}", {"op": "replace", "path": "userName", "value": "x@y.se"}), 400, "mutability"),
        (register.patch(f"/Users/{user}", {"op": "explode"}), 400, "invalidSyntax"),
        (register.patch(f"/Users/{user}", {"op": "replace", "path": "active", "value": 7}), 400, "invalidValue"),
        (register("PATCH", f"/Users/{user}", {"schemas": 1, "Operations": [{"op": "add"}]}), 400, "invalidSyntax"),
        (register("POST", "/Users", {"userName": "not an address"}), 400, "invalidValue"),
        (register("POST", "/Users", {}), 400, "invalidValue"),
        (register("POST", "/Users", []), 400, "invalidValue"),
        (register("GET", "/Users/nobody"), 404, None),
        (register("GET", "/Me"), 501, None),
        (register("POST", "/Bulk"), 501, None),
        (register("PUT", "/Users"), 405, None),
        (
            Client().post(f"{ROOT}/Users", "{broken", content_type="text/plain", headers=register.headers),
            400,
            "invalidSyntax",
        ),
    ]
    named = [{"op": "replace", "path": "name", "value": "x"}, {"op": "replace", "path": "name.formatted", "value": "Maja"}]
    assert register.patch(f"/Users/{user}", *named).json()["displayName"] == "Maja"
    for response, status, scim_type in cases:
        told = response.json()
        assert (response.status_code, told["status"], told["schemas"]) == (status, str(status), ERROR), told
        assert told.get("scimType") == scim_type, told
        assert told["detail"]
    assert Membership.objects.count() == 1


def test_a_long_register_is_read_page_by_page(register):
    for number in range(5):
        register.user(userName=f"p{number}@example.se")
    page = register("GET", "/Users?startIndex=3&count=2").json()
    assert (page["totalResults"], page["startIndex"], page["itemsPerPage"], len(page["Resources"])) == (6, 3, 2, 2)
    assert register("GET", "/Users?count=0").json()["Resources"] == []
    assert register("GET", "/Users?startIndex=-4&count=x").json()["totalResults"] == 6


def test_what_the_service_can_do_is_told(register):
    told = register("GET", "/ServiceProviderConfig").json()
    assert (told["patch"]["supported"], told["bulk"]["supported"], told["filter"]["supported"]) == (True, False, True)
    for place in ("/ResourceTypes", "/Schemas"):
        for each in register("GET", place).json()["Resources"]:
            assert register("GET", f"{place}/{each['id']}").json() == each
    schema = register("GET", f"/Schemas/{USER}").json()
    assert {each["name"]: each["mutability"] for each in schema["attributes"]}["userName"] == "immutable"


def test_whoever_the_register_gives_a_role_has_its_introduction_and_loses_it_with_the_role(register):
    user = register.user(displayName="Maja Ek").json()["id"]
    role, boss = f.role(register.own, name="Vårdsamordnare"), actor_of(f.holding(register.own, RoleKind.MANAGER))
    made = keeping.begin_programme(
        actor=boss, organisation_id=register.own.pk, name="Ny hos oss", why="Veta", for_whom=[f"role:{role.pk}"]
    )
    keeping.add_step(actor=boss, programme_id=made.pk, kind="read", what="Läs rutinen", by_days=10)
    keeping.publish_programme(actor=boss, programme_id=made.pk)
    there = f"/api/v1/organisations/{register.own.pk}/introduced"

    def introduced():
        rows = Client().get(there, headers=register.headers).json()["items"]
        return {row["who"]: [one["programme"] for one in row["progress"]] for row in rows if row["progress"]}

    assert introduced() == {}
    group = f"/Groups/{role.pk}"
    assert register.patch(group, {"op": "add", "path": "members", "value": [{"value": user}]}).status_code == 200
    assert introduced() == {"Maja Ek": ["Ny hos oss"]}
    own = Client()
    own.force_login(Person.objects.get(pk=user))
    page = own.get("/introduktioner/").content.decode()
    assert ("Ny hos oss" in page, "Läs rutinen" in page) == (True, True)
    assert [notice.kind for notice in introductions_due(clock.now())] == ["introduction_begins"]
    assert register.patch(group, {"op": "remove", "path": f'members[value eq "{user}"]'}).status_code == 200
    assert introduced() == {}
