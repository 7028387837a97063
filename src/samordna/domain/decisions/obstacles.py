"""What stands in the way of establishing a version of a decision, each thing with whose it is.

Four kinds: somebody has not been heard; a condition is broken; an owner has not said whether its condition in prose is
respected; and coordination may not decide for somebody whose own body has not adopted the decision.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.domain.collaborations.models import Participation
from samordna.domain.decisions.checking import Checked, broken_conditions, check
from samordna.domain.decisions.enums import AdoptionAnswer, ComesIntoForce
from samordna.domain.decisions.mandate import Mandates, mandates_of
from samordna.domain.decisions.models import DecisionVersion
from samordna.domain.decisions.phrases import owner_name, quoted
from samordna.domain.decisions.problem import Question, question_of
from samordna.domain.matters.enums import PositionState
from samordna.domain.matters.models import Condition
from samordna.domain.matters.queries.subjects import as_subjects


class ObstacleKind(StrEnum):
    """What kind of thing stands in the way."""

    SILENT = "silent"
    CONDITION = "condition"
    PROSE = "prose"
    AUTHORITY = "authority"


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """One thing in the way. `sentence` says what and whose; `organisation` is whose it is, "" for the coordination's."""

    kind: ObstacleKind
    sentence: str
    organisation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a version stands now: question, check of its proposal, rulings, who has adopted it, what is in the way."""

    question: Question
    checked: Checked
    mandates: Mandates
    adopters: frozenset[str]
    obstacles: tuple[Obstacle, ...]


def standing_of(version: DecisionVersion, at: datetime, readable: Collection[str] | None = None) -> Standing:
    """Everything that establishing depends on, now. `readable`: the conditions whose text may be told; None: all."""
    matter = version.decision.matter
    question = question_of(matter, at)
    checked = check(question, version.proposal)
    mandates = mandates_of(matter, question.positions, at)
    answers = {adoption.organisation_id: adoption.answer for adoption in version.adoptions.all()}
    adopters = frozenset(pk for pk, answer in answers.items() if answer == AdoptionAnswer.ADOPTED)
    rejecting = frozenset(answers) - adopters
    found = [
        *_silent(question, at),
        *_broken(question, checked, readable),
        *_unanswered(question, checked, readable),
        *_without_authority(version, question, mandates, adopters, rejecting),
    ]
    return Standing(
        question=question, checked=checked, mandates=mandates, adopters=adopters, obstacles=tuple(dict.fromkeys(found))
    )


def _silent(question: Question, at: datetime) -> list[Obstacle]:
    """Silence is not consent: those who have not finished answering, and those who were never asked."""
    matter = question.matter
    unheard = {PositionState.SILENT, PositionState.STARTED}
    names = {pk: p.organisation.name for pk, p in question.positions.items() if p.state in unheard}
    part = Participation.objects.on(clock.day(at)).filter(collaboration_id=matter.collaboration_id)
    unasked = part.exclude(organisation_id__in=list(question.positions)).select_related("organisation")
    names |= {participation.organisation_id: participation.organisation.name for participation in unasked}
    sentence = _("%(organisation)s has neither said what it needs nor been recorded as declining to.")
    return [
        Obstacle(kind=ObstacleKind.SILENT, organisation=pk, sentence=sentence % {"organisation": name})
        for pk, name in names.items()
    ]


def _owner(condition: Condition) -> str:
    return condition.position.organisation_id if condition.position else ""


def _broken(question: Question, checked: Checked, readable: Collection[str] | None) -> list[Obstacle]:
    subjects = as_subjects(question.aspects.values())
    found = [
        Obstacle(
            kind=ObstacleKind.CONDITION,
            organisation=_owner(condition),
            sentence=_("It breaks a condition that must be respected: %(condition)s.")
            % {"condition": quoted(condition, subjects, readable)},
        )
        for condition in broken_conditions(question, checked)
    ]
    if checked.violations and not found:
        sentence = _("Its values do not fit the matter as it is now. Make an amendment with values that do.")
        found.append(Obstacle(kind=ObstacleKind.CONDITION, sentence=sentence))
    return found


def _unanswered(question: Question, checked: Checked, readable: Collection[str] | None) -> list[Obstacle]:
    sentence = _("%(owner)s has not said whether its condition is respected: %(condition)s.")
    subjects = as_subjects(question.aspects.values())
    return [
        Obstacle(
            kind=ObstacleKind.PROSE,
            organisation=_owner(condition),
            sentence=sentence % {"owner": owner_name(condition), "condition": quoted(condition, subjects, readable)},
        )
        for condition in (question.conditions[pk] for pk in checked.unanswered)
    ]


def _without_authority(
    version: DecisionVersion,
    question: Question,
    mandates: Mandates,
    adopters: Collection[str],
    rejecting: Collection[str],
) -> list[Obstacle]:
    left = [pk for pk in question.positions if not mandates.binds(pk, adopters)]
    if version.comes_into_force == ComesIntoForce.ADOPTERS:
        if len(left) < len(question.positions):
            return []
        sentence = _("Nobody has adopted it, and no mandate lets coordination decide for anybody.")
        return [Obstacle(kind=ObstacleKind.AUTHORITY, sentence=sentence)]
    not_yet, no = _("%(organisation)s has not adopted it."), _("%(organisation)s has rejected it.")
    return [
        Obstacle(
            kind=ObstacleKind.AUTHORITY,
            organisation=pk,
            sentence=" ".join(
                [
                    (no if pk in rejecting else not_yet) % {"organisation": question.positions[pk].organisation.name},
                    mandates.missing_clause(pk),
                ]
            ).strip(),
        )
        for pk in left
    ]
