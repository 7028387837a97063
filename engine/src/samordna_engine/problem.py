"""The question: what is to be decided, by whom, and under which conditions.

A matter has *aspects*; each aspect has *options*. A decision gives every aspect that is shared a value, the *frame*.
Each participant then has its own values, which for a *common* aspect are the frame's, for a *framed* aspect the frame's
unless a difference is necessary, and for a *local* aspect whatever suits the participant.

*Conditions* must hold. *Needs* may go unmet, at a cost. Both have an owner and a reason. All numbers are whole numbers
in the unit that the problem names, so that the same question always gives the same answer.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise
from typing import Final

from samordna_engine.errors import Checks, Fault, Malformed
from samordna_engine.rules import AtLeast, AtMost, Is, IsNot, Literal, Rule, aspects_of, literals_of

COORDINATION: Final = "coordination"
"""The owner of what is stated for all. Such a condition holds for the frame and for every participant's own values."""

MAX_NUMBER: Final = 10**9
MAX_SUM: Final = 2**62
MAX_RULE_ASPECTS: Final = 6
MAX_RULE_CELLS: Final = 4096
MAX_OPTIONS: Final = 1000
MAX_WEIGHT: Final = 1000
MAX_ID: Final = 200


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
        checks = Checks()
        checks.text("id", self.id, MAX_ID)
        checks.text("owner", self.owner, MAX_ID)
        checks.text("reason", self.reason, 20_000)
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
        checks.text("reason", self.reason, 20_000)
        checks.finish()


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A whole question. Without a `price_of_difference`, likeness comes first and cost decides between equals.

    With one, each difference from the frame costs that much times the weight of its aspect, and the sum is made small.
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

    def __post_init__(self) -> None:
        checks = Checks()
        checks.text("id", self.id, MAX_ID)
        checks.text("title", self.title)
        checks.text("unit", self.unit)
        if self.price_of_difference is not None:
            checks.whole("price_of_difference", self.price_of_difference, 0, MAX_NUMBER)
        checks.finish()
        if faults := reference_faults(self.aspects, self.participants, self.conditions, self.needs):
            raise Malformed(faults)

    def taking_part(self) -> tuple[Participant, ...]:
        """The participants that the answer is for."""
        return tuple(participant for participant in self.participants if participant.takes_part)


def reference_faults(
    aspects: tuple[Aspect, ...],
    participants: tuple[Participant, ...],
    conditions: tuple[Condition, ...],
    needs: tuple[Need, ...],
) -> list[Fault]:
    """Everything that is wrong between the parts of a problem, though each part is right in itself."""
    checks = Checks()
    for name, parts in (
        ("aspects", aspects),
        ("participants", participants),
        ("conditions", conditions),
        ("needs", needs),
    ):
        checks.unique(name, (part.id for part in parts))
    known = {aspect.id: _Known(aspect) for aspect in aspects}
    owners = {participant.id for participant in participants} | {COORDINATION}
    for index, participant in enumerate(participants):
        _check_participant(checks, f"participants[{index}]", participant, known)
    for index, condition in enumerate(conditions):
        _check_rule(checks, f"conditions[{index}]", condition, known, owners)
    for index, need in enumerate(needs):
        _check_rule(checks, f"needs[{index}]", need, known, owners)
        if need.owner == COORDINATION:
            _check_frame_only(checks, f"needs[{index}].rule", need.rule, known)
    return checks.faults


def _check_numbers(checks: Checks, options: tuple[Option, ...]) -> None:
    numbers = [option.number for option in options if option.number is not None]
    if checks.require(len(numbers) == len(options), "options", "number_needed"):
        rising = all(earlier < later for earlier, later in pairwise(numbers))
        checks.require(rising, "options", "rising_numbers")


def _check_bounds(checks: Checks, path: str, estimate: Range) -> None:
    if checks.of_type(path, estimate, Range, "an estimate"):
        checks.whole(f"{path}.low", estimate.low, -MAX_NUMBER, MAX_NUMBER)
        checks.whole(f"{path}.high", estimate.high, -MAX_NUMBER, MAX_NUMBER)


class _Known:
    """An aspect, and the ids of its options for looking up."""

    def __init__(self, aspect: Aspect) -> None:
        self.aspect = aspect
        self.options = frozenset(aspect.option_ids())


def _check_participant(checks: Checks, path: str, participant: Participant, known: Mapping[str, "_Known"]) -> None:
    if all(
        aspect in known and known[aspect].options.issuperset(of) for aspect, of in participant.costs.items()
    ) and all(aspect in known and option in known[aspect].options for aspect, option in participant.current.items()):
        return  # nothing to tell, and nearly always so
    for aspect, option in participant.current.items():
        _check_option(checks, f"{path}.current.{aspect}", aspect, option, known)
    for aspect, by_option in participant.costs.items():
        for option in by_option:
            _check_option(checks, f"{path}.costs.{aspect}.{option}", aspect, option, known)


def _check_option(checks: Checks, path: str, aspect: str, option: str, known: Mapping[str, "_Known"]) -> None:
    if checks.require(aspect in known, path, "unknown_aspect", aspect=aspect):
        checks.require(option in known[aspect].options, path, "unknown_option", aspect=aspect, option=option)


def _check_rule(
    checks: Checks, path: str, stated: Condition | Need, known: Mapping[str, "_Known"], owners: set[str]
) -> None:
    checks.require(stated.owner in owners, f"{path}.owner", "unknown_owner", owner=stated.owner)
    for place, literal in literals_of(stated.rule):
        _check_literal(checks, f"{path}.rule.{place}".rstrip("."), literal, known)
    scope = aspects_of(stated.rule)
    checks.require(len(scope) <= MAX_RULE_ASPECTS, f"{path}.rule", "too_wide", count=len(scope), limit=MAX_RULE_ASPECTS)
    cells = 1
    for aspect in scope:
        cells *= len(known[aspect].aspect.options) if aspect in known else 1
    checks.require(cells <= MAX_RULE_CELLS, f"{path}.rule", "table_too_large", cells=cells, limit=MAX_RULE_CELLS)


def _check_literal(checks: Checks, path: str, literal: Literal, known: Mapping[str, "_Known"]) -> None:
    if not checks.require(literal.aspect in known, path, "unknown_aspect", aspect=literal.aspect):
        return
    aspect = known[literal.aspect].aspect
    match literal:
        case Is() | IsNot():
            for option in literal.options:
                _check_option(checks, path, aspect.id, option, known)
        case AtLeast() | AtMost():
            ordered = checks.require(aspect.is_ordered, path, "not_ordered", aspect=aspect.id)
            if ordered and isinstance(literal.value, int):
                checks.require(aspect.kind is AspectKind.RANGE, path, "no_numbers", aspect=aspect.id)
            elif isinstance(literal.value, str):
                _check_option(checks, path, aspect.id, literal.value, known)


def _check_frame_only(checks: Checks, path: str, rule: Rule, known: Mapping[str, "_Known"]) -> None:
    for aspect in aspects_of(rule):
        local = aspect in known and known[aspect].aspect.sharing is Sharing.LOCAL
        checks.require(not local, path, "one_frame_only", aspect=aspect)
