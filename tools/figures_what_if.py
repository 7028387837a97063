"""How long one waits for the engine, end to end, with 12 and with 290 participants and 20 aspects.

Builds a world of its own in a temporary database and measures three ways: the query alone (database, engine process,
answer), the API, and the whole board page with the answer on it. Between two questions it waits as long as a person does,
so that the spare worker is up; the line `back_to_back` is without any pause. Last comes the engine's own proposal, from the
press of the button to the board that shows it. Prints milliseconds: median and 95th percentile.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median, quantiles
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
ASPECTS, PAUSE, SEED, TARGET = 20, 0.6, 20261122, 200
COUNTY, COUNTRY = 12, 290
RUNS = {COUNTY: 40, COUNTRY: 20}
PROPOSALS = 5


def build(participants: int) -> tuple[Any, Any, list[tuple[str, str]]]:
    """A matter in weighing; the coordinator's holding and every (aspect, option) that can be tried.

    Each participant has six conditions, two of them over two aspects, and costs for half of the options. All of them leave
    the first option of every aspect possible.
    """
    from tests import factories as f

    from samordna.domain.matters.models import AdaptationCost, Condition

    rng = random.Random(SEED)
    collaboration = f.collaboration()
    held = f.holding(collaboration.host, role=collaboration.coordinator_role)
    matter = f.matter(collaboration, stage="weighing", price_of_difference=3)
    aspects = [f.aspect(matter, f"Aspekt {number}", ("ett", "två", "tre", "fyra")) for number in range(ASPECTS)]
    options = {aspect.pk: list(aspect.options.order_by("order")) for aspect in aspects}
    for number in range(participants):
        position = f.position(matter, f.organisation(f"Kommun {number:03d}"), state="answered", answered_at=f.NOW)
        for wide in (False, False, False, False, True, True):
            rule = _rule(rng, [aspect.pk for aspect in aspects], options, wide=wide)
            Condition.objects.create(matter=matter, position=position, rule=rule, reason="Bemanning", stated_at=f.NOW)
        for choices in options.values():
            for option in rng.sample(choices, 2):
                likely = rng.randrange(1, 100)
                AdaptationCost.objects.create(position=position, option=option, low=0, likely=likely, high=2 * likely)
    return matter, held, [(aspect, option.pk) for aspect, choices in options.items() for option in choices]


def _rule(rng: random.Random, aspects: list[str], options: dict[str, list[Any]], *, wide: bool) -> dict[str, Any]:
    first, second = rng.sample(aspects, 2)
    allowed = [options[first][0].pk, rng.choice(options[first][1:]).pk]
    rule: dict[str, Any] = {"then": [{"aspect": first, "is": "one_of", "options": allowed}]}
    if wide:
        when = [option.pk for option in options[second][1:]]
        rule["if"] = [{"aspect": second, "is": "one_of", "options": when}]
    return rule


def measure(name: str, ask: Callable[[str, str], None], tries: list[tuple[str, str]], pause: float) -> float:
    """Ask these what-ifs; print and return the median in milliseconds."""
    took = []
    for aspect, option in tries:
        time.sleep(pause)
        began = time.perf_counter()
        ask(aspect, option)
        took.append((time.perf_counter() - began) * 1000)
    sys.stdout.write(f"what_if_{name}_p50_ms: {median(took):.0f}\n")
    sys.stdout.write(f"what_if_{name}_p95_ms: {quantiles(took, n=20)[-1]:.0f}\n")
    return median(took)


def ways(matter: Any, held: Any) -> dict[str, Callable[[str, str], None]]:
    """The three ways to ask."""
    from django.test import Client
    from tests import factories as f

    from samordna.domain.decisions.queries.what_if import what_if
    from samordna.domain.organisations.access import actor_of

    actor, client = actor_of(held), Client()
    client.force_login(held.person)

    def query(aspect: str, option: str) -> None:
        answer = what_if(actor, matter, [{"do": "fix", "aspect": aspect, "option": option}], f.NOW)
        _insist(not answer.failure, answer.failure)

    def interface(aspect: str, option: str) -> None:
        body = {"changes": [{"do": "fix", "aspect": aspect, "option": option}]}
        address = f"/api/v1/matters/{matter.pk}/what-if"
        response = client.post(address, body, content_type="application/json")
        _insist(response.status_code == 200, response.content)

    def board(aspect: str, option: str) -> None:
        response = client.get(f"/beslut/tavla/{matter.pk}/", {"om": f"ram.{aspect}.{option}"})
        _insist(response.status_code == 200, response.status_code)

    return {"query": query, "api": interface, "board_page": board}


def _insist(held: bool, what: object) -> None:
    if not held:
        raise RuntimeError(f"A what-if was not answered: {what}")


def propose(matter: Any, held: Any) -> None:
    """Let the engine propose, as the coordinator does by a press, and see the board; print the median in milliseconds."""
    from django.test import Client

    client, took = Client(), []
    client.force_login(held.person)
    for _ in range(PROPOSALS):
        time.sleep(PAUSE)
        began = time.perf_counter()
        response = client.post(f"/beslut/tavla/{matter.pk}/rakna/", follow=True)
        took.append((time.perf_counter() - began) * 1000)
        _insist(response.status_code == 200 and matter.proposals.exists(), response.status_code)
    sys.stdout.write(f"propose_p50_ms: {median(took):.0f}\n")


def of_size(participants: int) -> dict[str, float]:
    """Everything for one number of participants; the medians by way."""
    sys.stdout.write(f"what_if_size: {participants} participants, {ASPECTS} aspects\n")
    matter, held, possible = build(participants)
    tries = random.Random(SEED).sample(possible, RUNS[participants])
    asked = ways(matter, held)
    for ask in asked.values():
        ask(*possible[0])
    medians = {name: measure(name, ask, tries, PAUSE) for name, ask in asked.items()}
    measure("query_back_to_back", asked["query"], tries, 0)
    propose(matter, held)
    return medians


def main() -> int:
    """Measure; 1 when the board's answer takes longer than promised at county size."""
    with tempfile.TemporaryDirectory() as data:
        os.environ |= {"SAMORDNA_DATA": data, "SAMORDNA_DEBUG": "1", "DJANGO_SETTINGS_MODULE": "samordna.config.settings"}
        sys.path[:0] = [str(ROOT), str(ROOT / "src"), str(ROOT / "engine" / "src")]
        import django

        django.setup()
        from django.core.management import call_command
        from django.test.utils import setup_test_environment

        setup_test_environment(debug=False)
        call_command("migrate", verbosity=0)
        sys.stdout.write(f"what_if_seed: {SEED}\n")
        county, _country = of_size(COUNTY), of_size(COUNTRY)
    return 1 if max(county["query"], county["board_page"]) > TARGET else 0


if __name__ == "__main__":
    sys.exit(main())
