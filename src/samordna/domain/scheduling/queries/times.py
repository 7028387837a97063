"""Questions about times as pages and the API show them: the table of answers, and which time is best and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.overtaking import fingerprint
from samordna.core.refusals import refusal_of
from samordna.domain.forums.access import PREPARE, RAISE, forum_for, permit_forum, visible_forums
from samordna.domain.forums.calendar_reading import Gap
from samordna.domain.forums.enums import AHEAD, Weekday
from samordna.domain.forums.finding_times import Candidate, Search
from samordna.domain.forums.models import Meeting
from samordna.domain.forums.phrases import named
from samordna.domain.forums.sentences import HINDRANCES, gap_sentences, refused_sentence, why_not_sentences
from samordna.domain.forums.time_wishes import Hindrance, TooMuch
from samordna.domain.organisations.models import Holding
from samordna.domain.scheduling.access import question_for
from samordna.domain.scheduling.enums import Suits, Wanted
from samordna.domain.scheduling.models import Asked, BusyHours, Spot, TimeOption, TimeQuestion, TimeReply
from samordna.domain.scheduling.queries.time_rows import (
    AskedRow,
    OptionRow,
    QuestionPage,
    QuestionRow,
    ReplyCell,
    SpotRow,
)
from samordna.domain.scheduling.rows import window_passed
from samordna.domain.scheduling.weighing import ANYWHERE, unknown_then, wish_of
from samordna.domain.scheduling.wording import question_words

MOST_CLOSED = 20
SIGNS = {Suits.YES: "✓", Suits.IF_NEED_BE: "(✓)", Suits.NO: "–"}


@dataclass(slots=True)
class _Facts:
    """Everything stored of one question, fetched at once."""

    question: TimeQuestion
    asked: list[Asked]
    spots: list[Spot]
    options: list[TimeOption]
    replies: list[TimeReply]
    hours: list[BusyHours]
    holders: dict[str, tuple[str, ...]] = field(default_factory=dict)
    answerers: dict[str, str] = field(default_factory=dict)


def questions_of(actor: Actor, forum_id: str, at: datetime) -> tuple[QuestionRow, ...]:
    """The forum's questions about times: the open ones, then the latest that are closed. Constant queries."""
    forum = forum_for(actor, forum_id, at=at)
    found = TimeQuestion.objects.filter(forum=forum).select_related("forum")
    rows = [
        *found.filter(closed_at__isnull=True),
        *found.filter(closed_at__isnull=False).order_by("-closed_at")[:MOST_CLOSED],
    ]
    return tuple(_rows(actor, rows))


def times_to_answer(actor: Actor, at: datetime) -> tuple[QuestionRow, ...]:
    """The open questions with times that the actor's role is asked about and has not answered: three queries."""
    asked = Asked.objects.filter(role_id=actor.role_id, question__closed_at__isnull=True)
    found = TimeQuestion.objects.filter(pk__in=asked.values("question_id"), forum__in=visible_forums(actor, at))
    found = found.filter(forum__closed_on__isnull=True)
    with_times = found.filter(options__withdrawn_at__isnull=True, options__isnull=False).distinct().select_related("forum")
    return tuple(row for row in _rows(actor, list(with_times.order_by("answer_by", "asked_at"))) if not row.answered)


def _rows(actor: Actor, found: Sequence[TimeQuestion]) -> list[QuestionRow]:
    own = Asked.objects.filter(question__in=found, role_id=actor.role_id or "")
    mine = dict(own.values_list("question_id", "pk"))
    said = TimeReply.objects.filter(asked__in=mine.values(), option__withdrawn_at__isnull=True)
    answered = set(said.values_list("asked_id", flat=True))
    return [_row(each, mine.get(each.pk), answered) for each in found]


def _row(question: TimeQuestion, mine: str | None, answered: set[str]) -> QuestionRow:
    return QuestionRow(
        id=question.pk,
        forum_id=question.forum_id,
        forum=question.forum.name,
        title=question.title,
        first_on=question.first_on,
        last_on=question.last_on,
        minutes=question.minutes,
        answer_by=question.answer_by,
        closed_at=question.closed_at,
        meeting_id=question.meeting_id or "",
        mine=mine is not None,
        answered=mine in answered,
    )


