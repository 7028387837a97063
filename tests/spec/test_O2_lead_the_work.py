"""O2: to create and lead a way of working: the coordinator sees what is next, who is waited for, and reminds them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail

from samordna.core import clock
from samordna.domain.decisions import operations as do
from samordna.domain.organisations.models import Person
from tests.background import post_letters
from tests.domain.decisions import chain
from tests.domain.decisions import world as w
from tests.spec.deciding import press, read

pytestmark = pytest.mark.django_db


def test_the_coordinator_sees_the_next_step_and_reminds_those_who_are_waited_for():
    """What waits for the coordinator follows the decision; one press reminds exactly those who have not answered."""
    world = w.build()
    version, start = chain.prepared(world), clock.now() - timedelta(days=30)
    assert "Send the decision out for consultation" in read(world.coordinator, "home")
    until = clock.day(start) + timedelta(days=10)
    do.open_consultation(actor=world.coordinator, version_id=version.pk, until=until, at=start)
    assert "Remind those who have not answered, or record that they decline" in read(world.coordinator, "home")
    answers = {of.name: world.representative(of) for of in world.organisations}
    for name, actor in answers.items():
        Person.objects.filter(pk=actor.person_id).update(email=f"{name.split()[0].lower()}@example.se")
    objection = {"stance": "objects", "text": "Too soon"}
    do.answer_consultation(actor=answers["Åstad"], version_id=version.pk, **objection)
    assert "Answer the objections" in read(world.coordinator, "home")
    assert press(world.coordinator, "remind_of_decision", version.pk)[0] == 302
    post_letters()
    to = {letter.to[0] for letter in mail.outbox}
    assert {"holmö@example.se", "region@example.se"} <= to
    assert "åstad@example.se" not in to
