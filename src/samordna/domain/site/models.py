"""The site itself: who looks after it, how it reaches people by mail, and the backups that were made of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samordna.core.fields import IdField
from samordna.domain.organisations.models import Role
from samordna.domain.site.enums import MailSecurity


class Site(models.Model):
    """One row, made by the first set-up, which it thereby closes. `mail_password` is encrypted with the secret key."""

    name = models.CharField(_("name of the site"), max_length=80)
    owner_role = models.ForeignKey(Role, models.PROTECT, related_name="+")
    language = models.CharField(_("language"), max_length=2, default="sv")
    contact = models.CharField(_("whom to tell when something does not work"), max_length=200, blank=True)
    mail_host = models.CharField(_("mail server"), max_length=200, blank=True)
    mail_port = models.PositiveIntegerField(_("port"), default=587)
    mail_security = models.CharField(
        _("protection"), max_length=8, choices=MailSecurity.choices, default=MailSecurity.STARTTLS
    )
    mail_user = models.CharField(_("user"), max_length=200, blank=True)
    mail_password = models.TextField(_("password"), blank=True)
    mail_from = models.EmailField(_("sender"), blank=True)
    set_up_at = models.DateTimeField(_("set up"))

    class Meta:
        verbose_name = _("site")
        verbose_name_plural = _("sites")
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="one_site")]

    def __str__(self) -> str:
        return self.name


class Backup(models.Model):
    """A backup that was made, and what it holds of the journal. Where it is kept is the host's business."""

    id = IdField()
    made_at = models.DateTimeField(_("made"))
    file_name = models.CharField(_("file"), max_length=120)
    sha256 = models.CharField(_("digest"), max_length=64)
    size = models.PositiveBigIntegerField(_("size"))
    entries = models.PositiveBigIntegerField(_("journal entries"))

    class Meta:
        verbose_name = _("backup")
        verbose_name_plural = _("backups")
        ordering = ["-made_at", "pk"]

    def __str__(self) -> str:
        return self.file_name
