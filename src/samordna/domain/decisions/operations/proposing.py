"""Proposals made by hand: sketched, changed while they are sketches, shared, amended and withdrawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, TypedDict

from django.utils.translation import gettext as _

from samordna.core import clock, journal
from samordna.core.actor import Actor
from samordna.core.errors import Invalid
from samordna.core.operation import operation
from samordna.domain.decisions.access import proposal_for
from samordna.domain.decisions.enums import ProposalOrigin, ProposalState, Verdict
from samordna.domain.decisions.limits import LONGEST_TEXT
from samordna.domain.decisions.models import Adaptation, FrameValue, Proposal
from samordna.domain.decisions.operations.checking import keep_check
from samordna.domain.decisions.operations.held import held_matter_for, held_proposal_for, holding_of, organisation_of
from samordna.domain.decisions.overtaking import check_not_overtaken
from samordna.domain.decisions.problem import participants_of
from samordna.domain.decisions.states import PROPOSING, check_proposal_may_become, check_stage
from samordna.domain.matters.access import readable_conditions
from samordna.domain.matters.enums import Sharing
from samordna.domain.matters.models import Aspect, Matter


class Difference(TypedDict, total=False):
    """One adaptation as it is typed: whose, in what, to what; and, where known, because of which conditions."""

    organisation: str
    aspect: str
    option: str
    because: Sequence[str]
    review_on: date | None


@operation("proposal.make")
def propose_by_hand(
    *,
    actor: Actor,
    matter_id: str,
    title: str,
    frame: Mapping[str, str],
    adaptations: Sequence[Difference] = (),
    text: str = "",
    at: datetime | None = None,
) -> Proposal:
    """Sketch a proposal: an option per aspect (an aspect without one is left to each), and who differs from it.

    Raises `Invalid` with a sentence per field: `title`, `text`, `frame_<aspect>`, `adaptation_<organisation>_<aspect>`.
    """
    matter = held_matter_for(actor, matter_id, "proposal.make", at)
    at = at or clock.now()
    check_stage(matter.stage, PROPOSING)
    frame = chosen_in(frame)
    _check_values(actor, matter, title, text, frame, adaptations, at)
    proposal = make_proposal(actor, matter, title.strip(), ProposalOrigin.HAND, at, text=text)
    keep_values(proposal, frame, adaptations)
    _record(actor, "proposal_sketched", proposal, at, frame=dict(frame), adaptations=len(adaptations))
    return proposal


@operation("proposal.change")
def change_sketch(
    *,
    actor: Actor,
    proposal_id: str,
    title: str,
    frame: Mapping[str, str],
    adaptations: Sequence[Difference] = (),
    text: str = "",
    seen: str = "",
    at: datetime | None = None,
) -> Proposal:
    """Change one's own proposal while it is a sketch. Raises `Refused` once it is shared, else as sketching does.

    `seen` is the fingerprint of the sketch that the change began from. Raises `Overtaken`, with what differs, when
    somebody else has changed the sketch since.
    """
    proposal = held_proposal_for(actor, proposal_id, "proposal.change", at)
    at = at or clock.now()
    check_proposal_may_become(proposal.state, ProposalState.SHARED)
    proposal.refresh_from_db(fields=["title", "text"])
    frame = chosen_in(frame)
    _check_values(actor, proposal.matter, title, text, frame, adaptations, at)
    check_not_overtaken(proposal, seen, title, text, frame)
    proposal.title, proposal.text = title.strip(), text
    proposal.verdict, proposal.check_result, proposal.balance = Verdict.UNCHECKED, {}, {}
    proposal.save()
    proposal.frame.all().delete()
    proposal.adaptations.all().delete()
    keep_values(proposal, frame, adaptations)
    _record(actor, "sketch_changed", proposal, at, frame=dict(frame), adaptations=len(adaptations))
    return proposal


@operation("proposal.make")
def amend_proposal(
    *,
    actor: Actor,
    proposal_id: str,
    title: str,
    frame: Mapping[str, str] | None = None,
    adaptations: Sequence[Difference] | None = None,
    text: str | None = None,
    at: datetime | None = None,
) -> Proposal:
    """Sketch an amendment to a shared proposal. What is not given stays as it is in the proposal that is amended."""
    amended = proposal_for(actor, proposal_id, "proposal.read", at)
    at = at or clock.now()
    matter = held_matter_for(actor, amended.matter_id, "proposal.make", at)
    check_stage(matter.stage, PROPOSING)
    values = chosen_in({value.aspect_id: value.option_id for value in amended.frame.all()} | dict(frame or {}))
    differences = differences_of(amended) if adaptations is None else adaptations
    _check_values(actor, matter, title, text or "", values, differences, at, kept=amended)
    proposal = make_proposal(
        actor,
        matter,
        title.strip(),
        ProposalOrigin.AMENDMENT,
        at,
        amends=amended,
        text=amended.text if text is None else text,
    )
    keep_values(proposal, values, differences)
    _record(actor, "proposal_amended", proposal, at, amends=amended.pk, frame=values, adaptations=len(differences))
    return proposal


@operation("proposal.change")
def share_proposal(*, actor: Actor, proposal_id: str, at: datetime | None = None) -> Proposal:
    """Show a sketch to everyone who takes part. From then on it is fixed, and checked against everybody's conditions."""
    proposal = held_proposal_for(actor, proposal_id, "proposal.change", at)
    at = at or clock.now()
    check_proposal_may_become(proposal.state, ProposalState.SHARED)
    proposal.state = ProposalState.SHARED
    proposal.save(update_fields=["state"])
    keep_check(proposal, at)
    _record(actor, "proposal_shared", proposal, at)
    return proposal


