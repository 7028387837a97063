"""The pages of reorganisations."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from samordna.core import clock
from samordna.domain.organisations.access import actor_of
from samordna.domain.organisations.enums import RoleKind
from samordna.domain.organisations.models import Holding, Reorganisation
from samordna.domain.organisations.operations import carry_out_reorganisation, plan_reorganisation
from tests import factories as f
from tests.browser.pages import Visit, page


def _planned(happens_on: date, **given: object) -> tuple[Holding, Reorganisation]:
    held = f.holding(f.organisation("Björkhede kommun"), RoleKind.MANAGER)
    f.participation(f.collaboration(name="Vårdsamverkan"), held.role.organisation)
    plan = plan_reorganisation(
        actor=actor_of(held),
        organisation_id=held.role.organisation_id,
        happens_on=happens_on,
        ground="Fullmäktige § 84",
        **given,
    )
    return held, plan


@page("Reorganisations, one planned")
def reorganisations() -> Visit:
    held, _plan = _planned(date(2099, 1, 1), kind="rename", new_name="Lindehede kommun")
    return Visit(address=reverse("reorganisations"), holding=held)


@page("A reorganisation to plan")
def plan() -> Visit:
    held = f.holding(f.organisation("Björkhede kommun"), RoleKind.MANAGER)
    f.organisation("Lindemåla kommun")
    return Visit(address=reverse("plan_reorganisation", args=[held.role.organisation_id]), holding=held)


@page("A split in which much has nowhere to go")
def split() -> Visit:
    held, plan = _planned(date(2099, 1, 1), kind="split", begin=["Norra Björkhede", "Södra Björkhede"])
    return Visit(address=reverse("reorganisation", args=[plan.pk]), holding=held)


@page("Where the things of one kind go")
def kind() -> Visit:
    held, plan = _planned(date(2099, 1, 1), kind="split", begin=["Norra Björkhede", "Södra Björkhede"])
    return Visit(address=reverse("place_things", args=[plan.pk, "role"]), holding=held)


@page("A reorganisation to call off")
def call_off() -> Visit:
    held, plan = _planned(date(2099, 1, 1), kind="close")
    return Visit(address=reverse("call_off_reorganisation", args=[plan.pk]), holding=held)


@page("A reorganisation carried out")
def carried_out() -> Visit:
    held, plan = _planned(clock.day(clock.now()), kind="rename", new_name="Lindehede kommun")
    carry_out_reorganisation(actor=actor_of(held), reorganisation_id=plan.pk)
    return Visit(address=reverse("reorganisation", args=[plan.pk]), holding=held)
