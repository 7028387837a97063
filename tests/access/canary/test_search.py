"""Nobody finds what they may not see: every secret word of the world is looked for by everybody, in every way there is."""

from __future__ import annotations

import html
import json
from typing import Any

from django.core import mail

from samordna.domain.search.index import rebuild
from samordna.domain.search.models import Entry
from tests.access.canary.canaries import WORD
from tests.access.canary.knocking import Matrix
from tests.access.canary.world import World

WAYS = ("/sok/?q={}", "/sok/forslag/?q={}", "/api/v1/search?q={}")
NOT_SEARCHED_BY = {"anonymous", "person without a role"}


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
            if (place + number) % 8:  # each visitor asks for an eighth of the words, all words are asked for by several
                continue
            way = WAYS[(place // 8) % len(WAYS)].format(canary.text)
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
