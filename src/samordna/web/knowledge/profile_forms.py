"""What is typed about an organisation itself, and about words. Shape only; operations check meaning."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _p

from samordna.domain.knowledge.limits import MOST_LEGAL
from samordna.web.forms import Overtakable
from samordna.web.organisations.forms import day_field

if TYPE_CHECKING:
    from django.http import QueryDict

    from samordna.domain.knowledge.queries.profiles import ProfilePage

EMPTY_ROWS = 2
TEXTS = ("mission", "can", "cannot", "professions", "misunderstandings")
LEGAL = ("law", "chapter", "paragraph", "says", "valid_from", "valid_to", "source")


def _area(rows: int = 4) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class ProfileForm(Overtakable):
    """A profile: words, and the legal frame row by row."""

    mission = forms.CharField(
        label=_("Our mission"), widget=_area(), help_text=_("What we are there for, in words that others understand.")
    )
    can = forms.CharField(label=_("What we can do"), required=False, widget=_area())
    cannot = forms.CharField(
        label=_("What we cannot do"), required=False, widget=_area(), help_text=_("And why: law, mandate, resources.")
    )
    professions = forms.CharField(label=_("Our professions"), required=False, widget=_area(3))
    misunderstandings = forms.CharField(
        label=_("Common misunderstandings"),
        required=False,
        widget=_area(),
        help_text=_("What others often believe of us, and how it is."),
    )
    review_on = day_field(_("To be looked over on"), _("Empty means a year from today."))
    rows = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=MOST_LEGAL)

    def __init__(
        self, *args: Any, page: ProfilePage | None = None, filled: list[dict[str, Any]] | None = None, **kwargs: Any
    ) -> None:
        if page is not None:
            kwargs["initial"] = {name: getattr(page, name) for name in (*TEXTS, "seen")}
            filled = [{name: getattr(row, name) for name in LEGAL} for row in page.legal]
        super().__init__(*args, **kwargs)
        given = filled or []
        text = str(self.data.get("rows", "")) if self.is_bound else ""
        count = int(text) if text.isascii() and text.isdigit() and len(text) < 4 else len(given) + EMPTY_ROWS
        self.count = min(count, MOST_LEGAL)
        for place in range(self.count):
            self._add_row(place, given[place] if place < len(given) else {})
        self.initial["rows"] = self.count

    def _add_row(self, place: int, row: dict[str, Any]) -> None:
        fields = {
            "law": forms.CharField(label=_p("reference", "Law"), required=False, max_length=200),
            "chapter": forms.CharField(label=_p("reference", "Chapter"), required=False, max_length=20),
            "paragraph": forms.CharField(label=_p("reference", "Section"), required=False, max_length=40),
            "says": forms.CharField(label=_p("reference", "What it says"), required=False, max_length=300),
            "valid_from": day_field(_p("reference", "In force from")),
            "valid_to": day_field(_p("reference", "In force until")),
            "source": forms.CharField(label=_p("reference", "Source"), required=False, max_length=300),
        }
        for name, field in fields.items():
            field.initial = row.get(name, "")
            self.fields[f"{name}_{place}"] = field

    def legal_rows(self) -> list[list[forms.BoundField]]:
        """The rows' fields, for the page."""
        return [[self[f"{name}_{place}"] for name in LEGAL] for place in range(self.count)]

    def plain_fields(self) -> list[forms.BoundField]:
        """Everything but the rows."""
        return [self[name] for name in (*TEXTS, "review_on")]

    def profile(self) -> dict[str, Any]:
        """What is said; rows in which nothing is written are left out."""
        data = self.cleaned_data
        rows = [{name: data.get(f"{name}_{place}") for name in LEGAL} for place in range(self.count)]
        words = {name: data[name] for name in (*TEXTS, "review_on", "seen")}
        return words | {"legal": [row for row in rows if any(row.values())]}

    @classmethod
    def with_more_rows(cls, data: QueryDict) -> ProfileForm:
        """What was typed, with more empty rows; nothing is checked and nothing is lost."""
        bound = cls(data)
        rows = [{name: data.get(f"{name}_{place}", "") for name in LEGAL} for place in range(bound.count)]
        initial = {name: data.get(name, "") for name in (*TEXTS, "review_on", "seen")}
        return cls(filled=rows, initial=initial)


class WordForm(forms.Form):
    """What a word means."""

    word = forms.CharField(label=_p("field", "Word"), max_length=80)
    text = forms.CharField(label=_("What it means to us"), widget=_area(3), max_length=2_000)
