"""Programmes: in lists, on their pages, and with what the reader has left to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, Count, Q, QuerySet, Sum, Value, When

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.overtaking import fingerprint
from samordna.core.refusals import refusal_of
from samordna.domain.introductions.access import (
    FOLLOW,
    KEEP,
    followed_for,
    home_for,
    led_for,
    programme_for,
    visible_programmes,
)
from samordna.domain.introductions.assigned import Introduced, introduced, programmes_of
from samordna.domain.introductions.elsewhere import done_elsewhere
from samordna.domain.introductions.enums import Reach
from samordna.domain.introductions.models import Programme
from samordna.domain.introductions.queries.rows import ProgrammeRow, ProgressRow, StepRow
from samordna.domain.introductions.queries.steps import names_of, steps_of
from samordna.domain.introductions.wording import meant_now, programme_words
from samordna.domain.organisations.enums import RoleKind
from samordna.domain.organisations.models import Holding, Role

MOST_ENDED = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Introductions:
    """What one sees first: one's own, and the programmes that one may read. `keeping`: why the actor may not begin one for
    its organisation, or ""; `following`: likewise for following its people. `led`: collaborations one may begin one for."""

    own: tuple[ProgressRow, ...]
    running: tuple[ProgrammeRow, ...]
    drafts: tuple[ProgrammeRow, ...]
    ended: tuple[ProgrammeRow, ...]
    keeping: str
    following: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammePage:
    """One programme. `own`: how the reader gets on, if it is for its role. `elsewhere`: steps that it has done in another
    organisation. `keeping`, `following`, `leading`: why the actor may not, or ""."""

    row: ProgrammeRow
    for_whom: tuple[str, ...]
    meant: tuple[str, ...]
    present: bool
    steps: tuple[StepRow, ...]
    own: ProgressRow | None
    elsewhere: int
    keeping: str
    following: str
    leading: str
    fingerprint: str

    @property
    def id(self) -> str:
        """The programme's own."""
        return self.row.id


def introductions_of(actor: Actor, at: datetime) -> Introductions:
    """The actor's own introductions and the programmes it may read; so many questions whatever there is of them."""
    on = clock.day(at)
    rows = list(_with_sums(visible_programmes(actor, at)))
    now = [row for row in rows if row.runs(on)]
    ended = [row for row in rows if row.ended_on is not None]
    of = actor.organisation_id or ""
    return Introductions(
        own=own_rows(actor, at),
        running=tuple(programme_row(row) for row in now),
        drafts=tuple(programme_row(row) for row in rows if row.published_on is None and row.ended_on is None),
        ended=tuple(programme_row(row) for row in ended[:MOST_ENDED]),
        keeping=refusal_of(home_for, actor, of, "", KEEP, at),
        following=refusal_of(followed_for, actor, of, FOLLOW, at),
    )


def listed_programmes(actor: Actor, at: datetime, state: str = "") -> QuerySet[Programme]:
    """All programmes that the actor may read: those that are published, drafts, ended; or those of one `state` alone."""
    ended, draft = Q(ended_on__isnull=False), Q(ended_on__isnull=True, published_on__isnull=True)
    found = _with_sums(visible_programmes(actor, at))
    if state:
        of = {"ended": ended, "draft": draft, "published": ~ended & ~draft}
        found = found.filter(of.get(state, Q(pk__in=[])))
    order = Case(When(ended, then=Value(2)), When(draft, then=Value(1)), default=Value(0))
    return found.order_by(order, "name", "pk")


def own_introductions(actor: Actor, at: datetime) -> tuple[Introduced, ...]:
    """The programmes that are for the role that the actor acts in."""
    if actor.person_id is None or actor.organisation_id is None:
        return ()
    on = clock.day(at)
    held = Holding.objects.on(on).filter(pk=actor.holding_id).select_related("role__organisation")
    return introduced(list(programmes_of([actor.organisation_id], on)), held, on, [actor.person_id])


