"""What is typed in a report, and the file that results come in. Figures stay text here: operations read them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samordna.core.tables import MAX_BYTES
from samordna.domain.followup.enums import NumberKind
from samordna.domain.followup.queries.reports import Asked

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

LABELS = {
    "value": gettext_lazy("Figure"),
    "numerator": gettext_lazy("How many"),
    "denominator": gettext_lazy("Of how many"),
    "group": gettext_lazy("How many it stands for"),
    "missing": gettext_lazy("If there is no figure: why"),
}


class ReportForm(forms.Form):
    """All that an organisation is asked for in a period. Figures stay text here: the operation reads them."""

    def __init__(self, *args: Any, asked: Iterable[Asked], submitted: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = tuple(asked)
        for one in self.asked:
            for name in (*one.fields, "missing"):
                self.fields[f"{one.id}-{name}"] = self._field(one, name)
        self.fields["comment"] = forms.CharField(
            label=gettext_lazy("Anything to say about the period"),
            required=False,
            widget=forms.Textarea(attrs={"rows": 3}),
        )
        if submitted:
            self.fields["why"] = forms.CharField(
                label=gettext_lazy("Why figures are corrected"),
                required=False,
                max_length=300,
                help_text=gettext_lazy("Needed when a figure that was sent in is changed."),
            )

    @staticmethod
    def _field(one: Asked, name: str) -> forms.CharField:
        label: StrOrPromise = LABELS[name]
        if name == "value":
            label = gettext_lazy("Percent") if one.number_kind == NumberKind.SHARE else one.unit
        numeric = {"inputmode": "decimal", "autocomplete": "off"} if name != "missing" else {}
        return forms.CharField(
            label=label,
            required=False,
            max_length=200,
            initial=one.told.get(name, ""),
            widget=forms.TextInput(attrs=numeric),
        )

    def groups(self) -> list[tuple[Asked, list[forms.BoundField]]]:
        """The fields of each indicator, in the order in which they are told."""
        return [(one, [self[f"{one.id}-{name}"] for name in (*one.fields, "missing")]) for one in self.asked]

    def answers(self) -> dict[str, dict[str, str]]:
        """What was typed, by indicator and field."""
        return {
            one.id: {name: self.cleaned_data.get(f"{one.id}-{name}", "") for name in (*one.fields, "missing")}
            for one in self.asked
        }


class FileForm(forms.Form):
    """One file."""

    file = forms.FileField(
        label=gettext_lazy("File with results"),
        help_text=gettext_lazy("A .xlsx or .csv file. You see what it holds before anything is kept."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
        max_length=160,
    )

    def clean_file(self) -> UploadedFile[Any]:
        """Too large is said before anything is read."""
        upload: UploadedFile[Any] = self.cleaned_data["file"]
        if (upload.size or 0) > MAX_BYTES:
            sentence = _("The file may be at most %(limit)s MB. Divide it into several.")
            raise forms.ValidationError(sentence % {"limit": MAX_BYTES >> 20})
        return upload


class KeepForm(forms.Form):
    """Taking a file in."""

    why = forms.CharField(
        label=gettext_lazy("Why figures are corrected"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Needed when a figure that is kept already gets another value."),
    )
    only_right = forms.BooleanField(label=gettext_lazy("Keep the right rows and leave the wrong ones out"), required=False)
