"""The mandate card: who decides in an area, for whom, must they follow, and why, small enough to stand beside a matter."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from samordna.core.actor import Actor
from samordna.domain.collaborations.access import area_for
from samordna.domain.collaborations.authority import Decider, Ground, ruling
from samordna.domain.collaborations.phrases import DECIDERS, Told, following_label, told
from samordna.domain.collaborations.queries.rulings import facts_of, setting_of

NAMED = 12  # organisations named in one group of the card; the page "who decides" names them all


@dataclass(frozen=True, slots=True, kw_only=True)
class CardGroup:
    """Those for whom the same holds. `more` are so many beyond those named. `frame`: the collaboration that the deciding is
    delegated from, or ""."""

    decides: str
    by_coordination: bool
    frame: str
    following: str
    names: tuple[str, ...]
    more: int

    @property
    def count(self) -> int:
        """How many they are."""
        return len(self.names) + self.more


@dataclass(frozen=True, slots=True, kw_only=True)
class MandateCard:
    """One area at one moment. `own` is why it is so for the reader's own organisation, if it takes part."""

    collaboration_id: str
    area_id: str
    area: str
    groups: tuple[CardGroup, ...]
    own: Told | None


def mandate_card(
    actor: Actor,
    area_id: str,
    at: datetime,
    *,
    join: str = "",
    contribute: str = "",
    follow: str = "",
    begun: date | None = None,
) -> MandateCard:
    """The card for an area, under a matter's own depth where it sets one; a constant number of queries."""
    area = area_for(actor, area_id, at=at)
    facts = facts_of(area.collaboration, setting_of(join, contribute, follow), begun)
    given = [ruling(area_id, each, at, facts) for each in facts.parts]
    groups: dict[tuple[Decider, str, str], list[str]] = defaultdict(list)
    for row in given:
        if row.participates:
            frame = facts.parent_name if row.ground is Ground.DELEGATED else ""
            groups[row.decides, following_label(row), frame].append(facts.name(row.organisation_id))
    own = next((row for row in given if row.organisation_id == actor.organisation_id and row.participates), None)
    return MandateCard(
        collaboration_id=area.collaboration_id,
        area_id=area_id,
        area=area.name,
        groups=tuple(
            CardGroup(
                decides=str(DECIDERS[decides]),
                by_coordination=decides is Decider.COORDINATION,
                frame=frame,
                following=following,
                names=tuple(sorted(names)[:NAMED]),
                more=max(0, len(names) - NAMED),
            )
            for (decides, following, frame), names in sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))
        ),
        own=told(own.why) if own else None,
    )
