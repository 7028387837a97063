"""What happened in a collaboration's year besides its goals: following, meetings, questionnaires, time; and plans."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.db.models import Q, QuerySet
from django.utils.formats import date_format, number_format
from django.utils.timezone import localtime, make_aware
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.domain.adherence.queries.board import followed_in
from samordna.domain.adherence.queries.standing import Tally
from samordna.domain.assessments.asking import standing
from samordna.domain.assessments.enums import Standing
from samordna.domain.assessments.models import Wave
from samordna.domain.assessments.queries.results import ALL, result_page
from samordna.domain.change.models import Chain
from samordna.domain.change.queries.board import open_chains
from samordna.domain.collaborations.models import Collaboration
from samordna.domain.decisions.enums import DecisionState
from samordna.domain.decisions.models import DecisionVersion
from samordna.domain.forums.enums import AHEAD, ItemState, MeetingState
from samordna.domain.forums.models import Forum, Item, Meeting, Ownership
from samordna.domain.organisations.succession import forerunners
from samordna.domain.proceedings.models import Outcome
from samordna.domain.reports.money import together
from samordna.domain.reports.queries.tables import beyond, table
from samordna.domain.reports.record import Known
from samordna.domain.worth.queries.costs import ForumCost, costs_of

HELD = (MeetingState.HELD, MeetingState.MINUTED)
WIDEST = 8  # gaps of one wave that are told
MOST_WAVES = 6  # waves of one year that are told


def _day(on: date | None) -> str:
    return date_format(on, "j F Y") if on else ""


def _met_on(starts_at: datetime) -> str:
    return date_format(localtime(starts_at), "j F Y")


def _moment(on: date) -> datetime:
    return make_aware(datetime.combine(on, time.min))


def following(given: Collaboration, reader: Actor, last: date, at: datetime) -> list[Known]:
    """How many follow each decision that came into force by then, on the day it is drawn; never who."""
    rows = [
        (one.title, str(one.tally.already_so), str(one.tally.will_change), _do_not(one.tally), str(one.tally.silent))
        for one in followed_in(reader, at, given.pk)
        if one.tally.total and one.in_force_from and one.in_force_from <= last
    ]
    heads = (
        pgettext("column", "Decision"),
        pgettext("column", "Already so"),
        pgettext("column", "Will change"),
        pgettext("column", "Cannot or will not"),
        pgettext("column", "Have not answered"),
    )
    told = _("As the organisations have answered until %(day)s.") % {"day": _day(clock.day(at))}
    return [table(heads, rows, text=told, none="") if rows else Known(text=_("No decision in force is to be followed."))]


def _do_not(tally: Tally) -> str:
    return str(tally.cannot + tally.will_not)


def _met(given: Collaboration, first: date, last: date) -> QuerySet[Meeting]:
    """The meetings of those days in forums that the collaboration owned then, whether or not it owns them now.

    Whoever owned a forum first owned it from its first meeting; whoever came in later, from when it had agreed.
    """
    owned = Ownership.objects.filter(accepted_at__isnull=False).order_by("accepted_at", "pk")
    own = list(owned.filter(collaboration=given))
    founder = {one.forum_id: one.pk for one in owned.filter(forum_id__in=[one.forum_id for one in own]).reverse()}
    spans = Q(pk__in=[])
    for one in own:
        span = Q(forum_id=one.forum_id)
        if founder[one.forum_id] != one.pk and one.accepted_at:
            span &= Q(starts_at__gte=one.accepted_at)
        spans |= span & Q(starts_at__lt=one.ended_at) if one.ended_at else span
    return Meeting.objects.filter(spans, starts_at__gte=_moment(first), starts_at__lt=_moment(last + timedelta(days=1)))


def meetings(given: Collaboration, first: date, last: date) -> list[Known]:
    """The meetings that were held, with how much each took up and decided."""
    held = _met(given, first, last).filter(state__in=HELD)
    rows = list(held.select_related("forum").order_by("starts_at", "pk"))
    if not rows:
        return [Known(text=_("No meeting was held in the year."))]
    done = Counter(Item.objects.filter(meeting__in=rows, state=ItemState.DONE).values_list("meeting_id", flat=True))
    numbered = Outcome.objects.filter(question__item__meeting__in=rows, number__isnull=False)
    decided = Counter(numbered.values_list("question__item__meeting_id", flat=True))
    heads = (
        pgettext("column", "Day"),
        pgettext("column", "Forum"),
        pgettext("column", "Items"),
        pgettext("column", "Decisions"),
        pgettext("column", "Minutes"),
    )
    locked = pgettext("minutes", "locked")
    lines = [
        (
            _met_on(one.starts_at),
            one.forum.name,
            str(done[one.pk]),
            str(decided[one.pk]),
            locked if one.state == MeetingState.MINUTED else "–",
        )
        for one in rows
    ]
    told = ngettext("%(n)s meeting was held.", "%(n)s meetings were held.", len(rows)) % {"n": len(rows)}
    return [table(heads, lines, text=told)]


def assessments(given: Collaboration, reader: Actor, first: date, last: date, at: datetime) -> list[Known]:
    """What was answered to questionnaires that closed in the year, all together: the largest distances."""
    asked = Wave.objects.filter(collaboration=given, opens_on__lte=last)
    ended = asked.filter(Q(closes_on__gte=first, closes_on__lte=last) | Q(closed_at__gte=_moment(first)))
    waves = [one for one in ended.select_related("version").order_by("-opens_on", "pk") if _closed(one, first, last, at)]
    if not waves:
        return [Known(text=_("No questionnaire closed in the year."))]
    more = beyond(len(waves), MOST_WAVES)
    return [*(_wave(one, reader, at) for one in waves[:MOST_WAVES]), *([Known(text=more)] if more else [])]


def _closed(wave: Wave, first: date, last: date, at: datetime) -> bool:
    on = clock.day(wave.closed_at) if wave.closed_at else wave.closes_on
    return standing(wave, clock.day(at)) == Standing.CLOSED and first <= on <= last


def _wave(wave: Wave, reader: Actor, at: datetime) -> Known:
    page = result_page(reader, wave.pk, at)
    if page.hidden:
        return Known(title=wave.title, text=page.hidden)
    gaps = [gap for gap in page.gaps if gap.row == ALL][:WIDEST]
    told = ngettext("%(n)s answer.", "%(n)s answers.", page.row.answers) % {"n": page.row.answers}
    if not gaps:
        near = _("Nothing is a step or more from how it needs to be.")
        return Known(title=wave.title, text=f"{told} {near}")
    heads = (
        pgettext("column", "The largest distances"),
        pgettext("column", "Is now"),
        pgettext("column", "Needs to be"),
        pgettext("column", "Distance"),
    )
    rows = [(gap.text, _tenth(gap.now), _tenth(gap.needed), _tenth(gap.size)) for gap in gaps]
    return Known(title=wave.title, text=told, columns=heads, rows=tuple(rows))


def _tenth(mean: Decimal | float) -> str:
    return str(number_format(mean, decimal_pos=1))


def changes(given: Collaboration, reader: Actor, first: date, last: date, at: datetime) -> list[Known]:
    """Chains from a result to a change that everybody in the collaboration reads: closed in the year, and open now."""
    ended = Chain.objects.filter(
        collaboration=given, shared=True, closed_at__gte=_moment(first), closed_at__lt=_moment(last + timedelta(days=1))
    )
    closed = [(one.title, one.outcome) for one in ended.order_by("closed_at", "pk")]
    still = [one for one in open_chains(reader, at, collaboration_id=given.pk) if one.shared]
    heads = (pgettext("column", "What was seen"), pgettext("column", "What it came to"))
    waiting = (pgettext("column", "What was seen"), pgettext("column", "Waits for"), pgettext("column", "By"))
    rows = [(one.title, f"{one.waits.what}: {one.waits.who}", _day(one.waits.by)) for one in still]
    none = _("Nothing that was seen was followed to its end in the year.")
    return [
        table(heads, closed, _("Followed to its end in the year"), none=none),
        table(waiting, rows, _("Under way"), none=_("No chain is open.")),
    ]


def cost(given: Collaboration, reader: Actor, first: date, last: date, at: datetime) -> list[Known]:
    """The time of a year's meetings, by forum, and what it comes to in kronor together, where that may be told."""
    held = _met(given, first, last).filter(starts_at__lte=at)
    forums = list(Forum.objects.filter(pk__in=held.values("forum_id")).order_by("name", "pk"))
    found = costs_of(reader, forums, at, {forum.pk for forum in forums}, held)
    rows = [one for one in found if one.meetings]
    if not rows:
        return [Known(text=_("No time at meetings has been noted."))]
    heads = (pgettext("column", "Forum"), pgettext("column", "Meetings"), pgettext("column", "Hours of all together"))
    told = _("Time at meetings from %(first)s to %(last)s.") % {"first": _day(first), "last": _day(last)}
    return [
        table(heads, [(one.forum, str(one.meetings), _tenth(one.hours)) for one in rows], text=told),
        Known(title=pgettext("heading", "In kronor"), text=_in_kronor(rows, forerunners())),
    ]


