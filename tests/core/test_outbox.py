"""Letters: written with the change or not at all, one key each, nothing secret left, and patience with mail servers."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused

import pytest
from django.core import mail
from django.core.mail.backends import locmem
from django.db import transaction
from django.utils.translation import override

from samordna.core import outbox
from samordna.core.models import DeadAddress, OutgoingLetter, Task
from samordna.core.outbox import Letter, put
from samordna.domain.notices.queries.health import background
from tests.background import work
from tests.factories import NOW

pytestmark = pytest.mark.django_db
LETTER = Letter(recipient="anna@example.se", subject="Samordna: a thing", body="Look <b>here</b>:\nhttps://x.se/a\n\nBye")
TITLED = "Lön på www.evil.se: a@evil.se\nhttps://samordna.example.se.evil.se/\nhttps://samordna.example.se/fragor/x/\n\nBye"


def test_a_letter_is_posted_once_with_its_key_in_words_and_as_html(settings):
    settings.ORIGIN = "https://samordna.example.se"
    with override("en"):
        row = put([LETTER], NOW)[0]
    work(NOW)
    work(NOW)
    (sent,) = mail.outbox
    assert sent.extra_headers["Message-ID"] == f"<{row.pk}@samordna.example.se>"
    assert sent.extra_headers["Auto-Submitted"] == "auto-generated"
    assert "Answers to it are read by nobody" in sent.body
    html = sent.alternatives[0][0]
    assert '<html lang="en">' in html
    assert "Look &lt;b&gt;here&lt;/b&gt;:<br>" in html
    assert "https://x.se/a<" in html


def test_only_our_own_pages_become_links_whatever_somebody_called_a_thing(settings):
    letter = replace(LETTER, body=TITLED, stop="https://samordna.example.se/stopp/")
    own = ["https://samordna.example.se/fragor/x/", "https://samordna.example.se/stopp/"]
    for origin, linked in (("https://samordna.example.se", own), ("https://samordna.example.se/", own), ("", [])):
        settings.ORIGIN = origin
        html = put([letter], NOW)[0].html
        assert re.findall(r'href="([^"]+)"', html) == linked
        assert "Lön på www.evil.se: a@evil.se<br>\nhttps://samordna.example.se.evil.se/<br>" in html


def test_what_a_letter_said_is_erased_when_it_has_been_sent():
    put([Letter(recipient="a@example.se", subject="s", body="https://x.se/svar/SECRET/", stop="https://x.se/stop/")], NOW)
    assert "SECRET" in OutgoingLetter.objects.get().text
    work(NOW)
    row = OutgoingLetter.objects.get()
    assert (row.text, row.html, row.headers, row.sent_at) == ("", "", {}, NOW)
    assert mail.outbox[0].extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_a_letter_of_a_change_that_was_undone_does_not_exist():
    with transaction.atomic():
        put([LETTER], NOW)
        transaction.set_rollback(True)
    work(NOW)
    assert mail.outbox == []


def test_while_no_server_answers_letters_wait_and_health_says_so(settings):
    locmem_backend = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    put([LETTER, LETTER], NOW)
    assert work(NOW) == 1, "one letter found out that nobody answers; the other waits with it"
    seen = background(NOW)
    assert (seen.letters_waiting, seen.pausing, seen.well) == (2, 1, True)
    assert "Connection refused" in seen.latest_error
    late = background(NOW + timedelta(hours=1))
    assert not late.well
    settings.EMAIL_BACKEND = locmem_backend
    work(NOW + timedelta(hours=1))
    assert len(mail.outbox) == 2
    assert background(NOW + timedelta(hours=1)).well


def failing(monkeypatch, error):
    def send(self, messages):
        raise error

    monkeypatch.setattr(locmem.EmailBackend, "send_messages", send)


def test_an_address_that_the_server_refuses_for_good_is_marked_and_written_to_no_more(monkeypatch):
    failing(monkeypatch, SMTPRecipientsRefused({"anna@example.se": (550, b"no such user")}))
    put([LETTER], NOW)
    work(NOW)
    assert DeadAddress.objects.get().diagnosis == "no such user"
    monkeypatch.undo()
    put([LETTER], NOW)
    work(NOW)
    assert mail.outbox == []
    assert background(NOW).letters_held == 2
    assert set(OutgoingLetter.objects.values_list("text", flat=True)) == {""}


def test_an_address_that_is_refused_for_now_is_tried_again(monkeypatch):
    failing(monkeypatch, SMTPRecipientsRefused({"anna@example.se": (451, b"try later")}))
    put([LETTER], NOW)
    work(NOW)
    assert not DeadAddress.objects.exists()
    monkeypatch.undo()
    work(NOW + timedelta(minutes=1))
    assert len(mail.outbox) == 1


def test_one_letter_that_the_server_will_not_have_does_not_hold_up_the_others(monkeypatch):
    refused = put([LETTER], NOW)[0]
    put([LETTER], NOW)
    send = locmem.EmailBackend.send_messages

    def choosy(self, messages):
        if refused.pk in messages[0].extra_headers["Message-ID"]:
            raise SMTPDataError(554, b"no")
        return send(self, messages)

    monkeypatch.setattr(locmem.EmailBackend, "send_messages", choosy)
    work(NOW)
    assert len(mail.outbox) == 1
    assert Task.objects.get(done_at=None).error.startswith("SMTPDataError")


def test_a_letter_is_put_in_the_outbox_within_a_transaction_only():
    assert outbox.revive("nobody@example.se") is False
    assert outbox.mark_dead("X@example.se", "5.1.1", "", NOW)
    assert not outbox.mark_dead("x@EXAMPLE.se", "5.1.1", "", NOW)
    assert outbox.revive("x@example.SE")
