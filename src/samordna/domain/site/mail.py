"""Mail goes out by the server that the site's owner has named; without one it is written to the log of the server.

The demonstration, which sends hundreds in its first minute, keeps its letters as files in the folder of its data instead.
"""

from __future__ import annotations

import ssl
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.console import EmailBackend as Console
from django.core.mail.backends.filebased import EmailBackend as Files
from django.core.mail.backends.smtp import EmailBackend as Smtp

from samordna.domain.site.enums import MailSecurity
from samordna.domain.site.models import Site
from samordna.domain.site.secrecy import opened

SECONDS = 10


def connection_of(site: Site) -> BaseEmailBackend:
    """The connection to the site's own mail server."""
    return Smtp(
        host=site.mail_host,
        port=site.mail_port,
        username=site.mail_user,
        password=opened(site.mail_password),
        use_tls=site.mail_security == MailSecurity.STARTTLS,
        use_ssl=site.mail_security == MailSecurity.TLS,
        timeout=SECONDS,
    )


FAULTS = (OSError, ssl.SSLError, ValueError)
"""What goes wrong with a mail server; the SMTP library's own errors are of the first kind."""


def sender() -> str:
    """The address that mail is sent from."""
    site = None if settings.MAIL_BY_ENVIRONMENT else Site.objects.filter(pk=1).exclude(mail_host="").first()
    return (site.mail_from if site else "") or settings.DEFAULT_FROM_EMAIL


class Backend(BaseEmailBackend):
    """Chosen in the settings when the environment names no mail server."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Send by the site's server, or keep or print."""
        site = Site.objects.filter(pk=1).exclude(mail_host="").first()
        way: Any = connection_of(site) if site else self._without()
        for message in email_messages if site and site.mail_from else ():
            message.from_email = site.mail_from if site else message.from_email
        return int(way.send_messages(email_messages) or 0)

    def _without(self) -> BaseEmailBackend:
        if settings.DEMO:
            return Files(file_path=str(settings.DATA / "letters"), fail_silently=self.fail_silently)
        return Console(fail_silently=self.fail_silently)
