"""Figures of the search over 100,000 things: building the index, its size, and what a question costs.

`python tools/figures_search.py [THINGS]`. Made in a database of its own (SAMORDNA_DATABASE names a PostgreSQL to use
instead). A reader takes part in half of the collaborations; questions are a rare word, a word in a hundredth, and a
word in every thing.
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
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from samordna.core.actor import Actor

SEED, REPEATS = 20261122, 9
THINGS = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
WORDS = (
    *("plan", "rutin", "ansvar", "svar", "dag", "tid", "avtal", "kansli", "telefon", "möte"),
    *("underlag", "grupp", "person", "hem", "sjukhus", "vecka", "beslut"),
)


def told(name: str, value: object) -> None:
    """One figure."""
    sys.stdout.write(f"{name}: {value}\n")
    sys.stdout.flush()


def build(rng: random.Random) -> Actor:
    """So many matters in twenty collaborations, and somebody who takes part in ten of them."""
    from tests import factories as f

    from samordna.domain.matters.models import Matter

    own = f.organisation("Ekby kommun")
    places = [f.collaboration(name=f"Samverkan {number}") for number in range(20)]
    areas = [f.area(place) for place in places]
    for place in places[:10]:
        f.participation(place, own)
    rows = []
    for number in range(THINGS):
        words = " ".join(rng.choices(WORDS, k=25))
        rare = f" {'sällsynt' if number % 10_000 == 0 else ''} {'hundrade' if number % 100 == 0 else ''}"
        which = number % 20
        rows.append(
            Matter(
                collaboration=places[which],
                area=areas[which],
                number=number + 1,
                title=f"Gemensamma frågan {number}{rare}",
                purpose=words,
                for_the_individual=words[:60],
                stage="gathering",
                opened_at=f.NOW,
            )
        )
    Matter.objects.bulk_create(rows, batch_size=2_000)
    return f.actor(own)


def measure(name: str, ask: Callable[[], object]) -> None:
    """The median of some askings, and the number of database queries."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from samordna.core.reading import only_reading

    times = []
    for _ in range(REPEATS):
        with only_reading():
            begun = time.perf_counter()
            ask()
            times.append((time.perf_counter() - begun) * 1000)
    with only_reading(), CaptureQueriesContext(connection) as seen:
        ask()
    told(f"search_{name}_ms", f"{statistics.median(times):.1f}")
    told(f"search_{name}_queries", len(seen))


def main() -> int:
    """Build, index, ask."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    os.environ["SAMORDNA_DATA"] = tempfile.mkdtemp(prefix="samordna-figures-")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samordna.config.settings")
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from tests import factories as f

    from samordna.domain.search.index import rebuild
    from samordna.domain.search.queries import find, first_few

    call_command("migrate", verbosity=0)
    told("search_seed", SEED)
    told("search_database", connection.vendor)
    reader = build(random.Random(SEED))
    begun = time.perf_counter()
    told("search_things", rebuild())
    told("search_index_seconds", f"{time.perf_counter() - begun:.1f}")
    begun = time.perf_counter()
    rebuild()
    told("search_index_again_seconds", f"{time.perf_counter() - begun:.1f}")
    for name, text in (("rare", "sällsynta"), ("hundredth", "hundrade"), ("every", "fråga"), ("none", "finnsinte")):
        measure(name, partial(find, reader, f.NOW, text))
        told(f"search_{name}_hits", find(reader, f.NOW, text).everything)
        measure(f"palette_{name}", partial(first_few, reader, f.NOW, text))
    told("search_memory_mb", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
    return 0


if __name__ == "__main__":
    sys.exit(main())
