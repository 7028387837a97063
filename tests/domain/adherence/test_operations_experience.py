from __future__ import annotations

from typing import Any

import pytest

from samordna.core.errors import Absent, Forbidden, Invalid, Refused
from samordna.core.models import JournalEntry
from samordna.domain.adherence.models import Experience
from samordna.domain.adherence.operations import share_experience, start_next_turn
from samordna.domain.decisions.enums import DecisionState
from samordna.domain.decisions.models import DecisionVersion
from samordna.domain.matters.models import Matter
from tests import factories as f
from tests.factories import NOW


def share(world, index=0, **given: Any) -> Experience:
    given = {"tone": "helps", "text": "Fewer return visits"} | given
    return share_experience(actor=world.actor(index), version_id=world.version.pk, at=NOW, **given)


def test_an_experience_is_about_an_aspect_or_the_whole(world):
    assert share(world, aspect_id=world.aspect.pk, effect="Home sooner").aspect_id == world.aspect.pk
    assert share(world).aspect is None
    assert JournalEntry.objects.filter(action="experience_shared").count() == 2


@pytest.mark.parametrize(
    ("given", "field"),
    [({"tone": "neutral"}, "tone"), ({"text": " "}, "text"), ({"effect": "a" * 10_001}, "effect")],
)
def test_what_cannot_be_used_is_said_by_field(world, given, field):
    with pytest.raises(Invalid) as refusal:
        share(world, **given)
    assert list(refusal.value.fields) == [field]


def test_an_aspect_of_another_matter_is_refused(world):
    with pytest.raises(Invalid) as refusal:
        share(world, aspect_id=f.aspect(f.matter(world.collaboration)).pk)
    assert list(refusal.value.fields) == ["aspect_id"]


def test_a_replaced_version_may_still_have_taught_something(world):
    world.version.state = DecisionState.REPLACED
    world.version.save()
    assert share(world).pk


def test_nothing_is_learnt_from_what_never_was_in_force(world):
    DecisionVersion.objects.update(state=DecisionState.RECOMMENDED, established_at=None, established_by=None)
    with pytest.raises(Refused):
        share(world)


def test_the_coordinator_lets_an_experience_start_the_next_turn(world):
    experience = share(world, aspect_id=world.aspect.pk, tone="hinders", text="Three days are too few on the island")
    matter = start_next_turn(actor=world.lead, experience_id=experience.pk, at=NOW)
    assert Matter.objects.get(previous=world.matter) == matter
    told = matter.occasions.get()
    assert (told.organisation, told.about) == (world.organisations[0].name, world.aspect.label)
    assert "Three days are too few on the island" in told.text
    actions = set(JournalEntry.objects.values_list("action", flat=True))
    assert actions >= {"follow_up_opened", "experience_taken_up"}


def test_only_the_coordinator_starts_the_next_turn(world):
    experience = share(world)
    with pytest.raises(Forbidden):
        start_next_turn(actor=world.actor(), experience_id=experience.pk, at=NOW)
    with pytest.raises(Absent):
        start_next_turn(actor=f.actor(f.organisation()), experience_id=experience.pk, at=NOW)
    with pytest.raises(Absent):
        start_next_turn(actor=world.lead, experience_id="222222222222", at=NOW)
