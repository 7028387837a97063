"""The journal's rows. Nothing here is ever updated but the head; the database refuses gaps and repeats."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


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
