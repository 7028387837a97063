from datetime import date, timedelta

import pytest

from samordna.core import clock
from samordna.core.actor import Actor, Via
from samordna.core.errors import Absent, Invalid, Refused
from samordna.core.models import JournalEntry
from samordna.domain.organisations.access import actor_of_token, holdings_now
from samordna.domain.organisations.enums import RoleKind
from samordna.domain.organisations.models import ApiToken, Holding, Organisation, Person
from samordna.domain.organisations.number import fault, written
from samordna.domain.organisations.operations import (
    appoint_deputy,
    close_role,
    end_holding,
    give_role,
    make_api_token,
    open_role,
    register_organisation,
    register_person,
    revoke_api_token,
)
from samordna.domain.organisations.queries import colleagues, holder_names, organisation_page, who_held
from tests import factories as f
from tests.factories import NOW

pytestmark = pytest.mark.django_db
TODAY = clock.day(NOW)
HOST = Actor.command("setting up")


def administrator(of: Organisation) -> Actor:
    return f.actor(of, RoleKind.ADMINISTRATOR)


@pytest.mark.parametrize("number", ["212000-0142", "2120000142", "16212000-0142", "202100 5489", "556036-0793"])
def test_numbers_with_a_right_check_digit_are_accepted_as_people_write_them(number):
    assert fault(written(number)) == ""


@pytest.mark.parametrize("number", ["212000-0143", "212000-014", "abc", "811218-9876", "21²000-0142", "٢١٢٠٠٠-٠١٤٢"])
def test_numbers_that_are_wrong_are_told_why(number):
    assert fault(written(number)).endswith((".", "?"))


def test_every_single_slip_of_a_digit_is_caught():
    right = "2120000142"
    for place in range(10):
        for digit in "0123456789":
            if digit != right[place]:
                assert fault(written(right[:place] + digit + right[place + 1 :]))


def test_the_host_registers_the_first_organisation_and_its_administrator():
    own = register_organisation(actor=HOST, name="Havsnäs kommun", kind="municipality", number="2120000142", at=NOW)
    role = open_role(actor=HOST, organisation_id=own.pk, name="Administratör", kind="administrator", at=NOW)
    held = give_role(actor=HOST, role_id=role.pk, name="Maja Ek", email="Maja@Example.se", at=NOW)
    assert own.number == "212000-0142"
    assert held.person.email == "maja@example.se"
    actions = list(JournalEntry.objects.order_by("sequence").values_list("action", flat=True))
    assert actions == ["organisation_registered", "role_opened", "person_registered", "role_given"]


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("name", {"name": ""}),
        ("kind", {"kind": "kingdom"}),
        ("number", {"number": "212000-0143"}),
        ("area_code", {"area_code": "123"}),
        ("inhabitants", {"inhabitants": -1}),
    ],
)
def test_an_organisation_that_cannot_be_used_is_told_by_field(field, changes):
    with pytest.raises(Invalid) as invalid:
        register_organisation(**{"actor": HOST, "name": "Havsnäs", "kind": "municipality", "at": NOW} | changes)
    assert list(invalid.value.fields) == [field]


def test_a_number_is_registered_once():
    f.organisation("Storstad", number="212000-0142")
    with pytest.raises(Invalid, match="Storstad"):
        register_organisation(actor=HOST, name="Havsnäs", kind="municipality", number="2120000142", at=NOW)


def test_only_the_own_administrator_administers():
    own = f.organisation()
    for stranger in (f.actor(own, RoleKind.MANAGER), administrator(f.organisation())):
        with pytest.raises(Refused):
            open_role(actor=stranger, organisation_id=own.pk, name="Chef", kind="manager", at=NOW)
        with pytest.raises(Refused):
            register_organisation(actor=stranger, name="Del", kind="board", parent_id=own.pk, at=NOW)
        with pytest.raises(Refused):
            register_person(actor=stranger, organisation_id=own.pk, name="Maja", at=NOW)
    with pytest.raises(Absent):
        open_role(actor=Actor.nobody(), organisation_id=own.pk, name="Chef", kind="manager", at=NOW)


