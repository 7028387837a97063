"""The question: what is to be decided, by whom, and under which conditions.

A matter has *aspects*; each aspect has *options*. A decision gives every aspect that is shared a value, the *frame*.
Each participant then has its own values, which for a *common* aspect are the frame's, for a *framed* aspect the frame's
unless a difference is necessary, and for a *local* aspect whatever suits the participant.

*Conditions* must hold. *Needs* may go unmet, at a cost. Both have an owner and a reason. All numbers are whole numbers
in the unit that the problem names, so that the same question always gives the same answer.
"""

from copy import copy
from dataclasses import dataclass, replace
from typing import TypeVar

from samordna_engine.errors import Checks, Malformed
from samordna_engine.parts import (
    COORDINATION,
    MAX_ID,
    MAX_NUMBER,
    MAX_OPTIONS,
    MAX_SUM,
    MAX_WEIGHT,
    NOTHING,
    Aspect,
    AspectKind,
    Condition,
    Depth,
    Joint,
    JointKind,
    LikenessBy,
    Need,
    Option,
    Participant,
    Range,
    Sharing,
)
from samordna_engine.references import MAX_RULE_ASPECTS, MAX_RULE_CELLS, reference_faults

__all__ = [
    "COORDINATION",
    "MAX_ID",
    "MAX_NUMBER",
    "MAX_OPTIONS",
    "MAX_RULE_ASPECTS",
    "MAX_RULE_CELLS",
    "MAX_SUM",
    "MAX_WEIGHT",
    "NOTHING",
    "Aspect",
    "AspectKind",
    "Condition",
    "Depth",
    "Joint",
    "JointKind",
    "LikenessBy",
    "Need",
    "Option",
    "Participant",
    "Problem",
    "Range",
    "Sharing",
    "reference_faults",
    "unchecked",
]

Same = TypeVar("Same")


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A whole question. Without a `price_of_difference`, likeness comes first and cost decides between equals.

    With one, each difference from the frame costs that much times the weight of its aspect, and the sum is made small.
    `depth` says who may stand aside, which is what `who_takes_part` asks; `settle` answers for those that take part.
    Raises `Malformed` with every reference that leads nowhere and every rule that is too wide.
    """

    id: str
    title: str
    aspects: tuple[Aspect, ...]
    participants: tuple[Participant, ...]
    conditions: tuple[Condition, ...] = ()
    needs: tuple[Need, ...] = ()
    price_of_difference: int | None = None
    unit: str = "points"
    joint: tuple[Joint, ...] = ()
    depth: Depth = Depth.CONDITIONAL
    likeness: LikenessBy = LikenessBy.DEVIATIONS

    def __post_init__(self) -> None:
        checks = Checks()
        checks.text("id", self.id, MAX_ID)
        checks.text("title", self.title)
        checks.text("unit", self.unit)
        if self.price_of_difference is not None:
            checks.whole("price_of_difference", self.price_of_difference, 0, MAX_NUMBER)
        checks.finish()
        if faults := reference_faults(self.aspects, self.participants, self.conditions, self.needs, self.joint):
            raise Malformed(faults)

    def without_joint(self) -> "Problem":
        """The same question without its joint conditions, and with likeness counted in deviations."""
        if not self.joint and self.likeness is LikenessBy.DEVIATIONS:
            return self
        return replace(self, joint=(), likeness=LikenessBy.DEVIATIONS)

    def taking_part(self) -> tuple[Participant, ...]:
        """The participants that the answer is for."""
        return tuple(participant for participant in self.participants if participant.takes_part)


def unchecked(same: Same, **fields: object) -> Same:
    """The same with other fields, which are known to be right.

    Made anew, all that is in it would be checked again, which takes longer than to answer a small question.
    """
    other = copy(same)
    for name, value in fields.items():
        object.__setattr__(other, name, value)
    return other
