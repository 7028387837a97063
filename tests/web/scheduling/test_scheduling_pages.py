"""Series and finding a time as pages, without scripts; every limit and odd night through the page; constant queries."""

from __future__ import annotations

import gzip
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from samordna.core import clock
from samordna.domain.forums.models import Meeting
from samordna.domain.scheduling.models import Asked, BusyHours, Series, TimeOption, TimeQuestion, TimeReply
from tests import factories as f
from tests.domain.collaborations.setting import client_of
from tests.domain.forums.world import world
from tests.web.organisations.test_organisation_pages import queries

pytestmark = pytest.mark.django_db
HOME = "/forum/"
TODAY = clock.day(clock.now())
WEEKLY = {"pattern": "weeks", "weekday": "1", "every": "2", "begins": "09:00", "ends": "11:00", "starts_on": f"{TODAY}"}


def fingerprint_in(page: str) -> str:
    return page.split('name="confirmed" value="')[1].split('"')[0]


def test_a_series_is_shown_before_it_is_started_then_changed_and_ended():
    met = world(place="Stadshuset")
    client, address = client_of(met.coordinator), f"{HOME}{met.forum.pk}/serie/"
    for wrong, told in (
        ({"ends": "08:00"}, "slutar senare"),
        ({"zone": "Mars/Olympus"}, "Mars/Olympus"),
        ({"pattern": "rule", "rule": "FREQ=SECONDLY"}, "högst ett möte om dagen"),
        ({"pattern": "rule", "rule": "FREQ=DAILY;COUNT=99999"}, "500"),
        ({"pattern": "rule", "rule": "X" * 1_001}, "1000"),
        ({"dates": "i morgon"}, "är inte en dag"),
    ):
        page = client.post(address, WEEKLY | wrong)
        assert (page.status_code, told in page.content.decode()) == (422, True), wrong
    night = {"pattern": "dates", "dates": "2027-03-28", "begins": "02:30", "ends": "03:30"}
    assert "visar aldrig" in client.post(address, WEEKLY | night).content.decode()
    shown = client.post(address, WEEKLY).content.decode()
    assert "Tisdagar, varannan vecka, 09.00–11.00" in shown
    assert not Series.objects.exists(), "nothing is kept before one says yes"
    other = client.post(address, WEEKLY | {"weekday": "2", "confirmed": fingerprint_in(shown)})
    assert (other.status_code, Series.objects.exists()) == (200, False), "what is confirmed is what was shown"
    page = client.post(address, WEEKLY | {"confirmed": fingerprint_in(shown)}, follow=True).content.decode()
    made = Series.objects.get()
    assert "Stadshuset" in page
    assert Meeting.objects.count() in {26, 27}
    meeting = Meeting.objects.first()
    assert "Del av en serie" in client.get(f"{HOME}mote/{meeting.pk}/").content.decode()
    assert "Tisdagar, varannan vecka" in client.get(f"{HOME}{met.forum.pk}/").content.decode()
    change = f"{HOME}serie/{made.pk}/andra/"
    begun = client.get(change).content.decode()
    seen = begun.split('name="seen" value="')[1].split('"')[0]
    moved = WEEKLY | {"weekday": "3", "place": "Hus B", "seen": seen}
    shown = client.post(change, moved).content.decode()
    client.post(change, moved | {"confirmed": fingerprint_in(shown)})
    made.refresh_from_db()
    assert made.place == "Hus B"
    late = client.post(change, moved | {"place": "Hus C", "confirmed": "x"}).content.decode()
    again = client.post(change, moved | {"place": "Hus C", "confirmed": fingerprint_in(late)})
    assert (again.status_code, "Hus B" in again.content.decode()) == (422, True), "somebody else saved meanwhile"
    ended = client.post(f"{HOME}serie/{made.pk}/avsluta/", {"from_on": f"{TODAY}"}, follow=True).content.decode()
    assert "Inga möten från och med" in ended
    assert client_of(met.given.manager).get(change).status_code == 403
    assert client_of(met.given.manager).get(f"{HOME}serie/{made.pk}/").status_code == 200


