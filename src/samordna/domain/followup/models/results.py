"""What was measured: one result for each indicator, organisation and period, with every value it has had."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samordna.core.fields import IdField
from samordna.domain.collaborations.models import Collaboration
from samordna.domain.followup.enums import Via
from samordna.domain.followup.models.indicators import Indicator, IndicatorVersion
from samordna.domain.organisations.models import Holding, Organisation


class Result(models.Model):
    """What an organisation measured by an indicator in a period. Its id stays; what it says are its values.

    `period` is a key as `periods.Period.key`, `starts_on` the period's first day.
    """

    id = IdField()
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="results")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    period = models.CharField(_("period"), max_length=8)
    starts_on = models.DateField(_("first day of the period"))

    class Meta:
        verbose_name = _("result")
        verbose_name_plural = _("results")
        ordering = ["indicator_id", "starts_on", "pk"]
        indexes = [models.Index(fields=["indicator", "starts_on"], name="result_of_an_indicator_by_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "organisation", "period"], name="one_result_for_an_organisation_and_a_period"
            )
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.period} {self.organisation_id}"


class ResultValue(models.Model):
    """One value of a result, as it was told. A correction is another value, with why; this one is kept.

    `version`: what the indicator meant when the value was told for its period. No value says why there is none.
    """

    id = IdField()
    result = models.ForeignKey(Result, models.PROTECT, related_name="values")
    number = models.PositiveSmallIntegerField(_("version"))
    version = models.ForeignKey(IndicatorVersion, models.PROTECT, related_name="+")
    value = models.DecimalField(_("value"), max_digits=16, decimal_places=4, null=True, blank=True)
    numerator = models.DecimalField(_("how many"), max_digits=16, decimal_places=4, null=True, blank=True)
    denominator = models.DecimalField(_("of how many"), max_digits=16, decimal_places=4, null=True, blank=True)
    group = models.PositiveBigIntegerField(_("how many it stands for"), null=True, blank=True)
    missing = models.CharField(_("why there is no figure"), max_length=200, blank=True)
    why = models.CharField(_("why it was corrected"), max_length=300, blank=True)
    via = models.CharField(_("came by"), max_length=4, choices=Via.choices)
    entered_at = models.DateTimeField(_("entered"))
    entered_by = models.ForeignKey(Holding, models.PROTECT, null=True, blank=True, related_name="+")
    superseded_at = models.DateTimeField(_("corrected"), null=True, blank=True)

    class Meta:
        verbose_name = _("value of a result")
        verbose_name_plural = _("values of results")
        ordering = ["result_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["result", "number"], name="one_result_value_per_number"),
            models.UniqueConstraint(
                fields=["result"], condition=Q(superseded_at__isnull=True), name="one_value_of_a_result_stands"
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=False, missing="") | (Q(value__isnull=True) & ~Q(missing="")),
                name="a_value_or_why_there_is_none",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.result_id}: {self.value}"


class Comparing(models.Model):
    """An organisation's word, until withdrawn, that its figures may be shown beside those of others who say the same."""

    id = IdField()
    collaboration = models.ForeignKey(Collaboration, models.PROTECT, related_name="comparing")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    given_at = models.DateTimeField(_("given"))
    given_by = models.ForeignKey(Holding, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(Holding, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("word on comparing")
        verbose_name_plural = _("words on comparing")
        ordering = ["collaboration_id", "given_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["collaboration", "organisation"],
                condition=Q(withdrawn_at__isnull=True),
                name="one_word_on_comparing_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} in {self.collaboration_id}"


class ResultFile(models.Model):
    """A file with results that was read, until it is taken in or dropped. `organisation`: it may hold that one's alone.

    `rows` are what was read, as text, and are emptied when the file is done with; what was kept stands in the results.
    """

    id = IdField()
    collaboration = models.ForeignKey(Collaboration, models.PROTECT, related_name="result_files")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(_("file"), max_length=160)
    rows = models.JSONField(_("rows"), default=list)
    why = models.CharField(_("why figures are corrected"), max_length=300, blank=True)
    read_at = models.DateTimeField(_("read"))
    read_by = models.ForeignKey(Holding, models.PROTECT, null=True, blank=True, related_name="+")
    done_at = models.DateTimeField(_("done with"), null=True, blank=True)
    kept = models.PositiveIntegerField(_("figures kept"), default=0)

    class Meta:
        verbose_name = _("file with results")
        verbose_name_plural = _("files with results")
        ordering = ["collaboration_id", "-read_at", "pk"]

    def __str__(self) -> str:
        return self.name
