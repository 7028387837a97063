"""Starting a collaboration: its purpose, whom it is for, its subject areas, and its first and last day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from samordna.core import clock, journal
from samordna.core.actor import Actor
from samordna.core.errors import Refused, TooLarge
from samordna.core.operation import operation
from samordna.core.overtaking import check_not_overtaken
from samordna.domain.collaborations.access import check_may_start, collaboration_for
from samordna.domain.collaborations.criteria import number
from samordna.domain.collaborations.depth import PRESETS, Preset
from samordna.domain.collaborations.enums import (
    CollaborationState,
    CriterionKind,
    CriterionOperator,
    Duress,
)
from samordna.domain.collaborations.limits import LONGEST_NOTICE, MOST_AREAS, MOST_CRITERIA, MOST_LEVELS, MOST_NESTED
from samordna.domain.collaborations.models import Area, Collaboration, EarlierPurpose, TargetGroupCriterion
from samordna.domain.collaborations.queries.readiness import lacking_to_open, what_is_lacking
from samordna.domain.collaborations.queries.wording import criteria_told, purpose_values, target_group_values
from samordna.domain.organisations.enums import RoleKind
from samordna.domain.organisations.findings import Findings
from samordna.domain.organisations.models import Organisation, Role


@operation("collaboration.start")
def start_collaboration(
    *,
    actor: Actor,
    host_id: str = "",
    name: str,
    purpose: str,
    target_group: str = "",
    criteria: Sequence[Mapping[str, str]] = (),
    coordinator_role_id: str = "",
    superior_id: str = "",
    parent_id: str = "",
    depth: str = "",
    join: str = "",
    contribute: str = "",
    follow: str = "",
    notice_days: int = 0,
    valid_from: date | None = None,
    valid_to: date | None = None,
    at: datetime | None = None,
) -> Collaboration:
    """Begin to prepare a collaboration; only its coordinator sees it until it is activated.

    `depth` is voluntary, conditional or mandatory; `join`, `contribute` and `follow` (may, if_in, must) set the verbs one
    by one and go before it. Without an own answer the host is the actor's organisation and the role the actor's.
    """
    check_may_start(actor, host_id or actor.organisation_id or "", at)
    host_id, role_id = host_id or actor.organisation_id or "", coordinator_role_id or actor.role_id or ""
    at = at or clock.now()
    found = Findings()
    made = Collaboration(
        name=found.line("name", name, 120),
        purpose=found.text("purpose", purpose),
        target_group=found.text("target_group", target_group, required=False),
        host_id=host_id,
        coordinator_role=_coordinator_role(found, role_id, host_id),
        superior=_superior(found, superior_id),
        parent=_parent(found, actor, parent_id, at),
        notice_days=found.days("notice_days", notice_days, LONGEST_NOTICE),
        valid_from=valid_from or clock.day(at),
        valid_to=valid_to,
    )
    made.join, made.contribute, made.follow = _depth(found, depth, join, contribute, follow)
    found.span("valid_from", made.valid_from, "valid_to", valid_to)
    rows = _criteria(found, criteria)
    found.insist()
    made.save(force_insert=True)
    _replace_criteria(made, rows)
    _record(actor, "collaboration_started", made, at, **_content(made))
    return made


def _content(made: Collaboration) -> dict[str, str]:
    plain = ("name", "purpose", "target_group", "host_id", "coordinator_role_id", "join", "contribute", "follow")
    above = {"superior": made.superior_id or "", "parent": made.parent_id or ""}
    return {name: getattr(made, name) for name in plain} | above


def _coordinator_role(found: Findings, role_id: str, host_id: str) -> Role | None:
    role = Role.objects.filter(pk=role_id, organisation_id=host_id, kind=RoleKind.COORDINATOR).first()
    if role is None:
        found.say("coordinator_role_id", _("Choose a coordinator's role in the organisation that leads the work."))
    return role


def _superior(found: Findings, superior_id: str) -> Organisation | None:
    superior = Organisation.objects.filter(pk=superior_id).first() if superior_id else None
    if superior_id and superior is None:
        found.say("superior_id", _("There is no such organisation. Choose again."))
    return superior


def _parent(found: Findings, actor: Actor, parent_id: str, at: datetime) -> Collaboration | None:
    """What it lies in, which the actor has to be able to read, and which may not itself lie too deep."""
    above = parent = collaboration_for(actor, parent_id, at=at) if parent_id else None
    level = 0
    while above is not None:
        level, above = level + 1, above.parent
    if level >= MOST_NESTED:
        found.say("parent_id", _("Collaborations lie in one another in at most %(most)s levels.") % {"most": MOST_NESTED})
    return parent


def _depth(found: Findings, depth: str, join: str, contribute: str, follow: str) -> tuple[str, str, str]:
    found.choice("depth", depth, [*Preset], required=False)
    preset = PRESETS[Preset(depth)] if depth in [*Preset] else PRESETS[Preset.VOLUNTARY]
    given = {"join": join, "contribute": contribute, "follow": follow}
    for field, value in given.items():
        found.choice(field, value, Duress.values, required=False)
    values = [value or str(default.value) for value, default in zip(given.values(), preset, strict=True)]
    return values[0], values[1], values[2]


@operation("collaboration.lead")
def restate_purpose(
    *,
    actor: Actor,
    collaboration_id: str,
    name: str,
    purpose: str,
    why: str = "",
    seen: str = "",
    at: datetime | None = None,
) -> Collaboration:
    """Say the name and the common purpose anew. Another purpose is a new version, and everybody is asked again.

    What it was is kept, with why it changed and what everybody had said of it. `seen` is the fingerprint of what one
    began from; raises `Overtaken` with what is stored now when it is another.
    """
    collaboration_for(actor, collaboration_id, "collaboration.lead", at)
    at = at or clock.now()
    collaboration = _open(collaboration_id)
    found = Findings()
    name, purpose = found.line("name", name, 120), found.text("purpose", purpose)
    why = found.text("why", why, required=False)
    found.insist()
    check_not_overtaken(seen, purpose_values(collaboration), {"name": name, "purpose": purpose})
    before = {"name_before": collaboration.name, "purpose_before": collaboration.purpose}
    if purpose != collaboration.purpose:
        _keep_earlier(actor, collaboration, why, at)
    collaboration.name, collaboration.purpose = name, purpose
    collaboration.save(update_fields=["name", "purpose", "purpose_number"])
    _record(actor, "purpose_restated", collaboration, at, name=name, purpose=purpose, reason=why, **before)
    return collaboration


@operation("collaboration.lead")
def settle_steps(
    *, actor: Actor, collaboration_id: str, without_consultation: str, at: datetime | None = None
) -> Collaboration:
    """Say why decisions here go without a consultation; with nothing said they have one.

    A version keeps what held when it was prepared, and the coordinator may consult on one all the same.
    """
    collaboration_for(actor, collaboration_id, "collaboration.lead", at)
    at = at or clock.now()
    collaboration = _open(collaboration_id)
    found = Findings()
    reason = found.text("without_consultation", without_consultation, required=False)
    found.insist()
    before, collaboration.without_consultation = collaboration.without_consultation, reason
    collaboration.save(update_fields=["without_consultation"])
    _record(actor, "steps_settled", collaboration, at, without_consultation=reason, before=before)
    return collaboration


def _keep_earlier(actor: Actor, collaboration: Collaboration, why: str, at: datetime) -> None:
    EarlierPurpose.objects.create(
        collaboration=collaboration,
        number=collaboration.purpose_number,
        text=collaboration.purpose,
        why=why,
        replaced_at=at,
        replaced_by_id=actor.holding_id,
    )
    collaboration.purpose_number += 1


@operation("collaboration.lead")
def set_target_group(
    *,
    actor: Actor,
    collaboration_id: str,
    target_group: str,
    criteria: Sequence[Mapping[str, str]],
    seen: str = "",
    at: datetime | None = None,
) -> Collaboration:
    """Say whom the collaboration is for, in words and as criteria: `{kind, subject, operator, value}`.

    The criteria given replace those there are. Raises `Invalid` naming the criterion's number when one cannot be used.
    `seen` is the fingerprint of what one began from; raises `Overtaken` with what is stored now when it is another.
    """
    collaboration_for(actor, collaboration_id, "collaboration.lead", at)
    collaboration = _open(collaboration_id)
    found = Findings()
    words = found.text("target_group", target_group)
    rows = _criteria(found, criteria)
    found.insist()
    there = list(collaboration.criteria.all())
    now, given = target_group_values(collaboration.target_group, there), target_group_values(words, rows)
    check_not_overtaken(seen, now, given, {"criteria": criteria_told(there)})
    collaboration.target_group = words
    collaboration.save(update_fields=["target_group"])
    _replace_criteria(collaboration, rows)
    stored = [{key: getattr(row, key) for key in ("kind", "subject", "operator", "value")} for row in rows]
    _record(actor, "target_group_set", collaboration, at, target_group=words, criteria=stored)
    return collaboration


def _criteria(found: Findings, given: Sequence[Mapping[str, str]]) -> list[TargetGroupCriterion]:
    if len(given) > MOST_CRITERIA:
        limit = {"most": MOST_CRITERIA, "given": len(given)}
        raise TooLarge(_("A target group has at most %(most)s criteria; these are %(given)s.") % limit)
    return [_criterion(found, place, row) for place, row in enumerate(given)]


def _criterion(found: Findings, place: int, row: Mapping[str, str]) -> TargetGroupCriterion:
    said = Findings()
    made = TargetGroupCriterion(
        kind=said.choice("criteria", row.get("kind", ""), CriterionKind.values),
        subject=said.line("criteria", row.get("subject", ""), 60),
        operator=said.choice("criteria", row.get("operator", ""), CriterionOperator.values),
        value=said.line("criteria", row.get("value", ""), 60),
    )
    if made.operator in (CriterionOperator.AT_LEAST, CriterionOperator.AT_MOST) and number(made.value) is None:
        said.say("criteria", _("At least and at most compare numbers; write the value in digits."))
    for sentence in said.fields.values():
        which = {"number": place + 1, "subject": made.subject, "sentence": sentence}
        found.say("criteria", _("Criterion %(number)s (%(subject)s): %(sentence)s") % which)
    return made


def _replace_criteria(collaboration: Collaboration, rows: list[TargetGroupCriterion]) -> None:
    collaboration.criteria.all().delete()
    for row in rows:
        row.collaboration = collaboration
    TargetGroupCriterion.objects.bulk_create(rows)


@operation("collaboration.lead")
def add_area(*, actor: Actor, collaboration_id: str, name: str, parent_id: str = "", at: datetime | None = None) -> Area:
    """Add a subject area, by itself or beneath another. Mandates' clauses and matters point to areas."""
    collaboration_for(actor, collaboration_id, "collaboration.lead", at)
    collaboration = _open(collaboration_id)
    areas = {area.pk: area for area in Area.objects.filter(collaboration=collaboration)}
    if len(areas) >= MOST_AREAS:
        raise TooLarge(_("A collaboration has at most %(most)s areas.") % {"most": MOST_AREAS})
    found = Findings()
    name = found.line("name", name, 120)
    if any(area.name.casefold() == name.casefold() for area in areas.values()):
        found.say("name", _("There is already an area with this name."))
    if parent_id and parent_id not in areas:
        found.say("parent_id", _("Choose one of the collaboration's own areas."))
    elif parent_id and _level(areas, parent_id) >= MOST_LEVELS:
        found.say("parent_id", _("Areas lie beneath one another in at most %(most)s levels.") % {"most": MOST_LEVELS})
    found.insist()
    area = Area.objects.create(collaboration=collaboration, name=name, parent=areas.get(parent_id))
    _record(actor, "area_added", collaboration, at, area=area.pk, name=name, beneath=parent_id)
    return area


