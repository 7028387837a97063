"""Who is invited, whom a provider vouches for, and which affiliation gives which role."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samordna.core.fields import IdField, together
from samordna.domain.admissions.enums import InvitationState
from samordna.domain.collaborations.models import Collaboration
from samordna.domain.organisations.enums import OrganisationKind
from samordna.domain.organisations.models import Holding, Organisation, Person, Role


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Filters with a name."""

    def unanswered(self) -> InvitationQuerySet:
        """Neither accepted nor withdrawn; open or expired."""
        return self.filter(accepted_at__isnull=True, withdrawn_at__isnull=True)


class Invitation(models.Model):
    """A letter with a link that lets one person in: to a role, or, for an organisation that is to take part, as its first.

    To a role: `role` is set. Otherwise to look after an organisation: `organisation` if it is registered, else what it
    is called; with `collaboration`, it takes part there from the day it is accepted. Only the token's hash is kept: sent
    again, an invitation gets a new token and the old one dies.
    """

    id = IdField()
    role = models.ForeignKey(Role, models.PROTECT, null=True, blank=True, related_name="invitations")
    collaboration = models.ForeignKey(Collaboration, models.PROTECT, null=True, blank=True, related_name="invitations")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="invitations")
    organisation_name = models.CharField(_("organisation's name"), max_length=120, blank=True)
    organisation_number = models.CharField(_("organisation number"), max_length=11, blank=True)
    organisation_kind = models.CharField(_("kind"), max_length=32, blank=True, choices=OrganisationKind.choices)
    email = models.EmailField(_("e-mail address"))
    name = models.CharField(_("name"), max_length=120, blank=True)
    valid_to = models.DateField(_("holds the role until"), null=True, blank=True)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(_("made"))
    made_by = models.ForeignKey(Holding, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(_("sent"))
    times_sent = models.PositiveSmallIntegerField(_("times sent"), default=1)
    days = models.PositiveSmallIntegerField(_("days"))
    expires_at = models.DateTimeField(_("expires"))
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    holding = models.ForeignKey(Holding, models.PROTECT, null=True, blank=True, related_name="+")

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-made_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(role__isnull=False, collaboration__isnull=True, organisation__isnull=True)
                | Q(role__isnull=True, collaboration__isnull=False)
                | Q(role__isnull=True, organisation__isnull=False),
                name="invited_to_a_role_or_to_an_organisation",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(withdrawn_at__isnull=True), name="accepted_or_withdrawn"
            ),
            together("accepted_when_and_as_what", "accepted_at", "holding"),
            models.UniqueConstraint(
                fields=["role", "email"],
                condition=Q(accepted_at__isnull=True, withdrawn_at__isnull=True, role__isnull=False),
                name="one_unanswered_invitation_to_a_role",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def state_at(self, at: datetime) -> InvitationState:
        """Where it stands at this moment."""
        if self.accepted_at is not None:
            return InvitationState.ACCEPTED
        if self.withdrawn_at is not None:
            return InvitationState.WITHDRAWN
        return InvitationState.OPEN if at < self.expires_at else InvitationState.EXPIRED


class Identity(models.Model):
    """Whom a provider of sign-in means by one of its subjects: an account here. Ended by removing it from the account."""

    id = IdField()
    person = models.ForeignKey(Person, models.PROTECT, related_name="identities")
    provider = models.CharField(_("provider"), max_length=40)
    subject = models.CharField(_("subject"), max_length=255)
    affiliations = models.JSONField(_("affiliations"), default=list)
    made_at = models.DateTimeField(_("made"))
    seen_at = models.DateTimeField(_("latest sign-in"))

    class Meta:
        verbose_name = _("identity")
        verbose_name_plural = _("identities")
        ordering = ["provider", "pk"]
        constraints = [models.UniqueConstraint(fields=["provider", "subject"], name="one_account_for_a_subject")]

    def __str__(self) -> str:
        return self.provider


class ProviderUse(models.Model):
    """An organisation's own people sign in by this provider, so its word about them counts for the organisation's roles."""

    id = IdField()
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="provider_uses")
    provider = models.CharField(_("provider"), max_length=40)
    since = models.DateTimeField(_("since"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        verbose_name = _("use of a provider")
        verbose_name_plural = _("uses of providers")
        ordering = ["provider", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "provider"], condition=Q(ended_at__isnull=True), name="one_use_of_a_provider"
            )
        ]

    def __str__(self) -> str:
        return self.provider


class AffiliationRule(models.Model):
    """Whoever signs in with this affiliation (`id@organisation number`, or `*@…` for all of it) holds this role.

    Ended rather than changed, so that it can be told why somebody held a role.
    """

    id = IdField()
    role = models.ForeignKey(Role, models.PROTECT, related_name="affiliation_rules")
    affiliation = models.CharField(_("affiliation"), max_length=120)
    made_at = models.DateTimeField(_("made"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        verbose_name = _("rule of affiliation")
        verbose_name_plural = _("rules of affiliation")
        ordering = ["affiliation", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["role", "affiliation"], condition=Q(ended_at__isnull=True), name="one_rule_for_an_affiliation"
            )
        ]

    def __str__(self) -> str:
        return self.affiliation


class GivenHolding(models.Model):
    """A holding that a rule gave at a sign-in; ended by the sign-in at which the rule no longer fits."""

    holding = models.OneToOneField(Holding, models.PROTECT, primary_key=True, related_name="given")
    identity = models.ForeignKey(Identity, models.PROTECT, related_name="given")
    rule = models.ForeignKey(AffiliationRule, models.PROTECT, related_name="given")

    class Meta:
        verbose_name = _("holding given by a rule")
        verbose_name_plural = _("holdings given by rules")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.pk)
