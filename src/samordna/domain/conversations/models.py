"""What is said between meetings: threads of a forum or a matter, and the messages in them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samordna.core.fields import IdField
from samordna.domain.adherence.models import Experience
from samordna.domain.forums.models import Forum, Item
from samordna.domain.matters.models import Matter
from samordna.domain.organisations.models import Holding, Organisation, Role


class Thread(models.Model):
    """One subject that is talked about between meetings, in a forum or about a matter."""

    id = IdField()
    forum = models.ForeignKey(Forum, models.PROTECT, null=True, blank=True, related_name="threads")
    matter = models.ForeignKey(Matter, models.PROTECT, null=True, blank=True, related_name="threads")
    subject = models.CharField(_("subject"), max_length=160)
    started_at = models.DateTimeField(_("begun"))
    started_by = models.ForeignKey(Holding, models.PROTECT, null=True, blank=True, related_name="+")
    latest_at = models.DateTimeField(_("latest message"))

    class Meta:
        verbose_name = _("thread")
        verbose_name_plural = _("threads")
        ordering = ["-latest_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(forum__isnull=True, matter__isnull=False) | Q(forum__isnull=False, matter__isnull=True),
                name="thread_is_of_a_forum_or_about_a_matter",
            )
        ]

    def __str__(self) -> str:
        return self.subject


class Message(models.Model):
    """What somebody said in a thread. Withdrawn, its text is erased: that it was there, and why it is gone, stays.

    `said_for`: the organisation whose role said it, as it was then.
    """

    id = IdField()
    thread = models.ForeignKey(Thread, models.PROTECT, related_name="messages")
    text = models.TextField(_("message"))
    said_at = models.DateTimeField(_("said"))
    said_by = models.ForeignKey(Holding, models.PROTECT, null=True, blank=True, related_name="+")
    said_for = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    quotes = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="quoted_by")
    mentions = models.ManyToManyField(Role, related_name="+", blank=True)
    changed_at = models.DateTimeField(_("worded anew"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    withdrawn_reason = models.CharField(_("why it was withdrawn"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["said_at", "pk"]

    def __str__(self) -> str:
        return f"{self.thread_id} {self.said_at:%Y-%m-%d}"


class Wording(models.Model):
    """What a message said before it was worded anew."""

    id = IdField()
    message = models.ForeignKey(Message, models.PROTECT, related_name="wordings")
    text = models.TextField(_("message"))
    until = models.DateTimeField(_("until"))

    class Meta:
        verbose_name = _("earlier wording")
        verbose_name_plural = _("earlier wordings")
        ordering = ["until", "pk"]

    def __str__(self) -> str:
        return f"{self.message_id} until {self.until:%Y-%m-%d}"


class Outgrowth(models.Model):
    """What a message was taken further as: an item, a matter or an experience."""

    id = IdField()
    message = models.ForeignKey(Message, models.PROTECT, related_name="outgrowths")
    item = models.OneToOneField(Item, models.PROTECT, null=True, blank=True, related_name="grown_from")
    matter = models.OneToOneField(Matter, models.PROTECT, null=True, blank=True, related_name="grown_from")
    experience = models.OneToOneField(Experience, models.PROTECT, null=True, blank=True, related_name="grown_from")
    made_at = models.DateTimeField(_("taken further"))
    made_by = models.ForeignKey(Holding, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("what a message was taken further as")
        verbose_name_plural = _("what messages were taken further as")
        ordering = ["made_at", "pk"]

    def __str__(self) -> str:
        return f"from {self.message_id}"
