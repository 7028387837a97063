"""The engine's process: bounded, used once, and never the reason that somebody waits for ever."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from dataclasses import replace

import pytest

import samordna_engine as engine
from samordna.core.errors import Invalid, Refused, TooLarge
from samordna.domain.decisions import limits, solving, workers
from samordna.domain.decisions import operations as do
from samordna.domain.decisions.enums import AttemptResult
from samordna.domain.decisions.problem import question_of
from samordna.domain.decisions.turnstile import Full, Turnstile
from tests.domain.decisions.world import World
from tests.factories import NOW

pytestmark = pytest.mark.engine_process

SLEEPS = [sys.executable, "-c", "import time; time.sleep(60)"]
EATS = [sys.executable, "-c", "import resource; resource.setrlimit(resource.RLIMIT_AS, (2**28, 2**28)); bytearray(2**30)"]
TALKS = [sys.executable, "-c", "print('once upon a time')"]


@pytest.fixture
def another_worker(monkeypatch):
    """Start this command instead of the engine's worker, from the next question on."""

    def use(command: list[str]) -> None:
        workers.stop()
        monkeypatch.setattr(workers, "command", lambda: command)

    yield use
    workers.stop()


@pytest.fixture
def problem(world: World) -> engine.Problem:
    return question_of(world.matter, NOW).problem


def test_a_worker_that_is_silent_is_killed_in_time(problem, another_worker, settings, monkeypatch):
    another_worker(SLEEPS)
    settings.SOLVE_SECONDS = 0.1
    monkeypatch.setattr(workers, "GRACE_SECONDS", 0.2)
    began = time.monotonic()
    solved = solving.settle(problem, queue="a")
    assert solved.result == AttemptResult.UNFINISHED
    assert solved.outcome == engine.Unfinished(stopped_by="time", limit="0.1 s")
    assert time.monotonic() - began < 5


@pytest.mark.parametrize("command", [EATS, TALKS, ["false"], ["true"]])
def test_a_worker_that_falls_over_is_an_answer(problem, another_worker, command):
    another_worker(command)
    solved = solving.settle(problem, queue="a")
    assert (solved.result, solved.outcome) == (AttemptResult.FAILED, None)
    assert "Nothing has been changed" in solved.failure
    assert solving.weigh(problem, {}, {}, queue="a") == {}


def test_a_failure_is_kept_as_an_attempt(world, another_worker):
    another_worker(["false"])
    attempt = do.propose_by_engine(actor=world.coordinator, matter_id=world.matter.pk, at=NOW)
    assert (attempt.result, attempt.proposals.count()) == (AttemptResult.FAILED, 0)
    assert "tell the host" in attempt.outcome["failure"]


def test_a_check_stands_without_its_weighing(world, another_worker):
    proposal = do.propose_by_hand(
        actor=world.coordinator, matter_id=world.matter.pk, title="A", frame=world.frame(transition="6"), at=NOW
    )
    another_worker(["false"])
    checked = do.check_proposal(actor=world.coordinator, proposal_id=proposal.pk, at=NOW)
    assert (checked.verdict, checked.balance) == ("respects", {})


def test_the_worker_is_told_its_bounds(settings):
    settings.SOLVE_MEGABYTES, settings.SOLVE_SECONDS = 300, 4
    assert workers.command()[-4:] == ["--memory", "300", "--cpu", "7"]


def test_a_spare_that_died_while_it_waited_is_replaced(problem):
    workers.get_ready()
    (spare,) = workers._spares.ready
    os.kill(spare.pid, signal.SIGKILL)
    spare.wait()
    assert solving.settle(problem, queue="a").result == AttemptResult.SETTLED


def test_one_worker_is_kept_ready_and_each_is_used_once(problem):
    workers.get_ready()
    (first,) = workers._spares.ready
    solving.settle(problem, queue="a")
    (second,) = workers._spares.ready
    assert first.returncode == 0
    assert first.pid != second.pid


def test_workers_end_with_us():
    workers.get_ready()
    (spare,) = workers._spares.ready
    workers.stop()
    assert (workers._spares.ready, spare.returncode) == ([], -signal.SIGKILL)


def test_a_worker_ends_when_its_pipe_closes():
    worker = workers._start()
    _out, _err = worker.communicate(b"", timeout=20)
    assert worker.returncode is not None


def test_a_forked_process_leaves_its_parents_workers_alone():
    workers.get_ready()
    (spare,) = workers._spares.ready
    workers._forget()
    assert workers._spares.ready == []
    assert spare.poll() is None
    workers._end(spare)


def test_the_secret_key_is_not_handed_on(monkeypatch):
    monkeypatch.setenv("SAMORDNA_DATABASE", "postgresql://user:secret@host/name")
    assert "secret" not in str(workers._environment())


@pytest.mark.parametrize(
    ("limit", "name"),
    [
        ("ASPECTS", "aspects in a matter"),
        ("PARTICIPANTS", "participants in a matter"),
        ("STATEMENTS", "conditions and needs"),
    ],
)
def test_what_is_too_large_is_refused_before_it_is_asked(problem, monkeypatch, limit, name, another_worker):
    another_worker(["false"])
    monkeypatch.setattr(limits, limit, 2)
    with pytest.raises(TooLarge, match=f"at most 2 {name}.*this matter has 3"):
        solving.settle(problem, queue="a")
    monkeypatch.setattr(limits, limit, 3)
    assert solving.settle(problem, queue="a").result == AttemptResult.FAILED


def test_every_limit_of_the_engine_has_a_name_here(problem):
    with pytest.raises(engine.TooLarge) as refused:
        solving.refuse_if_too_large(problem, replace(limits.engine_limits(), numbers=1))
    assert refused.value.limit in limits.NAMES


def test_a_change_that_the_engine_does_not_understand_is_told(problem):
    with pytest.raises(Invalid, match="could not be asked"):
        solving.what_if(problem, [{"change": "drop_condition", "condition": "nothing"}], queue="a")


def test_five_wait_and_the_sixth_is_told_to_come_back(problem, another_worker, settings, monkeypatch):
    another_worker(SLEEPS)
    settings.SOLVE_SECONDS = 30
    monkeypatch.setattr(solving, "_turnstile", Turnstile(running=1, waiting=0, seconds=1))
    with solving._turnstile.turn("busy"), pytest.raises(Refused, match="already has a calculation running"):
        solving.settle(problem, queue="busy")


def test_the_line_is_counted_per_name():
    line = Turnstile(running=1, waiting=0, seconds=0.1)
    with line.turn("a"), line.turn("b"), pytest.raises(Full), line.turn("a"):
        pytest.fail("Two at a time came through.")


def test_whoever_waits_gets_a_turn_when_the_first_is_done():
    line, order = Turnstile(running=1, waiting=5, seconds=5), []

    def go(name: str) -> None:
        with line.turn("a"):
            order.append(name)
            time.sleep(0.05)
            order.append(name)

    threads = [threading.Thread(target=go, args=(str(n),)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert order[::2] == order[1::2]
    assert sorted(order) == sorted("00112233")


def test_nobody_waits_for_ever():
    line = Turnstile(running=1, waiting=5, seconds=0.05)
    with line.turn("a"), pytest.raises(Full), line.turn("a"):
        pytest.fail("Two at a time came through.")
    with line.turn("a"):
        pass
