"""Nobody is shown what they may not see, on any address; nothing that only asks changes anything; nothing breaks; and what
is published of who is answered what is what the site answers. Nor is anybody told it: not by a search, whatever secret word
it is for, nor by a letter. One file, since the world that all of it is asked of takes longer to build than most of it.

What is asked, besides every address, is drawn anew for every commit, and the same each time that one is tested; the seed is
printed. `SAMORDNA_CANARY_WHOLE=1` asks for the whole published page, as `make test-matrix` does, and
`SAMORDNA_WRITE_ACCESS_MATRIX=1` writes it instead of comparing it, and asks for nothing else.
"""

from __future__ import annotations

import html
import json
import os
import re
import subprocess
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

from django.core import mail

from samordna.domain.notices.enums import Group, Rhythm
from samordna.domain.notices.models import Choice, Notice
from samordna.domain.organisations.models import Holding, Person
from samordna.domain.search.index import rebuild
from samordna.domain.search.models import Entry
from tests.access import oracle
from tests.access.canary.canaries import WORD
from tests.access.canary.knocking import Matrix
from tests.access.canary.published import differences, document
from tests.access.canary.world import World
from tests.access.mirror import facts_of_database, moment
from tests.background import work

ROOT = Path(__file__).resolve().parents[3]


def of_this_commit() -> int:
    """A seed that is another for another commit; without a history always the same."""
    said = subprocess.run(["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False).stdout
    return int(said[:8] or "0", 16)


MOST = int(os.environ.get("SAMORDNA_CANARY_REQUESTS", "400"))
"""How many are drawn besides those of the published page; 0 asks everything there is."""
SEED = int(os.environ.get("SAMORDNA_CANARY_SEED") or of_this_commit())
WHOLE = bool(os.environ.get("SAMORDNA_CANARY_WHOLE"))
FOR_THE_PAGE = not os.environ.get("SAMORDNA_ASKING_DATABASE")
"""The page says the same whatever the database is, so it is asked for on one of them; the other draws more instead."""
PAGE = ROOT / "docs" / "reference" / "access-matrix.md"

WAYS = ("/sok/?q={}", "/sok/forslag/?q={}", "/api/v1/search?q={}")
NOT_SEARCHED_BY = {"anonymous", "person without a role"}


def told(found: list[str]) -> str:
    """How many, by what is shown on which address to which kind of actor; without ids, so that the same is said once."""
    alike = Counter(re.sub(r"(?<=/)[a-z0-9]{12}(?=[/ ])", "…", finding) for finding in found)
    return "\n".join([f"{len(found)} in all", *(f"{count} × {finding}" for finding, count in alike.most_common(60))])


def changed(world: World, matrix: Matrix) -> str:
    """What differs between the page that is published and the site."""
    said = PAGE.read_text() if PAGE.exists() else ""
    if WHOLE:
        lines = sorted(set(document(world, matrix).splitlines()) ^ set(said.splitlines()))
    else:
        lines = differences(world, matrix, said, Random(SEED))
    return "write it anew with tools/access_matrix.py, and look at what changed:\n" + "\n".join(lines[:20]) if lines else ""


def test_nobody_is_shown_what_they_may_not_see(
    world: World, matrix: Matrix, record_figure: Callable[[str, int], None]
) -> None:
    if os.environ.get("SAMORDNA_WRITE_ACCESS_MATRIX"):
        PAGE.write_text(document(world, matrix))
        return
    otherwise = changed(world, matrix) if FOR_THE_PAGE else ""
    record_figure("canary_requests_of_the_page", matrix.findings.requests)
    found = matrix.walk(MOST and MOST + matrix.findings.requests, SEED)
    record_figure("canary_seed", SEED)
    record_figure("canary_requests", found.requests)
    record_figure("canary_leaks", len(found.leaks))
    record_figure("canary_routes", len({pattern for _kind, pattern in found.asked}))
    assert len(matrix.everybody) >= 30
    assert {route.pattern for route in matrix.routes} == {pattern for _kind, pattern in found.asked}
    wrong = [told(each) for each in (found.leaks, found.writes, found.failures) if each]
    assert not wrong, "\n\n".join(wrong)
    assert not otherwise, otherwise


def test_no_secret_is_found_counted_or_cut_into_a_snippet(world: World, matrix: Matrix) -> None:
    rebuild()
    indexed = set(WORD.findall("\n".join(f"{entry.title}\n{entry.body}" for entry in Entry.objects.all())))
    words = [canary for canary in world.cage.canaries if canary.text in indexed]
    assert len(words) > 60
    leaks, found = [], 0
    for number, visitor in enumerate(matrix.everybody):
        if visitor.link_secret:
            continue
        for place, canary in enumerate(words):
            if (place + number) % 14:  # each visitor asks for a part of the words, all words are asked for by several
                continue
            way = WAYS[(place // 14 + number) % len(WAYS)].format(canary.text)
            answer = visitor.client.get(way, headers=visitor.headers)
            hits = _hits(answer, canary.text) if answer.status_code == 200 else 0
            found += hits
            if hits and not matrix.may_see(visitor, canary):
                leaks.append(f"{visitor.kind} finds the {canary.what} by {way}")
    assert not leaks, "\n".join(leaks)
    assert found > 50
    assert not mail.outbox


def _hits(answer: Any, word: str) -> int:
    """How many things the answer tells of; the words that were typed come back in the page and are no hit."""
    if "json" in answer["Content-Type"]:
        content = json.loads(answer.content)
        assert content["total"] == sum(count["number"] for count in content["counts"]) == len(content["items"])
        return len(content["items"])
    text = html.unescape(answer.content.decode())
    return text.count('<li class="hit">') + text.count('<span class="kind">')


def test_no_letter_tells_its_reader_what_it_may_not_see(world: World, matrix: Matrix) -> None:
    """Everybody wants letters about everything; there are letters, they hold canaries, and only such as their readers may
    see, by the oracle and not by the policy that chose what to send; and none of them in a subject."""
    people = set(Notice.objects.values_list("person_id", flat=True))
    Notice.objects.update(settled_at=None)
    Choice.objects.bulk_create(Choice(person_id=pk, group=group, rhythm=Rhythm.DAILY) for pk in people for group in Group)
    work(world.now)
    before = len(mail.outbox)
    work(world.now + timedelta(days=1))
    facts, at = facts_of_database(), moment(world.now)
    held: list[str] = []
    readers = set(Person.objects.filter(pk__in=people).values_list("email", flat=True))
    for letter in mail.outbox[before:]:
        if letter.to[0] not in readers:  # an invitation, which the matrix looks at
            continue
        acting = [("session", *row) for row in _holdings(letter.to[0])]
        for canary in world.cage.found_in([letter.subject, letter.body, *(part.content for part in letter.alternatives)]):
            held.append(canary.what)
            told = matrix.told_in(canary.thing) if canary.action == "be told of" else [canary.thing]
            action = "read" if canary.action == "be told of" else canary.action
            seen = any(oracle.allowed(facts, row, action, each, at) for row in acting for each in told)
            assert seen, f"{letter.to} is told the {canary.what}"
            assert canary.text not in letter.subject
    assert held


def _holdings(email: str) -> list[tuple[str, str]]:
    return list(Holding.objects.filter(person__email=email).values_list("person_id", "pk"))
