"""What is typed about organisations, roles and holdings. Shape only; operations check meaning."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _p

from samordna.core.clock import read_day
from samordna.core.tables import MAX_BYTES
from samordna.domain.organisations.enums import ExternalIdKind, HoldingKind, OrganisationKind, RoleKind

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Choices = Iterable[tuple[str, str]]
LONGEST_DAY = 60  # characters of a day that are looked at


class DayField(forms.DateField):
    """A day in any of the styles in which one writes it here (`clock.read_day`)."""

    def to_python(self, value: Any) -> date | None:
        if value is None or isinstance(value, date):
            return super().to_python(value)
        text = str(value)[:LONGEST_DAY]
        if not text.strip():
            return None
        day = read_day(text)
        if day is None:
            sentence = _("Write the day as 2026-11-22, 20261122, 22/11 2026 or 22 november 2026.")
            raise forms.ValidationError(sentence, code="invalid")
        return day

    def prepare_value(self, value: Any) -> Any:
        return value.isoformat() if isinstance(value, date) else value


def day_field(label: StrOrPromise, help_text: StrOrPromise = "", *, required: bool = False) -> DayField:
    """A day, with the browser's own calendar where there is one."""
    return DayField(
        label=label,
        help_text=help_text,
        required=required,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class OrganisationForm(forms.Form):
    """A new organisation that is part of another."""

    name = forms.CharField(label=_p("field", "Name"), max_length=120)
    kind = forms.ChoiceField(label=_p("field", "Kind"), choices=OrganisationKind.choices)
    number = forms.CharField(
        label=_("Organisation number"), required=False, help_text=_("Ten digits, written as 212000-0142."), max_length=20
    )
    area_code = forms.CharField(
        label=_("Municipality or region code"), required=False, help_text=_("Two or four digits."), max_length=8
    )
    inhabitants = forms.IntegerField(label=_p("field", "Inhabitants"), required=False, min_value=0)


class RoleForm(forms.Form):
    """A new role."""

    name = forms.CharField(label=_("The role's name"), max_length=120)
    kind = forms.ChoiceField(
        label=_("What the role is for"),
        choices=RoleKind.choices,
        widget=forms.RadioSelect,
        help_text=_(
            "A representative answers for the organisation. A manager also records its decisions and mandates. "
            "A coordinator leads collaborations. An administrator looks after roles. An officer reads."
        ),
    )
    purpose = forms.CharField(label=_p("field", "Purpose"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    responsibilities = forms.CharField(
        label=_p("field", "Responsibilities"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What the role sees to, whoever holds it. One task per line reads best."),
    )
    authority = forms.CharField(
        label=_p("field", "Authority"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What the role may decide by itself, and what it must ask somebody else about."),
    )
    valid_from = day_field(_("From and including"), _("Empty means today."))


class RoleWordsForm(RoleForm):
    """What a role is called and what it is for; its kind and first day stay."""

    kind = None  # type: ignore[assignment]  # Django's way to leave out a field of the form it builds on
    valid_from = None  # type: ignore[assignment]  # as above


class RoleClosingForm(forms.Form):
    """From which day a role is closed, and who takes its tasks over."""

    valid_to = day_field(_("From this day no longer"), _("Empty means today."))
    hand_over_to = forms.ChoiceField(
        label=_("The role that takes its tasks over"),
        required=False,
        help_text=_(
            "They are handed over at once, also when the role closes later. Needed only when something rests on it."
        ),
    )

    def __init__(self, *args: Any, roles: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["hand_over_to"].choices = [("", _p("choice", "No role chosen")), *roles]  # type: ignore[attr-defined]


class EndForm(forms.Form):
    """From which day something no longer holds."""

    valid_to = day_field(_("From this day no longer"), _("Empty means today."))


class PeopleForm(forms.Form):
    """A form in which one of these people, as (id, name), can be chosen as `person_id`."""

    def __init__(self, *args: Any, people: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _p("choice", "Nobody chosen")), *people]
        label = self.fields["person_id"].label
        self.fields["person_id"] = forms.ChoiceField(label=label, required=False, choices=choices)


class HoldingForm(PeopleForm):
    """Somebody who takes a role: chosen among those who are known, or somebody new."""

    person_id = forms.ChoiceField(label=_("Somebody who already has a role here"), required=False)
    name = forms.CharField(label=_("Or somebody new: name"), required=False, max_length=120)
    email = forms.CharField(
        label=_("E-mail address"),
        required=False,
        max_length=254,
        help_text=_("With an address the person can sign in. A known address finds the person."),
        widget=forms.EmailInput,
    )
    kind = forms.ChoiceField(
        label=_("How the role is held"),
        choices=[(str(kind.value), kind.label) for kind in (HoldingKind.ORDINARY, HoldingKind.ACTING)],
    )
    valid_from = day_field(_("From and including"), _("Empty means today."))
    valid_to = day_field(_("Up to, but not including"), _("Empty means until further notice."))


class DeputyForm(PeopleForm):
    """Somebody who stands in for a time."""

    person_id = forms.ChoiceField(label=_("Who stands in"), required=False)
    email = forms.CharField(
        label=_("Or the e-mail address of somebody registered"), required=False, max_length=254, widget=forms.EmailInput
    )
    valid_from = day_field(_("From and including"), _("Empty means today."))
    valid_to = day_field(_("Up to, but not including"), required=True)


class ContactForm(forms.Form):
    """Whom to contact about something."""

    topic = forms.CharField(
        label=_("About what"), max_length=120, help_text=_("As the one who asks would say it: utskrivning på helgen.")
    )
    also = forms.CharField(
        label=_("Other words for it"),
        required=False,
        max_length=300,
        help_text=_("What others may call it, and the collaboration's name for the area: hemgång, vårdplanering."),
    )
    from_whom = forms.CharField(
        label=_p("contact path", "For whom"),
        required=False,
        max_length=120,
        help_text=_("Who may use this path. Empty means anybody."),
    )
    role_id = forms.ChoiceField(label=_("To which role"))
    how = forms.CharField(label=_p("contact path", "How"), max_length=300, help_text=_("Number, address, and hours."))
    when_not = forms.CharField(
        label=_p("contact path", "When not"),
        required=False,
        max_length=300,
        help_text=_("When this path does not work, and what to do then."),
    )
    valid_from = day_field(_("From and including"), _("Empty means today."))
    valid_to = day_field(_("Up to, but not including"), _("Empty means until further notice."))

    def __init__(self, *args: Any, roles: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _p("choice", "Choose a role")), *roles]
        self.fields["role_id"] = forms.ChoiceField(label=self.fields["role_id"].label, choices=choices)


class ExternalIdForm(forms.Form):
    """An id that somebody else has issued."""

    kind = forms.ChoiceField(label=_("Which id it is"), choices=ExternalIdKind.choices)
    value = forms.CharField(
        label=_p("field", "Id"),
        max_length=120,
        help_text=_("HSA-id: SE2120000142-AB12. orgAffiliation: ab12@2120000142."),
    )
    issuer = forms.CharField(
        label=_("Who issues it"), required=False, max_length=120, help_text=_("Empty means the organisation itself.")
    )


class RosterForm(forms.Form):
    """One file of roles and people."""

    file = forms.FileField(
        label=_("Filled-in file"),
        help_text=_("A .xlsx or .csv file. You see what it would do before anything is done."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
        max_length=160,
    )

    def clean_file(self) -> UploadedFile[Any]:
        """Too large is said before anything is read."""
        upload: UploadedFile[Any] = self.cleaned_data["file"]
        if (upload.size or 0) > MAX_BYTES:
            limit = {"limit": MAX_BYTES >> 20}
            raise forms.ValidationError(gettext("The file may be at most %(limit)s MB. Divide it into several.") % limit)
        return upload


class TokenForm(forms.Form):
    """A key to the API."""

    label = forms.CharField(label=_("What the key is for"), max_length=60)
    days = forms.IntegerField(label=_("How many days it works"), min_value=1, max_value=366, initial=90)
    may_write = forms.BooleanField(label=_("The key may also change things in my name"), required=False)
