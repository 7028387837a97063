"""What a meeting has noted and decided stands: it is not taken out of the agenda, and its meeting ends in order."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from django.urls import reverse

from samordna.core import clock
from samordna.core.errors import Invalid, Refused
from samordna.domain.forums import operations as forums
from samordna.domain.forums.models import Item, Seat
from samordna.domain.minutes.queries.gathering import gather
from samordna.domain.proceedings import operations as do
from tests.domain.collaborations.setting import client_of
from tests.domain.proceedings.world import Sat, sat
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def refusals_on(met: Sat, name: str) -> list[str]:
    """The sentences on the controls that are not for use now, as whoever prepares and keeps the notes sees them."""
    Seat.objects.get_or_create(
        forum=met.forum, role_id=met.coordinator.role_id, defaults={"task": "secretary", "valid_from": clock.day(NOW)}
    )
    about = met.item.pk if name == "item" else met.meeting.pk
    page = client_of(met.coordinator).get(reverse(name, args=[about])).content.decode()
    return [part.split(">", 1)[1].split("<")[0] for part in page.split('class="refusal"')[1:]]


def test_what_is_noted_or_decided_stays_at_its_meeting():
    met = sat(method="majority").opened().there()
    about = {"actor": met.coordinator, "item_id": met.item.pk, "at": NOW}
    meeting = {"actor": met.coordinator, "meeting_id": met.meeting.pk, "at": NOW}
    again = {"on": clock.day(NOW) + timedelta(days=1), "begins": time(9), "ends": time(10)}
    for act in (lambda: forums.cancel_meeting(**meeting, reason="x"), lambda: forums.change_meeting(**meeting, **again)):
        with pytest.raises(Refused, match="har öppnats"):
            act()
    with pytest.raises(Refused, match="pågår"):
        forums.hold_meeting(**meeting)
    question = met.ask()
    shown = {name: refusals_on(met, name) for name in ("meeting", "proceedings", "item")}
    assert [sorted({each.split()[0] for each in shown[name]}) for name in shown] == [["En", "Mötet"], ["En"], ["Något"]]
    met.say(question, met.given.manager, "yes")
    met.say(question, met.given.other_manager, "yes")
    later = NOW + timedelta(minutes=9)
    for act in (forums.carry_item, forums.take_up_item):
        with pytest.raises(Refused, match="fortfarande öppen"):
            act(**about)
    turned, here = "Ja\u202e", {"meeting_id": met.meeting.pk, **met.keeping}
    for act in (
        lambda: met.ask(text=turned),
        lambda: met.ask(method="approval", options=["Annat", turned]),
        lambda: do.note_attendance(name=turned, **here),
        lambda: do.note_action_point(what=turned, owner_role_id=met.secretary.role_id or "", **here),
        lambda: do.settle_question(question_id=question.pk, statement=turned, actor=met.secretary, at=later),
        lambda: do.reserve_oneself(actor=met.given.manager, question_id=question.pk, text=turned, at=NOW),
    ):
        with pytest.raises(Invalid, match="U\\+202E"):
            act()
    outcome = do.settle_question(question_id=question.pk, actor=met.secretary, at=later)
    with pytest.raises(Refused, match="står kvar"):
        forums.withdraw_item(**about, reason="Nej")
    with pytest.raises(Refused, match="står kvar"):
        forums.place_item(**about)
    with pytest.raises(Refused, match="blir kvar som det är"):
        forums.describe_item(**about, kind="discussion", title="Kostnad", area_id=met.given.area.pk)
    forums.describe_item(**about, kind="decision", title="Kostnaden", area_id=met.given.area.pk)
    aside = forums.raise_item(actor=met.coordinator, forum_id=met.forum.pk, kind="discussion", title="Övrigt", at=NOW)
    do.end_meeting(meeting_id=met.meeting.pk, actor=met.secretary, at=later)
    forums.close_forum(actor=met.coordinator, forum_id=met.forum.pk, reason="Klart", at=NOW)
    assert [Item.objects.get(pk=key).state for key in (met.item.pk, aside.pk)] == ["done", "withdrawn"]
    Item.objects.filter(pk=met.item.pk).update(state="withdrawn")  # as data from an earlier version may be
    assert [number for item in gather(met.meeting).items for number, _said in item.decided] == [outcome.reference]
