"""What is typed about collaborations and those who take part. Shape only; operations check meaning."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _p

from samordna.domain.collaborations.depth import Preset
from samordna.domain.collaborations.enums import CriterionKind, CriterionOperator, Duress
from samordna.domain.collaborations.limits import LONGEST_NOTICE
from samordna.domain.collaborations.phrases import PRESET_MEANINGS, PRESETS
from samordna.domain.collaborations.queries.pages import AreaRow
from samordna.web.forms import Overtakable
from samordna.web.organisations.forms import day_field

Choices = Iterable[tuple[str, str]]
EMPTY_ROWS = 3  # blank criteria offered below those that are filled in
MOST_ROWS = 40


def _area() -> forms.Textarea:
    return forms.Textarea(attrs={"rows": 4})


class StartForm(forms.Form):
    """A new collaboration, in its first words."""

    name = forms.CharField(label=_p("field", "Name"), max_length=120)
    purpose = forms.CharField(
        label=_("Common purpose"), widget=_area(), help_text=_("What becomes better together than for each alone?")
    )
    target_group = forms.CharField(label=_("For whom"), widget=_area(), required=False)
    depth = forms.ChoiceField(
        label=_("How deep"),
        widget=forms.RadioSelect,
        initial=Preset.VOLUNTARY,
        choices=[(str(name.value), format_lazy("{} – {}", PRESETS[name], PRESET_MEANINGS[name])) for name in Preset],
    )
    notice_days = forms.IntegerField(
        label=_("Notice of leaving, in days"),
        required=False,
        min_value=0,
        max_value=LONGEST_NOTICE,
        help_text=_("For those for whom anything is more than voluntary. Empty means none."),
    )
    superior_id = forms.ChoiceField(
        label=_("Organisation above all participants"),
        required=False,
        help_text=_("Only if there is one that can grant a mandate over them all."),
    )
    parent_id = forms.ChoiceField(label=_("Part of another collaboration"), required=False)
    valid_from = day_field(_("From and including"), _("Empty means today."))

    def clean_notice_days(self) -> int:
        """No number means no notice."""
        return self.cleaned_data["notice_days"] or 0

    def __init__(self, *args: Any, organisations: Choices = (), parents: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "superior_id", organisations)
        _offer(self, "parent_id", parents)


def _offer(form: forms.Form, name: str, choices: Choices) -> None:
    """Give a declared field its choices, with none as the first."""
    old = form.fields[name]
    offered = [("", _p("choice", "None")), *choices]
    form.fields[name] = forms.ChoiceField(label=old.label, help_text=old.help_text, required=False, choices=offered)


class PurposeForm(Overtakable):
    """Name and purpose."""

    name = forms.CharField(label=_p("field", "Name"), max_length=120)
    purpose = forms.CharField(label=_("Common purpose"), widget=_area())
    why = forms.CharField(
        label=_("What changed, and why"),
        widget=_area(),
        required=False,
        help_text=_("Everybody who takes part reads this when they are asked to confirm the new purpose."),
    )


class TargetGroupForm(Overtakable):
    """Whom it is for, in words and as rows of criteria; `rows` says how many rows the page shows."""

    target_group = forms.CharField(label=_("In words"), widget=_area())
    rows = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=MOST_ROWS)

    def __init__(self, *args: Any, filled: Iterable[dict[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        given = list(filled)
        self.count = min(_typed_count(self.data.get("rows"), len(given) + EMPTY_ROWS), MOST_ROWS)
        for place in range(self.count):
            row = given[place] if place < len(given) else {}
            self._add_row(place, row)
        self.initial["rows"] = self.count

    def _add_row(self, place: int, row: dict[str, str]) -> None:
        kinds, operators = [*CriterionKind.choices], [*CriterionOperator.choices]
        self.fields[f"kind_{place}"] = forms.ChoiceField(
            label=_p("criterion", "Does what"), choices=kinds, required=False, initial=row.get("kind", "includes")
        )
        self.fields[f"subject_{place}"] = forms.CharField(
            label=_p("criterion", "Property"), max_length=60, required=False, initial=row.get("subject", "")
        )
        self.fields[f"operator_{place}"] = forms.ChoiceField(
            label=_p("criterion", "Comparison"), choices=operators, required=False, initial=row.get("operator", "is")
        )
        self.fields[f"value_{place}"] = forms.CharField(
            label=_p("criterion", "Value"), max_length=60, required=False, initial=row.get("value", "")
        )

    def criterion_rows(self) -> list[list[forms.BoundField]]:
        """The rows' fields, for the page."""
        names = ("kind", "subject", "operator", "value")
        return [[self[f"{name}_{place}"] for name in names] for place in range(self.count)]

    def criteria(self) -> list[dict[str, str]]:
        """The rows in which something is written."""
        names = ("kind", "subject", "operator", "value")
        rows = [{name: self.cleaned_data.get(f"{name}_{place}", "") for name in names} for place in range(self.count)]
        return [row for row in rows if row["subject"] or row["value"]]


