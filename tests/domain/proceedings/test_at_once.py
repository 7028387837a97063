"""Several at the same moment: ten who write of one item lose nothing; of two who close a question, or lock minutes, one
does."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import pytest
from django.db import OperationalError, connections

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Refused
from samordna.core.models import JournalEntry
from samordna.domain.forums.models import Seat
from samordna.domain.minutes import operations as minutes
from samordna.domain.minutes.models import LockedMinutes, Minutes
from samordna.domain.proceedings import operations as do
from samordna.domain.proceedings.models import Note, Outcome
from tests import factories as f
from tests.domain.proceedings.world import sat
from tests.factories import NOW

R = TypeVar("R")
WRITERS, TIMES, PATIENCE = 10, 3, 60.0


def insisting(call: Callable[[], R]) -> R:
    """As a page does: what was not answered is sent again."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return call()
        except OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.02)


@pytest.mark.django_db(transaction=True)
def test_ten_who_write_at_once_lose_nothing_and_of_two_who_close_one_does():
    met = sat(method="majority").opened().there()
    keepers = [f.actor(met.given.other) for _ in range(WRITERS)]
    for keeper in keepers:
        Seat.objects.create(forum=met.forum, role_id=keeper.role_id or "", task="secretary", valid_from=clock.day(NOW))

    def write(keeper: Actor) -> str:
        try:
            base, text = 0, ""
            for turn in range(TIMES):
                text = f"{keeper.role_id} skrev {turn}"
                note = insisting(
                    lambda text=text, base=base: do.write_note(
                        actor=keeper, item_id=met.item.pk, text=text, base=base, desk=keeper.role_id or "", at=NOW
                    )
                )
                base = base if note.beside else note.number
            return text
        finally:
            connections.close_all()

    with ThreadPoolExecutor(WRITERS) as pool:
        acknowledged = set(pool.map(write, keepers))
    head = Note.objects.filter(beside=False).latest("number")
    standing = {head.text, *Note.objects.filter(beside=True, settled_at=None).values_list("text", flat=True)}
    assert acknowledged <= standing | set(Note.objects.values_list("text", flat=True))
    assert len(acknowledged & standing) == WRITERS

    question = met.ask()
    met.say(question, met.given.manager, "yes")

    def close(_turn: int) -> str:
        try:
            insisting(lambda: do.settle_question(actor=met.secretary, question_id=question.pk))
        except Refused:
            return "refused"
        finally:
            connections.close_all()
        return "closed"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(close, range(2))) == ["closed", "refused"]
    assert Outcome.objects.get().number == 1

    do.end_meeting(actor=met.secretary, meeting_id=met.meeting.pk)
    minutes.draft_minutes(actor=met.secretary, meeting_id=met.meeting.pk)
    Minutes.objects.update(state="adjusted", sent_at=NOW, adjusted_at=NOW)

    def lock(chair: Actor) -> str:
        try:
            insisting(lambda: minutes.lock_minutes(actor=chair, meeting_id=met.meeting.pk))
        except Refused as refused:
            return refused.reason.split()[0]
        finally:
            connections.close_all()
        return "locked"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(lock, (met.secretary, met.given.other_manager))) == ["Protokollet", "locked"]
    entries = JournalEntry.objects.filter(action="minutes_locked").count()
    assert (LockedMinutes.objects.count(), entries) == (1, 1), "nothing twice"
