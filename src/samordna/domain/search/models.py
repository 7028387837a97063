"""The index that is searched, and what each person has marked as a favourite.

An entry holds a copy of what was written in one thing. It holds nothing about who may read it: that is asked of the thing
itself, in the same database query as the search (`access.readable`), so a copy can never be shown longer than its original.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from samordna.core.fields import IdField
from samordna.domain.organisations.models import Person
from samordna.domain.search.enums import Kind


class Entry(models.Model):
    """One thing that can be found. `place_id` is what its page is addressed by; `on` the day that it is from.

    The words that are compared lie beside this row, in the form that each database searches best (see `words`).
    """

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=16, choices=Kind.choices)
    object_id = models.CharField(max_length=12)
    place_id = models.CharField(max_length=12)
    title = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    on = models.DateField()

    class Meta:
        verbose_name = _("entry of the search index")
        verbose_name_plural = _("entries of the search index")
        ordering = ["kind", "object_id"]
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="a_thing_is_indexed_once")]
        indexes = [models.Index(fields=["kind", "place_id"], name="entries_of_a_place")]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"


class Favourite(models.Model):
    """Something that a person wants at hand. It gives no right: what can no longer be read is not shown."""

    id = IdField()
    person = models.ForeignKey(Person, models.CASCADE, related_name="favourites")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    object_id = models.CharField(max_length=12)
    kept_at = models.DateTimeField(_("kept"))

    class Meta:
        verbose_name = _("favourite")
        verbose_name_plural = _("favourites")
        ordering = ["-kept_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["person", "kind", "object_id"], name="a_favourite_is_kept_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"
