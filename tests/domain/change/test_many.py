"""Many open chains: all are placed and counted, but the words of those alone that are shown are read, batch by batch."""

from __future__ import annotations

import gc
import tracemalloc

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samordna.core import clock
from samordna.domain.change.models import Chain
from samordna.domain.change.queries import board, reading
from samordna.domain.change.queries.facts import facts_of, whole
from samordna.domain.notices.change_due import BATCH, change_due
from tests.api.test_collaborations import get
from tests.domain.change.going import analysed, begun, planned, taken
from tests.domain.change.many import many_chains
from tests.domain.collaborations.setting import client_of, setting

pytestmark = pytest.mark.django_db


def test_what_is_read_as_rows_is_what_the_rules_are_told_of_a_whole_chain():
    given = setting()
    begun(given, given.coordinator)
    _chain, needs = analysed(given, given.manager, needs=3)
    taken(given.manager, needs[0])
    planned(given.manager, needs[0])
    many_chains(given, 5)
    there = [given.own.pk]
    as_models = {one.pk: facts_of(one, there) for one in whole(Chain.objects.all())}
    given.collaboration.participations.exclude(organisation=given.own).update(left_on=clock.day(clock.now()))
    read = list(reading.read_chains(Chain.objects.all(), clock.day(clock.now()), 2))
    assert {one.id: one.facts for one in read} == as_models
    assert len(read) == 7


def test_the_board_has_all_chains_whatever_batches_they_are_read_in(monkeypatch):
    given = setting()
    many_chains(given, 11)
    whole_board = board.board_page(given.coordinator, clock.now(), {})
    monkeypatch.setattr(reading, "BATCH", 4)
    monkeypatch.setattr(board, "SHOWN", 3)
    pages = [board.board_page(given.coordinator, clock.now(), {}, n) for n in (1, 2, 3, 4)]
    assert [one for page in pages for one in page.rows] == list(whole_board.rows)
    assert {page.total for page in pages} == {11}
    walked = [get(client_of(given.coordinator), f"/chains?page={n}&size=3")["items"] for n in (1, 2, 3, 4)]
    assert [row["id"] for rows in walked for row in rows] == [one.id for one in whole_board.rows]


def test_the_words_of_those_alone_that_are_shown_are_read(monkeypatch):
    monkeypatch.setattr(board, "SHOWN", 2)
    given = setting()
    many_chains(given, 9)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        found = board.board_page(given.coordinator, clock.now(), {})
    assert [one.waits.about[:4] for one in found.rows] == ["Göra", "Göra"]
    words = [one["sql"] for one in asked if '"what"' in one["sql"] or '"text"' in one["sql"]]
    assert words
    assert all(sql.count("Kedja") == 0 and " IN (" in sql and sql.count(",") < 6 for sql in words), words


def peak(call):
    """The most memory that it holds at a time."""
    gc.collect()
    tracemalloc.start()
    call()
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most


def test_the_reminders_of_many_chains_take_no_more_memory_than_those_of_few():
    given = setting()
    many_chains(given, 3 * BATCH, needs=1)

    def run():
        return sum(1 for _one in change_due({}, clock.now()))

    first = run()
    few = peak(run)
    many_chains(given, 7 * BATCH, needs=1)
    many = peak(run)
    assert run() > first > 0
    assert many < few * 1.5, (few, many)
