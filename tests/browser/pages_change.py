"""Chains from what was seen to change: the board, and one chain as it grows."""

from __future__ import annotations

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
