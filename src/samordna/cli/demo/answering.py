"""The demonstration's matters: opening them, and each participant's answer."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from samordna.cli.demo import payment
from samordna.cli.demo.deciding import decide
from samordna.cli.demo.others import Small
from samordna.cli.demo.payment import Answer, Literal, Says
from samordna.cli.demo.world import World
from samordna.core import clock
from samordna.core.actor import Actor
from samordna.domain.decisions import operations as decisions
from samordna.domain.matters import operations as matters
from samordna.domain.matters.queries import matter_document

SPREAD = 0.2  # how far the lowest and highest figure are from the likely one


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """A matter's ids by the labels that people read."""

    aspects: Mapping[str, str]
    options: Mapping[tuple[str, str], str]
    positions: Mapping[str, str]

    def literal(self, said: Literal) -> dict[str, Any]:
        """A literal of the rule language."""
        aspect, how, options = said
        ids = [self.options[(aspect, option)] for option in options]
        return {"aspect": self.aspects[aspect], "is": how, "options": ids}

    def rule(self, said: Says) -> dict[str, Any] | None:
        """A rule, or None for a condition in prose."""
        if said.prose:
            return None
        rule: dict[str, Any] = {"then": [self.literal(part) for part in said.then]}
        return rule | ({"if": [self.literal(part) for part in said.when]} if said.when else {})


def labels_of(world: World, matter: str) -> Labels:
    """Read the matter back, as the coordinator."""
    actor = world.coordinator()
    document = matter_document(actor, matter, world.now)
    return Labels(
        aspects={aspect["label"]: aspect["id"] for aspect in document["aspects"]},
        options={(a["label"], o["label"]): o["id"] for a in document["aspects"] for o in a["options"]},
        positions={position["organisation"]["id"]: position["id"] for position in document["positions"]},
    )


def answer(world: World, labels: Labels, given: Answer, at: datetime, *, send: bool = True) -> None:
    """One participant's whole answer, by whoever answers for it."""
    actor, position = world.answerer(given.place), labels.positions[world.places[given.place]]
    if given.practice:
        practices = {labels.aspects[a]: labels.options[(a, o)] for a, o in given.practice.items()}
        matters.record_practice(actor=actor, position_id=position, practices=practices, at=at)
    for need in given.needs:
        rule = labels.rule(need) or {}
        matters.state_need(actor=actor, position_id=position, rule=rule, reason=need.reason, weight=need.weight, at=at)
    for condition in given.conditions:
        matters.state_condition(
            actor=actor,
            position_id=position,
            rule=labels.rule(condition),
            prose=condition.prose,
            reason=condition.reason,
            legal_ground=condition.legal_ground,
            relax_price=condition.relax_price,
            confidence=condition.confidence,
            at=at,
        )
    _figures(actor, position, labels, given, at)
    if send:
        close = matters.submit_position if given.conditions else matters.declare_no_conditions
        close(actor=actor, position_id=position, at=at)


def _figures(actor: Actor, position: str, labels: Labels, given: Answer, at: datetime) -> None:
    if given.costs:
        costs = {labels.options[key]: _around(likely) for key, likely in given.costs.items()}
        matters.record_costs(actor=actor, position_id=position, costs=costs, at=at)
    if given.benefit:
        low, likely, high = given.benefit
        matters.record_benefit(
            actor=actor, position_id=position, low=low, likely=likely, high=high, note=given.benefit_note, at=at
        )


def _around(likely: int) -> tuple[int, int, int]:
    return round(likely * (1 - SPREAD)), likely, round(likely * (1 + SPREAD))


