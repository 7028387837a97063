"""Inviting people to roles and organisations into collaborations: what is done, and what is refused."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils.translation import override

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Absent, Forbidden, Invalid, Refused, TooLarge
from samordna.domain.admissions import limits
from samordna.domain.admissions import operations as do
from samordna.domain.admissions.access import bearer, invitation_of
from samordna.domain.admissions.models import Invitation
from samordna.domain.admissions.queries.invitations import invited, organisation_invitations, role_invitations
from samordna.domain.admissions.queries.waiting import waiting_in
from samordna.domain.collaborations.models import Participation
from samordna.domain.collaborations.queries.crowd import crowd_of
from samordna.domain.notices.subjects import subjects_of
from samordna.domain.organisations.carrying import KINDS, things_of
from samordna.domain.organisations.enums import OrganisationKind, RoleKind
from samordna.domain.organisations.models import Holding, Membership, Organisation, Person
from samordna.domain.organisations.operations import let_member_leave, take_in_person
from tests import factories as f

pytestmark = pytest.mark.django_db
PASSWORD = "a few words in a row"


@pytest.fixture(autouse=True)
def _in_english():
    with override("en"):
        yield


@pytest.fixture
def organisation():
    return f.organisation("Askö kommun")


@pytest.fixture
def administrator(organisation):
    return f.actor(organisation, RoleKind.ADMINISTRATOR)


@pytest.fixture
def role(organisation):
    return f.role(organisation, RoleKind.MANAGER, name="Socialchef")


def token_in(issued: do.IssuedInvitation) -> str:
    return next(line for line in issued.letter.body.splitlines() if "/inbjudan/" in line).rstrip("/").rsplit("/", 1)[1]


def accept(issued: do.IssuedInvitation, actor: Actor | None = None, **given):
    found = invitation_of(token_in(issued))
    return do.accept_invitation(actor=bearer(found, actor or Actor.nobody()), invitation_id=found.pk, **given)


def test_somebody_new_gets_an_account_and_the_role(administrator, role):
    issued = do.invite_to_role(actor=administrator, role_id=role.pk, email="Karin@Asko.example", name="Karin Ek")
    held = accept(issued, name="Karin Ek", password=PASSWORD)
    assert (held.role, held.person.name, held.person.email) == (role, "Karin Ek", "karin@asko.example")
    assert held.person.check_password(PASSWORD)
    assert held.valid_from == clock.day(clock.now())
    row = role_invitations(administrator, role.organisation_id, clock.now())[0]
    assert (row.state, row.holder, row.by_other, row.may_send) == ("accepted", "Karin Ek", False, False)


def test_an_account_that_there_is_gains_the_role_and_keeps_those_it_has(administrator, role):
    other = f.holding(f.organisation("Norrdals kommun"))
    held = accept(
        do.invite_to_role(actor=administrator, role_id=role.pk, email="annan@asko.example"),
        Actor(via="session", person_id=other.person_id),
    )
    assert held.person_id == other.person_id
    assert Holding.objects.filter(person=other.person).count() == 2
    assert role_invitations(administrator, role.organisation_id, clock.now())[0].by_other


def test_a_link_opens_no_account_that_is_there(administrator, role):
    person = f.person("Karin Ek", email="karin@asko.example")
    person.set_password(PASSWORD)
    person.save()
    issued = do.invite_to_role(actor=administrator, role_id=role.pk, email="karin@asko.example")
    with pytest.raises(Refused, match="Sign in to it"):
        accept(issued, name="Someone else", password="another set of long words")
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


def test_whoever_is_registered_without_a_way_in_chooses_a_password(administrator, role):
    person = Person.objects.create_user(email="karin@asko.example", name="Karin Ek")
    held = accept(do.invite_to_role(actor=administrator, role_id=role.pk, email="karin@asko.example"), password=PASSWORD)
    assert held.person == person
    assert held.person.check_password(PASSWORD)


def test_inviting_says_the_same_whether_the_address_has_an_account_or_not(administrator, role):
    f.person(email="known@asko.example")
    at = clock.now()
    letters = [
        do.invite_to_role(actor=administrator, role_id=role.pk, email=f"{who}@asko.example", at=at).letter
        for who in ("known", "unknown")
    ]
    assert letters[0].subject == letters[1].subject
    known, unknown = ([line for line in letter.body.splitlines() if "/inbjudan/" not in line] for letter in letters)
    assert known == unknown
    rows = list(role_invitations(administrator, role.organisation_id, at))
    assert len({(row.state, row.name, row.holder, row.may_send, row.may_withdraw) for row in rows}) == 1


def test_an_address_typed_twice_is_said_to_be_invited(administrator, role):
    do.invite_to_role(actor=administrator, role_id=role.pk, email="karin@asko.example")
    with pytest.raises(Invalid) as refusal:
        do.invite_to_role(actor=administrator, role_id=role.pk, email=" KARIN@asko.example ")
    assert "Send that invitation again" in refusal.value.fields["email"]


def test_sent_again_the_earlier_link_dies_and_the_time_begins_anew(administrator, role):
    first = do.invite_to_role(actor=administrator, role_id=role.pk, email="karin@asko.example", days=1)
    later = clock.now() + timedelta(days=3)
    again = do.send_again(actor=administrator, invitation_id=first.invitation.pk, at=later)
    with pytest.raises(Absent):
        invitation_of(token_in(first))
    last = again.invitation.expires_at
    assert clock.day(last) == clock.day(later) + timedelta(days=1)
    assert clock.day(last + timedelta(seconds=1)) == clock.day(last) + timedelta(days=1), "on the whole of the day it says"
    for _time in range(limits.MOST_LETTERS - 2):
        do.send_again(actor=administrator, invitation_id=first.invitation.pk)
    with pytest.raises(Refused, match="5 times"):
        do.send_again(actor=administrator, invitation_id=first.invitation.pk)
    do.withdraw_invitation(actor=administrator, invitation_id=first.invitation.pk)
    with pytest.raises(Refused, match="5 times"):
        do.invite_to_role(actor=administrator, role_id=role.pk, email="karin@asko.example")


@pytest.mark.parametrize(
    ("after", "sentence"),
    [
        ("expired", "stopped working"),
        ("withdrawn", "withdrawn"),
        ("accepted", "accepted"),
        ("closed", "has ended"),
        ("until", "has passed"),
        ("alone", "Nobody holds the role that invited you"),
    ],
)
def test_a_link_that_no_longer_works_says_why(administrator, role, after, sentence):
    issued = do.invite_to_role(actor=administrator, role_id=role.pk, email="karin@asko.example")
    at = clock.now()
    if after == "expired":
        at += timedelta(days=15)
    elif after == "withdrawn":
        do.withdraw_invitation(actor=administrator, invitation_id=issued.invitation.pk)
    elif after == "accepted":
        accept(issued, name="Karin Ek", password=PASSWORD)
    elif after == "until":
        Invitation.objects.update(valid_to=clock.day(at))
    elif after == "alone":
        Holding.objects.filter(pk=administrator.holding_id).update(valid_to=clock.day(at))
    else:
        type(role).objects.filter(pk=role.pk).update(valid_to=clock.day(at))
    with pytest.raises(Refused, match=sentence):
        accept(issued, name="Karin Ek", password=PASSWORD, at=at)
    assert Person.objects.filter(email="karin@asko.example").count() == (after == "accepted")


def test_a_clock_that_goes_back_revives_nothing(administrator, role):
    """An invitation that was accepted or withdrawn stays so whatever the clock says."""
    issued = do.invite_to_role(actor=administrator, role_id=role.pk, email="karin@asko.example")
    do.withdraw_invitation(actor=administrator, invitation_id=issued.invitation.pk)
    with pytest.raises(Refused, match="withdrawn"):
        accept(issued, name="Karin Ek", password=PASSWORD, at=clock.now() - timedelta(days=400))


def test_only_the_link_and_the_right_administrator_reach_an_invitation(administrator, role):
    issued = do.invite_to_role(actor=administrator, role_id=role.pk, email="karin@asko.example")
    other = do.invite_to_role(actor=administrator, role_id=role.pk, email="nils@asko.example")
    wrong = bearer(other.invitation, Actor.nobody())
    with pytest.raises(Absent):
        do.accept_invitation(actor=wrong, invitation_id=issued.invitation.pk, name="x", password=PASSWORD)
    outside = f.actor(f.organisation(), RoleKind.ADMINISTRATOR)
    representative = f.actor(role.organisation)
    for stranger in (outside, representative):
        with pytest.raises(Absent):
            do.withdraw_invitation(actor=stranger, invitation_id=issued.invitation.pk)
    with pytest.raises(Forbidden):
        do.invite_to_role(actor=representative, role_id=role.pk, email="x@asko.example")


def test_a_weak_password_and_a_missing_name_are_said_at_their_fields(administrator, role):
    issued = do.invite_to_role(actor=administrator, role_id=role.pk, email="karin@asko.example")
    with pytest.raises(Invalid) as refusal:
        accept(issued, password="short")
    assert set(refusal.value.fields) == {"name", "password"}


def test_the_first_administrator_of_a_part_is_invited_once(administrator, organisation):
    part = f.organisation("Socialnämnden", kind=OrganisationKind.BOARD, parent=organisation)
    issued = do.invite_administrator(actor=administrator, organisation_id=part.pk, email="karin@asko.example")
    held = accept(issued, name="Karin Ek", password=PASSWORD)
    assert (held.role.organisation, held.role.kind) == (part, RoleKind.ADMINISTRATOR)
    with pytest.raises(Refused, match="people of its own"):
        do.invite_administrator(actor=administrator, organisation_id=part.pk, email="nils@asko.example")


def test_whoever_leaves_does_not_come_back_by_an_old_link_and_by_a_new_one_is_there_again(administrator, role):
    member = take_in_person(
        actor=administrator, organisation_id=role.organisation_id, name="Karin Ek", email="karin@asko.example"
    )
    old = do.invite_to_role(actor=administrator, role_id=role.pk, email="karin@asko.example")
    other = do.invite_to_role(actor=administrator, role_id=role.pk, email="nils@asko.example")
    let_member_leave(actor=administrator, organisation_id=role.organisation_id, person_id=member.person_id)
    with pytest.raises(Refused, match="withdrawn"):
        accept(old, password=PASSWORD)
    assert Invitation.objects.unanswered().get() == other.invitation
    accept(do.invite_to_role(actor=administrator, role_id=role.pk, email="karin@asko.example"), password=PASSWORD)
    member.refresh_from_db()
    assert (member.active, member.released_at) == (True, None)


def test_a_deputy_who_is_invited_gets_the_role_as_their_own(administrator, role):
    holder, deputy = f.holding(role.organisation, role=role), f.person()
    standing_in = {"kind": "deputy", "deputy_of": holder, "valid_to": clock.day(clock.now()) + timedelta(days=9)}
    Holding.objects.create(role=role, person=deputy, valid_from=f.START, **standing_in)
    issued = [do.invite_to_role(actor=administrator, role_id=role.pk, email=f"{n}@asko.example") for n in "ab"]
    held = accept(issued[0], Actor(via="session", person_id=deputy.pk))
    assert (held.kind, held.valid_to) == ("ordinary", None)
    assert accept(issued[1], Actor(via="session", person_id=deputy.pk)) == held, "who holds it already goes on"


# Organisations into a collaboration


@pytest.fixture
def collaboration():
    return f.collaboration()


@pytest.fixture
def coordinator(collaboration):
    return f.coordinator_of(collaboration)


def row(name: str, email: str = "", number: str = "", kind: str = "municipality") -> dict[str, str]:
    return {"name": name, "email": email, "number": number, "kind": kind}


def test_a_joining_organisation_brings_its_own_administrator(collaboration, coordinator):
    given = [row("Vida kommun", "karin@vida.example", "2120001397")]
    issued = do.invite_organisations(actor=coordinator, collaboration_id=collaboration.pk, organisations=given)
    assert not Organisation.objects.filter(name="Vida kommun").exists()
    assert not Participation.objects.filter(collaboration=collaboration).exists()
    held = accept(issued[0], name="Karin Ek", password=PASSWORD)
    assert (held.role.kind, held.role.organisation.name) == (RoleKind.ADMINISTRATOR, "Vida kommun")
    assert held.role.organisation.number == "212000-1397"
    joined = Participation.objects.get(collaboration=collaboration)
    assert (joined.organisation, joined.joined_on) == (held.role.organisation, clock.day(clock.now()))
    assert organisation_invitations(coordinator, collaboration.pk, clock.now())[0].state == "accepted"


def test_an_organisation_with_people_is_let_in_and_none_is_given_away(collaboration, coordinator):
    there = f.organisation("Askö kommun", number="212000-1397")
    f.holding(there, RoleKind.ADMINISTRATOR)
    given = [row("Askö kommun", "thief@example.se"), row("Vida kommun", "karin@vida.example")]
    issued = do.invite_organisations(actor=coordinator, collaboration_id=collaboration.pk, organisations=given)
    assert [each.invitation.organisation_name for each in issued] == ["Vida kommun"]
    assert Participation.objects.get(collaboration=collaboration).organisation == there
    with pytest.raises(Invalid) as refusal:
        accept(issued[0], name="A Thief", password=PASSWORD, organisation_number="212000-1397")
    assert "registered already" in refusal.value.fields["organisation_number"]


def test_an_organisation_with_nobody_is_looked_after_by_the_first_only(collaboration, coordinator):
    empty = f.organisation("Askö kommun", number="212000-1397")
    given = [row("Askö kommun", "a@asko.example", "212000-1397")]
    first = do.invite_organisations(actor=coordinator, collaboration_id=collaboration.pk, organisations=given)[0]
    other = f.collaboration()
    second = do.invite_organisations(
        actor=f.coordinator_of(other), collaboration_id=other.pk, organisations=[row("Askö kommun", "b@asko.example")]
    )[0]
    assert accept(first, name="A", password=PASSWORD).role.organisation == empty
    with pytest.raises(Refused, match="people of its own"):
        accept(second, name="B", password=PASSWORD)
    assert Holding.objects.get(role__organisation=empty).person.email == "a@asko.example"


def test_a_name_is_not_enough_to_be_given_what_is_registered(collaboration, coordinator):
    parent, other = f.organisation("Askö kommun"), f.organisation("Holms kommun")
    f.organisation("Socialnämnden", parent=parent)
    f.organisation("Numrerad del", parent=parent, number="212000-1397")
    for _time in range(2):
        f.organisation("Vården")
    f.holding(other, RoleKind.ADMINISTRATOR)
    given = [
        row("Socialnämnden", "a@x.example"),
        row("Numrerad del", "b@x.example", "212000-1397"),
        row("Vården", "c@x.example"),
        row("Holms kommun", "d@x.example", "212000-0142"),
        row("Två\nrader", "e@x.example"),
    ]
    with pytest.raises(Invalid) as refusal:
        do.invite_organisations(actor=coordinator, collaboration_id=collaboration.pk, organisations=given)
    said = list(refusal.value.fields.values())
    for sentence, part in zip(
        said, ("part of Askö", "part of Askö", "Several", "without this number", "one line"), strict=True
    ):
        assert part in sentence
    alone = [row("Ny nämnd", "a@x.example")]
    issued = do.invite_organisations(actor=coordinator, collaboration_id=collaboration.pk, organisations=alone)
    held = accept(issued[0], name="Karin Ek", password=PASSWORD, organisation_name="Socialnämnden")
    assert (held.role.organisation.name, held.role.organisation.parent) == ("Socialnämnden", None), "a part is no namesake"


def test_every_line_that_cannot_be_used_is_said_and_nothing_happens(collaboration, coordinator):
    taking_part = f.participation(collaboration, f.organisation("Är med")).organisation
    given = [
        row("Vida kommun", "karin@vida.example"),
        row("vida kommun", "nils@vida.example"),
        row("Holms kommun", "karin@vida.example"),
        row("", "x@example.se"),
        row("Utan adress"),
        row("Fel nummer", "y@example.se", "212000-1398"),
        row(taking_part.name, "z@example.se"),
    ]
    with pytest.raises(Invalid) as refusal:
        do.invite_organisations(actor=coordinator, collaboration_id=collaboration.pk, organisations=given)
    assert set(refusal.value.fields) == {f"line-{place}" for place in range(2, 8)}
    assert not Invitation.objects.exists()


def test_many_registered_are_let_in_with_one_press_or_none(collaboration, coordinator):
    many = [f.organisation() for _ in range(3)]
    parties = do.let_in_each(
        actor=coordinator, collaboration_id=collaboration.pk, organisation_ids=[each.pk for each in many]
    )
    assert [party.name for party in parties] == [each.name for each in many]
    with pytest.raises(Invalid):
        do.let_in_each(
            actor=coordinator, collaboration_id=collaboration.pk, organisation_ids=[f.organisation().pk, many[0].pk]
        )
    assert Participation.objects.filter(collaboration=collaboration).count() == 3
    with pytest.raises(TooLarge):
        do.let_in_each(actor=coordinator, collaboration_id=collaboration.pk, organisation_ids=[str(i) for i in range(301)])


def test_invitations_that_nobody_answered_wait_on_mitt(administrator, role, collaboration, coordinator):
    do.invite_to_role(actor=administrator, role_id=role.pk, email="karin@asko.example")
    given = [row("Vida kommun", "karin@vida.example")]
    do.invite_organisations(actor=coordinator, collaboration_id=collaboration.pk, organisations=given)
    now, later = clock.now(), clock.now() + timedelta(days=20)
    crowd = crowd_of([administrator, coordinator, f.actor(role.organisation)], now)
    assert list(waiting_in(crowd, now)) == []
    found = [(actor, item.url_name, item.about) for actor, item in waiting_in(crowd, later)]
    assert found == [
        (administrator, "invitations", "Askö kommun"),
        (coordinator, "organisation_invitations", collaboration.name),
    ]


def test_everybody_is_called_what_their_own_organisation_calls_them(administrator, role, organisation):
    """In the letter, in the list, on the invitation's page, in a notice about an address and in a reorganisation's list."""
    person = Person.objects.get(pk=administrator.person_id)
    told = {"organisation": organisation, "person": person, "created_at": f.NOW, "changed_at": f.NOW}
    Membership.objects.create(name="Kim på kommunen", **told)
    issued = do.invite_to_role(actor=administrator, role_id=role.pk, email="anna@example.se")
    assert "Kim på kommunen invites you" in issued.letter.body
    assert invited(issued.invitation, clock.now()).made_by == "Kim på kommunen"
    held = accept(issued, name="Anna Ek", password=PASSWORD)
    Membership.objects.create(name="Anna E.", **told | {"person": held.person})
    (row,) = role_invitations(administrator, organisation.pk, clock.now())
    assert (row.made_by, row.holder) == ("Kim på kommunen", "Anna E.")
    about = subjects_of(administrator, [("address", person.pk)], clock.now())
    assert [subject.title for subject in about.values()] == ["Kim på kommunen"]
    assert things_of(KINDS["external_id"], [organisation.pk], clock.day(clock.now())) == []
    assert things_of(KINDS["api_token"], [organisation.pk], clock.day(clock.now())) == []
    listed = things_of(KINDS["holding"], [organisation.pk], clock.day(clock.now()))
    assert sorted(thing.title for thing in listed) == ["Anna E.", "Kim på kommunen"]