def _level(areas: Mapping[str, Area], area_id: str) -> int:
    level, current = 0, areas.get(area_id)
    while current is not None and level <= MOST_LEVELS:
        level, current = level + 1, areas.get(current.parent_id or "")
    return level


@operation("collaboration.lead")
def open_to_participants(*, actor: Actor, collaboration_id: str, at: datetime | None = None) -> Collaboration:
    """Show what is being prepared to those who are let in, so that they can say how they see it, and give mandates.

    Raises `Refused` with a sentence for each thing it lacks. No matter is sent out before it is active.
    """
    collaboration_for(actor, collaboration_id, "collaboration.lead", at)
    at = at or clock.now()
    collaboration = Collaboration.objects.select_for_update().get(pk=collaboration_id)
    if collaboration.state != CollaborationState.PLANNED:
        raise Refused(_("The collaboration is open to its participants already."))
    if lacking := lacking_to_open(collaboration, clock.day(at)):
        raise Refused(" ".join(lacking))
    return _move(actor, collaboration, CollaborationState.FORMING, "collaboration_opened", at)


@operation("collaboration.lead")
def activate_collaboration(*, actor: Actor, collaboration_id: str, at: datetime | None = None) -> Collaboration:
    """Let the collaboration's work begin: matters can be sent out from now on.

    Raises `Refused` with a sentence for each thing it lacks.
    """
    collaboration_for(actor, collaboration_id, "collaboration.lead", at)
    at = at or clock.now()
    collaboration = Collaboration.objects.select_for_update().get(pk=collaboration_id)
    if collaboration.state not in (CollaborationState.PLANNED, CollaborationState.FORMING):
        raise Refused(_("The collaboration is not in preparation."))
    if lacking := what_is_lacking(collaboration, clock.day(at)):
        raise Refused(" ".join(lacking))
    return _move(actor, collaboration, CollaborationState.ACTIVE, "collaboration_activated", at)


