"""Documents of every standing in both collaborations, with canaries in what is written."""

from __future__ import annotations

from samordna.core import clock
from samordna.domain.agreements import operations as agreements
from samordna.domain.agreements.models import AgreementVersion
from tests.access.canary.canaries import LATER
from tests.access.canary.world import World


def agree(world: World) -> None:
    """An agreement in force and a draft of the next, one that awaits signatures, a routine, and one's own routine."""
    signed = _sealed(world, "care", "host", "care's agreement")
    for member in ("alpha", "beta", "left"):
        _sign(world, member, signed)
    agreements.start_version(actor=world.actor("host coordinator"), agreement_id=signed.agreement_id, at=world.ago(20))
    _sealed(world, "care", "host", "care's agreement that awaits signatures")
    _sealed(world, "work", "other", "work's agreement")
    _routine(world, signed)
    own = agreements.start_own_routine(
        actor=world.actor("alpha representative"),
        collaboration_id=world.collaborations["care"],
        name=world.cage.word("alpha's own routine", "read", LATER),
        at=world.ago(15),
    )
    world.cage.settle(("routine", own.pk))


def _sealed(world: World, collaboration: str, host: str, what: str) -> AgreementVersion:
    actor, at = world.actor(f"{host} coordinator"), world.ago(30)
    made = agreements.start_agreement(
        actor=actor,
        collaboration_id=world.collaborations[collaboration],
        kind="agreement",
        name=world.cage.word(f"name of {what}", "read", LATER),
        at=at,
    )
    thing = ("agreement", made.pk)
    world.cage.settle(thing)
    version = made.versions.get()
    section = version.sections.get(heading="background")
    text = world.cage.word(f"text of {what}", "read", thing)
    agreements.write_section(actor=actor, section_id=section.pk, revision=1, text=text, at=at)
    approver = world.cage.word(f"approver of {what}", "read", thing)
    head = {"version_id": version.pk, "revision": 1, "valid_from": clock.day(at), "approver": approver}
    agreements.restate_head(actor=actor, at=at, **head)
    return agreements.offer_for_signing(actor=actor, version_id=version.pk, at=at)


def _sign(world: World, member: str, version: AgreementVersion) -> None:
    thing = ("agreement", version.agreement_id)
    plain = {"actor": world.actor(f"{member} manager"), "version_id": version.pk, "at": world.ago(25)}
    reason = world.cage.word(f"why {member} declined at first", "read", thing)
    agreements.decline_to_sign(reason=reason, **plain)
    source = world.cage.word(f"where {member}'s original is", "read", thing)
    agreements.sign_version(sha256=version.document.sha256, way="elsewhere", source=source, **plain)


def _routine(world: World, rests_on: AgreementVersion) -> None:
    actor, at = world.actor("host coordinator"), world.ago(18)
    made = agreements.start_agreement(
        actor=actor,
        collaboration_id=world.collaborations["care"],
        kind="routine",
        name=world.cage.word("name of care's routine", "read", LATER),
        at=at,
    )
    thing = ("agreement", made.pk)
    world.cage.settle(thing)
    agreements.rest_on(actor=actor, agreement_id=made.pk, rests_on_id=rests_on.agreement_id, at=at)
    outcome = world.cage.word("outcome of a review", "read", thing)
    agreements.review_document(actor=actor, agreement_id=made.pk, outcome=outcome, at=at)
    old = {"valid_from": clock.day(world.ago(800)), "note": world.cage.word("note of an old version", "read", thing)}
    source = world.cage.word("where an old version was found", "read", thing)
    agreements.take_in_history(actor=actor, agreement_id=made.pk, source=source, versions=[old], at=at)
