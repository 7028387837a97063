import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection, transaction

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Absent, Forbidden, Invalid, Overtaken, Refused
from samordna.domain.collaborations.authority import Decider, Ground, ruling
from samordna.domain.collaborations.enums import CollaborationState, MandateForm
from samordna.domain.collaborations.models import Clause, Collaboration, Mandate, Participation
from samordna.domain.collaborations.queries.rulings import facts_of
from samordna.domain.decisions.problem import participants_of
from samordna.domain.matters.models import Condition, Position
from samordna.domain.organisations.access import actor_of
from samordna.domain.organisations.enums import Outcome, RoleKind
from samordna.domain.organisations.models import Carried, Holding, Organisation, Reorganisation, Role, Succession
from samordna.domain.organisations.operations import (
    Due,
    agree_to_reorganisation,
    answer_for_carried,
    call_off_reorganisation,
    carry_out_due,
    carry_out_reorganisation,
    due,
    place_things,
    plan_reorganisation,
    plan_undoing,
)
from samordna.domain.organisations.orphans import orphans
from samordna.domain.organisations.planning import found_in
from samordna.domain.organisations.queries import organisation_page
from samordna.domain.organisations.reorganisations import reorganisation_page, told_of
from samordna.domain.organisations.succession import now_called, successor_in_law
from samordna.domain.organisations.touched_things import kind_page
from samordna.domain.search.models import Entry
from tests import factories as f
from tests.factories import NOW

pytestmark = pytest.mark.django_db
TODAY = clock.day(NOW)
DAY = date(2027, 1, 1)
THEN = clock.noon(DAY)
GROUND = "Fullmäktige § 12"


def planned(actor, **given):
    defaults = {"organisation_id": actor.organisation_id, "kind": "merge", "happens_on": DAY, "ground": GROUND, "at": NOW}
    return plan_reorganisation(actor=actor, **defaults | given)


def lent(by, into, over):
    given = Mandate.objects.create(
        collaboration=into,
        form=MandateForm.LENT,
        giver=by,
        holder_role=into.coordinator_role,
        wording=f"{by.name} lånar ut",
        source="§ 1",
        valid_from=f.START,
    )
    Clause.objects.create(mandate=given, area=over)
    return given


@pytest.fixture
def world(db):
    """Two towns in one collaboration, which have both lent the same, each with a manager."""

    class World:
        town, island = f.organisation("Strandsala"), f.organisation("Holmö")
        chief, other_chief = f.holding(town, RoleKind.MANAGER), f.holding(island, RoleKind.MANAGER)
        together = f.collaboration()
        area = f.area(together, "Utskrivning")

    World.mine, World.theirs = actor_of(World.chief), actor_of(World.other_chief)
    for one in (World.town, World.island):
        f.participation(World.together, one)
        lent(one, World.together, World.area)
    return World


def merged(world, **given):
    plan = planned(world.mine, others=[world.island.pk], begin=["Strandsala och Holmö"], **given)
    agree_to_reorganisation(actor=world.theirs, reorganisation_id=plan.pk, at=NOW)
    return plan


def test_a_merger_is_carried_out_on_its_day_and_the_ruling_is_right_before_and_after(world):
    plan = merged(world)
    with pytest.raises(Refused, match="2027-01-01"):
        carry_out_reorganisation(actor=world.mine, reorganisation_id=plan.pk, at=NOW)
    carry_out_reorganisation(actor=world.mine, reorganisation_id=plan.pk, at=THEN)
    new = Organisation.objects.get(name="Strandsala och Holmö")
    facts = facts_of(world.together)
    before, after = clock.noon(DAY - timedelta(days=1)), clock.noon(DAY)
    at_town = ruling(world.area.pk, world.town.pk, before, facts)
    assert (at_town.decides, at_town.ground) == (Decider.COORDINATION, Ground.LENT)
    assert ruling(world.area.pk, world.town.pk, after, facts).ground is Ground.OUTSIDE
    assert ruling(world.area.pk, new.pk, before, facts).ground is Ground.OUTSIDE
    assert ruling(world.area.pk, new.pk, after, facts).ground is Ground.LENT
    assert Participation.objects.on(DAY).values_list("organisation__name", flat=True).get() == new.name
    assert {row.pk for row in Participation.objects.on(DAY - timedelta(days=1))} == set(
        Participation.objects.filter(organisation__in=[world.town, world.island]).values_list("pk", flat=True)
    )
    assert {str(now.name) for now in now_called(world.town.pk)} == {new.name}
    assert successor_in_law(world.island.pk) == new.pk
    # Roles went along, and with them everybody who holds them.
    assert actor_of(Holding.objects.select_related("role").get(pk=world.chief.pk)).organisation_id == new.pk
    assert Holding.objects.on(DAY).count() == 2
    with pytest.raises(Refused, match=r"carried out|genomförd"):
        carry_out_reorganisation(actor=world.mine, reorganisation_id=plan.pk, at=THEN)