def question_page(actor: Actor, question_id: str, at: datetime) -> QuestionPage:
    """The question with its table: a constant number of queries, and bounded work (`time_wishes`)."""
    question = question_for(actor, question_id, at=at)
    facts = _facts(question, at)
    preparing = refusal_of(permit_forum, actor, PREPARE, question.forum, at)
    search, refused = _search(facts)
    cells = _cells(facts)
    asked = tuple(_asked(each, facts, cells, actor, told=not preparing) for each in facts.asked)
    mine = next((row for row in asked if row.mine), None)
    own = next((each for each in facts.hours if each.holding_id == actor.holding_id), None)
    answered = {row.id for row in asked if not row.silent}
    by_calendar = {each.asked_id for each in facts.hours}
    silent = [row for row in asked if row.silent] if facts.options else []
    return QuestionPage(
        row=_row(question, mine.id if mine else None, answered),
        opens=question.opens,
        closes=question.closes,
        weekdays=tuple(question.weekdays),
        weekday_labels=tuple(str(Weekday(each).label) for each in question.weekdays),
        dropped_reason=question.dropped_reason,
        options=_options(facts, search, at, told=not preparing),
        asked=asked,
        spots=tuple(_spot(each, facts) for each in facts.spots),
        preparing=preparing,
        silent=tuple(f"{row.role}, {row.organisation}" for row in silent if row.id not in by_calendar),
        by_calendar=tuple(f"{row.role}, {row.organisation}" for row in silent if row.id in by_calendar),
        mine=None if refusal_of(permit_forum, actor, RAISE, question.forum, at) else mine,
        own_hours=len(own.spans) if own else None,
        unread=tuple(gap_sentences({Gap(name): many for name, many in own.unread.items()})) if own else (),
        refused=refused,
        lingers=question.closed_at is None and window_passed(question, at),
        fingerprint=fingerprint(question_words(question, {each.role_id: each.wanted for each in facts.asked})),
    )


def _facts(question: TimeQuestion, at: datetime) -> _Facts:
    asked = list(
        question.asked.select_related("role__organisation").order_by("role__organisation__name", "role__name", "pk")
    )
    replies = TimeReply.objects.filter(option__question=question, option__withdrawn_at__isnull=True)
    facts = _Facts(
        question=question,
        asked=sorted(asked, key=lambda each: list(Wanted.values).index(each.wanted)),
        spots=list(question.spots.filter(removed_at__isnull=True)),
        options=list(question.options.filter(withdrawn_at__isnull=True).select_related("spot")),
        replies=list(replies.select_related("option")),
        hours=list(BusyHours.objects.filter(asked__question=question, holding__in=Holding.objects.on(clock.day(at)))),
    )
    held = Holding.objects.on(clock.day(at)).filter(role_id__in=[each.role_id for each in facts.asked])
    for each in held.named().order_by("valid_from", "pk"):
        facts.holders[each.role_id] = (*facts.holders.get(each.role_id, ()), each.known_as)
    by = Holding.objects.filter(pk__in={each.answered_by_id for each in facts.replies}).named()
    facts.answerers.update((each.pk, each.known_as) for each in by)
    return facts


def _search(facts: _Facts) -> tuple[Search | None, str]:
    starts = tuple(each.starts_at for each in facts.options)
    if not starts or facts.question.closed_at is not None:
        return None, ""
    try:
        return Search(wish_of(facts.question, starts, facts.asked, facts.spots, facts.replies, facts.hours)), ""
    except TooMuch as too_much:
        return None, refused_sentence(too_much)


def _place(option: TimeOption, facts: _Facts) -> str:
    """At which of the places the time is weighed: its own, or, where none is said, the first."""
    there = {each.pk for each in facts.spots}
    if option.spot_id in there:
        return str(option.spot_id)
    return facts.spots[0].pk if facts.spots else ANYWHERE.id


def _options(facts: _Facts, search: Search | None, at: datetime, *, told: bool) -> tuple[OptionRow, ...]:
    weighed: dict[str, Candidate] = {}
    if search:
        weighed = {each.pk: search.of(each.starts_at, _place(each, facts)) for each in facts.options if each.starts_at > at}
    ranked = sorted((c for c in weighed.values() if c.possible), key=lambda c: (c.weight.rank, c.start, c.place))
    best = ranked[0] if ranked else None
    others = _collisions(facts)
    counts: dict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys(Suits.values, 0))
    for reply in facts.replies:
        counts[reply.option_id][reply.suits] += 1
    names = {each.pk: f"{each.role.name}, {each.role.organisation.name}" for each in facts.asked}
    names |= {each.role.organisation_id: each.role.organisation.name for each in facts.asked}
    names |= {each.pk: each.name for each in facts.spots}
    rows = []
    for option in facts.options:
        candidate = weighed.get(option.pk)
        rows.append(
            OptionRow(
                id=option.pk,
                starts_at=option.starts_at,
                ends_at=option.starts_at + timedelta(minutes=facts.question.minutes),
                place=option.spot.name if option.spot else "",
                by_hand=option.by_hand,
                counts=counts[option.pk],
                possible=candidate is not None and candidate.possible,
                best=candidate is not None and candidate is best,
                sentences=_sentences(candidate, best, names, told=told),
                busy=(*_hindered(candidate, names), *_unknown(option, facts, names)) if candidate and told else (),
                collides=others.get(clock.day(option.starts_at), ()),
                reasons=tuple(
                    f"{names[each.asked_id]}: {each.reason}"
                    for each in facts.replies
                    if each.reason and each.option_id == option.pk
                ),
            )
        )
    return tuple(rows)


