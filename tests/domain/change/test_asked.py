"""A step is asked of those who can do it, and of whoever handed it over where nobody can; however many chains there are."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samordna.core import clock
from samordna.core.errors import Invalid
from samordna.domain.change import operations as do
from samordna.domain.change.models import Change
from samordna.domain.change.queries.choices import place_choices, role_choices
from samordna.domain.change.queries.waiting import waiting_for
from samordna.domain.notices import change_due as module
from samordna.domain.notices.change_due import change_due
from samordna.domain.organisations.enums import RoleKind
from samordna.domain.organisations.models import Holding
from tests import factories as f
from tests.domain.change.going import analysed, begun, planned, taken
from tests.domain.collaborations.setting import client_of, setting

pytestmark = pytest.mark.django_db

NOBODY = "(ingen där kan svara nu)"


def told(days=22):
    """Who is reminded, so many days from now."""
    return {(one.kind, one.person_id) for one in change_due({}, clock.now() + timedelta(days=days))}


@pytest.mark.parametrize("kind", [RoleKind.OFFICER, RoleKind.ADMINISTRATOR, RoleKind.COORDINATOR])
def test_only_roles_that_can_do_it_are_offered_and_taken(kind):
    given = setting()
    own, colleague, idle = given.manager, f.actor(given.own), f.actor(given.own, kind)
    _chain, (need,) = analysed(given, own)
    taken(own, need)
    offered = {pk for pk, _label in role_choices(own, need.pk, clock.now())}
    assert offered == {own.role_id, colleague.role_id}
    with pytest.raises(Invalid) as refused:
        planned(own, need, role_id=idle.role_id)
    assert set(refused.value.fields) == {"role_id"}


def test_the_coordinations_change_is_the_coordinators_to_make():
    given = setting()
    lead = given.coordinator
    host = given.collaboration.host
    elsewhere = f.actor(host, RoleKind.MANAGER)
    _chain, (need,) = analysed(given, lead)
    taken(lead, need)
    assert [pk for pk, _label in role_choices(lead, need.pk, clock.now())] == [lead.role_id]
    with pytest.raises(Invalid):
        planned(lead, need, role_id=elsewhere.role_id)
    change = planned(lead, need)
    Change.objects.filter(pk=change.pk).update(role=elsewhere.role_id)
    assert told(28) == {("chain_late", lead.person_id)}, "planned before: who may say that it is made is asked"


def test_what_nobody_there_can_answer_stands_on_the_coordinators_own_page():
    given = setting()
    lead = given.coordinator
    empty = f.organisation("Tomma")
    f.participation(given.collaboration, empty)
    _chain, (first, second) = analysed(given, lead, needs=2)
    do.place_need(actor=lead, need_id=first.pk, to=empty.pk)
    do.place_need(actor=lead, need_id=second.pk, to=given.own.pk)
    assert [one.what for one in waiting_for(lead, clock.now())] == [
        "Svara på ett förändringsbehov: ingen där kan göra det nu"
    ]
    assert told() == {("chain_late", lead.person_id), ("chain_late", given.manager.person_id)}
    answers = f.actor(empty)
    assert waiting_for(lead, clock.now()) == []
    assert len(waiting_for(answers, clock.now())) == 1
    assert told() == {("chain_late", answers.person_id), ("chain_late", given.manager.person_id)}


def test_an_unshared_chain_is_nobodys_but_its_own():
    given = setting()
    begun(given, given.manager)
    Holding.objects.filter(pk=given.manager.holding_id).update(valid_to=clock.day(clock.now()))
    assert waiting_for(given.coordinator, clock.now()) == []
    assert told(60) == set()


def test_what_is_given_to_a_coordination_without_a_coordinator_comes_back_to_whoever_gave_it():
    given = setting()
    own = given.manager
    _chain, (need,) = analysed(given, own)
    Holding.objects.filter(pk=given.coordinator.holding_id).update(valid_to=clock.day(clock.now()))
    names = dict(place_choices(own, need.pk, clock.now()))
    assert names["coordination"].endswith(NOBODY)
    do.place_need(actor=own, need_id=need.pk, to="coordination")
    assert told() == {("chain_late", own.person_id)}


def test_the_choice_says_where_nobody_can_answer_and_the_form_shows_it():
    given = setting()
    lead = given.coordinator
    f.participation(given.collaboration, f.organisation("Tomma"))
    _chain, (need,) = analysed(given, lead)
    page = client_of(lead).get(f"/forandring/behov/{need.pk}/vems/").content.decode()
    assert f"Tomma {NOBODY}" in page


def asked(n):
    """The questions that reminders of so many chains take, with how many they are."""
    given = setting()
    for number in range(n):
        _chain, (need,) = analysed(given, given.coordinator, title=f"Kedja {number}")
        do.place_need(actor=given.coordinator, need_id=need.pk, to=given.own.pk)
    with CaptureQueriesContext(connection) as questions:
        found = list(change_due({}, clock.now() + timedelta(days=22)))
    return len(questions), len(found)


def test_reminders_take_as_many_questions_for_thirty_chains_as_for_three():
    few, found = asked(3)
    assert found == 3
    many, found = asked(30)
    assert (many, found) == (few, 33)


def test_reminders_read_a_batch_at_a_time_and_forget_nobody(monkeypatch):
    read, real = [], module._of_batch
    monkeypatch.setattr(module, "BATCH", 4)
    monkeypatch.setattr(module, "_of_batch", lambda ids, *rest: read.append(len(ids)) or real(ids, *rest))
    assert asked(11)[1] == 11
    assert read == [4, 4, 3]
