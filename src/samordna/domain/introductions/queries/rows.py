"""Programmes, steps and progress as pages and the API show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from samordna.domain.introductions.enums import Standing, StepState


def time_words(minutes: int | None) -> str:
    """How long something takes, in hours and minutes; "" when nobody has said."""
    if not minutes:
        return ""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return _("%(minutes)s min") % {"minutes": rest}
    whole, part = _("%(hours)s h") % {"hours": hours}, _("%(minutes)s min") % {"minutes": rest}
    return f"{whole} {part}" if rest else whole


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeRow:
    """One programme. `home`: whose it is, by name; `coordinated`: a collaboration's. `state`: draft, published or ended.
    `minutes`: what all steps are expected to take."""

    id: str
    name: str
    why: str
    home: str
    organisation_id: str
    collaboration_id: str
    state: str
    published_on: date | None
    ended_on: date | None
    renewed_after: int | None
    steps: int
    minutes: int

    @property
    def time(self) -> str:
        """What all steps are expected to take, in words."""
        return time_words(self.minutes)

    @property
    def coordinated(self) -> bool:
        """Is it for all who take part in a collaboration?"""
        return bool(self.collaboration_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRow:
    """Where a step leads: the name of a page and what it is called. Only where the reader may go there."""

    url_name: str
    url_args: tuple[str, ...]
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionRow:
    """An event at which a step is done, of those that the reader may see."""

    event_id: str
    title: str
    on: date
    ahead: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRow:
    """One step, and how it stands for the one whom the page is about. `state` is None where that is nobody.

    `done_id`: what can be taken back; "" where there is nothing, or it came of an event. `mine`: by
    the reader, if it may fill in for that one at all. `new_since`: when it was added, after that one had begun.
    """

    id: str
    kind: str
    kind_label: str
    what: str
    words: str
    minutes: int | None
    by_days: int | None
    about: str
    address: str
    links: tuple[LinkRow, ...]
    sessions: tuple[SessionRow, ...]
    state: str | None
    due: date | None
    done_on: date | None
    valid_to: date | None
    new_since: date | None
    how: str
    note: str
    done_id: str
    mine: bool
    fingerprint: str

    @property
    def time(self) -> str:
        """What it is expected to take, in words."""
        return time_words(self.minutes)

    @property
    def done(self) -> bool:
        """Is it done, and does it still hold?"""
        return self.state in (StepState.DONE, StepState.RENEW)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressRow:
    """How far somebody has come with one programme. `next_due`: the nearest last day of what is left. `added`: how many of
    the steps that are left came after one had begun."""

    programme_id: str
    programme: str
    coordinated: bool
    begun: date
    standing: str
    standing_label: str
    done: int
    steps: int
    late: int
    added: int
    next_what: str
    next_due: date | None
    done_on: date | None
    valid_to: date | None
    resting: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingRow:
    """Something that a holder is trained in: a programme, an event or an earlier training. `valid_to`: until when; None for
    always. `lapsed`: that day has passed."""

    what: str
    on: date
    valid_to: date | None
    note: str
    lapsed: bool
    source: str
    url_name: str
    url_args: tuple[str, ...]
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HolderRow:
    """One holder of a role in the organisation, how it gets on, and what it is trained in."""

    holding_id: str
    who: str
    role_id: str
    role: str
    since: date
    progress: tuple[ProgressRow, ...]
    trainings: tuple[TrainingRow, ...]

    @property
    def late(self) -> int:
        """Steps whose last day has passed."""
        return sum(row.late for row in self.progress)

    @property
    def introduced(self) -> bool:
        """Is everything done that is asked for?"""
        return all(row.standing == Standing.INTRODUCED for row in self.progress)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleCount:
    """How many hold a role, and how many of them are introduced. No names: how somebody gets on is its own."""

    role_id: str
    role: str
    people: int
    introduced: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationCount:
    """One organisation in a coordinated programme: how many of its people are introduced, and in which roles not yet."""

    organisation_id: str
    organisation: str
    people: int
    introduced: int
    roles: tuple[RoleCount, ...]

    @property
    def missing(self) -> tuple[RoleCount, ...]:
        """The roles in which not everybody is introduced."""
        return tuple(row for row in self.roles if row.introduced < row.people)