def _in_kronor(rows: Sequence[ForumCost], knows: Mapping[str, frozenset[str]]) -> str:
    """The time of those for whom every meeting has a price: a sum for a part of somebody's time would look like all."""
    kronor, hours, lacking = Counter[str](), Counter[str](), set[str]()
    for row in (each for one in rows for each in one.rows if each.organisation_id):
        kronor[row.organisation_id] += row.kronor or 0
        hours[row.organisation_id] += round(row.hours * 10)
        if not row.priced:
            lacking.add(row.organisation_id)
    whole = {of: cost for of, cost in kronor.items() if of not in lacking}
    if not whole and any(kronor.values()):
        return _("No organisation has said what an hour costs for all of its meetings, so the time is not told in kronor.")
    if not whole:
        return _("No organisation has said what an hour costs, so the time is not told in kronor.")
    told = together(whole, knows)
    if told is None:
        return _("The time is not told in kronor: what an hour costs at a single organisation could be worked out of it.")
    said = ngettext(
        "%(n)s organisation has said what an hour costs for all of its meetings. Its %(hours)s hours come to about "
        "%(kronor)s kronor.",
        "%(n)s organisations have said what an hour costs for all of their meetings. Their %(hours)s hours come to about "
        "%(kronor)s kronor.",
        len(whole),
    ) % {
        "n": len(whole),
        "hours": _tenth(Decimal(sum(hours[of] for of in whole)) / 10),
        "kronor": number_format(told, force_grouping=True),
    }
    if lacking:
        said += " " + ngettext("%(n)s has not.", "%(n)s have not.", len(lacking)) % {"n": len(lacking)}
    return said


def reviews(given: Collaboration, begins: date, ends: date) -> list[tuple[date, str]]:
    """Decisions in force that are to be looked at again, by day."""
    rows = DecisionVersion.objects.filter(
        decision__matter__collaboration=given, state=DecisionState.IN_FORCE, review_on__gte=begins, review_on__lte=ends
    )
    told = rows.order_by("review_on", "pk").values_list("review_on", "decision__matter__title")
    return [(on, _("The decision: %(what)s") % {"what": title}) for on, title in told if on is not None]


def planned(given: Collaboration, begins: date, ends: date, at: datetime) -> Known:
    """The meetings that were planned then."""
    coming = _met(given, begins, ends).filter(Q(state__in=AHEAD) | Q(state__in=HELD, starts_at__gt=at), planned_at__lte=at)
    rows = coming.select_related("forum").order_by("starts_at", "pk")
    found = [(_met_on(one.starts_at), one.forum.name, one.title) for one in rows]
    heads = (pgettext("column", "Day"), pgettext("column", "Forum"), pgettext("column", "What"))
    return table(heads, found, _("Meetings that are planned"), none=_("No meeting is planned for the year yet."))