def test_what_was_lent_by_one_alone_is_asked_about_and_binds_nobody_meanwhile(world):
    Mandate.objects.filter(giver=world.island).update(valid_to=TODAY)
    plan = merged(world)
    carry_out_reorganisation(actor=world.mine, reorganisation_id=plan.pk, at=THEN)
    new = Organisation.objects.get(name="Strandsala och Holmö")
    asked = Carried.objects.get(kind="mandate", outcome=Outcome.ASKED)
    assert ruling(world.area.pk, new.pk, THEN, facts_of(world.together)).ground is Ground.OWN
    chief = actor_of(Holding.objects.select_related("role").get(pk=world.chief.pk))
    later = THEN + timedelta(days=10)
    answer_for_carried(actor=chief, carried_id=asked.pk, takes_over=True, at=later)
    facts = facts_of(world.together)
    assert ruling(world.area.pk, new.pk, later, facts).ground is Ground.LENT
    assert ruling(world.area.pk, new.pk, THEN, facts).ground is Ground.OWN
    with pytest.raises(Refused):
        answer_for_carried(actor=chief, carried_id=asked.pk, takes_over=False, at=later)


def test_what_a_superior_granted_counts_the_same_before_and_after_it_is_succeeded(world):
    above = f.organisation("Regionen")
    world.together.superior = above
    world.together.save()
    Mandate.objects.update(valid_to=date(2026, 2, 1))
    given = lent(above, world.together, world.area)
    Mandate.objects.filter(pk=given.pk).update(form=MandateForm.GRANTED)
    chief = actor_of(f.holding(above, RoleKind.MANAGER))
    other = f.organisation("Regionen i väster")
    plan = planned(chief, others=[other.pk], begin=["Storregionen"])
    agree_to_reorganisation(actor=f.actor(other, RoleKind.MANAGER), reorganisation_id=plan.pk, at=NOW)
    carry_out_reorganisation(actor=chief, reorganisation_id=plan.pk, at=THEN)
    world.together.refresh_from_db()
    assert world.together.superior.name == "Storregionen"
    facts = facts_of(world.together)
    for moment in (clock.noon(DAY - timedelta(days=30)), THEN, clock.noon(DAY + timedelta(days=30))):
        assert ruling(world.area.pk, world.town.pk, moment, facts).ground is Ground.GRANTED, moment


def test_a_rename_and_a_move_keep_everything_and_old_days_show_what_it_was_called(world):
    plan = planned(world.mine, kind="rename", new_name="Strandsala stad")
    carry_out_reorganisation(actor=world.mine, reorganisation_id=plan.pk, at=THEN)
    above = f.organisation("Kommunalförbundet")
    move = planned(world.mine, kind="move", new_parent_id=above.pk, happens_on=DAY, at=THEN)
    with pytest.raises(Refused, match="Kommunalförbundet"):
        carry_out_reorganisation(actor=world.mine, reorganisation_id=move.pk, at=THEN)
    over = f.actor(above, RoleKind.MANAGER)
    with pytest.raises(Refused):  # nothing of its own is moved, so there is nothing for it to place
        place_things(actor=over, reorganisation_id=move.pk, kind="role", whole="", at=THEN)
    agree_to_reorganisation(actor=over, reorganisation_id=move.pk, at=THEN)
    carry_out_reorganisation(actor=world.mine, reorganisation_id=move.pk, at=THEN)
    on_the_day_before = organisation_page(world.mine, world.town.pk, THEN, DAY - timedelta(days=1))
    assert (on_the_day_before.name, organisation_page(world.mine, world.town.pk, THEN).name) == (
        "Strandsala",
        "Strandsala stad",
    )
    back = plan_undoing(actor=world.mine, reorganisation_id=plan.pk, happens_on=DAY, ground=GROUND, at=THEN)
    carry_out_reorganisation(actor=world.mine, reorganisation_id=back.pk, at=THEN)
    world.town.refresh_from_db()
    assert (world.town.name, world.town.parent) == ("Strandsala", above)
    assert Succession.objects.filter(old=world.town, new=world.town).count() == 3


