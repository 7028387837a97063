"""Toolboxes, profiles and words of the demonstration: fictional services of real kinds, and laws as they are numbered."""

from __future__ import annotations

from samordna.cli.demo.world import Given, World
from samordna.domain.knowledge.operations import (
    Wording,
    explain_word,
    name_fact,
    open_service,
    write_profile,
)


def load_toolboxes(world: World, care: str) -> None:
    """Services with conditions that overlap and differ, one that nobody has confirmed for long, two profiles, one word."""
    facts = _facts(world)
    for place, age, wording in _services(facts):
        actor = world.answerer(place)
        open_service(
            actor=actor,
            role_id=str(actor.role_id),
            wording=Wording(**wording),
            valid_from=world.workday(-age),
            at=world.ago(age),
        )
    _profiles(world)
    meanings = {
        "region": "Läkaren bedömer att sjukhusets vård inte längre behövs.",
        "strandsala": "Hemmet är ordnat och hjälpen på plats.",
    }
    for place, text in meanings.items():
        if place in world.places:
            said: Given = {"collaboration_id": care, "word": "Utskrivningsklar", "text": text}
            explain_word(actor=world.answerer(place), at=world.ago(20), **said)


def _facts(world: World) -> dict[str, str]:
    region, at = world.answerer("region"), world.ago(210)
    named = {}
    for label, kind, options in (
        ("Får sjukpenning eller aktivitetsersättning", "yes_no", ()),
        ("Skrivs ut från sjukhus", "yes_no", ()),
        ("Sysselsättning", "choice", ("Arbete", "Studier", "Arbetssökande", "Sjukskriven", "Pension")),
    ):
        given: Given = {"organisation_id": world.places["region"], "label": label, "kind": kind, "options": options}
        named[label] = name_fact(actor=region, at=at, **given).pk
    return named


def _services(facts: dict[str, str]) -> list[tuple[str, int, Given]]:
    """Whose, how many days old, and what it says."""
    paid, home, work = facts.values()
    region = [
        (
            60,
            {
                "name": "Rehabiliteringskoordinator",
                "description": "En fast kontakt som samordnar vägen tillbaka till arbete.",
                "for_whom": "Den som är sjukskriven och behöver stöd för att komma tillbaka i arbete.",
                "how_to_apply": "Läkaren eller du själv kontaktar vårdcentralen.",
                "waiting": "omkring två veckor",
                "eligibility": [
                    {
                        "together": "all",
                        "criteria": [{"fact": paid, "one_of": ["yes"]}],
                    },
                    {"together": "all", "criteria": [{"fact": "age", "least": "16", "most": "67"}]},
                ],
            },
        ),
        (
            205,
            {
                "name": "Mobilt team vid hemgång",
                "description": "Läkare och sjuksköterska besöker hemmet de första tre dygnen efter utskrivning.",
                "eligibility": [
                    {"together": "all", "criteria": [{"fact": home, "one_of": ["yes"]}]},
                    {"together": "all", "criteria": [{"fact": "age", "least": "65", "says": "Du har fyllt 65 år"}]},
                ],
            },
        ),
    ]
    own = {
        "name": "Trygg hemgång",
        "description": "Hemtjänst dygnet runt under två veckor, med arbetsterapeut i hemmet.",
        "waiting": "ingen",
        "cost": "Ingår i hemtjänstavgiften",
        "eligibility": [
            {"together": "all", "criteria": [{"fact": home, "one_of": ["yes"]}]},
            {
                "together": "none",
                "criteria": [{"fact": work, "one_of": ["Arbete"], "says": "Den som arbetar"}],
            },
        ],
    }
    return [*(("region", age, wording) for age, wording in region), ("strandsala", 30, own)]


def _profiles(world: World) -> None:
    said: Given = {
        "mission": "Vi erbjuder vård på lika villkor till alla som bor i regionen.",
        "can": "Bedöma, behandla och rehabilitera. Skriva intyg.",
        "cannot": "Vi beslutar inte om sjukpenning eller hemtjänst.",
        "professions": "Läkare, sjuksköterskor, arbetsterapeuter, fysioterapeuter, kuratorer och psykologer.",
        "misunderstandings": "Många tror att läkaren bestämmer om ersättningen. Läkaren beskriver, kassan beslutar.",
        "legal": [
            {
                "law": "Hälso- och sjukvårdslagen (2017:30)",
                "chapter": "5",
                "paragraph": "1",
                "says": "god vård",
                "valid_from": "2017-04-01",
            },
            {
                "law": "Lagen (2017:612) om samverkan vid utskrivning",
                "chapter": "4",
                "says": "samordnad individuell planering",
                "valid_from": "2018-01-01",
            },
        ],
    }
    write_profile(actor=world.answerer("region"), organisation_id=world.places["region"], at=world.ago(100), **said)
    theirs: Given = {
        "mission": "Vi ger stöd, hjälp och service till dem som bor och vistas i kommunen.",
        "can": "Hemtjänst, särskilt boende, försörjningsstöd, boendestöd.",
        "cannot": "Vi ger inte sjukvård som kräver läkare och beslutar inte om sjukpenning.",
        "professions": "Biståndshandläggare, socialsekreterare, undersköterskor, arbetsterapeuter.",
        "misunderstandings": "Hemtjänst är ett beslut efter ansökan; den kan inte ordineras.",
        "legal": [{"law": "Socialtjänstlagen (2025:400)", "says": "stöd till äldre", "valid_from": "2025-07-01"}],
    }
    if "strandsala" in world.places:
        write_profile(
            actor=world.answerer("strandsala"), organisation_id=world.places["strandsala"], at=world.ago(80), **theirs
        )
