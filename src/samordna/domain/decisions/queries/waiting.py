"""What in proposals and decisions waits for an actor now: answers, adoption, and the coordinator's next step."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samordna.core import clock
from samordna.core.actor import Actor, Duty
from samordna.domain.collaborations.queries.crowd import Crowd, Found, asked_alone, each
from samordna.domain.decisions.enums import AttemptResult, DecisionState, ProposalState
from samordna.domain.decisions.models import Attempt, ConsultationAnswer, DecisionVersion, Proposal, ProseAnswer
from samordna.domain.decisions.queries.binding import rulings_of
from samordna.domain.decisions.states import RUNNING
from samordna.domain.matters.enums import ConditionForm, MatterStage
from samordna.domain.matters.models import Condition, Matter
from samordna.domain.matters.states import SENT_IN
from samordna.domain.organisations.succession import in_law
from samordna.domain.organisations.waiting import Quick, Waiting, WaitingKind

ANSWERED_IN = (MatterStage.WEIGHING, MatterStage.CONSULTATION, MatterStage.ADOPTION)

Rulings = Mapping[str, Mapping[str, Any]]


def waiting_in(crowd: Crowd, at: datetime) -> Iterator[Found]:
    """What waits for each in the role it acts in; a constant number of questions."""
    on = clock.day(at)
    joined, standing_in = {pk for ids in crowd.taking_part.values() for pk in ids}, in_law()
    for version in _running(joined | set(crowd.coordinated)) if joined or crowd.led else ():
        where, rulings = version.decision.matter.collaboration_id, rulings_of(version, standing_in)
        if crowd.leading(where):
            for waiting in _for_coordinator(version, rulings, on):
                yield from each(crowd.leading(where), waiting)
        for actor in crowd.actors:
            if where in crowd.taking_part.get(actor.organisation_id or "", ()):
                yield from ((actor, waiting) for waiting in _for_participant(version, rulings, actor))
    yield from _weighing(crowd)
    yield from _prose(crowd, on)


def waiting_for(actor: Actor, at: datetime) -> list[Waiting]:
    """What waits for one actor in the role it acts in."""
    return asked_alone(waiting_in, actor, at)


def _running(collaborations: Collection[str]) -> list[DecisionVersion]:
    versions = DecisionVersion.objects.filter(state__in=RUNNING, decision__matter__collaboration_id__in=set(collaborations))
    return list(
        versions.select_related("decision__matter__collaboration")
        .prefetch_related("consultation_answers__replies", "adoptions")
        .defer("content", "certificate")
        .order_by("consultation_until", "prepared_at", "pk")
    )


def _for_participant(version: DecisionVersion, rulings: Rulings, actor: Actor) -> Iterator[Waiting]:
    own = actor.organisation_id or ""
    ruling = rulings.get(own)
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


def _for_coordinator(version: DecisionVersion, everyone: Rulings, on: date) -> Iterator[Waiting]:
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
                remind = Quick(label=_("Send reminders"), url_name="remind_of_decision", url_args=(version.pk,))
                yield _waiting(WaitingKind.COORDINATE, what, version, note=_not_answered(silent), quick=remind)
            elif not silent and not objecting:
                yield _waiting(WaitingKind.COORDINATE, _after_consultation(everyone.values()), version)
        case _:
            adopted = {adoption.organisation_id for adoption in version.adoptions.all()}
            left = [pk for pk, ruling in everyone.items() if ruling["needs_adoption"] and pk not in adopted]
            if not left:
                yield _waiting(WaitingKind.COORDINATE, _("Establish the decision"), version)


def _weighing(crowd: Crowd) -> Iterator[Found]:
    """Matters being weighed with no decision on its way; what the coordinator does next depends on the latest attempt."""
    if not crowd.coordinated:
        return
    latest = Attempt.objects.filter(matter=OuterRef("pk")).order_by("-started_at", "pk").values("result")[:1]
    shared = Proposal.objects.filter(matter=OuterRef("pk"), state__in=(ProposalState.SHARED, ProposalState.CHOSEN))
    running = DecisionVersion.objects.filter(decision__matter=OuterRef("pk"), state__in=RUNNING)
    matters = Matter.objects.filter(~Exists(running), collaboration_id__in=crowd.coordinated, stage=MatterStage.WEIGHING)
    rows = matters.annotate(latest=Subquery(latest), shared=Exists(shared)).select_related("collaboration")
    for matter in rows.order_by("number", "pk"):
        what = _("Find a proposal that works for all")
        if getattr(matter, "shared", False):
            what = _("Choose a proposal, or make another")
        elif getattr(matter, "latest", None) == AttemptResult.CLASH:
            what = _("Talk to those whose conditions clash")
        item = Waiting(
            kind=WaitingKind.COORDINATE,
            what=what,
            about=matter.title,
            collaboration=matter.collaboration.name,
            url_name="board",
            url_args=(matter.pk,),
            matter_id=matter.pk,
        )
        yield from each(crowd.leading(matter.collaboration_id), item)


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


def _waiting(
    kind: WaitingKind,
    what: str,
    version: DecisionVersion,
    *,
    due: date | None = None,
    note: str = "",
    quick: Quick | None = None,
) -> Waiting:
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
        quick=quick,
        matter_id=matter.pk if kind is WaitingKind.COORDINATE else "",
    )


def _prose(crowd: Crowd, on: date) -> Iterator[Found]:
    """Shared proposals whose conditions in prose an organisation, or the coordination, has not answered about."""
    sent_in = {"position__organisation_id__in": crowd.organisations(Duty.ANSWER), "position__state__in": sorted(SENT_IN)}
    own = Q(**sent_in, matter__collaboration_id__in=crowd.joined(Duty.ANSWER))
    common = Q(position__isnull=True, matter__collaboration_id__in=crowd.coordinated)
    live = Condition.objects.filter(own | common, form=ConditionForm.PROSE, withdrawn_at__isnull=True).filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=on), matter__stage__in=ANSWERED_IN
    )
    asked: dict[str, list[tuple[str, str | None]]] = defaultdict(list)
    for pk, matter, owner in live.order_by("pk").values_list("pk", "matter_id", "position__organisation_id"):
        asked[matter].append((pk, owner))
    if not asked:
        return
    proposals = Proposal.objects.filter(matter__in=list(asked), state__in=(ProposalState.SHARED, ProposalState.CHOSEN))
    conditions = [pk for pairs in asked.values() for pk, _owner in pairs]
    said = set(ProseAnswer.objects.filter(condition__in=conditions).values_list("proposal_id", "condition_id"))
    for proposal in proposals.select_related("matter__collaboration").order_by("made_at", "pk"):
        where = proposal.matter.collaboration_id
        owners = {owner for pk, owner in asked[proposal.matter_id] if (proposal.pk, pk) not in said}
        item = Waiting(
            kind=WaitingKind.CONSULT,
            what=_("Say whether the proposal respects your condition"),
            about=proposal.matter.title,
            collaboration=proposal.matter.collaboration.name,
            url_name="proposal",
            url_args=(proposal.pk,),
            note=proposal.title,
        )
        leading = crowd.leading(where) if None in owners else ()
        answering = (actor for owner in owners for actor in crowd.of(owner, where, Duty.ANSWER))
        yield from each(dict.fromkeys([*leading, *answering]), item)
