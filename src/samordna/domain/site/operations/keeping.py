"""Looking after the site: its name and language, its mail server, who looks after it, and the backups made of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.mail import EmailMessage
from django.utils.translation import gettext as _

from samordna.core import clock, journal
from samordna.core.actor import Actor
from samordna.core.errors import Invalid, Refused
from samordna.core.operation import operation
from samordna.core.policy import Thing
from samordna.domain.organisations.access import permit
from samordna.domain.organisations.enums import RoleKind
from samordna.domain.organisations.findings import Findings
from samordna.domain.organisations.models import Holding, Person, Role
from samordna.domain.site.access import site_for
from samordna.domain.site.enums import MailSecurity
from samordna.domain.site.mail import FAULTS, connection_of
from samordna.domain.site.models import Backup, Site
from samordna.domain.site.secrecy import sealed

LANGUAGES = ("sv", "en")
HIGHEST_PORT = 65_535


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """How the mail server is reached. An empty password keeps the one that is stored; an empty host means none."""

    host: str = ""
    port: int = 587
    security: str = MailSecurity.STARTTLS
    user: str = ""
    password: str = ""
    sender: str = ""


@operation("site.look_after")
def change_site(*, actor: Actor, name: str, language: str, contact: str, at: datetime | None = None) -> Site:
    """Change what the site is called, its language, and whom to tell when something does not work."""
    site = site_for(actor, at=at)
    found = Findings()
    site.name = found.line("name", name, 80)
    site.language = found.choice("language", language, list(LANGUAGES))
    site.contact = found.line("contact", contact, 200, required=False)
    found.insist()
    site.save()
    _record(actor, "site_changed", at, name=site.name, language=site.language, contact=site.contact)
    return site


@operation("site.look_after")
def change_mail(*, actor: Actor, mail: Mail, at: datetime | None = None) -> Site:
    """Name the mail server, or none. The password is stored encrypted, and is never shown or written in the journal."""
    site = site_for(actor, at=at)
    found = Findings()
    fill_mail(found, site, mail)
    found.insist()
    site.save()
    _record(actor, "site_mail_changed", at, host=site.mail_host, port=site.mail_port, sender=site.mail_from)
    return site


def fill_mail(found: Findings, site: Site, mail: Mail) -> None:
    """Put what was typed about the mail server on the site."""
    site.mail_host = found.line("mail_host", mail.host, 200, required=False)
    site.mail_port = mail.port
    site.mail_security = found.choice("mail_security", mail.security, MailSecurity.values)
    site.mail_user = found.line("mail_user", mail.user, 200, required=False)
    site.mail_from = found.email("mail_from", mail.sender)
    if not 1 <= mail.port <= HIGHEST_PORT:
        found.say("mail_port", _("A port is a number from 1 to 65535."))
    if site.mail_host and not site.mail_from:
        found.say("mail_from", _("Write the address that mail is sent from."))
    if mail.password or not site.mail_host:
        site.mail_password = sealed(mail.password if site.mail_host else "")


@operation("site.look_after")
def try_mail(*, actor: Actor, at: datetime | None = None) -> str:
    """Send a message to oneself by the mail server that is stored; returns the address. Raises `Refused` with what the
    server said when it did not go."""
    site = site_for(actor, at=at)
    person = Person.objects.get(pk=actor.person_id)
    if not site.mail_host or not person.email:
        raise Refused(_("Name the mail server first, and have an e-mail address of your own."))
    text = _("This is a test from %(site)s. If you read it, mail works.") % {"site": site.name}
    message = EmailMessage(_("Mail works"), text, site.mail_from, [person.email], connection=connection_of(site))
    try:
        message.send()
    except FAULTS as fault:
        said = str(fault)[:200] or type(fault).__name__
        raise Refused(_("The mail server did not take the message. It said: %(said)s") % {"said": said}) from fault
    _record(actor, "site_mail_tried", at, host=site.mail_host)
    return str(person.email)


@operation("site.look_after")
def hand_site_over(*, actor: Actor, role_id: str, at: datetime | None = None) -> Site:
    """Let another administrator's role look after the site. Somebody has to hold it now."""
    site = site_for(actor, at=at)
    at = at or clock.now()
    role = Role.objects.filter(pk=role_id, kind=RoleKind.ADMINISTRATOR).first()
    if role is None or not Holding.objects.on(clock.day(at)).filter(role=role).exists():
        raise Invalid({"role_id": _("Choose an administrator's role that somebody holds now.")})
    site.owner_role = role
    site.save()
    _record(actor, "site_handed_over", at, role=role.pk)
    return site


@operation("site.look_after")
def note_backup(
    *, actor: Actor, file_name: str, sha256: str, size: int, entries: int, at: datetime | None = None
) -> Backup:
    """Note that a backup was made, so that the site can tell when the latest was. The command that made it does this."""
    permit(actor, "site.look_after", Thing(), at)
    at = at or clock.now()
    made = Backup.objects.create(made_at=at, file_name=file_name[:120], sha256=sha256, size=size, entries=entries)
    _record(actor, "backup_made", at, sha256=sha256, size=size, entries=entries)
    return made


def _record(actor: Actor, action: str, at: datetime | None, **content: Any) -> None:
    journal.record(actor=actor, action=action, subject_kind="site", subject_id="1", at=at, **content)
