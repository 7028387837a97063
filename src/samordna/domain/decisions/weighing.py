"""What the engine says of a proposal, as it is kept with it: balance, likeness, needs, why each difference is there.

It is taken from the engine's documents as they come: reading them into types first would cost more than solving the matter.
What a document leaves out because it is the default is filled in here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from samordna_engine import Necessity

Plain = Mapping[str, Any]


def found_in(outcome: Plain | None) -> tuple[Plain | None, Plain]:
    """The proposal in an outcome document (the best there is, or the best found in time), and the prices of options."""
    match outcome:
        case {"kind": "settled", "proposal": proposal, "option_prices": prices}:
            return proposal, prices
        case {"kind": "unfinished", "best": proposal}:
            return proposal, {}
        case _:
            return None, {}


def balance_document(proposal: Plain, prices: Plain | None = None) -> dict[str, Any]:
    """`whole` and one entry per organisation in `participants`; every figure is low, likely and high in the matter's unit.

    `adaptations` says of each difference why it is there (`necessary`, `elsewhere`, `worth_it`, `unnecessary`), and
    `option_prices` what the whole would lose by another frame value, where the engine has said so.
    """
    return {
        "whole": _balance(proposal["whole"]),
        "participants": {balance["owner"]: _balance(balance) for balance in proposal["balances"]},
        "likeness": dict(proposal["likeness"]),
        "cost": proposal["cost"],
        "broken_needs": list(proposal["broken_needs"]),
        "adaptations": [_difference(adaptation) for adaptation in proposal["adaptations"]],
        "option_prices": {
            aspect: {option: _option_price(price) for option, price in of.items()} for aspect, of in (prices or {}).items()
        },
    }


def _range(estimate: Any) -> dict[str, int]:
    """An estimate; a document writes one that is certain as a single number."""
    if isinstance(estimate, int):
        return {"low": estimate, "likely": estimate, "high": estimate}
    return dict(estimate)


def _balance(balance: Plain) -> dict[str, Any]:
    return {
        "cost": _range(balance["cost"]),
        "need_loss": balance["need_loss"],
        "benefit": _range(balance["benefit"]),
        "own_best_cost": balance["own_best_cost"],
        "given_up": _range(balance["given_up"]),
        "net": _range(balance["net"]),
        "verdict": balance["verdict"],
        "changes": list(balance.get("changes", ())),
    }


def _difference(adaptation: Plain) -> dict[str, Any]:
    names = ("aspect", "option", "frame_option", "necessity")
    told = {name: adaptation[name] for name in names}
    because = list(adaptation["because"])
    return {"organisation": adaptation["participant"], **told, "because": because, "going_back": adaptation["going_back"]}


def _option_price(price: Plain) -> dict[str, Any]:
    return {"state": price["state"], "price": price["price"], "blocked_by": list(price.get("blocked_by", ()))}


def justifying_gain(adaptation: Plain) -> int | None:
    """The gain that alone justifies a difference; None where a condition, or nothing, does."""
    if adaptation["necessity"] != Necessity.WORTH_IT or adaptation["going_back"] is None:
        return None
    return int(adaptation["going_back"]["cost"])
