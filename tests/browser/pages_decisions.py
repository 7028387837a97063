"""The decision board, proposals, decisions and the register."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from samordna.core import clock
from samordna.domain.decisions import operations as do
from samordna.domain.matters import operations as matters
from samordna.domain.organisations.access import actor_of
from samordna.domain.organisations.enums import RoleKind
from tests import factories as f
from tests.browser.pages import Visit, page
from tests.domain.decisions import chain
from tests.domain.decisions import world as w
from tests.domain.decisions.world import World, build


def _world() -> World:
    """A matter with an adaptation, a need, figures, today's practice and something in confidence."""
    world = build(title="Betalningsansvar vid utskrivning")
    for organisation in (world.town, world.region):
        w.condition(
            world.position(organisation), world.matter, world.transition, "one_of", "none", reason="Nämndens beslut"
        )
    w.condition(world.position(world.region), world.matter, world.basis, "one_of", "average", confidence="coordinator")
    for organisation in world.organisations:
        w.benefit(world.position(organisation), 10, 20, 300)
        w.cost(world.position(organisation), world.basis, "average", 1, 12, 30)
    today = {"aspect": world.basis, "option": w.option(world.basis, "individual")}
    world.position(world.town).practices.create(**today)
    rule = {"then": [{"aspect": world.basis.pk, "is": "one_of", "options": [today["option"].pk]}]}
    world.position(world.town).needs.create(matter=world.matter, rule=rule, reason="Så gör vi", weight=5, stated_at=f.NOW)
    return world


def _coordinator(world: World) -> Any:
    return f.holding(world.matter.collaboration.host, role=world.matter.collaboration.coordinator_role)


def _manager(world: World) -> Any:
    return f.holding(world.town, RoleKind.MANAGER)


def _board(world: World, query: str = "") -> str:
    return reverse("board", args=[world.matter.pk]) + query


@page("The decision board without a proposal")
def empty_board() -> Visit:
    world = _world()
    world.matter.positions.filter(organisation=world.island).update(state="silent")
    return Visit(address=_board(world), holding=_coordinator(world))


@page("The decision board with a proposal")
def board() -> Visit:
    world = _world()
    do.propose_by_engine(actor=world.coordinator, matter_id=world.matter.pk)
    return Visit(address=_board(world), holding=_coordinator(world))


@page("The decision board with a what-if")
def what_if() -> Visit:
    world = _world()
    do.propose_by_engine(actor=world.coordinator, matter_id=world.matter.pk)
    asked = f"?om=ram.{world.transition.pk}.{w.option(world.transition, '3').pk}"
    return Visit(
        address=_board(world, asked),
        holding=_manager(world),
        act=lambda seen: seen.locator("#prova summary").click(),
    )


@page("The decision board with a clash")
def clash() -> Visit:
    world = _world()
    w.condition(world.position(world.town), world.matter, world.days, "at_most", "2", relax_price=40)
    do.propose_by_engine(actor=world.coordinator, matter_id=world.matter.pk)
    return Visit(address=_board(world), holding=_manager(world))


@page("The decision board with many participants")
def many() -> Visit:
    world = _world()
    for number in range(40):
        position = f.position(world.matter, f.organisation(f"Kommun {number}"), state="answered")
        if number % 3:
            w.condition(position, world.matter, world.basis, "one_of", ["average", "individual"][number % 2])
    do.propose_by_engine(actor=world.coordinator, matter_id=world.matter.pk)
    return Visit(address=_board(world), holding=_manager(world))


@page("A proposal that breaks conditions")
def broken() -> Visit:
    world = _world()
    w.prose(world.position(world.town), world.matter)
    proposal = chain.proposed(world, frame=world.frame(days="5"), text="Vårt eget förslag")
    do.check_proposal(actor=world.coordinator, proposal_id=proposal.pk)
    return Visit(address=reverse("proposal", args=[proposal.pk]), holding=_manager(world))


@page("Likeness against cost, and what conditions cost the whole")
def frontier() -> Visit:
    world = _world()
    w.cost(world.position(world.region), world.basis, "individual", 30, 40, 50)
    do.propose_by_engine(actor=world.coordinator, matter_id=world.matter.pk)
    return Visit(address=_board(world, "?avvagning=1&om=pris.1"), holding=_coordinator(world))


@page("Why the frame cannot have an option")
def why_not() -> Visit:
    world = _world()
    return Visit(address=_board(world, f"?varfor={w.option(world.days, '5').pk}"), holding=_coordinator(world))


