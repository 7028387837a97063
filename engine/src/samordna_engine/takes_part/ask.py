"""Who takes part: from problem to proved answer."""

from collections.abc import Mapping

import numpy as np

from samordna_engine.answers import Left, TakesPart
from samordna_engine.checking import Values
from samordna_engine.documents import digest
from samordna_engine.errors import Checks
from samordna_engine.limits import Limits
from samordna_engine.outcome import Proof, Reason
from samordna_engine.problem import Depth, Problem, Sharing
from samordna_engine.projection.matter import BROKEN, Matter, Numbering
from samordna_engine.projection.tables import Numbers, Truths
from samordna_engine.size import refuse_if_too_large
from samordna_engine.takes_part.compile import numbered, own_values, question
from samordna_engine.takes_part.prove import Plain, broken_joint, prove
from samordna_engine.takes_part.question import Question
from samordna_engine.takes_part.search import Best, best_frame
from samordna_engine.takes_part.voluntary import aspect_by_aspect
from samordna_engine.version import VERSION

CHECKS = ("conditions_hold", "numbers_agree")


def who_takes_part(
    problem: Problem,
    *,
    limits: Limits | None = None,
    given: Mapping[str, str] | None = None,
    depth: Depth | None = None,
) -> TakesPart:
    """Those who gain by following a common frame fully, and the frame under which they gain the most together.

    `given` fixes options of the frame; `depth` is the problem's own where it is not said. Raises `TooLarge` before
    solving where a limit is exceeded, `Malformed` where `given` names what does not exist, and `Unproved` rather than
    give an answer whose proof failed. Out of time it gives the best found and a bound that holds.
    """
    limits, given, depth = limits or Limits(), dict(given or {}), depth or problem.depth
    refuse_if_too_large(problem, limits)
    _check_given(problem, given)
    if depth is Depth.VOLUNTARY:
        return aspect_by_aspect(problem, limits, given)
    deadline = limits.start()
    numbering = numbered(problem)
    matter = numbering.matter(given)
    asked = question(numbering, matter, depth is Depth.MANDATORY)
    found = best_frame(asked, deadline)
    return _Telling(problem, numbering, matter, asked, depth).told(found, given)


class _Telling:
    """Turns what was found into what is told, and proves it."""

    def __init__(self, problem: Problem, numbering: Numbering, matter: Matter, asked: Question, depth: Depth) -> None:
        self.problem, self.matter, self.asked, self.depth = problem, matter, asked, depth
        self.names = [participant.id for participant in numbering.people]
        self.terms = matter.own.by_owner(matter.count)

    def told(self, found: Best, given: Mapping[str, str]) -> TakesPart:
        """The answer for the best that was found."""
        bound = found.bound if found.bound > -BROKEN else None
        if found.frame is None:
            return TakesPart.without_frame(self.depth, bound, self._proof())
        nets, common = (of[0] for of in self.asked.nets(found.frame[None]))
        own = {name: self._own(p, found.frame) for p, name in enumerate(self.names) if nets[p] > -(BROKEN >> 1)}
        inside = self.asked.must | ((nets > 0) & (found.value > 0))
        frame = self._options(found.frame)
        kept = self._within_joint(inside, nets, frame, own)
        if kept is None:
            return TakesPart.without_frame(self.depth, bound, self._proof())
        net = int(nets[kept].sum() - common) if kept.any() else found.value
        checks = (*CHECKS, "bound_reached") if net == bound and (kept == inside).all() else CHECKS
        plain = Plain(self.problem, frame)
        answer = TakesPart(
            depth=self.depth,
            members=tuple(name for p, name in enumerate(self.names) if kept[p]),
            left=tuple(
                _left(plain, name, int(nets[p]), bool(inside[p])) for p, name in enumerate(self.names) if not kept[p]
            ),
            frame=frame,
            own={name: own[name] for p, name in enumerate(self.names) if kept[p] and own[name]},
            net=net,
            nets={name: int(nets[p]) for p, name in enumerate(self.names) if kept[p]},
            common_loss=int(common),
            bound=bound,
            proved=checks is not CHECKS,
            proof=self._proof(*checks),
        )
        prove(self.problem, answer, given, own)
        return answer

    def _proof(self, *checks: str) -> Proof:
        return Proof(digest=digest(self.problem), engine=f"samordna-engine {VERSION}", checks=checks)

    def _options(self, frame: Numbers) -> dict[str, str]:
        shared = ((a, aspect) for a, aspect in enumerate(self.problem.aspects) if aspect.sharing is not Sharing.LOCAL)
        return {aspect.id: aspect.options[int(frame[a])].id for a, aspect in shared}

    def _own(self, p: int, frame: Numbers) -> dict[str, str]:
        """A participant's own options in local aspects."""
        values = own_values(self.matter, p, self.terms[p], frame.tolist())
        aspects = self.problem.aspects
        return {aspects[a].id: aspects[a].options[option].id for a, option in sorted(values.items())}

    def _within_joint(self, inside: Truths, nets: Numbers, frame: Values, own: Mapping[str, Values]) -> Truths | None:
        """Those who are in, without as many of those who gain the least as joint conditions demand.

        None where even those who must take part break one.
        """
        order = sorted(np.nonzero(inside)[0].tolist(), key=lambda p: (not self.asked.must[p], -int(nets[p])))
        low, high = int(self.asked.must.sum()), len(order)
        while low < high:
            middle = (low + high + 1) // 2
            fits = not broken_joint(self.problem, [self.names[p] for p in order[:middle]], frame, own)
            low, high = (middle, high) if fits else (low, middle - 1)
        if broken_joint(self.problem, [self.names[p] for p in order[:low]], frame, own):
            return None
        kept = np.zeros_like(inside)
        kept[order[:low]] = True
        return kept


def _left(plain: Plain, name: str, net: int, gained: bool) -> Left:
    """Why a participant does not take part, though it may have been one of those who gained."""
    if net <= -(BROKEN >> 1):
        forbidding = plain.forbidding(name)
        because = tuple(Reason(kind="condition", facts={"condition": condition}) for condition in forbidding)
        return Left(
            participant=name, net=None, forbidden_by=forbidding, reason=Reason(kind="forbidden", because=because)
        )
    kind = "would_lose" if net < 0 else "gains_nothing" if net == 0 else "joint" if gained else "whole_loses"
    return Left(participant=name, net=net, forbidden_by=(), reason=Reason(kind=kind, facts={"net": net}))


def _check_given(problem: Problem, given: Mapping[str, str]) -> None:
    """Raise `Malformed` where fixed options of the frame do not exist."""
    known = {aspect.id: aspect for aspect in problem.aspects}
    checks = Checks()
    for name, option in given.items():
        if checks.require(name in known, name, "unknown_aspect", aspect=name):
            checks.require(known[name].sharing is not Sharing.LOCAL, name, "no_frame_value", aspect=name)
            checks.require(option in known[name].option_ids(), name, "unknown_option", aspect=name, option=option)
    checks.finish()
