"""The steps of a programme: what each leads to as far as the reader may go there, and how each stands for somebody."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.overtaking import fingerprint
from samordna.domain.agreements.access import visible_agreements
from samordna.domain.agreements.models import Agreement
from samordna.domain.decisions.access import visible_decisions
from samordna.domain.events.access import visible_events
from samordna.domain.forums.enums import MeetingState
from samordna.domain.introductions.enums import How, StepKind, StepState
from samordna.domain.introductions.lasting import counted_at
from samordna.domain.introductions.models import Done, Programme, Session, Step
from samordna.domain.introductions.queries.rows import LinkRow, SessionRow, StepRow
from samordna.domain.introductions.rules import Marked
from samordna.domain.introductions.wording import about_of, step_words
from samordna.domain.organisations.models import Holding

Marks = Mapping[str, Marked]


def steps_of(actor: Actor, programme: Programme, at: datetime, holder: Holding | None, marks: Marks) -> tuple[StepRow, ...]:
    """The steps that are asked for now, in order. `holder`: for whom they stand as `marks` says, by root."""
    rows = list(
        Step.objects.filter(programme=programme, ended_at__isnull=True)
        .select_related("role__organisation", "organisation")
        .order_by("place", "added_at", "pk")
    )
    titles = _titles(actor, rows, at)
    sessions = _sessions(actor, rows, at)
    said = _said(programme, holder) if holder else {}
    return tuple(
        _row(step, titles, tuple(sessions[step.pk]), marks.get(step.root_id), said.get(step.root_id), actor)
        for step in rows
    )


def _row(
    step: Step,
    titles: Mapping[tuple[str, str], str],
    sessions: Sequence[SessionRow],
    mark: Marked | None,
    said: Done | None,
    actor: Actor,
) -> StepRow:
    on = mark.on if mark else None
    own = said if said is not None and said.on == on else None
    attended = on is not None and own is None
    return StepRow(
        id=step.pk,
        kind=step.kind,
        kind_label=str(StepKind(step.kind).label),
        what=step.what,
        words=step.words,
        minutes=step.minutes,
        by_days=step.by_days,
        about=about_of(step),
        address=step.address,
        links=tuple(_links(step, titles)),
        sessions=tuple(sessions),
        state=mark.state if mark else None,
        due=mark.due if mark and mark.state is not StepState.DONE else None,
        done_on=on,
        valid_to=mark.until if mark else None,
        new_since=mark.new_since if mark else None,
        how=_how(actor, own) if own or attended else "",
        note=own.note if own else "",
        done_id=own.pk if own else "",
        mine=own is not None and _takes_back(actor, own),
        fingerprint=fingerprint(step_words(step)),
    )


def _how(actor: Actor, done: Done | None) -> str:
    """How it is known, as one says it to the reader."""
    if done is not None and done.how == How.OWN and done.holding.person_id == actor.person_id:
        return _("You have marked it yourself")
    return str(How(done.how if done else How.ATTENDED).label)


def _takes_back(actor: Actor, done: Done) -> bool:
    """Is it the reader's to take back? Its own word, and for those who fill in what the organisation has filled in."""
    if done.holding.role.organisation_id != actor.organisation_id:
        return False
    if done.holding.person_id == actor.person_id:
        return done.how != How.VOUCHED or done.told_by_id in (None, actor.holding_id)
    return done.how == How.VOUCHED


def _links(step: Step, titles: Mapping[tuple[str, str], str]) -> list[LinkRow]:
    found = []
    if step.agreement_id and ("agreement", step.agreement_id) in titles:
        title = titles["agreement", step.agreement_id]
        found.append(LinkRow(url_name="agreement", url_args=(step.agreement_id,), title=title))
    if step.decision_id and ("decision", step.decision_id) in titles:
        title = titles["decision", step.decision_id]
        found.append(LinkRow(url_name="decision", url_args=(step.decision_id,), title=title))
    if step.organisation is not None:
        page = "profile" if step.kind == StepKind.READ else "organisation"
        found.append(LinkRow(url_name=page, url_args=(step.organisation.pk,), title=step.organisation.name))
    if step.role is not None:
        title = f"{step.role.name}, {step.role.organisation.name}"
        found.append(LinkRow(url_name="role", url_args=(step.role.pk,), title=title))
    return found


def _titles(actor: Actor, steps: Sequence[Step], at: datetime) -> dict[tuple[str, str], str]:
    """What documents and decisions are called, of those that the reader may see."""
    agreements = [step.agreement_id for step in steps if step.agreement_id]
    decisions = [step.decision_id for step in steps if step.decision_id]
    found: dict[tuple[str, str], str] = {}
    if agreements:
        seen: list[Agreement] = list(visible_agreements(actor, at).filter(pk__in=agreements))
        found |= {("agreement", row.pk): row.name for row in seen}
    if decisions:
        rows = visible_decisions(actor, at).filter(pk__in=decisions).select_related("matter")
        found |= {("decision", row.pk): row.matter.title for row in rows}
    return found


def _sessions(actor: Actor, steps: Sequence[Step], at: datetime) -> dict[str, list[SessionRow]]:
    """The events of each step that the reader may see, those to come first."""
    found: dict[str, list[SessionRow]] = defaultdict(list)
    rows = Session.objects.filter(step__in=steps, ended_at__isnull=True, event__in=visible_events(actor, at))
    for row in rows.select_related("event__meeting__forum").order_by("event__meeting__starts_at", "pk"):
        meeting = row.event.meeting
        if meeting.state == MeetingState.CANCELLED:
            continue
        ahead = meeting.starts_at > at
        told = SessionRow(
            event_id=row.event_id, title=meeting.title or meeting.forum.name, on=clock.day(meeting.starts_at), ahead=ahead
        )
        found[row.step_id].append(told)
    for told_of in found.values():
        told_of.sort(key=lambda one: (not one.ahead, one.on))
    return found


def _said(programme: Programme, holder: Holding) -> dict[str, Done]:
    """What stands as done for the person in this organisation and those it came after, the latest of each step."""
    there = counted_at(holder.role.organisation_id)
    whose = {"holding__person_id": holder.person_id, "holding__role__organisation__in": there}
    rows = Done.objects.filter(step__programme=programme, undone_at__isnull=True, **whose).select_related(
        "step", "holding__role"
    )
    found: dict[str, Done] = {}
    for row in rows.order_by("on", "told_at", "pk"):
        found[row.step.root_id] = row
    return found


def names_of(programme_ids: Sequence[str]) -> dict[str, str]:
    """What each step that is asked for is called, by root."""
    rows = Step.objects.filter(programme__in=programme_ids, ended_at__isnull=True)
    return dict(rows.values_list("root_id", "what"))
