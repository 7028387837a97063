"""What is typed about a reorganisation. Shape only; operations check meaning."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _p

from samordna.domain.organisations.enums import OrganisationKind, ReorganisationKind
from samordna.web.organisations.forms import day_field

Choices = Iterable[tuple[str, str]]
KINDS = (
    (ReorganisationKind.MERGE.value, _("Merge: we and others become one")),
    (ReorganisationKind.SPLIT.value, _("Split: we become several")),
    (ReorganisationKind.RENAME.value, _("Rename: we get another name")),
    (ReorganisationKind.MOVE.value, _("Move: we become part of another organisation")),
    (ReorganisationKind.CLOSE.value, _("Close: we cease")),
)


class PlanForm(forms.Form):
    """A reorganisation to plan: every kind in one form, for each asks for a little."""

    kind = forms.ChoiceField(label=_("What happens"), choices=KINDS, widget=forms.RadioSelect)
    happens_on = day_field(_("On which day"), _("From this day the new order holds."), required=True)
    ground = forms.CharField(
        label=_("What it rests on"), max_length=200, help_text=_("The decision: which body, which day, which paragraph.")
    )
    others = forms.MultipleChoiceField(
        label=_("Merge: with whom"), required=False, widget=forms.SelectMultiple(attrs={"size": 6})
    )
    receivers = forms.MultipleChoiceField(
        label=_("Merge, split, close: organisations there are that take over"),
        required=False,
        help_text=_("The first one takes over in law what is not placed otherwise."),
        widget=forms.SelectMultiple(attrs={"size": 6}),
    )
    begin = forms.CharField(
        label=_("Merge, split: new organisations that take over"),
        required=False,
        help_text=_("One name on each line. They begin on the day."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    begin_kind = forms.ChoiceField(
        label=_("What the new ones are"),
        required=False,
        choices=[("", _p("choice", "The same as we are")), *OrganisationKind.choices],
    )
    begin_number = forms.CharField(
        label=_("The first new one's organisation number"),
        required=False,
        max_length=20,
        help_text=_("Ten digits, written as 212000-0142."),
    )
    new_name = forms.CharField(label=_("Rename: the new name"), required=False, max_length=120)
    new_parent_id = forms.ChoiceField(label=_("Move: part of what"), required=False)

    def __init__(self, *args: Any, organisations: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = list(organisations)
        for name in ("others", "receivers"):
            self.fields[name].choices = known  # type: ignore[attr-defined]  # a field of choices
        self.fields["new_parent_id"].choices = [("", _p("choice", "Of nothing")), *known]  # type: ignore[attr-defined]  # as above

    def given(self) -> dict[str, Any]:
        """What was typed, as the operation takes it."""
        typed = dict(self.cleaned_data)
        typed["begin"] = [line.strip() for line in typed["begin"].splitlines() if line.strip()]
        return typed


class UndoForm(forms.Form):
    """When, and by which decision, a reorganisation is undone."""

    happens_on = day_field(_("On which day"), _("From this day the new order holds."), required=True)
    ground = forms.CharField(
        label=_("What it rests on"), max_length=200, help_text=_("The decision: which body, which day, which paragraph.")
    )


class CallOffForm(forms.Form):
    """Why a plan is called off."""

    reason = forms.CharField(label=_p("field", "Reason"), widget=forms.Textarea(attrs={"rows": 3}))
