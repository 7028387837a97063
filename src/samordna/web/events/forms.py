"""What is typed about events. Shape only; operations check meaning."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _p

from samordna.domain.events.enums import Coming, EventKind
from samordna.domain.events.limits import MOST_PLACES
from samordna.web.agreements.forms import Choices
from samordna.web.forms import Overtakable
from samordna.web.forums.forms import clock_field
from samordna.web.organisations.forms import day_field


class DescriptionForm(Overtakable):
    """What an event is besides a meeting."""

    kind = forms.ChoiceField(label=_p("field", "Kind"), choices=EventKind.choices, widget=forms.RadioSelect)
    why = forms.CharField(label=_("What it is for"), widget=forms.Textarea(attrs={"rows": 3}))
    for_whom = forms.CharField(label=_("For whom"), required=False, max_length=300)
    programme = forms.CharField(
        label=_("Programme"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("One line for each part."),
    )
    places = forms.IntegerField(
        label=_("Places"),
        required=False,
        min_value=1,
        max_value=MOST_PLACES,
        help_text=_("Empty: there is room for all. When it is full, those who come wait in the order of their answers."),
    )
    answer_by = day_field(_("Last day to answer"))
    everybody = forms.BooleanField(label=_("All who take part are invited"), required=False, initial=True)
    invited = forms.MultipleChoiceField(
        label=_("Or these"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Chosen when not everybody is invited."),
    )

    def __init__(self, *args: Any, invited: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        old = self.fields["invited"]
        widget = forms.CheckboxSelectMultiple
        self.fields["invited"] = forms.MultipleChoiceField(
            label=old.label, help_text=old.help_text, required=False, widget=widget, choices=list(invited)
        )


class EventForm(DescriptionForm):
    """A new event."""

    title = forms.CharField(label=_p("field", "Name"), max_length=120)
    on = day_field(_p("field", "Day"), required=True)
    begins = clock_field(_p("time", "From"))
    ends = clock_field(_p("time", "To"))
    place = forms.CharField(label=_p("field", "Place"), required=False, max_length=200)
    link = forms.CharField(label=_("Link for taking part from elsewhere"), required=False, max_length=300)
    field_order = ("kind", "title", "why", "for_whom", "on", "begins", "ends", "place", "link")


class AnswerForm(forms.Form):
    """Whether one comes."""

    answer = forms.ChoiceField(label=_("Are you coming?"), choices=Coming.choices, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("Something to know"), required=False, max_length=200, help_text=_("Everybody who takes part reads it.")
    )


class CameForm(forms.Form):
    """Who was there."""

    came = forms.MultipleChoiceField(label=_("Were there"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        label = self.fields["came"].label
        self.fields["came"] = forms.MultipleChoiceField(
            label=label, required=False, widget=forms.CheckboxSelectMultiple, choices=list(people)
        )


class NotesForm(Overtakable):
    """What was said and seen."""

    notes = forms.CharField(label=_p("field", "Notes"), widget=forms.Textarea(attrs={"rows": 12}))


class LedToForm(forms.Form):
    """What it led to."""

    thing = forms.ChoiceField(label=_("What it led to"))
    how = forms.CharField(label=_("How"), required=False, max_length=300)

    def __init__(self, *args: Any, things: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        label = self.fields["thing"].label
        self.fields["thing"] = forms.ChoiceField(label=label, choices=list(things))