def test_who_held_a_role_before_it_moved_is_read_where_it_was(world):
    plan = merged(world)
    carry_out_reorganisation(actor=world.mine, reorganisation_id=plan.pk, at=THEN)
    new = Organisation.objects.get(name="Strandsala och Holmö")
    then = organisation_page(world.mine, world.town.pk, THEN, DAY - timedelta(days=1))
    assert [role.holders[0].name for role in then.roles] == [world.chief.person.name]
    assert organisation_page(world.mine, new.pk, THEN, DAY - timedelta(days=1)).roles == ()
    assert len(organisation_page(world.mine, new.pk, THEN).roles) == 2
    assert organisation_page(world.mine, world.town.pk, THEN).roles == ()


def test_what_a_split_does_not_place_is_refused_and_a_way_back_brings_it_together(world):
    plan = planned(world.mine, kind="split", begin=["Norra", "Södra"])
    with pytest.raises(Refused, match=r"where this goes|vart detta går"):
        carry_out_reorganisation(actor=world.mine, reorganisation_id=plan.pk, at=THEN)
    assert not Succession.objects.exists()
    north, south = plan.sides.get(name="Norra").pk, plan.sides.get(name="Södra").pk
    place_things(actor=world.mine, reorganisation_id=plan.pk, kind="role", whole=f"goes:{south}", at=NOW)
    place_things(actor=world.mine, reorganisation_id=plan.pk, kind="participation", whole=f"goes:{north}", at=NOW)
    with pytest.raises(Invalid):
        place_things(actor=world.mine, reorganisation_id=plan.pk, kind="role", whole="goes:nobody", at=NOW)
    carry_out_reorganisation(actor=world.mine, reorganisation_id=plan.pk, at=THEN)
    assert Participation.objects.on(DAY).filter(organisation__name="Norra").exists()
    chief = actor_of(Holding.objects.select_related("role").get(pk=world.chief.pk))
    later = THEN + timedelta(days=30)
    back = plan_undoing(actor=chief, reorganisation_id=plan.pk, happens_on=clock.day(later), ground=GROUND, at=THEN)
    northern = f.actor(Organisation.objects.get(name="Norra"), RoleKind.MANAGER)
    agree_to_reorganisation(actor=northern, reorganisation_id=back.pk, at=THEN)
    carry_out_reorganisation(actor=chief, reorganisation_id=back.pk, at=later)
    again = Organisation.objects.get(name="Strandsala", valid_to=None)
    assert again.pk != world.town.pk
    assert Participation.objects.on(clock.day(later)).filter(organisation=again).exists()
    assert orphans(clock.day(later)) == []


def test_a_merger_into_one_there_is_and_its_way_back(world):
    plan = planned(world.mine, receivers=[world.island.pk])
    agree_to_reorganisation(actor=world.theirs, reorganisation_id=plan.pk, at=NOW)
    carry_out_reorganisation(actor=world.mine, reorganisation_id=plan.pk, at=THEN)
    assert Participation.objects.on(DAY).values_list("organisation__name", flat=True).get() == "Holmö"
    assert Role.objects.filter(organisation=world.island).count() == 2
    back = plan_undoing(actor=world.theirs, reorganisation_id=plan.pk, happens_on=DAY, ground=GROUND, at=THEN)
    carry_out_reorganisation(actor=world.theirs, reorganisation_id=back.pk, at=THEN + timedelta(hours=1))
    again = Organisation.objects.get(name="Strandsala", valid_to=None)
    assert Role.objects.filter(organisation=again).values_list("pk", flat=True).get() == world.chief.role_id
    assert orphans(DAY) == []


