"""Questions to the engine, asked of a process of its own (see `workers`), and its answers as types.

Size comes first: a matter beyond the declared limits is refused before anything is calculated. Of one organisation's
questions one is worked on at a time and a few wait, so that nobody can stop the others. Nothing here hangs, and nothing
raises because the engine took too long or fell over: those are answers too.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

import samordna_engine as engine
from samordna.core.errors import Invalid, Refused, TooLarge
from samordna.domain.decisions import workers
from samordna.domain.decisions.enums import AttemptResult
from samordna.domain.decisions.errands import Errands
from samordna.domain.decisions.frontier import Frontier, frontier_of
from samordna.domain.decisions.limits import NAMES, engine_limits
from samordna.domain.decisions.turnstile import Full, Turnstile
from samordna.domain.decisions.weighing import balance_document
from samordna_engine.documents import digest, outcome_of, outcome_plain, problem_plain
from samordna_engine.outcome import Limit, Outcome
from samordna_engine.size import refuse_if_too_large

MOST_CLASHES = 5
"""So many different clashes are looked for."""
MOST_POINTS = 12
"""So many decisions to choose between are shown at most."""
WAITING = 5
LONGEST_WAIT_SECONDS = 60.0
_turnstile = Turnstile(running=1, waiting=WAITING, seconds=LONGEST_WAIT_SECONDS)
_errands = Errands()


@dataclass(frozen=True, slots=True, kw_only=True)
class Solved:
    """How an attempt went. `answer` is the engine's outcome document, None when it failed; `failure` is then a sentence.

    `ways_out` of a clash: what might be given up for a price and settles the matter, the cheapest first; each has
    `conditions`, `owners` and `price`. `others` are further clashes, and `all_told` says that there are no more.
    """

    result: AttemptResult
    answer: Mapping[str, Any] | None
    milliseconds: int
    ways_out: tuple[Mapping[str, Any], ...] = ()
    others: tuple[Mapping[str, Any], ...] = ()
    all_told: bool = True
    failure: str = ""

    @property
    def outcome(self) -> Outcome | None:
        """The answer as a type of the engine's."""
        return outcome_of(dict(self.answer)) if self.answer else None

    def document(self) -> dict[str, Any]:
        """What is stored with an attempt."""
        return {
            "outcome": dict(self.answer) if self.answer else None,
            "ways_out": [dict(way) for way in self.ways_out],
            "others": [dict(clash) for clash in self.others],
            "all_told": self.all_told,
            "failure": self.failure,
        }


def get_ready() -> None:
    """Have a worker started before it is needed."""
    workers.get_ready()


def check_size(problem: engine.Problem) -> None:
    """Raise `TooLarge` with the limit's name, before anything is calculated."""
    try:
        refuse_if_too_large(problem, engine_limits())
    except engine.TooLarge as too_large:
        raise too_large_of(too_large.limit, too_large.value, too_large.allowed) from too_large


def too_large_of(limit: str, value: int, allowed: int) -> TooLarge:
    words = {"limit": allowed, "name": NAMES.get(limit, limit), "count": value}
    sentence = _("The engine takes at most %(limit)s %(name)s; this matter has %(count)s. Divide it into several.")
    return TooLarge(sentence % words)


def settle(problem: engine.Problem, *, queue: str) -> Solved:
    """The engine's answer, and for a clash the other clashes and the ways out.

    Raises `TooLarge`, and `Refused` when the line is full.
    """
    return _explained(_solve({"do": "settle"}, problem, queue), problem, queue)


def ask(
    request: Mapping[str, Any], problem: engine.Problem, *, queue: str, patience: float | None = None
) -> Mapping[str, Any]:
    """The engine's reply to any request that `samordna_engine.answering` knows; empty when it did not come in time.

    Raises as `settle`, and with `patience` `AtWork` when it is not there in so many seconds; ask again with the same words.
    """
    check_size(problem)
    if patience is None:
        return _reply(request, problem, queue)
    return _errands.answer(_name_of(request, problem), lambda: _reply(request, problem, queue), patience)


def what_if(
    problem: engine.Problem, changes: Sequence[Mapping[str, Any]], *, queue: str, patience: float | None = None
) -> Solved:
    """The engine's answer with these changes (see `samordna_engine.worker`); raises as `settle`.

    With `patience` also `AtWork`, when it is not there in so many seconds; ask again with the same words.
    """
    request = {"do": "what_if", "changes": [dict(change) for change in changes]}
    if patience is None:
        return _solve(request, problem, queue)
    return _errands.answer(_name_of(request, problem), lambda: _solve(request, problem, queue), patience)


def why_not(problem: engine.Problem, aspect: str, option: str, *, queue: str) -> Mapping[str, Any]:
    """Why the frame cannot have this option: a `clash` document, or the option's `price`; empty when not found in time.

    Raises as `settle`.
    """
    check_size(problem)
    reply = _reply({"do": "why_not", "aspect": aspect, "option": option}, problem, queue)
    outcome = reply.get("outcome") or {}
    if outcome.get("kind") == AttemptResult.CLASH:
        return {"clash": outcome}
    return {"price": reply["price"]} if "price" in reply else {}


