"""What is typed about series. Shape only; operations check meaning."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.utils.translation import pgettext_lazy as _p

from samordna.domain.forums.enums import Weekday
from samordna.domain.forums.rhythm import LONGEST_RULE, MOST_COUNTED
from samordna.domain.scheduling.enums import Pattern
from samordna.domain.scheduling.patterns import Said, Wished, rule_of
from samordna.domain.scheduling.phrases import ORDINALS
from samordna.web.forms import Overtakable
from samordna.web.forums.forms import clock_field
from samordna.web.organisations.forms import day_field

SEPARATORS = re.compile(r"[\s,;]+")
LONGEST_LIST = 2_000


def dates_field(label: Any, help_text: Any) -> forms.CharField:
    """Dates, one after another."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=False,
        max_length=LONGEST_LIST,
        widget=forms.Textarea(attrs={"rows": 2, "placeholder": "2027-02-10 2027-05-12"}),
    )


class SeriesForm(Overtakable):
    """How meetings come again, when on the day, and where."""

    pattern = forms.ChoiceField(
        label=gettext_lazy("How they come again"), choices=Pattern.choices, widget=forms.RadioSelect, initial=Pattern.WEEKS
    )
    weekday = forms.TypedChoiceField(label=_p("series", "Weekday"), choices=Weekday.choices, coerce=int, required=False)
    nth = forms.TypedChoiceField(
        label=_p("series", "Which of the month"), choices=tuple(ORDINALS.items()), coerce=int, required=False
    )
    month_day = forms.IntegerField(label=_p("series", "Date of the month"), min_value=1, max_value=31, required=False)
    every = forms.IntegerField(
        label=gettext_lazy("How many weeks or months between"),
        help_text=gettext_lazy("1 is every week or month, 2 is every second."),
        min_value=1,
        max_value=366,
        initial=1,
        required=False,
    )
    not_in = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Months without meetings"),
        choices=[(number, name.capitalize()) for number, name in MONTHS.items()],
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    dates = dates_field(
        gettext_lazy("Dates"),
        gettext_lazy("The dates on which one meets, or more dates beside the pattern. As 2027-02-10."),
    )
    left_out = dates_field(gettext_lazy("Not these days"), gettext_lazy("Days that are left out, such as holidays."))
    starts_on = day_field(_p("series", "From"), required=True)
    until = day_field(_p("series", "Last day"), gettext_lazy("Empty: until you end the series."))
    count = forms.IntegerField(
        label=_p("series", "Or a number of meetings"), min_value=1, max_value=MOST_COUNTED, required=False
    )
    begins = clock_field(_p("time", "From"))
    ends = clock_field(_p("time", "To"))
    place = forms.CharField(
        label=_p("field", "Place"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Empty: where the forum usually meets."),
    )
    title = forms.CharField(
        label=gettext_lazy("A name of its own"),
        required=False,
        max_length=120,
        help_text=gettext_lazy("Empty means the forum's name."),
    )
    link = forms.CharField(
        label=gettext_lazy("Link for taking part from elsewhere"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("It begins with https://."),
    )
    rule = forms.CharField(
        label=gettext_lazy("Rule"),
        required=False,
        max_length=LONGEST_RULE,
        help_text=gettext_lazy("Only for a rule as calendars write it: FREQ=MONTHLY;BYDAY=-1FR"),
    )
    zone = forms.CharField(
        label=gettext_lazy("Time zone"),
        required=False,
        max_length=64,
        help_text=gettext_lazy("Empty: the time here. Otherwise as Europe/Helsinki."),
    )

    def clean_dates(self) -> tuple[date, ...]:
        """As days."""
        return _days(self.cleaned_data["dates"])

    def clean_left_out(self) -> tuple[date, ...]:
        """As days."""
        return _days(self.cleaned_data["left_out"])

    def wished(self) -> Wished:
        """What was typed, as the operations take it. Raises `rhythm.Refused` for a rule that is not read."""
        data = self.cleaned_data
        said = Said(
            pattern=data["pattern"],
            weekday=data["weekday"] or 0,
            every=data["every"] or 1,
            nth=data["nth"] or 1,
            month_day=data["month_day"] or data["starts_on"].day,
            not_in=tuple(data["not_in"]),
            until=data["until"],
            count=data["count"],
            rule=data["rule"],
        )
        plain = ("starts_on", "begins", "ends", "dates", "left_out", "title", "place", "link", "zone")
        return Wished(rule=rule_of(said), **{name: data[name] for name in plain})


def initial_of(words: dict[str, str], said: Said) -> dict[str, Any]:
    """What the form of a stored series begins with, apart from the day from which it is changed."""
    zone = words["zone"] if words["zone"] != settings.TIME_ZONE else ""
    plain = ("pattern", "weekday", "every", "nth", "month_day", "until", "count")
    rule = said.rule if said.pattern == Pattern.RULE else ""
    return words | {name: getattr(said, name) for name in plain} | {"not_in": said.not_in, "rule": rule, "zone": zone}


class EndForm(forms.Form):
    """From when no more meetings come."""

    from_on = day_field(gettext_lazy("No meetings from"), required=True)
    keep = forms.BooleanField(
        label=gettext_lazy("Keep the meetings that are planned already"),
        help_text=gettext_lazy("Otherwise those from that day on are cancelled, apart from those that somebody has moved."),
        required=False,
    )


def _days(typed: str) -> tuple[date, ...]:
    found = []
    for word in filter(None, SEPARATORS.split(typed)):
        try:
            found.append(date.fromisoformat(word))
        except ValueError as wrong:
            told = _("“%(word)s” is not a day. Write days as 2026-05-01, with a space between.") % {"word": word[:20]}
            raise forms.ValidationError(told) from wrong
    return tuple(found)
