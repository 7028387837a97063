"""What organisations have learnt by following a decision, aspect by aspect, over all its versions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from samordna.domain.adherence.enums import ExperienceTone
from samordna.domain.adherence.models import Experience
from samordna.domain.decisions.models import Decision


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One experience as others read it. `version` is the number of the version that was followed."""

    id: str
    organisation: str
    organisation_id: str
    tone: str
    label: str
    text: str
    effect: str
    version: int
    at: datetime
    person: str
    role: str
    theme: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Learnt:
    """What has been learnt about one aspect; the whole has no aspect id and comes last."""

    aspect_id: str
    aspect: str
    told: tuple[Told, ...]

    @property
    def helps(self) -> int:
        """How many say that following helps."""
        return sum(one.tone == ExperienceTone.HELPS for one in self.told)

    @property
    def hinders(self) -> int:
        """How many say that it hinders."""
        return len(self.told) - self.helps


@dataclass(frozen=True, slots=True, kw_only=True)
class Themed:
    """How many experiences, from how many organisations, have been put under one theme."""

    name: str
    helps: int
    hinders: int
    organisations: int


def themes_of(learnt: Iterable[Learnt]) -> list[Themed]:
    """The themes over all aspects, the one that most organisations have told about first. No query."""
    found: dict[str, list[Told]] = {}
    for told in (one for group in learnt for one in group.told if one.theme):
        found.setdefault(told.theme, []).append(told)
    themes = [
        Themed(
            name=name,
            helps=sum(one.tone == ExperienceTone.HELPS for one in told),
            hinders=sum(one.tone == ExperienceTone.HINDERS for one in told),
            organisations=len({one.organisation_id for one in told}),
        )
        for name, told in found.items()
    ]
    return sorted(themes, key=lambda theme: (-theme.organisations, theme.name))


def experiences_of(decision: Decision) -> list[Learnt]:
    """Everything shared about a decision, by aspect in the matter's order, the newest first. One query.

    The caller has got the decision by an access function; whoever reads the decision reads what was learnt.
    """
    rows = (
        Experience.objects.filter(version__decision=decision)
        .select_related("organisation", "aspect", "version", "theme", "shared_by__person", "shared_by__role")
        .order_by("-shared_at", "-pk")
    )
    grouped: dict[tuple[int, str, str], list[Told]] = {}
    for row in rows:
        key = (row.aspect.order, row.aspect.pk, row.aspect.label) if row.aspect else (10**6, "", "")
        grouped.setdefault(key, []).append(_told(row))
    return [Learnt(aspect_id=key[1], aspect=key[2], told=tuple(grouped[key])) for key in sorted(grouped)]


def _told(row: Experience) -> Told:
    return Told(
        id=row.pk,
        organisation=row.organisation.name,
        organisation_id=row.organisation_id,
        tone=row.tone,
        label=str(ExperienceTone(row.tone).label),
        text=row.text,
        effect=row.effect,
        version=row.version.number,
        at=row.shared_at,
        person=row.shared_by.person.name,
        role=row.shared_by.role.name,
        theme=row.theme.name if hasattr(row, "theme") else "",
    )
