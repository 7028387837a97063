"""What is typed about letting people in. Shape only; operations check meaning."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _p

from samordna.domain.admissions.limits import INVITATION_DAYS, MAX_INVITATION_DAYS
from samordna.domain.organisations.enums import OrganisationKind
from samordna.web.organisations.forms import Choices, day_field


def days_field() -> forms.IntegerField:
    """How long an invitation works."""
    return forms.IntegerField(
        label=_("How many days the invitation works"), min_value=1, max_value=MAX_INVITATION_DAYS, initial=INVITATION_DAYS
    )


def email_field() -> forms.CharField:
    """Whom to write to."""
    return forms.CharField(
        label=_("E-mail address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )


class RoleInvitationForm(forms.Form):
    """Somebody to invite to one of the organisation's roles."""

    role_id = forms.ChoiceField(label=_("Which role"))
    email = email_field()
    name = forms.CharField(
        label=_p("invitation", "Name"), required=False, max_length=120, help_text=_("The one who accepts may correct it.")
    )
    valid_to = day_field(_("Holds the role up to, but not including"), _("Empty means until further notice."))
    days = days_field()

    def __init__(self, *args: Any, roles: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _p("choice", "Choose a role")), *roles]
        self.fields["role_id"] = forms.ChoiceField(label=self.fields["role_id"].label, choices=choices)


class AdministratorForm(forms.Form):
    """The first administrator of a part of the organisation."""

    email = email_field()
    name = forms.CharField(label=_p("invitation", "Name"), required=False, max_length=120)
    days = days_field()


class RuleForm(forms.Form):
    """Which affiliation gives which role."""

    affiliation = forms.CharField(
        label=_("Affiliation"),
        max_length=120,
        help_text=_("anna.k@212000-1397 for one person, *@212000-1397 for everybody in the organisation with that number."),
    )
    role_id = forms.ChoiceField(label=_("Gives the role"))

    def __init__(self, *args: Any, roles: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _p("choice", "Choose a role")), *roles]
        self.fields["role_id"] = forms.ChoiceField(label=self.fields["role_id"].label, choices=choices)


class ListForm(forms.Form):
    """Organisations to let in, one a line."""

    lines = forms.CharField(
        label=_("One organisation a line"),
        max_length=60_000,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        help_text=_(
            "Name; organisation number; e-mail address. Paste from a spreadsheet if you like. "
            "The number may be left out. Example: Norrdals kommun; 212000-0142; registrator@norrdal.example"
        ),
    )
    kind = forms.ChoiceField(label=_("What they are"), choices=OrganisationKind.choices)
    days = days_field()


class RegisteredForm(forms.Form):
    """Registered organisations to let in."""

    organisation_ids = forms.MultipleChoiceField(label=_("Organisations"), widget=forms.CheckboxSelectMultiple)
    joined_on = day_field(_("Takes part from and including"), _("Empty means today."))

    def __init__(self, *args: Any, organisations: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["organisation_ids"]
        self.fields["organisation_ids"] = forms.MultipleChoiceField(
            label=chosen.label,
            choices=list(organisations),
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": _("Choose at least one organisation.")},
        )


class AcceptForm(forms.Form):
    """What is asked of whoever accepts; what is known already is left out."""

    organisation_name = forms.CharField(label=_("The organisation's name"), max_length=120)
    organisation_number = forms.CharField(
        label=_("Organisation number"), required=False, max_length=20, help_text=_("Ten digits, written as 212000-0142.")
    )
    organisation_kind = forms.ChoiceField(label=_("What it is"), choices=OrganisationKind.choices)
    name = forms.CharField(label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    password = forms.CharField(
        label=_p("account", "Password"),
        max_length=1000,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 15 characters. A few words in a row are easy to remember."),
    )

    def __init__(self, *args: Any, founding: bool, new_person: bool, named: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        left_out = [] if founding else ["organisation_name", "organisation_number", "organisation_kind"]
        left_out += [] if new_person and not named else ["name"]
        left_out += [] if new_person else ["password"]
        for field in left_out:
            del self.fields[field]
