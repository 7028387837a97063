"""Who may see and lead a matter, and which parts of each participant's position they may read."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor, Via
from samordna.core.errors import Absent, Refused
from samordna.core.policy import Thing, Visibility
from samordna.core.reading import once_per_reading
from samordna.domain.collaborations.access import permit, reach, seen_collaborations
from samordna.domain.collaborations.enums import CollaborationState
from samordna.domain.matters.enums import Confidence, MatterStage
from samordna.domain.matters.models import AnswerLink, Condition, Inquiry, Matter, Need, Position
from samordna.domain.organisations.access import token_digest

HIDDEN_STAGES = (MatterStage.DRAFT,)


def _unshared(matter: Matter) -> bool:
    return matter.stage in HIDDEN_STAGES or matter.collaboration.state == CollaborationState.PLANNED


def thing_of(matter: Matter) -> Thing:
    """The matter as policy sees it. `matter.collaboration` should be loaded with it."""
    return Thing(
        collaboration_id=matter.collaboration_id,
        matter_id=matter.pk,
        superior_id=matter.collaboration.superior_id,
        parent_id=matter.collaboration.parent_id,
        draft=_unshared(matter),
    )


def thing_of_position(position: Position, visibility: Visibility = Visibility.PARTICIPANTS) -> Thing:
    """One participant's position, or a part of it with a narrower visibility (costs, benefits, confidential conditions)."""
    matter = position.matter
    return Thing(
        collaboration_id=matter.collaboration_id,
        matter_id=matter.pk,
        position_id=position.pk,
        organisation_id=position.organisation_id,
        superior_id=matter.collaboration.superior_id,
        parent_id=matter.collaboration.parent_id,
        draft=_unshared(matter),
        visibility=visibility,
    )


def actor_of_link(secret: str, at: datetime | None = None) -> Actor | None:
    """Who acts by this answer link; None when it is unknown, used, revoked or expired, or its organisation has ended."""
    at = at or clock.now()
    on = clock.day(at)
    links = AnswerLink.objects.select_related("position__organisation")
    running = links.filter(used_at__isnull=True, revoked_at__isnull=True, expires_at__gt=at)
    link = running.filter(digest=token_digest(secret)).first()
    if link is None:
        return None
    organisation = link.position.organisation
    if not clock.active(organisation.valid_from, organisation.valid_to, on):
        return None
    return Actor(
        via=Via.LINK,
        organisation_id=organisation.pk,
        link_position_id=link.position_id,
        link_matter_id=link.position.matter_id,
    )


def matter_for(actor: Actor, matter_id: str, action: str = "matter.read", at: datetime | None = None) -> Matter:
    """The matter, if the actor may do this with it."""
    matter = _matter(matter_id)
    if matter is None:
        raise Absent
    permit(actor, action, thing_of(matter), at)
    return matter


@once_per_reading
def _matter(matter_id: str) -> Matter | None:
    return Matter.objects.select_related("collaboration__coordinator_role", "area").filter(pk=matter_id).order_by().first()


def position_for(actor: Actor, position_id: str, action: str = "position.read", at: datetime | None = None) -> Position:
    """The position, if the actor may do this with it."""
    related = ("matter__collaboration", "matter__area", "organisation")
    position = Position.objects.select_related(*related).filter(pk=position_id).order_by().first()
    if position is None:
        raise Absent
    permit(actor, action, thing_of_position(position), at)
    return position


def visible_matters(actor: Actor, at: datetime | None = None) -> QuerySet[Matter]:
    """The matters the actor may read: exactly those that `matter_for` gives."""
    _taking_part, coordinated = reach(actor, at)
    found = Matter.objects.filter(collaboration_id__in=sorted(seen_collaborations(actor, at)))
    if actor.system:
        return found
    return found.filter(Q(collaboration_id__in=coordinated) | ~Q(stage__in=HIDDEN_STAGES))


def readable_conditions(actor: Actor, matter: Matter, at: datetime | None = None) -> QuerySet[Condition]:
    """The matter's conditions that the actor may read: for the coordinator all, for a participant the open ones and its
    own organisation's, and for the superior, who is no participant, the open ones that coordination itself has stated.
    Whoever answers by a link reads its own position's and the common ones: it has to live with them.

    The caller has already got the matter by `matter_for`, or acts by an answer link to one of its positions.
    """
    found = Condition.objects.filter(matter=matter)
    if actor.link_position_id:
        common = Q(position__isnull=True, confidence=Confidence.OPEN)
        return found.filter(common | Q(position_id=actor.link_position_id))
    taking_part, coordinated = reach(actor, at)
    if actor.system or matter.collaboration_id in coordinated:
        return found
    if matter.collaboration_id not in taking_part:
        return found.filter(position__isnull=True, confidence=Confidence.OPEN)
    own = Q(position__organisation_id=actor.organisation_id)
    return found.filter(Q(confidence=Confidence.OPEN) | own)


def reads_positions_in(actor: Actor, matter: Matter, at: datetime | None = None) -> bool:
    """May the actor read what participants have opened to each other? The superior reads the matter, but takes no part."""
    taking_part, coordinated = reach(actor, at)
    return actor.system or matter.collaboration_id in (*taking_part, *coordinated)


def readable_needs(actor: Actor, matter: Matter, at: datetime | None = None) -> QuerySet[Need]:
    """The matter's needs that the actor may read. The caller has got the matter, as for `readable_conditions`."""
    found = Need.objects.filter(matter=matter)
    if actor.link_position_id:
        return found.filter(Q(position_id=actor.link_position_id) | Q(position__isnull=True))
    return found if reads_positions_in(actor, matter, at) else found.filter(position__isnull=True)


