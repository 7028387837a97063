"""Questionnaires, waves, feedback and thanks of two collaborations of the canary world: canaries in all their words."""

from __future__ import annotations

from datetime import timedelta

from samordna.core import clock
from samordna.domain.assessments import operations as do
from samordna.domain.assessments.models import WaveReply
from tests.access.canary.world import World


def assess(world: World) -> None:
    """One wave that has closed with answers, and one that is open with a draft, a group and links."""
    for name, leader, giver, receiver in (("care", "host", "alpha", "beta"), ("work", "other", "gamma", "other")):
        _assess(world, name, leader, giver, receiver)


def _assess(world: World, name: str, leader: str, giver: str, receiver: str) -> None:
    at, collaboration = world.ago(20), world.collaborations[name]
    coordinator, own = world.actor(f"{leader} coordinator"), world.actor(f"{giver} manager")
    thing = ("collaboration", collaboration)

    def word(what: str) -> str:
        return world.cage.word(f"{what} in {name}", "read", thing)

    made = do.start_questionnaire(
        actor=coordinator, collaboration_id=collaboration, title=word("title of a questionnaire"), at=at
    )
    given = {"actor": coordinator, "questionnaire_id": made.pk, "at": at}
    heading, asked = word("heading of questions"), word("a question")
    do.add_question(**given, kind="single", text=asked, options=[word("an alternative"), "Nej"], section=heading)
    do.add_question(**given, kind="text", text="Egna ord")
    days = {"opens_on": clock.day(at), "closes_on": clock.day(at) + timedelta(days=5)}
    closed = do.plan_wave(**given, **days, title=word("title of a wave"), why=word("what a wave is for"))
    rows = [{"q1": "0", "q2": word("own words of many")}] * 6
    WaveReply.objects.bulk_create(
        WaveReply(wave=closed, organisation=world.organisations[giver], values=values) for values in rows
    )
    now = {"opens_on": clock.day(at), "closes_on": clock.day(world.now) + timedelta(days=5)}
    running = do.plan_wave(**given, **now)
    kept = world.cage.word(f"a draft of {giver}'s manager", "label", ("person", own.person_id))
    do.keep_draft(actor=own, wave_id=running.pk, typed={"q2": [kept]}, at=world.ago(2))
    group = world.cage.word(f"a group that does not sign in, of {name}", "lead", thing)
    outside = do.add_group(actor=coordinator, wave_id=running.pk, name=group, at=world.ago(2))
    do.make_links(actor=coordinator, group_id=outside.pk, number=2, at=world.ago(2))
    said = {"actor": own, "collaboration_id": collaboration, "at": world.ago(3)}
    first = do.give_feedback(**said, text=word("feedback"))
    do.give_feedback(**said, text=word("feedback without an answer"))
    what = word("what was done about feedback")
    do.answer_feedback(actor=coordinator, feedback_id=first.pk, outcome="changed", answer=what, at=world.ago(2))
    thanked = world.organisations[receiver].pk
    do.thank_organisation(**said, organisation_id=thanked, text=word("thanks"), helped=word("what it helped"))