def test_nobody_holds_the_same_role_twice_at_the_same_time():
    own = f.organisation()
    role, person = f.role(own), f.person()
    given = {"actor": administrator(own), "role_id": role.pk, "person_id": person.pk, "at": NOW}
    give_role(**given, valid_from=TODAY, valid_to=TODAY + timedelta(days=10))
    for first, last in ((0, 1), (9, None), (-5, 1), (-5, None), (3, 4)):
        ends = TODAY + timedelta(days=last) if last else None
        with pytest.raises(Invalid):
            give_role(**given, valid_from=TODAY + timedelta(days=first), valid_to=ends)
    give_role(**given, valid_from=TODAY + timedelta(days=10))
    give_role(**given, valid_from=TODAY - timedelta(days=5), valid_to=TODAY)
    assert Holding.objects.filter(role=role).count() == 3


def test_a_role_is_given_to_somebody_known_by_address_or_somebody_new_but_not_to_nobody():
    own = f.organisation()
    role, known = f.role(own), f.person(email="maja@example.se")
    given = {"actor": administrator(own), "role_id": role.pk, "at": NOW}
    assert give_role(**given, name="Annat namn", email="MAJA@example.se").person == known
    assert give_role(**given, name="Utan adress").person.email is None
    for nobody, field in (({}, "name"), ({"person_id": "nobody"}, "person_id"), ({"name": "A", "email": "a@"}, "email")):
        with pytest.raises(Invalid) as invalid:
            give_role(**given, **nobody)
        assert list(invalid.value.fields) == [field]
    with pytest.raises(Invalid):
        register_person(actor=given["actor"], organisation_id=own.pk, name="Maja", email="maja@EXAMPLE.se", at=NOW)


def test_the_holder_appoints_a_deputy_without_an_administrator():
    own = f.organisation()
    held, deputy = f.holding(own, RoleKind.MANAGER), f.person("Olle")
    actor = f.actor_of(held)
    week = {"valid_from": TODAY, "valid_to": TODAY + timedelta(days=7)}
    appoint_deputy(actor=actor, holding_id=held.pk, person_id=deputy.pk, at=NOW, **week)
    assert [row.role for row in holdings_now(deputy, NOW)] == [held.role]
    assert not holdings_now(deputy, NOW + timedelta(days=7)).exists()
    made = Holding.objects.get(person=deputy)
    with pytest.raises(Refused):
        appoint_deputy(actor=f.actor_of(made), holding_id=made.pk, person_id=f.person().pk, at=NOW, **week)


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("valid_to", {"valid_to": None}),
        ("valid_to", {"valid_to": date(2027, 2, 1)}),
        ("valid_from", {"valid_from": date(2025, 12, 31)}),
        ("person_id", {"person_id": "nobody"}),
    ],
)
def test_a_deputy_stands_in_within_the_holding(field, changes):
    held = f.holding(f.organisation(), RoleKind.MANAGER, valid_to=date(2027, 1, 1))
    given = {"actor": f.actor_of(held), "holding_id": held.pk, "person_id": f.person().pk, "at": NOW}
    given |= {"valid_from": TODAY, "valid_to": TODAY + timedelta(days=7)}
    with pytest.raises(Invalid) as invalid:
        appoint_deputy(**given | changes)
    assert list(invalid.value.fields) == [field]


def test_nobody_is_their_own_deputy_or_appoints_for_others():
    own = f.organisation()
    held = f.holding(own, RoleKind.MANAGER)
    given = {"holding_id": held.pk, "valid_to": TODAY + timedelta(days=7), "at": NOW}
    with pytest.raises(Invalid):
        appoint_deputy(actor=f.actor_of(held), person_id=held.person_id, **given)
    with pytest.raises(Refused):
        appoint_deputy(actor=f.actor(own, RoleKind.MANAGER), person_id=f.person().pk, **given)


