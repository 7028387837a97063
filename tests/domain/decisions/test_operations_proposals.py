"""Proposals: by the engine, by hand, shared, amended, checked, answered and withdrawn."""

from __future__ import annotations

from datetime import timedelta

import pytest

from samordna.core import clock
from samordna.core.errors import Absent, Forbidden, Invalid, Refused
from samordna.core.models import JournalEntry
from samordna.domain.decisions import operations as do
from samordna.domain.decisions.enums import AttemptResult, ProposalOrigin, ProposalState, Verdict
from samordna.domain.decisions.models import Attempt, Proposal
from samordna.domain.decisions.problem import values_of
from samordna.domain.matters.enums import MatterStage, Sharing
from tests import factories
from tests.domain.decisions import world as w
from tests.factories import NOW


def by_hand(world, actor=None, **fields):
    defaults = {"title": "Three days", "frame": world.frame(), "at": NOW, "matter_id": world.matter.pk}
    return do.propose_by_hand(actor=actor or world.coordinator, **defaults | fields)


def shared(world, **fields):
    proposal = by_hand(world, **fields)
    return do.share_proposal(actor=world.coordinator, proposal_id=proposal.pk, at=NOW)


def test_the_engine_shares_what_it_finds(world):
    attempt = do.propose_by_engine(actor=world.coordinator, matter_id=world.matter.pk, at=NOW)
    proposal = attempt.proposals.get()
    assert attempt.result == AttemptResult.SETTLED
    assert (proposal.state, proposal.verdict, proposal.origin) == (
        ProposalState.SHARED,
        Verdict.RESPECTS,
        ProposalOrigin.ENGINE,
    )
    assert values_of(proposal)[0][world.days.pk] == w.option(world.days, "3").pk
    assert JournalEntry.objects.filter(action="engine_asked", subject_id=attempt.pk).exists()


def test_adaptations_name_the_condition_that_makes_them_necessary(world):
    town = world.position(world.town)
    w.condition(town, world.matter, world.transition, "one_of", "none", reason="We are ready")
    w.condition(world.position(world.region), world.matter, world.transition, "one_of", "none", reason="So are we")
    attempt = do.propose_by_engine(actor=world.coordinator, matter_id=world.matter.pk, at=NOW)
    adaptation = attempt.proposals.get().adaptations.get()
    assert adaptation.organisation == world.island
    assert [condition.reason for condition in adaptation.because.all()] == ["Hiring takes a season"]


def test_a_clash_is_kept_with_its_owners_and_gives_no_proposal(world):
    mine = w.condition(world.position(world.town), world.matter, world.days, "one_of", "5", relax_price=10)
    attempt = do.propose_by_engine(actor=world.coordinator, matter_id=world.matter.pk, at=NOW)
    document = attempt.outcome["outcome"]
    assert attempt.result == AttemptResult.CLASH
    assert set(document["owners"]) == {world.region.pk, world.town.pk}
    assert attempt.outcome["ways_out"] == [{"conditions": [mine.pk], "owners": [world.town.pk], "price": 10}]
    assert not attempt.proposals.exists()


def test_an_answer_to_another_question_is_not_kept(world):
    kept = {"actor": world.coordinator, "matter_id": world.matter.pk, "outcome": {}, "milliseconds": 1}
    with pytest.raises(Refused, match="changed"):
        do.record_attempt(**kept, problem_digest="0" * 64, result=AttemptResult.FAILED, at=NOW)
    assert not Attempt.objects.exists()


def test_a_matter_without_aspects_is_not_calculated(db):
    matter = factories.matter(stage=MatterStage.WEIGHING)
    with pytest.raises(Refused, match="no aspects"):
        do.propose_by_engine(actor=factories.coordinator_of(matter.collaboration), matter_id=matter.pk, at=NOW)


def test_a_sketch_is_its_makers_own_until_it_is_shared(world):
    proposal = by_hand(world, actor=world.representative(world.town))
    with pytest.raises(Absent):
        do.amend_proposal(actor=world.representative(world.island), proposal_id=proposal.pk, title="Mine", at=NOW)
    with pytest.raises(Absent):
        do.share_proposal(actor=world.coordinator, proposal_id=proposal.pk, at=NOW)


def test_only_its_maker_shares_and_withdraws_it(world):
    proposal = shared(world)
    with pytest.raises(Forbidden):
        do.withdraw_proposal(actor=world.representative(world.town), proposal_id=proposal.pk, at=NOW)


