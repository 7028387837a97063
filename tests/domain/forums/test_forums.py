"""Forums: set up from templates, described, seated, ruled, shared and closed; what they may decide; joint days."""

from __future__ import annotations

from datetime import UTC, date, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given as drawing
from hypothesis import strategies as st

from samordna.core import clock
from samordna.core.errors import Absent, Forbidden, Invalid, Refused, TooLarge
from samordna.core.models import JournalEntry
from samordna.domain.collaborations.models import Collaboration
from samordna.domain.collaborations.operations import revoke_mandate
from samordna.domain.forums import limits
from samordna.domain.forums import operations as do
from samordna.domain.forums.access import forum_for, visible_forums
from samordna.domain.forums.models import Forum, Item, JointDay, Meeting, Ownership, Seat
from samordna.domain.forums.operations import holding
from samordna.domain.forums.queries.pages import forum_page, forums_of, preparer_choices, preparer_choices_in, role_choices
from samordna.domain.forums.rules import holding_on, joint_dates
from samordna.domain.forums.templates import TEMPLATES, Routine
from samordna.domain.organisations.carrying import touched
from samordna.domain.organisations.enums import HoldingKind, RoleKind
from samordna.domain.organisations.models import Holding, Role
from samordna.domain.organisations.standing import hand_over, tasks_of
from tests import factories as f
from tests.domain.collaborations.test_operations_mandates import give
from tests.domain.forums.world import world
from tests.factories import NOW

TODAY = clock.day(NOW)


@pytest.mark.django_db
@pytest.mark.parametrize("kind", sorted(TEMPLATES))
def test_a_forum_begins_as_its_template_has_it(kind):
    made = world(kind, purpose="" if TEMPLATES[kind].purpose else "Ses", place="Stadshuset").forum
    template = TEMPLATES[kind]
    assert (made.kind, made.formality, made.power, made.rhythm) == (
        kind,
        template.formality,
        template.power,
        template.rhythm,
    )
    held = made.routines.get()
    assert Routine(**{name: getattr(held, name) for name in Routine.__slots__}) == template.routine
    assert made.prepares == made.ownerships.get().collaboration.coordinator_role
    assert JournalEntry.objects.get(action="forum_started").subject_id == made.pk


@pytest.mark.django_db
def test_only_the_coordinator_sets_up_and_says_what_is_wrong_all_at_once():
    met = world()
    begin = {"collaboration_id": met.given.collaboration.pk, "kind": "board", "name": "Styrelse", "at": NOW}
    with pytest.raises(Forbidden):
        do.start_forum(actor=met.given.manager, **begin)
    with pytest.raises(Absent):
        do.start_forum(actor=f.actor(f.organisation(), RoleKind.MANAGER), **begin)
    outside = f.holding(f.organisation()).role_id
    wrong = {"name": "", "purpose": "", "power": "rules", "formality": "formal", "prepares_role_id": outside}
    with pytest.raises(Invalid) as refused:
        do.describe_forum(**met.asking, **wrong, rhythm="daily", area_ids=[f.area(f.collaboration()).pk])
    assert set(refused.value.fields) == {"name", "purpose", "power", "rhythm", "prepares_role_id", "area_ids"}
    with pytest.raises(Invalid, match=str(limits.MOST_AREAS)):
        do.start_forum(actor=met.coordinator, **begin, area_ids=[f"{n}" for n in range(limits.MOST_AREAS + 1)])


@pytest.mark.django_db
def test_roles_sit_there_and_speak_for_their_party():
    met = world()
    met.seat(met.given.manager, "chair")
    met.seat(met.coordinator, "secretary")
    above = met.seat(met.given.superior_manager, "guest")
    for role_id, task in ((met.given.manager.role_id, "member"), (f.holding(f.organisation()).role_id, "member")):
        with pytest.raises(Invalid):
            do.seat_role(**met.asking, role_id=role_id, task=task)
    with pytest.raises(Invalid, match="alternativen"):
        met.seat(met.given.other_manager, "king")
    page = forum_page(met.given.manager, met.forum.pk, NOW)
    assert [(row.task, row.party, bool(row.holders), row.mine) for row in page.seats] == [
        ("chair", "Havsnäs", True, True),
        ("secretary", "", True, False),
        ("guest", "", True, False),
    ]
    part = met.given.own_part
    other = f.participation(part.collaboration).party
    type(part).objects.filter(pk=part.pk).update(party=other)
    assert forum_page(met.given.manager, met.forum.pk, NOW).seats[0].party == other.name
    do.unseat_role(actor=met.coordinator, seat_id=above.pk, at=NOW)
    with pytest.raises(Refused):
        do.unseat_role(actor=met.coordinator, seat_id=above.pk, at=NOW)
    assert len(forum_page(met.coordinator, met.forum.pk, NOW).former) == 1


