"""Several actors asked about at once: what each reaches, in so many questions as it takes for one.

A person may hold forty roles. What waits in all of them is asked for together; whose each found thing is, a crowd says.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from samordna.core import clock
from samordna.core.actor import Actor, Duty
from samordna.core.policy import Span
from samordna.domain.collaborations.models import Collaboration, Participation
from samordna.domain.organisations.access import running_holdings
from samordna.domain.organisations.waiting import Waiting

NOBODY: tuple[Actor, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Crowd:
    """Actors who may act now, each as the holder of one role of an organisation.

    `taking_part`: the collaborations that each organisation takes part in now. `led`: who coordinates each collaboration.
    """

    actors: tuple[Actor, ...]
    taking_part: Mapping[str, frozenset[str]]
    led: Mapping[str, tuple[Actor, ...]]

    def with_duty(self, duty: Duty) -> tuple[Actor, ...]:
        """Those whose role is there for this."""
        return tuple(actor for actor in self.actors if duty in actor.duties)

    def organisations(self, duty: Duty) -> list[str]:
        """The organisations for which somebody here has the duty."""
        return sorted({actor.organisation_id or "" for actor in self.with_duty(duty)})

    def joined(self, duty: Duty) -> list[str]:
        """The collaborations in which somebody here has the duty for an organisation that takes part."""
        return sorted({pk for one in self.organisations(duty) for pk in self.taking_part.get(one, ())})

    @property
    def coordinated(self) -> list[str]:
        """The collaborations that somebody here coordinates."""
        return sorted(self.led)

    def of(self, organisation_id: str | None, collaboration_id: str, duty: Duty) -> tuple[Actor, ...]:
        """Who here does this for the organisation in the collaboration, if that takes part."""
        if organisation_id is None or collaboration_id not in self.taking_part.get(organisation_id, ()):
            return NOBODY
        return tuple(actor for actor in self.with_duty(duty) if actor.organisation_id == organisation_id)

    def answering_for(self, organisation_id: str, duty: Duty) -> tuple[Actor, ...]:
        """Who here does this for the organisation, whether or not it still takes part."""
        return tuple(actor for actor in self.with_duty(duty) if actor.organisation_id == organisation_id)

    def leading(self, collaboration_id: str) -> tuple[Actor, ...]:
        """Who here coordinates the collaboration."""
        return self.led.get(collaboration_id, NOBODY)


Found = tuple[Actor, Waiting]
Collect = Callable[[Crowd, datetime], Iterable[Found]]


def crowd_of(actors: Sequence[Actor], at: datetime) -> Crowd:
    """The crowd, without those who may not act now: three questions, however many they are."""
    on = clock.day(at)
    asked = [actor for actor in dict.fromkeys(actors) if actor.organisation_id is not None and actor.may_write]
    running = running_holdings([actor.holding_id or "" for actor in asked], on)
    present = tuple(actor for actor in asked if (actor.holding_id, actor.person_id, actor.role_id) in running)
    return Crowd(actors=present, taking_part=_taking_part(present, on), led=_led(present, on))


def _taking_part(actors: Iterable[Actor], on: date) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    organisations = {actor.organisation_id or "" for actor in actors}
    rows = Participation.objects.on(on).filter(organisation_id__in=organisations) if organisations else NOTHING
    for organisation, collaboration in rows.values_list("organisation_id", "collaboration_id"):
        found[organisation].add(collaboration)
    return {organisation: frozenset(ids) for organisation, ids in found.items()}


NOTHING = Participation.objects.none()


def _led(actors: Iterable[Actor], on: date) -> dict[str, tuple[Actor, ...]]:
    by_role: dict[str, list[Actor]] = defaultdict(list)
    for actor in actors:
        if Duty.COORDINATE in actor.duties:
            by_role[actor.role_id or ""].append(actor)
    if not by_role:
        return {}
    rows = Collaboration.objects.filter(coordinator_role_id__in=by_role).values_list(
        "pk", "coordinator_role_id", "valid_to"
    )
    return {pk: tuple(by_role[role]) for pk, role, end in rows if Span(end=end).at(on)}


def asked_alone(collect: Collect, actor: Actor, at: datetime) -> list[Waiting]:
    """What is collected for one actor."""
    return [waiting for _actor, waiting in collect(crowd_of([actor], at), at)]


def each(actors: Collection[Actor], waiting: Waiting) -> Iterator[Found]:
    """The same thing for each of them."""
    return ((actor, waiting) for actor in actors)
