"""How alike a proposal is, where it differs and why, and which needs it meets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from samordna.domain.decisions.queries.acceptance import met
from samordna.domain.decisions.queries.facts import Facts, Said, Stated, Topic
from samordna.domain.decisions.queries.grounds import Because, becauses
from samordna.domain.decisions.queries.shape import Own, Shape
from samordna.domain.matters.enums import Sharing

LISTED = 24
"""So many differences, needs and balances are listed beside the board; the rest are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One adaptation with its reasons, for all that have the same. `needless`: nothing needs it.

    `worth_it`: what following the frame would cost. `withheld`: why is not for the reader to know.
    """

    organisations: tuple[str, ...]
    aspect: str
    value: str
    frame_value: str
    because: tuple[Because, ...]
    needless: bool
    worth_it: int | None
    review_on: date | None
    withheld: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """`alike` of `possible` own values follow the frame; `needless` of the differing ones are needed by nothing.

    `withheld`: of how many differing ones the reader may not know why.
    """

    alike: int
    possible: int
    needless: int
    withheld: int = 0

    @property
    def width(self) -> int:
        """What a bar of it is drawn on."""
        return max(self.possible, 1)

    @property
    def differing(self) -> int:
        """How many own values differ from the frame."""
        return self.possible - self.alike


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedSeen:
    """A need, and whether the proposal meets it; None where the proposal leaves that open. No owner: common."""

    owner_id: str
    owner: str
    own: bool
    sentence: str
    reason: str
    weight: int
    is_met: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SameNeed:
    """A need that some state alike and that is met for all of them, or for none. No owners: the coordination's."""

    sentence: str
    owners: tuple[str, ...]
    reasons: tuple[str, ...]
    is_met: bool | None


def same_needs(needs: Iterable[NeedSeen]) -> tuple[SameNeed, ...]:
    """Needs that say the same and fare the same, together, in the order in which the first of each stands."""
    found: dict[tuple[str, bool, bool | None], list[NeedSeen]] = {}
    for need in needs:
        found.setdefault((need.sentence, bool(need.owner), need.is_met), []).append(need)
    return tuple(
        SameNeed(
            sentence=sentence,
            owners=tuple(need.owner for need in alike if need.owner),
            reasons=tuple(dict.fromkeys(need.reason for need in alike)),
            is_met=is_met,
        )
        for (sentence, _owned, is_met), alike in found.items()
    )


def likeness_of(facts: Facts, shape: Shape) -> Likeness:
    """Counted over the aspects that may differ and have a frame value, for everyone who takes part."""
    framed = [topic.id for topic in facts.topics if topic.sharing == Sharing.FRAMED and topic.id in shape.frame]
    present = facts.names
    differing = [own for (organisation, _aspect), own in shape.differences.items() if organisation in present]
    possible = len(framed) * len(present)
    needless = sum(1 for own in differing if own.needless)
    withheld = sum(1 for own in differing if own.withheld)
    return Likeness(alike=possible - len(differing), possible=possible, needless=needless, withheld=withheld)


def differences_of(facts: Facts, shape: Shape) -> tuple[Difference, ...]:
    """The adaptations in the order of the aspects; those that are the same for the same reason are one."""
    found: dict[object, Difference] = {}
    for topic in facts.topics:
        for said in facts.saids:
            own = shape.differences.get((said.organisation_id, topic.id))
            if own is not None:
                one = _difference(facts, topic, said, own, shape.frame.get(topic.id, ""))
                key = (topic.id, one.value, one.needless, one.withheld, one.worth_it, tuple(b.said for b in one.because))
                names = (*found[key].organisations, said.name) if key in found else (said.name,)
                found[key] = replace(one, organisations=names)
    return tuple(found.values())


def _difference(facts: Facts, topic: Topic, said: Said, own: Own, framed: str) -> Difference:
    return Difference(
        organisations=(said.name,),
        aspect=topic.label,
        value=topic.label_of(own.option_id),
        frame_value=topic.label_of(framed),
        because=becauses(facts, own.because, said.organisation_id),
        needless=own.needless,
        worth_it=own.worth_it,
        review_on=own.review_on,
        withheld=own.withheld,
    )


def needs_of(facts: Facts, shape: Shape) -> tuple[NeedSeen, ...]:
    """Every need with whether it is met: the unmet ones first, then those that are open, then those that are met."""
    aspects = [topic.id for topic in facts.topics]
    seen = [_seen(facts, stated, "", "", False, dict(shape.frame)) for stated in facts.common_needs]
    for said in facts.saids:
        values = shape.values(said.organisation_id, aspects)
        seen += [_seen(facts, stated, said.organisation_id, said.name, said.own, values) for stated in said.needs]
    rank = {False: 0, None: 1, True: 2}
    return tuple(sorted(seen, key=lambda need: (rank[need.is_met], not need.own, -need.weight)))


def _seen(facts: Facts, stated: Stated, owner_id: str, owner: str, own: bool, values: dict[str, str]) -> NeedSeen:
    return NeedSeen(
        owner_id=owner_id,
        owner=owner,
        own=own,
        sentence=stated.sentence,
        reason=stated.reason,
        weight=stated.weight,
        is_met=met(stated.rule, values, facts.subjects) if stated.rule else None,
    )
