"""Meetings and what is taken up at them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from samordna.core.fields import IdField
from samordna.domain.collaborations.models import Area
from samordna.domain.forums.enums import ItemKind, ItemState, MeetingState
from samordna.domain.forums.models.founded import Forum
from samordna.domain.matters.models import Matter
from samordna.domain.organisations.models import Holding, Organisation, Role


class Meeting(models.Model):
    """One meeting of a forum. `sequence` counts what changes for those who are called, for their calendars."""

    id = IdField()
    forum = models.ForeignKey(Forum, models.PROTECT, related_name="meetings")
    title = models.CharField(_("title"), max_length=120, blank=True)
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    place = models.CharField(_("place"), max_length=200, blank=True)
    link = models.URLField(_("link"), max_length=300, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=MeetingState.choices, default=MeetingState.PLANNED)
    sequence = models.PositiveIntegerField(_("number of changes"), default=0)
    planned_at = models.DateTimeField(_("planned"))
    called_at = models.DateTimeField(_("called"), null=True, blank=True)
    held_at = models.DateTimeField(_("held"), null=True, blank=True)
    minuted_at = models.DateTimeField(_("minuted"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, blank=True)
    cancelled_reason = models.TextField(_("why it was cancelled"), blank=True)

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["starts_at", "pk"]
        constraints = [models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="meeting_lasts_some_time")]

    def __str__(self) -> str:
        return f"{self.forum_id} {self.starts_at:%Y-%m-%d}"


class Item(models.Model):
    """Something to take up in a forum: at a meeting, or in the backlog until it is placed (`meeting` is empty).

    `raised_for`: whose it is; empty when coordination itself raised it. A decision is about a matter, or about a plain
    question in an area. What is carried to another meeting goes on as a new item (`carried_from`), so that the first
    meeting still tells what it took up.
    """

    id = IdField()
    forum = models.ForeignKey(Forum, models.PROTECT, related_name="items")
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, blank=True, related_name="items")
    order = models.PositiveIntegerField(_("order"))
    kind = models.CharField(_("kind"), max_length=12, choices=ItemKind.choices)
    title = models.CharField(_("title"), max_length=160)
    purpose = models.TextField(_("what is wanted of the meeting"), blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True, blank=True)
    owner_role = models.ForeignKey(Role, models.PROTECT, null=True, blank=True, related_name="owns_items")
    matter = models.ForeignKey(Matter, models.PROTECT, null=True, blank=True, related_name="items")
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="items")
    raised_at = models.DateTimeField(_("raised"))
    raised_by = models.ForeignKey(Holding, models.PROTECT, null=True, blank=True, related_name="+")
    raised_for = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="raised_items")
    carried_from = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="carried_to")
    state = models.CharField(_("state"), max_length=10, choices=ItemState.choices, default=ItemState.OPEN)
    withdrawn_reason = models.TextField(_("why it was withdrawn"), blank=True)

    class Meta:
        verbose_name = _("item")
        verbose_name_plural = _("items")
        ordering = ["forum_id", "order", "raised_at", "pk"]

    def __str__(self) -> str:
        return self.title


class Paper(models.Model):
    """What one reads before an item: a link, or a text."""

    id = IdField()
    item = models.ForeignKey(Item, models.PROTECT, related_name="papers")
    name = models.CharField(_("name"), max_length=160)
    address = models.URLField(_("address"), max_length=500, blank=True)
    text = models.TextField(_("text"), blank=True)
    added_at = models.DateTimeField(_("added"))
    added_by = models.ForeignKey(Holding, models.PROTECT, null=True, blank=True, related_name="+")
    removed_at = models.DateTimeField(_("taken away"), null=True, blank=True)

    class Meta:
        verbose_name = _("paper")
        verbose_name_plural = _("papers")
        ordering = ["added_at", "pk"]

    def __str__(self) -> str:
        return self.name
