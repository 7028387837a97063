"""Who takes part, as it is told."""

from collections.abc import Mapping
from dataclasses import dataclass

from samordna_engine.outcome import Proof, Reason
from samordna_engine.problem import Depth


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """A participant that does not take part.

    `net` is what it would gain under the frame, all told, and None where conditions forbid it the frame. `forbidden_by`
    then names those: each that does so alone, or else some that do so together, none of which could be spared.
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

    @property
    def worth_it(self) -> bool:
        """Whether the whole gains by it."""
        return bool(self.members) and self.net is not None and self.net > 0

    @property
    def possible(self) -> bool:
        """Whether there may be a frame that respects what must be respected."""
        return self.bound is not None
