"""The coordinator's work (O2): the state of every matter, who is waited for, what is next, and where the work creaks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Max

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.models import JournalEntry
from samordna.domain.collaborations.access import reach
from samordna.domain.collaborations.models import Collaboration
from samordna.domain.matters.enums import MatterStage
from samordna.domain.matters.models import Matter
from samordna.domain.matters.states import CLOSED
from samordna.domain.organisations.waiting import Waiting, WaitingKind
from samordna.domain.overview.enums import ShowMatters
from samordna.domain.overview.queries.creaking import REOPENED, STILL, Creaks, creaks_in
from samordna.domain.overview.queries.gathering import Gathering, gathering_in
from samordna.domain.overview.queries.mine import waiting_now
from samordna.domain.overview.queries.silent import Silent, silent_in

PAGE = 100
NAMED = 3
REMINDED = ("participants_reminded", "waited_for_reminded")


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """What the coordinator can do with a matter now: in words, and the page where it is done."""

    what: str
    url_name: str
    url_args: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One matter. `waited_for`: those who have something left to do in it, by name; `remind_version` where that is to
    answer about a decision; nobody is reminded twice in a day. `moved_on`: when something last happened; `reopened`: how
    many times it has gone back."""

    id: str
    number: int
    title: str
    collaboration_id: str
    collaboration: str
    stage: str
    stage_label: str
    waited_for: tuple[str, ...]
    waited_what: str
    remind_version: str
    may_remind: bool
    reminded_on: date | None
    due: date | None
    late: bool
    move: Move | None
    moved_on: date | None
    still: bool
    reopened: int

    @property
    def named(self) -> tuple[str, ...]:
        """The first of those who are waited for."""
        return self.waited_for[:NAMED] if len(self.waited_for) > NAMED else self.waited_for

    @property
    def others(self) -> int:
        """How many more are waited for."""
        return len(self.waited_for) - len(self.named)

    @property
    def closed(self) -> bool:
        """Was it replaced, let be or withdrawn?"""
        return self.stage in CLOSED

    def fits(self, show: ShowMatters) -> bool:
        """Is it one of these?"""
        under_way = not self.closed and self.stage != MatterStage.IN_FORCE
        match show:
            case ShowMatters.UNDER_WAY:
                return under_way
            case ShowMatters.MY_MOVE:
                return self.move is not None
            case ShowMatters.WAITING:
                return bool(self.waited_for)
            case ShowMatters.LATE:
                return self.late
            case ShowMatters.STILL:
                return self.still
            case ShowMatters.IN_FORCE:
                return self.stage == MatterStage.IN_FORCE
            case ShowMatters.CLOSED:
                return self.closed


@dataclass(frozen=True, slots=True, kw_only=True)
class Coordinating:
    """The page: the collaborations one coordinates, how many matters each choice has, one page of them, and the creaks."""

    choices: tuple[tuple[str, str], ...]
    chosen: str
    show: ShowMatters
    counts: Mapping[ShowMatters, int]
    lines: tuple[Line, ...]
    page: int
    more: bool
    creaks: Creaks
    gathering: Gathering


def coordinating(
    actor: Actor, at: datetime, collaboration_id: str = "", show: ShowMatters = ShowMatters.UNDER_WAY, page: int = 1
) -> Coordinating:
    """The state of everything that the actor coordinates, or of one collaboration; a constant number of queries."""
    led = Collaboration.objects.filter(pk__in=reach(actor, at)[1]).order_by("name", "pk")
    choices = tuple(led.values_list("pk", "name"))
    chosen = collaboration_id if collaboration_id in dict(choices) else ""
    among = [chosen] if chosen else [pk for pk, _name in choices]
    rows = Matter.objects.filter(collaboration_id__in=among).select_related("collaboration")
    matters = list(rows.order_by("collaboration__name", "-number", "pk"))
    silent, past = silent_in([matter.pk for matter in matters], at), _past([matter.pk for matter in matters])
    moves = _moves(waiting_now([actor], at).get(actor, ()))
    lines = [_line(matter, silent, past, moves, clock.day(at)) for matter in matters]
    found = sorted((line for line in lines if line.fits(show)), key=_urgency)
    start = (max(page, 1) - 1) * PAGE
    return Coordinating(
        choices=choices,
        chosen=chosen,
        show=show,
        counts={one: sum(line.fits(one) for line in lines) for one in ShowMatters},
        lines=tuple(found[start : start + PAGE]),
        page=max(page, 1),
        more=len(found) > start + PAGE,
        creaks=creaks_in(among, at),
        gathering=gathering_in(among, at),
    )


def _urgency(line: Line) -> tuple[bool, date, str, int]:
    return not line.late, line.due or date.max, line.collaboration, -line.number


def _moves(found: Sequence[Waiting]) -> dict[str, Move]:
    """What waits for the coordinator itself, by matter: the most urgent first."""
    moves: dict[str, Move] = {}
    for one in found:
        if one.kind is WaitingKind.COORDINATE and one.matter_id and not _only_waits(one):
            moves.setdefault(one.matter_id, Move(what=one.what, url_name=one.url_name, url_args=one.url_args))
    return moves


def _only_waits(one: Waiting) -> bool:
    """Others answer, and their last day has not passed: nothing is left to do but to follow it."""
    return one.url_name == "matter" and one.quick is None and bool(one.note)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Past:
    latest: datetime | None = None
    reminded: datetime | None = None
    reopened: int = 0


def _past(matter_ids: Collection[str]) -> dict[str, _Past]:
    """What the journal tells of each matter: when something last happened, who was reminded, how often it went back."""
    entries = JournalEntry.objects.filter(matter_id__in=matter_ids).order_by().values("matter_id", "action")
    found: dict[str, _Past] = defaultdict(_Past)
    for row in entries.annotate(latest=Max("at"), count=Count("sequence")):
        past, when = found[row["matter_id"]], row["latest"]
        reminder = row["action"] in REMINDED
        found[row["matter_id"]] = _Past(
            latest=max(filter(None, (past.latest, when))),
            reminded=max(filter(None, (past.reminded, when))) if reminder else past.reminded,
            reopened=past.reopened + (row["count"] if row["action"] in REOPENED else 0),
        )
    return found


def _line(
    matter: Matter, silent: Mapping[str, Silent], past: Mapping[str, _Past], moves: Mapping[str, Move], today: date
) -> Line:
    waits, been = silent.get(matter.pk), past.get(matter.pk) or _Past()
    due = waits.due if waits else None
    reminded = clock.day(been.reminded) if been.reminded else None
    stage, moved = MatterStage(matter.stage), clock.day(been.latest or matter.opened_at)
    under_way = stage not in CLOSED and stage is not MatterStage.IN_FORCE
    return Line(
        id=matter.pk,
        number=matter.number,
        title=matter.title,
        collaboration_id=matter.collaboration_id,
        collaboration=matter.collaboration.name,
        stage=stage.value,
        stage_label=str(stage.label),
        waited_for=waits.names if waits else (),
        waited_what=waits.what if waits else "",
        remind_version=waits.version_id if waits else "",
        may_remind=bool(waits and waits.may_remind) and reminded != today,
        reminded_on=reminded,
        due=due,
        late=due is not None and due < today,
        move=moves.get(matter.pk),
        moved_on=moved,
        still=under_way and moved <= today - STILL,
        reopened=been.reopened,
    )
