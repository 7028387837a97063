"""What is typed about goals and indicators. Numbers and days as people write them; operations check meaning."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.utils.translation import pgettext_lazy as _p

from samordna.domain.collaborations.enums import Direction, GoalKind
from samordna.domain.followup.enums import Aggregation, Frequency, NumberKind
from samordna.domain.followup.figures import Fault
from samordna.domain.followup.limits import MOST_DAYS
from samordna.domain.followup.numbers import read_number
from samordna.domain.followup.phrases import FAULTS
from samordna.web.organisations.forms import DayField

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Choices = Iterable[tuple[str, str]]


LONGEST = 60  # characters of a number that are looked at


class NumberField(forms.Field):
    """A number with comma, with thousands apart by spaces or points."""

    def to_python(self, value: Any) -> Any:
        read = read_number(str(value or "")[:LONGEST])
        if read.fault is not None:
            raise forms.ValidationError(str(FAULTS[Fault(read.fault.value)]))
        return read.number

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, Decimal):
            return value
        text = format(value, "f")
        return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")

    def validate(self, value: Any) -> None:
        if value is None and self.required:
            raise forms.ValidationError(_("Write a number, for example 12 or 3,5."))


def number(label: StrOrPromise, help_text: StrOrPromise = "", *, required: bool = False) -> NumberField:
    """A field for a number."""
    attrs = {"inputmode": "decimal", "autocomplete": "off"}
    return NumberField(label=label, help_text=help_text, required=required, widget=forms.TextInput(attrs=attrs))


def day(label: StrOrPromise, help_text: StrOrPromise = "", *, required: bool = False) -> DayField:
    """A field for a day, typed as one writes it."""
    widget, missing = forms.TextInput(), {"required": gettext_lazy("Say which day.")}
    return DayField(label=label, help_text=help_text, required=required, widget=widget, error_messages=missing)


def _open(choices: Iterable[tuple[str, StrOrPromise]]) -> list[tuple[str, StrOrPromise]]:
    return [("", gettext_lazy("Not said yet")), *choices]


class DraftForm(forms.Form):
    """A goal as far as it is known, in the order that leads to one that can be measured."""

    what = forms.CharField(
        label=gettext_lazy("What is to become better"),
        max_length=200,
        help_text=gettext_lazy(
            "For those it is for, not for us. The rest may wait: the draft is saved whatever is missing."
        ),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("What it measures"),
        initial=GoalKind.RESULT,
        widget=forms.RadioSelect,
        choices=[
            (GoalKind.RESULT.value, gettext_lazy("What comes of the work, for those it is for")),
            (GoalKind.PROCESS.value, gettext_lazy("How we work together")),
        ],
    )
    indicator = forms.CharField(
        label=gettext_lazy("How it is measured"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("What is counted or measured, so that two people who measure get the same answer."),
    )
    unit = forms.CharField(
        label=_p("goal", "Unit"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("Example: days, percent, persons a month."),
    )
    number_kind = forms.ChoiceField(
        label=gettext_lazy("Kind of figure"),
        required=False,
        choices=[("", gettext_lazy("As the unit says: a share for percent, otherwise an amount")), *NumberKind.choices],
    )
    aggregation = forms.ChoiceField(
        label=gettext_lazy("The figure for all together"),
        required=False,
        choices=[("", gettext_lazy("As usual for the kind of figure")), *Aggregation.choices],
        help_text=gettext_lazy("Counts and amounts are added up. Shares and means are weighed."),
    )
    direction = forms.ChoiceField(label=gettext_lazy("Which way"), required=False, choices=_open(Direction.choices))
    baseline = number(
        gettext_lazy("Where it stands today"),
        gettext_lazy("A figure, for example 18 or 3,5. If nobody knows it: measure it once, and come back to the draft."),
    )
    baseline_on = day(gettext_lazy("Measured on"), gettext_lazy("Example: 2026-03-31 or 31 March 2026."))
    target = number(
        gettext_lazy("Where it is to be"),
        gettext_lazy("In the same unit. So much that those it is for would notice, and no more than you can do."),
    )
    target_on = day(
        gettext_lazy("To be reached by"),
        gettext_lazy("Later than the first review, so that there is time to change course."),
    )
    frequency = forms.ChoiceField(
        label=gettext_lazy("How often it is measured"), required=False, choices=_open(Frequency.choices)
    )
    source = forms.CharField(label=gettext_lazy("Where the figures come from"), max_length=200, required=False)
    review_on = day(
        gettext_lazy("When you look at the goal again"), gettext_lazy("The coordinator is reminded when the day comes.")
    )


class _Named(forms.Form):
    """A form with the organisations that report."""

    def __init__(self, *args: Any, organisations: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["respondents"] = forms.MultipleChoiceField(
            label=gettext_lazy("Who reports"),
            help_text=gettext_lazy("Nobody chosen means all who take part."),
            required=False,
            widget=forms.CheckboxSelectMultiple,
            choices=list(organisations),
        )
        self.order_fields(self.field_order)


class StartForm(_Named):
    """From when something is measured, and whether reports are asked for what has been."""

    frequency = forms.ChoiceField(label=gettext_lazy("How often it is measured"), choices=Frequency.choices)
    measured_from = day(gettext_lazy("Measured from"), gettext_lazy("Empty means the present period."))
    past_rounds = forms.BooleanField(
        label=gettext_lazy("Ask for reports for all periods since then"),
        required=False,
        help_text=gettext_lazy("Otherwise reports are asked for from the last period that has ended."),
    )


class IndicatorForm(StartForm):
    """Something that a goal is measured by."""

    field_order = (
        *("name", "definition", "unit", "number_kind", "aggregation", "days_to_report", "minimum_group", "source"),
        *("respondents", "frequency", "measured_from", "past_rounds"),
    )

    name = forms.CharField(label=gettext_lazy("What is measured"), max_length=200)
    definition = forms.CharField(
        label=gettext_lazy("Definition"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("What counts and what does not, so that everybody counts alike."),
    )
    unit = forms.CharField(label=_p("goal", "Unit"), max_length=40)
    number_kind = forms.ChoiceField(label=gettext_lazy("Kind of figure"), choices=NumberKind.choices)
    aggregation = forms.ChoiceField(
        label=gettext_lazy("The figure for all together"),
        choices=Aggregation.choices,
        help_text=gettext_lazy("Counts and amounts are added up. Shares and means are weighed."),
    )
    days_to_report = forms.IntegerField(
        label=gettext_lazy("Days to report after the period"), initial=20, min_value=1, max_value=MOST_DAYS
    )
    minimum_group = forms.IntegerField(
        label=gettext_lazy("Smallest group that is shown"),
        initial=5,
        min_value=1,
        help_text=gettext_lazy("Figures that stand for fewer persons are hidden from others. 1 hides nothing."),
    )
    source = forms.CharField(label=gettext_lazy("Where the figures come from"), max_length=200, required=False)


class ReportingForm(_Named):
    """How an indicator is reported from a day on."""

    starts_on = day(
        gettext_lazy("From which day"), gettext_lazy("The period that the day lies in is the first with it."), required=True
    )
    why = forms.CharField(label=gettext_lazy("Why it is changed"), widget=forms.Textarea(attrs={"rows": 2}))
    source = forms.CharField(label=gettext_lazy("Where the figures come from"), max_length=200, required=False)
    days_to_report = forms.IntegerField(
        label=gettext_lazy("Days to report after the period"), min_value=1, max_value=MOST_DAYS
    )
    minimum_group = forms.IntegerField(
        label=gettext_lazy("Smallest group that is shown"),
        min_value=1,
        help_text=gettext_lazy("Figures that are told already keep the smallest group that they were told under."),
    )


class FrameForm(forms.Form):
    """What an indicator means from a day on."""

    starts_on = day(
        gettext_lazy("From which day"), gettext_lazy("The period that the day lies in is the first with it."), required=True
    )
    why = forms.CharField(label=gettext_lazy("Why it is changed"), widget=forms.Textarea(attrs={"rows": 2}))
    definition = forms.CharField(label=gettext_lazy("Definition"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    unit = forms.CharField(
        label=_p("goal", "Unit"),
        max_length=40,
        help_text=gettext_lazy("Another unit begins a new part of the series. What has been measured stays as it is."),
    )
    number_kind = forms.ChoiceField(label=gettext_lazy("Kind of figure"), choices=NumberKind.choices)
    aggregation = forms.ChoiceField(label=gettext_lazy("The figure for all together"), choices=Aggregation.choices)
    baseline = number(gettext_lazy("Baseline"))
    baseline_on = day(gettext_lazy("Measured on"))
    target = number(gettext_lazy("Target"))
    target_on = day(gettext_lazy("To be reached by"))


class CourseForm(forms.Form):
    """How often an indicator is measured and which way it should go, from a day on."""

    starts_on = day(
        gettext_lazy("From which day"),
        gettext_lazy(
            "It begins on that day, or on the first day after it on which a period of both kinds begins. Example: from a "
            "year to a month it begins at the turn of the year, so 15 December becomes 1 January."
        ),
        required=True,
    )
    why = forms.CharField(label=gettext_lazy("Why it is changed"), widget=forms.Textarea(attrs={"rows": 2}))
    frequency = forms.ChoiceField(label=gettext_lazy("How often it is measured"), choices=Frequency.choices)
    direction = forms.ChoiceField(label=gettext_lazy("Which way"), choices=Direction.choices)
    baseline = number(
        gettext_lazy("Baseline"),
        gettext_lazy(
            "Another direction, or a sum for another length of period, needs a new baseline and a new target. What "
            "organisations had taken on does not hold any more then. Otherwise leave them empty."
        ),
    )
    baseline_on = day(gettext_lazy("Measured on"))
    target = number(gettext_lazy("Target"))
    target_on = day(gettext_lazy("To be reached by"))


class StepForm(forms.Form):
    """A target by a day."""

    level = number(gettext_lazy("Target"), required=True)
    on = day(gettext_lazy("To be reached by"), required=True)

    def __init__(self, *args: Any, now: str, coming: Iterable[tuple[date, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        later = [(day.isoformat(), text) for day, text in coming]
        if later or self.data.get("holds_on"):  # what one chose may have been taken back since
            self.fields["holds_on"] = forms.TypedChoiceField(
                label=gettext_lazy("What it is measured in"),
                choices=[("nu", now), *later],
                initial="nu",
                coerce=lambda chosen: None if chosen == "nu" else date.fromisoformat(chosen),
                widget=forms.RadioSelect,
                error_messages={
                    "required": gettext_lazy("Choose which part of the series the target is for."),
                    "invalid_choice": gettext_lazy(
                        "What you had chosen does not wait to begin any more: the change was taken back, or has begun. "
                        "Choose again."
                    ),
                },
            )
            self.order_fields(["holds_on", "level", "on"])


class ReviewForm(forms.Form):
    """A look at a goal."""

    conclusion = forms.CharField(
        label=gettext_lazy("What you came to"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Does the goal still hold? What do the figures say? What should change?"),
    )
    next_on = day(gettext_lazy("When you look at it the next time"), required=True)


class GroundForm(forms.Form):
    """Something that a goal rests on."""

    thing = forms.ChoiceField(label=gettext_lazy("What it rests on"))

    def __init__(self, *args: Any, things: Iterable[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["thing"] = forms.ChoiceField(label=gettext_lazy("What it rests on"), choices=list(things))


class NoteForm(forms.Form):
    """Why a report goes back."""

    note = forms.CharField(
        label=gettext_lazy("What should be looked at again"),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Write what should be looked at again.")},
    )
