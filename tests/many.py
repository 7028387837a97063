"""A world of a size that is asked for: a collaboration with so many municipalities, built from plain rows in seconds.

One matter has everybody's answer and is being gathered; another of the same size was taken all the way and is followed; and
a few older decisions stand beside it on the following board. What everybody says is drawn from one seed. The tools that
measure and the tests that look at large pages share it.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from samordna.cli.demo.municipalities import municipalities
from samordna.core import clock
from samordna.domain.adherence.models import FollowingAnswer
from samordna.domain.collaborations.models import Collaboration, Participation, Party
from samordna.domain.decisions import operations as decisions
from samordna.domain.decisions.models import Adoption, DecisionVersion
from samordna.domain.matters import operations as matters
from samordna.domain.matters.enums import PositionState
from samordna.domain.matters.models import AdaptationCost, Aspect, Condition, Matter, Option, Position
from samordna.domain.organisations.access import actor_of
from samordna.domain.organisations.enums import OrganisationKind
from samordna.domain.organisations.models import Holding, Organisation
from tests import factories as f
from tests.domain.adherence.followed import followed

SEED, ASPECTS, OLDER = 20261122, 11, 5
WHY = ("Bemanningen räcker inte längre än så", "Nämnden har beslutat det", "Systemet kan inte annat", "Avtalet säger det")
TITLES = ("Vårdplanering", "Gemensam ingång", "Hjälpmedel", "Trygg hemgång", "Läkemedel")
ANSWERS = ("already_so", "already_so", "already_so", "will_change", "will_change", "cannot", "will_not", "")


@dataclass(frozen=True, slots=True)
class Many:
    """The world; `lead` holds the coordinator's role, `participant` a role in one of the organisations."""

    collaboration: Collaboration
    organisations: list[Organisation]
    lead: Holding
    participant: Holding
    gathered: Matter
    decided: Matter
    version: DecisionVersion


def many(count: int) -> Many:
    """The world with so many participants."""
    rng = random.Random(SEED)
    collaboration = f.collaboration(follow="if_in", contribute="if_in")
    lead = f.holding(collaboration.host, role=collaboration.coordinator_role)
    organisations = taking_part(collaboration, count)
    gathered, decided = (heard(collaboration, organisations, rng) for _ in range(2))
    version = in_force(decided, organisations, lead)
    answered(version, organisations, f.holding(organisations[0]), rng)
    for number in range(OLDER):
        answered(older(collaboration, organisations, number), organisations, lead, rng)
    participant = f.holding(organisations[0])
    return Many(collaboration, organisations, lead, participant, gathered, decided, version)


def taking_part(collaboration: Collaboration, count: int) -> list[Organisation]:
    """So many municipalities, each a party of its own."""
    organisations = Organisation.objects.bulk_create(
        Organisation(
            name=f"{one.name} kommun",
            short_name=one.name[:24],
            kind=OrganisationKind.MUNICIPALITY,
            valid_from=f.START,
            fictional=True,
        )
        for one in municipalities(count)
    )
    parties = Party.objects.bulk_create(Party(collaboration=collaboration, name=one.name) for one in organisations)
    Participation.objects.bulk_create(
        Participation(collaboration=collaboration, organisation=one, party=party, joined_on=f.START)
        for one, party in zip(organisations, parties, strict=True)
    )
    return organisations


