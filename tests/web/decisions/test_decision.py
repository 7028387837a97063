"""A decision's page: the document, the steps to force with what stands in their way, and what nobody else may read."""

from __future__ import annotations

import re
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samordna.core import clock
from samordna.domain.decisions import operations as do
from samordna.domain.decisions.enums import DecisionState
from samordna.domain.decisions.models import DecisionVersion
from samordna.domain.forums.models import Item
from samordna.domain.forums.operations import start_forum
from samordna.domain.matters.enums import Confidence, PositionState
from samordna.domain.matters.models import Condition
from samordna.domain.proceedings.models import Outcome, Question
from tests import factories as f
from tests.domain.decisions import chain
from tests.domain.decisions import world as w
from tests.domain.decisions.world import World
from tests.web.decisions.conftest import SignIn

LATER = (clock.day(clock.now()) + timedelta(days=20)).isoformat()
PAST = date(2026, 6, 1).isoformat()
ADOPTION = {
    "adoption-answer": "adopted",
    "adoption-body": "The board",
    "adoption-decided_on": PAST,
    "adoption-paragraph": "§ 7",
}


def page(version: DecisionVersion, query: str = "") -> str:
    return reverse("decision", args=[version.decision_id]) + query


def step(name: str, version: DecisionVersion) -> str:
    return reverse(name, args=[version.pk])


def decided_at_a_meeting(world: World) -> None:
    """A forum of the collaboration has decided about the matter, as its third decision of the year."""
    given, now = world.matter.collaboration_id, clock.now()
    forum = start_forum(actor=world.coordinator, collaboration_id=given, kind="steering", name="The board")
    item = Item.objects.create(forum=forum, kind="decision", title="Free days", matter=world.matter, raised_at=now, order=1)
    rules = {"method": "consent", "voice": "party", "quorum": "none", "share": "two_thirds", "state": "closed"}
    question = Question.objects.create(item=item, text="Yes?", opened_at=now, closed_at=now, **rules)
    told = {"year": 2026, "number": 3, "statement": "We do so.", "settled_at": now, "result": "carried"}
    Outcome.objects.create(question=question, forum=forum, **told)


def test_the_document_says_what_is_alike_who_differs_and_why(world: World, sign_in: SignIn):
    differing = [
        {"organisation": world.island.pk, "aspect": world.transition.pk, "option": w.option(world.transition, "6").pk}
    ]
    proposal = chain.proposed(world, frame=world.frame(transition="none"), adaptations=differing, text="Home in time")
    do.check_proposal(actor=world.coordinator, proposal_id=proposal.pk)
    version = chain.prepared(world, proposal=proposal)
    shown = sign_in(world.representative(world.town)).get(page(version)).content.decode()
    assert re.search(r"<dt>Free days</dt><dd><b>3</b>", shown)
    assert re.search(r"<b>Holmö</b> · Transition: <b>6</b>", shown)
    assert "Hiring takes a season" in shown
    assert "Home in time" in shown
    assert version.digest in shown
    assert "respects all conditions" in shown
    assert "2 conditions checked by machine" not in shown
    assert "3 conditions checked by machine" in shown


def test_the_mandate_card_says_who_decides_and_why(world: World, sign_in: SignIn):
    w.lend(world, world.town)
    version = chain.prepared(world)
    decided_at_a_meeting(world)
    shown = unescape(sign_in(world.representative(world.town)).get(page(version)).content.decode())
    assert "Decided in The board 2026:3" in shown
    assert "2 organisations' own decisions are still needed" in shown
    for organisation in world.organisations:
        why = version.ruling["organisations"][organisation.pk]["why"]
        assert all(part in shown for part in (why["text"], *(because["text"] for because in why["because"])))


def test_from_prepared_to_force_as_each_in_turn(world: World, sign_in: SignIn):
    version = chain.prepared(world)
    lead = sign_in(world.coordinator)
    lead.post(step("open_consultation", version), {"consultation-until": LATER})
    for organisation in world.organisations:
        client = sign_in(world.representative(organisation))
        assert "Your answer to the consultation" in client.get(page(version)).content.decode()
        client.post(step("answer_consultation", version), {"answer-stance": "supports"})
    lead.post(step("recommend", version))
    for organisation in world.organisations:
        client = sign_in(world.manager(organisation))
        assert "Record the decision" in client.get(page(version)).content.decode()
        assert client.post(step("record_adoption", version), ADOPTION).status_code == 302
    assert lead.post(step("establish", version), {}).status_code == 302
    shown = sign_in(world.representative(world.town)).get(page(version)).content.decode()
    assert "3 of 3" in shown
    assert shown.count("The board, 06/01/2026, § 7") == 3
    assert "In force" in shown
    assert reverse("following", args=[version.decision_id]) in shown


