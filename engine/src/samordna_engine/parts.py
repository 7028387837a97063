"""What a question is made of: aspects, participants, conditions, needs and joint conditions.

Each part checks itself when it is made; what must agree between them is checked by `references`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise
from typing import Final

from samordna_engine.errors import Checks, says
from samordna_engine.rules import Rule

COORDINATION: Final = "coordination"
"""The owner of what is stated for all. Such a condition holds for the frame and for every participant's own values."""

MAX_NUMBER: Final = 10**9
MAX_SUM: Final = 2**62
MAX_OPTIONS: Final = 1000
MAX_WEIGHT: Final = 1000
MAX_ID: Final = 200
MAX_REASON: Final = 20_000


class AspectKind(StrEnum):
    """What the options of an aspect are to each other."""

    CHOICE = "choice"
    ORDERED = "ordered"
    RANGE = "range"
    YES_NO = "yes_no"


class Sharing(StrEnum):
    """How alike the participants must be in an aspect."""

    COMMON = "common"
    FRAMED = "framed"
    LOCAL = "local"


class Depth(StrEnum):
    """How far the participants have bound themselves, and so who may stand aside.

    `VOLUNTARY`: each follows aspect by aspect as it sees fit. `CONDITIONAL`: whoever takes part follows fully, and each
    is free not to. `MANDATORY`: all follow.
    """

    VOLUNTARY = "voluntary"
    CONDITIONAL = "conditional"
    MANDATORY = "mandatory"


class LikenessBy(StrEnum):
    """What is counted when decisions are compared for likeness: differences from the frame, or variants in use."""

    DEVIATIONS = "deviations"
    VARIANTS = "variants"


class JointKind(StrEnum):
    """What a joint condition bounds: a sum of likely costs, who uses an option, or how many options are in use."""

    BUDGET = "budget"
    CAPACITY = "capacity"
    MAX_VARIANTS = "max_variants"


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """An estimate: whole numbers with low ≤ likely ≤ high, in the unit of the problem."""

    low: int
    likely: int
    high: int

    def __post_init__(self) -> None:
        whole = type(self.low) is type(self.likely) is type(self.high) is int
        if whole and -MAX_SUM <= self.low <= self.likely <= self.high <= MAX_SUM:
            return  # thousands are made for each answer, so what is right takes the short way
        checks = Checks()
        for name in ("low", "likely", "high"):
            checks.whole(name, getattr(self, name), -MAX_SUM, MAX_SUM)
        checks.finish()
        low, likely, high = self.low, self.likely, self.high
        checks.require(low <= likely <= high, "", "low_likely_high", low=low, likely=likely, high=high)
        checks.finish()

    @classmethod
    def exactly(cls, number: int) -> "Range":
        """An estimate without uncertainty."""
        return cls(low=number, likely=number, high=number)


