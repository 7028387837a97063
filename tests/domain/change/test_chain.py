"""The chain from what was seen to whether it helped: whose each step is, what it waits for, and who may read it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from samordna.core import clock
from samordna.core.errors import Absent, Forbidden, Invalid, Refused, TooLarge
from samordna.core.models import JournalEntry
from samordna.domain.change import operations as do
from samordna.domain.change.access import chain_for, visible_chains
from samordna.domain.change.enums import Step
from samordna.domain.change.operations import analysing
from samordna.domain.change.queries.board import open_chains
from samordna.domain.change.queries.page import chain_page
from samordna.domain.change.queries.waiting import waiting_for
from tests.domain.change.going import analysed, begun, planned, taken
from tests.domain.collaborations.setting import setting

pytestmark = pytest.mark.django_db


def waits(actor, chain):
    found = next(one for one in open_chains(actor, clock.now()) if one.id == chain.pk)
    return found.waits.step, found.waits.who


def test_a_chain_goes_from_what_was_seen_to_whether_it_helped_and_waits_for_one_at_a_time():
    given = setting()
    own = given.manager
    chain = begun(given, own)
    assert waits(own, chain) == (Step.ANALYSE, "Havsnäs")
    with pytest.raises(Invalid) as lacking:
        do.conclude_analysis(actor=own, chain_id=chain.pk)
    assert set(lacking.value.fields) == {"finding", "none_reason"}
    do.write_finding(actor=own, chain_id=chain.pk, finding="Längst på fredagar")
    cause = do.add_cause(actor=own, chain_id=chain.pk, kind="rules", text="Rutinen är från före helgstängningen")
    need = do.add_change_need(actor=own, chain_id=chain.pk, text="En ny rutin", cause_id=cause.pk)
    with pytest.raises(Refused):
        do.remove_cause(actor=own, chain_id=chain.pk, cause_id=cause.pk)
    with pytest.raises(Refused):
        do.place_need(actor=own, need_id=need.pk, to=given.own.pk)
    do.conclude_analysis(actor=own, chain_id=chain.pk)
    assert waits(own, chain) == (Step.PLACE, "Havsnäs")
    do.place_need(actor=own, need_id=need.pk, to=given.own.pk)
    assert waits(own, chain) == (Step.PLAN, "Havsnäs")
    change = planned(own, need)
    assert waits(own, chain) == (Step.CHANGE, "Havsnäs")
    with pytest.raises(Refused):
        do.close_chain(actor=own, chain_id=chain.pk, outcome="Klart")
    do.finish_change(actor=own, change_id=change.pk)
    assert waits(own, chain) == (Step.MEASURE, "Havsnäs")
    again = clock.day(clock.now()) + timedelta(days=90)
    do.judge_effect(actor=own, change_id=change.pk, kind="too_early", said="Två veckor", next_on=again)
    assert next(iter(open_chains(own, clock.now()))).waits.by == again
    do.judge_effect(actor=own, change_id=change.pk, kind="worse", said="Fler väntar nu")
    assert waits(own, chain) == (Step.SETTLE, "Havsnäs")
    do.begin_turn(actor=own, chain_id=chain.pk, said="Fler väntar nu")
    assert waits(own, chain) == (Step.ANALYSE, "Havsnäs")
    do.write_finding(actor=own, chain_id=chain.pk, finding="Mätningen räknade fel")
    do.conclude_analysis(actor=own, chain_id=chain.pk, none_reason="Rättat: färre väntar")
    assert open_chains(own, clock.now()) == ()
    page = chain_page(own, chain.pk, clock.now())
    assert [len(turn.needs) for turn in page.turns] == [1, 0]
    assert page.outcome == "Rättat: färre väntar"
    assert page.acts == {"turn"}, "a closed chain may go another turn"


def test_what_is_an_organisations_own_is_its_own_until_it_is_given_to_the_coordination():
    given = setting()
    chain, (need,) = analysed(given, given.manager)
    for stranger in (given.coordinator, given.other_manager, given.superior_manager):
        assert not visible_chains(stranger).exists()
        with pytest.raises(Absent):
            chain_for(stranger, chain.pk)
        with pytest.raises(Absent):
            do.add_change_need(actor=stranger, chain_id=chain.pk, text="x")
    assert not JournalEntry.objects.filter(action__startswith="chain").exclude(collaboration_id="").exists()
    do.place_need(actor=given.manager, need_id=need.pk, to="coordination")
    for reader in (given.coordinator, given.other_manager, given.superior_manager):
        assert visible_chains(reader).get().pk == chain.pk
    assert JournalEntry.objects.filter(action="need_sent_up", collaboration_id=given.collaboration.pk).exists()
    with pytest.raises(Forbidden):
        do.answer_need(actor=given.other_manager, need_id=need.pk, answer="taken")


def test_a_need_is_answered_sent_back_refused_and_handed_on_and_everything_is_kept():
    given = setting()
    own, lead, other = given.manager, given.coordinator, given.other_manager
    chain, (need,) = analysed(given, own)
    with pytest.raises(Forbidden):
        do.place_need(actor=own, need_id=need.pk, to=given.other.pk)
    do.place_need(actor=own, need_id=need.pk, to="coordination")
    assert waits(own, chain) == (Step.ANSWER, "Samordningen")
    assert [one.url_args for one in waiting_for(lead, clock.now())] == [(chain.pk,)]
    with pytest.raises(Invalid):
        do.answer_need(actor=lead, need_id=need.pk, answer="sent_back")
    do.answer_need(actor=lead, need_id=need.pk, answer="sent_back", reason="Skriv vilka dagar")
    assert waits(own, chain) == (Step.PLACE, "Havsnäs")
    do.place_need(actor=own, need_id=need.pk, to="coordination", words="Fredagar")
    do.answer_need(actor=lead, need_id=need.pk, answer="taken")
    do.place_need(actor=lead, need_id=need.pk, to=given.other.pk)
    assert waits(own, chain) == (Step.ANSWER, "Storstad")
    do.answer_need(actor=other, need_id=need.pk, answer="refused", reason="Vi har ingen helgvård")
    assert waits(own, chain) == (Step.PLACE, "Samordningen")
    do.place_need(actor=lead, need_id=need.pk, to=given.other.pk, words="Ni har, sedan i maj")
    do.answer_need(actor=other, need_id=need.pk, answer="taken")
    change = planned(other, need)
    with pytest.raises(Forbidden):
        do.finish_change(actor=own, change_id=change.pk)
    do.drop_change(actor=other, change_id=change.pk, reason="Ingen tid")
    assert waits(own, chain) == (Step.PLAN, "Storstad")
    told = [(one.to, one.answer) for one in chain_page(own, chain.pk, clock.now()).turns[0].needs[0].placings]
    assert told == [
        ("Samordningen", "sent_back"),
        ("Samordningen", "taken"),
        ("Storstad", "refused"),
        ("Storstad", "taken"),
    ]


def test_a_change_needs_a_role_of_ones_own_a_day_to_come_and_a_way_to_see_it():
    given = setting()
    own = given.manager
    _chain, (need,) = analysed(given, own)
    with pytest.raises(Refused):
        planned(own, need)
    taken(own, need)
    today = clock.day(clock.now())
    wrong = (
        ({"role_id": given.other_manager.role_id}, "role_id"),
        ({"by": today - timedelta(days=1)}, "by"),
        ({"by": today + timedelta(days=10_000)}, "by"),
        ({"measure_on": today}, "measure_on"),
        ({"measure_text": ""}, "measure_text"),
        ({"for_the_individual": " "}, "for_the_individual"),
        ({"target_kind": "decision", "target_id": "nothing"}, "target"),
        ({"measure_kind": "indicator", "measure_id": "nothing"}, "measure"),
        ({"what": "x" * 10_001}, "what"),
        ({"what": "x\x00"}, "what"),
    )
    for fields, name in wrong:
        with pytest.raises(Invalid) as refused:
            planned(own, need, **fields)
        assert name in refused.value.fields, fields
    change = planned(own, need)
    with pytest.raises(Invalid):
        do.replan_change(actor=own, change_id=change.pk, role_id=own.role_id, by=today, measure_on=today, reason="")
    with pytest.raises(Refused):
        do.let_need_go(actor=own, need_id=need.pk, reason="x")


def test_a_coordinated_chain_is_everybodys_to_read_and_the_coordinators_to_write():
    given = setting()
    chain, (need,) = analysed(given, given.coordinator)
    assert visible_chains(given.other_manager).get().shared
    with pytest.raises(Forbidden):
        do.add_change_need(actor=given.other_manager, chain_id=chain.pk, text="x")
    do.place_need(actor=given.coordinator, need_id=need.pk, to="coordination")
    planned(given.coordinator, need)
    assert waits(given.manager, chain) == (Step.CHANGE, "Samordningen")


def test_what_somebody_had_who_takes_part_no_more_the_coordinator_sees_to():
    given = setting()
    own, lead = given.manager, given.coordinator
    chain, (need,) = analysed(given, own)
    do.place_need(actor=own, need_id=need.pk, to="coordination")
    do.answer_need(actor=lead, need_id=need.pk, answer="taken")
    do.place_need(actor=lead, need_id=need.pk, to=given.own.pk)
    do.answer_need(actor=own, need_id=need.pk, answer="taken")
    assert not waiting_for(lead, clock.now())
    given.own_part.left_on = clock.day(clock.now())
    given.own_part.save()
    assert [one.url_args for one in waiting_for(lead, clock.now())] == [(chain.pk,)]
    assert "go" in chain_page(lead, chain.pk, clock.now()).turns[0].needs[0].acts
    with pytest.raises(Forbidden):
        do.let_need_go(actor=given.other_manager, need_id=need.pk, reason="x")
    do.let_need_go(actor=lead, need_id=need.pk, reason="Havsnäs deltar inte längre")
    do.close_chain(actor=lead, chain_id=chain.pk, outcome="Avslutad")


def test_as_many_open_chains_as_there_may_be_are_counted_for_each_by_itself(monkeypatch):
    given = setting()
    monkeypatch.setattr(analysing, "MOST_OPEN", 2)
    closed = begun(given, given.manager)
    do.write_finding(actor=given.manager, chain_id=closed.pk, finding="Inget")
    do.conclude_analysis(actor=given.manager, chain_id=closed.pk, none_reason="Det var fel räknat")
    for _each in range(2):
        begun(given, given.manager)
    with pytest.raises(TooLarge):
        begun(given, given.manager)
    with pytest.raises(TooLarge):
        do.begin_turn(actor=given.manager, chain_id=closed.pk, said="Igen")
    for each in (given.other_manager, given.coordinator):
        begun(given, each)
