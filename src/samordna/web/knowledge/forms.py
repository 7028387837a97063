"""What is typed about services. Shape only; operations check meaning."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _p

from samordna.domain.knowledge.conditions import KnownFact
from samordna.domain.knowledge.enums import FactKind
from samordna.domain.knowledge.limits import MOST_CRITERIA, MOST_GROUPS
from samordna.domain.knowledge.operations import Wording
from samordna.web.forms import Overtakable
from samordna.web.organisations.forms import day_field

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Choices = Iterable[tuple[str, "StrOrPromise"]]
Row = dict[str, Any]
ANY_GROUPS = 3
"""So many "at least one of these" are offered; more when a service has more already."""
PARTS = ("together", "negated", "least", "most", "one_of", "codes", "says", "ground", "ground_from", "ground_to", "drop")


def _area(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class ServiceForm(Overtakable):
    """A service and its conditions, a row of controls for each condition that fits what it asks about."""

    name = forms.CharField(label=_p("field", "Name"), max_length=120, help_text=_("As those who look for it would say it."))
    also = forms.CharField(label=_("Other words for it"), required=False, max_length=300)
    description = forms.CharField(
        label=_("What it is"),
        widget=_area(5),
        help_text=_("What one gets, and what it leads to. The first line is shown in lists."),
    )
    unit = forms.CharField(label=_("Unit and place"), required=False, max_length=200)
    for_whom = forms.CharField(
        label=_("For whom, in words"),
        required=False,
        widget=_area(),
        help_text=_("The conditions below say the same as data."),
    )
    how_to_apply = forms.CharField(label=_("How one applies"), required=False, widget=_area())
    cost = forms.CharField(label=_("What it costs"), required=False, max_length=300)
    languages = forms.CharField(
        label=_("Languages"), required=False, max_length=200, help_text=_("With commas between: svenska, arabiska.")
    )
    schedule = forms.CharField(label=_p("service", "When"), required=False, max_length=300)
    waiting = forms.CharField(
        label=_("Waiting time"), required=False, max_length=120, help_text=_("As you would say it: omkring tre veckor.")
    )
    waiting_on = day_field(_("Waiting time as of"), _("Empty means today."))
    closed = forms.CharField(
        label=_("Closed for a while, because"),
        required=False,
        max_length=300,
        help_text=_("Empty means that it is open. Otherwise it answers no to everybody, with this reason."),
    )
    role_id = forms.ChoiceField(label=_("Role that answers for it"))
    contact_path_id = forms.ChoiceField(
        label=_("Contact path"),
        required=False,
        help_text=_("Whom one turns to. Open a contact path first if there is none."),
    )
    rows = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=MOST_CRITERIA)
    add = forms.ChoiceField(label=_("New condition about"), required=False)

    def __init__(
        self,
        *args: Any,
        facts: Mapping[str, KnownFact],
        roles: Choices = (),
        paths: Choices = (),
        filled: Sequence[Row] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.facts = facts
        self.asked = self._asked(filled)
        _offer(self, "role_id", [("", _p("choice", "Choose a role")), *roles])
        _offer(self, "contact_path_id", [("", _p("choice", "None")), *paths])
        _offer(
            self, "add", [("", _p("choice", "Choose what it asks about")), *((one.id, one.label) for one in facts.values())]
        )
        for place, fact in enumerate(self.asked):
            self._add_row(place, fact, filled[place] if place < len(filled) else {})
        self.initial["rows"] = len(self.asked)

    def _asked(self, filled: Sequence[Row]) -> list[KnownFact]:
        """What each row asks about."""
        if not self.is_bound:
            return [self.facts[row["fact"]] for row in filled if row["fact"] in self.facts]
        text = str(self.data.get("rows", ""))
        count = min(int(text), MOST_CRITERIA) if text.isascii() and text.isdigit() and len(text) < 4 else 0
        named = (str(self.data.get(f"fact_{place}", "")) for place in range(count))
        return [self.facts[key] for key in named if key in self.facts]

    def _add_row(self, place: int, fact: KnownFact, row: Row) -> None:
        hidden = forms.CharField(widget=forms.HiddenInput, initial=fact.id, required=False)
        self.fields[f"fact_{place}"] = hidden
        given = {name: value for name, value in row.items() if name != "fact"}
        groups = max(ANY_GROUPS, _group_number(given.get("together")))
        for name, field in _controls(fact, given, groups).items():
            field.initial = given.get(name, field.initial)
            self.fields[f"{name}_{place}"] = field

    def condition_rows(self) -> list[tuple[str, list[forms.BoundField], list[forms.BoundField]]]:
        """For the page: what each row asks about, its controls, and what few need: the ground, and taking it away."""
        found = []
        for place, fact in enumerate(self.asked):
            there = [self[f"{name}_{place}"] for name in PARTS if f"{name}_{place}" in self.fields]
            later = ("says", "ground", "ground_from", "ground_to")
            extra = [field for field in there if field.name.rsplit("_", 1)[0] in later]
            found.append((fact.label, [field for field in there if field not in extra], extra))
        return found

    def plain_fields(self) -> list[forms.BoundField]:
        """Everything before the conditions."""
        names = [name for name in type(self).base_fields if name not in ("rows", "seen", "add")]
        return [self[name] for name in names]

    def wording(self) -> Wording:
        """What the service says; rows to be taken away are left out."""
        data = self.cleaned_data
        names = [name for name in type(self).base_fields if name not in ("rows", "seen", "add", "role_id")]
        return Wording(**{name: data[name] for name in names}, eligibility=self.eligibility())

    def eligibility(self) -> list[dict[str, Any]]:
        """The rows gathered in their groups."""
        groups: dict[str, list[Row]] = {}
        for place, fact in enumerate(self.asked):
            row = {name: self.cleaned_data.get(f"{name}_{place}") for name in PARTS}
            if not row.pop("drop"):
                groups.setdefault(row.pop("together") or "all", []).append(_as_data(fact, row))
        return [
            {"together": name[:3] if name.startswith("any") else name, "criteria": rows} for name, rows in groups.items()
        ]


def _group_number(together: object) -> int:
    """The number in any1 to any12; 0 for anything else."""
    text = str(together or "").removeprefix("any")
    return int(text) if text in {str(n) for n in range(1, MOST_GROUPS + 1)} else 0


def _controls(fact: KnownFact, row: Row, groups: int) -> dict[str, forms.Field]:
    """The controls that fit what a condition asks about."""
    together: list[tuple[str, StrOrPromise]] = [("all", _("It has to hold"))]
    together += [
        (f"any{n}", _("It or another in group %(letter)s has to hold") % {"letter": "ABCDEFGHIJKL"[n - 1]})
        for n in range(1, groups + 1)
    ]
    together += [("none", _("It may not hold"))]
    fields: dict[str, forms.Field] = {
        "together": forms.ChoiceField(label=_p("condition", "How it counts"), choices=together)
    }
    if fact.kind == FactKind.NUMBER:
        fields["least"] = forms.CharField(label=_p("condition", "At least"), required=False, max_length=24)
        fields["most"] = forms.CharField(label=_p("condition", "At most"), required=False, max_length=24)
    elif fact.kind == FactKind.YES_NO:
        fields["one_of"] = forms.ChoiceField(
            label=_p("condition", "The answer is"), choices=fact.options, widget=forms.RadioSelect, required=False
        )
    else:
        known = {value for value, _label in fact.options}
        others = [(value, value) for value in row.get("one_of") or () if value not in known]
        fields["one_of"] = forms.MultipleChoiceField(
            label=_p("condition", "One of these"),
            choices=[*fact.options, *others],
            widget=forms.CheckboxSelectMultiple,
            required=False,
        )
        if fact.kind == FactKind.PLACE:
            fields["codes"] = forms.CharField(
                label=_("Other codes"),
                required=False,
                max_length=2_000,
                help_text=_("Four digits for a municipality, two for a county."),
            )
    fields["negated"] = forms.ChoiceField(
        label=_p("condition", "Or the opposite"),
        choices=[("", _("As it stands")), ("1", _("Anything but this"))],
        required=False,
    )
    fields["says"] = forms.CharField(label=_("In your own words"), required=False, max_length=300)
    fields["ground"] = forms.CharField(label=_("Law or decision that it rests on"), required=False, max_length=200)
    fields["ground_from"] = day_field(_("That holds from"))
    fields["ground_to"] = day_field(_("That holds until"))
    fields["drop"] = forms.BooleanField(label=_("Take this condition away"), required=False)
    return fields


def _as_data(fact: KnownFact, row: Row) -> dict[str, Any]:
    chosen = row.pop("one_of") or []
    codes = (row.pop("codes") or "").replace(",", " ").split()
    row["one_of"] = [chosen] if isinstance(chosen, str) else [*chosen, *codes]
    row["negated"] = bool(row["negated"])
    return row | {"fact": fact.id}


def rows_of(eligibility: Sequence[Mapping[str, Any]]) -> list[Row]:
    """What is stored, as rows of the form."""
    rows, number = [], 0
    for group in eligibility:
        number += group["together"] == "any"
        together = f"any{number}" if group["together"] == "any" else group["together"]
        for one in group["criteria"]:
            single = one["kind"] == FactKind.YES_NO
            values = one["one_of"][0] if single and one["one_of"] else one["one_of"]
            rows.append({**one, "together": together, "one_of": values, "negated": "1" if one["negated"] else ""})
    return rows


def retyped(form: ServiceForm) -> tuple[dict[str, Any], list[Row]]:
    """What was typed, to be shown again with another row: the plain fields, and the rows; nothing is checked."""
    data = form.data
    plain = {name: data.get(name, "") for name in type(form).base_fields if name not in ("rows", "add")}
    rows = []
    for place, fact in enumerate(form.asked):
        names = [name for name in PARTS if f"{name}_{place}" in form.fields]
        values = {
            name: form.fields[f"{name}_{place}"].widget.value_from_datadict(data, {}, f"{name}_{place}") for name in names
        }
        rows.append(values | {"fact": fact.id})
    return plain, rows


def _offer(form: forms.Form, name: str, choices: Choices) -> None:
    field = form.fields[name]
    form.fields[name] = forms.ChoiceField(
        label=field.label, help_text=field.help_text, required=field.required, choices=list(choices), initial=field.initial
    )


class EndServiceForm(forms.Form):
    """The day from which a service is no longer offered."""

    valid_to = day_field(_("Up to, but not including"), _("Empty means today."))


class AssureForm(forms.Form):
    """The waiting time as of today, when one confirms what a service says."""

    waiting = forms.CharField(label=_("Waiting time now"), required=False, max_length=120)


class FactForm(forms.Form):
    """Something that conditions may ask about."""

    label = forms.CharField(
        label=_("Question"),
        max_length=120,
        help_text=_("Short, and such that it can be asked of anybody: Får sjukpenning."),
    )
    kind = forms.ChoiceField(
        label=_("Kind of answer"),
        choices=[choice for choice in FactKind.choices if choice[0] != FactKind.PLACE],
        widget=forms.RadioSelect,
    )
    options = forms.CharField(
        label=_("Alternatives"),
        required=False,
        widget=_area(4),
        help_text=_("For one of a list: one alternative on each line."),
    )
    unit = forms.CharField(
        label=_p("field", "Unit"), required=False, max_length=24, help_text=_("For a number: år, procent.")
    )


class SituationForm(forms.Form):
    """A situation: one control for each fact that anybody's conditions may ask about; whatever is empty is not stated."""

    def __init__(self, *args: Any, facts: Mapping[str, KnownFact], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.facts = facts
        for fact in facts.values():
            self.fields[fact.id] = _stating(fact)

    def situation(self) -> dict[str, str]:
        """What is stated, by fact."""
        return {name: str(self.cleaned_data.get(name) or "") for name in self.facts}


def _stating(fact: KnownFact) -> forms.Field:
    label = f"{fact.label} ({fact.unit})" if fact.unit else fact.label
    if fact.kind == FactKind.NUMBER:
        return forms.CharField(
            label=label, required=False, max_length=24, widget=forms.TextInput(attrs={"inputmode": "decimal"})
        )
    return forms.ChoiceField(label=label, required=False, choices=[("", _p("choice", "Not stated")), *fact.options])
