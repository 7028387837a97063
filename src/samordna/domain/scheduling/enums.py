"""How a series comes again, and how much somebody is wanted at a meeting that has no time yet."""

from __future__ import annotations

from django.db import models
from django.utils.translation import pgettext_lazy as _p

from samordna.domain.forums.time_wishes import Need, Say


class Pattern(models.TextChoices):
    """The forms in which people say how something comes again."""

    WEEKS = "weeks", _p("pattern", "On a weekday, every so many weeks")
    MONTH_WEEKDAY = "month_weekday", _p("pattern", "On a weekday of the month, such as the first Wednesday")
    MONTH_DAY = "month_day", _p("pattern", "On a date of the month, such as the 15th")
    DATES = "dates", _p("pattern", "On the dates that I write")
    RULE = "rule", _p("pattern", "By a rule as calendars write it (RFC 5545)")


class Wanted(models.TextChoices):
    """How much a role is wanted; the values are those of `time_wishes.Need`."""

    MUST = Need.MUST.value, _p("wanted", "must be there")
    SHOULD = Need.SHOULD.value, _p("wanted", "should be there")
    MAY = Need.MAY.value, _p("wanted", "may be there")


class Suits(models.TextChoices):
    """What a role answers about a time; the values are those of `time_wishes.Say`."""

    YES = Say.YES.value, _p("time", "Works")
    IF_NEED_BE = Say.IF_NEED_BE.value, _p("time", "Works if need be")
    NO = Say.NO.value, _p("time", "Does not work")
