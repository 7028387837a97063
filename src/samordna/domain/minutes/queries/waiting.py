"""What somebody is waited for with minutes: to adjust them, and to get them written, sent out and locked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.domain.collaborations.queries.crowd import Crowd, Found, asked_alone
from samordna.domain.forums.enums import Formality, MeetingState
from samordna.domain.forums.models import Item, Meeting, Ownership
from samordna.domain.minutes.enums import MinutesState, Word
from samordna.domain.minutes.models import Adjuster, AdjustersWord, Minutes, MinutesVersion
from samordna.domain.organisations.waiting import Quick, Waiting, WaitingKind

MINUTED_WITHIN = timedelta(days=14)


def waiting_in(crowd: Crowd, at: datetime) -> Iterator[Found]:
    """What each may do now, in its role; six questions at most."""
    if not crowd.actors:
        return
    yield from _to_adjust(crowd)
    yield from _to_finish(crowd, at)


def waiting_for(actor: Actor, at: datetime) -> list[Waiting]:
    """What one actor may do now, in its role."""
    return asked_alone(waiting_in, actor, at)


def _to_adjust(crowd: Crowd) -> Iterator[Found]:
    roles = {actor.role_id or "" for actor in crowd.actors}
    asked = Adjuster.objects.filter(role_id__in=roles, ended_at__isnull=True, minutes__state=MinutesState.OUT)
    rows = list(asked.select_related("minutes__meeting__forum").order_by("minutes__adjust_by", "pk"))
    if not rows:
        return
    latest = _latest({row.minutes_id for row in rows})
    said = AdjustersWord.objects.filter(adjuster__in=rows).order_by("said_at", "pk").select_related("version")
    last = {(word.adjuster_id, word.version.number): word for word in said}
    owners = _owners({row.minutes.meeting.forum_id for row in rows})
    for row in rows:
        number = latest[row.minutes_id]
        word = last.get((row.pk, number))
        if word is None or word.word != Word.AGREES:
            item = _adjust(row.minutes, number, asks=word is not None)
            for actor in crowd.actors:
                if actor.role_id == row.role_id and _reads(crowd, actor, owners.get(row.minutes.meeting.forum_id, ())):
                    yield actor, item


def _reads(crowd: Crowd, actor: Actor, owners: tuple[str, ...]) -> bool:
    """Does the actor's organisation take part in, or the actor coordinate, one that owns the forum?"""
    taking_part = crowd.taking_part.get(actor.organisation_id or "", frozenset())
    return any(pk in taking_part or actor in crowd.leading(pk) for pk in owners)


def _latest(minutes_ids: set[str]) -> dict[str, int]:
    rows = Minutes.objects.filter(pk__in=minutes_ids).values_list("pk", "versions__number").order_by("versions__number")
    return dict(rows)


def _owners(forum_ids: set[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    running = Ownership.objects.filter(forum_id__in=forum_ids, ended_at__isnull=True, accepted_at__isnull=False)
    for forum_id, pk in running.exclude(collaboration__state="planned").values_list("forum_id", "collaboration_id"):
        found[forum_id] = (*found.get(forum_id, ()), pk)
    return found


def _adjust(minutes: Minutes, number: int, *, asks: bool) -> Waiting:
    meeting = minutes.meeting
    quick = Quick(
        label=_("Agree to the minutes"),
        url_name="agree_to_minutes",
        url_args=(meeting.pk,),
        sends=(("number", str(number)),),
    )
    return Waiting(
        kind=WaitingKind.REVIEW,
        what=_("Adjust the minutes"),
        about=_name(meeting),
        collaboration=meeting.forum.name,
        url_name="minutes",
        url_args=(meeting.pk,),
        due=minutes.adjust_by,
        note=_("You have asked for a change.") if asks else "",
        quick=None if asks else quick,
    )


def _to_finish(crowd: Crowd, at: datetime) -> Iterator[Found]:
    """For those who prepare: meetings that were held and are not minuted. A visit or a day together, where there was
    nothing on an agenda, has notes of its own and is not waited for."""
    roles = {actor.role_id or "" for actor in crowd.actors}
    led = Ownership.objects.filter(
        collaboration_id__in=crowd.coordinated,
        ended_at__isnull=True,
        accepted_at__isnull=False,
    )
    forums = dict.fromkeys(led.values_list("forum_id", flat=True)) if crowd.led else {}
    live = Q(forum__closed_on__isnull=True) | Q(written__isnull=False)  # minutes that were begun are finished
    held = Meeting.objects.filter(live, state=MeetingState.HELD).select_related("forum", "written")
    noted = Q(forum__formality=Formality.FORMAL) | Exists(Item.objects.filter(meeting=OuterRef("pk")))
    held = held.filter(noted | Q(written__isnull=False))
    own = held.filter(forum__prepares_id__in=roles) | held.filter(forum_id__in=forums)
    rows = list(own.distinct().order_by("starts_at", "pk"))
    owners, answers = _owners({row.forum_id for row in rows}), _asked_for(rows)
    for row in rows:
        within = owners.get(row.forum_id, ())
        for actor in crowd.actors:
            prepares = actor.role_id == row.forum.prepares_id and _reads(crowd, actor, within)
            if prepares or any(actor in crowd.leading(pk) for pk in within):
                item = _finish(row, answers.get(row.pk, False), clock.day(at))
                if item is not None:
                    yield actor, item


def _asked_for(meetings: Sequence[Meeting]) -> dict[str, bool]:
    """The meetings whose minutes are out, with whether somebody has asked for a change in the version that stands."""
    out = Minutes.objects.filter(meeting__in=meetings, state=MinutesState.OUT)
    asks = AdjustersWord.objects.filter(version__minutes=OuterRef("pk"), word=Word.ASKS, adjuster__ended_at__isnull=True)
    stands = MinutesVersion.objects.filter(minutes=OuterRef("version__minutes")).order_by("-number").values("pk")[:1]
    return dict(out.annotate(asked=Exists(asks.filter(version=Subquery(stands)))).values_list("meeting_id", "asked"))


def _finish(meeting: Meeting, asked: bool, today: date) -> Waiting | None:
    minutes: Minutes | None = getattr(meeting, "written", None)
    if minutes is None:
        what, page = _("Write the minutes"), "meeting"
    elif minutes.state == MinutesState.DRAFT:
        what, page = _("Send the minutes out for adjustment"), "minutes"
    elif minutes.state == MinutesState.ADJUSTED:
        what, page = _("Lock the minutes"), "minutes"
    elif asked:
        what, page = _("Answer a change that is asked for in the minutes"), "minutes"
    elif minutes.adjust_by and minutes.adjust_by < today:
        what, page = _("Remind those who have not adjusted the minutes, or ask others"), "minutes"
    else:
        return None
    return Waiting(
        kind=WaitingKind.TEND,
        what=what,
        about=_name(meeting),
        collaboration=meeting.forum.name,
        url_name=page,
        url_args=(meeting.pk,),
        due=clock.day(meeting.starts_at) + MINUTED_WITHIN,
    )


def _name(meeting: Meeting) -> str:
    return f"{meeting.title or meeting.forum.name}, {date_format(localtime(meeting.starts_at), 'j F Y')}"
