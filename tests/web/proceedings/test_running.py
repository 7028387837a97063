"""The meeting's page: kept by the secretary with plain forms, read along and voted on by those who sit there."""

from __future__ import annotations

import gzip
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samordna.core import clock
from samordna.domain.forums.models import Item, Meeting, Seat
from samordna.domain.proceedings import operations as do
from samordna.domain.proceedings.models import ActionPoint, Attendance, Note, Outcome, Question
from tests import factories as f
from tests.domain.collaborations.setting import client_of
from tests.domain.proceedings.world import Sat, sat

pytestmark = pytest.mark.django_db


def today() -> Sat:
    """The meeting is today as the clocks of the pages go."""
    met = sat(method="majority")
    now = clock.now()
    Meeting.objects.update(starts_at=now, ends_at=now + timedelta(hours=2))
    return met


def test_a_whole_meeting_is_kept_with_plain_forms_and_voted_on_from_elsewhere():
    met = today()
    page = reverse("proceedings", args=[met.meeting.pk])
    keeper, member = client_of(met.secretary), client_of(met.given.manager)

    def post(route: str, *args: str, by=keeper, status: int = 302, **data: str):
        answer = by.post(reverse(route, args=args), data)
        assert answer.status_code == status, answer.content.decode()[-3000:]
        return answer

    meeting, item = met.meeting.pk, met.item.pk
    first = keeper.get(page).content.decode()
    assert "Öppna mötet" in first
    leaving = reverse("account_logout")
    assert f'<a href="{leaving}">Logga ut</a>' in first, (
        "where notes are written signing out asks first, without scripts too"
    )
    assert f'action="{leaving}" data-signs-out' in member.get(page).content.decode()
    assert "skrivit utan att spara försvinner" in keeper.get(leaving).content.decode()
    assert "Öppna mötet" not in member.get(page).content.decode()
    post("open_meeting", meeting, by=member, status=403)
    post("open_meeting", meeting)
    assert "Mötet pågår" in member.get(reverse("meeting", args=[meeting])).content.decode()
    for seat in ("own", "other"):
        post("note_attendance", meeting, seat_id=met.seats[seat].pk)
    post("note_attendance", meeting, name="Revisorn")
    kept = post("note_attendance", meeting, name="x" * 150, status=422)
    assert "x" * 150 in kept.content.decode()
    post("begin_item", meeting, item)
    shown = keeper.get(page).content.decode()
    assert reverse("carry_item", args=[item]) not in shown
    assert 'aria-disabled="true"' in shown, "who keeps the notes and does not prepare is told why the agenda stays"
    post("write_note", meeting, item, text="Vi gick igenom kostnaden.", base="0", desk="")
    again = post("begin_item", meeting, item, status=409).content.decode()
    assert ">Vi gick igenom kostnaden.</textarea>" in again
    assert 'name="base" value="1"' in again
    long = post("write_note", meeting, item, text="x" * 50_001, base="1", desk="", status=422).content.decode()
    assert ">xxx" in long
    assert 'name="base" value="1"' in long
    told = keeper.post(
        reverse("write_note", args=[meeting, item]),
        {"text": "Mer", "base": "0", "desk": "b"},
        headers={"accept": "application/json"},
    )
    assert told.json()["beside"] is True
    assert "skrev det här samtidigt" in keeper.get(page).content.decode()
    beside = Note.objects.get(beside=True)
    post("settle_note", meeting, item, beside.pk)
    wrong = post(
        "note_action_point", meeting, what="Ring regionen", owner="finns inte", due="snart", item_id=item, status=422
    )
    assert "Ring regionen" in wrong.content.decode()
    assert "12/3 eller" in wrong.content.decode()
    post("note_action_point", meeting, what="Ring regionen", owner="", due="", item_id=item, status=422)
    owner = Seat.objects.select_related("role__organisation").get(pk=met.seats["own"].pk).role
    named = f"{owner.name}, {owner.organisation.short_name}"
    post("note_action_point", meeting, what="Ring regionen", owner=named, due="", item_id=item)
    refused = post("open_question", meeting, item, text="", method="majority", status=422)
    assert "Fyll i" in refused.content.decode()
    post("open_question", meeting, item, text="Dela lika", method="")
    question = Question.objects.get()
    assert "disabled" in keeper.get(page).content.decode()
    assert "Lägg" in member.get(page).content.decode() or "Ja" in member.get(page).content.decode()
    post("cast_vote", meeting, question.pk, by=member, choice="yes")
    post("cast_vote", meeting, question.pk, choice="yes", seat_id=met.seats["other"].pk)
    early = post("end_meeting", meeting, status=409)
    assert "fortfarande öppen" in early.content.decode()
    post("settle_question", meeting, question.pk, statement="Vi delar lika.")
    late = post("cast_vote", meeting, question.pk, by=member, choice="no", status=409)
    assert "avslutad" in late.content.decode()
    post("reserve_oneself", meeting, question.pk, by=member, text="För dyrt")
    post("finish_item", meeting, item)
    post("end_meeting", meeting)
    shown = member.get(page).content.decode()
    for said in (
        "Vi gick igenom kostnaden.",
        f"{clock.day(clock.now()).year}:1",
        "Vi delar lika.",
        "För dyrt",
        "Ring regionen",
    ):
        assert said in shown
    assert shown.count("För dyrt") == 1
    assert "Reservationer:" not in shown, "what is reserved stands once, with its words"
    assert Outcome.objects.get().result == "carried"
    assert Attendance.objects.filter(until=None).count() == 0
    point = ActionPoint.objects.get()
    assert "Ring regionen" in member.get(reverse("action_point", args=[point.pk])).content.decode()
    post("finish_action_point", point.pk, by=member, note="Ringt")
    post("reopen_action_point", point.pk, by=member)
    missing = post("change_action_point", point.pk, by=member, owner_role_id=owner.pk, reason="", status=422)
    assert "Fyll i" in missing.content.decode() or "fält" in missing.content.decode()
    post("drop_action_point", point.pk, by=member, reason="Löste sig")
    stranger = client_of(f.actor(f.organisation()))
    assert stranger.get(page).status_code == 404
    assert stranger.get(reverse("action_point", args=[point.pk])).status_code == 404


