"""On whose mandate a decision stands: the rulings for a matter's participants, and as they are kept with a decision.

Nothing here judges a mandate. It asks `collaborations.authority` and writes down the answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from samordna.core import clock
from samordna.domain.collaborations.authority import Ruling, ruling
from samordna.domain.collaborations.facts import AuthorityFacts
from samordna.domain.collaborations.phrases import Told, missing_clause_sentence, told
from samordna.domain.collaborations.queries.rulings import facts_of, setting_of
from samordna.domain.matters.models import Matter


@dataclass(frozen=True, slots=True, kw_only=True)
class Mandates:
    """The rulings of one matter at one moment, by organisation, and the facts they rest on."""

    at: datetime
    facts: AuthorityFacts
    rulings: Mapping[str, Ruling]

    def missing_clause(self, organisation: str) -> str:
        """The sentence that names the clause without which coordination cannot decide for the organisation."""
        return missing_clause_sentence(self.rulings[organisation], self.facts)

    @property
    def needs_adoption(self) -> bool:
        """Is there anybody whose own body has to decide?"""
        return any(given.needs_adoption for given in self.rulings.values())

    def binds(self, organisation: str, adopters: Iterable[str]) -> bool:
        """Does a decision in this matter come into force for the organisation, given who has adopted it?"""
        return self.rulings[organisation].can_take_effect(adopted=organisation in set(adopters))


def mandates_of(matter: Matter, organisations: Iterable[str], at: datetime) -> Mandates:
    """Ask for every participant's ruling in the matter's area; a constant number of queries."""
    own = setting_of(matter.join, matter.contribute, matter.follow)
    facts = facts_of(matter.collaboration, own, clock.day(matter.opened_at))
    return Mandates(at=at, facts=facts, rulings={pk: ruling(matter.area_id, pk, at, facts) for pk in organisations})


def ruling_document(mandates: Mandates, adopters: Iterable[str] = ()) -> dict[str, Any]:
    """The rulings as they are kept with a decision: who decides for whom, whether it binds, and why."""
    adopted = set(adopters)
    return {
        "at": mandates.at.isoformat(),
        "organisations": {
            organisation: _one(given, organisation in adopted) for organisation, given in mandates.rulings.items()
        },
    }


def _one(given: Ruling, adopted: bool) -> dict[str, Any]:
    following = given.binding(adopted=adopted)
    return {
        "decides": str(given.decides),
        "ground": str(given.ground),
        "needs_adoption": given.needs_adoption,
        "adopted": adopted,
        "binds": given.can_take_effect(adopted=adopted),
        "following": str(following) if following else None,
        "following_once_adopted": str(given.following_once_adopted) if given.following_once_adopted else None,
        "may_leave": given.may_leave,
        "must_contribute": given.participates and given.depth.must_contribute,
        "mandates": list(given.mandate_ids),
        "why": _tree(told(given.why)),
    }


def _tree(reason: Told) -> dict[str, Any]:
    return {"text": reason.text, "because": [_tree(part) for part in reason.because]}
