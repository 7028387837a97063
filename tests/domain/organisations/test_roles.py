"""Roles: their words, what rests on them, closing them, and deputies that reach no further than whom they stand in for."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Absent, Forbidden, Invalid, Refused
from samordna.domain.agreements.enums import DocumentKind
from samordna.domain.agreements.models import Agreement
from samordna.domain.collaborations.models import Mandate
from samordna.domain.organisations import standing
from samordna.domain.organisations.access import actor_of, organisation_for
from samordna.domain.organisations.contacts import contact_paths
from samordna.domain.organisations.enums import RoleKind
from samordna.domain.organisations.models import Holding
from samordna.domain.organisations.operations import (
    appoint_deputy,
    close_role,
    describe_member,
    describe_role,
    end_holding,
    let_member_leave,
    let_member_return,
    open_contact_path,
)
from samordna.domain.organisations.role_pages import role_page, then_and_now
from tests import factories as f
from tests.domain.collaborations.setting import setting
from tests.factories import NOW

pytestmark = pytest.mark.django_db
TODAY = clock.day(NOW)


def days(count):
    return TODAY + timedelta(days=count)


def test_a_role_has_purpose_responsibilities_and_authority_of_its_own():
    own = f.organisation()
    role, administrator = f.role(own), f.actor(own, RoleKind.ADMINISTRATOR)
    words = {"name": "Vårdsamordnare", "purpose": "Hålla ihop", "responsibilities": "Kallar", "authority": "Får boka"}
    describe_role(actor=administrator, role_id=role.pk, **words, at=NOW)
    page = role_page(f.actor(f.organisation()), role.pk, NOW)
    said = (page.now.name, page.now.purpose, page.now.responsibilities, page.now.authority)
    assert said == tuple(words.values())
    with pytest.raises(Refused, match=r"already|redan"):
        describe_role(actor=administrator, role_id=role.pk, **words, at=NOW)
    with pytest.raises(Forbidden):
        describe_role(actor=f.actor(own, RoleKind.MANAGER), role_id=role.pk, **words, at=NOW)
    with pytest.raises(Invalid) as wrong:
        describe_role(actor=administrator, role_id=role.pk, name=" ", authority="x" * 10_001, at=NOW)
    assert set(wrong.value.fields) == {"name", "authority"}


def test_who_it_was_then_and_who_it_is_now():
    own = f.organisation()
    first = f.holding(own, valid_to=days(-10))
    second = f.holding(own, role=first.role, valid_from=days(-10))
    page = role_page(f.actor(own), first.role_id, NOW, days(-11))
    assert [each.name for each in page.then.holders] == [first.person.name]
    assert [each.name for each in page.now.holders] == [second.person.name]
    assert page.changed
    both = then_and_now([first.role_id], days(-11), TODAY)[first.role_id]
    assert (both.then, both.now, both.same) == ((first.person.name,), (second.person.name,), False)


def test_a_role_with_tasks_closes_only_when_another_takes_them_over():
    world = setting()
    role, own = world.collaboration.coordinator_role, world.collaboration.host
    administrator = f.actor(own, RoleKind.ADMINISTRATOR)
    Mandate.objects.all().delete()
    path = open_contact_path(actor=administrator, role_id=role.pk, topic="Samverkan", how="Ring", at=NOW)
    path.valid_from = days(-5)
    path.save()
    closing = {"actor": administrator, "role_id": role.pk, "at": NOW}
    with pytest.raises(Refused, match="Samverkan"):
        close_role(**closing)
    with pytest.raises(Invalid) as wrong:
        close_role(**closing, hand_over_to=f.role(f.organisation(), RoleKind.COORDINATOR).pk)
    assert set(wrong.value.fields) == {"hand_over_to"}
    with pytest.raises(Refused, match=r"coordinator|samordnare"):
        close_role(**closing, hand_over_to=f.role(own, RoleKind.OFFICER).pk)
    other = f.role(own, RoleKind.COORDINATOR)
    close_role(**closing, hand_over_to=other.pk)
    world.collaboration.refresh_from_db()
    assert world.collaboration.coordinator_role == other
    assert [(row.role_id, row.valid_from) for row in contact_paths([own.pk], TODAY)] == [(other.pk, TODAY)]
    assert [row.role_id for row in contact_paths([own.pk], days(-1))] == [role.pk]
    assert not Agreement.objects.filter(responsible_role=role).exists()


def test_a_role_that_holds_a_mandate_waits_for_its_giver():
    world = setting()
    Mandate.objects.create(
        collaboration=world.collaboration,
        form="lent",
        giver=f.organisation("Givarnäs"),
        holder_role=world.collaboration.coordinator_role,
        wording="Får bestämma",
        source="Avtal",
        valid_from=f.START,
    )
    own = world.collaboration.host
    to = f.role(own, RoleKind.COORDINATOR).pk
    with pytest.raises(Refused, match=r"Givarnäs|cannot see|inte kan se"):
        close_role(
            actor=f.actor(own, RoleKind.ADMINISTRATOR),
            role_id=world.collaboration.coordinator_role_id,
            hand_over_to=to,
            at=NOW,
        )


def test_the_last_role_that_administers_does_not_close():
    own = f.organisation()
    administrator = f.actor(own, RoleKind.ADMINISTRATOR)
    with pytest.raises(Refused, match=r"Nobody|ingen"):
        close_role(actor=administrator, role_id=administrator.role_id, at=NOW)
    other, closing = f.role(own, RoleKind.ADMINISTRATOR), {"actor": administrator, "role_id": administrator.role_id}
    ending = {"actor": administrator, "holding_id": administrator.holding_id, "at": NOW}
    for act in (
        lambda: close_role(**closing, valid_to=days(1), at=NOW),  # the other role is vacant
        lambda: end_holding(**ending),
        lambda: end_holding(**ending, valid_to=days(30)),
        lambda: let_member_leave(actor=administrator, organisation_id=own.pk, person_id=administrator.person_id, at=NOW),
    ):
        with pytest.raises(Refused, match=r"Nobody|Ingen"):
            act()
    f.holding(own, role=other, valid_from=days(10))
    standing_in = {"holding_id": administrator.holding_id, "person_id": f.person().pk}
    appoint_deputy(actor=administrator, **standing_in, valid_to=days(30), at=NOW)
    with pytest.raises(Refused, match=r"Nobody|Ingen"):
        end_holding(**ending, valid_to=days(5))
    end_holding(**ending, valid_to=days(10))
    close_role(**closing, valid_to=days(11), at=NOW)


def test_an_old_copy_of_a_membership_overwrites_nothing():
    own = f.organisation()
    administrator, person = f.actor(own, RoleKind.ADMINISTRATOR), f.holding(own).person
    given = {"actor": administrator, "organisation_id": own.pk, "person_id": person.pk}
    describe_member(**given, name="Maja Ek", register_id="e-1", at=NOW)
    with CaptureQueriesContext(connection) as seen:
        describe_member(**given, name="Maja Ek", register_id="e-2", at=NOW)
        let_member_leave(**given, at=NOW)
        let_member_return(**given, at=NOW)
    written = [each["sql"] for each in seen if each["sql"].startswith('UPDATE "organisations_membership"')]
    assert [("active" in sql, "register_id" in sql) for sql in written] == [(False, True), (True, False), (True, False)]


def test_what_a_reader_may_not_see_is_mentioned_to_the_administrator_alone():
    world = setting()
    role = world.collaboration.coordinator_role
    Agreement.objects.create(
        collaboration=world.collaboration, name="Hemlig", responsible_role=role, started_at=NOW, kind=DocumentKind.ROUTINE
    )
    hidden = [task.hidden for task in role_page(f.actor(role.organisation, RoleKind.ADMINISTRATOR), role.pk, NOW).tasks]
    assert hidden.count(True) == 2
    assert role_page(f.actor(f.organisation()), role.pk, NOW).tasks == ()
    assert len(role_page(world.manager, role.pk, NOW).tasks) == 2


def test_a_deputy_leaves_when_whom_it_stands_in_for_does():
    own = f.organisation()
    held, colleague = f.holding(own, RoleKind.MANAGER), f.person()
    deputy = appoint_deputy(actor=actor_of(held), holding_id=held.pk, person_id=colleague.pk, valid_to=days(30), at=NOW)
    standing_in = actor_of(deputy)
    organisation_for(standing_in, own.pk, at=NOW + timedelta(days=3))
    end_holding(actor=actor_of(held), holding_id=held.pk, valid_to=days(2), at=NOW)
    with pytest.raises(Absent):
        organisation_for(standing_in, own.pk, at=NOW + timedelta(days=3))
    page = role_page(f.actor(own), held.role_id, NOW, days(3))
    assert page.then.vacant
    assert [each.valid_to for each in page.then.earlier] == [days(2), days(2)]


class DeputyNeverWider(TestCase):
    """Whatever days are chosen, and whenever the principal leaves: a deputy's days are among the principal's."""

    @settings(max_examples=40, deadline=None)
    @given(
        own=st.tuples(st.integers(-20, 0), st.integers(1, 20)),
        asked=st.tuples(st.integers(-30, 20), st.integers(-10, 40)),
        left=st.none() | st.integers(-10, 20),
    )
    def test_every_day(self, own, asked, left):
        held = f.holding(f.organisation(), valid_from=days(own[0]), valid_to=days(own[1]))
        given = {"valid_from": days(asked[0]), "valid_to": days(asked[1])}
        try:
            deputy = appoint_deputy(actor=actor_of(held), holding_id=held.pk, person_id=f.person().pk, **given, at=NOW)
        except Invalid:
            return
        if left is not None and own[0] < left < own[1]:
            end_holding(actor=actor_of(held), holding_id=held.pk, valid_to=days(left), at=NOW)
        for day in map(days, range(-31, 42)):
            running = set(Holding.objects.on(day).values_list("pk", flat=True))
            assert deputy.pk not in running or held.pk in running


def test_the_same_reason_why_something_stays_is_said_once_however_the_kinds_come(monkeypatch):
    one, other = "Den följer beslutet.", "Den följer personen."
    stays = {"a": [one, ""], "b": [other], "c": [one, "", other]}
    kinds = {
        name: standing.TaskKind(
            tasks=lambda _actor, _role, _at, name=name: [
                standing.RoleTask(what=f"{name}{number}", stays=why) for number, why in enumerate(stays[name])
            ],
            hand_over=lambda *_said: None,
        )
        for name in stays
    }
    monkeypatch.setattr(standing, "KINDS", kinds)
    found = standing.tasks_of(Actor.command("a test"), "role", f.NOW)
    assert [task.what for task in found] == ["a1", "c1", "a0", "c0", "b0", "c2"], "by reason, else as they came"
    shown = render_to_string("organisations/tasks.html", {"tasks": found})
    assert (shown.count(one), shown.count(other)) == (1, 1)