def test_the_page_asks_as_much_for_three_items_as_for_sixty_and_fits_in_its_budget():
    met = today()
    do.open_meeting(actor=met.secretary, meeting_id=met.meeting.pk)
    client, page = client_of(met.secretary), reverse("proceedings", args=[met.meeting.pk])

    def fill(many: int) -> None:
        start = Item.objects.count()
        items = [
            Item(
                forum=met.forum,
                meeting=met.meeting,
                order=start + number,
                kind="discussion",
                title=f"Punkt {number}",
                raised_at=clock.now(),
            )
            for number in range(many)
        ]
        Item.objects.bulk_create(items)
        now = clock.now()
        Note.objects.bulk_create(
            Note(item=item, number=number, text="Ord " * 40, written_at=now, written_by_id=met.secretary.holding_id)
            for item in items
            for number in (1, 2)
        )
        ActionPoint.objects.bulk_create(
            ActionPoint(meeting=met.meeting, item=item, what="Gör", owner_role_id=met.secretary.role_id, noted_at=now)
            for item in items
        )
        Question.objects.bulk_create(
            Question(item=item, text="Ja?", method="majority", voice="party", quorum="none", share="all", opened_at=now)
            for item in items
        )

    def asked() -> tuple[int, int]:
        with CaptureQueriesContext(connection) as caught:
            body = client.get(page).content
        return len(caught), len(gzip.compress(body))

    fill(3)
    few, _small = asked()
    fill(57)
    many, size = asked()
    assert many == few
    assert size < 60_000
