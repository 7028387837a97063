"""`feed_2000_seconds:` and `feed_bytes:`: what a calendar fetches of a person whose forum has 2,000 meetings in the year.

In a database of its own, the median of five, in seconds of the processor. `feed_unchanged_seconds:` is a question with
the tag of what one has already.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

MEETINGS = 2_000
ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    """Make the meetings, fetch them, and print the figures."""
    with TemporaryDirectory() as folder:
        os.environ |= {"SAMORDNA_DATA": folder, "DJANGO_SETTINGS_MODULE": "samordna.config.settings"}
        sys.path.insert(0, str(ROOT))
        import django  # app ready: the folder is chosen first

        django.setup()
        _measure()
    return 0


def _measure() -> None:
    from django.conf import settings  # app ready
    from django.core.management import call_command  # app ready
    from django.test import Client  # app ready

    settings.ALLOWED_HOSTS = ["testserver"]
    call_command("migrate", verbosity=0)
    address, client = _address(), Client()
    first = client.get(address)
    if first.content.count(b"BEGIN:VEVENT") != MEETINGS:
        raise RuntimeError("not every meeting was fetched")
    print(f"feed_2000_seconds: {_median(lambda: client.get(address)):.3f}")
    tag = {"If-None-Match": first["ETag"]}
    print(f"feed_unchanged_seconds: {_median(lambda: client.get(address, headers=tag)):.3f}")
    print(f"feed_bytes: {len(first.content)}")


def _median(call: Callable[[], object]) -> float:
    took = []
    for _ in range(5):
        begun = time.process_time()
        call()
        took.append(time.process_time() - begun)
    return statistics.median(took)


def _address() -> str:
    from tests.domain.forums.world import world  # app ready

    from samordna.core import clock  # app ready
    from samordna.domain.forums.models import Meeting  # app ready
    from samordna.domain.forums.operations import make_calendar_address  # app ready
    from samordna.domain.forums.subscriptions import whole_address  # app ready

    met, now = world(), clock.now()
    met.seat(met.given.manager)
    starts = [now + timedelta(hours=6 * number) for number in range(-MEETINGS // 2, MEETINGS // 2)]
    Meeting.objects.bulk_create(
        Meeting(
            forum=met.forum,
            starts_at=each,
            ends_at=each + timedelta(hours=1),
            place="Sammanträdesrum Älven",
            planned_at=now,
        )
        for each in starts
    )
    return whole_address(make_calendar_address(actor=met.given.manager))


if __name__ == "__main__":
    sys.exit(main())
