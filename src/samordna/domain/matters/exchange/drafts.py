"""What a file says of each participant, in data: the same from a spreadsheet, a table and JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from samordna.domain.matters import rules
from samordna.domain.matters.enums import Confidence
from samordna.domain.matters.rules import Rule, Subject

Bounds = tuple[int, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A condition or, with a `weight`, a need. A condition is a rule or prose."""

    rule: dict[str, Any] | None = None
    prose: str = ""
    reason: str = ""
    legal_ground: str = ""
    relax_price: int | None = None
    confidence: str = Confidence.OPEN
    valid_to: date | None = None
    weight: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What one participant says, as far as the file knows; what it leaves empty is left as it is."""

    organisation: str
    benefit: Bounds | None = None
    benefit_note: str = ""
    note: str = ""
    practices: Mapping[str, str] = field(default_factory=dict)
    costs: Mapping[str, Bounds] = field(default_factory=dict)
    conditions: tuple[Said, ...] = ()
    needs: tuple[Said, ...] = ()

    @property
    def empty(self) -> bool:
        """Does it say nothing at all?"""
        said = (self.benefit, self.benefit_note, self.note, self.practices, self.costs, self.conditions, self.needs)
        return not any(said)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that is wrong: where, what, and what to do. `row` counts from 1 as the spreadsheet does; 0: no row."""

    sheet: str
    row: int
    column: str
    what: str
    todo: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """Conditions of one participant that leave an aspect without any option. Both are kept: its owner decides."""

    organisation: str
    aspect: str
    conditions: tuple[Said, ...]


def plain(draft: Draft) -> dict[str, Any]:
    """The draft as JSON carries it; what is empty is left out."""
    found = {name: value for name, value in asdict(draft).items() if value}
    for name in ("conditions", "needs"):
        found[name] = [_said_plain(said) for said in getattr(draft, name)]
    return {name: value for name, value in found.items() if value}


def _said_plain(said: Said) -> dict[str, Any]:
    found = asdict(said) | {"confidence": str(said.confidence)}
    if said.valid_to is not None:
        found["valid_to"] = said.valid_to.isoformat()
    return {name: value for name, value in found.items() if value not in (None, "") and value != str(Confidence.OPEN)}


def contradictions(drafts: Iterable[Draft], subjects: Mapping[str, Subject]) -> tuple[Contradiction, ...]:
    """What each participant's own conditions leave no option of, one per participant.

    Found by drawing conclusions: what must hold always, and then what follows from that. What can only be seen by trying
    combinations is found when the engine is asked.
    """
    found = (_contradiction(draft, subjects) for draft in drafts)
    return tuple(one for one in found if one is not None)


def _contradiction(draft: Draft, subjects: Mapping[str, Subject]) -> Contradiction | None:
    stated = [(said, rules.read(said.rule, subjects)) for said in draft.conditions if said.rule]
    left = {subject.id: {option.id for option in subject.options} for subject in subjects.values()}
    why: dict[str, list[Said]] = {aspect: [] for aspect in left}
    waiting: Sequence[tuple[Said, Rule]] = stated
    while waiting:
        still = []
        for said, rule in waiting:
            if not _applies(rule, left, subjects):
                still.append((said, rule))
                continue
            for aspect, options in rules.remaining(rule.then, subjects).items():
                left[aspect] &= set(options)
                why[aspect].append(said)
                if not left[aspect]:
                    return Contradiction(organisation=draft.organisation, aspect=aspect, conditions=tuple(why[aspect]))
        if len(still) == len(waiting):
            return None
        waiting = still
    return None


def _applies(rule: Rule, left: Mapping[str, set[str]], subjects: Mapping[str, Subject]) -> bool:
    return all(left[aspect] <= set(options) for aspect, options in rules.remaining(rule.when, subjects).items())
