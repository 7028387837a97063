"""What is typed about an annual report. Shape only; operations check meaning."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _p

from samordna.web.forms import Overtakable


class YearForm(forms.Form):
    """Which year."""

    year = forms.IntegerField(label=_p("field", "Year"), min_value=1, max_value=9999)


class ChapterForm(Overtakable):
    """A chapter's own words."""

    text = forms.CharField(
        label=_("Your own words"),
        required=False,
        help_text=_("Begin a line with a hyphen for a list, and with two number signs for a heading."),
        widget=forms.Textarea(attrs={"rows": 14}),
    )


class AdoptionForm(Overtakable):
    """Where and how it was adopted."""

    how = forms.CharField(
        label=_("Where and how it was adopted"),
        max_length=300,
        help_text=_("For instance: the managers' forum on 3 February 2027, § 4."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["how"].widget.attrs.pop("maxlength", None)


class WithdrawalForm(forms.Form):
    """What is taken away from an adopted report, and why."""

    field_order = ("piece", "reason")
    reason = forms.CharField(
        label=_p("field", "Why"),
        max_length=500,
        help_text=_("Everybody who reads the report reads this in its place. Name no figures."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["piece"] = forms.ChoiceField(label=_("What is taken away"), choices=[("", "–"), *choices])
        self.order_fields(self.field_order)
