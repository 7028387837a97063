"""What the engine says of a proposal, as it is kept with it: balance, likeness, needs, why each difference is there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import samordna_engine as engine
from samordna_engine.outcome import OptionPrice, Outcome, Price


def balance_document(
    proposal: engine.Proposal, prices: Mapping[str, Mapping[str, OptionPrice]] | None = None
) -> dict[str, Any]:
    """`whole` and one entry per organisation in `participants`; every figure is low, likely and high in the matter's unit.

    `adaptations` says of each difference why it is there (`necessary`, `elsewhere`, `worth_it`, `unnecessary`), and
    `option_prices` what the whole would lose by another frame value, where the engine has said so.
    """
    return {
        "whole": _balance(proposal.whole),
        "participants": {balance.owner: _balance(balance) for balance in proposal.balances},
        "likeness": {
            "deviations": proposal.likeness.deviations,
            "weighted": proposal.likeness.weighted,
            "possible": proposal.likeness.possible,
        },
        "cost": proposal.cost,
        "broken_needs": list(proposal.broken_needs),
        "adaptations": [_difference(adaptation) for adaptation in proposal.adaptations],
        "option_prices": {
            aspect: {option: _option_price(price) for option, price in of.items()} for aspect, of in (prices or {}).items()
        },
    }


def _range(estimate: engine.Range) -> dict[str, int]:
    return {"low": estimate.low, "likely": estimate.likely, "high": estimate.high}


def _balance(balance: engine.Balance) -> dict[str, Any]:
    return {
        "cost": _range(balance.cost),
        "need_loss": balance.need_loss,
        "benefit": _range(balance.benefit),
        "own_best_cost": balance.own_best_cost,
        "given_up": _range(balance.given_up),
        "net": _range(balance.net),
        "verdict": balance.verdict.value,
        "changes": list(balance.changes),
    }


def _difference(adaptation: engine.Adaptation) -> dict[str, Any]:
    return {
        "organisation": adaptation.participant,
        "aspect": adaptation.aspect,
        "option": adaptation.option,
        "frame_option": adaptation.frame_option,
        "necessity": adaptation.necessity.value,
        "because": list(adaptation.because),
        "going_back": _price(adaptation.going_back),
    }


def _price(price: Price | None) -> dict[str, int] | None:
    return None if price is None else {"likeness": price.likeness, "cost": price.cost}


def _option_price(price: OptionPrice) -> dict[str, Any]:
    return {"state": price.state.value, "price": _price(price.price), "blocked_by": list(price.blocked_by)}


def justifying_gain(adaptation: Mapping[str, Any]) -> int | None:
    """The gain that alone justifies a difference; None where a condition, or nothing, does."""
    if adaptation["necessity"] != engine.Necessity.WORTH_IT or adaptation["going_back"] is None:
        return None
    return int(adaptation["going_back"]["cost"])


def found_in(outcome: Outcome | None) -> tuple[engine.Proposal | None, Mapping[str, Mapping[str, OptionPrice]]]:
    """The proposal in an outcome (the best there is, or the best found in time), and the prices of options, if told."""
    match outcome:
        case engine.Settled():
            return outcome.proposal, outcome.option_prices
        case engine.Unfinished():
            return outcome.best, {}
        case _:
            return None, {}
