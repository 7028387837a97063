"""What is typed about what is to be done. Shape only; operations check meaning."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _p

from samordna.web.agreements.forms import Choices, offer
from samordna.web.organisations.forms import day_field


class DonePointForm(forms.Form):
    """What came of it."""

    note = forms.CharField(label=_("What came of it"), required=False, widget=forms.Textarea(attrs={"rows": 3}))


class ChangedPointForm(forms.Form):
    """Who does it, until when, and why that is changed."""

    owner_role_id = forms.ChoiceField(label=_("Who is to do it"))
    due_on = day_field(_p("field", "Until"), required=False)
    reason = forms.CharField(label=_p("field", "Reason"), widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, roles: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "owner_role_id", roles)
