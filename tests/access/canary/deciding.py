"""Takes one of the world's matters to a decision in force that is followed, and leaves sketches and attempts in another."""

from __future__ import annotations

from datetime import timedelta

from samordna.core import clock
from samordna.domain.adherence import operations as adherence
from samordna.domain.adherence.models import Experience
from samordna.domain.decisions import operations as decisions
from samordna.domain.decisions.models import Proposal
from samordna.domain.matters import operations as matters
from tests.access.canary.agreeing import agree
from tests.access.canary.canaries import LATER
from tests.access.canary.world import World, options

MEMBERS = ("alpha", "beta", "left")


def sketch(world: World, matter: str, holder: str) -> Proposal:
    """A proposal that nobody but its maker's organisation has seen."""
    made = decisions.propose_by_hand(
        actor=world.actor(holder),
        matter_id=world.matters[matter],
        title=world.cage.word(f"title of {holder}'s sketch in {matter}", "read", LATER),
        text=world.cage.word(f"text of {holder}'s sketch in {matter}", "read", LATER),
        frame={aspect.pk: choices[0].pk for aspect, choices in options(world, matter)},
        at=world.ago(30),
    )
    world.cage.settle(("proposal", made.pk))
    return made


def decide(world: World) -> None:
    """Sketches in the one matter, a decision in force in the other."""
    for holder in ("alpha manager", "beta manager", "host coordinator"):
        sketch(world, "gathering", holder)
    withdrawn = sketch(world, "gathering", "beta manager")
    decisions.withdraw_proposal(actor=world.actor("beta manager"), proposal_id=withdrawn.pk, at=world.ago(29))
    sketch(world, "elsewhere", "gamma manager")
    shared = sketch(world, "gathering", "alpha representative")
    decisions.share_proposal(actor=world.actor("alpha representative"), proposal_id=shared.pk, at=world.ago(29))
    for matter, holder in (("gathering", "beta manager"), ("elsewhere", "gamma manager")):
        decisions.propose_by_engine(actor=world.actor(holder), matter_id=world.matters[matter], at=world.ago(28))
    _ask(world)
    _establish(world)
    agree(world)


def _ask(world: World) -> None:
    """A participant asks the coordination, which answers; it asks another, which has not; and the coordination asks it."""
    for matter, asker, other, lead in (("gathering", "alpha", "beta", "host"), ("elsewhere", "gamma", "other", "other")):
        own, coordinator = world.position(matter, asker), world.actor(f"{lead} coordinator")
        words = [world.cage.word(f"question {number} in {matter}", "read", LATER) for number in range(4)]
        plain = {"actor": world.actor(f"{asker} representative"), "position_id": own.pk, "at": world.ago(40)}
        asked = matters.ask_question(text=words[0], **plain)
        matters.answer_question(actor=coordinator, inquiry_id=asked.pk, answer=words[1], at=world.ago(39))
        of = world.organisations[other].pk
        matters.ask_question(text=words[2], asked_of=of, **plain)
        back = {"matter_id": world.matters[matter], "asked_of": own.organisation_id, "at": world.ago(38)}
        matters.ask_participant(actor=coordinator, text=words[3], **back)
        world.cage.settle(("inquiry", asked.pk))


def _establish(world: World) -> None:
    coordinator, matter = world.actor("host coordinator"), world.matters["decided"]
    matters.advance(actor=coordinator, matter_id=matter, to="weighing", at=world.ago(30))
    attempt = decisions.propose_by_engine(actor=coordinator, matter_id=matter, at=world.ago(29))
    chosen = attempt.proposals.get()
    decisions.choose_proposal(actor=coordinator, proposal_id=chosen.pk, at=world.ago(28))
    version = decisions.prepare_decision(actor=coordinator, matter_id=matter, at=world.ago(27))
    thing = ("decision", version.decision_id)
    until = clock.day(world.ago(27) + timedelta(days=5))
    decisions.open_consultation(actor=coordinator, version_id=version.pk, until=until, at=world.ago(27))
    for member in MEMBERS:
        decisions.answer_consultation(
            actor=world.actor(f"{member} manager"),
            version_id=version.pk,
            stance="supports_with_comment",
            text=world.cage.word(f"{member}'s answer to the consultation", "read", thing),
            at=world.ago(26),
        )
    _object(world, version.pk, thing)
    decisions.recommend(actor=coordinator, version_id=version.pk, at=world.ago(20))
    for member in MEMBERS:
        decisions.record_adoption(
            actor=world.actor(f"{member} manager"),
            version_id=version.pk,
            answer="adopted",
            body=world.cage.word(f"{member}'s body", "read", thing),
            decided_on=clock.day(world.ago(19)),
            at=world.ago(18),
        )
    decisions.establish(actor=coordinator, version_id=version.pk, at=world.ago(17))
    for member in MEMBERS:
        _follow(world, member, version.pk, thing)
    theme = world.cage.word("theme of an experience", "read", thing)
    told = Experience.objects.filter(version=version).order_by("shared_at", "pk")[0]
    adherence.sort_experience(actor=coordinator, experience_id=told.pk, theme=theme, at=world.ago(8))
    _help(world, version.pk)


def _object(world: World, version: str, thing: tuple[str, str]) -> None:
    """One member objects, is answered, and says that the answer is enough."""
    objecting, text = world.actor("beta manager"), world.cage.word("objection", "read", thing)
    answer = decisions.answer_consultation(
        actor=objecting, version_id=version, stance="objects", text=text, at=world.ago(25)
    )
    reply = world.cage.word("reply to an objection", "read", thing)
    coordinator = world.actor("host coordinator")
    decisions.reply_to_objection(actor=coordinator, answer_id=answer.pk, text=reply, at=world.ago(24))
    decisions.clear_objection(actor=objecting, answer_id=answer.pk, at=world.ago(23))


def _help(world: World, version: str) -> None:
    """One member already does so and offers help; another asks for it, and has an improvement of its own."""
    able, struggling = (world.actor(f"{member} representative") for member in tuple(MEMBERS)[:2])
    adherence.answer_following(actor=able, version_id=version, kind="already_so", at=world.ago(8))
    offer = adherence.offer_help(actor=able, version_id=version, text="We show how", at=world.ago(8))
    adherence.ask_for_help(actor=struggling, offer_id=offer.pk, text="How, on Sundays?", at=world.ago(7))
    soon = clock.day(world.ago(0) + timedelta(days=30))
    adherence.add_improvement(actor=struggling, version_id=version, text="A course", by=soon, at=world.ago(7))


def _follow(world: World, member: str, version: str, thing: tuple[str, str]) -> None:
    actor = world.actor(f"{member} representative")
    adherence.answer_following(
        actor=actor,
        version_id=version,
        kind="cannot",
        reason=world.cage.word(f"why {member} cannot follow", "read", thing),
        at=world.ago(10),
    )
    adherence.share_experience(
        actor=actor,
        version_id=version,
        tone="hinders",
        text=world.cage.word(f"{member}'s experience", "read", thing),
        at=world.ago(9),
    )