@pytest.mark.django_db
def test_a_seat_shows_its_deputy_that_it_is_vacant_and_that_its_organisation_has_left():
    met = world()
    holding = f.holding(met.given.own, RoleKind.MANAGER)
    stand_in = f.person("Ersa Ttare")
    start = {"valid_from": f.START, "deputy_of": holding}
    Holding.objects.create(person=stand_in, role=holding.role, kind=HoldingKind.DEPUTY, **start)
    do.seat_role(**met.asking, role_id=holding.role_id)
    do.seat_role(**met.asking, role_id=f.role(met.given.other, RoleKind.MANAGER).pk)
    rows = forum_page(met.coordinator, met.forum.pk, NOW).seats
    assert [(row.deputies, row.within) for row in rows] == [(("Ersa Ttare",), True), ((), True)]
    assert forum_page(met.coordinator, met.forum.pk, NOW).vacant == 1
    type(met.given.own_part).objects.filter(pk=met.given.own_part.pk).update(left_on=TODAY)
    assert [row.within for row in forum_page(met.coordinator, met.forum.pk, NOW).seats] == [False, True]


@pytest.mark.django_db
def test_a_routine_holds_from_its_day_and_what_held_before_is_kept():
    met = world()
    met.rule(method="majority", quorum="over_half", starts_on=TODAY + timedelta(days=10))
    now, later = (forum_page(met.coordinator, met.forum.pk, NOW + timedelta(days=n)) for n in (0, 10))
    assert (now.routine.method, [row.method for row in now.coming]) == ("consent", ["majority"])
    assert (later.routine.method, [row.until for row in later.earlier]) == ("majority", [TODAY + timedelta(days=10)])
    met.rule(method="consensus")  # on the same day as the first: it is the one that holds
    assert forum_page(met.coordinator, met.forum.pk, NOW).routine.method == "consensus"
    with pytest.raises(Invalid) as refused:
        met.rule(
            method="dice", voice="loudest", items_days=limits.LONGEST_DEADLINE + 1, starts_on=TODAY - timedelta(days=1)
        )
    assert set(refused.value.fields) == {"method", "voice", "items_days", "starts_on"}


@pytest.mark.django_db
def test_what_it_may_decide_follows_the_mandates_of_today():
    met = world("board")
    sentence = forum_page(met.coordinator, met.forum.pk, NOW).reaches[0]
    assert (sentence.area, sentence.reach.verdict) == ("Utskrivning", "all_adopt")
    mandate = give(met.given)
    row = forum_page(met.coordinator, met.forum.pk, NOW).reaches[0]
    assert (row.reach.verdict, row.reach.decides_for, row.reach.adopt) == ("some_adopt", ("Havsnäs",), ("Storstad",))
    assert "Havsnäs" in row.sentence
    assert "Storstad" in row.sentence
    revoke_mandate(actor=met.given.manager, mandate_id=mandate.pk, reason="Nytt fullmäktige", at=NOW)
    after = NOW + timedelta(minutes=1)
    assert forum_page(met.coordinator, met.forum.pk, after).reaches[0].reach.verdict == "all_adopt"
    words = {"name": "Beredning", "purpose": "Bereder", "formality": "formal"}
    do.describe_forum(**met.asking, **words, power="decides", area_ids=[met.given.beneath.pk])
    assert [each.area for each in forum_page(met.coordinator, met.forum.pk, NOW).reaches] == ["Betalning"]
    do.describe_forum(**met.asking, **words, power="prepares")
    assert forum_page(met.coordinator, met.forum.pk, NOW).reaches == ()


