"""What would change if a mandate were taken back, ended by notice, or given: for whom, where, from what to what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Invalid
from samordna.domain.collaborations.access import collaboration_for, mandate_for, visible_collaborations
from samordna.domain.collaborations.enums import Following, MandateForm
from samordna.domain.collaborations.facts import AuthorityFacts, ClauseFact, MandateFact, areas_beneath
from samordna.domain.collaborations.limits import MOST_CLAUSES
from samordna.domain.collaborations.models import Collaboration
from samordna.domain.collaborations.queries.deciding import RulingRow, ruling_row
from samordna.domain.collaborations.queries.rulings import facts_of, mandate_fact
from samordna.domain.collaborations.rehearsal import (
    Change,
    Difference,
    in_parent,
    rehearse,
    touched_by,
    with_mandate,
    with_notice,
    without_mandate,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRow:
    """What would be otherwise for one organisation in one area. `beneath`: the collaboration, where it is one that lies in
    the one asked about, or deeper; else ""."""

    beneath: str
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
    return _changes(actor, mandate.collaboration, facts, mandate_fact(mandate), without_mandate(mandate_id, at), at, at)


def notice_rehearsed(actor: Actor, mandate_id: str, ends_on: date, at: datetime) -> tuple[ChangeRow, ...]:
    """What would change on the day on which a notice ends the mandate, compared with no notice."""
    mandate = mandate_for(actor, mandate_id, at=at)
    facts = facts_of(mandate.collaboration)
    change, asked = with_notice(mandate_id, ends_on), clock.noon(ends_on)
    return _changes(actor, mandate.collaboration, facts, mandate_fact(mandate), change, asked, at)


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
    _must_be_sayable(clauses)
    facts = facts_of(collaboration)
    first = valid_from or clock.day(at)
    given = MandateFact(
        id="",
        form=MandateForm(form),
        giver_id=actor.organisation_id or "",
        valid_from=first,
        clauses=tuple(_clause(row) for row in clauses[:MOST_CLAUSES] if row.get("area_id") in facts.areas),
    )
    asked = at if first <= clock.day(at) else clock.noon(first)
    return _changes(actor, collaboration, facts, given, with_mandate(given), asked, at)


def _must_be_sayable(clauses: Sequence[Mapping[str, Any]]) -> None:
    for place, row in enumerate(clauses[:MOST_CLAUSES], start=1):
        if row.get("following", Following.MUST) not in Following.values:
            told = {"number": place, "sentence": _("Choose whether those bound must follow or may follow.")}
            raise Invalid({"clauses": _("Clause %(number)s: %(sentence)s") % told})


def _clause(row: Mapping[str, Any]) -> ClauseFact:
    return ClauseFact(
        area_id=str(row["area_id"]),
        within=str(row.get("within_id") or "") or None,
        coordination_decides=bool(row.get("coordination_decides", True)),
        participants_no_longer_decide=bool(row.get("participants_no_longer_decide", False)),
        following=Following(row.get("following", Following.MUST)),
    )


def _changes(
    actor: Actor,
    collaboration: Collaboration,
    facts: AuthorityFacts,
    mandate: MandateFact,
    change: Change,
    asked: datetime,
    at: datetime,
) -> tuple[ChangeRow, ...]:
    """What `change` makes otherwise at the moment asked about, here and in those that lie in it and the actor may read."""
    areas, organisations = touched_by(facts, mandate)
    known = None if organisations is None else tuple(each for each in organisations if each in facts.parts)
    if not areas or known == ():
        return ()
    rows = _rows(facts, rehearse(facts, change, asked, areas=areas, organisations=known), "")
    changed = {row.area_id for row in rows}
    return (*rows, *_beneath(actor, collaboration, in_parent(change), changed, asked, at))


def _beneath(
    actor: Actor, above: Collaboration, change: Change, changed: set[str], asked: datetime, at: datetime
) -> Iterator[ChangeRow]:
    """What falls or comes in the collaborations that lie in this one, with what is delegated from the changed areas."""
    if not changed:
        return
    for each in visible_collaborations(actor, at).filter(parent=above).select_related("parent").order_by("name", "pk"):
        facts = facts_of(each)
        clauses = (clause for mandate in facts.delegated for clause in mandate.clauses if clause.within in changed)
        areas = tuple(dict.fromkeys(area for clause in clauses for area in areas_beneath(facts, clause.area_id)))
        rows = _rows(facts, rehearse(facts, change, asked, areas=areas), each.name) if areas else ()
        yield from rows
        yield from _beneath(actor, each, in_parent(change), {row.area_id for row in rows}, asked, at)


def _rows(facts: AuthorityFacts, found: Iterable[Difference], beneath: str) -> tuple[ChangeRow, ...]:
    rows = [
        ChangeRow(
            beneath=beneath,
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


def areas_in(changes: Iterable[ChangeRow]) -> list[str]:
    """The areas in which something would be otherwise."""
    return sorted({change.area_id for change in changes})