def test_a_time_is_found_by_buttons_alone():
    met = world(place="Stadshuset")
    met.seat(met.given.manager, "chair")
    met.seat(met.given.other_manager)
    client, mine = client_of(met.coordinator), client_of(met.given.manager)
    address = f"{HOME}{met.forum.pk}/tid/"
    assert "sitter i forumet" in client.get(address).content.decode()
    first = TODAY + timedelta(days=3)
    window = {"first_on": f"{first}", "last_on": f"{first + timedelta(days=13)}", "opens": "09:00", "closes": "12:00"}
    asked = {f"role_{met.given.manager.role_id}": "must", f"role_{met.given.other_manager.role_id}": "should"}
    given = {"minutes": "60", "weekdays": ["0", "1", "2", "3", "4"], **window, **asked}
    wrong = client.post(address, given | {"last_on": f"{first + timedelta(days=99)}"})
    assert (wrong.status_code, "högst 62 dagar" in wrong.content.decode()) == (422, True)
    client.post(address, given)
    question = TimeQuestion.objects.get()
    here = f"{HOME}tid/{question.pk}/"
    seen = client.get(f"{here}andra/").content.decode().split('name="seen" value="')[1].split('"')[0]
    more = given | {"title": "Köerna", "seen": seen}
    assert client.post(f"{here}andra/", more).status_code == 302
    late = client.post(f"{here}andra/", given | {"title": "Sommaren", "minutes": "90", "seen": seen})
    kept = late.content.decode()
    assert (late.status_code, "Köerna" in kept, 'value="Sommaren"' in kept, seen in kept) == (422, True, True, False)
    assert TimeQuestion.objects.get().title == "Köerna", "who saves second is told before anything is lost"
    client.post(f"{here}andra/", given | {"seen": kept.split('name="seen" value="')[1].split('"')[0]})
    organisation = Asked.objects.get(question=question, wanted="must").role.organisation_id
    client.post(f"{here}plats/", {"name": "Stadshuset, sal 3", "seats": "8", f"way_{organisation}": "25"})
    page = client.post(f"{here}foresla-basta/", follow=True).content.decode()
    assert "25 minuter från" in page
    assert "5 tider är föreslagna" in page
    assert client.post(f"{here}foresla/", {"on": "2020-01-01", "begins": "09:00"}).status_code == 422
    client.post(f"{here}foresla/", {"on": f"{first}", "begins": "07:00", "spot_id": ""})
    answer = f"{HOME}tillfragad/{Asked.objects.get(question=question, wanted='must').pk}/"
    empty = mine.post(answer, {})
    assert (empty.status_code, "minst en" in empty.content.decode()) == (422, True)
    options = list(TimeOption.objects.order_by("starts_at"))
    said = {f"suits_{options[0].pk}": "no", f"reason_{options[0].pk}": "Nämndmöte", f"suits_{options[1].pk}": "yes"}
    assert "Nämndmöte" in mine.post(answer, said, follow=True).content.decode()
    bad = mine.post(f"{answer}kalender/", {"calendar": "hej"})
    assert (bad.status_code, "ingen kalenderfil" in bad.content.decode()) == (422, True)
    event = f"BEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Tandläkaren\r\nDTSTART:{first:%Y%m%d}\r\nEND:VEVENT\r\n"
    text = f"BEGIN:VCALENDAR\r\n{event}END:VCALENDAR\r\n"
    file = SimpleUploadedFile("min.ics", text.encode())
    page = mine.post(f"{answer}kalender/", {"file": file}, follow=True).content.decode()
    assert ("1 upptagen tid" in page, "Tandläkaren" in page, BusyHours.objects.count()) == (True, False, 1)
    shown = client.get(here).content.decode()
    assert ("Har inte svarat:" in shown, ">bäst<" in shown) == (True, True)
    assert client_of(met.given.other_manager).post(answer, said).status_code == 403
    chosen = client.post(f"{HOME}tidsforslag/{options[1].pk}/valj/", {"call": "1"}, follow=True).content.decode()
    assert "Tiden är vald" in chosen
    assert "En tid är vald" in mine.get(here).content.decode()
    assert (Meeting.objects.get().starts_at, BusyHours.objects.count()) == (options[1].starts_at, 0)


def test_forty_times_and_ninety_six_roles_ask_as_few_questions_as_one_of_each():
    counted, met = set(), world()
    start = datetime(2027, 1, 4, 8, tzinfo=UTC)
    for times, roles in ((1, 1), (40, 96)):
        question = TimeQuestion.objects.create(
            forum=met.forum,
            minutes=60,
            first_on=date(2027, 1, 4),
            last_on=date(2027, 2, 12),
            weekdays=[0, 1, 2, 3, 4],
            opens="08:00",
            closes="17:00",
            asked_at=clock.now(),
        )
        options = [
            TimeOption(question=question, starts_at=start + timedelta(hours=n), proposed_at=start) for n in range(times)
        ]
        TimeOption.objects.bulk_create(options)
        asked = [Asked(question=question, role=f.role(met.given.own, name=f"Roll {n}")) for n in range(roles)]
        Asked.objects.bulk_create(asked)
        TimeReply.objects.bulk_create(
            TimeReply(option=option, asked=each, suits=("yes", "if_need_be", "no")[n % 3], answered_at=start)
            for n, each in enumerate(asked)
            for option in options
        )
        BusyHours.objects.bulk_create(
            BusyHours(
                asked=each,
                holding_id=met.coordinator.holding_id,
                given_at=start,
                since=start,
                until=start + timedelta(days=60),
                spans=[[29_984_640, 29_985_000, 0]],
            )
            for each in asked
        )
        client, here = client_of(met.coordinator), f"{HOME}tid/{question.pk}/"
        counted.add((queries(client, here), queries(client, f"{HOME}{met.forum.pk}/")))
    page = client.get(here).content
    assert len(gzip.compress(page)) < 100_000
    assert len(counted) == 1, counted
