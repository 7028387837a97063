"""Who may read follow-up and write in it: all of it as its collaboration, one organisation's figures as that one's own."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Absent, Denied, Forbidden
from samordna.core.policy import Facts, Visibility
from samordna.domain.collaborations.access import (
    collaboration_for,
    facts_for,
    once_in,
    permit,
    reach,
    thing_of,
    visible_collaborations,
)
from samordna.domain.collaborations.models import Collaboration, Goal, Participation
from samordna.domain.followup.models import Comparing, GoalDraft, Indicator, Report, Result, ResultFile
from samordna.domain.organisations.succession import forerunners, predecessors, stands_for

RELATED = ("host", "coordinator_role", "superior")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sees:
    """Whose figures a reader may see: its own organisation's, and `others`'. `leads`: it coordinates.

    `readers`: for what many read as one, whose figures each organisation of them sees beside its own. A whole is there only
    where it may be shown to each. `knows`: of an organisation that came after others, whose figures it may know from them.
    `known`: whose figures the reader may know though it is not shown them: those of the organisation that it acts for,
    which may have left, and of those that came before it. `sure` and `surely`: the same where it is certain, since it told
    them itself or has taken the place in law of whoever did.
    """

    own: str | None
    others: frozenset[str]
    leads: bool
    takes_part: bool
    readers: Mapping[str, frozenset[str]] = field(default_factory=dict)
    knows: Mapping[str, frozenset[str]] = field(default_factory=dict)
    known: frozenset[str] = frozenset()
    sure: frozenset[str] = frozenset()
    surely: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def of_all(self, organisation_ids: Collection[str]) -> Sees:
        """The same where these, too, have told: whoever coordinates sees what each of them did."""
        return replace(self, others=self.others | frozenset(organisation_ids)) if self.leads else self


def sees_in(actor: Actor, given: Collaboration, at: datetime | None = None) -> Sees:
    """Whose figures the actor may see in a collaboration that it may read; three questions at most."""
    on = clock.day(at or clock.now())
    own, leads = _stands_in(actor, facts_for(actor), given.pk, on)
    known, sure = _known_to(actor, forerunners()), _sure_of(actor)
    if leads:
        return _leading(own, frozenset(_ever_in(given)), known, sure)
    return _compared(own, comparers(given.pk, on) if own else (), known, sure)


def sees_in_common(given: Collaboration, on: date) -> Sees:
    """What everybody who takes part, or ever did, may be shown as one: nobody's own figures, and no whole that would tell
    one of them another's."""
    agreed, before, told = frozenset(comparers(given.pk, on)), forerunners(), _ever_in(given)
    after = {of for of, olds in before.items() if olds & told}
    readers = {of: agreed - {of} if of in agreed else frozenset() for of in sorted(told | after)}
    surely = {of: predecessors(of) for of in readers if of in before}
    nobody = Sees(own=None, others=frozenset(), leads=False, takes_part=False)
    return replace(nobody, readers=readers, knows=before, surely=surely)


def sees_among(
    actor: Actor, collaboration_ids: Sequence[str], told_by: Mapping[str, Collection[str]], at: datetime
) -> dict[str, Sees]:
    """The same for several collaborations that it may read, of those whose figures are asked for (`told_by`: the
    organisations by collaboration); three questions besides those of its own standing."""
    on = clock.day(at)
    facts, agreed, known = facts_for(actor), comparers_among(collaboration_ids, on), _known_to(actor, forerunners())
    sure = _sure_of(actor)
    found = {}
    for pk in collaboration_ids:
        own, leads = _stands_in(actor, facts, pk, on)
        told = frozenset(told_by.get(pk, ()))
        found[pk] = _leading(own, told, known, sure) if leads else _compared(own, agreed[pk], known, sure)
    return found


