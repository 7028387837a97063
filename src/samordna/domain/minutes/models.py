"""Minutes of meetings: versions, who adjusts them and what they say, and correction notes after they are locked."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samordna.core.fields import IdField
from samordna.domain.forums.models import Item, Meeting
from samordna.domain.minutes.enums import MinutesState, Word
from samordna.domain.organisations.models import Holding, Role


class Minutes(models.Model):
    """The minutes of one meeting. The latest of its versions is what stands.

    Locked, nothing in them changes: `digest` is that of the version as it is kept, and the PDF is kept with it.
    """

    id = IdField()
    meeting = models.OneToOneField(Meeting, models.PROTECT, related_name="written")
    state = models.CharField(max_length=8, choices=MinutesState.choices, default=MinutesState.DRAFT)
    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey(Holding, models.PROTECT, null=True, blank=True, related_name="+")
    sent_at = models.DateTimeField(null=True, blank=True)
    adjust_by = models.DateField(null=True, blank=True)
    adjusted_at = models.DateTimeField(null=True, blank=True)
    locked_at = models.DateTimeField(null=True, blank=True)
    locked_by = models.ForeignKey(Holding, models.PROTECT, null=True, blank=True, related_name="+")
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("minutes of a meeting")
        verbose_name_plural = _("minutes of a meeting")
        ordering = ["meeting__starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(state="locked", locked_at__isnull=False) & ~Q(digest=""))
                | (~Q(state="locked") & Q(locked_at__isnull=True, digest="")),
                name="locked_minutes_have_a_moment_and_a_digest",
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(sent_at__isnull=False), name="minutes_beyond_draft_were_sent_out"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.state}"


class MinutesVersion(models.Model):
    """What the minutes say, as data (`record.Record`). Until they are first sent out one version is worked on; from then
    on every change makes another. `gathered`: what the notes said of each item when they were last taken in."""

    id = IdField()
    minutes = models.ForeignKey(Minutes, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    gathered = models.JSONField(default=dict, blank=True)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(Holding, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("version of minutes")
        verbose_name_plural = _("versions of minutes")
        ordering = ["minutes_id", "number"]
        constraints = [models.UniqueConstraint(fields=["minutes", "number"], name="version_of_minutes_has_its_own_number")]

    def __str__(self) -> str:
        return f"{self.minutes_id} {self.number}"


class LockedMinutes(models.Model):
    """The very bytes that were locked."""

    version = models.OneToOneField(MinutesVersion, models.PROTECT, primary_key=True, related_name="locked")
    pdf = models.BinaryField()

    class Meta:
        verbose_name = _("locked minutes")
        verbose_name_plural = _("locked minutes")

    def __str__(self) -> str:
        return str(self.version_id)


class Adjuster(models.Model):
    """A role that sits in the forum and is asked to adjust; `ended_at` when it is asked no more."""

    id = IdField()
    minutes = models.ForeignKey(Minutes, models.PROTECT, related_name="adjusters")
    role = models.ForeignKey(Role, models.PROTECT, related_name="adjusts")
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("adjuster")
        verbose_name_plural = _("adjusters")
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["minutes", "role"], condition=Q(ended_at__isnull=True), name="a_role_adjusts_the_same_minutes_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.role_id} {self.minutes_id}"


class AdjustersWord(models.Model):
    """What an adjuster says of one version: it agrees, or asks for a change (`words`) at an item or in the whole.

    It belongs to the version it was said of, and says nothing of a later one.
    """

    id = IdField()
    adjuster = models.ForeignKey(Adjuster, models.PROTECT, related_name="words")
    version = models.ForeignKey(MinutesVersion, models.PROTECT, related_name="words")
    word = models.CharField(max_length=8, choices=Word.choices)
    item = models.ForeignKey(Item, models.PROTECT, null=True, blank=True, related_name="+")
    words = models.TextField(blank=True)
    said_at = models.DateTimeField()
    said_by = models.ForeignKey(Holding, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("adjuster's word")
        verbose_name_plural = _("adjusters' words")
        ordering = ["said_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(word="agrees") | ~Q(words=""), name="a_change_is_asked_for_in_words"),
        ]

    def __str__(self) -> str:
        return f"{self.adjuster_id} {self.word}"


class CorrectionNote(models.Model):
    """What turned out to be wrong in locked minutes, said beside them: numbered, dated, and by whom."""

    id = IdField()
    minutes = models.ForeignKey(Minutes, models.PROTECT, related_name="corrections")
    number = models.PositiveIntegerField()
    text = models.TextField()
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(Holding, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("correction note")
        verbose_name_plural = _("correction notes")
        ordering = ["minutes_id", "number"]
        constraints = [models.UniqueConstraint(fields=["minutes", "number"], name="correction_note_has_its_own_number")]

    def __str__(self) -> str:
        return f"{self.minutes_id} {self.number}"


class Pack(models.Model):
    """A long meeting pack as a file, put together in the background. `digest`: of everything that stands in it, so that it
    is handed to those alone for whom the same stands in it at that moment. Kept for some days: it can be made anew."""

    id = IdField()
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="packs")
    digest = models.CharField(max_length=64)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Holding, models.PROTECT, related_name="+")
    begun_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField(null=True, blank=True)
    pdf = models.BinaryField(default=b"")

    class Meta:
        verbose_name = _("meeting pack")
        verbose_name_plural = _("meeting packs")
        ordering = ["asked_at", "pk"]
        indexes = [models.Index(fields=["meeting", "digest"], name="pack_of_a_meeting")]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.asked_at:%Y-%m-%d %H:%M}"
