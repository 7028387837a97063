"""Answers that are kept as long as nothing is written.

Whatever is decided or changed is an entry in the journal, and rights follow from what was decided, the day and who asks.
So an answer about rights is the same until the journal is another or the day is over. It is kept in the process's own
memory, for a minute at most: what somebody mends in the database by hand shows then.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from hashlib import blake2b
from typing import TypeVar, cast

from django.core.cache import caches

from samordna.core import clock
from samordna.core.models import JournalHead

T = TypeVar("T")
SECONDS = 60
_NOTHING = object()


def until_written(question: str, asked_of: object, ask: Callable[[], T], at: datetime) -> T:
    """The answer to a question, asked anew when the journal or the day is another. One query, and those of the question
    when it has to be asked.

    `asked_of`: everything besides the journal and the day that the answer depends on; its `repr` has to tell it apart.
    """
    frontier = JournalHead.objects.filter(pk=1).values_list("frontier", flat=True).first()
    said = repr((question, asked_of, frontier, clock.day(at)))
    key = blake2b(said.encode(), digest_size=24).hexdigest()
    kept = caches["memory"].get(key, _NOTHING)
    if kept is _NOTHING:
        kept = ask()
        caches["memory"].set(key, kept, SECONDS)
    return cast(T, kept)
