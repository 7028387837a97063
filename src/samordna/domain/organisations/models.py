"""Organisations, their roles, and the persons who hold the roles for a time."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from samordna.core.fields import IdField, holds_for_some_time
from samordna.domain.organisations.enums import ExternalIdKind, HoldingKind, OrganisationKind, RoleKind
from samordna.domain.organisations.reorganised import Carried, Placement, Reorganisation, Side, Succession

__all__ = [
    "ApiToken",
    "Carried",
    "ContactPath",
    "ExternalId",
    "Holding",
    "Membership",
    "Organisation",
    "Person",
    "Placement",
    "Reorganisation",
    "Role",
    "Side",
    "Succession",
]


class Organisation(models.Model):
    """A legal organisation, or a board that is an authority of its own. Ended, never deleted."""

    id = IdField()
    name = models.CharField(_("name"), max_length=120)
    short_name = models.CharField(_("short name"), max_length=24)
    kind = models.CharField(_("kind"), max_length=32, choices=OrganisationKind.choices)
    number = models.CharField(_("organisation number"), max_length=11, blank=True)
    area_code = models.CharField(_("municipality or region code"), max_length=4, blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    inhabitants = models.PositiveIntegerField(_("inhabitants"), null=True, blank=True)
    fictional = models.BooleanField(_("fictional"), default=False)
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name", "pk"]
        constraints = [
            holds_for_some_time("organisation_holds_for_some_time"),
            models.UniqueConstraint(
                fields=["number"],
                condition=~Q(number=""),
                name="organisation_number_once",
                violation_error_message=_("There is already an organisation with this organisation number."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PersonManager(BaseUserManager["Person"]):
    """Makes persons with or without a password; a person without one signs in by link, passkey or not at all."""

    def create_user(self, email: str | None = None, password: str | None = None, name: str = "") -> Person:
        person = self.model(email=self.normalize_email(email) if email else None, name=name or email or "")
        person.set_password(password)
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser):
    """Somebody who may hold roles; with an e-mail address, somebody who may sign in."""

    id = IdField()
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail address"), null=True, blank=True, unique=True)
    is_active = models.BooleanField(_("may sign in"), default=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    objects: ClassVar[PersonManager] = PersonManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("persons")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class Role(models.Model):
    """A lasting task in an organisation. Everything points to roles, never to persons."""

    id = IdField()
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="roles")
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=20, choices=RoleKind.choices)
    purpose = models.TextField(_("purpose"), blank=True)
    responsibilities = models.TextField(_("responsibilities"), blank=True)
    authority = models.TextField(_("authority"), blank=True)
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        ordering = ["organisation_id", "name", "pk"]
        constraints = [holds_for_some_time("role_holds_for_some_time")]

    def __str__(self) -> str:
        return self.name


def known_as(organisation: str, person: str) -> Coalesce:
    """What the organisation at one path calls the person at the other; the person's own name where it has not said."""
    here = Membership.objects.filter(organisation=OuterRef(organisation), person=OuterRef(person)).values("name")
    return Coalesce(Subquery(here[:1]), F(f"{person}__name"), Value(""))


class HoldingQuerySet(models.QuerySet["Holding"]):
    """Filters with a name."""

    def on(self, day: date) -> HoldingQuerySet:
        """Holdings that run on this day, of roles and organisations that exist on it; a deputy's, while whom it stands in
        for holds the role too, so that it never reaches further than that one's own."""
        return self.then(day).filter(role__organisation__valid_from__lte=day)

    def then(self, day: date) -> HoldingQuerySet:
        """Holdings that ran on a day that has been: the role may have belonged to an earlier organisation then."""
        return self.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gt=day),
            Q(role__valid_to__isnull=True) | Q(role__valid_to__gt=day),
            Q(role__organisation__valid_to__isnull=True) | Q(role__organisation__valid_to__gt=day),
            Q(deputy_of__valid_to__isnull=True) | Q(deputy_of__valid_to__gt=day),
            valid_from__lte=day,
            role__valid_from__lte=day,
        )

    def named(self) -> HoldingQuerySet:
        """With `known_as` and `principal_known_as`: the holder and whom it stands in for, as the organisation has it."""
        where = "role__organisation"
        names = {"known_as": known_as(where, "person"), "principal_known_as": known_as(where, "deputy_of__person")}
        return self.annotate(**names)


