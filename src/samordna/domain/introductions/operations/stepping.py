"""Steps added, worded anew, moved and ended; and the events at which they are done."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Refused, TooLarge
from samordna.core.fields import new_id
from samordna.core.operation import operation
from samordna.core.overtaking import check_not_overtaken
from samordna.domain.agreements.access import visible_agreements
from samordna.domain.decisions.access import visible_decisions
from samordna.domain.events.access import visible_events
from samordna.domain.introductions.access import KEEP, step_for
from samordna.domain.introductions.choosing import events_within
from samordna.domain.introductions.enums import StepKind
from samordna.domain.introductions.limits import LONGEST, MOST_DAYS, MOST_MINUTES, MOST_SESSIONS, MOST_STEPS
from samordna.domain.introductions.models import Session, Step
from samordna.domain.introductions.operations.holding import held_programme_for, tell
from samordna.domain.introductions.wording import about_of, session_words, step_words
from samordna.domain.organisations.findings import Findings
from samordna.domain.organisations.models import Organisation, Role


@operation("introduction.keep")
def add_step(
    *,
    actor: Actor,
    programme_id: str,
    kind: str,
    what: str,
    words: str = "",
    minutes: int | None = None,
    by_days: int | None = None,
    about: str = "",
    address: str = "",
    at: datetime | None = None,
) -> Step:
    """Add a step last. `about`: what it leads to, as "agreement:", "decision:", "organisation:" or "role:" with an id.

    In a published programme it is asked for from today, of those who are done with all else, too.
    """
    programme = held_programme_for(actor, programme_id, at)
    at = at or clock.now()
    there = programme.steps.filter(ended_at__isnull=True)
    if there.count() >= MOST_STEPS:
        raise TooLarge(_("A programme has at most %(most)s steps. End one first.") % {"most": MOST_STEPS})
    pk = new_id()
    step = Step(pk=pk, root_id=pk, programme=programme, added_at=at, asked_from=clock.day(at))
    step.place = max(there.values_list("place", flat=True), default=0) + 1
    _word(actor, step, kind, what, words, minutes, by_days, about, address, at)
    step.save(force_insert=True)
    tell(actor, "introduction_step_added", programme, at, step=step.pk, what=step.what)
    return step


@operation("introduction.keep")
def word_step_anew(
    *,
    actor: Actor,
    step_id: str,
    kind: str,
    what: str,
    words: str = "",
    minutes: int | None = None,
    by_days: int | None = None,
    about: str = "",
    address: str = "",
    again: bool = False,
    seen: str = "",
    at: datetime | None = None,
) -> Step:
    """Say a step in other words. Who did it has done it as it was worded then; `again`: and is to do it anew.

    `seen` is the fingerprint of what one began from; raises `Overtaken` with what is stored now when it is another, and
    `Refused` for a step that has ended or been worded anew since.
    """
    step = _held_step_for(actor, step_id, at)
    at = at or clock.now()
    given = {"kind": kind, "what": what, "words": words, "minutes": minutes, "by_days": by_days}
    check_not_overtaken(seen, step_words(step), given | {"address": address, "about": about})
    new = Step(pk=new_id(), programme=step.programme, place=step.place, added_at=at, asked_from=step.asked_from)
    new.root_id = step.root_id
    if again:
        new.root_id, new.asked_from = new.pk, clock.day(at)
    _word(actor, new, kind, what, words, minutes, by_days, about, address, at, before=step)
    step.ended_at = at
    step.save(update_fields=["ended_at"])
    new.save(force_insert=True)
    sessions = Session.objects.filter(step=step, ended_at__isnull=True)
    if not again:
        sessions.update(step=new)
    tell(actor, "introduction_step_changed", step.programme, at, step=new.pk, what=new.what, again=again)
    return new


@operation("introduction.keep")
def end_step(*, actor: Actor, step_id: str, at: datetime | None = None) -> Step:
    """Take a step out of the programme. What has been done of it stays. Raises `Refused` for the last step of a published
    programme."""
    step = _held_step_for(actor, step_id, at)
    at = at or clock.now()
    others = step.programme.steps.filter(ended_at__isnull=True).exclude(pk=step.pk)
    if step.programme.published_on is not None and not others.exists():
        raise Refused(_("This is the only step. End the programme instead, or add another step first."))
    step.ended_at = at
    step.save(update_fields=["ended_at"])
    tell(actor, "introduction_step_ended", step.programme, at, step=step.pk, what=step.what)
    return step


@operation("introduction.keep")
def move_step(*, actor: Actor, step_id: str, earlier: bool, at: datetime | None = None) -> Step:
    """Move a step one place, to be earlier or later. The first one is not moved earlier, nor the last one later."""
    step = _held_step_for(actor, step_id, at)
    at = at or clock.now()
    rows = list(step.programme.steps.filter(ended_at__isnull=True).order_by("place", "added_at", "pk"))
    here = next(number for number, row in enumerate(rows) if row.pk == step.pk)
    to = here - 1 if earlier else here + 1
    if not 0 <= to < len(rows):
        raise Refused(_("The step is first already.") if earlier else _("The step is last already."))
    rows.insert(to, rows.pop(here))
    for place, row in enumerate(rows, 1):
        Step.objects.filter(pk=row.pk).update(place=place)
    tell(actor, "introduction_step_moved", step.programme, at, step=step.pk, what=step.what)
    return step


@operation("introduction.keep")
def choose_sessions(
    *,
    actor: Actor,
    step_id: str,
    events: Sequence[str],
    mistaken: bool = False,
    seen: str = "",
    at: datetime | None = None,
) -> Step:
    """Say at which events the step is done: whoever was there has done it. Events that were chosen, that the actor can see
    and that are not named here are let go of; those that it cannot see stay. Whoever was at one of them while it was chosen
    has done the step all the same, unless the events that are let go of were chosen by mistake (`mistaken`).

    `seen` is the fingerprint of what one began from; raises `Overtaken` with what is stored now when it is another.
    """
    step = _held_step_for(actor, step_id, at)
    at = at or clock.now()
    wanted = {one for one in events if one}
    now = {row.event_id: row for row in step.sessions.filter(ended_at__isnull=True)}
    there = visible_events(actor, at).filter(pk__in=now).select_related("meeting__forum")
    titles = {row.pk: row.meeting.title or row.meeting.forum.name for row in there}
    unseen = set(now) - set(titles)
    told = {"events": ", ".join(sorted(titles.values()))}
    check_not_overtaken(seen, session_words(now), session_words(wanted | unseen), told)
    found = Findings()
    if wanted - set(now) - set(events_within(actor, step, at).filter(pk__in=wanted).values_list("pk", flat=True)):
        found.say("events", _("Choose among the events of those whom the programme is for."))
    if len(wanted | unseen) > MOST_SESSIONS:
        found.say("events", _("Choose at most %(most)s events.") % {"most": MOST_SESSIONS})
    found.insist()
    gone = sorted(set(now) - wanted - unseen)
    if mistaken and not gone:
        raise Refused(_("No event is taken away, so none was chosen by mistake."))
    step.sessions.filter(ended_at__isnull=True, event__in=gone).update(ended_at=at)
    Session.objects.bulk_create(Session(step=step, event_id=pk, chosen_at=at) for pk in sorted(wanted - set(now)))
    tell(actor, "introduction_sessions_chosen", step.programme, at, step=step.pk, what=step.what, events=sorted(wanted))
    if mistaken:
        before = Session.objects.filter(step__root_id=step.root_id, ended_at__isnull=False)
        before.filter(event__in=gone).update(mistaken=True)
        tell(actor, "introduction_sessions_mistaken", step.programme, at, step=step.pk, what=step.what, events=gone)
    return step


def _held_step_for(actor: Actor, step_id: str, at: datetime | None) -> Step:
    """The step, with its programme held. Raises `Refused` for one that has ended or been worded anew."""
    step = step_for(actor, step_id, KEEP, at)
    programme = held_programme_for(actor, step.programme_id, at)
    step = Step.objects.get(pk=step_id)
    step.programme = programme
    if step.ended_at is not None:
        raise Refused(_("The step has been worded anew or taken out since you opened it. Look at the programme again."))
    return step


def _word(
    actor: Actor,
    step: Step,
    kind: str,
    what: str,
    words: str,
    minutes: int | None,
    by_days: int | None,
    about: str,
    address: str,
    at: datetime,
    *,
    before: Step | None = None,
) -> None:
    found = Findings()
    step.kind = found.choice("kind", kind, StepKind.values)
    step.what = found.line("what", what, 200)
    step.words = found.text("words", words, required=False, longest=LONGEST)
    step.address = found.line("address", address, 300, required=False)
    if step.address and not step.address.startswith("https://"):
        found.say("address", _("A link begins with https://."))
    elif step.address and not _leads_somewhere(step.address):
        found.say("address", _("Write the whole link, as it stands in the browser."))
    if minutes is not None and not 1 <= minutes <= MOST_MINUTES:
        found.say("minutes", _("Write a number of minutes between 1 and %(most)s.") % {"most": MOST_MINUTES})
    if by_days is not None:
        found.days("by_days", by_days, MOST_DAYS)
    step.minutes, step.by_days = minutes, by_days
    _lead_to(actor, found, step, about, at, before)
    found.insist()


def _leads_somewhere(address: str) -> bool:
    """Has the link a host, and nothing that no link has? A host without a dot is an intranet's."""
    try:
        parts = urlsplit(address)
        _port = parts.port
    except ValueError:
        return False
    return re.fullmatch(r"[\w.-]*\w", parts.hostname or "") is not None and not re.search(r"[\s\"<>\\\\]", address)


def _lead_to(actor: Actor, found: Findings, step: Step, about: str, at: datetime, before: Step | None) -> None:
    """What the step leads to: something that the actor may see, and that is there for those who are introduced."""
    if not about:
        return
    kind, _colon, pk = about.partition(":")
    within, kept = step.programme.collaboration_id, before is not None and about == about_of(before)
    day = clock.day(at)
    match kind:
        case "agreement":
            seen = visible_agreements(actor, at).filter(pk=pk)
            there = (seen.filter(collaboration=within) if within else seen).exists()
            step.agreement_id = pk
        case "decision":
            rows = visible_decisions(actor, at).filter(pk=pk)
            there = (rows.filter(matter__collaboration=within) if within else rows).exists()
            step.decision_id = pk
        case "organisation":
            there = Organisation.objects.filter(pk=pk, valid_from__lte=day).exclude(valid_to__lte=day).exists()
            step.organisation_id = pk
        case "role":
            there = Role.objects.filter(pk=pk, valid_from__lte=day).exclude(valid_to__lte=day).exists()
            step.role_id = pk
        case _:
            there = False
    if not there and not kept:
        found.say("about", _("Choose something that those who are introduced can find here."))
