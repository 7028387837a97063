"""What stands in the forms of an event, by what they are made of (`core.overtaking`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from samordna.domain.events.enums import EventKind
from samordna.domain.events.models import Event, Invited
from samordna.domain.forums.wording import together


def said_of(
    kind: str,
    why: str,
    for_whom: str,
    programme: str,
    places: int | None,
    answer_by: date | None,
    invited: Iterable[str],
    *,
    everybody: bool,
) -> dict[str, Any]:
    """What an event is, as the form has it."""
    said = {"kind": kind, "why": why, "for_whom": for_whom, "programme": programme, "places": places}
    return said | {"answer_by": answer_by, "everybody": everybody or None, "invited": together(filter(None, invited))}


def event_words(event: Event, invited: Sequence[Invited]) -> dict[str, Any]:
    """What an event is now."""
    plain = (event.kind, event.why, event.for_whom, event.programme, event.places, event.answer_by)
    return said_of(*plain, (row.role_id or row.organisation_id or "" for row in invited), everybody=event.everybody)


def notes_words(notes: str) -> dict[str, str]:
    """What has been noted of it."""
    return {"notes": notes}


def told_of(event: Event, invited: Sequence[Invited]) -> Mapping[str, str]:
    """What is stored, where a form's value is not what anybody reads."""
    names = sorted(invited_name(row) for row in invited)
    everybody = _("yes") if event.everybody else _("no")
    return {"kind": str(EventKind(event.kind).label), "everybody": everybody, "invited": "; ".join(names)}


def invited_name(row: Invited) -> str:
    """Who is invited: a role with its organisation, or the organisation."""
    return f"{row.role.name}, {row.role.organisation.name}" if row.role else str(row.organisation)
