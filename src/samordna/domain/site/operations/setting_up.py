"""The first set-up: the host's organisation, its administrator, language and mail server, all at once or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from samordna.core import clock, journal
from samordna.core.actor import Actor
from samordna.core.errors import Invalid
from samordna.core.operation import operation
from samordna.domain.organisations.enums import RoleKind
from samordna.domain.organisations.findings import Findings
from samordna.domain.organisations.models import Person
from samordna.domain.organisations.operations import give_role, open_role, register_organisation
from samordna.domain.site.access import check_set_up_key
from samordna.domain.site.models import Site
from samordna.domain.site.operations.keeping import LANGUAGES, Mail, fill_mail


@dataclass(frozen=True, slots=True, kw_only=True)
class Administrator:
    """Who looks after the site from the beginning."""

    name: str
    email: str
    password: str
    role: str


@operation("site.look_after")
def set_site_up(
    *,
    actor: Actor,
    key: str,
    organisation: str,
    kind: str,
    number: str,
    administrator: Administrator,
    language: str,
    mail: Mail,
    at: datetime | None = None,
) -> Site:
    """Begin the site: the organisation that runs it, and the administrator, who can sign in at once.

    Only with the key that the server printed, and only while nobody is there yet; `Absent` otherwise. Raises `Invalid` with
    everything that is wrong with what was typed.
    """
    check_set_up_key(key, actor)
    at = at or clock.now()
    found = Findings()
    found.choice("language", language, list(LANGUAGES))
    site = Site(pk=1, name=organisation.strip()[:80], language=language, set_up_at=at)
    fill_mail(found, site, mail)
    _check_password(found, administrator)
    found.line("email", administrator.email, 254)
    found.insist()
    made = register_organisation(actor=actor, name=organisation, kind=kind, number=number, at=at)
    role_name = administrator.role or str(RoleKind.ADMINISTRATOR.label)
    role = open_role(actor=actor, organisation_id=made.pk, name=role_name, kind=RoleKind.ADMINISTRATOR, at=at)
    held = give_role(actor=actor, role_id=role.pk, name=administrator.name, email=administrator.email, at=at)
    person = Person.objects.get(pk=held.person_id)
    person.set_password(administrator.password)
    person.save(update_fields=["password"])
    site.owner_role = role
    site.save(force_insert=True)
    told: dict[str, Any] = {"organisation": made.pk, "language": language, "mail": bool(site.mail_host)}
    journal.record(actor=actor, action="site_set_up", subject_kind="site", subject_id="1", at=at, **told)
    return site


def _check_password(found: Findings, administrator: Administrator) -> None:
    try:
        validate_password(administrator.password, Person(name=administrator.name, email=administrator.email))
    except ValidationError as error:
        found.say("password", " ".join(error.messages))


def same_twice(password: str, again: str) -> None:
    """Raises `Invalid` when the two are not alike."""
    if password != again:
        raise Invalid({"again": _("The two passwords are not the same. Type the second one again.")})