def _move(
    actor: Actor, collaboration: Collaboration, state: CollaborationState, action: str, at: datetime
) -> Collaboration:
    collaboration.state = state
    collaboration.save(update_fields=["state"])
    _record(actor, action, collaboration, at)
    return collaboration


@operation("collaboration.lead")
def close_collaboration(*, actor: Actor, collaboration_id: str, reason: str, at: datetime | None = None) -> Collaboration:
    """End the collaboration's work today. What was decided and agreed stays readable, and stays in force.

    No mandate in it carries a new decision from now on, nor what it has delegated to collaborations that lie in it.
    """
    collaboration_for(actor, collaboration_id, "collaboration.lead", at)
    at = at or clock.now()
    collaboration = _open(collaboration_id)
    found = Findings()
    reason = found.text("reason", reason)
    found.insist()
    collaboration.state, collaboration.closed_at = CollaborationState.CLOSED, at
    collaboration.save(update_fields=["state", "closed_at"])
    _record(actor, "collaboration_closed", collaboration, at, reason=reason)
    return collaboration


def _open(collaboration_id: str) -> Collaboration:
    collaboration = Collaboration.objects.select_for_update().get(pk=collaboration_id)
    if collaboration.state == CollaborationState.CLOSED:
        raise Refused(_("The collaboration is closed, so nothing in it changes."))
    return collaboration


def _record(actor: Actor, action: str, collaboration: Collaboration, at: datetime | None, **content: Any) -> None:
    journal.record(
        actor=actor,
        action=action,
        subject_kind="collaboration",
        subject_id=collaboration.pk,
        collaboration_id=collaboration.pk,
        at=at,
        **content,
    )
