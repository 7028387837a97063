"""The answer, which is one of three.

`Settled`: a decision that works under everybody's conditions, and no other is more alike (or cheaper, where difference
has a price). `Clash`: there is none, and these conditions are why; take any one of them away and the rest can be met.
`Unfinished`: a limit was reached first; here is the best found, and how far from the best possible it can be at most.

Nothing here is a sentence. Reasons are trees, so that the reader's language can be chosen where they are shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from samordna_engine.problem import Range


class Verdict(StrEnum):
    """Whether deciding together is worth what it costs."""

    WORTH_IT = "worth_it"
    NOT_WORTH_IT = "not_worth_it"
    CANNOT_SAY = "cannot_say"


class Necessity(StrEnum):
    """Why a participant differs from the frame in an aspect.

    `NECESSARY`: its conditions leave no way to follow the frame there. `ELSEWHERE`: it could, but would then have to
    differ at least as much in other aspects. `WORTH_IT`: it could, but that would cost more than the likeness is worth.
    `UNNECESSARY`: it could, and nothing would be lost; the engine itself never proposes such a difference.
    `WITHHELD`: why is not for the reader of this view to know (see `seen_by`).
    """

    NECESSARY = "necessary"
    ELSEWHERE = "elsewhere"
    WORTH_IT = "worth_it"
    UNNECESSARY = "unnecessary"
    WITHHELD = "withheld"


class Limit(StrEnum):
    """What stopped the engine."""

    TIME = "time"
    SIZE = "size"
    MEMORY = "memory"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One step of an explanation: what kind it is, the facts in it, and the reasons it rests on."""

    kind: str
    facts: Mapping[str, str | int] = field(default_factory=dict)
    because: tuple["Reason", ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """A difference between two decisions: in weighted deviations, and in cost (adaptation and unmet needs, likely)."""

    likeness: int
    cost: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Adaptation:
    """One difference from the frame. `because` are the conditions in the way of going back to the frame there.

    `going_back` is what the whole would lose if this participant followed the frame in this aspect and arranged its
    other own values as well as possible; None where that cannot be done.
    """

    participant: str
    aspect: str
    option: str
    frame_option: str
    necessity: Necessity
    because: tuple[str, ...]
    going_back: Price | None
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """How alike: `deviations` of `possible` own values in framed aspects differ; `weighted` counts them by weight."""

    deviations: int
    weighted: int
    possible: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """What one participant, or the whole, gives and gets, against deciding alone.

    `own_best_cost` is cost and unmet needs (likely) if the participant had only its own conditions to respect.
    `given_up` is how much more this decision costs than that. `net` = benefit − given_up. `changes` are the aspects
    where today's practice must change. For the whole, `owner` is `coordination` and the numbers are sums.
    """

    owner: str
    cost: Range
    need_loss: int
    benefit: Range
    own_best_cost: int
    given_up: Range
    net: Range
    verdict: Verdict
    changes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A possible decision, weighed: from the engine or made by hand.

    `frame` has an option for every common and framed aspect, `local` one per participant and local aspect, and
    `adaptations` the differences from the frame. `cost` is the likely cost of adaptation and unmet needs in all.
    """

    frame: Mapping[str, str]
    adaptations: tuple[Adaptation, ...]
    local: Mapping[str, Mapping[str, str]]
    likeness: Likeness
    cost: int
    balances: tuple[Balance, ...]
    whole: Balance
    broken_needs: tuple[str, ...]

    @property
    def verdict(self) -> Verdict:
        """Whether it is worth it for the whole."""
        return self.whole.verdict

    @property
    def worse_off(self) -> tuple[str, ...]:
        """The participants that certainly lose compared with deciding alone."""
        return tuple(balance.owner for balance in self.balances if balance.verdict is Verdict.NOT_WORTH_IT)

    def own(self) -> dict[str, dict[str, str]]:
        """What each participant has of its own, where it differs from the frame or the aspect is local."""
        own = {participant: dict(values) for participant, values in self.local.items()}
        for adaptation in self.adaptations:
            own.setdefault(adaptation.participant, {})[adaptation.aspect] = adaptation.option
        return own


class PriceState(StrEnum):
    """How well the price of an option is known."""

    EXACT = "exact"
    AT_LEAST = "at_least"
    BLOCKED = "blocked"


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionPrice:
    """What the whole would lose if the frame had this option instead, everything else arranged as well as possible.

    A blocked option has no price. `blocked_by` are then the conditions that each alone forbid it; when it is empty it
    takes several together, and `why_not` says which.
    """

    state: PriceState
    price: Price | None
    blocked_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What was proved before the answer was given: `digest` of the question, engine version, and the checks passed."""

    digest: str
    engine: str
    checks: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """A decision that works and that cannot be bettered. `objective` equals `bound`: that is what settled means."""

    proposal: Proposal
    option_prices: Mapping[str, Mapping[str, OptionPrice]]
    objective: Price
    bound: Price
    proof: Proof


@dataclass(frozen=True, slots=True, kw_only=True)
class ClashMember:
    """One condition of a clash. `example` is a frame under which all the other members can be met.

    `unlocks` says whether lifting this one condition settles the whole matter; the example then works for everything.
    """

    condition: str
    owner: str
    relax_price: int | None
    example: Mapping[str, str]
    unlocks: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """Conditions that cannot all be met, though any of them can be met without one of the others.

    `given` are options of the frame that were assumed (in `why_not`). `smallest` says whether it is proved that no
    clash has fewer conditions. Between equals the order is: fewest conditions, fewest owners, then ids alphabetically.
    """

    members: tuple[ClashMember, ...]
    owners: tuple[str, ...]
    given: Mapping[str, str]
    smallest: bool
    others_exist: bool
    reason: Reason
    proof: Proof
    irreducible: bool = True
    order: tuple[str, ...] = ("conditions", "owners", "id")

    @property
    def conditions(self) -> tuple[str, ...]:
        """The ids of the conditions that clash."""
        return tuple(member.condition for member in self.members)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfinished:
    """Stopped by a limit. Nothing is better than `bound`; `gap` is from there to the best found."""

    stopped_by: Limit
    limit: str
    best: Proposal | None = None
    bound: Price | None = None
    gap: Price | None = None


Outcome = Settled | Clash | Unfinished


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """Something that a proposal breaks: a `condition`, a `joint` one, a `common` aspect that differs, or a `value`.

    `participant` is whose values break it, or None where it is the frame itself. `values` are the values that break it.
    """

    kind: str
    owner: str
    participant: str | None
    values: Mapping[str, str]
    condition: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WayOut:
    """Conditions whose owners might give them up, and what that costs in all; together they settle the matter."""

    conditions: tuple[str, ...]
    owners: tuple[str, ...]
    price: int
