"""A fair sharing of costs and gains: who pays whom, so that nobody is worse off, or after what each adds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Method(StrEnum):
    """`NOBODY_LOSES`: those who lose are made whole by those who gain, in proportion to their gain.
    `BY_CONTRIBUTION`: each ends with what it adds to the whole on average (Shapley 1953).
    """

    NOBODY_LOSES = "nobody_loses"
    BY_CONTRIBUTION = "by_contribution"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sharing:
    """What each gets (positive) or pays (negative), by organisation, and what it has afterwards; together nothing.

    Not `possible`: the whole lacks `lacking` for anything to suffice, whatever is moved. `bound`: how far a share may be
    from the exact one; 0 where it is exact.
    """

    method: Method
    transfers: Mapping[str, int]
    after: Mapping[str, int]
    possible: bool
    lacking: int = 0
    bound: int = 0


def nobody_loses(nets: Mapping[str, int]) -> Sharing:
    """The smallest transfers after which nobody is worse off than without the decision."""
    from samordna_engine.transfers import balanced_transfers  # noqa: PLC0415  # slow: loads numpy

    found = balanced_transfers(nets)
    return Sharing(
        method=Method.NOBODY_LOSES,
        transfers=found.transfers,
        after=found.after,
        possible=found.possible,
        lacking=found.lacking,
    )


def by_contribution(nets: Mapping[str, int], told: Mapping[str, Any] | None) -> Sharing | None:
    """Each gets its Shapley share of what this decision gives; None where the engine has said none in time.

    Not possible where the decision gives another sum than the shares add up to (it is then not the best there is), or
    where somebody would be worse off: what it adds may be less than nothing.
    """
    if not told:
        return None
    shares: dict[str, int] = {pk: told["shares"].get(pk, 0) for pk in nets}
    transfers = {pk: shares[pk] - net for pk, net in nets.items()}
    lacking = max(0, sum(shares.values()) - sum(nets.values()))
    fits = sum(transfers.values()) == 0 and all(share >= 0 for share in shares.values())
    return Sharing(
        method=Method.BY_CONTRIBUTION,
        transfers=transfers if fits else {},
        after=shares,
        possible=fits,
        lacking=lacking,
        bound=max(told["bounds"].values(), default=0),
    )
