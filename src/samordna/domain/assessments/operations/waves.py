"""Waves: a questionnaire asked from one day to another, of whom, and links for those who do not sign in."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from samordna.core import clock, journal
from samordna.core.actor import Actor
from samordna.core.errors import Refused
from samordna.core.operation import operation
from samordna.core.outbox import Letter, address, put
from samordna.domain.assessments.access import LEAD, group_for, questionnaire_for, wave_for
from samordna.domain.assessments.asking import standing, why_not_open
from samordna.domain.assessments.enums import Standing
from samordna.domain.assessments.limits import (
    LEAST_TOGETHER,
    LONGEST_WAVE,
    MOST_GROUPS,
    MOST_LINKS,
    MOST_TOGETHER,
)
from samordna.domain.assessments.models import OutsideGroup, Wave, WaveLink, WaveRecipient
from samordna.domain.organisations.access import token_digest
from samordna.domain.organisations.enums import RoleKind
from samordna.domain.organisations.findings import Findings
from samordna.domain.organisations.models import Holding, Person


@operation("collaboration.lead")
def plan_wave(
    *,
    actor: Actor,
    questionnaire_id: str,
    opens_on: date,
    closes_on: date,
    title: str = "",
    why: str = "",
    anonymous: bool = True,
    together: int = LEAST_TOGETHER,
    role_kinds: Sequence[str] = (),
    ask_level: bool = False,
    at: datetime | None = None,
) -> Wave:
    """Ask a questionnaire's latest version from one day up to and including another; it opens and closes by itself."""
    questionnaire, at = questionnaire_for(actor, questionnaire_id, LEAD, at), at or clock.now()
    version, found = questionnaire.versions.latest("number"), Findings()
    if not version.content["sections"]:
        raise Refused(_("The questionnaire has no questions yet."))
    _check_days(found, opens_on, closes_on, clock.day(at))
    if anonymous and not LEAST_TOGETHER <= together <= MOST_TOGETHER:
        told = {"least": LEAST_TOGETHER, "most": MOST_TOGETHER}
        found.say(
            "together", _("Write a number between %(least)s and %(most)s: fewer would tell who answered what.") % told
        )
    if set(role_kinds) - set(RoleKind.values):
        found.say("role_kinds", _("Choose among the alternatives."))
    wave = Wave(
        version=version,
        collaboration=questionnaire.collaboration,
        title=found.line("title", title or questionnaire.title, 200),
        why=found.text("why", why, required=False, longest=2_000),
        opens_on=opens_on,
        closes_on=closes_on,
        anonymous=anonymous,
        together=together if anonymous else 1,
        role_kinds=sorted(set(role_kinds)),
        ask_level=ask_level,
        planned_at=at,
        planned_by_id=actor.holding_id,
    )
    found.insist()
    wave.opening_told_at = at if opens_on == clock.day(at) else None
    wave.save(force_insert=True)
    tell(actor, "wave_planned", wave, at, opens_on=opens_on, closes_on=closes_on, anonymous=anonymous)
    if wave.opening_told_at:
        tell(actor, "wave_opened", wave, at)
    return wave


def _check_days(found: Findings, opens_on: date, closes_on: date, today: date) -> None:
    if opens_on < today:
        found.say("opens_on", _("Write today or a later day."))
    if closes_on < opens_on:
        found.say("closes_on", _("The last day to answer comes before the first."))
    elif closes_on - opens_on > timedelta(days=LONGEST_WAVE):
        found.say("closes_on", _("A wave is open for at most %(most)s days.") % {"most": LONGEST_WAVE})


@operation("collaboration.lead")
def close_wave(*, actor: Actor, wave_id: str, at: datetime | None = None) -> Wave:
    """Close a wave before its last day. It cannot be opened again: what is shown must not change with each answer."""
    wave, at = wave_for(actor, wave_id, LEAD, at), at or clock.now()
    if standing(wave, clock.day(at)) == Standing.CLOSED:
        raise Refused(_("The wave is closed already."))
    wave.closed_at = wave.closing_told_at = at
    wave.save(update_fields=["closed_at", "closing_told_at"])
    tell(actor, "wave_closed", wave, at)
    return wave


@operation("collaboration.lead")
def remind_of_wave(*, actor: Actor, wave_id: str, at: datetime | None = None) -> Wave:
    """Remind all who are asked, those who have answered too, so that nobody can tell by it who has; at most once a day."""
    wave, at = wave_for(actor, wave_id, LEAD, at), at or clock.now()
    refused = why_not_open(wave, at)
    if refused:
        raise Refused(refused)
    if wave.reminded_on == clock.day(at):
        raise Refused(_("A reminder has gone out today. The next one can go out tomorrow."))
    wave.reminded_on = clock.day(at)
    wave.save(update_fields=["reminded_on"])
    tell(actor, "wave_reminded", wave, at)
    return wave


