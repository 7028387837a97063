"""S7: experiences become the decision's next version, which says which experiences it answers."""

from __future__ import annotations

import json

import pytest
from django.core import serializers
from django.urls import reverse
from django.utils.translation import override

from samordna.domain.adherence.models import Experience, FollowingAnswer
from samordna.domain.adherence.operations import answer_following, share_experience
from samordna.domain.decisions import operations as decisions
from samordna.domain.decisions.models import ConsultationAnswer, DecisionVersion
from samordna.domain.matters import operations as matters
from samordna.domain.matters.models import Condition, Matter, Position
from tests.domain.adherence.followed import followed
from tests.domain.decisions import chain
from tests.domain.decisions import world as w
from tests.spec.deciding import press, read
from tests.spec.following import browser_of, page_for

pytestmark = pytest.mark.django_db


def test_an_experience_starts_the_next_turn_and_is_named_in_it():
    """The coordinator turns a participant's experience into the next turn of the matter, which names it."""
    world = followed(2)
    experience = share_experience(
        actor=world.actor(0), version_id=world.version.pk, tone="hinders", text="Färjan går inte alla dagar"
    )
    response = browser_of(world.lead).post(reverse("start_next_turn", args=[experience.pk]))
    turn = Matter.objects.get(previous=world.matter)
    assert (response.status_code, response.headers["Location"]) == (302, reverse("matter", args=[turn.pk]))
    shown = browser_of(world.lead).get(reverse("matter", args=[turn.pk])).content.decode()
    assert "Färjan går inte alla dagar" in shown
    assert world.organisations[0].name in shown
    assert reverse("matter", args=[turn.pk]) in page_for(world.lead, world)


def _kept(version):
    """Everything that was said and decided up to now, as bytes."""
    version.refresh_from_db()
    matter = version.decision.matter
    rows = [
        *Position.objects.filter(matter=matter),
        *Condition.objects.filter(matter=matter),
        *ConsultationAnswer.objects.filter(version=version),
        *FollowingAnswer.objects.filter(version=version),
        *Experience.objects.filter(version=version),
    ]
    documents = json.dumps([version.content, version.certificate, version.ruling, version.digest], sort_keys=True)
    return serializers.serialize("json", sorted(rows, key=lambda row: (row._meta.label, row.pk))) + documents


def test_the_next_version_answers_experiences_begins_with_old_answers_and_leaves_the_old_as_it_was():
    """The next version says which experiences it answers, each begins with its old answer, and nothing old is changed."""
    with override("en"):
        world = w.build()
        old = chain.in_force(world)
        town, island = world.representative(world.town), world.representative(world.island)
        answer_following(actor=town, version_id=old.pk, kind="already_so")
        share_experience(
            actor=island,
            version_id=old.pk,
            aspect_id=world.days.pk,
            tone="hinders",
            text="The ferry is cancelled in storms",
        )
        experience = Experience.objects.get()
        before = _kept(old)
        lead = world.coordinator
        assert press(lead, "start_revision", old.pk, experience_ids=[experience.pk])[0] == 302
        turn = Matter.objects.get(previous=world.matter)
        matters.start_gathering(actor=lead, matter_id=turn.pk)
        own = turn.positions.get(organisation=world.island)
        asked = read(island, "position", turn.pk, own.pk)
        assert "This is what you said in" in asked
        assert "The ferry is cancelled in storms" in asked
        assert "Free days is at least 3" in asked
        for organisation in world.organisations:
            position = turn.positions.get(organisation=organisation)
            address = reverse("position", args=[turn.pk, position.pk]) + "?steg=skicka"
            word = "send" if position.conditions.exists() else "no-conditions"
            sent = browser_of(world.representative(organisation)).post(address, {"do": word})
            assert sent.status_code == 302
        new = _decided(world, turn)
        told = read(town, "decision", new.decision_id)
        assert "Experiences that it answers" in told
        assert "The ferry is cancelled in storms" in told
        old.refresh_from_db()
        assert old.ended_reason.endswith(f" {new.decision.number}.")
        assert old.ended_reason in read(town, "decision", old.decision_id)
        assert _kept(old) == before


def _decided(world, turn) -> DecisionVersion:
    lead = world.coordinator
    matters.advance(actor=lead, matter_id=turn.pk, to="weighing")
    aspects = {aspect.label: aspect for aspect in turn.aspects.all()}
    labels = {"Free days": "3", "Basis": "average", "Transition": "6"}
    frame = {aspects[name].pk: w.option(aspects[name], label).pk for name, label in labels.items()}
    sketch = decisions.propose_by_hand(actor=lead, matter_id=turn.pk, title="Three days still", frame=frame)
    decisions.share_proposal(actor=lead, proposal_id=sketch.pk)
    decisions.choose_proposal(actor=lead, proposal_id=sketch.pk)
    version = decisions.prepare_decision(actor=lead, matter_id=turn.pk)
    decisions.skip_step(actor=lead, version_id=version.pk, step="consultation", reason="Everyone sat at the table")
    decisions.recommend(actor=lead, version_id=version.pk)
    chain.adopt(world, version, *world.organisations, at=None)
    return decisions.establish(actor=lead, version_id=version.pk)
