"""How the site reaches its mail server."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class MailSecurity(models.TextChoices):
    """How the connection to the mail server is protected."""

    STARTTLS = "starttls", _("Encrypted after the first word (STARTTLS, usually port 587)")
    TLS = "tls", _("Encrypted from the start (TLS, usually port 465)")
    NONE = "none", _("Not encrypted, within one's own network only")
