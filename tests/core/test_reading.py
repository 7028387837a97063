"""What is asked once per reading is asked anew everywhere else, and never answered to somebody else."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from samordna.core import clock
from samordna.core.reading import only_reading, until_written
from samordna.domain.collaborations.access import facts_for, reach
from tests import factories as f

pytestmark = pytest.mark.django_db


@pytest.fixture
def taking_part():
    """A representative of a participant, and the taking part."""
    part = f.participation(f.collaboration())
    return f.actor(part.organisation), part


def test_the_facts_are_asked_for_once_in_a_reading(taking_part):
    actor, _part = taking_part
    with only_reading(), CaptureQueriesContext(connection) as first:
        facts_for(actor)
        asked = len(first)
        assert facts_for(actor) == facts_for(actor)
        assert len(first) == asked > 0


def test_a_write_is_seen_at_once_outside_a_reading(taking_part):
    actor, part = taking_part
    assert reach(actor, f.NOW)[0] == [part.collaboration_id]
    part.left_on = clock.day(f.NOW)
    part.save()
    assert reach(actor, f.NOW)[0] == []


def test_the_next_reading_begins_anew(taking_part):
    actor, part = taking_part
    with only_reading():
        assert reach(actor, f.NOW)[0] == [part.collaboration_id]
    part.left_on = clock.day(f.NOW)
    part.save()
    with only_reading():
        assert reach(actor, f.NOW)[0] == []


def test_nobody_gets_the_facts_of_somebody_else(taking_part):
    actor, part = taking_part
    stranger = f.actor(f.organisation())
    with only_reading():
        assert reach(actor, f.NOW)[0] == [part.collaboration_id]
        assert reach(stranger, f.NOW) == ([], [])
        assert facts_for(stranger) != facts_for(actor)


def test_an_operation_asks_anew_when_it_has_written_or_waited_for_a_lock(taking_part):
    actor, part = taking_part

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            facts_for(actor)
        return len(queries)

    with until_written():
        assert asked() > 0
        assert asked() == 0
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 -- as if FOR UPDATE")
        assert asked() > 0, "somebody else may have written while one waited"
        with transaction.atomic():
            assert asked() == 0
            part.left_on = clock.day(f.NOW)
            part.save()
            assert reach(actor, f.NOW)[0] == []
            transaction.set_rollback(True)
        assert reach(actor, f.NOW)[0] == [part.collaboration_id], "what was rolled back never was"
    assert asked() > 0
    assert asked() > 0
