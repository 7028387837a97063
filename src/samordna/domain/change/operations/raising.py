"""A change need taken further: as a matter, a document, a next version of one, or a revision of a decision. What is raised
is tied to the need, so that one finds the way both from the need and from what was raised."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Refused, TooLarge
from samordna.core.operation import operation
from samordna.domain.adherence.operations import start_revision
from samordna.domain.agreements.access import DRAFT, agreement_for
from samordna.domain.agreements.models import Agreement, AgreementVersion
from samordna.domain.agreements.operations import start_agreement, start_own_routine, start_version
from samordna.domain.change.access import WRITE, need_for
from samordna.domain.change.enums import TargetKind
from samordna.domain.change.limits import MOST_RAISED
from samordna.domain.change.models import ChangeNeed, Raised
from samordna.domain.change.operations.holding import own_need, tell
from samordna.domain.change.queries.raising import changeable_documents, check_raisable, decisions_in_force, draft_of
from samordna.domain.change.rules import Side
from samordna.domain.matters.enums import MatterKind
from samordna.domain.matters.models import Matter
from samordna.domain.matters.operations import open_matter
from samordna.domain.organisations.findings import Findings


@operation(WRITE)
def raise_matter(
    *,
    actor: Actor,
    need_id: str,
    area_id: str,
    title: str,
    purpose: str,
    for_the_individual: str,
    convenience: str = "",
    kind: str = MatterKind.OTHER,
    from_template: bool = True,
    unit: str = "",
    price_of_difference: int | None = None,
    depth: dict[str, str] | None = None,
    at: datetime | None = None,
) -> Matter:
    """Open a matter because of a change need that the coordination has, as a draft, and tie it to the need."""
    need, holder, at = _held_for(actor, need_id, at)
    if holder is not None:
        raise Refused(_("A matter is raised by the coordination. Give it the change need, or change your own work."))
    made = open_matter(
        actor=actor,
        collaboration_id=need.turn.chain.collaboration_id,
        area_id=area_id,
        title=title,
        purpose=purpose,
        for_the_individual=for_the_individual,
        convenience=convenience,
        kind=kind,
        from_template=from_template,
        unit=unit,
        price_of_difference=price_of_difference,
        depth=depth,
        at=at,
    )
    _tied(actor, need, TargetKind.MATTER, made.pk, at)
    return made


@operation(WRITE)
def raise_document(
    *,
    actor: Actor,
    need_id: str,
    name: str,
    kind: str = "routine",
    area_id: str = "",
    responsible_role_id: str = "",
    review_on: date | None = None,
    language: str = "sv",
    at: datetime | None = None,
) -> Agreement:
    """Begin a document because of a change need that one has, and tie it to the need: a routine of one's own
    organisation, or a document of the collaboration where the coordination has the need."""
    need, holder, at = _held_for(actor, need_id, at)
    start: Callable[..., Agreement] = start_agreement if holder is None else start_own_routine
    made = start(
        actor=actor,
        collaboration_id=need.turn.chain.collaboration_id,
        name=name,
        kind=kind,
        area_id=area_id,
        responsible_role_id=responsible_role_id,
        review_on=review_on,
        language=language,
        at=at,
    )
    _tied(actor, need, TargetKind.AGREEMENT, made.pk, at)
    return made


@operation(WRITE)
def raise_version(*, actor: Actor, need_id: str, agreement_id: str, at: datetime | None = None) -> AgreementVersion:
    """Begin the next version of a document because of a change need that one has, or go on in the draft there is, and tie
    the document to the need."""
    need, holder, at = _held_for(actor, need_id, at)
    place = need.turn.chain.collaboration_id
    found = Findings()
    if not changeable_documents(actor, place, holder, at).filter(pk=agreement_id).exists():
        found.say("agreement_id", _("Choose one of these documents."))
    found.insist()
    agreement_for(actor, agreement_id, DRAFT, at)
    draft = draft_of(agreement_id)
    if draft and need.raised.filter(kind=TargetKind.AGREEMENT, thing_id=agreement_id).exists():
        raise Refused(_("There is a draft already, and it is tied to the change need. Go on writing in it."))
    made = draft or start_version(actor=actor, agreement_id=agreement_id, at=at)
    _tied(actor, need, TargetKind.AGREEMENT, agreement_id, at)
    return made


@operation(WRITE)
def raise_revision(*, actor: Actor, need_id: str, decision_id: str, because: str, at: datetime | None = None) -> Matter:
    """Open the matter in which a decision in force is changed, because of a change need that the coordination has, and
    tie it to the need."""
    need, holder, at = _held_for(actor, need_id, at)
    if holder is not None:
        raise Refused(_("A matter is raised by the coordination. Give it the change need, or change your own work."))
    version = decisions_in_force(actor, need.turn.chain.collaboration_id, at).filter(decision_id=decision_id).first()
    found = Findings()
    because = found.text("because", because)
    if version is None:
        found.say("decision_id", _("Choose one of these decisions."))
    found.insist()
    made = start_revision(actor=actor, version_id=version.pk if version else "", because=because, at=at)
    _tied(actor, need, TargetKind.MATTER, made.pk, at)
    return made


def _held_for(actor: Actor, need_id: str, at: datetime | None) -> tuple[ChangeNeed, Side, datetime]:
    """A change need of an analysis that is done, for whoever has taken it on, and who that is."""
    need = need_for(actor, need_id, WRITE, at)
    at = at or clock.now()
    need, _facts, holder = own_need(actor, need, at)
    check_raisable(need)
    if need.raised.count() >= MOST_RAISED:
        raise TooLarge(_("At most %(most)s things are raised because of one change need.") % {"most": MOST_RAISED})
    return need, holder, at


def _tied(actor: Actor, need: ChangeNeed, kind: TargetKind, thing_id: str, at: datetime) -> None:
    Raised.objects.create(need=need, kind=kind, thing_id=thing_id, raised_at=at, raised_by_id=actor.holding_id)
    tell(actor, "need_raised", need.turn.chain, at, need=need.pk, kind=kind, thing=thing_id)
