"""The bounds of a target group as data, and whether a case lies within them.

A criterion compares one property of a case with a value. Somebody is in the target group when every including criterion
holds and no excluding one does. A case is anonymous: it holds the properties that the criteria ask for and nothing else.
A property that the case does not state leaves its criterion open, and an open criterion is said, not guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from samordna.domain.collaborations.enums import CriterionKind, CriterionOperator

PERSONAL_NUMBER = re.compile(
    r"(?<!\d)(?:19|20)?\d{2}(?:0[1-9]|1[0-2])(?:[06][1-9]|[1278]\d|[39][01])[-+ ]?[\dA-Z]{4}(?!\d)"
)
"""A Swedish personal number or coordination number (the day plus 60), with or without century and hyphen."""


def like_a_personal_number(text: str) -> bool:
    """Does somebody's personal number seem to stand in the text?"""
    return bool(PERSONAL_NUMBER.search(text.upper()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One bound: a property, a comparison, a value, and whether it takes in or leaves out."""

    kind: CriterionKind
    subject: str
    operator: CriterionOperator
    value: str


class Outcome(StrEnum):
    """What a case says of one criterion."""

    HOLDS = "holds"
    FAILS = "fails"
    UNSTATED = "unstated"
    NOT_A_NUMBER = "not_a_number"


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionResult:
    """One criterion against one case; `stated` is what the case says."""

    criterion: Criterion
    outcome: Outcome
    stated: str

    @property
    def speaks_for(self) -> bool | None:
        """Does it speak for taking the case in? None when it cannot be told."""
        if self.outcome in (Outcome.UNSTATED, Outcome.NOT_A_NUMBER):
            return None
        return (self.outcome is Outcome.HOLDS) == (self.criterion.kind == CriterionKind.INCLUDES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """Is the case in the target group, and because of which criteria? `fits` is None while something is unstated."""

    fits: bool | None
    results: tuple[CriterionResult, ...]


def number(text: str) -> Decimal | None:
    """A number as people write it in Swedish or English, or None."""
    try:
        value = Decimal(text.strip().replace(" ", "").replace("\u00a0", "").replace(",", "."))
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def fits_target_group(criteria: Iterable[Criterion], case: Mapping[str, str]) -> Fit:
    """Test a case, as values by property, against the criteria."""
    stated = {subject.strip().casefold(): value.strip() for subject, value in case.items()}
    results = tuple(_result(criterion, stated.get(criterion.subject.casefold(), "")) for criterion in criteria)
    verdicts = [result.speaks_for for result in results]
    if False in verdicts:
        return Fit(fits=False, results=results)
    return Fit(fits=None if None in verdicts or not verdicts else True, results=results)


def _result(criterion: Criterion, stated: str) -> CriterionResult:
    return CriterionResult(criterion=criterion, outcome=_outcome(criterion, stated), stated=stated)


def _outcome(criterion: Criterion, stated: str) -> Outcome:
    if not stated:
        return Outcome.UNSTATED
    if criterion.operator in (CriterionOperator.IS, CriterionOperator.IS_NOT):
        same = stated.casefold() == criterion.value.casefold()
        return Outcome.HOLDS if same == (criterion.operator == CriterionOperator.IS) else Outcome.FAILS
    has, bound = number(stated), number(criterion.value)
    if has is None or bound is None:
        return Outcome.NOT_A_NUMBER
    within = has >= bound if criterion.operator == CriterionOperator.AT_LEAST else has <= bound
    return Outcome.HOLDS if within else Outcome.FAILS
