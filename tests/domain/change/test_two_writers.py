"""Two who act at the same time in a chain: nobody's work is undone in silence, and no ceiling holds a chain for ever."""

from __future__ import annotations

from datetime import timedelta

import pytest

from samordna.core import clock
from samordna.core.errors import Overtaken, Refused, TooLarge
from samordna.core.overtaking import fingerprint
from samordna.domain.change import operations as do
from samordna.domain.change.limits import MOST_EFFECTS, MOST_PLACINGS
from samordna.domain.change.models import Change, Turn
from samordna.domain.change.operations import changing
from samordna.domain.change.queries.board import open_chains
from samordna.domain.change.queries.page import chain_page
from tests.domain.change.going import analysed, begun, planned, taken
from tests.domain.collaborations.setting import client_of, setting

pytestmark = pytest.mark.django_db


def made(given):
    """A change that is made, with its chain and need."""
    chain, (need,) = analysed(given, given.manager)
    taken(given.manager, need)
    change = planned(given.manager, need)
    do.finish_change(actor=given.manager, change_id=change.pk)
    return chain, need, change


def looked_at_to_the_end(given):
    """The same, said to be too early as many times as it may be."""
    chain, need, change = made(given)
    later = clock.day(clock.now()) + timedelta(days=5)
    for _n in range(MOST_EFFECTS):
        do.judge_effect(actor=given.manager, change_id=change.pk, kind="too_early", said="Inte än", next_on=later)
    with pytest.raises(TooLarge):
        do.judge_effect(actor=given.manager, change_id=change.pk, kind="too_early", said="Inte än", next_on=later)
    return chain, need, change


def test_what_has_been_too_early_for_too_long_can_still_be_judged():
    given = setting()
    _chain, _need, change = looked_at_to_the_end(given)
    do.judge_effect(actor=given.manager, change_id=change.pk, kind="better", said="Färre väntar")
    assert change.effects.last().kind == "better"


def test_a_need_whose_change_can_no_longer_be_measured_is_let_go_and_the_chain_closed():
    given = setting()
    chain, need, _change = looked_at_to_the_end(given)
    assert "go" in chain_page(given.manager, chain.pk, clock.now()).need(need.pk).acts
    page = client_of(given.manager).post(f"/forandring/behov/{need.pk}/slapp/", {"reason": "Mottagningen finns inte kvar"})
    assert page.status_code == 302
    do.close_chain(actor=given.manager, chain_id=chain.pk, outcome="Gick inte att mäta")
    assert open_chains(given.manager, clock.now()) == ()


def test_a_need_handed_over_too_many_times_is_still_taken_on_by_whoever_has_it():
    given = setting()
    lead = given.coordinator
    _chain, (need,) = analysed(given, lead)
    for _n in range(MOST_PLACINGS):
        do.place_need(actor=lead, need_id=need.pk, to=given.own.pk)
    with pytest.raises(TooLarge):
        do.place_need(actor=lead, need_id=need.pk, to=given.other.pk)
    assert do.place_need(actor=lead, need_id=need.pk, to="coordination").answer == "taken"


def test_a_replanning_that_came_in_between_stands_when_the_change_is_made(monkeypatch):
    given = setting()
    own = given.manager
    _chain, (need,) = analysed(given, own)
    taken(own, need)
    change, today = planned(own, need), clock.day(clock.now())
    waited, done = changing.own_need, []

    def while_waiting_for_the_lock(actor, row, at):
        if not done:
            done.append(1)
            days = {"by": today + timedelta(days=200), "measure_on": today + timedelta(days=300)}
            do.replan_change(actor=own, change_id=change.pk, role_id=own.role_id, reason="Semester", **days)
        return waited(actor, row, at)

    monkeypatch.setattr(changing, "own_need", while_waiting_for_the_lock)
    do.finish_change(actor=own, change_id=change.pk, words="Klart")
    now = Change.objects.get(pk=change.pk)
    assert (now.measure_on, now.replanned, now.words) == (today + timedelta(days=300), "Semester", "Klart")


def test_an_effect_that_is_judged_is_not_judged_once_more():
    given = setting()
    _chain, _need, change = made(given)
    do.judge_effect(actor=given.manager, change_id=change.pk, kind="worse", said="Fler väntar")
    with pytest.raises(Refused):
        do.judge_effect(actor=given.manager, change_id=change.pk, kind="better", said="Färre väntar")
    assert change.effects.get().said == "Fler väntar"


def test_a_colleagues_words_are_shown_before_they_are_written_over():
    given = setting()
    own = given.manager
    chain = begun(given, own)
    address, client = f"/forandring/{chain.pk}/vad/", client_of(own)
    seen = client.get(address).context["form"]["seen"].value()
    do.write_finding(actor=own, chain_id=chain.pk, finding="Kollegans text")
    page = client.post(address, {"finding": "Min text", "seen": seen})
    assert (page.status_code, Turn.objects.get().finding) == (422, "Kollegans text")
    shown = page.content.decode()
    assert "Min text" in shown
    assert "Kollegans text" in shown
    again = page.context["form"]["seen"].value()
    assert client.post(address, {"finding": "Min text", "seen": again}).status_code == 302
    assert Turn.objects.get().finding == "Min text"
    with pytest.raises(Overtaken):
        do.write_finding(actor=own, chain_id=chain.pk, finding="Annat", seen=fingerprint({"finding": "Kollegans text"}))
