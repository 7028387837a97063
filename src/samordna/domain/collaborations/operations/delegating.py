"""Passing on, to a collaboration that lies in another, some of what the coordination there decides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Refused
from samordna.core.operation import operation
from samordna.domain.collaborations.access import framed_for
from samordna.domain.collaborations.authority import Brief, Briefs, Decider
from samordna.domain.collaborations.enums import CollaborationState, Following, MandateForm
from samordna.domain.collaborations.facts import AuthorityFacts, part_on
from samordna.domain.collaborations.limits import LONGEST_NOTICE
from samordna.domain.collaborations.models import Clause, Collaboration, Mandate
from samordna.domain.collaborations.operations.clauses import clauses_of, content_of, holder_of, record
from samordna.domain.collaborations.queries.rulings import facts_of
from samordna.domain.organisations.findings import Findings


@operation("mandate.delegate")
def delegate_mandate(
    *,
    actor: Actor,
    collaboration_id: str,
    wording: str,
    source: str,
    clauses: Sequence[Mapping[str, Any]],
    holder_role_id: str = "",
    valid_from: date | None = None,
    valid_to: date | None = None,
    notice_days: int = 0,
    at: datetime | None = None,
) -> Mandate:
    """Pass on, to a collaboration that lies in the one the actor coordinates, some of what the coordination there decides.

    A clause is `{area_id, within_id, coordination_decides, participants_no_longer_decide, following}`; `within_id` is the
    area of the collaboration above. Raises `Invalid` naming each clause that reaches further than what it is taken from.
    """
    collaboration = framed_for(actor, collaboration_id, at=at)
    at = at or clock.now()
    if CollaborationState.CLOSED in (collaboration.state, above_of(collaboration).state):
        raise Refused(_("The collaboration is closed, so no mandate is given in it."))
    found = Findings()
    mandate = Mandate(
        collaboration=collaboration,
        form=MandateForm.DELEGATED,
        giver_id=above_of(collaboration).coordinator_role.organisation_id,
        holder_role=holder_of(found, collaboration, holder_role_id),
        wording=found.text("wording", wording),
        source=found.line("source", source, 200),
        notice_days=found.days("notice_days", notice_days, LONGEST_NOTICE),
        valid_from=valid_from or clock.day(at),
        valid_to=valid_to,
    )
    found.span("valid_from", mandate.valid_from, "valid_to", valid_to)
    rows = clauses_of(found, mandate, clauses)
    found.insist()
    _must_lie_within(found, mandate, rows, at)
    found.insist()
    mandate.save(force_insert=True)
    Clause.objects.bulk_create(rows)
    record(actor, "mandate_delegated", mandate, at, parent=collaboration.parent_id, **content_of(mandate, rows))
    return mandate


def above_of(collaboration: Collaboration) -> Collaboration:
    """The collaboration that this one lies in. Raises `Refused` where there is none."""
    if collaboration.parent is None:
        raise Refused(_("The collaboration lies in no other, so nothing can be delegated to it."))
    return collaboration.parent


def _must_lie_within(found: Findings, mandate: Mandate, rows: Sequence[Clause], at: datetime) -> None:
    """Each clause against what is decided above, on the mandate's first day and, where it has one, on its last."""
    facts, days = facts_of(mandate.collaboration), [mandate.valid_from]
    if facts.parent is None:
        return
    if mandate.valid_to is not None:
        days.append(mandate.valid_to - timedelta(days=1))
    moments = {day: at if day == clock.day(at) else clock.noon(day) for day in days}
    above = {day: Briefs(facts.parent, moment) for day, moment in moments.items()}
    for place, clause in enumerate(rows, start=1):
        sentences = (_exceeds(facts, clause, day, briefs) for day, briefs in above.items())
        if sentence := next(filter(None, sentences), ""):
            found.say("clauses", _("Clause %(number)s: %(sentence)s") % {"number": place, "sentence": sentence})


def _exceeds(facts: AuthorityFacts, clause: Clause, day: date, above: Briefs) -> str:
    """Why the clause reaches further than what it is taken from on this day; "" when it does not."""
    areas = above.facts.areas
    if (clause.coordination_decides or clause.within_id) and clause.within_id not in areas:
        return _("Choose the area of %(parent)s that it is taken from.") % {"parent": facts.parent_name}
    if not clause.coordination_decides:
        return ""
    told = {"parent": facts.parent_name, "within": areas[clause.within_id].name, "day": date_format(day, "j F Y")}
    here = (each for each in facts.parts if part_on(facts, each, day) is not None)
    rulings = [above.of(str(clause.within_id), each) for each in here]
    return _beyond(clause, [given for given in rulings if given.decides is Decider.COORDINATION]) % told


def _beyond(clause: Clause, borne: Sequence[Brief]) -> str:
    if not borne:
        return _("%(parent)s decides on %(within)s for nobody who takes part here on %(day)s, so it cannot be delegated.")
    if clause.following == Following.MUST and all(given.following != Following.MUST for given in borne):
        return _("In %(parent)s, those concerned may choose to follow on %(within)s, so it cannot be a must here.")
    if clause.participants_no_longer_decide and all(given.may_decide_itself for given in borne):
        return _("In %(parent)s, those concerned still decide on %(within)s themselves, so it cannot be taken from them.")
    return ""
