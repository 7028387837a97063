"""Annual reports: what was drawn from what is known, the writers' own words in versions, and the document as adopted."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samordna.core.fields import IdField
from samordna.domain.collaborations.models import Collaboration
from samordna.domain.organisations.models import Holding
from samordna.domain.reports.enums import ChapterKind, ReportStage


class AnnualReport(models.Model):
    """A collaboration's report of a year, with its plan for the next. `drawn`: what is known, chapter by chapter, as it was
    drawn last (`record.Drawn`), made of what all parties may see. Adopted, nothing in it changes."""

    id = IdField()
    collaboration = models.ForeignKey(Collaboration, models.PROTECT, related_name="annual_reports")
    year = models.PositiveSmallIntegerField(_("year"))
    language = models.CharField(_("language"), max_length=8)
    stage = models.CharField(_("state"), max_length=8, choices=ReportStage.choices, default=ReportStage.DRAFT)
    drawn = models.JSONField(_("drawn from what is known"), default=dict)
    drawn_at = models.DateTimeField(_("drawn"))
    begun_at = models.DateTimeField(_("begun"))
    begun_by = models.ForeignKey(Holding, models.PROTECT, null=True, blank=True, related_name="+")
    adopted_at = models.DateTimeField(_("adopted"), null=True, blank=True)
    adopted_by = models.ForeignKey(Holding, models.PROTECT, null=True, blank=True, related_name="+")
    how = models.CharField(_("where and how it was adopted"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("annual report")
        verbose_name_plural = _("annual reports")
        ordering = ["collaboration_id", "-year", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["collaboration", "year"],
                name="one_annual_report_a_year",
                violation_error_message=_("There is already a report of this year. Go on with it."),
            ),
            models.CheckConstraint(
                condition=Q(stage="draft", adopted_at__isnull=True, how="")
                | (Q(stage="adopted", adopted_at__isnull=False) & ~Q(how="")),
                name="an_adopted_report_has_a_moment_and_says_how",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} of {self.collaboration_id}"


class Chapter(models.Model):
    """One chapter: where it stands, and whether it is left out. What it says are its texts and what was drawn."""

    id = IdField()
    report = models.ForeignKey(AnnualReport, models.PROTECT, related_name="chapters")
    kind = models.CharField(_("chapter"), max_length=12, choices=ChapterKind.choices)
    place = models.PositiveSmallIntegerField(_("place"))
    left_out = models.BooleanField(_("left out"), default=False)

    class Meta:
        verbose_name = _("chapter")
        verbose_name_plural = _("chapters")
        ordering = ["report_id", "place", "pk"]
        constraints = [models.UniqueConstraint(fields=["report", "kind"], name="each_kind_of_chapter_once_in_a_report")]

    def __str__(self) -> str:
        return f"{self.kind} in {self.report_id}"


class ChapterText(models.Model):
    """A version of a chapter's own words; the latest stands, all are kept."""

    id = IdField()
    chapter = models.ForeignKey(Chapter, models.PROTECT, related_name="texts")
    number = models.PositiveSmallIntegerField(_("version"))
    text = models.TextField(_("text"), blank=True)
    written_at = models.DateTimeField(_("written"))
    written_by = models.ForeignKey(Holding, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("text of a chapter")
        verbose_name_plural = _("texts of chapters")
        ordering = ["chapter_id", "number"]
        constraints = [models.UniqueConstraint(fields=["chapter", "number"], name="one_chapter_text_per_number")]

    def __str__(self) -> str:
        return f"{self.chapter_id} {self.number}"


class AdoptedReport(models.Model):
    """The document as it was adopted: the very bytes, and the digest (SHA-256) of the PDF."""

    report = models.OneToOneField(AnnualReport, models.PROTECT, primary_key=True, related_name="frozen")
    pdf = models.BinaryField()
    word = models.BinaryField()
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("adopted report")
        verbose_name_plural = _("adopted reports")

    def __str__(self) -> str:
        return str(self.report_id)


class Withdrawn(models.Model):
    """Something known that was taken away from an adopted report, since a figure could be worked out of it by now: where it
    stood among what was drawn, why, and the files as they are from then on. What was adopted is kept beside, and shown to
    nobody."""

    id = IdField()
    report = models.ForeignKey(AnnualReport, models.PROTECT, related_name="withdrawn")
    kind = models.CharField(_("chapter"), max_length=12, choices=ChapterKind.choices)
    place = models.PositiveSmallIntegerField(_("place"))
    title = models.CharField(_("what stood there"), max_length=300, blank=True)
    reason = models.TextField(_("why it was taken away"))
    withdrawn_at = models.DateTimeField(_("taken away"))
    withdrawn_by = models.ForeignKey(Holding, models.PROTECT, null=True, blank=True, related_name="+")
    pdf = models.BinaryField()
    word = models.BinaryField()
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("taken away from an adopted report")
        verbose_name_plural = _("taken away from adopted reports")
        ordering = ["report_id", "withdrawn_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["report", "kind", "place"], name="taken_away_from_a_report_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.place} in {self.report_id}"
