"""What each person wants letters about, with what holds where nothing was chosen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from samordna.core.outbox import languages_of
from samordna.domain.notices.enums import USUAL, Group, Rhythm
from samordna.domain.notices.models import Choice


def rhythms_of(people: Iterable[str]) -> Mapping[str, Mapping[Group, Rhythm]]:
    """How often each person wants letters, per kind of notice. One query."""
    found = {pk: dict(USUAL) for pk in people}
    for pk, group, rhythm in Choice.objects.filter(person_id__in=list(found)).values_list("person_id", "group", "rhythm"):
        if group in set(Group):
            found[pk][Group(group)] = Rhythm(rhythm)
    return found


def chosen_by(people: Iterable[str]) -> Mapping[tuple[str, str], datetime | None]:
    """When each person last chose otherwise about letters of each kind, by person and kind. One query."""
    rows = Choice.objects.filter(person_id__in=list(people)).values_list("person_id", "group", "chosen_at")
    return {(pk, group): chosen_at for pk, group, chosen_at in rows}


def language_of(person_id: str) -> str:
    """The language the person wants letters in, or the installation's."""
    return languages_of([person_id])[person_id]
