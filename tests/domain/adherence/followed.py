"""A decision in force and the organisations it binds, as rows: what following starts from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.domain.collaborations.models import Collaboration
from samordna.domain.decisions.enums import AdoptionAnswer, DecisionState, ProposalOrigin
from samordna.domain.decisions.mandate import mandates_of, ruling_document
from samordna.domain.decisions.models import Adoption, Decision, DecisionVersion, Proposal
from samordna.domain.matters.enums import MatterStage
from samordna.domain.matters.models import Aspect, Matter
from samordna.domain.organisations.enums import RoleKind
from samordna.domain.organisations.models import Holding, Organisation
from tests import factories as f
from tests.factories import NOW

BEFORE = NOW - timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Followed:
    """A decision in force in a collaboration whose coordinator's role is held by `lead`."""

    collaboration: Collaboration
    matter: Matter
    aspect: Aspect
    decision: Decision
    version: DecisionVersion
    organisations: list[Organisation]
    lead: Actor

    def actor(self, index: int = 0, kind: RoleKind = RoleKind.REPRESENTATIVE) -> Actor:
        """Somebody new at one of the organisations."""
        return f.actor(self.organisations[index], kind)


def organisations(count: int, given: Collaboration) -> list[Organisation]:
    found = [f.organisation(f"{given.name} {number:03d}") for number in range(count)]
    for one in found:
        f.participation(given, one)
    return found


def followed(
    count: int = 3,
    *,
    adopters: Sequence[int] | None = None,
    given: Collaboration | None = None,
    of: list[Organisation] | None = None,
    content: dict[str, Any] | None = None,
    **depth: Any,
) -> Followed:
    """All organisations have adopted the decision unless `adopters` says which; `depth` is the collaboration's."""
    given = given or f.collaboration(**depth)
    of = of if of is not None else organisations(count, given)
    matter = f.matter(given, stage=MatterStage.IN_FORCE)
    aspect = f.aspect(matter, "Free days", ("3", "5"))
    option = aspect.options.get(label="3")
    maker = f.holding(given.host, role=given.coordinator_role)
    proposal = Proposal.objects.create(
        matter=matter,
        number=1,
        title="Three days",
        origin=ProposalOrigin.HAND,
        organisation=given.host,
        made_by=maker,
        made_at=BEFORE,
    )
    adopting = [one for index, one in enumerate(of) if adopters is None or index in adopters]
    ruling = ruling_document(mandates_of(matter, [one.pk for one in of], BEFORE), [one.pk for one in adopting])
    frame = {"aspect": aspect.pk, "label": aspect.label, "option": option.pk, "value": option.label}
    participants = [{"organisation": one.pk, "name": one.name, "state": "answered"} for one in of]
    kept = {"text": "", "frame": [frame], "adaptations": [], "participants": participants}
    decision = Decision.objects.create(matter=matter, number=matter.number)
    version = DecisionVersion.objects.create(
        decision=decision,
        number=1,
        proposal=proposal,
        state=DecisionState.IN_FORCE,
        in_force_from=clock.day(BEFORE),
        content=kept | (content or {}),
        certificate={},
        ruling=ruling,
        digest="0" * 64,
        prepared_at=BEFORE,
        prepared_by=maker,
        established_at=BEFORE,
        established_by=maker,
    )
    _adopt(version, adopting, maker)
    return Followed(given, matter, aspect, decision, version, of, f.coordinator_of(given))


def _adopt(version: DecisionVersion, adopting: list[Organisation], by: Holding) -> None:
    Adoption.objects.bulk_create(
        Adoption(
            version=version,
            organisation=one,
            answer=AdoptionAnswer.ADOPTED,
            body="Board",
            decided_on=clock.day(BEFORE),
            recorded_at=BEFORE,
            recorded_by=by,
        )
        for one in adopting
    )
