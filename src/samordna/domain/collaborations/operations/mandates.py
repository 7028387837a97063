"""Giving a mandate, and taking it back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Refused
from samordna.core.operation import operation
from samordna.domain.collaborations.access import check_may_give, collaboration_for, mandate_for
from samordna.domain.collaborations.enums import CollaborationState, MandateForm
from samordna.domain.collaborations.facts import earliest_end
from samordna.domain.collaborations.limits import LONGEST_NOTICE
from samordna.domain.collaborations.models import Clause, Mandate, Participation
from samordna.domain.collaborations.operations.clauses import clauses_of, content_of, holder_of, record
from samordna.domain.organisations.findings import Findings


@operation("mandate.give")
def give_mandate(
    *,
    actor: Actor,
    collaboration_id: str,
    form: str,
    wording: str,
    source: str,
    clauses: Sequence[Mapping[str, Any]],
    giver_id: str = "",
    holder_role_id: str = "",
    valid_from: date | None = None,
    valid_to: date | None = None,
    notice_days: int = 0,
    at: datetime | None = None,
) -> Mandate:
    """Give the coordination a mandate in one's own organisation's name: wording, source, and its clauses as data.

    A clause is `{area_id, coordination_decides, participants_no_longer_decide, following}`. A participant keeps or lends
    its own; only the superior grants; what is passed on from another collaboration is given by `delegate_mandate`.
    Without `holder_role_id` the collaboration's coordinator holds it.
    """
    collaboration = collaboration_for(actor, collaboration_id, "collaboration.read", at)
    giver_id, at = giver_id or actor.organisation_id or "", at or clock.now()
    check_may_give(actor, collaboration, giver_id, at)
    if collaboration.state == CollaborationState.CLOSED:
        raise Refused(_("The collaboration is closed, so no mandate is given in it."))
    found = Findings()
    found.choice("form", form, [each for each in MandateForm.values if each != MandateForm.DELEGATED])
    mandate = Mandate(
        collaboration=collaboration,
        form=form,
        giver_id=giver_id,
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
    _giver_must_be_able_to(mandate)
    mandate.save(force_insert=True)
    Clause.objects.bulk_create(rows)
    record(actor, "mandate_given", mandate, at, **content_of(mandate, rows))
    return mandate


def _giver_must_be_able_to(mandate: Mandate) -> None:
    """A participant gives of its own; the superior gives from above; nobody gives what is somebody else's."""
    above = mandate.collaboration.superior_id == mandate.giver_id
    spans = Participation.objects.on(mandate.valid_from).filter(collaboration=mandate.collaboration)
    within = spans.filter(organisation_id=mandate.giver_id).exists()
    if mandate.form == MandateForm.GRANTED and not above:
        raise Refused(_("Only the organisation above all participants can grant a mandate. A participant lends its own."))
    if mandate.form in (MandateForm.OWN, MandateForm.LENT) and not within:
        raise Refused(_("Only an organisation that takes part when the mandate begins can keep or lend its own mandate."))
    if not within and not above:
        raise Refused(_("A duty to agree comes from a participant or from the organisation above all participants."))


@operation("mandate.give")
def revoke_mandate(*, actor: Actor, mandate_id: str, reason: str = "", at: datetime | None = None) -> Mandate:
    """Take a mandate back. From this moment it carries no new decision; what is decided already stands.

    Only the giver can, at any time; where a notice is agreed, with a reason for not giving it. Raises `Refused` when it is
    taken back already.
    """
    mandate_for(actor, mandate_id, "mandate.give", at)
    at = at or clock.now()
    mandate = Mandate.objects.select_for_update().get(pk=mandate_id)
    if mandate.revoked_at is not None:
        raise Refused(_("The mandate is taken back already."))
    if actor.holding_id is None:
        raise Refused(_("Somebody who holds a role at the giver has to take the mandate back."))
    found = Findings()
    mandate.revoked_reason = found.text("reason", reason, required=False)
    if mandate.notice_days and not mandate.revoked_reason:
        found.say("reason", _("A notice is agreed. Say why the mandate is taken back without it."))
    found.insist()
    mandate.revoked_at, mandate.revoked_by_id = at, actor.holding_id
    mandate.save(update_fields=["revoked_at", "revoked_by", "revoked_reason"])
    record(actor, "mandate_revoked", mandate, at, reason=mandate.revoked_reason, giver=mandate.giver_id)
    return mandate


@operation("mandate.give")
def give_notice(
    *, actor: Actor, mandate_id: str, ends_on: date | None = None, reason: str = "", at: datetime | None = None
) -> Mandate:
    """Give notice of a mandate: it counts until the notice agreed has run out, and carries no decision made after that.

    `ends_on` is the first day it no longer counts, at the earliest when the notice has run out, which is what it is
    without a day of its own. Raises `Refused` when it does not count any more, or notice is given already.
    """
    mandate_for(actor, mandate_id, "mandate.give", at)
    at = at or clock.now()
    mandate, today = Mandate.objects.select_for_update().get(pk=mandate_id), clock.day(at)
    _must_run(mandate, today)
    if mandate.ends_on is not None:
        raise Refused(_("Notice of the mandate is given already."))
    if actor.holding_id is None:
        raise Refused(_("Somebody who holds a role at the giver has to give notice."))
    found = Findings()
    reason = found.text("reason", reason, required=False)
    earliest = earliest_end(mandate.notice_days, today)
    if ends_on is not None and ends_on < earliest:
        told = {"days": mandate.notice_days, "day": date_format(earliest, "j F Y")}
        found.say("ends_on", _("The notice agreed is %(days)s days: it ends on %(day)s at the earliest.") % told)
    found.insist()
    mandate.notice_given_at, mandate.notice_given_by_id, mandate.ends_on = at, actor.holding_id, ends_on or earliest
    mandate.save(update_fields=["notice_given_at", "notice_given_by", "ends_on"])
    ends = mandate.ends_on.isoformat()
    record(actor, "mandate_notice_given", mandate, at, reason=reason, giver=mandate.giver_id, until=ends)
    return mandate


def _must_run(mandate: Mandate, today: date) -> None:
    over = mandate.valid_to is not None and mandate.valid_to <= today
    if mandate.revoked_at is not None or over or (mandate.ends_on is not None and mandate.ends_on <= today):
        raise Refused(_("The mandate does not count any more."))


@operation("mandate.give")
def withdraw_notice(*, actor: Actor, mandate_id: str, at: datetime | None = None) -> Mandate:
    """Take a notice back while it runs: the mandate goes on as it was. Raises `Refused` when none runs."""
    mandate_for(actor, mandate_id, "mandate.give", at)
    at = at or clock.now()
    mandate = Mandate.objects.select_for_update().get(pk=mandate_id)
    _must_run(mandate, clock.day(at))
    if mandate.ends_on is None:
        raise Refused(_("No notice of the mandate is given."))
    ended = mandate.ends_on.isoformat()
    mandate.notice_given_at, mandate.notice_given_by, mandate.ends_on = None, None, None
    mandate.save(update_fields=["notice_given_at", "notice_given_by", "ends_on"])
    record(actor, "mandate_notice_withdrawn", mandate, at, giver=mandate.giver_id, until=ended)
    return mandate
