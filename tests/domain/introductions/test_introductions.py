"""Programmes kept, steps worded anew, and who is introduced however the role came; and what is refused."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samordna.core import clock
from samordna.core.errors import Absent, Forbidden, Invalid, Overtaken, Refused, TooLarge
from samordna.domain.collaborations.models import Participation
from samordna.domain.collaborations.queries.crowd import asked_alone
from samordna.domain.forums.models import Seat
from samordna.domain.introductions import limits
from samordna.domain.introductions import operations as do
from samordna.domain.introductions.access import visible_programmes
from samordna.domain.introductions.assigned import introduced
from samordna.domain.introductions.models import Done, Programme, Step
from samordna.domain.introductions.queries.people import counted_in, holder_page, people_page
from samordna.domain.introductions.queries.programmes import introductions_of, programme_page
from samordna.domain.introductions.queries.waiting import waiting_in
from samordna.domain.notices.introductions_due import introductions_due
from samordna.domain.organisations.access import actor_of
from samordna.domain.organisations.enums import HoldingKind, RoleKind
from samordna.domain.organisations.models import Holding
from tests import factories as f
from tests.domain.collaborations.setting import setting
from tests.domain.forums.world import world
from tests.factories import NOW

pytestmark = pytest.mark.django_db
TODAY = clock.day(NOW)
STEP = {"kind": "read", "what": "Läs rutinen", "by_days": 10}


def own_programme(actor, *, publish=True, present=True, for_whom=("everybody",), steps=(STEP,), **fields):
    given = {"name": "Ny hos oss", "why": "Veta", "organisation_id": actor.organisation_id, "at": NOW} | fields
    if "collaboration_id" in fields:
        given["organisation_id"] = ""
    made = do.begin_programme(actor=actor, for_whom=list(for_whom), **given)
    for step in steps:
        do.add_step(actor=actor, programme_id=made.pk, at=NOW, **step)
    if publish:
        do.publish_programme(actor=actor, programme_id=made.pk, present=present, at=NOW)
    return Programme.objects.get(pk=made.pk)


def who(programme, on=TODAY):
    held = Holding.objects.on(on).select_related("role")
    return {each.holding.pk: each for each in introduced([programme], list(held), on)}


def test_for_whom_it_is_by_kind_by_name_and_by_task():
    met = world()
    given = met.given
    officer, named = f.holding(given.own, RoleKind.OFFICER), f.holding(given.other)
    lead = given.coordinator
    where = {"collaboration_id": given.collaboration.pk}
    kinds = own_programme(lead, for_whom=("kind:officer",), **where)
    assert set(who(kinds)) == {officer.pk}
    roles = own_programme(lead, for_whom=(f"role:{named.role_id}",), **where)
    assert set(who(roles)) == {named.pk}
    tasks = own_programme(lead, for_whom=("tasks",), **where)
    assert who(tasks) == {}
    seat = met.seat(given.manager)
    assert set(who(tasks)) == {given.manager.holding_id}
    Seat.objects.filter(pk=seat.pk).update(valid_to=TODAY)
    assert who(tasks) == {}
    with pytest.raises(Invalid, match="Välj bland"):
        own_programme(lead, for_whom=(f"role:{f.holding(f.organisation()).role_id}",), **where)
    with pytest.raises(Invalid):
        own_programme(given.manager, for_whom=("tasks",))


def test_the_introduction_begins_with_role_and_taking_part_and_ends_with_either():
    given = setting()
    made = own_programme(given.coordinator, present=False, collaboration_id=given.collaboration.pk)
    late = f.participation(given.collaboration, joined_on=TODAY + timedelta(days=5))
    theirs = f.holding(late.organisation)
    new = f.holding(given.own, valid_from=TODAY + timedelta(days=2), valid_to=TODAY + timedelta(days=9))
    assert who(made) == {}, "those who were there before are not asked"
    then = who(made, TODAY + timedelta(days=6))
    assert {pk: each.begun for pk, each in then.items()} == {
        new.pk: TODAY + timedelta(days=2),
        theirs.pk: TODAY + timedelta(days=5),
    }
    assert set(who(made, TODAY + timedelta(days=9))) == {theirs.pk}
    Participation.objects.filter(pk=late.pk).update(left_on=TODAY + timedelta(days=8))
    assert set(who(made, TODAY + timedelta(days=9))) == set()


def test_a_deputy_for_long_is_introduced_and_the_one_it_stands_in_for_rests():
    given = setting()
    made = own_programme(given.manager)
    held = Holding.objects.get(pk=given.manager.holding_id)
    deputy = {"role": held.role, "kind": HoldingKind.DEPUTY, "deputy_of": held, "valid_from": TODAY}
    short, long = (
        Holding.objects.create(person=f.person(), valid_to=TODAY + until, **deputy)
        for until in (limits.SHORT_DEPUTY, limits.SHORT_DEPUTY + timedelta(days=1))
    )
    found = who(made, TODAY)
    assert (short.pk in found, long.pk in found, found[held.pk].resting) == (False, True, True)
    assert found[held.pk].progress.steps[0].due == TODAY + timedelta(days=11), "today does not count"


def test_what_was_done_stands_as_it_was_worded_and_is_taken_back_by_whoever_said_it():
    given = setting()
    made, own = own_programme(given.manager), f.actor(given.own)
    step = made.steps.get()
    with pytest.raises(Invalid, match="i dag eller en tidigare"):
        do.mark_step_done(actor=own, step_id=step.pk, on=TODAY + timedelta(days=1), at=NOW)
    done = do.mark_step_done(actor=own, step_id=step.pk, note="Med handledare", at=NOW)
    with pytest.raises(Invalid, match="redan"):
        do.mark_step_done(actor=own, step_id=step.pk, at=NOW)
    new = do.word_step_anew(actor=given.manager, step_id=step.pk, kind="read", what="Läs nya rutinen", at=NOW)
    with pytest.raises(Refused, match="formulerats om"):
        do.mark_step_done(actor=own, step_id=step.pk, at=NOW)
    assert programme_page(own, made.pk, NOW).steps[0].done
    assert Done.objects.get().step.what == "Läs rutinen"
    with pytest.raises(Forbidden, match="Bara den personen"):
        do.take_back_done(actor=given.manager, done_id=done.pk, at=NOW)
    with pytest.raises(Absent):
        do.take_back_done(actor=given.other_manager, done_id=done.pk, at=NOW)
    do.take_back_done(actor=own, done_id=done.pk, at=NOW)
    with pytest.raises(Refused, match="redan"):
        do.take_back_done(actor=own, done_id=done.pk, at=NOW)
    assert not programme_page(own, made.pk, NOW).steps[0].done
    again = do.word_step_anew(actor=given.manager, step_id=new.pk, kind="read", what="Nytt", again=True, at=NOW)
    assert again.root_id == again.pk != new.root_id


def test_two_who_write_at_once_lose_nothing_and_the_programme_keeps_its_rules():
    given = setting()
    manager = given.manager
    draft = own_programme(manager, publish=False, steps=())
    with pytest.raises(Refused, match="minst ett steg"):
        do.publish_programme(actor=manager, programme_id=draft.pk, at=NOW)
    step = do.add_step(actor=manager, programme_id=draft.pk, at=NOW, **STEP)
    seen = programme_page(manager, draft.pk, NOW)
    words = {"name": "Annat namn", "why": "Veta", "for_whom": ["kind:officer"]}
    do.describe_programme(actor=manager, programme_id=draft.pk, seen=seen.fingerprint, at=NOW, **words)
    mine, read = words | {"name": "Mitt namn"}, seen.steps[0].fingerprint
    with pytest.raises(Overtaken):
        do.describe_programme(actor=manager, programme_id=draft.pk, seen=seen.fingerprint, at=NOW, **mine)
    Step.objects.filter(pk=step.pk).update(what="Läs först")
    with pytest.raises(Overtaken):
        do.word_step_anew(actor=manager, step_id=step.pk, kind="read", what="Läs sist", seen=read, at=NOW)
    do.publish_programme(actor=manager, programme_id=draft.pk, at=NOW)
    with pytest.raises(Refused, match="redan"):
        do.publish_programme(actor=manager, programme_id=draft.pk, at=NOW)
    with pytest.raises(Refused, match="enda steget"):
        do.end_step(actor=manager, step_id=step.pk, at=NOW)
    second = do.add_step(actor=manager, programme_id=draft.pk, kind="try", what="Pröva", at=NOW)
    do.move_step(actor=manager, step_id=second.pk, earlier=True, at=NOW)
    assert [row.what for row in programme_page(manager, draft.pk, NOW).steps] == ["Pröva", "Läs först"]
    with pytest.raises(Refused, match="redan först"):
        do.move_step(actor=manager, step_id=second.pk, earlier=True, at=NOW)
    do.end_programme(actor=manager, programme_id=draft.pk, at=NOW)
    with pytest.raises(Refused, match="är avslutat"):
        do.add_step(actor=manager, programme_id=draft.pk, at=NOW, **STEP)


def test_what_a_step_may_say_and_lead_to():
    given = setting()
    made = own_programme(given.coordinator, publish=False, collaboration_id=given.collaboration.pk)
    add = {"actor": given.coordinator, "programme_id": made.pk, "at": NOW, "kind": "read", "what": "Läs"}
    for wrong in (
        {"kind": "sing"},
        {"what": ""},
        {"what": "a\nb"},
        {"address": "javascript:alert(1)"},
        {"minutes": 0},
        {"minutes": limits.MOST_MINUTES + 1},
        {"by_days": limits.MOST_DAYS + 1},
        {"about": "agreement:zzzzzzzzzzzz"},
        {"about": "secret:x"},
        {"words": "x" * (limits.LONGEST + 1)},
    ):
        with pytest.raises(Invalid):
            do.add_step(**add | wrong)
    edge = {"minutes": limits.MOST_MINUTES, "by_days": limits.MOST_DAYS, "about": f"organisation:{given.other.pk}"}
    assert do.add_step(**add | edge).organisation_id == given.other.pk
    assert do.add_step(**add | {"about": f"role:{given.manager.role_id}", "kind": "meet"}).role_id == given.manager.role_id


def test_limits_are_named_in_the_sentence_that_refuses(monkeypatch):
    given = setting()
    monkeypatch.setattr("samordna.domain.introductions.operations.stepping.MOST_STEPS", 1)
    monkeypatch.setattr("samordna.domain.introductions.operations.keeping.MOST_PROGRAMMES", 1)
    monkeypatch.setattr("samordna.domain.introductions.operations.vouching.MOST_EARLIER", 1)
    made = own_programme(given.manager)
    with pytest.raises(TooLarge, match="högst 1 steg"):
        do.add_step(actor=given.manager, programme_id=made.pk, at=NOW, **STEP)
    with pytest.raises(TooLarge, match="högst 1 program"):
        own_programme(given.manager)
    filled = {"actor": given.manager, "holding_id": given.manager.holding_id, "what": "Kurs", "on": TODAY, "at": NOW}
    do.fill_in_earlier_training(**filled)
    with pytest.raises(TooLarge, match="högst 1 tidigare"):
        do.fill_in_earlier_training(**filled)


def test_who_may_keep_follow_and_vouch():
    given = setting()
    officer = f.actor(given.own, RoleKind.OFFICER)
    made = own_programme(given.manager)
    shared = own_programme(given.coordinator, publish=False, collaboration_id=given.collaboration.pk)
    assert set(visible_programmes(officer, NOW)) == {made}
    assert set(visible_programmes(given.coordinator, NOW)) == {shared}
    assert set(visible_programmes(given.other_manager, NOW)) == set()
    with pytest.raises(Absent):
        programme_page(given.other_manager, made.pk, NOW)
    with pytest.raises(Absent):
        programme_page(given.manager, shared.pk, NOW)
    with pytest.raises(Forbidden):
        do.add_step(actor=officer, programme_id=made.pk, at=NOW, **STEP)
    with pytest.raises(Forbidden):
        people_page(officer, given.own.pk, NOW)
    with pytest.raises(Forbidden):
        holder_page(officer, given.manager.holding_id, NOW)
    with pytest.raises(Absent):
        holder_page(given.coordinator, given.manager.holding_id, NOW)
    assert holder_page(officer, officer.holding_id, NOW).own
    with pytest.raises(Forbidden):
        counted_in(given.manager, given.collaboration.pk, NOW)


def test_an_organisation_fills_in_and_takes_back_what_it_filled_in():
    given = setting()
    made, new = own_programme(given.manager), f.actor(given.own)
    step = made.steps.get()
    vouch = {"actor": given.manager, "holding_id": new.holding_id, "programme_id": made.pk, "at": NOW}
    with pytest.raises(Invalid):
        do.vouch_for_steps(**vouch, steps=[], on=TODAY, note="Intyg")
    with pytest.raises(Invalid):
        do.vouch_for_steps(**vouch, steps=[step.pk], on=TODAY, note="")
    do.vouch_for_steps(**vouch, steps=[step.pk], on=TODAY - timedelta(days=400), note="Intyg")
    with pytest.raises(Refused, match="redan"):
        do.vouch_for_steps(**vouch, steps=[step.pk], on=TODAY - timedelta(days=400), note="Intyg")
    assert people_page(given.manager, given.own.pk, NOW).introduced == 1
    done = Done.objects.get()
    with pytest.raises(Forbidden, match="Din organisation"):
        do.take_back_done(actor=new, done_id=done.pk, at=NOW)
    do.take_back_done(actor=given.manager, done_id=done.pk, at=NOW)
    assert people_page(given.manager, given.own.pk, NOW).introduced == 0


def test_what_was_done_in_another_organisation_counts_when_the_person_says_so():
    given = setting()
    made = own_programme(given.coordinator, collaboration_id=given.collaboration.pk)
    step, here = made.steps.get(), given.manager
    there = actor_of(f.holding(given.other, person=Holding.objects.get(pk=here.holding_id).person))
    do.mark_step_done(actor=there, step_id=step.pk, note="Hemligt", at=NOW)
    assert (programme_page(here, made.pk, NOW).elsewhere, programme_page(here, made.pk, NOW).own.done) == (1, 0)
    ours = people_page(given.manager, given.own.pk, NOW)
    assert (ours.introduced, [row.trainings for row in ours.people]) == (0, [()])
    do.count_what_was_done_elsewhere(actor=here, programme_id=made.pk, at=NOW)
    page = programme_page(here, made.pk, NOW)
    assert (page.elsewhere, page.own.done, page.steps[0].note) == (0, 1, "")
    with pytest.raises(Refused, match="finns inget"):
        do.count_what_was_done_elsewhere(actor=here, programme_id=made.pk, at=NOW)


def test_somebody_is_told_once_that_it_is_there_and_once_that_it_is_late():
    given = setting()
    own_programme(given.manager)

    def told(days):
        at = NOW + timedelta(days=days)
        return sorted({(row.kind, row.key) for row in introductions_due(at)})

    assert [kind for kind, _key in told(0)] == ["introduction_begins"]
    assert told(0) == told(5)
    assert told(13 + 7) == told(40), "late, and no more of it"
    assert [kind for kind, _key in told(40)] == ["introduction_late"]


def test_a_holding_brings_its_introduction_whoever_wrote_it():
    given = setting()
    made = own_programme(given.manager, present=False)
    role = f.role(given.own, RoleKind.OFFICER)
    held = Holding.objects.create(person=f.person(), role=role, valid_from=TODAY)  # as a register or a rule writes it
    assert set(who(made)) == {held.pk}


def test_who_is_late_stands_first_and_time_is_told_in_hours():
    given = setting()
    made = own_programme(given.manager, steps=(STEP | {"minutes": 90}, STEP | {"what": "Mer", "minutes": 30}))
    quick = f.actor(given.own)
    for step in made.steps.all():
        do.mark_step_done(actor=quick, step_id=step.pk, at=NOW)
    page = people_page(given.manager, given.own.pk, NOW + timedelta(days=30))
    assert [row.late for row in page.people] == [2, 0]
    shown = programme_page(given.manager, made.pk, NOW)
    assert (shown.row.time, shown.steps[0].time, shown.steps[1].time) == ("2 tim", "1 tim 30 min", "30 min")


def test_who_leads_is_asked_to_help_those_who_are_late_and_is_not_told_of_itself():
    given = setting()
    made, later = own_programme(given.manager), NOW + timedelta(days=30)
    assert [row.url_name for row in asked_alone(waiting_in, given.manager, later)] == ["introduction"]
    own = f.actor(given.own)
    do.fill_in_earlier_training(actor=given.manager, holding_id=own.holding_id, what="Kurs", on=TODAY, at=NOW)
    found = asked_alone(waiting_in, given.manager, later)
    assert [(row.url_name, row.about) for row in found][1:] == [("introduced_people", "1 person är sen")]
    do.mark_step_done(actor=own, step_id=made.steps.get().pk, at=NOW)
    assert [row.url_name for row in asked_alone(waiting_in, given.manager, later)] == ["introduction"]
    assert asked_alone(waiting_in, own, later) == []


def test_questions_are_as_many_for_one_as_for_many():
    given = setting()
    programmes = [own_programme(given.coordinator, collaboration_id=given.collaboration.pk) for _ in range(2)]
    f.actor(given.own)

    def asked():
        found = []
        for call in (
            lambda: people_page(given.manager, given.own.pk, NOW),
            lambda: counted_in(given.coordinator, given.collaboration.pk, NOW),
            lambda: introductions_of(given.manager, NOW),
            lambda: list(introductions_due(NOW)),
        ):
            with CaptureQueriesContext(connection) as queries:
                call()
            found.append(len(queries))
        return found

    few = asked()
    step = programmes[0].steps.get()
    for _ in range(60):
        held = f.holding(given.own)
        Done.objects.create(step=step, holding=held, on=TODAY, how="own", told_at=NOW)
    assert asked() == few
