"""A decision's page: one version as it was kept, who has answered and adopted it, and what is in the way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Absent, Refused
from samordna.domain.decisions.access import decision_for
from samordna.domain.decisions.consulted import check_consulted
from samordna.domain.decisions.enums import AdoptionAnswer, DecisionState
from samordna.domain.decisions.models import DecisionVersion
from samordna.domain.decisions.obstacles import Obstacle, ObstacleKind, standing_of
from samordna.domain.decisions.queries.board import Head, head_of
from samordna.domain.decisions.queries.bounds import Bound, bounds_of
from samordna.domain.decisions.queries.chain import ChainStep, chain_of
from samordna.domain.decisions.queries.changes import Changed, changed
from samordna.domain.decisions.queries.facts import Facts, facts_of
from samordna.domain.decisions.queries.grounds import Because, because_of
from samordna.domain.decisions.queries.pages import clock_of
from samordna.domain.decisions.queries.seen_version import certificate_seen, content_seen
from samordna.domain.decisions.queries.weights import Weights, weights_of
from samordna.domain.decisions.states import RUNNING, STEP_NAMES, Step
from samordna.domain.matters.access import readable_conditions

Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One adaptation (or local value) in the document, for everyone who has the same for the same reason."""

    organisations: tuple[str, ...]
    aspect: str
    value: str
    frame_value: str
    because: tuple[Because, ...]
    necessity: str
    review_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmed:
    """A condition in prose in the certificate, with its owner's word."""

    because: Because
    is_respected: bool | None
    answered_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """A step that was left out, and why."""

    step: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionSeen:
    """One version among the others."""

    id: str
    number: int
    state: str
    state_label: str
    comes_into_force: str
    prepared_at: datetime
    consultation_until: date | None
    established_at: datetime | None
    in_force_from: date | None
    review_on: date | None
    ended_reason: str
    digest: str
    text: str
    purpose: str
    for_the_individual: str
    area: str
    proposal_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """What was checked, by what, and with what result."""

    stage: str
    checked_at: datetime | None
    engine: str
    problem_digest: str
    checks: tuple[str, ...]
    conditions: int
    verdict: str
    proved_best: bool
    prose: tuple[Confirmed, ...]
    answered: int
    no_conditions: int
    declined: tuple[str, ...]
    silent: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionPage:
    """Everything on the page, already reduced to what the actor may read."""

    head: Head
    facts: Facts
    decision_id: str
    decision_number: int
    version: VersionSeen
    versions: tuple[VersionSeen, ...]
    is_latest: bool
    answers: tuple[Document, ...]
    frame: tuple[tuple[str, str], ...]
    left_to_each: tuple[str, ...]
    adaptations: tuple[Entry, ...]
    local: tuple[Entry, ...]
    weights: Weights | None
    certificate: Certificate
    bounds: tuple[Bound, ...]
    chain: tuple[ChainStep, ...]
    adoption_applies: bool
    skipped: tuple[Skipped, ...]
    changed: tuple[Changed, ...]
    obstacles: tuple[Obstacle, ...]
    unheard: str

    @property
    def hindrances(self) -> tuple[Obstacle, ...]:
        """What is in the way besides that organisations have not adopted it."""
        return tuple(one for one in self.obstacles if one.kind is not ObstacleKind.AUTHORITY)

    @property
    def unauthorised(self) -> tuple[Obstacle, ...]:
        """For whom coordination may not decide, and who has not adopted it."""
        return tuple(one for one in self.obstacles if one.kind is ObstacleKind.AUTHORITY)

    @property
    def adopted(self) -> int:
        """How many have adopted it."""
        return sum(1 for bound in self.bounds if bound.adoption and bound.adoption.answer == AdoptionAnswer.ADOPTED)

    @property
    def answered(self) -> int:
        """How many have answered the consultation, or been recorded as declining to."""
        return sum(1 for bound in self.bounds if bound.stance)

    @property
    def objecting(self) -> tuple[Bound, ...]:
        """Those whose objection stands: nobody has cleared it."""
        return tuple(bound for bound in self.bounds if bound.stands)

    @property
    def unanswered(self) -> tuple[Bound, ...]:
        """Those who have not answered the consultation."""
        return tuple(bound for bound in self.bounds if not bound.stance)

    @property
    def undecided(self) -> tuple[Bound, ...]:
        """Those whose own body has to decide and has not."""
        return tuple(bound for bound in self.bounds if bound.needs_adoption and bound.adoption is None)

    @property
    def own(self) -> Bound | None:
        """The actor's own organisation, if it takes part."""
        return next((bound for bound in self.bounds if bound.own), None)


def decision_page(*, actor: Actor, decision_id: str, number: int = 0, at: datetime | None = None) -> DecisionPage:
    """The page of a decision, with the version asked for or the latest. `Absent` where there is no such version."""
    at = at or clock.now()
    decision = decision_for(actor, decision_id, at=at)
    versions = list(
        DecisionVersion.objects.filter(decision=decision).select_related("proposal__attempt").order_by("-number", "pk")
    )
    shown = next((version for version in versions if number in (0, version.number)), None)
    if shown is None:
        raise Absent
    shown.decision = decision
    facts = facts_of(actor, decision.matter, at)
    content: Document = content_seen(actor, facts, shown, at)
    names = {entry["organisation"]: entry["name"] for entry in content["participants"]} | facts.names
    bounds = bounds_of(shown, names, facts.own_id)
    return DecisionPage(
        head=head_of(decision.matter),
        facts=facts,
        decision_id=decision.pk,
        decision_number=decision.number,
        version=_version(shown),
        versions=tuple(_version(version) for version in versions),
        is_latest=shown.number == versions[0].number,
        answers=tuple(content["matter"].get("answers", ())),
        frame=tuple((entry["label"], _with_unit(facts, entry)) for entry in content["frame"]),
        left_to_each=tuple(entry["label"] for entry in content["left_to_each"]),
        adaptations=_entries(facts, content["adaptations"]),
        local=_entries(facts, content["local"]),
        weights=weights_of(facts, content["balance"]),
        certificate=_certificate(facts, certificate_seen(facts, shown.certificate), names),
        bounds=bounds,
        chain=chain_of(shown, bounds),
        adoption_applies=any(ruling["needs_adoption"] for ruling in shown.ruling["organisations"].values()),
        skipped=tuple(Skipped(step=str(STEP_NAMES[Step(e["step"])]), reason=e["reason"]) for e in shown.skipped),
        changed=_changed(_before(versions, shown), content, facts),
        obstacles=_obstacles(actor, shown, at),
        unheard=_unheard(shown, at),
    )


