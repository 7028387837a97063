"""S4: whoever is to contribute to the solution can ask first, and everybody reads the question and the answer."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from samordna.core import clock
from samordna.core.models import OutgoingLetter
from samordna.domain.decisions import operations as do
from samordna.domain.matters import operations as matters
from samordna.domain.matters.models import Inquiry
from samordna.domain.notices.models import Notice
from samordna.domain.notices.spreading import spread
from samordna.domain.organisations.models import Person
from tests.domain.decisions import chain
from tests.domain.decisions import world as deciding
from tests.spec.deciding import press, read
from tests.web.matters.world import world

pytestmark = pytest.mark.django_db


def test_a_participant_asks_and_everybody_reads_the_answer_beside_the_aspect():
    """A question waits for the coordinator, who answers; all who take part read both, in one place and at the aspect."""
    w = world()
    url = reverse("inquiries", args=[w.matter.pk])
    asked = {"do": "ask", "text": "Does day zero count?", "aspect_id": w.aspects["zero"].pk}
    assert w.client(0).post(url, asked).status_code == 302
    question = Inquiry.objects.get()
    home = w.lead().get(reverse("home")).content.decode()
    assert "Answer questions about the matter" in home
    assert "1 question is unanswered." in home
    answered = {"do": f"answer-{question.pk}", "answer": "Yes, from midnight"}
    assert w.client(1).post(url, answered).status_code == 422
    question.refresh_from_db()
    assert question.answer == ""
    assert w.lead().post(url, answered).status_code == 302
    page = w.client(1).get(url).content.decode()
    assert "Does day zero count?" in page
    assert "Yes, from midnight" in page
    assert "Municipality 000" in page
    matter = w.client(1).get(reverse("matter", args=[w.matter.pk])).content.decode()
    row = matter.split("Day zero counted")[1].split("</tr>")[0]
    assert "Yes, from midnight" in row
    assert "unanswered" not in w.lead().get(reverse("home")).content.decode()


def test_whoever_came_by_an_answer_link_can_ask_too():
    """The page behind an answer link takes a question, lets it be taken back, and shows its answer."""
    w = world()
    token = matters.make_answer_link(
        actor=w.leader(), matter_id=w.matter.pk, position_id=w.positions[0].pk, recipient="a@example.se"
    )
    link, url = w.client(0).__class__(headers={"accept-language": "en"}), reverse("inquiries_by_link", args=[token])
    assert url in link.get(reverse("answer", args=[token])).content.decode()
    assert link.post(url, {"do": "ask", "text": "From when?"}).status_code == 302
    first = Inquiry.objects.get()
    assert link.post(url, {"do": f"change-{first.pk}", "text": "From what day?"}).status_code == 302
    assert link.post(url, {"do": f"withdraw-{first.pk}"}).status_code == 302
    assert "From what day?" not in w.client(1).get(reverse("inquiries", args=[w.matter.pk])).content.decode()
    assert link.post(url, {"do": "ask", "text": "From which day?"}).status_code == 302
    second = Inquiry.objects.living().get()
    matters.answer_question(actor=w.leader(), inquiry_id=second.pk, answer="The first of May")
    assert "The first of May" in link.get(url).content.decode()
    refused = link.post(url, {"do": f"withdraw-{second.pk}"}, follow=True).content.decode()
    assert "The question has been answered" in refused


def test_unanswered_questions_warn_and_do_not_block():
    """Going on to weighing, and on from a consultation, warns of what is unanswered, goes on, and keeps the number."""
    w = world()
    other = w.positions[1].organisation_id
    matters.ask_question(actor=w.actor(0), position_id=w.positions[0].pk, text="Who pays?", asked_of=other)
    for place in (0, 1):
        matters.declare_no_conditions(actor=w.actor(place), position_id=w.positions[place].pk)
    warning = "1 question is unanswered."
    assert warning in w.lead().get(reverse("matter", args=[w.matter.pk])).content.decode()
    assert warning in w.client(1).get(reverse("home")).content.decode()
    gone = w.lead().post(reverse("advance_matter", args=[w.matter.pk, "avvagning"]), follow=True)
    assert warning in gone.content.decode()
    w.matter.refresh_from_db()
    assert w.matter.stage == "weighing"


def test_a_question_in_the_consultation_is_answered_before_it_ends():
    """While a consultation runs participants ask; the coordinator sees on the decision what is unanswered."""
    decided = deciding.build()
    version = chain.prepared(decided)
    until = clock.day(clock.now()) + timedelta(days=20)
    do.open_consultation(actor=decided.coordinator, version_id=version.pk, until=until)
    town = decided.representative(decided.town)
    assert press(town, "inquiries", decided.matter.pk, do="ask", text="What if it snows?")[0] == 302
    shown = read(decided.coordinator, "decision", version.decision_id)
    assert "1 question is unanswered. Answer them before you go on" in shown
    assert "Consultation" in read(town, "inquiries", decided.matter.pk).split("What if it snows?")[0][-80:]


def test_whoever_asked_is_told_when_there_is_an_answer():
    """Who asked for a participant has a notice; who asked by an answer link, and the coordination, get a letter that says
    where the answer stands and not what it says; a corrected answer is told of as one."""
    w = world()
    url = reverse("inquiries", args=[w.matter.pk])
    w.client(0).post(url, {"do": "ask", "text": "Does day zero count?"})
    first = Inquiry.objects.get()
    w.lead().post(url, {"do": f"answer-{first.pk}", "answer": "Yes, from midnight"})
    spread(clock.now())
    told = Notice.objects.filter(person_id=w.holdings[0].person_id).values_list("kind", flat=True)
    assert ("question_answered" in told, OutgoingLetter.objects.count()) == (True, 0)
    given = {"actor": w.leader(), "matter_id": w.matter.pk, "position_id": w.positions[1].pk}
    token = matters.make_answer_link(recipient="link@example.se", **given)
    Client().post(reverse("inquiries_by_link", args=[token]), {"do": "ask", "text": "From when?"})
    second = Inquiry.objects.get(text="From when?")
    w.lead().post(url, {"do": f"answer-{second.pk}", "answer": "From January"})
    w.lead().put(f"/api/v1/questions/{second.pk}/answer", {"answer": "From May"}, content_type="application/json")
    plain, corrected = OutgoingLetter.objects.order_by("written_at")
    assert (plain.recipient, w.matter.title in plain.text) == ("link@example.se", True)
    assert ["med länken du fick" in each.text for each in (plain, corrected)] == [True, True]
    assert ["rättats" in each.text for each in (plain, corrected)] == [False, True]
    assert [word in plain.text + plain.html for word in (token, "From when", "January")] == [False] * 3
    w.lead().post(url, {"do": "ask", "text": "How many?", "asked_of": w.positions[0].organisation_id})
    third = Inquiry.objects.get(text="How many?")
    Person.objects.filter(pk=w.coordinator.person_id).update(email="leder@example.se")
    w.client(0).post(url, {"do": f"answer-{third.pk}", "answer": "Seven"})
    letter = OutgoingLetter.objects.get(recipient="leder@example.se")
    assert (f"{url}#fraga-{third.pk}" in letter.text, "Seven" in letter.text) == (True, False)
