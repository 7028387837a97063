"""What a file of positions is about and holds now, and what would come of a file that has been filled in."""

from __future__ import annotations

import json
from codecs import BOM_UTF8
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.tables import MAX_BYTES
from samordna.domain.matters.access import matter_for, position_for
from samordna.domain.matters.enums import PositionState
from samordna.domain.matters.exchange.documents import DraftIn, parsed, read_drafts
from samordna.domain.matters.exchange.drafts import Contradiction, Draft, Fault, Said, contradictions
from samordna.domain.matters.exchange.files import tables_of
from samordna.domain.matters.exchange.reading import read
from samordna.domain.matters.exchange.sheets import Asked
from samordna.domain.matters.limits import within
from samordna.domain.matters.models import Condition, Matter, Need, Position
from samordna.domain.matters.phrases import sentence_of
from samordna.domain.matters.queries.outlines import outline_of
from samordna.domain.matters.queries.stated import live
from samordna.domain.matters.queries.subjects import subjects_of
from samordna.domain.matters.states import SENT_IN


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """A file's matter and participants, what each says now, and who has answered so that nobody else may draft for it."""

    asked: Asked
    drafts: tuple[Draft, ...]
    sent_in: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewRow:
    """What would be kept of one participant's draft: how many new things of each kind, and the sentences."""

    organisation: str
    practices: int
    costs: int
    benefit: bool
    needs: tuple[str, ...]
    conditions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A contradiction in words."""

    organisation: str
    aspect: str
    conditions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What would come of a file. `drafts` are what is kept; `nothing_new` are those that only say what is known."""

    drafts: tuple[Draft, ...]
    rows: tuple[PreviewRow, ...]
    nothing_new: tuple[str, ...]
    sent_in: tuple[str, ...]
    faults: tuple[Fault, ...]
    contradictions: tuple[Told, ...]


def exchange_of(actor: Actor, matter_id: str, at: datetime) -> Exchange:
    """Everybody's positions in a matter, for the one who leads it; a constant number of database queries."""
    matter = matter_for(actor, matter_id, "matter.lead", at)
    held = exchange_in(matter, matter.positions.all(), at)
    return replace(held, asked=replace(held.asked, outline=outline_of(matter)))


def own_exchange(actor: Actor, position_id: str, at: datetime) -> Exchange:
    """One position, for somebody who may answer it."""
    position = position_for(actor, position_id, "position.answer", at)
    return exchange_in(position.matter, Position.objects.filter(pk=position_id), at)


def exchange_in(matter: Matter, among: QuerySet[Position], at: datetime) -> Exchange:
    """What these positions hold; the caller may read all of it."""
    positions = list(
        among.select_related("organisation").prefetch_related("practices", "costs").order_by("organisation__name", "pk")
    )
    subjects = subjects_of(matter.pk)
    asked = Asked(
        matter_id=matter.pk,
        title=matter.title,
        unit=matter.unit,
        subjects=subjects,
        participants=_names(positions),
    )
    keys = [position.pk for position in positions]
    stated = Condition.objects.filter(live(clock.day(at)), position_id__in=keys)
    needed = Need.objects.filter(withdrawn_at__isnull=True, position_id__in=keys)
    conditions = _by_position(stated.order_by("stated_at", "pk"))
    needs = _by_position(needed.order_by("stated_at", "pk"))
    return Exchange(
        asked=asked,
        drafts=tuple(_draft(position, conditions[position.pk], needs[position.pk]) for position in positions),
        sent_in=frozenset(p.organisation_id for p in positions if PositionState(p.state) in SENT_IN),
    )


def _names(positions: Iterable[Position]) -> dict[str, str]:
    """Names that tell the participants apart; two of the same name have their ids with them."""
    names = {position.organisation_id: " ".join(position.organisation.name.split()) for position in positions}
    counted: dict[str, int] = defaultdict(int)
    for name in names.values():
        counted[name.casefold()] += 1
    return {key: f"{name} ({key})" if counted[name.casefold()] > 1 else name for key, name in names.items()}


def _by_position(rows: Iterable[Condition] | Iterable[Need]) -> dict[str, list[Said]]:
    found: dict[str, list[Said]] = defaultdict(list)
    for row in rows:
        found[str(row.position_id)].append(_said(row))
    return found


def _said(row: Condition | Need) -> Said:
    if isinstance(row, Need):
        return Said(rule=row.rule, reason=row.reason, weight=row.weight)
    return Said(
        rule=row.rule,
        prose=row.prose,
        reason=row.reason,
        legal_ground=row.legal_ground,
        relax_price=row.relax_price,
        confidence=str(row.confidence),
        valid_to=row.valid_to,
    )


