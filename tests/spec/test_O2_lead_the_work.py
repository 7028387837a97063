"""O2: to create and lead a way of working: the coordinator sees what is next, who is waited for, and reminds them."""

from __future__ import annotations

import gzip
from datetime import time, timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samordna.core import clock
from samordna.domain.decisions import operations as do
from samordna.domain.decisions.models import DecisionVersion
from samordna.domain.forums import operations as forums
from samordna.domain.forums.models import Meeting
from samordna.domain.matters import operations as matters
from samordna.domain.matters.models import Matter, Position
from samordna.domain.organisations.models import Person
from tests import factories as f
from tests.background import post_letters
from tests.domain.adherence.followed import followed
from tests.domain.decisions import chain
from tests.domain.decisions import world as w
from tests.domain.forums.world import world
from tests.spec.deciding import press, read

pytestmark = pytest.mark.django_db


def test_the_coordinator_sees_the_next_step_and_reminds_those_who_are_waited_for():
    """What waits for the coordinator follows the decision; one press reminds exactly those who have not answered."""
    world = w.build()
    version, start = chain.prepared(world), clock.now() - timedelta(days=30)
    assert "Send the decision out for consultation" in read(world.coordinator, "home")
    until = clock.day(start) + timedelta(days=10)
    do.open_consultation(actor=world.coordinator, version_id=version.pk, until=until, at=start)
    assert "Remind those who have not answered, or record that they decline" in read(world.coordinator, "home")
    answers = {of.name: world.representative(of) for of in world.organisations}
    for name, actor in answers.items():
        Person.objects.filter(pk=actor.person_id).update(email=f"{name.split()[0].lower()}@example.se")
    objection = {"stance": "objects", "text": "Too soon"}
    do.answer_consultation(actor=answers["Åstad"], version_id=version.pk, **objection)
    assert "Answer the objections" in read(world.coordinator, "home")
    assert press(world.coordinator, "remind_of_decision", version.pk)[0] == 302
    post_letters()
    to = {letter.to[0] for letter in mail.outbox}
    assert {"holmö@example.se", "region@example.se"} <= to
    assert "åstad@example.se" not in to


def test_the_coordinators_page_shows_every_matter_who_is_waited_for_and_reminds_in_one_press():
    """Stage, names to three, the next step and the last day; a press reminds and comes back; others see nothing of it."""
    world = w.build(stage="gathering", answer_by=clock.day(clock.now()) - timedelta(days=3), title="Payment at discharge")
    for name in ("Ekby", "Alby", "Dalby", "Bro"):
        f.position(world.matter, f.organisation(name))
    said = read(world.coordinator, "coordinating")
    assert "Payment at discharge Gathering Alby, Bro, Dalby and 1 more what they need and under what conditions" in said
    assert "Remind those who have not answered" in said
    assert "passed" in said
    assert "Payment at discharge" not in read(world.representative(world.town), "coordinating")
    f.holding(world.matter.positions.get(organisation__name="Bro").organisation)
    here = reverse("coordinating")
    status, _words = press(world.coordinator, "remind", world.matter.pk, next=here)
    post_letters()
    assert (status, len(mail.outbox)) == (302, 1)
    assert "reminded" in read(world.coordinator, "coordinating")


def test_what_waits_and_what_one_coordinates_are_read_by_the_api_too(client):
    """The same as on the pages: for the coordinator, and nothing for somebody else."""
    matter = f.matter(title="Payment at discharge", answer_by=f.START)
    lead = f.holding(matter.collaboration.host, role=matter.collaboration.coordinator_role)
    own = f.position(matter, f.organisation("Bro")).organisation
    answering = f.holding(own)
    client.force_login(lead.person)
    (line,) = client.get(reverse("api:read_coordinating"), {"show": "sena"}).json()["lines"]
    assert (line["id"], line["waited_for"], line["late"]) == (matter.pk, ["Bro"], True)
    assert [row["kind"] for row in client.get(reverse("api:read_waiting")).json()] == ["coordinate"]
    assert client.get(reverse("api:read_coordinating"), {"show": "other"}).status_code == 422
    client.force_login(answering.person)
    assert client.get(reverse("api:read_coordinating")).json()["lines"] == []
    assert "answer" in [row["kind"] for row in client.get(reverse("api:read_waiting")).json()]


