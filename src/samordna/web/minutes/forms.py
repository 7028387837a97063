"""What is typed about minutes. Shape only; operations check meaning."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _p

from samordna.domain.minutes.queries.pages import ItemChoice
from samordna.web.agreements.forms import Choices, offer
from samordna.web.forms import Overtakable
from samordna.web.organisations.forms import day_field


def prose(label: Any, rows: int = 4, help_text: Any = "") -> forms.CharField:
    """Running text."""
    return forms.CharField(label=label, help_text=help_text, widget=forms.Textarea(attrs={"rows": rows}))


class WritingForm(Overtakable):
    """What the minutes say, a field for each item."""

    def __init__(self, *args: Any, items: tuple[ItemChoice, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, item in enumerate(items, start=1):
            field = prose(f"§ {number} {item.title}", rows=6)
            field.required, field.initial = False, item.text
            self.fields[f"text_{item.id}"] = field

    @property
    def texts(self) -> dict[str, str]:
        """What was typed, by item."""
        typed = {name.removeprefix("text_"): value for name, value in self.cleaned_data.items() if name.startswith("text_")}
        return {key: str(value or "") for key, value in typed.items()}


class SendingForm(forms.Form):
    """Who adjusts, and by when."""

    role_ids = forms.MultipleChoiceField(
        label=_("Who adjusts"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Everybody who is chosen has to agree before the minutes are adjusted."),
    )
    adjust_by = day_field(_p("field", "By"), required=True)

    def __init__(self, *args: Any, roles: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = forms.MultipleChoiceField(choices=list(roles)).choices
        self.fields["role_ids"] = forms.MultipleChoiceField(
            label=self.fields["role_ids"].label,
            help_text=self.fields["role_ids"].help_text,
            widget=forms.CheckboxSelectMultiple,
            choices=choices,
        )


class ChangeForm(forms.Form):
    """A change that is asked for."""

    item_id = forms.ChoiceField(label=_("Where"), required=False)
    words = prose(_("What is to be changed, and to what"))

    def __init__(self, *args: Any, items: tuple[ItemChoice, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = [(item.id, f"§ {number} {item.title}") for number, item in enumerate(items, start=1)]
        offer(self, "item_id", rows, _p("request", "The whole"))


class ReasonForm(forms.Form):
    """Why."""

    reason = prose(_("Why"))


class CorrectionForm(forms.Form):
    """What turned out to be wrong."""

    text = prose(_("What is wrong, and what is right"))
