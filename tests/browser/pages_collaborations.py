"""Collaborations, mandates, organisations and who decides, in the states that matter."""

from __future__ import annotations

from django.test import Client

from samordna.domain.organisations.enums import RoleKind
from samordna.domain.organisations.models import Holding
from tests import factories as f
from tests.browser.pages import Visit, page
from tests.domain.collaborations.setting import Setting, setting
from tests.domain.collaborations.test_operations_mandates import give
from tests.spec.picturing import forming, tell


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


def _forming() -> Setting:
    """Being formed, with a point that is seen differently, a goal and needs."""
    world, point = forming()
    f.ready(world.collaboration)
    tell(world.coordinator, world, own_words="Vi håller ihop", **{f"mark_{point.pk}": "agrees"})
    tell(world.manager, world, own_words="Hem", **{f"mark_{point.pk}": "differs", f"why_{point.pk}": "Det är båten"})
    return world


@page("a collaboration being formed")
def being_formed() -> Visit:
    world = _forming()
    return Visit(address=f"/samverkan/{world.collaboration.pk}/", holding=_holding(world.manager))


@page("purpose and shared picture")
def shared_picture() -> Visit:
    world = _forming()
    return Visit(address=f"/samverkan/{world.collaboration.pk}/bild/", holding=_holding(world.manager))


@page("telling how one sees it")
def own_view() -> Visit:
    world = _forming()
    return Visit(address=f"/samverkan/{world.collaboration.pk}/var-syn/", holding=_holding(world.manager))


@page("goals, as the coordinator")
def goals() -> Visit:
    world = _forming()
    return Visit(address=f"/samverkan/{world.collaboration.pk}/mal/", holding=_holding(world.coordinator))


@page("a new goal, sent empty")
def new_goal() -> Visit:
    world = _forming()
    address = f"/samverkan/{world.collaboration.pk}/mal/nytt/"
    send = "form.form .actions button"
    return Visit(address=address, holding=_holding(world.coordinator), act=lambda shown: shown.click(send))


@page("giving notice of a mandate")
def notice() -> Visit:
    world = setting()
    mandate = give(world, notice_days=30)
    return Visit(address=f"/samverkan/mandat/{mandate.pk}/saga-upp/", holding=_holding(world.manager))


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


@page("delegating a mandate, sent empty")
def delegate_mandate() -> Visit:
    world = setting()
    give(world)
    group = f.collaboration(parent=world.collaboration, name="Läkemedelsgruppen")
    f.participation(group, world.own)
    f.area(group, "Läkemedel")
    address = f"/samverkan/{group.pk}/mandat/delegera/"
    return Visit(
        address=address, holding=_holding(world.coordinator), act=lambda shown: shown.click("form.form .actions button")
    )


@page("changing the depth, rehearsed")
def change_depth() -> Visit:
    world = setting()
    return Visit(
        address=f"/samverkan/{world.collaboration.pk}/djup/",
        holding=_holding(world.coordinator),
        act=lambda shown: shown.click("form.form .actions button[name=rehearse]"),
    )


@page("exempting a party, sent empty")
def exempting() -> Visit:
    world = setting(join="must", contribute="must", follow="must")
    address = f"/samverkan/parter/{world.own_part.party_id}/undantag/"
    return Visit(
        address=address,
        holding=_holding(world.superior_manager),
        act=lambda shown: shown.click("form.form .actions button"),
    )
