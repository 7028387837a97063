"""The consultation as a conversation: objections are answered and cleared, the silent reminded or recorded as declining."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import override

from samordna.core import clock
from samordna.core.actor import Actor, Duty
from samordna.core.errors import Refused
from samordna.core.operation import operation
from samordna.core.outbox import Letter, address, languages_of, put
from samordna.domain.collaborations.access import permit
from samordna.domain.decisions.access import consultation_answer_for, thing_of_answer
from samordna.domain.decisions.consulted import latest_answers, silent_in
from samordna.domain.decisions.enums import ConsultationStance, DecisionState
from samordna.domain.decisions.models import ConsultationAnswer, DecisionVersion, Reply
from samordna.domain.decisions.operations.chain import record
from samordna.domain.decisions.operations.held import held_version_for, holding_of
from samordna.domain.decisions.queries.binding import rulings_of
from samordna.domain.decisions.states import check_decision_is
from samordna.domain.matters.typed import Typed
from samordna.domain.organisations.enums import DUTIES
from samordna.domain.organisations.models import Holding, Organisation
from samordna.domain.organisations.succession import in_law


@operation("decision.lead")
def reply_to_objection(*, actor: Actor, answer_id: str, text: str, at: datetime | None = None) -> Reply:
    """Answer a named objection. It stands until its maker clears it; answering it is what coordination owes."""
    objection = consultation_answer_for(actor, answer_id, "decision.lead", at)
    at = at or clock.now()
    version = held_version_for(actor, objection.version_id, "decision.lead", at)
    objection = _standing(version, objection)
    typed = Typed()
    said = typed.text("text", text, needed=_("Say how the objection is met, or why it cannot be."))
    typed.finish()
    reply = Reply.objects.create(objection=objection, text=said, replied_at=at, replied_by_id=holding_of(actor))
    record(actor, version, "objection_answered", at, objection=objection.pk, text=said)
    return reply


@operation("proposal.answer")
def clear_objection(*, actor: Actor, answer_id: str, at: datetime | None = None) -> ConsultationAnswer:
    """Say for the organisation that objected that the reply is enough. Nobody else can clear an objection."""
    objection = consultation_answer_for(actor, answer_id, "decision.read", at)
    at = at or clock.now()
    permit(actor, "proposal.answer", thing_of_answer(objection.version.decision.matter, actor.organisation_id), at)
    version = held_version_for(actor, objection.version_id, "decision.read", at)
    objection = _standing(version, objection)
    if objection.organisation_id != actor.organisation_id:
        raise Refused(_("Only the organisation that objected can clear its objection."))
    if not objection.replies.exists():
        raise Refused(_("Nobody has answered your objection yet. If it no longer holds, answer the consultation anew."))
    objection.cleared_at, objection.cleared_by_id = at, holding_of(actor)
    objection.save(update_fields=["cleared_at", "cleared_by"])
    record(actor, version, "objection_cleared", at, objection=objection.pk)
    return objection


def _standing(version: DecisionVersion, objection: ConsultationAnswer) -> ConsultationAnswer:
    """The objection, if it still stands in a consultation that is open. Raises `Refused`."""
    check_decision_is(version.state, DecisionState.CONSULTATION)
    counting = latest_answers(version).get(objection.organisation_id)
    if counting is None or counting.pk != objection.pk or not counting.stands:
        raise Refused(_("This objection no longer stands."))
    return counting


@operation("decision.lead")
def record_not_answering(
    *, actor: Actor, version_id: str, organisation_ids: Collection[str], reason: str, at: datetime | None = None
) -> list[ConsultationAnswer]:
    """Record that participants decline to answer the consultation, and why. Their silence is not consent.

    They may answer all the same while it is open: what they then say counts instead.
    """
    version = held_version_for(actor, version_id, "decision.lead", at)
    at = at or clock.now()
    check_decision_is(version.state, DecisionState.CONSULTATION)
    silent = silent_in(version, at)
    typed = Typed()
    why = typed.text("reason", reason, needed=_("Say how they were asked, and why they are not waited for any longer."))
    if not organisation_ids or set(organisation_ids) - set(silent):
        typed.fault("organisation_ids", _("Choose among those who have not answered."))
    typed.finish()
    made = ConsultationAnswer.objects.bulk_create(
        ConsultationAnswer(
            version=version,
            organisation_id=pk,
            stance=ConsultationStance.DECLINED,
            text=why,
            answered_at=at,
            answered_by_id=holding_of(actor),
        )
        for pk in sorted(set(organisation_ids))
    )
    told = sorted(silent[pk] for pk in set(organisation_ids))
    record(actor, version, "not_answering_recorded", at, organisations=told, reason=why)
    return made


@operation("decision.lead")
def remind_of_decision(*, actor: Actor, version_id: str, origin: str = "", at: datetime | None = None) -> list[Letter]:
    """Write to those who are waited for: for an answer while the consultation is open, for their own body's decision
    once it is recommended. Returns the letters, which are in the outbox."""
    version = held_version_for(actor, version_id, "decision.lead", at)
    at = at or clock.now()
    check_decision_is(version.state, DecisionState.CONSULTATION, DecisionState.RECOMMENDED)
    consulting = version.state == DecisionState.CONSULTATION
    waited_for = silent_in(version, at) if consulting else without_own_decision(version)
    if not waited_for:
        raise Refused(_("Nobody is waited for, so there is nobody to remind."))
    duty = Duty.ANSWER if consulting else Duty.ADOPT
    due = version.consultation_until.isoformat() if consulting and version.consultation_until else ""
    readers = _mailed(waited_for, duty, at)
    languages, letters = languages_of(pk for _of, _email, pk in readers), []
    for organisation, email, pk in readers:
        with override(languages[pk]):
            letters.append(_reminder(version, waited_for[organisation], email, due, origin))
    put(letters, at)
    record(actor, version, "waited_for_reminded", at, organisations=sorted(waited_for.values()))
    return letters


def without_own_decision(version: DecisionVersion) -> dict[str, str]:
    """The names, by organisation, of those whose own body has to decide and has not."""
    decided = set(version.adoptions.values_list("organisation_id", flat=True))
    rulings = rulings_of(version, in_law())
    left = [pk for pk, ruling in rulings.items() if ruling["needs_adoption"] and pk not in decided]
    return dict(Organisation.objects.filter(pk__in=left).values_list("pk", "name"))


def _mailed(organisations: Iterable[str], duty: Duty, at: datetime) -> list[tuple[str, str, str]]:
    """(organisation, e-mail address, person) of everybody there whose role has this duty today."""
    kinds = [kind for kind, duties in DUTIES.items() if duty in duties]
    holdings = Holding.objects.on(clock.day(at)).filter(role__organisation_id__in=list(organisations), role__kind__in=kinds)
    rows = (
        holdings.filter(person__is_active=True)
        .exclude(person__email=None)
        .values_list("role__organisation_id", "person__email", "person_id")
    )
    return [(pk, str(email), who) for pk, email, who in rows.distinct().order_by("role__organisation_id", "person__email")]


def _reminder(version: DecisionVersion, organisation: str, email: str, due: str, origin: str) -> Letter:
    title, consulting = version.decision.matter.title, version.state == DecisionState.CONSULTATION
    what = _("answer the consultation") if consulting else _("record what its own body has decided")
    lines = [
        _("%(organisation)s is waited for in “%(matter)s”: %(what)s.")
        % {"organisation": organisation, "matter": title, "what": what},
        _("Answer by %(day)s.") % {"day": due} if due else "",
        address("decision", version.decision_id, origin=origin),
        _("Silence is not taken as consent."),
    ]
    return Letter(
        recipient=email,
        subject=_("Samordna: you are waited for"),
        body="\n\n".join(filter(None, lines)) + "\n",
        organisation=organisation,
    )
