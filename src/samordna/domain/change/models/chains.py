"""A chain from what was seen to what was changed because of it: turn after turn, until it is closed."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samordna.core.fields import IdField
from samordna.domain.change.enums import CauseKind, StartKind
from samordna.domain.collaborations.models import Collaboration
from samordna.domain.organisations.models import Holding, Organisation


def by_whom() -> models.ForeignKey[Any, Any]:
    """Who did it: a holding, none where the system did."""
    return models.ForeignKey(Holding, models.PROTECT, null=True, blank=True, related_name="+")


class Chain(models.Model):
    """What was seen, why it is so, what has to change, what was changed, and whether that helped.

    `organisation`: whose own it is; none is the coordination's. `shared`: everybody in the collaboration reads it; until
    then it is there for its own organisation alone. The coordination's is always shared.
    """

    id = IdField()
    collaboration = models.ForeignKey(Collaboration, models.PROTECT, related_name="chains")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    title = models.CharField(_("what it is about"), max_length=200)
    shared = models.BooleanField(_("shared"))
    begun_at = models.DateTimeField(_("begun"))
    begun_by = by_whom()
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    closed_by = by_whom()
    outcome = models.TextField(_("what came of it"), blank=True)

    class Meta:
        verbose_name = _("chain of change")
        verbose_name_plural = _("chains of change")
        ordering = ["collaboration_id", "-begun_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(shared=True) | Q(organisation__isnull=False), name="a_coordinated_chain_is_shared"
            )
        ]
        indexes = [models.Index(fields=["collaboration", "closed_at"], name="open_chains_of_a_place")]

    def __str__(self) -> str:
        return self.title


class Turn(models.Model):
    """One turn of a chain: what it begins from, and the analysis of that.

    `thing_id` and `key` say what it begins from: by the kind a result, an indicator and the period, a wave and the gap in
    it, feedback, an experience; nothing for what somebody has seen. `said` is what that said then. `outcome`: with what the
    chain was closed after this turn, kept here when it goes another one.
    """

    id = IdField()
    chain = models.ForeignKey(Chain, models.PROTECT, related_name="turns")
    number = models.PositiveSmallIntegerField(_("turn"))
    kind = models.CharField(_("begins from"), max_length=12, choices=StartKind.choices)
    thing_id = models.CharField(_("what it begins from"), max_length=12, blank=True)
    key = models.CharField(_("where in that"), max_length=120, blank=True)
    said = models.TextField(_("what it said"))
    begun_at = models.DateTimeField(_("begun"))
    begun_by = by_whom()
    analyse_by = models.DateField(_("analysed by"))
    finding = models.TextField(_("what it says"), blank=True)
    none_reason = models.TextField(_("why nothing has to change"), blank=True)
    concluded_at = models.DateTimeField(_("analysed"), null=True, blank=True)
    concluded_by = by_whom()
    outcome = models.TextField(_("what came of it"), blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    closed_by = by_whom()

    class Meta:
        verbose_name = _("turn of a chain")
        verbose_name_plural = _("turns of chains")
        ordering = ["chain_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["chain", "number"], name="one_turn_of_a_chain_per_number"),
            models.CheckConstraint(
                condition=Q(kind=StartKind.OBSERVED, thing_id="") | (~Q(kind=StartKind.OBSERVED) & ~Q(thing_id="")),
                name="a_turn_says_what_it_begins_from",
            ),
            models.CheckConstraint(
                condition=Q(concluded_at__isnull=False) | Q(none_reason=""), name="nothing_to_change_is_a_conclusion"
            ),
        ]
        indexes = [models.Index(fields=["kind", "thing_id"], name="turns_that_begin_from_a_thing")]

    def __str__(self) -> str:
        return f"{self.chain_id} {self.number}"


class Cause(models.Model):
    """Why it is so, in the words of whoever analyses, until that is taken away."""

    id = IdField()
    turn = models.ForeignKey(Turn, models.PROTECT, related_name="causes")
    kind = models.CharField(_("kind of cause"), max_length=12, choices=CauseKind.choices)
    text = models.TextField(_("cause"))
    found_at = models.DateTimeField(_("found"))
    found_by = by_whom()
    ended_at = models.DateTimeField(_("taken away"), null=True, blank=True)

    class Meta:
        verbose_name = _("cause")
        verbose_name_plural = _("causes")
        ordering = ["turn_id", "found_at", "pk"]

    def __str__(self) -> str:
        return self.text[:60]
