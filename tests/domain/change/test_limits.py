"""How much of a chain there may be: whoever passes a limit is told which, and what to do."""

from __future__ import annotations

import pytest

from samordna.core import clock
from samordna.core.errors import TooLarge
from samordna.domain.change import limits
from samordna.domain.change import operations as do
from samordna.domain.change.operations import analysing, changing, placing, raising
from tests.domain.change.going import analysed, begun, planned, taken
from tests.domain.collaborations.setting import setting

pytestmark = pytest.mark.django_db


def test_every_limit_is_refused_with_its_figure(monkeypatch):
    given = setting()
    lead = given.coordinator
    chain, (need,) = analysed(given, lead)
    for module in (analysing, changing, placing, raising):
        for name in vars(limits):
            if name.startswith("MOST_") and hasattr(module, name):
                monkeypatch.setattr(module, name, 1)
    passed = {}

    def over(name, call):
        with pytest.raises(TooLarge) as refused:
            call()
        passed[name] = refused.value.reason

    over("MOST_OPEN", lambda: begun(given, lead, title="En till"))
    over("MOST_NEEDS", lambda: do.add_change_need(actor=lead, chain_id=chain.pk, text="En till"))
    over("MOST_TURNS", lambda: do.begin_turn(actor=lead, chain_id=chain.pk, said="Igen"))
    taken(lead, need)
    over("MOST_PLACINGS", lambda: do.place_need(actor=lead, need_id=need.pk, to=given.own.pk))
    change = planned(lead, need)
    over("MOST_CHANGES", lambda: planned(lead, need))
    days = {"role_id": lead.role_id, "by": change.by, "measure_on": change.measure_on, "reason": "Mer tid"}
    do.replan_change(actor=lead, change_id=change.pk, **days)
    over("MOST_PLANS", lambda: do.replan_change(actor=lead, change_id=change.pk, **days))
    do.raise_document(actor=lead, need_id=need.pk, name="Fredagsrutin")
    over("MOST_RAISED", lambda: do.raise_document(actor=lead, need_id=need.pk, name="En till"))
    do.finish_change(actor=lead, change_id=change.pk)
    early = {"kind": "too_early", "said": "Inte än", "next_on": clock.day(clock.now())}
    do.judge_effect(actor=lead, change_id=change.pk, **early)
    over("MOST_EFFECTS", lambda: do.judge_effect(actor=lead, change_id=change.pk, **early))
    monkeypatch.setattr(analysing, "MOST_OPEN", 9)
    fresh = begun(given, lead, title="Ny")
    do.add_cause(actor=lead, chain_id=fresh.pk, kind="other", text="En")
    over("MOST_CAUSES", lambda: do.add_cause(actor=lead, chain_id=fresh.pk, kind="other", text="Två"))
    declared = {name for name in vars(limits) if name.startswith("MOST_")} - {"MOST_DAYS"}
    assert set(passed) == declared, "MOST_DAYS is a sentence at the field; see test_chain"
    assert all("1" in reason for reason in passed.values()), passed
