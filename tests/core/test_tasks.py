"""The queue: done once, taken over when a worker is gone, tried again with a growing pause, calm about jumping clocks."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction

from samordna.core import tasks
from samordna.core.models import Schedule, Task
from samordna.core.tasks import Job, Later, LostLease
from tests.factories import NOW

pytestmark = pytest.mark.django_db
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@pytest.fixture
def done(monkeypatch):
    """What has been done, by a task that does what its arguments say."""
    found: list[str] = []

    def run(arguments, at):
        found.append(arguments["what"])
        if arguments["what"] == "fail":
            raise ValueError("It does not work.")
        if arguments["what"] == "later":
            raise Later("The server is away.")

    monkeypatch.setitem(tasks.KINDS, "try", tasks.TaskKind(name="try", run=run, attempts=3, whole=False))
    monkeypatch.setattr(tasks, "SCHEDULES", {})
    return found


def queue(what, at=NOW, key=""):
    tasks.enqueue("try", [Job(key=key or what, arguments={"what": what})], at)


def test_work_is_done_once_in_the_order_it_was_due(done):
    queue("second", NOW + MINUTE)
    queue("first")
    queue("first")
    while tasks.work_once(NOW + 2 * MINUTE):
        pass
    assert done == ["first", "second"]
    assert not tasks.waiting().exists()


def test_work_that_is_not_due_waits(done):
    queue("soon", NOW + MINUTE)
    assert not tasks.work_once(NOW)
    assert tasks.work_once(NOW + MINUTE)


def test_work_whose_transaction_is_undone_was_never_queued(done):
    with transaction.atomic():
        queue("undone")
        transaction.set_rollback(True)
    assert not tasks.work_once(NOW)


def test_a_lease_keeps_others_away_until_it_has_run_out(done):
    queue("held")
    first = tasks.take(NOW)
    assert tasks.take(NOW + MINUTE) is None
    second = tasks.take(NOW + tasks.LEASE)
    assert (second.pk, second.attempts) == (first.pk, 2)
    assert second.lease != first.lease


def test_whoever_lost_its_lease_cannot_finish_and_what_it_wrote_is_undone(done, monkeypatch):
    """A worker thought dead wakes up after another has taken its work over: its transaction is rolled back."""
    queue("whole")
    slow = tasks.take(NOW)
    tasks.take(NOW + tasks.LEASE)

    def write(arguments, at):
        Schedule.objects.create(name="written by the slow one", next_at=at)

    kind = tasks.TaskKind(name="try", run=write, attempts=3, whole=True)
    with pytest.raises(LostLease):
        tasks._run(kind, slow, NOW)
    assert not Schedule.objects.exists()


def test_what_fails_comes_back_with_a_growing_pause_and_is_given_up(done):
    queue("fail")
    at, pauses = NOW, []
    for _attempt in range(2):
        tasks.work_once(at)
        due = Task.objects.get().due_at
        pauses.append(due - at)
        at = due
    tasks.work_once(at)
    assert pauses == [timedelta(seconds=30), timedelta(minutes=2)]
    row = Task.objects.get()
    assert (row.failed_at, row.error, len(done)) == (at, "ValueError: It does not work.", 3)
    assert not tasks.work_once(at + 9 * DAY)
    assert tasks.try_again(at) == 1
    assert tasks.work_once(at)


def test_what_kills_its_worker_each_time_is_given_up(done):
    queue("poison")
    for number in range(3):
        tasks.take(NOW + number * tasks.LEASE)
    tasks.work_once(NOW + 3 * tasks.LEASE)
    assert done == []
    assert "never came to an end" in Task.objects.get().error


def test_when_the_server_is_away_everything_of_its_kind_waits_and_only_one_has_tried(done):
    queue("later")
    queue("other")
    tasks.work_once(NOW)
    assert not tasks.work_once(NOW)
    assert [row.attempts for row in Task.objects.order_by("pk")] == [1, 0]
    assert {row.due_at for row in Task.objects.all()} == {NOW + timedelta(seconds=30)}


def test_a_name_that_this_version_does_not_know_is_given_up_and_says_so(done):
    tasks.enqueue("gone", [Job(key="1", arguments={})], NOW)
    assert tasks.work_once(NOW)
    assert Task.objects.get().failed_at == NOW


@pytest.mark.parametrize("ahead", [30 * DAY, 4000 * DAY])
def test_a_clock_that_jumps_forward_makes_one_run_and_not_a_thousand(done, monkeypatch, ahead):
    monkeypatch.setattr(tasks, "SCHEDULES", {"try": tasks.daily(7)})
    tasks.tick(NOW)
    for _round in range(5):
        tasks.tick(NOW + ahead)
    assert Task.objects.filter(name="try").count() == 1


def test_a_clock_that_goes_back_makes_no_run_twice_and_does_not_sleep_for_years(done, monkeypatch):
    monkeypatch.setattr(tasks, "SCHEDULES", {"try": tasks.daily(7)})
    tasks.tick(NOW)
    tasks.tick(NOW + DAY)
    tasks.tick(NOW + 4000 * DAY)
    assert Task.objects.count() == 2
    tasks.tick(NOW)
    assert Schedule.objects.get().next_at == tasks.daily(7)(NOW)
    tasks.tick(NOW + DAY)
    tasks.tick(NOW + 2 * DAY)
    assert Task.objects.count() == 2, "the clock that was ahead has made that morning's run"
    tasks.tick(NOW + 3 * DAY)
    assert Task.objects.count() == 3


def test_leases_and_due_times_from_a_clock_that_was_ahead_hold_nobody_up(done):
    queue("written in the future", NOW + 4000 * DAY)
    assert tasks.take(NOW) is not None
    Task.objects.update(leased_until=NOW + 4000 * DAY)
    assert tasks.take(NOW) is not None


def test_the_morning_is_the_morning_here_also_when_the_clocks_change():
    winter, summer = tasks.daily(7)(NOW), tasks.daily(7)(NOW.replace(month=6))
    assert (winter.astimezone(NOW.tzinfo).hour, summer.astimezone(NOW.tzinfo).hour) == (6, 5)
    monday = tasks.daily(7, 15, 0)(NOW)
    assert (monday.weekday(), monday > NOW, monday <= NOW + 7 * DAY) == (0, True, True)
