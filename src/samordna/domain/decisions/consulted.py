"""Whether a version's consultation is over: everybody has answered or declined, and no objection stands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.errors import Refused
from samordna.domain.decisions.enums import DecisionState
from samordna.domain.decisions.models import ConsultationAnswer, DecisionVersion
from samordna.domain.decisions.problem import participants_of
from samordna.domain.decisions.states import Step, check_decision_may_become

MOST_NAMES = 12
"""How many organisations a sentence names before it counts the rest."""


def check_consulted(version: DecisionVersion, at: datetime) -> None:
    """Raise `Refused` unless the consultation has been held and objections cleared, or the step is skipped."""
    check_decision_may_become(version.state, DecisionState.RECOMMENDED)
    if not is_skipped(version, Step.CONSULTATION):
        if version.state == DecisionState.PREPARED:
            raise Refused(_("The participants have not been consulted. Open the consultation, or skip it and say why."))
        _check_consultation_is_over(version, at)
    standing = standing_objections(version)
    if standing and not is_skipped(version, Step.OBJECTIONS):
        check_answered(standing)
        raise Refused(
            _("The objection of %(organisations)s has been answered but not cleared. Its maker clears it, or answers anew.")
            % {"organisations": _names(standing)}
        )


def check_answered(standing: list[ConsultationAnswer]) -> None:
    """Raise `Refused` while somebody's objection has not even been answered."""
    unanswered = [objection for objection in standing if not objection.replies.all()]
    if unanswered:
        raise Refused(
            _("%(organisations)s objects. Answer the objection, or make an amendment.")
            % {"organisations": _names(unanswered)}
        )


def _names(answers: list[ConsultationAnswer]) -> str:
    return some_of(sorted(answer.organisation.name for answer in answers))


def some_of(names: Sequence[str]) -> str:
    """The first of the names in one sentence, and how many more there are."""
    if len(names) <= MOST_NAMES:
        return ", ".join(names)
    first = ", ".join(names[: MOST_NAMES - 1])
    return _("%(first)s and %(more)s more") % {"first": first, "more": len(names) - MOST_NAMES + 1}


def _check_consultation_is_over(version: DecisionVersion, at: datetime) -> None:
    """Silence is never consent: whoever has not answered is waited for, or recorded as declining by an act of its own."""
    until = version.consultation_until
    waited_for = silent_in(version, at)
    if until is None or not waited_for:
        return
    words = {"until": until.isoformat(), "organisations": some_of(sorted(waited_for.values()))}
    if clock.day(at) > until:
        raise Refused(
            _(
                "The last day to answer was %(until)s, and these have not: %(organisations)s. Silence is not consent: "
                "remind them, or record that they decline, and why."
            )
            % words
        )
    raise Refused(_("The consultation runs until %(until)s and these have not answered: %(organisations)s.") % words)


def silent_in(version: DecisionVersion, at: datetime) -> dict[str, str]:
    """The names, by organisation, of those who have neither answered the consultation nor been recorded as declining."""
    answered = latest_answers(version)
    taking_part = participants_of(version.decision.matter, clock.day(at))
    return {pk: position.organisation.name for pk, position in taking_part.items() if pk not in answered}


def standing_objections(version: DecisionVersion) -> list[ConsultationAnswer]:
    """The objections that nobody has cleared, with their replies."""
    return [answer for answer in latest_answers(version).values() if answer.stands]


def latest_answers(version: DecisionVersion) -> dict[str, ConsultationAnswer]:
    """The answer that counts, by organisation."""
    answers = version.consultation_answers.select_related("organisation").prefetch_related("replies")
    answers = answers.order_by("answered_at", "pk")
    return {answer.organisation_id: answer for answer in answers}


def is_skipped(version: DecisionVersion, step: Step) -> bool:
    """Has this step been left out, with a reason?"""
    return any(skipped["step"] == step for skipped in version.skipped)
