"""Loads the demonstration world through the same operations that people use, so that its journal is a real one."""

from __future__ import annotations

from datetime import datetime, timedelta

from samordna.cli.demo.agreeing import documents
from samordna.cli.demo.answering import payment_matter, small_matter
from samordna.cli.demo.asking import ask_in_waves, listen
from samordna.cli.demo.cast import CARE_PLACES, LENDERS, PLACES
from samordna.cli.demo.changing import load_changes
from samordna.cli.demo.crisis import load_crisis
from samordna.cli.demo.introducing import load_introductions
from samordna.cli.demo.measuring import load_followup
from samordna.cli.demo.meeting import load_forums
from samordna.cli.demo.others import INTRODUCTION, PARKING, SMALL_MATTERS
from samordna.cli.demo.pictures import CARE, WORK
from samordna.cli.demo.reorganising import plan_merger
from samordna.cli.demo.reporting import report_last_year, report_this_year
from samordna.cli.demo.roles import load_roles
from samordna.cli.demo.sip import SIP, adopted_and_replaced
from samordna.cli.demo.starting import register, start
from samordna.cli.demo.toolboxes import load_toolboxes
from samordna.cli.demo.world import World
from samordna.core import clock
from samordna.core.actor import Actor
from samordna.domain.collaborations import operations as collaborations
from samordna.domain.organisations import operations as organisations

WHY = "load the demonstration world"
WORDING = (
    "Samordningen får för vår räkning bestämma gemensamma arbetssätt och ersättningar vid utskrivning från slutenvård."
)


def load(now: datetime | None = None) -> World:
    """Build the whole world; some seconds, a few thousand journal entries."""
    world = World(now=now or clock.now())
    system, long_ago = Actor.command(WHY), world.ago(700)
    for place in PLACES:
        register(world, place, system, long_ago)
    care = _care_collaboration(world)
    for age, small in zip((300, 60, 45, 40, 200, 10), SMALL_MATTERS, strict=True):
        small_matter(world, care, small, world.ago(age))
    small_matter(world, care, SIP, world.ago(130), adopted_and_replaced)
    small_matter(world, care, PARKING, world.ago(90))
    payment_matter(world, care)
    documents(world, care)
    load_roles(world, care)
    load_followup(world, care, load_forums(world, care))
    report_last_year(world, care)
    load_changes(world, care)
    ask_in_waves(world, care)
    listen(world, care)
    load_toolboxes(world, care)
    load_introductions(world, care)
    report_this_year(world, care)
    _work_collaboration(world)
    load_crisis(world)
    plan_merger(world)
    _stand_in(world)
    return world


def _stand_in(world: World) -> None:
    """Two small municipalities help each other: while one manager is away, the other's holds both roles."""
    first, last = world.ago(3), world.ago(-25)
    organisations.appoint_deputy(
        actor=world.actor("holmo-chef"),
        holding_id=world.holdings["holmo-chef"],
        email="granvattna-chef@demo.example",
        valid_from=clock.day(first),
        valid_to=clock.day(last),
        at=first,
    )


def _lend(world: World, collaboration: str, place: str, area: str, wording: str, *, following: str = "must") -> str:
    clause = {
        "area_id": world.areas[area],
        "coordination_decides": True,
        "participants_no_longer_decide": True,
        "following": following,
    }
    mandate = collaborations.give_mandate(
        actor=world.actor(f"{place}-chef"),
        collaboration_id=collaboration,
        form="lent",
        wording=wording,
        source="Delegationsbeslut 2025 § 14",
        notice_days=90,
        clauses=[clause],
        valid_from=clock.day(world.ago(600)),
        at=world.ago(600),
    )
    return mandate.pk


def _care_collaboration(world: World) -> str:
    areas = {
        "Utskrivning": "",
        "Betalningsansvar": "Utskrivning",
        "Samordnad individuell plan": "",
        "Gemensamt it-stöd": "",
    }
    criteria = [
        {"kind": "includes", "subject": "län", "operator": "is", "value": "Fjärdslands län"},
        {"kind": "includes", "subject": "ålder", "operator": "at_least", "value": "18"},
        {"kind": "includes", "subject": "huvudmän", "operator": "is", "value": "både region och kommun"},
        {"kind": "excludes", "subject": "vårdform", "operator": "is", "value": "rättspsykiatrisk vård"},
    ]
    made = start(
        world,
        "Vårdsamverkan Fjärdsland",
        "conditional",
        CARE_PLACES,
        areas,
        CARE,
        notice_days=180,
        purpose="Den som behöver vård och omsorg från både region och kommun ska mötas av en helhet.",
        target_group="Vuxna som skrivs ut från sjukhus och behöver insatser från både region och kommun.",
        criteria=criteria,
    )
    for place in LENDERS:
        mandate = _lend(world, made, place, "Utskrivning", WORDING)
        if place == "bjorkhede":
            why = "Nämnderna slås ihop vid årsskiftet. Den nya nämnden prövar mandatet på nytt."
            chief = world.actor("bjorkhede-chef")
            collaborations.give_notice(actor=chief, mandate_id=mandate, reason=why, at=world.ago(10))
    return made


def _work_collaboration(world: World) -> None:
    made = start(
        world,
        "Samordnad rehabilitering Fjärdsland",
        "voluntary",
        ("arbete", "kassa", "region", "strandsala"),
        {"Gemensamma arbetssätt": "", "Insatser": ""},
        WORK,
        purpose="Människor mellan våra uppdrag ska få stöd som hänger ihop och leder till arbete eller studier.",
        target_group="Personer 16–64 år som behöver stöd från minst två av oss.",
        criteria=[
            {"kind": "includes", "subject": "ålder", "operator": "at_least", "value": "16"},
            {"kind": "includes", "subject": "ålder", "operator": "at_most", "value": "64"},
        ],
    )
    for place in ("arbete", "kassa"):
        mandate = _lend(world, made, place, "Gemensamma arbetssätt", "Samordnaren får besluta om gemensam introduktion.")
        if place == "arbete":
            why = "Ny arbetsordning: beslut om introduktion fattas nationellt."
            chief = world.actor("arbete-chef")
            collaborations.revoke_mandate(actor=chief, mandate_id=mandate, reason=why, at=world.ago(20))
    small_matter(world, made, INTRODUCTION, world.ago(12))
    collaborations.change_depth(
        actor=world.coordinator(),
        collaboration_id=made,
        depth="conditional",
        notice_days=60,
        reason="När någon byter handläggare stannar arbetet. Den som är med ska också följa det vi har kommit överens om.",
        starts_on=clock.day(world.now) + timedelta(days=75),
        at=world.ago(5),
    )