def _stands_in(actor: Actor, facts: Facts, collaboration_id: str, on: date) -> tuple[str | None, bool]:
    coordinated = facts.coordinates.get((actor.role_id or "", collaboration_id), frozenset())
    leads = actor.system or any(span.at(on) for span in coordinated)
    spans = facts.participations.get((actor.organisation_id or "", collaboration_id), frozenset())
    return actor.organisation_id if any(span.at(on) for span in spans) else None, leads


def _known_to(actor: Actor, before: Mapping[str, frozenset[str]]) -> frozenset[str]:
    own = actor.organisation_id
    return before.get(own, frozenset()) | {own} if own else frozenset()


def _sure_of(actor: Actor) -> frozenset[str]:
    return stands_for(actor.organisation_id) if actor.organisation_id else frozenset()


def _leading(own: str | None, others: frozenset[str], known: frozenset[str], sure: frozenset[str]) -> Sees:
    return Sees(own=own, others=others, leads=True, takes_part=own is not None, known=known, sure=sure)


def _compared(own: str | None, agreed: Collection[str], known: frozenset[str], sure: frozenset[str]) -> Sees:
    others = frozenset(agreed) - {own} if own and own in agreed else frozenset()
    others = frozenset(of for of in others if of)
    return Sees(own=own, others=others, leads=False, takes_part=own is not None, known=known, sure=sure)


def _ever_in(given: Collaboration) -> set[str]:
    reported = Result.objects.filter(indicator__collaboration=given).order_by().values_list("organisation_id", flat=True)
    took_part = Participation.objects.filter(collaboration=given).order_by().values_list("organisation_id", flat=True)
    return {*took_part, *reported.distinct()}


def comparers(collaboration_id: str, on: date) -> list[str]:
    """The organisations that take part that day, have agreed since they joined to be compared, and stand by it."""
    return comparers_among([collaboration_id], on)[collaboration_id]


def comparers_among(collaboration_ids: Sequence[str], on: date) -> dict[str, list[str]]:
    """The same for several collaborations; two questions."""
    taking_part = Participation.objects.on(on).filter(collaboration_id__in=collaboration_ids).order_by()
    rows = taking_part.values_list("collaboration_id", "organisation_id", "joined_on")
    joined = {(pk, of): day for pk, of, day in rows}
    words = Comparing.objects.filter(collaboration_id__in=collaboration_ids, withdrawn_at__isnull=True).order_by("pk")
    found: dict[str, list[str]] = {pk: [] for pk in collaboration_ids}
    for pk, of, since in words.values_list("collaboration_id", "organisation_id", "given_at"):
        if (pk, of) in joined and clock.day(since) >= joined[pk, of]:
            found[pk].append(of)
    return found


def indicator_for(
    actor: Actor, indicator_id: str, action: str = "collaboration.read", at: datetime | None = None
) -> Indicator:
    """The indicator, if the actor may do this with its collaboration."""
    related = tuple(f"collaboration__{name}" for name in RELATED)
    indicator = Indicator.objects.select_related(*related, "goal").filter(pk=indicator_id).order_by().first()
    if indicator is None:
        raise Absent
    permit(actor, "collaboration.read", thing_of(indicator.collaboration), at)
    permit(actor, action, thing_of(indicator.collaboration), at)
    return indicator


def draft_for(actor: Actor, draft_id: str, action: str = "collaboration.lead", at: datetime | None = None) -> GoalDraft:
    """The draft of a goal, for those who lead its collaboration; it is not there for others."""
    related = tuple(f"collaboration__{name}" for name in RELATED)
    draft = GoalDraft.objects.select_related(*related).filter(pk=draft_id).order_by().first()
    if draft is None:
        raise Absent
    try:
        permit(actor, action, thing_of(draft.collaboration), at)
    except Forbidden as refused:
        raise Absent from refused
    return draft


