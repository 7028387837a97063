"""How everybody sees the purpose and the shared picture, side by side, and what each one needs the collaboration for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.domain.collaborations.access import collaboration_for
from samordna.domain.collaborations.enums import PointKind
from samordna.domain.collaborations.models import (
    Collaboration,
    EarlierPurpose,
    Participation,
    PartyNeed,
    PictureMark,
    PicturePoint,
    PurposeConfirmation,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """Whose purpose it is, in whose words. `standing`: confirmed (the present purpose), earlier (an older one) or silent.

    `organisation_id` is "" for the coordination.
    """

    organisation_id: str
    name: str
    own: bool
    standing: str
    own_words: str
    number: int
    at: datetime | None
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """How one sees a point that it sees differently."""

    name: str
    why: str
    own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PointRow:
    """A point: who sees it so, who sees it differently and how, and who has not said. `own`: agrees, differs or ""."""

    id: str
    kind: str
    kind_label: str
    text: str
    added_by: str
    own_point: bool
    agreeing: tuple[str, ...]
    differing: tuple[Seen, ...]
    silent: tuple[str, ...]
    own: str
    own_why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GonePoint:
    """A point that was taken away."""

    text: str
    reason: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedRow:
    """One need of an organisation."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyNeeds:
    """What a party's organisations need the collaboration for; empty when none of them has said."""

    party: str
    own: bool
    needs: tuple[tuple[str, NeedRow], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierRow:
    """The purpose as it was."""

    number: int
    text: str
    why: str
    replaced_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PicturePage:
    """Purpose, picture and needs, whole. `silent` counts those who have not confirmed the present purpose."""

    collaboration_id: str
    collaboration: str
    purpose: str
    purpose_number: int
    earlier: tuple[EarlierRow, ...]
    voices: tuple[Voice, ...]
    points: tuple[PointRow, ...]
    gone: tuple[GonePoint, ...]
    parties: tuple[PartyNeeds, ...]

    @property
    def confirmed(self) -> int:
        """How many have confirmed the present purpose, the coordination among them."""
        return sum(voice.standing == "confirmed" for voice in self.voices)

    @property
    def spoken(self) -> list[Voice]:
        """Those who have put a purpose in their own words, the reader's own first."""
        return sorted((voice for voice in self.voices if voice.standing != "silent"), key=lambda voice: not voice.own)

    @property
    def silent_names(self) -> list[str]:
        """Who has never confirmed a purpose."""
        return [voice.name for voice in self.voices if voice.standing == "silent"]

    @property
    def differences(self) -> int:
        """How many points somebody sees differently."""
        return sum(bool(point.differing) for point in self.points)

    @property
    def own(self) -> Voice | None:
        """The reader's own voice, if it has one here."""
        return next((voice for voice in self.voices if voice.own), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureTally:
    """The picture in figures: how many are asked, how many have confirmed, how many points are seen differently."""

    own: Voice | None
    asked: int
    confirmed: int
    differences: int


def picture_tally(actor: Actor, given: Collaboration, at: datetime) -> PictureTally:
    """In figures, for the collaboration's own page; the collaboration is fetched with the right to read it."""
    parts = _present(given, clock.day(at))
    own_id = "" if actor.role_id == given.coordinator_role_id else actor.organisation_id
    voices = _voices(given, _names(parts), own_id)
    present = {voice.organisation_id for voice in voices}
    latest: dict[tuple[str, str], bool] = {}
    marks = PictureMark.objects.filter(point__collaboration=given, point__removed_at__isnull=True)
    for row in marks.order_by("-marked_at", "-pk").values_list("point_id", "organisation_id", "agrees"):
        latest.setdefault((row[0], row[1] or ""), row[2])
    return PictureTally(
        own=next((voice for voice in voices if voice.own), None),
        asked=len(voices),
        confirmed=sum(voice.standing == "confirmed" for voice in voices),
        differences=len({point for (point, whose), agrees in latest.items() if not agrees and whose in present}),
    )


def _names(parts: Iterable[Participation]) -> dict[str, str]:
    return {"": _("The coordination")} | {part.organisation_id: part.organisation.name for part in parts}


def picture_page(actor: Actor, collaboration_id: str, at: datetime) -> PicturePage:
    """The whole page in a constant number of queries."""
    given = collaboration_for(actor, collaboration_id, at=at)
    parts = _present(given, clock.day(at))
    own_id = "" if actor.role_id == given.coordinator_role_id else actor.organisation_id
    names = _names(parts)
    points = list(PicturePoint.objects.filter(collaboration=given).select_related("organisation"))
    return PicturePage(
        collaboration_id=given.pk,
        collaboration=given.name,
        purpose=given.purpose,
        purpose_number=given.purpose_number,
        earlier=tuple(
            EarlierRow(number=row.number, text=row.text, why=row.why, replaced_at=row.replaced_at)
            for row in EarlierPurpose.objects.filter(collaboration=given)
        ),
        voices=_voices(given, names, own_id),
        points=_points(points, names, own_id),
        gone=tuple(
            GonePoint(text=point.text, reason=point.removed_reason, on=clock.day(point.removed_at))
            for point in points
            if point.removed_at is not None
        ),
        parties=_needs(given, parts, own_id),
    )


def _present(given: Collaboration, on: date) -> list[Participation]:
    """Those who take part or are coming, by name; one row for each organisation."""
    rows = Participation.objects.filter(collaboration=given).exclude(left_on__lte=on)
    found = {row.organisation_id: row for row in rows.select_related("organisation", "party")}
    return sorted(found.values(), key=lambda row: (row.organisation.name, row.pk))


def _voices(given: Collaboration, names: Mapping[str, str], own_id: str | None) -> tuple[Voice, ...]:
    latest: dict[str, PurposeConfirmation] = {}
    rows = PurposeConfirmation.objects.filter(collaboration=given).select_related("confirmed_by__person")
    for row in rows.order_by("-confirmed_at", "-pk"):
        latest.setdefault(row.organisation_id or "", row)
    return tuple(_voice(given, key, name, latest.get(key), own=key == own_id) for key, name in names.items())


def _voice(given: Collaboration, key: str, name: str, said: PurposeConfirmation | None, *, own: bool) -> Voice:
    number = said.number if said else 0
    return Voice(
        organisation_id=key,
        name=name,
        own=own,
        standing="confirmed" if number == given.purpose_number else "earlier" if said else "silent",
        own_words=said.own_words if said else "",
        number=number,
        at=said.confirmed_at if said else None,
        by=said.confirmed_by.person.name if said and said.confirmed_by else "",
    )


def _points(points: Iterable[PicturePoint], names: Mapping[str, str], own_id: str | None) -> tuple[PointRow, ...]:
    standing = [point for point in points if point.removed_at is None]
    marks: dict[str, dict[str, tuple[bool, str]]] = defaultdict(dict)
    rows = PictureMark.objects.filter(point__in=standing).order_by("-marked_at", "-pk")
    for point_id, organisation_id, agrees, why in rows.values_list("point_id", "organisation_id", "agrees", "why"):
        marks[point_id].setdefault(organisation_id or "", (agrees, why))
    ordered = sorted(standing, key=lambda point: (PointKind.values.index(point.kind), point.added_at, point.pk))
    return tuple(_point(point, marks[point.pk], names, own_id) for point in ordered)


def _point(
    point: PicturePoint, marks: Mapping[str, tuple[bool, str]], names: Mapping[str, str], own_id: str | None
) -> PointRow:
    own = marks.get(own_id) if own_id is not None else None
    return PointRow(
        id=point.pk,
        kind=point.kind,
        kind_label=str(PointKind(point.kind).label),
        text=point.text,
        added_by=point.organisation.name if point.organisation else _("The coordination"),
        own_point=(point.organisation_id or "") == own_id or own_id == "",
        agreeing=tuple(name for key, name in names.items() if key in marks and marks[key][0]),
        differing=tuple(
            Seen(name=name, why=marks[key][1], own=key == own_id)
            for key, name in names.items()
            if key in marks and not marks[key][0]
        ),
        silent=tuple(name for key, name in names.items() if key not in marks),
        own="" if own is None else "agrees" if own[0] else "differs",
        own_why=own[1] if own else "",
    )


def _needs(given: Collaboration, parts: Iterable[Participation], own_id: str | None) -> tuple[PartyNeeds, ...]:
    stated: dict[str, list[NeedRow]] = defaultdict(list)
    for row in PartyNeed.objects.filter(collaboration=given, withdrawn_at__isnull=True):
        stated[row.organisation_id].append(NeedRow(text=row.text, reason=row.reason))
    members: dict[str, list[Participation]] = defaultdict(list)
    for part in parts:
        members[part.party.name].append(part)
    return tuple(
        PartyNeeds(
            party=name,
            own=any(part.organisation_id == own_id for part in rows),
            needs=tuple((part.organisation.name, need) for part in rows for need in stated[part.organisation_id]),
        )
        for name, rows in sorted(members.items())
    )


def own_needs(given: Collaboration, organisation_id: str) -> tuple[NeedRow, ...]:
    """What one organisation has said that it needs, in the order it was said."""
    rows = PartyNeed.objects.filter(collaboration=given, organisation_id=organisation_id, withdrawn_at__isnull=True)
    return tuple(NeedRow(text=row.text, reason=row.reason) for row in rows.order_by("stated_at", "pk"))
