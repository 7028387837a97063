"""Chains from what was seen to change: the board, and one chain as it grows."""

from __future__ import annotations

from datetime import timedelta

from samordna.core.actor import Actor
from samordna.domain.change import operations as do
from samordna.domain.change.models import Change
from samordna.domain.organisations.models import Holding
from tests.browser.pages import Visit, page
from tests.domain.change.going import analysed, begun, planned, taken
from tests.domain.collaborations.setting import Setting, setting


def _visit(address: str, actor: Actor) -> Visit:
    return Visit(address=address, holding=Holding.objects.get(pk=actor.holding_id))


def _going() -> tuple[Setting, Change]:
    """A chain with a change planned, a need handed over and one that nobody has yet; another that has just begun."""
    given = setting()
    _chain, needs = analysed(given, given.coordinator, needs=3)
    taken(given.coordinator, needs[0])
    change = planned(given.coordinator, needs[0])
    do.place_need(actor=given.coordinator, need_id=needs[1].pk, to=given.own.pk, answer_by=change.by)
    begun(given, given.coordinator, title="Fler ringer jouren")
    return given, change


@page("chains of change, as the one who leads")
def chains() -> Visit:
    return _visit("/forandring/", _going()[0].coordinator)


@page("chains of change where there are none")
def no_chains() -> Visit:
    return _visit("/forandring/", setting().manager)


@page("a chain with branches")
def chain() -> Visit:
    given, change = _going()
    return _visit(f"/forandring/{change.need.turn.chain_id}/", given.coordinator)


@page("a chain whose change need waits for an answer, as the one who is asked")
def asked() -> Visit:
    given, change = _going()
    return _visit(f"/forandring/{change.need.turn.chain_id}/", given.manager)


@page("the effect of a change, to judge")
def effect() -> Visit:
    given, change = _going()
    do.finish_change(actor=given.coordinator, change_id=change.pk, words="Två planerar varje fredag")
    return _visit(f"/forandring/andring/{change.pk}/effekt/", given.coordinator)


@page("a change, to plan")
def planning() -> Visit:
    given = setting()
    _chain, needs = analysed(given, given.coordinator)
    taken(given.coordinator, needs[0])
    return _visit(f"/forandring/behov/{needs[0].pk}/andra/", given.coordinator)


@page("a chain, to begin")
def beginning() -> Visit:
    given = setting()
    return _visit(f"/forandring/ny/{given.collaboration.pk}/", given.manager)


@page("a chain with twenty change needs")
def many_needs() -> Visit:
    given = setting()
    lead = given.coordinator
    chain, needs = analysed(given, lead, needs=20)
    for number, need in enumerate(needs):
        if number % 4:
            taken(lead, need)
        if number % 4 == 3:
            planned(lead, need)
    return _visit(f"/forandring/{chain.pk}/", lead)


@page("a change need, to take further")
def raising() -> Visit:
    given, change = _going()
    return _visit(f"/forandring/behov/{change.need_id}/ta-upp/", given.coordinator)


@page("a matter that a change need is raised as")
def raising_a_matter() -> Visit:
    given, change = _going()
    return _visit(f"/forandring/behov/{change.need_id}/ta-upp/arende/?slag=routine", given.coordinator)


@page("a document that a change need is raised as")
def raising_a_document() -> Visit:
    given, change = _going()
    return _visit(f"/forandring/behov/{change.need_id}/ta-upp/dokument/", given.coordinator)


@page("a change that was planned anew, with what it was planned as before")
def replanned() -> Visit:
    given, change = _going()
    days = {"by": change.by + timedelta(days=5), "measure_on": change.measure_on + timedelta(days=5)}
    lead = given.coordinator
    do.replan_change(actor=lead, change_id=change.pk, role_id=change.role_id, reason="Bolaget byter system.", **days)
    opened = lambda page: page.locator(f"#andring-{change.pk} summary").click()  # noqa: E731
    return Visit(
        address=f"/forandring/{change.need.turn.chain_id}/", holding=Holding.objects.get(pk=lead.holding_id), act=opened
    )


@page("a change need, to place")
def placing() -> Visit:
    given = setting()
    _chain, needs = analysed(given, given.coordinator)
    return _visit(f"/forandring/behov/{needs[0].pk}/vems/", given.coordinator)


@page("chains of change, narrowed to one thing")
def narrowed() -> Visit:
    given, change = _going()
    made = do.raise_document(actor=given.coordinator, need_id=change.need_id, name="Fredagsrutin")
    return _visit(f"/forandring/?om=agreement:{made.pk}", given.coordinator)
