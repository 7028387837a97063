"""A long meeting pack is put together in the background: waited for, fetched, the same again, and asked for anew."""

from __future__ import annotations

from datetime import timedelta

import pytest

from samordna.core import clock
from samordna.core.models import JournalEntry, Task
from samordna.domain.forums.models import Paper
from samordna.domain.minutes.limits import PACKED_AT_ONCE, PACKS_KEPT
from samordna.domain.minutes.models import Pack
from samordna.domain.minutes.tasks import clear_packs
from samordna.domain.organisations.models import Holding
from tests import factories as f
from tests.background import work
from tests.domain.collaborations.setting import client_of
from tests.domain.forums.test_meetings import bring, plan
from tests.domain.forums.world import shared
from tests.domain.minutes.world import LATER, noted
from tests.web.agreements.test_agreement_pages import text
from tests.web.organisations.test_organisation_pages import queries

pytestmark = pytest.mark.django_db
PIECE = 9_900


def long_meeting(made, *, more=0):
    """A meeting with so many papers that its pack is just too long to be made while one waits."""
    coming = plan(made.met, on=clock.day(LATER + timedelta(days=20)))
    item = bring(made.met, meeting_id=coming.pk, title="Vintern", purpose="Vi behöver råd")
    for number in range(PACKED_AT_ONCE // PIECE + 1 + more):
        Paper.objects.create(item=item, name=f"Bilaga {number}", text="Långt. " * (PIECE // 7), added_at=LATER)
    return coming, item


def test_a_long_pack_is_waited_for_then_fetched_and_is_the_same_file_again():
    made = noted()
    coming, item = long_meeting(made, more=2)
    member, chair = client_of(made.member), client_of(made.chair)
    here = f"/forum/mote/{coming.pk}/handlingar/"
    assert member.get(here).headers["Location"] == f"{here}vantan/"
    assert "Sammanställ handlingarna" in text(member, f"{here}vantan/")
    waiting = member.post(f"{here}ta-fram/", follow=True).content.decode()
    assert "Steg 1 av 2" in waiting
    assert '<noscript><meta http-equiv="refresh"' in waiting
    member.post(f"{here}ta-fram/")
    assert Pack.objects.count() == Task.objects.filter(name="minutes.pack").count() == 1, "asked for twice, made once"
    work()
    ready = text(member, f"{here}vantan/")
    assert "Handlingarna är klara" in ready
    assert "http-equiv" not in member.get(f"{here}vantan/").content.decode()
    once = member.get(here)
    assert (once.status_code, once.content[:4]) == (200, b"%PDF")
    assert member.get(here).content == once.content == chair.get(here).content, "who reads the same gets the same file"
    assert Pack.objects.count() == 1

    Paper.objects.filter(item=item).first().delete()
    assert member.get(here).status_code == 302
    assert "har ändrats sedan de sammanställdes" in text(member, f"{here}vantan/")
    member.post(f"{here}ta-fram/")
    work()
    assert member.get(here).content != once.content


def test_what_one_may_not_read_is_not_fetched_from_what_others_had_made():
    made = noted()
    _other, theirs, _member = shared(made.met)
    coming, _item = long_meeting(made)
    matter = f.matter(made.met.given.collaboration, area=made.met.given.area, purpose="Hemligt syfte")
    bring(made.met, meeting_id=coming.pk, title="Betalning", kind="decision", matter_id=matter.pk)
    here = f"/forum/mote/{coming.pk}/handlingar/"
    member, stranger = client_of(made.member), client_of(theirs)
    member.post(f"{here}ta-fram/")
    work()
    assert member.get(here).status_code == 200
    assert stranger.get(here).status_code == 302, "to the other's eyes it is another pack, and that one is not made"
    Holding.objects.filter(pk=made.member.holding_id).update(valid_to=clock.day(clock.now()))
    assert member.get(here).status_code != 200, "the right is asked for again when it is fetched"
    assert client_of(f.actor(f.organisation("Utanför"))).post(f"{here}ta-fram/").status_code == 404


def test_one_who_lost_the_right_meanwhile_gets_nothing_and_what_fails_is_tried_again(monkeypatch):
    made = noted()
    coming, _item = long_meeting(made)
    here = f"/forum/mote/{coming.pk}/handlingar/"
    member = client_of(made.member)
    member.post(f"{here}ta-fram/")
    Task.objects.filter(name="minutes.pack").update(failed_at=clock.now())
    assert "gick inte att sammanställa" in text(member, f"{here}vantan/")
    member.post(f"{here}ta-fram/")
    assert "Steg 1 av 2" in text(member, f"{here}vantan/")
    chair = client_of(made.chair)
    Holding.objects.filter(pk=made.member.holding_id).update(valid_to=clock.day(clock.now()))
    work()
    assert not Pack.objects.filter(made_at__isnull=False).exists()
    assert "Sammanställ handlingarna" in text(chair, f"{here}vantan/")


def test_packs_are_forgotten_after_some_days_and_journalled_when_asked_for():
    made = noted()
    coming, _item = long_meeting(made)
    client_of(made.member).post(f"/forum/mote/{coming.pk}/handlingar/ta-fram/")
    assert JournalEntry.objects.filter(action="pack_asked_for").exists()
    clear_packs({}, clock.now() + timedelta(days=PACKS_KEPT - 1))
    assert Pack.objects.count() == 1
    clear_packs({}, clock.now() + timedelta(days=PACKS_KEPT, minutes=1))
    assert Pack.objects.count() == 0


def test_a_short_pack_comes_at_once_and_the_waiting_page_says_so():
    made = noted()
    coming = plan(made.met, on=clock.day(LATER + timedelta(days=20)))
    here = f"/forum/mote/{coming.pk}/handlingar/"
    member = client_of(made.member)
    assert member.get(here).content[:4] == b"%PDF"
    assert "kommer på en gång" in text(member, f"{here}vantan/")


def test_the_api_says_how_far_it_has_come():
    made = noted()
    coming, _item = long_meeting(made)
    member, path = client_of(made.member), f"/api/v1/meetings/{coming.pk}/pack"
    assert member.get(path).status_code == 409
    assert member.get(f"{path}/state").json()["stage"] == "unasked"
    asked = member.post(path, {}, content_type="application/json")
    assert (asked.status_code, asked.json()["stage"]) == (202, "queued")
    work()
    state = member.get(f"{path}/state").json()
    assert (state["stage"], state["size"]) == ("ready", len(member.get(path).content))


def test_the_waiting_page_asks_as_many_questions_for_many_papers():
    made = noted()
    first, _item = long_meeting(made)
    second, _other = long_meeting(made, more=30)
    member = client_of(made.member)
    counts = {queries(member, f"/forum/mote/{each.pk}/handlingar/vantan/") for each in (first, second)}
    assert len(counts) == 1
