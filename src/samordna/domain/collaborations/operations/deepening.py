"""Changing the depth of a collaboration that runs: from a day, with a reason, so that nobody is caught in it."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samordna.core import clock, journal
from samordna.core.actor import Actor, Duty
from samordna.core.errors import Refused
from samordna.core.operation import operation
from samordna.domain.collaborations.access import collaboration_for, contribution_for
from samordna.domain.collaborations.depth import PRESETS, DepthSetting, Preset, Verb, binds
from samordna.domain.collaborations.enums import CollaborationState, Duress
from samordna.domain.collaborations.limits import LONGEST_NOTICE
from samordna.domain.collaborations.models import Collaboration, DepthChange
from samordna.domain.collaborations.queries.depths import READ, HeldDepth, earliest_change, held_depth, read_by
from samordna.domain.organisations.findings import Findings


@operation("collaboration.lead")
def change_depth(
    *,
    actor: Actor,
    collaboration_id: str,
    depth: str = "",
    join: str = "",
    contribute: str = "",
    follow: str = "",
    notice_days: int = 0,
    reason: str,
    starts_on: date | None = None,
    running: bool = False,
    at: datetime | None = None,
) -> DepthChange:
    """Change how binding it is to take part, contribute and follow, for all, from a day on and with a reason.

    `depth` names one of the three, or the verbs are set one by one. A stricter depth, or a longer notice, holds at the
    earliest when the notice of leaving has run out, so that whoever does not want it can leave before. Matters under way
    keep theirs unless `running`. Raises `Refused` where a superior has made mandatory what would be loosened: see
    `exempt_party`.
    """
    collaboration = collaboration_for(actor, collaboration_id, "collaboration.lead", at)
    at = at or clock.now()
    Collaboration.objects.select_for_update().get(pk=collaboration_id)
    if collaboration.state == CollaborationState.CLOSED:
        raise Refused(_("The collaboration is closed, so nothing in it changes."))
    found, today = Findings(), clock.day(at)
    setting = depth_setting(found, depth, join, contribute, follow)
    made = DepthChange(collaboration=collaboration, running=running, changed_at=at, changed_by_id=actor.holding_id)
    made.join, made.contribute, made.follow = setting.join, setting.contribute, setting.follow
    made.notice_days = found.days("notice_days", notice_days, LONGEST_NOTICE)
    made.reason = found.text("reason", reason)
    held = held_depth(collaboration, today)
    new = HeldDepth(setting=setting, notice_days=made.notice_days)
    earliest = today if found.fields else earliest_change(collaboration, new, today)
    made.starts_on = starts_on or earliest
    if made.starts_on < today:
        found.say("starts_on", _("The day has passed. Choose today or a later day."))
    elif made.starts_on < earliest:
        told = {"day": date_format(earliest, "j F Y")}
        sentence = _("Whoever does not want a stricter depth or a longer notice must be able to leave first: %(day)s.")
        found.say("starts_on", sentence % told)
    found.insist()
    _must_not_loosen_what_is_above(collaboration, held, setting)
    made.save(force_insert=True)
    _record(actor, made, at)
    return made


@operation("collaboration.contribute")
def read_depth_changes(*, actor: Actor, collaboration_id: str, at: datetime | None = None) -> list[DepthChange]:
    """Say that one's own organisation has read of the changes of depth to come, so that it is no longer asked to.

    It is bound, and may leave, just as if it had not: reading agrees to nothing. Raises `Refused` where there is none to
    come that it has not read.
    """
    collaboration, organisation_id = contribution_for(actor, collaboration_id, at)
    if organisation_id is None:
        raise Refused(_("Those who take part read of a changed depth; you coordinate here."))
    if Duty.ADOPT not in actor.duties:
        raise Refused(_("Whoever may bind your organisation reads of a changed depth, since it may be time to leave."))
    at = at or clock.now()
    coming = collaboration.depth_changes.filter(starts_on__gt=clock.day(at)).order_by("starts_on", "pk")
    seen = read_by([change.pk for change in coming])
    unread = [change for change in coming if (organisation_id, change.pk) not in seen]
    if not unread:
        raise Refused(_("Your organisation has read of every change to come."))
    for change in unread:
        about = {"subject_kind": "depth_change", "subject_id": change.pk, "collaboration_id": collaboration_id}
        journal.record(actor=actor, action=READ, at=at, starts_on=change.starts_on.isoformat(), **about)
    return unread


def _record(actor: Actor, made: DepthChange, at: datetime) -> None:
    plain = ("join", "contribute", "follow", "reason", "notice_days", "running")
    journal.record(
        actor=actor,
        action="depth_changed",
        subject_kind="collaboration",
        subject_id=made.collaboration_id,
        collaboration_id=made.collaboration_id,
        at=at,
        starts_on=made.starts_on.isoformat(),
        **{name: getattr(made, name) for name in plain},
    )


def depth_setting(found: Findings, depth: str, join: str, contribute: str, follow: str) -> DepthSetting:
    """The three verbs, from one of the three names or said one by one."""
    if depth in [*Preset]:
        join, contribute, follow = (str(value.value) for value in PRESETS[Preset(depth)])
    for field, value in (("join", join), ("contribute", contribute), ("follow", follow)):
        found.choice(field, value, Duress.values)
    return DepthSetting(join=join, contribute=contribute, follow=follow)


def _must_not_loosen_what_is_above(collaboration: Collaboration, held: HeldDepth, setting: DepthSetting) -> None:
    loosened = any(held.setting.of(verb) == Duress.MUST and binds(setting.of(verb)) < binds(Duress.MUST) for verb in Verb)
    if collaboration.superior is not None and loosened:
        sentence = _("This is mandatory for all. Only %(superior)s, above the participants, can exempt a party from it.")
        raise Refused(sentence % {"superior": collaboration.superior.name})