def _draft(position: Position, conditions: list[Said], needs: list[Said]) -> Draft:
    low, likely, high = position.benefit_low, position.benefit_likely, position.benefit_high
    known = low is not None and likely is not None and high is not None
    return Draft(
        organisation=position.organisation_id,
        benefit=(low or 0, likely or 0, high or 0) if known else None,
        benefit_note=position.benefit_note,
        note=position.note,
        practices={practice.aspect_id: practice.option_id for practice in position.practices.all()},
        costs={cost.option_id: (cost.low, cost.likely, cost.high) for cost in position.costs.all()},
        conditions=tuple(conditions),
        needs=tuple(needs),
    )


def preview_of(exchange: Exchange, content: bytes, at: datetime) -> Preview:
    """What would come of a file: a spreadsheet, a table or a JSON document. Raises `TooLarge` and `Invalid`."""
    within(MAX_BYTES, len(content), _("The file may have at most %(limit)s bytes; this has %(count)s."))
    on, content = clock.day(at), content.removeprefix(BOM_UTF8)
    if content.lstrip()[:1] == b"{":
        drafts, faults = read_drafts(parsed(content).positions, exchange.asked, on)
    else:
        drafts, faults = read(tables_of(content, exchange.asked), exchange.asked, on)
    return preview(exchange, drafts, faults)


def checked(exchange: Exchange, given: list[DraftIn], at: datetime) -> Preview:
    """What would come of drafts from a program."""
    drafts, faults = read_drafts(given, exchange.asked, clock.day(at))
    return preview(exchange, drafts, faults)


def preview(exchange: Exchange, drafts: Iterable[Draft], faults: tuple[Fault, ...]) -> Preview:
    """Drafts set beside what is known: only what is new is kept, and nothing of those who have sent in their answer."""
    known = {draft.organisation: draft for draft in exchange.drafts}
    names, subjects = exchange.asked.participants, exchange.asked.subjects
    fresh, nothing_new, sent_in = [], [], []
    for draft in drafts:
        new = new_in(draft, known[draft.organisation])
        if new.empty:
            nothing_new.append(names[draft.organisation])
        elif draft.organisation in exchange.sent_in:
            sent_in.append(names[draft.organisation])
        else:
            fresh.append(new)
    whole = (joined(new, known[new.organisation]) for new in fresh)
    return Preview(
        drafts=tuple(fresh),
        rows=tuple(_row(draft, exchange) for draft in fresh),
        nothing_new=tuple(nothing_new),
        sent_in=tuple(sent_in),
        faults=faults,
        contradictions=tuple(_told(one, exchange) for one in contradictions(whole, subjects)),
    )


def new_in(draft: Draft, known: Draft) -> Draft:
    """What a draft says that is not known already. A statement is known by its rule or its words."""
    stated = {_key(said) for said in known.conditions}
    needed = {_key(said) for said in known.needs}
    return Draft(
        organisation=draft.organisation,
        benefit=draft.benefit if draft.benefit != known.benefit else None,
        benefit_note=draft.benefit_note if draft.benefit_note != known.benefit_note else "",
        note=draft.note if draft.note != known.note else "",
        practices={a: o for a, o in draft.practices.items() if known.practices.get(a) != o},
        costs={o: bounds for o, bounds in draft.costs.items() if known.costs.get(o) != bounds},
        conditions=tuple(said for said in draft.conditions if _key(said) not in stated),
        needs=tuple(said for said in draft.needs if _key(said) not in needed),
    )


def _key(said: Said) -> str:
    return json.dumps(said.rule, sort_keys=True) if said.rule else said.prose


def joined(new: Draft, known: Draft) -> Draft:
    """A draft with what was stated before."""
    return replace(new, conditions=(*known.conditions, *new.conditions), needs=(*known.needs, *new.needs))


def _row(draft: Draft, exchange: Exchange) -> PreviewRow:
    return PreviewRow(
        organisation=exchange.asked.participants[draft.organisation],
        practices=len(draft.practices),
        costs=len(draft.costs),
        benefit=draft.benefit is not None,
        needs=tuple(_sentence(said, exchange) for said in draft.needs),
        conditions=tuple(_sentence(said, exchange) for said in draft.conditions),
    )


def _sentence(said: Said, exchange: Exchange) -> str:
    return sentence_of(said.rule, exchange.asked.subjects) if said.rule else said.prose


def _told(one: Contradiction, exchange: Exchange) -> Told:
    return Told(
        organisation=exchange.asked.participants[one.organisation],
        aspect=exchange.asked.subjects[one.aspect].label,
        conditions=tuple(_sentence(said, exchange) for said in one.conditions),
    )
