"""Who is told how somebody gets on, how often, and that nothing counts for more or less than it was."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from samordna.core import clock
from samordna.domain.collaborations.queries.crowd import asked_alone
from samordna.domain.introductions import operations as do
from samordna.domain.introductions.enums import Standing, StepState
from samordna.domain.introductions.queries.trained import trained_in_role
from samordna.domain.introductions.queries.waiting import waiting_in
from samordna.domain.notices.introductions_due import _told as told_of
from samordna.domain.notices.introductions_due import introductions_due
from samordna.domain.notices.models import Notice
from samordna.domain.notices.reminding import remind
from samordna.domain.notices.tasks import clear
from samordna.domain.organisations.enums import RoleKind
from samordna.domain.organisations.models import Holding
from tests import factories as f
from tests.domain.collaborations.setting import setting
from tests.domain.introductions.test_introductions import STEP, TODAY, own_programme, who
from tests.factories import NOW

pytestmark = pytest.mark.django_db
THREE = tuple(STEP | {"what": f"Steg {number}"} for number in range(3))


def days(number):
    return NOW + timedelta(days=number)


def notes_on_role(reader, role_id, at=NOW):
    return [row.note for _who, rows in trained_in_role(reader, role_id, at) for row in rows]


def test_new_steps_that_are_left_are_told_within_the_organisation_alone():
    given = setting()
    made = own_programme(given.coordinator, collaboration_id=given.collaboration.pk)
    new = f.actor(given.own)
    do.mark_step_done(actor=new, step_id=made.steps.get().pk, at=NOW)
    do.add_step(actor=given.coordinator, programme_id=made.pk, at=days(5), **STEP)
    assert notes_on_role(given.manager, new.role_id, days(6)) == ["nya steg sedan dess: 1"]
    assert notes_on_role(given.coordinator, new.role_id, days(6)) == [""], "the coordinator sees that it is trained"
    assert notes_on_role(given.other_manager, new.role_id, days(6)) == [], "nor is anybody's silence told"


def test_a_step_done_before_publication_makes_nobody_trained():
    given = setting()
    made = own_programme(given.manager, steps=THREE)
    new = f.actor(given.own)
    do.mark_step_done(actor=new, step_id=made.steps.first().pk, on=TODAY - timedelta(days=1), at=NOW)
    assert notes_on_role(given.manager, new.role_id) == []
    assert (who(made)[new.holding_id].progress.trained, who(made)[new.holding_id].progress.new) == (False, 0)


def test_who_is_under_way_stays_so_when_the_programme_is_for_more_or_named_again():
    given = setting()
    made = own_programme(given.manager, present=False, for_whom=("kind:officer",))
    took = TODAY + timedelta(days=2)
    officer = f.holding(given.own, RoleKind.OFFICER, valid_from=took)
    words = {"actor": given.manager, "programme_id": made.pk, "name": "Ny", "why": "Veta"}
    for day, meant in ((5, ["everybody"]), (7, ["kind:manager"]), (9, ["kind:officer"])):
        do.describe_programme(**words, for_whom=meant, at=days(day))
        then = who(made, TODAY + timedelta(days=day))
        expected = {} if meant == ["kind:manager"] else {officer.pk: took}
        assert {pk: each.begun for pk, each in then.items()} == expected, meant


def test_who_was_there_already_keeps_its_days_when_the_programme_is_for_more():
    given = setting()
    made = own_programme(given.manager, present=True, for_whom=("kind:manager",))
    words = {"actor": given.manager, "programme_id": made.pk, "name": "Ny", "why": "Veta"}
    do.describe_programme(**words, for_whom=["everybody"], at=days(5))
    assert who(made, TODAY + timedelta(days=5))[given.manager.holding_id].begun == TODAY


def told(day, kind):
    return sorted({row.key for row in introductions_due(days(day)) if row.kind == kind})


def test_nobody_is_told_anew_for_each_step_that_it_does():
    given = setting()
    steps = [STEP | {"what": f"Steg {number}", "by_days": 5 + number} for number in range(3)]
    made = own_programme(given.manager, steps=steps)
    late = told(20, "introduction_late")
    assert len(late) == 1
    for step in list(made.steps.all())[:2]:
        do.mark_step_done(actor=given.manager, step_id=step.pk, at=days(20))
        assert told(21, "introduction_late") == late
    do.mark_step_done(actor=given.manager, step_id=made.steps.last().pk, at=days(21))
    assert told(22, "introduction_late") == []


def test_what_is_still_late_after_a_year_waits_on_mitt_and_brings_no_notice_again():
    given = setting()
    own_programme(given.manager)
    for day in (20, 370, 386, 400, 760):
        clear({}, days(day))
        remind(days(day))
        kinds = [notice.kind for notice in Notice.objects.filter(kind="introduction_late")]
        assert kinds == (["introduction_late"] if day < 386 else []), day
    assert "introduction_late" in {notice.kind for notice in introductions_due(days(20))}
    assert "introduction" in {one.url_name for one in asked_alone(waiting_in, given.manager, days(760))}


def test_two_roles_bring_one_notice():
    given = setting()
    own_programme(given.manager)
    held = Holding.objects.get(pk=given.manager.holding_id)
    f.holding(given.own, RoleKind.OFFICER, person=held.person, valid_from=TODAY + timedelta(days=3))
    assert len(told(4, "introduction_begins")) == 1
    assert len(told(30, "introduction_late")) == 1


def test_what_runs_out_is_told_once_each_time():
    given = setting()
    made = own_programme(given.manager, renewed_after=12)
    step = made.steps.get()
    do.mark_step_done(actor=given.manager, step_id=step.pk, at=NOW)
    first = told(370, "introduction_late")
    assert first == told(380, "introduction_late") != []
    do.mark_step_done(actor=given.manager, step_id=step.pk, on=clock.day(days(380)), at=days(380))
    assert told(381, "introduction_late") == []
    second = told(380 + 370, "introduction_late")
    assert len(second) == 1
    assert second != first


def late_at(begun, *steps):
    """One person's place in a programme with steps that are late: (due, ran out) each."""
    late = tuple(SimpleNamespace(state=StepState.LATE, due=due, until=due if ran_out else None) for due, ran_out in steps)
    holding = SimpleNamespace(pk="h", person_id="p", role_id="r")
    progress = SimpleNamespace(standing=Standing.UNDER_WAY, steps=late)
    return SimpleNamespace(begun=begun, holding=holding, programme=SimpleNamespace(pk="x"), progress=progress)


@pytest.mark.parametrize(
    ("steps", "year"),
    [
        ([(date(2026, 11, 22), True)], ":2026"),
        ([(date(2025, 3, 1), True), (date(2026, 11, 22), True)], ":2026"),
        ([(date(2025, 3, 1), True), (date(2026, 11, 22), False)], ""),
        ([(date(2025, 3, 1), True)], None),
        ([(date(2025, 3, 1), False), (date(2026, 11, 22), True)], None),
    ],
)
def test_what_ran_out_long_ago_silences_nothing_that_ran_out_now(steps, year):
    begun, today = date(2020, 1, 1), date(2026, 11, 23)
    keys = [notice.key for notice in told_of([late_at(begun, *steps)], today, clock.noon(today))]
    assert keys == ([] if year is None else [f"introduction_late:x:{begun}{year}:p"])
