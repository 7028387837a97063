"""Questionnaires made: from those that come with the installation, from a file, or question by question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from samordna.core import clock, journal
from samordna.core.actor import Actor
from samordna.core.errors import Refused
from samordna.core.operation import operation
from samordna.domain.assessments.access import LEAD, questionnaire_for
from samordna.domain.assessments.content import CHOSEN, STEPPED, Content, Option, Question, Section, as_data, from_file
from samordna.domain.assessments.enums import QuestionKind, QuestionnaireKind
from samordna.domain.assessments.limits import MOST_OPTIONS, MOST_QUESTIONS
from samordna.domain.assessments.models import Questionnaire, QuestionnaireVersion
from samordna.domain.assessments.reading import content_of
from samordna.domain.assessments.shipped import SHIPPED
from samordna.domain.collaborations.access import collaboration_for
from samordna.domain.organisations.findings import Findings
from samordna.domain.organisations.models import Holding

MOST_WEEKS = 52


@operation("collaboration.lead")
def take_questionnaire(*, actor: Actor, collaboration_id: str, key: str, at: datetime | None = None) -> Questionnaire:
    """Take one of the questionnaires that come with the installation into a collaboration, as its own copy."""
    collaboration_for(actor, collaboration_id, LEAD, at)
    found = Findings()
    found.choice("key", key, list(SHIPPED))
    found.insist()
    shipped = SHIPPED[key]
    return _made(actor, collaboration_id, shipped.kind, shipped.content.title["sv"], as_data(shipped.content), at)


@operation("collaboration.lead")
def start_questionnaire(*, actor: Actor, collaboration_id: str, title: str, at: datetime | None = None) -> Questionnaire:
    """Begin an empty questionnaire of one's own; questions are added one by one."""
    collaboration_for(actor, collaboration_id, LEAD, at)
    found = Findings()
    name = found.line("title", title, 200)
    found.insist()
    empty = Content(languages=("sv",), title={"sv": name}, lead={}, sections=(), holder="", conditions="")
    return _made(actor, collaboration_id, QuestionnaireKind.OWN, name, as_data(empty), at)


@operation("collaboration.lead")
def import_questionnaire(
    *, actor: Actor, collaboration_id: str, content: bytes, at: datetime | None = None
) -> Questionnaire:
    """Take in a questionnaire from a file. One with a licence keeps its holder and conditions, and cannot be reworded."""
    collaboration_for(actor, collaboration_id, LEAD, at)
    read = from_file(content)
    kind = QuestionnaireKind.LICENSED if read.holder else QuestionnaireKind.OWN
    return _made(actor, collaboration_id, kind, read.title[read.languages[0]], as_data(read), at)


@operation("collaboration.lead")
def add_question(
    *,
    actor: Actor,
    questionnaire_id: str,
    kind: str,
    text: str,
    options: Sequence[str] = (),
    section: str = "",
    required: bool = False,
    needed: bool = False,
    at: datetime | None = None,
) -> QuestionnaireVersion:
    """Add a question last, in its section. A scale's options are its steps, from the least to the most."""
    questionnaire = _locked(questionnaire_for(actor, questionnaire_id, LEAD, at))
    _insist_on_own_words(questionnaire)
    found = Findings()
    found.choice("kind", kind, QuestionKind.values)
    words = found.line("text", text, 1_000)
    heading = found.line("section", section, 200, required=False)
    lines = [found.line("options", line, 300) for line in options if line.strip()]
    if kind in CHOSEN and not 2 <= len(lines) <= MOST_OPTIONS:
        found.say("options", _("Write between 2 and %(most)s alternatives, one on each line.") % {"most": MOST_OPTIONS})
    if kind not in CHOSEN and lines:
        found.say("options", _("A question of this kind has no alternatives."))
    if needed and kind not in STEPPED:
        found.say("needed", _("Only what is answered on a scale can be asked as it is and as it needs to be."))
    before = content_of(questionnaire.versions.latest("number"))
    if sum(1 for _question in before.questions) >= MOST_QUESTIONS:
        found.say("text", _("A questionnaire has at most %(most)s questions.") % {"most": MOST_QUESTIONS})
    found.insist()
    language, first = before.languages[0], 1 if kind in STEPPED else 0
    question = Question(
        key=_free_key(questionnaire),
        kind=QuestionKind(kind),
        text={language: words},
        help={},
        required=required,
        needed=needed,
        options=tuple(Option(key=str(n), text={language: line}) for n, line in enumerate(lines, start=first)),
    )
    return _written(actor, questionnaire, _with(before, question, heading), "question_added", at)


@operation("collaboration.lead")
def remove_question(*, actor: Actor, questionnaire_id: str, key: str, at: datetime | None = None) -> QuestionnaireVersion:
    """Take a question away; waves that have asked it keep it."""
    questionnaire = _locked(questionnaire_for(actor, questionnaire_id, LEAD, at))
    _insist_on_own_words(questionnaire)
    before = content_of(questionnaire.versions.latest("number"))
    if key not in {question.key for question in before.questions}:
        raise Refused(_("The question is not there any more."))
    sections = [replace(s, questions=tuple(q for q in s.questions if q.key != key)) for s in before.sections]
    after = replace(before, sections=tuple(section for section in sections if section.questions))
    return _written(actor, questionnaire, after, "question_removed", at)