def frontier(problem: engine.Problem, *, queue: str, patience: float) -> Frontier:
    """How alike against what cost. Raises as `settle`, and `AtWork` when it is not there in so many seconds."""
    check_size(problem)
    name = _name_of({"do": "frontier"}, problem)
    return _errands.answer(name, lambda: _frontier(problem, queue), patience)


def _frontier(problem: engine.Problem, queue: str) -> Frontier:
    return frontier_of(_reply({"do": "frontier", "most": MOST_POINTS}, problem, queue).get("frontier"))


def condition_prices(problem: engine.Problem, *, queue: str, patience: float) -> Mapping[str, Mapping[str, Any]]:
    """What the whole would gain without each condition, by id, as the engine writes it; empty when not found in time.

    Raises as `frontier`.
    """
    check_size(problem)
    request = {"do": "condition_prices"}
    return _errands.answer(
        _name_of(request, problem), lambda: _reply(request, problem, queue).get("condition_prices", {}), patience
    )


def _reply(request: Mapping[str, Any], problem: engine.Problem, queue: str) -> Mapping[str, Any]:
    """The reply; empty where the engine fell over or was silent too long."""
    try:
        return in_turn(request, problem, queue)[0]
    except (workers.Crashed, workers.OutOfTime):
        return {}


def _name_of(request: Mapping[str, Any], problem: engine.Problem) -> str:
    """What stands for exactly this question within these bounds."""
    bounds = (settings.SOLVE_SECONDS, settings.SOLVE_MEGABYTES)
    return json.dumps([digest(problem), request, bounds], sort_keys=True)


def weigh(
    problem: engine.Problem, frame: Mapping[str, str], own: Mapping[str, Mapping[str, str]], *, queue: str
) -> dict[str, Any]:
    """What the engine says of a proposal, as it is stored (see `weighing`); empty when it does not say it in time.

    Empty as well for values that do not fit the question, which the check tells of.
    """
    check_size(problem)
    values = {"frame": dict(frame), "own": {organisation: dict(given) for organisation, given in own.items()}}
    try:
        reply, _milliseconds = in_turn({"do": "assess"} | values, problem, queue)
    except (workers.Crashed, workers.OutOfTime):
        return {}
    if "proposal" not in reply:
        return {}
    return balance_document(reply["proposal"])


def _solve(request: Mapping[str, Any], problem: engine.Problem, queue: str) -> Solved:
    check_size(problem)
    began = time.monotonic()
    try:
        reply, milliseconds = in_turn(request, problem, queue)
    except workers.OutOfTime:
        return _unfinished(began)
    except workers.Crashed:
        return _failed(began)
    if "malformed" in reply:
        what = "; ".join(fault["message"] for fault in reply["malformed"])
        raise Invalid({"": _("The question could not be asked: %(what)s.") % {"what": what}})
    if "too_large" in reply:
        raise too_large_of(**reply["too_large"])
    if "outcome" not in reply:
        return _failed(began)
    answer = reply["outcome"]
    return Solved(result=AttemptResult(answer["kind"]), answer=answer, milliseconds=milliseconds)


def _explained(solved: Solved, problem: engine.Problem, queue: str) -> Solved:
    """A clash stands without its ways out and without the others, when those take too long to find."""
    if solved.answer is None or solved.result != AttemptResult.CLASH:
        return solved
    ways = _reply({"do": "ways_out", "outcome": solved.answer}, problem, queue).get("ways_out", ())
    if not solved.answer["others_exist"]:
        return replace(solved, ways_out=tuple(ways))
    told = _reply({"do": "clashes", "at_most": MOST_CLASHES}, problem, queue).get("clashes", {})
    shown = _members(solved.answer)
    others = tuple(clash for clash in told.get("found", ()) if _members(clash) != shown)
    return replace(solved, ways_out=tuple(ways), others=others, all_told=bool(told.get("complete")))


def _members(clash: Mapping[str, Any]) -> frozenset[str]:
    return frozenset(member["condition"] for member in clash["members"])


def in_turn(request: Mapping[str, Any], problem: engine.Problem, queue: str) -> tuple[dict[str, Any], int]:
    """The reply and how many milliseconds it took, once it is this organisation's turn."""
    whole = {**request, "problem": problem_plain(problem), "seconds": settings.SOLVE_SECONDS}
    try:
        with _turnstile.turn(queue):
            began = time.monotonic()
            return workers.ask(whole), _milliseconds_since(began)
    except Full as full:
        sentence = _("Your organisation already has a calculation running and %(count)s in line. Try again in a moment.")
        raise Refused(sentence % {"count": WAITING}) from full


def _milliseconds_since(began: float) -> int:
    return round((time.monotonic() - began) * 1000)


def _unfinished(began: float) -> Solved:
    """The worker did not even say in time that it was out of time."""
    stopped = engine.Unfinished(stopped_by=Limit.TIME, limit=f"{settings.SOLVE_SECONDS:g} s")
    answer = outcome_plain(stopped)
    return Solved(result=AttemptResult.UNFINISHED, answer=answer, milliseconds=_milliseconds_since(began))


def _failed(began: float) -> Solved:
    sentence = _(
        "The engine stopped without an answer. Nothing has been changed. Try again; if it happens again, tell the host."
    )
    return Solved(result=AttemptResult.FAILED, answer=None, milliseconds=_milliseconds_since(began), failure=sentence)
