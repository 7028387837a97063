"""`python -m bench quick` or `full`: measure, write the results and the tables. `--help` tells the rest."""

import argparse
import json
import sys
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

from bench import report
from bench.answer import OURS
from bench.families import question
from bench.harness import DIGESTS, PROFILES, Row, rows
from bench.machine import described
from bench.tasks import TASKS, Place


def main() -> int:
    """The exit code says whether everybody who proved an answer agreed."""
    parser = argparse.ArgumentParser(prog="bench", description="How fast the engine is, against other tools.")
    parser.add_argument("what", choices=[*PROFILES, "report", "digests"])
    parser.add_argument("--tasks", help="only these, separated by commas: " + ", ".join(TASKS))
    parser.add_argument("--families", help="only these, in the profile or not, separated by commas")
    parser.add_argument("--solvers", help="only these, separated by commas")
    parser.add_argument("--repeats", type=int)
    parser.add_argument("--seeds", type=int)
    parser.add_argument("--keep", type=Path, help="folder for the results; without it they are only printed")
    chosen = parser.parse_args()
    if chosen.what == "digests":
        return _write_digests()
    if chosen.what == "report":
        report.write(report.newest())
        return 0
    return _measure(chosen)


def _measure(chosen: argparse.Namespace) -> int:
    profile = PROFILES[chosen.what]
    for name in ("repeats", "seeds"):
        if getattr(chosen, name):
            profile = type(profile)(**asdict(profile) | {name: getattr(chosen, name)})
    tasks = [TASKS[name] for name in _listed(chosen.tasks) or TASKS]
    families, solvers = _listed(chosen.families), _listed(chosen.solvers)
    before = described()
    done: list[Row] = []
    for row in rows(tasks, profile, families, lambda solver: solver in (solvers or [solver])):
        done.append(row)
        sys.stdout.write(report.line(row) + "\n")
        sys.stdout.flush()
        if chosen.keep:
            report.keep(chosen.keep, before, profile.name, [row])
    return _told(done)


def _told(done: Iterable[Row]) -> int:
    failed = [row for row in done if row.disagreement or OURS in row.errors]
    for row in failed:
        sys.stdout.write(f"FAILED {row.task} {row.place}: {row.disagreement or row.errors}\n")
    return 1 if failed else 0


def _listed(text: str | None) -> list[str]:
    return text.split(",") if text else []


def _write_digests() -> int:
    places = {
        Place(family=family, seed=seed, regime=task.regime)
        for task in TASKS.values()
        for family in task.families
        for seed in range(PROFILES["full"].seeds)
    }
    made = {place.name: question(place.family, place.seed, place.regime).digest() for place in places}
    DIGESTS.write_text(json.dumps(made, indent=1, sort_keys=True) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
