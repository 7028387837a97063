"""Improvements of one's own, and help between organisations, around one version of a decision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from samordna.core.actor import Actor
from samordna.domain.adherence.models import HelpOffer, HelpRequest, Improvement


@dataclass(frozen=True, slots=True, kw_only=True)
class Improving:
    """One improvement. `late`: its day has passed and it is neither done nor dropped."""

    id: str
    text: str
    by: date
    done: bool
    dropped_reason: str
    late: bool

    @property
    def open(self) -> bool:
        """Does it remain to be done?"""
        return not self.done and not self.dropped_reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """One request for help as the two organisations that it concerns read it."""

    id: str
    organisation: str
    text: str
    answer: str
    asked_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Offering:
    """What an organisation offers. `requests` are those that the reader may read: the offerer all, an asker its own."""

    id: str
    organisation: str
    own: bool
    text: str
    person: str
    role: str
    asked: int
    requests: tuple[Asking, ...]

    @property
    def waits(self) -> bool:
        """Has the reader asked, without an answer?"""
        return any(not request.answer for request in self.requests)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bettering:
    """What the reader's organisation does to follow better, and what help there is."""

    improvements: tuple[Improving, ...]
    offers: tuple[Offering, ...]

    @property
    def all_done(self) -> bool:
        """Is there an improvement, and is none left to do?"""
        return bool(self.improvements) and not any(one.open for one in self.improvements)


def bettering_of(actor: Actor, version_id: str, today: date) -> Bettering:
    """Around a version that the caller has got by its access; three queries."""
    own = actor.organisation_id
    rows = Improvement.objects.filter(version_id=version_id, organisation_id=own).order_by("closed_at", "by", "pk")
    offers = HelpOffer.objects.filter(version_id=version_id, ended_at__isnull=True).order_by("offered_at", "pk")
    related = offers.select_related("organisation", "offered_by__person", "offered_by__role")
    found = related.prefetch_related("requests__organisation")
    return Bettering(
        improvements=tuple(_improving(row, today) for row in rows),
        offers=tuple(_offering(offer, own) for offer in found),
    )


def _improving(row: Improvement, today: date) -> Improving:
    done = row.closed_at is not None and not row.dropped_reason
    return Improving(
        id=row.pk,
        text=row.text,
        by=row.by,
        done=done,
        dropped_reason=row.dropped_reason,
        late=row.closed_at is None and row.by < today,
    )


def _offering(offer: HelpOffer, own: str | None) -> Offering:
    requests = list(offer.requests.all())
    readable = [one for one in requests if own in (offer.organisation_id, one.organisation_id)]
    return Offering(
        id=offer.pk,
        organisation=offer.organisation.name,
        own=offer.organisation_id == own,
        text=offer.text,
        person=offer.offered_by.person.name,
        role=offer.offered_by.role.name,
        asked=len(requests),
        requests=tuple(_asking(one) for one in readable),
    )


def _asking(row: HelpRequest) -> Asking:
    return Asking(id=row.pk, organisation=row.organisation.name, text=row.text, answer=row.answer, asked_at=row.asked_at)
