"""Kinds of organisation, role and holding."""

from __future__ import annotations

from django.db import models
from django.utils.translation import pgettext_lazy as _p

from samordna.core.actor import Duty


class OrganisationKind(models.TextChoices):
    """What an organisation is; used in words and templates, never in access rules."""

    REGION = "region", _p("organisation kind", "Region")
    MUNICIPALITY = "municipality", _p("organisation kind", "Municipality")
    BOARD = "board", _p("organisation kind", "Board of a municipality or region")
    STATE_AGENCY = "state_agency", _p("organisation kind", "State agency")
    COORDINATION_ASSOCIATION = "coordination_association", _p("organisation kind", "Coordination association")
    COORDINATION_OFFICE = "coordination_office", _p("organisation kind", "Coordination office")
    SHARED_SERVICE = "shared_service", _p("organisation kind", "Shared service unit")
    PRIVATE_PROVIDER = "private_provider", _p("organisation kind", "Private provider")
    USER_ASSOCIATION = "user_association", _p("organisation kind", "User association")


class RoleKind(models.TextChoices):
    """What a role is for. A kind gives duties; a duty gives rights (see `samordna.core.policy`)."""

    REPRESENTATIVE = "representative", _p("role kind", "Representative")
    MANAGER = "manager", _p("role kind", "Manager")
    COORDINATOR = "coordinator", _p("role kind", "Coordinator")
    ADMINISTRATOR = "administrator", _p("role kind", "Organisation administrator")
    OFFICER = "officer", _p("role kind", "Officer")


DUTIES: dict[RoleKind, frozenset[Duty]] = {
    RoleKind.REPRESENTATIVE: frozenset({Duty.ANSWER}),
    RoleKind.MANAGER: frozenset({Duty.ANSWER, Duty.ADOPT}),
    RoleKind.COORDINATOR: frozenset({Duty.COORDINATE}),
    RoleKind.ADMINISTRATOR: frozenset({Duty.ADMINISTER}),
    RoleKind.OFFICER: frozenset(),
}


class ExternalIdKind(models.TextChoices):
    """What an id from elsewhere is, after the ids that Swedish staff have."""

    HSA_ID = "hsa_id", _p("external id kind", "HSA-id")
    COMMISSION = "commission", _p("external id kind", "HSA-id of a commission")
    ORG_AFFILIATION = "org_affiliation", _p("external id kind", "orgAffiliation")


class HoldingKind(models.TextChoices):
    """How somebody holds a role."""

    ORDINARY = "ordinary", _p("holding kind", "Ordinary")
    DEPUTY = "deputy", _p("holding kind", "Deputy")
    ACTING = "acting", _p("holding kind", "Acting")


class ReorganisationKind(models.TextChoices):
    """How organisations change."""

    MERGE = "merge", _p("reorganisation", "Merge")
    SPLIT = "split", _p("reorganisation", "Split")
    RENAME = "rename", _p("reorganisation", "Rename")
    MOVE = "move", _p("reorganisation", "Move")
    CLOSE = "close", _p("reorganisation", "Close")


class SidePart(models.TextChoices):
    """Where an organisation stands in a reorganisation."""

    BEFORE = "before", _p("side of a reorganisation", "Before")
    AFTER = "after", _p("side of a reorganisation", "After")
    BESIDE = "beside", _p("side of a reorganisation", "Beside")


class Outcome(models.TextChoices):
    """What becomes of a thing in a reorganisation."""

    GOES = "goes", _p("outcome", "Goes over")
    JOINS = "joins", _p("outcome", "Is joined with what is there")
    ASKED = "asked", _p("outcome", "Is asked about")
    ANEW = "anew", _p("outcome", "Is answered anew")
    ENDS = "ends", _p("outcome", "Ends")
    STAYS = "stays", _p("outcome", "Stays as it is")
