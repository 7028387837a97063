"""Collaborations, mandates, organisations and who decides, in the states that matter."""

from __future__ import annotations

from django.test import Client

from samordna.domain.organisations.enums import RoleKind
from samordna.domain.organisations.models import Holding
from tests import factories as f
from tests.browser.pages import Visit, page
from tests.domain.collaborations.setting import Setting, setting
from tests.domain.collaborations.test_operations_mandates import give


def _holding(world_actor: object) -> Holding:
    return Holding.objects.get(pk=world_actor.holding_id)


def _world() -> Setting:
    world = setting()
    give(world)
    f.matter(world.collaboration)
    return world


@page("collaborations")
def collaborations() -> Visit:
    return Visit(address="/samverkan/", holding=_holding(_world().coordinator))


@page("a collaboration, as its coordinator")
def collaboration() -> Visit:
    world = _world()
    return Visit(address=f"/samverkan/{world.collaboration.pk}/", holding=_holding(world.coordinator))


@page("a collaboration in preparation")
def planned() -> Visit:
    world = setting(state="planned", target_group="")
    return Visit(address=f"/samverkan/{world.collaboration.pk}/", holding=_holding(world.coordinator))


@page("starting a collaboration")
def start() -> Visit:
    return Visit(address="/samverkan/ny/", holding=_holding(setting().coordinator))


@page("a target group's criteria")
def target_group() -> Visit:
    world = _world()
    return Visit(address=f"/samverkan/{world.collaboration.pk}/malgrupp/", holding=_holding(world.coordinator))


@page("who decides, with reasons")
def who_decides() -> Visit:
    world = _world()
    asked = f"?amne={world.beneath.pk}&organisation={world.own.pk}"
    return Visit(address=f"/samverkan/{world.collaboration.pk}/vem-beslutar/{asked}", holding=_holding(world.manager))


@page("a mandate")
def mandate() -> Visit:
    world = setting()
    return Visit(address=f"/samverkan/mandat/{give(world).pk}/", holding=_holding(world.other_manager))


@page("giving a mandate, sent empty")
def give_mandate() -> Visit:
    world = _world()
    address = f"/samverkan/{world.collaboration.pk}/mandat/nytt/"
    return Visit(
        address=address, holding=_holding(world.manager), act=lambda shown: shown.click("form.form .actions button")
    )


@page("taking a mandate back")
def revocation() -> Visit:
    world = setting()
    return Visit(address=f"/samverkan/mandat/{give(world).pk}/aterta/", holding=_holding(world.manager))


@page("the directory of organisations")
def organisations() -> Visit:
    return Visit(address="/organisationer/", holding=_holding(_world().manager))


@page("an organisation, as its administrator")
def organisation() -> Visit:
    own = f.organisation("Havsnäs", number="212000-0142", inhabitants=12345)
    f.role(own, name="Vakant roll")
    return Visit(address=f"/organisationer/{own.pk}/", holding=f.holding(own, RoleKind.ADMINISTRATOR))


@page("giving a role")
def give_role() -> Visit:
    own = f.organisation("Havsnäs")
    address = f"/organisationer/roller/{f.role(own).pk}/ge/"
    return Visit(address=address, holding=f.holding(own, RoleKind.ADMINISTRATOR))


@page("one's own keys")
def keys() -> Visit:
    held = f.holding(f.organisation("Havsnäs"))
    client = Client()
    client.force_login(held.person)
    client.post("/organisationer/nycklar/", {"label": "Rapport", "days": "30"})
    return Visit(address="/organisationer/nycklar/", holding=held)
