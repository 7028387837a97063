"""What would change if a mandate were taken back, ended by notice, or given: for whom, where, from what to what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.domain.collaborations.access import collaboration_for, mandate_for
from samordna.domain.collaborations.enums import Following, MandateForm
from samordna.domain.collaborations.facts import AuthorityFacts, ClauseFact, MandateFact
from samordna.domain.collaborations.limits import MOST_CLAUSES
from samordna.domain.collaborations.queries.deciding import RulingRow, ruling_row
from samordna.domain.collaborations.queries.rulings import facts_of, mandate_fact
from samordna.domain.collaborations.rehearsal import (
    Change,
    rehearse,
    touched_by,
    with_mandate,
    with_notice,
    without_mandate,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRow:
    """What would be otherwise for one organisation in one area."""

    organisation_id: str
    organisation: str
    area_id: str
    area: str
    before: RulingRow
    after: RulingRow


def revocation_rehearsed(actor: Actor, mandate_id: str, at: datetime) -> tuple[ChangeRow, ...]:
    """What would change if the mandate were taken back now."""
    mandate = mandate_for(actor, mandate_id, at=at)
    facts = facts_of(mandate.collaboration)
    return _changes(facts, mandate_fact(mandate), without_mandate(mandate_id, at), at)


def notice_rehearsed(actor: Actor, mandate_id: str, ends_on: date, at: datetime) -> tuple[ChangeRow, ...]:
    """What would change on the day on which a notice ends the mandate, compared with no notice."""
    mandate = mandate_for(actor, mandate_id, at=at)
    facts = facts_of(mandate.collaboration)
    return _changes(facts, mandate_fact(mandate), with_notice(mandate_id, ends_on), noon(ends_on))


def gift_rehearsed(
    actor: Actor,
    collaboration_id: str,
    form: str,
    clauses: Sequence[Mapping[str, Any]],
    valid_from: date | None,
    at: datetime,
) -> tuple[ChangeRow, ...]:
    """What would change on its first day if one's own organisation gave a mandate with these clauses.

    Clauses over areas that are not the collaboration's are passed over: giving it would refuse them.
    """
    collaboration = collaboration_for(actor, collaboration_id, at=at)
    facts = facts_of(collaboration)
    first = valid_from or clock.day(at)
    given = MandateFact(
        id="",
        form=MandateForm(form),
        giver_id=actor.organisation_id or "",
        valid_from=first,
        clauses=tuple(_clause(row) for row in clauses[:MOST_CLAUSES] if row.get("area_id") in facts.areas),
    )
    return _changes(facts, given, with_mandate(given), at if first <= clock.day(at) else noon(first))


def _clause(row: Mapping[str, Any]) -> ClauseFact:
    return ClauseFact(
        area_id=str(row["area_id"]),
        coordination_decides=bool(row.get("coordination_decides", True)),
        participants_no_longer_decide=bool(row.get("participants_no_longer_decide", False)),
        following=Following(row.get("following", Following.MUST)),
    )


def _changes(facts: AuthorityFacts, mandate: MandateFact, change: Change, at: datetime) -> tuple[ChangeRow, ...]:
    areas, organisations = touched_by(facts, mandate)
    if not areas:
        return ()
    known = None if organisations is None else tuple(each for each in organisations if each in facts.parts)
    if known == ():
        return ()
    found = rehearse(facts, change, at, areas=areas, organisations=known)
    rows = [
        ChangeRow(
            organisation_id=difference.organisation_id,
            organisation=facts.name(difference.organisation_id),
            area_id=difference.area_id,
            area=facts.areas[difference.area_id].name,
            before=ruling_row(difference.before, facts),
            after=ruling_row(difference.after, facts),
        )
        for difference in found
    ]
    return tuple(sorted(rows, key=lambda row: (row.area, row.organisation)))


def noon(on: date) -> datetime:
    """A moment within the day."""
    return timezone.make_aware(datetime.combine(on, time(12)))


def areas_in(changes: Iterable[ChangeRow]) -> list[str]:
    """The areas in which something would be otherwise."""
    return sorted({change.area_id for change in changes})
