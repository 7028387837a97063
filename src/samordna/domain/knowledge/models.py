"""What an organisation offers and for whom, what it is and is not, and what it means by its words."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from samordna.core.fields import IdField, holds_for_some_time, new_id
from samordna.domain.collaborations.models import Collaboration
from samordna.domain.knowledge.enums import FactKind
from samordna.domain.organisations.models import ContactPath, Holding, Organisation, Role


class Fact(models.Model):
    """Something that a situation may be described by and a condition may ask about, the same for all organisations, so
    that one description can be held against everybody's services. Age and place are there without being named."""

    id = IdField()
    label = models.CharField(_("question"), max_length=120)
    kind = models.CharField(_("kind of answer"), max_length=8, choices=FactKind.choices)
    unit = models.CharField(_("unit"), max_length=24, blank=True)
    options = models.JSONField(_("alternatives"), default=list, blank=True)
    named_by = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    named_at = models.DateTimeField(_("named"))

    class Meta:
        verbose_name = _("fact of a situation")
        verbose_name_plural = _("facts of a situation")
        ordering = ["label", "pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("label"),
                name="one_fact_of_a_name",
                violation_error_message=_("There is already a question with these words. Use that one."),
            )
        ]

    def __str__(self) -> str:
        return self.label


class ServiceQuerySet(models.QuerySet["Service"]):
    """Filters with a name."""

    def on(self, day: date) -> ServiceQuerySet:
        """Services that are offered on this day by a role that exists on it."""
        return self.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gt=day),
            Q(role__valid_to__isnull=True) | Q(role__valid_to__gt=day),
            valid_from__lte=day,
        )


class Service(models.Model):
    """Something that an organisation can do for people, in the toolbox of all. It belongs to the role that answers for it.

    The fields are as they are now; every wording that has been is in `ServiceVersion`. `key`: the id by which others know
    it in HSDS. `kept`: what came in a file and has no field here; it goes out again as it came.
    """

    id = IdField()
    role = models.ForeignKey(Role, models.PROTECT, related_name="services")
    contact_path = models.ForeignKey(ContactPath, models.PROTECT, null=True, blank=True, related_name="+")
    key = models.UUIDField(_("id in HSDS"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    also = models.CharField(_("other words for it"), max_length=300, blank=True)
    description = models.TextField(_("what it is"))
    unit = models.CharField(_("unit and place"), max_length=200, blank=True)
    for_whom = models.TextField(_("for whom"), blank=True)
    how_to_apply = models.TextField(_("how one applies"), blank=True)
    cost = models.CharField(_("what it costs"), max_length=300, blank=True)
    languages = models.CharField(_("languages"), max_length=200, blank=True)
    schedule = models.CharField(_("when"), max_length=300, blank=True)
    waiting = models.CharField(_("waiting time"), max_length=120, blank=True)
    waiting_on = models.DateField(_("waiting time as of"), null=True, blank=True)
    closed = models.CharField(_("closed for a while, because"), max_length=300, blank=True)
    eligibility = models.JSONField(_("conditions"), default=list, blank=True)
    kept = models.JSONField(_("kept from a file"), default=dict, blank=True)
    version = models.PositiveIntegerField(_("version"), default=1)
    assured_on = models.DateField(_("confirmed"), db_index=True)
    assured_by = models.ForeignKey(Holding, models.PROTECT, null=True, blank=True, related_name="+")
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until"), null=True, blank=True)

    objects = ServiceQuerySet.as_manager()

    class Meta:
        verbose_name = _("service")
        verbose_name_plural = _("services")
        ordering = ["name", "pk"]
        constraints = [
            holds_for_some_time("service_holds_for_some_time"),
            models.CheckConstraint(
                condition=Q(waiting="", waiting_on__isnull=True) | (~Q(waiting="") & Q(waiting_on__isnull=False)),
                name="waiting_time_has_its_day",
            ),
        ]
        indexes = [models.Index(fields=["name", "id"], name="services_by_name")]

    def __str__(self) -> str:
        return self.name


class ServiceVersion(models.Model):
    """What a service said of itself from a moment on. Never changed."""

    id = IdField()
    service = models.ForeignKey(Service, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    content = models.JSONField(_("content"))
    told_at = models.DateTimeField(_("told"))
    told_by = models.ForeignKey(Holding, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("version of a service")
        verbose_name_plural = _("versions of services")
        ordering = ["service_id", "-number"]
        constraints = [models.UniqueConstraint(fields=["service", "number"], name="one_version_of_a_service_of_a_number")]

    def __str__(self) -> str:
        return f"{self.service_id} {self.number}"


class ProfileVersion(models.Model):
    """What an organisation says of itself to those it works with. The latest one counts; none is ever changed.

    `legal`: the legal frame as rows of law, chapter, paragraph, what it says, from and to when, and the source.
    """

    id = IdField()
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="profiles")
    number = models.PositiveIntegerField(_("version"))
    mission = models.TextField(_("our mission"))
    can = models.TextField(_("what we can do"), blank=True)
    cannot = models.TextField(_("what we cannot do"), blank=True)
    professions = models.TextField(_("our professions"), blank=True)
    misunderstandings = models.TextField(_("common misunderstandings"), blank=True)
    legal = models.JSONField(_("legal frame"), default=list, blank=True)
    review_on = models.DateField(_("to be looked over"))
    told_at = models.DateTimeField(_("told"))
    told_by = models.ForeignKey(Holding, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("profile")
        verbose_name_plural = _("profiles")
        ordering = ["organisation_id", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "number"], name="one_version_of_a_profile_of_a_number")
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.number}"


class Meaning(models.Model):
    """What a word means in a collaboration: to all of it, or to one organisation. Ended rather than changed."""

    id = IdField()
    collaboration = models.ForeignKey(Collaboration, models.PROTECT, related_name="meanings")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    word = models.CharField(_("word"), max_length=80)
    text = models.TextField(_("what it means"))
    told_at = models.DateTimeField(_("told"))
    told_by = models.ForeignKey(Holding, models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        verbose_name = _("meaning of a word")
        verbose_name_plural = _("meanings of words")
        ordering = ["word", "pk"]
        constraints = [
            models.UniqueConstraint(
                "collaboration",
                "organisation",
                Lower("word"),
                condition=Q(ended_at__isnull=True, organisation__isnull=False),
                name="a_word_means_one_thing_to_each",
            ),
            models.UniqueConstraint(
                "collaboration",
                Lower("word"),
                condition=Q(ended_at__isnull=True, organisation__isnull=True),
                name="a_word_means_one_thing_to_all",
            ),
        ]

    def __str__(self) -> str:
        return self.word


class Edition(models.Model):
    """A stamp that is another whenever anything about the services has changed: what is compiled for matching is right as
    long as its stamp is this one. One row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    stamp = models.CharField(_("stamp"), max_length=12, default=new_id)

    class Meta:
        verbose_name = _("edition of the toolboxes")
        verbose_name_plural = _("editions of the toolboxes")

    def __str__(self) -> str:
        return self.stamp
