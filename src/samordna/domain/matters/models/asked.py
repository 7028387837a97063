"""What a matter asks: the matter, its aspects and their options, and what it answers."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samordna.core.fields import IdField
from samordna.domain.collaborations.enums import Duress
from samordna.domain.collaborations.models import Area, Collaboration
from samordna.domain.matters.enums import AspectKind, MatterKind, MatterStage, Sharing


class Matter(models.Model):
    """One turn of the loop: a question that several organisations have to answer together."""

    id = IdField()
    collaboration = models.ForeignKey(Collaboration, models.PROTECT, related_name="matters")
    area = models.ForeignKey(Area, models.PROTECT, related_name="matters")
    number = models.PositiveIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=16, choices=MatterKind.choices, default=MatterKind.OTHER)
    title = models.CharField(_("title"), max_length=160)
    purpose = models.TextField(_("purpose"))
    for_the_individual = models.TextField(_("what it does for the individual"))
    convenience = models.TextField(_("whose convenience it serves"), blank=True)
    stage = models.CharField(_("stage"), max_length=16, choices=MatterStage.choices, default=MatterStage.DRAFT)
    answer_by = models.DateField(_("answer by"), null=True, blank=True)
    unit = models.CharField(_("unit of cost and benefit"), max_length=40, default="tkr per år")
    price_of_difference = models.PositiveIntegerField(_("price of a difference"), null=True, blank=True)
    join = models.CharField(_("join"), max_length=8, choices=Duress.choices, blank=True)
    contribute = models.CharField(_("contribute"), max_length=8, choices=Duress.choices, blank=True)
    follow = models.CharField(_("follow"), max_length=8, choices=Duress.choices, blank=True)
    previous = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="next_turns")
    opened_at = models.DateTimeField(_("opened"))
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    closed_reason = models.TextField(_("reason for closing"), blank=True)

    class Meta:
        verbose_name = _("matter")
        verbose_name_plural = _("matters")
        ordering = ["collaboration_id", "-number", "pk"]
        constraints = [models.UniqueConstraint(fields=["collaboration", "number"], name="matter_number_once")]
        indexes = [models.Index(fields=["collaboration", "-number"], name="matter_list")]

    def __str__(self) -> str:
        return self.title


class Aspect(models.Model):
    """One thing that has to be settled in a matter."""

    id = IdField()
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="aspects")
    order = models.PositiveSmallIntegerField(_("order"))
    label = models.CharField(_("label"), max_length=80)
    explanation = models.TextField(_("explanation"), blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=AspectKind.choices)
    sharing = models.CharField(_("sharing"), max_length=10, choices=Sharing.choices, default=Sharing.FRAMED)
    weight = models.PositiveSmallIntegerField(_("weight of likeness"), default=1)
    unit = models.CharField(_("unit"), max_length=20, blank=True)

    class Meta:
        verbose_name = _("aspect")
        verbose_name_plural = _("aspects")
        ordering = ["matter_id", "order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "label"],
                name="aspect_label_once_in_a_matter",
                violation_error_message=_("There is already an aspect with this label."),
            ),
            models.CheckConstraint(condition=Q(weight__gte=1), name="aspect_weighs_something"),
        ]

    def __str__(self) -> str:
        return self.label


class Option(models.Model):
    """One answer to an aspect. `number` is its place on the scale for ordered choices and whole numbers."""

    id = IdField()
    aspect = models.ForeignKey(Aspect, models.PROTECT, related_name="options")
    order = models.PositiveSmallIntegerField(_("order"))
    label = models.CharField(_("label"), max_length=80)
    number = models.IntegerField(_("number"), null=True, blank=True)

    class Meta:
        verbose_name = _("option")
        verbose_name_plural = _("options")
        ordering = ["aspect_id", "order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["aspect", "label"],
                name="option_label_once_in_an_aspect",
                violation_error_message=_("There is already an option with this label."),
            )
        ]

    def __str__(self) -> str:
        return self.label


class Occasion(models.Model):
    """Something that a matter answers: an experience of the decision before it, kept as it was told."""

    id = IdField()
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="occasions")
    source_id = models.CharField(_("what it comes from"), max_length=12)
    organisation = models.CharField(_("whose it is"), max_length=160)
    about = models.CharField(_("what it is about"), max_length=160, blank=True)
    text = models.TextField(_("text"))
    named_at = models.DateTimeField(_("named"))

    class Meta:
        verbose_name = _("occasion")
        verbose_name_plural = _("occasions")
        ordering = ["matter_id", "named_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["matter", "source_id"], name="an_occasion_is_named_once")]

    def __str__(self) -> str:
        return self.text
