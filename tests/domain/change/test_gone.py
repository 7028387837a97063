"""Whoever has a step leaves, or the collaboration is closed: nothing waits for somebody who may not do it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from samordna.core import clock
from samordna.core.errors import Absent, Forbidden, Refused
from samordna.domain.change import operations as do
from samordna.domain.change.access import chain_for, visible_chains
from samordna.domain.change.enums import Step
from samordna.domain.change.queries.board import board_page, open_chains
from samordna.domain.change.queries.page import chain_page
from samordna.domain.change.queries.waiting import waiting_for
from samordna.domain.collaborations.models import Collaboration, Participation
from tests.domain.change.going import analysed, begun, planned, taken
from tests.domain.collaborations.setting import client_of, setting

pytestmark = pytest.mark.django_db


def leaves(organisation):
    today = clock.day(clock.now())
    Participation.objects.filter(organisation=organisation).update(joined_on=today - timedelta(days=99), left_on=today)


def handed(given):
    """A change need that the coordinator has handed to Storstad."""
    chain, (need,) = analysed(given, given.coordinator)
    taken(given.coordinator, need)
    do.place_need(actor=given.coordinator, need_id=need.pk, to=given.other.pk)
    return chain, need


def test_the_coordination_ends_what_an_organisation_had_that_has_left():
    given = setting()
    lead, other = given.coordinator, given.other_manager
    chain, need = handed(given)
    do.answer_need(actor=other, need_id=need.pk, answer="taken")
    change = planned(other, need)
    with pytest.raises(Forbidden):
        do.drop_change(actor=lead, change_id=change.pk, reason="Inte än")
    leaves(given.other)
    waited = open_chains(lead, clock.now())[0].waits
    assert (waited.step, waited.who, waited.role) == (Step.CHANGE, "Samordningen", "")
    assert [one.url_args for one in waiting_for(lead, clock.now())] == [(chain.pk,)]
    assert waiting_for(given.manager, clock.now()) == []
    page = chain_page(lead, chain.pk, clock.now())
    assert page.change(change.pk).acts == {"finish", "drop", "replan"}
    assert client_of(lead).get(f"/forandring/andring/{change.pk}/avsta/").status_code == 200
    with pytest.raises(Absent):
        do.drop_change(actor=other, change_id=change.pk, reason="x")
    with pytest.raises(Forbidden):
        do.drop_change(actor=given.manager, change_id=change.pk, reason="x")
    do.drop_change(actor=lead, change_id=change.pk, reason="Storstad har gått ur")
    do.place_need(actor=lead, need_id=need.pk, to="coordination")
    again = planned(lead, need)
    do.drop_change(actor=lead, change_id=again.pk, reason="Behövs inte")
    do.let_need_go(actor=lead, need_id=need.pk, reason="Behövs inte")
    do.close_chain(actor=lead, chain_id=chain.pk, outcome="Ingen gick vidare")


def test_what_was_asked_of_one_that_left_is_given_to_another_and_nobody_answers_in_its_place():
    given = setting()
    lead = given.coordinator
    chain, need = handed(given)
    leaves(given.other)
    waited = open_chains(lead, clock.now())[0].waits
    assert (waited.step, waited.who) == (Step.PLACE, "Samordningen")
    assert chain_page(lead, chain.pk, clock.now()).need(need.pk).acts == {"place", "go"}
    with pytest.raises(Refused):
        do.answer_need(actor=lead, need_id=need.pk, answer="taken")
    do.place_need(actor=lead, need_id=need.pk, to=given.own.pk)
    do.answer_need(actor=given.manager, need_id=need.pk, answer="taken")


def test_the_coordination_goes_on_with_a_shared_chain_whose_owner_has_left_and_nobody_with_its_own():
    given = setting()
    own, lead = given.manager, given.coordinator
    shared, (need,) = analysed(given, own, title="Delad")
    do.share_chain(actor=own, chain_id=shared.pk)
    private, (kept,) = analysed(given, own, title="Egen")
    leaves(given.own)
    do.let_need_go(actor=lead, need_id=need.pk, reason="Havsnäs har gått ur")
    assert chain_page(lead, shared.pk, clock.now()).acts == {"need", "turn", "close"}
    do.close_chain(actor=lead, chain_id=shared.pk, outcome="Ingen gick vidare")
    assert visible_chains(own).get().pk == private.pk, "its own it may still read"
    page = chain_page(own, private.pk, clock.now())
    assert (page.acts, page.need(kept.pk).acts, page.waits) == (frozenset(), frozenset(), ())
    assert client_of(own).get(f"/forandring/{private.pk}/").status_code == 200
    assert open_chains(own, clock.now()) == ()
    resting = board_page(own, clock.now(), {}).closed
    assert [(one.title, one.closed_on, bool(one.rests)) for one in resting] == [("Egen", None, True)]
    assert "Organisationen gick ur samverkan dessförinnan." in client_of(own).get("/forandring/").content.decode()
    with pytest.raises(Absent):
        do.let_need_go(actor=own, need_id=kept.pk, reason="x")
    for stranger in (lead, given.other_manager, given.superior_manager):
        assert private not in visible_chains(stranger)
        with pytest.raises(Absent):
            chain_for(stranger, private.pk)
        with pytest.raises(Absent):
            do.let_need_go(actor=stranger, need_id=kept.pk, reason="x")


def test_a_chain_in_a_closed_collaboration_is_neither_late_nor_pressed():
    given = setting()
    chain, (need,) = analysed(given, given.manager)
    taken(given.manager, need)
    begun(given, given.coordinator, title="Samordnad")
    assert len(open_chains(given.manager, clock.now())) == 2
    Collaboration.objects.filter(pk=given.collaboration.pk).update(state="closed")
    assert open_chains(given.manager, clock.now() + timedelta(days=60)) == ()
    page = chain_page(given.manager, chain.pk, clock.now())
    assert (page.acts, page.need(need.pk).acts, page.waits) == (frozenset(), frozenset(), ())
    seen = client_of(given.manager).get("/forandring/").content.decode()
    assert seen.count("Samverkan avslutades dessförinnan.") == 2
