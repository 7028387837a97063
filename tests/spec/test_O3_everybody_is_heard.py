"""O3: to gather and respect the participants' needs and conditions."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse

from samordna.core import clock
from samordna.domain.decisions import operations as do
from tests.background import post_letters
from tests.domain.decisions import chain
from tests.domain.decisions import world as deciding
from tests.spec.deciding import press, read
from tests.web.matters.world import world

pytestmark = pytest.mark.django_db


def _on(w):
    return w.lead().post(reverse("advance_matter", args=[w.matter.pk, "avvagning"]))


def test_a_matter_cannot_move_on_while_somebody_is_silent():
    """A matter waits, naming whom, until every participant has answered or said that it declines: silence is no consent."""
    w = world()
    w.client(0).post(f"{reverse('position', args=[w.matter.pk, w.positions[0].pk])}?steg=skicka", {"do": "no-conditions"})
    refused = _on(w)
    assert refused.status_code == 422
    assert "Waited for: Municipality 001. Silence is not consent" in refused.content.decode()
    decline = reverse("record_declining", args=[w.matter.pk, w.positions[1].pk])
    assert w.lead().post(decline, {"reason": ""}).status_code == 422
    assert w.client(1).post(decline, {"reason": "They are silent"}).status_code == 403
    assert w.lead().post(decline, {"reason": "Said on the telephone that it concerns them not"}).status_code == 302
    assert _on(w).status_code == 302
    w.matter.refresh_from_db()
    assert w.matter.stage == "weighing"


def test_the_coordinator_reminds_those_who_are_silent():
    """A reminder goes to whoever may answer for a silent participant, with the day and the address, and to nobody else."""
    w = world()
    w.client(0).post(f"{reverse('position', args=[w.matter.pk, w.positions[0].pk])}?steg=skicka", {"do": "no-conditions"})
    w.lead().post(reverse("remind", args=[w.matter.pk]))
    post_letters()
    assert [letter.to for letter in mail.outbox] == [[w.holdings[1].person.email]]
    assert reverse("position", args=[w.matter.pk, w.positions[1].pk]) in mail.outbox[0].body
    assert w.matter.answer_by.isoformat() in mail.outbox[0].body


def test_silence_in_a_consultation_is_an_act_with_a_reason_or_it_is_waited_for():
    """After the last day nothing is recommended over silence; only an act with a reason records that somebody declines."""
    world = deciding.build()
    version = chain.prepared(world)
    start = clock.now() - timedelta(days=30)
    until = clock.day(start) + timedelta(days=10)
    do.open_consultation(actor=world.coordinator, version_id=version.pk, until=until, at=start)
    for organisation in (world.region, world.island):
        do.answer_consultation(actor=world.representative(organisation), version_id=version.pk, stance="supports")
    press(world.coordinator, "recommend", version.pk)
    version.refresh_from_db()
    assert version.state == "consultation"
    declining = {"organisation": [world.town.pk], "declining-reason": "Asked twice; it says that it is not concerned"}
    assert press(world.representative(world.town), "record_not_answering", version.pk, **declining)[0] == 403
    assert press(world.coordinator, "record_not_answering", version.pk, **declining)[0] == 302
    assert "it says that it is not concerned" in read(world.coordinator, "decision", version.decision_id)
    press(world.coordinator, "recommend", version.pk)
    version.refresh_from_db()
    assert version.state == "recommended"
