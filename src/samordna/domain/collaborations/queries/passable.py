"""What the coordination above can pass on: its areas in which it decides for somebody who takes part here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.domain.collaborations.access import framed_for
from samordna.domain.collaborations.authority import Briefs, Decider
from samordna.domain.collaborations.enums import Following
from samordna.domain.collaborations.facts import part_on
from samordna.domain.collaborations.queries.rulings import facts_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Passable:
    """An area above: for how many of those who take part here it is decided there, and for how many it is a must."""

    area_id: str
    area: str
    count: int
    must: int


def passable(actor: Actor, collaboration_id: str, at: datetime) -> tuple[Passable, ...]:
    """What can be delegated today, by area. For the coordinator of the collaboration that this one lies in."""
    facts = facts_of(framed_for(actor, collaboration_id, at=at))
    above = facts.parent
    if above is None:
        return ()
    here = [each for each in facts.parts if part_on(facts, each, clock.day(at))]
    found: list[Passable] = []
    briefs = Briefs(above, at)
    for area in above.areas.values():
        given = [each for each in (briefs.of(area.id, one) for one in here) if each.decides is Decider.COORDINATION]
        if given:
            must = sum(each.following == Following.MUST for each in given)
            found.append(Passable(area_id=area.id, area=area.name, count=len(given), must=must))
    return tuple(found)