def own_rows(actor: Actor, at: datetime) -> tuple[ProgressRow, ...]:
    """How far the actor has come with each of its introductions, and what is next."""
    found = own_introductions(actor, at)
    names = names_of([each.programme.pk for each in found]) if found else {}
    return tuple(progress_row(each, names) for each in found)


def programme_page(actor: Actor, programme_id: str, at: datetime) -> ProgrammePage:
    """One programme, for those who may read it."""
    programme_for(actor, programme_id, at=at)
    on = clock.day(at)
    programme = _with_sums(Programme.objects.filter(pk=programme_id)).get()
    own = None
    if programme.runs(on) and actor.person_id:
        held = Holding.objects.on(on).filter(pk=actor.holding_id).select_related("role__organisation")
        own = next(iter(introduced([programme], held, on, [actor.person_id])), None)
    marked = {step.root: step for step in own.progress.steps} if own else {}
    meant = meant_now(programme)
    leading = refusal_of(led_for, actor, programme.collaboration_id, at) if programme.collaboration_id else "-"
    return ProgrammePage(
        row=programme_row(programme),
        for_whom=tuple(_meant_sentence(row.reach, row.kind, _named(row.role, programme)) for row, _word in meant),
        meant=tuple(word for _row, word in meant),
        present=programme.present,
        steps=steps_of(actor, programme, at, own.holding if own else None, marked),
        own=progress_row(own, names_of([programme_id])) if own else None,
        elsewhere=len(done_elsewhere(actor, programme)) if own else 0,
        keeping=refusal_of(programme_for, actor, programme_id, KEEP, at),
        following=refusal_of(followed_for, actor, actor.organisation_id or "", FOLLOW, at),
        leading=leading,
        fingerprint=fingerprint(programme_words(programme, meant)),
    )


def _with_sums(found: QuerySet[Programme]) -> QuerySet[Programme]:
    asked = Q(steps__ended_at__isnull=True)
    sums = {"many": Count("steps", filter=asked), "minutes": Sum("steps__minutes", filter=asked)}
    return found.select_related("organisation", "collaboration").annotate(**sums).order_by("name", "pk")


def programme_row(programme: Programme) -> ProgrammeRow:
    """One programme, with the sums of `_with_sums` where they were asked for."""
    state = "ended" if programme.ended_on else "published" if programme.published_on else "draft"
    return ProgrammeRow(
        id=programme.pk,
        name=programme.name,
        why=programme.why,
        home=str(programme.collaboration or programme.organisation),
        organisation_id=programme.organisation_id or "",
        collaboration_id=programme.collaboration_id or "",
        state=state,
        published_on=programme.published_on,
        ended_on=programme.ended_on,
        renewed_after=programme.renewed_after,
        steps=getattr(programme, "many", 0),
        minutes=getattr(programme, "minutes", 0) or 0,
    )


def progress_row(given: Introduced, names: Mapping[str, str] | None = None) -> ProgressRow:
    """How far somebody has come. `names`: what each step is called, by root, where it is told what is next."""
    told = given.progress
    left = told.left
    first = left[0] if left else None
    return ProgressRow(
        programme_id=given.programme.pk,
        programme=given.programme.name,
        coordinated=bool(given.programme.collaboration_id),
        begun=given.begun,
        standing=told.standing,
        standing_label=str(told.standing.label),
        done=told.done,
        steps=len(told.steps),
        late=0 if given.resting else told.late,
        added=told.added,
        next_what=(names or {}).get(first.root, "") if first else "",
        next_due=first.due if first else None,
        done_on=told.done_on,
        valid_to=told.valid_to,
        resting=given.resting,
    )


def _named(role: Role | None, programme: Programme) -> str:
    """A role, with its organisation where the programme is for several."""
    if role is None:
        return ""
    return f"{role.name}, {role.organisation.name}" if programme.collaboration_id else role.name


def _meant_sentence(reach: str, kind: str, role: str) -> str:
    match Reach(reach):
        case Reach.KIND:
            return str(RoleKind(kind).label)
        case Reach.ROLE:
            return role
        case Reach.EVERYBODY | Reach.TASKS:
            return str(Reach(reach).label)
