"""The consultation as a conversation: objections, silence and reminders."""

from __future__ import annotations

from datetime import timedelta

import pytest

from samordna.core import clock
from samordna.core.errors import Forbidden, Invalid, Refused
from samordna.core.models import JournalEntry
from samordna.domain.decisions import operations as do
from samordna.domain.decisions.enums import ConsultationStance, DecisionState
from samordna.domain.decisions.models import ConsultationAnswer
from samordna.domain.matters.enums import MatterStage
from tests import factories as f
from tests.domain.decisions import chain
from tests.domain.decisions import world as w
from tests.factories import NOW

pytestmark = pytest.mark.django_db
SOON = clock.day(NOW + timedelta(days=30))


def consulting(world):
    version = chain.prepared(world)
    return do.open_consultation(actor=world.coordinator, version_id=version.pk, until=SOON, at=NOW)


def answer(world, version, of, stance="supports", text="", at=NOW):
    return do.answer_consultation(actor=world.representative(of), version_id=version.pk, stance=stance, text=text, at=at)


@pytest.fixture
def objected(world):
    version = consulting(world)
    for organisation in (world.region, world.island):
        answer(world, version, organisation)
    return version, answer(world, version, world.town, "objects", "The transition is too short")


def reply(world, objection, text="You get three months more", at=NOW):
    return do.reply_to_objection(actor=world.coordinator, answer_id=objection.pk, text=text, at=at)


def test_an_objection_blocks_until_it_is_answered_and_cleared(world, objected):
    version, objection = objected
    recommend = {"actor": world.coordinator, "version_id": version.pk, "at": NOW}
    with pytest.raises(Refused, match=r"Åstad objects. Answer the objection"):
        do.recommend(**recommend)
    reply(world, objection)
    with pytest.raises(Refused, match="objection of Åstad has been answered but not cleared"):
        do.recommend(**recommend)
    do.clear_objection(actor=world.representative(world.town), answer_id=objection.pk, at=NOW)
    assert do.recommend(**recommend).state == DecisionState.RECOMMENDED
    told = list(JournalEntry.objects.filter(action__startswith="objection_").values_list("action", flat=True))
    assert sorted(told) == ["objection_answered", "objection_cleared"]


def test_only_its_maker_clears_an_objection_and_only_once_it_is_answered(world, objected):
    _version, objection = objected
    with pytest.raises(Refused, match="Nobody has answered your objection yet"):
        do.clear_objection(actor=world.representative(world.town), answer_id=objection.pk, at=NOW)
    reply(world, objection)
    with pytest.raises(Refused, match="Only the organisation that objected"):
        do.clear_objection(actor=world.representative(world.island), answer_id=objection.pk, at=NOW)
    with pytest.raises(Forbidden):
        do.clear_objection(actor=world.coordinator, answer_id=objection.pk, at=NOW)
    objection.refresh_from_db()
    assert objection.stands


def test_an_objection_that_was_answered_anew_no_longer_stands(world, objected):
    version, objection = objected
    answer(world, version, world.town, at=NOW + timedelta(hours=1))
    with pytest.raises(Refused, match="no longer stands"):
        reply(world, objection, at=NOW + timedelta(hours=2))


def test_a_reply_says_something_and_only_the_coordinator_replies(world, objected):
    _version, objection = objected
    with pytest.raises(Invalid, match="Say how the objection is met"):
        reply(world, objection, text=" ")
    with pytest.raises(Forbidden):
        do.reply_to_objection(actor=world.representative(world.town), answer_id=objection.pk, text="We agree", at=NOW)


def test_going_on_against_an_objection_is_recorded_and_needs_a_reply_first(world, objected):
    version, objection = objected
    skip = {"version_id": version.pk, "step": "objections", "reason": "The council wants it in force this year"}
    with pytest.raises(Refused, match="Answer the objection"):
        do.skip_step(actor=world.coordinator, at=NOW, **skip)
    reply(world, objection)
    do.skip_step(actor=world.coordinator, at=NOW, **skip)
    assert do.recommend(actor=world.coordinator, version_id=version.pk, at=NOW).skipped[0]["reason"] == skip["reason"]


def test_declining_is_an_act_with_a_reason_and_an_answer_takes_its_place(world):
    version = consulting(world)
    given = {"actor": world.coordinator, "version_id": version.pk, "organisation_ids": [world.town.pk], "at": NOW}
    with pytest.raises(Invalid, match="Say how they were asked"):
        do.record_not_answering(reason=" ", **given)
    with pytest.raises(Forbidden):
        do.record_not_answering(reason="Too busy", **given | {"actor": world.representative(world.town)})
    (recorded,) = do.record_not_answering(reason="Said on the telephone that it is not for them", **given)
    assert recorded.stance == ConsultationStance.DECLINED
    with pytest.raises(Invalid, match="Choose among those who have not answered"):
        do.record_not_answering(reason="Again", **given)
    later = NOW + timedelta(hours=1)
    answer(world, version, world.town, "objects", "We object all the same", at=later)
    latest = ConsultationAnswer.objects.filter(organisation=world.town).latest("answered_at")
    assert latest.stands


def test_nobody_declines_by_answering_so(world):
    with pytest.raises(Invalid, match="Choose one of the answers"):
        answer(world, consulting(world), world.town, "declined", "Silence")


def test_those_who_are_waited_for_are_reminded_and_nobody_else(world):
    version = consulting(world)
    answer(world, version, world.town)
    for organisation in world.organisations:
        world.representative(organisation)
    gone = f.holding(world.island, person=f.person(email="gone@example.se", is_active=False))
    letters = do.remind_of_decision(actor=world.coordinator, version_id=version.pk, origin="http://x", at=NOW)
    assert gone.person.email not in {letter.recipient for letter in letters}
    assert {letter.organisation for letter in letters} == {"Holmö", "Region Fjärdsland"}
    assert all(SOON.isoformat() in letter.body and f"/{version.decision_id}/" in letter.body for letter in letters)


def test_once_recommended_the_managers_of_those_who_have_not_decided_are_reminded(world):
    version = chain.recommended(world)
    chain.adopt(world, version, world.town)
    representative = world.representative(world.island)
    letters = do.remind_of_decision(actor=world.coordinator, version_id=version.pk, at=NOW)
    assert {letter.organisation for letter in letters} <= {"Holmö", "Region Fjärdsland"}
    assert representative.person_id is not None
    chain.adopt(world, version, world.island, world.region)
    with pytest.raises(Refused, match="Nobody is waited for"):
        do.remind_of_decision(actor=world.coordinator, version_id=version.pk, at=NOW)


def test_where_coordination_has_everybodys_mandate_adoption_does_not_apply(world):
    for organisation in world.organisations:
        w.lend(world, organisation)
    version = consulting(world)
    with pytest.raises(Refused, match="have not answered"):
        do.establish(actor=world.coordinator, version_id=version.pk, at=NOW)
    for organisation in world.organisations:
        answer(world, version, organisation)
    assert do.establish(actor=world.coordinator, version_id=version.pk, at=NOW).state == DecisionState.IN_FORCE
    world.matter.refresh_from_db()
    assert world.matter.stage == MatterStage.IN_FORCE


def test_where_somebody_has_to_adopt_it_nothing_is_established_before_it_is_recommended(world):
    w.lend(world, world.town)
    version = consulting(world)
    for organisation in world.organisations:
        answer(world, version, organisation)
    with pytest.raises(Refused, match="out on consultation"):
        do.establish(actor=world.coordinator, version_id=version.pk, at=NOW)
