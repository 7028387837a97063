"""What a cell of the board says, who shares a column, and that it tells nothing its reader may not know."""

from __future__ import annotations

import pytest

from samordna.core.actor import Actor
from samordna.domain.decisions import operations as do
from samordna.domain.decisions.queries.board import Board, board
from samordna.domain.decisions.queries.cells import ALONE, PAGE, Cell, Says
from samordna.domain.matters.enums import Confidence, PositionState, Sharing
from samordna.domain.matters.models import Condition, Practice
from tests import factories as f
from tests.domain.decisions import chain
from tests.domain.decisions import world as w
from tests.domain.decisions.world import World
from tests.factories import NOW


def seen(world: World, actor: Actor | None = None, **asked: object) -> Board:
    return board(actor=actor or world.coordinator, matter_id=world.matter.pk, at=NOW, **asked)


def cell(shown: Board, aspect: str, option: str, who: str) -> Cell:
    place = next(n for n, column in enumerate(shown.grid.columns) if who in column.members)
    row = next(row for row in shown.grid.rows if row.topic.label == aspect)
    return next(line for line in row.lines if line.label == option).cells[place]


def test_without_a_proposal_the_board_says_what_each_can_accept(world: World):
    shown = seen(world)
    assert cell(shown, "Free days", "4", "Region Fjärdsland").says is Says.REFUSES
    assert cell(shown, "Free days", "2", "Holmö").says is Says.REFUSES
    assert cell(shown, "Free days", "3", "Holmö").says is Says.ACCEPTS
    assert cell(shown, "Transition", "3", "Holmö").says is Says.REFUSES
    assert {one.says for row in shown.grid.rows for line in row.lines for one in line.cells[1:2]} <= {*Says}
    assert [row.open for row in shown.grid.rows] == [True, True, True]


def test_a_condition_over_several_aspects_is_accepted_on_conditions(world: World):
    town = world.position(world.town)
    w.condition(town, world.matter, world.transition, "at_least", "3", if_=(world.basis, "one_of", "average"))
    shown = seen(world)
    assert cell(shown, "Basis", "individual", "Åstad").says is Says.UNLESS
    assert cell(shown, "Transition", "none", "Åstad").says is Says.UNLESS
    assert cell(shown, "Free days", "0", "Åstad").says is Says.ACCEPTS


def test_the_frame_the_adapted_the_needless_and_the_broken_look_different(world: World):
    differing = [
        {"organisation": world.island.pk, "aspect": world.transition.pk, "option": w.option(world.transition, "6").pk},
        {"organisation": world.town.pk, "aspect": world.basis.pk, "option": w.option(world.basis, "individual").pk},
    ]
    proposal = chain.proposed(world, frame=world.frame(days="4"), adaptations=differing)
    do.check_proposal(actor=world.coordinator, proposal_id=proposal.pk, at=NOW)
    shown = seen(world)
    assert cell(shown, "Transition", "none", "Åstad").says is Says.FRAME
    assert cell(shown, "Transition", "6", "Holmö").says is Says.ADAPTED
    assert cell(shown, "Basis", "individual", "Åstad").says is Says.NEEDLESS
    assert cell(shown, "Free days", "4", "Region Fjärdsland").says is Says.BROKEN
    assert (shown.likeness.alike, shown.likeness.possible, shown.likeness.needless) == (4, 6, 1)
    island, town = sorted(shown.differences, key=lambda one: one.organisations)[::1]
    assert (town.organisations, town.needless, island.organisations, island.needless) == (
        ("Åstad",),
        True,
        ("Holmö",),
        False,
    )
    assert [because.sentence for because in island.because] == ["Transition is at least 6"]


def test_what_is_left_to_each_is_each_ones_own_choice(world: World):
    world.transition.sharing = Sharing.LOCAL
    world.transition.save()
    do.propose_by_engine(actor=world.coordinator, matter_id=world.matter.pk, at=NOW)
    shown = seen(world)
    assert cell(shown, "Transition", "6", "Holmö").says is Says.LOCAL
    assert shown.likeness.possible == 3


def test_silence_says_nothing(world: World):
    world.matter.positions.filter(organisation=world.town).update(state=PositionState.SILENT)
    shown = seen(world)
    assert cell(shown, "Basis", "average", "Åstad").says is Says.UNKNOWN
    assert shown.silent == ("Åstad",)


