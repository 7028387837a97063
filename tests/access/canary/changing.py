"""Chains of change in the canary world: one organisation's own that nobody else knows of, and one that is everybody's."""

from __future__ import annotations

from datetime import timedelta

from samordna.core import clock
from samordna.domain.change import operations as do
from samordna.domain.change.models import ChangeNeed
from samordna.domain.decisions.models import Proposal
from tests.access.canary.world import World
from tests.access.oracle import Row

COORDINATED = (("care", "host", "alpha", "gathering"), ("work", "other", "gamma", "elsewhere"))


def change(world: World) -> None:
    """In two collaborations: a chain as hidden as a sketch, and one whose change need was handed over and changed."""
    for name, host, member, matter in COORDINATED:
        sketch = Proposal.objects.filter(
            matter_id=world.matters[matter], organisation=world.organisations[member], state="sketch"
        ).first()
        assert sketch is not None
        _need(world, name, f"{member} manager", ("proposal", sketch.pk))
        need = _need(world, name, f"{host} coordinator", ("collaboration", world.collaborations[name]))
        _changed(world, need, f"{host} coordinator", f"{member} manager", name)


def _need(world: World, name: str, holder: str, thing: Row) -> ChangeNeed:
    actor, at = world.actor(holder), world.ago(10)

    def word(what: str) -> str:
        return world.cage.word(f"{what} of {holder} in {name}", "read", thing)

    chain = do.begin_chain(
        actor=actor,
        collaboration_id=world.collaborations[name],
        title=word("title of a chain"),
        said=word("what was seen"),
        at=at,
    )
    given = {"actor": actor, "chain_id": chain.pk, "at": at}
    do.write_finding(**given, finding=word("what a result says"))
    cause = do.add_cause(**given, kind="other", text=word("a cause"))
    need = do.add_change_need(**given, text=word("what has to change"), cause_id=cause.pk)
    do.add_change_need(**given, text=word("what else has to change"))
    do.conclude_analysis(**given)
    chain = do.begin_chain(
        actor=actor, collaboration_id=world.collaborations[name], title="Ännu en", said=word("what else was seen"), at=at
    )
    do.add_cause(actor=actor, chain_id=chain.pk, kind="rules", text="Rutin", at=at)
    return need


def _changed(world: World, need: ChangeNeed, coordinator: str, member: str, name: str) -> None:
    at, thing = world.ago(9), ("collaboration", world.collaborations[name])
    lead, own = world.actor(coordinator), world.actor(member)

    def word(what: str) -> str:
        return world.cage.word(f"{what} in {name}", "read", thing)

    do.place_need(actor=lead, need_id=need.pk, to=own.organisation_id or "", words=word("what is said with a need"), at=at)
    do.answer_need(actor=own, need_id=need.pk, answer="taken", reason=word("an answer to a need"), at=at)
    planned = {"role_id": own.role_id or "", "by": clock.day(world.now), "at": at}
    for _time in range(2):
        made = do.plan_change(
            actor=own,
            need_id=need.pk,
            what=word("a change"),
            for_the_individual=word("what a change does"),
            measure_text=word("how a change is seen"),
            measure_on=clock.day(world.now) + timedelta(days=30),
            **planned,
        )
    again = {"measure_on": clock.day(world.now) + timedelta(days=30), "reason": word("why a change was planned anew")}
    do.replan_change(actor=own, change_id=made.pk, **planned | {"at": world.ago(3)}, **again)
    do.finish_change(actor=own, change_id=made.pk, words=word("how a change went"), at=world.ago(2))
    said = word("what is seen of a change")
    do.judge_effect(actor=own, change_id=made.pk, kind="unchanged", said=said, at=world.ago(1))
