"""What if, on the board: what moves against the proposal, and that nothing is written or told."""

from __future__ import annotations

import pytest

from samordna.core.actor import Actor
from samordna.core.errors import Invalid
from samordna.core.models import JournalEntry
from samordna.domain.decisions import operations as do
from samordna.domain.decisions.queries.board import board
from samordna.domain.decisions.queries.trial import Trial
from samordna.domain.matters.enums import Confidence
from samordna.domain.matters.models import Condition
from tests.domain.decisions import world as w
from tests.domain.decisions.world import World
from tests.factories import NOW


def tried(world: World, *changes: dict[str, str], actor: Actor | None = None) -> Trial:
    shown = board(actor=actor or world.coordinator, matter_id=world.matter.pk, changes=changes, at=NOW)
    assert shown.trial
    return shown.trial


def fix(aspect: object, label: str) -> dict[str, str]:
    return {"do": "fix", "aspect": aspect.pk, "option": w.option(aspect, label).pk}


def drop(world: World, **of: object) -> dict[str, str]:
    return {"do": "drop", "condition": Condition.objects.get(matter=world.matter, **of).pk}


@pytest.fixture
def proposed(world: World) -> World:
    do.propose_by_engine(actor=world.coordinator, matter_id=world.matter.pk, at=NOW)
    return world


def test_fixing_an_option_shows_what_moves(proposed: World):
    before = board(actor=proposed.coordinator, matter_id=proposed.matter.pk, at=NOW).likeness
    answer = tried(proposed, fix(proposed.transition, "3"))
    assert (before.alike, answer.likeness.alike if answer.likeness else None) == (6, 5)
    assert [(moved.organisations, moved.aspect, moved.before, moved.after) for moved in answer.moved] == [
        ((), "Transition", "6", "3")
    ]
    assert [(one.do, one.aspect, one.value) for one in answer.tried] == [("fix", "Transition", "3")]


def test_dropping_a_condition_frees_what_it_forbade(proposed: World):
    answer = tried(proposed, drop(proposed, reason="Incentive every month"), fix(proposed.days, "5"))
    assert answer.shape
    assert answer.shape.frame[proposed.days.pk] == w.option(proposed.days, "5").pk
    assert answer.tried[0].because
    assert answer.tried[0].because.owner == "Region Fjärdsland"


def test_what_cannot_be_is_told_with_whose_it_is(proposed: World):
    answer = tried(proposed, fix(proposed.days, "5"))
    assert answer.shape is None
    assert [because.owner for because in answer.clash] == ["Region Fjärdsland"]


def test_a_what_if_writes_nothing(proposed: World):
    before = JournalEntry.objects.count()
    tried(proposed, fix(proposed.transition, "3"))
    assert JournalEntry.objects.count() == before


def test_others_than_the_coordinator_see_no_prices_in_money(proposed: World):
    for organisation in proposed.organisations:
        w.cost(proposed.position(organisation), proposed.basis, "individual", 1, 2, 3)
    change = fix(proposed.transition, "6")
    whole, own = (tried(proposed, change, actor=a).prices for a in (None, proposed.representative(proposed.town)))
    dear = w.option(proposed.basis, "individual").pk
    assert (whole[dear].cost, own[dear].cost) == (6, None)


def test_without_a_proposal_nothing_counts_as_changed(world: World):
    changes = [fix(world.transition, "6")]
    shown = board(actor=world.coordinator, matter_id=world.matter.pk, changes=changes, at=NOW)
    assert shown.trial
    assert shown.trial.shape
    assert not any(cell.anew for row in shown.grid.rows for line in row.lines for cell in line.cells)


def test_what_others_say_in_confidence_is_left_out(proposed: World):
    Condition.objects.filter(position__organisation=proposed.island).update(confidence=Confidence.COORDINATOR)
    answer = tried(proposed, fix(proposed.days, "0"), actor=proposed.representative(proposed.town))
    assert (answer.result, answer.weights) == ("settled", None)
    assert tried(proposed, fix(proposed.days, "0")).result == "clash"


@pytest.mark.parametrize("change", [{"do": "unknown"}, {"do": "drop", "condition": "nothing"}])
def test_a_change_that_means_nothing_is_said_so(proposed: World, change: dict[str, str]):
    with pytest.raises(Invalid, match="does not fit this matter"):
        tried(proposed, change)


def test_a_participant_that_stands_aside_is_asked_for_nothing_and_counts_for_nothing(proposed: World):
    shown = board(
        actor=proposed.coordinator,
        matter_id=proposed.matter.pk,
        changes=[{"do": "leave", "organisation": proposed.island.pk}, fix(proposed.days, "0")],
        at=NOW,
    )
    assert shown.trial
    assert shown.trial.shape
    assert [(one.do, one.value) for one in shown.trial.tried][:1] == [("leave", proposed.island.name)]
    assert shown.trial.likeness
    assert (shown.likeness.possible, shown.trial.likeness.possible) == (6, 4)
    assert proposed.island.name not in [column.name for column in shown.grid.columns]
    assert proposed.island.name in [said.name for said in shown.facts.saids]


def test_a_price_of_difference_moves_the_balance_between_likeness_and_cost(proposed: World):
    w.cost(proposed.position(proposed.town), proposed.basis, "average", 40, 50, 60)
    w.cost(proposed.position(proposed.region), proposed.basis, "individual", 70, 80, 90)
    alike = tried(proposed, {"do": "price", "price": ""}).likeness
    cheap = tried(proposed, {"do": "price", "price": "1"}).likeness
    assert alike
    assert cheap
    assert (alike.alike, cheap.alike) == (6, 5)


@pytest.mark.parametrize(
    "change",
    [
        {"do": "leave", "organisation": "nobody"},
        {"do": "price", "price": "-1"},
        {"do": "price", "price": "99999999999999999999"},
        {"do": "price", "price": "dear"},
    ],
)
def test_a_change_that_means_nothing_is_refused_in_words(proposed: World, change: dict[str, str]):
    with pytest.raises(Invalid, match="does not fit this matter"):
        tried(proposed, change)
