"""The meeting pack at full size: 200 pages of papers in one PDF, as one who sits in the forum asks for it and fetches it.

Forty-six items with papers in full text. Printed: seconds of each request and of the worker, pages, megabytes of the file,
and how much more memory the process holds than before.
"""

from __future__ import annotations

import gzip
import re
import resource
import time
import zlib
from datetime import date
from datetime import time as hour
from typing import Any

from figures_site import asked, say, temporary_site

ITEMS = 46
PARAGRAPH = "Under hösten har vi gått igenom hur utskrivningen fungerar i våra kommuner, och vad som behöver ändras. "
PAPER = "\n\n".join([PARAGRAPH * 6] * 15)[:9_900]


def filled() -> tuple[Any, str]:
    """A meeting with many items, each with papers of about four pages; and who fetches its pack."""
    from tests import factories as f
    from tests.domain.forums.world import world

    from samordna.domain.forums import operations as forums

    met = world("board")
    at = f.NOW
    who: dict[str, Any] = {"actor": met.coordinator, "at": at}
    when: dict[str, Any] = {"on": date(2026, 12, 15), "begins": hour(9), "ends": hour(16)}
    meeting = forums.plan_meeting(**who, forum_id=met.forum.pk, **when)
    for number in range(ITEMS):
        given: dict[str, Any] = {"kind": "discussion", "title": f"Ärende nummer {number + 1}", "minutes": 10}
        item = forums.raise_item(**who, forum_id=met.forum.pk, meeting_id=meeting.pk, purpose=PARAGRAPH * 3, **given)
        for name in ("Underlag", "Bilaga"):
            forums.add_paper(**who, item_id=item.pk, name=name, text=PAPER)
    return met.given.manager, meeting.pk


def pages_of(pdf: bytes) -> int:
    """How many pages the file says that it has, in the root of its tree of pages."""
    streams = [
        zlib.decompressobj().decompress(body) for body in re.findall(rb"stream\r?\n(\x78.*?)endstream", pdf, re.DOTALL)
    ]
    return max(int(count) for part in (pdf, *streams) for count in re.findall(rb"/Type/Pages[^>]*?/Count (\d+)", part))


def main() -> None:
    """Ask for the pack, let the worker put it together (cold: the compiler reads its fonts), and fetch it twice."""
    with temporary_site():
        from tests.background import work
        from tests.domain.collaborations.setting import client_of

        reader, meeting_id = filled()
        client, here = client_of(reader), f"/forum/mote/{meeting_id}/handlingar/"
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        asked(client, "/forum/")
        began = time.perf_counter()
        client.post(f"{here}ta-fram/")
        say("pack_asking_seconds", f"{time.perf_counter() - began:.2f}")
        waiting = asked(client, f"{here}vantan/")
        say("pack_waiting_page_seconds", f"{waiting.waited / 1000:.2f}")
        began, worked = time.perf_counter(), time.process_time()
        work()
        say("pack_worker_seconds", f"{time.perf_counter() - began:.2f}")
        say("pack_worker_cpu_seconds", f"{time.process_time() - worked:.2f}")
        answer = waiting
        for step in ("first", "again"):
            answer = asked(client, here)
            say(f"pack_fetched_{step}_seconds", f"{answer.waited / 1000:.2f}")
            say(f"pack_fetched_{step}_cpu_seconds", f"{answer.worked / 1000:.2f}")
        sent = answer.response
        content = gzip.decompress(sent.content) if sent.headers.get("Content-Encoding") == "gzip" else sent.content
        say("pack_pages", pages_of(content))
        say("pack_mb", f"{len(content) / 1e6:.2f}")
        say("pack_memory_mb", f"{(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024:.0f}")
        say("pack_queries", answer.queries)


if __name__ == "__main__":
    main()
