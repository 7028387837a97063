"""What can be asked for in one request, and how the answer is written.

A request says what to `do`, and has the `problem` as a document. Where needed it also has `given`, `frame` and `own`,
`changes`, `aspect` and `option`, `outcome`, `certificate`, `viewer`, `at_most` or `most`. `seconds` is how long it may
take.

The reply has one field: `outcome` or `answer` (documents), or what was asked for; and for what could not be answered
`malformed` (a list of faults), `too_large` or `unproved`.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar

from samordna_engine import changes
from samordna_engine.answers import Answer
from samordna_engine.certificates import certificate_of, certificate_plain
from samordna_engine.certify import certify
from samordna_engine.changes import Change, what_if
from samordna_engine.checking import check
from samordna_engine.clash import clashes
from samordna_engine.detail import detail
from samordna_engine.documents import ANSWER_FORMAT, answer_of, answer_plain, outcome_of, outcome_plain, problem_of
from samordna_engine.documents.plain import Plain, plain
from samordna_engine.documents.reading import BAD, Reader
from samordna_engine.errors import Checks, Malformed, TooLarge, Unproved
from samordna_engine.explain import cheapest_ways_out, why_not
from samordna_engine.fairness import worst_off_first
from samordna_engine.joint import settle_jointly
from samordna_engine.limits import Limits, OutOfTime
from samordna_engine.outcome import Clash, OptionPrice, Outcome, Settled, Unfinished
from samordna_engine.pricing import condition_prices
from samordna_engine.problem import Problem
from samordna_engine.remarks import remarks
from samordna_engine.settling import assess, settle
from samordna_engine.takes_part import who_takes_part
from samordna_engine.tradeoff import frontier
from samordna_engine.transfers import shapley_shares
from samordna_engine.variants import settle_fewest_variants
from samordna_engine.verifying import verify
from samordna_engine.views import seen_by

Read = TypeVar("Read")
CHANGES: Final[Mapping[str, type[Any]]] = {
    "add_condition": changes.AddCondition,
    "drop_condition": changes.DropCondition,
    "replace_condition": changes.ReplaceCondition,
    "fix_option": changes.FixOption,
    "set_cost": changes.SetCost,
    "set_price_of_difference": changes.SetPriceOfDifference,
    "set_sharing": changes.SetSharing,
    "set_takes_part": changes.SetTakesPart,
}


def answer(request: Plain) -> Plain:
    """The answer to a request. Raises `Malformed` for a request that is not well formed."""
    checks = Checks()
    if checks.of_type("", request, dict, "an object"):
        known = isinstance(request.get("do"), str) and request["do"] in DO
        checks.require(known, "do", "wrong_choice", value=str(request.get("do"))[:40], allowed=", ".join(DO))
    checks.finish()
    limits = _limits(request)
    try:
        problem = _within("problem", lambda: problem_of(request.get("problem")))
        return DO[request["do"]](problem, request, limits)
    except OutOfTime:
        return written(Unfinished(**limits.stopped(limits.start())))
    except TooLarge as refusal:
        return {"too_large": {"limit": refusal.limit, "value": refusal.value, "allowed": refusal.allowed}}
    except Unproved as defect:
        return {"unproved": str(defect)}


def _settle(problem: Problem, request: Plain, limits: Limits) -> Plain:
    return written(settle(problem, limits=limits, given=_given(request)))


def _check(problem: Problem, request: Plain, limits: Limits) -> Plain:
    return {"violations": plain(tuple(check(problem, *_proposal(request))))}


def _assess(problem: Problem, request: Plain, limits: Limits) -> Plain:
    return {"proposal": plain(assess(problem, *_proposal(request), limits=limits))}


def _what_if(problem: Problem, request: Plain, limits: Limits) -> Plain:
    stated = request.get("changes", [])
    checks = Checks()
    checks.of_type("changes", stated, list, "a list")
    checks.finish()
    made = [read_change(change, f"changes[{i}]") for i, change in enumerate(stated)]
    return written(what_if(problem, *made, limits=limits))


def _why_not(problem: Problem, request: Plain, limits: Limits) -> Plain:
    aspect, option = (_read(str, request.get(name), name) for name in ("aspect", "option"))
    found = why_not(problem, aspect, option, limits=limits)
    return {"price": plain(found)} if isinstance(found, OptionPrice) else written(found)


def _ways_out(problem: Problem, request: Plain, limits: Limits) -> Plain:
    clash = _within("outcome", lambda: outcome_of(request.get("outcome")))
    checks = Checks()
    checks.of_type("outcome", clash, Clash, "a clash")
    checks.finish()
    assert isinstance(clash, Clash)
    return {"ways_out": plain(cheapest_ways_out(problem, clash, limits=limits))}


def _seen_by(problem: Problem, request: Plain, limits: Limits) -> Plain:
    told: Outcome | Answer = _within("outcome", lambda: _any_of(request.get("outcome")))
    return _of_its_kind(seen_by(told, problem, _read(str, request.get("viewer"), "viewer"), limits=limits))


def _clashes(problem: Problem, request: Plain, limits: Limits) -> Plain:
    at_most = _read(int, request.get("at_most", 5), "at_most")
    return {"clashes": plain(clashes(problem, at_most=at_most, given=_given(request), limits=limits))}


def _frontier(problem: Problem, request: Plain, limits: Limits) -> Plain:
    most = _read(int | None, request.get("most"), "most")
    return {"frontier": plain(frontier(problem, most=most, limits=limits))}


def _condition_prices(problem: Problem, request: Plain, limits: Limits) -> Plain:
    return {"condition_prices": plain(dict(condition_prices(problem, limits=limits)))}


def _who_takes_part(problem: Problem, request: Plain, limits: Limits) -> Plain:
    return {"takes_part": answer_plain(who_takes_part(problem, given=_given(request), limits=limits))}


def _detail(problem: Problem, request: Plain, limits: Limits) -> Plain:
    return {"detail": plain(detail(problem, limits=limits))}


def _remarks(problem: Problem, request: Plain, limits: Limits) -> Plain:
    return {"remarks": plain(remarks(problem))}


def _settle_jointly(problem: Problem, request: Plain, limits: Limits) -> Plain:
    return _of_its_kind(settle_jointly(problem, limits=limits, given=_given(request)))


def _fewest_variants(problem: Problem, request: Plain, limits: Limits) -> Plain:
    at_most = _read(int, request.get("at_most", 3), "at_most")
    return _of_its_kind(settle_fewest_variants(problem, at_most, limits=limits, given=_given(request)))


def _worst_off_first(problem: Problem, request: Plain, limits: Limits) -> Plain:
    return _of_its_kind(worst_off_first(problem, limits=limits, given=_given(request)))


def _shares(problem: Problem, request: Plain, limits: Limits) -> Plain:
    return {"shares": answer_plain(shapley_shares(problem, limits=limits))}


def _certify(problem: Problem, request: Plain, limits: Limits) -> Plain:
    outcome = _within("outcome", lambda: outcome_of(request.get("outcome")))
    certificate = certify(problem, outcome, limits=limits)
    return {"certificate": None if certificate is None else certificate_plain(certificate)}


def _verify(problem: Problem, request: Plain, limits: Limits) -> Plain:
    outcome = _within("outcome", lambda: outcome_of(request.get("outcome")))
    certificate = _within("certificate", lambda: certificate_of(request.get("certificate")))
    return {"faults": plain(verify(problem, outcome, certificate))}


DO: Final[Mapping[str, Callable[[Problem, Plain, Limits], Plain]]] = {
    "settle": _settle,
    "check": _check,
    "assess": _assess,
    "what_if": _what_if,
    "why_not": _why_not,
    "ways_out": _ways_out,
    "seen_by": _seen_by,
    "clashes": _clashes,
    "frontier": _frontier,
    "condition_prices": _condition_prices,
    "who_takes_part": _who_takes_part,
    "detail": _detail,
    "remarks": _remarks,
    "settle_jointly": _settle_jointly,
    "fewest_variants": _fewest_variants,
    "worst_off_first": _worst_off_first,
    "shares": _shares,
    "certify": _certify,
    "verify": _verify,
}


def read_change(value: Plain, path: str) -> Change:
    """A change: the fields of one of the types in `changes`, and its name in the field `change`."""
    checks = Checks()
    kind = value.get("change") if isinstance(value, dict) else None
    known = isinstance(kind, str) and kind in CHANGES
    checks.require(known, f"{path}.change", "wrong_choice", value=str(kind)[:40], allowed=", ".join(CHANGES))
    checks.finish()
    made: Change = _read(CHANGES[str(kind)], {name: item for name, item in value.items() if name != "change"}, path)
    return made


def _proposal(request: Plain) -> tuple[Mapping[str, str], Mapping[str, Mapping[str, str]]]:
    frame = _read(Mapping[str, str], request.get("frame"), "frame")
    return frame, _read(Mapping[str, Mapping[str, str]], request.get("own", {}), "own")


def _given(request: Plain) -> Mapping[str, str]:
    given: Mapping[str, str] = _read(Mapping[str, str], request.get("given", {}), "given")
    return given


def _limits(request: Plain) -> Limits:
    seconds = request.get("seconds")
    checks = Checks()
    number = type(seconds) in (int, float) or seconds is None
    checks.require(number, "seconds", "wrong_type", expected="a number of seconds", actual=str(seconds)[:40])
    checks.finish()
    return Limits(seconds=seconds)


def _read(wanted: Any, value: Plain, path: str) -> Any:
    reader = Reader()
    read = reader.read(wanted, value, path)
    reader.checks.finish()
    assert read is not BAD
    return read


def _any_of(value: Plain) -> Outcome | Answer:
    """An outcome, or an answer where the document says that it is one."""
    return answer_of(value) if isinstance(value, dict) and value.get("format") == ANSWER_FORMAT else outcome_of(value)


def _within(path: str, read: Callable[[], Read]) -> Read:
    """What was read, with faults told from the request's point of view."""
    try:
        return read()
    except Malformed as malformed:
        raise Malformed(fault.under(path) for fault in malformed.faults) from None


def _of_its_kind(answered: Outcome | Answer) -> Plain:
    """An outcome where `settle` could have given it, and else an answer."""
    if isinstance(answered, Settled | Clash | Unfinished):
        return written(answered)
    return {"answer": answer_plain(answered)}


def written(outcome: Outcome) -> Plain:
    """An outcome as the answer to a request."""
    return {"outcome": outcome_plain(outcome)}
