"""Introductions: one that is shared by all, and three people who have come to different points of it. All fictional."""

from __future__ import annotations

from samordna.cli.demo.world import Given, World
from samordna.core import clock
from samordna.domain.introductions import operations as introductions

WHY = (
    "Den som är ny ska veta varför vi samverkar om hemgången, vilka de andra är, vad vi har lovat varandra och hur vi "
    "beslutar. Efteråt ska man våga ringa vem som helst av dem."
)
NEWCOMERS = ("region-rep", "strandsala-rep", "kvarnforsa-rep")
STEPS: tuple[Given, ...] = (
    {
        "kind": "read",
        "what": "Läs vad vi är överens om",
        "words": "Syftet, målgruppen och det som varje organisation har lovat. Notera det du undrar över.",
        "minutes": 30,
        "by_days": 7,
    },
    {
        "kind": "meet",
        "what": "Träffa samordnaren",
        "words": "En kvart räcker. Ta med det du undrade över.",
        "minutes": 20,
        "by_days": 14,
    },
    {
        "kind": "visit",
        "what": "Besök dem som tar emot",
        "words": "Följ med en halv dag hos en annan organisation än din egen.",
        "minutes": 240,
        "by_days": 45,
    },
    {
        "kind": "try",
        "what": "Pröva en övningssituation",
        "words": "Karin, 84, kan åka hem på fredag eftermiddag. Vem ringer du, och vad behöver du veta?",
        "minutes": 25,
        "by_days": 60,
    },
)
DONE = (
    *(("region-rep", "read", 30), ("region-rep", "meet", 26), ("region-rep", "visit", 12), ("region-rep", "try", 10)),
    *(("strandsala-rep", "read", 31), ("strandsala-rep", "meet", 24)),
    ("kvarnforsa-rep", "read", 8),
)


def load_introductions(world: World, care: str) -> None:
    """Region has done it all, Strandsala is under way, and Kvarnforsa has something left that is late."""
    coordinator, at = world.actor("samordnare"), world.ago(36)
    named = [f"role:{world.roles[key]}" for key in NEWCOMERS]
    given: Given = {"name": "Ny i samverkan om hemgång", "why": WHY, "for_whom": named, "renewed_after": 36}
    made = introductions.begin_programme(actor=coordinator, collaboration_id=care, at=at, **given)
    leads = (f"organisation:{world.places['region']}", f"role:{world.roles['samordnare']}", "", "")
    steps: dict[str, str] = {}
    for step, about in zip(STEPS, leads, strict=True):
        added = introductions.add_step(actor=coordinator, programme_id=made.pk, about=about, at=at, **step)
        steps[step["kind"]] = added.pk
    introductions.publish_programme(actor=coordinator, programme_id=made.pk, present=True, at=at)
    for who, kind, ago in DONE:
        introductions.mark_step_done(actor=world.actor(who), step_id=steps[kind], at=world.ago(ago))
    introductions.fill_in_earlier_training(
        actor=world.actor("region-chef"),
        holding_id=world.holdings["region-rep"],
        what="Samverkan och samordning, 7,5 hp",
        on=clock.day(world.ago(400)),
        note="Kursintyg finns hos chefen",
        at=world.ago(9),
    )