def test_a_shared_proposal_is_fixed(world):
    proposal = shared(world)
    with pytest.raises(Refused, match="can no longer be changed"):
        do.change_sketch(
            actor=world.coordinator, proposal_id=proposal.pk, title="Other", frame=world.frame(days="2"), at=NOW
        )


def test_a_sketch_is_changed_whole(world):
    proposal = by_hand(world)
    do.change_sketch(actor=world.coordinator, proposal_id=proposal.pk, title="Two", frame=world.frame(days="2"), at=NOW)
    assert values_of(Proposal.objects.get(pk=proposal.pk))[0] == world.frame(days="2")


def test_every_wrong_value_gets_its_own_sentence(world):
    frame = {world.days.pk: "", world.basis.pk: "nothing", "elsewhere": "x"}
    stranger = factories.organisation()
    wrong = {"organisation": stranger.pk, "aspect": world.basis.pk, "option": w.option(world.basis, "average").pk}
    with pytest.raises(Invalid) as refused:
        by_hand(world, title=" ", frame=frame, adaptations=[wrong])
    assert set(refused.value.fields) == {
        "title",
        f"frame_{world.days.pk}",
        f"frame_{world.basis.pk}",
        "frame_elsewhere",
        f"adaptation_{stranger.pk}_{world.basis.pk}",
    }


def test_nobody_differs_where_all_must_be_the_same(world):
    days = {"organisation": world.island.pk, "aspect": world.days.pk, "option": w.option(world.days, "5").pk}
    with pytest.raises(Invalid, match="must be the same for all"):
        by_hand(world, adaptations=[days])


def test_an_amendment_keeps_what_it_does_not_change(world):
    given = {"organisation": world.island.pk, "aspect": world.transition.pk, "option": w.option(world.transition, "6").pk}
    proposal = shared(world, adaptations=[given])
    amendment = do.amend_proposal(
        actor=world.representative(world.town),
        proposal_id=proposal.pk,
        title="By individual",
        frame={world.basis.pk: w.option(world.basis, "individual").pk},
        at=NOW,
    )
    frame, own = values_of(amendment)
    assert frame == world.frame(basis="individual")
    assert own == {world.island.pk: {world.transition.pk: given["option"]}}
    assert (amendment.amends, amendment.state) == (proposal, ProposalState.SKETCH)


def test_the_check_names_the_condition_and_whose_it_is(world):
    proposal = do.check_proposal(actor=world.coordinator, proposal_id=shared(world).pk, at=NOW)
    assert proposal.verdict == Verdict.BREAKS
    assert [v["owner"] for v in proposal.check_result["violations"]] == [world.island.pk]
    assert proposal.balance["whole"]["verdict"] == "cannot_say"


def test_the_check_weighs_what_a_difference_would_save(db):
    world = w.build(price_of_difference=5)
    w.cost(world.position(world.town), world.basis, "average", 10, 20, 30)
    given = {"organisation": world.town.pk, "aspect": world.basis.pk, "option": w.option(world.basis, "individual").pk}
    proposal = shared(world, frame=world.frame(transition="6"), adaptations=[given])
    checked = do.check_proposal(actor=world.coordinator, proposal_id=proposal.pk, at=NOW)
    assert checked.verdict == Verdict.RESPECTS
    assert checked.balance["likeness"]["deviations"] == 1
    assert checked.adaptations.get().worth_it == 20


def test_a_difference_that_nothing_needs_is_said_to_be_unnecessary(world):
    given = {"organisation": world.town.pk, "aspect": world.basis.pk, "option": w.option(world.basis, "individual").pk}
    proposal = shared(world, frame=world.frame(transition="6"), adaptations=[given])
    checked = do.check_proposal(actor=world.coordinator, proposal_id=proposal.pk, at=NOW)
    assert [entry["necessity"] for entry in checked.balance["adaptations"]] == ["unnecessary"]
    assert not checked.adaptations.get().because.exists()


def test_what_a_proposal_leaves_open_is_left_to_each(world):
    frame = world.frame()
    del frame[world.transition.pk]
    proposal = do.check_proposal(actor=world.coordinator, proposal_id=shared(world, frame=frame).pk, at=NOW)
    assert proposal.verdict == Verdict.RESPECTS