def payment_matter(world: World, collaboration: str) -> None:
    """The main matter: gathering, and everyone but one has answered."""
    actor, at = world.actor("samordnare"), world.ago(21)
    opened = matters.open_matter(
        actor=actor,
        collaboration_id=collaboration,
        area_id=world.areas["Betalningsansvar"],
        title=payment.TITLE,
        purpose=payment.PURPOSE,
        for_the_individual=payment.INDIVIDUAL,
        convenience=payment.CONVENIENCE,
        kind="payment",
        at=at,
    )
    due = clock.day(world.now + timedelta(days=7))
    matters.start_gathering(actor=actor, matter_id=opened.pk, answer_by=due, at=at)
    labels = labels_of(world, opened.pk)
    for said in payment.COMMON_CONDITIONS:
        matters.state_common_condition(actor=actor, matter_id=opened.pk, reason=said.reason, rule=labels.rule(said), at=at)
    for days, given in enumerate(payment.ANSWERS):
        answer(world, labels, given, at + timedelta(days=2 * days))
    _wonder(world, opened.pk, labels, world.ago(6))


def _wonder(world: World, matter: str, labels: Labels, at: datetime) -> None:
    """What they wonder before they take a stand: one question is answered, two are not."""
    for asker, aspect, asked_of, text, reply in payment.QUESTIONS:
        asked = matters.ask_question(
            actor=world.answerer(asker),
            position_id=labels.positions[world.places[asker]],
            text=text,
            aspect_id=labels.aspects[aspect] if aspect else "",
            asked_of=world.places[asked_of] if asked_of else "",
            at=at,
        )
        if reply:
            matters.answer_question(actor=world.coordinator(), inquiry_id=asked.pk, answer=reply, at=at + timedelta(days=1))


Deciding = Callable[[World, Mapping[str, str], str, str, str, datetime], None]
"""Takes a proposal on: the world, aspects by label, how far, the matter, the proposal, and from when."""


def small_matter(world: World, collaboration: str, small: Small, at: datetime, deciding: Deciding = decide) -> None:
    """A matter of a few aspects, taken as far as it says."""
    actor = world.coordinator()
    opened = matters.open_matter(
        actor=actor,
        collaboration_id=collaboration,
        area_id=world.areas[small.area],
        title=small.title,
        purpose=small.purpose,
        for_the_individual=small.individual,
        kind=small.kind,
        from_template=False,
        at=at,
    )
    for label, kind, sharing, options in small.aspects:
        written: dict[str, Any] = {"options": options} if kind in {"choice", "ordered"} else {}
        if kind == "range":
            numbers = [int(option) for option in options]
            written = {"lowest": min(numbers), "highest": max(numbers), "step": _step(numbers)}
        matters.add_aspect(actor=actor, matter_id=opened.pk, label=label, kind=kind, sharing=sharing, at=at, **written)
    if small.until != "draft":
        _take_on(world, small, opened.pk, at, deciding)


def _step(numbers: list[int]) -> int:
    """The largest step that reaches every number."""
    gaps = [high - low for low, high in itertools.pairwise(numbers)]
    return min(gaps)


def _take_on(world: World, small: Small, matter: str, at: datetime, deciding: Deciding) -> None:
    actor = world.coordinator()
    matters.start_gathering(actor=actor, matter_id=matter, answer_by=clock.day(at + timedelta(days=14)), at=at)
    if small.until == "withdrawn":
        why = "Kommunerna har redan kommit överens om detta genom sitt eget förbund."
        matters.withdraw_matter(actor=actor, matter_id=matter, reason=why, at=at + timedelta(days=6))
        return
    labels = labels_of(world, matter)
    for given in small.answers:
        answer(world, labels, given, at + timedelta(days=1))
    if small.until == "gathering":
        return
    at += timedelta(days=2)
    matters.advance(actor=actor, matter_id=matter, to="weighing", at=at)
    attempt = decisions.propose_by_engine(actor=actor, matter_id=matter, at=at)
    if small.until in {"clash", "proposed"}:
        return
    if small.until == "let_be":
        why = (
            "Kostnaden är större än nyttan för oss tillsammans, och ingen av oss tjänar på det. Vi behåller våra egna team."
        )
        decisions.let_be(actor=actor, matter_id=matter, reason=why, at=at + timedelta(days=5))
        return
    aspects = labels_of(world, matter).aspects
    deciding(world, aspects, small.until, matter, attempt.proposals.get().pk, at)