@operation("collaboration.lead")
def add_group(
    *, actor: Actor, wave_id: str, name: str, organisation_id: str = "", at: datetime | None = None
) -> OutsideGroup:
    """Name a group that answers without signing in, by links or on paper; of one of the participants, or of none."""
    wave = wave_for(actor, wave_id, LEAD, at)
    if standing(wave, clock.day(at or clock.now())) == Standing.CLOSED:
        raise Refused(_("The wave is closed."))
    found = Findings()
    line = found.line("name", name, 120)
    if wave.groups.filter(name=line).exists():
        found.say("name", _("There is a group with this name already."))
    if wave.groups.count() >= MOST_GROUPS:
        found.say("name", _("A wave has at most %(most)s groups.") % {"most": MOST_GROUPS})
    if organisation_id and not wave.collaboration.participations.filter(organisation_id=organisation_id).exists():
        found.say("organisation_id", _("Choose one of those who take part."))
    found.insist()
    group = OutsideGroup.objects.create(wave=wave, name=line, organisation_id=organisation_id or None)
    tell(actor, "wave_group_added", wave, at, group=group.pk)
    return group


@operation("collaboration.lead")
def make_links(
    *,
    actor: Actor,
    group_id: str,
    number: int = 0,
    recipients: Sequence[str] = (),
    origin: str = "",
    at: datetime | None = None,
) -> list[str]:
    """Make one-time links for a group and return their secrets; they cannot be shown again. Those for `recipients` (e-mail
    addresses) go out as letters and are not returned; nothing says afterwards which link was whose.

    What is answered by a link that is returned, sent to somebody who leads or sent a second time to the same address
    protects nobody (`groups`): whoever leads could answer by it.
    """
    group, at = group_for(actor, group_id, LEAD, at), at or clock.now()
    wave = group.wave
    if standing(wave, clock.day(at)) == Standing.CLOSED:
        raise Refused(_("The wave is closed."))
    found, emails = Findings(), [one.strip() for one in recipients if one.strip()]
    _check_recipients(found, emails)
    if not 1 <= number + len(emails) <= MOST_LINKS or number < 0:
        found.say("number", _("Make between 1 and %(most)s links at a time.") % {"most": MOST_LINKS})
    found.insist()
    tokens = [secrets.token_urlsafe(32) for _n in range(number + len(emails))]
    sure = [False] * number + _sure(actor, wave, emails, clock.day(at))
    pairs = list(zip(tokens, sure, strict=True))
    secrets.SystemRandom().shuffle(pairs)  # the order in which they are kept says nothing of the recipients
    WaveLink.objects.bulk_create(
        WaveLink(group=group, digest=token_digest(token), handed=not one_s_own) for token, one_s_own in pairs
    )
    put([_letter(wave, email, token, origin) for email, token in zip(emails, tokens[number:], strict=True)], at)
    tell(actor, "wave_links_made", wave, at, group=group.pk, links=len(tokens))
    return tokens[:number]


def _sure(actor: Actor, wave: Wave, emails: Sequence[str], on: date) -> list[bool]:
    """For each address: is it its first link, and nobody's who leads? Addresses that differ after a plus sign are one."""
    role_id = wave.collaboration.coordinator_role_id
    leading = Person.objects.filter(pk=actor.person_id) | Person.objects.filter(
        pk__in=Holding.objects.on(on).filter(role_id=role_id).values("person_id")
    )
    seen = {_one_address(wave, email) for email in leading.values_list("email", flat=True) if email}
    there = set(wave.recipients.values_list("digest", flat=True))
    sure = []
    for digest in (_one_address(wave, email) for email in emails):
        sure.append(digest not in seen | there)
        there.add(digest)
    known = set(wave.recipients.values_list("digest", flat=True))
    WaveRecipient.objects.bulk_create(WaveRecipient(wave=wave, digest=digest) for digest in sorted(there - known))
    return sure


def _one_address(wave: Wave, email: str) -> str:
    name, _at, domain = email.strip().casefold().rpartition("@")
    return salted_hmac(f"recipient of {wave.pk}", f"{name.partition('+')[0]}@{domain}", algorithm="sha256").hexdigest()


def _check_recipients(found: Findings, emails: Sequence[str]) -> None:
    for number, email in enumerate(emails, start=1):
        try:
            validate_email(email)
        except ValidationError:
            told = {"line": number, "address": email[:80]}
            found.say("recipients", _("Line %(line)s: “%(address)s” is not an e-mail address.") % told)


def _letter(wave: Wave, recipient: str, token: str, origin: str) -> Letter:
    lines = [
        _("You are asked to answer “%(title)s”.") % {"title": wave.title},
        wave.why,
        _("Answer by %(day)s. This link needs no account and takes one answer:") % {"day": wave.closes_on.isoformat()},
        address("answer_wave_by_link", token, origin=origin),
    ]
    if wave.anonymous:
        lines.append(_("It is anonymous: whether the link was used is known, but not what was answered by it."))
    body = "\n\n".join(filter(None, lines)) + "\n"
    return Letter(recipient=recipient, subject=_("Samordna: you are asked to answer a few questions"), body=body)


def tell(actor: Actor, action: str, wave: Wave, at: datetime | None, **content: Any) -> None:
    """Write about a wave in the journal."""
    journal.record(
        actor=actor,
        action=action,
        subject_kind="wave",
        subject_id=wave.pk,
        collaboration_id=wave.collaboration_id,
        at=at,
        **content,
    )