NOTHING: Final = Range(low=0, likely=0, high=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One possible value of an aspect. `number` is needed for a range and says how much the option is."""

    id: str
    label: str
    number: int | None = None

    def __post_init__(self) -> None:
        checks = Checks()
        checks.text("id", self.id, MAX_ID)
        checks.text("label", self.label)
        if self.number is not None:
            checks.whole("number", self.number, -MAX_NUMBER, MAX_NUMBER)
        checks.finish()


@dataclass(frozen=True, slots=True, kw_only=True)
class Aspect:
    """One thing to decide. `weight` says how much a difference counts when likeness is measured."""

    id: str
    label: str
    kind: AspectKind
    options: tuple[Option, ...]
    sharing: Sharing
    weight: int = 1

    def __post_init__(self) -> None:
        checks = Checks()
        checks.text("id", self.id, MAX_ID)
        checks.text("label", self.label)
        checks.whole("weight", self.weight, 1, MAX_WEIGHT)
        checks.require(bool(self.options), "options", "too_few", limit=1, count=0)
        checks.require(
            len(self.options) <= MAX_OPTIONS, "options", "too_many", limit=MAX_OPTIONS, count=len(self.options)
        )
        checks.unique("options", (option.id for option in self.options))
        if self.kind is AspectKind.YES_NO:
            checks.require(len(self.options) == 2, "options", "two_options", count=len(self.options))
        if self.kind is AspectKind.RANGE:
            _check_numbers(checks, self.options)
        checks.finish()

    @property
    def is_ordered(self) -> bool:
        """Whether at least and at most mean something here."""
        return self.kind in (AspectKind.ORDERED, AspectKind.RANGE)

    def option_ids(self) -> tuple[str, ...]:
        """The ids of the options, in their order."""
        return tuple(option.id for option in self.options)


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """An organisation that takes part, or might.

    `costs` is what it costs to adapt to an option, per aspect and option; what is not mentioned costs nothing.
    `benefit` is what it gains from taking part. `current` is today's practice. `size` (inhabitants, cases) is carried
    for those who read the answer; it does not change it.
    """

    id: str
    label: str
    size: int = 1
    benefit: Range = NOTHING
    costs: Mapping[str, Mapping[str, Range]] = field(default_factory=dict)
    current: Mapping[str, str] = field(default_factory=dict)
    takes_part: bool = True

    def __post_init__(self) -> None:
        object.__setattr__(self, "costs", {aspect: dict(by_option) for aspect, by_option in self.costs.items()})
        object.__setattr__(self, "current", dict(self.current))
        checks = Checks()
        checks.text("id", self.id, MAX_ID)
        checks.require(self.id != COORDINATION, "id", "duplicate_id", id=COORDINATION)
        checks.text("label", self.label)
        checks.whole("size", self.size, 0, MAX_NUMBER)
        _check_bounds(checks, "benefit", self.benefit)
        for aspect, by_option in self.costs.items():
            for option, cost in by_option.items():
                _check_bounds(checks, f"costs.{aspect}.{option}", cost)
        checks.finish()


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """Something that must hold for its owner. `relax_price` is what giving it up costs; without one, it may not be."""

    id: str
    owner: str
    rule: Rule
    reason: str
    source: str | None = None
    relax_price: int | None = None
    confidential: bool = False

    def __post_init__(self) -> None:
        price = self.relax_price
        named = says(self.id, MAX_ID) and says(self.owner, MAX_ID) and says(self.reason, MAX_REASON)
        if named and (price is None or (type(price) is int and 0 <= price <= MAX_NUMBER)):
            return  # a million are read at most, and nearly all are right
        checks = Checks()
        checks.text("id", self.id, MAX_ID)
        checks.text("owner", self.owner, MAX_ID)
        checks.text("reason", self.reason, MAX_REASON)
        if self.relax_price is not None:
            checks.whole("relax_price", self.relax_price, 0, MAX_NUMBER)
        checks.finish()


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """Something that ought to hold for its owner. Where it does not, the whole loses `weight`.

    A need of the coordination is about the frame and counts once, however many participants there are.
    """

    id: str
    owner: str
    rule: Rule
    weight: int
    reason: str

    def __post_init__(self) -> None:
        checks = Checks()
        checks.text("id", self.id, MAX_ID)
        checks.text("owner", self.owner, MAX_ID)
        checks.whole("weight", self.weight, 0, MAX_NUMBER)
        checks.text("reason", self.reason, MAX_REASON)
        checks.finish()


@dataclass(frozen=True, slots=True, kw_only=True)
class Joint:
    """Something that must hold for all participants' own values taken together.

    `BUDGET`: the likely costs of adapting to an aspect, or to all where none is named, add up to at most `limit`.
    `CAPACITY`: at most `limit` participants have `option` in `aspect`. `MAX_VARIANTS`: at most `limit` options of
    `aspect` are in use.
    """

    id: str
    kind: JointKind
    limit: int
    reason: str
    owner: str = COORDINATION
    aspect: str | None = None
    option: str | None = None
    source: str | None = None

    def __post_init__(self) -> None:
        checks = Checks()
        checks.text("id", self.id, MAX_ID)
        checks.text("owner", self.owner, MAX_ID)
        checks.text("reason", self.reason, MAX_REASON)
        low = -MAX_SUM if self.kind is JointKind.BUDGET else 0
        checks.whole("limit", self.limit, low, MAX_SUM)
        if self.kind is JointKind.CAPACITY:
            checks.require(None not in (self.aspect, self.option), "option", "no_capacity_option")
        else:
            checks.require(self.option is None, "option", "no_joint_option")
        if self.kind is JointKind.MAX_VARIANTS:
            checks.require(self.aspect is not None, "aspect", "no_joint_aspect")
        checks.finish()


def _check_numbers(checks: Checks, options: tuple[Option, ...]) -> None:
    numbers = [option.number for option in options if option.number is not None]
    if checks.require(len(numbers) == len(options), "options", "number_needed"):
        rising = all(earlier < later for earlier, later in pairwise(numbers))
        checks.require(rising, "options", "rising_numbers")


def _check_bounds(checks: Checks, path: str, estimate: Range) -> None:
    if type(estimate) is Range and estimate.low >= -MAX_NUMBER and estimate.high <= MAX_NUMBER:
        return  # thousands are checked for each question, and nearly all are right
    if checks.of_type(path, estimate, Range, "an estimate"):
        checks.whole(f"{path}.low", estimate.low, -MAX_NUMBER, MAX_NUMBER)
        checks.whole(f"{path}.high", estimate.high, -MAX_NUMBER, MAX_NUMBER)
