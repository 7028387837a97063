"""What is typed about letters. Shape only; operations check meaning."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from samordna.domain.notices.enums import Group, Rhythm


class LettersForm(forms.Form):
    """How often, for each kind of notice, and in which language."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for group in Group:
            self.fields[group.value] = forms.ChoiceField(
                label=group.label,
                choices=Rhythm.choices,
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose how often."), "invalid_choice": _("Choose how often.")},
            )
        self.fields["language"] = forms.ChoiceField(label=_("Language of the letters"), choices=settings.LANGUAGES)

    def rhythms(self) -> dict[str, str]:
        """What was chosen, by kind of notice."""
        return {group.value: self.cleaned_data[group.value] for group in Group}


class DaysForm(forms.Form):
    """On which days before a last day those who have not answered are reminded."""

    days = forms.CharField(
        label=_("Days before the last day"),
        required=False,
        max_length=60,
        help_text=_("Whole numbers with commas between, such as 14, 7, 1. Nothing at all: no reminders by themselves."),
        widget=forms.TextInput(attrs={"inputmode": "text", "autocomplete": "off"}),
    )

    def clean_days(self) -> list[int]:
        """The numbers, in the order they were written."""
        typed = [part for part in re.split(r"[,;\s]+", self.cleaned_data["days"].strip()) if part]
        wrong = [part for part in typed if not re.fullmatch(r"[0-9]{1,3}", part)]
        if wrong:
            raise forms.ValidationError(_("“%(part)s” is no whole number of days.") % {"part": wrong[0]})
        return [int(part) for part in typed]
