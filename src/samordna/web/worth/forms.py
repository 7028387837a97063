"""What is typed and tapped about the worth of meetings. Shape only; operations check meaning."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from samordna.domain.worth.enums import Decided, Worth
from samordna.domain.worth.limits import LONGEST_CHANGE


class CheckForm(forms.Form):
    """Three taps and a line."""

    worth = forms.ChoiceField(label=_("Was it worth the time?"), choices=Worth.choices, widget=forms.RadioSelect)
    decided = forms.ChoiceField(label=_("Did we decide what we should?"), choices=Decided.choices, widget=forms.RadioSelect)
    change = forms.CharField(
        label=_("What should change?"),
        required=False,
        max_length=300,
        help_text=_("One line, if you have one. Write it so that it does not matter who reads it."),
    )


class ChangedForm(forms.Form):
    """What was changed."""

    text = forms.CharField(
        label=_("What we changed"),
        max_length=LONGEST_CHANGE,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Those who have answered since last time get a notice."),
    )
