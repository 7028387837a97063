"""What is typed about calls and calendars. Shape only; operations check meaning."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _p

from samordna.domain.forums.enums import Coming
from samordna.web.agreements.forms import Choices, offer

TOLD = [choice for choice in Coming.choices if choice[0] in {Coming.COMES, Coming.CANNOT, Coming.PERHAPS}]
BIGGEST_FILE = 200_000  # bytes


class OthersAnswerForm(forms.Form):
    """What somebody has told those who prepare."""

    role_id = forms.ChoiceField(label=_p("field", "Who is called"))
    says = forms.ChoiceField(label=_p("field", "Answer"), choices=TOLD, widget=forms.RadioSelect)

    def __init__(self, *args: Any, roles: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "role_id", roles, _p("choice", "Choose"))


class CalendarAnswerForm(forms.Form):
    """The address that an answer came from, and the answer as a file or as text."""

    sender = forms.EmailField(
        label=_("Came from the address"), max_length=254, help_text=_("The sender of the letter with the answer.")
    )
    upload = forms.FileField(label=_("The file"), required=False, help_text=_("It usually ends with .ics."))
    file = forms.CharField(label=_("Or its text"), required=False, widget=forms.Textarea(attrs={"rows": 8}))

    def clean(self) -> dict[str, Any]:
        """The text of the file, where one was chosen."""
        data = super().clean() or {}
        upload = data.pop("upload", None)
        if upload is not None and upload.size > BIGGEST_FILE:
            self.add_error("upload", _("The file is larger than any answer from a calendar."))
        elif upload is not None:
            data["file"] = upload.read().decode("utf-8", "replace")
        elif not data.get("file"):
            self.add_error("file", _("Choose the file, or paste its text."))
        return data
