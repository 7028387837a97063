"""P2: a decision must work under the participants' conditions; everybody's conditions must be respected."""

from __future__ import annotations

import pytest

from samordna.domain.decisions.models import DecisionVersion
from samordna.domain.matters.enums import PositionState
from tests.domain.decisions import chain
from tests.domain.decisions import world as w
from tests.spec.deciding import press, read

pytestmark = [pytest.mark.django_db, pytest.mark.engine_process]


@pytest.fixture
def world():
    return w.build()


def established(version):
    return DecisionVersion.objects.get(pk=version.pk).state == "in_force"


def test_a_decision_cannot_be_established_against_a_stated_condition(world):
    """A decision that violates a condition is refused, and the refusal names the condition and its owner."""
    version = chain.recommended(world)
    chain.adopt(world, version, *world.organisations)
    w.condition(world.position(world.island), world.matter, world.days, "at_least", "4", reason="The ferry in winter")
    _status, words = press(world.coordinator, "establish", version.pk)
    assert not established(version)
    assert "Free days is at least 4" in words
    assert "Holmö" in words


def test_silence_is_visible_and_is_not_consent(world):
    """A participant that has not answered is named, and nothing can be established over its silence."""
    version = chain.recommended(world)
    chain.adopt(world, version, *world.organisations)
    world.matter.positions.filter(organisation=world.town).update(state=PositionState.SILENT)
    _status, words = press(world.coordinator, "establish", version.pk)
    assert not established(version)
    assert "Åstad has neither said what it needs nor been recorded as declining to" in words


def test_the_owner_of_a_condition_in_prose_must_have_answered(world):
    """A condition that no machine can check stands in the way until its owner has said that it is respected."""
    version = chain.recommended(world)
    chain.adopt(world, version, *world.organisations)
    w.prose(world.position(world.island), world.matter, "Those who are affected have been told")
    _status, words = press(world.coordinator, "establish", version.pk)
    assert not established(version)
    assert "Holmö has not said whether its condition is respected" in words


def test_the_check_is_printed_with_the_decision(world):
    """The certificate of the check, with its digest, is shown with the decision."""
    version = chain.in_force(world)
    words = read(world.representative(world.town), "decision", version.decision_id)
    assert version.digest[:8] in words
    assert "samordna-engine" in words
