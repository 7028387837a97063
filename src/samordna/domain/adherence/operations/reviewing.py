"""Looking back: experiences get themes, a decision is reviewed, and the next version begins from what was learnt."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict
from datetime import date, datetime

from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Refused
from samordna.core.operation import operation
from samordna.domain.adherence.access import experience_for
from samordna.domain.adherence.enums import ReviewOutcome
from samordna.domain.adherence.models import Experience, Review, Theme
from samordna.domain.adherence.operations.following import record
from samordna.domain.adherence.phrases import occasion_of
from samordna.domain.adherence.queries.page import following_of
from samordna.domain.adherence.queries.reviews import goals_kept
from samordna.domain.adherence.queries.standing import tally_of
from samordna.domain.decisions.enums import DecisionState
from samordna.domain.decisions.models import DecisionVersion
from samordna.domain.decisions.operations.held import held_version_for, holding_of
from samordna.domain.matters.models import Matter
from samordna.domain.matters.operations import follow_up_turn
from samordna.domain.matters.typed import Typed


@operation("decision.lead")
def sort_experience(*, actor: Actor, experience_id: str, theme: str, at: datetime | None = None) -> Theme | None:
    """Put an experience under a theme, or (an empty theme) under none. What was told is not touched."""
    experience = experience_for(actor, experience_id, "decision.lead", at)
    at = at or clock.now()
    typed = Typed()
    name = typed.text("theme", theme, most=80)
    typed.finish()
    Theme.objects.filter(experience=experience).delete()
    made = None
    if name:
        made = Theme.objects.create(experience=experience, name=name, sorted_at=at, sorted_by_id=holding_of(actor))
    record(actor, "experience_sorted", "experience", experience.pk, experience.version, at, {"theme": name})
    return made


@operation("decision.lead")
def review_decision(
    *,
    actor: Actor,
    version_id: str,
    outcome: str,
    conclusion: str,
    next_on: date | None = None,
    at: datetime | None = None,
) -> Review:
    """Look back at a version in force: keep it (and say when one looks again), prepare the next version, or end it.

    What the review rests on that day is kept with it: how the decision is followed, the experiences told so far, and what
    the collaboration works for.
    """
    version = held_version_for(actor, version_id, "decision.lead", at)
    at = at or clock.now()
    if version.state != DecisionState.IN_FORCE:
        raise Refused(_("Only a decision in force is reviewed. This version is not in force."))
    typed = Typed()
    given = {
        "outcome": typed.choice("outcome", outcome, ReviewOutcome),
        "conclusion": typed.text("conclusion", conclusion, needed=_("Say what the review came to, and why.")),
        "next_on": typed.later_day("next_on", next_on, clock.day(at), _("Choose a day that lies ahead.")),
    }
    if outcome == ReviewOutcome.KEEP and next_on is None:
        typed.fault("next_on", _("What is kept is reviewed again: say when."))
    typed.finish()
    seen = _seen(actor, version, at)
    review = Review.objects.create(version=version, seen=seen, reviewed_at=at, reviewed_by_id=holding_of(actor), **given)
    record(actor, "decision_reviewed", "review", review.pk, version, at, given | {"seen": seen})
    return review


def _seen(actor: Actor, version: DecisionVersion, at: datetime) -> dict[str, object]:
    told = Experience.objects.filter(version__decision_id=version.decision_id).order_by("shared_at", "pk")
    return {
        "following": asdict(tally_of(following_of(version, at))),
        "experiences": list(told.values_list("pk", flat=True)),
        "goals": goals_kept(actor, version.decision.matter.collaboration, at),
    }


@operation("matter.lead")
def start_revision(
    *,
    actor: Actor,
    version_id: str,
    experience_ids: Collection[str] = (),
    because: str = "",
    at: datetime | None = None,
) -> Matter:
    """Open the matter in which the next version of a decision is prepared, answering the chosen experiences.

    It begins with the same aspects, and each participant with what it said before. The decision that comes of it says
    which experiences it answers, and replaces this one.
    """
    version = held_version_for(actor, version_id, "decision.lead", at)
    at = at or clock.now()
    found = Experience.objects.filter(pk__in=list(experience_ids), version__decision_id=version.decision_id)
    experiences = list(found.select_related("organisation", "aspect").order_by("shared_at", "pk"))
    typed = Typed()
    if len(experiences) != len(set(experience_ids)):
        typed.fault("experience_ids", _("Choose among the experiences of this decision."))
    why = typed.text("because", because)
    if not experiences and not why:
        typed.fault("because", _("Choose the experiences that the next version is to answer, or say why it is needed."))
    typed.finish()
    occasions = [occasion_of(experience) for experience in experiences]
    earlier = version.decision.matter_id
    matter = follow_up_turn(actor=actor, matter_id=earlier, because=why, occasions=occasions, at=at)
    told = {"matter": matter.pk, "experiences": [experience.pk for experience in experiences]}
    record(actor, "revision_started", "decision", version.decision_id, version, at, told)
    return matter


@operation("matter.lead")
def start_next_turn(*, actor: Actor, experience_id: str, at: datetime | None = None) -> Matter:
    """Let one experience start the next turn: a new matter with the same aspects that answers it."""
    experience = experience_for(actor, experience_id, "matter.lead", at)
    at = at or clock.now()
    version = experience.version
    occasion = occasion_of(experience)
    earlier = version.decision.matter_id
    matter = follow_up_turn(actor=actor, matter_id=earlier, occasions=[occasion], at=at)
    record(actor, "experience_taken_up", "experience", experience.pk, version, at, {"matter": matter.pk})
    return matter
