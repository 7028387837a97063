"""What the gallery shows: one example of everything that a component can be given."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _p

from samordna.domain.followup.drawing import Point, line_chart

STEPS = [
    {"label": _p("matter stage", "Preparation"), "state": "done", "note": ""},
    {"label": _p("matter stage", "Gathering"), "state": "done", "note": _("9 of 9 have answered")},
    {"label": _p("matter stage", "Weighing"), "state": "now", "note": _("One proposal is shared")},
    {"label": _p("matter stage", "Consultation"), "state": "skipped", "note": _("Skipped, with a reason")},
    {"label": _p("matter stage", "Adoption"), "state": "next", "note": ""},
    {"label": _p("matter stage", "In force"), "state": "next", "note": ""},
]
REASON = {
    "text": _("Coordination decides, and the municipality must follow."),
    "because": [
        {
            "text": _("The municipality has lent its mandate over payment at discharge."),
            "because": [{"text": _("The clause over payment covers what lies beneath it."), "because": []}],
        },
        {"text": _("The mandate is valid from 1 March and has not been revoked."), "because": []},
    ],
}
CHART = line_chart(
    [
        Point(on=date(2026, 3, 31), label="2026-Q1", level=Decimal(31), text="31"),
        Point(on=date(2026, 6, 30), label="2026-Q2", level=Decimal(28), text="28"),
        Point(on=date(2026, 9, 30), label="2026-Q3", level=None, text="–"),
        Point(on=date(2026, 12, 31), label="2026-Q4", level=Decimal(24), text="24"),
        Point(on=date(2027, 3, 31), label="2027-Q1", level=Decimal(22), text="22"),
    ],
    (date(2026, 1, 1), Decimal(31)),
    [(date(2027, 12, 31), Decimal(20))],
    write=str,
    unit="dagar",
    events=[date(2026, 5, 1), date(2026, 11, 1)],
    seams=[date(2026, 10, 1)],
)
EXAMPLES: dict[str, Any] = {
    "chart": CHART,
    "steps": STEPS,
    "reason": REASON,
    "tones": ["neutral", "info", "good", "warn", "bad", "apart"],
    "kinds": ["primary", "secondary", "quiet", "danger"],
    "ranges": [(-40, -15, 10), (0, 18, 35), (12, 30, 90)],
}


class SampleForm(forms.Form):
    """One field of every kind."""

    title = forms.CharField(label=_("Title"), help_text=_("What the matter is called in lists."), max_length=80)
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea)
    area = forms.ChoiceField(label=_("Area"), choices=[("", "–"), ("1", _("Payment")), ("2", _("Information"))])
    follows = forms.ChoiceField(
        label=_("How do you follow the decision?"),
        choices=[("already", _("Already so")), ("will", _("Will change")), ("cannot", _("Cannot"))],
        widget=forms.RadioSelect,
    )
    concerns = forms.MultipleChoiceField(
        label=_("Whom does it concern?"),
        choices=[("1", _("The region")), ("2", _("The municipalities"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    answer_by = forms.DateField(label=_("Answer by"), widget=forms.DateInput(attrs={"type": "date"}), required=False)
    confident = forms.BooleanField(label=_("Only the coordinator may read this"), required=False)
