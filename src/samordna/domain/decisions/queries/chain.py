"""Where a version stands in the chain, which steps apply to it and why the others do not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext as _p

from samordna.domain.decisions.enums import DecisionState
from samordna.domain.decisions.models import DecisionVersion
from samordna.domain.decisions.queries.bounds import Bound
from samordna.domain.decisions.states import Step

WALKED: Final = {
    DecisionState.PREPARED: 1,
    DecisionState.CONSULTATION: 1,
    DecisionState.RECOMMENDED: 3,
    DecisionState.IN_FORCE: 5,
    DecisionState.REPLACED: 5,
}
"""How many of the five steps lie behind a version in this state."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainStep:
    """One step: `state` is done, now, next or skipped; a skipped one says in `note` why."""

    label: str
    state: str
    note: str


def chain_of(version: DecisionVersion, bounds: Sequence[Bound]) -> tuple[ChainStep, ...]:
    """Prepared, consultation, recommended, adopted, in force. Adoption applies where somebody's own body has to decide."""
    skipped = {entry["step"]: entry["reason"] for entry in version.skipped}
    adopting = any(bound.needs_adoption for bound in bounds)
    walked = WALKED.get(DecisionState(version.state), _walked_before_its_end(version, bounds))
    nobody = "" if adopting else _("Does not apply: coordination has everybody's mandate to decide this.")
    rows = (
        (_p("chain", "Prepared"), "", date_format(version.prepared_at, "j b Y")),
        (_p("chain", "Consultation"), skipped.get(Step.CONSULTATION, ""), _consultation(version, bounds)),
        (_p("chain", "Recommended"), skipped.get(Step.RECOMMENDATION, "") or nobody, ""),
        (_p("chain", "Adopted by each"), nobody, _adoptions(bounds)),
        (_p("chain", "In force"), "", date_format(version.in_force_from, "j b Y") if version.in_force_from else ""),
    )
    now = next((place for place, row in enumerate(rows) if place >= walked and not row[1]), len(rows))
    return tuple(
        ChainStep(label=label, state=_state(place, walked, now, reason), note=reason or note)
        for place, (label, reason, note) in enumerate(rows)
    )


def _state(place: int, walked: int, now: int, reason: str) -> str:
    if reason:
        return "skipped"
    if place < walked:
        return "done"
    return "now" if place == now else "next"


def _walked_before_its_end(version: DecisionVersion, bounds: Sequence[Bound]) -> int:
    """A version that was withdrawn stands where it stopped."""
    if version.established_at is not None:
        return 5
    if any(bound.adoption for bound in bounds):
        return 3
    return 2 if version.consultation_until is not None else 1


def _consultation(version: DecisionVersion, bounds: Sequence[Bound]) -> str:
    until = version.consultation_until
    if until is None:
        return ""
    answered = sum(1 for bound in bounds if bound.stance)
    words = {"done": answered, "total": len(bounds), "day": date_format(until, "j b")}
    return _("%(done)s of %(total)s have answered, by %(day)s") % words


def _adoptions(bounds: Sequence[Bound]) -> str:
    needed = [bound for bound in bounds if bound.needs_adoption]
    decided = sum(1 for bound in needed if bound.adoption)
    return _("%(done)s of %(total)s have decided") % {"done": decided, "total": len(needed)}
