"""Finding a time among 8 organisations of 12 persons in six weeks, a feed of 2,000 meetings, and somebody's calendar read.

With another solver at hand (`make bench-times`) the same questions are also put to a plain CP-SAT model of them.
"""

from __future__ import annotations

import importlib.util
import tracemalloc
from datetime import UTC, datetime, timedelta
from statistics import median
from time import process_time

from times_problem import question

from samordna.domain.forums.calendars import Event, feed
from samordna.domain.forums.finding_times import Search

SEEDS = range(1, 6)
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def say(name: str, value: object) -> None:
    print(f"{name}: {value}", flush=True)


def finding() -> None:
    """The whole of it, from calendars to the five best and the reasons for every day."""
    took, first = [], []
    for seed in SEEDS:
        wish = question(seed)
        began = process_time()
        search = Search(wish)
        found = search.best(5)
        first.append(process_time() - began)
        for day in sorted({start.date() for start in search.starts}):
            search.why_not(start for start in search.starts if start.date() == day)
        took.append(process_time() - began)
        say(f"times_seed_{seed}_possible", len(search.best(10**6)))
        say(f"times_seed_{seed}_best", found[0].weight if found else "none")
    wish = question(1)
    say("times_persons", len(wish.persons))
    say("times_candidates", len(wish.starts) * len(wish.places))
    say("times_engagements", sum(len(each.engaged) for each in wish.persons))
    say("times_best_cpu_ms", f"{median(first) * 1000:.0f}")
    say("times_best_and_why_not_each_day_cpu_ms", f"{median(took) * 1000:.0f}")


def feeding() -> None:
    """A feed of two thousand meetings: time, size and memory."""
    start = datetime(2026, 1, 7, 8, tzinfo=UTC)
    events = [
        Event(
            uid=f"{number}@samordna.example",
            start=start + timedelta(hours=6 * number),
            end=start + timedelta(hours=6 * number + 1),
            title="Styrgruppen för trygg utskrivning",
            stamped=NOW,
            place="Rådhuset, rum 3",
            link=f"https://samordna.example/moten/{number}/",
            text="Öppna mötet för dagordning och handlingar.",
        )
        for number in range(2_000)
    ]
    began = process_time()
    data = feed(events, "Mina möten")
    say("feed_2000_cpu_ms", f"{(process_time() - began) * 1000:.0f}")
    say("feed_2000_bytes", len(data))
    tracemalloc.start()
    feed(events, "Mina möten")
    say("feed_2000_peak_mb", f"{tracemalloc.get_traced_memory()[1] / 1e6:.1f}")
    tracemalloc.stop()
    if importlib.util.find_spec("icalendar"):
        from samordna.domain.forums.calendar_reading import busy

        began = process_time()
        found = busy(data, start, start + timedelta(days=42))
        say("busy_from_2000_events_cpu_ms", f"{(process_time() - began) * 1000:.0f}")
        say("busy_spans_in_six_weeks", len(found.spans))


def against_another_solver() -> None:
    """The same best, and how many times as long it takes."""
    from times_cpsat import solve

    ratios = []
    for seed in SEEDS[:4]:
        wish = question(seed)
        began = process_time()
        found = Search(wish).best(1)
        ours = process_time() - began
        began = process_time()
        rank, seconds = solve(wish)
        theirs = process_time() - began
        same = rank == (found[0].weight.rank if found else None)
        ratios.append(theirs / ours)
        say(
            f"cpsat_seed_{seed}",
            f"same {same}, ours {ours:.3f} s of CPU, theirs {theirs:.2f} s; {seconds:.1f} s by the clock in the solver",
        )
    say("cpsat_times_as_long", f"{median(ratios):.0f}")


if __name__ == "__main__":
    finding()
    feeding()
    if importlib.util.find_spec("ortools"):
        against_another_solver()
