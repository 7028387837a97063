"""Withdrawal bites at once, also while others are reading: no request that starts after it is acknowledged yields data."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from time import monotonic

import pytest
from django.db import connection, connections
from django.test import Client

from samordna.core import clock
from samordna.domain.collaborations.models import Participation
from samordna.domain.organisations.models import Holding, Person
from tests import factories as f

ROUNDS, READERS, LONGEST = 3, 3, 60.0
SECRET = "zqkanariefagel"


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def signed_in(person: Person) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(person)
    return client


Answer = tuple[float, bool]


def read(client: Client, path: str, over: Event, late: Event, seen: list[Answer]) -> None:
    """Ask until told to stop; when each request started, and whether it was answered with data, goes into `seen`."""
    deadline = monotonic() + LONGEST
    try:
        if connection.vendor == "sqlite":  # the tests' database lies in memory, where readers would lock whole tables
            connection.cursor().execute("PRAGMA read_uncommitted = 1")
        while not over.is_set() and monotonic() < deadline:
            started = monotonic()
            seen.append((started, SECRET in client.get(path).content.decode(errors="replace")))
            if seen[-1][1]:
                late.set()
    finally:
        connections.close_all()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("what", ["participation", "holding", "account"])
def test_no_request_that_starts_after_a_withdrawal_yields_data(what: str) -> None:
    before = after = 0
    for _round in range(ROUNDS):
        matter = f.matter(title=SECRET)
        part = f.participation(matter.collaboration)
        held = f.holding(part.organisation)
        over, seen_once = Event(), Event()
        clients = [signed_in(held.person) for _ in range(READERS)]
        with ThreadPoolExecutor(READERS) as pool:
            answers: list[Answer] = []
            path = f"/fragor/{matter.pk}/"
            readers = [pool.submit(read, client, path, over, seen_once, answers) for client in clients]
            assert seen_once.wait(LONGEST), "nobody ever saw the matter"
            withdraw(what, part, held)
            acknowledged = monotonic()
            while monotonic() < acknowledged + LONGEST and sum(began >= acknowledged for began, _ in answers) < READERS:
                over.wait(0.02)
            over.set()
            for reader in readers:
                reader.result()
        before += sum(data for started, data in answers if started < acknowledged)
        after += sum(1 for started, _data in answers if started >= acknowledged)
        assert not [started for started, data in answers if started >= acknowledged and data]
    assert before
    assert after


def withdraw(what: str, part: Participation, held: Holding) -> None:
    today = clock.day(clock.now())
    if what == "participation":
        Participation.objects.filter(pk=part.pk).update(left_on=today)
    elif what == "holding":
        Holding.objects.filter(pk=held.pk).update(valid_to=today)
    else:
        Person.objects.filter(pk=held.person_id).update(is_active=False)
