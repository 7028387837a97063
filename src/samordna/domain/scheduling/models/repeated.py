"""Series: meetings of a forum that come again by a rule."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samordna.core.fields import IdField
from samordna.domain.forums.models import Forum, Meeting
from samordna.domain.organisations.models import Holding


class Series(models.Model):
    """A forum's meetings that come again. `rule` as RFC 5545 writes it, or "" when the days are listed in `dates`.

    `starts_on`: the day from which the rule as it stands now holds; what came before it are meetings that were planned.
    Times are what the clocks show in `zone`.
    """

    id = IdField()
    forum = models.ForeignKey(Forum, models.PROTECT, related_name="series")
    title = models.CharField(_("title"), max_length=120, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    link = models.URLField(_("link"), max_length=300, blank=True)
    rule = models.CharField(_("rule"), max_length=1_000, blank=True)
    dates = models.JSONField(_("dates"), default=list, blank=True)
    left_out = models.JSONField(_("dates left out"), default=list, blank=True)
    starts_on = models.DateField(_("from"))
    begins = models.TimeField(_("begins"))
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    zone = models.CharField(_("time zone"), max_length=64)
    sequence = models.PositiveIntegerField(_("number of changes"), default=0)
    started_at = models.DateTimeField(_("started"))
    started_by = models.ForeignKey(Holding, models.PROTECT, null=True, blank=True, related_name="+")
    ends_on = models.DateField(_("no meetings from"), null=True, blank=True)

    class Meta:
        verbose_name = _("series of meetings")
        verbose_name_plural = _("series of meetings")
        ordering = ["started_at", "pk"]
        constraints = [models.CheckConstraint(condition=Q(minutes__gt=0), name="series_meets_for_some_time")]

    def __str__(self) -> str:
        return f"{self.forum_id} {self.rule}"


class Occurrence(models.Model):
    """A meeting that a series planned: for which of its days, and for when, so that what was moved by hand is known.

    Without `planned_on` it was a day of an earlier rule, and its meeting is cancelled.
    """

    id = IdField()
    series = models.ForeignKey(Series, models.PROTECT, related_name="occurrences")
    meeting = models.OneToOneField(Meeting, models.PROTECT, related_name="occurrence")
    planned_on = models.DateField(_("the series' day"), null=True, blank=True)
    starts_at = models.DateTimeField(_("planned from"))
    ends_at = models.DateTimeField(_("planned to"))

    class Meta:
        verbose_name = _("meeting of a series")
        verbose_name_plural = _("meetings of a series")
        ordering = ["planned_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["series", "planned_on"], name="series_meets_once_on_each_of_its_days")
        ]

    def __str__(self) -> str:
        return f"{self.series_id} {self.planned_on}"