def test_what_is_left_open_still_has_to_be_possible(world):
    frame = world.frame()
    del frame[world.transition.pk]
    mine = w.condition(
        world.position(world.island), world.matter, world.transition, "at_most", "3", if_=(world.basis, "one_of", "average")
    )
    proposal = do.check_proposal(actor=world.coordinator, proposal_id=shared(world, frame=frame).pk, at=NOW)
    broken = {v["condition"] for v in proposal.check_result["violations"]}
    assert proposal.verdict == Verdict.BREAKS
    assert broken <= {
        mine.pk,
        *world.matter.conditions.filter(position__organisation=world.island).values_list("pk", flat=True),
    }


def test_a_local_aspect_is_each_ones_own(world):
    local = factories.aspect(world.matter, "Who calls", ("a nurse", "a clerk"), sharing=Sharing.LOCAL)
    w.condition(world.position(world.town), world.matter, local, "one_of", "a clerk")
    attempt = do.propose_by_engine(actor=world.coordinator, matter_id=world.matter.pk, at=NOW)
    own = attempt.proposals.get().adaptations.filter(local=True)
    assert own.get(organisation=world.town).option.label == "a clerk"
    assert own.count() == 3
    with pytest.raises(Invalid, match="left to each"):
        by_hand(world, frame=world.frame() | {local.pk: w.option(local, "a clerk").pk})


def test_prose_is_answered_by_its_owner(world):
    text = w.prose(world.position(world.island), world.matter)
    proposal = shared(world, frame=world.frame(transition="6"))
    checked = do.check_proposal(actor=world.coordinator, proposal_id=proposal.pk, at=NOW)
    assert (checked.verdict, checked.check_result["prose"]["unanswered"]) == (Verdict.UNCHECKED, [text.pk])
    answer = {"proposal_id": proposal.pk, "condition_id": text.pk, "at": NOW}
    with pytest.raises(Forbidden):
        do.answer_prose(actor=world.representative(world.town), respected=True, **answer)
    do.answer_prose(actor=world.representative(world.island), respected=True, **answer)
    proposal.refresh_from_db()
    assert proposal.verdict == Verdict.RESPECTS


def test_an_owner_that_says_no_says_why(world):
    text = w.prose(world.position(world.island), world.matter)
    answer = {"proposal_id": shared(world, frame=world.frame(transition="6")).pk, "condition_id": text.pk, "at": NOW}
    owner = world.representative(world.island)
    with pytest.raises(Invalid, match="Say what it is"):
        do.answer_prose(actor=owner, respected=False, **answer)
    do.answer_prose(actor=owner, respected=False, reason="They have not", **answer)
    assert Proposal.objects.get(pk=answer["proposal_id"]).verdict == Verdict.BREAKS


def test_common_prose_is_answered_by_the_coordinator(world):
    text = w.prose(None, world.matter)
    answer = {"proposal_id": shared(world).pk, "condition_id": text.pk, "respected": True, "at": NOW}
    with pytest.raises(Forbidden):
        do.answer_prose(actor=world.representative(world.town), **answer)
    assert do.answer_prose(actor=world.coordinator, **answer).respected


def test_a_proposal_is_withdrawn_once(world):
    proposal = shared(world)
    do.withdraw_proposal(actor=world.coordinator, proposal_id=proposal.pk, at=NOW)
    with pytest.raises(Refused, match="has been withdrawn"):
        do.withdraw_proposal(actor=world.coordinator, proposal_id=proposal.pk, at=NOW)


def test_nothing_is_proposed_before_the_gathering(world):
    world.matter.stage = MatterStage.DRAFT
    world.matter.save()
    with pytest.raises(Refused, match="still being prepared"):
        by_hand(world)


@pytest.mark.parametrize("days", [-1, 0, 1])
def test_a_difference_is_reviewed_on_a_day_to_come_but_an_amendment_keeps_one_that_has_passed(world, days):
    option = w.option(world.transition, "6").pk
    differs = {"organisation": world.island.pk, "aspect": world.transition.pk, "option": option}
    differs["review_on"] = clock.day(NOW) + timedelta(days=days)
    if days <= 0:
        with pytest.raises(Invalid) as wrong:
            by_hand(world, adaptations=[differs])
        assert list(wrong.value.fields) == [f"adaptation_{world.island.pk}_{world.transition.pk}"]
        return
    proposal, later = shared(world, adaptations=[differs]), NOW + timedelta(days=9)
    about = {"actor": world.coordinator, "proposal_id": proposal.pk, "title": "Later", "at": later}
    assert do.amend_proposal(**about).adaptations.get().review_on == differs["review_on"]
    with pytest.raises(Invalid):
        do.amend_proposal(**about, adaptations=[differs | {"review_on": clock.day(NOW)}])
