"""Profiles of organisations, side by side, and what words mean to whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import TooLarge
from samordna.core.overtaking import fingerprint
from samordna.domain.collaborations.access import collaboration_for
from samordna.domain.knowledge.access import visible_services
from samordna.domain.knowledge.limits import MOST_COMPARED
from samordna.domain.knowledge.models import Meaning, ProfileVersion
from samordna.domain.organisations.access import organisation_for, visible_organisations

PARTS = ("mission", "can", "cannot", "professions", "misunderstandings")
"""What a profile says in words, in the order in which it is read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalRow:
    """One reference of a legal frame. `in_force`: does it hold on the day on which it is read?"""

    law: str
    chapter: str
    paragraph: str
    says: str
    source: str
    valid_from: date | None
    valid_to: date | None
    in_force: bool

    @property
    def place(self) -> str:
        """Where in the law, as it is written."""
        chapter = _("ch. %(number)s") % {"number": self.chapter} if self.chapter else ""
        section = _("s. %(number)s") % {"number": self.paragraph} if self.paragraph else ""
        return f"{chapter} {section}".strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfilePage:
    """What an organisation says of itself; `number` 0 while it has said nothing. `overdue`: the day on which it was to be
    looked over has passed. `numbers`: the versions there are."""

    organisation_id: str
    organisation: str
    number: int
    mission: str
    can: str
    cannot: str
    professions: str
    misunderstandings: str
    legal: tuple[LegalRow, ...]
    review_on: date | None
    overdue: bool
    told_at: datetime | None
    told_by: str
    numbers: tuple[int, ...]
    services: int
    seen: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeaningRow:
    """What a word means to somebody; `organisation` is "" for the coordination."""

    id: str
    organisation_id: str
    organisation: str
    text: str
    told_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class WordRow:
    """A word with what it means to whom, the coordination first. `differs`: more than one has said what it means."""

    word: str
    meanings: tuple[MeaningRow, ...]

    @property
    def differs(self) -> bool:
        """Is it one word for several things?"""
        return len({row.text.casefold().strip() for row in self.meanings}) > 1


def latest_profile(organisation_id: str, *, lock: bool = False) -> ProfileVersion | None:
    """What the organisation says of itself now."""
    rows = ProfileVersion.objects.filter(organisation_id=organisation_id).order_by("-number")
    return (rows.select_for_update() if lock else rows).first()


def profile_values(version: ProfileVersion | None) -> dict[str, Any]:
    """What somebody who writes the profile may change, by the fields of the form."""
    if version is None:
        return {}
    return {name: getattr(version, name) for name in PARTS} | {"legal": version.legal}


def profile_page(actor: Actor, organisation_id: str, at: datetime, number: int = 0) -> ProfilePage:
    """What an organisation says of itself: now, or in an earlier version, where there is one of that number."""
    return side_by_side(actor, [organisation_for(actor, organisation_id, at=at).pk], at, number)[0]


def side_by_side(actor: Actor, organisation_ids: Sequence[str], at: datetime, number: int = 0) -> tuple[ProfilePage, ...]:
    """What several organisations say of themselves, in the order asked for: four queries. Those that one cannot see are
    left out. Raises `TooLarge` past the limit."""
    wanted = list(dict.fromkeys(organisation_ids))
    if len(wanted) > MOST_COMPARED:
        raise TooLarge(_("At most %(most)s organisations fit side by side.") % {"most": MOST_COMPARED})
    names = dict(visible_organisations(actor, at).filter(pk__in=wanted).values_list("pk", "name"))
    versions: dict[str, list[ProfileVersion]] = {key: [] for key in wanted}
    for row in (
        ProfileVersion.objects.filter(organisation_id__in=list(names)).select_related("told_by__role").order_by("-number")
    ):
        versions[row.organisation_id].append(row)
    offered: dict[str, int] = dict.fromkeys(wanted, 0)
    services = visible_services(actor, at).on(clock.day(at)).filter(role__organisation_id__in=list(names))
    for of in services.order_by().values_list("role__organisation_id", flat=True):
        offered[of] += 1
    return tuple(
        _page(key, names[key], versions[key], offered[key], number, clock.day(at)) for key in wanted if key in names
    )


def _page(key: str, name: str, versions: list[ProfileVersion], services: int, number: int, on: date) -> ProfilePage:
    asked = next((row for row in versions if row.number == number), None)
    shown = asked or (versions[0] if versions else None)
    by = shown.told_by if shown else None
    return ProfilePage(
        organisation_id=key,
        organisation=name,
        number=shown.number if shown else 0,
        **{part: getattr(shown, part) if shown else "" for part in PARTS},
        legal=tuple(_legal(row, on) for row in shown.legal) if shown else (),
        review_on=shown.review_on if shown else None,
        overdue=shown is not None and shown.review_on <= on,
        told_at=shown.told_at if shown else None,
        told_by=by.role.name if by else "",
        numbers=tuple(row.number for row in versions),
        services=services,
        seen=fingerprint(profile_values(shown)),
    )


def _legal(row: dict[str, str], on: date) -> LegalRow:
    days = {name: date.fromisoformat(row[name]) if row[name] else None for name in ("valid_from", "valid_to")}
    return LegalRow(
        law=row["law"],
        chapter=row["chapter"],
        paragraph=row["paragraph"],
        says=row["says"],
        source=row["source"],
        valid_from=days["valid_from"],
        valid_to=days["valid_to"],
        in_force=clock.active(days["valid_from"], days["valid_to"], on),
    )


def words_of(actor: Actor, collaboration_id: str, at: datetime) -> tuple[WordRow, ...]:
    """The collaboration's glossary, by word; one query besides the right."""
    given = collaboration_for(actor, collaboration_id, at=at)
    rows = Meaning.objects.filter(collaboration=given, ended_at__isnull=True).select_related("organisation")
    by_word: dict[str, list[Meaning]] = {}
    for row in sorted(rows, key=lambda row: (row.word.casefold(), row.organisation.name if row.organisation else "")):
        by_word.setdefault(row.word.casefold(), []).append(row)
    return tuple(WordRow(word=found[0].word, meanings=tuple(_meaning(row) for row in found)) for found in by_word.values())


def _meaning(row: Meaning) -> MeaningRow:
    return MeaningRow(
        id=row.pk,
        organisation_id=row.organisation_id or "",
        organisation=row.organisation.name if row.organisation else "",
        text=row.text,
        told_at=row.told_at,
    )
