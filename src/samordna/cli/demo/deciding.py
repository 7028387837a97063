"""The demonstration's decisions: from a chosen proposal to what following it taught."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from samordna.cli.demo.cast import CARE_PLACES
from samordna.cli.demo.world import World
from samordna.core import clock
from samordna.domain.adherence import operations as adherence
from samordna.domain.decisions import operations as decisions


def decide(world: World, aspects: Mapping[str, str], stage: str, matter: str, proposal: str, at: datetime) -> None:
    actor = world.actor("samordnare")
    decisions.choose_proposal(actor=actor, proposal_id=proposal, at=at)
    version = decisions.prepare_decision(
        actor=actor, matter_id=matter, comes_into_force="all", review_on=clock.day(at + timedelta(days=400)), at=at
    )
    until = clock.day(at + timedelta(days=60))
    decisions.open_consultation(actor=actor, version_id=version.pk, until=until, at=at)
    answering = ("strandsala", "lindemala") if stage == "consultation" else CARE_PLACES
    for place in answering:
        decisions.answer_consultation(
            actor=world.answerer(place), version_id=version.pk, stance="supports", at=at + timedelta(days=3)
        )
    if stage == "consultation":
        _object(world, version.pk, at)
        return
    decisions.recommend(actor=actor, version_id=version.pk, at=at + timedelta(days=20))
    for place in ("region",) if stage == "recommended" else ("region", "holmo"):
        decisions.record_adoption(
            actor=world.actor(f"{place}-chef"),
            version_id=version.pk,
            answer="adopted",
            body="Hälso- och sjukvårdsnämnden" if place == "region" else "Kommunstyrelsen",
            decided_on=clock.day(at + timedelta(days=30)),
            paragraph="§ 48",
            at=at + timedelta(days=30),
        )
    if stage == "recommended":
        return
    start = at + timedelta(days=45)
    decisions.establish(actor=actor, version_id=version.pk, in_force_from=clock.day(start), at=at + timedelta(days=40))
    _follow(world, version.pk, aspects, start)


def _object(world: World, version: str, at: datetime) -> None:
    """A named objection that has been answered and waits for its maker's word."""
    objection = decisions.answer_consultation(
        actor=world.answerer("bjorkhede"),
        version_id=version,
        stance="objects",
        text="Vi kan inte börja förrän vakanserna i hemtjänsten är tillsatta.",
        at=at + timedelta(days=4),
    )
    decisions.reply_to_objection(
        actor=world.actor("samordnare"),
        answer_id=objection.pk,
        text="Ni kan anta beslutet med en egen dag för ikraftträdande. Räcker det?",
        at=at + timedelta(days=5),
    )


def _follow(world: World, version: str, aspects: Mapping[str, str], start: datetime) -> None:
    """Four honest answers, one silence, and what was learnt."""
    soon = clock.day(world.now + timedelta(days=60))
    answers: dict[str, dict[str, Any]] = {
        "region": {"kind": "already_so"},
        "strandsala": {"kind": "already_so"},
        "kvarnforsa": {
            "kind": "will_change",
            "by": soon,
            "actions": "Två undersköterskor får uppdraget fast omsorgskontakt.",
        },
        "lindemala": {
            "kind": "will_change",
            "by": soon,
            "actions": "Schemat görs om så att någon kan ringa även söndagar.",
        },
        "bjorkhede": {"kind": "cannot", "reason": "Vakanser i hemtjänsten. Vi klarar två dygn tills de är tillsatta."},
        "holmo": {"kind": "already_so"},
        "granvattna": {"kind": "will_not", "reason": "Vi ser ingen vinst för de få som skrivs ut hos oss."},
    }
    for days, (place, given) in enumerate(answers.items()):
        adherence.answer_following(
            actor=world.answerer(place), version_id=version, at=start + timedelta(days=10 + days), **given
        )
    _tell(world, version, aspects, start)
    _help(world, version, start)


def _tell(world: World, version: str, aspects: Mapping[str, str], start: datetime) -> None:
    """What was learnt, each under a theme."""
    told = (
        (
            "strandsala",
            "Kontakt inom",
            "helps",
            "Vi fångar upp läkemedelsfrågor innan de blir akuta.",
            "Färre återinläggningar.",
        ),
        (
            "holmo",
            "Vem kontaktar",
            "hinders",
            "När färjan är inställd når vi ingen distriktssköterska.",
            "Den enskilde får vänta.",
        ),
    )
    for place, aspect, tone, text, effect in told:
        experience = adherence.share_experience(
            actor=world.answerer(place),
            version_id=version,
            aspect_id=aspects[aspect],
            tone=tone,
            text=text,
            effect=effect,
            at=start + timedelta(days=60),
        )
        theme = "Öar och avstånd" if place == "holmo" else "Läkemedel"
        adherence.sort_experience(
            actor=world.actor("samordnare"), experience_id=experience.pk, theme=theme, at=start + timedelta(days=70)
        )


def _help(world: World, version: str, start: datetime) -> None:
    """Who already does so offers help, who promises asks for it, and the coordinator has looked back once."""
    offer = adherence.offer_help(
        actor=world.answerer("strandsala"),
        version_id=version,
        text="Vi visar gärna hur vi lade om schemat så att någon kan ringa alla dagar.",
        at=start + timedelta(days=40),
    )
    adherence.ask_for_help(
        actor=world.answerer("lindemala"),
        offer_id=offer.pk,
        text="Hur gjorde ni med söndagarna?",
        at=start + timedelta(days=41),
    )
    adherence.review_decision(
        actor=world.actor("samordnare"),
        version_id=version,
        outcome="keep",
        conclusion="De flesta gör redan så. Öarna behöver en egen väg när färjan är inställd; det prövas vid nästa översyn.",
        next_on=clock.day(world.now + timedelta(days=90)),
        at=start + timedelta(days=80),
    )