def _typed_count(typed: object, otherwise: int) -> int:
    text = str(typed or "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else otherwise


class CaseForm(forms.Form):
    """An anonymous case, as one value for each property that the criteria ask for."""

    def __init__(self, *args: Any, subjects: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.subjects = list(subjects)
        for place, subject in enumerate(self.subjects):
            self.fields[f"case_{place}"] = forms.CharField(label=subject, required=False, max_length=60)

    def case(self) -> dict[str, str]:
        """Values by property."""
        return {subject: self.cleaned_data.get(f"case_{place}", "") for place, subject in enumerate(self.subjects)}


class AreaForm(forms.Form):
    """A subject area."""

    name = forms.CharField(label=_p("field", "Name"), max_length=120)
    parent_id = forms.ChoiceField(label=_("Beneath"), required=False)

    def __init__(self, *args: Any, areas: Iterable[AreaRow] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "parent_id", [(area.id, "– " * area.level + area.name) for area in areas])


class LetInForm(forms.Form):
    """Organisations that begin to take part, as one party."""

    organisation_ids = forms.MultipleChoiceField(label=_p("field", "Organisations"), widget=forms.CheckboxSelectMultiple)
    party_name = forms.CharField(
        label=_("The party's name"),
        required=False,
        max_length=120,
        help_text=_("Needed when several organisations speak with one voice. Alone, the organisation's own name is used."),
    )
    party_id = forms.ChoiceField(label=_("Or join a party that is in already"), required=False)
    joined_on = day_field(_("From and including"), _("Empty means today."))

    def __init__(self, *args: Any, organisations: Choices = (), parties: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        old = self.fields["organisation_ids"]
        self.fields["organisation_ids"] = forms.MultipleChoiceField(
            label=old.label, choices=list(organisations), widget=forms.CheckboxSelectMultiple
        )
        _offer(self, "party_id", parties)


class LeavingForm(forms.Form):
    """When and why an organisation leaves."""

    left_on = day_field(_("From this day no longer"), _("Empty means today. A later day gives notice."))
    reason = forms.CharField(label=_p("field", "Reason"), widget=_area())


class DepthForm(forms.Form):
    """A party's own depth; empty leaves a verb to the collaboration."""

    join = forms.ChoiceField(label=_p("depth", "Take part"), required=False)
    contribute = forms.ChoiceField(label=_p("depth", "Contribute"), required=False)
    follow = forms.ChoiceField(label=_p("depth", "Follow"), required=False)
    nothing = _("as the collaboration says")
    offered: tuple[Duress, ...] = (Duress.MAY, Duress.IF_IN, Duress.MUST)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", self.nothing), *((value.value, value.label) for value in self.offered)]
        for name in ("join", "contribute", "follow"):
            self.fields[name] = forms.ChoiceField(label=self.fields[name].label, required=False, choices=choices)


class ChangeDepthForm(forms.Form):
    """How binding it is from a day on, why, and whether matters under way are to follow."""

    depth = forms.ChoiceField(
        label=_("How deep"),
        widget=forms.RadioSelect,
        choices=[(str(name.value), format_lazy("{} – {}", PRESETS[name], PRESET_MEANINGS[name])) for name in Preset],
    )
    notice_days = forms.IntegerField(
        label=_("Notice of leaving, in days"), required=False, min_value=0, max_value=LONGEST_NOTICE
    )
    starts_on = day_field(_("From and including"), _("Empty means as soon as those who want to have been able to leave."))
    running = forms.BooleanField(label=_("Also for matters under way"), required=False)
    reason = forms.CharField(label=_p("field", "Reason"), widget=_area())

    def clean_notice_days(self) -> int:
        """No number means no notice."""
        return self.cleaned_data["notice_days"] or 0


class ExemptionForm(DepthForm):
    """What a party is exempted from, why, and until when or when it is looked over."""

    reason = forms.CharField(label=_p("field", "Reason"), widget=_area())
    starts_on = day_field(_("From and including"), _("Empty means today."))
    ends_on = day_field(_("Up to, but not including"), _("It ends by itself. Empty means until further notice."))
    review_on = day_field(_("To be looked over on"), _("Needed where there is no end."))
    nothing = _("not exempted from")
    offered = (Duress.MAY, Duress.IF_IN)


class StepsForm(forms.Form):
    """Whether decisions go on consultation."""

    without_consultation = forms.CharField(
        label=_("Why decisions here go without consultation"),
        widget=_area(),
        required=False,
        help_text=_("Leave it empty where everybody is consulted before a decision is recommended or established."),
    )


class ReasonForm(forms.Form):
    """A reason."""

    reason = forms.CharField(label=_p("field", "Reason"), widget=_area())
