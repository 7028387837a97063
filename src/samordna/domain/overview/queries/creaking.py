"""Where the form of work creaks, in what the system knows: signs to look into, never a judgement of somebody."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from samordna.core import clock
from samordna.core.models import JournalEntry
from samordna.domain.collaborations.queries.sponsors import Sponsor, sponsors_in
from samordna.domain.decisions.enums import DecisionState
from samordna.domain.decisions.models import ConsultationAnswer, DecisionVersion
from samordna.domain.decisions.states import Step
from samordna.domain.forums.enums import ItemKind, ItemState, MeetingState
from samordna.domain.forums.models import Item, Meeting, Ownership
from samordna.domain.matters.enums import MatterStage
from samordna.domain.matters.models import Matter, Position
from samordna.domain.matters.states import SENT_IN

A_YEAR = timedelta(days=365)
STILL = timedelta(days=30)
NO_WORD = timedelta(days=60)
UNDER_WAY = (
    MatterStage.DRAFT,
    MatterStage.GATHERING,
    MatterStage.WEIGHING,
    MatterStage.CONSULTATION,
    MatterStage.ADOPTION,
)
REOPENED = ("gathering_resumed", "weighing_resumed", "matter_reopened")


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A matter or decision by name, for a link. `note`: the reason that was given, where there is one."""

    matter_id: str
    title: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Undecided:
    """A meeting that was held without taking up any of what it was to decide; `items` are their titles."""

    meeting_id: str
    forum: str
    on: date
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Creaks:
    """The signs, in the last year. `late` of `answers` came after their last day."""

    late: int
    answers: int
    still: tuple[Named, ...]
    reopened: tuple[Named, ...]
    unconsulted: tuple[Named, ...]
    unfollowed: tuple[Named, ...]
    undecided: tuple[Undecided, ...]
    unsponsored: tuple[Sponsor, ...]

    @property
    def quiet(self) -> bool:
        """Is there no sign at all?"""
        lists = (self.still, self.reopened, self.unconsulted, self.unfollowed, self.undecided, self.unsponsored)
        return not self.late and not any(lists)


def creaks_in(collaboration_ids: Collection[str], at: datetime) -> Creaks:
    """The signs in these collaborations; a constant number of queries."""
    late, answers = _punctuality(collaboration_ids, at)
    matters = {row.pk: row for row in Matter.objects.filter(collaboration_id__in=collaboration_ids).order_by("title", "pk")}
    moved = _moved_since(matters, at - STILL)
    still = [row for row in matters.values() if row.stage in UNDER_WAY and row.opened_at <= at - STILL]
    return Creaks(
        late=late,
        answers=answers,
        still=tuple(Named(matter_id=row.pk, title=row.title) for row in still if row.pk not in moved),
        reopened=_reopened(matters, at),
        unconsulted=_unconsulted(collaboration_ids, at),
        unfollowed=_unfollowed(collaboration_ids, at),
        undecided=_undecided(collaboration_ids, at),
        unsponsored=tuple(row for row in sponsors_in(collaboration_ids, at) if row.at_risk),
    )


def _punctuality(collaboration_ids: Collection[str], at: datetime) -> tuple[int, int]:
    sent = Position.objects.filter(
        matter__collaboration_id__in=collaboration_ids,
        state__in=sorted(SENT_IN),
        answered_at__gt=at - A_YEAR,
        matter__answer_by__isnull=False,
    )
    tardy = sent.filter(answered_at__date__gt=F("matter__answer_by"))
    told = ConsultationAnswer.objects.filter(
        version__decision__matter__collaboration_id__in=collaboration_ids, answered_at__gt=at - A_YEAR
    )
    return tardy.count() + told.filter(late=True).count(), sent.count() + told.count()


def _moved_since(matters: Collection[str], since: datetime) -> set[str]:
    entries = JournalEntry.objects.filter(matter_id__in=list(matters), at__gt=since).order_by()
    return set(entries.values_list("matter_id", flat=True).distinct())


def _reopened(matters: dict[str, Matter], at: datetime) -> tuple[Named, ...]:
    entries = JournalEntry.objects.filter(matter_id__in=list(matters), action__in=REOPENED, at__gt=at - A_YEAR).order_by()
    back = set(entries.values_list("matter_id", flat=True))
    return tuple(Named(matter_id=pk, title=row.title) for pk, row in matters.items() if pk in back)


def _unconsulted(collaboration_ids: Collection[str], at: datetime) -> tuple[Named, ...]:
    rows = DecisionVersion.objects.filter(
        ~Q(skipped=[]), decision__matter__collaboration_id__in=collaboration_ids, prepared_at__gt=at - A_YEAR
    )
    kept = rows.select_related("decision__matter").only("skipped", "decision__matter__title").order_by("prepared_at", "pk")
    return tuple(
        Named(matter_id=row.decision.matter_id, title=row.decision.matter.title, note=left_out["reason"])
        for row in kept
        for left_out in row.skipped
        if left_out["step"] == Step.CONSULTATION
    )


def _unfollowed(collaboration_ids: Collection[str], at: datetime) -> tuple[Named, ...]:
    """Decisions that have been in force for a while and that nobody has said anything about following."""
    rows = DecisionVersion.objects.filter(
        state=DecisionState.IN_FORCE,
        in_force_from__lte=clock.day(at - NO_WORD),
        following_answers__isnull=True,
        decision__matter__collaboration_id__in=collaboration_ids,
    )
    named = rows.order_by("in_force_from", "pk").values_list("decision__matter_id", "decision__matter__title")
    return tuple(Named(matter_id=pk, title=title) for pk, title in named)


def _undecided(collaboration_ids: Collection[str], at: datetime) -> tuple[Undecided, ...]:
    """Meetings of the last year in forums that these collaborations own, the latest first."""
    to_decide = Item.objects.filter(meeting=OuterRef("pk"), kind=ItemKind.DECISION).exclude(state=ItemState.WITHDRAWN)
    rows = Meeting.objects.filter(
        Exists(to_decide),
        ~Exists(to_decide.filter(state=ItemState.DONE)),
        state__in=[MeetingState.HELD, MeetingState.MINUTED],
        starts_at__gt=at - A_YEAR,
        forum__in=_forums_of(collaboration_ids),
    )
    found = list(rows.select_related("forum").order_by("-starts_at", "pk"))
    titles: dict[str, list[str]] = {}
    left = Item.objects.filter(meeting__in=[row.pk for row in found], kind=ItemKind.DECISION)
    for meeting_id, title in left.exclude(state=ItemState.WITHDRAWN).order_by("order").values_list("meeting_id", "title"):
        titles.setdefault(str(meeting_id), []).append(title)
    return tuple(
        Undecided(meeting_id=row.pk, forum=row.forum.name, on=clock.day(row.starts_at), items=tuple(titles[row.pk]))
        for row in found
    )


def _forums_of(collaboration_ids: Collection[str]) -> QuerySet[Ownership, str]:
    running = Ownership.objects.filter(accepted_at__isnull=False, ended_at__isnull=True)
    return running.filter(collaboration_id__in=collaboration_ids).values_list("forum_id", flat=True)
