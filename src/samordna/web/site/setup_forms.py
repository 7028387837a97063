"""What is typed at the first set-up and on the settings page. Shape only; operations check meaning."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _p

from samordna.domain.organisations.enums import OrganisationKind
from samordna.domain.site.enums import MailSecurity
from samordna.domain.site.operations.keeping import Mail

LANGUAGES = [("sv", "Svenska"), ("en", "English")]


class MailForm(forms.Form):
    """How the mail server is reached."""

    mail_host = forms.CharField(
        label=_("Mail server"),
        required=False,
        max_length=200,
        help_text=_("Its name, for example mail.example.se. Left empty, mail is written to the server's log."),
    )
    mail_port = forms.IntegerField(label=_("Port"), initial=587, required=False)
    mail_security = forms.ChoiceField(label=_("Protection"), choices=MailSecurity.choices, initial=MailSecurity.STARTTLS)
    mail_user = forms.CharField(label=_("User at the mail server"), required=False, max_length=200)
    mail_password = forms.CharField(
        label=_("Password at the mail server"),
        required=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("Stored encrypted and never shown. Left empty, the one that is stored stays."),
    )
    mail_from = forms.CharField(label=_("Sender's address"), required=False, max_length=254)

    def mail(self) -> Mail:
        """What was typed about the mail server."""
        given: dict[str, Any] = self.cleaned_data
        return Mail(
            host=given["mail_host"],
            port=given["mail_port"] or 0,
            security=given["mail_security"],
            user=given["mail_user"],
            password=given["mail_password"],
            sender=given["mail_from"],
        )


class SetUpForm(MailForm):
    """Everything that a new site has to know."""

    organisation = forms.CharField(label=_("The organisation that runs the site"), max_length=120)
    kind = forms.ChoiceField(label=_p("field", "Kind"), choices=[("", "–"), *OrganisationKind.choices])
    number = forms.CharField(
        label=_("Organisation number"), required=False, max_length=20, help_text=_("Ten digits, written as 212000-0142.")
    )
    name = forms.CharField(label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = forms.CharField(
        label=_("Your e-mail address"),
        max_length=254,
        help_text=_("You sign in with it."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    password = forms.CharField(
        label=_p("field", "Password"),
        max_length=200,
        help_text=_("At least 15 characters. A few words in a row are easy to remember."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("The password once more"),
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    language = forms.ChoiceField(
        label=_("Language"),
        choices=LANGUAGES,
        initial="sv",
        help_text=_("For those whose browser asks for none that is offered. Everybody may choose for themselves."),
    )

    field_order = ("organisation", "kind", "number", "name", "email", "password", "again", "language")


class SiteForm(forms.Form):
    """What the site is called and says of itself."""

    name = forms.CharField(label=_("The site's name"), max_length=80)
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)
    contact = forms.CharField(
        label=_("Whom to tell when something does not work"),
        required=False,
        max_length=200,
        help_text=_("An address or a telephone number. It is shown on the page about accessibility, to everybody."),
    )


class OwnerForm(forms.Form):
    """Which role looks after the site."""

    role_id = forms.ChoiceField(label=_("Role that looks after the site"))

    def __init__(self, *args: Any, owners: tuple[tuple[str, str], ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role_id"].choices = owners  # type: ignore[attr-defined]  # a field of choices
