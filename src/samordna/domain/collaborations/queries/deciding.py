"""Who decides this, for whom, must they follow, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Absent, Invalid
from samordna.domain.collaborations.access import collaboration_for
from samordna.domain.collaborations.authority import Ruling, ruling
from samordna.domain.collaborations.criteria import Criterion, Fit, fits_target_group, like_a_personal_number
from samordna.domain.collaborations.enums import CriterionKind, CriterionOperator
from samordna.domain.collaborations.facts import AuthorityFacts
from samordna.domain.collaborations.models import Collaboration
from samordna.domain.collaborations.phrases import (
    DECIDERS,
    GROUNDS,
    Told,
    following_label,
    missing_clause_sentence,
    told,
)
from samordna.domain.collaborations.queries.pages import AreaRow, area_tree
from samordna.domain.collaborations.queries.rulings import facts_of


@dataclass(frozen=True, slots=True, kw_only=True)
class RulingRow:
    """One organisation's ruling in words. `binds_by_itself`: no adoption of its own is needed."""

    organisation_id: str
    organisation: str
    ruling: Ruling
    decides: str
    ground: str
    following: str
    missing: str
    why: Told


@dataclass(frozen=True, slots=True, kw_only=True)
class WhoDecides:
    """The answer for one area and day, for everybody who takes part then."""

    collaboration_id: str
    collaboration: str
    areas: tuple[AreaRow, ...]
    area_id: str
    area: str
    on: date
    rows: tuple[RulingRow, ...]


def who_decides(actor: Actor, collaboration_id: str, area_id: str, at: datetime, asked: datetime) -> WhoDecides:
    """Rulings in one area at the moment asked about, for all who take part then. Without an area: only what to choose from.

    `at` is now, for the right to read; raises `Absent` for an area that is not the collaboration's.
    """
    collaboration = collaboration_for(actor, collaboration_id, at=at)
    areas = area_tree(collaboration)
    names = {area.id: area.name for area in areas}
    if area_id and area_id not in names:
        raise Absent
    facts = facts_of(collaboration)
    given = [ruling(area_id, each, asked, facts) for each in facts.parts] if area_id else []
    rows = [ruling_row(each, facts) for each in given if each.participates]
    return WhoDecides(
        collaboration_id=collaboration.pk,
        collaboration=collaboration.name,
        areas=areas,
        area_id=area_id,
        area=names.get(area_id, ""),
        on=clock.day(asked),
        rows=tuple(sorted(rows, key=lambda row: row.organisation)),
    )


def ruling_for(
    actor: Actor, collaboration_id: str, area_id: str, organisation_id: str, at: datetime, asked: datetime
) -> RulingRow:
    """The ruling for one organisation; raises `Absent` for one that has never taken part."""
    collaboration = collaboration_for(actor, collaboration_id, at=at)
    facts = facts_of(collaboration)
    if area_id not in facts.areas or organisation_id not in facts.parts:
        raise Absent
    return ruling_row(ruling(area_id, organisation_id, asked, facts), facts)


def ruling_row(given: Ruling, facts: AuthorityFacts) -> RulingRow:
    """A ruling in words."""
    return RulingRow(
        organisation_id=given.organisation_id,
        organisation=facts.name(given.organisation_id),
        ruling=given,
        decides=str(DECIDERS[given.decides]),
        ground=str(GROUNDS[given.ground]),
        following=following_label(given),
        missing=missing_clause_sentence(given, facts),
        why=told(given.why),
    )


def ruling_document(given: Ruling) -> dict[str, Any]:
    """A ruling as plain values, to be kept with what was decided under it."""
    return {
        "area": given.area_id,
        "organisation": given.organisation_id,
        "at": given.at.isoformat(),
        "decides": str(given.decides),
        "ground": str(given.ground),
        "following": str(given.following) if given.following else None,
        "following_once_adopted": str(given.following_once_adopted) if given.following_once_adopted else None,
        "needs_adoption": given.needs_adoption,
        "may_decide_itself": given.may_decide_itself,
        "may_leave": given.may_leave,
        "must_contribute": given.depth.must_contribute,
        "mandates": list(given.mandate_ids),
    }


def criteria_of(collaboration: Collaboration) -> tuple[Criterion, ...]:
    """The bounds of the target group."""
    return tuple(
        Criterion(
            kind=CriterionKind(row.kind),
            subject=row.subject,
            operator=CriterionOperator(row.operator),
            value=row.value,
        )
        for row in collaboration.criteria.all()
    )


def case_tested(actor: Actor, collaboration_id: str, case: Mapping[str, str], at: datetime) -> Fit:
    """Does an anonymous case belong to the target group? Nothing of the case is kept, and one that seems to say who it is
    about is refused: raises `Invalid` by property, without repeating it."""
    criteria = criteria_of(collaboration_for(actor, collaboration_id, at=at))
    named = {subject for subject, value in case.items() if like_a_personal_number(value)}
    if named:
        sentence = _("This looks like a personal number. A case says nothing of who it is; take it out.")
        raise Invalid(dict.fromkeys(sorted(named), sentence))
    return fits_target_group(criteria, case)
