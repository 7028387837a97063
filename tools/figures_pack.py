"""The meeting pack at full size: 200 pages of papers in one PDF, as one who sits in the forum fetches it.

Forty-six items with papers in full text. Printed: pages, seconds of the request, megabytes of the file, and how much more
memory the process holds than before.
"""

from __future__ import annotations

import gzip
import re
import resource
import zlib
from datetime import date, time
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
    when: dict[str, Any] = {"on": date(2026, 12, 15), "begins": time(9), "ends": time(16)}
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
    """Fetch the pack twice: cold, when the compiler reads its fonts, and again."""
    with temporary_site():
        from tests.domain.collaborations.setting import client_of

        reader, meeting_id = filled()
        client = client_of(reader)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        answer = asked(client, "/forum/")
        for step in ("cold", "again"):
            answer = asked(client, f"/forum/mote/{meeting_id}/handlingar/")
            say(f"pack_{step}_seconds", f"{answer.waited / 1000:.2f}")
            say(f"pack_{step}_cpu_seconds", f"{answer.worked / 1000:.2f}")
        sent = answer.response
        content = gzip.decompress(sent.content) if sent.headers.get("Content-Encoding") == "gzip" else sent.content
        say("pack_pages", pages_of(content))
        say("pack_mb", f"{len(content) / 1e6:.2f}")
        say("pack_memory_mb", f"{(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024:.0f}")
        say("pack_queries", answer.queries)


if __name__ == "__main__":
    main()
