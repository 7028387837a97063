"""Meetings and agendas: who may raise what until when, what a forum may decide, order, carrying over, cancelling."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from samordna.core.errors import Absent, Forbidden, Invalid, Refused, TooLarge
from samordna.core.models import JournalEntry
from samordna.domain.forums import operations as do
from samordna.domain.forums.models import Item, Meeting
from samordna.domain.forums.queries.meetings import ahead_of, item_page, matter_choices, meeting_page, meetings_of
from samordna.domain.forums.queries.pages import forum_page
from samordna.domain.organisations.enums import RoleKind
from tests import factories as f
from tests.domain.collaborations.setting import client_of
from tests.domain.collaborations.test_operations_mandates import give
from tests.domain.forums.world import Met, shared, world
from tests.factories import NOW

pytestmark = pytest.mark.django_db
DAY = date(2026, 12, 15)


def plan(met: Met, **fields: Any) -> Meeting:
    return do.plan_meeting(**met.asking | {"on": DAY, "begins": time(9), "ends": time(11)} | fields)


def bring(met: Met, **fields: Any) -> Item:
    given = {"kind": "discussion", "title": "Köerna", "actor": met.given.manager}
    return do.raise_item(**met.asking | given | fields)


def test_a_meeting_is_planned_in_local_time_changed_called_and_held():
    met = world()
    made = plan(met, link="https://mote.example/1")
    assert made.starts_at == datetime(2026, 12, 15, 8, tzinfo=UTC)
    about = {"actor": met.coordinator, "meeting_id": made.pk, "at": NOW}
    with pytest.raises(Refused, match="har inte kommit"):
        do.hold_meeting(**about)
    do.call_meeting(**about)
    with pytest.raises(Refused, match="redan skickad"):
        do.call_meeting(**about)
    changed = do.change_meeting(**about, on=DAY + timedelta(days=1), begins=time(13), ends=time(14), place="Hus B")
    assert (changed.state, changed.sequence, changed.place) == ("called", 2, "Hus B")
    assert [row.state for row in meetings_of(met.given.manager, NOW)] == ["called"]
    do.hold_meeting(**about | {"at": NOW + timedelta(days=30)})
    with pytest.raises(Refused, match="har hållits"):
        do.cancel_meeting(**about, reason="För sent")
    with pytest.raises(Forbidden):
        plan(met, actor=met.given.manager)
    with pytest.raises(Absent):
        plan(met, actor=f.actor(f.organisation(), RoleKind.MANAGER))


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"ends": time(8)}, {"ends"}),
        ({"on": date(2026, 11, 21)}, {"on"}),
        ({"on": date(2030, 1, 1)}, {"on"}),
        ({"on": date(1, 1, 1), "begins": time(0, 30)}, {"on"}),
        ({"on": date(9999, 12, 31), "begins": time(9, tzinfo=UTC)}, {"on", "begins"}),
        ({"link": "javascript:alert(1)"}, {"link"}),
        ({"on": date(2027, 3, 28), "begins": time(2, 30), "ends": time(4)}, {"begins"}),
    ],
)
def test_times_that_cannot_be_are_refused_at_their_field(fields, wrong):
    with pytest.raises(Invalid) as refused:
        plan(world(), **fields)
    assert set(refused.value.fields) == wrong


def test_the_night_the_clocks_are_put_back_has_its_first_half_past_two():
    made = plan(world(), on=date(2027, 10, 31), begins=time(2, 30), ends=time(4))
    assert (made.starts_at, made.ends_at - made.starts_at) == (
        datetime(2027, 10, 31, 0, 30, tzinfo=UTC),
        timedelta(hours=2.5),
    )


def test_any_organisation_raises_an_item_as_the_routine_says():
    met = world()
    meeting = plan(met)
    met.rule(items_days=7)
    raised = bring(
        met, meeting_id=meeting.pk, purpose="Vi behöver råd", minutes=20, owner_role_id=met.given.manager.role_id
    )
    assert (raised.raised_for, raised.raised_by_id) == (met.given.own, met.given.manager.holding_id)
    assert bring(met, actor=met.coordinator).raised_for is None
    late = {"meeting_id": meeting.pk, "at": NOW + timedelta(days=17)}
    with pytest.raises(Refused, match="8 december 2026"):
        bring(met, **late)
    assert bring(met, **late | {"meeting_id": ""}).meeting is None
    assert bring(met, **late | {"actor": met.coordinator}).meeting == meeting
    met.rule(raising="seated")
    with pytest.raises(Refused, match="er har ingen"):
        bring(met)
    met.seat(met.given.manager)
    bring(met)
    met.rule(raising="preparers")
    with pytest.raises(Refused, match="Bara de som bereder"):
        bring(met)
    assert "Bara de som bereder" in ahead_of(met.given.manager, met.forum.pk, NOW).raising
    with pytest.raises(Absent):
        bring(met, actor=f.actor(f.organisation(), RoleKind.MANAGER))


def test_a_decision_says_beforehand_whether_the_forum_may_take_it():
    met = world("board", area_ids=[])
    matter = f.matter(met.given.collaboration, area=met.given.beneath)
    with pytest.raises(Invalid) as refused:
        bring(met, kind="decision")
    assert set(refused.value.fields) == {"matter_id"}
    about_matter = bring(met, kind="decision", matter_id=matter.pk)
    about_area = bring(met, kind="decision", area_id=met.given.area.pk)
    give(met.given)
    row = item_page(met.given.other_manager, about_matter.pk, NOW)
    assert (row.matter, row.allowed) == (matter.title, True)
    assert "Det beslutar för Havsnäs. Storstad" in row.mandate
    described = {"name": "Styrelse", "purpose": "Beslutar", "formality": "formal", "power": "decides"}
    do.describe_forum(**met.asking, **described, area_ids=[met.given.beneath.pk])
    rows = {row.id: row for row in ahead_of(met.given.manager, met.forum.pk, NOW).backlog}
    assert rows[about_matter.pk].allowed
    assert not rows[about_area.pk].allowed
    assert "hör inte till" in rows[about_area.pk].mandate
    elsewhere = f.matter()
    with pytest.raises(Invalid, match="som äger forumet"):
        bring(met, matter_id=elsewhere.pk)
    with pytest.raises(Invalid, match="bereder det som andra beslutar"):
        bring(world("preparing"), kind="decision", title="x")


def test_what_one_may_not_see_is_neither_told_nor_lost_when_one_saves():
    met = world("board", area_ids=[])
    other, theirs, member = shared(met)
    item = bring(met, kind="decision", area_id=met.given.area.pk)
    about = bring(met, kind="decision", matter_id=f.matter(met.given.collaboration, area=met.given.area).pk)
    give(met.given)
    assert "Havsnäs" in item_page(met.given.manager, item.pk, NOW).mandate
    row = item_page(member, item.pk, NOW)
    assert (row.area_id, row.area, row.hidden_area, row.allowed) == ("", "", True, False)
    assert row.mandate == "Saken ligger i ett område som du inte kan se, så här visas inte vem som får besluta om den."
    page = client_of(member).get(f"/forum/punkt/{item.pk}/").content.decode()
    assert ("Utskrivning" in page, "Ett område som du inte kan se" in page) == (False, True)
    again = {"actor": theirs, "kind": "decision", "title": "Ny titel", "at": NOW}
    for each in (item, about):
        form = client_of(theirs).get(f"/forum/punkt/{each.pk}/andra/").content.decode()
        assert "Ett område som du inte kan se" in form
        stored = do.describe_item(**again, item_id=each.pk)
        stored.refresh_from_db()
        assert (stored.title, stored.matter, stored.area) == ("Ny titel", each.matter, met.given.area)
    with pytest.raises(Invalid, match="som äger forumet"):
        do.describe_item(**again, item_id=item.pk, area_id=met.given.beneath.pk)
    described = {"name": "Styrelse", "purpose": "Beslutar", "formality": "formal", "power": "decides"}
    do.describe_forum(**met.asking, **described, area_ids=[met.given.beneath.pk])
    own = f.area(other, "Praktik")
    for chosen in ([own.pk], []):
        do.describe_forum(actor=theirs, forum_id=met.forum.pk, at=NOW, **described, area_ids=chosen)
        assert set(met.forum.areas.values_list("pk", flat=True)) == {met.given.beneath.pk, *chosen}
        assert forum_page(theirs, met.forum.pk, NOW).area_ids == tuple(chosen)


def test_the_matter_an_item_is_about_is_offered_though_it_is_old(monkeypatch):
    met = world()
    item = bring(met, matter_id=f.matter(met.given.collaboration, area=met.given.area).pk)
    monkeypatch.setattr("samordna.domain.forums.queries.meetings.MOST_MATTERS", 0)
    asked = (met.given.manager, met.forum.pk, NOW)
    assert (matter_choices(*asked), matter_choices(*asked, item.matter_id)) == ((), ((item.matter.pk, item.matter.title),))
    again = {"actor": met.given.manager, "item_id": item.pk, "kind": "discussion", "title": "Köerna", "at": NOW}
    assert do.describe_item(**again, matter_id=item.matter.pk).matter == item.matter
    assert do.describe_item(**again).matter is None


def test_an_item_is_changed_by_whoever_raised_it_and_those_who_prepare():
    met = world()
    item = bring(met)
    about = {"actor": met.given.manager, "item_id": item.pk, "at": NOW}
    paper = do.add_paper(**about, name="Underlag", address="https://exempel.se/u")
    with pytest.raises(Invalid):
        do.add_paper(**about, name="Fel", address="http://exempel.se")
    with pytest.raises(Invalid):
        do.add_paper(**about, name="Inget")
    do.describe_item(**about, kind="planning", title="Sommaren")
    for act in (
        lambda: do.describe_item(**about | {"actor": met.given.other_manager}, kind="planning", title="Annat"),
        lambda: do.withdraw_item(**about | {"actor": met.given.other_manager}, reason="Nej"),
    ):
        with pytest.raises(Forbidden):
            act()
    do.remove_paper(**about, paper_id=paper.pk)
    paper.refresh_from_db()
    assert (paper.removed_at, item_page(met.given.manager, item.pk, NOW).papers) == (NOW, ())
    with pytest.raises(Refused):
        do.remove_paper(**about, paper_id=paper.pk)
    do.withdraw_item(**about | {"actor": met.coordinator}, reason="Löst")
    with pytest.raises(Refused):
        do.describe_item(**about, kind="planning", title="Igen")


def test_what_was_called_for_and_what_was_met_about_stands():
    met = world()
    met.rule(items_days=7)
    meeting = plan(met)
    item = bring(met, meeting_id=meeting.pk)
    late = {"actor": met.given.manager, "item_id": item.pk, "at": NOW + timedelta(days=17)}
    words = {"kind": "discussion", "title": "Något annat"}
    with pytest.raises(Refused, match="8 december 2026"):
        do.describe_item(**late, **words)
    late |= {"actor": met.coordinator}
    paper = do.add_paper(**late, name="Text", text="Läs")
    do.describe_item(**late, **words)
    late |= {"at": NOW + timedelta(days=30)}
    do.hold_meeting(actor=met.coordinator, meeting_id=meeting.pk, at=late["at"])
    for act in (
        lambda: do.describe_item(**late, **words),
        lambda: do.add_paper(**late, name="Text", text="Läs"),
        lambda: do.remove_paper(**late, paper_id=paper.pk),
    ):
        with pytest.raises(Refused, match="över"):
            act()
    do.withdraw_item(**late, reason="Hanns inte")


def test_the_agenda_is_ordered_timed_and_carried_over_with_its_papers():
    met = world()
    meeting, later = plan(met), plan(met, on=DAY + timedelta(days=30))
    first, second, third = (bring(met, title=title, minutes=50, meeting_id=meeting.pk) for title in "abc")
    about = {"actor": met.coordinator, "at": NOW}
    do.move_item(**about, item_id=third.pk, by=-1)
    do.move_item(**about, item_id=first.pk, by=9)
    page = meeting_page(met.given.manager, meeting.pk, NOW)
    assert [row.title for row in page.items] == ["c", "b", "a"]
    assert [(row.begins - meeting.starts_at).seconds // 60 for row in page.items] == [0, 50, 100]
    assert (page.boxed, page.spare) == (150, -30)
    with pytest.raises(Forbidden):
        do.move_item(**about | {"actor": met.given.manager}, item_id=first.pk, by=1)
    do.add_paper(**about, item_id=second.pk, name="Text", text="Läs")
    do.take_up_item(**about, item_id=third.pk)
    carried = do.carry_item(**about, item_id=second.pk, meeting_id=later.pk)
    with pytest.raises(Refused):
        do.carry_item(**about, item_id=second.pk)
    assert (carried.meeting, carried.carried_from, carried.papers.get().text) == (later, second, "Läs")
    page = meeting_page(met.given.manager, meeting.pk, NOW)
    assert [(row.title, row.carried_to) for row in page.gone] == [("b", later.pk)]
    do.place_item(**about, item_id=first.pk)
    assert [row.title for row in meeting_page(met.coordinator, meeting.pk, NOW).backlog] == ["a"]
    do.place_item(**about, item_id=first.pk, meeting_id=later.pk)
    do.cancel_meeting(**about, meeting_id=later.pk, reason="Sjukdom")
    assert {row.title for row in ahead_of(met.coordinator, met.forum.pk, NOW).backlog} == {"a", "b"}
    told = JournalEntry.objects.filter(subject_kind="item", subject_id=second.pk).values_list("action", flat=True)
    assert set(told) == {"item_raised", "paper_added", "item_carried"}


def test_what_is_late_is_said_on_the_meeting():
    met = world()
    met.rule(items_days=21, call_days=28)
    meeting = plan(met)
    rows = meeting_page(met.given.manager, meeting.pk, NOW).deadlines
    assert [(row.day, row.late) for row in rows] == [(date(2026, 11, 24), False), (date(2026, 11, 17), True)]
    with pytest.raises(Refused, match="kommande möten"):
        do.close_forum(**met.asking, reason="Slut")


def test_limits_of_meetings_are_declared_and_hold(monkeypatch):
    met = world()
    modules, item = "samordna.domain.forums.operations", bring(met)
    papers = {"actor": met.coordinator, "item_id": item.pk, "name": "x", "text": "x", "at": NOW}
    first, second = plan(met), plan(met)
    on_first = bring(met, meeting_id=first.pk)
    about = {"actor": met.coordinator, "at": NOW}
    do.place_item(**about, item_id=on_first.pk, meeting_id=first.pk)
    for name, act in (
        ("raising.MOST_OF_ONE", lambda: bring(met)),
        ("raising.MOST_ITEMS", lambda: do.place_item(**about, item_id=item.pk, meeting_id=second.pk)),
        ("raising.MOST_ITEMS", lambda: do.carry_item(**about, item_id=on_first.pk, meeting_id=second.pk)),
        ("raising.MOST_ITEMS", lambda: do.cancel_meeting(**about, meeting_id=first.pk, reason="Sjukdom")),
        ("convening.MOST_AHEAD", lambda: plan(met)),
        ("raising.MOST_ITEMS", lambda: bring(met)),
        ("raising.MOST_PAPERS", lambda: do.add_paper(**papers)),
    ):
        monkeypatch.setattr(f"{modules}.{name}", 0)
        with pytest.raises(TooLarge):
            act()