def _unheard(version: DecisionVersion, at: datetime) -> str:
    """Why it cannot be recommended yet: who has not answered the consultation, or whose objection stands."""
    if version.state not in {DecisionState.PREPARED, DecisionState.CONSULTATION}:
        return ""
    try:
        check_consulted(version, at)
    except Refused as refused:
        return refused.reason
    return ""


def _with_unit(facts: Facts, entry: Document) -> str:
    """The value as it was kept, with the aspect's unit where it is a bare number."""
    subject = facts.subjects.get(entry["aspect"])
    return f"{entry['value']} {subject.unit}" if subject and subject.unit else str(entry["value"])


def _version(version: DecisionVersion) -> VersionSeen:
    content: Document = version.content
    return VersionSeen(
        id=version.pk,
        number=version.number,
        state=version.state,
        state_label=version.get_state_display(),
        comes_into_force=version.get_comes_into_force_display(),
        prepared_at=version.prepared_at,
        consultation_until=version.consultation_until,
        established_at=version.established_at,
        in_force_from=version.in_force_from,
        review_on=version.review_on,
        ended_reason=version.ended_reason,
        digest=version.digest,
        text=content["text"],
        purpose=content["matter"]["purpose"],
        for_the_individual=content["matter"]["for_the_individual"],
        area=content["matter"]["area"],
        proposal_id=version.proposal_id,
    )


def _obstacles(actor: Actor, version: DecisionVersion, at: datetime) -> tuple[Obstacle, ...]:
    if version.state not in RUNNING:
        return ()
    readable = set(readable_conditions(actor, version.decision.matter, at).values_list("pk", flat=True))
    return standing_of(version, at, readable).obstacles


def _entries(facts: Facts, rows: Iterable[Document]) -> tuple[Entry, ...]:
    found: dict[object, tuple[Entry, list[str]]] = {}
    for row in rows:
        because = tuple(_because(facts, reason) for reason in row["because"])
        entry = Entry(
            organisations=(),
            aspect=row["label"],
            value=_with_unit(facts, row),
            frame_value=row["frame_value"] or "",
            because=because,
            necessity=row["necessity"] or "",
            review_on=date.fromisoformat(row["review_on"]) if row["review_on"] else None,
        )
        key = (entry.aspect, entry.value, entry.necessity, tuple(one.said for one in because))
        found.setdefault(key, (entry, []))[1].append(row["name"])
    return tuple(replace(entry, organisations=tuple(names)) for entry, names in found.values())


def _because(facts: Facts, reason: Document) -> Because:
    """The condition in the words of the document; one in confidence only for those who may read it, as it stands now."""
    if reason["in_confidence"]:
        return because_of(facts, reason["condition"], reason["owner"])
    return Because(
        condition_id=reason["condition"],
        owner=reason["owner_name"],
        sentence=reason["sentence"],
        reason=reason["reason"],
        legal_ground=reason["legal_ground"],
    )


def _certificate(facts: Facts, document: Document, names: Mapping[str, str]) -> Certificate:
    return Certificate(
        stage=document["stage"],
        checked_at=clock_of(document["checked_at"]),
        engine=document["engine"],
        problem_digest=document["problem_digest"],
        checks=tuple(document["checks"]),
        conditions=len(document["conditions"]),
        verdict=document["verdict"],
        proved_best=document["proved_best"] is not None,
        prose=tuple(
            Confirmed(
                because=because_of(facts, row["condition"], row["owner"]),
                is_respected=row["respected"],
                answered_at=clock_of(row["answered_at"]),
            )
            for row in document["prose"]
        ),
        answered=len(document["answered"]),
        no_conditions=len(document["no_conditions"]),
        declined=tuple(names.get(pk, "") for pk in document["declined"]),
        silent=tuple(names.get(pk, "") for pk in document["silent"]),
    )


def _before(versions: Sequence[DecisionVersion], shown: DecisionVersion) -> DecisionVersion | None:
    """The version that the shown one builds on: the latest earlier one that came into force, else the one before."""
    earlier = [version for version in versions if version.number < shown.number]
    stood = [version for version in earlier if version.established_at is not None]
    return next(iter(stood or earlier), None)


def _changed(before: DecisionVersion | None, content: Document, facts: Facts) -> tuple[Changed, ...]:
    if before is None:
        return ()
    mine = [row for row in before.content["local"] if facts.leads or row["organisation"] == facts.own_id]
    was, now = _values({**before.content, "local": mine}), _values(content)
    return changed(was, now, [*now, *was])


def _values(content: Document) -> dict[tuple[str, str], str]:
    """Everything that a version settles: (organisation or "" for the frame, aspect) → value."""
    found = {("", entry["label"]): entry["value"] for entry in content["frame"]}
    own = [*content["adaptations"], *content["local"]]
    return found | {(entry["name"], entry["label"]): entry["value"] for entry in own}
