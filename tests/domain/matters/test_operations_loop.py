"""One matter from draft to weighing, as the people who do it."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.utils.translation import override

from samordna.core.errors import Absent, Forbidden, Invalid, Refused
from samordna.core.models import JournalEntry, OutgoingLetter
from samordna.domain.collaborations.models import Collaboration
from samordna.domain.matters import operations as do
from samordna.domain.matters.enums import MatterStage, PositionState
from samordna.domain.matters.models import Matter, Position
from samordna.domain.organisations.enums import RoleKind
from tests import factories as f

pytestmark = pytest.mark.django_db
NOW = f.NOW


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


@pytest.fixture
def world():
    """A collaboration with two participants, its coordinator, and a matter that has been sent out."""
    given = f.collaboration()
    region, island = f.organisation("Region"), f.organisation("Island")
    for organisation in (region, island):
        f.participation(given, organisation)
    coordinator = f.coordinator_of(given)
    matter = do.open_matter(
        actor=coordinator,
        collaboration_id=given.pk,
        area_id=f.area(given).pk,
        title="Payment at discharge",
        purpose="Pay alike",
        for_the_individual="Home in time",
        at=NOW,
    )
    days = do.add_aspect(
        actor=coordinator, matter_id=matter.pk, label="Free days", kind="range", lowest=0, highest=5, unit="days", at=NOW
    )
    matter = do.start_gathering(actor=coordinator, matter_id=matter.pk, answer_by=date(2026, 12, 24), at=NOW)
    return {
        "coordinator": coordinator,
        "matter": matter,
        "region": f.actor(region),
        "island": f.actor(island),
        "of_region": matter.positions.get(organisation=region),
        "of_island": matter.positions.get(organisation=island),
        "days": days,
        "collaboration": given,
    }


def at_least(aspect, number):
    option = aspect.options.get(number=number)
    return {"then": [{"aspect": aspect.pk, "is": "at_least", "options": [option.pk]}]}


def test_everybody_who_takes_part_is_asked_and_is_silent(world):
    assert set(world["matter"].positions.values_list("state", flat=True)) == {PositionState.SILENT}
    assert world["matter"].positions.count() == 2


def test_weighing_waits_for_the_silent_and_names_them(world):
    do.declare_no_conditions(actor=world["region"], position_id=world["of_region"].pk, at=NOW)
    with pytest.raises(Refused, match=r"Waited for: Island\. Silence is not consent"):
        do.advance(actor=world["coordinator"], matter_id=world["matter"].pk, to="weighing", at=NOW)
    do.state_condition(
        actor=world["island"], position_id=world["of_island"].pk, rule=at_least(world["days"], 3), reason="Ferry", at=NOW
    )
    with pytest.raises(Refused, match="Waited for: Island"):
        do.advance(actor=world["coordinator"], matter_id=world["matter"].pk, to="weighing", at=NOW)
    do.submit_position(actor=world["island"], position_id=world["of_island"].pk, at=NOW)
    matter = do.advance(actor=world["coordinator"], matter_id=world["matter"].pk, to="weighing", at=NOW)
    assert matter.stage == MatterStage.WEIGHING


def test_somebody_who_joined_later_is_waited_for_and_can_be_asked(world):
    for who in ("region", "island"):
        do.declare_no_conditions(actor=world[who], position_id=world[f"of_{who}"].pk, at=NOW)
    f.participation(world["collaboration"], f.organisation("Latecomer"))
    with pytest.raises(Refused, match="Waited for: Latecomer"):
        do.advance(actor=world["coordinator"], matter_id=world["matter"].pk, to="weighing", at=NOW)
    do.ask_newcomers(actor=world["coordinator"], matter_id=world["matter"].pk, at=NOW)
    assert world["matter"].positions.count() == 3


def test_a_recorded_declining_lets_the_matter_move_on_and_needs_a_reason(world):
    do.declare_no_conditions(actor=world["region"], position_id=world["of_region"].pk, at=NOW)
    with pytest.raises(Invalid, match="That it is silent is no reason"):
        do.record_declining(actor=world["coordinator"], position_id=world["of_island"].pk, reason=" ", at=NOW)
    do.record_declining(actor=world["coordinator"], position_id=world["of_island"].pk, reason="Said so on 3 Nov", at=NOW)
    assert do.advance(actor=world["coordinator"], matter_id=world["matter"].pk, to="weighing", at=NOW).stage == "weighing"


def test_who_declined_may_answer_all_the_same(world):
    do.record_declining(actor=world["coordinator"], position_id=world["of_island"].pk, reason="Said so", at=NOW)
    do.declare_no_conditions(actor=world["island"], position_id=world["of_island"].pk, at=NOW)
    world["of_island"].refresh_from_db()
    assert (world["of_island"].state, world["of_island"].declined_reason) == (PositionState.NO_CONDITIONS, "")


def test_a_participant_cannot_record_that_another_declines(world):
    with pytest.raises(Forbidden):
        do.record_declining(actor=world["region"], position_id=world["of_island"].pk, reason="They said so", at=NOW)


def test_a_condition_without_a_reason_is_refused(world):
    with pytest.raises(Invalid) as raised:
        do.state_condition(
            actor=world["island"], position_id=world["of_island"].pk, rule=at_least(world["days"], 3), reason="", at=NOW
        )
    assert raised.value.fields == {"reason": "Say why: a condition without a reason cannot be weighed by others."}


def test_the_same_rule_is_stated_once_until_it_is_withdrawn(world):
    stated = {"actor": world["island"], "position_id": world["of_island"].pk, "rule": at_least(world["days"], 3)}
    condition = do.state_condition(reason="Ferry", at=NOW, **stated)
    with pytest.raises(Invalid, match="already stated exactly this"):
        do.state_condition(reason="Pressed twice", at=NOW, **stated)
    do.withdraw_condition(actor=world["island"], condition_id=condition.pk, at=NOW)
    do.state_condition(reason="Anew", at=NOW, **stated)


def test_nobody_states_conditions_for_another(world):
    with pytest.raises(Forbidden):
        do.state_condition(actor=world["region"], position_id=world["of_island"].pk, prose="X", reason="Y", at=NOW)
    with pytest.raises(Absent):
        do.state_condition(
            actor=f.actor(f.organisation()), position_id=world["of_island"].pk, prose="X", reason="Y", at=NOW
        )


def test_an_empty_answer_cannot_be_sent_in(world):
    with pytest.raises(Refused, match="say that you have no conditions"):
        do.submit_position(actor=world["island"], position_id=world["of_island"].pk, at=NOW)


def test_no_conditions_cannot_be_said_beside_a_condition(world):
    do.state_condition(actor=world["island"], position_id=world["of_island"].pk, prose="Ferry", reason="Sea", at=NOW)
    with pytest.raises(Refused, match="Withdraw them first"):
        do.declare_no_conditions(actor=world["island"], position_id=world["of_island"].pk, at=NOW)


def test_a_condition_added_to_no_conditions_makes_it_an_answer(world):
    do.declare_no_conditions(actor=world["island"], position_id=world["of_island"].pk, at=NOW)
    condition = do.state_condition(
        actor=world["island"], position_id=world["of_island"].pk, prose="Ferry", reason="Sea", at=NOW
    )
    world["of_island"].refresh_from_db()
    assert world["of_island"].state == PositionState.ANSWERED
    with pytest.raises(Invalid, match="others may have adapted"):
        do.withdraw_condition(actor=world["island"], condition_id=condition.pk, at=NOW)
    do.withdraw_condition(actor=world["island"], condition_id=condition.pk, reason="New ferry", at=NOW)
    world["of_island"].refresh_from_db()
    assert world["of_island"].state == PositionState.NO_CONDITIONS
    with pytest.raises(Refused, match="already been withdrawn"):
        do.withdraw_condition(actor=world["island"], condition_id=condition.pk, reason="Again", at=NOW)


def test_skipping_needs_a_reason_and_the_journal_keeps_it(world):
    for who in ("region", "island"):
        do.declare_no_conditions(actor=world[who], position_id=world[f"of_{who}"].pk, at=NOW)
    coordinator, matter = world["coordinator"], world["matter"].pk
    do.advance(actor=coordinator, matter_id=matter, to="weighing", at=NOW)
    with pytest.raises(Invalid, match="Say why these steps are skipped: consultation"):
        do.advance(actor=coordinator, matter_id=matter, to="adoption", at=NOW)
    do.advance(actor=coordinator, matter_id=matter, to="adoption", reason="All sat at the table", at=NOW)
    content = json.loads(JournalEntry.objects.get(action="adoption_started").payload.content)
    assert (content["skipped"], content["reason"]) == (["consultation"], "All sat at the table")


def test_going_back_needs_a_reason(world):
    for who in ("region", "island"):
        do.declare_no_conditions(actor=world[who], position_id=world[f"of_{who}"].pk, at=NOW)
    do.advance(actor=world["coordinator"], matter_id=world["matter"].pk, to="weighing", at=NOW)
    with pytest.raises(Invalid, match="why the matter goes back"):
        do.advance(actor=world["coordinator"], matter_id=world["matter"].pk, to="gathering", at=NOW)


@pytest.mark.parametrize("to", ["let_be", "withdrawn", "draft", "in_force", "gathering"])
def test_ways_that_do_not_exist_are_refused(world, to):
    with pytest.raises(Refused, match="A matter cannot go from gathering to"):
        do.advance(actor=world["coordinator"], matter_id=world["matter"].pk, to=to, reason="Because", at=NOW)


def test_only_the_coordinator_moves_a_matter_on(world):
    with pytest.raises(Forbidden):
        do.advance(actor=world["region"], matter_id=world["matter"].pk, to="weighing", at=NOW)


def test_letting_be_closes_with_a_reason_and_takes_no_more_answers(world):
    with pytest.raises(Invalid, match="why you let it be"):
        do.let_be(actor=world["coordinator"], matter_id=world["matter"].pk, reason="", at=NOW)
    closed = do.let_be(actor=world["coordinator"], matter_id=world["matter"].pk, reason="Costs 4, gives 2", at=NOW)
    assert (closed.stage, closed.closed_reason, closed.closed_at) == (MatterStage.LET_BE, "Costs 4, gives 2", NOW)
    with pytest.raises(Refused, match="answers are no longer taken"):
        do.declare_no_conditions(actor=world["island"], position_id=world["of_island"].pk, at=NOW)


def test_what_was_let_be_is_opened_again_with_a_reason_and_its_answers(world):
    coordinator, matter = world["coordinator"], world["matter"]
    with pytest.raises(Refused, match="Only a matter that was let be"):
        do.reopen_matter(actor=coordinator, matter_id=matter.pk, reason="Because", at=NOW)
    answered = list(Position.objects.filter(matter=matter).values_list("pk", "state"))
    do.let_be(actor=coordinator, matter_id=matter.pk, reason="Costs 4, gives 2", at=NOW)
    with pytest.raises(Invalid, match="what has changed"):
        do.reopen_matter(actor=coordinator, matter_id=matter.pk, reason=" ", at=NOW)
    with pytest.raises(Forbidden):
        do.reopen_matter(actor=world["region"], matter_id=matter.pk, reason="I want it", at=NOW)
    again = do.reopen_matter(actor=coordinator, matter_id=matter.pk, reason="The state pays half", at=NOW)
    assert (again.stage, again.closed_at, again.closed_reason) == (MatterStage.GATHERING, None, "")
    assert list(Position.objects.filter(matter=matter).values_list("pk", "state")) == answered
    told = json.loads(JournalEntry.objects.get(action="matter_reopened").payload.content)
    assert (told["let_be"], told["reason"]) == ("Costs 4, gives 2", "The state pays half")


def test_what_was_withdrawn_stays_withdrawn(world):
    do.withdraw_matter(actor=world["coordinator"], matter_id=world["matter"].pk, reason="No question", at=NOW)
    with pytest.raises(Refused, match="Only a matter that was let be"):
        do.reopen_matter(actor=world["coordinator"], matter_id=world["matter"].pk, reason="Because", at=NOW)
    with pytest.raises(Refused, match="A matter cannot go from withdrawn to"):
        do.advance(actor=world["coordinator"], matter_id=world["matter"].pk, to="gathering", reason="Because", at=NOW)


def test_a_follow_up_copies_what_was_asked_and_points_back(world):
    with pytest.raises(Refused, match="still open"):
        do.follow_up_turn(actor=world["coordinator"], matter_id=world["matter"].pk, at=NOW)
    do.let_be(actor=world["coordinator"], matter_id=world["matter"].pk, reason="Not now", at=NOW)
    turn = do.follow_up_turn(
        actor=world["coordinator"], matter_id=world["matter"].pk, because="Experience: it hurts", at=NOW
    )
    assert (turn.previous_id, turn.stage, turn.number) == (
        world["matter"].pk,
        MatterStage.DRAFT,
        world["matter"].number + 1,
    )
    assert turn.purpose == "Pay alike\n\nExperience: it hurts"
    assert [option.label for option in turn.aspects.get().options.order_by("order")] == ["0", "1", "2", "3", "4", "5"]


def test_reopening_makes_the_matter_wait_again(world):
    do.declare_no_conditions(actor=world["region"], position_id=world["of_region"].pk, at=NOW)
    with pytest.raises(Invalid, match="others have read it"):
        do.reopen_position(actor=world["region"], position_id=world["of_region"].pk, reason="", at=NOW)
    do.reopen_position(actor=world["region"], position_id=world["of_region"].pk, reason="We forgot one", at=NOW)
    world["of_region"].refresh_from_db()
    assert (world["of_region"].state, world["of_region"].answered_at) == (PositionState.STARTED, None)


def test_an_answer_is_sent_in_once(world):
    do.declare_no_conditions(actor=world["region"], position_id=world["of_region"].pk, at=NOW)
    with pytest.raises(Refused, match="already been sent in"):
        do.declare_no_conditions(actor=world["region"], position_id=world["of_region"].pk, at=NOW)


def test_an_officer_reads_but_does_not_answer(world):
    officer = f.actor(world["of_island"].organisation, RoleKind.OFFICER)
    with pytest.raises(Forbidden, match="may read but not answer"):
        do.declare_no_conditions(actor=officer, position_id=world["of_island"].pk, at=NOW)


def test_a_matter_needs_words_and_an_area_and_says_all_that_is_missing(world):
    with pytest.raises(Invalid) as raised:
        do.open_matter(
            actor=world["coordinator"],
            collaboration_id=world["collaboration"].pk,
            area_id="nowhere",
            title=" ",
            purpose="",
            for_the_individual="",
            at=NOW,
        )
    assert set(raised.value.fields) == {"title", "purpose", "for_the_individual", "area_id"}
    assert Matter.objects.count() == 1


def test_what_a_matter_asks_is_fixed_once_it_is_sent_out(world):
    with pytest.raises(Refused, match="has been sent out"):
        do.add_aspect(actor=world["coordinator"], matter_id=world["matter"].pk, label="More", kind="yes_no", at=NOW)
    with pytest.raises(Refused, match="has been sent out"):
        do.remove_aspect(actor=world["coordinator"], aspect_id=world["days"].pk, at=NOW)


def test_letters_go_to_nobody_whose_account_is_closed(world):
    region = world["of_region"].organisation
    f.holding(region, person=f.person(email="gone@example.se", is_active=False))
    letters = do.remind(actor=world["coordinator"], matter_id=world["matter"].pk, at=NOW)
    assert letters
    assert "gone@example.se" not in {letter.recipient for letter in letters}


def test_after_a_handover_the_answer_goes_to_whoever_coordinates_now(world):
    asked = do.ask_participant(
        actor=world["coordinator"],
        matter_id=world["matter"].pk,
        asked_of=world["of_region"].organisation_id,
        text="From when?",
        at=NOW,
    )
    taken_over = f.holding(world["of_island"].organisation, RoleKind.COORDINATOR)
    Collaboration.objects.filter(pk=world["collaboration"].pk).update(coordinator_role=taken_over.role)
    do.answer_question(actor=world["region"], inquiry_id=asked.pk, answer="May", at=NOW)
    assert list(OutgoingLetter.objects.values_list("recipient", flat=True)) == [taken_over.person.email]
    letter = OutgoingLetter.objects.get()
    assert world["matter"].title not in letter.subject
    assert not [said for said in ("From when?", "May") if said in letter.text + letter.subject]
