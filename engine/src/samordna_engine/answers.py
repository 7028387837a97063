"""The answers to questions that are read in another way than `settle` reads them.

`settle` gives an `Outcome`. Who gains by taking part, what to do where something binds everybody together, how few
variants are enough, what is best for whoever is worst off, and how to share what is gained: each has an answer of its
own kind. Where the conditions clash, or a limit is reached, the answer is an `Outcome` here too.

Like the outcome, these are types and nothing else, so that they can be written and read without the solver.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from samordna_engine.outcome import Price, Proof, Proposal, Reason
from samordna_engine.parts import Depth


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """A participant that does not take part.

    `net` is what it would gain under the frame, all told, and None where conditions forbid it the frame, or where it is
    not for the reader of this view to know (see `seen_by`). `forbidden_by` names those conditions: each that does so
    alone, or else some that do so together, none of which could be spared.
    """

    participant: str
    net: int | None
    forbidden_by: tuple[str, ...]
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class TakesPart:
    """Who gains by deciding together, under which frame, and why the others do not take part.

    `nets` is, per member, its likely benefit less its likely cost of following the frame and the weight of its unmet
    needs. `net` is their sum, less `common_loss`, the unmet needs of the coordination. Nobody can find a frame and
    members with a larger net than `bound`; where `proved`, that is what was found. When the largest net is not above
    zero, the answer is not to: nobody is a member, and `frame` and `net` are the best attempt. `own` is what each
    member has of its own in local aspects and, where it follows aspect by aspect, in those it does not follow.
    `net` and `frame` are None where no frame is known, and `bound` is None when none is possible. Joint conditions are
    kept by leaving out those who gain the least, which need not be the best way, and is then not said to be proved.
    """

    depth: Depth
    members: tuple[str, ...]
    left: tuple[Left, ...]
    frame: Mapping[str, str] | None
    own: Mapping[str, Mapping[str, str]]
    net: int | None
    nets: Mapping[str, int]
    common_loss: int
    bound: int | None
    proved: bool
    proof: Proof

    @classmethod
    def without_frame(cls, depth: Depth, bound: int | None, proof: Proof) -> "TakesPart":
        """Where there is no frame, or none is known."""
        return cls(
            depth=depth,
            members=(),
            left=(),
            frame=None,
            own={},
            net=None,
            nets={},
            common_loss=0,
            bound=bound,
            proved=bound is None,
            proof=proof,
        )

    @property
    def worth_it(self) -> bool:
        """Whether the whole gains by it."""
        return bool(self.members) and self.net is not None and self.net > 0

    @property
    def possible(self) -> bool:
        """Whether there may be a frame that respects what must be respected."""
        return self.bound is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class SettledJointly:
    """The best decision that meets the joint conditions too. `objective` equals `bound`: nothing is better.

    `used` is what the decision comes to for each joint condition, to be compared with its limit. `solver` says that the
    bound is CP-SAT's and not the engine's own.
    """

    proposal: Proposal
    used: Mapping[str, int]
    objective: Price
    bound: Price
    solver: bool
    proof: Proof


@dataclass(frozen=True, slots=True, kw_only=True)
class JointClash:
    """Joint conditions and conditions that cannot all be met; without any one of them, the rest can.

    `owners` are all who state them. `examples` has, for each member, a frame under which the others can be met; the
    checker has confirmed each. `proof.checks` has `jointly_impossible` where plain search has confirmed that the
    members cannot be met together; in questions too large for it, that rests on the solver alone.
    """

    joints: tuple[str, ...]
    conditions: tuple[str, ...]
    owners: tuple[str, ...]
    given: Mapping[str, str]
    examples: Mapping[str, Mapping[str, str]]
    reason: Reason
    proof: Proof


@dataclass(frozen=True, slots=True, kw_only=True)
class FewestVariants:
    """A decision with few variants. No decision is better than `bound`; `proved` says that this one reaches it.

    `menus` are the options in use of every common and framed aspect, in their stated order, and `used_by` who uses
    which. `own` has everybody's values in framed and local aspects. `variants` counts the options in use beyond the
    first of each framed aspect, and `weighted` counts them by weight. `cost` is adaptation and unmet needs, likely.
    `solver` says that the bound is an extra solver's and not the engine's own.
    """

    menus: Mapping[str, tuple[str, ...]]
    used_by: Mapping[str, Mapping[str, tuple[str, ...]]]
    own: Mapping[str, Mapping[str, str]]
    variants: int
    weighted: int
    cost: int
    bound: Price
    proved: bool
    proof: Proof
    solver: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MoreVariantsNeeded:
    """The conditions can be met, but not with at most so many options in use of each framed aspect."""

    at_most: int
    proof: Proof


@dataclass(frozen=True, slots=True, kw_only=True)
class WorstOff:
    """The fairest decision found. No frame gives the worst-off more than `bound`.

    `nets` are, by participant, the likely benefit less what the decision costs more than deciding alone. `worst` is the
    least of them, `worst_off` those who have it, and `total` the sum less the coordination's unmet needs. `proved`
    says that `worst` cannot be bettered and, with that worst, neither can `total`. `own` has each participant's values
    in local aspects and where it differs from the frame.
    """

    frame: Mapping[str, str]
    own: Mapping[str, Mapping[str, str]]
    nets: Mapping[str, int]
    worst: int
    worst_off: tuple[str, ...]
    total: int
    bound: int
    proved: bool
    proof: Proof


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfers:
    """What each participant gets (positive) or gives (negative); together nothing.

    `after` are the nets with the transfers. `possible` says whether nobody is worse off after them; where it is not,
    there are no transfers at all, and the whole lacks `lacking` for any to suffice: whatever is moved, the nets add up
    to the same.
    """

    transfers: Mapping[str, int]
    after: Mapping[str, int]
    possible: bool
    lacking: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ShapleyShares:
    """Each participant's share of `whole`, the value of all together; the shares add up to exactly that.

    The share is `numerators[p] / denominator`, rounded in `shares` to whole numbers by largest remainder. `exact` says
    that all coalitions were gone through; then `bounds` are zero. Otherwise the fractions are means over `denominator`
    random orders with a fixed seed, and with probability at least 1 − `error_per_thousand`/1000 *all* of them are
    within their `bounds` of Shapley's shares at once. That is never called exact.
    """

    shares: Mapping[str, int]
    numerators: Mapping[str, int]
    denominator: int
    bounds: Mapping[str, int]
    whole: int
    exact: bool
    error_per_thousand: int


Answer = (
    TakesPart | SettledJointly | JointClash | FewestVariants | MoreVariantsNeeded | WorstOff | Transfers | ShapleyShares
)

ANSWERS: Final[Mapping[str, type[Answer]]] = {
    "takes_part": TakesPart,
    "settled_jointly": SettledJointly,
    "joint_clash": JointClash,
    "fewest_variants": FewestVariants,
    "more_variants_needed": MoreVariantsNeeded,
    "worst_off": WorstOff,
    "transfers": Transfers,
    "shapley_shares": ShapleyShares,
}
"""The kinds of answers by the names that documents have for them."""
