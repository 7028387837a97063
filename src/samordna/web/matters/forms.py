"""Forms of the matter pages: they check shape, the operations check meaning."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samordna.core.overtaking import fingerprint
from samordna.domain.collaborations.enums import Duress
from samordna.domain.matters.enums import AspectKind, Confidence, MatterKind, Sharing
from samordna.domain.matters.limits import LINK_DAYS, MAX_AMOUNT, MAX_TEXT, MAX_WORTH
from samordna.domain.matters.rules import Subject
from samordna.domain.matters.stored import figure_values, today_values
from samordna.web.forms import Overtakable

if TYPE_CHECKING:
    from samordna.domain.matters.queries import PositionForm

VERBS = ("join", "contribute", "follow")
DUTIES = [("", gettext_lazy("as the collaboration says")), *Duress.choices]
FEW = 4  # as many options as are shown beside each other; more become a list to choose from


def _text(rows: int, **attributes: Any) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, **attributes})


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class MatterForm(forms.Form):
    """What a matter is about."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=160)
    purpose = forms.CharField(label=gettext_lazy("What the matter is for"), widget=_text(3), max_length=MAX_TEXT)
    for_the_individual = forms.CharField(
        label=gettext_lazy("What it does for the individual"),
        help_text=gettext_lazy("In words that the person concerned would recognise."),
        widget=_text(3),
        max_length=MAX_TEXT,
    )
    convenience = forms.CharField(
        label=gettext_lazy("Whose convenience it serves"),
        help_text=gettext_lazy("Say openly what it makes easier for the organisations themselves."),
        widget=_text(2),
        required=False,
        max_length=MAX_TEXT,
    )
    area_id = forms.ChoiceField(label=gettext_lazy("Area"))
    unit = forms.CharField(
        label=gettext_lazy("Unit of cost and benefit"),
        help_text=gettext_lazy("For example SEK thousand per year, or hours per month."),
        max_length=40,
        required=False,
    )
    price_of_difference = forms.IntegerField(
        label=gettext_lazy("What one difference costs"),
        help_text=gettext_lazy(
            "In the same unit. Left empty: be as alike as possible first, and let cost decide between equals."
        ),
        required=False,
        min_value=0,
        max_value=MAX_AMOUNT,
    )
    join = forms.ChoiceField(
        label=gettext_lazy("Taking part in this matter"),
        help_text=gettext_lazy("How binding this matter is. What is set here goes before the collaboration and the party."),
        required=False,
        choices=DUTIES,
    )
    contribute = forms.ChoiceField(label=gettext_lazy("Contributing in this matter"), required=False, choices=DUTIES)
    follow = forms.ChoiceField(
        label=gettext_lazy("Following what is decided in this matter"), required=False, choices=DUTIES
    )

    def __init__(self, *args: Any, areas: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        give_choices(self, "area_id", list(areas))

    def arguments(self) -> dict[str, Any]:
        """What the operations take: the three verbs are one depth."""
        typed = dict(self.cleaned_data)
        return typed | {"depth": {verb: typed.pop(verb) for verb in VERBS}}


class NewMatterForm(MatterForm):
    """The same, with the kind whose template is filled in."""

    kind = forms.ChoiceField(choices=MatterKind.choices, widget=forms.HiddenInput)


class ChangeMatterForm(Overtakable, MatterForm):
    """The words of a matter that exists."""


class AspectForm(forms.Form):
    """One thing to settle."""

    label = forms.CharField(label=gettext_lazy("What has to be settled"), max_length=80)
    explanation = forms.CharField(label=gettext_lazy("Explanation"), widget=_text(2), required=False, max_length=MAX_TEXT)
    kind = forms.ChoiceField(label=gettext_lazy("Kind of answer"), choices=AspectKind.choices, widget=forms.RadioSelect)
    options = forms.CharField(
        label=gettext_lazy("Options"),
        help_text=gettext_lazy("For choices: one on each line, in order. Not needed for whole numbers or yes and no."),
        widget=_text(4),
        required=False,
    )
    lowest = forms.IntegerField(label=gettext_lazy("Lowest number"), required=False)
    highest = forms.IntegerField(label=gettext_lazy("Highest number"), required=False)
    step = forms.IntegerField(label=gettext_lazy("Step between numbers"), required=False, min_value=1, initial=1)
    unit = forms.CharField(
        label=gettext_lazy("Unit"),
        help_text=gettext_lazy("For whole numbers: days, per cent …"),
        max_length=20,
        required=False,
    )
    sharing = forms.ChoiceField(
        label=gettext_lazy("How alike must it be?"),
        choices=Sharing.choices,
        widget=forms.RadioSelect,
        initial=Sharing.FRAMED,
    )
    weight = forms.IntegerField(
        label=gettext_lazy("How much likeness matters here"),
        help_text=gettext_lazy("1 is ordinary; 3 counts three times as much."),
        min_value=1,
        max_value=1000,
        initial=1,
    )

    def arguments(self) -> dict[str, Any]:
        """What the operations take."""
        typed = dict(self.cleaned_data)
        typed["options"] = typed["options"].splitlines()
        typed["step"] = typed["step"] or 1
        return typed


class ChangeAspectForm(Overtakable, AspectForm):
    """An aspect that exists."""


class GatheringForm(forms.Form):
    """Sending the matter out."""

    answer_by = forms.DateField(label=gettext_lazy("Answer by"), widget=_day(), required=False)


class AnswerDayForm(forms.Form):
    """Moving the day to answer by."""

    answer_by = forms.DateField(label=gettext_lazy("Answer by"), widget=_day())


class ReasonForm(forms.Form):
    """An act that needs a reason."""

    reason = forms.CharField(label=gettext_lazy("Reason"), widget=_text(3), max_length=MAX_TEXT)


class BecauseForm(forms.Form):
    """What a follow-up answers."""

    because = forms.CharField(
        label=gettext_lazy("What makes a new turn needed"), widget=_text(3), required=False, max_length=MAX_TEXT
    )


class LinkForm(forms.Form):
    """Sending an answer link."""

    position_id = forms.ChoiceField(label=gettext_lazy("Participant"))
    recipient = forms.EmailField(label=gettext_lazy("E-mail address"), max_length=254)
    days = forms.IntegerField(label=gettext_lazy("Works for this many days"), min_value=1, max_value=90, initial=LINK_DAYS)

    def __init__(self, *args: Any, positions: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        give_choices(self, "position_id", list(positions))


class TodayForm(Overtakable):
    """How the participant does it today: one field per aspect, named after its id, and a note."""

    note = forms.CharField(
        label=gettext_lazy("Something others should know about how you work today"),
        widget=_text(3),
        required=False,
        max_length=MAX_TEXT,
    )

    def __init__(self, *args: Any, subjects: Sequence[Subject], explanations: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for subject in subjects:
            self.fields[f"today-{subject.id}"] = _today(subject, explanations.get(subject.id, ""))
        self.order_fields([*(f"today-{subject.id}" for subject in subjects), "note", "seen"])

    def practices(self) -> dict[str, str]:
        """Aspect id → option id, "" for what was left."""
        return {
            name.removeprefix("today-"): value for name, value in self.cleaned_data.items() if name.startswith("today-")
        }


def _today(subject: Subject, explanation: str) -> forms.ChoiceField:
    unit = f" {subject.unit}" if subject.unit else ""
    choices = [(option.id, f"{option.label}{unit}") for option in subject.options]
    few = len(choices) <= FEW
    return forms.ChoiceField(
        label=subject.label,
        help_text=explanation,
        choices=[*choices, ("", _("Do not know, or does not apply"))] if few else [("", "–"), *choices],
        widget=forms.RadioSelect if few else forms.Select,
        required=False,
    )


class FiguresForm(Overtakable):
    """What options would cost, three fields per option, and what taking part would gain."""

    low = forms.IntegerField(label=gettext_lazy("At least"), required=False)
    likely = forms.IntegerField(label=gettext_lazy("Likely"), required=False)
    high = forms.IntegerField(label=gettext_lazy("At most"), required=False)
    note = forms.CharField(
        label=gettext_lazy("What the gain consists of"), widget=_text(2), required=False, max_length=MAX_TEXT
    )

    def __init__(self, *args: Any, subjects: Sequence[Subject], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.subjects = subjects
        for subject in subjects:
            for option in subject.options:
                for bound, word in (("low", _("at least")), ("likely", _("likely")), ("high", _("at most"))):
                    label = f"{subject.label}, {option.label}: {word}"
                    self.fields[f"cost-{option.id}-{bound}"] = _figure(label)

    def costs(self) -> dict[str, tuple[int | None, int | None, int | None]]:
        """Option id → low, likely, high, for every option."""
        typed = self.cleaned_data
        return {
            option.id: (
                typed.get(f"cost-{option.id}-low"),
                typed.get(f"cost-{option.id}-likely"),
                typed.get(f"cost-{option.id}-high"),
            )
            for subject in self.subjects
            for option in subject.options
        }

    def tables(self) -> list[dict[str, Any]]:
        """Per aspect: its label, and a row of fields per option; `open` when something stands in it."""
        return [self._table(subject) for subject in self.subjects]

    def _table(self, subject: Subject) -> dict[str, Any]:
        rows: list[dict[str, Any]] = [
            {
                "label": f"{option.label} {subject.unit}".strip(),
                "fields": [self[f"cost-{option.id}-{bound}"] for bound in ("low", "likely", "high")],
            }
            for option in subject.options
        ]
        filled = any(field.value() not in (None, "") or field.errors for row in rows for field in row["fields"])
        return {"label": subject.label, "rows": rows, "open": filled}


def _figure(label: str) -> forms.IntegerField:
    widget = forms.TextInput(attrs={"inputmode": "numeric", "size": 7, "aria-label": label})
    return forms.IntegerField(label=label, required=False, widget=widget)


class ConditionForm(forms.Form):
    """Everything about a condition but the rule itself, which the builder reads."""

    prose = forms.CharField(
        label=gettext_lazy("The condition in your own words"), widget=_text(3), required=False, max_length=MAX_TEXT
    )
    reason = forms.CharField(
        label=gettext_lazy("Why?"),
        help_text=gettext_lazy("Others weigh your condition by its reason."),
        widget=_text(3),
        max_length=MAX_TEXT,
    )
    legal_ground = forms.CharField(label=gettext_lazy("Legal ground"), required=False, max_length=160)
    relax_price = forms.IntegerField(
        label=gettext_lazy("What it would cost you to give it up"),
        help_text=gettext_lazy("Left empty, it cannot be given up."),
        required=False,
        min_value=0,
        max_value=MAX_AMOUNT,
    )
    valid_to = forms.DateField(label=gettext_lazy("No longer holds from"), widget=_day(), required=False)
    confidence = forms.ChoiceField(
        label=gettext_lazy("Who may read it?"),
        choices=Confidence.choices,
        widget=forms.RadioSelect,
        initial=Confidence.OPEN,
    )
    more = ("legal_ground", "relax_price", "valid_to", "confidence")

    def __init__(self, *args: Any, unit: str, whole: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["relax_price"].label = _("What it would cost you to give it up, in %(unit)s") % {"unit": unit}
        if whole:
            del self.fields["confidence"]

    @property
    def further(self) -> list[forms.BoundField]:
        """The fields most people leave as they are."""
        return [self[name] for name in self.more if name in self.fields]


class NeedForm(forms.Form):
    """Everything about a need but the rule itself."""

    reason = forms.CharField(
        label=gettext_lazy("Why do you need it?"),
        help_text=gettext_lazy("Others may find another way to meet it."),
        widget=_text(3),
        max_length=MAX_TEXT,
    )
    weight = forms.IntegerField(
        label=gettext_lazy("What meeting it is worth to you"), min_value=1, max_value=MAX_WORTH, initial=1
    )

    def __init__(self, *args: Any, unit: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["weight"].label = _("What meeting it is worth to you, in %(unit)s") % {"unit": unit}


class SendForm(forms.Form):
    """Sending the answer in; who answers is asked of those who came by a link."""

    answered_as = forms.CharField(label=gettext_lazy("Who answers? Your name and role"), max_length=160, required=False)

    def __init__(self, *args: Any, by_link: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not by_link:
            del self.fields["answered_as"]


def today_form(form: PositionForm, data: Any = None) -> TodayForm:
    """The first step, filled with what has been said."""
    values = today_values(form.practices, form.position.note)
    initial = values | {"seen": fingerprint(values)}
    explanations = {aspect.id: aspect.explanation for aspect in form.aspects}
    return TodayForm(data, initial=initial, subjects=form.subjects, explanations=explanations)


def figures_form(form: PositionForm, data: Any = None) -> FiguresForm:
    """The step of costs and gain, filled with what has been said."""
    values = figure_values(form.costs or {}, form.benefit, form.benefit_note)
    initial = values | {"seen": fingerprint(values)}
    return FiguresForm(data, initial=initial, subjects=form.subjects)


def give_choices(form: forms.Form, name: str, choices: list[tuple[str, str]]) -> None:
    """Let a field choose among these."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101  # tells the type checker what the class says above
    field.choices = choices
