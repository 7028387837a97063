"""A collaboration's journal as its members may read it: who did what, in which role, when, and about which matter.

That something was done is open to everyone who may read what it was done to. What exactly was said is shown only to the
organisation that said it and to the coordinator, since an entry may hold costs, or conditions stated in confidence.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from samordna.core import journal
from samordna.core.actor import Actor
from samordna.core.errors import Absent
from samordna.core.models import JournalEntry, JournalPayload
from samordna.domain.collaborations.access import collaboration_for, reach, visible_collaborations
from samordna.domain.collaborations.models import Collaboration
from samordna.domain.decisions.enums import ProposalState
from samordna.domain.decisions.models import Proposal
from samordna.domain.matters.access import visible_matters
from samordna.domain.organisations.enums import RoleKind
from samordna.domain.organisations.models import Holding, Organisation

ROWS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Something to choose from: a collaboration or a matter."""

    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryRow:
    """One entry as a line. `open`: may the reader see what it says?"""

    sequence: int
    at: datetime
    via: str
    person: str
    role: str
    organisation: str
    action: str
    matter_id: str
    matter: str
    open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """One page of a collaboration's journal, the newest first; `page` counts from 1."""

    choices: tuple[Choice, ...]
    chosen: Choice | None
    matters: tuple[Choice, ...]
    matter_id: str
    rows: tuple[HistoryRow, ...]
    page: int
    more: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry in full. `content` is None when the reader may not see it, or when it is erased."""

    row: HistoryRow
    collaboration: Choice
    content: dict[str, Any] | None
    erased: bool
    subject_kind: str
    subject_id: str
    leaf: str


def history(actor: Actor, at: datetime, collaboration_id: str = "", matter_id: str = "", page: int = 1) -> History:
    """The asked page of the asked collaboration's journal, or of the first that the actor may read."""
    seen = list(visible_collaborations(actor, at).order_by("name", "pk"))
    collaboration = next((one for one in seen if one.pk == collaboration_id), seen[0] if seen else None)
    choices = tuple(Choice(id=one.pk, name=one.name) for one in seen)
    if collaboration is None:
        return History(choices=(), chosen=None, matters=(), matter_id="", rows=(), page=1, more=False)
    matters = _matters(actor, collaboration, at)
    entries = _readable(actor, collaboration, matters)
    chosen_matter = matter_id if matter_id in matters else ""
    if chosen_matter:
        entries = entries.filter(matter_id=chosen_matter)
    first = (page - 1) * ROWS
    found = list(entries.order_by("-sequence")[first : first + ROWS + 1])
    return History(
        choices=choices,
        chosen=Choice(id=collaboration.pk, name=collaboration.name),
        matters=tuple(Choice(id=pk, name=title) for pk, title in matters.items()),
        matter_id=chosen_matter,
        rows=tuple(_rows(actor, collaboration, found[:ROWS], matters, at)),
        page=page,
        more=len(found) > ROWS,
    )


def entry_of(actor: Actor, sequence: int, at: datetime) -> Entry:
    """One entry; raises `Absent` when there is none that the actor may know of."""
    stored = JournalEntry.objects.filter(pk=sequence).exclude(collaboration_id="").first()
    if stored is None:
        raise Absent
    collaboration = collaboration_for(actor, stored.collaboration_id, "journal.read", at)
    matters = _matters(actor, collaboration, at)
    if not _readable(actor, collaboration, matters).filter(pk=sequence).exists():
        raise Absent
    row = next(iter(_rows(actor, collaboration, [stored], matters, at)))
    payload = JournalPayload.objects.filter(pk=sequence).first()
    return Entry(
        row=row,
        collaboration=Choice(id=collaboration.pk, name=collaboration.name),
        content=journal.content_of(payload) if row.open else None,
        erased=payload is None,
        subject_kind=stored.subject_kind,
        subject_id=stored.subject_id,
        leaf=stored.leaf,
    )


def _matters(actor: Actor, collaboration: Collaboration, at: datetime) -> dict[str, str]:
    found = visible_matters(actor, at).filter(collaboration=collaboration).order_by("-number", "pk")
    return dict(found.values_list("pk", "title"))


def _readable(actor: Actor, collaboration: Collaboration, matters: Iterable[str]) -> QuerySet[JournalEntry]:
    """The collaboration's entries without those of matters that the actor may not see, and of others' sketches."""
    sketches = Proposal.objects.filter(matter__collaboration=collaboration, state=ProposalState.SKETCH)
    hidden = list(sketches.exclude(organisation_id=actor.organisation_id).values_list("pk", flat=True))
    about_seen = Q(matter_id="") | Q(matter_id__in=list(matters))
    entries = JournalEntry.objects.filter(about_seen, collaboration_id=collaboration.pk)
    return entries.exclude(subject_kind="proposal", subject_id__in=hidden)


def _rows(
    actor: Actor, collaboration: Collaboration, entries: list[JournalEntry], matters: dict[str, str], at: datetime
) -> Iterable[HistoryRow]:
    leads = collaboration.pk in reach(actor, at)[1]
    held = Holding.objects.select_related("person", "role").in_bulk({entry.holding_id for entry in entries})
    organisations = Organisation.objects.in_bulk({entry.organisation_id for entry in entries})
    for entry in entries:
        holding, organisation = held.get(entry.holding_id), organisations.get(entry.organisation_id)
        as_coordinator = holding is not None and holding.role.kind == RoleKind.COORDINATOR
        own = entry.organisation_id != "" and entry.organisation_id == actor.organisation_id
        yield HistoryRow(
            sequence=entry.sequence,
            at=entry.at,
            via=entry.via,
            person=holding.person.name if holding else "",
            role=holding.role.name if holding else "",
            organisation=organisation.name if organisation else "",
            action=entry.action,
            matter_id=entry.matter_id,
            matter=matters.get(entry.matter_id, ""),
            open=leads or (own and not as_coordinator),
        )
