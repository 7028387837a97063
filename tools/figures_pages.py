"""Weight and queries of the main pages with 10 and with 300 participants; the number of queries must be the same.

Builds a world of its own in a temporary database: one collaboration, one matter of eleven aspects taken the whole way to a
decision that all follow, and one matter of the same size that is being gathered. Prints kilobytes as sent (gzip) and server
milliseconds (median of five).
"""

from __future__ import annotations

import gzip
import os
import random
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SIZES = (10, 300)
SEED = 20261122


def build(participants: int) -> list[tuple[Any, dict[str, str]]]:
    """A world with so many participants; the coordinator's holding and a participant's, each with addresses of pages."""
    from tests import factories as f

    from samordna.domain.matters.models import Position

    rng = random.Random(SEED)
    collaboration = f.collaboration(follow="if_in", contribute="if_in")
    held = f.holding(collaboration.host, role=collaboration.coordinator_role)
    organisations = [f.organisation(f"Kommun {number:03d}") for number in range(participants)]
    managers = {organisation.pk: f.actor(organisation, _manager()) for organisation in organisations}
    for organisation in organisations:
        f.participation(collaboration, organisation)
    open_matter, decided = (_matter(f, collaboration, organisations, managers, rng) for _ in range(2))
    decision = _decide(f, decided, held, managers)
    if Position.objects.filter(matter=open_matter).count() != participants:
        raise RuntimeError("The world is not the size that was asked for.")
    addresses = {
        "home": "/",
        "collaboration": f"/samverkan/{collaboration.pk}/",
        "matter": f"/fragor/{open_matter.pk}/",
        "board": f"/beslut/tavla/{open_matter.pk}/",
        "decision": f"/beslut/{decision.decision_id}/",
        "following": f"/foljs/{decision.decision_id}/",
        "following_board": "/foljs/",
    }
    decided_board = f"/beslut/tavla/{decided.pk}/"
    addresses |= {
        "board_proposal": decided_board,
        "balance": f"{decided_board}balans/",
        "level": f"{decided_board}detaljniva/",
    }
    participant = f.holding(organisations[0])
    as_seen = {"board_as_participant": decided_board, "balance_as_participant": f"{decided_board}balans/"}
    return [(held, addresses), (participant, as_seen)]


def _manager() -> Any:
    from samordna.domain.organisations.enums import RoleKind

    return RoleKind.MANAGER


def _matter(f: Any, collaboration: Any, organisations: list[Any], managers: dict[str, Any], rng: random.Random) -> Any:
    """Eleven aspects of three options; each participant has two conditions that leave the first option possible."""
    from samordna.domain.matters import operations as matters

    matter = f.matter(collaboration)
    aspects = [f.aspect(matter, f"Aspekt {number}", ("ett", "två", "tre")) for number in range(11)]
    options = {aspect.pk: list(aspect.options.order_by("order")) for aspect in aspects}
    for organisation in organisations:
        position = f.position(matter, organisation)
        for aspect in rng.sample(aspects, 2):
            allowed = [options[aspect.pk][0].pk, rng.choice(options[aspect.pk][1:]).pk]
            rule = {"then": [{"aspect": aspect.pk, "is": "one_of", "options": allowed}]}
            actor = managers[organisation.pk]
            matters.state_condition(actor=actor, position_id=position.pk, rule=rule, reason="Bemanning", at=f.NOW)
        matters.submit_position(actor=managers[organisation.pk], position_id=position.pk, at=f.NOW)
    return matter


def _decide(f: Any, matter: Any, held: Any, managers: dict[str, Any]) -> Any:
    """Take a matter through the whole chain: all adopt, all follow."""
    from samordna.domain.adherence import operations as adherence
    from samordna.domain.decisions import operations as decisions
    from samordna.domain.matters import operations as matters
    from samordna.domain.organisations.access import actor_of

    lead: dict[str, Any] = {"actor": actor_of(held), "at": f.NOW}
    matters.advance(matter_id=matter.pk, to="weighing", **lead)
    attempt = decisions.propose_by_engine(matter_id=matter.pk, **lead)
    decisions.choose_proposal(proposal_id=attempt.proposals.get().pk, **lead)
    version = decisions.prepare_decision(matter_id=matter.pk, **lead)
    decisions.open_consultation(version_id=version.pk, until=date(2026, 12, 24), **lead)
    decisions.skip_step(version_id=version.pk, step="consultation", reason="Mätning av sidor", **lead)
    decisions.recommend(version_id=version.pk, **lead)
    for actor in managers.values():
        adoption = {"answer": "adopted", "body": "Nämnden", "decided_on": f.NOW.date(), "paragraph": "§ 1"}
        decisions.record_adoption(actor=actor, version_id=version.pk, at=f.NOW, **adoption)
    decisions.establish(version_id=version.pk, in_force_from=f.NOW.date(), **lead)
    later = f.NOW + timedelta(days=1)
    for actor in managers.values():
        adherence.answer_following(actor=actor, version_id=version.pk, kind="already_so", at=later)
    return version


def asked(client: Any, address: str) -> tuple[int, int, float]:
    """Bytes as sent, queries and milliseconds of one request."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    began = time.perf_counter()
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address, headers={"accept-encoding": "gzip"})
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answered {answer.status_code}.")
    sent = answer.content if answer.headers.get("Content-Encoding") == "gzip" else gzip.compress(answer.content, 6)
    return len(sent), len(captured), (time.perf_counter() - began) * 1000


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
        runs = [asked(client, address) for _ in range(5)]
        counts[name] = runs[-1][1]
        sys.stdout.write(f"page_{name}_{participants}_kb: {runs[-1][0] / 1024:.1f}\n")
        sys.stdout.write(f"page_{name}_{participants}_queries: {runs[-1][1]}\n")
        sys.stdout.write(f"page_{name}_{participants}_ms: {median(run[2] for run in runs):.0f}\n")
    return counts


def main() -> int:
    """Measure both sizes; 1 when a page asks the database more often in the larger world."""
    with tempfile.TemporaryDirectory() as data:
        os.environ |= {"SAMORDNA_DATA": data, "SAMORDNA_DEBUG": "1", "DJANGO_SETTINGS_MODULE": "samordna.config.settings"}
        sys.path.insert(0, str(ROOT))
        import django

        django.setup()
        from django.core.management import call_command
        from django.test.utils import setup_test_environment

        setup_test_environment(debug=False)
        call_command("migrate", verbosity=0)
        sys.stdout.write(f"pages_seed: {SEED}\n")
        counts = [measure(build(size), size) for size in SIZES]
        differing = [name for name in counts[0] if counts[0][name] != counts[1][name]]
        sys.stdout.write(f"pages_with_growing_queries: {len(differing)} {' '.join(differing)}\n")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
