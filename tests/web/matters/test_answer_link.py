"""Answering by a link from a mail, without an account: once, one position, nothing else."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from samordna.core import clock
from samordna.core.models import JournalEntry
from samordna.domain.matters import operations as do
from samordna.domain.matters.enums import PositionState
from samordna.domain.matters.models import AnswerLink
from tests.background import post_letters
from tests.web.matters.world import world

pytestmark = pytest.mark.django_db


def visitor():
    return Client(headers={"accept-language": "en"})


def token_for(w, place=0):
    return do.make_answer_link(
        actor=w.leader(), matter_id=w.matter.pk, position_id=w.positions[place].pk, recipient="anna@example.se"
    )


def url(token, step=""):
    return reverse("answer", args=[token]) + (f"?steg={step}" if step else "")


def test_the_link_in_the_mail_answers_the_position_once():
    w = world()
    sent = w.lead().post(
        reverse("send_link", args=[w.matter.pk]),
        {"position_id": w.positions[0].pk, "recipient": "anna@example.se", "days": "14"},
    )
    assert sent.status_code == 302
    post_letters()
    letter = mail.outbox[0]
    assert letter.to == ["anna@example.se"]
    token = re.search(r"/svar/([\w-]+)/", letter.body).group(1)
    assert token not in AnswerLink.objects.get().digest
    client = visitor()
    for _ in range(2):
        assert client.get(url(token)).status_code == 200
    assert AnswerLink.objects.get().used_at is None
    answer = client.post(url(token, "skicka"), {"do": "no-conditions", "answered_as": "Anna Ek, unit manager"})
    assert answer.status_code == 302
    w.positions[0].refresh_from_db()
    assert (w.positions[0].state, w.positions[0].answered_as) == (PositionState.NO_CONDITIONS, "Anna Ek, unit manager")
    after = client.get(url(token))
    assert after.status_code == 410
    assert "The answer has been sent in" in after.content.decode()
    entry = JournalEntry.objects.get(action="no_conditions_declared")
    assert (entry.via, entry.person_id, entry.organisation_id) == ("link", "", w.positions[0].organisation_id)


def test_who_answers_by_a_link_says_who_they_are():
    w = world()
    answer = visitor().post(url(token_for(w), "skicka"), {"do": "no-conditions", "answered_as": " "})
    assert answer.status_code == 422
    assert "Say who answers: your name and role." in answer.content.decode()


def test_a_used_link_answers_nothing_more():
    w = world()
    token = token_for(w)
    client = visitor()
    client.post(url(token, "skicka"), {"do": "no-conditions", "answered_as": "Anna"})
    assert client.post(url(token, "idag"), {"do": "next", "note": "Again"}).status_code == 410
    w.positions[0].refresh_from_db()
    assert w.positions[0].note == ""


def test_an_expired_link_says_so_and_whom_to_ask():
    w = world()
    token = token_for(w)
    AnswerLink.objects.update(expires_at=clock.now() - timedelta(minutes=1))
    answer = visitor().get(url(token))
    assert answer.status_code == 410
    assert "This link stopped working on" in answer.content.decode()
    assert f"Turn to {w.matter.collaboration.coordinator_role.name}" in answer.content.decode()


def test_a_withdrawn_link_says_so():
    w = world()
    token = token_for(w)
    link = AnswerLink.objects.get()
    assert w.lead().post(reverse("revoke_link", args=[w.matter.pk, link.pk])).status_code == 302
    answer = visitor().get(url(token))
    assert answer.status_code == 410
    assert "The coordinator has withdrawn this link." in answer.content.decode()


def test_a_wrong_token_looks_like_any_page_that_is_not_there():
    world()
    assert visitor().get(url("A" * 43)).status_code == 404


def test_a_link_opens_nothing_but_its_own_position():
    w = world()
    client = visitor()
    client.get(url(token_for(w)))
    for address in (
        reverse("matter", args=[w.matter.pk]),
        reverse("position", args=[w.matter.pk, w.positions[0].pk]),
        reverse("position", args=[w.matter.pk, w.positions[1].pk]),
    ):
        assert client.get(address).status_code == 302


def test_the_page_by_link_has_no_navigation_and_shows_nothing_of_others():
    w = world()
    do.state_condition(actor=w.actor(1), position_id=w.positions[1].pk, prose="Of the other", reason="Secret")
    token = token_for(w)
    for step in ("idag", "behov", "forutsattningar", "kostnad", "skicka"):
        html = visitor().get(url(token, step)).content.decode()
        assert "Of the other" not in html
        assert reverse("organisations") not in html


def test_stating_a_condition_by_link_keeps_it_as_the_organisations_own():
    w = world()
    token, client = token_for(w), visitor()
    typed = {"prose": "Not in July", "reason": "Holidays", "confidence": "open"}
    assert client.post(url(token, "forutsattningar"), typed | {"do": "save", "seen": "Not in July"}).status_code == 302
    assert "Not in July" in w.client(1).get(reverse("matter", args=[w.matter.pk])).content.decode()


def test_a_closed_matter_takes_no_answers_by_link():
    w = world()
    token = token_for(w)
    do.let_be(actor=w.leader(), matter_id=w.matter.pk, reason="Not worth it")
    answer = visitor().get(url(token))
    assert answer.status_code == 410
    assert "The matter no longer takes answers" in answer.content.decode()


def test_whoever_answers_by_a_link_reads_what_coordination_has_stated_for_all_and_nobody_elses():
    w = world()
    do.state_common_condition(actor=w.leader(), matter_id=w.matter.pk, prose="The week begins on Monday", reason="One plan")
    do.state_condition(actor=w.actor(1), position_id=w.positions[1].pk, prose="Their own", reason="Theirs")
    token = token_for(w)
    shown = visitor().get(url(token, "forutsattningar")).content.decode()
    assert "The week begins on Monday" in shown
    assert "What coordination has stated for all" in shown
    assert "Their own" not in shown
