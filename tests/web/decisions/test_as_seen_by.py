"""Pairs of worlds: where two differ only in what somebody states in confidence, and what must be said is the same, the
pages and the API are the same to another participant, byte for byte (ADR 9 and 10)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from samordna.domain.decisions import operations as do
from samordna.domain.decisions import solving
from samordna.domain.decisions.models import Adaptation, Attempt, Proposal
from samordna.domain.decisions.problem import question_of
from samordna.domain.matters.enums import Confidence
from samordna.domain.matters.models import Condition
from samordna_engine.views import known_to
from tests.domain.decisions import world as w
from tests.domain.decisions.world import World
from tests.factories import NOW
from tests.web.decisions.conftest import SignIn, lasting

Change = Callable[[World], None]
SECRET = {"confidence": Confidence.COORDINATOR, "reason": "A merger is planned"}


def tighter(world: World) -> None:
    """Another rule with the same effect, for another reason and at another price."""
    six = w.option(world.transition, "6")
    rule = {"then": [{"aspect": world.transition.pk, "is": "one_of", "options": [six.pk]}]}
    of(world).update(rule=rule, reason="Something else altogether", relax_price=900, legal_ground="The Act")


def twice(world: World) -> None:
    """One more that says the same."""
    w.condition(world.position(world.island), world.matter, world.transition, "at_least", "6", **SECRET)


def idle(world: World) -> None:
    """One more that changes nothing, and one in prose."""
    w.condition(world.position(world.island), world.matter, world.basis, "one_of", "individual", "average", **SECRET)


def by_cost(world: World) -> None:
    """No condition at all: the island differs because following would cost more than the likeness is worth."""
    of(world).update(withdrawn_at=NOW)
    w.cost(world.position(world.island), world.transition, "none", 900, 900, 900)


def of(world: World):
    return Condition.objects.filter(position__organisation=world.island, confidence=Confidence.COORDINATOR)


def again(world: World) -> None:
    """What would be stored if this had been the world from the beginning, under the same ids."""
    question = question_of(world.matter, NOW)
    solved = solving.settle(question.problem, queue="test")
    Attempt.objects.update(
        result=solved.result, outcome=solved.document(), problem_digest=question.digest(), milliseconds=7
    )
    for proposal in Proposal.objects.all():
        for adaptation in Adaptation.objects.filter(proposal=proposal):
            adaptation.because.clear()
        do.check_proposal(actor=world.coordinator, proposal_id=proposal.pk, at=NOW)


def addresses(world: World) -> list[str]:
    board = reverse("board", args=[world.matter.pk])
    fixed = f"om=ram.{world.transition.pk}.{w.option(world.transition, '6').pk}"
    pages = [board, f"{board}?{fixed}", f"{board}?avvagning=1", f"{board}?varfor={w.option(world.days, '5').pk}"]
    pages += [reverse("matter", args=[world.matter.pk]), reverse("detail_level", args=[world.matter.pk])]
    pages += [reverse("position", args=[world.matter.pk, world.position(world.island).pk])]
    pages += [reverse("proposal", args=[proposal.pk]) for proposal in Proposal.objects.all()]
    kinds = ("problem", "attempts", "proposals", "remarks", "detail-level")
    return pages + [f"/api/v1/matters/{world.matter.pk}/{kind}" for kind in kinds]


def everything(client: Client, world: World) -> dict[str, str]:
    return {address: lasting(client.get(address).content) for address in addresses(world)}


@pytest.fixture
def differing(world: World) -> World:
    """The island differs in the transition because of something in confidence."""
    world.matter.conditions.filter(reason="Hiring takes a season").update(confidence=Confidence.COORDINATOR)
    w.condition(world.position(world.town), world.matter, world.transition, "one_of", "none", reason="The council")
    type(world.matter).objects.filter(pk=world.matter.pk).update(price_of_difference=5)
    for organisation in world.organisations:
        w.benefit(world.position(organisation), 10, 20, 30)
    do.propose_by_engine(actor=world.coordinator, matter_id=world.matter.pk, at=NOW)
    return world


@pytest.mark.parametrize("change", [tighter, twice, idle, by_cost])
def test_another_secret_with_the_same_effect_looks_the_same(differing: World, sign_in: SignIn, change: Change):
    client = sign_in(differing.representative(differing.town))
    again(differing)
    before = everything(client, differing)
    change(differing)
    again(differing)
    after = everything(client, differing)
    assert after == before
    assert "The council" in "".join(after.values())
    assert "A merger is planned" not in "".join(after.values())


@pytest.mark.parametrize("change", [tighter, twice])
def test_a_clash_with_another_secret_looks_the_same(differing: World, sign_in: SignIn, change: Change):
    type(differing.transition).objects.filter(pk=differing.transition.pk).update(sharing="common")
    again(differing)
    client = sign_in(differing.representative(differing.town))
    before = everything(client, differing)
    board = before[reverse("board", args=[differing.matter.pk])]
    assert "The council" in board
    assert "a condition that Holmö has stated in confidence" in board
    change(differing)
    again(differing)
    assert everything(client, differing) == before


def test_an_open_condition_and_ones_own_do_show(differing: World, sign_in: SignIn):
    """The comparison can see: what is open to the reader changes the pages."""
    readers = [sign_in(differing.representative(of)) for of in (differing.town, differing.island)]
    again(differing)
    before = [everything(reader, differing) for reader in readers]
    of(differing).update(reason="Something else altogether")
    assert everything(readers[1], differing) != before[1]
    of(differing).update(confidence=Confidence.OPEN)
    again(differing)
    assert everything(readers[0], differing) != before[0]


def test_a_sketch_does_not_find_out_in_private_what_is_in_confidence(differing: World, sign_in: SignIn):
    """A sketch that breaks a condition in confidence says so only when it is shared."""
    prying = differing.representative(differing.town)
    sketch = do.propose_by_hand(
        actor=prying, matter_id=differing.matter.pk, title="Prying", frame=differing.frame(), at=NOW
    )
    do.check_proposal(actor=prying, proposal_id=sketch.pk, at=NOW)
    address = reverse("proposal", args=[sketch.pk])
    assert "stated in confidence" not in sign_in(prying).get(address).content.decode()
    sketch.refresh_from_db()
    assert sketch.verdict == "respects"
    do.share_proposal(actor=prying, proposal_id=sketch.pk, at=NOW)
    sketch.refresh_from_db()
    assert sketch.verdict == "breaks"
    assert "a condition that Holmö has stated in confidence" in sign_in(prying).get(address).content.decode()


def test_what_the_engine_is_given_is_what_the_reader_may_read(differing: World):
    """The question that a view is worked out from is the one that the engine's own rule for views gives."""
    w.cost(differing.position(differing.island), differing.basis, "average", 1, 2, 3)
    whole = question_of(differing.matter, NOW).problem
    for organisation in differing.organisations:
        reader = differing.representative(organisation)
        assert question_of(differing.matter, NOW, reader).problem == known_to(whole, organisation.pk)
