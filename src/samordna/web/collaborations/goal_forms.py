"""What is typed about a goal. The form leads, in order, to one that can be measured."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _p

from samordna.domain.collaborations.criteria import number
from samordna.domain.collaborations.enums import Direction, GoalKind
from samordna.domain.collaborations.phrases import figure
from samordna.domain.collaborations.queries.goals import GoalRow
from samordna.web.organisations.forms import day_field


class LevelField(forms.CharField):
    """A figure as people write it, with a comma or a point."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        level = number(text.replace("\u202f", ""))
        if level is None:
            raise forms.ValidationError(_("Write a number, for example 12 or 3,5."))
        return level

    def prepare_value(self, value: Any) -> Any:
        return figure(value) if isinstance(value, Decimal) else value


class GoalForm(forms.Form):
    """A goal."""

    what = forms.CharField(
        label=_("What is to become better"),
        max_length=200,
        help_text=_("For those it is for, not for us. Example: fewer wait in hospital for somebody to come home to."),
    )
    kind = forms.ChoiceField(
        label=_("What it measures"),
        widget=forms.RadioSelect,
        initial=GoalKind.RESULT,
        choices=[
            (GoalKind.RESULT.value, _("What comes of the work, for those it is for")),
            (GoalKind.PROCESS.value, _("How we work together")),
        ],
    )
    indicator = forms.CharField(
        label=_p("goal", "Indicator"),
        max_length=200,
        help_text=_("What is counted or measured, so that two people who measure get the same answer."),
    )
    unit = forms.CharField(label=_p("goal", "Unit"), max_length=40, help_text=_("Example: days, percent, persons a month."))
    direction = forms.ChoiceField(
        label=_("Which way"), widget=forms.RadioSelect, choices=Direction.choices, initial=Direction.UP
    )
    baseline = LevelField(label=_("Where it stands today"), required=False)
    baseline_on = day_field(_("Measured on"), _("Empty means today."))
    target = LevelField(label=_("Where it is to be"), required=False)
    target_on = day_field(_("To be reached by"))
    source = forms.CharField(
        label=_("Where the figures come from"),
        max_length=200,
        required=False,
        help_text=_("A register, a count of one's own, a questionnaire, and how often."),
    )


class RevisedGoalForm(GoalForm):
    """A goal anew, and why."""

    field_order = ("why",)
    why = forms.CharField(
        label=_("Why the goal is revised"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The old goal is kept as it was, and what was measured against it stays under it."),
    )


def typed_before(goal: GoalRow) -> dict[str, Any]:
    """A goal's values, for filling a form with."""
    names = ("what", "kind", "indicator", "unit", "direction", "baseline", "baseline_on", "target", "target_on", "source")
    return {name: getattr(goal, name) for name in names}


class OwnWorkForm(forms.Form):
    """What one's own organisation does by itself, and how it helps the goal."""

    what = forms.CharField(label=_("What you do by yourselves"), widget=forms.Textarea(attrs={"rows": 2}))
    how = forms.CharField(label=_("How it helps the goal"), widget=forms.Textarea(attrs={"rows": 2}))
