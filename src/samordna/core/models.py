"""What the core keeps: the journal's rows, of which only the head is ever updated, and the queue with the letters in it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samordna.core.fields import IdField


class JournalEntry(models.Model):
    """One act. The leaf of the Merkle tree is the hash of the entry's canonical bytes, which hold a salted commitment to
    the payload instead of the payload itself: the payload can be erased by a decision and the tree still verifies.

    Ids are plain text, not foreign keys: an entry outlives what it is about.
    """

    sequence = models.PositiveBigIntegerField(primary_key=True, verbose_name=_("sequence number"))
    at = models.DateTimeField(_("at"), db_index=True)
    via = models.CharField(max_length=12)
    person_id = models.CharField(max_length=12, blank=True)
    holding_id = models.CharField(max_length=12, blank=True)
    organisation_id = models.CharField(max_length=12, blank=True)
    action = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=12)
    collaboration_id = models.CharField(max_length=12, blank=True, db_index=True)
    matter_id = models.CharField(max_length=12, blank=True, db_index=True)
    commitment = models.CharField(max_length=64)
    leaf = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("journal entry")
        verbose_name_plural = _("journal entries")
        ordering = ["-sequence"]
        indexes = [models.Index(fields=["person_id", "-sequence"], name="journal_of_a_person")]

    def __str__(self) -> str:
        return f"{self.sequence} {self.action}"


class JournalPayload(models.Model):
    """What the entry says besides who, when and on what; apart, so that it can be erased while the entry stays.

    `content` is the canonical JSON that the commitment was made over, as text: what a database does to numbers and keys in
    a JSON column must not decide whether the journal verifies.
    """

    entry = models.OneToOneField(JournalEntry, models.PROTECT, primary_key=True, related_name="payload")
    salt = models.CharField(max_length=64)
    content = models.TextField(_("content"))

    class Meta:
        verbose_name = _("journal payload")
        verbose_name_plural = _("journal payloads")

    def __str__(self) -> str:
        return f"payload of {self.entry_id}"


class JournalHead(models.Model):
    """One row: how long the journal is and the tree's frontier. Locked by every write, so the order is the commit order."""

    size = models.PositiveBigIntegerField(default=0)
    frontier = models.JSONField(default=list)
    latest_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("journal head")
        verbose_name_plural = _("journal heads")
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_journal_head")]

    def __str__(self) -> str:
        return f"{self.size} entries"


class Checkpoint(models.Model):
    """The signed statement "the journal had this size and this root", in the text form of C2SP tlog-checkpoint."""

    size = models.PositiveBigIntegerField(_("size"), unique=True)
    root = models.CharField(_("root"), max_length=64)
    at = models.DateTimeField(_("at"))
    note = models.TextField(_("signed note"))

    class Meta:
        verbose_name = _("checkpoint")
        verbose_name_plural = _("checkpoints")
        ordering = ["size"]

    def __str__(self) -> str:
        return f"checkpoint at {self.size}"


class Task(models.Model):
    """One piece of work to be done in the background. `key` says what it is, so that the same work is queued only once.

    Whoever takes it writes a fresh `lease` and until when it holds; only the one whose lease still stands there may
    finish it. Exactly one of waiting, done and given up is true.
    """

    id = models.BigAutoField(primary_key=True)
    key = models.CharField(max_length=160, unique=True)
    name = models.CharField(max_length=60)
    arguments = models.JSONField(default=dict)
    queued_at = models.DateTimeField(_("queued"))
    due_at = models.DateTimeField(_("due"))
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    lease = models.CharField(max_length=12, blank=True)
    leased_until = models.DateTimeField(null=True)
    done_at = models.DateTimeField(_("done"), null=True)
    failed_at = models.DateTimeField(_("given up"), null=True)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        ordering = ["due_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | Q(failed_at__isnull=True), name="task_is_done_or_given_up"
            ),
            models.CheckConstraint(
                condition=Q(lease="", leased_until__isnull=True) | (~Q(lease="") & Q(leased_until__isnull=False)),
                name="task_is_leased_until_a_time",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at", "id"], condition=Q(done_at__isnull=True, failed_at__isnull=True), name="task_waiting"
            )
        ]

    def __str__(self) -> str:
        return self.key


class Schedule(models.Model):
    """When a task that comes back is due next."""

    name = models.CharField(max_length=60, primary_key=True)
    next_at = models.DateTimeField(_("next"))

    class Meta:
        verbose_name = _("schedule")
        verbose_name_plural = _("schedules")

    def __str__(self) -> str:
        return f"{self.name} {self.next_at}"


class OutgoingLetter(models.Model):
    """One letter, written in the transaction of what it tells of. What it says is erased as soon as it has been sent:
    links in it may open a door."""

    id = IdField()
    recipient = models.EmailField(_("recipient"))
    person_id = models.CharField(max_length=12, blank=True, db_index=True)
    subject = models.CharField(_("subject"), max_length=200)
    text = models.TextField(_("text"), blank=True)
    html = models.TextField(_("text as HTML"), blank=True)
    headers = models.JSONField(default=dict)
    calendar = models.TextField(_("calendar file"), blank=True)
    calendar_method = models.CharField(max_length=8, blank=True)
    written_at = models.DateTimeField(_("written"), db_index=True)
    sent_at = models.DateTimeField(_("sent"), null=True)
    held_because = models.CharField(_("not sent, because"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ["written_at", "pk"]

    def __str__(self) -> str:
        return f"{self.recipient} {self.subject}"


class DeadAddress(models.Model):
    """An address that letters come back from: nothing more is sent there until somebody says that it works again."""

    address = models.CharField(_("e-mail address"), max_length=254, primary_key=True)
    since = models.DateTimeField(_("since"))
    status = models.CharField(_("status"), max_length=20)
    diagnosis = models.CharField(_("what the mail server said"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("address that does not work")
        verbose_name_plural = _("addresses that do not work")

    def __str__(self) -> str:
        return self.address


class LetterLanguage(models.Model):
    """The language in which somebody wants letters; without a row, the installation's."""

    person_id = models.CharField(max_length=12, primary_key=True)
    language = models.CharField(_("language"), max_length=8)

    class Meta:
        verbose_name = _("language of letters")
        verbose_name_plural = _("languages of letters")

    def __str__(self) -> str:
        return f"{self.person_id} {self.language}"
