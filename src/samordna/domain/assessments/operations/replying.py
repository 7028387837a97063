"""Answering a wave: signed in, by a one-time link, and from paper.

How an answer in an anonymous wave is kept apart from who gave it: the journal's entry names nobody, only that the wave was
answered; `Answering` and the used link have no time and point at no reply; the reply has no time and no person. Rows of a
table lie in the order in which they were written, so a new reply changes place with one that is drawn by lot among all of
the wave: every order is as likely as any other (Fisher and Yates). What was typed in a draft goes when it is sent.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor, Via
from samordna.core.errors import Absent, Invalid, Refused
from samordna.core.operation import operation
from samordna.domain.assessments.access import ANSWER, LEAD, asked_about, link_for, wave_for
from samordna.domain.assessments.answers import Typed, Value, read, variables
from samordna.domain.assessments.asking import has_answered, used_already, why_not_answered, why_not_open
from samordna.domain.assessments.enums import Level
from samordna.domain.assessments.limits import LONGEST_ANSWER
from samordna.domain.assessments.models import Answering, OutsideGroup, Wave, WaveDraft, WaveLink, WaveReply
from samordna.domain.assessments.operations.waves import tell
from samordna.domain.assessments.reading import content_of

KEPT = ("organisation_id", "group_id", "level", "values", "on_paper", "handed")


@operation("assessment.answer")
def reply_to_wave(
    *, actor: Actor, wave_id: str, typed: Mapping[str, Sequence[str]], level: str = "", at: datetime | None = None
) -> Wave:
    """Answer a wave that one is asked in. Anonymous: once, and it stands. Otherwise a later answer replaces."""
    wave, at = _locked(wave_for(actor, wave_id, ANSWER, at)), at or clock.now()
    refused = why_not_answered(actor, wave, at)
    if refused:
        raise Refused(refused)
    given = {"organisation_id": actor.organisation_id, "level": level, "values": _read(wave, typed, level, actor)}
    WaveDraft.objects.filter(wave=wave, holding__person_id=actor.person_id).delete()
    if wave.anonymous:
        Answering.objects.create(wave=wave, holding_id=str(actor.holding_id))
        _put_by_lot(wave, given)
        tell(Actor(via=Via.NOBODY), "wave_answered", wave, at)
        return wave
    if not has_answered(actor, wave):
        Answering.objects.create(wave=wave, holding_id=str(actor.holding_id))
    earlier = WaveReply.objects.filter(wave=wave, holding__person_id=actor.person_id).first()
    holding = earlier.holding_id if earlier else actor.holding_id
    WaveReply.objects.update_or_create(wave=wave, holding_id=holding, defaults=given)
    tell(actor, "wave_answered", wave, at)
    return wave


@operation("assessment.answer")
def keep_draft(
    *, actor: Actor, wave_id: str, typed: Mapping[str, Sequence[str]], level: str = "", at: datetime | None = None
) -> Wave:
    """Keep what one has typed so far, to go on with later; only oneself can read it. It is kept as it was typed."""
    wave, at = wave_for(actor, wave_id, ANSWER, at), at or clock.now()
    refused = why_not_answered(actor, wave, at)
    if refused:
        raise Refused(refused)
    names = {variable.name for variable in variables(content_of(wave.version), _ids(wave, actor.organisation_id))}
    kept = {
        key: [_storable(str(one)[: LONGEST_ANSWER * 2]) for one in list(given)[:40]]
        for key, given in typed.items()
        if key in names
    }
    kept |= {"level": [_storable(level[:12])]}
    earlier = WaveDraft.objects.filter(wave=wave, holding__person_id=actor.person_id).first()
    holding = earlier.holding_id if earlier else actor.holding_id
    WaveDraft.objects.update_or_create(wave=wave, holding_id=holding, defaults={"typed": kept})
    tell(Actor(via=Via.NOBODY), "wave_draft_kept", wave, at)
    return wave


def _storable(text: str) -> str:
    """Without what nobody sees and no database keeps: NUL, and half surrogates."""
    return text.replace("\x00", "").encode("utf-8", "ignore").decode("utf-8")


@operation("assessment.reply")
def reply_by_link(
    *, actor: Actor, token: str, typed: Mapping[str, Sequence[str]], level: str = "", at: datetime | None = None
) -> Wave:
    """Answer by a one-time link. What is answered is not tied to the link, which is only marked as used."""
    link, at = link_for(actor, token, at), at or clock.now()
    wave = _locked(link.group.wave)
    check_link(link, at)
    values = _read(wave, typed, level, None, link.group.organisation_id)
    if not WaveLink.objects.filter(pk=link.pk, used=False).update(used=True):
        raise Refused(used_already())
    _put_by_lot(wave, _of_group(link.group) | {"level": level, "values": values, "handed": link.handed})
    tell(Actor(via=Via.LINK), "wave_answered", wave, at)
    return wave


def check_link(link: WaveLink, at: datetime) -> None:
    """Refuse a link that was used, or whose wave is not open, with the sentence that says which."""
    if link.used:
        raise Refused(used_already())
    refused = why_not_open(link.group.wave, at)
    if refused:
        raise Refused(refused)


@operation("collaboration.lead")
def enter_paper(
    *,
    actor: Actor,
    wave_id: str,
    typed: Mapping[str, Sequence[str]],
    whose: str,
    level: str = "",
    at: datetime | None = None,
) -> Wave:
    """Enter what somebody has answered on paper, marked as such. `whose`: the id of a group or of a participant."""
    wave, at = _locked(wave_for(actor, wave_id, LEAD, at)), at or clock.now()
    refused = why_not_open(wave, at)
    if refused:
        raise Refused(refused)
    group = OutsideGroup.objects.filter(wave=wave, pk=whose).first()
    if group is None and whose not in _ids(wave, ""):
        raise Invalid({"whose": _("Choose whose answer it is.")})
    given, own = (_of_group(group), group.organisation_id) if group else ({"organisation_id": whose}, whose)
    values = _read(wave, typed, level, None, own)
    _put_by_lot(wave, given | {"level": level, "values": values, "on_paper": True})
    tell(actor, "wave_paper_entered", wave, at)
    return wave


def _of_group(group: OutsideGroup) -> dict[str, Any]:
    """Of the group even where it belongs to an organisation: such an answer is not counted as one given signed in."""
    return {"group_id": group.pk}


def _ids(wave: Wave, own: str | None) -> list[str]:
    """The organisations that questions in pairs are about: the others."""
    return [one.pk for one in asked_about(wave) if one.pk != own]


def _read(wave: Wave, typed: Typed, level: str, actor: Actor | None, own: str | None = None) -> dict[str, Value]:
    own = actor.organisation_id if actor else own
    faults = {}
    if (wave.ask_level and level not in Level.values) or (level and level not in Level.values):
        faults["level"] = _("Choose where you work.")
    try:
        values = read(content_of(wave.version), typed, _ids(wave, own))
    except Invalid as invalid:
        raise Invalid(faults | invalid.fields) from invalid
    if faults:
        raise Invalid(faults)
    return values


def _locked(wave: Wave) -> Wave:
    """One answer of a wave at a time, so that nobody answers twice at once and the lot is fair."""
    locked = Wave.objects.select_for_update().filter(pk=wave.pk).first()
    if locked is None:
        raise Absent
    locked.version, locked.collaboration = wave.version, wave.collaboration
    return locked


def _put_by_lot(wave: Wave, given: Mapping[str, Any]) -> None:
    """Keep a reply in a place that is drawn by lot among those of the wave that name nobody."""
    made = WaveReply(wave=wave, **given)
    others = WaveReply.objects.filter(wave=wave, holding__isnull=True).order_by("pk")
    place = secrets.randbelow(others.count() + 1)
    other = others[place : place + 1].first()
    if other is not None:
        for name in KEPT:
            mine, theirs = getattr(made, name), getattr(other, name)
            setattr(made, name, theirs)
            setattr(other, name, mine)
        other.save(update_fields=[name.removesuffix("_id") for name in KEPT])
    made.save(force_insert=True)
    _written_at_once(wave)


def _written_at_once(wave: Wave) -> None:
    """Write all of them once more, unchanged. PostgreSQL keeps in each row which transaction wrote it (xmin), also in the
    journal, which has times: rows that only their own transaction has written could be put together by that. So everything
    that is kept of who has answered, and what, is of the last transaction."""
    WaveReply.objects.filter(wave=wave, holding__isnull=True).update(on_paper=F("on_paper"))
    Answering.objects.filter(wave=wave).update(wave_id=F("wave_id"))
    WaveLink.objects.filter(group__wave=wave).update(used=F("used"))
