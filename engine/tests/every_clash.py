"""All clashes and ways out of a tiny question, by trying every set of conditions under all that can be chosen."""

import itertools

from samordna_engine import COORDINATION, Sharing
from samordna_engine.checking import holds, is_about_frame


class Tried:
    """What a question's conditions break under every frame, and every choice of own values. Sets are bits."""

    def __init__(self, problem, given=None):
        self.problem = problem
        self.aspects = {aspect.id: aspect for aspect in problem.aspects}
        present = {participant.id for participant in problem.taking_part()} | {COORDINATION}
        self.conditions = sorted((c for c in problem.conditions if c.owner in present), key=lambda c: c.id)
        self.worlds = [self._world(frame) for frame in self._frames(given or {})]

    def can_be_met(self, mask):
        """Whether these conditions can all be met."""
        return any(
            not frame & mask and all(any(not broken & mask for broken in own) for own in people)
            for frame, people in self.worlds
        )

    def irreducible(self):
        """All sets of conditions that clash though no part of them does, as tuples of ids, the smallest first."""
        found = []
        for size in range(1, len(self.conditions) + 1):
            for chosen in itertools.combinations(range(len(self.conditions)), size):
                mask = sum(1 << i for i in chosen)
                if not any(mask & other == other for other in found) and not self.can_be_met(mask):
                    found.append(mask)
        return [self.names(mask) for mask in found]

    def cheapest(self, *, giving_up=None):
        """The lowest price at which conditions can be given up so that the rest can be met, or None."""
        best = None
        for mask in range(1 << len(self.conditions)):
            given_up = [c for i, c in enumerate(self.conditions) if mask >> i & 1]
            if any(c.relax_price is None for c in given_up) or giving_up not in (None, *(c.id for c in given_up)):
                continue
            price = sum(c.relax_price for c in given_up)
            if (best is None or price < best) and self.can_be_met(~mask & (1 << len(self.conditions)) - 1):
                best = price
        return best

    def names(self, mask):
        return tuple(c.id for i, c in enumerate(self.conditions) if mask >> i & 1)

    def _combinations(self, aspects):
        for combination in itertools.product(*(aspect.option_ids() for aspect in aspects)):
            yield dict(zip((aspect.id for aspect in aspects), combination, strict=True))

    def _frames(self, given):
        for frame in self._combinations([a for a in self.problem.aspects if a.sharing is not Sharing.LOCAL]):
            if given.items() <= frame.items():
                yield frame

    def _world(self, frame):
        asked = [c if is_about_frame(c, self.aspects) else None for c in self.conditions]
        free = [aspect for aspect in self.problem.aspects if aspect.sharing is not Sharing.COMMON]
        people = []
        for participant in self.problem.taking_part():
            bound = [c if c.owner in (COORDINATION, participant.id) else None for c in self.conditions]
            people.append({self._broken(bound, {**frame, **own}) for own in self._combinations(free)})
        return self._broken(asked, frame), people

    def _broken(self, conditions, values):
        broken = 0
        for i, condition in enumerate(conditions):
            if condition is not None and not holds(condition.rule, values, self.aspects):
                broken |= 1 << i
        return broken