def test_an_ended_holding_ends_rights_the_same_day_and_leaves_history():
    own = f.organisation()
    held = f.holding(own, RoleKind.MANAGER)
    end_holding(actor=f.actor_of(held), holding_id=held.pk, at=NOW)
    assert not holdings_now(held.person, NOW).exists()
    assert who_held(held.role_id, TODAY - timedelta(days=1)) == (held.person.name,)
    assert holder_names([held.role_id], TODAY) == {held.role_id: ()}
    with pytest.raises(Refused):
        end_holding(actor=administrator(own), holding_id=held.pk, at=NOW)


def test_closing_a_role_ends_its_holdings_and_refuses_what_lies_ahead():
    own = f.organisation()
    held = f.holding(own, RoleKind.MANAGER)
    later = f.holding(own, role=held.role, valid_from=TODAY + timedelta(days=5))
    given = {"actor": administrator(own), "role_id": held.role_id, "at": NOW}
    with pytest.raises(Invalid):
        close_role(**given, valid_to=TODAY + timedelta(days=5))
    close_role(**given, valid_to=TODAY + timedelta(days=6))
    assert {Holding.objects.get(pk=each.pk).valid_to for each in (held, later)} == {TODAY + timedelta(days=6)}
    with pytest.raises(Refused):
        close_role(**given, valid_to=TODAY + timedelta(days=7))


def test_a_page_shows_vacancies_deputies_and_history_of_any_day():
    own = f.organisation()
    held = f.holding(own, RoleKind.MANAGER, valid_to=date(2026, 8, 1))
    stands_in = {"deputy_of": held, "valid_from": date(2026, 6, 1), "valid_to": date(2026, 7, 1)}
    Holding.objects.create(role=held.role, person=f.person(), kind="deputy", **stands_in)
    reader = f.actor(f.organisation())
    spring, summer, autumn = (organisation_page(reader, own.pk, NOW, date(2026, m, 1)).roles[0] for m in (5, 6, 9))
    assert (spring.vacant, spring.deputised) == (False, False)
    assert (summer.vacant, summer.deputised) == (False, True)
    assert (autumn.vacant, len(autumn.earlier)) == (True, 2)


def test_colleagues_are_those_with_a_role_here():
    own = f.organisation()
    reader = f.actor(own)
    f.holding(own, valid_to=date(2026, 2, 1))
    f.holding(f.organisation())
    assert [person for person, _ in colleagues(reader, own.pk, NOW)] == [reader.person_id]


def test_a_key_acts_as_its_holding_until_it_ends_in_any_way():
    held = f.holding(f.organisation(), RoleKind.MANAGER)
    actor = f.actor_of(held)
    issued = make_api_token(actor=actor, label="Rapport", days=10, at=NOW)
    assert issued.secret not in str(ApiToken.objects.values())
    acting = actor_of_token(issued.secret, NOW)
    assert acting is not None
    assert (acting.via, acting.holding_id, acting.may_write) == (Via.TOKEN, held.pk, False)
    assert actor_of_token(issued.secret, NOW + timedelta(days=10)) is None
    with pytest.raises(Refused):
        make_api_token(actor=acting, label="Barn", at=NOW)
    revoke_api_token(actor=actor, token_id=issued.token.pk, at=NOW)
    assert actor_of_token(issued.secret, NOW) is None
    with pytest.raises(Refused):
        revoke_api_token(actor=actor, token_id=issued.token.pk, at=NOW)


@pytest.mark.parametrize(("field", "changes"), [("days", {"days": 0}), ("days", {"days": 367}), ("label", {"label": " "})])
def test_a_key_that_cannot_be_made_is_told_by_field(field, changes):
    with pytest.raises(Invalid) as invalid:
        make_api_token(**{"actor": f.actor(f.organisation()), "label": "Rapport", "at": NOW} | changes)
    assert list(invalid.value.fields) == [field]


def test_text_that_is_too_long_or_cannot_be_stored_is_refused():
    own = f.organisation()
    given = {"actor": administrator(own), "organisation_id": own.pk, "kind": "officer", "at": NOW}
    for changes in ({"name": "x" * 121}, {"name": "x\x00y"}, {"name": "x", "purpose": "y" * 10_001}):
        with pytest.raises(Invalid):
            open_role(**given | changes)
    assert Person.objects.count() == 1
