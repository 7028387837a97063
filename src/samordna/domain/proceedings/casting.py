"""What can be said in a question, by its method."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from samordna.domain.forums.ballots import Choice
from samordna.domain.forums.enums import Method
from samordna.domain.organisations.findings import Findings
from samordna.domain.proceedings.limits import LONGEST_REASON
from samordna.domain.proceedings.models import Question

CHOICES: dict[str, tuple[Choice, ...]] = {
    Method.CONSENT: (Choice.YES, Choice.OBJECT, Choice.STAND_ASIDE),
    Method.CONSENSUS: (Choice.YES, Choice.OBJECT, Choice.STAND_ASIDE),
    Method.MAJORITY: (Choice.YES, Choice.NO, Choice.ABSTAIN),
    Method.QUALIFIED: (Choice.YES, Choice.NO, Choice.ABSTAIN),
    Method.RANKED: (Choice.ABSTAIN,),
    Method.APPROVAL: (Choice.ABSTAIN,),
    Method.COORDINATOR: (Choice.YES, Choice.NO, Choice.ABSTAIN),
}


def choices_in(question: Question) -> tuple[Choice, ...]:
    """What can be said without an order: among options that one abstains."""
    return (Choice.ABSTAIN,) if question.options else CHOICES[question.method]


def said_in(
    found: Findings,
    question: Question,
    choice: str,
    ranks: Sequence[Sequence[str]],
    reason: str,
    *,
    decides: bool = False,
) -> tuple[str, list[list[str]], str]:
    """What a voice says, when it can be said in this question. `decides`: the coordinator, who chooses an option."""
    groups = [list(group) for group in ranks]
    among = bool(question.options)
    if among and (groups or decides):
        choice = ""
        _must_rank(found, question, groups)
    else:
        groups = []
        choice = found.choice("choice", choice, [each.value for each in choices_in(question)])
    objects = choice == Choice.OBJECT
    reason = found.text("reason", reason, required=objects, longest=LONGEST_REASON)
    return choice, groups, reason


def ranks_of(method: str, placed: Mapping[int, str]) -> list[list[str]]:
    """Groups of options, the best first, of the place that somebody has given each option's number; what has none comes
    last. Where one approves, every option with a place is approved of."""
    groups: dict[int, list[str]] = defaultdict(list)
    for number, place in placed.items():
        if place.isascii() and place.isdigit():
            groups[1 if method == Method.APPROVAL else int(place)].append(str(number))
    return [groups[place] for place in sorted(groups)]


def _must_rank(found: Findings, question: Question, groups: list[list[str]]) -> None:
    """Options of the question, each once, the best group first; an approval is one group."""
    known = {str(number) for number, _text in enumerate(question.options, start=1)}
    named = [option for group in groups for option in group]
    if set(named) - known or len(set(named)) != len(named):
        found.say("ranks", _("Choose each option at most once."))
    elif question.method == Method.APPROVAL and len(groups) > 1:
        found.say("ranks", _("An approval has no order."))
    elif question.method != Method.APPROVAL and not (groups and all(groups)):
        found.say("ranks", _("Put at least one option first."))
