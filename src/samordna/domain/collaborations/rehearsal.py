"""Rehearsal: the same rulings over facts that are not so yet ("if B takes its mandate back tomorrow")."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from samordna.domain.collaborations.authority import Ruling, ruling
from samordna.domain.collaborations.enums import MandateForm
from samordna.domain.collaborations.facts import (
    AuthorityFacts,
    MandateFact,
    PartFact,
    areas_beneath,
)

Change = Callable[[AuthorityFacts], AuthorityFacts]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One area and one organisation for which the answer is another than before."""

    area_id: str
    organisation_id: str
    before: Ruling
    after: Ruling


def _each(facts: AuthorityFacts, change: Callable[[MandateFact], MandateFact]) -> AuthorityFacts:
    """The same facts with every mandate as `change` makes it."""
    mandates = {giver: tuple(map(change, given)) for giver, given in facts.mandates.items()}
    return replace(facts, mandates=mandates, delegated=tuple(map(change, facts.delegated)))


def in_parent(change: Change) -> Change:
    """The same change, made in the collaboration that this one lies in."""

    def changed(facts: AuthorityFacts) -> AuthorityFacts:
        return facts if facts.parent is None else replace(facts, parent=change(facts.parent))

    return changed


def without_mandate(mandate_id: str, at: datetime) -> Change:
    """As if the mandate were taken back at `at`."""

    def change(facts: AuthorityFacts) -> AuthorityFacts:
        return _each(facts, lambda mandate: replace(mandate, revoked_at=at) if mandate.id == mandate_id else mandate)

    return change


def with_notice(mandate_id: str, ends_on: date) -> Change:
    """As if notice of the mandate had been given, to end on this day."""

    def change(facts: AuthorityFacts) -> AuthorityFacts:
        return _each(facts, lambda mandate: replace(mandate, ends_on=ends_on) if mandate.id == mandate_id else mandate)

    return change


def with_mandate(mandate: MandateFact) -> Change:
    """As if the mandate had been given."""

    def change(facts: AuthorityFacts) -> AuthorityFacts:
        if mandate.form == MandateForm.DELEGATED:
            return replace(facts, delegated=(*facts.delegated, mandate))
        given = (*facts.mandates.get(mandate.giver_id, ()), mandate)
        return replace(facts, mandates={**facts.mandates, mandate.giver_id: given})

    return change


def without_participant(organisation_id: str, on: date) -> Change:
    """As if the organisation left on this day."""

    def shortened(part: PartFact) -> PartFact:
        open_then = part.joined_on <= on and (part.left_on is None or on < part.left_on)
        return replace(part, left_on=on) if open_then else part

    def change(facts: AuthorityFacts) -> AuthorityFacts:
        parts = tuple(shortened(part) for part in facts.parts.get(organisation_id, ()))
        return replace(facts, parts={**facts.parts, organisation_id: parts})

    return change


def rulings_over(
    facts: AuthorityFacts, area: str, at: datetime, organisations: tuple[str, ...] | None = None
) -> dict[str, Ruling]:
    """A ruling for each of these organisations, or for all that have ever taken part."""
    return {each: ruling(area, each, at, facts) for each in (organisations or tuple(facts.parts))}


def what_changes(before: Mapping[str, Ruling], after: Mapping[str, Ruling]) -> tuple[Difference, ...]:
    """The organisations for which another answer holds after than before, in one area."""
    return tuple(
        Difference(area_id=was.area_id, organisation_id=organisation, before=was, after=after[organisation])
        for organisation, was in before.items()
        if _answer(was) != _answer(after[organisation])
    )


def rehearse(
    facts: AuthorityFacts,
    change: Change,
    at: datetime,
    *,
    areas: tuple[str, ...] | None = None,
    organisations: tuple[str, ...] | None = None,
) -> tuple[Difference, ...]:
    """Every difference that the change would make at `at`, over these areas (or all) and organisations (or all)."""
    changed = change(facts)
    found: list[Difference] = []
    for area in areas or tuple(facts.areas):
        before = rulings_over(facts, area, at, organisations)
        found.extend(what_changes(before, rulings_over(changed, area, at, organisations)))
    return tuple(found)


def touched_by(facts: AuthorityFacts, mandate: MandateFact) -> tuple[tuple[str, ...], tuple[str, ...] | None]:
    """The areas a mandate reaches, and the organisations (None: all): what a rehearsal of it has to look at."""
    areas = dict.fromkeys(area for clause in mandate.clauses for area in areas_beneath(facts, clause.area_id))
    reaching_all = (MandateForm.GRANTED, MandateForm.DELEGATED)
    from_above = mandate.form in reaching_all or mandate.giver_id == facts.superior_id
    return tuple(areas), None if from_above else (mandate.giver_id,)


def _answer(given: Ruling) -> tuple[object, ...]:
    """What a ruling says, apart from why."""
    return (
        *(given.decides, given.ground, given.following, given.following_once_adopted),
        *(given.needs_adoption, given.may_decide_itself, given.may_leave),
    )
