"""What is typed about proposals and decisions. A form checks shape; the operation checks meaning."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _p

from samordna.domain.decisions.enums import AdoptionAnswer, ComesIntoForce, ConsultationStance
from samordna.domain.decisions.limits import MAX_HOURS, MAX_RATE
from samordna.domain.decisions.states import STEP_NAMES

STANCES = [choice for choice in ConsultationStance.choices if choice[0] != ConsultationStance.DECLINED]
"""What a participant may answer; that one declines is recorded by the coordinator."""


class DayInput(forms.DateInput):
    """The browser's own date field; written the way it expects whatever the language."""

    input_type = "date"

    def __init__(self, **attributes: Any) -> None:
        super().__init__(attrs=attributes or None, format="%Y-%m-%d")


def day_field(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    """A day."""
    return forms.DateField(label=label, required=required, help_text=help_text, widget=DayInput())


def text_field(label: Any, *, required: bool = True, help_text: Any = "", rows: int = 3) -> forms.CharField:
    """Some lines of text."""
    return forms.CharField(
        label=label, required=required, help_text=help_text, max_length=20_000, widget=forms.Textarea({"rows": rows})
    )


class ReasonForm(forms.Form):
    """Why something is ended or let be."""

    reason = text_field(_p("decision form", "Reason"))


class ProseForm(forms.Form):
    """The owner's word on a condition in prose."""

    respected = forms.ChoiceField(
        label=_("Does the proposal respect this condition?"),
        choices=[("yes", _p("prose answer", "Yes")), ("no", _p("prose answer", "No"))],
        widget=forms.RadioSelect,
    )
    reason = text_field(_("If not: what is it that the condition does not allow?"), required=False, rows=2)


class PrepareForm(forms.Form):
    """How the chosen proposal becomes a decision."""

    comes_into_force = forms.ChoiceField(
        label=_("When does it come into force?"), choices=ComesIntoForce.choices, widget=forms.RadioSelect
    )
    review_on = day_field(_("Review on"), required=False, help_text=_("When the decision is to be looked at again."))


class ReplaceForm(PrepareForm):
    """The next version of a decision in force."""

    reason = text_field(_("Why is the decision to be replaced?"))


class ConsultationForm(forms.Form):
    """Until when the participants may answer."""

    until = day_field(_("Answers by"))


class ConsultationAnswerForm(forms.Form):
    """One participant's answer to the consultation."""

    stance = forms.ChoiceField(label=_("Your answer"), choices=STANCES, widget=forms.RadioSelect)
    text = text_field(_("Comment or objection"), required=False, help_text=_("An objection says what it is about."))


class ReplyForm(forms.Form):
    """What coordination answers to an objection."""

    text = text_field(
        _("How is the objection met?"),
        help_text=_("Everyone reads it. The organisation that objected clears it, or not."),
        rows=2,
    )


class NotAnsweringForm(forms.Form):
    """Why participants who have not answered are not waited for any longer."""

    reason = text_field(
        _("How were they asked, and why are they not waited for?"),
        help_text=_("The reason stays with the decision."),
        rows=2,
    )


class SkipForm(forms.Form):
    """A step that is left out, and why."""

    step = forms.ChoiceField(label=_("Leave out"), choices=[(step.value, name) for step, name in STEP_NAMES.items()])
    reason = text_field(_p("decision form", "Reason"), help_text=_("The reason stays with the decision."), rows=2)


class AdoptionForm(forms.Form):
    """What the organisation's own body decided."""

    answer = forms.ChoiceField(label=_("Decision"), choices=AdoptionAnswer.choices, widget=forms.RadioSelect)
    body = forms.CharField(label=_("Body"), max_length=120, help_text=_("For example the municipal executive board."))
    decided_on = day_field(_("Decided on"))
    paragraph = forms.CharField(label=_("Paragraph"), max_length=20, required=False, help_text=_("For example § 112."))
    reservation = text_field(_("Reservation, or why it was rejected"), required=False, rows=2)
    in_force_from = day_field(_("In force here from"), required=False, help_text=_("If another day than for the whole."))


class EstablishForm(forms.Form):
    """From which day the decision is in force."""

    in_force_from = day_field(_("In force from"), required=False, help_text=_("Today, if nothing is said."))


class RateForm(forms.Form):
    """What an hour costs."""

    amount = forms.IntegerField(
        label=_("What does an hour of your people cost, in kronor?"),
        min_value=1,
        max_value=MAX_RATE,
        help_text=_("With social charges. It is your organisation's own setting and counts in all matters."),
    )
    from_on = day_field(
        _("From which day?"),
        required=False,
        help_text=_("Today, if you leave it empty. Days that have been keep the rate that held then."),
    )


class TimeForm(forms.Form):
    """An estimate instead of what was counted."""

    hours = forms.IntegerField(label=_("Hours in all"), min_value=0, max_value=MAX_HOURS)
    reason = text_field(_("What did the time go to?"), rows=2, help_text=_("For example meetings and preparing answers."))


def cleaned(form: forms.Form, **rest: Any) -> dict[str, Any]:
    """The form's values as keywords of an operation."""
    return {name: _plain(value) for name, value in form.cleaned_data.items()} | rest


def _plain(value: Any) -> Any:
    return value if isinstance(value, date | bool) or value is None else str(value)
