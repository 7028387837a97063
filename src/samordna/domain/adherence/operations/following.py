"""Follow and learn: the honest answer and the experience."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from samordna.core import clock, journal
from samordna.core.actor import Actor
from samordna.core.errors import Refused
from samordna.core.operation import operation
from samordna.domain.adherence.access import following_for
from samordna.domain.adherence.enums import ExperienceTone, FollowingAnswerKind
from samordna.domain.adherence.models import Experience, FollowingAnswer, Improvement
from samordna.domain.adherence.queries.exemptions import exempted
from samordna.domain.adherence.queries.standing import NOT_FOLLOWING
from samordna.domain.collaborations.enums import Following
from samordna.domain.decisions.enums import DecisionState
from samordna.domain.decisions.models import DecisionVersion
from samordna.domain.decisions.operations.held import held_version_for, holding_of, organisation_of
from samordna.domain.decisions.queries.binding import bindings_of
from samordna.domain.matters.models import Aspect
from samordna.domain.matters.typed import Typed


@operation("following.answer")
def answer_following(
    *,
    actor: Actor,
    version_id: str,
    kind: str,
    by: date | None = None,
    actions: str = "",
    reason: str = "",
    aspect_ids: Collection[str] = (),
    at: datetime | None = None,
) -> FollowingAnswer:
    """Say how the actor's organisation follows a decision in force: already so, will change, cannot or will not.

    `kind` is a `FollowingAnswerKind`. A change needs its last day (`by`) and what will be done (`actions`), not following
    needs a `reason` and may name the settled aspects that it is about (`aspect_ids`, heeded for nothing else): the rest is
    then followed. None named, or all, is the whole decision. Answers are added and never changed; the latest counts.
    Whether the organisation must follow is kept with the answer as it was then.
    """
    following_for(actor, version_id, "following.answer", at)
    at = at or clock.now()
    version = held_version_for(actor, version_id, "decision.read", at)
    if version.state != DecisionState.IN_FORCE:
        raise Refused(_("Only a decision in force is followed. This version is not in force."))
    given = _answer(kind, by, actions, reason, at)
    given["not_followed"] = _not_followed(version, kind, aspect_ids)
    organisation = organisation_of(actor)
    answer = FollowingAnswer.objects.create(
        version=version,
        organisation_id=organisation,
        must=_must_follow(version, organisation, clock.day(at)),
        answered_at=at,
        answered_by_id=holding_of(actor),
        **given,
    )
    if answer.kind == FollowingAnswerKind.WILL_CHANGE:
        _plan(answer)
    told = given | {"must": answer.must, "not_followed": [entry["label"] for entry in answer.not_followed]}
    record(actor, "following_answered", "following_answer", answer.pk, version, at, told)
    return answer


def _plan(answer: FollowingAnswer) -> None:
    """A promise is the organisation's first improvement; the same promise with a new day moves it."""
    own = Improvement.objects.filter(
        version_id=answer.version_id, organisation_id=answer.organisation_id, closed_at__isnull=True, text=answer.actions
    )
    if not own.update(by=answer.by):
        Improvement.objects.create(
            version_id=answer.version_id,
            organisation_id=answer.organisation_id,
            text=answer.actions,
            by=answer.by or clock.day(answer.answered_at),
            added_at=answer.answered_at,
            added_by_id=answer.answered_by_id,
        )


def _must_follow(version: DecisionVersion, organisation: str, today: date) -> bool:
    binding = bindings_of(version).get(organisation)
    if binding is None or binding.following != Following.MUST:
        return False
    return (version.pk, organisation) not in exempted([version], version.decision.matter.collaboration, today)


def _answer(kind: str, by: date | None, actions: str, reason: str, at: datetime) -> dict[str, Any]:
    typed = Typed()
    changes = kind == FollowingAnswerKind.WILL_CHANGE
    refuses = kind in NOT_FOLLOWING
    why = _("Say why, so that the next version can answer it.")
    given = {
        "kind": typed.choice("kind", kind, FollowingAnswerKind),
        "actions": typed.text("actions", actions, needed=_("Say what you will do.") if changes else ""),
        "reason": typed.text("reason", reason, needed=why if refuses else ""),
        "by": by,
    }
    if changes and by is None:
        typed.fault("by", _("Say by which day."))
    if changes and by is not None and by < clock.day(at):
        typed.fault("by", _("The day has passed. Choose today or a later day."))
    typed.finish()
    return given


def _not_followed(version: DecisionVersion, kind: str, aspect_ids: Collection[str]) -> list[dict[str, str]]:
    """The aspects that a refusal is about, in the decision's order; empty where it is about the whole."""
    if kind not in NOT_FOLLOWING:
        return []
    settled = {entry["aspect"]: entry["label"] for entry in version.content["frame"]}
    typed = Typed()
    if not settled.keys() >= set(aspect_ids):
        typed.fault("aspect_ids", _("Choose among what the decision settles."))
    typed.finish()
    named = [{"aspect": pk, "label": label} for pk, label in settled.items() if pk in aspect_ids]
    return [] if len(named) == len(settled) else named


@operation("experience.share")
def share_experience(
    *,
    actor: Actor,
    version_id: str,
    tone: str,
    text: str,
    aspect_id: str = "",
    effect: str = "",
    at: datetime | None = None,
) -> Experience:
    """Tell what the actor's organisation has learnt by following a decision, about one aspect or (no aspect) the whole.

    `tone` is an `ExperienceTone`; `effect` says what it means for the individual.
    """
    following_for(actor, version_id, "experience.share", at)
    at = at or clock.now()
    version = held_version_for(actor, version_id, "decision.read", at)
    if version.established_at is None:
        raise Refused(_("There is nothing to learn from yet: this version has not been in force."))
    typed = Typed()
    given = {
        "tone": typed.choice("tone", tone, ExperienceTone),
        "text": typed.text("text", text, needed=_("Say what you have learnt.")),
        "effect": typed.text("effect", effect),
    }
    matter_id = version.decision.matter_id
    if aspect_id and not Aspect.objects.filter(pk=aspect_id, matter_id=matter_id).exists():
        typed.fault("aspect_id", _("Choose one of the matter's aspects, or the whole."))
    typed.finish()
    experience = Experience.objects.create(
        version=version,
        organisation_id=organisation_of(actor),
        aspect_id=aspect_id or None,
        shared_at=at,
        shared_by_id=holding_of(actor),
        **given,
    )
    told = given | {"aspect": aspect_id}
    record(actor, "experience_shared", "experience", experience.pk, version, at, told)
    return experience


def record(
    actor: Actor, action: str, kind: str, pk: str, version: DecisionVersion, at: datetime, content: dict[str, Any]
) -> None:
    """Write the journal's entry about something that hangs on a version."""
    matter = version.decision.matter
    journal.record(
        actor=actor,
        action=action,
        subject_kind=kind,
        subject_id=pk,
        collaboration_id=matter.collaboration_id,
        matter_id=matter.pk,
        at=at,
        version=version.pk,
        **content,
    )
