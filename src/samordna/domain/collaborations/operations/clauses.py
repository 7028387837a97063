"""What a mandate's clauses may say, and what is written down of a mandate: the same for one given and one passed on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from samordna.core import journal
from samordna.core.actor import Actor
from samordna.core.errors import TooLarge
from samordna.domain.collaborations.enums import Following, MandateForm
from samordna.domain.collaborations.limits import MOST_CLAUSES
from samordna.domain.collaborations.models import Area, Clause, Collaboration, Mandate
from samordna.domain.organisations.findings import Findings
from samordna.domain.organisations.models import Role

DECIDING = (MandateForm.LENT, MandateForm.GRANTED, MandateForm.DELEGATED)


def holder_of(found: Findings, collaboration: Collaboration, role_id: str) -> Role | None:
    """The role that is to hold the mandate: the collaboration's coordinator unless another is named."""
    role = Role.objects.filter(pk=role_id or collaboration.coordinator_role_id).first()
    if role is None:
        found.say("holder_role_id", _("There is no such role. Choose again."))
    return role


def clauses_of(found: Findings, mandate: Mandate, given: Sequence[Mapping[str, Any]]) -> list[Clause]:
    """The clauses as rows, not yet kept; whatever is amiss with one is said with its number."""
    if len(given) > MOST_CLAUSES:
        limit = {"most": MOST_CLAUSES, "given": len(given)}
        raise TooLarge(_("A mandate has at most %(most)s clauses; these are %(given)s.") % limit)
    if not given:
        found.say("clauses", _("Add at least one clause: over which area, and what it lets coordination decide."))
    areas = dict(Area.objects.filter(collaboration=mandate.collaboration).values_list("pk", "name"))
    rows = [_clause(found, mandate, place, row, areas) for place, row in enumerate(given, start=1)]
    chosen = [row.area_id for row in rows]
    for area in dict.fromkeys(area for area in chosen if chosen.count(area) > 1):
        sentence = _("There are several clauses over %(area)s. Make them one.")
        found.say("clauses", sentence % {"area": areas.get(area, "–")})
    return rows


def _clause(found: Findings, mandate: Mandate, place: int, row: Mapping[str, Any], areas: Mapping[str, str]) -> Clause:
    clause = Clause(
        mandate=mandate,
        area_id=str(row.get("area_id", "")),
        within_id=str(row.get("within_id") or "") or None,
        coordination_decides=bool(row.get("coordination_decides", mandate.form in DECIDING)),
        participants_no_longer_decide=bool(row.get("participants_no_longer_decide", False)),
        following=str(row.get("following", Following.MUST)),
    )
    if sentence := _fault(mandate.form, clause, areas):
        found.say("clauses", _("Clause %(number)s: %(sentence)s") % {"number": place, "sentence": sentence})
    return clause


def _fault(form: str, clause: Clause, areas: Mapping[str, str]) -> str:
    if clause.area_id not in areas:
        return _("Choose one of the collaboration's own areas.")
    if clause.following not in Following.values:
        return _("Choose whether those bound must follow or may follow.")
    keeps = form in (MandateForm.OWN, MandateForm.DUTY_TO_AGREE)
    if keeps and (clause.coordination_decides or clause.participants_no_longer_decide):
        return _("Where each keeps its own mandate, coordination decides nothing. Lend the mandate, or clear the choice.")
    if (
        form in (MandateForm.LENT, MandateForm.DELEGATED)
        and clause.participants_no_longer_decide
        and not clause.coordination_decides
    ):
        return _("What the organisation no longer decides itself, coordination has to be able to decide.")
    return ""


def content_of(mandate: Mandate, rows: Sequence[Clause]) -> dict[str, Any]:
    """A mandate as the journal keeps it."""
    flags = ("area_id", "within_id", "coordination_decides", "participants_no_longer_decide", "following")
    return {
        "form": mandate.form,
        "giver": mandate.giver_id,
        "holder_role": mandate.holder_role_id,
        "wording": mandate.wording,
        "source": mandate.source,
        "valid_from": mandate.valid_from.isoformat(),
        "valid_to": mandate.valid_to.isoformat() if mandate.valid_to else "",
        "notice_days": mandate.notice_days,
        "clauses": [{flag: getattr(row, flag) for flag in flags} for row in rows],
    }


def record(actor: Actor, action: str, mandate: Mandate, at: datetime, **content: Any) -> None:
    """Write down an act on a mandate."""
    journal.record(
        actor=actor,
        action=action,
        subject_kind="mandate",
        subject_id=mandate.pk,
        collaboration_id=mandate.collaboration_id,
        at=at,
        **content,
    )
