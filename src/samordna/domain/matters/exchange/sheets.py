"""The sheets of a file and their columns, in both languages, and drafts written as rows of them.

A statement about several aspects takes several rows with the same number; what is about the whole statement stands in the
first of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy as _p

from samordna.core.tables import Cell
from samordna.domain.matters.enums import Confidence
from samordna.domain.matters.exchange.drafts import Draft, Said
from samordna.domain.matters.exchange.outlines import Outline
from samordna.domain.matters.rules import Comparison, Subject

ANSWERS, COSTS, CONDITIONS, NEEDS = "answers", "costs", "conditions", "needs"

TITLES: Mapping[str, Promise] = {
    ANSWERS: _p("sheet", "Answers"),
    COSTS: _p("sheet", "Costs"),
    CONDITIONS: _p("sheet", "Conditions"),
    NEEDS: _p("sheet", "Needs"),
}
HEADINGS: Mapping[str, Promise] = {
    "participant": _p("column", "Participant"),
    "low": _p("column of a file", "Lowest"),
    "likely": _p("column of a file", "Likely"),
    "high": _p("column of a file", "Highest"),
    "benefit_note": _p("column of a file", "What the benefit consists of"),
    "note": _p("column of a file", "Note"),
    "aspect": _p("column of a file", "Aspect"),
    "option": _p("column of a file", "Option"),
    "number": _p("column of a file", "Number"),
    "part": _p("column of a file", "If or then"),
    "comparison": _p("column of a file", "Comparison"),
    "options": _p("column of a file", "Options"),
    "prose": _p("column of a file", "In own words"),
    "reason": _p("column of a file", "Reason"),
    "legal_ground": _p("column of a file", "Legal ground"),
    "relax_price": _p("column of a file", "Price of relaxing"),
    "confidence": _p("column of a file", "Who may read it"),
    "valid_to": _p("column of a file", "Holds until"),
    "weight": _p("column of a file", "Worth"),
}
STATED = ("participant", "number", "part", "aspect", "comparison", "options")
COLUMNS: Mapping[str, tuple[str, ...]] = {
    ANSWERS: ("participant", "low", "likely", "high", "benefit_note", "note"),
    COSTS: ("participant", "aspect", "option", "low", "likely", "high"),
    CONDITIONS: (*STATED, "prose", "reason", "legal_ground", "relax_price", "confidence", "valid_to"),
    NEEDS: (*STATED, "reason", "weight"),
}
TODAY = _p("column of a file, before the name of an aspect", "Today:")
PARTS: Mapping[str, Promise] = {"if": _p("part of a rule", "if"), "then": _p("part of a rule", "then")}
COMPARISONS: Mapping[str, Promise] = {
    Comparison.ONE_OF: _p("comparison", "is"),
    Comparison.NONE_OF: _p("comparison", "is not"),
    Comparison.AT_LEAST: _p("comparison", "is at least"),
    Comparison.AT_MOST: _p("comparison", "is at most"),
}
CONFIDENCES: Mapping[str, Promise | str] = dict(Confidence.choices)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a file is about: the matter's aspects, and its participants' names by organisation id.

    `outline`: what the matter asks, for the one who leads it.
    """

    matter_id: str
    title: str
    unit: str
    subjects: Mapping[str, Subject]
    participants: Mapping[str, str]
    outline: Outline | None = None


def columns_of(sheet: str, asked: Asked) -> list[tuple[str, str]]:
    """Key and heading of each column; an aspect's column has the aspect's id for key."""
    fixed = [(name, str(HEADINGS[name])) for name in COLUMNS[sheet]]
    if sheet != ANSWERS:
        return fixed
    return fixed + [(subject.id, f"{TODAY} {subject.label}") for subject in asked.subjects.values()]


def rows_of(sheet: str, drafts: Iterable[Draft], asked: Asked) -> Iterator[dict[str, Cell]]:
    """The rows of one sheet, by the keys of its columns."""
    for draft in drafts:
        name = asked.participants[draft.organisation]
        match sheet:
            case "answers":
                yield _answer(draft, name, asked)
            case "costs":
                yield from _costs(draft, name, asked)
            case _:
                said = draft.conditions if sheet == CONDITIONS else draft.needs
                for number, one in enumerate(said, start=1):
                    yield from _stated(one, number, name, asked)


def _answer(draft: Draft, name: str, asked: Asked) -> dict[str, Cell]:
    low, likely, high = draft.benefit or (None, None, None)
    found: dict[str, Cell] = {"participant": name, "low": low, "likely": likely, "high": high}
    today = {aspect: asked.subjects[aspect].label_of(option) for aspect, option in draft.practices.items()}
    return found | {"benefit_note": draft.benefit_note, "note": draft.note} | today


def _costs(draft: Draft, name: str, asked: Asked) -> Iterator[dict[str, Cell]]:
    for subject in asked.subjects.values():
        for option in subject.options:
            if bounds := draft.costs.get(option.id):
                figures: dict[str, Cell] = dict(zip(("low", "likely", "high"), bounds, strict=True))
                yield figures | {"participant": name, "aspect": subject.label, "option": option.label}


def _stated(said: Said, number: int, name: str, asked: Asked) -> Iterator[dict[str, Cell]]:
    whole: dict[str, Cell] = {
        "prose": said.prose,
        "reason": said.reason,
        "legal_ground": said.legal_ground,
        "relax_price": said.relax_price,
        "confidence": str(CONFIDENCES[said.confidence]) if said.weight is None else None,
        "valid_to": said.valid_to,
        "weight": said.weight,
    }
    first: dict[str, Cell] = {"participant": name, "number": number}
    if said.rule is None:
        yield first | whole
        return
    for part in ("if", "then"):
        for literal in said.rule.get(part, ()):
            subject = asked.subjects[literal["aspect"]]
            labels = "\n".join(subject.label_of(option) for option in literal["options"])
            words: dict[str, Cell] = {"part": str(PARTS[part]), "aspect": subject.label, "options": labels}
            yield first | words | {"comparison": str(COMPARISONS[literal["is"]])} | whole
            whole = {}
