"""What binds an organisation: coordinated decisions in force are governing conditions for its own work (P1)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.domain.collaborations.access import area_for
from samordna.domain.collaborations.enums import Following
from samordna.domain.collaborations.models import Area
from samordna.domain.decisions.access import visible_decisions
from samordna.domain.decisions.enums import AdoptionAnswer, DecisionState
from samordna.domain.decisions.models import Adoption, DecisionVersion
from samordna.domain.decisions.states import RUNNING
from samordna.domain.organisations.succession import HandedOn, handed_on


@dataclass(frozen=True, slots=True, kw_only=True)
class Binding:
    """How a version in force binds one organisation: by its own adoption or by a mandate, from which day, must or may.

    `origins`: under which organisations the decision speaks of it: itself, or those whose duty it has taken over.
    """

    organisation_id: str
    by: str  # "adoption" | "mandate"
    following: Following
    since: date
    origins: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GoverningValue:
    """One thing that is settled for the organisation. `own`: it differs from the frame, or has it to itself."""

    aspect: str
    value: str
    own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GoverningCondition:
    """A decision in force as it governs one organisation. `begun`: has its first day come?"""

    decision_id: str
    version_id: str
    version: int
    matter_id: str
    title: str
    area: str
    area_id: str
    collaboration: str
    collaboration_id: str
    binding: Binding
    begun: bool
    review_on: date | None
    values: tuple[GoverningValue, ...]
    text: str

    @property
    def must(self) -> bool:
        """Must it be followed?"""
        return self.binding.following == Following.MUST


def bindings_of(version: DecisionVersion, adoptions: Iterable[Adoption] | None = None) -> dict[str, Binding]:
    """How a version in force binds, by organisation; nobody else is bound. `version.adoptions` should be prefetched.

    The rulings are those that were kept when it was established; whoever has adopted it since is bound as well. What bound
    an organisation that has been succeeded binds whoever took it over, from that day.
    """
    if version.in_force_from is None:
        return {}
    answers = version.adoptions.all() if adoptions is None else adoptions
    adopted = {adoption.organisation_id: adoption for adoption in answers if adoption.answer == AdoptionAnswer.ADOPTED}
    found = {}
    for organisation, ruling in version.ruling["organisations"].items():
        adoption = adopted.get(organisation)
        if not ruling["binds"] and adoption is None:
            continue
        following = ruling["following"] or ruling["following_once_adopted"] or Following.MAY
        first = adoption.in_force_from if adoption and adoption.in_force_from else version.in_force_from
        found[organisation] = Binding(
            organisation_id=organisation,
            by="adoption" if adoption else "mandate",
            following=Following(following),
            since=max(first, version.in_force_from),
            origins=(organisation,),
        )
    return _taken_over(found, handed_on("following").get(version.pk, ()))


def _taken_over(found: dict[str, Binding], steps: Iterable[HandedOn]) -> dict[str, Binding]:
    for step in steps:
        had = found.pop(step.of, None)
        if had is None or not step.to:
            continue
        given = replace(had, organisation_id=step.to, since=max(had.since, step.since))
        other = found.get(step.to)
        if other is not None:  # it was bound already, or takes over from several: the strictest and the earliest count
            following = Following.MUST if Following.MUST in (other.following, given.following) else Following.MAY
            origins = (*other.origins, *given.origins)
            given = replace(other, following=following, since=min(other.since, given.since), origins=origins)
        found[step.to] = given
    return found


def own_entries(content: Mapping[str, Any], origins: Collection[str]) -> dict[str, Mapping[str, Any]]:
    """What a decision settles for one organisation alone, by aspect. Where it has taken over from several that differ, it
    is told what held for each."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    for entry in content["adaptations"]:
        if entry["organisation"] in origins:
            found.setdefault(entry["aspect"], []).append(entry)
    names = {entry["organisation"]: entry["name"] for entry in content.get("participants", ())}
    return {aspect: _as_one(entries, names) for aspect, entries in found.items()}


def _as_one(entries: list[Mapping[str, Any]], names: Mapping[str, str]) -> Mapping[str, Any]:
    if len({entry["value"] for entry in entries}) == 1:
        return entries[0]
    told = "; ".join(f"{entry['value']} ({names.get(entry['organisation'], '')})" for entry in entries)
    return {**entries[0], "value": told}


def rulings_of(version: DecisionVersion, standing_in: Mapping[str, str]) -> dict[str, Mapping[str, Any]]:
    """The rulings that a version rests on, by organisation. On its way, they are about whoever stands in the place of an
    organisation that has been succeeded since (`standing_in`); afterwards it says what it said."""
    kept: dict[str, Mapping[str, Any]] = version.ruling["organisations"]
    if version.state not in RUNNING:
        return dict(kept)
    found: dict[str, Mapping[str, Any]] = {}
    for organisation, given in kept.items():
        now = standing_in.get(organisation, organisation)
        needs = given["needs_adoption"] or (now in found and found[now]["needs_adoption"])
        found[now] = {**given, "needs_adoption": needs}
    return found


def governing_conditions(
    actor: Actor, organisation_id: str, at: datetime, *, area_id: str = ""
) -> list[GoverningCondition]:
    """The decisions in force that bind the organisation, of those that the actor may read; the newest first.

    With an area: only what is decided there or in an area above it, for that holds there too.
    """
    near = {"decision__matter__area__in": _upwards(actor, area_id, at)} if area_id else {}
    before = {step.of for steps in handed_on("following").values() for step in steps if step.to}
    answers = Prefetch("adoptions", Adoption.objects.filter(organisation_id__in={organisation_id, *before}))
    versions = (
        DecisionVersion.objects.filter(state=DecisionState.IN_FORCE, decision__in=visible_decisions(actor, at), **near)
        .select_related("decision__matter__area", "decision__matter__collaboration")
        .prefetch_related(answers)
        .order_by("-in_force_from", "pk")
    )
    on = clock.day(at)
    found = []
    for version in versions:
        binding = bindings_of(version).get(organisation_id)
        if binding is not None:
            found.append(_governing(version, binding, on))
    return found


def _upwards(actor: Actor, area_id: str, at: datetime) -> list[str]:
    """The area and those above it."""
    area = area_for(actor, area_id, at=at)
    parents = dict(Area.objects.filter(collaboration=area.collaboration_id).values_list("pk", "parent_id"))
    found, above = [area_id], parents[area_id]
    while above and above not in found:
        found.append(above)
        above = parents[above]
    return found


def _governing(version: DecisionVersion, binding: Binding, on: date) -> GoverningCondition:
    matter = version.decision.matter
    return GoverningCondition(
        decision_id=version.decision_id,
        version_id=version.pk,
        version=version.number,
        matter_id=matter.pk,
        title=matter.title,
        area=matter.area.name,
        area_id=matter.area_id,
        collaboration=matter.collaboration.name,
        collaboration_id=matter.collaboration_id,
        binding=binding,
        begun=binding.since <= on,
        review_on=version.review_on,
        values=_values(version, binding),
        text=version.content["text"],
    )


def _values(version: DecisionVersion, binding: Binding) -> tuple[GoverningValue, ...]:
    """What is settled for this organisation: the frame, with its own adaptations in their place."""
    content = version.content
    own = own_entries(content, binding.origins)
    chosen = [own.get(entry["aspect"], entry) for entry in content["frame"]]
    return tuple(GoverningValue(aspect=e["label"], value=e["value"], own=e["aspect"] in own) for e in chosen)
