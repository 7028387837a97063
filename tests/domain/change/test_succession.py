"""When an organisation is succeeded its own chains, what it has been given and what its roles answer for follow."""

from __future__ import annotations

from datetime import timedelta

import pytest

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.domain.change import operations as do
from samordna.domain.change.models import Chain, Change, Placing
from samordna.domain.change.queries.board import open_chains
from samordna.domain.organisations.carrying import touched
from samordna.domain.organisations.models import Role
from samordna.domain.organisations.operations import carry_out_reorganisation, plan_reorganisation
from tests import factories as f
from tests.domain.change.going import analysed, begun, planned
from tests.domain.collaborations.setting import setting

pytestmark = pytest.mark.django_db


def test_whoever_takes_over_goes_on_with_the_chains_and_an_unshared_one_is_not_named():
    given = setting()
    own, lead = given.manager, given.coordinator
    begun(given, own, title="Egen")
    _chain, (need, asked) = analysed(given, lead, needs=2)
    for one in (need, asked):
        do.place_need(actor=lead, need_id=one.pk, to=given.own.pk)
    do.answer_need(actor=own, need_id=need.pk, answer="taken")
    planned(own, need)
    day = clock.day(clock.now()) + timedelta(days=1)
    listed = [(one.kind, one.hidden) for one in touched([given.own.pk], day)]
    assert {("chain", True), ("change_need", False), ("change", False)} <= set(listed)
    system = Actor.command("a test")
    plan = plan_reorganisation(
        actor=system,
        happens_on=day,
        ground="§ 1",
        organisation_id=given.own.pk,
        kind="merge",
        others=[given.other.pk],
        begin=["Nya kommunen"],
    )
    plan.sides.update(agreed_at=f.NOW)
    carry_out_reorganisation(actor=system, reorganisation_id=plan.pk, at=clock.noon(day))
    new = plan.sides.get(organisation__name="Nya kommunen").organisation
    assert set(Chain.objects.exclude(organisation=None).values_list("organisation", flat=True)) == {new.pk}
    assert set(Placing.objects.values_list("organisation", flat=True)) == {new.pk}
    assert Role.objects.get(pk=Change.objects.get().role_id).organisation_id == new.pk
    waits = next(one for one in open_chains(lead, clock.noon(day)))
    assert waits.waits.who == "Nya kommunen"
    taken_over = f.actor(new)
    do.answer_need(actor=taken_over, need_id=asked.pk, answer="taken", at=clock.noon(day))
