"""Letters that come back: reports are read, addresses marked, administrators told, and an address can work again."""

from __future__ import annotations

import io
from email.message import EmailMessage
from types import SimpleNamespace

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from samordna.core import clock
from samordna.core.errors import Absent, Refused
from samordna.core.models import DeadAddress, JournalEntry, OutgoingLetter
from samordna.core.outbox import Letter, put
from samordna.domain.notices.bounces import reports_in
from samordna.domain.notices.models import Notice
from samordna.domain.notices.operations import try_address_again
from samordna.domain.notices.queries.pages import dead_since, notice_page
from samordna.domain.organisations.access import actor_of
from samordna.domain.organisations.enums import RoleKind
from samordna.domain.organisations.models import Holding
from tests import factories as f
from tests.background import work
from tests.factories import NOW

pytestmark = pytest.mark.django_db
KEY = "thekeyofthat"
REPORT = """From: MAILER-DAEMON@mx.example.se
To: samordna@localhost
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="B"

--B
Content-Type: text/plain

I could not deliver.

--B
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.se

Final-Recipient: rfc822; {address}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1 no such user

--B
Content-Type: message/rfc822

Message-ID: <{key}@samordna.example.se>
Subject: x

--B--
"""


def report(address="Anna@Example.se", action="failed", status="5.1.1", key=KEY):
    return REPORT.format(address=address, action=action, status=status, key=key)


@pytest.fixture
def anna():
    """Somebody whom a letter was sent to, and the administrator there."""
    home = f.organisation()
    held = f.holding(home, person=f.person("Anna", email="anna@example.se"))
    administrator = f.holding(home, RoleKind.ADMINISTRATOR)
    (row,) = put([Letter(recipient="anna@example.se", subject="s", body="b")], NOW)
    work()
    OutgoingLetter.objects.filter(pk=row.pk).update(id=KEY)
    mail.outbox.clear()
    return SimpleNamespace(held=held, administrator=administrator)


def read(text, monkeypatch):
    out = io.StringIO()
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(text.encode())))
    call_command("returned", stdout=out)
    return out.getvalue()


def test_a_failure_for_good_marks_the_address_and_tells_the_administrator(anna, monkeypatch):
    assert "1" in read(report(), monkeypatch)
    assert "0" in read(report(), monkeypatch), "the same report again changes nothing"
    work()
    page = notice_page(actor_of(anna.administrator), NOW)
    assert [(view.title, view.group) for view in page.notices] == [("Anna", "roles")]
    assert [letter.to for letter in mail.outbox] == [[anna.administrator.person.email]]
    assert dead_since(anna.held.person_id)
    assert JournalEntry.objects.filter(action="address_bounced", subject_id=anna.held.person_id).count() == 1
    put([Letter(recipient="anna@example.se", subject="s", body="b")], NOW)
    work()
    assert len(mail.outbox) == 1, "nothing more is sent there"


@pytest.mark.parametrize(
    "text",
    [
        report(action="delayed", status="4.4.1"),
        report(action="delivered", status="2.0.0"),
        report(address="somebody.else@example.se"),
        report(key="somebodyelse"),
        report(key=""),
        report().replace(f"Message-ID: <{KEY}@", f"References: <{KEY}@"),
        "Subject: hello\n\nNo report at all, though it says Status: 5.1.1 and Final-Recipient: rfc822; anna@example.se\n",
        report().replace("message/delivery-status", "text/plain"),
        "",
    ],
)
def test_what_is_no_final_failure_of_a_letter_of_ours_marks_nothing(anna, monkeypatch, text):
    read(text, monkeypatch)
    assert not DeadAddress.objects.exists()


def test_a_report_that_encloses_the_headers_alone_is_believed(anna, monkeypatch):
    assert "1" in read(report().replace("message/rfc822", "text/rfc822-headers"), monkeypatch)


def test_a_forged_report_about_another_than_the_letter_went_to_marks_nothing(anna, monkeypatch):
    """Somebody who has a letter of its own encloses that one, and names another whom we also write to."""
    other = f.person("Bo", email="bo@example.se")
    put([Letter(recipient=str(other.email), subject="s", body="b")], NOW)
    read(report(address="bo@example.se"), monkeypatch)
    assert not DeadAddress.objects.exists()


def test_an_administrator_of_before_is_neither_told_nor_shown_who_it_was(anna, monkeypatch):
    """Anna has gone on to another organisation; hers is told, and the one she left is not."""
    now = f.holding(f.organisation("New"), person=anna.held.person)
    theirs = f.holding(now.role.organisation, RoleKind.ADMINISTRATOR)
    read(report(), monkeypatch)
    work()
    assert [len(notice_page(actor_of(each), NOW).notices) for each in (anna.administrator, theirs)] == [1, 1]
    Holding.objects.filter(pk=anna.held.pk).update(valid_to=clock.day(NOW))
    assert [len(notice_page(actor_of(each), NOW).notices) for each in (anna.administrator, theirs)] == [0, 1]
    DeadAddress.objects.all().delete()
    Notice.objects.all().delete()
    read(report(), monkeypatch)
    work()
    assert list(Notice.objects.values_list("person", flat=True)) == [theirs.person_id]


def test_a_mailbox_of_reports_is_read_whole_and_a_file_that_is_not_there_is_said(anna, tmp_path):
    path = tmp_path / "box"
    path.write_text(
        "".join(f"From mx Sun Nov 22 09:00:00 2026\n{report(address)}\n" for address in ("x@example.se", "anna@example.se"))
    )
    call_command("returned", path, stdout=io.StringIO())
    assert [row.address for row in DeadAddress.objects.all()] == ["anna@example.se"]
    with pytest.raises(CommandError):
        call_command("returned", tmp_path / "none")


def test_its_owner_and_the_administrator_there_may_say_that_it_works_again_and_nobody_else(anna, monkeypatch):
    own, administrator = actor_of(anna.held), actor_of(anna.administrator)
    with pytest.raises(Refused):
        try_address_again(actor=own, person_id=own.person_id)
    for actor in (own, administrator):
        read(report(), monkeypatch)
        try_address_again(actor=actor, person_id=own.person_id)
        assert dead_since(own.person_id) is None
    read(report(), monkeypatch)
    with pytest.raises(Absent):
        try_address_again(actor=f.actor(f.organisation(), RoleKind.ADMINISTRATOR), person_id=own.person_id)
    with pytest.raises(Refused):
        try_address_again(actor=f.actor(anna.held.role.organisation), person_id=own.person_id)


def test_another_address_is_another_matter(anna, monkeypatch):
    read(report(), monkeypatch)
    anna.held.person.email = "anna.new@example.se"
    anna.held.person.save()
    assert dead_since(anna.held.person_id) is None


def test_an_address_in_odd_dress_is_read():
    message = EmailMessage()
    message.set_content("x")
    assert reports_in(message) == []
