"""Reminders of chains go to those who may do what is waited for, for every step that is; and never stop for good."""

from __future__ import annotations

from datetime import timedelta

import pytest

from samordna.core import clock
from samordna.domain.change import operations as do
from samordna.domain.change.models import Change
from samordna.domain.change.queries.choices import place_choices
from samordna.domain.change.queries.waiting import waiting_for
from samordna.domain.collaborations.models import Participation
from samordna.domain.notices.change_due import change_due
from samordna.domain.organisations.enums import RoleKind
from tests import factories as f
from tests.domain.change.going import analysed, begun, planned, taken
from tests.domain.collaborations.setting import setting

pytestmark = pytest.mark.django_db


def told(days):
    """Who is reminded of what, so many days from now."""
    return {(one.kind, one.person_id) for one in change_due({}, clock.now() + timedelta(days=days))}


def test_a_step_that_is_forgotten_does_not_silence_another():
    given = setting()
    lead = given.coordinator
    _chain, (first, second) = analysed(given, lead, needs=2)
    later = clock.day(clock.now()) + timedelta(days=100)
    do.place_need(actor=lead, need_id=first.pk, to=given.own.pk)
    do.place_need(actor=lead, need_id=second.pk, to=given.other.pk, answer_by=later)
    own, other = given.manager.person_id, given.other_manager.person_id
    assert told(22) == {("chain_late", own)}
    assert ("chain_due", other) in told(99)
    assert ("chain_late", other) in told(107)
    long_after = told(21 + 7 * 12)
    assert {("chain_late", own), ("chain_late", lead.person_id)} <= long_after, "the coordination chases what is stale"


def test_what_is_late_for_long_is_asked_for_every_fourth_week():
    given = setting()
    begun(given, given.manager)
    keys = [{one.key for one in change_due({}, clock.now() + timedelta(days=30 + 7 * week))} for week in range(1, 21)]
    new = [week for week, now in enumerate(keys, start=1) if now - set().union(*keys[: week - 1])]
    assert new == [1, 2, 3, 4, 5, 6, 7, 8, 12, 16, 20]
    assert {key.rsplit(":", 1)[1] for now in keys for key in now} == {given.manager.person_id}, "it is not shared"


@pytest.mark.parametrize("kind", [RoleKind.OFFICER, RoleKind.ADMINISTRATOR, RoleKind.COORDINATOR])
def test_a_role_that_may_not_do_it_is_not_asked_but_those_who_may_are(kind):
    given = setting()
    own = given.manager
    _chain, (need,) = analysed(given, own)
    taken(own, need)
    idle = f.actor(given.own, kind)
    change = planned(own, need)
    Change.objects.filter(pk=change.pk).update(role=idle.role_id)  # as before only those who may were offered
    assert told(28) == {("chain_late", own.person_id)}
    at = clock.now() + timedelta(days=19)
    assert (len(waiting_for(own, at)), waiting_for(idle, at)) == (1, [])


def test_a_responsible_role_that_may_do_it_is_asked_alone():
    given = setting()
    own, colleague = given.manager, f.actor(given.own)
    _chain, (need,) = analysed(given, own)
    taken(own, need)
    planned(own, need, role_id=colleague.role_id)
    assert told(28) == {("chain_late", colleague.person_id)}


def test_the_coordination_is_asked_for_what_somebody_had_that_has_left():
    given = setting()
    lead, other = given.coordinator, given.other_manager
    _chain, (need,) = analysed(given, lead)
    do.place_need(actor=lead, need_id=need.pk, to=given.other.pk)
    do.answer_need(actor=other, need_id=need.pk, answer="taken")
    planned(other, need)
    begun(given, other, title="Egen")
    today = clock.day(clock.now())
    Participation.objects.filter(organisation=given.other).update(joined_on=today - timedelta(days=99), left_on=today)
    assert told(38) == {("chain_late", lead.person_id)}


def test_where_nobody_can_answer_that_is_said_and_the_coordination_is_reminded():
    given = setting()
    lead = given.coordinator
    empty = f.organisation("Tomma")
    f.participation(given.collaboration, empty)
    _chain, (need,) = analysed(given, lead)
    names = dict(place_choices(lead, need.pk, clock.now()))
    assert (names[given.own.pk], names[empty.pk]) == ("Havsnäs", "Tomma (ingen där kan svara nu)")
    do.place_need(actor=lead, need_id=need.pk, to=empty.pk)
    assert told(22) == {("chain_late", lead.person_id)}
