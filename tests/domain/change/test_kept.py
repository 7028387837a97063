"""What was typed, learnt and planned in a chain is kept when the chain moves on."""

from __future__ import annotations

from datetime import timedelta

import pytest

from samordna.core import clock
from samordna.domain.change import operations as do
from samordna.domain.change.models import Change, Turn
from samordna.domain.change.queries import links
from samordna.domain.change.queries.page import chain_page
from tests.domain.change.going import analysed, begun, planned, taken
from tests.domain.change.test_sources import measured
from tests.domain.collaborations.setting import client_of, setting

pytestmark = pytest.mark.django_db


def handed_over(given):
    """A change under way for a need of the coordination, that an organisation has taken on meanwhile."""
    lead = given.coordinator
    chain, (need, other) = analysed(given, lead, needs=2)
    for one in (need, other):
        taken(lead, one)
    change = planned(lead, other)
    do.place_need(actor=lead, need_id=need.pk, to=given.own.pk)
    do.answer_need(actor=given.manager, need_id=need.pk, answer="taken")
    return chain, need, change


def test_what_was_typed_stays_when_the_need_has_become_anothers_meanwhile():
    given = setting()
    _chain, need, change = handed_over(given)
    client, text = client_of(given.coordinator), "En lång text som någon skrev"
    sendings = {
        f"/forandring/behov/{need.pk}/andra/": {"what": text},
        f"/forandring/behov/{need.pk}/vems/": {"words": text},
        f"/forandring/behov/{need.pk}/svara/": {"reason": text},
        f"/forandring/behov/{need.pk}/slapp/": {"reason": text},
    }
    for address, sent in sendings.items():
        page = client.post(address, sent)
        shown = page.content.decode()
        assert (page.status_code, text in shown, "Det här gör den organisation" in shown) == (403, True, True), address
        assert client.get(address).status_code == 403
    others = client_of(given.manager)
    for act in ("klar", "avsta", "planera-om", "effekt"):
        page = others.post(f"/forandring/andring/{change.pk}/{act}/", {"words": text, "reason": text, "said": text})
        assert (page.status_code, text in page.content.decode()) == (403, True), act


def test_what_was_typed_in_a_chain_stays_when_it_is_not_ones_own():
    given = setting()
    chain = begun(given, given.coordinator)
    text = "En lång text som någon skrev"
    for act in ("vad", "orsak", "behov", "analyserad", "stang", "varv"):
        sent = dict.fromkeys(("finding", "text", "none_reason", "outcome", "said"), text)
        page = client_of(given.manager).post(f"/forandring/{chain.pk}/{act}/", sent)
        assert (page.status_code, text in page.content.decode()) == (403, True), act
    gone = {"kind": "result", "thing_id": "borta", "title": text}
    page = client_of(given.manager).post(f"/forandring/ny/{given.collaboration.pk}/", gone)
    assert (page.status_code, text in page.content.decode()) == (422, True)


def test_what_came_of_a_chain_is_kept_when_it_goes_another_turn():
    given = setting()
    lead = given.coordinator
    chain, (need,) = analysed(given, lead)
    do.let_need_go(actor=lead, need_id=need.pk, reason="Löste sig")
    do.close_chain(actor=lead, chain_id=chain.pk, outcome="Det vi lärde oss")
    do.begin_turn(actor=lead, chain_id=chain.pk, said="Igen")
    first, second = chain_page(lead, chain.pk, clock.now()).turns
    assert (first.outcome, first.closed_on, second.outcome) == ("Det vi lärde oss", clock.day(clock.now()), "")
    chain.refresh_from_db()
    assert (chain.closed_at, chain.outcome, Turn.objects.get(number=1).closed_by_id) == (None, "", lead.holding_id)
    assert "Det vi lärde oss" in client_of(given.manager).get(f"/forandring/{chain.pk}/").content.decode()


def test_a_change_that_is_made_after_the_day_of_its_measuring_gets_a_new_day():
    given = setting()
    own, today = given.manager, clock.day(clock.now())
    _chain, (need,) = analysed(given, own)
    taken(own, need)
    change = planned(own, need)
    address, client = f"/forandring/andring/{change.pk}/klar/", client_of(own)
    assert 'name="measure_on"' not in client.get(address).content.decode()
    Change.objects.update(by=today - timedelta(days=9), measure_on=today - timedelta(days=1))
    late = client.post(address, {"words": "Till slut"})
    assert (late.status_code, "Till slut" in late.content.decode()) == (422, True)
    again = today + timedelta(days=30)
    assert client.post(address, {"words": "Till slut", "measure_on": again.isoformat()}).status_code == 302
    assert Change.objects.get().measure_on == again


def test_many_chains_from_one_result_hide_none_from_another(monkeypatch):
    given = setting()
    monkeypatch.setattr(links, "MOST", 2)
    lead, indicator = given.coordinator, measured(given)
    year = clock.day(clock.now()).year - 1
    older = begun(given, lead, kind="result", thing_id=result_of(indicator), said="")
    for _n in range(4):
        begun(given, lead, kind="indicator", thing_id=indicator.pk, key=f"{year}-02", said="")
    found = [one.id for one in links.of_indicator(lead, indicator.pk, clock.now()).began]
    assert (len(found), older.pk in found) == (3, True)


def result_of(indicator):
    return indicator.results.order_by("starts_on", "pk")[0].pk
