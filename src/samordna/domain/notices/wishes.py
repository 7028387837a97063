"""What each person wants letters about, with what holds where nothing was chosen."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from samordna.core.outbox import languages_of
from samordna.domain.notices.enums import USUAL, Group, Rhythm
from samordna.domain.notices.models import Choice


def rhythms_of(person_id: str) -> Mapping[Group, Rhythm]:
    """How often the person wants letters, per kind of notice."""
    chosen = Choice.objects.filter(person_id=person_id).values_list("group", "rhythm")
    return USUAL | {Group(group): Rhythm(rhythm) for group, rhythm in chosen if group in set(Group)}


def chosen_at(person_id: str, group: str) -> datetime | None:
    """When the person last chose otherwise about letters of this kind; None where it never has."""
    return Choice.objects.filter(person_id=person_id, group=group).values_list("chosen_at", flat=True).first()


def language_of(person_id: str) -> str:
    """The language the person wants letters in, or the installation's."""
    return languages_of([person_id])[person_id]
