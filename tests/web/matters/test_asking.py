"""The coordinator's page for gathering, and the pages that move, close and continue a matter."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse

from samordna.core import clock
from samordna.domain.matters import operations as do
from samordna.domain.matters.models import AnswerLink, Condition, Matter
from tests import factories as f
from tests.background import post_letters
from tests.web.matters.world import world

pytestmark = pytest.mark.django_db


def at(name, w, *more):
    return reverse(name, args=[w.matter.pk, *more])


def test_the_page_shows_who_is_silent_and_what_can_be_done():
    w = world()
    html = w.lead().get(at("asking", w)).content.decode()
    assert at("record_declining", w, w.positions[0].pk) in html
    assert at("send_link", w) in html
    assert w.client().get(at("asking", w)).status_code == 403


def test_reminding_one_writes_to_that_one():
    w = world()
    w.lead().post(at("remind", w), {"position_id": w.positions[1].pk})
    post_letters()
    assert [letter.to for letter in mail.outbox] == [[w.holdings[1].person.email]]


def test_nobody_waits_for_a_mail_server(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    w = world(1)
    page = w.lead().post(at("remind", w), follow=True).content.decode()
    assert "1 letter is on its way." in page


def test_an_address_that_is_none_is_kept_and_said():
    w = world()
    answer = w.lead().post(at("send_link", w), {"position_id": w.positions[0].pk, "recipient": "anna at work", "days": "3"})
    assert answer.status_code == 422
    assert "anna at work" in answer.content.decode()
    assert not AnswerLink.objects.exists()


def test_a_link_cannot_be_sent_to_who_has_answered():
    w = world()
    do.declare_no_conditions(actor=w.actor(), position_id=w.positions[0].pk)
    answer = w.lead().post(at("send_link", w), {"position_id": w.positions[0].pk, "recipient": "a@example.se", "days": "3"})
    assert answer.status_code == 422


def test_newcomers_are_asked_from_the_page():
    w = world()
    f.participation(w.collaboration, f.organisation("Latecomer"))
    html = w.lead().get(at("asking", w)).content.decode()
    assert "Joined later and not asked yet: Latecomer" in html
    w.lead().post(at("ask_newcomers", w))
    assert w.matter.positions.count() == 3


def test_the_day_is_moved_and_a_day_that_has_passed_is_refused():
    w = world()
    day = clock.day(clock.now())
    assert w.lead().post(at("set_answer_day", w), {"answer_by": day.isoformat()}).status_code == 422
    assert w.lead().post(at("set_answer_day", w), {"answer_by": "someday"}).status_code == 422
    assert w.lead().post(at("set_answer_day", w), {"answer_by": (day + timedelta(2)).isoformat()}).status_code == 302
    w.matter.refresh_from_db()
    assert w.matter.answer_by == day + timedelta(2)


def test_a_position_of_another_matter_cannot_be_recorded_as_declining_here():
    w, other = world(), world()
    assert w.lead().get(at("record_declining", w, other.positions[0].pk)).status_code == 404


@pytest.mark.parametrize(("how", "stage"), [("lat-bli", "let_be"), ("dra-tillbaka", "withdrawn")])
def test_closing_needs_a_reason_and_the_page_shows_it_afterwards(how, stage):
    w = world()
    assert w.lead().get(at("close_matter", w, how)).status_code == 200
    assert w.lead().post(at("close_matter", w, how), {"reason": ""}).status_code == 422
    page = w.lead().post(at("close_matter", w, how), {"reason": "Costs more than it gives"}, follow=True)
    assert "Costs more than it gives" in page.content.decode()
    w.matter.refresh_from_db()
    assert w.matter.stage == stage
    turn = w.lead().post(at("follow_up_matter", w), {"because": "Things have changed"})
    assert turn.status_code == 302
    assert "Things have changed" in Matter.objects.get(previous=w.matter).purpose


def test_a_matter_that_was_let_be_says_so_to_all_and_is_opened_again_by_its_coordinator():
    w = world()
    w.lead().post(at("close_matter", w, "lat-bli"), {"reason": "Costs more than it gives"})
    seen = w.client().get(at("matter", w)).content.decode()
    assert "Costs more than it gives" in seen
    assert at("reopen_matter", w) not in seen
    assert at("reopen_matter", w) in w.lead().get(at("matter", w)).content.decode()
    assert w.client().post(at("reopen_matter", w), {"reason": "I want it"}).status_code == 403
    assert w.lead().post(at("reopen_matter", w), {"reason": " "}).status_code == 422
    assert w.lead().post(at("reopen_matter", w), {"reason": "The state pays half"}).status_code == 302
    w.matter.refresh_from_db()
    assert w.matter.stage == "gathering"
    assert "Costs more than it gives" not in w.client().get(at("matter", w)).content.decode()


def test_an_unknown_way_to_close_or_move_is_not_there():
    w = world()
    assert w.lead().get(at("close_matter", w, "glom")).status_code == 404
    assert w.lead().get(at("advance_matter", w, "beslut")).status_code == 404
    assert w.lead().get(at("whole", w, "onskemal")).status_code == 404


def test_going_back_to_gathering_asks_why():
    w = world(stage="weighing")
    refused = w.lead().post(at("advance_matter", w, "inhamtning"), {"reason": ""})
    assert refused.status_code == 422
    assert "Say why the matter goes back." in refused.content.decode()
    assert w.lead().post(at("advance_matter", w, "inhamtning"), {"reason": "One joined"}).status_code == 302


def test_a_common_condition_is_taken_back_with_a_reason():
    w = world()
    condition = do.state_common_condition(actor=w.leader(), matter_id=w.matter.pk, prose="All alike", reason="R")
    address = at("whole", w, "forutsattningar")
    refused = w.lead().post(address, {"do": f"withdraw-{condition.pk}"})
    assert refused.status_code == 422
    assert "Say why it no longer holds" in refused.content.decode()
    kept = w.lead().post(address, {"do": f"withdraw-{condition.pk}", "withdraw_reason": "No longer"})
    assert kept.status_code == 302
    assert Condition.objects.get().withdrawn_reason == "No longer"


def test_a_common_need_cannot_be_about_what_is_left_to_each():
    w = world()
    w.aspects["basis"].sharing = "local"
    w.aspects["basis"].save()
    html = w.lead().get(at("whole", w, "behov")).content.decode()
    assert f'value="about-{w.aspects["days"].pk}"' in html
    assert f'value="about-{w.aspects["basis"].pk}"' not in html


@pytest.mark.parametrize("name", ["asking", "position"])
def test_queries_do_not_grow_with_the_participants(django_assert_max_num_queries, name):
    counts = set()
    for participants in (3, 10, 300):
        w = world(participants)
        client, more = (w.lead(), ()) if name == "asking" else (w.client(), (w.positions[0].pk,))
        client.get(at(name, w, *more))
        with django_assert_max_num_queries(45) as captured:
            assert client.get(at(name, w, *more)).status_code == 200
        counts.add(len(captured))
    assert len(counts) == 1, counts
