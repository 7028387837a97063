"""Loads the nation: twenty-one regions with a decision that each follows its own way, and all the municipalities.

It takes a minute or so, which is why the demonstration answers with the county first and the nation comes while one looks.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from samordna.cli.demo import municipalities
from samordna.cli.demo.answering import small_matter
from samordna.cli.demo.cast import PLACES
from samordna.cli.demo.guidelines import load_guidelines
from samordna.cli.demo.national import LISTING, PATHWAY, RECORD
from samordna.cli.demo.pictures import national
from samordna.cli.demo.regions import EVERYBODY, OFFICE, REGIONS, place_of
from samordna.cli.demo.starting import register, start
from samordna.cli.demo.within import load_within
from samordna.cli.demo.world import World
from samordna.core import clock
from samordna.core.actor import Actor
from samordna.domain.adherence import operations as adherence
from samordna.domain.decisions import operations as decisions
from samordna.domain.organisations.demo import demo_cast

WHY = "load the demonstration world"
NOT_YET = ("gotvik", "blahall", "asmark", "fjallmark")
"""Who has not decided to introduce the care pathway; the others adopted it one by one."""


def load_more(now: datetime | None = None, *, how_many: int = municipalities.COUNT) -> None:
    """What is not there yet of the nation and of its `how_many` municipalities."""
    world = _as_loaded(World(now=now or clock.now()))
    if OFFICE.people[0].key not in world.holdings:
        load_guidelines(world)
        load_within(world)
        load_nation(world)
    if municipalities.OFFICE.people[0].key not in world.holdings:
        load_municipalities(world, how_many)


def _as_loaded(world: World) -> World:
    """The world as it was left: the county's organisations and people, and whoever else is there."""
    cast = demo_cast(world.now)
    world.holdings = {key: holding for key, (holding, _, _) in cast.items()}
    world.places = {place.key: cast[place.people[0].key][2] for place in PLACES}
    return world


def load_municipalities(world: World, how_many: int) -> None:
    """One question that all municipalities have answered, weighed by the engine."""
    system, long_ago = Actor.command(WHY), world.ago(680)
    everybody = municipalities.municipalities(how_many)
    for place in (municipalities.OFFICE, *map(municipalities.place_of, everybody)):
        register(world, place, system, long_ago)
    world.leader = municipalities.OFFICE.people[0].key
    made = start(
        world,
        "Socialtjänst i samverkan",
        "voluntary",
        [each.key for each in everybody],
        {"Gemensamma e-tjänster": ""},
        municipalities.picture_of(everybody),
        purpose="Den som behöver stöd ska mötas av en tjänst som fungerar lika väl i en liten kommun som i en stor.",
        target_group="Alla som kan ha rätt till ekonomiskt bistånd.",
        criteria=[{"kind": "includes", "subject": "ålder", "operator": "at_least", "value": "18"}],
    )
    small_matter(world, made, municipalities.application_matter(how_many), world.ago(40))
    world.leader = "samordnare"


def load_nation(world: World) -> None:
    """The regions' collaboration, after the county has been loaded: Region Fjärdsland takes part in both."""
    system, long_ago = Actor.command(WHY), world.ago(690)
    for place in (OFFICE, *map(place_of, REGIONS)):
        register(world, place, system, long_ago)
    world.leader = OFFICE.people[0].key
    made = start(
        world,
        "Regioner i samverkan",
        "voluntary",
        EVERYBODY,
        {"Journalen på nätet": "", "Vårdförlopp": "", "Listning": ""},
        national(EVERYBODY),
        purpose="Den som flyttar eller söker vård i en annan region ska känna igen sig.",
        target_group="Alla som har rätt till vård i någon av våra regioner.",
        criteria=[{"kind": "includes", "subject": "vårdgivare", "operator": "is", "value": "region"}],
    )
    for matter, age in ((PATHWAY, 380), (RECORD, 30), (LISTING, 25)):
        small_matter(world, made, matter, world.ago(age), decide_in_the_nation)
    world.leader = "samordnare"


def decide_in_the_nation(
    world: World, aspects: Mapping[str, str], stage: str, matter: str, proposal: str, at: datetime
) -> None:
    """A decision that holds for those who adopt it, with its consultation, adoptions and first answers."""
    actor = world.coordinator()
    decisions.choose_proposal(actor=actor, proposal_id=proposal, at=at)
    version = decisions.prepare_decision(
        actor=actor, matter_id=matter, comes_into_force="adopters", review_on=clock.day(at + timedelta(days=730)), at=at
    )
    until = clock.day(at + timedelta(days=60))
    decisions.open_consultation(actor=actor, version_id=version.pk, until=until, at=at)
    for place in EVERYBODY:
        decisions.answer_consultation(
            actor=world.answerer(place), version_id=version.pk, stance="supports", at=at + timedelta(days=10)
        )
    decisions.recommend(actor=actor, version_id=version.pk, at=at + timedelta(days=61))
    for days, place in enumerate(place for place in EVERYBODY if place not in NOT_YET):
        decisions.record_adoption(
            actor=world.actor(f"{place}-chef"),
            version_id=version.pk,
            answer="adopted",
            body="Hälso- och sjukvårdsnämnden",
            decided_on=clock.day(at + timedelta(days=65 + days)),
            paragraph=f"§ {31 + days}",
            at=at + timedelta(days=65 + days),
        )
    start_at = at + timedelta(days=95)
    decisions.establish(actor=actor, version_id=version.pk, in_force_from=clock.day(start_at), at=at + timedelta(days=90))
    _follow(world, version.pk, start_at)


def _follow(world: World, version: str, at: datetime) -> None:
    soon = clock.day(world.now + timedelta(days=90))
    already: dict[str, Any] = {"kind": "already_so"}
    change = {
        "kind": "will_change",
        "by": soon,
        "actions": "Artrosskola startar på tre vårdcentraler till, därefter på resten.",
    }
    answers: dict[str, dict[str, Any]] = dict.fromkeys(("norrvidda", "jarnbygd", "sydslatt", "vastanhed"), already)
    answers |= dict.fromkeys(("region", "medelbygd", "helgedalen", "dalmark", "ostana", "vatterbygd", "hallvik"), change)
    answers["angerasen"] = {"kind": "cannot", "reason": "Två av tre fysioterapeuter har slutat. Vi når inte alla i tid."}
    answers["roslunda"] = {
        "kind": "will_not",
        "reason": "Vårdvalet ger oss inget sätt att styra vem som gör första bedömningen.",
    }
    for days, (place, given) in enumerate(answers.items()):
        adherence.answer_following(
            actor=world.answerer(place), version_id=version, at=at + timedelta(days=20 + days), **given
        )
