"""What is measured. The frame of a measurement may change; what was measured stays under the frame it was measured in."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samordna.core.fields import IdField, together
from samordna.domain.collaborations.enums import Direction, GoalKind
from samordna.domain.collaborations.models import Collaboration, Goal
from samordna.domain.followup.enums import Aggregation, Frequency, NumberKind
from samordna.domain.organisations.models import Holding, Organisation


class IndicatorQuerySet(models.QuerySet["Indicator"]):
    """Filters with a name."""

    def running(self) -> IndicatorQuerySet:
        """Those that are measured now."""
        return self.filter(ended_at__isnull=True)


class VersionQuerySet(models.QuerySet["IndicatorVersion"]):
    """Filters with a name."""

    def standing(self) -> VersionQuerySet:
        """Those that were not taken back before they began."""
        return self.filter(withdrawn_at__isnull=True)


class Indicator(models.Model):
    """What a goal is measured by. `goal`: a row of the goal's chain. How, how often and which way are its versions'.

    `asked_from`: the first day of the first period that reports are asked for; earlier figures are taken in from files.
    """

    id = IdField()
    collaboration = models.ForeignKey(Collaboration, models.PROTECT, related_name="indicators")
    goal = models.ForeignKey(Goal, models.PROTECT, related_name="indicators")
    name = models.CharField(_("indicator"), max_length=200)
    kind = models.CharField(_("kind"), max_length=8, choices=GoalKind.choices, default=GoalKind.RESULT)
    measured_from = models.DateField(_("measured from"))
    asked_from = models.DateField(_("reports are asked for from"))
    set_at = models.DateTimeField(_("set"))
    set_by = models.ForeignKey(Holding, models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    ended_reason = models.TextField(_("why it ended"), blank=True)

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ["collaboration_id", "set_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["collaboration", "name"],
                condition=Q(ended_at__isnull=True),
                name="indicator_name_once_in_a_collaboration",
                violation_error_message=_("There is already an indicator with this name."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Respondent(models.Model):
    """An organisation that reports an indicator that not everybody reports: periods from `starts_on`, before `ends_on`."""

    id = IdField()
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="respondents")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    named_at = models.DateTimeField(_("named"))
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        verbose_name = _("reporting organisation")
        verbose_name_plural = _("reporting organisations")
        ordering = ["indicator_id", "named_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "organisation"],
                condition=Q(ended_at__isnull=True, ends_on__isnull=True),
                name="an_organisation_reports_an_indicator_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} for {self.indicator_id}"


class IndicatorVersion(models.Model):
    """What an indicator means, how often and which way, and how it is reported from a day on. Never changed, but it may be
    taken back before that day.

    `everybody`: all who take part report; otherwise the organisations named (`Respondent`). Another unit, kind
    of figure or rule for the whole begins a new part of the series, and so does a sum for periods of another length: what
    was measured before is not drawn on one line with what is measured after. So does another direction or baseline: what
    was told is held against what held then.
    """

    id = IdField()
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    starts_on = models.DateField(_("from"), null=True, blank=True)
    definition = models.TextField(_("definition"), blank=True)
    unit = models.CharField(_("unit"), max_length=40)
    number_kind = models.CharField(_("kind of figure"), max_length=8, choices=NumberKind.choices)
    aggregation = models.CharField(_("the whole"), max_length=8, choices=Aggregation.choices)
    frequency = models.CharField(_("how often"), max_length=8, choices=Frequency.choices)
    direction = models.CharField(_("direction"), max_length=4, choices=Direction.choices)
    source = models.CharField(_("where the figures come from"), max_length=200, blank=True)
    minimum_group = models.PositiveIntegerField(_("smallest group that is shown"), default=1)
    days_to_report = models.PositiveSmallIntegerField(_("days to report"), default=20)
    everybody = models.BooleanField(_("all who take part report"), default=True)
    baseline = models.DecimalField(_("baseline"), max_digits=16, decimal_places=4, null=True, blank=True)
    baseline_on = models.DateField(_("baseline measured"), null=True, blank=True)
    why = models.TextField(_("why it was changed"), blank=True)
    set_at = models.DateTimeField(_("set"))
    set_by = models.ForeignKey(Holding, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(_("taken back"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(Holding, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_why = models.TextField(_("why it was taken back"), blank=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of an indicator")
        verbose_name_plural = _("versions of indicators")
        ordering = ["indicator_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "number"], name="one_indicator_version_per_number"),
            models.CheckConstraint(condition=Q(minimum_group__gte=1), name="a_shown_figure_stands_for_somebody"),
            together("a_baseline_has_a_day", "baseline", "baseline_on"),
            models.CheckConstraint(
                condition=Q(number=1, starts_on__isnull=True) | Q(number__gt=1, starts_on__isnull=False),
                name="every_version_but_the_first_begins_on_a_day",
            ),
            models.CheckConstraint(condition=Q(number=1) | ~Q(why=""), name="a_changed_frame_says_why"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(number__gt=1) & ~Q(withdrawn_why=""),
                name="a_frame_taken_back_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} version {self.number}"


class IndicatorGoing(models.Model):
    """How an indicator went lately, kept by whoever changes what that is worked out of (`queries/lately`)."""

    indicator = models.OneToOneField(Indicator, models.CASCADE, primary_key=True, related_name="going")
    told = models.JSONField(_("how it went lately"))

    class Meta:
        verbose_name = _("how an indicator goes")
        verbose_name_plural = _("how indicators go")

    def __str__(self) -> str:
        return f"{self.indicator_id} lately"


class TargetStep(models.Model):
    """Where the whole, or one organisation, is to be by a day."""

    id = IdField()
    version = models.ForeignKey(IndicatorVersion, models.PROTECT, related_name="steps")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    on = models.DateField(_("by"))
    level = models.DecimalField(_("target"), max_digits=16, decimal_places=4)
    set_at = models.DateTimeField(_("set"))
    set_by = models.ForeignKey(Holding, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("target step")
        verbose_name_plural = _("target steps")
        ordering = ["version_id", "on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "organisation", "on"], name="one_target_a_day_for_each"),
            models.UniqueConstraint(
                fields=["version", "on"], condition=Q(organisation__isnull=True), name="one_target_a_day_for_the_whole"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.level} by {self.on}"
