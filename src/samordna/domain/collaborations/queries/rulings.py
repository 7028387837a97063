"""Rulings from what is stored: one load for all participants, then the pure function."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date, datetime

from samordna.core import clock
from samordna.domain.collaborations.authority import Ruling, ruling
from samordna.domain.collaborations.depth import DepthSetting
from samordna.domain.collaborations.enums import Following, MandateForm
from samordna.domain.collaborations.facts import (
    AreaFact,
    AuthorityFacts,
    ClauseFact,
    DepthChangeFact,
    ExemptionFact,
    MandateFact,
    PartFact,
)
from samordna.domain.collaborations.models import Area, Collaboration, DepthChange, Exemption, Mandate, Participation
from samordna.domain.organisations.models import Organisation
from samordna.domain.organisations.succession import handed_on


def facts_of(
    collaboration: Collaboration, matter_depth: DepthSetting | None = None, begun: date | None = None
) -> AuthorityFacts:
    """Everything that authority in the collaboration depends on: seven queries, whatever the number of participants, and as
    many for each collaboration above it that has passed something on.

    `matter_depth` is the setting of one matter, where it sets a depth of its own; `begun` the day it was opened.
    """
    areas, (mandates, delegated) = _areas(collaboration), _mandates(collaboration)
    mandates = _with_earlier_superiors(collaboration, mandates)
    parts: dict[str, list[PartFact]] = defaultdict(list)
    party_depths: dict[str, DepthSetting] = {}
    names: dict[str, str] = {}
    rows = Participation.objects.filter(collaboration=collaboration).select_related("party", "organisation")
    for row in rows:
        fact = PartFact(party_id=row.party_id, joined_on=row.joined_on, left_on=row.left_on)
        parts[row.organisation_id].append(fact)
        party_depths[row.party_id] = setting_of(row.party.join, row.party.contribute, row.party.follow)
        names[row.organisation_id] = row.organisation.name
    others = {*mandates, collaboration.superior_id or ""} - {"", *names}
    names.update(Organisation.objects.filter(pk__in=others).values_list("pk", "name"))
    return AuthorityFacts(
        areas=areas,
        mandates=mandates,
        parts={organisation: tuple(spans) for organisation, spans in parts.items()},
        depth=setting_of(collaboration.join, collaboration.contribute, collaboration.follow),
        depth_changes=_depth_changes(collaboration),
        begun=begun,
        party_depths=party_depths,
        exemptions=_exemptions(collaboration),
        matter_depth=matter_depth or DepthSetting(),
        superior_id=collaboration.superior_id,
        names=names,
        delegated=delegated,
        parent=facts_of(collaboration.parent) if collaboration.parent else None,
        parent_name=collaboration.parent.name if collaboration.parent else "",
        valid_to=collaboration.valid_to,
        closed_at=collaboration.closed_at,
    )


def setting_of(join: str, contribute: str, follow: str) -> DepthSetting:
    """Three stored values as one level's setting; "" leaves a verb to the wider level."""
    return DepthSetting(join=join, contribute=contribute, follow=follow)


def _depth_changes(collaboration: Collaboration) -> tuple[DepthChangeFact, ...]:
    rows = DepthChange.objects.filter(collaboration=collaboration).order_by("starts_on", "changed_at", "pk")
    return tuple(depth_change_fact(row) for row in rows)


def depth_change_fact(row: DepthChange) -> DepthChangeFact:
    """A stored change of depth as authority sees it."""
    setting = setting_of(row.join, row.contribute, row.follow)
    return DepthChangeFact(starts_on=row.starts_on, setting=setting, running=row.running)


def _exemptions(collaboration: Collaboration) -> tuple[ExemptionFact, ...]:
    rows = Exemption.objects.filter(party__collaboration=collaboration).order_by("given_at", "pk")
    return tuple(exemption_fact(row) for row in rows)


def exemption_fact(row: Exemption) -> ExemptionFact:
    """A stored exemption as authority sees it."""
    return ExemptionFact(
        party_id=row.party_id,
        setting=setting_of(row.join, row.contribute, row.follow),
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        review_on=row.review_on,
        reason=row.reason,
    )


def exempted_now(facts: AuthorityFacts, today: date) -> AuthorityFacts:
    """The same facts, with the exemptions that run today holding whatever day is asked about, and no others."""
    running = (each for each in facts.exemptions if clock.active(each.starts_on, each.ends_on, today))
    return replace(facts, exemptions=tuple(replace(each, starts_on=None, ends_on=None) for each in running))


def _areas(collaboration: Collaboration) -> dict[str, AreaFact]:
    rows = Area.objects.filter(collaboration=collaboration).order_by("name", "pk")
    return {row.pk: AreaFact(id=row.pk, name=row.name, parent_id=row.parent_id) for row in rows}


def _mandates(collaboration: Collaboration) -> tuple[dict[str, tuple[MandateFact, ...]], tuple[MandateFact, ...]]:
    """Mandates by giver, and those that are delegated from above."""
    given: dict[str, list[MandateFact]] = defaultdict(list)
    delegated: list[MandateFact] = []
    for row in Mandate.objects.filter(collaboration=collaboration).prefetch_related("clauses").order_by("valid_from", "pk"):
        of_form = delegated if row.form == MandateForm.DELEGATED else given[row.giver_id]
        of_form.append(mandate_fact(row))
    return {giver: tuple(mandates) for giver, mandates in given.items()}, tuple(delegated)


def _with_earlier_superiors(
    collaboration: Collaboration, mandates: dict[str, tuple[MandateFact, ...]]
) -> dict[str, tuple[MandateFact, ...]]:
    """What an earlier superior granted counted while it was above: it is asked about as the superior's own.

    The days are right by themselves, for what it had given ended on the day on which it was succeeded.
    """
    now = collaboration.superior_id or ""
    if not (now and mandates):
        return mandates
    earlier = {step.of for step in handed_on("superior").get(collaboration.pk, ())} - {now}
    above = [fact for giver in (*sorted(earlier), now) for fact in mandates.get(giver, ())]
    return {**mandates, now: tuple(above)} if earlier else mandates


def mandate_fact(mandate: Mandate) -> MandateFact:
    """A stored mandate as authority sees it."""
    return MandateFact(
        id=mandate.pk,
        form=MandateForm(mandate.form),
        giver_id=mandate.giver_id,
        valid_from=mandate.valid_from,
        valid_to=mandate.valid_to,
        ends_on=mandate.ends_on,
        revoked_at=mandate.revoked_at,
        source=mandate.source,
        clauses=tuple(
            ClauseFact(
                area_id=clause.area_id,
                within=clause.within_id,
                coordination_decides=clause.coordination_decides,
                participants_no_longer_decide=clause.participants_no_longer_decide,
                following=Following(clause.following),
            )
            for clause in mandate.clauses.all()
        ),
    )


def rulings(
    collaboration: Collaboration, area_id: str, at: datetime, matter_depth: DepthSetting | None = None
) -> dict[str, Ruling]:
    """A ruling in one area for every organisation that takes part, or has, by organisation id.

    Raises `KeyError` when the area is not the collaboration's.
    """
    facts = facts_of(collaboration, matter_depth)
    return {organisation: ruling(area_id, organisation, at, facts) for organisation in facts.parts}
