"""How we see it: the purpose in own words, every point of the shared picture, and what we need and why."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _p

from samordna.domain.collaborations.enums import PointKind
from samordna.domain.collaborations.limits import MOST_NEEDS
from samordna.domain.collaborations.queries.picture import NeedRow, PointRow

BLANK_NEEDS = 2  # offered below those that are stated
SEES = (("agrees", _("We see it so too")), ("differs", _("We see it differently")))


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class ViewForm(forms.Form):
    """One organisation's, or the coordination's, view. Everything may be left for later."""

    own_words = forms.CharField(
        label=_("The purpose, in our own words"),
        widget=_area(4),
        required=False,
        help_text=_("What does it mean for those we serve, and for us? Writing it confirms the purpose."),
    )

    def __init__(
        self, *args: Any, points: Iterable[PointRow] = (), needs: Iterable[NeedRow] | None = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.points = list(points)
        for point in self.points:
            self._add_point(point)
        stated = None if needs is None else list(needs)
        self.places = 0 if stated is None else min(len(stated) + BLANK_NEEDS, MOST_NEEDS)
        for place in range(self.places):
            need = stated[place] if stated and place < len(stated) else None
            self._add_need(place, need)

    def _add_point(self, point: PointRow) -> None:
        self.fields[f"mark_{point.id}"] = forms.ChoiceField(
            label=_("How do you see it?"),
            widget=forms.RadioSelect,
            choices=SEES,
            required=False,
            initial=point.own,
        )
        self.fields[f"why_{point.id}"] = forms.CharField(
            label=_("If differently: how, and why"), widget=_area(2), required=False, initial=point.own_why
        )

    def _add_need(self, place: int, need: NeedRow | None) -> None:
        self.fields[f"need_{place}"] = forms.CharField(
            label=_p("field", "We need"), widget=_area(2), required=False, initial=need.text if need else ""
        )
        self.fields[f"reason_{place}"] = forms.CharField(
            label=_p("field", "Because"), widget=_area(2), required=False, initial=need.reason if need else ""
        )

    def point_rows(self) -> list[tuple[PointRow, list[forms.BoundField]]]:
        """Every point with its fields."""
        return [(point, [self[f"mark_{point.id}"], self[f"why_{point.id}"]]) for point in self.points]

    def need_rows(self) -> list[list[forms.BoundField]]:
        """The rows of needs."""
        return [[self[f"need_{place}"], self[f"reason_{place}"]] for place in range(self.places)]

    def marks(self) -> list[dict[str, Any]]:
        """The points that something is said of."""
        said = [(point.id, self.cleaned_data[f"mark_{point.id}"]) for point in self.points]
        return [
            {"point_id": key, "agrees": sees == "agrees", "why": self.cleaned_data[f"why_{key}"]}
            for key, sees in said
            if sees
        ]

    def needs(self) -> list[dict[str, str]] | None:
        """The needs in which something is written; None for somebody who states none here."""
        if not self.places:
            return None
        rows = [(self.cleaned_data[f"need_{place}"], self.cleaned_data[f"reason_{place}"]) for place in range(self.places)]
        return [{"text": text, "reason": reason} for text, reason in rows if text or reason]


class PointForm(forms.Form):
    """A new point of the shared picture."""

    kind = forms.ChoiceField(label=_("What it is about"), widget=forms.RadioSelect, choices=PointKind.choices)
    text = forms.CharField(
        label=_p("field", "The point"),
        widget=_area(3),
        help_text=_("One thing at a time, so that each one can say whether it sees it so."),
    )