def report_for(actor: Actor, report_id: str, action: str = "figures.read", at: datetime | None = None) -> Report:
    """The report: its organisation's own, also after it has left, and the coordinator's to read. `Absent` for all others.

    `figures.keep` is to write in it, `collaboration.lead` to send it back, lock it and open it again.
    """
    related = tuple(f"round__collaboration__{name}" for name in RELATED)
    report = Report.objects.select_related(*related, "organisation").filter(pk=report_id).order_by().first()
    if report is None:
        raise Absent
    _permit_own(actor, report.round.collaboration, report.organisation_id, action, at)
    return report


def _permit_own(actor: Actor, given: Collaboration, organisation_id: str, action: str, at: datetime | None) -> None:
    own = replace(thing_of(given), organisation_id=organisation_id)
    try:
        permit(actor, "figures.read", own, at)
    except Denied as denied:
        raise Absent from denied
    permit(actor, action, own, at)


def visible_reports(actor: Actor, at: datetime | None = None) -> QuerySet[Report]:
    """The reports that the actor may read: exactly those that `report_for` gives."""
    if actor.system:
        return Report.objects.all()
    _taking_part, coordinated = reach(actor, at)
    own = Q(organisation_id=actor.organisation_id, round__collaboration_id__in=once_in(actor, at))
    shared = ~Q(round__collaboration__state="planned")
    return Report.objects.filter((own & shared) | Q(round__collaboration_id__in=coordinated))


def result_for(actor: Actor, result_id: str, at: datetime | None = None) -> Result:
    """The result, for its own organisation, the coordinator, and those who have agreed with it to be compared."""
    related = tuple(f"indicator__collaboration__{name}" for name in RELATED)
    result = Result.objects.select_related(*related, "organisation").filter(pk=result_id).order_by().first()
    if result is None:
        raise Absent
    given = result.indicator.collaboration
    permit(actor, "collaboration.read", thing_of(given), at)
    sees = sees_in(actor, given, at)
    if result.organisation_id != sees.own and result.organisation_id not in sees.others:
        raise Absent
    return result


def file_for(actor: Actor, file_id: str, at: datetime | None = None) -> ResultFile:
    """A file with results, for the organisation that read it in alone, or for the coordinator whose file it is."""
    related = tuple(f"collaboration__{name}" for name in RELATED)
    given = ResultFile.objects.select_related(*related).filter(pk=file_id).order_by().first()
    if given is None:
        raise Absent
    if given.organisation_id is not None:
        own = replace(thing_of(given.collaboration), organisation_id=given.organisation_id, visibility=Visibility.OWNER)
        try:
            permit(actor, "position.read", own, at)
        except Denied as denied:
            raise Absent from denied
        permit(actor, "position.answer", own, at)
        return given
    try:
        permit(actor, "collaboration.lead", thing_of(given.collaboration), at)
    except Forbidden as refused:
        raise Absent from refused
    return given


def visible_goals(actor: Actor, at: datetime | None = None) -> QuerySet[Goal]:
    """The goals that the actor may read: those of the collaborations that it may read."""
    return Goal.objects.filter(collaboration__in=visible_collaborations(actor, at).values("pk"))


def own_figures_for(actor: Actor, collaboration_id: str, at: datetime | None = None) -> Collaboration:
    """The collaboration, for those who keep the figures that their organisation told in it, also after it has left."""
    given = Collaboration.objects.filter(pk=collaboration_id).order_by().first()
    if given is None:
        raise Absent
    permit(actor, "figures.keep", replace(thing_of(given), organisation_id=actor.organisation_id), at)
    return given


def reporting_for(actor: Actor, collaboration_id: str, at: datetime | None = None) -> Collaboration:
    """The collaboration, if the actor answers for its own organisation there. The coordinator is not asked for one."""
    given = collaboration_for(actor, collaboration_id, at=at)
    own = replace(thing_of(given), organisation_id=actor.organisation_id)
    try:
        permit(actor, "position.answer", own, at)
    except Absent as absent:  # whoever reads the collaboration is told why
        raise Forbidden(_("This is for the organisations that take part.")) from absent
    return given
