"""Introductions: one's own, a programme that is kept, the organisation's people and the coordination's counts."""

from __future__ import annotations

from datetime import timedelta

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.domain.introductions.models import ForWhom, Programme, Step
from samordna.domain.organisations.enums import RoleKind
from samordna.domain.organisations.models import Holding
from tests import factories as f
from tests.browser.pages import Visit, page
from tests.domain.collaborations.setting import Setting, client_of, setting
from tests.web.introductions.test_introduction_pages import STEP, TODAY, kept


def _visit(address: str, actor: Actor) -> Visit:
    return Visit(address=address, holding=Holding.objects.get(pk=actor.holding_id))


def _going() -> tuple[Setting, Actor, str]:
    """A published programme of three steps, one of which a newcomer has done; its address."""
    given = setting()
    address = kept(
        client_of(given.manager), given.own.pk, STEP, STEP | {"what": "Läs rutinen"}, STEP | {"what": "Möt jouren"}
    )
    new = f.actor(given.own, RoleKind.OFFICER)
    client_of(new).post(f"/introduktioner/steg/{Step.objects.first().pk}/gjort/", {"on": TODAY, "note": "Gick bra"})
    return given, new, address


@page("introductions, as a newcomer")
def mine() -> Visit:
    return _visit("/introduktioner/", _going()[1])


@page("a programme of introduction, as a newcomer")
def programme() -> Visit:
    _given, new, address = _going()
    return _visit(address, new)


@page("a programme of introduction, as the one who keeps it")
def keeping() -> Visit:
    given, _new, address = _going()
    return _visit(address, given.manager)


@page("a step of an introduction, to word anew")
def step() -> Visit:
    given, _new, _address = _going()
    return _visit(f"/introduktioner/steg/{Step.objects.last().pk}/", given.manager)


@page("the introduced people of an organisation")
def people() -> Visit:
    given, _new, _address = _going()
    return _visit(f"/introduktioner/organisation/{given.own.pk}/", given.manager)


@page("one who is introduced, as the organisation sees it")
def holder() -> Visit:
    given, new, _address = _going()
    return _visit(f"/introduktioner/innehav/{new.holding_id}/", given.manager)


@page("steps of an introduction, to fill in for somebody")
def vouching() -> Visit:
    given, new, _address = _going()
    return _visit(f"/introduktioner/innehav/{new.holding_id}/{Programme.objects.get().pk}/", given.manager)


@page("who is introduced in a collaboration, counted")
def counted() -> Visit:
    given, _new, _address = _going()
    return _visit(f"/introduktioner/samverkan/{given.collaboration.pk}/", given.coordinator)


@page("a joint programme of introduction, to begin")
def beginning() -> Visit:
    given, _new, _address = _going()
    return _visit(f"/introduktioner/samverkan/{given.collaboration.pk}/ny/", given.coordinator)


@page("introductions, where no programme is for one")
def none_of_mine() -> Visit:
    given = setting()
    return _visit("/introduktioner/", f.actor(given.own, RoleKind.OFFICER))


@page("a programme of introduction that got a step since one began, as the newcomer")
def added_to() -> Visit:
    given, new, address = _going()
    before = clock.day(clock.now()) - timedelta(days=20)
    Step.objects.update(asked_from=before)
    Programme.objects.update(published_on=before)
    ForWhom.objects.update(valid_from=before)
    client_of(given.manager).post(f"{address}steg/", STEP | {"what": "Pröva det nya larmet"})
    return _visit(address, new)


@page("a step of an introduction, to say that one has done")
def marking() -> Visit:
    _given, new, _address = _going()
    return _visit(f"/introduktioner/steg/{Step.objects.last().pk}/gjort/", new)


@page("the events of a step of an introduction, to choose")
def events() -> Visit:
    given, _new, _address = _going()
    return _visit(f"/introduktioner/steg/{Step.objects.last().pk}/tillfallen/", given.manager)


@page("a programme of introduction, to publish")
def publishing() -> Visit:
    given = setting()
    address = kept(client_of(given.manager), given.own.pk, STEP)
    Programme.objects.update(published_on=None)
    return _visit(f"{address}publicera/", given.manager)


@page("earlier training of somebody, to fill in")
def training() -> Visit:
    given, new, _address = _going()
    return _visit(f"/introduktioner/innehav/{new.holding_id}/utbildning/", given.manager)


@page("the many people of an organisation, those who are late")
def many_people() -> Visit:
    given, _new, _address = _going()
    before = clock.day(clock.now()) - timedelta(days=20)
    Step.objects.update(asked_from=before)
    Programme.objects.update(published_on=before)
    ForWhom.objects.update(valid_from=before)
    for number in range(60):
        f.holding(given.own, RoleKind.OFFICER, person=f.person(name=f"Namn Efternamn {number}"))
    return _visit(f"/introduktioner/organisation/{given.own.pk}/?visa=sena", given.manager)
