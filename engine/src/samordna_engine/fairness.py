"""The decision whose worst-off participant is as well off as can be.

Everybody takes part and follows the frame as `settle` would have it: its own values differ from the frame only where
its conditions, or the price of difference, make that best. What is made large is, first, the net of the participant
that gains least; then, among all frames with that least net, the sum of everybody's nets less the unmet needs of the
coordination. These are the first step of the leximin order and then the sum, not the whole of leximin: the second
worst-off is not looked at before the sum.

The search goes through the aspects of the frame one by one, all partial frames of a batch at once. A participant's net
under a partial frame is at most what remains when each of its parts turns out as cheap as it still can; the least of
these over the participants bounds the worst-off, and because it is a least and not a sum, the bound is tight.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from samordna_engine.answers import WorstOff
from samordna_engine.checking import check
from samordna_engine.documents import digest
from samordna_engine.errors import TooLarge, Unproved
from samordna_engine.fairness_check import measured_nets, unmet_for_all
from samordna_engine.joint.frames import Step, in_order, strides, sum_steps
from samordna_engine.joint.parts import Part, costs_in, least, own_parts, own_values, under_frame
from samordna_engine.limits import Deadline, Limits, OutOfTime
from samordna_engine.outcome import Clash, Proof, Unfinished
from samordna_engine.problem import Problem, Sharing
from samordna_engine.projection.matter import BROKEN, Matter, Numbering
from samordna_engine.projection.tables import Numbers
from samordna_engine.settling import ENGINE, settle
from samordna_engine.size import refuse_if_too_large

BATCH_CELLS: Final = 1 << 20
"""Numbers that are worked on at once: partial frames times participants."""

PLAIN_BATCHES: Final = 24
"""Batches after which the search begins again with weights on the participants, which take time to find."""

ROUNDS: Final = 40
HEAVIEST: Final = 1 << 10
"""Rounds in which the weights are found, and the largest of them."""

FAIRNESS_CHECKS: Final = ("conditions_hold", "numbers_agree")


def worst_off_first(
    problem: Problem, *, limits: Limits | None = None, given: Mapping[str, str] | None = None
) -> WorstOff | Clash | Unfinished:
    """The decision with the best-off worst-off, and among those the largest sum; or why there is none.

    `given` fixes options of the frame. `Unfinished` where a limit was reached before any decision was found. Raises
    `TooLarge` where a participant's conditions tie too many aspects together, or where there are joint conditions,
    which this question does not know; and `Malformed`, `Unproved` as `settle` does.
    """
    limits, given = limits or Limits(), dict(given or {})
    refuse_if_too_large(problem, limits)
    if problem.joint:
        raise TooLarge("joint conditions where the worst-off come first", len(problem.joint), 0)
    if not problem.taking_part() or any(name not in {a.id for a in problem.aspects} for name in given):
        return _nobody(problem, limits, given)
    deadline = limits.start()
    numbering = Numbering(problem)
    matter = numbering.matter(given)
    parts = own_parts(matter)
    alone = _alone_costs(numbering, matter)
    if (alone >= BROKEN).any():
        return _nobody(problem, limits, given)
    try:
        found = _Search(matter, parts, _benefits(problem) + alone, deadline).run()
    except OutOfTime:
        return Unfinished(**limits.stopped(deadline))
    if found is None:
        return _nobody(problem, limits, given)
    return _proved(numbering, found, own_values(matter, parts, found.frame), alone)


def _nobody(problem: Problem, limits: Limits, given: Mapping[str, str]) -> Clash | Unfinished:
    """Why there is no frame at all, which is for `settle` to say; it also refuses what is wrong with `given`."""
    outcome = settle(problem.without_joint(), limits=limits, given=given)
    if isinstance(outcome, Clash | Unfinished):
        return outcome
    if problem.taking_part():
        raise Unproved("no frame was found although there is one")
    raise TooLarge("participants that take part, of which one is needed,", 0, 0)


@dataclass(frozen=True, slots=True)
class _Found:
    """The best frame, its worst net and sum, and a number that no worst net is above."""

    frame: tuple[int, ...]
    worst: int
    total: int
    bound: int
    proved: bool


def _benefits(problem: Problem) -> Numbers:
    return np.array([participant.benefit.likely for participant in problem.taking_part()], np.int64)


def _alone_costs(numbering: Numbering, matter: Matter) -> Numbers:
    """What each pays alone, with its own conditions and needs only, in cost above its cheapest options.

    A participant whose own conditions cannot be met in any way gets `BROKEN`; then there is no decision either.
    """
    alone = numbering.alone(matter)
    return costs_in(matter.scale, least(alone, own_parts(alone)))


@dataclass(frozen=True, slots=True)
class _Batch:
    """Partial frames: options decided, [frame, place]; the most each participant can have, [participant, frame]; the
    most their sum and their weighted sum can be; and the most that the worst-off can have.
    """

    decided: Numbers
    most: Numbers
    total: Numbers
    weighted: Numbers
    worst: Numbers

    def only(self, kept: Numbers) -> "_Batch":
        """Some of the partial frames."""
        columns = (self.total[kept], self.weighted[kept], self.worst[kept])
        return _Batch(self.decided[kept], self.most[:, kept], *columns)


class _Search:
    """Depth first and the most promising batch first, all partial frames of a batch at once."""

    def __init__(self, matter: Matter, parts: list[Part], most: Numbers, deadline: Deadline) -> None:
        self.matter, self.deadline = matter, deadline
        each = self.parts = [_priced(matter, under_frame(matter, part)) for part in parts]
        self.all_most = most
        whole = [_summed(part) for part in each] + _stated_for_all(matter)
        self.order = _order(matter, each)
        self.each = _steps(matter, each, self.order)
        self.whole, least_sum = sum_steps(matter.sizes, [(part.scope, part.table[0]) for part in whole], self.order)
        self.total = int(most.sum()) - least_sum
        self.start_most = most.copy()
        for part in each:
            self.start_most[part.people] -= part.flat().min(axis=1)
        self.weighted: list[list[Step]] = [[] for _ in self.order]
        self.weight = 1
        self.best: _Found | None = None

    def run(self) -> _Found | None:
        """The best frame; None where there is none. Raises `OutOfTime` when the time is up before one was found."""
        waiting, batches = [self._start(int(self.start_most.min(initial=BROKEN)))], 0
        while waiting:
            if self.deadline.passed:
                return self._stopped(waiting)
            if batches == PLAIN_BATCHES:
                waiting = [self._weighed()]
            batches += 1
            batch = self._hopeful(waiting.pop())
            depth = batch.decided.shape[1]
            if depth == len(self.order):
                self._offer(batch)
            elif len(batch.worst):
                waiting.extend(self._portions(self._hopeful(self._extended(batch, depth)), depth + 1))
        return self.best

    def _start(self, weighted: int) -> _Batch:
        """Nothing decided."""
        nothing = np.zeros((1, 0), np.int64)
        total, weighted_total = np.array([self.total], np.int64), np.array([weighted], np.int64)
        return self._batch(nothing, self.start_most[:, None].copy(), total, weighted_total)

    def _batch(self, decided: Numbers, most: Numbers, total: Numbers, weighted: Numbers) -> _Batch:
        """Partial frames with what follows for the worst-off: no more than anybody, nor than a weighted mean."""
        return _Batch(decided, most, total, weighted, np.minimum(most.min(axis=0), weighted // self.weight))

    def _weighed(self) -> _Batch:
        """The start again, with the weights on the participants that bound the worst-off best.

        Whatever the weights, the least net is at most the weighted mean of all; those who lose in the frame that is
        best at some weights get more, the others less (Arora, Hazan and Kale 2012).
        """
        weights = np.full(self.matter.count, 1.0)
        best = (BROKEN, 1, self.weighted)
        for turn in range(ROUNDS):
            whole = np.maximum((weights * (HEAVIEST / weights.max())).astype(np.int64), 0)
            most, steps = self._weighted_steps(whole)
            if most // int(whole.sum()) < best[0] // best[1]:
                best = (most, int(whole.sum()), steps)
            nets = self._nets(self._greedy(steps))
            if self.deadline.passed or (nets <= -BROKEN // 2).any():
                break
            spread = max(1, int(nets.max() - nets.min()))
            weights *= np.exp(-(nets - nets.min()) * (8.0 / spread) / (1 + turn) ** 0.5)
            weights /= weights.max()
        most, self.weight, self.weighted = best
        return self._start(most)

    def _weighted_steps(self, weights: Numbers) -> tuple[int, list[list[Step]]]:
        """The most that the weighted sum of all nets can be, and its steps."""
        tables = []
        for part in self.parts:
            broken = part.table >= BROKEN
            rows = weights[part.people].reshape([-1] + [1] * len(part.scope))
            total = (np.where(broken, 0, part.table) * rows).sum(axis=0)
            tables.append((part.scope, np.where(broken.any(axis=0), BROKEN, total)))
        steps, least_sum = sum_steps(self.matter.sizes, tables, self.order)
        return int((weights * self.all_most).sum()) - least_sum, steps

    def _greedy(self, steps: list[list[Step]]) -> list[int]:
        """A frame with a large weighted sum, the largest unless tables had to be taken in pieces."""
        decided = np.zeros((1, 0), np.int64)
        for depth, a in enumerate(self.order):
            options = np.array([self.matter.given[a]] if a in self.matter.given else range(self.matter.sizes[a]))
            tried = np.concatenate([np.repeat(decided, len(options), axis=0), options[:, None]], axis=1)
            change = sum((step.change(tried)[0] for step in steps[depth]), np.zeros(len(options), np.int64))
            decided = tried[[int(np.argmax(change))]]
        frame = [0] * len(self.matter.sizes)
        for a, option in zip(self.order, decided[0].tolist(), strict=True):
            frame[a] = option
        return frame

    def _nets(self, frame: list[int]) -> Numbers:
        """Everybody's net under a frame."""
        nets = self.all_most.copy()
        for part in self.parts:
            at: list[int | slice] = [frame[a] for a in part.scope]
            nets[part.people] -= part.table[(slice(None), *at)]
        return nets

    def _extended(self, batch: _Batch, depth: int) -> _Batch:
        """Every partial frame with every option of the aspect that is next."""
        a = self.order[depth]
        options = [self.matter.given[a]] if a in self.matter.given else list(range(self.matter.sizes[a]))
        decided = np.repeat(batch.decided, len(options), axis=0)
        new = np.tile(np.array(options, np.int64), len(batch.decided))
        decided = np.concatenate([decided, new[:, None]], axis=1)
        most = np.repeat(batch.most, len(options), axis=1)
        total = np.repeat(batch.total, len(options))
        for step in self.each[depth]:
            most[step.people] += step.change(decided)
        for step in self.whole[depth]:
            total += step.change(decided)[0]
        weighted = np.repeat(batch.weighted, len(options))
        for step in self.weighted[depth]:
            weighted += step.change(decided)[0]
        return self._batch(decided, most, total, weighted)

    def _hopeful(self, batch: _Batch) -> _Batch:
        """Those that may hold better than the best found, the least promising first."""
        worst, total = batch.worst, batch.total
        possible = (worst > -BROKEN // 2) & (total > -BROKEN // 2)
        if self.best is not None:
            possible &= (worst > self.best.worst) | ((worst == self.best.worst) & (total > self.best.total))
        kept = np.flatnonzero(possible)
        return batch.only(kept[np.lexsort((total[kept], worst[kept]))])

    def _portions(self, batch: _Batch, depth: int) -> list[_Batch]:
        """A batch in portions that can be extended at once, the most promising last."""
        options = self.matter.sizes[self.order[depth]] if depth < len(self.order) else 1
        size = max(1, BATCH_CELLS // (max(1, self.matter.count) * options))
        return [batch.only(np.arange(i, min(i + size, len(batch.worst)))) for i in range(0, len(batch.worst), size)]

    def _offer(self, batch: _Batch) -> None:
        """Remember the best of some whole frames, which come sorted; between equals, the first in the batch."""
        if not len(batch.worst):
            return
        worst, total = int(batch.worst[-1]), int(batch.total[-1])
        first = int(np.flatnonzero((batch.worst == worst) & (batch.total == total))[0])
        frame = [0] * len(self.matter.sizes)
        for a, option in zip(self.order, batch.decided[first].tolist(), strict=True):
            frame[a] = option
        self.best = _Found(tuple(frame), worst, total, worst, True)

    def _stopped(self, waiting: list[_Batch]) -> _Found:
        if self.best is None:
            raise OutOfTime
        bound = max(int(batch.worst.max()) for batch in waiting if len(batch.worst))
        return replace(self.best, bound=max(bound, self.best.worst), proved=False)


def _priced(matter: Matter, part: Part) -> Part:
    """A part in cost instead of likeness and cost joined."""
    return Part(part.scope, part.people, costs_in(matter.scale, part.table))


def _summed(part: Part) -> Part:
    """A part summed over its participants; what is impossible for one is impossible for the sum."""
    broken = (part.table >= BROKEN).any(axis=0)
    total = np.where(broken, BROKEN, np.where(part.table >= BROKEN, 0, part.table).sum(axis=0))
    return Part(part.scope, np.zeros(1, np.int64), total[None])


def _stated_for_all(matter: Matter) -> list[Part]:
    """What the coordination states of the frame, in cost."""
    parts = []
    for term in matter.common:
        shape = matter.shapes[term.shape]
        lost = costs_in(matter.scale, np.array(term.penalty, np.int64))
        parts.append(Part(shape.scope, np.zeros(1, np.int64), np.where(shape.allowed, 0, lost)[None]))
    return parts


def _order(matter: Matter, parts: list[Part]) -> list[int]:
    """The aspects of the frame, first those that may matter most to somebody."""
    weight = dict.fromkeys(matter.frame_aspects(), 0)
    for part in parts:
        table = part.flat()
        possible = np.where(table >= BROKEN, 0, table)
        most = int((possible.max(axis=1) - table.min(axis=1)).clip(0).max(initial=0))
        for a in part.scope:
            weight[a] += most
    return sorted(weight, key=lambda a: (-weight[a], a))


def _steps(matter: Matter, parts: list[Part], order: list[int]) -> list[list[Step]]:
    """For each place in the order of decision, what is then decided in which parts."""
    steps: list[list[Step]] = [[] for _ in order]
    place = {a: i for i, a in enumerate(order)}
    for part in parts:
        scope, table = in_order(part.scope, part.table, place)
        rows = len(part.people)
        people = slice(None) if rows == matter.count else part.people
        prefixes = [table.min(axis=tuple(range(j + 1, table.ndim))).reshape(rows, -1) for j in range(table.ndim)]
        for j, a in enumerate(scope):
            earlier = strides(matter.sizes, scope[:j], place)
            steps[place[a]].append(Step(people, earlier, prefixes[j], prefixes[j + 1]))
    return steps


def _proved(numbering: Numbering, found: _Found, chosen: Numbers, alone: Numbers) -> WorstOff:
    """The answer, after the independent checker found no fault and came to the same nets."""
    problem, aspects = numbering.problem, numbering.aspects
    frame = {a.id: a.options[v].id for a, v in zip(aspects, found.frame, strict=True) if a.sharing is not Sharing.LOCAL}
    own = _own(numbering, chosen, frame)
    if violations := check(problem, frame, own):
        raise Unproved(f"the fairest decision breaks {len(violations)} conditions; the first is {violations[0]}")
    floors = sum(table[1].min(axis=1) for table in numbering.estimates)
    own_best = dict(zip(numbering.person, (alone + floors).tolist(), strict=True))
    nets = measured_nets(problem, frame, own, own_best)
    total = sum(nets.values()) - unmet_for_all(problem, frame)
    worst = min(nets.values())
    if (worst, total) != (found.worst, found.total):
        raise Unproved(f"the numbers do not agree: solved {found.worst, found.total}, measured {worst, total}")
    return WorstOff(
        frame=frame,
        own=own,
        nets=nets,
        worst=worst,
        worst_off=tuple(name for name, net in nets.items() if net == worst),
        total=total,
        bound=found.bound,
        proved=found.proved,
        proof=Proof(digest=digest(problem), engine=ENGINE, checks=FAIRNESS_CHECKS),
    )


def _own(numbering: Numbering, chosen: Numbers, frame: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Own values that are not the frame's, of those who have any."""
    own: dict[str, dict[str, str]] = {}
    for participant, values in zip(numbering.people, chosen.tolist(), strict=True):
        named = {a.id: a.options[v].id for a, v in zip(numbering.aspects, values, strict=True)}
        different = {name: option for name, option in named.items() if frame.get(name) != option}
        if different:
            own[participant.id] = different
    return own
