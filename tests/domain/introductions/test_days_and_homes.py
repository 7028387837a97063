"""Days and homes: taking part that goes on, organisations that come after others, and what a day or a link may be."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from samordna.core import clock
from samordna.core.errors import Invalid
from samordna.core.models import JournalEntry
from samordna.domain.collaborations.models import Collaboration, Participation
from samordna.domain.introductions import operations as do
from samordna.domain.introductions.queries.files import _table
from samordna.domain.introductions.queries.people import holder_page, people_page
from samordna.domain.organisations.access import actor_of
from samordna.domain.organisations.enums import RoleKind
from samordna.domain.organisations.models import Holding, Organisation
from samordna.domain.organisations.operations import agree_to_reorganisation, carry_out_reorganisation, plan_reorganisation
from tests import factories as f
from tests.domain.collaborations.setting import setting
from tests.domain.introductions.test_introductions import STEP, TODAY, own_programme, who
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def days(number):
    return NOW + timedelta(days=number)


def merge(given, day):
    plan = plan_reorganisation(
        actor=given.manager,
        organisation_id=given.own.pk,
        kind="merge",
        happens_on=day,
        ground="§ 1",
        others=[given.other.pk],
        begin=["Havsnäs och Storstad"],
        at=NOW,
    )
    agree_to_reorganisation(actor=given.other_manager, reorganisation_id=plan.pk, at=NOW)
    carry_out_reorganisation(actor=given.manager, reorganisation_id=plan.pk, at=clock.noon(day))
    return Organisation.objects.get(name="Havsnäs och Storstad")


def test_a_new_period_of_taking_part_that_goes_on_from_another_introduces_nobody_anew():
    given = setting()
    made = own_programme(given.coordinator, present=False, collaboration_id=given.collaboration.pk)
    new = f.holding(given.own, valid_from=TODAY + timedelta(days=2))
    change, gap = TODAY + timedelta(days=10), TODAY + timedelta(days=20)
    Participation.objects.filter(pk=given.own_part.pk).update(left_on=change)
    following = f.participation(given.collaboration, given.own, joined_on=change)
    assert {pk: each.begun for pk, each in who(made, change).items()} == {new.pk: TODAY + timedelta(days=2)}
    Participation.objects.filter(pk=following.pk).update(left_on=gap)
    f.participation(given.collaboration, given.own, joined_on=gap + timedelta(days=1))
    assert given.manager.holding_id in who(made, gap + timedelta(days=1)), "who comes back is new"


def test_a_merger_introduces_nobody_anew_and_loses_nothing_that_was_done():
    given, day = setting(), TODAY + timedelta(days=40)
    made = own_programme(given.coordinator, present=False, collaboration_id=given.collaboration.pk)
    person = f.person()
    began = TODAY + timedelta(days=2)
    first = f.holding(given.own, RoleKind.OFFICER, person=person, valid_from=TODAY)
    second = f.holding(given.own, RoleKind.OFFICER, person=person, valid_from=began)
    do.mark_step_done(actor=actor_of(first), step_id=made.steps.get().pk, at=NOW)
    about = {"actor": given.manager, "holding_id": first.pk, "what": "Samverkan 7,5 hp", "on": TODAY, "at": NOW}
    do.fill_in_earlier_training(**about)
    Holding.objects.filter(pk=first.pk).update(valid_to=TODAY + timedelta(days=20))
    type(first.role).objects.filter(pk=first.role_id).update(valid_to=TODAY + timedelta(days=20))
    new = merge(given, day)
    held = Holding.objects.select_related("role").get(pk=second.pk)
    assert held.role.organisation_id == new.pk
    found = who(made, day)
    assert {pk: (each.begun, each.progress.done) for pk, each in found.items()} == {second.pk: (began, 1)}
    manager = actor_of(Holding.objects.select_related("role").get(pk=given.manager.holding_id))
    then = clock.noon(day)
    rows = next(row for row in people_page(manager, new.pk, then).people if row.holding_id == second.pk).trainings
    assert {(row.what, row.id) for row in rows} == {("Ny hos oss", ""), ("Samverkan 7,5 hp", "")}
    shown = holder_page(manager, second.pk, then).programmes[0][1][0]
    assert (shown.done, shown.how, shown.mine) == (True, "Markerat av personen", False)


def test_the_coordinators_own_role_has_a_task():
    given = setting()
    role = Holding.objects.get(pk=given.manager.holding_id).role
    made = own_programme(given.coordinator, collaboration_id=given.collaboration.pk, for_whom=("tasks",))
    assert who(made) == {}
    Collaboration.objects.filter(pk=given.collaboration.pk).update(coordinator_role=role)
    assert set(who(made)) == {given.manager.holding_id}


def test_a_day_before_there_was_anything_to_do_is_refused():
    given = setting()
    made, early = own_programme(given.manager), date(1, 1, 1)
    step = made.steps.get().pk
    about = {"actor": given.manager, "holding_id": given.manager.holding_id, "on": early, "at": NOW}
    for call in (
        lambda: do.mark_step_done(actor=given.manager, step_id=step, on=early, at=NOW),
        lambda: do.vouch_for_steps(**about, programme_id=made.pk, steps=[step], note="Intyg"),
        lambda: do.fill_in_earlier_training(**about, what="Kurs"),
    ):
        with pytest.raises(Invalid, match="1990"):
            call()


@pytest.mark.parametrize(
    "wrong", ["https://", 'https://a b" onmouseover=1', "https:///sida", 'https://a"b.se', "https://a:x/"]
)
def test_a_link_leads_somewhere(wrong):
    given = setting()
    made = own_programme(given.manager, publish=False)
    with pytest.raises(Invalid, match="länk"):
        do.add_step(actor=given.manager, programme_id=made.pk, address=wrong, at=NOW, **STEP)
    for right in ("https://intranat/sida", "https://www.havsnas.se/om?a=1&b=å#del", "https://localhost:8443/"):
        do.add_step(actor=given.manager, programme_id=made.pk, address=right, at=NOW, **STEP)


def test_two_programmes_of_one_name_both_stand_in_the_spreadsheet():
    given = setting()
    officer = f.actor(given.own, RoleKind.OFFICER)
    before = own_programme(given.manager)
    do.mark_step_done(actor=officer, step_id=before.steps.get().pk, at=NOW)
    words = {"name": "Ny hos oss", "why": "Veta", "for_whom": ["kind:manager"]}
    do.describe_programme(actor=given.manager, programme_id=before.pk, at=NOW, **words)
    own_programme(given.manager, for_whom=("kind:officer",))
    who_of = {row.holding_id: row.who for row in people_page(given.manager, given.own.pk, NOW).people}
    rows = [row for row in _table(given.manager, given.own.pk, NOW) if row[0] == who_of[officer.holding_id]]
    assert [row[3] for row in rows] == ["Ny hos oss", "Ny hos oss"], "one that is asked for now, and one done before"


def told_in(collaboration):
    return [
        row.action
        for row in JournalEntry.objects.filter(collaboration_id=collaboration.pk)
        if row.action.startswith("introduction")
    ]


def test_a_draft_is_not_told_of_in_the_journal_of_its_collaboration():
    given = setting()
    made = own_programme(given.coordinator, publish=False, collaboration_id=given.collaboration.pk)
    assert told_in(given.collaboration) == []
    do.publish_programme(actor=given.coordinator, programme_id=made.pk, at=NOW)
    do.add_step(actor=given.coordinator, programme_id=made.pk, at=NOW, **STEP)
    assert sorted(told_in(given.collaboration)) == ["introduction_published", "introduction_step_added"]
