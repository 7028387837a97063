"""What a turn of a chain began from, as a reader may see it: what it said then, and whether it says something else now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import translation

from samordna.core.actor import Actor
from samordna.core.errors import Absent
from samordna.domain.change.enums import StartKind
from samordna.domain.change.models import Turn
from samordna.domain.change.queries.sources import Source, source_of
from samordna.domain.site.queries import language_of_site


@dataclass(frozen=True, slots=True, kw_only=True)
class StartSeen:
    """What a turn began from. `hidden`: the reader may not read it; `corrected`: it says something else now."""

    kind: str
    label: str
    title: str
    said: str
    source: Source | None
    hidden: bool
    corrected: bool


def written(actor: Actor, kind: str, thing_id: str, key: str, at: datetime) -> Source:
    """The same as `source_of`, in the site's language: as it is kept in a turn, whoever begins that."""
    with translation.override(language_of_site()):
        return source_of(actor, kind, thing_id, key, at)


def start_of(actor: Actor, turn: Turn, own: bool, at: datetime) -> StartSeen:
    """What it began from, told to those who may read that now. What it said then is told to whose chain it is (`own`), and
    to others as far as they may read the same words today; what still holds is told in the reader's language."""
    source, hidden, said, corrected = None, False, turn.said, False
    if turn.kind != StartKind.OBSERVED:
        try:
            source = source_of(actor, turn.kind, turn.thing_id, turn.key, at)
            now = written(actor, turn.kind, turn.thing_id, turn.key, at)
        except Absent:
            source, hidden, said = None, True, ""
        else:
            place = now.place_of(turn.said)
            corrected = place != 0
            if place is not None:
                said = source.says[place]
            elif not own:
                said = source.says[0]
    return StartSeen(
        kind=turn.kind,
        label=turn.get_kind_display(),
        title=source.title if source else "",
        said=said,
        source=source,
        hidden=hidden,
        corrected=corrected,
    )
