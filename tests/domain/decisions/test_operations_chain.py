"""From a chosen proposal to a decision in force, and how versions end."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from samordna.core import clock
from samordna.core.errors import Absent, Forbidden, Invalid, Refused
from samordna.core.models import JournalEntry
from samordna.domain.collaborations.models import Participation
from samordna.domain.decisions import operations as do
from samordna.domain.decisions.certificate import digest_of
from samordna.domain.decisions.enums import DecisionState, ProposalState
from samordna.domain.decisions.models import DecisionVersion, Proposal
from samordna.domain.matters.enums import Confidence, MatterStage, PositionState
from samordna.domain.matters.models import Matter
from tests import factories
from tests.domain.decisions import chain
from tests.domain.decisions import world as w
from tests.factories import NOW

SOON = date(2026, 12, 24)


def stage_of(world):
    return Matter.objects.get(pk=world.matter.pk).stage


def test_a_proposal_that_breaks_a_condition_cannot_be_chosen(world):
    proposal = chain.proposed(world, frame=world.frame())
    with pytest.raises(Refused, match=r"Transition is at least 6.*Holmö"):
        do.choose_proposal(actor=world.coordinator, proposal_id=proposal.pk, at=NOW)


def test_only_the_coordinator_chooses(world):
    proposal = chain.proposed(world)
    with pytest.raises(Forbidden, match="coordinator"):
        do.choose_proposal(actor=world.manager(world.town), proposal_id=proposal.pk, at=NOW)


def test_choosing_another_shares_the_first_again(world):
    first, second = chain.proposed(world), chain.proposed(world, title="Again")
    for proposal in (first, second):
        do.choose_proposal(actor=world.coordinator, proposal_id=proposal.pk, at=NOW)
    assert Proposal.objects.get(pk=first.pk).state == ProposalState.SHARED
    assert Proposal.objects.get(pk=second.pk).state == ProposalState.CHOSEN


def test_a_version_holds_the_whole_decision_as_data(world):
    w.condition(world.position(world.town), world.matter, world.transition, "one_of", "none", reason="We are ready")
    given = {
        "organisation": world.town.pk,
        "aspect": world.transition.pk,
        "option": w.option(world.transition, "none").pk,
        "because": list(world.matter.conditions.filter(reason="We are ready").values_list("pk", flat=True)),
    }
    version = chain.prepared(world, proposal=chain.proposed(world, adaptations=[given]))
    (adaptation,) = version.content["adaptations"]
    assert [entry["value"] for entry in version.content["frame"]] == ["3", "average", "6"]
    assert (adaptation["name"], adaptation["value"], adaptation["frame_value"]) == ("Åstad", "none", "6")
    assert [reason["reason"] for reason in adaptation["because"]] == ["We are ready"]
    assert len(version.certificate["conditions"]) == 4
    assert set(version.ruling["organisations"]) == {o.pk for o in world.organisations}
    assert version.digest == digest_of(version.content, version.certificate, version.ruling)


def test_the_text_of_a_condition_in_confidence_is_not_copied(world):
    mine = w.condition(
        world.position(world.town),
        world.matter,
        world.transition,
        "one_of",
        "none",
        reason="A secret",
        confidence=Confidence.COORDINATOR,
    )
    given = {"organisation": world.town.pk, "aspect": world.transition.pk, "because": [mine.pk]}
    given["option"] = w.option(world.transition, "none").pk
    version = chain.prepared(world, proposal=chain.proposed(world, adaptations=[given]))
    (reason,) = version.content["adaptations"][0]["because"]
    assert reason == {"condition": mine.pk, "owner": world.town.pk, "owner_name": "Åstad", "in_confidence": True}
    assert "A secret" not in str(version.content) + str(version.certificate)


def test_the_consultation_has_a_last_day_in_the_future(world):
    version = chain.prepared(world)
    with pytest.raises(Invalid, match="future"):
        do.open_consultation(actor=world.coordinator, version_id=version.pk, until=clock.day(NOW), at=NOW)
    do.open_consultation(actor=world.coordinator, version_id=version.pk, until=SOON, at=NOW)
    assert stage_of(world) == MatterStage.CONSULTATION


def consulting(world):
    version = chain.prepared(world)
    return do.open_consultation(actor=world.coordinator, version_id=version.pk, until=SOON, at=NOW)


def answer(world, version, of, stance="supports", text="", at=NOW):
    actor = world.representative(of)
    return do.answer_consultation(actor=actor, version_id=version.pk, stance=stance, text=text, at=at)


def test_an_answer_after_the_last_day_is_kept_as_late(world):
    version = consulting(world)
    assert not answer(world, version, world.town).late
    assert answer(world, version, world.island, at=NOW + timedelta(days=60)).late


def test_an_objection_says_what_it_is_about(world):
    with pytest.raises(Invalid, match="Say what it is about"):
        answer(world, consulting(world), world.town, stance="objects")


def test_the_consultation_is_waited_out_unless_all_have_answered(world):
    version = consulting(world)
    answer(world, version, world.town)
    with pytest.raises(Refused, match="these have not answered: Holmö, Region Fjärdsland"):
        do.recommend(actor=world.coordinator, version_id=version.pk, at=NOW)
    after = NOW + timedelta(days=60)
    with pytest.raises(Refused, match=r"these have not: Holmö, Region Fjärdsland. Silence is not consent"):
        do.recommend(actor=world.coordinator, version_id=version.pk, at=after)
    both = [world.island.pk, world.region.pk]
    said = {"organisation_ids": both, "reason": "Asked twice by telephone; they leave it to the others"}
    do.record_not_answering(actor=world.coordinator, version_id=version.pk, at=after, **said)
    do.recommend(actor=world.coordinator, version_id=version.pk, at=after)
    assert stage_of(world) == MatterStage.ADOPTION


def test_objections_are_answered_before_it_is_recommended(world):
    version = consulting(world)
    for organisation in world.organisations:
        answer(world, version, organisation)
    objection = answer(world, version, world.town, stance="objects", text="Too long", at=NOW + timedelta(hours=1))
    with pytest.raises(Refused, match="Åstad objects"):
        do.recommend(actor=world.coordinator, version_id=version.pk, at=NOW)
    skip = {"version_id": version.pk, "step": "objections", "reason": "They were outvoted"}
    with pytest.raises(Refused, match=r"Åstad objects. Answer the objection"):
        do.skip_step(actor=world.coordinator, at=NOW, **skip)
    do.reply_to_objection(actor=world.coordinator, answer_id=objection.pk, text="Half of it then", at=NOW)
    with pytest.raises(Refused, match="answered but not cleared"):
        do.recommend(actor=world.coordinator, version_id=version.pk, at=NOW)
    how = "They have been promised a review in the spring"
    do.skip_step(actor=world.coordinator, version_id=version.pk, step="objections", reason=how, at=NOW)
    version = do.recommend(actor=world.coordinator, version_id=version.pk, at=NOW)
    assert [entry["reason"] for entry in version.skipped] == [how]


def test_the_latest_answer_counts(world):
    version = consulting(world)
    for organisation in world.organisations:
        answer(world, version, organisation, stance="objects", text="Not yet")
    for organisation in world.organisations:
        answer(world, version, organisation, at=NOW + timedelta(hours=1))
    assert do.recommend(actor=world.coordinator, version_id=version.pk, at=NOW + timedelta(hours=2)).state == "recommended"


def test_a_step_is_not_skipped_without_a_reason(world):
    version = chain.prepared(world)
    with pytest.raises(Refused, match="not been consulted"):
        do.recommend(actor=world.coordinator, version_id=version.pk, at=NOW)
    with pytest.raises(Invalid, match="Say why"):
        do.skip_step(actor=world.coordinator, version_id=version.pk, step="consultation", reason=" ", at=NOW)
    with pytest.raises(Invalid, match="can be left out"):
        do.skip_step(actor=world.coordinator, version_id=version.pk, step="adoption", reason="Hurry", at=NOW)


def test_only_a_manager_records_the_organisations_decision(world):
    version = chain.recommended(world)
    adoption = {"version_id": version.pk, "answer": "adopted", "body": "The board", "decided_on": clock.day(NOW), "at": NOW}
    with pytest.raises(Forbidden, match="manager"):
        do.record_adoption(actor=world.representative(world.town), **adoption)
    with pytest.raises(Absent):
        do.record_adoption(actor=factories.actor(factories.organisation()), **adoption)


def test_what_is_wrong_with_an_adoption_is_said_field_by_field(world):
    version = chain.recommended(world)
    with pytest.raises(Invalid) as refused:
        chain.adopt(world, version, world.town, answer="rejected", body="", decided_on=SOON, paragraph="§" * 30)
    assert set(refused.value.fields) == {"body", "decided_on", "paragraph", "reservation"}


def test_an_organisations_decision_is_recorded_once(world):
    version = chain.recommended(world)
    chain.adopt(world, version, world.town)
    with pytest.raises(Refused, match="already been recorded"):
        chain.adopt(world, version, world.town)


def test_all_have_adopted_it_and_it_is_in_force(world):
    version = chain.in_force(world)
    assert version.state == DecisionState.IN_FORCE
    assert stage_of(world) == MatterStage.IN_FORCE
    assert version.certificate["stage"] == "established"
    assert version.certificate["when_prepared"]["digest"] != version.digest
    assert version.digest == digest_of(version.content, version.certificate, version.ruling)
    assert JournalEntry.objects.filter(action="decision_established", subject_id=version.decision_id).exists()


def test_establishing_is_refused_for_everything_in_the_way_at_once(world):
    version = chain.recommended(world)
    chain.adopt(world, version, world.region)
    chain.adopt(world, version, world.town, answer="rejected", reservation="Too dear")
    w.condition(world.position(world.island), world.matter, world.days, "at_least", "4")
    w.prose(world.position(world.town), world.matter)
    stranger = factories.participation(world.matter.collaboration, factories.organisation("Nyby")).organisation
    with pytest.raises(Refused) as refused:
        do.establish(actor=world.coordinator, version_id=version.pk, at=NOW)
    said = refused.value.reason
    assert f"{stranger.name} has neither said" in said
    assert "“Free days is at least 4” (Holmö)" in said
    assert "Åstad has not said whether its condition is respected" in said
    assert "Åstad has rejected it." in said
    assert "Holmö has not adopted it. A clause is missing" in said
    assert "Region Fjärdsland has not" not in said


def test_a_condition_stated_since_is_respected_too(world):
    version = chain.recommended(world)
    chain.adopt(world, version, *world.organisations)
    w.condition(world.position(world.town), world.matter, world.basis, "one_of", "individual")
    with pytest.raises(Refused, match=r"Basis is individual.*Åstad"):
        do.establish(actor=world.coordinator, version_id=version.pk, at=NOW)


def test_silence_is_not_consent(world):
    version = chain.recommended(world)
    chain.adopt(world, version, *world.organisations)
    world.matter.positions.filter(organisation=world.town).update(state=PositionState.STARTED)
    with pytest.raises(Refused, match="Åstad has neither said"):
        do.establish(actor=world.coordinator, version_id=version.pk, at=NOW)


def test_among_adopters_only_those_who_adopted_are_bound(world):
    version = chain.recommended(world, comes_into_force="adopters")
    with pytest.raises(Refused, match="Nobody has adopted it"):
        do.establish(actor=world.coordinator, version_id=version.pk, at=NOW)
    chain.adopt(world, version, world.town)
    version = do.establish(actor=world.coordinator, version_id=version.pk, in_force_from=SOON, at=NOW)
    bound = [pk for pk, ruling in version.ruling["organisations"].items() if ruling["binds"]]
    assert bound == [world.town.pk]
    assert version.in_force_from == SOON


def test_a_decision_does_not_come_into_force_backwards(world):
    version = chain.recommended(world)
    chain.adopt(world, version, *world.organisations)
    with pytest.raises(Invalid, match="today or later"):
        do.establish(actor=world.coordinator, version_id=version.pk, in_force_from=date(2026, 1, 1), at=NOW)


def test_a_lent_mandate_is_enough_until_it_is_taken_back(world):
    version = chain.recommended(world)
    mandates = [w.lend(world, organisation) for organisation in world.organisations]
    mandates[1].revoked_at, mandates[1].revoked_by = NOW, factories.holding(world.town)
    mandates[1].save()
    with pytest.raises(Refused, match=r"Åstad has not adopted it\. A clause is missing"):
        do.establish(actor=world.coordinator, version_id=version.pk, at=NOW)
    chain.adopt(world, version, world.town)
    version = do.establish(actor=world.coordinator, version_id=version.pk, at=NOW)
    assert version.ruling["organisations"][world.island.pk]["following"] == "must"


def test_one_who_has_left_is_not_waited_for(world):
    version = chain.recommended(world)
    chain.adopt(world, version, world.region, world.town)
    Participation.objects.filter(organisation=world.island).update(left_on=date(2026, 11, 1), left_reason="Merged")
    version = do.establish(actor=world.coordinator, version_id=version.pk, at=NOW)
    assert world.island.pk not in version.ruling["organisations"]


def test_a_new_version_replaces_the_one_in_force(world):
    first = chain.in_force(world)
    proposal = chain.proposed(world, title="By individual", frame=world.frame(basis="individual", transition="6"))
    second = do.replace_decision(
        actor=world.coordinator, decision_id=first.decision_id, proposal_id=proposal.pk, reason="It was unfair", at=NOW
    )
    assert (second.number, second.decision) == (2, first.decision)
    assert DecisionVersion.objects.get(pk=first.pk).state == DecisionState.IN_FORCE
    do.skip_step(actor=world.coordinator, version_id=second.pk, step="consultation", reason="Asked before", at=NOW)
    do.recommend(actor=world.coordinator, version_id=second.pk, at=NOW)
    chain.adopt(world, second, *world.organisations)
    do.establish(actor=world.coordinator, version_id=second.pk, at=NOW)
    first.refresh_from_db()
    assert (first.state, first.ended_reason) == (DecisionState.REPLACED, "Replaced by version 2.")


def test_only_a_decision_in_force_is_replaced(world):
    version = chain.prepared(world)
    with pytest.raises(Refused, match="Only a decision in force"):
        do.replace_decision(
            actor=world.coordinator,
            decision_id=version.decision_id,
            proposal_id=chain.proposed(world, title="Other").pk,
            reason="Better",
            at=NOW,
        )


def test_withdrawing_takes_the_matter_back_to_weighing(world):
    version = chain.recommended(world)
    with pytest.raises(Invalid, match="Say why"):
        do.withdraw_decision(actor=world.coordinator, version_id=version.pk, reason="", at=NOW)
    do.withdraw_decision(actor=world.coordinator, version_id=version.pk, reason="New facts", at=NOW)
    assert stage_of(world) == MatterStage.WEIGHING
    assert Proposal.objects.get(pk=version.proposal_id).state == ProposalState.SHARED


def test_one_version_at_a_time(world):
    chain.prepared(world)
    with pytest.raises(Refused, match="Version 1 of the decision is on its way"):
        do.choose_proposal(actor=world.coordinator, proposal_id=chain.proposed(world, title="B").pk, at=NOW)


def test_letting_it_be_ends_what_is_on_its_way(world):
    version = chain.recommended(world)
    do.let_be(actor=world.coordinator, matter_id=world.matter.pk, reason="It costs more than it gives", at=NOW)
    version.refresh_from_db()
    assert (version.state, stage_of(world)) == (DecisionState.WITHDRAWN, MatterStage.LET_BE)


def test_a_decision_in_force_is_not_let_be(world):
    chain.in_force(world)
    with pytest.raises(Refused, match="in force"):
        do.let_be(actor=world.coordinator, matter_id=world.matter.pk, reason="Tired of it", at=NOW)


def test_decisions_are_numbered_in_their_collaboration(world):
    assert chain.prepared(world).decision.number == 1
    assert chain.prepared(w.build()).decision.number == 1
    given = world.matter.collaboration
    follower = factories.matter(given, stage=MatterStage.WEIGHING)
    for organisation in world.organisations:
        factories.position(follower, organisation, state=PositionState.NO_CONDITIONS)
    text = do.propose_by_hand(
        actor=world.coordinator, matter_id=follower.pk, title="A text", text="We meet on Mondays.", frame={}, at=NOW
    )
    do.share_proposal(actor=world.coordinator, proposal_id=text.pk, at=NOW)
    do.choose_proposal(actor=world.coordinator, proposal_id=text.pk, at=NOW)
    assert do.prepare_decision(actor=world.coordinator, matter_id=follower.pk, at=NOW).decision.number == 2
