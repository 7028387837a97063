"""The site's settings as they are shown, and how it is doing."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from time import perf_counter

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext_lazy as _

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.models import Checkpoint, JournalHead, Task
from samordna.domain.organisations.enums import RoleKind
from samordna.domain.organisations.models import Holding
from samordna.domain.site.access import site_for
from samordna.domain.site.models import Backup, Site

LABELS = {
    "database": _("The database"),
    "disk": _("Room on the disk"),
    "backup": _("Latest backup"),
    "journal": _("Entries in the journal"),
    "checkpoint": _("Latest checkpoint of the journal"),
    "tasks": _("Oldest waiting task"),
    "tasks_given_up": _("Tasks given up since yesterday"),
}
SPARE_MEGABYTES = 500
BACKUP_AGE, CHECKPOINT_AGE, TASK_AGE = timedelta(hours=36), timedelta(days=8), timedelta(minutes=15)


@dataclass(frozen=True, slots=True, kw_only=True)
class SitePage:
    """What the site's owner sees. Whether there is a password is told; the password never is."""

    name: str
    language: str
    contact: str
    mail_host: str
    mail_port: int
    mail_security: str
    mail_user: str
    mail_from: str
    has_password: bool
    owner_role_id: str
    owner_role: str
    owners: tuple[tuple[str, str], ...]
    backups: tuple[Backup, ...]
    mail_by_environment: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing that is looked at: a word for it, whether it is well, and a figure or a moment."""

    name: str
    well: bool
    value: str

    @property
    def label(self) -> str:
        """Its name for people."""
        return str(LABELS[self.name])


def site_page(actor: Actor, at: datetime) -> SitePage:
    """The settings, for whoever looks after the site."""
    site = site_for(actor, at=at)
    held = Holding.objects.on(clock.day(at)).filter(role__kind=RoleKind.ADMINISTRATOR)
    rows = held.select_related("role__organisation").order_by("role__organisation__name", "role__name", "pk")
    owners = {row.role_id: f"{row.role.name}, {row.role.organisation.name}" for row in rows}
    return SitePage(
        name=site.name,
        language=site.language,
        contact=site.contact,
        mail_host=site.mail_host,
        mail_port=site.mail_port,
        mail_security=site.mail_security,
        mail_user=site.mail_user,
        mail_from=site.mail_from,
        has_password=bool(site.mail_password),
        owner_role_id=site.owner_role_id,
        owner_role=f"{site.owner_role.name}, {site.owner_role.organisation.name}",
        owners=tuple(owners.items()),
        backups=tuple(Backup.objects.order_by("-made_at", "pk")[:10]),
        mail_by_environment=settings.MAIL_BY_ENVIRONMENT,
    )


def contact_of_site() -> str:
    """Whom to tell when something does not work; "" when nobody is named."""
    return Site.objects.filter(pk=1).values_list("contact", flat=True).first() or ""


def language_of_site() -> str:
    """The language for those whose browser asks for none that is offered."""
    return Site.objects.filter(pk=1).values_list("language", flat=True).first() or str(settings.LANGUAGE_CODE)


def is_ready() -> bool:
    """Does the database answer, and is it of this version?"""
    try:
        executor = MigrationExecutor(connection)
        return not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return False


def checks(at: datetime) -> tuple[Check, ...]:
    """Everything that a host should know of, without a word about anybody. Asks whatever the database can tell."""
    try:
        return (_database(), _disk(), *_tasks(at), _backup(at), *_journal(at))
    except DatabaseError:
        return (Check(name="database", well=False, value="–"), _disk())


def _database() -> Check:
    begun = perf_counter()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    milliseconds = (perf_counter() - begun) * 1000
    return Check(name="database", well=is_ready(), value=f"{connection.vendor}, {milliseconds:.1f} ms")


def _disk() -> Check:
    megabytes = shutil.disk_usage(Path(settings.DATA)).free // 2**20
    return Check(name="disk", well=megabytes >= SPARE_MEGABYTES, value=f"{megabytes} MB")


def _tasks(at: datetime) -> tuple[Check, ...]:
    """How long the task that has been due longest has waited, and how many were given up since yesterday."""
    waiting = Task.objects.filter(done_at__isnull=True, failed_at__isnull=True, due_at__lte=at)
    oldest = waiting.order_by("due_at", "pk").values_list("due_at", flat=True).first()
    given_up = Task.objects.filter(failed_at__gt=at - timedelta(days=1)).count()
    late = at - oldest if oldest else timedelta()
    return (
        Check(name="tasks", well=late < TASK_AGE, value=f"{int(late.total_seconds())} s"),
        Check(name="tasks_given_up", well=not given_up, value=str(given_up)),
    )


def _backup(at: datetime) -> Check:
    latest = Backup.objects.order_by("-made_at", "pk").values_list("made_at", flat=True).first()
    value = latest.isoformat(timespec="seconds") if latest else "–"
    return Check(name="backup", well=latest is not None and at - latest < BACKUP_AGE, value=value)


def _journal(at: datetime) -> tuple[Check, ...]:
    size = JournalHead.objects.filter(pk=1).values_list("size", flat=True).first() or 0
    latest = Checkpoint.objects.order_by("-size").first()
    behind = size - (latest.size if latest else 0)
    fresh = behind == 0 or (latest is not None and at - latest.at < CHECKPOINT_AGE)
    return (
        Check(name="journal", well=True, value=str(size)),
        Check(name="checkpoint", well=fresh, value=str(clock.day(latest.at)) if latest else "–"),
    )
