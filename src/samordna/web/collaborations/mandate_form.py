"""The mandate's editor: the wording, and beside it one row of choices for each subject area that it speaks of.

With a few areas they all stand there. With many one finds and ticks those the mandate speaks of, and only they get a row:
the page stays short and light, with or without a script.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _p

from samordna.domain.collaborations.enums import Following, MandateForm
from samordna.domain.collaborations.phrases import FORM_MEANINGS
from samordna.domain.collaborations.queries.pages import AreaRow
from samordna.domain.collaborations.queries.passable import Passable
from samordna.web.organisations.forms import day_field

SAYS = (
    ("", _("the mandate says nothing of it")),
    ("yes", _("coordination may decide")),
    ("no", _("coordination does not decide")),
)
FEW = 12  # areas that all get a row at once
BROWSING = ("find_areas", "show_areas")  # buttons that show the page again, with all that was typed, and check nothing


class MandateEditor(forms.Form):
    """Wording, source and validity, and for each area that is shown what the clause says."""

    wording = forms.CharField(
        label=_p("mandate", "Wording"),
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Word for word, as it was decided. The wording settles how far the mandate goes."),
    )
    source = forms.CharField(
        label=_("Source document"), max_length=200, help_text=_("Body, date and paragraph, and the diary number.")
    )
    valid_from = day_field(_("From and including"), _("Empty means today."))
    valid_to = day_field(_("Up to, but not including"), _("Empty means until further notice."))
    notice_days = forms.IntegerField(
        label=_("Notice agreed, in days"),
        required=False,
        min_value=0,
        max_value=3650,
        help_text=_("What you promise to say in advance. You can still take the mandate back at any time."),
    )
    own: tuple[str, ...] = ("wording", "source", "valid_from", "valid_to", "notice_days")

    def __init__(self, data: QueryDict | None = None, *, areas: Iterable[AreaRow] = (), browsing: bool = False) -> None:
        typed = data if data is not None else QueryDict()
        every = list(areas)
        self.many = len(every) > FEW
        self.shown = [area for area in every if not self.many or self._speaks_of(typed, area)]
        self.find = typed.get("find", "").strip()
        shown = {area.id for area in self.shown}
        rest = [area for area in every if area.id not in shown]
        self.offered = [area for area in rest if self.find.casefold() in area.name.casefold()]
        self.hidden = len(rest) - len(self.offered)
        super().__init__(None if browsing else data, initial=dict(typed.items()) if browsing else None)
        for area in self.shown:
            self._add_row(area)

    @staticmethod
    def _speaks_of(typed: QueryDict, area: AreaRow) -> bool:
        return area.id in typed.getlist("pick") or any(typed.get(f"{name}_{area.id}") for name in ("says", "no_longer"))

    def _add_row(self, area: AreaRow) -> None:
        self.fields[f"says_{area.id}"] = forms.ChoiceField(label=_("What the mandate says"), choices=SAYS, required=False)
        self.fields[f"no_longer_{area.id}"] = forms.BooleanField(label=self.taking(), required=False)
        self.fields[f"following_{area.id}"] = forms.ChoiceField(
            label=_p("field", "Following"), choices=Following.choices, required=False, initial=Following.MUST
        )

    def taking(self) -> str:
        """What the tick says that takes the deciding from those who take part."""
        return gettext("We no longer decide it ourselves")

    def own_fields(self) -> list[forms.BoundField]:
        """The fields beside the clauses."""
        return [self[name] for name in self.own]

    def clause_rows(self) -> list[tuple[AreaRow, list[forms.BoundField]]]:
        """Every area shown with the fields of its clause."""
        return [(area, [self[f"{name}_{area.id}"] for name in self.parts]) for area in self.shown]

    parts: tuple[str, ...] = ("says", "no_longer", "following")

    def clauses(self) -> list[dict[str, Any]]:
        """The areas that the mandate says something of."""
        data = self.cleaned_data
        return [
            self._clause(area, data)
            for area in self.shown
            if data.get(f"says_{area.id}") or data.get(f"no_longer_{area.id}")
        ]

    def _clause(self, area: AreaRow, data: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "area_id": area.id,
            "coordination_decides": data[f"says_{area.id}"] == "yes",
            "participants_no_longer_decide": data[f"no_longer_{area.id}"],
            "following": data[f"following_{area.id}"] or Following.MUST,
        }

    def head(self) -> dict[str, Any]:
        """What is said beside the clauses, as the operations take it."""
        data = self.cleaned_data
        return {name: data[name] for name in self.own} | {"notice_days": data["notice_days"] or 0}


class GiveMandateForm(MandateEditor):
    """A mandate in one's own organisation's name."""

    own = ("form", *MandateEditor.own)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        areas: Iterable[AreaRow] = (),
        forms_offered: Iterable[str],
        browsing: bool = False,
    ) -> None:
        super().__init__(data, areas=areas, browsing=browsing)
        offered = [MandateForm(name) for name in forms_offered]
        choices = [(str(form.value), f"{form.label} – {FORM_MEANINGS[form]}") for form in offered]
        self.fields["form"] = forms.ChoiceField(label=_("Form of mandate"), widget=forms.RadioSelect, choices=choices)


class DelegateForm(MandateEditor):
    """A mandate to pass on: each clause also says which area above it is taken from."""

    parts = ("says", "within", "no_longer", "following")

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        areas: Iterable[AreaRow] = (),
        above: Iterable[Passable] = (),
        asked: int = 0,
        browsing: bool = False,
    ) -> None:
        self.above = list(above)
        self.asked = asked
        super().__init__(data, areas=areas, browsing=browsing)

    def _add_row(self, area: AreaRow) -> None:
        super()._add_row(area)
        told = _("%(area)s (for %(count)s of %(asked)s here)")
        choices = [
            (each.area_id, told % {"area": each.area, "count": each.count, "asked": self.asked}) for each in self.above
        ]
        alike = [each.area_id for each in self.above if each.area.casefold() == area.name.casefold()]
        self.fields[f"within_{area.id}"] = forms.ChoiceField(
            label=_("Taken from the area above"),
            choices=[("", "–"), *choices],
            required=False,
            initial=alike[0] if alike else self.above[0].area_id if len(self.above) == 1 else "",
        )

    def taking(self) -> str:
        """As above, of somebody else."""
        return gettext("Those who take part no longer decide it themselves")

    def _clause(self, area: AreaRow, data: Mapping[str, Any]) -> dict[str, Any]:
        return super()._clause(area, data) | {"within_id": data[f"within_{area.id}"]}
