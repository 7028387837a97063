"""What an organisation is waited for in following: a first answer, or a word on a change whose day has passed."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Exists, OuterRef, Prefetch
from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor, Duty
from samordna.domain.adherence.enums import FollowingAnswerKind
from samordna.domain.adherence.models import FollowingAnswer, HelpRequest, Improvement, Review
from samordna.domain.adherence.queries.reviews import AHEAD, due_on
from samordna.domain.collaborations.access import reach
from samordna.domain.decisions.access import visible_decisions
from samordna.domain.decisions.enums import DecisionState
from samordna.domain.decisions.models import Adoption, DecisionVersion
from samordna.domain.decisions.queries.binding import Binding, bindings_of
from samordna.domain.organisations.waiting import Waiting, WaitingKind


def waiting_for(actor: Actor, at: datetime) -> list[Waiting]:
    """What the actor is waited for: its organisation's word on decisions that bind it, and reviews that are due."""
    return [*_reviews(actor, at), *_answers(actor, at), *_asked(actor), *_late(actor, at)]


def _late(actor: Actor, at: datetime) -> list[Waiting]:
    """Improvements of one's own whose day has passed, besides what one has promised in one's answer; one query."""
    if actor.organisation_id is None or Duty.ANSWER not in actor.duties or not actor.may_write:
        return []
    promised = FollowingAnswer.objects.filter(
        version=OuterRef("version"), organisation_id=actor.organisation_id, actions=OuterRef("text")
    )
    own = Improvement.objects.filter(
        organisation_id=actor.organisation_id,
        version__state=DecisionState.IN_FORCE,
        closed_at__isnull=True,
        by__lt=clock.day(at),
    )
    rows = own.exclude(Exists(promised)).select_related("version__decision__matter__collaboration")
    what = _("Tell whether the improvement is made")
    return [_item(row.version, what, row.by, row.text) for row in rows.order_by("by", "pk")]


def _asked(actor: Actor) -> list[Waiting]:
    """Those who have asked for the help that the actor's organisation offers; one query."""
    if actor.organisation_id is None or Duty.ANSWER not in actor.duties or not actor.may_write:
        return []
    mine = HelpRequest.objects.filter(
        offer__organisation_id=actor.organisation_id, offer__version__state=DecisionState.IN_FORCE, answered_at__isnull=True
    )
    rows = mine.select_related("organisation", "offer__version__decision__matter__collaboration")
    what = _("Answer %(organisation)s, which asks for your help")
    return [
        _item(row.offer.version, what % {"organisation": row.organisation.name}, note=row.text)
        for row in rows.order_by("asked_at", "pk")
    ]


def _reviews(actor: Actor, at: datetime) -> list[Waiting]:
    """The decisions that the actor coordinates and whose day of review has come or is near; two queries."""
    coordinated, today = reach(actor, at)[1], clock.day(at)
    if not coordinated or not actor.may_write:
        return []
    versions = DecisionVersion.objects.filter(
        state=DecisionState.IN_FORCE, decision__matter__collaboration_id__in=coordinated
    )
    reviews = Prefetch("reviews", Review.objects.order_by("-reviewed_at", "-pk"), to_attr="held")
    rows = versions.select_related("decision__matter__collaboration").prefetch_related(reviews)
    found = []
    for version in rows.defer("content", "certificate", "ruling").order_by("review_on", "pk"):
        due = due_on(version, getattr(version, "held", []))
        if due is not None and due <= today + AHEAD:
            found.append(_item(version, _("Review the decision"), due, kind=WaitingKind.COORDINATE))
    return found


def _answers(actor: Actor, at: datetime) -> list[Waiting]:
    """Decisions in force that bind the actor's organisation and still want its word; three queries."""
    if actor.organisation_id is None or Duty.ANSWER not in actor.duties or not actor.may_write:
        return []
    own = actor.organisation_id
    versions = (
        DecisionVersion.objects.filter(state=DecisionState.IN_FORCE, decision__in=visible_decisions(actor, at))
        .select_related("decision__matter__collaboration")
        .defer("content", "certificate")
        .prefetch_related(Prefetch("adoptions", Adoption.objects.filter(organisation_id=own)))
        .order_by("in_force_from", "pk")
    )
    found = list(versions)
    answers = FollowingAnswer.objects.filter(organisation_id=own, version__in=found).order_by("answered_at", "pk")
    latest = {answer.version_id: answer for answer in answers}
    items = [_waiting(version, bindings_of(version).get(own), latest.get(version.pk), at) for version in found]
    return [item for item in items if item is not None]


def _waiting(
    version: DecisionVersion, binding: Binding | None, answer: FollowingAnswer | None, at: datetime
) -> Waiting | None:
    if binding is None:
        return None
    if answer is None:
        return _item(version, _("Tell how you follow the decision"))
    if answer.kind == FollowingAnswerKind.WILL_CHANGE and answer.by is not None and answer.by < clock.day(at):
        return _item(version, _("Tell whether the change is made"), answer.by, answer.actions)
    return None


def _item(
    version: DecisionVersion,
    what: str,
    due: date | None = None,
    note: str = "",
    kind: WaitingKind = WaitingKind.FOLLOW,
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
    )
