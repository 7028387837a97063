"""What somebody has typed in a questionnaire, read against its content.

Everything is a *variable* with a name, as a form field has: `key` for the answer, `key.needed` for what is needed, and
`key.ORGANISATION` and `key.ORGANISATION.needed` where each of the other organisations is asked about.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from samordna.domain.assessments.content import Content, Question
from samordna.domain.assessments.enums import QuestionKind
from samordna.domain.assessments.limits import LONGEST_ANSWER
from samordna.domain.organisations.findings import Findings

Value = int | str | list[str]
Typed = Mapping[str, Sequence[str]]
NEEDED = "needed"
LARGEST = Decimal(10**12)


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable:
    """One thing that is answered. `about`: the organisation that it is about, or ""."""

    name: str
    question: Question
    about: str = ""
    needed: bool = False


def variables(content: Content, organisations: Sequence[str] = ()) -> Iterator[Variable]:
    """All that is answered, in order; `organisations`: those that questions in pairs are about."""
    for question in content.questions:
        for about in organisations if question.kind == QuestionKind.PAIRS else ("",):
            name = f"{question.key}.{about}" if about else question.key
            yield Variable(name=name, question=question, about=about)
            if question.needed:
                yield Variable(name=f"{name}.{NEEDED}", question=question, about=about, needed=True)


def read(content: Content, typed: Typed, organisations: Sequence[str] = ()) -> dict[str, Value]:
    """The answers that were given. Raises `Invalid` with a sentence for each field that cannot be used."""
    found, answers = Findings(), {}
    for variable in variables(content, organisations):
        given = [one.strip() for one in typed.get(variable.name, ()) if one.strip()]
        if not given:
            if variable.question.required and variable.question.kind != QuestionKind.PAIRS:
                found.say(variable.name, _("Answer this question."))
            continue
        value = _value(found, variable, given)
        if value is not None:
            answers[variable.name] = value
    if not answers and not found.fields:
        found.say("", _("Answer at least one question."))
    found.insist()
    return answers


def _value(found: Findings, variable: Variable, given: list[str]) -> Value | None:
    question, name = variable.question, variable.name
    keys = [option.key for option in question.options]
    match question.kind:
        case QuestionKind.SCALE | QuestionKind.PAIRS | QuestionKind.SINGLE:
            if len(given) > 1 or given[0] not in keys:
                found.say(name, _("Choose one of the alternatives."))
                return None
            return given[0] if question.kind == QuestionKind.SINGLE else int(given[0])
        case QuestionKind.MULTIPLE:
            if set(given) - set(keys):
                found.say(name, _("Choose among the alternatives."))
            return [key for key in keys if key in given]
        case QuestionKind.NUMBER:
            return _number(found, name, given[0])
        case QuestionKind.TEXT:
            return found.text(name, given[0], longest=LONGEST_ANSWER)


def _number(found: Findings, name: str, given: str) -> str | None:
    """A number as it is written in Swedish or English: 1 234,5 and 1234.5."""
    plain = "".join(given.split()).replace("−", "-").replace(",", ".")
    try:
        number = Decimal(plain)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or abs(number) > LARGEST:
        told = _("“%(given)s” is not a number. Write it as 1 234,5.") % {"given": given[:40]}
        found.say(name, told)
        return None
    return format(number.quantize(Decimal("0.0001")).normalize(), "f")
