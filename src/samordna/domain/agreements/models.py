"""Agreements and other documents of a collaboration, their versions, signatures, and what they rest on."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samordna.core.fields import IdField, holds_for_some_time, together
from samordna.domain.agreements.enums import BindsWhen, DocumentKind, Ending, SignatureAnswer, SignatureWay
from samordna.domain.agreements.life import VersionFact
from samordna.domain.collaborations.models import Area, Collaboration
from samordna.domain.organisations.models import Holding, Organisation, Role


class Agreement(models.Model):
    """A document of the collaboration, or of one organisation in it (`organisation`): an agreement, a routine, a plan.

    An annex is a document of its own (`annex_of`): it has versions, a trial time and an end of its own.
    """

    id = IdField()
    collaboration = models.ForeignKey(Collaboration, models.PROTECT, related_name="agreements")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="own_routines")
    annex_of = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="annexes")
    kind = models.CharField(_("kind"), max_length=16, choices=DocumentKind.choices)
    name = models.CharField(_("name"), max_length=160)
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="agreements")
    responsible_role = models.ForeignKey(Role, models.PROTECT, related_name="responsible_for_agreements")
    review_on = models.DateField(_("next review"), null=True, blank=True)
    started_at = models.DateTimeField(_("started"))

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class AgreementVersion(models.Model):
    """One version. Once it is sealed its `content` is what was agreed and is never changed; its end is a fact beside it.

    `number` orders the versions here; `label` is what the document calls itself, which may be something else.
    """

    id = IdField()
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("number"))
    label = models.CharField(_("version as the document says"), max_length=24, blank=True)
    revision = models.PositiveIntegerField(_("revision"), default=1)
    diary_number = models.CharField(_("diary number"), max_length=60, blank=True)
    approver = models.CharField(_("approved by"), max_length=200, blank=True)
    valid_from = models.DateField(_("from"), null=True, blank=True)
    valid_to = models.DateField(_("until"), null=True, blank=True)
    trial = models.BooleanField(_("on trial"), default=False)
    binds_when = models.CharField(_("binds"), max_length=8, choices=BindsWhen.choices, default=BindsWhen.ALL)
    language = models.CharField(_("language"), max_length=2, default="sv")
    imported_from = models.CharField(_("taken in from"), max_length=200, blank=True)
    note = models.TextField(_("note"), blank=True)
    content = models.JSONField(null=True, blank=True)
    sealed_at = models.DateTimeField(_("sealed"), null=True, blank=True)
    sealed_by = models.ForeignKey(Holding, models.PROTECT, null=True, blank=True, related_name="+")
    concluded_at = models.DateTimeField(_("concluded"), null=True, blank=True)
    ended_on = models.DateField(_("ended"), null=True, blank=True)
    ended_how = models.CharField(_("how it ended"), max_length=12, choices=Ending.choices, blank=True)
    ended_reason = models.TextField(_("why it ended"), blank=True)

    class Meta:
        verbose_name = _("version of an agreement")
        verbose_name_plural = _("versions of agreements")
        ordering = ["agreement_id", "number"]
        constraints = [
            holds_for_some_time("agreement_version_holds_for_some_time"),
            together("agreement_version_sealed_by_somebody_at_some_time", "sealed_at", "sealed_by"),
            models.UniqueConstraint(fields=["agreement", "number"], name="agreement_version_number_once"),
            models.UniqueConstraint(
                fields=["agreement"],
                condition=Q(sealed_at__isnull=True, ended_on__isnull=True),
                name="one_draft_of_an_agreement",
                violation_error_message=_("There is a draft already."),
            ),
            models.CheckConstraint(
                condition=Q(sealed_at__isnull=True) | Q(content__isnull=False), name="a_sealed_version_has_its_content"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} version {self.number}"

    @property
    def fact(self) -> VersionFact:
        """What its standing depends on."""
        return VersionFact(
            number=self.number,
            start=self.valid_from,
            end=self.valid_to,
            sealed=self.sealed_at is not None,
            concluded=self.concluded_at is not None,
            ended_on=self.ended_on,
            ended_how=self.ended_how,
        )


class Section(models.Model):
    """A section of a draft. `revision` counts the changes, so that two who write at once notice each other."""

    id = IdField()
    version = models.ForeignKey(AgreementVersion, models.CASCADE, related_name="sections")
    order = models.PositiveSmallIntegerField(_("order"))
    heading = models.CharField(_("heading"), max_length=24)
    title = models.CharField(_("title"), max_length=120, blank=True)
    text = models.TextField(_("text"), blank=True)
    revision = models.PositiveIntegerField(_("revision"), default=1)
    changed_at = models.DateTimeField(_("changed"), null=True, blank=True)
    changed_by = models.ForeignKey(Holding, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["version_id", "order", "pk"]

    def __str__(self) -> str:
        return self.title or self.heading


class SealedDocument(models.Model):
    """The exact bytes that are signed; kept, so that a digest can be checked whatever makes PDFs in ten years."""

    version = models.OneToOneField(AgreementVersion, models.PROTECT, primary_key=True, related_name="document")
    pdf = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    made_with = models.CharField(max_length=40)

    class Meta:
        verbose_name = _("sealed document")
        verbose_name_plural = _("sealed documents")

    def __str__(self) -> str:
        return self.sha256


class Signature(models.Model):
    """An organisation's answer to a sealed version: who, in which role, when, how, and the digest of what was signed."""

    id = IdField()
    version = models.ForeignKey(AgreementVersion, models.PROTECT, related_name="signatures")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="signatures")
    holding = models.ForeignKey(Holding, models.PROTECT, related_name="signatures")
    answer = models.CharField(_("answer"), max_length=8, choices=SignatureAnswer.choices)
    way = models.CharField(_("how"), max_length=12, choices=SignatureWay.choices, default=SignatureWay.HERE)
    signed_on = models.DateField(_("signed on"))
    recorded_at = models.DateTimeField(_("recorded"))
    source = models.CharField(_("where the original is"), max_length=200, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    sha256 = models.CharField(_("digest"), max_length=64)

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        ordering = ["recorded_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "organisation"],
                condition=Q(answer=SignatureAnswer.SIGNED),
                name="an_organisation_signs_a_version_once",
                violation_error_message=_("The organisation has signed already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.answer}"


class GroundLink(models.Model):
    """What a document rests on: another document, or a decision (known here only by its id)."""

    id = IdField()
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="grounds")
    rests_on = models.ForeignKey(Agreement, models.PROTECT, null=True, blank=True, related_name="carries")
    decision_id = models.CharField(max_length=12, blank=True, db_index=True)
    added_at = models.DateTimeField(_("added"))
    removed_at = models.DateTimeField(_("removed"), null=True, blank=True)

    class Meta:
        verbose_name = _("ground")
        verbose_name_plural = _("grounds")
        ordering = ["added_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(rests_on__isnull=False, decision_id="") | (Q(rests_on__isnull=True) & ~Q(decision_id="")),
                name="a_ground_is_one_thing",
            )
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} rests on {self.rests_on_id or self.decision_id}"


class Review(models.Model):
    """A document was looked over: what one found, and when it is next."""

    id = IdField()
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="reviews")
    reviewed_at = models.DateTimeField(_("reviewed"))
    holding = models.ForeignKey(Holding, models.PROTECT, related_name="+")
    outcome = models.TextField(_("what one found"))
    next_on = models.DateField(_("next review"), null=True, blank=True)

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering = ["-reviewed_at", "pk"]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.reviewed_at:%Y-%m-%d}"
