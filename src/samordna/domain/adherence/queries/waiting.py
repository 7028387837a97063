"""What an organisation is waited for in following: a first answer, or a word on a change whose day has passed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Prefetch
from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor, Duty
from samordna.domain.adherence.enums import FollowingAnswerKind
from samordna.domain.adherence.models import FollowingAnswer, HelpRequest, Improvement, Review
from samordna.domain.adherence.queries.reviews import AHEAD, due_on
from samordna.domain.collaborations.enums import CollaborationState
from samordna.domain.collaborations.queries.crowd import Crowd, Found, asked_alone, each
from samordna.domain.decisions.enums import DecisionState
from samordna.domain.decisions.models import Adoption, DecisionVersion
from samordna.domain.decisions.queries.binding import Binding, bindings_of
from samordna.domain.organisations.waiting import Quick, Waiting, WaitingKind


def waiting_in(crowd: Crowd, at: datetime) -> Iterator[Found]:
    """What each is waited for: its organisation's word on decisions that bind it, and reviews that are due."""
    yield from _reviews(crowd, at)
    yield from _answers(crowd, at)
    yield from _asked(crowd)
    yield from _late(crowd, at)


def waiting_for(actor: Actor, at: datetime) -> list[Waiting]:
    """What one actor is waited for."""
    return asked_alone(waiting_in, actor, at)


def _late(crowd: Crowd, at: datetime) -> Iterator[Found]:
    """Improvements of one's own whose day has passed, besides what one has promised in one's answer; one question."""
    organisations = crowd.organisations(Duty.ANSWER)
    if not organisations:
        return
    promised = FollowingAnswer.objects.filter(
        version=OuterRef("version"), organisation=OuterRef("organisation"), actions=OuterRef("text")
    )
    own = Improvement.objects.filter(
        organisation_id__in=organisations,
        version__state=DecisionState.IN_FORCE,
        closed_at__isnull=True,
        by__lt=clock.day(at),
    )
    rows = own.exclude(Exists(promised)).select_related("version__decision__matter__collaboration")
    what = _("Tell whether the improvement is made")
    for row in rows.order_by("by", "pk"):
        done = Quick(label=_("It is made"), url_name="close_improvement", url_args=(row.pk,))
        item = _item(row.version, what, row.by, row.text, quick=done)
        yield from each(crowd.of(row.organisation_id, row.version.decision.matter.collaboration_id, Duty.ANSWER), item)


def _asked(crowd: Crowd) -> Iterator[Found]:
    """Those who have asked for the help that an organisation offers; one question."""
    organisations = crowd.organisations(Duty.ANSWER)
    if not organisations:
        return
    mine = HelpRequest.objects.filter(
        offer__organisation_id__in=organisations,
        offer__version__state=DecisionState.IN_FORCE,
        answered_at__isnull=True,
    )
    rows = mine.select_related("organisation", "offer__version__decision__matter__collaboration")
    what = _("Answer %(organisation)s, which asks for your help")
    for row in rows.order_by("asked_at", "pk"):
        item = _item(row.offer.version, what % {"organisation": row.organisation.name}, note=row.text)
        where = row.offer.version.decision.matter.collaboration_id
        yield from each(crowd.of(row.offer.organisation_id, where, Duty.ANSWER), item)


def _reviews(crowd: Crowd, at: datetime) -> Iterator[Found]:
    """The decisions whose day of review has come or is near, for those who coordinate; two questions."""
    today = clock.day(at)
    if not crowd.coordinated:
        return
    versions = DecisionVersion.objects.filter(
        state=DecisionState.IN_FORCE, decision__matter__collaboration_id__in=crowd.coordinated
    )
    reviews = Prefetch("reviews", Review.objects.order_by("-reviewed_at", "-pk"), to_attr="held")
    rows = versions.select_related("decision__matter__collaboration").prefetch_related(reviews)
    for version in rows.defer("content", "certificate", "ruling").order_by("review_on", "pk"):
        due = due_on(version, getattr(version, "held", []))
        if due is not None and due <= today + AHEAD:
            item = _item(version, _("Review the decision"), due, kind=WaitingKind.COORDINATE)
            yield from each(crowd.leading(version.decision.matter.collaboration_id), item)


def _answers(crowd: Crowd, at: datetime) -> Iterator[Found]:
    """Decisions in force that bind an organisation and still want its word; three questions."""
    organisations, joined = crowd.organisations(Duty.ANSWER), crowd.joined(Duty.ANSWER)
    if not joined:
        return
    adoptions = Prefetch("adoptions", Adoption.objects.filter(organisation_id__in=organisations))
    versions = (
        DecisionVersion.objects.filter(state=DecisionState.IN_FORCE, decision__matter__collaboration_id__in=joined)
        .exclude(decision__matter__collaboration__state=CollaborationState.PLANNED)
        .select_related("decision__matter__collaboration")
        .defer("content", "certificate")
        .prefetch_related(adoptions)
        .order_by("in_force_from", "pk")
    )
    found = list(versions)
    answers = FollowingAnswer.objects.filter(organisation_id__in=organisations, version__in=found)
    latest = {(one.version_id, one.organisation_id): one for one in answers.order_by("answered_at", "pk")}
    for version in found:
        bindings, where = bindings_of(version), version.decision.matter.collaboration_id
        for own in organisations:
            whose = crowd.of(own, where, Duty.ANSWER)
            item = _waiting(version, bindings.get(own), latest.get((version.pk, own)), at) if whose else None
            if item is not None:
                yield from each(whose, item)


def _waiting(
    version: DecisionVersion, binding: Binding | None, answer: FollowingAnswer | None, at: datetime
) -> Waiting | None:
    if binding is None:
        return None
    if answer is None:
        so = Quick(
            label=_("We already do so"),
            url_name="following",
            url_args=(version.decision_id,),
            sends=(("kind", FollowingAnswerKind.ALREADY_SO.value),),
        )
        return _item(version, _("Tell how you follow the decision"), quick=so)
    if answer.kind == FollowingAnswerKind.WILL_CHANGE and answer.by is not None and answer.by < clock.day(at):
        return _item(version, _("Tell whether the change is made"), answer.by, answer.actions)
    return None


def _item(
    version: DecisionVersion,
    what: str,
    due: date | None = None,
    note: str = "",
    kind: WaitingKind = WaitingKind.FOLLOW,
    quick: Quick | None = None,
) -> Waiting:
    matter = version.decision.matter
    return Waiting(
        kind=kind,
        what=what,
        about=matter.title,
        collaboration=matter.collaboration.name,
        url_name="following",
        url_args=(version.decision_id,),
        due=due,
        note=note,
        quick=quick,
        matter_id=matter.pk if kind is WaitingKind.COORDINATE else "",
    )
