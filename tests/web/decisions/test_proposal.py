"""A proposal's page and form: what the check says, who may do what, and that nothing typed is lost."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samordna.domain.decisions import operations as do
from samordna.domain.decisions.enums import ProposalState
from samordna.domain.decisions.models import DecisionVersion, Proposal
from samordna.domain.matters.enums import Confidence, PositionState
from samordna.domain.matters.models import Condition
from tests import factories as f
from tests.domain.decisions import chain
from tests.domain.decisions import world as w
from tests.domain.decisions.world import World
from tests.web.decisions.conftest import SignIn


def typed(world: World, lines: tuple[tuple[object, str], ...] = (), **fields: str) -> dict[str, str]:
    """What a browser posts: the frame of three days, and a line per adaptation."""
    posted = {f"frame_{aspect}": option for aspect, option in world.frame(transition="none").items()}
    posted |= {"title": "Three days", "text": "", "lines": str(len(lines) + 1)}
    for number, (organisation, value) in enumerate(lines):
        posted |= {f"line{number}-organisation": organisation.pk, f"line{number}-value": value}
    return posted | fields


def value(aspect: object, label: str) -> str:
    return f"{aspect.pk}.{w.option(aspect, label).pk}"


def test_a_proposal_by_hand_is_checked_at_once_and_names_what_it_breaks(world: World, sign_in: SignIn):
    client = sign_in(world.representative(world.town))
    response = client.post(reverse("new_proposal", args=[world.matter.pk]), typed(world), follow=True)
    made = Proposal.objects.get()
    assert response.redirect_chain == [(reverse("proposal", args=[made.pk]), 302)]
    shown = response.content.decode()
    assert "The proposal breaks 1 thing that must hold" in shown
    assert "Transition is at least 6" in shown
    assert "Hiring takes a season" in shown
    assert re.search(r"At Holmö:\s*Transition <b>none</b>", shown)


def test_a_line_makes_an_adaptation(world: World, sign_in: SignIn):
    client = sign_in(world.coordinator)
    posted = typed(world, ((world.island, value(world.transition, "6")),), **{"line0-review_on": "2099-05-01"})
    shown = client.post(reverse("new_proposal", args=[world.matter.pk]), posted, follow=True).content.decode()
    assert "Respects all conditions" in shown
    adaptation = Proposal.objects.get().adaptations.get()
    assert (adaptation.organisation, str(adaptation.review_on)) == (world.island, "2099-05-01")
    assert [condition.reason for condition in adaptation.because.all()] == ["Hiring takes a season"]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"title": ""}, "This field is required."),
        ({"title": "x" * 121}, "at most 120 characters"),
        ({"line0-organisation": "", "line0-value": ""}, None),
        ({"line0-value": ""}, "Choose both who differs and what it has instead"),
        ({"line0-review_on": "soon"}, "Enter a valid date."),
        ({"line0-review_on": "2020-01-01"}, "The day this adaptation is reviewed lies in the future."),
        ({"lines": "x"}, None),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    world: World, sign_in: SignIn, fields: dict[str, str], said: str | None
):
    posted = typed(world, ((world.island, value(world.transition, "6")),), text="Our own words") | fields
    response = sign_in(world.coordinator).post(reverse("new_proposal", args=[world.matter.pk]), posted)
    if said is None:
        assert response.status_code == 302
        return
    assert response.status_code == 422
    shown = response.content.decode()
    assert said in shown
    assert "Our own words" in shown
    assert f'<option value="{world.frame()[world.days.pk]}" selected>' in shown
    assert not Proposal.objects.exists()


def test_what_must_be_the_same_for_all_needs_a_value(world: World, sign_in: SignIn):
    posted = typed(world, **{f"frame_{world.days.pk}": ""})
    response = sign_in(world.coordinator).post(reverse("new_proposal", args=[world.matter.pk]), posted)
    assert response.status_code == 422
    assert "It must be the same for all; choose its value." in response.content.decode()


def test_what_the_operation_refuses_stands_by_its_line(world: World, sign_in: SignIn):
    twice = (world.island, value(world.transition, "6")), (world.island, value(world.transition, "3"))
    response = sign_in(world.coordinator).post(reverse("new_proposal", args=[world.matter.pk]), typed(world, twice))
    assert response.status_code == 422
    shown = response.content.decode()
    assert re.search(r'class="line-error">.*two adaptations in the same aspect', shown, re.S)


def test_lines_are_added_without_losing_anything(world: World, sign_in: SignIn):
    posted = typed(world, ((world.island, value(world.transition, "6")),), title="Half done", more="1")
    shown = sign_in(world.coordinator).post(reverse("new_proposal", args=[world.matter.pk]), posted).content.decode()
    assert 'value="Half done"' in shown
    assert 'name="line3-organisation"' in shown
    assert f'<option value="{world.island.pk}" selected>' in shown
    assert not Proposal.objects.exists()


def test_with_many_participants_names_are_typed(world: World, sign_in: SignIn):
    for number in range(40):
        f.position(world.matter, f.organisation(f"Kommun {number}"), state=PositionState.NO_CONDITIONS)
    client, page = sign_in(world.coordinator), reverse("new_proposal", args=[world.matter.pk])
    assert '<datalist id="participants">' in client.get(page).content.decode()
    wrong = {"line0-organisation": "Holmön", "line0-value": "Transition: 6"}
    response = client.post(page, typed(world) | wrong)
    assert response.status_code == 422
    assert "“Holmön” is not in the list." in response.content.decode()
    assert 'value="Holmön"' in response.content.decode()
    client.post(page, typed(world) | wrong | {"line0-organisation": "holmö"})
    assert Proposal.objects.get().adaptations.get().organisation == world.island


def test_a_sketch_is_its_makers_own_until_it_is_shared(world: World, sign_in: SignIn):
    maker, other = world.representative(world.town), world.representative(world.island)
    sketch = do.propose_by_hand(actor=maker, matter_id=world.matter.pk, title="Mine", frame=world.frame())
    page = reverse("proposal", args=[sketch.pk])
    assert sign_in(other).get(page).status_code == 404
    assert "Share with everyone" in sign_in(maker).get(page).content.decode()
    sign_in(maker).post(reverse("share_proposal", args=[sketch.pk]))
    assert sign_in(other).get(page).status_code == 200
    assert sign_in(other).post(reverse("withdraw_proposal", args=[sketch.pk])).status_code == 302
    sketch.refresh_from_db()
    assert sketch.state == ProposalState.SHARED


def test_a_sketch_is_changed_and_a_shared_proposal_amended(world: World, sign_in: SignIn):
    actor = world.representative(world.town)
    client = sign_in(actor)
    sketch = do.propose_by_hand(actor=actor, matter_id=world.matter.pk, title="Mine", frame=world.frame())
    page = reverse("change_proposal", args=[sketch.pk])
    assert 'value="Mine"' in client.get(page).content.decode()
    client.post(page, typed(world, title="Still mine"))
    sketch.refresh_from_db()
    assert sketch.title == "Still mine"
    client.post(reverse("share_proposal", args=[sketch.pk]))
    assert client.post(page, typed(world, title="Too late")).status_code == 422
    amend = reverse("amend_proposal", args=[sketch.pk])
    assert client.get(amend).status_code == 200
    client.post(amend, typed(world, ((world.island, value(world.transition, "6")),), title="Better"))
    amended = Proposal.objects.get(title="Better")
    assert (amended.amends, amended.adaptations.count()) == (sketch, 1)


def test_an_amendment_keeps_what_is_left_to_each(world: World, sign_in: SignIn):
    world.transition.sharing = "local"
    world.transition.save()
    attempt = do.propose_by_engine(actor=world.coordinator, matter_id=world.matter.pk)
    proposal = attempt.proposals.get()
    posted = typed(world, title="Same again")
    del posted[f"frame_{world.transition.pk}"]
    sign_in(world.coordinator).post(reverse("amend_proposal", args=[proposal.pk]), posted)
    kept = Proposal.objects.get(title="Same again").adaptations.values_list("organisation__name", "option__label")
    assert set(kept) == set(proposal.adaptations.values_list("organisation__name", "option__label"))


def test_the_owner_answers_about_its_condition_in_prose_and_nobody_else(world: World, sign_in: SignIn):
    text = w.prose(world.position(world.island), world.matter)
    proposal = chain.proposed(world)
    do.check_proposal(actor=world.coordinator, proposal_id=proposal.pk)
    answer = reverse("answer_prose", args=[proposal.pk, text.pk])
    owner, other = sign_in(world.representative(world.island)), sign_in(world.representative(world.town))
    page = reverse("proposal", args=[proposal.pk])
    assert answer in owner.get(page).content.decode()
    assert answer not in other.get(page).content.decode()
    no = {f"{text.pk}-respected": "no", f"{text.pk}-reason": ""}
    response = owner.post(answer, no)
    assert response.status_code == 422
    assert "Say what it is in the proposal that your condition does not allow." in response.content.decode()
    assert owner.post(answer, {f"{text.pk}-respected": "yes"}).status_code == 302
    assert "respected, says the owner" in other.get(page).content.decode()
    other.post(answer, no | {f"{text.pk}-reason": "Just because"})
    assert proposal.prose_answers.get().respected


def test_only_the_coordinator_chooses_and_prepares(world: World, sign_in: SignIn):
    proposal = chain.proposed(world)
    do.check_proposal(actor=world.coordinator, proposal_id=proposal.pk)
    page = reverse("proposal", args=[proposal.pk])
    shown = sign_in(world.representative(world.town)).get(page).content.decode()
    assert "Only the collaboration&#x27;s coordinator can do this." in shown
    client = sign_in(world.coordinator)
    client.post(reverse("choose_proposal", args=[proposal.pk]))
    prepare = reverse("prepare_decision", args=[proposal.pk])
    wrong = client.post(prepare, {"comes_into_force": "all", "review_on": "2020-01-01"})
    assert wrong.status_code == 422
    assert "The review lies in the future." in wrong.content.decode()
    assert 'value="2020-01-01"' in wrong.content.decode()
    response = client.post(prepare, {"comes_into_force": "all"})
    assert response.url == reverse("decision", args=[DecisionVersion.objects.get().decision_id])


def test_one_that_breaks_a_condition_cannot_be_chosen_and_the_button_says_why(world: World, sign_in: SignIn):
    proposal = chain.proposed(world, frame=world.frame(days="5", transition="6"))
    do.check_proposal(actor=world.coordinator, proposal_id=proposal.pk)
    client = sign_in(world.coordinator)
    shown = client.get(reverse("proposal", args=[proposal.pk])).content.decode()
    assert "The proposal breaks a condition that must be respected." in shown
    told = client.post(reverse("choose_proposal", args=[proposal.pk]), follow=True).content.decode()
    assert "“Free days is at most 3” (Region Fjärdsland)" in told
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.SHARED


def test_a_broken_condition_in_confidence_is_named_by_its_owner_only(world: World, sign_in: SignIn):
    Condition.objects.filter(position__organisation=world.island).update(confidence=Confidence.COORDINATOR, reason="CANARY")
    proposal = chain.proposed(world, frame=world.frame(days="1"))
    do.check_proposal(actor=world.coordinator, proposal_id=proposal.pk)
    page = reverse("proposal", args=[proposal.pk])
    shown = sign_in(world.representative(world.town)).get(page).content.decode()
    assert "CANARY" not in shown
    assert "a condition that Holmö has stated in confidence" in shown
    assert "At Holmö:" not in shown
    assert "At Holmö:" in sign_in(world.coordinator).get(page).content.decode()


@pytest.mark.parametrize("name", ["proposal", "amend_proposal"])
def test_the_pages_cost_the_same_for_three_and_for_many(world: World, sign_in: SignIn, name: str):
    def asked(proposal: Proposal) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse(name, args=[proposal.pk])).status_code == 200
        return len(queries)

    client = sign_in(world.representative(world.town))
    first = do.propose_by_engine(actor=world.coordinator, matter_id=world.matter.pk).proposals.get()
    asked(first)
    three = asked(first)
    for number in range(60):
        position = f.position(world.matter, f.organisation(f"Kommun {number}"), state=PositionState.ANSWERED)
        w.condition(position, world.matter, world.basis, "one_of", ["average", "individual"][number % 2])
        w.prose(position, world.matter)
    second = do.propose_by_engine(actor=world.coordinator, matter_id=world.matter.pk).proposals.get()
    assert second.adaptations.exists()
    assert asked(second) == three


def test_two_people_at_one_sketch_the_second_sees_the_difference_and_loses_nothing(world: World, sign_in: SignIn):
    own = world.representative(world.town)
    made = do.propose_by_hand(actor=own, matter_id=world.matter.pk, title="First", frame=world.frame())
    client, address = sign_in(own), reverse("change_proposal", args=[made.pk])
    opened = client.get(address).content.decode()
    seen = re.search(r'name="seen" value="(\w+)"', opened).group(1)
    other = {"title": "Theirs", "frame": world.frame(days="2"), "text": "Two will do"}
    do.change_sketch(actor=world.manager(world.town), proposal_id=made.pk, **other)
    mine = {"title": "Mine", "text": "Three it is", "lines": "0", "seen": seen}
    mine |= {f"frame_{aspect}": option for aspect, option in world.frame(days="3").items()}
    told = client.post(address, mine)
    words = unescape(told.content.decode())
    assert told.status_code == 422
    assert "the title “Theirs”; the text “Two will do”; Free days: 2" in words
    assert "Three it is" in words
    made.refresh_from_db()
    assert made.title == "Theirs"
    again = re.search(r'name="seen" value="(\w+)"', words).group(1)
    assert again != seen
    assert client.post(address, mine | {"seen": again}).status_code == 302
    made.refresh_from_db()
    assert (made.title, made.text) == ("Mine", "Three it is")


def test_a_fault_in_the_form_does_not_hide_that_somebody_else_has_changed_it(world: World, sign_in: SignIn):
    own = world.representative(world.town)
    made = do.propose_by_hand(actor=own, matter_id=world.matter.pk, title="First", frame=world.frame())
    client, address = sign_in(own), reverse("change_proposal", args=[made.pk])
    seen = re.search(r'name="seen" value="(\w+)"', client.get(address).content.decode()).group(1)
    do.change_sketch(actor=own, proposal_id=made.pk, title="Theirs", frame=world.frame())
    mine = {"title": "", "text": "", "lines": "0", "seen": seen}
    mine |= {f"frame_{aspect}": option for aspect, option in world.frame().items()}
    assert f'name="seen" value="{seen}"' in client.post(address, mine).content.decode()
    assert "Somebody changed the sketch" in client.post(address, mine | {"title": "Mine"}).content.decode()


def test_an_alternative_is_set_against_the_first_shared_without_what_others_choose_themselves(
    world: World, sign_in: SignIn
):
    def own(aspect: object, label: str, *who: object) -> list[dict[str, str]]:
        return [{"organisation": one.pk, "aspect": aspect.pk, "option": w.option(aspect, label).pk} for one in who]

    first = chain.proposed(world, adaptations=own(world.transition, "3", world.town))
    frame = {aspect: option for aspect, option in world.frame(transition="6").items() if aspect != world.basis.pk}
    differing = own(world.transition, "none", world.region, world.town) + own(world.basis, "individual", world.island)
    other = chain.proposed(world, title="Their own basis", frame=frame, adaptations=differing)

    def rows(actor: object, proposal: Proposal) -> list[str]:
        shown = sign_in(actor).get(reverse("proposal", args=[proposal.pk])).content.decode()
        assert ("What differs from proposal 1" in shown) == (proposal == other)
        listed = re.findall(
            r"<li>(.*?)</li>", (re.findall(r'<ul class="changed">(.*?)</ul>', shown, re.S) or [""])[0], re.S
        )
        return [unescape(re.sub(r"<[^>]+>", "", row)) for row in listed]

    open_to_all = [
        "Basis: average → left to each",
        "Region Fjärdsland · Transition: as the frame → none",
        "Åstad · Transition: 3 → none",
    ]
    assert sorted(rows(world.representative(world.town), other)) == open_to_all
    assert "Holmö · Basis: as the frame → individual" in rows(world.representative(world.island), other)
    assert len(rows(world.coordinator, other)) == 4
    assert rows(world.coordinator, first) == []
