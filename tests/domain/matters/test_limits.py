"""Every declared limit, at its edge: the last that fits, and the first that does not, with the limit named."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from samordna.core.errors import Invalid, TooLarge
from samordna.domain.collaborations.models import Participation, Party
from samordna.domain.matters import limits
from samordna.domain.matters import operations as do
from samordna.domain.matters.models import Aspect, Condition, Need
from samordna.domain.organisations.models import Organisation
from tests import factories as f

pytestmark = pytest.mark.django_db
NOW = f.NOW


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


@pytest.fixture
def draft():
    given = f.collaboration()
    return f.coordinator_of(given), f.matter(given, stage="draft")


@pytest.fixture
def answering():
    matter = f.matter()
    position = f.position(matter)
    return f.actor(position.organisation), position


def test_aspects(draft):
    coordinator, matter = draft
    Aspect.objects.bulk_create(
        Aspect(matter=matter, order=n, label=f"A{n}", kind="yes_no") for n in range(limits.MAX_ASPECTS - 1)
    )
    do.add_aspect(actor=coordinator, matter_id=matter.pk, label="Last", kind="yes_no", at=NOW)
    with pytest.raises(TooLarge, match="at most 40 aspects; this would be 41"):
        do.add_aspect(actor=coordinator, matter_id=matter.pk, label="One more", kind="yes_no", at=NOW)


def test_options(draft):
    coordinator, matter = draft
    labels = [str(n) for n in range(limits.MAX_OPTIONS)]
    made = do.add_aspect(actor=coordinator, matter_id=matter.pk, label="Full", kind="choice", options=labels, at=NOW)
    assert made.options.count() == 64
    with pytest.raises(TooLarge, match="at most 64 options; this would be 65"):
        do.change_aspect(actor=coordinator, aspect_id=made.pk, label="Full", kind="choice", options=[*labels, "x"], at=NOW)


def test_a_whole_number_without_end_is_refused_before_anything_is_made(draft):
    coordinator, matter = draft
    with pytest.raises(TooLarge, match="this would be 1000000001"):
        do.add_aspect(
            actor=coordinator, matter_id=matter.pk, label="N", kind="range", lowest=0, highest=1_000_000_000, at=NOW
        )


def test_participants(draft):
    coordinator, matter = draft
    party = Party.objects.create(collaboration=matter.collaboration, name="All")
    organisations = Organisation.objects.bulk_create(
        Organisation(name=f"O{n}", short_name=f"O{n}", kind="municipality", valid_from=f.START)
        for n in range(limits.MAX_PARTICIPANTS + 1)
    )
    Participation.objects.bulk_create(
        Participation(collaboration=matter.collaboration, organisation=o, party=party, joined_on=f.START)
        for o in organisations
    )
    with pytest.raises(TooLarge, match="at most 2000 participants; the collaboration has 2001"):
        do.start_gathering(actor=coordinator, matter_id=matter.pk, at=NOW)
    Participation.objects.filter(organisation=organisations[0]).delete()
    do.start_gathering(actor=coordinator, matter_id=matter.pk, at=NOW)
    assert matter.positions.count() == 2000


def test_conditions(answering):
    actor, position = answering
    Condition.objects.bulk_create(
        Condition(matter=position.matter, position=position, form="prose", prose="P", reason="R", stated_at=NOW)
        for _ in range(limits.MAX_CONDITIONS - 1)
    )
    do.state_condition(actor=actor, position_id=position.pk, prose="Last", reason="R", at=NOW)
    with pytest.raises(TooLarge, match="at most 200 conditions in a matter; this would be 201"):
        do.state_condition(actor=actor, position_id=position.pk, prose="One more", reason="R", at=NOW)
    withdrawn = position.conditions.first()
    do.withdraw_condition(actor=actor, condition_id=withdrawn.pk, at=NOW)
    do.state_condition(actor=actor, position_id=position.pk, prose="In its place", reason="R", at=NOW)


def test_needs(answering):
    actor, position = answering
    aspect = f.aspect(position.matter)
    rule = {"then": [{"aspect": aspect.pk, "is": "one_of", "options": [aspect.options.first().pk]}]}
    Need.objects.bulk_create(
        Need(matter=position.matter, position=position, rule=rule, reason="R", stated_at=NOW)
        for _ in range(limits.MAX_NEEDS)
    )
    with pytest.raises(TooLarge, match="at most 200 needs in a matter; this would be 201"):
        do.state_need(actor=actor, position_id=position.pk, rule=rule, reason="R", at=NOW)


@pytest.mark.parametrize("likely", [limits.MAX_AMOUNT, -limits.MAX_AMOUNT])
def test_amounts_at_the_edge(answering, likely):
    actor, position = answering
    do.record_benefit(actor=actor, position_id=position.pk, low=None, likely=likely, high=None, at=NOW)
    beyond = likely + (1 if likely > 0 else -1)
    with pytest.raises(Invalid, match="Write a whole number from -1000000000 to 1000000000"):
        do.record_benefit(actor=actor, position_id=position.pk, low=None, likely=beyond, high=None, at=NOW)


def test_text_at_the_edge(answering):
    actor, position = answering
    do.write_note(actor=actor, position_id=position.pk, text="x" * limits.MAX_TEXT, at=NOW)
    with pytest.raises(Invalid, match="Write at most 10000 characters; this is 10001"):
        do.write_note(actor=actor, position_id=position.pk, text="x" * (limits.MAX_TEXT + 1), at=NOW)
