"""Ten people who write minutes in one meeting at the same time, each in a process of its own: is anything lost?

Each writes of every item in turn, on what it last saw, as the page does; what the database was too busy to answer is sent
again. A text counts as lost when it was acknowledged last at its desk and stands neither in the notes nor beside them.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from figures_site import say, temporary_site

WRITERS, TIMES, ITEMS = 10, 12, 3
WRITER = """
import os, sys, time
import django
django.setup()
from django.db import OperationalError
from samordna.domain.organisations.access import actor_of
from samordna.domain.organisations.models import Holding
from samordna.domain.proceedings.operations import write_note
actor = actor_of(Holding.objects.select_related("role").get(pk=sys.argv[1]))
bases, refused = dict.fromkeys(sys.argv[3:], 0), 0
for turn in range(int(sys.argv[2])):
    for item in bases:
        text = f"{actor.holding_id} {item} {turn}"
        while True:
            try:
                note = write_note(actor=actor, item_id=item, text=text, base=bases[item], desk=actor.holding_id)
                break
            except OperationalError:
                refused += 1
                time.sleep(0.05)
        bases[item] = bases[item] if note.beside else note.number
for item in bases:
    print(f"{actor.holding_id} {item} {int(sys.argv[2]) - 1}")
print(refused, file=sys.stderr)
"""


def main() -> int:
    """Write, and look for what was acknowledged last at each desk; 1 when something is lost."""
    with temporary_site():
        from tests import factories as f
        from tests.domain.proceedings.world import sat

        from samordna.domain.forums.models import Item, Seat
        from samordna.domain.proceedings.models import Note

        met = sat()
        more = {"forum": met.forum, "meeting": met.meeting, "kind": "discussion", "raised_at": met.item.raised_at}
        items = [met.item, *(Item.objects.create(order=n + 2, title=f"Punkt {n}", **more) for n in range(ITEMS - 1))]
        keepers = [f.actor(met.given.other) for _ in range(WRITERS)]
        since = met.seats["own"].valid_from
        for keeper in keepers:
            Seat.objects.create(forum=met.forum, role_id=keeper.role_id or "", task="secretary", valid_from=since)
        began = time.monotonic()
        keys = [item.pk for item in items]
        running = [
            subprocess.Popen(
                [sys.executable, "-c", WRITER, keeper.holding_id or "", str(TIMES), *keys],
                cwd=Path(__file__).resolve().parents[1] / "src",
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
            for keeper in keepers
        ]
        answers = [each.communicate() for each in running]
        acknowledged = {line for said, _told in answers for line in said.splitlines()}
        heads = {Note.objects.filter(item=item, beside=False).latest("number").text for item in items}
        standing = heads | set(Note.objects.filter(beside=True, settled_at=None).values_list("text", flat=True))
        say("minutes_writers", WRITERS)
        say("minutes_written", WRITERS * TIMES * ITEMS)
        say("minutes_last_words_acknowledged", len(acknowledged))
        say("minutes_lost", len(acknowledged - standing))
        say("minutes_seconds", f"{time.monotonic() - began:.1f}")
        return int(len(acknowledged) != WRITERS * ITEMS or bool(acknowledged - standing))


if __name__ == "__main__":
    sys.exit(main())