def _sentences(
    candidate: Candidate | None, best: Candidate | None, names: Mapping[str, str], *, told: bool
) -> tuple[str, ...]:
    """What a time lacks. Whose calendar says so is for those who prepare; others are told that somebody cannot."""
    if candidate is None:
        return ()
    if told:
        return tuple(why_not_sentences(candidate, best, lambda key: names.get(key, key)))
    if not candidate.possible:
        return (_("Not everybody who must be there can."),)
    if best is not None and candidate is not best:
        return tuple(why_not_sentences(candidate, best, lambda key: names.get(key, key)))
    return ()


def _hindered(candidate: Candidate, names: Mapping[str, str]) -> tuple[str, ...]:
    by_why: dict[Hindrance, list[str]] = defaultdict(list)
    for key, why in candidate.hindered.items():
        by_why[why].append(names.get(key, key))
    return tuple(f"{named(who)} {HINDRANCES[why]}" for why, who in sorted(by_why.items()) if why is not Hindrance.SAID_NO)


def _unknown(option: TimeOption, facts: _Facts, names: Mapping[str, str]) -> tuple[str, ...]:
    """Whose calendars say nothing of that time, and who has not answered about it either."""
    answered = {each.asked_id for each in facts.replies if each.option_id == option.pk}
    end = option.starts_at + timedelta(minutes=facts.question.minutes)
    given: dict[str, list[BusyHours]] = defaultdict(list)
    for each in facts.hours:
        given[each.asked_id].append(each)
    who = [names[key] for key, hours in given.items() if key not in answered and unknown_then(hours, option.starts_at, end)]
    return (_("The calendar is not known then: %(who)s.") % {"who": named(who)},) if who else ()


def _collisions(facts: _Facts) -> dict[date, tuple[str, ...]]:
    """The forum's own other meetings on the days of the proposed times."""
    if not facts.options:
        return {}
    first, last = (each.starts_at for each in (facts.options[0], facts.options[-1]))
    day = timedelta(days=1)
    found = Meeting.objects.filter(forum_id=facts.question.forum_id, state__in=AHEAD)
    told: dict[date, tuple[str, ...]] = {}
    for meeting in found.filter(starts_at__gte=first - day, starts_at__lte=last + day):
        when = timezone.localtime(meeting.starts_at)
        said = _("The forum meets already that day at %(time)s: %(name)s.") % {
            "time": f"{when:%H.%M}",
            "name": meeting.title or facts.question.forum.name,
        }
        told[clock.day(when)] = (*told.get(clock.day(when), ()), said)
    return told


def _cells(facts: _Facts) -> dict[tuple[str, str], TimeReply]:
    return {(each.asked_id, each.option_id): each for each in facts.replies}


def _asked(
    asked: Asked, facts: _Facts, cells: Mapping[tuple[str, str], TimeReply], actor: Actor, *, told: bool
) -> AskedRow:
    mine = bool(actor.role_id) and asked.role_id == actor.role_id
    row = tuple(_cell(option, cells.get((asked.pk, option.pk)), facts.answerers) for option in facts.options)
    return AskedRow(
        id=asked.pk,
        role_id=asked.role_id,
        role=asked.role.name,
        organisation=asked.role.organisation.name,
        holders=facts.holders.get(asked.role_id, ()),
        wanted=asked.wanted,
        wanted_label=str(Wanted(asked.wanted).label),
        mine=mine,
        silent=not any(cell.suits for cell in row),
        calendars=sum(each.asked_id == asked.pk for each in facts.hours) if told or mine else 0,
        cells=row,
    )


def _cell(option: TimeOption, reply: TimeReply | None, answerers: Mapping[str, str]) -> ReplyCell:
    suits = reply.suits if reply else ""
    return ReplyCell(
        option_id=option.pk,
        suits=suits,
        label=str(Suits(suits).label) if suits else "",
        sign=SIGNS[Suits(suits)] if suits else "",
        reason=reply.reason if reply else "",
        by=answerers.get(reply.answered_by_id or "", "") if reply else "",
    )


def _spot(spot: Spot, facts: _Facts) -> SpotRow:
    names = {each.role.organisation_id: each.role.organisation.name for each in facts.asked}
    ways = sorted((names[key], minutes) for key, minutes in spot.travel.items() if key in names)
    told = tuple(
        ngettext("%(minutes)s minute from %(name)s", "%(minutes)s minutes from %(name)s", minutes)
        % {"minutes": minutes, "name": name}
        for name, minutes in ways
    )
    return SpotRow(id=spot.pk, name=spot.name, seats=spot.seats, online=spot.online, ways=told)