def heard(collaboration: Collaboration, organisations: Sequence[Organisation], rng: random.Random) -> Matter:
    """A matter in which everybody has answered: two conditions that leave the first options possible, costs, a benefit."""
    matter = f.matter(collaboration)
    aspects = [f.aspect(matter, f"Aspekt {number}", ("ett", "två", "tre")) for number in range(ASPECTS)]
    options = {aspect: list(aspect.options.order_by("order")) for aspect in aspects}
    positions = Position.objects.bulk_create(_position(matter, one, rng.randrange(5, 60)) for one in organisations)
    Condition.objects.bulk_create(
        Condition(matter=matter, position=one, rule=_rule(aspect, options, rng), reason=rng.choice(WHY), stated_at=f.NOW)
        for one in positions
        for aspect in rng.sample(aspects, 2)
    )
    AdaptationCost.objects.bulk_create(
        AdaptationCost(position=one, option=rng.choice(options[aspect]), low=likely // 2, likely=likely, high=likely * 2)
        for one in positions
        for aspect in rng.sample(aspects, 2)
        for likely in (rng.randrange(2, 40),)
    )
    return matter


def _position(matter: Matter, of: Organisation, benefit: int) -> Position:
    worth = {"benefit_low": benefit // 2, "benefit_likely": benefit, "benefit_high": benefit * 2}
    return Position(matter=matter, organisation=of, state=PositionState.ANSWERED, answered_at=f.NOW, **worth)


def _rule(aspect: Aspect, options: Mapping[Aspect, Sequence[Option]], rng: random.Random) -> dict[str, Any]:
    allowed = [options[aspect][0].pk, rng.choice(options[aspect][1:]).pk]
    return {"then": [{"aspect": aspect.pk, "is": "one_of", "options": allowed}]}


def in_force(matter: Matter, organisations: Sequence[Organisation], held: Holding) -> DecisionVersion:
    """The matter's decision, by the engine, adopted by all and established."""
    lead: dict[str, Any] = {"actor": actor_of(held), "at": f.NOW}
    matters.advance(matter_id=matter.pk, to="weighing", **lead)
    attempt = decisions.propose_by_engine(matter_id=matter.pk, **lead)
    decisions.choose_proposal(proposal_id=attempt.proposals.get().pk, **lead)
    version = decisions.prepare_decision(matter_id=matter.pk, **lead)
    decisions.open_consultation(version_id=version.pk, until=date(2026, 12, 24), **lead)
    decisions.skip_step(version_id=version.pk, step="consultation", reason="Alla satt vid bordet", **lead)
    decisions.recommend(version_id=version.pk, **lead)
    _adopted(version, organisations, held)
    return decisions.establish(version_id=version.pk, in_force_from=clock.day(f.NOW), **lead)


def _adopted(version: DecisionVersion, organisations: Sequence[Organisation], held: Holding) -> None:
    said: dict[str, Any] = {"answer": "adopted", "body": "Nämnden", "decided_on": clock.day(f.NOW), "paragraph": "§ 1"}
    Adoption.objects.bulk_create(
        Adoption(version=version, organisation=one, recorded_at=f.NOW, recorded_by=held, **said) for one in organisations
    )


def older(given: Collaboration, organisations: list[Organisation], number: int) -> DecisionVersion:
    """Another decision in force of the same collaboration."""
    made = followed(given=given, of=organisations)
    Matter.objects.filter(pk=made.matter.pk).update(title=TITLES[number % OLDER])
    since = clock.day(f.NOW) - timedelta(days=100 * (number + 1))
    DecisionVersion.objects.filter(pk=made.version.pk).update(in_force_from=since)
    return made.version


def answered(version: DecisionVersion, organisations: Sequence[Organisation], held: Holding, rng: random.Random) -> None:
    """Everybody's honest answer, of every kind, and some silence."""
    rows = []
    for one in organisations:
        kind = rng.choice(ANSWERS)
        by = clock.day(f.NOW) + timedelta(days=rng.randrange(-60, 300)) if kind == "will_change" else None
        actions = f"Ny rutin i {one.short_name}" if by else ""
        reason = f"{rng.choice(WHY)} i {one.short_name}" if kind in {"cannot", "will_not"} else ""
        given = {"kind": kind, "by": by, "actions": actions, "reason": reason, "must": True}
        rows.append(FollowingAnswer(version=version, organisation=one, answered_at=f.NOW, answered_by=held, **given))
    FollowingAnswer.objects.bulk_create(row for row in rows if row.kind)
