"""Beginning a document, with the headings that its kind begins with."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Refused, TooLarge
from samordna.core.operation import operation
from samordna.domain.agreements.access import agreement_for, check_may_write
from samordna.domain.agreements.enums import RESTING, DocumentKind
from samordna.domain.agreements.headings import BEGINS_WITH
from samordna.domain.agreements.limits import MOST_ANNEXES
from samordna.domain.agreements.models import Agreement, AgreementVersion, Section
from samordna.domain.agreements.operations.telling import tell
from samordna.domain.collaborations.access import collaboration_for, thing_of
from samordna.domain.collaborations.enums import CollaborationState
from samordna.domain.collaborations.models import Area, Collaboration, Participation
from samordna.domain.organisations.findings import Findings
from samordna.domain.organisations.models import Role


@operation("agreement.draft")
def start_agreement(
    *,
    actor: Actor,
    collaboration_id: str,
    kind: str,
    name: str,
    responsible_role_id: str = "",
    area_id: str = "",
    annex_of_id: str = "",
    review_on: date | None = None,
    language: str = "sv",
    at: datetime | None = None,
) -> Agreement:
    """Begin a document of the collaboration, or an annex to one, with a first draft under its kind's headings.

    Without `responsible_role_id` the coordinator's role is responsible for its revision.
    """
    given = collaboration_for(actor, collaboration_id, "collaboration.read", at)
    check_may_write(actor, replace(thing_of(given), organisation_id=None), at)
    at = at or clock.now()
    _must_be_open(given)
    found = Findings()
    made = Agreement(
        collaboration=given,
        kind=found.choice("kind", kind, DocumentKind.values),
        name=found.line("name", name, 160),
        area=area_of(found, given, area_id),
        annex_of=_annexed(found, actor, given, annex_of_id, at),
        review_on=review_on,
        started_at=at,
    )
    made.responsible_role = responsible_role(found, made, responsible_role_id, at)
    found.choice("language", language, ["sv", "en"])
    found.insist()
    return _start(actor, made, language, at)


@operation("routine.keep")
def start_own_routine(
    *,
    actor: Actor,
    collaboration_id: str,
    name: str,
    kind: str = DocumentKind.ROUTINE,
    area_id: str = "",
    responsible_role_id: str = "",
    review_on: date | None = None,
    language: str = "sv",
    at: datetime | None = None,
) -> Agreement:
    """Begin a routine of one's own organisation, for its own work under what is coordinated (R1).

    It is the organisation's alone to write; those who take part in the collaboration may read it. Without
    `responsible_role_id` the role that begins it is responsible for it.
    """
    given = collaboration_for(actor, collaboration_id, "collaboration.read", at)
    own = actor.organisation_id or ""
    check_may_write(actor, replace(thing_of(given), organisation_id=own), at)
    at = at or clock.now()
    _must_be_open(given)
    found = Findings()
    made = Agreement(
        collaboration=given,
        organisation_id=own,
        kind=found.choice("kind", kind, [str(each) for each in RESTING]),
        name=found.line("name", name, 160),
        area=area_of(found, given, area_id),
        review_on=review_on,
        started_at=at,
    )
    made.responsible_role = responsible_role(found, made, responsible_role_id or actor.role_id or "", at)
    found.choice("language", language, ["sv", "en"])
    found.insist()
    return _start(actor, made, language, at)


def _must_be_open(given: Collaboration) -> None:
    if given.state == CollaborationState.CLOSED:
        raise Refused(_("The collaboration is closed, so nothing new is agreed in it."))


def area_of(found: Findings, given: Collaboration, area_id: str) -> Area | None:
    """One of the collaboration's areas, or none."""
    if not area_id:
        return None
    area = Area.objects.filter(pk=area_id, collaboration=given).first()
    if area is None:
        found.say("area_id", _("Choose one of the collaboration's own areas."))
    return area


def _annexed(found: Findings, actor: Actor, given: Collaboration, annex_of_id: str, at: datetime) -> Agreement | None:
    if not annex_of_id:
        return None
    whole = agreement_for(actor, annex_of_id, at=at)
    if whole.collaboration_id != given.pk or whole.annex_of_id or whole.organisation_id:
        found.say("annex_of_id", _("Choose one of the collaboration's own documents that is not itself an annex."))
    if whole.annexes.count() >= MOST_ANNEXES:
        raise TooLarge(_("A document has at most %(most)s annexes.") % {"most": MOST_ANNEXES})
    return whole


def responsible_role(found: Findings, agreement: Agreement, role_id: str, at: datetime) -> Role:
    """The role responsible for revision: the coordinator's or one at somebody who takes part; for an organisation's own
    document one of its own."""
    given = agreement.collaboration
    if role_id in {"", given.coordinator_role_id} and not agreement.organisation_id:
        return given.coordinator_role
    taking_part = Participation.objects.on(clock.day(at)).filter(collaboration=given).values("organisation_id")
    where = Q(organisation_id=given.host_id) | Q(organisation_id__in=taking_part)
    if agreement.organisation_id:
        where = Q(organisation_id=agreement.organisation_id)
    role = Role.objects.filter(where, pk=role_id).exclude(valid_to__lte=clock.day(at)).first()
    if role is None and agreement.organisation_id:
        found.say("responsible_role_id", _("Choose one of your own organisation's roles."))
    elif role is None:
        found.say(
            "responsible_role_id", _("Choose a role at somebody who takes part, or at the coordinating organisation.")
        )
    return role or given.coordinator_role


def _start(actor: Actor, made: Agreement, language: str, at: datetime) -> Agreement:
    made.save(force_insert=True)
    version = AgreementVersion.objects.create(agreement=made, number=1, language=language)
    headings = BEGINS_WITH[DocumentKind(made.kind)]
    Section.objects.bulk_create(
        Section(version=version, order=order, heading=heading) for order, heading in enumerate(headings, start=1)
    )
    about = {"name": made.name, "kind": made.kind, "annex_of": made.annex_of_id or ""}
    tell(actor, "agreement_started", made, at, organisation=made.organisation_id or "", **about)
    return made
