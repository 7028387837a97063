"""What binds, what waits, what stands in the way, and what if: for whoever asks, in a constant number of queries."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samordna.core.errors import Invalid, Refused
from samordna.domain.decisions import operations as do
from samordna.domain.decisions.enums import AttemptResult
from samordna.domain.decisions.models import DecisionVersion
from samordna.domain.decisions.obstacles import ObstacleKind
from samordna.domain.decisions.problem import question_of
from samordna.domain.decisions.queries.binding import bindings_of, governing_conditions
from samordna.domain.decisions.queries.documents import proposal_document
from samordna.domain.decisions.queries.obstacles import obstacles
from samordna.domain.decisions.queries.reasons import readable_reasons
from samordna.domain.decisions.queries.waiting import waiting_for
from samordna.domain.decisions.queries.what_if import what_if
from samordna.domain.matters.enums import Confidence, PositionState
from samordna.domain.organisations.waiting import WaitingKind
from tests import factories
from tests.domain.decisions import chain
from tests.domain.decisions import world as w
from tests.factories import NOW

SOON = date(2026, 12, 24)


def kinds(actor):
    return [item.kind for item in waiting_for(actor, NOW)]


def test_each_step_waits_for_the_one_whose_turn_it_is(world):
    representative, manager = world.representative(world.town), world.manager(world.town)
    version = chain.prepared(world)
    assert (kinds(world.coordinator), kinds(representative)) == ([WaitingKind.COORDINATE], [])
    do.open_consultation(actor=world.coordinator, version_id=version.pk, until=SOON, at=NOW)
    assert (kinds(world.coordinator), kinds(representative)) == ([], [WaitingKind.CONSULT])
    assert waiting_for(representative, NOW)[0].due == SOON
    for organisation in world.organisations:
        actor = world.representative(organisation)
        do.answer_consultation(actor=actor, version_id=version.pk, stance="supports", at=NOW)
    assert (kinds(world.coordinator), kinds(representative)) == ([WaitingKind.COORDINATE], [])
    do.recommend(actor=world.coordinator, version_id=version.pk, at=NOW)
    assert (kinds(world.coordinator), kinds(representative), kinds(manager)) == ([], [], [WaitingKind.ADOPT])
    chain.adopt(world, version, *world.organisations)
    assert (kinds(world.coordinator), kinds(manager)) == ([WaitingKind.COORDINATE], [])
    do.establish(actor=world.coordinator, version_id=version.pk, at=NOW)
    assert (kinds(world.coordinator), kinds(manager)) == ([], [])


def test_nobody_is_asked_to_adopt_what_its_mandate_already_decides(world):
    w.lend(world, world.town)
    chain.recommended(world)
    assert kinds(world.manager(world.town)) == []
    assert kinds(world.manager(world.island)) == [WaitingKind.ADOPT]


def test_a_condition_in_prose_waits_for_its_owner(world):
    text, common = w.prose(world.position(world.island), world.matter), w.prose(None, world.matter, "By law")
    proposal = chain.proposed(world)
    owner = world.representative(world.island)
    assert (kinds(owner), kinds(world.representative(world.town))) == ([WaitingKind.CONSULT], [])
    assert kinds(world.coordinator) == [WaitingKind.COORDINATE, WaitingKind.CONSULT]
    do.answer_prose(actor=owner, proposal_id=proposal.pk, condition_id=text.pk, respected=True, at=NOW)
    do.answer_prose(actor=world.coordinator, proposal_id=proposal.pk, condition_id=common.pk, respected=True, at=NOW)
    assert (kinds(owner), kinds(world.coordinator)) == ([], [WaitingKind.COORDINATE])


def test_waiting_costs_the_same_for_one_and_for_many(world):
    def cost():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            waiting_for(actor, NOW)
        return len(queries)

    actor = world.manager(world.town)
    chain.recommended(world)
    first = cost()
    for _again in range(3):
        other = w.build()
        factories.participation(other.matter.collaboration, world.town)
        factories.position(other.matter, world.town, state=PositionState.NO_CONDITIONS)
        chain.recommended(other)
    assert len(waiting_for(actor, NOW)) == 4
    assert cost() == first


def test_what_is_in_force_governs_those_it_binds(world):
    version = chain.recommended(world, comes_into_force="adopters")
    chain.adopt(world, version, world.town, in_force_from=date(2027, 1, 1))
    do.establish(actor=world.coordinator, version_id=version.pk, at=NOW)
    (found,) = governing_conditions(world.manager(world.town), world.town.pk, NOW)
    assert (found.title, found.begun, found.binding.by, found.must) == ("Payment at discharge", False, "adoption", False)
    assert (found.values[0].aspect, found.values[0].value) == ("Free days", "3")
    assert governing_conditions(world.manager(world.island), world.island.pk, NOW) == []


def test_whoever_adopts_afterwards_is_bound_too(world):
    version = chain.recommended(world, comes_into_force="adopters")
    chain.adopt(world, version, world.town)
    do.establish(actor=world.coordinator, version_id=version.pk, at=NOW)
    chain.adopt(world, version, world.island)
    assert set(bindings_of(DecisionVersion.objects.get(pk=version.pk))) == {world.town.pk, world.island.pk}


def test_governing_conditions_are_those_that_the_asker_may_read(world):
    chain.in_force(world)
    stranger = factories.actor(factories.organisation())
    assert governing_conditions(stranger, world.town.pk, NOW) == []
    assert len(governing_conditions(world.manager(world.island), world.town.pk, NOW)) == 1


def test_what_is_in_the_way_is_told_without_what_is_in_confidence(world):
    version = chain.recommended(world)
    secret = {"confidence": Confidence.COORDINATOR, "reason": "A merger is planned"}
    w.condition(world.position(world.island), world.matter, world.basis, "one_of", "individual", **secret)
    found = [o for o in obstacles(world.manager(world.town), version, NOW) if o.kind == ObstacleKind.CONDITION]
    assert [o.sentence for o in found] == [
        "It breaks a condition that must be respected: a condition that Holmö has stated in confidence."
    ]
    told = [o for o in obstacles(world.coordinator, version, NOW) if o.kind == ObstacleKind.CONDITION]
    assert "Basis is individual" in told[0].sentence


def test_reasons_are_told_to_those_who_may_read_them(world):
    secret = {"confidence": Confidence.COORDINATOR, "reason": "A merger is planned", "relax_price": 7}
    mine = w.condition(world.position(world.island), world.matter, world.basis, "one_of", "individual", **secret)
    hidden = readable_reasons(world.representative(world.town), world.matter, NOW)[mine.pk]
    assert (hidden.hidden, hidden.reason, hidden.relax_price) == (True, "", None)
    assert hidden.sentence == "a condition that Holmö has stated in confidence"
    for reader in (world.coordinator, world.representative(world.island)):
        assert readable_reasons(reader, world.matter, NOW)[mine.pk].sentence == "Basis is individual"


def test_figures_are_for_their_owner_and_the_coordinator(world):
    w.benefit(world.position(world.town), 1, 2, 3)
    proposal = do.check_proposal(actor=world.coordinator, proposal_id=chain.proposed(world).pk, at=NOW)
    told = proposal_document(world.representative(world.island), proposal, NOW)["balance"]
    assert set(told["participants"]) == {world.island.pk}
    assert told["whole"] is None
    assert len(proposal_document(world.coordinator, proposal, NOW)["balance"]["participants"]) == 3


def test_what_if_answers_without_writing(world):
    change = {"do": "fix", "aspect": world.transition.pk, "option": w.option(world.transition, "none").pk}
    answer = what_if(world.coordinator, world.matter, [change], NOW)
    assert answer.result == AttemptResult.SETTLED
    assert [(d.organisation_id, d.option_id) for d in answer.differences] == [
        (world.island.pk, w.option(world.transition, "6").pk)
    ]
    assert not world.matter.attempts.exists()


def test_what_if_shows_a_clash_and_what_lifts_it(world):
    change = {"do": "fix", "aspect": world.days.pk, "option": w.option(world.days, "5").pk}
    answer = what_if(world.coordinator, world.matter, [change], NOW)
    assert answer.result == AttemptResult.CLASH
    lifted = what_if(world.coordinator, world.matter, [change, {"do": "drop", "condition": answer.clash[0]}], NOW)
    assert lifted.result == AttemptResult.SETTLED


def test_trying_things_does_not_find_out_what_is_in_confidence(world):
    secret = {"confidence": Confidence.COORDINATOR}
    w.condition(world.position(world.island), world.matter, world.basis, "one_of", "individual", **secret)
    w.cost(world.position(world.island), world.basis, "average", 5, 5, 5)
    change = {"do": "share", "aspect": world.basis.pk, "sharing": "common"}
    fix = {"do": "fix", "aspect": world.basis.pk, "option": w.option(world.basis, "average").pk}
    others = what_if(world.representative(world.town), world.matter, [change, fix], NOW)
    assert others.result == AttemptResult.SETTLED
    assert others.balance["whole"]["cost"]["likely"] == 0
    for reader in (world.coordinator, world.representative(world.island)):
        answer = what_if(reader, world.matter, [change, fix], NOW)
        assert answer.result == AttemptResult.CLASH


@pytest.mark.parametrize(
    "change",
    [
        {"do": "explode"},
        {"do": "fix", "aspect": "nowhere", "option": "nothing"},
        {"do": "drop", "condition": "nothing"},
        {"do": "share", "aspect": "nowhere", "sharing": "common"},
        {},
    ],
)
def test_a_change_that_means_nothing_is_refused(world, change):
    with pytest.raises(Invalid, match="does not fit"):
        what_if(world.coordinator, world.matter, [change], NOW)


def test_a_matter_without_aspects_has_no_what_if(world):
    empty = factories.matter(world.matter.collaboration)
    with pytest.raises(Refused, match="no aspects"):
        what_if(world.coordinator, empty, [], NOW)


def test_the_question_costs_the_same_for_three_and_for_thirty(world):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            question_of(world.matter, NOW)
        return len(queries)

    first = cost()
    for _again in range(30):
        position = factories.position(world.matter, state=PositionState.ANSWERED)
        w.condition(position, world.matter, world.days, "at_most", "4")
        w.cost(position, world.basis, "average", 1, 2, 3)
    assert len(question_of(world.matter, NOW).problem.participants) == 33
    assert cost() == first
