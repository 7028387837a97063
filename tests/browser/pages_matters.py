"""Pages of matters."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from samordna.domain.matters import operations as do
from tests.browser.pages import Visit, page
from tests.web.matters.world import World, world


def _filled() -> World:
    w = world(3)
    actor, position = w.actor(0), w.positions[0].pk
    rule = {
        "if": [{"aspect": w.aspects["basis"].pk, "is": "one_of", "options": [w.option("basis", "individual")]}],
        "then": [{"aspect": w.aspects["days"].pk, "is": "at_least", "options": [w.option("days", "3")]}],
    }
    do.state_condition(actor=actor, position_id=position, rule=rule, reason="The ferry", legal_ground="2017:612")
    do.state_condition(actor=actor, position_id=position, prose="Quiet", reason="Secret", confidence="coordinator")
    do.state_need(actor=actor, position_id=position, rule={"then": rule["then"]}, reason="Beds", weight=40)
    do.record_benefit(actor=actor, position_id=position, low=1, likely=5, high=9, note="Time")
    do.record_costs(actor=actor, position_id=position, costs={w.option("basis", "individual"): (1, 2, 3)})
    do.state_common_condition(actor=w.leader(), matter_id=w.matter.pk, prose="Alike", reason="Fair", relax_price=3)
    do.declare_no_conditions(actor=w.actor(1), position_id=w.positions[1].pk)
    return w


def _as_lead(name: str, *more: str, stage: str = "gathering") -> Visit:
    w = _filled() if stage == "gathering" else world(stage=stage)
    return Visit(address=reverse(name, args=[w.matter.pk, *more]), holding=w.coordinator)


def _step(step: str, act: Any = None) -> Visit:
    w = _filled()
    address = reverse("position", args=[w.matter.pk, w.positions[0].pk])
    return Visit(address=f"{address}?steg={step}", holding=w.holdings[0], act=act)


@page("a matter, to its coordinator, while answers are gathered")
def matter_to_lead() -> Visit:
    return _as_lead("matter")


@page("a matter, to a participant who is asked")
def matter_to_participant() -> Visit:
    w = _filled()
    return Visit(address=reverse("matter", args=[w.matter.pk]), holding=w.holdings[2])


@page("questions about a matter, to its coordinator who answers one")
def questions() -> Visit:
    w = _filled()
    asked = do.ask_question(actor=w.actor(0), position_id=w.positions[0].pk, text="Why?", aspect_id=w.aspects["zero"].pk)
    answered = do.ask_question(actor=w.actor(1), position_id=w.positions[1].pk, text="When?")
    do.answer_question(actor=w.leader(), inquiry_id=answered.pk, answer="In May")
    address = reverse("inquiries", args=[w.matter.pk])
    return Visit(address=f"{address}?svara={asked.pk}", holding=w.coordinator)


@page("a new matter from a file")
def new_from_file() -> Visit:
    w = world(stage="draft")
    return Visit(address=reverse("new_from_file", args=[w.collaboration.pk]), holding=w.coordinator)


@page("questions about a matter, to a participant")
def questions_to_participant() -> Visit:
    w = _filled()
    do.ask_question(actor=w.actor(0), position_id=w.positions[0].pk, text="Why?")
    return Visit(address=reverse("inquiries", args=[w.matter.pk]), holding=w.holdings[0])


@page("a matter that is a draft")
def draft() -> Visit:
    return _as_lead("matter", stage="draft")


@page("a matter that was let be")
def let_be() -> Visit:
    w = world()
    do.let_be(actor=w.leader(), matter_id=w.matter.pk, reason="Costs more than it gives")
    return Visit(address=reverse("matter", args=[w.matter.pk]), holding=w.holdings[0])


@page("gathering answers")
def asking() -> Visit:
    w = _filled()
    do.make_answer_link(actor=w.leader(), matter_id=w.matter.pk, position_id=w.positions[2].pk, recipient="a@example.se")
    return Visit(address=reverse("asking", args=[w.matter.pk]), holding=w.coordinator)


@page("choosing the kind of a new matter")
def kinds() -> Visit:
    w = world()
    return Visit(address=reverse("new_matter", args=[w.collaboration.pk]), holding=w.coordinator)


@page("a new matter from a template")
def new_matter() -> Visit:
    w = world()
    return Visit(address=reverse("new_matter", args=[w.collaboration.pk]) + "?slag=payment", holding=w.coordinator)


@page("a new aspect, with something wrong")
def new_aspect() -> Visit:
    w = world(stage="draft")
    address = reverse("new_aspect", args=[w.matter.pk])
    return Visit(address=address, holding=w.coordinator, act=lambda page: page.click("form.form .actions .button"))


@page("the answer, step 1: today")
def step_today() -> Visit:
    return _step("idag")


@page("the answer, step 2: needs")
def step_needs() -> Visit:
    return _step("behov")


@page("the answer, step 3: a condition being built")
def step_conditions() -> Visit:
    def build(page: Any) -> None:
        page.click(".chips button >> nth=0")
        page.click("details summary >> nth=-2")
        page.click("button[value=add-if]")

    return _step("forutsattningar", build)


@page("the answer, step 3: a condition with something wrong")
def step_conditions_wrong() -> Visit:
    def build(page: Any) -> None:
        page.click(".chips button >> nth=1")
        page.click(".builder button[value=show]")

    return _step("forutsattningar", build)


@page("the answer, step 4: costs and gain")
def step_figures() -> Visit:
    return _step("kostnad")


@page("the answer, step 5: sending in")
def step_send() -> Visit:
    return _step("skicka")


@page("a position, to another participant")
def position() -> Visit:
    w = _filled()
    return Visit(address=reverse("position", args=[w.matter.pk, w.positions[0].pk]), holding=w.holdings[2])


@page("a position that can be opened again")
def own_position() -> Visit:
    w = _filled()
    return Visit(address=reverse("position", args=[w.matter.pk, w.positions[1].pk]), holding=w.holdings[1])


@page("answering by a link, without an account")
def by_link() -> Visit:
    w = _filled()
    token = do.make_answer_link(
        actor=w.leader(), matter_id=w.matter.pk, position_id=w.positions[2].pk, recipient="a@example.se"
    )
    return Visit(address=reverse("answer", args=[token]))


@page("what it would take to give way, said by a link")
def offer_by_link() -> Visit:
    w = _filled()
    token = do.make_answer_link(
        actor=w.leader(), matter_id=w.matter.pk, position_id=w.positions[0].pk, recipient="a@example.se"
    )
    condition = w.positions[0].conditions.order_by("stated_at", "pk")[0]
    return Visit(address=reverse("offer_by_link", args=[token, condition.pk]))


@page("an answer link that has been used")
def used_link() -> Visit:
    w = _filled()
    link = {"actor": w.leader(), "matter_id": w.matter.pk, "position_id": w.positions[2].pk}
    token = do.make_answer_link(recipient="a@example.se", **link)
    do.declare_no_conditions(actor=w.actor(2), position_id=w.positions[2].pk)
    return Visit(address=reverse("answer", args=[token]), status=410)


@page("what the coordination states for all")
def whole() -> Visit:
    return _as_lead("whole", "forutsattningar")


@page("letting a matter be")
def letting_be() -> Visit:
    return _as_lead("close_matter", "lat-bli")


@page("answers by spreadsheet, all of them, to the coordinator")
def exchange_to_lead() -> Visit:
    return _as_lead("exchange")


@page("answers by spreadsheet, one's own")
def own_exchange() -> Visit:
    w = _filled()
    return Visit(address=reverse("own_exchange", args=[w.matter.pk, w.positions[0].pk]), holding=w.holdings[0])