class Holding(models.Model):
    """A person holds a role from one day up to (not including) another.

    One that ends on the day it begins never ran: it was taken back before that.
    """

    id = IdField()
    person = models.ForeignKey(Person, models.PROTECT, related_name="holdings")
    role = models.ForeignKey(Role, models.PROTECT, related_name="holdings")
    kind = models.CharField(_("kind"), max_length=12, choices=HoldingKind.choices, default=HoldingKind.ORDINARY)
    deputy_of = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="deputies")
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until"), null=True, blank=True)

    known_as: str = ""
    principal_known_as: str = ""

    objects = HoldingQuerySet.as_manager()

    class Meta:
        verbose_name = _("holding")
        verbose_name_plural = _("holdings")
        ordering = ["role_id", "valid_from", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="holding_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(kind=HoldingKind.DEPUTY, deputy_of__isnull=False)
                | (~Q(kind=HoldingKind.DEPUTY) & Q(deputy_of__isnull=True)),
                name="deputies_stand_in_for_somebody",
            ),
            models.CheckConstraint(condition=~Q(deputy_of=F("pk")), name="nobody_is_their_own_deputy"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.role_id}"


class Membership(models.Model):
    """A person as one organisation knows it: how its name is written there, and by what the organisation's own register
    knows it. Somebody in two organisations is one person with two memberships, neither of which tells of the other.

    `active` is false for somebody who has left, and holds no role there then. `released_at`: when the register let go of
    the person; the row stays, since what somebody did stays.
    """

    id = IdField()
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships")
    name = models.CharField(_("name"), max_length=120)
    register_id = models.CharField(_("id in the organisation's own register"), max_length=120, blank=True)
    active = models.BooleanField(_("active"), default=True)
    created_at = models.DateTimeField(_("created"))
    changed_at = models.DateTimeField(_("changed"))
    released_at = models.DateTimeField(_("released"), null=True, blank=True)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["organisation_id", "name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "person"], name="one_membership_in_an_organisation"),
            models.UniqueConstraint(
                fields=["organisation", "register_id"],
                condition=~Q(register_id="") & Q(released_at__isnull=True),
                name="register_id_once_in_an_organisation",
                violation_error_message=_("Somebody else in the organisation has that id."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ExternalId(models.Model):
    """An id that somebody else has issued for a person in an organisation; in force it names one person only."""

    id = IdField()
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="external_ids")
    person = models.ForeignKey(Person, models.PROTECT, related_name="external_ids")
    kind = models.CharField(_("kind"), max_length=20, choices=ExternalIdKind.choices)
    value = models.CharField(_("id"), max_length=120)
    issuer = models.CharField(_("issued by"), max_length=120)
    recorded_at = models.DateTimeField(_("recorded"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        verbose_name = _("external id")
        verbose_name_plural = _("external ids")
        ordering = ["organisation_id", "kind", "value", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "value"],
                condition=Q(ended_at__isnull=True),
                name="external_id_names_one_person",
                violation_error_message=_("This id is somebody's already."),
            )
        ]

    def __str__(self) -> str:
        return self.value


class ContactPathQuerySet(models.QuerySet["ContactPath"]):
    """Filters with a name."""

    def on(self, day: date) -> ContactPathQuerySet:
        """Contact paths that hold on this day and lead to a role that exists on it."""
        return self.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gt=day),
            Q(to_role__valid_to__isnull=True) | Q(to_role__valid_to__gt=day),
            valid_from__lte=day,
            to_role__valid_from__lte=day,
        )


class ContactPath(models.Model):
    """Whom to contact about something: about what, for whom, which role, how, and when not. Never a person.

    Ended rather than changed, so that what an agreement referred to can still be read.
    """

    id = IdField()
    topic = models.CharField(_("about what"), max_length=120)
    also = models.CharField(_("other words for it"), max_length=300, blank=True)
    from_whom = models.CharField(_("for whom"), max_length=120, blank=True)
    to_role = models.ForeignKey(Role, models.PROTECT, related_name="contact_paths")
    how = models.CharField(_("how"), max_length=300)
    when_not = models.CharField(_("when not"), max_length=300, blank=True)
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until"), null=True, blank=True)

    objects = ContactPathQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact path")
        verbose_name_plural = _("contact paths")
        ordering = ["topic", "pk"]
        constraints = [holds_for_some_time("contact_path_holds_for_some_time")]

    def __str__(self) -> str:
        return self.topic


class ApiToken(models.Model):
    """A key to the JSON API, bound to one holding. Only its hash is kept; it dies with the holding."""

    id = IdField()
    holding = models.ForeignKey(Holding, models.PROTECT, related_name="tokens")
    label = models.CharField(_("label"), max_length=60)
    digest = models.CharField(max_length=64, unique=True)
    may_write = models.BooleanField(_("may write"), default=False)
    created_at = models.DateTimeField(_("created"))
    expires_at = models.DateTimeField(_("expires"))
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        ordering = ["-created_at", "pk"]

    def __str__(self) -> str:
        return self.label