@pytest.mark.django_db
def test_two_collaborations_own_it_when_both_coordinators_have_agreed():
    met = world()
    other = f.collaboration(superior=met.given.superior, name="Arbete")
    theirs = f.coordinator_of(other)
    member = f.actor(f.participation(other).organisation, RoleKind.MANAGER)
    with pytest.raises(Invalid):
        do.share_forum(**met.asking, collaboration_id=other.pk)  # the coordinator cannot see it
    f.participation(other, met.given.collaboration.host)
    asked = do.share_forum(**met.asking, collaboration_id=other.pk)
    assert asked.accepted_at is None
    assert forum_for(theirs, met.forum.pk, at=NOW)
    assert forums_of(theirs, NOW)[0].asked
    assert not visible_forums(member, NOW).exists()
    about = {"forum_id": met.forum.pk, "collaboration_id": other.pk, "at": NOW}
    with pytest.raises(Refused):
        do.close_forum(actor=theirs, forum_id=met.forum.pk, reason="Inte än mitt", at=NOW)
    do.accept_sharing(actor=theirs, **about)
    with pytest.raises(Refused):
        do.accept_sharing(actor=theirs, **about)
    assert set(visible_forums(member, NOW)) == {met.forum}
    row = forums_of(member, NOW)[0]
    assert ([owner.name for owner in row.owners], row.unseen_owners) == (["Arbete"], 1)
    do.seat_role(actor=theirs, forum_id=met.forum.pk, role_id=member.role_id, at=NOW)
    assert forum_page(member, met.forum.pk, NOW).seats[0].party
    assert {"forum_seated"} <= set(JournalEntry.objects.filter(collaboration_id=other.pk).values_list("action", flat=True))
    do.end_sharing(actor=theirs, **about)
    assert not visible_forums(member, NOW).exists()
    with pytest.raises(Refused, match="Avsluta det"):
        do.end_sharing(**met.asking, collaboration_id=met.given.collaboration.pk)


@pytest.mark.django_db
def test_a_closed_forum_is_read_and_not_changed():
    met = world()
    met.seat(met.given.manager)
    do.add_joint_day(**met.asking, weekday=2, begins=time(9), ends=time(16), place="Hus A", valid_from=date(2026, 11, 1))
    when = {"weekday": 2, "begins": time(9), "ends": time(16), "place": "Hus B"}
    for start, end in ((TODAY, None), (TODAY + timedelta(days=9), None), (date(2026, 11, 1), TODAY + timedelta(days=90))):
        do.add_joint_day(**met.asking, **when, valid_from=start, valid_to=end)
    item = do.raise_item(**met.asking, kind="discussion", title="Köerna")
    do.close_forum(**met.asking, reason="Uppdraget är slutfört")
    assert set(JointDay.objects.values_list("valid_to", flat=True)) == {TODAY, TODAY + timedelta(days=1)}
    item.refresh_from_db()
    assert (item.state, item.withdrawn_reason) == ("withdrawn", "Uppdraget är slutfört")
    about = {"actor": met.coordinator, "item_id": item.pk, "at": NOW}
    page = forum_page(met.given.manager, met.forum.pk, NOW)
    assert (page.seats, len(page.former), page.days, page.row.closed_on) == ((), 1, (), TODAY)
    for act in (
        met.rule,
        lambda: met.seat(met.given.other_manager),
        lambda: do.close_forum(**met.asking, reason="Igen"),
        lambda: do.describe_item(**about, kind="planning", title="x"),
        lambda: do.withdraw_item(**about, reason="x"),
        lambda: do.add_paper(**about, name="x", text="x"),
        lambda: do.remove_paper(**about, paper_id="x"),
        lambda: do.place_item(**about),
        lambda: do.move_item(**about, by=1),
        lambda: do.take_up_item(**about),
        lambda: do.carry_item(**about),
        lambda: do.end_joint_day(actor=met.coordinator, day_id=JointDay.objects.all()[0].pk, at=NOW),
    ):
        with pytest.raises(Refused, match="avslutat"):
            act()


@pytest.mark.django_db
def test_a_forum_of_a_closed_collaboration_is_only_wound_up():
    met = world()
    when = {"on": TODAY, "begins": time(9), "ends": time(10)}
    meeting = do.plan_meeting(**met.asking, **when)
    Collaboration.objects.update(state="closed")
    for act in (met.rule, lambda: do.plan_meeting(**met.asking, **when)):
        with pytest.raises(Refused, match="Samverkan är avslutad"):
            act()
    do.cancel_meeting(actor=met.coordinator, meeting_id=meeting.pk, reason="Samverkan är slut", at=NOW)
    assert do.close_forum(**met.asking, reason="Samverkan är slut").closed_on == TODAY


@pytest.mark.django_db
def test_what_somebody_else_changed_meanwhile_is_not_undone(monkeypatch):
    met = world()
    other = f.collaboration(superior=met.given.superior, coordinator_role=met.given.collaboration.coordinator_role)
    do.share_forum(**met.asking, collaboration_id=other.pk)
    meeting = do.plan_meeting(**met.asking, on=TODAY, begins=time(9), ends=time(10))
    item, about = do.raise_item(**met.asking, kind="discussion", title="Köerna"), {"actor": met.coordinator, "at": NOW}

    def meanwhile(rows, **fields):
        monkeypatch.setattr(holding, "hold", lambda forum_id: rows.update(**fields))

    meanwhile(Meeting.objects.all(), state="cancelled")
    with pytest.raises(Refused):
        do.change_meeting(**about, meeting_id=meeting.pk, on=TODAY, begins=time(9), ends=time(10))
    meanwhile(Item.objects.all(), state="withdrawn")
    with pytest.raises(Refused):
        do.describe_item(**about, item_id=item.pk, kind="discussion", title="Annat")
    meanwhile(Ownership.objects.filter(collaboration=met.given.collaboration), ended_at=NOW)
    with pytest.raises(Refused, match="Avsluta det"):
        do.end_sharing(**met.asking, collaboration_id=other.pk)
    meanwhile(Forum.objects.all(), closed_on=TODAY)
    with pytest.raises(Refused):
        met.seat(met.given.manager)


