"""A proposal typed by hand: a value per aspect, and who differs from it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _p

from samordna.core.errors import Denied, Invalid
from samordna.domain.decisions.queries.facts import Facts, Topic
from samordna.domain.decisions.queries.shape import Shape
from samordna.domain.matters.enums import Sharing
from samordna.web.decisions.forms import DayInput

SPARE = 2
"""Empty lines for adaptations that a fresh form offers; "add a line" gives as many more."""
MOST = 2_000
"""No form has more lines than this, whatever is posted."""

Typed = dict[str, Any]


class DifferenceForm(forms.Form):
    """One line: who differs, in what, until when. An empty line is no adaptation."""

    organisation = forms.ChoiceField(label=_p("adaptation", "Participant"), required=False)
    value = forms.ChoiceField(label=_p("adaptation", "Has instead"), required=False)
    review_on = forms.DateField(label=_("Review on"), required=False, widget=DayInput())

    def __init__(self, *args: Any, facts: Facts, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._choose("organisation", [("", "–"), *((s.organisation_id, s.name) for s in facts.saids)])
        self._choose("value", [("", "–"), *_values(facts)])

    def _choose(self, name: str, choices: Sequence[tuple[str, Any]]) -> None:
        cast(forms.ChoiceField, self.fields[name]).choices = choices

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
        review_on = self.cleaned_data["review_on"]
        return {
            "organisation": self.cleaned_data["organisation"],
            "aspect": aspect,
            "option": option,
            "review_on": review_on,
        }


def _values(facts: Facts) -> list[tuple[str, list[tuple[str, str]]]]:
    """Every aspect that may differ, with its options."""
    return [
        (
            topic.label,
            [(f"{topic.id}.{choice.id}", f"{topic.label}: {topic.label_of(choice.id)}") for choice in topic.options],
        )
        for topic in facts.topics
        if topic.sharing != Sharing.COMMON
    ]


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
        self.facts = facts
        for topic in facts.topics:
            if topic.sharing != Sharing.LOCAL:
                self.fields[f"frame_{topic.id}"] = _frame_field(topic)

    @property
    def frame(self) -> dict[str, str]:
        """Aspect → option, of those that have a value."""
        names = [name for name in self.fields if name.startswith("frame_")]
        return {name.removeprefix("frame_"): self.cleaned_data[name] for name in names if self.cleaned_data[name]}


def _frame_field(topic: Topic) -> forms.ChoiceField:
    left = _("left to each") if topic.sharing == Sharing.FRAMED else "–"
    choices: list[tuple[str, Any]] = [("", left), *((choice.id, topic.label_of(choice.id)) for choice in topic.options)]
    return forms.ChoiceField(label=topic.label, required=False, choices=choices, help_text=topic.explanation)


class TypedProposal:
    """The whole form: the proposal and its lines."""

    def __init__(self, facts: Facts, data: QueryDict | None = None, start: Typed | None = None) -> None:
        """`start`: what a fresh form shows, as `typed_of` gives it."""
        start = start or {}
        lines: list[Typed] = start.get("lines", [])
        count = _count(data, len(lines) + SPARE)
        self.facts = facts
        self.proposal = ProposalForm(data, facts=facts, initial=start)
        self.lines = [
            DifferenceForm(data, facts=facts, prefix=f"line{n}", initial=lines[n] if n < len(lines) else None)
            for n in range(count)
        ]

    @property
    def count(self) -> int:
        """How many lines there are."""
        return len(self.lines)

    def is_valid(self) -> bool:
        """Is everything in shape?"""
        return all([self.proposal.is_valid(), *[line.is_valid() for line in self.lines]])

    def values(self) -> Typed:
        """What the operations take."""
        differences = [line.difference for line in self.lines]
        return {
            "title": self.proposal.cleaned_data["title"],
            "text": self.proposal.cleaned_data["text"],
            "frame": self.proposal.frame,
            "adaptations": [difference for difference in differences if difference],
        }

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


def _count(data: QueryDict | None, fresh: int) -> int:
    if data is None:
        return fresh
    posted = data.get("lines", "")
    count = int(posted) if posted.isdecimal() and len(posted) < 6 else 0
    return min(count + (SPARE if "more" in data else 0), MOST)


def typed_of(shape: Shape, title: str, text: str) -> Typed:
    """A proposal as the form shows it, to be changed or amended."""
    lines = [
        {"organisation": organisation, "value": f"{aspect}.{own.option_id}", "review_on": own.review_on}
        for (organisation, aspect), own in shape.own.items()
    ]
    return {"title": title, "text": text, "lines": lines} | {
        f"frame_{aspect}": option for aspect, option in shape.frame.items()
    }