def test_what_stands_in_the_way_is_listed_with_whose_it_is(world: World, sign_in: SignIn):
    text = w.prose(world.position(world.island), world.matter)
    version = chain.recommended(world)
    chain.adopt(world, version, world.region)
    world.matter.positions.filter(organisation=world.town).update(state=PositionState.SILENT)
    w.condition(world.position(world.region), world.matter, world.transition, "at_most", "3")
    shown = sign_in(world.coordinator).get(page(version)).content.decode()
    assert "Åstad has neither said what it needs nor been recorded as declining to." in shown
    assert "“Transition is at most 3” (Region Fjärdsland)" in shown
    assert f"Holmö has not said whether its condition is respected: “{text.prose}” (Holmö)" in shown
    assert "Holmö has not adopted it." in shown
    assert step("establish", version) not in shown
    told = sign_in(world.coordinator).post(step("establish", version), {})
    assert told.status_code == 422
    version.refresh_from_db()
    assert version.state == DecisionState.RECOMMENDED


@pytest.mark.parametrize(
    ("name", "fields", "said", "kept"),
    [
        ("open_consultation", {"consultation-until": PAST}, "The last day to answer lies in the future.", PAST),
        ("open_consultation", {"consultation-until": "soon"}, "Enter a valid date.", "soon"),
        ("skip_step", {"skip-step": "consultation", "skip-reason": " "}, "This field is required.", "selected"),
        ("skip_step", {"skip-step": "lunch", "skip-reason": "Hunger"}, "Select a valid choice.", "Hunger"),
        ("withdraw_decision", {"withdraw-reason": ""}, "This field is required.", "withdraw-reason"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    world: World, sign_in: SignIn, name: str, fields: dict[str, str], said: str, kept: str
):
    version = chain.prepared(world)
    response = sign_in(world.coordinator).post(step(name, version), fields)
    assert response.status_code == 422
    assert said in response.content.decode()
    assert kept in response.content.decode()


def test_an_objection_says_what_it_is_about_and_a_late_answer_is_marked(world: World, sign_in: SignIn):
    version = chain.prepared(world)
    sign_in(world.coordinator).post(step("open_consultation", version), {"consultation-until": LATER})
    client = sign_in(world.representative(world.town))
    wrong = client.post(step("answer_consultation", version), {"answer-stance": "objects"})
    assert wrong.status_code == 422
    assert "Say what it is about, so that it can be answered." in wrong.content.decode()
    DecisionVersion.objects.filter(pk=version.pk).update(consultation_until=PAST)
    client.post(step("answer_consultation", version), {"answer-stance": "objects", "answer-text": "Too soon for us"})
    shown = sign_in(world.representative(world.island)).get(page(version)).content.decode()
    assert "Too soon for us" in shown
    assert re.search(r">\s*late\s*<", shown)


def test_the_button_that_recommends_says_whom_it_waits_for(world: World, sign_in: SignIn):
    version = chain.prepared(world)
    lead = sign_in(world.coordinator)
    assert "The participants have not been consulted." in refusal_to_recommend(lead.get(page(version)))
    lead.post(step("open_consultation", version), {"consultation-until": LATER})
    waiting = refusal_to_recommend(lead.get(page(version)))
    assert all(organisation.name in waiting for organisation in world.organisations)
    for organisation in world.organisations:
        do.answer_consultation(actor=world.representative(organisation), version_id=version.pk, stance="supports")
    assert refusal_to_recommend(lead.get(page(version))) == ""


def refusal_to_recommend(response: Any) -> str:
    """The sentence on the disabled button that recommends; nothing where it can be pressed."""
    form = response.content.decode().split(f'action="{reverse("recommend", args=[response.context["page"].version.id])}"')[
        1
    ]
    refused = re.search(r'class="refusal"[^>]*>([^<]*)<', form.split("</form>")[0])
    return unescape(refused.group(1)) if refused else ""


def test_a_recommendation_that_is_refused_says_why(world: World, sign_in: SignIn):
    version = chain.prepared(world)
    shown = sign_in(world.coordinator).post(step("recommend", version), follow=True).content.decode()
    assert "The participants have not been consulted." in shown


def test_a_representative_cannot_adopt_and_a_stranger_sees_nothing(world: World, sign_in: SignIn):
    version = chain.recommended(world)
    representative = sign_in(world.representative(world.town))
    assert step("record_adoption", version) not in representative.get(page(version)).content.decode()
    assert representative.post(step("record_adoption", version), ADOPTION).status_code == 422
    assert not version.adoptions.exists()
    stranger = sign_in(f.actor(f.organisation("Elsewhere")))
    for address in (page(version), reverse("decision", args=["nothing"])):
        assert stranger.get(address).status_code == 404
    assert stranger.post(step("record_adoption", version), ADOPTION).status_code == 404


@pytest.mark.parametrize(
    ("fields", "status", "said"),
    [
        ({"adoption-in_force_from": "2026-05-31"}, 422, "It cannot be in force before it was decided."),
        ({"adoption-in_force_from": PAST}, 302, "in force here from"),
        ({"adoption-reservation": "Not for the night shift"}, 302, "Not for the night shift"),
    ],
)
def test_an_adoption_has_a_day_that_can_be_and_shows_its_reservation(
    world: World, sign_in: SignIn, fields: dict[str, str], status: int, said: str
):
    version = chain.recommended(world)
    client = sign_in(world.manager(world.town))
    told = client.post(step("record_adoption", version), ADOPTION | fields)
    assert told.status_code == status
    everybody = sign_in(world.representative(world.island)).get(page(version)) if status == 302 else told
    assert said in everybody.content.decode()
    assert version.adoptions.exists() == (status == 302)
    if status == 422:
        assert all(f'value="{typed}"' in told.content.decode() for typed in (*fields.values(), "The board"))


def test_a_rejection_is_shown_with_its_reason(world: World, sign_in: SignIn):
    version = chain.recommended(world)
    client = sign_in(world.manager(world.town))
    no = ADOPTION | {"adoption-answer": "rejected"}
    assert client.post(step("record_adoption", version), no).status_code == 422
    client.post(step("record_adoption", version), no | {"adoption-reservation": "No money this year"})
    shown = sign_in(world.coordinator).get(page(version)).content.decode()
    assert "No money this year" in shown
    assert "Åstad has rejected it." in shown


def test_versions_show_what_differs(world: World, sign_in: SignIn):
    first = chain.in_force(world)
    other = chain.proposed(world, title="Two by two", frame=world.frame(basis="individual", transition="6"))
    client = sign_in(world.coordinator)
    replace = reverse("replace_decision", args=[other.pk])
    assert client.post(replace, {"comes_into_force": "all", "reason": ""}).status_code == 422
    client.post(replace, {"comes_into_force": "all", "reason": "Experience says so"})
    latest = DecisionVersion.objects.get(number=2)
    shown = client.get(page(latest)).content.decode()
    assert "<del>average</del> → <ins>individual</ins>" in shown
    earlier = client.get(page(first, "?version=1")).content.decode()
    assert "There is a later version" in earlier
    assert client.get(page(first, "?version=7")).status_code == 404


def test_figures_and_confidence_stay_with_those_who_may_read_them(world: World, sign_in: SignIn):
    Condition.objects.filter(position__organisation=world.island).update(
        confidence=Confidence.COORDINATOR, reason="CANARY", legal_ground="CANARY"
    )
    w.prose(world.position(world.island), world.matter, "CANARY prose", confidence=Confidence.COORDINATOR)
    w.benefit(world.position(world.island), 777001, 777002, 777003)
    differing = [
        {"organisation": world.island.pk, "aspect": world.transition.pk, "option": w.option(world.transition, "6").pk}
    ]
    proposal = chain.proposed(world, frame=world.frame(transition="none"), adaptations=differing)
    do.check_proposal(actor=world.coordinator, proposal_id=proposal.pk)
    version = chain.prepared(world, proposal=proposal)
    shown = sign_in(world.representative(world.town)).get(page(version)).content.decode()
    assert "CANARY" not in shown
    assert "77700" not in shown
    assert "a condition that Holmö has stated in confidence" in shown
    both = [
        sign_in(actor).get(page(version)).content.decode() for actor in (world.coordinator, world.manager(world.island))
    ]
    assert all("CANARY" in text and "777002" in text for text in both)


def test_the_page_costs_the_same_for_three_and_for_many(world: World, sign_in: SignIn):
    def asked(version: DecisionVersion) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page(version)).status_code == 200
        return len(queries)

    other = w.build()
    for number in range(60):
        position = f.position(other.matter, f.organisation(f"Kommun {number}"), state=PositionState.ANSWERED)
        w.condition(position, other.matter, other.basis, "one_of", "average")
    f.participation(other.matter.collaboration, world.town)
    f.position(other.matter, world.town, state=PositionState.NO_CONDITIONS)
    client = sign_in(world.representative(world.town))
    few, many = chain.recommended(world), chain.recommended(other)
    asked(few)
    assert asked(few) == asked(many)


def test_what_binds_us_lists_what_is_in_force_with_our_own_values(world: World, sign_in: SignIn):
    client = sign_in(world.representative(world.island))
    assert "No coordinated decision binds us now" in client.get(reverse("binds_us")).content.decode()
    version = chain.in_force(world)
    shown = client.get(reverse("binds_us")).content.decode()
    assert page(version) in shown
    assert "by our own adoption" in shown
    assert re.search(r"<dt>Free days</dt><dd><b>3</b>", shown)
    stranger = sign_in(f.actor(f.organisation("Elsewhere"))).get(reverse("binds_us")).content.decode()
    assert page(version) not in stranger


def test_the_register_is_paged_and_costs_the_same(world: World, sign_in: SignIn):
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse("binds_us")).status_code == 200
        return len(queries)

    client = sign_in(world.representative(world.town))
    chain.in_force(world)
    asked()
    first = asked()
    for _more in range(2):
        other = w.build()
        f.participation(other.matter.collaboration, world.town)
        f.position(other.matter, world.town, state=PositionState.NO_CONDITIONS)
        other.organisations.append(world.town)
        chain.prepared(other)
    assert asked() == first
    assert client.get(reverse("binds_us") + "?sida=9").status_code == 200
