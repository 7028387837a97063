"""Introductions of the canary world: an organisation's own, a coordinated one and a draft, and what was said of them."""

from __future__ import annotations

from datetime import timedelta

from samordna.core import clock
from samordna.domain.introductions import operations as do
from samordna.domain.introductions.models import Programme
from tests.access.canary.world import World
from tests.access.oracle import Row


def introduce(world: World) -> None:
    """Alpha's own, with a step that is done, one that was worded anew and an earlier training; two in a collaboration."""
    alpha, care = world.organisations["alpha"].pk, world.collaborations["care"]
    manager = world.actor("alpha manager")
    made = _begun(world, manager, ("own programme", alpha), organisation_id=alpha)
    do.publish_programme(actor=manager, programme_id=made.pk, present=True, at=world.ago(5))
    _taken(world, made, ("own programme", alpha))
    coordinator = world.actor("host coordinator")
    shared = _begun(world, coordinator, ("shared programme", care), collaboration_id=care)
    do.publish_programme(actor=coordinator, programme_id=shared.pk, present=True, at=world.ago(5))
    step = shared.steps.order_by("place").first()
    assert step is not None
    note = world.cage.word("note of a step of a shared introduction", "follow", ("own programme", alpha))
    do.mark_step_done(actor=manager, step_id=step.pk, note=note, at=world.ago(2))
    _begun(world, coordinator, ("drafted programme", care), collaboration_id=care)


def _begun(world: World, actor: object, thing: Row, **home: str) -> Programme:
    at, whose = world.ago(6), " ".join(map(str, thing[:1]))

    def word(what: str) -> str:
        return world.cage.word(f"{what} of an {whose}", "read", thing)

    given = {"name": word("name"), "why": word("what it is for"), "for_whom": ["everybody"], "renewed_after": 12}
    made = do.begin_programme(actor=actor, at=at, **home, **given)
    for kind in ("read", "try"):
        said = {"what": word("a step"), "words": word("more words of a step")}
        address = f"https://example.se/{word('address of a step')}"
        do.add_step(actor=actor, programme_id=made.pk, kind=kind, by_days=3, address=address, at=at, **said)
    return made


def _taken(world: World, made: Programme, thing: Row) -> None:
    manager, steps = world.actor("alpha manager"), list(made.steps.order_by("place"))
    officer = world.holdings["alpha officer"]

    def word(what: str) -> str:
        return world.cage.word(what, "follow", thing)

    do.mark_step_done(actor=manager, step_id=steps[0].pk, note=word("note of a step that is done"), at=world.ago(3))
    how = {"on": clock.day(world.ago(4)), "note": word("how one knows that a step was done")}
    given = {"actor": world.actor("alpha administrator"), "holding_id": manager.holding_id, "at": world.ago(2)}
    do.vouch_for_steps(programme_id=made.pk, steps=[steps[1].pk], **given, **how)
    said = {"what": word("earlier training"), "note": word("note of earlier training")}
    valid_to = clock.day(world.now + timedelta(days=300))
    do.fill_in_earlier_training(on=clock.day(world.ago(90)), valid_to=valid_to, **given, **said)
    do.fill_in_earlier_training(what="Ingen", on=clock.day(world.ago(9)), **given | {"holding_id": officer.pk})
    anew = {"what": world.cage.word("a step in other words", "read", thing), "kind": "meet"}
    do.word_step_anew(actor=manager, step_id=steps[1].pk, about=f"role:{manager.role_id}", at=world.ago(1), **anew)