def test_todays_practice_goes_around_the_mark(world: World):
    today = w.option(world.basis, "individual")
    Practice.objects.create(position=world.position(world.town), aspect=world.basis, option=today)
    shown = seen(world)
    assert cell(shown, "Basis", "individual", "Åstad").today == "all"
    assert cell(shown, "Basis", "individual", "Holmö").today == ""


def test_ones_own_organisation_comes_first(world: World):
    shown = seen(world, world.representative(world.town))
    assert [(column.name, column.own) for column in shown.grid.columns] == [
        ("Åstad", True),
        ("Holmö", False),
        ("Region Fjärdsland", False),
    ]


def test_a_condition_in_confidence_shows_in_no_cell(world: World):
    Condition.objects.filter(position__organisation=world.island).update(confidence=Confidence.COORDINATOR)
    by_reader = {
        "owner": seen(world, world.representative(world.island)),
        "coordinator": seen(world),
        "other": seen(world, world.representative(world.town)),
    }
    says = {name: cell(shown, "Free days", "2", "Holmö").says for name, shown in by_reader.items()}
    assert says == {"owner": Says.REFUSES, "coordinator": Says.REFUSES, "other": Says.ACCEPTS}


def test_a_difference_because_of_confidence_says_whose_it_is_and_nothing_else(world: World):
    Condition.objects.filter(position__organisation=world.island).update(confidence=Confidence.COORDINATOR)
    for organisation in (world.town, world.region):
        w.condition(world.position(organisation), world.matter, world.transition, "one_of", "none")
    do.propose_by_engine(actor=world.coordinator, matter_id=world.matter.pk, at=NOW)
    (difference,) = seen(world, world.representative(world.town)).differences
    assert difference.organisations == ("Holmö",)
    assert (difference.because, difference.withheld, difference.needless) == ((), True, False)


def test_many_who_say_the_same_share_a_column(world: World):
    for number in range(ALONE):
        organisation = f.organisation(f"Kommun {number:03}")
        f.position(world.matter, organisation, state=PositionState.NO_CONDITIONS)
    shown = seen(world, world.representative(world.town))
    assert [(column.count, column.own) for column in shown.grid.columns] == [
        (1, True),
        (ALONE, False),
        (1, False),
        (1, False),
    ]
    assert shown.grid.grouped
    assert shown.grid.columns[1].members[0] == "Kommun 000"


def test_few_participants_each_have_a_column_though_they_say_the_same(world: World):
    for name in ("Bykle", "Dalen"):
        f.position(world.matter, f.organisation(name), state=PositionState.NO_CONDITIONS)
    shown = seen(world)
    assert [column.count for column in shown.grid.columns] == [1] * 5
    assert not shown.grid.grouped


def test_columns_that_all_differ_are_paged(world: World):
    for number in range(PAGE + ALONE):
        organisation = f.organisation(f"Kommun {number:03}")
        position = f.position(world.matter, organisation, state=PositionState.ANSWERED)
        for bit, day in enumerate("01245"):
            if number + 1 & 1 << bit:
                w.condition(position, world.matter, world.days, "none_of", day)
        if number + 1 & 32:
            w.condition(position, world.matter, world.basis, "one_of", "average")
    first, second = seen(world), seen(world, page=2)
    assert (len(first.grid.columns), first.grid.pages, second.grid.page) == (PAGE, 2, 2)
    names = [name for shown in (first, second) for column in shown.grid.columns for name in column.members]
    assert sorted(names) == sorted(said.name for said in first.facts.saids)
    assert seen(world, page=99).grid.page == 2


@pytest.mark.parametrize("count", [5, 40])
def test_an_aspect_with_many_options_shows_those_that_matter(world: World, count: int):
    options = tuple(str(number) for number in range(count))
    aspect = f.aspect(world.matter, "Beds", options, sharing=Sharing.FRAMED)
    today = w.option(aspect, options[-2])
    w.condition(world.position(world.island), world.matter, aspect, "none_of", options[count // 2])
    Practice.objects.create(position=world.position(world.town), aspect=aspect, option=today)
    row = next(row for row in seen(world).grid.rows if row.topic.label == "Beds")
    labels = [line.label for line in row.lines]
    assert options[-2] in labels
    assert options[0] in labels
    assert options[count // 2] in labels, "where somebody's condition begins is what people will talk about"
    assert len(labels) <= 8
    assert row.left_out == count - len(labels)
