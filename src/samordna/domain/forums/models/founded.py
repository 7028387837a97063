"""Forums: what they are for, who sits there, how they decide, and when one sits together."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samordna.core.fields import IdField, holds_for_some_time
from samordna.domain.collaborations.models import Area, Collaboration
from samordna.domain.forums.enums import (
    Every,
    Formality,
    ForumKind,
    Method,
    Power,
    Quorum,
    Raising,
    Rhythm,
    SeatTask,
    Share,
    Voice,
    Weekday,
)
from samordna.domain.organisations.models import Holding, Role


class Forum(models.Model):
    """A place where organisations meet, formal or informal, of one collaboration or several (`Ownership`).

    `prepares`: the role that sets the agenda and calls. `areas`: what it decides on; none means whatever its
    collaborations decide on. Closed, never deleted.
    """

    id = IdField()
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=16, choices=ForumKind.choices, default=ForumKind.OTHER)
    formality = models.CharField(_("formality"), max_length=10, choices=Formality.choices, default=Formality.FORMAL)
    purpose = models.TextField(_("what it is for"))
    power = models.CharField(_("what comes out of it"), max_length=10, choices=Power.choices, default=Power.MEETS)
    areas = models.ManyToManyField(Area, related_name="forums", blank=True)
    prepares = models.ForeignKey(Role, models.PROTECT, related_name="prepares_forums")
    rhythm = models.CharField(_("rhythm"), max_length=16, choices=Rhythm.choices, default=Rhythm.WHEN_NEEDED)
    rhythm_note = models.CharField(_("more about when"), max_length=200, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    started_at = models.DateTimeField(_("set up"))
    closed_on = models.DateField(_("closed"), null=True, blank=True)
    closed_reason = models.TextField(_("why it was closed"), blank=True)

    class Meta:
        verbose_name = _("forum")
        verbose_name_plural = _("forums")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class Ownership(models.Model):
    """A collaboration owns the forum, once its coordinator has agreed to it (`accepted_at`), until it steps back."""

    id = IdField()
    forum = models.ForeignKey(Forum, models.PROTECT, related_name="ownerships")
    collaboration = models.ForeignKey(Collaboration, models.PROTECT, related_name="forum_ownerships")
    asked_at = models.DateTimeField(_("asked"))
    accepted_at = models.DateTimeField(_("agreed"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        verbose_name = _("owner of a forum")
        verbose_name_plural = _("owners of forums")
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["forum", "collaboration"],
                condition=Q(ended_at__isnull=True),
                name="a_collaboration_owns_a_forum_once",
                violation_error_message=_("The collaboration owns the forum already, or has been asked to."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.collaboration_id} owns {self.forum_id}"


class Seat(models.Model):
    """A role sits in the forum. For which party it speaks follows from its organisation (`choosing.parties_of`)."""

    id = IdField()
    forum = models.ForeignKey(Forum, models.PROTECT, related_name="seats")
    role = models.ForeignKey(Role, models.PROTECT, related_name="forum_seats")
    task = models.CharField(_("task"), max_length=12, choices=SeatTask.choices, default=SeatTask.MEMBER)
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("seat in a forum")
        verbose_name_plural = _("seats in forums")
        ordering = ["forum_id", "valid_from", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=models.F("valid_from")),
                name="seat_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=["forum", "role"],
                condition=Q(valid_to__isnull=True),
                name="a_role_sits_once_in_a_forum",
                violation_error_message=_("The role sits in the forum already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role_id} in {self.forum_id}"


class Routine(models.Model):
    """How the forum decides from a day on, until the next one's day: the latest whose day has come holds, and of several
    from the same day the one that was written last (`number`).

    Deadlines are days counted back from the day of the meeting.
    """

    id = IdField()
    forum = models.ForeignKey(Forum, models.PROTECT, related_name="routines")
    number = models.PositiveIntegerField(_("number"), default=1)
    starts_on = models.DateField(_("from"))
    method = models.CharField(_("how it decides"), max_length=12, choices=Method.choices, default=Method.CONSENT)
    voice = models.CharField(_("what counts once"), max_length=8, choices=Voice.choices, default=Voice.PARTY)
    quorum = models.CharField(_("how many have to be there"), max_length=16, choices=Quorum.choices, default=Quorum.NONE)
    share = models.CharField(_("qualified majority"), max_length=16, choices=Share.choices, default=Share.TWO_THIRDS)
    raising = models.CharField(_("who may raise an item"), max_length=10, choices=Raising.choices, default=Raising.ANYONE)
    items_days = models.PositiveSmallIntegerField(_("items in, days before"), default=0)
    call_days = models.PositiveSmallIntegerField(_("call out, days before"), default=0)
    papers_days = models.PositiveSmallIntegerField(_("papers out, days before"), default=0)
    written_at = models.DateTimeField(_("written"))
    written_by = models.ForeignKey(Holding, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("decision routine")
        verbose_name_plural = _("decision routines")
        ordering = ["forum_id", "starts_on", "number", "pk"]

    def __str__(self) -> str:
        return f"{self.forum_id} from {self.starts_on}"


class JointDay(models.Model):
    """A recurring day on which one sits in the same place: every so many weeks from the first day on."""

    id = IdField()
    forum = models.ForeignKey(Forum, models.PROTECT, related_name="joint_days")
    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=Weekday.choices)
    every = models.PositiveSmallIntegerField(_("how often"), choices=Every.choices, default=Every.WEEK)
    begins = models.TimeField(_("from"))
    ends = models.TimeField(_("to"))
    place = models.CharField(_("place"), max_length=200)
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("joint day")
        verbose_name_plural = _("joint days")
        ordering = ["forum_id", "weekday", "begins", "pk"]
        constraints = [
            holds_for_some_time("joint_day_holds_for_some_time"),
            models.CheckConstraint(condition=Q(ends__gt=models.F("begins")), name="joint_day_lasts_some_time"),
        ]

    def __str__(self) -> str:
        return f"{self.forum_id} {self.weekday}"
