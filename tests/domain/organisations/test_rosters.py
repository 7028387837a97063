"""Roles and people as a file: the round trip is exact, the preview tells all, and what is wrong is said row by row."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from samordna.core import clock
from samordna.core.errors import Forbidden, Invalid
from samordna.core.models import JournalEntry
from samordna.domain.organisations.enums import RoleKind
from samordna.domain.organisations.members import person_with_id
from samordna.domain.organisations.models import ExternalId, Holding, Membership, Person, Role
from samordna.domain.organisations.operations import (
    end_external_id,
    record_external_id,
    take_in_person,
    take_in_roster,
)
from samordna.domain.organisations.rosters import plan_roster, read_roster, roster_file
from tests import factories as f
from tests.factories import NOW

pytestmark = pytest.mark.django_db
TODAY = clock.day(NOW)
ROLE_HEAD = ["#Roller", "Roll", "Vad rollen är till för", "Syfte", "Ansvar", "Befogenheter"]
PEOPLE_HEAD = ["#Personer", "Namn", "E-postadress", "Roll", "Hur rollen innehas", "Från och med", "Till, men inte med"]
PEOPLE_HEAD += ["Id i eget register", "HSA-id", "orgAffiliation"]


def file(roles=(), people=()):
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";")
    writer.writerows(
        [ROLE_HEAD, *(["Roller", *row] for row in roles), PEOPLE_HEAD, *(["Personer", *row] for row in people)]
    )
    return buffer.getvalue().encode()


def taken(administrator, own, content):
    return take_in_roster(
        actor=administrator, organisation_id=own.pk, lines=read_roster(content), document="fil.csv", at=NOW
    )


@pytest.fixture
def own():
    return f.organisation("Havsnäs", number="212000-0142")


@pytest.fixture
def administrator(own):
    return f.actor(own, RoleKind.ADMINISTRATOR)


def test_a_file_opens_roles_takes_people_in_and_gives_them_roles(own, administrator):
    content = file(
        [["Socialchef", "Chef", "Leda", "Budget", "Lokaler"], ["Vårdsamordnare", "", "", "", ""]],
        [
            ["Maja Ek", "Maja.Ek@Example.se", "Socialchef", "", "2026-02-01", "", "e-17", "se2120000142-ab12", ""],
            ["Maja Ek", "maja.ek@example.se", "vårdsamordnare", "Tillförordnad", "2026-12-01", "2027-03-01", "", "", ""],
            ["Omar Al", "", "Vårdsamordnare", "", "", "", "", "", "omar@2120000142"],
        ],
    )
    plan = plan_roster(administrator, own.pk, read_roster(content), NOW)
    assert plan.faults == ()
    assert Role.objects.filter(organisation=own).count() == 1
    done = taken(administrator, own, content)
    assert [step.sentence for step in done.steps] == [step.sentence for step in plan.steps]
    maja = Person.objects.get(email="maja.ek@example.se")
    held = {(h.role.name, h.kind, h.valid_from, h.valid_to) for h in maja.holdings.all()}
    assert held == {
        ("Socialchef", "ordinary", date(2026, 2, 1), None),
        ("Vårdsamordnare", "acting", date(2026, 12, 1), date(2027, 3, 1)),
    }
    assert person_with_id("hsa_id", "SE2120000142-AB12") == maja
    assert Membership.objects.get(person=maja).register_id == "e-17"
    assert Role.objects.get(name="Socialchef").authority == "Lokaler"
    again = plan_roster(administrator, own.pk, read_roster(content), NOW)
    assert (again.steps, again.faults) == ((), ())


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_what_is_fetched_says_what_is_so(own, administrator, form):
    f.role(own, RoleKind.MANAGER, name="=Chef; \"för\" 'allt'", responsibilities="Rad ett\nRad två", authority="-5")
    held = f.holding(own, RoleKind.OFFICER, valid_to=date(2027, 1, 1))
    f.holding(own, role=held.role, person=held.person, valid_from=date(2027, 6, 1))
    record_external_id(
        actor=administrator,
        organisation_id=own.pk,
        person_id=held.person_id,
        kind="org_affiliation",
        value="x@2120000142",
        at=NOW,
    )
    plan = plan_roster(administrator, own.pk, read_roster(roster_file(administrator, own.pk, NOW, form)), NOW)
    assert (plan.steps, plan.faults, plan.same > 3) == ((), (), True)


def test_what_is_wrong_is_told_by_row_and_what_is_right_is_done(own, administrator):
    f.holding(own, person=f.person("Har Redan", email="har@example.se"), role=f.role(own, name="Bakjour"))
    rows = [
        ["", "a@example.se", "Bakjour", "", "", "", "", "", ""],
        ["Fel Adress", "inte en adress", "Bakjour", "", "", "", "", "", ""],
        ["Ny Person", "ny@example.se", "Finns inte", "", "", "", "", "", ""],
        ["Två Namn", "NY@example.se", "Bakjour", "", "", "", "", "", ""],
        ["Fel Dag", "dag@example.se", "Bakjour", "", "igår", "", "", "", ""],
        ["Bak Fram", "bak@example.se", "Bakjour", "", "2026-05-01", "2026-04-01", "", "", ""],
        ["Har Redan", "har@example.se", "Bakjour", "", "2026-06-01", "", "", "", ""],
        ["Fel Ord", "ord@example.se", "Bakjour", "lite grann", "", "", "", "", ""],
        ["Fel Id", "id@example.se", "Bakjour", "", "", "", "", "SE123", "x@5560000001"],
        ["Överlapp", "lapp@example.se", "Bakjour", "", "2026-02-01", "2026-05-01", "", "", ""],
        ["Överlapp", "lapp@example.se", "Bakjour", "", "2026-04-01", "", "", "", ""],
    ]
    plan = taken(administrator, own, file(people=rows))
    assert [(fault.row, fault.column) for fault in plan.faults] == [
        *((3, "Namn"), (4, "E-postadress"), (5, "Roll"), (6, "E-postadress"), (7, "Från och med")),
        *((8, "Till, men inte med"), (9, "Från och med"), (10, "Hur rollen innehas"), (11, "HSA-id")),
        *((11, "orgAffiliation"), (13, "Från och med")),
    ]
    assert all(fault.what and fault.todo for fault in plan.faults)
    assert Holding.objects.filter(person__email="lapp@example.se").count() == 1
    assert Holding.objects.filter(person__email="id@example.se").count() == 1
    with pytest.raises(Invalid):
        read_roster(b"nothing of ours;at all\r\n")


def test_a_file_ends_only_what_it_gives_a_day_to(own, administrator):
    held = f.holding(own, role=f.role(own, name="Bakjour"), person=f.person("Maja Ek", email="maja@example.se"))
    other = f.holding(own, role=held.role)
    taken(administrator, own, file(people=[["Maja Ek", "maja@example.se", "Bakjour", "", "", "2027-01-01", "", "", ""]]))
    held.refresh_from_db()
    other.refresh_from_db()
    assert (held.valid_to, other.valid_to) == (date(2027, 1, 1), None)


def test_an_address_that_others_know_looks_like_any_other(own, administrator):
    elsewhere = f.holding(f.organisation("Storstad"), person=f.person("Maja E", email="maja@example.se"))
    rows = [["Maja Ek", "MAJA@example.se", "", "", "", "", "", "", ""], ["Ny", "ny@example.se", "", "", "", "", "", "", ""]]
    plan = plan_roster(administrator, own.pk, read_roster(file(people=rows)), NOW)
    assert [step.sentence for step in plan.steps] == ["Tar in Maja Ek", "Tar in Ny"]
    taken(administrator, own, file(people=rows))
    assert Membership.objects.get(name="Maja Ek").person == elsewhere.person
    elsewhere.person.refresh_from_db()
    assert elsewhere.person.name == "Maja E"


def test_only_those_who_administer_see_or_take_in(own):
    with pytest.raises(Forbidden):
        roster_file(f.actor(own, RoleKind.MANAGER), own.pk, NOW, "csv")
    with pytest.raises(Forbidden):
        taken(f.actor(f.organisation(), RoleKind.ADMINISTRATOR), own, file())


def test_those_of_the_same_name_are_never_mixed_up(own, administrator):
    """What is fetched says what is so; a row that could be about more than one of them changes nothing, and says so."""
    role, other = f.role(own, name="Bakjour"), f.role(own, name="Jour")
    twins = [f.holding(own, role=role, person=f.person("Maja Ek", email=None)) for _number in range(2)]
    f.holding(own, role=other, person=twins[1].person, valid_from=date(2026, 3, 1))
    for number in (1, 2):
        f.holding(own, role=f.role(own, name="Handläggare", purpose=f"Nummer {number}"), valid_from=date(2026, 1, number))
    fetched = read_roster(roster_file(administrator, own.pk, NOW, "csv"))
    plan = plan_roster(administrator, own.pk, fetched, NOW)
    assert (plan.steps, plan.faults) == ((), ())
    ends = [
        ["Maja Ek", "", "Jour", "", "", "2027-01-01", "", "", ""],
        ["Anna", "a@example.se", "Handläggare", "", "", "", "", "", ""],
    ]
    plan = taken(administrator, own, file([["Handläggare", "", "Annat", "", ""]], ends))
    assert [(each.row, each.column) for each in plan.faults] == [(2, "Roll"), (4, "Namn"), (5, "Roll")]
    assert not Holding.objects.filter(valid_to__isnull=False).exists()
    Membership.objects.create(
        organisation=own, person=twins[1].person, name="Maja Ek", register_id="e-2", created_at=NOW, changed_at=NOW
    )
    ends[0][6] = "e-2"
    assert taken(administrator, own, file(people=ends[:1])).faults == ()
    assert Holding.objects.get(role=other).valid_to == date(2027, 1, 1)
    third = file(people=[["Maja Ek", "", "Jour", "", "", "", "e-3", "", ""]])
    assert [each.column for each in plan_roster(administrator, own.pk, read_roster(third), NOW).faults] == ["Namn"]
    Membership.objects.create(
        organisation=own, person=twins[0].person, name="Maja Ek", register_id="e-1", created_at=NOW, changed_at=NOW
    )
    new = [["Maja Ek", "", "Jour", "", "", "", "e-3", "", ""], ["Maja Ek", "", "Bakjour", "", "", "", "e-3", "", ""]]
    assert taken(administrator, own, file(people=new)).faults == ()
    made = Membership.objects.get(register_id="e-3").person
    assert (made.holdings.count(), made.pk in {each.person_id for each in twins}) == (2, False)
    told = JournalEntry.objects.filter(subject_id=made.pk).values_list("action", flat=True)
    assert set(told) == {"person_registered", "person_described"}


def test_no_row_stops_the_others_and_each_says_what_is_wrong_with_it(own, administrator):
    role, elsewhere = f.role(own, name="Bakjour"), f.organisation()
    deputy = f.person("Ersättare", email="er@example.se")
    held = f.holding(own, role=role, person=f.person("Maja", email="m@example.se"), valid_to=date(2027, 1, 1))
    Holding.objects.create(
        role=role, person=deputy, kind="deputy", deputy_of=held, valid_from=f.START, valid_to=held.valid_to
    )
    f.holding(own, role=role, person=f.person("Före", email="fo@example.se"), valid_to=date(2026, 5, 1))
    used = {"kind": "hsa_id", "value": "SE2120000142-UT", "issuer": "Annan", "recorded_at": NOW}
    ExternalId.objects.create(organisation=elsewhere, person=f.person(), **used)
    me = Person.objects.get(pk=administrator.person_id)
    Role.objects.filter(pk=administrator.role_id).update(name="Administratör")
    rows = [
        ["Utlånad", "u@example.se", "", "", "", "", "", "SE2120000142-UT", ""],
        ["Ett", "ett@example.se", "", "", "", "", "e-1", "", ""],
        ["Två", "tva@example.se", "", "", "", "", "e-1", "", ""],
        ["Ett", "ett@example.se", "", "", "", "", "e-9", "", ""],
        ["Ersättare", "er@example.se", "Bakjour", "", "2026-12-01", "", "", "", ""],
        ["Maja", "m@example.se", "Bakjour", "", "", "2027-06-01", "", "", ""],
        ["Före", "fo@example.se", "Bakjour", "", "2026-04-01", "", "", "", ""],
        [me.name, me.email, "Administratör", "", "", "2027-06-01", "", "", ""],
    ]
    plan = taken(administrator, own, file(people=rows))
    assert [(each.row, each.column) for each in plan.faults] == [
        *((3, "HSA-id"), (5, "Id i eget register"), (6, "Id i eget register"), (7, "Från och med")),
        *((8, "Till, men inte med"), (9, "Från och med"), (10, "Till, men inte med")),
    ]
    assert {step.sentence for step in plan.steps} == {"Tar in Utlånad", "Tar in Ett"}
    rows[-1:] = [["Ny", "ny@example.se", "Administratör", "", "2027-06-01", "", "", "", ""], rows[-1]]
    assert 11 not in {each.row for each in taken(administrator, own, file(people=rows[-2:])).faults}
    assert Holding.objects.get(pk=administrator.holding_id).valid_to == date(2027, 6, 1)


def test_what_is_refused_after_all_is_told_with_its_row(own, administrator, monkeypatch):
    monkeypatch.setattr("samordna.domain.organisations.operations.rosters.plan_roster", lambda *_: plan)
    plan = plan_roster(administrator, own.pk, read_roster(file(people=[["Ny", "ny@example.se", *[""] * 7]])), NOW)
    take = {"actor": administrator, "organisation_id": own.pk, "name": "Ny", "email": "ny@example.se", "at": NOW}
    take_in_person(**take)
    with pytest.raises(Invalid) as refused:
        taken(administrator, own, file())
    assert "Personer, rad 3: " in refused.value.fields["file"]


def test_an_id_names_one_person_and_says_who_issued_it(own, administrator):
    one, other = f.holding(own).person, f.holding(own).person
    given = {"actor": administrator, "organisation_id": own.pk, "kind": "hsa_id", "at": NOW}
    made = record_external_id(**given, person_id=one.pk, value=" se2120000142-ab12 ", issuer="Inera")
    assert (made.value, made.issuer) == ("SE2120000142-AB12", "Inera")
    stranger = f.organisation(number="232100-0016")
    for wrong in ("SE2120000142-AB12", "SE2321000016-AB12", "2120000142-AB12", "SE2120000143-AB12", ""):
        with pytest.raises(Invalid):
            record_external_id(**given, person_id=other.pk, value=wrong)
    nameless = f.organisation()
    for kind, value in (("hsa_id", "SE2120000142-AB13"), ("org_affiliation", "x@2120000142")):
        for there in (stranger, nameless):
            with pytest.raises(Invalid):
                record_external_id(
                    actor=f.actor(there, RoleKind.ADMINISTRATOR),
                    organisation_id=there.pk,
                    person_id=f.holding(there).person_id,
                    kind=kind,
                    value=value,
                    at=NOW,
                )
    end_external_id(actor=administrator, external_id=made.pk, at=NOW)
    assert person_with_id("hsa_id", "SE2120000142-AB12") is None
    record_external_id(**given, person_id=other.pk, value="SE2120000142-AB12")
    assert ExternalId.objects.count() == 2


class RoundTrip(TestCase):
    """Whatever roles, names and days there are: what is fetched and taken in again changes nothing."""

    words = st.text(alphabet="abåäö=+-@;'\" \n1", max_size=12)

    @settings(max_examples=25, deadline=None)
    @given(
        roles=st.lists(st.tuples(st.sampled_from(RoleKind), words, words), max_size=4),
        days=st.lists(st.tuples(st.integers(0, 3), st.integers(1, 300), st.none() | st.integers(301, 900)), max_size=4),
    )
    def test_nothing_changes(self, roles, days):
        own = f.organisation()
        administrator = f.actor(own, RoleKind.ADMINISTRATOR)
        made = [
            f.role(own, kind, name=f"Roll {number} {name.strip()}".strip(), purpose=" ".join(purpose.split()))
            for number, (kind, name, purpose) in enumerate(roles)
        ]
        for which, first, last in days:
            if which < len(made):
                ends = date.fromordinal(f.START.toordinal() + last) if last else None
                f.holding(own, role=made[which], valid_from=date.fromordinal(f.START.toordinal() + first), valid_to=ends)
        for form in ("csv", "xlsx"):
            plan = plan_roster(administrator, own.pk, read_roster(roster_file(administrator, own.pk, NOW, form)), NOW)
            assert (plan.steps, plan.faults) == ((), ())