def test_bad_plans_are_refused_with_what_to_do(world):
    part = f.organisation("Hamnen", parent=world.town)
    ended = f.organisation("Gamla byn", valid_to=TODAY)
    for field, given in (
        ("happens_on", {"happens_on": TODAY - timedelta(days=1), "others": [world.island.pk], "begin": ["Ny"]}),
        ("receivers", {"receivers": [ended.pk]}),
        ("new_parent_id", {"kind": "move", "new_parent_id": part.pk}),
        ("new_parent_id", {"kind": "move", "new_parent_id": world.town.pk}),
        ("others", {"begin": ["Ny"]}),
        ("begin", {"kind": "split", "begin": ["Ensam"]}),
        ("new_name", {"kind": "rename"}),
        ("ground", {"kind": "close", "ground": " "}),
        ("begin_number", {"others": [world.island.pk], "begin": ["Ny"], "begin_number": "212000-0143"}),
        ("new_name", {"kind": "rename", "new_name": "HOLMÖ"}),
        ("begin", {"kind": "split", "begin": ["Holmö", "Södra"]}),
    ):
        with pytest.raises(Invalid) as wrong:
            planned(world.mine, **given)
        assert field in wrong.value.fields, (field, wrong.value.fields)
    merged(world)
    with pytest.raises(Refused, match="2027-01-01"):
        planned(world.theirs, kind="close")
    assert Reorganisation.objects.count() == 1


def test_only_those_concerned_read_a_plan_and_only_their_managers_and_administrators_plan(world):
    plan = planned(world.mine, others=[world.island.pk], begin=["Ny"])
    outsider = f.actor(f.organisation(), RoleKind.MANAGER)
    for act in (agree_to_reorganisation, carry_out_reorganisation):
        with pytest.raises(Absent):
            act(actor=outsider, reorganisation_id=plan.pk, at=NOW)
        with pytest.raises(Forbidden):
            act(actor=f.actor(world.island), reorganisation_id=plan.pk, at=NOW)
    with pytest.raises(Forbidden):
        planned(f.actor(world.town), kind="close")
    with pytest.raises(Invalid):
        place_things(actor=world.mine, reorganisation_id=plan.pk, kind="role", things={world.other_chief.role_id: "ends"})
    call_off_reorganisation(actor=world.theirs, reorganisation_id=plan.pk, reason="Fullmäktige sade nej", at=NOW)
    with pytest.raises(Refused):
        carry_out_reorganisation(actor=world.mine, reorganisation_id=plan.pk, at=THEN)


def test_an_administrator_drafts_and_places_and_a_manager_agrees_carries_out_and_answers(world):
    Mandate.objects.filter(giver=world.island).update(valid_to=TODAY)
    drafter = f.actor(world.town, RoleKind.ADMINISTRATOR)
    dropped = planned(drafter, kind="close")
    call_off_reorganisation(actor=drafter, reorganisation_id=dropped.pk, reason="Fel dag", at=NOW)
    plan = planned(drafter, others=[world.island.pk], begin=["Ny"])
    assert not plan.sides.filter(agreed_at__isnull=False).exists()
    for act in (agree_to_reorganisation, carry_out_reorganisation):
        with pytest.raises(Forbidden):
            act(actor=drafter, reorganisation_id=plan.pk, at=THEN)
    for manager in (world.mine, world.theirs):
        agree_to_reorganisation(actor=manager, reorganisation_id=plan.pk, at=NOW)
    with pytest.raises(Forbidden):  # it is nobody's draft any more
        call_off_reorganisation(actor=drafter, reorganisation_id=plan.pk, reason="Ångrar oss", at=NOW)
    place_things(actor=drafter, reorganisation_id=plan.pk, kind="role", whole="", at=NOW)
    assert not plan.sides.filter(agreed_at__isnull=False).exists(), "what they agreed to is not what it is now"
    for manager in (world.mine, world.theirs):
        agree_to_reorganisation(actor=manager, reorganisation_id=plan.pk, at=NOW)
    carry_out_reorganisation(actor=world.theirs, reorganisation_id=plan.pk, at=THEN)
    asked = Carried.objects.get(kind="mandate", outcome=Outcome.ASKED)
    with pytest.raises(Forbidden):
        answer_for_carried(
            actor=replace(drafter, organisation_id=asked.to_id), carried_id=asked.pk, takes_over=True, at=THEN
        )


