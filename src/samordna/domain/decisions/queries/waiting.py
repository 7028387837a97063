"""What in proposals and decisions waits for an actor now: answers, adoption, and the coordinator's next step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samordna.core import clock
from samordna.core.actor import Actor, Duty
from samordna.domain.collaborations.access import reach
from samordna.domain.decisions.enums import AttemptResult, DecisionState, ProposalState
from samordna.domain.decisions.models import Attempt, ConsultationAnswer, DecisionVersion, Proposal, ProseAnswer
from samordna.domain.decisions.states import RUNNING
from samordna.domain.matters.enums import ConditionForm, MatterStage
from samordna.domain.matters.models import Condition, Matter
from samordna.domain.matters.states import SENT_IN
from samordna.domain.organisations.waiting import Waiting, WaitingKind

ANSWERED_IN = (MatterStage.WEIGHING, MatterStage.CONSULTATION, MatterStage.ADOPTION)


def waiting_for(actor: Actor, at: datetime) -> list[Waiting]:
    """What waits for the actor in the role it acts in; a constant number of queries."""
    taking_part, coordinated = reach(actor, at)
    if actor.organisation_id is None or not (taking_part or coordinated):
        return []
    on = clock.day(at)
    found: list[Waiting] = []
    for version in _running([*taking_part, *coordinated]):
        collaboration = version.decision.matter.collaboration_id
        if collaboration in coordinated:
            found.extend(_for_coordinator(version, on))
        if collaboration in taking_part:
            found.extend(_for_participant(version, actor))
    found.extend(_weighing(coordinated))
    if Duty.ANSWER in actor.duties or coordinated:
        found.extend(_prose(actor, taking_part, coordinated, on))
    return found


def _running(collaborations: list[str]) -> list[DecisionVersion]:
    versions = DecisionVersion.objects.filter(state__in=RUNNING, decision__matter__collaboration_id__in=set(collaborations))
    return list(
        versions.select_related("decision__matter__collaboration")
        .prefetch_related("consultation_answers__replies", "adoptions")
        .defer("content", "certificate")
        .order_by("consultation_until", "prepared_at", "pk")
    )


def _for_participant(version: DecisionVersion, actor: Actor) -> Iterator[Waiting]:
    own = actor.organisation_id or ""
    ruling = version.ruling["organisations"].get(own)
    if ruling is None:
        return
    answered = {answer.organisation_id for answer in version.consultation_answers.all()}
    adopted = {adoption.organisation_id for adoption in version.adoptions.all()}
    if version.state == DecisionState.CONSULTATION and Duty.ANSWER in actor.duties and own not in answered:
        what = _("Answer the consultation on the decision")
        yield _waiting(WaitingKind.CONSULT, what, version, due=version.consultation_until)
    if version.state == DecisionState.CONSULTATION and Duty.ANSWER in actor.duties and _replied_to(version, own):
        what = _("Say whether the reply clears your objection")
        yield _waiting(WaitingKind.CONSULT, what, version, due=version.consultation_until)
    undecided = ruling["needs_adoption"] and own not in adopted
    if version.state == DecisionState.RECOMMENDED and Duty.ADOPT in actor.duties and undecided:
        yield _waiting(WaitingKind.ADOPT, _("Record what your organisation has decided"), version)


def _for_coordinator(version: DecisionVersion, on: date) -> Iterator[Waiting]:
    everyone = version.ruling["organisations"]
    match DecisionState(version.state):
        case DecisionState.PREPARED:
            yield _waiting(WaitingKind.COORDINATE, _("Send the decision out for consultation"), version)
        case DecisionState.CONSULTATION:
            silent = len(everyone.keys() - {answer.organisation_id for answer in version.consultation_answers.all()})
            until, objecting = version.consultation_until, _objecting(version)
            if any(not objection.replies.all() for objection in objecting):
                yield _waiting(WaitingKind.COORDINATE, _("Answer the objections"), version, note=_objections(objecting))
            elif silent and until is not None and on > until:
                what = _("Remind those who have not answered, or record that they decline")
                yield _waiting(WaitingKind.COORDINATE, what, version, note=_not_answered(silent))
            elif not silent and not objecting:
                yield _waiting(WaitingKind.COORDINATE, _after_consultation(everyone.values()), version)
        case _:
            adopted = {adoption.organisation_id for adoption in version.adoptions.all()}
            left = [pk for pk, ruling in everyone.items() if ruling["needs_adoption"] and pk not in adopted]
            if not left:
                yield _waiting(WaitingKind.COORDINATE, _("Establish the decision"), version)


def _weighing(coordinated: list[str]) -> Iterator[Waiting]:
    """Matters being weighed with no decision on its way; what the coordinator does next depends on the latest attempt."""
    latest = Attempt.objects.filter(matter=OuterRef("pk")).order_by("-started_at", "pk").values("result")[:1]
    shared = Proposal.objects.filter(matter=OuterRef("pk"), state__in=(ProposalState.SHARED, ProposalState.CHOSEN))
    running = DecisionVersion.objects.filter(decision__matter=OuterRef("pk"), state__in=RUNNING)
    matters = Matter.objects.filter(~Exists(running), collaboration_id__in=coordinated, stage=MatterStage.WEIGHING)
    rows = matters.annotate(latest=Subquery(latest), shared=Exists(shared)).select_related("collaboration")
    for matter in rows.order_by("number", "pk"):
        what = _("Find a proposal that works for all")
        if getattr(matter, "shared", False):
            what = _("Choose a proposal, or make another")
        elif getattr(matter, "latest", None) == AttemptResult.CLASH:
            what = _("Talk to those whose conditions clash")
        yield Waiting(
            kind=WaitingKind.COORDINATE,
            what=what,
            about=matter.title,
            collaboration=matter.collaboration.name,
            url_name="board",
            url_args=(matter.pk,),
        )


def _not_answered(count: int) -> str:
    if not count:
        return ""
    return ngettext("%(count)s has not answered.", "%(count)s have not answered.", count) % {"count": count}


def _after_consultation(rulings: Iterable[Mapping[str, bool]]) -> str:
    if any(ruling["needs_adoption"] for ruling in rulings):
        return _("Recommend the decision for adoption")
    return _("Establish the decision")


def _objecting(version: DecisionVersion) -> list[ConsultationAnswer]:
    """The objections that stand, of the answers that count; everything is prefetched."""
    latest = {a.organisation_id: a for a in sorted(version.consultation_answers.all(), key=lambda a: (a.answered_at, a.pk))}
    return [answer for answer in latest.values() if answer.stands]


def _replied_to(version: DecisionVersion, organisation: str) -> bool:
    return any(a.organisation_id == organisation and a.replies.all() for a in _objecting(version))


def _objections(objecting: Sequence[ConsultationAnswer]) -> str:
    count = len(objecting)
    return ngettext("%(count)s objects.", "%(count)s object.", count) % {"count": count}


def _waiting(kind: WaitingKind, what: str, version: DecisionVersion, *, due: date | None = None, note: str = "") -> Waiting:
    matter = version.decision.matter
    return Waiting(
        kind=kind,
        what=what,
        about=matter.title,
        collaboration=matter.collaboration.name,
        url_name="decision",
        url_args=(version.decision_id,),
        due=due,
        note=note,
    )


def _prose(actor: Actor, taking_part: list[str], coordinated: list[str], on: date) -> Iterator[Waiting]:
    """Shared proposals whose conditions in prose the actor's organisation, or the coordination, has not answered about."""
    sent_in = {"position__organisation_id": actor.organisation_id, "position__state__in": sorted(SENT_IN)}
    own = Q(**sent_in, matter__collaboration_id__in=taking_part)
    common = Q(position__isnull=True, matter__collaboration_id__in=coordinated)
    mine = (own if Duty.ANSWER in actor.duties else Q(pk__in=[])) | common
    live = Condition.objects.filter(mine, form=ConditionForm.PROSE, withdrawn_at__isnull=True).filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=on)
    )
    said = ProseAnswer.objects.filter(proposal=OuterRef(OuterRef("pk")), condition=OuterRef("pk"))
    unanswered = live.filter(matter=OuterRef("matter")).exclude(Exists(said))
    proposals = Proposal.objects.filter(
        Exists(unanswered), state__in=(ProposalState.SHARED, ProposalState.CHOSEN), matter__stage__in=ANSWERED_IN
    )
    for proposal in proposals.select_related("matter__collaboration").order_by("made_at", "pk"):
        yield Waiting(
            kind=WaitingKind.CONSULT,
            what=_("Say whether the proposal respects your condition"),
            about=proposal.matter.title,
            collaboration=proposal.matter.collaboration.name,
            url_name="proposal",
            url_args=(proposal.pk,),
            note=proposal.title,
        )
