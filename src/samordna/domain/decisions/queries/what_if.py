"""What if: the matter's answer with a few things changed, without writing anything.

It is calculated over what the actor may read. Others' conditions in confidence and others' figures are left out for
everybody but the coordinator, because otherwise one could find them out by trying. Nor is it told how many were left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from samordna.core.actor import Actor
from samordna.core.errors import Invalid, Refused
from samordna.domain.decisions import solving
from samordna.domain.decisions.enums import AttemptResult
from samordna.domain.decisions.problem import Question, question_of
from samordna.domain.decisions.weighing import balance_document, found_in
from samordna.domain.matters.enums import ConditionForm, Sharing
from samordna.domain.matters.limits import MAX_AMOUNT
from samordna.domain.matters.models import Matter


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One participant's own value: where it differs from the frame, or (`local`) where the aspect is left to each."""

    organisation_id: str
    aspect_id: str
    option_id: str
    local: bool
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf:
    """The answer to a what-if. `clash`: the conditions that stand against each other, when there is no answer.

    `balance` has the form of a proposal's stored balance, over what the actor may read. `gap` is set when the engine was
    not finished: how far (likeness, cost) the best found may be from the best there is.
    """

    result: AttemptResult
    milliseconds: int
    frame: Mapping[str, str]
    differences: tuple[Difference, ...]
    balance: Mapping[str, Any]
    clash: tuple[str, ...] = ()
    gap: tuple[int, int] | None = None
    failure: str = ""


def get_ready() -> None:
    """Have a worker started, so that the next what-if is answered at once. Call it where a page offers what-ifs."""
    solving.get_ready()


def what_if(
    actor: Actor, matter: Matter, changes: Iterable[Mapping[str, str]], at: datetime, patience: float | None = None
) -> WhatIf:
    """The answer with these changes. A change is one of
    `{"do": "fix", "aspect": id, "option": id}`, `{"do": "drop", "condition": id}`,
    `{"do": "share", "aspect": id, "sharing": "common" | "framed" | "local"}`, `{"do": "leave", "organisation": id}`,
    `{"do": "price", "price": "12" | ""}` (what a difference is worth; "" is that likeness comes first).

    The caller has fetched the matter with the right to read it. Raises `Invalid` for a change that means nothing here,
    `TooLarge`, `Refused` when the line is full, and with `patience` `AtWork` when it is not there in so many seconds.
    """
    question = question_of(matter, at, reader=actor)
    asked = [_understood(question, change) for change in changes]
    if not question.aspects:
        raise Refused(_("The matter has no aspects to calculate."))
    solved = solving.what_if(question.problem, asked, queue=actor.organisation_id or "", patience=patience)
    return _told(solved, question)


def _understood(question: Question, change: Mapping[str, str]) -> dict[str, Any]:
    """The change in the engine's words."""
    match dict(change):
        case {"do": "fix", "aspect": aspect, "option": option} if _has(question, aspect, option):
            return {"change": "fix_option", "aspect": aspect, "option": option}
        case {"do": "drop", "condition": condition} if _is_checked(question, condition):
            return {"change": "drop_condition", "condition": condition}
        case {"do": "share", "aspect": aspect, "sharing": sharing} if aspect in question.aspects:
            if sharing in Sharing.values:
                return {"change": "set_sharing", "aspect": aspect, "sharing": sharing}
        case {"do": "leave", "organisation": organisation} if organisation in question.positions:
            return {"change": "set_takes_part", "participant": organisation, "takes_part": False}
        case {"do": "price", "price": price} if price == "" or _is_amount(price):
            return {"change": "set_price_of_difference", "price": int(price) if price else None}
    raise Invalid({"changes": _("One of the changes does not fit this matter. Go back to the board and choose again.")})


def _is_amount(price: str) -> bool:
    return price.isdecimal() and len(price) <= len(str(MAX_AMOUNT)) and int(price) <= MAX_AMOUNT


def _is_checked(question: Question, condition: str) -> bool:
    return condition in question.conditions and question.conditions[condition].form == ConditionForm.RULE


def _has(question: Question, aspect: str, option: str) -> bool:
    return option in question.options and question.options[option].aspect_id == aspect


def _told(solved: solving.Solved, question: Question) -> WhatIf:
    found, prices = found_in(solved.answer)
    answer = solved.answer or {}
    open_gap = answer.get("gap")
    return WhatIf(
        result=solved.result,
        milliseconds=solved.milliseconds,
        frame=dict(found["frame"]) if found else {},
        differences=tuple(_differences(found)) if found else (),
        balance=balance_document(found, prices) if found else {},
        clash=tuple(member["condition"] for member in answer.get("members", ())),
        gap=(open_gap["likeness"], open_gap["cost"]) if open_gap else None,
        failure=solved.failure,
    )


def _differences(found: Mapping[str, Any]) -> Iterable[Difference]:
    for given in found["adaptations"]:
        yield Difference(
            organisation_id=given["participant"],
            aspect_id=given["aspect"],
            option_id=given["option"],
            local=False,
            because=tuple(given["because"]),
        )
    for organisation, values in found["local"].items():
        for aspect, option in values.items():
            yield Difference(organisation_id=organisation, aspect_id=aspect, option_id=option, local=True, because=())