def test_one_agrees_to_the_plan_that_one_has_read(world):
    plan = planned(world.mine, others=[world.island.pk], begin=["Ny"])
    seen = reorganisation_page(world.theirs, plan.pk, NOW).seen
    place_things(actor=world.mine, reorganisation_id=plan.pk, kind="contact_path", whole="", at=NOW)
    agree_to_reorganisation(actor=world.theirs, reorganisation_id=plan.pk, seen=seen, at=NOW)
    new = plan.sides.get(name="Ny").pk
    place_things(actor=world.mine, reorganisation_id=plan.pk, kind="role", whole=f"goes:{new}", at=NOW)
    with pytest.raises(Overtaken):
        agree_to_reorganisation(actor=world.theirs, reorganisation_id=plan.pk, seen=seen, at=NOW)
    seen = reorganisation_page(world.theirs, plan.pk, NOW).seen
    agree_to_reorganisation(actor=world.theirs, reorganisation_id=plan.pk, seen=seen, at=NOW)


def test_what_lives_on_does_not_leave_what_it_takes_part_in_by_a_split(world):
    plan = planned(world.mine, kind="split", receivers=[world.town.pk], begin=["Avknoppad"])
    new = plan.sides.get(name="Avknoppad").pk
    for kind, choice in (
        ("participation", "ends"),
        ("mandate", "ends"),
        ("mandate", f"asked:{new}"),
        ("delegated", "ends"),
    ):
        with pytest.raises(Invalid) as wrong:
            place_things(actor=world.mine, reorganisation_id=plan.pk, kind=kind, whole=choice, at=NOW)
        assert re.search("finns kvar|lives on", wrong.value.fields["whole"]), kind
        plan.placements.create(kind=kind, outcome=choice[:5].rstrip(":"), to_id=new if ":" in choice else None)
        left = {thing.kind for thing in found_in(Reorganisation.objects.get(pk=plan.pk))[1].unplaced}
        assert kind in left or kind == "delegated", "what was placed so before does not count either"
        plan.placements.all().delete()
    call_off_reorganisation(actor=world.mine, reorganisation_id=plan.pk, reason="Nej", at=NOW)
    ceasing = planned(world.mine, kind="split", begin=["Norra", "Södra"])
    place_things(actor=world.mine, reorganisation_id=ceasing.pk, kind="participation", whole="ends", at=NOW)


def test_a_plan_tells_of_what_the_other_one_has_when_that_one_has_agreed_and_never_of_what_is_not_shared(world):
    hidden = f.collaboration(state=CollaborationState.PLANNED)
    f.participation(hidden, world.island)
    plan = planned(world.mine, others=[world.island.pk], begin=["Ny"])

    def counted(actor):
        page = reorganisation_page(actor, plan.pk, NOW)
        return {row.kind: row.count for row in page.kinds}["participation"], page.uncounted

    assert counted(world.mine) == (1, ("Holmö",))
    joined = [row.outcome for row in kind_page(world.theirs, plan.pk, "participation", NOW).things]
    assert str(Outcome.JOINS) not in joined, "that it is joined with something tells that the other one has it"
    assert kind_page(world.mine, plan.pk, "participation", NOW).others == 0
    assert counted(world.theirs) == (3, ()), "its own two, and one of whoever has agreed"
    agree_to_reorganisation(actor=world.theirs, reorganisation_id=plan.pk, at=NOW)
    assert counted(world.mine) == (2, ())
    assert kind_page(world.mine, plan.pk, "participation", NOW).others == 1
    carry_out_reorganisation(actor=world.mine, reorganisation_id=plan.pk, at=THEN)
    outside = replace(world.mine, organisation_id=world.town.pk)
    assert not Carried.objects.filter(told_of(outside), of=world.island, title="", kind="participation").exists()


