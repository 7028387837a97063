"""What stands in the forms of a programme and its steps, by what they are made of (`core.overtaking`)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from samordna.domain.forums.wording import together
from samordna.domain.introductions.enums import Reach
from samordna.domain.introductions.models import ForWhom, Programme, Step

Meant = Sequence[tuple[ForWhom, str]]


def word_of(row: ForWhom) -> str:
    """For whom it is, as the form sends it."""
    match Reach(row.reach):
        case Reach.KIND:
            return f"kind:{row.kind}"
        case Reach.ROLE:
            return f"role:{row.role_id}"
        case Reach.EVERYBODY | Reach.TASKS:
            return row.reach


def meant_now(programme: Programme) -> Meant:
    """For whom the programme is, with the words that the form has for it."""
    rows = (
        programme.for_whom.filter(valid_to__isnull=True).select_related("role__organisation").order_by("valid_from", "pk")
    )
    return [(row, word_of(row)) for row in rows]


def said_of(name: str, why: str, for_whom: Iterable[str], renewed_after: int | None) -> dict[str, Any]:
    """What a programme is, as the form has it."""
    return {"name": name, "why": why, "for_whom": together(filter(None, for_whom)), "renewed_after": renewed_after}


def programme_words(programme: Programme, meant: Meant) -> dict[str, Any]:
    """What a programme is now."""
    return said_of(programme.name, programme.why, (word for _row, word in meant), programme.renewed_after)


def step_words(step: Step) -> dict[str, Any]:
    """What a step says now."""
    names = ("kind", "what", "words", "minutes", "by_days", "address")
    said = {name: getattr(step, name) for name in names}
    return said | {"about": about_of(step)}


def about_of(step: Step) -> str:
    """What a step leads to, as the form sends it: `kind:id`; "" where it leads nowhere here."""
    pairs = (
        ("agreement", step.agreement_id),
        ("decision", step.decision_id),
        ("organisation", step.organisation_id),
        ("role", step.role_id),
    )
    return next((f"{kind}:{pk}" for kind, pk in pairs if pk), "")


def session_words(events: Iterable[str]) -> dict[str, Any]:
    """At which events a step is done, as the form has it."""
    return {"events": together(events)}
