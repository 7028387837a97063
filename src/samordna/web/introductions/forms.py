"""What is typed about introductions. Shape only; operations check meaning."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _p

from samordna.domain.introductions.enums import StepKind
from samordna.domain.introductions.limits import MOST_DAYS, MOST_MINUTES, MOST_MONTHS
from samordna.web.agreements.forms import Choices
from samordna.web.forms import Overtakable
from samordna.web.organisations.forms import day_field

Groups = Sequence[tuple[str, Choices]]


class ProgrammeForm(Overtakable):
    """A programme: what it is for and for whom."""

    name = forms.CharField(label=_p("field", "Name"), max_length=120)
    why = forms.CharField(
        label=_("What it is for"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What is the newcomer to know and be able to do afterwards?"),
    )
    for_whom = forms.MultipleChoiceField(label=_("For whom"))
    renewed_after = forms.IntegerField(
        label=_("Done again after so many months"),
        required=False,
        min_value=1,
        max_value=MOST_MONTHS,
        help_text=_("Empty: what is done holds for always."),
    )

    def __init__(self, *args: Any, meant: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["for_whom"] = forms.MultipleChoiceField(
            label=_("For whom"),
            choices=list(meant),
            widget=forms.SelectMultiple(attrs={"size": 10}),
            help_text=_("Several may be chosen. Whoever takes such a role gets the programme by itself."),
        )


class PublishForm(forms.Form):
    """From today."""

    present = forms.BooleanField(
        label=_("Also those who hold such a role already"),
        required=False,
        help_text=_("They count their days from today. Otherwise it is for those who take a role from today on."),
    )


class StepForm(Overtakable):
    """One step."""

    kind = forms.ChoiceField(label=_p("field", "Kind"), choices=StepKind.choices, widget=forms.RadioSelect)
    what = forms.CharField(
        label=_("What to do"), max_length=200, help_text=_("As one would say it: Read …, Meet …, Visit …")
    )
    words = forms.CharField(label=_("In more words"), required=False, widget=forms.Textarea(attrs={"rows": 4}))
    about = forms.ChoiceField(label=_("Leads to"), required=False)
    address = forms.CharField(
        label=_("Or a link"), required=False, max_length=300, help_text=_("To something that is kept elsewhere.")
    )
    minutes = forms.IntegerField(label=_("Expected minutes"), required=False, min_value=1, max_value=MOST_MINUTES)
    by_days = forms.IntegerField(
        label=_("To be done within so many days"),
        required=False,
        min_value=0,
        max_value=MOST_DAYS,
        help_text=_("Counted from the day one takes the role. Empty: whenever it suits."),
    )

    def __init__(self, *args: Any, about: Groups, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = [(label, list(rows)) for label, rows in about if rows]
        self.fields["about"] = forms.ChoiceField(
            label=_("Leads to"),
            required=False,
            choices=[("", _("nothing in particular")), *groups],
            help_text=_("What one reads, whom one meets, or whom one visits."),
        )


class StepAgainForm(StepForm):
    """A step in other words."""

    again = forms.BooleanField(
        label=_("Those who have done it are to do it anew"),
        required=False,
        help_text=_("Otherwise it counts as done as it was worded then."),
    )


class SessionsForm(Overtakable):
    """The events at which a step is done."""

    events = forms.MultipleChoiceField(label=_("Events"), required=False, widget=forms.CheckboxSelectMultiple)
    mistaken = forms.BooleanField(
        label=_("What is taken away was chosen by mistake"),
        required=False,
        help_text=_(
            "Then nobody has done the step by having been there. To undo an older mistake, choose the event again "
            "first, and then take it away."
        ),
    )

    def __init__(self, *args: Any, events: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["events"] = forms.MultipleChoiceField(
            label=_("Events"), required=False, widget=forms.CheckboxSelectMultiple, choices=list(events)
        )
        if not self.initial.get("events"):  # there is none to take away
            del self.fields["mistaken"]


class DoneForm(forms.Form):
    """A step that one has done."""

    on = day_field(_p("field", "Day"), _("Empty: today."))
    note = forms.CharField(label=_("Note"), required=False, max_length=200, help_text=_("You and your manager read it."))


class VouchForm(forms.Form):
    """Steps that somebody did before."""

    steps = forms.MultipleChoiceField(label=_("Steps"), widget=forms.CheckboxSelectMultiple)
    on = day_field(_p("field", "Day"), required=True)
    note = forms.CharField(label=_("How you know"), max_length=200)

    def __init__(self, *args: Any, steps: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["steps"] = forms.MultipleChoiceField(
            label=_("Steps"), widget=forms.CheckboxSelectMultiple, choices=list(steps)
        )


class TrainingForm(forms.Form):
    """Training from before or from elsewhere."""

    what = forms.CharField(label=_("Training"), max_length=200)
    on = day_field(_p("field", "Day"), required=True)
    valid_to = day_field(_("Valid until"), _("Empty: for always."))
    note = forms.CharField(label=_("Note"), required=False, max_length=300)