def test_what_is_begun_under_somebody_asks_that_one_and_what_is_moved_from_somebody_too(world):
    above, other = f.organisation("Regionen"), f.organisation("Förbundet")
    world.town.parent = above
    world.town.save()
    split = planned(world.mine, kind="split", begin=["Norra", "Södra"])
    assert reorganisation_page(f.actor(above), split.pk, NOW).waited_for == ("Regionen",)
    call_off_reorganisation(actor=f.actor(above, RoleKind.MANAGER), reorganisation_id=split.pk, reason="Nej", at=NOW)
    move = planned(world.mine, kind="move", new_parent_id=other.pk)
    assert reorganisation_page(world.mine, move.pk, NOW).waited_for == ("Förbundet", "Regionen")
    away = f.organisation("Hamnen")  # those above may be in many plans at once: nothing of theirs is moved
    planned(f.actor(away, RoleKind.MANAGER), kind="move", new_parent_id=other.pk)
    rename = planned(f.actor(other, RoleKind.MANAGER), kind="rename", new_name="Storförbundet")
    for one in (above, other):
        agree_to_reorganisation(actor=f.actor(one, RoleKind.MANAGER), reorganisation_id=move.pk, at=NOW)
    carry_out_reorganisation(actor=world.mine, reorganisation_id=move.pk, at=THEN)
    assert Organisation.objects.get(pk=world.town.pk).parent == other
    f.organisation("Storförbundet")
    with pytest.raises(Refused, match="Storförbundet"):
        carry_out_reorganisation(actor=Actor.command("test"), reorganisation_id=rename.pk, at=THEN)


def test_what_has_run_out_or_closed_since_is_not_taken_over(world):
    Mandate.objects.filter(giver=world.town).update(valid_to=DAY + timedelta(days=5))
    Mandate.objects.filter(giver=world.island).update(valid_to=TODAY)
    plan = merged(world)
    carry_out_reorganisation(actor=world.mine, reorganisation_id=plan.pk, at=THEN)
    asked = Carried.objects.get(kind="mandate", outcome=Outcome.ASKED)
    chief = actor_of(Holding.objects.select_related("role").get(pk=world.chief.pk))
    new = Participation.objects.filter(organisation_id=asked.to_id)
    for change, back, words in (
        ({"state": CollaborationState.CLOSED}, {"state": CollaborationState.ACTIVE}, "avslutad|closed"),
        ({}, {}, "deltar inte|does not take part"),
    ):
        Collaboration.objects.filter(pk=world.together.pk).update(**change)
        new.update(left_on=None if change else DAY + timedelta(days=1))
        with pytest.raises(Refused, match=words):
            answer_for_carried(actor=chief, carried_id=asked.pk, takes_over=True, at=THEN + timedelta(days=2))
        Collaboration.objects.filter(pk=world.together.pk).update(**back)
    new.update(left_on=None)
    with pytest.raises(Refused, match="2027"):
        answer_for_carried(actor=chief, carried_id=asked.pk, takes_over=True, at=THEN + timedelta(days=9))
    answer_for_carried(actor=chief, carried_id=asked.pk, takes_over=False, at=THEN + timedelta(days=9))


def test_a_refusal_names_ones_own_things_and_nobody_elses(world):
    plan = planned(world.mine, kind="split", receivers=[world.island.pk], begin=["Södra"])
    agree_to_reorganisation(actor=world.theirs, reorganisation_id=plan.pk, at=NOW)
    with pytest.raises(Refused, match=world.together.name):
        carry_out_reorganisation(actor=world.mine, reorganisation_id=plan.pk, at=THEN)
    with pytest.raises(Refused, match="Strandsala") as said:
        carry_out_reorganisation(actor=world.theirs, reorganisation_id=plan.pk, at=THEN)
    assert world.together.name not in said.value.reason
    assert world.chief.role.name not in said.value.reason


