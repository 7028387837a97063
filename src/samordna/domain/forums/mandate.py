"""What a forum may decide: its own power, its areas, and who decides in them for each one that takes part. Pure.

A forum decides nothing by itself. What coordination has been given to decide, a deciding forum may decide for those who
have given it; what it says beyond that binds each of the others when its own body has adopted it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from samordna.domain.collaborations.authority import Decider, Ruling
from samordna.domain.forums.enums import Power


class Verdict(StrEnum):
    """May the forum decide in an area?"""

    DECIDES = "decides"  # for all who take part
    SOME_ADOPT = "some_adopt"  # for some; the others adopt it themselves
    ALL_ADOPT = "all_adopt"  # for nobody: each one's own body adopts it
    KEPT = "kept"  # somebody above has kept the deciding
    OUTSIDE = "outside"  # the area is not among what the forum decides on
    PREPARES = "prepares"  # the forum prepares what others decide
    MEETS = "meets"  # the forum decides nothing
    NOBODY = "nobody"  # nobody takes part


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """The answer for one area: for whom the forum decides, who adopts itself, who has to agree, and for whom it is kept."""

    verdict: Verdict
    decides_for: tuple[str, ...] = ()
    adopt: tuple[str, ...] = ()
    agree: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()

    @property
    def allowed(self) -> bool:
        """May the forum take a decision here at all, binding some or recommending to all?"""
        return self.verdict in {Verdict.DECIDES, Verdict.SOME_ADOPT, Verdict.ALL_ADOPT}


def reach_of(power: str, rulings: Iterable[tuple[str, Ruling]], *, within: bool = True) -> Reach:
    """What the forum may do in an area, from a ruling for each organisation by name. `within`: is it one of its areas?"""
    if power == Power.PREPARES:
        return Reach(verdict=Verdict.PREPARES)
    if power == Power.MEETS:
        return Reach(verdict=Verdict.MEETS)
    if not within:
        return Reach(verdict=Verdict.OUTSIDE)
    present = [(name, ruling) for name, ruling in rulings if ruling.participates]

    def named(decider: Decider) -> tuple[str, ...]:
        return tuple(sorted(name for name, ruling in present if ruling.decides is decider))

    decides, kept = named(Decider.COORDINATION), named(Decider.SUPERIOR)
    adopt, agree = named(Decider.ORGANISATION), named(Decider.NOBODY_YET)
    return Reach(
        verdict=_verdict(decides, (*adopt, *agree), kept), decides_for=decides, adopt=adopt, agree=agree, kept=kept
    )


def _verdict(decides: Sequence[str], others: Sequence[str], kept: Sequence[str]) -> Verdict:
    if kept:
        return Verdict.KEPT
    if not decides and not others:
        return Verdict.NOBODY
    if not decides:
        return Verdict.ALL_ADOPT
    return Verdict.SOME_ADOPT if others else Verdict.DECIDES
