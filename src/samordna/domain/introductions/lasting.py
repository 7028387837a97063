"""What lasts when organisations come after one another: since when a role is with somebody who takes part, unbroken, and
whose people's doing counts as an organisation's own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from samordna.domain.collaborations.models import Participation
from samordna.domain.organisations.enums import Outcome
from samordna.domain.organisations.models import Carried, Role
from samordna.domain.organisations.succession import in_law, stands_for

Span = tuple[date, date | None]
Done = Mapping[tuple[str, str], Mapping[str, date]]


@dataclass(frozen=True, slots=True, kw_only=True)
class TakingPart:
    """Periods of taking part, by collaboration and organisation, and from whom roles have moved on which day."""

    on: date
    spans: Mapping[tuple[str, str], Sequence[Span]]
    moved: Mapping[tuple[str, date], str]

    def since(self, collaboration_id: str, role: Role) -> date | None:
        """Since when the role belongs to somebody who takes part; None when it does not today. A period that goes on from
        another, and an organisation that came after another, break nothing."""
        of, day, since = role.organisation_id, self.on, None
        while began := self._began(collaboration_id, of, day):
            since, day = began, began - timedelta(days=1)
            of = self.moved.get((role.pk, began), of)
        return since

    def _began(self, collaboration_id: str, of: str, day: date) -> date | None:
        spans = self.spans.get((collaboration_id, of), ())
        return next((joined for joined, left in spans if joined <= day and (left is None or day < left)), None)


def taking_part(collaboration_ids: Sequence[str], on: date) -> TakingPart:
    """Who takes part in these collaborations and has done so; two questions."""
    spans: dict[tuple[str, str], list[Span]] = defaultdict(list)
    moved: dict[tuple[str, date], str] = {}
    if collaboration_ids:
        rows = Participation.objects.filter(collaboration__in=collaboration_ids, joined_on__lte=on)
        for within, of, joined, left in rows.values_list("collaboration_id", "organisation_id", "joined_on", "left_on"):
            spans[within, of].append((joined, left))
        went = Carried.objects.filter(kind="role", outcome=Outcome.GOES, reorganisation__carried_out_on__lte=on)
        for role, of, day in went.values_list("thing_id", "of_id", "reorganisation__carried_out_on"):
            if day is not None:
                moved[role, day] = of
    return TakingPart(on=on, spans=spans, moved=moved)


def counted_at(organisation_id: str) -> frozenset[str]:
    """Where what somebody did counts in this organisation: there, and at everybody whose place in law it has taken."""
    return stands_for(organisation_id)


def counting(done: Done) -> Done:
    """What was done, by organisation, person and root, told at whoever has taken the organisation's place in law, too."""
    now, found = in_law(), {key: dict(days) for key, days in done.items()}
    for (of, person), days in done.items():
        if of in now:
            there = found.setdefault((now[of], person), {})
            for root, on in days.items():
                there[root] = max(on, there.get(root, on))
    return found