@operation("collaboration.lead")
def set_rhythm(
    *,
    actor: Actor,
    questionnaire_id: str,
    weeks: int | None,
    first_on: date | None = None,
    at: datetime | None = None,
) -> Questionnaire:
    """Ask a questionnaire regularly: a wave every so many weeks from a day on; `weeks` None: no more by itself."""
    questionnaire, at = questionnaire_for(actor, questionnaire_id, LEAD, at), at or clock.now()
    found = Findings()
    if weeks is not None and not 1 <= weeks <= MOST_WEEKS:
        found.say("weeks", _("Write a number of weeks between 1 and %(most)s.") % {"most": MOST_WEEKS})
    if weeks is not None and (first_on is None or first_on < clock.day(at)):
        found.say("first_on", _("Write the day of the first wave, today or later."))
    found.insist()
    questionnaire.weeks_between = weeks
    questionnaire.next_on = first_on if weeks is not None else None
    questionnaire.save(update_fields=["weeks_between", "next_on"])
    tell(actor, "rhythm_set", questionnaire, at, weeks=weeks)
    return questionnaire


def _insist_on_own_words(questionnaire: Questionnaire) -> None:
    if questionnaire.kind == QuestionnaireKind.LICENSED:
        raise Refused(
            _("A licensed questionnaire is used as its holder has worded it. Ask the holder for another version.")
        )


def _locked(questionnaire: Questionnaire) -> Questionnaire:
    """One change of what it asks at a time."""
    return Questionnaire.objects.select_for_update().get(pk=questionnaire.pk)


def _free_key(questionnaire: Questionnaire) -> str:
    """A key that no version has had: what was answered to another question is never read as answers to this one."""
    taken = {question.key for version in questionnaire.versions.all() for question in content_of(version).questions}
    number = 1
    while f"q{number}" in taken:
        number += 1
    return f"q{number}"


def _with(content: Content, question: Question, heading: str) -> Content:
    """The content with one more question, in the section with this heading or, without one, in the last."""
    language, sections = content.languages[0], list(content.sections)
    question = replace(question, text=_in_all(content, question.text))
    question = replace(question, options=tuple(replace(o, text=_in_all(content, o.text)) for o in question.options))
    place = next((n for n, s in enumerate(sections) if heading and s.title.get(language) == heading), len(sections) - 1)
    if place < 0 or (heading and sections[place].title.get(language) != heading):
        title = _in_all(content, {language: heading}) if heading else {}
        keys = {section.key for section in sections}
        key = next(key for n in range(1, len(keys) + 2) if (key := f"s{n}") not in keys)
        return replace(content, sections=(*sections, Section(key=key, title=title, questions=(question,))))
    sections[place] = replace(sections[place], questions=(*sections[place].questions, question))
    return replace(content, sections=tuple(sections))


def _in_all(content: Content, words: Any) -> dict[str, str]:
    """In every language of the questionnaire: until somebody has translated it, as it was written."""
    return dict.fromkeys(content.languages, next(iter(words.values())))


def _made(
    actor: Actor, collaboration_id: str, kind: QuestionnaireKind, title: str, content: Any, at: datetime | None
) -> Questionnaire:
    at = at or clock.now()
    by = actor.holding_id
    made = Questionnaire.objects.create(
        collaboration_id=collaboration_id, kind=kind, title=title, made_at=at, made_by_id=by
    )
    QuestionnaireVersion.objects.create(questionnaire=made, number=1, content=content, made_at=at, made_by_id=by)
    tell(actor, "questionnaire_made", made, at, kind=str(kind), title=title)
    return made


def _written(
    actor: Actor, questionnaire: Questionnaire, content: Content, action: str, at: datetime | None
) -> QuestionnaireVersion:
    """Change the latest version, or begin the next one when a wave uses it."""
    at, latest = at or clock.now(), questionnaire.versions.latest("number")
    if latest.waves.exists():
        latest = QuestionnaireVersion(questionnaire=questionnaire, number=latest.number + 1)
    latest.content, latest.made_at = as_data(content), at
    latest.made_by = Holding.objects.filter(pk=actor.holding_id).first()
    latest.save()
    tell(actor, action, questionnaire, at, version=latest.number)
    return latest


def tell(actor: Actor, action: str, questionnaire: Questionnaire, at: datetime | None, **content: Any) -> None:
    """Write about a questionnaire in the journal."""
    journal.record(
        actor=actor,
        action=action,
        subject_kind="questionnaire",
        subject_id=questionnaire.pk,
        collaboration_id=questionnaire.collaboration_id,
        at=at,
        **content,
    )