def test_where_the_form_of_work_creaks_is_shown_from_what_has_happened():
    """Late answers, what stands still, what went back, what nobody answers about, and sponsors that are missing."""
    made, ago = followed(2), clock.now() - timedelta(days=100)
    lead, given = made.lead, made.collaboration
    DecisionVersion.objects.filter(pk=made.version.pk).update(in_force_from=clock.day(ago), skipped=SKIPPED)
    still = f.matter(given, title="Shared forms", opened_at=ago, answer_by=clock.day(ago))
    f.position(still, made.organisations[0], state="answered", answered_at=clock.now())
    said = read(lead, "coordinating")
    assert "Late answers 1 of 1 answers came after the last day" in said
    for title, named in (
        ("Matters that stand still", "Shared forms"),
        ("Consultations left out", "Everybody sat at the table"),
        ("Decisions that nobody answers about", made.matter.title),
        ("No sponsor", made.organisations[0].name),
    ):
        assert named in said.split(title)[1], title
    matters.let_be(actor=lead, matter_id=still.pk, reason="Later")
    matters.reopen_matter(actor=lead, matter_id=still.pk, reason="Now")
    assert "Shared forms" in read(lead, "coordinating").split("Matters that have gone back")[1]


def test_a_meeting_that_was_to_decide_and_did_not_is_named_until_it_does(client):
    """Once per meeting, with what was left; not where one item was taken up, nor for somebody else's forums."""
    met, now = world(), clock.now()
    asking = {"actor": met.coordinator, "forum_id": met.forum.pk, "at": now}
    hours = {"on": clock.day(now) + timedelta(days=1), "begins": time(9), "ends": time(10)}
    left, done = (forums.plan_meeting(**asking, **hours) for _meeting in range(2))
    for meeting in (left, done):
        for title in ("Cost split", "Opening hours"):
            item = forums.raise_item(
                **asking, kind="decision", title=title, area_id=met.given.area.pk, meeting_id=meeting.pk
            )
        forums.raise_item(**asking, kind="discussion", title="News", meeting_id=meeting.pk)
    Meeting.objects.update(starts_at=now - timedelta(days=9), ends_at=now - timedelta(days=8))
    assert "Meetings without decisions" not in read(met.coordinator, "coordinating")
    for meeting in (left, done):
        forums.hold_meeting(actor=met.coordinator, meeting_id=meeting.pk, at=now)
    forums.take_up_item(actor=met.coordinator, item_id=item.pk, at=now)
    said = read(met.coordinator, "coordinating").split("Meetings without decisions")[1]
    assert said.split("Cost split, Opening hours")[0].count(met.forum.name) == 1
    client.force_login(Person.objects.get(pk=met.coordinator.person_id))
    (row,) = client.get(reverse("api:read_coordinating")).json()["creaks"]["undecided"]
    assert (row["meeting_id"], row["items"]) == (left.pk, ["Cost split", "Opening hours"])
    other = f.collaboration()
    assert "Meetings without" not in read(f.coordinator_of(other), "coordinating")


def test_the_list_asks_as_much_for_three_hundred_matters_as_for_three(client):
    """Constant questions, and a page that is light."""
    given = f.collaboration()
    held, area = f.holding(given.host, role=given.coordinator_role), f.area(given)
    organisations = [f.participation(given).organisation for _number in range(3)]
    client.force_login(held.person)

    def asked(count: int) -> tuple[int, int]:
        made = [Matter(**PLAIN, collaboration=given, area=area, number=Matter.objects.count() + n) for n in range(count)]
        Matter.objects.bulk_create(made)
        Position.objects.bulk_create(Position(matter=one, organisation=of) for one in made for of in organisations)
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(reverse("coordinating"))
        assert answer.status_code == 200
        return len(captured), len(gzip.compress(answer.content))

    few, _size = asked(3)
    many, size = asked(297)
    assert many == few
    assert size < 100_000


SKIPPED = [{"step": "consultation", "reason": "Everybody sat at the table", "at": "2026-01-01"}]
PLAIN = {"title": "Shared forms", "purpose": "Alike", "for_the_individual": "Ask once", "stage": "gathering"}
PLAIN |= {"opened_at": f.NOW}
