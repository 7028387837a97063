"""A meeting as it goes on: as whoever keeps its notes, as somebody who reads along, and what is to be done after it."""

from __future__ import annotations

from datetime import timedelta

from samordna.core import clock
from samordna.domain.forums.models import Meeting
from samordna.domain.organisations.models import Holding
from samordna.domain.proceedings import operations as do
from samordna.domain.proceedings.models import ActionPoint
from tests.browser.pages import Visit, page
from tests.domain.proceedings.world import Sat, sat


def _holding(actor: object) -> Holding:
    return Holding.objects.get(pk=actor.holding_id)


def _going_on() -> Sat:
    met = sat(method="majority", quorum="over_half")
    now = clock.now()
    Meeting.objects.update(starts_at=now, ends_at=now + timedelta(hours=2))
    by = {"actor": met.secretary, "at": now}
    do.open_meeting(meeting_id=met.meeting.pk, **by)
    for seat in ("own", "other"):
        do.note_attendance(meeting_id=met.meeting.pk, seat_id=met.seats[seat].pk, **by)
    do.begin_item(item_id=met.item.pk, **by)
    do.write_note(item_id=met.item.pk, text="Vi gick igenom kostnaden.", desk="a", **by)
    do.write_note(item_id=met.item.pk, text="Kostnaden gicks igenom.", desk="b", **by | {"actor": met.coordinator})
    asked = do.open_question(item_id=met.item.pk, text="Vi delar lika.", **by)
    do.cast_vote(actor=met.given.manager, question_id=asked.pk, choice="no", reason="För dyrt", at=now)
    settled = do.open_question(item_id=met.item.pk, text="Vi prövar i ett år.", **by)
    for who in (met.given.manager, met.given.other_manager):
        do.cast_vote(actor=who, question_id=settled.pk, choice="yes", at=now)
    do.settle_question(question_id=settled.pk, **by)
    about = {"what": "Ring regionen", "owner_role_id": met.given.manager.role_id or "", "item_id": met.item.pk}
    do.note_action_point(meeting_id=met.meeting.pk, **about, **by)
    return met


@page("a meeting as it goes on, as whoever keeps its notes")
def keeping() -> Visit:
    met = _going_on()
    return Visit(address=f"/forum/mote/{met.meeting.pk}/pagar/", holding=_holding(met.secretary))


@page("a meeting as it goes on, as somebody who casts a voice")
def reading() -> Visit:
    met = _going_on()
    return Visit(address=f"/forum/mote/{met.meeting.pk}/pagar/", holding=_holding(met.given.manager))


@page("what is to be done after a meeting")
def point() -> Visit:
    met = _going_on()
    return Visit(address=f"/forum/atgard/{ActionPoint.objects.get().pk}/", holding=_holding(met.given.manager))


@page("handing over what is to be done")
def handing() -> Visit:
    met = _going_on()
    return Visit(address=f"/forum/atgard/{ActionPoint.objects.get().pk}/andra/", holding=_holding(met.given.manager))
