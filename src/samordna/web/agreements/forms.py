"""What is typed about documents. Shape only; operations check meaning."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _p

from samordna.domain.agreements.enums import RESTING, BindsWhen, DocumentKind, SignatureWay
from samordna.domain.agreements.headings import HEADINGS, OWN
from samordna.domain.agreements.limits import MOST_IMPORTED
from samordna.web.organisations.forms import day_field

Choices = Iterable[tuple[str, Any]]
EMPTY_ROWS = 4


def offer(form: forms.Form, name: str, choices: Choices, none: Any = "") -> None:
    """Give a declared field its choices, with none as the first where it need not be filled in."""
    old = form.fields[name]
    first = [("", none or _p("choice", "None"))] if not old.required or none else []
    form.fields[name] = forms.ChoiceField(
        label=old.label, help_text=old.help_text, required=old.required, choices=[*first, *choices], initial=old.initial
    )


class DescriptionForm(forms.Form):
    """What a document is called, who is responsible for it, when it is looked over."""

    name = forms.CharField(label=_p("field", "Name"), max_length=160)
    responsible_role_id = forms.ChoiceField(
        label=_("Role responsible for revision"),
        required=False,
        help_text=_("The role may write in it, too, and is reminded when it is to be looked over."),
    )
    area_id = forms.ChoiceField(label=_("Subject area"), required=False)
    review_on = day_field(_("Next review"), _("Those responsible are reminded a month before."))

    def __init__(self, *args: Any, roles: Choices = (), areas: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "responsible_role_id", roles, _p("choice", "The coordinator"))
        offer(self, "area_id", areas)


class StartForm(DescriptionForm):
    """A new document of a collaboration."""

    kind = forms.ChoiceField(
        label=_("Kind of document"),
        choices=DocumentKind.choices,
        initial=DocumentKind.AGREEMENT,
        help_text=_("Agreements, charters and declarations are signed by the parties; routines and plans are approved."),
    )
    annex_of_id = forms.ChoiceField(
        label=_("Annex of"), required=False, help_text=_("An annex has versions, a trial time and an end of its own.")
    )
    language = forms.ChoiceField(
        label=_("The document's language"), choices=[("sv", _("Swedish")), ("en", _("English"))], initial="sv"
    )
    field_order = ("kind", "name", "annex_of_id", "responsible_role_id", "area_id", "review_on", "language")

    def __init__(self, *args: Any, documents: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "annex_of_id", documents, _p("choice", "No other document"))
        self.order_fields(self.field_order)


class OwnRoutineForm(DescriptionForm):
    """A routine of one's own organisation."""

    kind = forms.ChoiceField(
        label=_("Kind of document"),
        choices=[(str(kind.value), kind.label) for kind in DocumentKind if kind in RESTING],
        initial=DocumentKind.ROUTINE,
    )
    field_order = ("kind", "name", "responsible_role_id", "area_id", "review_on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["responsible_role_id"].choices[0] = ("", _p("choice", "My own role"))  # type: ignore[attr-defined]
        self.order_fields(self.field_order)


class HeadForm(forms.Form):
    """What stands on a draft's first page."""

    label = forms.CharField(
        label=_("What the version calls itself"),
        required=False,
        max_length=24,
        help_text=_("Only if it is not its number."),
    )
    diary_number = forms.CharField(label=_("Diary number"), required=False, max_length=60)
    approver = forms.CharField(
        label=_("Approved by"), required=False, max_length=200, help_text=_("Body, date and paragraph, where there is one.")
    )
    valid_from = day_field(_("From and including"))
    valid_to = day_field(_("Up to, but not including"), _("Empty means until further notice."))
    trial = forms.BooleanField(label=_("On trial: it ends by itself if nothing else is agreed"), required=False)
    binds_when = forms.ChoiceField(label=_("It holds"), choices=BindsWhen.choices, widget=forms.RadioSelect)
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, signed: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not signed:
            del self.fields["binds_when"]


class SectionForm(forms.Form):
    """A section's prose."""

    title = forms.CharField(label=_p("field", "Heading"), required=False, max_length=120)
    text = forms.CharField(
        label=_p("field", "Text"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text=_("An empty line begins a new paragraph. Begin a line with “- ” for a list, with “## ” for a heading."),
        strip=False,
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)


class NewSectionForm(forms.Form):
    """A section to be added."""

    heading = forms.ChoiceField(label=_p("field", "Heading"))
    title = forms.CharField(
        label=_("Heading of your own"), required=False, max_length=120, help_text=_("Only when none of the list fits.")
    )
    after = forms.ChoiceField(label=_p("field", "After"), required=False)

    def __init__(self, *args: Any, taken: Iterable[str] = (), places: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        free = [(key, heading.label) for key, heading in HEADINGS.items() if key == OWN or key not in set(taken)]
        offer(self, "heading", free)
        offer(self, "after", places, _p("choice", "Last"))


class SignForm(forms.Form):
    """One's organisation's signature."""

    way = forms.ChoiceField(
        label=_("How it is signed"), choices=SignatureWay.choices, widget=forms.RadioSelect, initial=SignatureWay.HERE
    )
    source = forms.CharField(
        label=_("Where the original is"),
        required=False,
        max_length=200,
        help_text=_("Only if it was signed on paper or with another service: diary number or archive."),
    )
    signed_on = day_field(_("Signed on"), _("Empty means today."))
    confirmed = forms.BooleanField(label=_("I have read the document, and I may sign it for my organisation."))
    sha256 = forms.CharField(widget=forms.HiddenInput)


class ReasonForm(forms.Form):
    """A reason."""

    reason = forms.CharField(label=_p("field", "Reason"), widget=forms.Textarea(attrs={"rows": 4}))


class RepealForm(ReasonForm):
    """From which day it no longer holds, and why."""

    ended_on = day_field(_("From this day no longer"), _("Empty means today."))


class ReviewForm(forms.Form):
    """What one found when one looked it over."""

    outcome = forms.CharField(
        label=_("What you found"),
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Does it still serve? What has to change, and who takes it on?"),
    )
    next_on = day_field(_("Next review"), _("Empty means that no day is set."))


class GroundForm(forms.Form):
    """What the document rests on: `document <id>` or `decision <id>`."""

    ground = forms.ChoiceField(label=_("It rests on"))

    def __init__(self, *args: Any, grounds: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "ground", grounds, _p("choice", "Choose"))


class HistoryForm(forms.Form):
    """Versions from before, a row each; rows that are left empty are left out."""

    source = forms.CharField(
        label=_("Where they were found"),
        max_length=200,
        help_text=_("The diary, an old web page, a binder: so that it can be found again."),
    )

    def __init__(self, *args: Any, rows: int = EMPTY_ROWS, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = str(self.data.get("rows", "")) if self.is_bound else str(rows)
        self.count = min(
            int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 4 else EMPTY_ROWS, MOST_IMPORTED
        )
        for row in range(self.count):
            self._add_row(row)

    def _add_row(self, row: int) -> None:
        self.fields[f"label_{row}"] = forms.CharField(label=_("Calls itself"), required=False, max_length=24)
        self.fields[f"valid_from_{row}"] = day_field(_("From and including"))
        self.fields[f"valid_to_{row}"] = day_field(_("Up to, but not including"))
        self.fields[f"approver_{row}"] = forms.CharField(label=_("Approved by"), required=False, max_length=200)
        self.fields[f"note_{row}"] = forms.CharField(label=_p("field", "Note"), required=False, max_length=400)

    def rows(self) -> list[list[forms.BoundField]]:
        """The rows as fields."""
        names = ("label", "valid_from", "valid_to", "approver", "note")
        return [[self[f"{name}_{row}"] for name in names] for row in range(self.count)]

    def versions(self) -> list[dict[str, Any]]:
        """The rows that say something."""
        names = ("label", "valid_from", "valid_to", "approver", "note")
        read = [{name: self.cleaned_data.get(f"{name}_{row}") for name in names} for row in range(self.count)]
        return [row for row in read if any(row.values())]