@page("Asking the owner of a condition to think it over")
def reconsider() -> Visit:
    world = _world()
    condition = world.matter.conditions.filter(position=world.position(world.town)).first()
    matters.ask_to_reconsider(actor=world.coordinator, condition_id=condition.pk, text="Då kan alla ha tre månader")
    address = reverse("answer_reconsideration", args=[world.matter.pk, condition.pk])
    return Visit(address=address, holding=_manager(world))


@page("Saying what it would take to give a condition up")
def offer_to_relax() -> Visit:
    world = _world()
    condition = world.matter.conditions.filter(position=world.position(world.town)).first()
    return Visit(address=reverse("offer_to_relax", args=[world.matter.pk, condition.pk]), holding=_manager(world))


@page("A proposal that is chosen")
def chosen() -> Visit:
    world = build()
    proposal = chain.proposed(world)
    do.check_proposal(actor=world.coordinator, proposal_id=proposal.pk)
    do.choose_proposal(actor=world.coordinator, proposal_id=proposal.pk)
    return Visit(address=reverse("proposal", args=[proposal.pk]), holding=_coordinator(world))


@page("A proposal being written, with errors")
def form() -> Visit:
    world = _world()
    return Visit(
        address=reverse("new_proposal", args=[world.matter.pk]),
        holding=_manager(world),
        act=lambda seen: seen.locator("form.proposal-form button[data-kind=primary]").click(),
    )


@page("Letting a matter be")
def let_be() -> Visit:
    world = _world()
    return Visit(address=reverse("let_be", args=[world.matter.pk]), holding=_coordinator(world))


@page("A decision on consultation")
def consultation() -> Visit:
    world = build()
    version = chain.prepared(world)
    do.open_consultation(actor=world.coordinator, version_id=version.pk, until=clock.day(f.NOW).replace(year=2030))
    do.answer_consultation(
        actor=actor_of(_manager(world)), version_id=version.pk, stance="objects", text="För tidigt för oss"
    )
    return Visit(address=reverse("decision", args=[version.decision_id]), holding=_manager(world))


@page("A recommended decision with something in its way")
def recommended() -> Visit:
    world = build()
    version = chain.recommended(world)
    world.matter.positions.filter(organisation=world.island).update(state="silent")
    return Visit(address=reverse("decision", args=[version.decision_id]), holding=_coordinator(world))


@page("A decision in force")
def in_force() -> Visit:
    world = build()
    version = chain.in_force(world)
    return Visit(address=reverse("decision", args=[version.decision_id]), holding=_manager(world))


@page("What binds us")
def binds_us() -> Visit:
    world = build()
    chain.in_force(world)
    return Visit(address=reverse("binds_us"), holding=_manager(world))


@page("The level of detail")
def detail_level() -> Visit:
    world = _world()
    world.basis.sharing = "common"
    world.basis.save()
    return Visit(address=reverse("detail_level", args=[world.matter.pk]), holding=_coordinator(world))


def _balance(world: World) -> str:
    do.propose_by_engine(actor=world.coordinator, matter_id=world.matter.pk)
    return reverse("balance", args=[world.matter.pk])


@page("The balance with a fair sharing")
def balance() -> Visit:
    world = _world()
    for organisation in (world.town, world.region):
        w.benefit(world.position(organisation), 1, 2, 3)
    return Visit(address=_balance(world), holding=_coordinator(world))


@page("The balance of what is not worth it")
def balance_not_worth_it() -> Visit:
    world = _world()
    for organisation in world.organisations:
        w.benefit(world.position(organisation), 0, 0, 0)
    return Visit(address=_balance(world), holding=_coordinator(world))


@page("The balance as a participant reads it")
def balance_of_a_participant() -> Visit:
    world = _world()
    return Visit(address=_balance(world), holding=f.holding(world.town))


@page("The decision board with several clashes")
def several_clashes() -> Visit:
    world = _world()
    place = world.position(world.town), world.matter
    w.condition(*place, world.days, "at_most", "2", relax_price=40)
    for label in ("average", "individual"):
        w.condition(*place, world.basis, "one_of", label)
    do.propose_by_engine(actor=world.coordinator, matter_id=world.matter.pk)
    return Visit(address=_board(world), holding=_coordinator(world))


@page("The decision board as seen by another participant")
def board_seen_by() -> Visit:
    world = _world()
    world.matter.conditions.filter(reason="Hiring takes a season").update(confidence="coordinator")
    do.propose_by_engine(actor=world.coordinator, matter_id=world.matter.pk)
    return Visit(address=_board(world), holding=_manager(world))
