"""Figures of a questionnaire wave: answers coming in, the result page and the export, and how they grow.

`python tools/figures_assessments.py [ANSWERS]`. Made in a database of its own (SAMORDNA_DATABASE names a PostgreSQL to use
instead): twenty organisations, three levels, eight questions answered as it is and as it needs to be.
"""

from __future__ import annotations

import os
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from samordna.core.actor import Actor
    from samordna.domain.assessments.models import Wave
    from samordna.domain.organisations.models import Organisation

SEED, REPEATS, ORGANISATIONS, ONE_BY_ONE = 20261123, 5, 20, 200
ANSWERS = int(sys.argv[1]) if len(sys.argv) > 1 else 4_000
KEYS = tuple(f"f{number}" for number in range(1, 9))


def told(name: str, value: object) -> None:
    """One figure."""
    sys.stdout.write(f"{name}: {value}\n")
    sys.stdout.flush()


def build() -> tuple[Wave, Actor, Actor, list[Organisation]]:
    """An open wave of the short self-assessment, its coordinator and a reader."""
    from tests import factories as f

    from samordna.core import clock
    from samordna.domain.assessments import operations as do

    place = f.collaboration(name="Samverkan")
    there = [f.participation(place, f.organisation(f"Kommun {number}")).organisation for number in range(ORGANISATIONS)]
    coordinator = f.coordinator_of(place)
    made = do.take_questionnaire(actor=coordinator, collaboration_id=place.pk, key="self_short")
    today = clock.day(clock.now())
    given: dict[str, Any] = {"opens_on": today, "closes_on": today + timedelta(days=7), "ask_level": True}
    wave = do.plan_wave(actor=coordinator, questionnaire_id=made.pk, **given)
    return wave, coordinator, f.actor(there[0]), there


def answers(rng: random.Random, wave: Wave, there: list[Organisation], number: int) -> None:
    """So many replies as they lie in the table."""
    from samordna.domain.assessments.enums import Level
    from samordna.domain.assessments.models import WaveReply

    rows = []
    for _number in range(number):
        values = {key: rng.randint(1, 5) for key in KEYS} | {f"{key}.needed": rng.randint(3, 5) for key in KEYS}
        of, level = rng.choice(there), rng.choice(Level.values)
        rows.append(WaveReply(wave=wave, organisation=of, level=level, values=values))
    WaveReply.objects.bulk_create(rows, batch_size=500)


def measure(name: str, ask: Callable[[], object]) -> None:
    """The median of some askings, and the number of database queries."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    times = []
    for _ in range(REPEATS):
        begun = time.perf_counter()
        ask()
        times.append((time.perf_counter() - begun) * 1000)
    with CaptureQueriesContext(connection) as seen:
        ask()
    told(f"{name}_ms", f"{statistics.median(times):.0f}")
    told(f"{name}_queries", len(seen))


def one_by_one(wave: Wave, there: list[Organisation]) -> None:
    """The time of one answer among many, by the operation."""
    from tests import factories as f

    from samordna.domain.assessments import operations as do

    typed = {key: ["3"] for key in KEYS}
    actors = [f.actor(there[number % ORGANISATIONS]) for number in range(ONE_BY_ONE)]
    begun = time.perf_counter()
    for actor in actors:
        do.reply_to_wave(actor=actor, wave_id=wave.pk, typed=typed, level="middle")
    told("wave_one_answer_ms", f"{(time.perf_counter() - begun) * 1000 / ONE_BY_ONE:.1f}")


def main() -> int:
    """Answer, close, read."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    os.environ["SAMORDNA_DATA"] = tempfile.mkdtemp(prefix="samordna-figures-")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samordna.config.settings")
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from samordna.core import clock
    from samordna.domain.assessments import operations as do
    from samordna.domain.assessments.queries.export import as_spreadsheet, exported
    from samordna.domain.assessments.queries.results import result_page

    call_command("migrate", verbosity=0)
    told("wave_seed", SEED)
    told("wave_database", connection.vendor)
    rng = random.Random(SEED)
    wave, coordinator, reader, there = build()
    answers(rng, wave, there, max(0, ANSWERS - ONE_BY_ONE))
    one_by_one(wave, there)
    do.close_wave(actor=coordinator, wave_id=wave.pk)
    at = clock.now()
    told("wave_memory_before_mb", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
    told("wave_answers", wave.replies.count())
    measure("wave_result", partial(result_page, reader, wave.pk, at))
    measure("wave_spreadsheet", lambda: as_spreadsheet(exported(reader, wave.pk, at)))
    told("wave_memory_after_mb", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
    answers(rng, wave, there, ANSWERS)
    told("wave_answers_doubled", wave.replies.count())
    measure("wave_result_doubled", partial(result_page, reader, wave.pk, at))
    return 0


if __name__ == "__main__":
    sys.exit(main())