def test_one_plan_that_breaks_off_stops_no_other(world, monkeypatch):
    first = planned(world.mine, kind="rename", new_name="Strand")
    last = planned(world.theirs, kind="rename", new_name="Ö")
    task, carry = Actor.command("reorganisations whose day has come"), due.carry_out_reorganisation

    def breaks(**given):
        if given["reorganisation_id"] == first.pk:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("INSERT INTO nowhere VALUES (1)")
        return carry(**given)

    monkeypatch.setattr(due, "carry_out_reorganisation", breaks)
    done = carry_out_due(task, THEN)
    assert done.carried_out == (last.pk,)
    assert [pk for pk, _why in done.left] == [first.pk]


def test_the_second_plan_with_the_same_number_is_refused_with_a_sentence(world):
    number = {"begin_number": "212000-0142"}
    first = merged(world, **number)
    third, fourth = f.organisation("Björk"), f.organisation("Cypress")
    chief = f.actor(third, RoleKind.MANAGER)
    second = planned(chief, others=[fourth.pk], begin=["Träden"], **number)
    agree_to_reorganisation(actor=f.actor(fourth, RoleKind.MANAGER), reorganisation_id=second.pk, at=NOW)
    carry_out_reorganisation(actor=world.mine, reorganisation_id=first.pk, at=THEN)
    with pytest.raises(Refused, match="212000-0142"):
        carry_out_reorganisation(actor=chief, reorganisation_id=second.pk, at=THEN)


def test_the_nightly_task_carries_out_what_is_due_once_and_says_what_is_left(world):
    ready = merged(world)
    waiting = planned(f.actor(f.organisation("Ensam"), RoleKind.MANAGER), others=[f.organisation("Tyst").pk], begin=["Två"])
    task = Actor.command("reorganisations whose day has come")
    assert carry_out_due(task, NOW) == Due(carried_out=(), left=())
    due = carry_out_due(task, THEN)
    assert due.carried_out == (ready.pk,)
    assert [pk for pk, _why in due.left] == [waiting.pk]
    assert carry_out_due(task, THEN).carried_out == ()


def test_two_positions_become_one_that_holds_both_conditions(world):
    matter = f.matter(world.together, area=world.area)
    mine, theirs = f.position(matter, world.town), f.position(matter, world.island)
    for one in (mine, theirs):
        Condition.objects.create(
            matter=matter, position=one, form="prose", prose="Vi måste kunna svara", reason="Bemanning", stated_at=NOW
        )
    plan = merged(world)
    carry_out_reorganisation(actor=world.mine, reorganisation_id=plan.pk, at=THEN)
    new = Organisation.objects.get(name="Strandsala och Holmö")
    assert Position.objects.get(matter=matter, organisation=new).conditions.count() == 2
    assert participants_of(matter, DAY).keys() == {new.pk}


def test_search_finds_a_moved_role_where_it_is_now(world):
    plan = merged(world)
    carry_out_reorganisation(actor=world.mine, reorganisation_id=plan.pk, at=THEN)
    entry = Entry.objects.get(object_id=world.chief.role_id)
    assert "Strandsala och Holmö" in entry.title
    assert entry.place_id == Organisation.objects.get(name="Strandsala och Holmö").pk


def test_what_has_not_begun_is_taken_back_or_waited_for_before_its_organisation_ends(world):
    later = f.holding(world.town, role=f.holding(world.town, RoleKind.COORDINATOR).role, valid_from=DAY + timedelta(days=9))
    coming = Mandate.objects.create(
        collaboration=world.together,
        form=MandateForm.LENT,
        giver=world.town,
        holder_role=world.together.coordinator_role,
        wording="Får senare",
        source="§ 2",
        valid_from=DAY + timedelta(days=9),
    )
    plan = planned(world.mine, kind="close")
    with pytest.raises(Refused, match=r"har inte börjat än.*Får senare"):
        carry_out_reorganisation(actor=world.mine, reorganisation_id=plan.pk, at=THEN)
    Mandate.objects.filter(pk=coming.pk).update(revoked_at=NOW, revoked_by=world.chief)
    Holding.objects.filter(pk=later.pk).update(valid_to=later.valid_from)
    carry_out_reorganisation(actor=world.mine, reorganisation_id=plan.pk, at=clock.noon(DAY + timedelta(days=10)))
    assert orphans(DAY + timedelta(days=10)) == []
