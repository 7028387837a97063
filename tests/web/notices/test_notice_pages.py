"""The list behind the bell, the choice of letters, ending them by a link, and a collaboration's reminders."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail, signing
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samordna.core.models import DeadAddress, LetterLanguage
from samordna.domain.collaborations.models import Participation
from samordna.domain.notices.delivering import deliver
from samordna.domain.notices.enums import Group, Rhythm
from samordna.domain.notices.models import Choice, Notice, ReminderRule
from samordna.domain.notices.queries.pages import wishes_of
from samordna.domain.notices.stopping import SALT, ticket_of
from samordna.domain.notices.wishes import chosen_by
from samordna.domain.organisations.enums import RoleKind
from tests import factories as f
from tests.background import work
from tests.factories import NOW
from tests.web.matters.world import client_of, world

pytestmark = pytest.mark.django_db


@pytest.fixture
def w():
    return world()


def notices(w, count, place=0):
    held = w.holdings[place]
    return Notice.objects.bulk_create(
        Notice(
            key=f"{place}:{number}",
            person=held.person,
            role=held.role,
            kind="matter_withdrawn",
            about="matter",
            about_id=w.matter.pk,
            at=NOW,
            made_at=NOW,
        )
        for number in range(count)
    )


def shown(client, name="notices", *args):
    return client.get(reverse(name, args=args)).content.decode()


def test_the_bell_counts_the_list_tells_and_opening_marks_and_leads(w):
    first, second, day_before = notices(w, 3)
    Notice.objects.filter(pk=first.pk).update(at=NOW - timedelta(minutes=5))
    Notice.objects.filter(pk=day_before.pk).update(at=NOW - timedelta(days=1))
    client = w.client()
    html = shown(client)
    assert ", 3 unread" in html
    assert html.count("The matter has been withdrawn") == 2
    assert html.count("2 times, last at") == 1
    assert "Payment at discharge" in html
    opened = client.post(reverse("open_notice", args=[second.pk]))
    assert opened.url == reverse("matter", args=[w.matter.pk])
    assert ", 1 unread" in shown(client, "home")
    assert shown(client).count('class="fresh"') == 1
    until = re.search(r'name="until" value="([^"]+)"', shown(client))[1]
    notices(w, 1, place=1)
    client.post(reverse("mark_notices_read"), {"until": until})
    assert "unread" not in shown(client)
    assert ", 1 unread" in shown(w.client(1))


def test_an_empty_list_says_what_comes_there(w):
    assert "No notices yet" in shown(w.client())


def test_what_happened_just_after_midnight_here_is_under_that_day(w):
    notices(w, 1)
    Notice.objects.update(at=datetime(2026, 6, 9, 22, 30, tzinfo=UTC))
    assert re.search(r"<h2[^>]*>\s*Wednesday 10 June\s*</h2>", shown(w.client()))


def test_somebody_elses_notice_is_not_there(w):
    (theirs,) = notices(w, 1)
    assert w.client(1).post(reverse("open_notice", args=[theirs.pk])).status_code == 404
    assert "Payment at discharge" not in shown(w.client(1))


def test_notices_of_another_role_are_counted_and_not_told(w):
    notices(w, 2)
    f.holding(f.organisation("AAA"), RoleKind.OFFICER, person=w.holdings[0].person)
    html = shown(w.client())
    assert "You have 2 unread notices in your other roles" in html
    assert "Payment at discharge" not in html


def test_the_list_asks_as_much_for_one_as_for_three_hundred(w):
    client, counts = w.client(), []
    for more in (1, 2, 297):
        held = w.holdings[0]
        start = Notice.objects.count()
        Notice.objects.bulk_create(
            Notice(
                key=f"n{start + n}",
                person=held.person,
                role=held.role,
                kind="matter_withdrawn",
                about="matter",
                about_id=w.matter.pk,
                at=NOW,
                made_at=NOW,
            )
            for n in range(more)
        )
        shown(client)
        with CaptureQueriesContext(connection) as asked:
            shown(client)
        counts.append(len(asked))
    assert counts[0] == counts[1] == counts[2]
    assert "Older" in shown(client)
    assert client.get("/aviseringar/?sida=6").status_code == 200
    assert client.get("/aviseringar/?sida=x").status_code == 200


def choice(**other):
    return {group.value: Rhythm.DAILY.value for group in Group} | {"language": "en"} | other


def test_one_chooses_what_to_get_letters_about_and_bad_input_stays(w):
    client, page = w.client(), reverse("notice_choices")
    assert client.post(page, choice(asked="never")).status_code == 302
    person = w.holdings[0].person
    assert Choice.objects.get(person=person, group="asked").rhythm == "never"
    assert LetterLanguage.objects.get(person_id=person.pk).language == "en"
    answer = client.post(page, choice(asked="hourly", moved="weekly"))
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "Choose how often." in html
    assert re.search(r'name="moved" value="weekly"[^>]* checked', html), "what was chosen stays"


def test_letters_that_come_back_are_told_and_tried_again(w):
    client, person = w.client(), w.holdings[0].person
    DeadAddress.objects.create(address=person.email, since=NOW, status="5.1.1")
    assert "Letters to you come back" in shown(client)
    assert "The address works: try again" in shown(client, "notice_choices")
    assert "Letters go to the address again." in client.post(reverse("try_address_again"), follow=True).content.decode()
    assert not DeadAddress.objects.exists()
    again = client.post(reverse("try_address_again"), follow=True).content.decode()
    assert "there is nothing to try again" in again


def test_letters_of_one_kind_are_ended_by_a_link_without_signing_in(w, settings):
    """The page asks, a press ends; a mail program that knows RFC 8058 posts at once, without a page of ours."""
    person = w.holdings[0].person
    address = reverse("stop_letters", args=[ticket_of(person.pk, Group.MOVED, None)])
    strict = Client(enforce_csrf_checks=True)
    assert "Avsluta brev av det här slaget?" in strict.get(address).content.decode()
    assert not Choice.objects.exists()
    answer = strict.post(address, {"List-Unsubscribe": "One-Click"})
    assert (answer.status_code, Choice.objects.get().rhythm) == (200, "never")
    assert strict.post(address).status_code == 200
    forged = address.replace(person.pk, w.holdings[1].person_id)
    assert [strict.get(each).status_code for each in (forged, reverse("stop_letters", args=["x"]))] == [404, 404]
    person.is_active = False
    person.save()
    assert strict.post(address).status_code == 404


def test_an_old_link_does_not_end_letters_that_were_chosen_anew(w, settings):
    """A link ends the choice that its letter came of. Saving the same once more is no new choice, ending twice no fault."""
    person, client = w.holdings[0].person, Client()
    old = reverse("stop_letters", args=[ticket_of(person.pk, Group.MOVED, None)])
    page = reverse("notice_choices")
    usual = wishes_of(w.actor(0)).rhythms
    same = {group.value: rhythm.value for group, rhythm in usual.items()} | {"language": "sv"}
    w.client().post(page, same)
    assert [client.post(old).status_code, client.post(old).status_code] == [200, 200]
    w.client().post(page, same | {"moved": "weekly"})
    for answer in (client.get(old), client.post(old)):
        assert answer.status_code == 410
        assert "Du har ändrat dina val av brev sedan dess" in answer.content.decode()
    assert Choice.objects.get(group="moved").rhythm == "weekly"
    newer = ticket_of(person.pk, Group.MOVED, chosen_by([person.pk])[(person.pk, "moved")])
    assert client.post(reverse("stop_letters", args=[newer])).status_code == 200
    assert Choice.objects.get(group="moved").rhythm == "never"
    before_this = signing.Signer(salt=SALT).sign(f"{person.pk}.asked").replace(":", "-", 1)
    assert client.get(reverse("stop_letters", args=[before_this])).status_code == 200


def test_the_bell_counts_what_the_list_shows_and_nothing_else(w):
    """Left the collaboration: what happened there is told no more, and the bell does not ring for it."""
    notices(w, 3)
    Notice.objects.filter(key="0:2").update(kind="of a version to come")
    Participation.objects.filter(organisation=w.holdings[0].role.organisation).update(left_on=f.START.replace(month=3))
    elsewhere = f.matter(w.collaboration, title="Not yet sent out", stage="draft")
    Notice.objects.filter(key="0:1").update(about_id=elsewhere.pk)
    html = shown(w.client())
    assert "unread" not in html
    assert "marked as read" in w.client().post(reverse("mark_notices_read"), follow=True).content.decode()


@pytest.mark.parametrize("until", ["0001-01-01T00:00:00+02:00", "9999-12-31T23:59:59-02:00", "x", ""])
def test_a_moment_that_no_calendar_here_has_marks_nothing_wrong(w, until):
    notices(w, 1)
    assert w.client().post(reverse("mark_notices_read"), {"until": until}).status_code == 302


def test_the_link_in_a_letter_is_that_link(w, settings):
    settings.ORIGIN = "http://testserver"
    notices(w, 1)
    Choice.objects.create(person=w.holdings[0].person, group="moved", rhythm="now")
    with transaction.atomic():
        deliver([w.holdings[0].person_id], ["now"], NOW)
    work(NOW)
    letter = next(each for each in mail.outbox if each.to == [w.holdings[0].person.email])
    link = letter.extra_headers["List-Unsubscribe"].strip("<>").removeprefix("http://testserver")
    assert Client().post(link).status_code == 200


def test_the_coordinator_sets_the_collaborations_reminders(w):
    page = reverse("reminder_days", args=[w.collaboration.pk])
    lead = w.lead()
    assert 'value="7, 1"' in lead.get(page).content.decode()
    assert lead.post(page, {"days": "14, 3"}).status_code == 302
    assert ReminderRule.objects.get().days == [14, 3]
    for typed, told in (("soon", "“soon” is no whole number of days."), ("900", "900"), ("1 2 3 4 5 6", "At most 5")):
        answer = lead.post(page, {"days": typed})
        assert answer.status_code == 422
        assert told in answer.content.decode()
        assert f'value="{typed}"' in answer.content.decode()
    assert w.client().get(page).status_code == 403
    assert lead.post(page, {"days": ""}).status_code == 302
    assert ReminderRule.objects.get().days == []


def test_the_same_over_json(w):
    notices(w, 3)
    client = client_of(w.holdings[0])
    said = client.get("/api/v1/notices").json()
    assert (len(said["notices"]), said["unread"]) == (3, 3)

    def send(method, path, body):
        return getattr(client, method)(f"/api/v1{path}", body, content_type="application/json")

    assert send("post", "/notices/reading", {"until": said["until"]}).json() == {"marked": 3}
    assert client.get("/api/v1/letters").json()["rhythms"]["asked"] == "now"
    assert send("put", "/letters", {"rhythms": {"asked": "weekly"}}).json()["rhythms"]["asked"] == "weekly"
    assert send("put", "/letters", {"rhythms": {"asked": "hourly"}}).status_code == 422
    assert send("post", "/letters/address", {}).status_code == 409
    days = f"/collaborations/{w.collaboration.pk}/reminder-days"
    assert client.get(f"/api/v1{days}").json() == {"days": [7, 1]}
    assert send("put", days, {"days": [3]}).status_code == 403
    lead = client_of(w.coordinator)
    assert lead.put(f"/api/v1{days}", {"days": [3]}, content_type="application/json").json() == {"days": [3]}
