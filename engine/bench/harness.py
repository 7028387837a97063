"""Runs every solver on every question, each run in a process of its own, and gathers what came of it.

The solvers take turns within each repeat, so that whatever else the machine is doing falls on all of them alike. Who
proves an answer must agree with all others who do; where they differ, the row has failed and so has the whole run.
"""

import json
import os
import pickle
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any, Final

from bench.answer import OURS, Status
from bench.families import Question, question
from bench.machine import revision
from bench.tasks import Place, Task

HERE: Final = Path(__file__).parent
DIGESTS: Final = HERE / "digests.json"
ONE_THREAD: Final = dict.fromkeys(
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS"), "1"
)
SLOW: Final = 10.0
"""Seconds of a first run after which fewer repeats are enough."""

Run = Mapping[str, Any]
ANSWERED: Final = (Status.PROVED, Status.IMPOSSIBLE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """How much is run: the quick one is for every day, the full one for a table to publish."""

    name: str
    seeds: int
    repeats: int
    slow_repeats: int
    full: bool

    def families(self, task: Task, named: Sequence[str] = ()) -> list[str]:
        """The families of a task in this profile; or those of the task that are named, in the profile or not."""
        return [f for f in task.families if (f in named if named else self.full or f in task.quick)]

    def limit(self, task: Task) -> float:
        """What a solver may use for one answer, in seconds."""
        return task.limits[0 if self.full else 1]


PROFILES: Final = {
    "quick": Profile(name="quick", seeds=1, repeats=3, slow_repeats=1, full=False),
    "full": Profile(name="full", seeds=3, repeats=5, slow_repeats=3, full=True),
}


@dataclass(slots=True, kw_only=True)
class Row:
    """All runs of one task on one question, by solver; when they were made, and how busy the machine was then."""

    task: str
    place: str
    digest: str
    limit: float
    time: str
    load: float
    revision: str = ""
    runs: dict[str, list[Run]] = field(default_factory=dict)

    def median(self, solver: str) -> float | None:
        """Seconds, or None where it did not answer with a proof every time."""
        runs = self.runs.get(solver, [])
        if not runs or any(run["status"] not in ANSWERED for run in runs):
            return None
        return float(median(run["seconds"] for run in runs))

    def clock(self, solver: str) -> float | None:
        """Median seconds of the clock; None too where a run has none, or had that of other things."""
        runs = self.runs.get(solver, [])
        if not runs or any(run["status"] not in ANSWERED or run["clock"] is None for run in runs):
            return None
        return float(median(run["clock"] for run in runs))

    @property
    def disagreement(self) -> str:
        """What the solvers say, where those who prove an answer do not agree; else nothing."""
        said = {
            name: (run["status"], run["value"])
            for name, runs in self.runs.items()
            for run in runs
            if run["status"] in ANSWERED and not (run["status"] == Status.PROVED and run["value"] is None)
        }
        return "" if len(set(said.values())) <= 1 else str(said)

    @property
    def errors(self) -> dict[str, str]:
        """What went wrong, by solver."""
        return {name: run["note"] for name, runs in self.runs.items() for run in runs if run["status"] == Status.FAILED}


class Questions:
    """The questions of one run, each generated once, checked against its digest and kept in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.known: dict[str, str] = json.loads(DIGESTS.read_text()) if DIGESTS.exists() else {}
        self.made: dict[str, tuple[Path, str]] = {}

    def file(self, place: Place) -> tuple[Path, str]:
        """Where a question is, and its digest. Raises `ValueError` where it is not the question it was."""
        if place.name not in self.made:
            made = question(place.family, place.seed, place.regime)
            digest = made.digest()
            if self.known.get(place.name, digest) != digest:
                raise ValueError(f"{place.name} is another question than before: {digest}")
            self.made[place.name] = self._kept(place, made), digest
        return self.made[place.name]

    def _kept(self, place: Place, made: Question) -> Path:
        path = self.folder / f"{place.name.replace(' ', '-')}.pickle"
        path.write_bytes(pickle.dumps(made, protocol=5))
        return path


def rows(tasks: Sequence[Task], profile: Profile, named: Sequence[str], wanted: Callable[[str], bool]) -> Iterator[Row]:
    """Run the profile's families, or those named, with the solvers that are wanted, one question after the other."""
    with tempfile.TemporaryDirectory() as folder:
        questions = Questions(Path(folder))
        for task in tasks:
            for family in profile.families(task, named):
                solvers = [name for name in (OURS, *task.families[family]) if name in task.solvers]
                solvers = [name for name in solvers if wanted(name)]
                for seed in range(profile.seeds if solvers else 0):
                    place = Place(family=family, seed=seed, regime=task.regime)
                    yield _row(task, place, profile, solvers, questions)


def _row(task: Task, place: Place, profile: Profile, solvers: Sequence[str], questions: Questions) -> Row:
    path, digest = questions.file(place)
    load, now = os.getloadavg()[0], datetime.now(UTC).strftime("%H:%M")
    row = Row(
        task=task.name,
        place=place.name,
        digest=digest,
        limit=profile.limit(task),
        time=now,
        load=round(load, 1),
        revision=revision(),
    )
    for repeat in range(profile.repeats):
        for name in solvers:
            runs = row.runs.setdefault(name, [])
            if repeat == 0 or (
                _worth_repeating(runs[0]) and not (repeat >= profile.slow_repeats and runs[0]["seconds"] > SLOW)
            ):
                regime = place.regime or "vary"
                runs.append(one(task.solvers[name], path, regime if task.warm else None, row.limit))
    return row


def _worth_repeating(run: Run) -> bool:
    return run["status"] in ANSWERED


def one(solver: str, path: Path, regime: str | None, limit: float) -> Run:
    """One run in a process of its own, warmed with tiny questions of a regime where one is given."""
    wanted = json.dumps({"solver": solver, "question": str(path), "regime": regime, "limit": limit})
    command = [sys.executable, "-m", "bench.run"]
    try:
        done = subprocess.run(
            command,
            input=wanted,
            capture_output=True,
            text=True,
            timeout=10 * limit + 120,
            env=os.environ | ONE_THREAD,
            cwd=HERE.parent,
        )
    except subprocess.TimeoutExpired:
        return _nothing(limit)
    if done.returncode or not done.stdout:
        return _nothing(limit)
    run: Run = json.loads(done.stdout)
    return run


def _nothing(limit: float) -> Run:
    """Stopped from outside, because the time was out or the memory."""
    return {
        "status": Status.NONE,
        "value": None,
        "note": "",
        "per": 1,
        "times": 1,
        "seconds": limit,
        "clock": limit,
        "memory": 0.0,
    }
