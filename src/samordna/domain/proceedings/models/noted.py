"""A meeting while it is held: from when until when, who was there for whom, and what was written of each item."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from samordna.core.fields import IdField
from samordna.domain.forums.models import Item, Meeting, Seat
from samordna.domain.organisations.models import Holding
from samordna.domain.proceedings.enums import Presence


class Sitting(models.Model):
    """A meeting that has been opened, and until when it went on (`ended_at`). `item`: what is being taken up."""

    id = IdField()
    meeting = models.OneToOneField(Meeting, models.PROTECT, related_name="sitting")
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Holding, models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    item = models.ForeignKey(Item, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("sitting")
        verbose_name_plural = _("sittings")
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("opened_at")), name="sitting_ends_after_it_opens"
            )
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}"


class Attendances(models.QuerySet["Attendance"]):
    """Who was there, as one asks for it."""

    def standing(self) -> Attendances:
        """Those that were not noted by mistake."""
        return self.filter(struck_at__isnull=True)


class Attendance(models.Model):
    """Somebody is there for a seat from one moment to another, or is absent.

    `holding`: the person, as the role held; empty for a role that nobody holds and for a guest (`name`). `seat`: whose
    place it is; of somebody who stands in for another, that one's; empty for a guest. For which party a seat speaks is
    worked out of the day of the meeting (`choosing.parties_of`), and is never stored. `struck`: it was noted by mistake,
    says this one and why; it is kept, and counts nowhere.
    """

    id = IdField()
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attendances")
    seat = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="attendances")
    holding = models.ForeignKey(Holding, models.PROTECT, null=True, blank=True, related_name="attendances")
    name = models.CharField(max_length=120, blank=True)
    presence = models.CharField(max_length=8, choices=Presence.choices, default=Presence.PRESENT)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    noted_by = models.ForeignKey(Holding, models.PROTECT, null=True, blank=True, related_name="+")
    struck_at = models.DateTimeField(null=True, blank=True)
    struck_by = models.ForeignKey(Holding, models.PROTECT, null=True, blank=True, related_name="+")
    struck_why = models.CharField(max_length=300, blank=True)

    objects = Attendances.as_manager()

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        ordering = ["since", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="attendance_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(seat__isnull=False) | ~Q(name=""), name="attendance_is_for_a_seat_or_of_a_named_guest"
            ),
            models.CheckConstraint(
                condition=Q(struck_at__isnull=True, struck_why="") | (Q(struck_at__isnull=False) & ~Q(struck_why="")),
                name="struck_attendance_says_when_and_why",
            ),
            models.UniqueConstraint(
                fields=["meeting", "holding"],
                condition=Q(until__isnull=True, holding__isnull=False),
                name="somebody_is_at_a_meeting_once_at_a_time",
                violation_error_message=_("This person is noted already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.seat_id or self.name}"


class Note(models.Model):
    """What has been written of an item, version by version; the latest that is not `beside` is what stands.

    `base`: the number it was written on. `desk`: which open page it was written at. Two who wrote on the same base have
    both their texts kept: the later one stands `beside` until somebody has written them together (`settled_at`).
    """

    id = IdField()
    item = models.ForeignKey(Item, models.PROTECT, related_name="notes")
    number = models.PositiveIntegerField()
    base = models.PositiveIntegerField(default=0)
    text = models.TextField(blank=True)
    desk = models.CharField(max_length=24, blank=True)
    beside = models.BooleanField(default=False)
    settled_at = models.DateTimeField(null=True, blank=True)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(Holding, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = ["item_id", "number"]
        constraints = [models.UniqueConstraint(fields=["item", "number"], name="note_of_an_item_has_its_own_number")]

    def __str__(self) -> str:
        return f"{self.item_id} {self.number}"


class ItemTime(models.Model):
    """An item was taken up from one moment to another."""

    id = IdField()
    item = models.ForeignKey(Item, models.PROTECT, related_name="times")
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("time of an item")
        verbose_name_plural = _("times of items")
        ordering = ["began_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("began_at")), name="item_time_ends_after_it_begins"
            ),
            models.UniqueConstraint(
                fields=["item"], condition=Q(ended_at__isnull=True), name="an_item_is_taken_up_once_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.began_at}"
