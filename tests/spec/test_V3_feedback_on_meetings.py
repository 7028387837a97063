"""V3: feedback on meetings is given in a minute, and answered with what was done about it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from samordna.core import clock
from samordna.core.journal import content_of
from samordna.core.models import JournalEntry, JournalPayload
from samordna.domain.forums.models import Meeting
from samordna.domain.notices.models import Notice
from samordna.domain.notices.spreading import spread
from samordna.domain.organisations.enums import RoleKind
from samordna.domain.worth.models import Check
from tests import factories as f
from tests.domain.collaborations.setting import client_of
from tests.domain.forums.world import world

pytestmark = pytest.mark.django_db
TAPS = {"worth": "no", "decided": "partly", "change": ""}


def test_v3_those_who_were_there_answer_and_are_told_what_was_changed():
    met, now = world(), clock.now()
    members = [f.actor(met.given.own, RoleKind.MANAGER) for _ in range(5)]
    for member in members:
        met.seat(member)
    meeting = Meeting.objects.create(
        forum=met.forum,
        starts_at=now - timedelta(hours=3),
        ends_at=now - timedelta(hours=1),
        planned_at=now - timedelta(days=9),
        held_at=now - timedelta(hours=1),
        state="held",
    )
    first, address = client_of(members[0]), f"/varde/mote/{meeting.pk}/"
    assert address in first.get("/").content.decode(), "one tap from Mitt"
    wrong = first.post(address, {"worth": "no", "change": "Kortare"})
    assert (wrong.status_code, "Kortare" in wrong.content.decode()) == (422, True)
    for number, member in enumerate(members):
        change = "Kortare genomgång" if number == 0 else ""
        assert client_of(member).post(address, TAPS | {"change": change}).status_code == 302
    assert address not in first.get("/").content.decode()
    assert client_of(met.given.other_manager).post(address, TAPS).status_code == 403, "was not there"

    trend, coordinator = f"/varde/forum/{met.forum.pk}/", client_of(met.coordinator)
    early = coordinator.get(trend).content.decode()
    assert "Kortare genomgång" not in early
    assert "5 svar väntar." in early
    Meeting.objects.filter(pk=meeting.pk).update(
        held_at=now - timedelta(days=8), starts_at=now - timedelta(days=8, hours=2)
    )
    shown = coordinator.get(trend).content.decode()
    assert "0 % ja" in shown
    assert "Kortare genomgång" in shown
    assert first.post(address, TAPS).status_code == 403, "the check has closed"
    reader = client_of(met.given.superior_manager).get(trend).content.decode()
    assert ("0 % ja" in reader, "Kortare genomgång" in reader) == (True, False)

    assert first.post(trend, {"text": "x"}).status_code in {403, 422}, "only those who prepare answer"
    assert coordinator.post(trend, {"text": "Genomgången är högst tio minuter."}).status_code == 302
    assert "Genomgången är högst tio minuter." in first.get(trend).content.decode()
    while spread(now):
        pass
    told = set(Notice.objects.filter(kind="meetings_improved").values_list("person_id", flat=True))
    assert told == {member.person_id for member in members}
    entries = JournalEntry.objects.filter(action__in=["meeting_checked", "meetings_improved"])
    assert {entry.subject_kind for entry in entries} == {"forum"}, "about which meeting is told nowhere"
    kept = [content_of(each) or {} for each in JournalPayload.objects.filter(pk__in=entries.values("pk"))]
    assert not any("holdings" in each or "meeting" in each for each in kept), "nor who has answered"
    assert "det här ändrades" in first.get("/aviseringar/").content.decode()


def test_v3_fewer_than_five_answers_are_shown_to_nobody():
    met, now = world(), clock.now()
    met.seat(met.given.manager)
    alone = {met.given.manager.holding_id: "Ensam"}
    five = {f.holding(met.given.own, RoleKind.OFFICER).pk: "" for _ in range(5)}
    for planned, days, answers in ((40, 20, alone), (30, 30, five)):  # what was planned first was held last
        begins, held = now - timedelta(days=planned), now - timedelta(days=days)
        meeting = Meeting.objects.create(
            forum=met.forum,
            starts_at=begins,
            ends_at=begins + timedelta(hours=1),
            planned_at=begins,
            held_at=held,
            state="held",
        )
        for pk, said in answers.items():
            Check.objects.create(meeting=meeting, holding_id=pk, worth="no", decided="no", change=said, answered_at=held)
    page = client_of(met.coordinator).get(f"/varde/forum/{met.forum.pk}/").content.decode()
    assert ("Ensam" in page, "1 svar väntar." in page) == (False, True)
