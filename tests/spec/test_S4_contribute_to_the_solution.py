"""S4: to contribute constructively to the solution: amendments, offers to give way, and objections that can be met."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from samordna.core import clock
from samordna.domain.decisions import operations as do
from samordna.domain.decisions.models import Proposal
from samordna.domain.matters import operations as matters
from samordna.domain.matters.models import Condition
from tests.domain.decisions import chain
from tests.domain.decisions import world as w
from tests.spec.deciding import press, read
from tests.web.matters.world import world as gathered

pytestmark = pytest.mark.django_db
STEPS = ("forutsattningar", "skicka")


@pytest.fixture
def world():
    return w.build()


def test_any_participant_amends_and_the_amendment_is_shown_as_a_difference(world):
    """A participant amends a shared proposal; what the amendment changes is shown beside what it amends."""
    proposal = chain.proposed(world)
    town = world.representative(world.town)
    typed = {"title": "Individual basis", "text": "", "lines": "0", **_frame(world, basis="individual")}
    status, words = press(town, "amend_proposal", proposal.pk, **typed)
    assert status == 302, words
    amendment = Proposal.objects.get(title="Individual basis")
    assert amendment.amends == proposal
    press(town, "share_proposal", amendment.pk)
    island = world.representative(world.island)
    assert "Individual basis" in read(island, "board", world.matter.pk)
    page = read(island, "proposal", amendment.pk)
    assert "What it changes in proposal 1 Basis: average → individual Proposal 1: Three days" in page
    assert "What it changes" not in read(island, "proposal", proposal.pk)


def _frame(world, **values):
    return {f"frame_{aspect}": option for aspect, option in world.frame(transition="6", **values).items()}


def test_an_owner_offers_to_give_way_and_says_for_what(world):
    """The owner of a condition, and nobody else, says for what price it can be given up; everyone reads the offer."""
    condition = Condition.objects.get(position=world.position(world.region))
    owner, other = world.representative(world.region), world.representative(world.town)
    place, about = (world.matter.pk, world.position(world.region).pk), (world.matter.pk, condition.pk)
    assert "Say what it would take to give way" in read(owner, "position", *place)
    assert "what it would take to give way" not in read(other, "position", *place)
    status, words = press(owner, "offer_to_relax", *about, price="-4")
    assert (status, "greater than or equal to 0" in words) == (422, True)
    assert press(owner, "offer_to_relax", *about, price="40")[0] == 302
    assert press(other, "offer_to_relax", *about, price="1")[0] == 404
    assert "can be given up for 40" in read(other, "position", *place)
    assert "Change what it would take to give way" in read(owner, "position", *place)
    assert press(owner, "offer_to_relax", *about, price="")[0] == 302
    assert "can be given up" not in read(other, "position", *place)


def test_an_offer_to_give_way_is_made_while_answering_and_by_an_answer_link():
    """Beside a condition that one has just stated stands what it would take to give way, signed in or by a link; one comes
    back to the same step."""
    w = gathered()
    position = w.positions[0]
    other = w.positions[1]
    stated = {"rule": {"then": [{"aspect": w.aspects["zero"].pk, "is": "one_of", "options": [w.option("zero", "yes")]}]}}
    conditions = [
        matters.state_condition(actor=w.actor(index), position_id=each.pk, reason="R", **stated)
        for index, each in enumerate((position, other))
    ]
    step = f"{reverse('position', args=[w.matter.pk, position.pk])}?steg=forutsattningar"
    here = reverse("offer_to_relax", args=[w.matter.pk, conditions[0].pk])
    assert [here in w.client(0).get(step.replace("forutsattningar", name)).content.decode() for name in STEPS] == [True] * 2
    saved = w.client(0).post(here, {"price": "40"})
    assert (saved.status_code, saved["Location"]) == (302, step)
    given = {"actor": w.leader(), "matter_id": w.matter.pk, "position_id": position.pk}
    link = reverse("answer", args=[matters.make_answer_link(recipient="a@example.se", **given)])
    address, reader = f"{link}omprova/{conditions[0].pk}/pris/", Client(headers={"accept-language": "en"})
    assert address in reader.get(f"{link}?steg=forutsattningar").content.decode()
    assert 'value="40"' in reader.get(address).content.decode()
    refused = reader.post(address, {"price": "-4"})
    assert (refused.status_code, 'value="-4"' in refused.content.decode()) == (422, True)
    saved = reader.post(address, {"price": "25"})
    assert (saved.status_code, saved["Location"]) == (302, f"{link}?steg=forutsattningar")
    assert "can be given up for 25" in reader.get(saved["Location"]).content.decode()
    for foreign in (conditions[1].pk, "222222222222"):
        assert reader.post(f"{link}omprova/{foreign}/pris/", {"price": "1"}).status_code == 404
    assert reader.get("/svar/no-such-link/omprova/222222222222/pris/").status_code in {302, 404}


def test_an_objection_is_answered_by_coordination_and_cleared_by_its_maker(world):
    """A named objection stops the decision until it has been answered and its maker says that the answer is enough."""
    version = chain.prepared(world)
    until = clock.day(clock.now()) + timedelta(days=20)
    do.open_consultation(actor=world.coordinator, version_id=version.pk, until=until)
    for organisation in (world.region, world.island):
        actor = world.representative(organisation)
        do.answer_consultation(actor=actor, version_id=version.pk, stance="supports")
    town = world.representative(world.town)
    said = {"answer-stance": "objects", "answer-text": "The transition is too short"}
    assert press(town, "answer_consultation", version.pk, **said)[0] == 302
    objection = version.consultation_answers.get(organisation=world.town)
    press(world.coordinator, "recommend", version.pk)
    assert _state(version) == "consultation"
    words = {f"reply-{objection.pk}-text": "You begin three months later"}
    assert press(world.coordinator, "reply_to_objection", objection.pk, **words)[0] == 302
    press(world.coordinator, "recommend", version.pk)
    assert _state(version) == "consultation"
    assert "You begin three months later" in read(town, "decision", version.decision_id)
    assert press(town, "clear_objection", objection.pk)[0] == 302
    press(world.coordinator, "recommend", version.pk)
    assert _state(version) == "recommended"


def _state(version):
    version.refresh_from_db()
    return version.state
