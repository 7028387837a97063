"""What the queries tell, to whom."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils.translation import override

from samordna.core.actor import Actor
from samordna.core.errors import Absent, Forbidden
from samordna.domain.matters import operations as do
from samordna.domain.matters.access import condition_for
from samordna.domain.matters.enums import MatterStage
from samordna.domain.matters.models import Matter
from samordna.domain.matters.queries import matter_document, matter_page, matters_of, position_form, waiting_for
from samordna.domain.organisations.enums import RoleKind
from samordna.domain.organisations.waiting import WaitingKind
from tests import factories as f

pytestmark = pytest.mark.django_db
NOW = f.NOW


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


@pytest.fixture
def asked():
    matter = f.matter(title="Payment", answer_by=date(2026, 12, 1))
    one, other = f.position(matter), f.position(matter)
    return f.coordinator_of(matter.collaboration), matter, one, other


def test_a_representative_is_waited_for_until_the_answer_is_in(asked):
    _coordinator, matter, one, _other = asked
    actor = f.actor(one.organisation)
    item = waiting_for(actor, NOW)[0]
    assert (item.kind, item.about, item.due, item.url_args) == (
        WaitingKind.ANSWER,
        "Payment",
        date(2026, 12, 1),
        (matter.pk, one.pk),
    )
    assert waiting_for(f.actor(one.organisation, RoleKind.OFFICER), NOW) == []
    do.declare_no_conditions(actor=actor, position_id=one.pk, at=NOW)
    assert waiting_for(actor, NOW) == []


def test_a_coordinator_is_waited_for_when_there_is_something_to_do(asked):
    coordinator, _matter, one, other = asked
    assert [item.what for item in waiting_for(coordinator, NOW)] == ["Follow who has answered"]
    late = waiting_for(coordinator, NOW + timedelta(days=30))[0]
    assert (late.what, late.note) == ("Remind those who have not answered", "2 of 2 have not answered")
    for position in (one, other):
        do.declare_no_conditions(actor=f.actor(position.organisation), position_id=position.pk, at=NOW)
    assert [item.what for item in waiting_for(coordinator, NOW)] == ["Everybody has answered: go on to weighing"]
    Matter.objects.update(stage=MatterStage.DRAFT)
    assert [item.what for item in waiting_for(coordinator, NOW)] == ["Finish the matter and send it out"]
    assert waiting_for(f.actor(one.organisation), NOW) == []


def test_the_list_counts_the_heard_and_hides_drafts(asked):
    coordinator, matter, one, _other = asked
    do.declare_no_conditions(actor=f.actor(one.organisation), position_id=one.pk, at=NOW)
    f.matter(matter.collaboration, stage=MatterStage.DRAFT, title="Draft")
    reader = f.actor(one.organisation)
    assert [(row.title, row.asked, row.heard) for row in matters_of(reader, matter.collaboration_id, NOW)] == [
        ("Payment", 2, 1)
    ]
    assert {row.title for row in matters_of(coordinator, matter.collaboration_id, NOW)} == {"Payment", "Draft"}
    assert matters_of(f.actor(f.organisation()), matter.collaboration_id, NOW) == []


def test_lists_cost_the_same_however_long(asked, django_assert_max_num_queries):
    coordinator, matter, one, _other = asked
    reader = f.actor(one.organisation)
    counts = set()
    for _ in range(3):
        for actor in (coordinator, reader):
            with django_assert_max_num_queries(16) as captured:
                waiting_for(actor, NOW + timedelta(days=30))
                matters_of(actor, matter.collaboration_id, NOW)
            counts.add((actor, len(captured)))
        for _more in range(20):
            f.position(f.matter(matter.collaboration, title="More"), one.organisation)
    assert len(counts) == 2


def test_a_condition_past_its_last_day_is_no_longer_told(asked):
    coordinator, matter, one, _other = asked
    do.state_condition(
        actor=f.actor(one.organisation), position_id=one.pk, prose="P", reason="R", valid_to=date(2026, 12, 1), at=NOW
    )
    eve, day = NOW.replace(month=11, day=30), NOW.replace(month=12, day=1)
    pages = [matter_page(coordinator, matter.pk, at) for at in (eve, day)]
    assert [sum(len(position.conditions) for position in page.positions) for page in pages] == [1, 0]
    told = [matter_document(coordinator, matter.pk, at)["positions"] for at in (eve, day)]
    assert [sum(len(position["conditions"]) for position in positions) for positions in told] == [1, 0]


def test_somebody_elses_condition_is_known_but_not_theirs_to_withdraw(asked):
    coordinator, matter, one, other = asked
    condition = do.state_condition(actor=f.actor(one.organisation), position_id=one.pk, prose="P", reason="R", at=NOW)
    for actor in (f.actor(other.organisation), coordinator):
        with pytest.raises(Forbidden):
            condition_for(actor, condition.pk, NOW)
    common = do.state_common_condition(actor=coordinator, matter_id=matter.pk, prose="P", reason="R", at=NOW)
    with pytest.raises(Forbidden):
        condition_for(f.actor(one.organisation), common.pk, NOW)
    for condition_id in (condition.pk, "nosuch"):
        with pytest.raises(Absent):
            condition_for(f.actor(f.organisation()), condition_id, NOW)


def test_a_command_reads_the_whole_matter(asked):
    _coordinator, matter, one, _other = asked
    do.record_benefit(actor=f.actor(one.organisation), position_id=one.pk, low=1, likely=2, high=3, at=NOW)
    document = matter_document(Actor.command("Export for the archive"), matter.pk, NOW)
    benefits = [position["benefit"] for position in document["positions"]]
    assert {"low": 1, "likely": 2, "high": 3, "note": ""} in benefits


def test_the_form_is_filled_with_what_has_been_said(asked):
    _coordinator, matter, one, _other = asked
    aspect = f.aspect(matter)
    option = aspect.options.first().pk
    actor = f.actor(one.organisation)
    do.record_practice(actor=actor, position_id=one.pk, practices={aspect.pk: option}, note="N", at=NOW)
    do.record_costs(actor=actor, position_id=one.pk, costs={option: (1, 2, 3)}, at=NOW)
    form = position_form(actor, one.pk, NOW)
    assert (form.practices, form.costs, form.position.note) == ({aspect.pk: option}, {option: (1, 2, 3)}, "N")
    do.record_practice(actor=actor, position_id=one.pk, practices={aspect.pk: ""}, at=NOW)
    do.record_costs(actor=actor, position_id=one.pk, costs={option: (None, None, None)}, at=NOW)
    form = position_form(actor, one.pk, NOW)
    assert (form.practices, form.costs, form.position.note) == ({}, {}, "N")