@pytest.mark.django_db
def test_joint_days_say_when_they_come_next_and_the_role_that_prepares_adds_them():
    met = world(prepares_role_id="")
    words = {"name": "Samlokalisering", "purpose": "Ses", "formality": "informal", "power": "meets"}
    do.describe_forum(**met.asking, **words, prepares_role_id=met.given.manager.role_id)
    adding = {"actor": met.given.manager, "forum_id": met.forum.pk, "at": NOW}
    when = {"weekday": 2, "begins": time(9), "ends": time(16), "place": "Familjecentralen"}
    made = do.add_joint_day(**adding, **when, every=2, valid_from=date(2026, 11, 2))
    assert forum_page(met.given.manager, met.forum.pk, NOW).days[0].next_on == (
        date(2026, 12, 2),
        date(2026, 12, 16),
        date(2026, 12, 30),
    )
    with pytest.raises(Forbidden):
        do.add_joint_day(**adding | {"actor": met.given.other_manager}, **when)
    with pytest.raises(Invalid) as refused:
        do.add_joint_day(**adding, **when | {"weekday": 9, "ends": time(8), "place": ""}, every=3)
    assert set(refused.value.fields) == {"weekday", "every", "ends", "place"}
    above = met.given.superior_manager.role_id
    with pytest.raises(Invalid) as refused:
        do.describe_forum(**met.asking, **words, prepares_role_id=above)
    assert set(refused.value.fields) == {"prepares_role_id"}
    offered = dict(preparer_choices(met.coordinator, met.forum.pk, NOW))
    assert (above in offered, met.given.manager.role_id in offered) == (False, True)
    assert offered == dict(preparer_choices_in(met.given.collaboration, NOW))
    assert above in dict(role_choices(met.coordinator, met.forum.pk, NOW))
    do.end_joint_day(actor=met.given.manager, day_id=made.pk, at=NOW)
    do.describe_forum(**met.asking, **words)
    assert Forum.objects.get().prepares == met.given.collaboration.coordinator_role
    do.describe_forum(**met.asking, **words, prepares_role_id=met.given.manager.role_id)
    with pytest.raises(Refused):
        do.end_joint_day(actor=met.given.manager, day_id=made.pk, at=NOW)
    for start, kept in ((TODAY, TODAY + timedelta(days=1)), (TODAY + timedelta(days=1), None)):
        made = do.add_joint_day(**adding, **when, valid_from=start)
        do.end_joint_day(actor=met.given.manager, day_id=made.pk, at=NOW)
        assert [day.valid_to for day in JointDay.objects.filter(pk=made.pk)] == ([kept] if kept else [])
    with pytest.raises(Invalid) as refused:
        do.add_joint_day(**adding, **when | {"begins": time(9, tzinfo=UTC)}, valid_from=date(9999, 12, 31))
    assert set(refused.value.fields) == {"begins", "valid_from"}


@drawing(st.integers(0, 6), st.sampled_from((1, 2, 4)), st.integers(0, 400), st.integers(1, 5))
def test_joint_dates_fall_on_their_weekday_in_their_weeks_and_none_is_left_out(weekday, every, later, many):
    start = date(2026, 1, 1)
    every_one = list(joint_dates(weekday, every, start, None, start, 400))
    since = start + timedelta(days=later)
    assert list(joint_dates(weekday, every, start, None, since, many)) == [on for on in every_one if on >= since][:many]
    assert {on.weekday() for on in every_one} == {weekday}
    assert {(b - a).days for a, b in pairwise(every_one)} == {7 * every}
    assert list(joint_dates(weekday, every, start, since, start, 400)) == [on for on in every_one if on < since]
    assert len(list(joint_dates(weekday, every, date(9999, 12, 31 - every), None, date(9999, 12, 1), many))) <= 1


def test_before_its_first_day_the_first_routine_is_the_one_to_go_by():
    class Row:
        starts_on = date(2026, 5, 1)

    assert holding_on([Row()], date(2026, 1, 1)).starts_on == date(2026, 5, 1)
    assert holding_on([], date(2026, 1, 1)) is None


