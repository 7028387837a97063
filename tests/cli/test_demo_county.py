"""The demonstration's county: what it shows a visitor is there, each in its state."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client, override_settings
from django.utils import translation

from samordna.cli.demo.loader import load
from samordna.core import clock
from samordna.core.actor import Via
from samordna.domain.assessments.asking import standing
from samordna.domain.assessments.models import Feedback, Recognition, Wave
from samordna.domain.assessments.queries.results import result_page
from samordna.domain.collaborations.models import Collaboration, DepthChange, Exemption, Mandate
from samordna.domain.decisions.models import Attempt, DecisionVersion
from samordna.domain.events.models import Event
from samordna.domain.followup.models import Result
from samordna.domain.followup.queries.pages import followup_page
from samordna.domain.followup.queries.reports import rounds_page
from samordna.domain.forums.models import Meeting
from samordna.domain.matters.enums import MatterStage
from samordna.domain.matters.models import Matter
from samordna.domain.minutes.models import Minutes
from samordna.domain.organisations.access import actor_for_holding
from samordna.domain.organisations.models import Holding, Organisation, Person
from samordna.domain.proceedings.models import ActionPoint, Outcome, Reservation, Vote
from samordna.domain.scheduling.models import TimeQuestion
from samordna.domain.search.index import rebuild
from samordna.domain.search.models import Entry
from tests.engine import ask_here

HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The county, once: it takes longer to load than all that is asked of it."""
    with (
        django_db_blocker.unblock(),
        transaction.atomic(),
        override_settings(DEMO=True, PASSWORD_HASHERS=HASHERS),
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setattr("samordna.domain.decisions.workers.ask", ask_here)
        patch.setattr("samordna.domain.decisions.workers.get_ready", lambda: None)
        with translation.override("sv"):
            load()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def county(loaded: None, db: None) -> None:
    """The same for every test: whatever one changes is undone."""


@pytest.mark.usefixtures("county")
def test_the_county_has_a_matter_in_every_state_and_one_of_each_ending():
    assert Entry.objects.count() > 100
    assert rebuild() == 0, "what the operations indexed one by one is not what there is"
    assert set(Matter.objects.values_list("stage", flat=True)) == set(MatterStage)
    assert set(Organisation.objects.values_list("fictional", flat=True)) == {True}
    assert "alla organisationer, personer och siffror här är påhittade" in Client().get("/konto/login/").content.decode()

    clash = Attempt.objects.get(matter__title="En digital plan för alla målgrupper")
    owners = {member["owner"] for member in clash.outcome["outcome"]["members"]}
    names = set(Organisation.objects.filter(pk__in=owners).values_list("name", flat=True))
    assert (clash.result, names) == (
        "clash",
        {"Strandsala kommun", "Region Fjärdsland", "Fjärdslands gemensamma it", "Kvarnforsa kommun"},
    )
    assert "Kostnaden är större" in Matter.objects.get(stage=MatterStage.LET_BE).closed_reason
    assert Mandate.objects.filter(revoked_at__isnull=False).count() == 1
    assert Mandate.objects.filter(ends_on__gt=clock.day(clock.now())).count() == 1

    client = Client()
    client.force_login(Person.objects.get(email="strandsala-rep@demo.example"))
    shown = {each.name: client.get(f"/samverkan/{each.pk}/").content.decode() for each in Collaboration.objects.all()}
    free = Exemption.objects.get()
    assert (free.party.name, free.contribute, free.ends_on > clock.day(clock.now())) == ("Holmö kommun", "may", True)
    assert free.reason in shown["Samverkan vid störningar"]
    change = DepthChange.objects.get()
    assert (change.starts_on > clock.day(clock.now()), change.reason in shown[change.collaboration.name]) == (True, True)

    old, new = DecisionVersion.objects.filter(decision__matter__title__startswith="Gemensam rutin").order_by("prepared_at")
    assert (old.state, new.state) == ("replaced", "in_force")
    assert [told["text"] for told in new.content["matter"]["answers"]] == [
        "Planer som inte följs upp inom en månad blir liggande, och den enskilde får börja om."
    ]
    _forums_are_shown(client)
    _what_is_measured_is_shown()


def _what_is_measured_is_shown() -> None:
    """Five indicators over three years of which one is red, one round that is late, and one of each wave."""
    now = clock.now()
    coordinator = actor_for_holding(Holding.objects.get(person__email="samordnare@demo.example").pk, Via.COMMAND)
    care = Collaboration.objects.get(name="Vårdsamverkan Fjärdsland")
    page = followup_page(coordinator, care.pk, now)
    measured = [one for goal in page.goals for one in goal.indicators]
    assert len(measured) == 5
    assert [one.now.latest.colour for one in measured if one.now.latest].count("red") == 1
    first = Result.objects.order_by("starts_on")[0].starts_on
    assert first <= clock.day(now) - timedelta(days=3 * 365)
    assert [each.late for each in rounds_page(coordinator, care.pk, now).rounds].count(True) == 1

    waves = {wave.title: standing(wave, clock.day(now)) for wave in Wave.objects.all()}
    assert sorted(waves.values()) == ["closed", "closed", "open"]
    itself = Wave.objects.get(title="Självskattning: åtta framgångsfaktorer")
    labels = " ".join(column.label for column in result_page(coordinator, itself.pk, now).columns)
    assert "Region Fjärdsland" in labels
    assert "Strandsala kommun" in labels
    assert Recognition.objects.count() == 3
    assert sorted(Feedback.objects.values_list("outcome", flat=True)) == ["", "changed"]


def _forums_are_shown(client: Client) -> None:
    """Meetings held, kept and to come, so that every page of theirs has something to show."""
    states = sorted(Minutes.objects.values_list("state", flat=True))
    assert states == ["adjusted", "draft", "locked", "locked", "locked", "out"]
    said = Outcome.objects.values_list("question__method", "result")
    assert {result for _method, result in said} == {"carried"}
    assert sorted(method for method, _result in said) == ["approval", "consent", "coordinator", "majority", "ranked"]
    assert Vote.objects.filter(clears__isnull=False).count() == Reservation.objects.count() == 1
    today = clock.day(clock.now())
    assert {point.state for point in ActionPoint.objects.filter(due_on__lt=today)} == {"open", "done"}

    ahead = Meeting.objects.get(forum__name="Chefsforum", state="called")
    page = client.get(f"/forum/mote/{ahead.pk}/").content.decode()
    assert "Gemensamt it-stöd hör inte till det som forumet beslutar om." in page
    question = TimeQuestion.objects.get()
    asked = [(bool(row.replies.all()), bool(row.busy_hours.all())) for row in question.asked.all()]
    assert sorted(asked) == [(False, False), (False, True), (False, True), (True, False), (True, False)]
    visit = Event.objects.get(kind="study_visit")
    assert (visit.enrolments.filter(was_there=True).count(), visit.led_to.count(), bool(visit.notes)) == (4, 1, True)
    assert "Vem ringer den anhöriga?" in client.get("/sok/", {"q": "anhöriga"}).content.decode()


@pytest.mark.usefixtures("county")
def test_last_years_report_is_adopted_and_this_years_is_being_written():
    year = clock.day(clock.now()).year
    (care,) = Collaboration.objects.filter(name="Vårdsamverkan Fjärdsland")
    coordinator, reader = Client(), Client()
    coordinator.force_login(Person.objects.get(email="samordnare@demo.example"))
    reader.force_login(Person.objects.get(email="strandsala-rep@demo.example"))
    rows = coordinator.get(f"/api/v1/collaborations/{care.pk}/annual-reports").json()["items"]
    assert [(row["year"], row["stage"]) for row in rows] == [(year, "draft"), (year - 1, "adopted")]
    draft, adopted = (f"/rapporter/ar/{row['id']}/" for row in rows)
    assert reader.get(draft).status_code == 404
    page = reader.get(adopted).content.decode()
    assert (f"plan {year}" in page, "telefonnummer till hemkommunen" in page) == (True, True)
    assert reader.get(f"{adopted}rapport.pdf").content[:5] == b"%PDF-"
    page = coordinator.get(draft).content.decode()
    assert (f"plan {year + 1}" in page, "nu vet vi varför" in page, 'class="line-chart' in page) == (True, True, True)