@operation("proposal.change")
def withdraw_proposal(*, actor: Actor, proposal_id: str, reason: str = "", at: datetime | None = None) -> Proposal:
    """Take back a sketch or a shared proposal. One that is chosen for the decision stays."""
    proposal = held_proposal_for(actor, proposal_id, "proposal.change", at)
    at = at or clock.now()
    check_proposal_may_become(proposal.state, ProposalState.WITHDRAWN)
    proposal.state = ProposalState.WITHDRAWN
    proposal.save(update_fields=["state"])
    _record(actor, "proposal_withdrawn", proposal, at, reason=reason)
    return proposal


def make_proposal(
    actor: Actor, matter: Matter, title: str, origin: ProposalOrigin, at: datetime, **fields: Any
) -> Proposal:
    """A new proposal with the matter's next number. The matter is locked."""
    latest = Proposal.objects.filter(matter=matter).order_by("-number").values_list("number", flat=True).first()
    return Proposal.objects.create(
        matter=matter,
        number=(latest or 0) + 1,
        title=title,
        origin=origin,
        organisation_id=organisation_of(actor),
        made_by_id=holding_of(actor),
        made_at=at,
        **fields,
    )


def chosen_in(frame: Mapping[str, str]) -> dict[str, str]:
    """The values that were chosen; an empty one leaves the aspect to each."""
    return {aspect: option for aspect, option in frame.items() if option}


def keep_values(proposal: Proposal, frame: Mapping[str, str], differences: Sequence[Difference]) -> None:
    """Store the frame and what differs from it in two inserts, and the reasons in a third."""
    differences = [d for d in differences if frame.get(d["aspect"]) != d["option"]]
    FrameValue.objects.bulk_create(
        FrameValue(proposal=proposal, aspect_id=aspect, option_id=option) for aspect, option in frame.items()
    )
    made = Adaptation.objects.bulk_create(
        Adaptation(
            proposal=proposal,
            organisation_id=difference["organisation"],
            aspect_id=difference["aspect"],
            option_id=difference["option"],
            local=difference["aspect"] not in frame,
            review_on=difference.get("review_on"),
        )
        for difference in differences
    )
    reasons = Adaptation.because.through
    reasons.objects.bulk_create(
        reasons(adaptation_id=adaptation.pk, condition_id=condition)
        for adaptation, difference in zip(made, differences, strict=True)
        for condition in dict.fromkeys(difference.get("because", ()))
    )


def differences_of(proposal: Proposal) -> list[Difference]:
    """The proposal's adaptations as they would be typed."""
    return [
        Difference(
            organisation=adaptation.organisation_id,
            aspect=adaptation.aspect_id,
            option=adaptation.option_id,
            because=[condition.pk for condition in adaptation.because.all()],
            review_on=adaptation.review_on,
        )
        for adaptation in proposal.adaptations.prefetch_related("because")
    ]


