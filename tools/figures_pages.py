"""Weight, time and queries of the main pages with 10 and with 290 participants; the number of queries must be the same.

Builds a world of its own: one collaboration, one matter of eleven aspects taken the whole way to a decision that all have
answered how they follow, five older decisions beside it, and one matter of the same size that is being gathered. Prints
kilobytes as sent (gzip), milliseconds until the answer and of them the server's own work (medians of five), and queries.
"""

from __future__ import annotations

import sys
from typing import Any

from figures_site import RUNS, asked, say, temporary_site, told

SIZES = (10, 290)


def build(participants: int) -> list[tuple[Any, dict[str, str]]]:
    """A world with so many participants; the coordinator's holding and a participant's, each with addresses of pages."""
    from tests.many import many

    world = many(participants)
    decided_board, board = (f"/beslut/tavla/{matter.pk}/" for matter in (world.decided, world.gathered))
    decision = world.version.decision_id
    led = {
        "home": "/",
        "collaboration": f"/samverkan/{world.collaboration.pk}/",
        "matter": f"/fragor/{world.gathered.pk}/",
        "board": board,
        "decision": f"/beslut/{decision}/",
        "following": f"/foljs/{decision}/",
        "following_board": "/foljs/",
        "board_proposal": decided_board,
        "balance": f"{decided_board}balans/",
        "level": f"{decided_board}detaljniva/",
        "coordinating": "/samordnare/",
        "participating": f"/deltagande/{world.collaboration.pk}/",
    }
    seen = {
        "board_as_participant": decided_board,
        "balance_as_participant": f"{decided_board}balans/",
        "following_as_participant": f"/foljs/{decision}/",
        "following_board_as_participant": "/foljs/",
        "leading": "/ledning/",
    }
    return [(world.lead, led), (world.participant, seen)]


def measure(world: list[tuple[Any, dict[str, str]]], participants: int) -> dict[str, int]:
    """Print each page's figures; returns the number of queries per page."""
    counts: dict[str, int] = {}
    for held, addresses in world:
        counts |= _measure(held, addresses, participants)
    return counts


def _measure(held: Any, addresses: dict[str, str], participants: int) -> dict[str, int]:
    from django.test import Client

    client, counts = Client(), {}
    client.force_login(held.person)
    for name, address in addresses.items():
        asked(client, address)
        runs = [asked(client, address) for _ in range(RUNS)]
        counts[name] = runs[-1].queries
        told(f"page_{name}_{participants}", runs)
    return counts


def main() -> int:
    """Measure both sizes; 1 when a page asks the database more often in the larger world."""
    with temporary_site():
        from tests.many import SEED

        say("pages_seed", SEED)
        counts = [measure(build(size), size) for size in SIZES]
        differing = [name for name in counts[0] if counts[0][name] != counts[1][name]]
        say("pages_with_growing_queries", f"{len(differing)} {' '.join(differing)}".strip())
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