def visible_conditions(
    actor: Actor, at: datetime | None = None, matters: QuerySet[Matter] | None = None
) -> QuerySet[Condition]:
    """The conditions of all matters that the actor may read: matter by matter what `readable_conditions` gives.

    `matters`: those that the actor may read, when the caller has them already; likewise below.
    """
    found = Condition.objects.filter(matter__in=visible_matters(actor, at) if matters is None else matters)
    if actor.system:
        return found
    taking_part, coordinated = reach(actor, at)
    opened = Q(confidence=Confidence.OPEN)
    own = opened | Q(position__organisation_id=actor.organisation_id)
    return found.filter(
        Q(matter__collaboration_id__in=coordinated)
        | (Q(matter__collaboration_id__in=taking_part) & own)
        | (opened & Q(position__isnull=True))
    )


def visible_needs(actor: Actor, at: datetime | None = None, matters: QuerySet[Matter] | None = None) -> QuerySet[Need]:
    """The needs of all matters that the actor may read: matter by matter what `readable_needs` gives."""
    found = Need.objects.filter(matter__in=visible_matters(actor, at) if matters is None else matters)
    if actor.system:
        return found
    return found.filter(Q(matter__collaboration_id__in=_insides(actor, at)) | Q(position__isnull=True))


def visible_inquiries(
    actor: Actor, at: datetime | None = None, matters: QuerySet[Matter] | None = None
) -> QuerySet[Inquiry]:
    """The questions of all matters that the actor may read: matter by matter what `readable_inquiries` gives."""
    found = Inquiry.objects.living().filter(matter__in=visible_matters(actor, at) if matters is None else matters)
    return found if actor.system else found.filter(matter__collaboration_id__in=_insides(actor, at))


def _insides(actor: Actor, at: datetime | None) -> list[str]:
    """The collaborations whose participants' own words the actor may read."""
    taking_part, coordinated = reach(actor, at)
    return [*taking_part, *coordinated]


def reads_inquiries_in(actor: Actor, matter: Matter, at: datetime | None = None) -> bool:
    """May the actor read the matter's questions? The superior and the coordinator above, who take no part, may not."""
    by_link = actor.link_position_id is not None and actor.link_matter_id == matter.pk
    return by_link or reads_positions_in(actor, matter, at)


def readable_inquiries(actor: Actor, matter: Matter, at: datetime | None = None) -> QuerySet[Inquiry]:
    """The matter's questions with their answers, not those taken back: for everybody who takes part, and for whoever
    answers by a link to one of its positions. The superior, who takes no part, reads none.

    The caller has got the matter, as for `readable_conditions`.
    """
    found = Inquiry.objects.living().filter(matter=matter)
    return found if reads_inquiries_in(actor, matter, at) else found.none()


def reads_figures_of(actor: Actor, position: Position, at: datetime | None = None) -> bool:
    """May the actor read the position's costs and benefits? The owner and the coordinator may."""
    try:
        permit(actor, "position.read", thing_of_position(position, Visibility.COORDINATOR), at)
    except Absent:
        return False
    return True


def condition_for(actor: Actor, condition_id: str, at: datetime | None = None) -> Condition:
    """A condition that the actor may withdraw or change: its owner may, and the coordinator a common one."""
    condition = Condition.objects.select_related(*_AROUND).filter(pk=condition_id).order_by().first()
    if condition is None:
        raise Absent
    secret = condition.confidence == Confidence.COORDINATOR
    visibility = Visibility.COORDINATOR if secret else Visibility.PARTICIPANTS
    _insist_on_owner(actor, condition.matter, condition.position, at, visibility)
    return condition


def need_for(actor: Actor, need_id: str, at: datetime | None = None) -> Need:
    """A need that the actor may withdraw: its owner may, and the coordinator a common one."""
    need = Need.objects.select_related(*_AROUND).filter(pk=need_id).order_by().first()
    if need is None:
        raise Absent
    _insist_on_owner(actor, need.matter, need.position, at)
    return need


_AROUND = ("matter__collaboration", "position__matter__collaboration", "position__organisation")


def _insist_on_owner(
    actor: Actor,
    matter: Matter,
    position: Position | None,
    at: datetime | None,
    visibility: Visibility = Visibility.PARTICIPANTS,
) -> None:
    if position is None:
        permit(actor, "matter.lead", thing_of(matter), at)
    else:
        permit(actor, "position.answer", thing_of_position(position, visibility), at)


def link_of(token: str) -> AnswerLink:
    """The answer link with this token, living or not; `Absent` when there is none."""
    related = ("position__matter__collaboration", "position__matter__area", "position__organisation")
    link = AnswerLink.objects.select_related(*related).filter(digest=token_digest(token)).first()
    if link is None:
        raise Absent
    return link


def check_link(link: AnswerLink, at: datetime) -> None:
    """Refuse a link that has been used, was revoked or is too old, with the sentence that says which."""
    if link.used_at is not None:
        raise Refused(_("This link has been used: the answer has been sent in. Each link answers once."))
    if link.revoked_at is not None:
        raise Refused(_("The coordinator has withdrawn this link. Look for a newer one in your mail."))
    if link.expires_at <= at:
        day = clock.day(link.expires_at).isoformat()
        raise Refused(_("This link stopped working on %(day)s. Ask the coordinator for a new one.") % {"day": day})
