"""Mandates as pages and the API show them, each with its clauses and, where it is delegated, what bears it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.domain.collaborations.access import mandate_for, visible_collaborations
from samordna.domain.collaborations.authority import Briefs, Decider
from samordna.domain.collaborations.enums import Following, MandateForm
from samordna.domain.collaborations.facts import AuthorityFacts, MandateState, earliest_end, ended_on, part_on, state_at
from samordna.domain.collaborations.models import Clause, Collaboration, Mandate
from samordna.domain.collaborations.phrases import FORM_MEANINGS, MANDATE_STATES
from samordna.domain.collaborations.queries.rulings import facts_of, mandate_fact
from samordna.domain.organisations.role_pages import ThenAndNow, then_and_now


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseRow:
    """A clause, in the mandate's terms. `within`: the area above that a delegated one is taken from; `borne`: for how many
    of those who take part it counts now, None where it rests on nothing above or does not count now."""

    area_id: str
    area: str
    decides: bool
    no_longer: bool
    following: str
    following_label: str
    within: str
    borne: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MandateRow:
    """A mandate with its clauses. `parent`: the collaboration that a delegated one is taken from; `asked`: how many take
    part now, of those a clause may count for."""

    id: str
    form: str
    form_label: str
    form_meaning: str
    giver_id: str
    giver: str
    holder: str
    wording: str
    source: str
    notice_days: int
    notice_given_at: datetime | None
    ends_on: date | None
    earliest_end: date
    valid_from: date
    valid_to: date | None
    revoked_at: datetime | None
    revoked_reason: str
    state: str
    state_label: str
    own: bool
    parent: str
    asked: int
    clauses: tuple[ClauseRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MandatePage:
    """One mandate with where it is given; `parent_id`: where it is taken from, for those who may read that. `who`: who held
    the role that holds it on its first day, and who does today."""

    collaboration_id: str
    collaboration: str
    parent_id: str
    mandate: MandateRow
    role_id: str
    who: ThenAndNow


def mandates_in(given: Collaboration, at: datetime, actor: Actor) -> tuple[MandateRow, ...]:
    """Every mandate given in the collaboration, those in force first; a constant number of queries."""
    rows = Mandate.objects.filter(collaboration=given).select_related("giver", "holder_role__organisation", "collaboration")
    ordered = rows.prefetch_related("clauses__area").order_by("giver__name", "valid_from", "pk")
    listed = list(ordered)
    facts = facts_of(given) if any(row.form == MandateForm.DELEGATED for row in listed) else None
    above = Briefs(facts.parent, at) if facts and facts.parent else None
    made = [mandate_row(row, at, actor, facts, above) for row in listed]
    return tuple(sorted(made, key=lambda row: row.state != MandateState.IN_FORCE))


def mandate_row(
    mandate: Mandate, at: datetime, actor: Actor, facts: AuthorityFacts | None, above: Briefs | None
) -> MandateRow:
    """One stored mandate as pages show it; `facts`, and what is ruled `above`, are needed for a delegated one."""
    state, form = state_at(mandate_fact(mandate), at, clock.day(at)), MandateForm(mandate.form)
    where = mandate.collaboration
    if state is MandateState.IN_FORCE and ended_on(where.valid_to, where.closed_at, at) is not None:
        state = MandateState.ENDED
    framed = facts if form is MandateForm.DELEGATED and facts is not None else None
    present = [each for each in framed.parts if part_on(framed, each, clock.day(at))] if framed else []
    clauses = tuple(
        _clause_row(clause, above if framed else None, present, counts=state is MandateState.IN_FORCE)
        for clause in mandate.clauses.all()
    )
    if state is MandateState.IN_FORCE and any(row.borne == 0 for row in clauses) and not any(row.borne for row in clauses):
        state = MandateState.NOT_BORNE
    return MandateRow(
        id=mandate.pk,
        form=form,
        form_label=str(form.label),
        form_meaning=str(FORM_MEANINGS[form]),
        giver_id=mandate.giver_id,
        giver=mandate.giver.name,
        holder=f"{mandate.holder_role.name}, {mandate.holder_role.organisation.name}",
        wording=mandate.wording,
        source=mandate.source,
        notice_days=mandate.notice_days,
        notice_given_at=mandate.notice_given_at,
        ends_on=mandate.ends_on,
        earliest_end=earliest_end(mandate.notice_days, clock.day(at)),
        valid_from=mandate.valid_from,
        valid_to=mandate.valid_to,
        revoked_at=mandate.revoked_at,
        revoked_reason=mandate.revoked_reason,
        state=state,
        state_label=str(MANDATE_STATES[state]),
        own=mandate.giver_id == actor.organisation_id,
        parent=framed.parent_name if framed else "",
        asked=len(present),
        clauses=clauses,
    )


def _clause_row(clause: Clause, above: Briefs | None, present: Sequence[str], *, counts: bool) -> ClauseRow:
    framed = above if above is not None and clause.coordination_decides and clause.within_id in above.facts.areas else None
    return ClauseRow(
        area_id=clause.area_id,
        area=clause.area.name,
        decides=clause.coordination_decides,
        no_longer=clause.participants_no_longer_decide,
        following=clause.following,
        following_label=str(Following(clause.following).label),
        within=framed.facts.areas[str(clause.within_id)].name if framed else "",
        borne=_borne(str(clause.within_id), present, framed) if framed and counts else None,
    )


def _borne(within: str, present: Sequence[str], above: Briefs) -> int:
    return sum(above.of(within, each).decides is Decider.COORDINATION for each in present)


def mandate_page(actor: Actor, mandate_id: str, at: datetime) -> MandatePage:
    """One mandate, for those who may read its collaboration."""
    mandate = mandate_for(actor, mandate_id, at=at)
    delegated = mandate.form == MandateForm.DELEGATED
    facts = facts_of(mandate.collaboration) if delegated else None
    above = Briefs(facts.parent, at) if facts and facts.parent else None
    held, today = mandate.holder_role_id, clock.day(at)
    return MandatePage(
        collaboration_id=mandate.collaboration_id,
        collaboration=mandate.collaboration.name,
        parent_id=_readable_parent(actor, mandate, at) if delegated else "",
        mandate=mandate_row(mandate, at, actor, facts, above),
        role_id=held,
        who=then_and_now({held}, min(mandate.valid_from, today), today)[held],
    )


def _readable_parent(actor: Actor, mandate: Mandate, at: datetime) -> str:
    above = visible_collaborations(actor, at).filter(children=mandate.collaboration_id)
    return above.values_list("pk", flat=True).first() or ""
