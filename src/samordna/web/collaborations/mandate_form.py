"""The mandate's editor: the wording, and beside it one row of choices for every subject area."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _p

from samordna.domain.collaborations.enums import Following, MandateForm
from samordna.domain.collaborations.phrases import FORM_MEANINGS
from samordna.domain.collaborations.queries.pages import AreaRow
from samordna.web.organisations.forms import day_field

SAYS = (
    ("", _("the mandate says nothing of it")),
    ("yes", _("coordination may decide")),
    ("no", _("coordination does not decide")),
)


class GiveMandateForm(forms.Form):
    """Form, wording, source and validity, and for each area what the clause says."""

    form = forms.ChoiceField(label=_("Form of mandate"), widget=forms.RadioSelect)
    wording = forms.CharField(
        label=_p("mandate", "Wording"),
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Word for word, as it was decided. The wording settles how far the mandate goes."),
    )
    source = forms.CharField(
        label=_("Source document"), max_length=200, help_text=_("Body, date and paragraph, and the diary number.")
    )
    valid_from = day_field(_("From and including"), _("Empty means today."))
    valid_to = day_field(_("Up to, but not including"), _("Empty means until further notice."))
    notice_days = forms.IntegerField(
        label=_("Notice agreed, in days"),
        required=False,
        min_value=0,
        max_value=3650,
        help_text=_("What you promise to say in advance. You can still take the mandate back at any time."),
    )

    def __init__(self, *args: Any, areas: Iterable[AreaRow] = (), forms_offered: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.areas = list(areas)
        offered = [MandateForm(name) for name in forms_offered]
        self.fields["form"] = forms.ChoiceField(
            label=self.fields["form"].label,
            widget=forms.RadioSelect,
            choices=[(str(form.value), f"{form.label} – {FORM_MEANINGS[form]}") for form in offered],
        )
        for area in self.areas:
            self._add_row(area)

    def _add_row(self, area: AreaRow) -> None:
        self.fields[f"says_{area.id}"] = forms.ChoiceField(label=_("What the mandate says"), choices=SAYS, required=False)
        self.fields[f"no_longer_{area.id}"] = forms.BooleanField(
            label=_("We no longer decide it ourselves"), required=False
        )
        self.fields[f"following_{area.id}"] = forms.ChoiceField(
            label=_p("field", "Following"), choices=Following.choices, required=False, initial=Following.MUST
        )

    def own_fields(self) -> list[forms.BoundField]:
        """The fields beside the clauses."""
        names = ("form", "wording", "source", "valid_from", "valid_to", "notice_days")
        return [self[name] for name in names]

    def clause_rows(self) -> list[tuple[AreaRow, list[forms.BoundField]]]:
        """Every area with the fields of its clause."""
        names = ("says", "no_longer", "following")
        return [(area, [self[f"{name}_{area.id}"] for name in names]) for area in self.areas]

    def clauses(self) -> list[dict[str, Any]]:
        """The areas that the mandate says something of."""
        data = self.cleaned_data
        return [
            {
                "area_id": area.id,
                "coordination_decides": data[f"says_{area.id}"] == "yes",
                "participants_no_longer_decide": data[f"no_longer_{area.id}"],
                "following": data[f"following_{area.id}"] or Following.MUST,
            }
            for area in self.areas
            if data.get(f"says_{area.id}") or data.get(f"no_longer_{area.id}")
        ]
