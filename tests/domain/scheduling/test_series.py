"""Series: planned ahead, followed by what nobody has moved, never twice on the same day, ended."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from samordna.core import clock
from samordna.core.errors import Absent, Forbidden, Invalid, Refused
from samordna.core.models import JournalEntry
from samordna.domain.forums import operations as do
from samordna.domain.forums.models import Meeting
from samordna.domain.organisations.enums import RoleKind
from samordna.domain.scheduling import operations as series_do
from samordna.domain.scheduling.models import Occurrence, Series
from samordna.domain.scheduling.patterns import Wished
from samordna.domain.scheduling.queries.series import part_of, preview, series_page
from samordna.domain.scheduling.tasks import plan_ahead
from tests import factories as f
from tests.domain.forums.world import Met, world
from tests.factories import NOW

pytestmark = pytest.mark.django_db
TUESDAYS = "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"
FIRST = date(2026, 12, 1)  # a Tuesday
NINE = {"begins": time(9), "ends": time(11)}


def start(met: Met, **fields: Any) -> Series:
    given = {"starts_on": FIRST, "rule": TUESDAYS, **NINE}
    actor = fields.pop("actor", met.coordinator)
    return series_do.start_series(actor=actor, forum_id=met.forum.pk, wished=Wished(**given | fields), at=NOW)


def change(met: Met, series: Series, **fields: Any) -> Any:
    given = {"starts_on": date(2027, 3, 1), "rule": TUESDAYS, **NINE}
    wished = Wished(**given | fields)
    return series_do.change_series(actor=met.coordinator, series_id=series.pk, wished=wished, at=NOW)


def days(series: Series, **having: Any) -> list[date]:
    found = Meeting.objects.filter(occurrence__series=series, **having).order_by("starts_at")
    return [clock.day(each.starts_at) for each in found]


def test_a_series_plans_a_year_in_local_time_and_goes_on_as_time_goes():
    met = world(place="Stadshuset")
    made = start(met)
    there = days(made)
    assert there[:3] == [FIRST, FIRST + timedelta(days=14), FIRST + timedelta(days=28)]
    assert len(there) == 26
    summer, winter = Meeting.objects.get(starts_at__date=date(2027, 7, 13)), Meeting.objects.get(starts_at__date=FIRST)
    assert (winter.starts_at.hour, summer.starts_at.hour, summer.place) == (8, 7, "Stadshuset")
    assert winter.ends_at - winter.starts_at == timedelta(hours=2)
    plan_ahead({}, NOW)
    assert len(days(made)) == 26, "nothing is planned twice"
    with pytest.raises(Refused, match="så långt fram"):
        series_do.plan_series_ahead(actor=met.coordinator, series_id=made.pk, at=NOW)
    Meeting.objects.filter(starts_at__date=FIRST).update(starts_at=NOW - timedelta(days=1))
    plan_ahead({}, NOW + timedelta(days=30))
    assert len(days(made)) == 28
    assert Occurrence.objects.filter(series=made).values("planned_on").distinct().count() == 28
    assert JournalEntry.objects.filter(action__in=["series_started", "series_planned_ahead"]).count() == 2


def test_what_nobody_moved_follows_a_change_and_the_rest_stays_and_is_named():
    met = world()
    made = start(met)
    by_day = {clock.day(each.starts_at): each for each in Meeting.objects.all()}
    about = {"actor": met.coordinator, "at": NOW}
    away = by_day[date(2027, 3, 9)]
    do.change_meeting(**about, meeting_id=away.pk, on=date(2027, 3, 11), begins=time(13), ends=time(14))
    do.cancel_meeting(**about, meeting_id=by_day[date(2027, 3, 23)].pk, reason="Sportlov")
    called = do.call_meeting(**about, meeting_id=by_day[date(2027, 4, 6)].pk)
    before = [each for each in days(made) if each < date(2027, 3, 1)]
    done = change(met, made, rule="FREQ=WEEKLY;INTERVAL=2;BYDAY=WE", starts_on=date(2027, 3, 10), begins=time(10))
    assert [each.pk for each in done.stayed] == []
    assert days(made)[: len(before)] == before
    after = [each for each in days(made, state__in=["planned", "called"]) if each >= date(2027, 3, 1)]
    assert after[:3] == [date(2027, 3, 10), date(2027, 3, 11), date(2027, 4, 7)], "what was cancelled stays so"
    called.refresh_from_db()
    assert (called.starts_at, called.state, called.sequence) == (datetime(2027, 4, 7, 8, tzinfo=UTC), "called", 2)
    assert JournalEntry.objects.filter(action="meeting_changed", subject_id=called.pk).exists()
    named = {"rule": "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE", "starts_on": date(2027, 3, 10), "begins": time(10)}
    change(met, made, **named, title="Styrgruppen")
    called.refresh_from_db()
    assert (called.title, called.sequence) == ("Styrgruppen", 2), "another name asks nobody to answer anew"
    change(met, made, **named)
    again = change(met, made, rule="FREQ=MONTHLY;BYDAY=1WE", starts_on=date(2027, 3, 1))
    assert [each.pk for each in again.stayed] == [away.pk]
    assert again.cancelled > 0
    assert part_of(met.given.manager, away.pk, NOW).planned_on == date(2027, 3, 3)
    assert [row.moved for row in series_page(met.coordinator, made.pk, NOW).coming if row.on == date(2027, 3, 3)] == [True]


def test_an_ended_series_keeps_what_was_moved_and_is_changed_no_more():
    met = world()
    made = start(met)
    last = Meeting.objects.order_by("-starts_at").first()
    do.change_meeting(
        actor=met.coordinator, meeting_id=last.pk, on=clock.day(last.starts_at), begins=time(15), ends=time(16), at=NOW
    )
    about = {"actor": met.coordinator, "series_id": made.pk, "at": NOW}
    done = series_do.end_series(**about, from_on=date(2027, 6, 1))
    assert ([each.pk for each in done.stayed], done.cancelled) == ([last.pk], 12)
    assert max(days(made, state="planned")) == clock.day(last.starts_at)
    plan_ahead({}, NOW + timedelta(days=200))
    assert len(days(made)) == 26
    for act in (lambda: series_do.end_series(**about, from_on=date(2027, 6, 1)), lambda: change(met, made)):
        with pytest.raises(Refused, match="avslutad"):
            act()


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"rule": "FREQ=SECONDLY"}, {"rule"}),
        ({"rule": "FREQ=WEEKLY;BYDAY=" + "MO," * 400}, {"rule"}),
        ({"rule": "FREQ=DAILY;COUNT=9999999"}, {"rule"}),
        ({"rule": "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"}, {"starts_on"}),
        ({"zone": "Mars/Olympus"}, {"zone"}),
        ({"zone": "../../etc/passwd"}, {"zone"}),
        ({"rule": "", "dates": []}, {"dates"}),
        ({"dates": [FIRST + timedelta(days=day) for day in range(61)]}, {"dates"}),
        ({"ends": time(8)}, {"ends"}),
        ({"starts_on": clock.day(NOW) - timedelta(days=1)}, {"starts_on"}),
        ({"starts_on": date(9999, 1, 1)}, {"starts_on"}),
        ({"link": "javascript:alert(1)"}, {"link"}),
    ],
)
def test_what_cannot_be_is_refused_at_its_field_with_the_limit(fields, wrong):
    met = world()
    with pytest.raises(Invalid) as refused:
        start(met, **fields)
    assert set(refused.value.fields) == wrong
    assert not Meeting.objects.exists()


def test_who_may_and_what_a_preview_says_of_odd_nights_and_other_meetings():
    met = world()
    with pytest.raises(Forbidden):
        start(met, actor=met.given.manager)
    with pytest.raises(Absent):
        start(met, actor=f.actor(f.organisation(), RoleKind.MANAGER))
    do.plan_meeting(**met.asking, on=date(2027, 3, 28), begins=time(9), ends=time(11), title="Extra")
    do.add_joint_day(**met.asking, weekday=6, begins=time(9), ends=time(16), place="Huset", valid_from=date(2027, 3, 1))
    night = Wished(rule="FREQ=WEEKLY;BYDAY=SU", starts_on=date(2027, 3, 21), begins=time(2, 30), ends=time(3, 30))
    shown = preview(met.coordinator, met.forum.pk, night, NOW)
    assert (len(shown.days), shown.days[1].starts_at.hour) == (36, 3)
    told = " ".join(shown.days[1].remarks)
    assert "visar aldrig" in told
    assert "09.00: Extra" in told
    assert "Huset" in told
    assert "två gånger" in " ".join(shown.days[32].remarks)
    with pytest.raises(Forbidden):
        preview(met.given.manager, met.forum.pk, night, NOW)


def test_a_meeting_held_early_keeps_its_day_and_an_ended_series_goes_on_until_then():
    met = world()
    made = start(met)
    first = Meeting.objects.get(starts_at__date=FIRST)
    early = NOW - timedelta(days=1)
    Meeting.objects.filter(pk=first.pk).update(
        starts_at=early, ends_at=early + timedelta(hours=1), state="held", held_at=early
    )
    done = change(met, made, starts_on=FIRST, begins=time(10))
    assert (done.followed, done.made, first.occurrence.planned_on) == (25, 0, FIRST), "never twice on the same day"
    with pytest.raises(Invalid) as zoned:
        change(met, made, starts_on=FIRST, ends=time(12, tzinfo=UTC))
    assert set(zoned.value.fields) == {"ends"}
    series_do.end_series(actor=met.coordinator, series_id=made.pk, from_on=FIRST + timedelta(days=450), at=NOW)
    plan_ahead({}, NOW + timedelta(days=60))
    assert max(days(made)) > clock.day(NOW + timedelta(days=400))
    many = Meeting.objects.count()
    plan_ahead({}, NOW + timedelta(days=600))
    assert Meeting.objects.count() == many