@pytest.mark.django_db
def test_limits_are_declared_and_hold(monkeypatch):
    met = world()
    modules = "samordna.domain.forums.operations"
    when = {"weekday": 1, "begins": time(9), "ends": time(10), "place": "x"}
    monkeypatch.setattr(f"{modules}.ruling.MOST_DAYS", 1)
    ended = do.add_joint_day(**met.asking, **when, valid_from=TODAY - timedelta(days=9))
    do.end_joint_day(actor=met.coordinator, day_id=ended.pk, at=NOW)
    do.add_joint_day(**met.asking, **when)
    acts = [(f"{modules}.ruling.MOST_DAYS", 1, lambda: do.add_joint_day(**met.asking, **when))]
    acts.append((f"{modules}.seating.MOST_SEATS", 0, lambda: met.seat(met.given.manager)))
    acts.append((f"{modules}.sharing.MOST_OWNERS", 1, lambda: do.share_forum(**met.asking, collaboration_id="x")))
    begin = {"actor": met.coordinator, "collaboration_id": met.given.collaboration.pk, "kind": "other", "name": "x"}
    acts.append((f"{modules}.founding.MOST_FORUMS", 1, lambda: do.start_forum(**begin, purpose="x", at=NOW)))
    for name, limit, act in acts:
        monkeypatch.setattr(name, limit)
        with pytest.raises(TooLarge):
            act()


@pytest.mark.django_db
def test_what_rests_on_a_role_in_forums_is_told_and_handed_over():
    met = world()
    met.seat(met.given.manager)
    successor = f.role(met.given.own, RoleKind.MANAGER)
    Forum.objects.update(prepares=met.given.manager.role_id)
    bring = {"kind": "discussion", "title": "Köerna", "owner_role_id": met.given.manager.role_id}
    item = do.raise_item(**met.asking, **bring)
    told = tasks_of(met.coordinator, met.given.manager.role_id, NOW)
    named = ["bereder Styrgrupp utskrivning", "sitter i Styrgrupp utskrivning", "ansvarar för ärendet Köerna"]
    assert [task.sentence for task in told] == named
    hidden = tasks_of(f.actor(f.organisation()), met.given.manager.role_id, NOW)
    assert all(task.hidden for task in hidden)
    hand_over(met.coordinator, met.given.manager.role_id, successor.pk, NOW)
    assert Forum.objects.get().prepares == successor
    assert Seat.objects.get(valid_to__isnull=True).role == successor
    assert Role.objects.get(pk=met.given.manager.role_id).forum_seats.get().valid_to == TODAY
    item.refresh_from_db()
    assert item.owner_role == successor


@pytest.mark.django_db
@pytest.mark.parametrize(("had", "kept"), [("guest", "chair"), ("chair", "chair")])
def test_a_role_that_sits_there_already_keeps_the_stronger_seat(had, kept):
    met = world()
    met.seat(met.given.manager, "chair" if had == "guest" else "guest")
    met.seat(met.given.other_manager, had)
    hand_over(met.coordinator, met.given.manager.role_id, met.given.other_manager.role_id, NOW)
    seat = Seat.objects.get(valid_to__isnull=True)
    assert (seat.role_id, seat.task) == (met.given.other_manager.role_id, kept)
    told = JournalEntry.objects.filter(action__in=["forum_seated", "forum_unseated"]).order_by("pk")
    assert told.count() == 3
    assert told.filter(action="forum_unseated").exists() == (had == "chair")


@pytest.mark.django_db
def test_what_only_a_draft_owns_is_not_named_in_a_reorganisation_and_open_items_change_hands():
    met = world()
    met.seat(met.given.manager)
    about = {"actor": met.given.manager, "owner_role_id": met.given.manager.role_id}
    done, item = (do.raise_item(**met.asking | about, kind="discussion", title=title) for title in ("Klar", "Köerna"))
    Item.objects.filter(pk=done.pk).update(state="done")
    Forum.objects.update(prepares=met.given.manager.role_id)

    def told():
        things = touched([met.given.own.pk], TODAY)
        return {each.kind: (each.title, each.hidden) for each in things if "forum" in each.kind or each.id == item.pk}

    forum, raised = ("Styrgrupp utskrivning", False), ("Köerna", False)
    kinds = {"forum_preparing": forum, "forum_seat": forum, "forum_item": raised, "raised_item": raised}
    assert told() == kinds
    Collaboration.objects.update(state="planned")
    assert told() == dict.fromkeys(kinds, ("", True))
