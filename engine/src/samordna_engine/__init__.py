"""Decisions that are as alike as possible and as different as necessary."""

from samordna_engine.changes import what_if
from samordna_engine.check import check
from samordna_engine.errors import Malformed, TooLarge, Unproved
from samordna_engine.explain import cheapest_ways_out, necessity, why_not
from samordna_engine.limits import Limits
from samordna_engine.outcome import (
    Adaptation,
    Balance,
    Clash,
    Necessity,
    OptionPrice,
    Proposal,
    Reason,
    Settled,
    Unfinished,
    Verdict,
    Violation,
)
from samordna_engine.problem import (
    COORDINATION,
    Aspect,
    AspectKind,
    Condition,
    Need,
    Option,
    Participant,
    Problem,
    Range,
    Sharing,
)
from samordna_engine.rules import AllOf, AnyOf, AtLeast, AtMost, If, Is, IsNot
from samordna_engine.settle import assess, settle
from samordna_engine.size import estimate

__all__ = [
    "COORDINATION",
    "Adaptation",
    "AllOf",
    "AnyOf",
    "Aspect",
    "AspectKind",
    "AtLeast",
    "AtMost",
    "Balance",
    "Clash",
    "Condition",
    "If",
    "Is",
    "IsNot",
    "Limits",
    "Malformed",
    "Necessity",
    "Need",
    "Option",
    "OptionPrice",
    "Participant",
    "Problem",
    "Proposal",
    "Range",
    "Reason",
    "Settled",
    "Sharing",
    "TooLarge",
    "Unfinished",
    "Unproved",
    "Verdict",
    "Violation",
    "assess",
    "cheapest_ways_out",
    "check",
    "estimate",
    "necessity",
    "settle",
    "what_if",
    "why_not",
]
