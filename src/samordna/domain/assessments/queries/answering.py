"""A wave as the one who answers it sees it: its questions, and what one has typed before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from samordna.core.actor import Actor
from samordna.core.refusals import refusal_of
from samordna.domain.assessments.access import ANSWER, LEAD, READ, asked_about, link_of, wave_for
from samordna.domain.assessments.answers import variables
from samordna.domain.assessments.asking import used_already, why_not_answered, why_not_open
from samordna.domain.assessments.content import Content, said
from samordna.domain.assessments.models import Wave, WaveDraft, WaveReply
from samordna.domain.assessments.reading import content_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One thing to answer, as a form field. `first`: the first of what belongs together; `about`: whom it is about."""

    name: str
    label: str
    help: str
    kind: str
    options: tuple[tuple[str, str], ...]
    section: str
    required: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerPage:
    """A wave to answer. `refused`: why it cannot be answered now, or ""; `typed`: what was typed before, by field."""

    wave_id: str
    title: str
    lead: str
    why: str
    collaboration_id: str
    collaboration: str
    closes_on: date
    anonymous: bool
    together: int
    ask_level: bool
    asked: tuple[Asked, ...]
    typed: Mapping[str, list[str]]
    holder: str
    conditions: str
    refused: str
    languages: tuple[str, ...]


def answer_page(actor: Actor, wave_id: str, at: datetime, language: str = "") -> AnswerPage:
    """A wave, for somebody signed in."""
    wave = wave_for(actor, wave_id, READ, at)
    refused = refusal_of(wave_for, actor, wave_id, ANSWER, at) or why_not_answered(actor, wave, at)
    return _page(wave, actor.organisation_id, refused, _typed(actor, wave), language)


def link_page(token: str, at: datetime, language: str = "") -> AnswerPage:
    """A wave, for whoever has a link."""
    link = link_of(token)
    wave = link.group.wave
    refused = used_already() if link.used else why_not_open(wave, at)
    return _page(wave, link.group.organisation_id, refused, {}, language)


def paper_page(actor: Actor, wave_id: str, at: datetime) -> tuple[AnswerPage, list[tuple[str, str]]]:
    """A wave to enter on paper, and whose answers they can be."""
    wave = wave_for(actor, wave_id, LEAD, at)
    whose = [(group.pk, group.name) for group in wave.groups.all()]
    whose += [(one.pk, one.name) for one in asked_about(wave)]
    return _page(wave, None, why_not_open(wave, at), {}, ""), whose


def _typed(actor: Actor, wave: Wave) -> dict[str, list[str]]:
    draft = WaveDraft.objects.filter(wave=wave, holding__person_id=actor.person_id).first()
    if draft is not None:
        return dict(draft.typed)
    reply = WaveReply.objects.filter(wave=wave, holding__person_id=actor.person_id).first()
    if reply is None or wave.anonymous:
        return {}
    given = {name: value if isinstance(value, list) else [value] for name, value in reply.values.items()}
    return {name: [str(one) for one in values] for name, values in given.items()} | {"level": [reply.level]}


def _page(wave: Wave, own: str | None, refused: str, typed: Mapping[str, list[str]], language: str) -> AnswerPage:
    content = content_of(wave.version)
    return AnswerPage(
        wave_id=wave.pk,
        title=wave.title,
        lead=said(content.lead, language),
        why=wave.why,
        collaboration_id=wave.collaboration_id,
        collaboration=wave.collaboration.name,
        closes_on=wave.closes_on,
        anonymous=wave.anonymous,
        together=wave.together,
        ask_level=wave.ask_level,
        asked=tuple(_asked(wave, content, own, language)),
        typed=typed,
        holder=content.holder,
        conditions=content.conditions,
        refused=refused,
        languages=content.languages,
    )


def _asked(wave: Wave, content: Content, own: str | None, language: str) -> Iterator[Asked]:
    names = {one.pk: one.name for one in asked_about(wave) if one.pk != own}
    headings = {question.key: said(s.title, language) for s in content.sections for question in s.questions}
    for variable in variables(content, list(names)):
        question = variable.question
        text = names.get(variable.about) or said(question.text, language)
        if variable.needed:
            text = _("%(question)s – as it needs to be") % {"question": text.rstrip(".")}
        elif question.needed:
            text = _("%(question)s – as it is now") % {"question": text.rstrip(".")}
        yield Asked(
            name=variable.name,
            label=text,
            help="" if variable.needed or variable.about else said(question.help, language),
            kind=str(question.kind),
            options=tuple((option.key, said(option.text, language)) for option in question.options),
            section=headings[question.key] or (said(question.text, language) if variable.about else ""),
            required=question.required,
        )
