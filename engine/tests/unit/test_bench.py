"""The benchmark asks what it says it asks, and tells what came of it."""

import json
from itertools import count

import numpy as np
import pytest

from bench import report
from bench.answer import OURS, Answer, Status
from bench.as_problem import as_problem
from bench.chart import Dot, dots
from bench.families import question
from bench.harness import DIGESTS, PROFILES, Row
from bench.ours_objects import any_clash
from bench.ours_takes_part import takes_part, takes_part_told
from bench.run import TIMES, timed
from bench.tasks import TASKS
from samordna_engine.projection.matter import Numbering

SMALL = [name for name in json.loads(DIGESTS.read_text()) if name.startswith(("county", "regions"))]


def run(status, value, seconds, clock=1.0):
    return {"status": status, "value": value, "note": "", "per": 1, "seconds": seconds, "clock": clock, "memory": 1.0}


def row(**runs):
    made = {"task": "settle", "place": "regions 0", "digest": "", "limit": 15, "time": "12:00", "load": 0.0}
    return Row(**made, runs={OURS if name == "ours" else name: [one] for name, one in runs.items()})


@pytest.mark.parametrize("name", SMALL)
def test_questions_are_those_that_were_measured_before(name):
    family, *regime, seed = name.split()
    made = question(family, int(seed), regime[0] if regime else None)
    assert made.digest() == json.loads(DIGESTS.read_text())[name]


@pytest.mark.parametrize("regime", ["vary", "clash"])
def test_problem_says_what_the_columns_say(regime):
    made = question("regions", 1, regime)
    matter = Numbering(as_problem(made)).matter({})
    assert matter.sizes == made.sizes
    assert all(np.array_equal(ours, theirs) for ours, theirs in zip(matter.cost, made.cost, strict=True))
    said = {(p, shape) for p, shape in zip(matter.own.owner.tolist(), matter.own.shape.tolist(), strict=True)}
    kept = {(p, made.shapes[s][0], made.shapes[s][1].tobytes()) for p, s in zip(made.owner, made.stated, strict=True)}
    assert {(p, matter.shapes[s].scope, matter.shapes[s].allowed.tobytes()) for p, s in said} == kept


def test_solvers_that_prove_different_answers_fail_the_row():
    same = row(ours=run(Status.PROVED, 7, 0.1), other=run(Status.PROVED, 7, 0.2))
    assert not same.disagreement
    stopped = row(ours=run(Status.PROVED, 7, 0.1), other=run(Status.STOPPED, 8, 0.2))
    assert not stopped.disagreement
    for other in (run(Status.PROVED, 8, 0.2), run(Status.IMPOSSIBLE, None, 0.2)):
        assert row(ours=run(Status.PROVED, 7, 0.1), other=other).disagreement


def test_what_another_tool_does_faster_is_told_first(tmp_path, monkeypatch):
    for name in ("FOLDER", "TABLES", "HERE"):
        monkeypatch.setattr(report, name, tmp_path / "RESULTS.md" if name == "TABLES" else tmp_path)
    slower = row(ours=run(Status.PROVED, 7, 0.1), toulbar2=run(Status.PROVED, 7, 0.05), RC2=run(Status.NONE, None, 15))
    machine = {"date": "2026-01-01", "time": "12:00 UTC", "processor": "one", "cores": 1, "load": [0.0]}
    machine |= {"system": "some", "python": "3", "versions": {"numpy": "2"}}
    report.keep(tmp_path, machine, "quick", [slower])
    page = (tmp_path / "RESULTS.md").read_text()
    ahead, rest = page.split("## Where another tool is ahead")[1].split(f"## {TASKS['settle'].title}")
    assert "| regions 0 | 100 | toulbar2 | **0.5×** | – |" in ahead
    assert "| regions 0 | 100 (100–100) | 1000 | **0.5×** | none in 15 s | 1 | 12:00, 0.0 |" in rest
    report.keep(tmp_path, machine, "quick", [row(ours=run(Status.PROVED, 7, 0.04))])
    assert "| regions 0 | 40 (40–40) | 1000 | 1 | 12:00, 0.0 |" in (tmp_path / "RESULTS.md").read_text()


def test_who_is_ahead_by_the_clock_alone_is_told_too():
    small = row(ours=run(Status.PROVED, 7, 0.004, 0.008), toulbar2=run(Status.PROVED, 7, 0.005, 0.006))
    (told,) = list(report._behind([small]))[2:]
    assert told.endswith("| regions 0 | 4 | toulbar2 | 1.2× | **0.75×** |")


def test_what_is_short_is_asked_many_times_and_must_be_the_same_each_time(monkeypatch):
    monkeypatch.setattr("bench.run.resource.setrlimit", lambda *_: None)
    assert timed(lambda *_: Answer(status=Status.PROVED, value=1), None, 1.0)["times"] == TIMES
    once = timed(lambda *_: Answer(status=Status.PROVED, value=1, per=20, seconds=2.0, clock=4.0), None, 1.0)
    assert (once["times"], once["seconds"], once["clock"]) == (1, 0.1, 0.2)
    values = count()
    with pytest.raises(ValueError, match="the first time"):
        timed(lambda *_: Answer(status=Status.PROVED, value=next(values)), None, 1.0)


def test_chart_places_values_by_their_logarithm():
    drawn = dots([Dot(row="a", series="s", value=1.0), Dot(row="b", series="t", value=100.0)], "chart")
    left, right = (f"translate({x}," for x in (130.0, 840.0))
    assert left in drawn
    assert right in drawn


@pytest.mark.parametrize("seed", [0, 1])
def test_who_takes_part_is_the_same_from_columns_and_from_objects(seed):
    made = question("county-m", seed)
    from_columns, from_objects = (ask(made, 60.0) for ask in (takes_part, takes_part_told))
    assert from_columns.status == from_objects.status == Status.PROVED
    assert from_columns.value == from_objects.value


def test_a_family_that_is_named_is_run_though_the_profile_leaves_it_out():
    quick = PROFILES["quick"]
    assert "eu" not in quick.families(TASKS["what_if"])
    assert quick.families(TASKS["what_if"], ["eu", "n-10"]) == ["eu"]


def test_any_clash_is_what_the_library_gives():
    answer = any_clash(question("county-m", 0, "clash"), 60.0)
    assert answer.status == Status.PROVED
    assert answer.note.endswith("conditions")
