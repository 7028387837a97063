"""A proposal typed by hand: a value per aspect, and who differs from it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _p

from samordna.core.errors import Denied, Invalid
from samordna.domain.decisions.queries.facts import Facts, Topic
from samordna.domain.decisions.queries.shape import EMPTY, Shape
from samordna.domain.matters.enums import Sharing
from samordna.web.decisions.forms import DayInput

SPARE = 2
"""Empty lines for adaptations that a fresh form offers; "add lines" gives as many more."""
MOST = 2_000
"""No form has more lines than this, whatever is posted."""
CHOSEN_FROM = 40
"""Up to so many participants are chosen from a list per line; of more, the name is typed with one list to help."""

Typed = dict[str, Any]


class ListedField(forms.CharField):
    """A text that names one of a list (label → id) shared by all lines of the form; cleaned to the id."""

    default_error_messages = {"unlisted": _("“%(text)s” is not in the list. Choose one of those that are.")}

    def __init__(self, *, ids: Mapping[str, str], list_id: str, **kwargs: Any) -> None:
        super().__init__(required=False, widget=forms.TextInput({"list": list_id, "autocomplete": "off"}), **kwargs)
        self.ids = {label.casefold(): pk for label, pk in ids.items()}
        self.labels = {pk: label for label, pk in ids.items()}

    def clean(self, value: Any) -> str:
        text = str(super().clean(value))
        if text and text.casefold() not in self.ids:
            raise forms.ValidationError(self.error_messages["unlisted"], params={"text": text})
        return self.ids.get(text.casefold(), "")

    def prepare_value(self, value: Any) -> Any:
        return self.labels.get(value, value)


class DifferenceForm(forms.Form):
    """One line: who differs, in what, until when. An empty line is no adaptation."""

    review_on = forms.DateField(label=_("Review on"), required=False, widget=DayInput())
    field_order = ("organisation", "value", "review_on")

    def __init__(self, *args: Any, facts: Facts, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = {said.name: said.organisation_id for said in facts.saids}
        self.fields["organisation"] = _listed(_p("adaptation", "Participant"), names, "participants", len(names))
        self.fields["value"] = _listed(_p("adaptation", "Has instead"), values_in(facts), "values", len(names))
        self.order_fields(self.field_order)

    def clean(self) -> Typed:
        typed = super().clean() or {}
        if bool(typed.get("organisation")) != bool(typed.get("value")) and not self.errors:
            raise forms.ValidationError(_("Choose both who differs and what it has instead, or leave the line empty."))
        return typed

    @property
    def difference(self) -> Typed | None:
        """The line as the operation takes it."""
        if not self.cleaned_data.get("organisation"):
            return None
        aspect, option = self.cleaned_data["value"].split(".")
        return {
            "organisation": self.cleaned_data["organisation"],
            "aspect": aspect,
            "option": option,
            "review_on": self.cleaned_data["review_on"],
        }


def _listed(label: Any, ids: Mapping[str, str], list_id: str, participants: int) -> forms.Field:
    if participants > CHOSEN_FROM:
        return ListedField(label=label, ids=ids, list_id=list_id)
    choices = [("", "–"), *((pk, name) for name, pk in ids.items())]
    return forms.ChoiceField(label=label, required=False, choices=choices)


def values_in(facts: Facts) -> dict[str, str]:
    """Every option of every aspect in which somebody may differ, by how it reads."""
    return {
        f"{topic.label}: {topic.label_of(choice.id)}": f"{topic.id}.{choice.id}"
        for topic in facts.topics
        if topic.sharing != Sharing.COMMON
        for choice in topic.options
    }


class ProposalForm(forms.Form):
    """Title, text, and a list per aspect of what it may be. The lines about adaptations are forms of their own."""

    title = forms.CharField(label=_p("proposal", "Title"), max_length=120)
    text = forms.CharField(
        label=_p("proposal", "Text"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("What the proposal means in your own words; for a matter without aspects, the text to adopt."),
    )

    def __init__(self, *args: Any, facts: Facts, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for topic in facts.topics:
            if topic.sharing != Sharing.LOCAL:
                self.fields[f"frame_{topic.id}"] = _frame_field(topic)

    @property
    def frame(self) -> dict[str, str]:
        """Aspect → option, of those that have a value."""
        names = [name for name in self.fields if name.startswith("frame_")]
        return {name.removeprefix("frame_"): self.cleaned_data[name] for name in names if self.cleaned_data[name]}


def _frame_field(topic: Topic) -> forms.ChoiceField:
    common = topic.sharing == Sharing.COMMON
    left = "–" if common else _("left to each")
    choices: list[tuple[str, Any]] = [("", left), *((choice.id, topic.label_of(choice.id)) for choice in topic.options)]
    field = forms.ChoiceField(label=topic.label, required=common, choices=choices, help_text=topic.explanation)
    field.error_messages["required"] = _("It must be the same for all; choose its value.")
    return field


class TypedProposal:
    """The whole form: the proposal and its lines.

    `begun` is the proposal that is changed or amended. Its adaptations are lines of the form; what its participants have
    of their own where an aspect is left to each is kept as it is, unless a line says otherwise.
    """

    def __init__(
        self, facts: Facts, data: QueryDict | None = None, begun: Shape = EMPTY, title: str = "", text: str = ""
    ) -> None:
        self.facts, self.begun = facts, begun
        lines = [_line(key, own.option_id, own.review_on) for key, own in begun.differences.items()]
        frame = {f"frame_{aspect}": option for aspect, option in begun.frame.items()}
        self.proposal = ProposalForm(data, facts=facts, initial={"title": title, "text": text} | frame)
        self.lines = [
            DifferenceForm(data, facts=facts, prefix=f"line{n}", initial=lines[n] if n < len(lines) else None)
            for n in range(_count(data, len(lines) + SPARE))
        ]

    @property
    def count(self) -> int:
        """How many lines there are."""
        return len(self.lines)

    @property
    def is_listed(self) -> bool:
        """Are names typed, with one list to help?"""
        return len(self.facts.saids) > CHOSEN_FROM

    @property
    def values_listed(self) -> list[str]:
        """What the list of values offers."""
        return list(values_in(self.facts))

    def is_valid(self) -> bool:
        """Is everything in shape?"""
        return all([self.proposal.is_valid(), *[line.is_valid() for line in self.lines]])

    def values(self) -> Typed:
        """What the operations take."""
        typed = [difference for line in self.lines if (difference := line.difference)]
        named = {(difference["organisation"], difference["aspect"]) for difference in typed}
        frame = self.proposal.frame
        kept = [
            _difference(key, own.option_id)
            for key, own in self.begun.own.items()
            if own.local and key not in named and key[1] not in frame
        ]
        said = self.proposal.cleaned_data
        return {"title": said["title"], "text": said["text"], "frame": frame, "adaptations": typed + kept}

    def take(self, denied: Denied) -> None:
        """Put what an operation said no with where it belongs."""
        fields = denied.fields if isinstance(denied, Invalid) else {"": denied.reason}
        for name, sentence in fields.items():
            line = self._line_of(name)
            if line is not None:
                line.add_error(None, sentence)
            else:
                self.proposal.add_error(name if name in self.proposal.fields else None, sentence)

    def _line_of(self, name: str) -> DifferenceForm | None:
        for line in self.lines:
            if (made := line.difference) and name == f"adaptation_{made['organisation']}_{made['aspect']}":
                return line
        return None


def _line(key: tuple[str, str], option: str, review_on: Any) -> Typed:
    return {"organisation": key[0], "value": f"{key[1]}.{option}", "review_on": review_on}


def _difference(key: tuple[str, str], option: str) -> Typed:
    return {"organisation": key[0], "aspect": key[1], "option": option}


def _count(data: QueryDict | None, fresh: int) -> int:
    if data is None:
        return fresh
    posted = data.get("lines", "")
    count = int(posted) if posted.isdecimal() and len(posted) < 6 else 0
    return min(count + (SPARE if "more" in data else 0), MOST)
