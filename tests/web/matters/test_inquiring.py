"""The page of questions and answers: bad input, whose turn it is, and three hundred of them."""

from __future__ import annotations

import gzip
from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse

from samordna.core import clock
from samordna.domain.matters import operations as do
from samordna.domain.matters.enums import MatterStage
from samordna.domain.matters.limits import MAX_INQUIRIES
from samordna.domain.matters.models import Inquiry
from samordna.domain.matters.queries import inquiries_of
from samordna.domain.matters.queries.lists import waiting_for
from tests import factories as f
from tests.web.matters.world import client_of, world

pytestmark = pytest.mark.django_db


def _url(w):
    return reverse("inquiries", args=[w.matter.pk])


def test_what_cannot_be_used_stays_typed_and_says_why():
    w = world()
    typed = {"do": "ask", "text": "x" * 2001, "aspect_id": w.aspects["days"].pk}
    answer = w.client().post(_url(w), typed)
    assert answer.status_code == 422
    assert "x" * 2001 in answer.content.decode()
    assert w.client().post(_url(w), {"do": "ask", "text": " "}).status_code == 422
    own = {"do": "ask", "text": "We?", "asked_of": w.positions[0].organisation_id}
    assert w.client().post(_url(w), own).status_code == 422
    assert "Choose whom you ask." in w.lead().post(_url(w), {"do": "ask", "text": "Who?"}).content.decode()
    assert not Inquiry.objects.exists()
    assert w.client().post(_url(w), {"do": "answer-zzzzzzzzzzzz", "answer": "x"}).status_code == 404


def test_an_answer_can_be_corrected_and_the_question_then_stays():
    w = world()
    asked = do.ask_participant(
        actor=w.leader(), matter_id=w.matter.pk, asked_of=w.positions[1].organisation_id, text="How?"
    )
    assert w.client(0).post(_url(w), {"do": f"answer-{asked.pk}", "answer": "Not mine"}).status_code == 422
    assert f"svara={asked.pk}" in w.client(1).get(_url(w)).content.decode()
    for words in ("By boat", "By the morning boat"):
        assert w.client(1).post(_url(w), {"do": f"answer-{asked.pk}", "answer": words}).status_code == 302
    page = w.client(0).get(_url(w)).content.decode()
    assert "By the morning boat" in page
    assert "corrected" in page
    refused = w.lead().post(_url(w), {"do": f"change-{asked.pk}", "text": "How then?"})
    assert "The question has been answered" in refused.content.decode()


def test_those_who_take_no_part_ask_and_read_nothing():
    w = world()
    do.ask_question(actor=w.actor(), position_id=w.positions[0].pk, text="Secret to us?")
    superior = f.organisation("Superior")
    w.collaboration.superior = superior
    w.collaboration.save()
    above = client_of(f.holding(superior))
    page = above.get(_url(w))
    assert page.status_code == 200
    assert "Secret to us?" not in page.content.decode()
    assert "read only by those who take part" in page.content.decode()
    matter = above.get(reverse("matter", args=[w.matter.pk])).content.decode()
    assert _url(w) not in matter
    for shown in (page.content.decode(), matter):
        assert "Nobody has asked anything yet" not in shown
        assert "0 questions" not in shown
    api = f"/api/v1/matters/{w.matter.pk}/questions"
    assert above.get(api).json() == {"readable": False, "unanswered": None, "rows": []}
    assert [w.client(1).get(api).json()[name] for name in ("readable", "unanswered")] == [True, 1]
    assert above.post(_url(w), {"do": "ask", "text": "What?"}).status_code == 403
    assert client_of(f.holding(f.organisation("Outside"))).get(_url(w)).status_code == 404


def test_the_coordination_waits_for_the_answer_to_its_own_question():
    w = world()
    asked = do.ask_participant(
        actor=w.leader(), matter_id=w.matter.pk, asked_of=w.positions[1].organisation_id, text="How?"
    )
    home, waits = reverse("home"), "Answer questions about the matter"
    shown = [waits in client.get(home).content.decode() for client in (w.lead(), w.client(0), w.client(1))]
    assert shown == [False, False, True]
    do.ask_question(actor=w.actor(), position_id=w.positions[0].pk, text="And we?")
    assert waits in w.lead().get(home).content.decode()
    reading = replace(w.leader(), may_write=False)
    assert waits not in [one.what for one in waiting_for(reading, clock.now())]
    assert [row.mine for row in inquiries_of(reading, w.matter, clock.now()).rows] == [False, False]
    w.matter.stage = MatterStage.LET_BE
    w.matter.save()
    for answered in (
        w.lead().post(_url(w), {"do": f"answer-{asked.pk}", "answer": "So"}),
        w.lead().post(_url(w), {"do": f"change-{asked.pk}", "text": "How then?"}),
    ):
        assert answered.status_code == 422
        assert "settled or closed" in answered.content.decode()
    closed = w.lead().get(_url(w)).content.decode()
    assert [f"svara={asked.pk}" in closed, f"andra={asked.pk}" in closed] == [False, False]
    asked.refresh_from_db()
    assert (asked.answer, asked.text) == ("", "How?")
    read = w.client(0).get(reverse("matter", args=[w.matter.pk])).content.decode()
    assert [_url(w) in read, "is unanswered" in read] == [True, False]


def test_one_asks_a_bounded_number_of_questions():
    w = world()
    _many(w, MAX_INQUIRIES)
    over = w.client().post(_url(w), {"do": "ask", "text": "One more?"})
    assert over.status_code == 422
    assert f"at most {MAX_INQUIRIES} questions" in over.content.decode()


def _many(w, count):
    at = clock.now()
    rows = [
        Inquiry(matter=w.matter, organisation_id=w.positions[0].organisation_id, stage="gathering", text=f"Is it {n}?",
                aspect=w.aspects["days"], asked_at=at + timedelta(seconds=n), answer="Yes" if n % 3 else "",
                answered_at=at if n % 3 else None, asked_by=w.holdings[0], answered_by=w.coordinator if n % 3 else None)
        for n in range(count)
    ]  # fmt: skip
    Inquiry.objects.bulk_create(rows)


def test_three_hundred_questions_cost_what_one_does(django_assert_max_num_queries):
    counts = set()
    for count in (1, 3, 300):
        w = world()
        _many(w, count)
        client = w.lead()
        client.get(_url(w))
        with django_assert_max_num_queries(30) as captured:
            page = client.get(_url(w))
        counts.add(len(captured))
        assert len(gzip.compress(page.content)) < 60_000
    assert len(counts) == 1, counts
