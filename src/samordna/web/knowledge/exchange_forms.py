"""A file of services. Shape only; operations check meaning."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _p

from samordna.core.tables import MAX_BYTES
from samordna.web.knowledge.forms import Choices


class ImportForm(forms.Form):
    """A file in HSDS, and who answers for what is new in it."""

    file = forms.FileField(
        label=_("File in HSDS (JSON)"), help_text=_("A list of services, or an organisation with its services.")
    )
    role_id = forms.ChoiceField(label=_("Role that answers for them"))
    keep_right = forms.BooleanField(label=_("Keep those that are right even if others are wrong"), required=False)

    def __init__(self, *args: Any, roles: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _p("choice", "Choose a role")), *roles]
        self.fields["role_id"] = forms.ChoiceField(label=_("Role that answers for them"), choices=choices)

    def clean_file(self) -> UploadedFile[Any]:
        """Not larger than what is read."""
        upload: UploadedFile[Any] = self.cleaned_data["file"]
        if (upload.size or 0) > MAX_BYTES:
            raise forms.ValidationError(__("The file is larger than 5 MB. Divide it."))
        return upload
