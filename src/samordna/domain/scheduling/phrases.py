"""What series and times that are looked for say in words, in the language of the reader."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time

from django.utils.dates import MONTHS
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from samordna.domain.forums.enums import Weekday
from samordna.domain.forums.phrases import named
from samordna.domain.forums.rhythm import Oddity
from samordna.domain.scheduling.enums import Pattern
from samordna.domain.scheduling.patterns import Said, Terms, ends_of, said_of

WEEKDAYS = (
    pgettext_lazy("the nth weekday", "Monday"),
    pgettext_lazy("the nth weekday", "Tuesday"),
    pgettext_lazy("the nth weekday", "Wednesday"),
    pgettext_lazy("the nth weekday", "Thursday"),
    pgettext_lazy("the nth weekday", "Friday"),
    pgettext_lazy("the nth weekday", "Saturday"),
    pgettext_lazy("the nth weekday", "Sunday"),
)
ORDINALS = {
    1: pgettext_lazy("weekday of the month", "first"),
    2: pgettext_lazy("weekday of the month", "second"),
    3: pgettext_lazy("weekday of the month", "third"),
    4: pgettext_lazy("weekday of the month", "fourth"),
    5: pgettext_lazy("weekday of the month", "fifth"),
    -1: pgettext_lazy("weekday of the month", "last"),
    -2: pgettext_lazy("weekday of the month", "last but one"),
}

MOST_NAMED = 3
"""So many days that are left out are named."""


def series_sentence(terms: Terms) -> str:
    """How a series comes again, and when on the day."""
    said = said_of(terms.rule, terms.zone)
    told = [_pattern(said, terms), _hours(terms.begins, ends_of(terms.begins, terms.minutes))]
    if said.not_in:
        told.append(_("not in %(months)s") % {"months": named([str(MONTHS[month]).lower() for month in said.not_in])})
    if said.count is not None:
        told.append(pgettext("series", "%(count)s times") % {"count": said.count})
    elif said.until is not None:
        told.append(pgettext("series", "until %(day)s") % {"day": date_format(said.until, "j F Y")})
    if terms.left_out:
        told.append(pgettext("series", "except %(days)s") % {"days": _left_out(terms.left_out)})
    return ", ".join(told)


def _left_out(days: Sequence[date]) -> str:
    """The days that are left out, or how many they are: otherwise ten times are nine meetings, and nobody knows why."""
    if len(days) <= MOST_NAMED:
        return named([date_format(day, "j F Y") for day in sorted(days)])
    return pgettext("series", "%(number)s days that are left out") % {"number": len(days)}


def _hours(begins: time, ends: time) -> str:
    return f"{time_format(begins, 'H.i')}–{time_format(ends, 'H.i')}"


def _pattern(said: Said, terms: Terms) -> str:
    match said.pattern:
        case Pattern.WEEKS:
            told = {"weekday": Weekday(said.weekday).label, "every": _weeks(said.every)}
            return pgettext("series", "%(weekday)s, %(every)s") % told
        case Pattern.MONTH_WEEKDAY if said.nth in ORDINALS:
            which = {"nth": ORDINALS[said.nth], "weekday": WEEKDAYS[said.weekday], "months": _months(said.every)}
            return _("The %(nth)s %(weekday)s of the month, %(months)s") % which
        case Pattern.MONTH_DAY:
            return _("On day %(day)s of the month, %(months)s") % {"day": said.month_day, "months": _months(said.every)}
        case Pattern.DATES:
            return _("On %(dates)s") % {"dates": named([date_format(each, "j F Y") for each in terms.dates])}
        case _:
            return _("By the rule %(rule)s") % {"rule": terms.rule}


def _weeks(every: int) -> str:
    if every == 1:
        return pgettext("series", "every week")
    if every == 2:
        return pgettext("series", "every second week")
    return _("every %(every)s weeks") % {"every": every}


def _months(every: int) -> str:
    if every == 1:
        return pgettext("series", "every month")
    if every == 2:
        return pgettext("series", "every second month")
    return _("every %(every)s months") % {"every": every}


def oddity_sentence(oddity: Oddity | None) -> str:
    """What is odd about a time on a night when the clocks change, or ""."""
    if oddity is Oddity.SKIPPED:
        return _("The clocks are put forward that night and never show this time: it is an hour later by the clocks.")
    if oddity is Oddity.TWICE:
        return _("The clocks are put back that night and show this time twice: it is the first of them.")
    return ""


def days_told(days: Iterable[date]) -> str:
    """Days in a row."""
    return named([date_format(each, "j F Y") for each in days])


def moment_told(at: datetime) -> str:
    """A day and a time, as the clocks show it here."""
    return date_format(at, "j F Y H.i")
