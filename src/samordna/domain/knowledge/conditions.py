"""Conditions between people, what is stored, and the types that are reckoned with.

Stored is a list of groups `{together, criteria: [{fact, kind, least, most, one_of, negated, says, ground, ground_from,
ground_to}]}`, everything as text but `one_of` and `negated`. What people type has the same shape; numbers may be written as
one does in Swedish.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from samordna.core.clock import read_day
from samordna.core.errors import Invalid, TooLarge
from samordna.domain.collaborations.criteria import like_a_personal_number, number
from samordna.domain.knowledge.eligibility import NO, YES, Criterion, Eligibility, Group
from samordna.domain.knowledge.enums import FactKind, Together
from samordna.domain.knowledge.limits import LARGEST_NUMBER, MOST_CRITERIA, MOST_GROUPS, MOST_OPTIONS
from samordna.domain.organisations.findings import Findings

PLACE_CODE = re.compile(r"\d{2}(?:\d{2})?")


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownFact:
    """A fact that conditions may ask about. `options`: (value, label) pairs; for a place those that are known here."""

    id: str
    label: str
    kind: FactKind
    unit: str = ""
    options: tuple[tuple[str, str], ...] = ()


def loaded(data: Sequence[Mapping[str, Any]]) -> Eligibility:
    """What is stored, as types; it was checked when it was stored."""
    return tuple(
        Group(together=Together(group["together"]), criteria=tuple(_loaded(one) for one in group["criteria"]))
        for group in data
    )


def _loaded(row: Mapping[str, Any]) -> Criterion:
    return Criterion(
        fact=row["fact"],
        kind=FactKind(row["kind"]),
        least=Decimal(row["least"]) if row.get("least") else None,
        most=Decimal(row["most"]) if row.get("most") else None,
        one_of=tuple(row.get("one_of", ())),
        negated=bool(row.get("negated")),
        says=row.get("says", ""),
        ground=row.get("ground", ""),
        ground_from=_day(row.get("ground_from")),
        ground_to=_day(row.get("ground_to")),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def stored(eligibility: Eligibility) -> list[dict[str, Any]]:
    """The types as they are stored."""
    return [
        {"together": str(group.together), "criteria": [_stored(one) for one in group.criteria]} for group in eligibility
    ]


def _stored(one: Criterion) -> dict[str, Any]:
    return {
        "fact": one.fact,
        "kind": str(one.kind),
        "least": "" if one.least is None else f"{one.least:f}",
        "most": "" if one.most is None else f"{one.most:f}",
        "one_of": list(one.one_of),
        "negated": one.negated,
        "says": one.says,
        "ground": one.ground,
        "ground_from": one.ground_from.isoformat() if one.ground_from else "",
        "ground_to": one.ground_to.isoformat() if one.ground_to else "",
    }


def checked(found: Findings, data: Sequence[Mapping[str, Any]], facts: Mapping[str, KnownFact]) -> Eligibility:
    """What was typed, as types; says of every condition that cannot be used which it is and what to write instead."""
    count = sum(len(group.get("criteria", ())) for group in data)
    if len(data) > MOST_GROUPS or count > MOST_CRITERIA:
        sentence = _("A service has at most %(most)s conditions in %(groups)s groups; these are %(count)s in %(given)s.")
        figures = {"most": MOST_CRITERIA, "groups": MOST_GROUPS, "count": count, "given": len(data)}
        raise TooLarge(sentence % figures)
    groups, place = [], 0
    for group in data:
        rows = list(group.get("criteria", ()))
        criteria = [_checked(found, place + offset + 1, row, facts) for offset, row in enumerate(rows)]
        place += len(rows)
        together = found.choice("eligibility", str(group.get("together", "")), Together.values) or Together.ALL
        usable = tuple(one for one in criteria if one is not None)
        if usable and together in Together.values:
            groups.append(Group(together=Together(together), criteria=usable))
    return tuple(groups)


def _checked(found: Findings, place: int, row: Mapping[str, Any], facts: Mapping[str, KnownFact]) -> Criterion | None:
    said = Findings()
    fact = facts.get(str(row.get("fact", "")))
    if fact is None:
        said.say("fact", _("Choose what the condition asks about."))
    one = _of(said, row, fact) if fact is not None else None
    for sentence in said.fields.values():
        about = {"number": place, "fact": fact.label if fact else "–", "sentence": sentence}
        found.say("eligibility", _("Condition %(number)s (%(fact)s): %(sentence)s") % about)
    return None if said.fields else one


def _of(said: Findings, row: Mapping[str, Any], fact: KnownFact) -> Criterion:
    least: Decimal | None = None
    most: Decimal | None = None
    one_of: tuple[str, ...] = ()
    if fact.kind == FactKind.NUMBER:
        least, most = _bound(said, "least", row), _bound(said, "most", row)
        if least is None and most is None:
            said.say("least", _("Write at least one of the bounds."))
        elif least is not None and most is not None and most < least:
            said.say("most", _("The greatest must not be less than the least."))
    else:
        one_of = _values(said, row, fact)
    return Criterion(
        fact=fact.id,
        kind=fact.kind,
        least=least,
        most=most,
        one_of=one_of,
        negated=bool(row.get("negated")),
        says=said.line("says", str(row.get("says", "")), 300, required=False),
        ground=said.line("ground", str(row.get("ground", "")), 200, required=False),
        ground_from=typed_day(said, "ground_from", row.get("ground_from")),
        ground_to=typed_day(said, "ground_to", row.get("ground_to")),
    )


def _bound(said: Findings, name: str, row: Mapping[str, Any]) -> Decimal | None:
    text = str(row.get(name) or "").strip()
    if not text:
        return None
    value = number(text)
    if value is None:
        said.say(name, _("Write a number in digits, such as 18 or 7,5; “%(text)s” is none.") % {"text": text[:40]})
        return None
    return a_number(said, name, value)


def a_number(said: Findings, name: str, value: Decimal) -> Decimal | None:
    """A number within what is reckoned with here."""
    exponent = value.as_tuple().exponent
    if abs(value) > LARGEST_NUMBER or (isinstance(exponent, int) and exponent < -6):
        said.say(name, _("Write a number of at most nine digits and six decimals."))
        return None
    return value


def _values(said: Findings, row: Mapping[str, Any], fact: KnownFact) -> tuple[str, ...]:
    given = row.get("one_of") or ()
    values = tuple(dict.fromkeys(str(value).strip() for value in ([given] if isinstance(given, str) else given)))
    if not values:
        said.say("one_of", _("Choose at least one of the alternatives."))
    if len(values) > MOST_OPTIONS:
        said.say("one_of", _("At most %(most)s alternatives fit in one condition.") % {"most": MOST_OPTIONS})
    wrong = [value for value in values if not is_a_value(fact, value)]
    if wrong and fact.kind == FactKind.PLACE:
        said.say(
            "one_of",
            _("“%(text)s” is no code of a municipality (four digits) or a county (two).") % {"text": wrong[0][:40]},
        )
    elif wrong:
        said.say("one_of", _("“%(text)s” is none of the alternatives.") % {"text": wrong[0][:40]})
    return values


def is_a_value(fact: KnownFact, value: str) -> bool:
    """May the fact have this value?"""
    if fact.kind == FactKind.PLACE:
        return PLACE_CODE.fullmatch(value) is not None
    if fact.kind == FactKind.YES_NO:
        return value in (YES, NO)
    return value in {known for known, _label in fact.options}


def typed_day(said: Findings, name: str, given: object) -> date | None:
    """A day, given as one or as text; says what is wrong with a text that is none."""
    if isinstance(given, date):
        return given
    text = str(given or "").strip()
    day = read_day(text[:60])
    if text and day is None:
        said.say(name, _("Write the day as 2026-05-01; “%(text)s” is no day.") % {"text": text[:40]})
    return day


def situation_of(given: Mapping[str, str], facts: Mapping[str, KnownFact]) -> dict[str, str | Decimal]:
    """The facts that are stated. Raises `Invalid` by fact for what is no answer, and for what looks like somebody's
    personal number, which is never repeated in the sentence."""
    found, stated = Findings(), {}
    for name, text in given.items():
        value, fact = text.strip(), facts.get(name)
        if like_a_personal_number(value):
            found.say(name, _("This looks like a personal number. A situation says nothing of who it is; take it out."))
        elif value and fact is None:
            found.say(name, _("Nobody here asks about this."))
        elif value and fact is not None:
            answer = _answer(found, fact, value)
            if answer is not None:
                stated[name] = answer
    if found.fields:
        raise Invalid(found.fields)
    return stated


def _answer(found: Findings, fact: KnownFact, value: str) -> str | Decimal | None:
    if fact.kind == FactKind.NUMBER:
        read = number(value)
        if read is None:
            found.say(fact.id, _("Write a number in digits, such as 18 or 7,5."))
        return None if read is None else a_number(found, fact.id, read)
    if not is_a_value(fact, value):
        found.say(fact.id, _("Choose one of the alternatives."))
        return None
    return value
