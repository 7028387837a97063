"""Decisions that are as alike as possible and as different as necessary.

What a question and an answer are made of is here at once. What works something out is fetched when it is first used, so
that a program which only reads and writes questions does not load the solver.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from samordna_engine.errors import Malformed, TooLarge, Unproved
from samordna_engine.limits import Limits
from samordna_engine.outcome import Clash, Necessity, Proposal, Settled, Unfinished, Verdict
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

if TYPE_CHECKING:
    from samordna_engine.changes import what_if
    from samordna_engine.checking import check
    from samordna_engine.clash import clashes
    from samordna_engine.explain import cheapest_ways_out, why_not
    from samordna_engine.pricing import condition_prices
    from samordna_engine.settling import assess, settle
    from samordna_engine.size import estimate
    from samordna_engine.takes_part import who_takes_part
    from samordna_engine.tradeoff import frontier
    from samordna_engine.verifying import verify
    from samordna_engine.views import seen_by

__all__ = [
    "COORDINATION",
    "AllOf",
    "AnyOf",
    "Aspect",
    "AspectKind",
    "AtLeast",
    "AtMost",
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
    "Participant",
    "Problem",
    "Proposal",
    "Range",
    "Settled",
    "Sharing",
    "TooLarge",
    "Unfinished",
    "Unproved",
    "Verdict",
    "assess",
    "cheapest_ways_out",
    "check",
    "clashes",
    "condition_prices",
    "estimate",
    "frontier",
    "seen_by",
    "settle",
    "verify",
    "what_if",
    "who_takes_part",
    "why_not",
]

_FETCHED: Final = {
    "assess": "settling",
    "cheapest_ways_out": "explain",
    "check": "checking",
    "clashes": "clash",
    "condition_prices": "pricing",
    "estimate": "size",
    "frontier": "tradeoff",
    "seen_by": "views",
    "settle": "settling",
    "verify": "verifying",
    "what_if": "changes",
    "who_takes_part": "takes_part",
    "why_not": "explain",
}
"""The module that each function is fetched from."""


def __getattr__(name: str) -> Any:
    if name not in _FETCHED:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    fetched = getattr(import_module(f"{__name__}.{_FETCHED[name]}"), name)
    globals()[name] = fetched
    return fetched