def _check_values(
    actor: Actor,
    matter: Matter,
    title: str,
    text: str,
    frame: Mapping[str, str],
    differences: Sequence[Difference],
    at: datetime,
    kept: Proposal | None = None,
) -> None:
    wrong = _wrong_texts(title, text)
    aspects = {aspect.pk: aspect for aspect in Aspect.objects.filter(matter=matter).prefetch_related("options")}
    wrong |= _wrong_frame(aspects, frame)
    known = set(readable_conditions(actor, matter, at).values_list("pk", flat=True))
    stood = differences_of(kept) if kept else []
    known |= {pk for difference in stood for pk in difference["because"]}
    agreed = {(had["organisation"], had["aspect"], had.get("review_on")) for had in stood}
    taking_part = participants_of(matter, clock.day(at))
    seen: set[str] = set()
    for difference in differences:
        field = f"adaptation_{difference.get('organisation')}_{difference.get('aspect')}"
        if sentence := _wrong_difference(aspects, set(taking_part), known, difference):
            wrong[field] = sentence
        elif _is_past(difference, agreed, clock.day(at)):
            wrong[field] = _("The day this adaptation is reviewed lies in the future.")
        elif field in seen:
            wrong[field] = _("This organisation has two adaptations in the same aspect. Keep one of them.")
        seen.add(field)
    if wrong:
        raise Invalid(wrong)


def _is_past(difference: Difference, agreed: set[tuple[str, str, date | None]], today: date) -> bool:
    """Is it to be reviewed on a day that is not to come? One `agreed` in the proposal that is amended may have passed."""
    day = difference.get("review_on")
    return day is not None and day <= today and (difference["organisation"], difference["aspect"], day) not in agreed


def _wrong_texts(title: str, text: str) -> dict[str, str]:
    wrong = {}
    if not title.strip():
        wrong["title"] = _("Give the proposal a title.")
    elif len(title.strip()) > 120:
        wrong["title"] = _("The title may have at most 120 characters.")
    if len(text) > LONGEST_TEXT:
        wrong["text"] = _("The text may have at most %(limit)s characters.") % {"limit": LONGEST_TEXT}
    return wrong


def _wrong_frame(aspects: Mapping[str, Aspect], frame: Mapping[str, str]) -> dict[str, str]:
    wrong = {}
    for pk, option in frame.items():
        if pk not in aspects:
            wrong[f"frame_{pk}"] = _("There is no such aspect in this matter.")
        elif aspects[pk].sharing == Sharing.LOCAL:
            wrong[f"frame_{pk}"] = _("“%(aspect)s” is left to each participant and has no common value.") % {
                "aspect": aspects[pk].label
            }
        elif option not in _options(aspects[pk]):
            wrong[f"frame_{pk}"] = _("“%(aspect)s” has no such option. Choose one of those that are listed.") % {
                "aspect": aspects[pk].label
            }
    for pk, aspect in aspects.items():
        if aspect.sharing == Sharing.COMMON and not frame.get(pk):
            wrong[f"frame_{pk}"] = _("“%(aspect)s” must be the same for all; choose its value.") % {"aspect": aspect.label}
    return wrong


def _options(aspect: Aspect) -> set[str]:
    return {option.pk for option in aspect.options.all()}


def _wrong_difference(
    aspects: Mapping[str, Aspect], taking_part: set[str], conditions: set[str], difference: Difference
) -> str:
    aspect = aspects.get(difference.get("aspect", ""))
    if aspect is None:
        return _("There is no such aspect in this matter.")
    if difference.get("organisation") not in taking_part:
        return _("This organisation does not take part in the matter.")
    if difference.get("option") not in _options(aspect):
        return _("“%(aspect)s” has no such option. Choose one of those that are listed.") % {"aspect": aspect.label}
    if aspect.sharing == Sharing.COMMON:
        return _("“%(aspect)s” must be the same for all, so nobody can differ.") % {"aspect": aspect.label}
    if not conditions.issuperset(difference.get("because", ())):
        return _("A reason given for this adaptation is not a condition in this matter.")
    return ""


def _record(actor: Actor, action: str, proposal: Proposal, at: datetime, **content: Any) -> None:
    journal.record(
        actor=actor,
        action=action,
        subject_kind="proposal",
        subject_id=proposal.pk,
        collaboration_id=proposal.matter.collaboration_id,
        matter_id=proposal.matter_id,
        at=at,
        number=proposal.number,
        title=proposal.title,
        **content,
    )
