"""The managers' forum: two meetings that have been held and minuted, and the next one with its agenda. All fictional."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from samordna.cli.demo.cast import CARE_PLACES
from samordna.cli.demo.sitting import Taken, Voices, minuted, planned, sit
from samordna.cli.demo.world import Given, World
from samordna.core import clock
from samordna.domain.forums import operations as forums
from samordna.domain.minutes import operations as minutes
from samordna.domain.proceedings import operations as proceedings

if TYPE_CHECKING:
    from samordna.domain.forums.models import Forum

MANAGERS = tuple(f"{place}-chef" for place in CARE_PLACES)
CHECKLIST = "Ta fram en checklista för det första samtalet med hemkommunen"
COSTS = "Räkna på vad jourtelefonen kostar per invånare och år"
VISITS, ALONE, MEDICINE = "Hemgång på helger", "Trygg hemgång för den som bor ensam", "Läkemedel vid hemgång"
HALF_A_YEAR_AGO = (
    Taken(
        kind="information",
        title="Läget på sjukhusen",
        purpose="Alla vet hur många som väntar på att få komma hem.",
        note="Regionen redovisade: 31 personer väntade i snitt, mot 38 ett år tidigare. Flest väntar på en plats i korttidsboende.",
    ),
    Taken(
        kind="decision",
        title="När planeringen av hemgången börjar",
        purpose="Samma start i hela länet, så att avdelningarna vet vad som gäller.",
        note=(
            "Granvattna har ingen biståndshandläggare i tjänst på helger och kan inte lova ett dygn. "
            "Forumet ändrade förslaget till nästa vardag."
        ),
        minutes=30,
        area="Utskrivning",
        asked=Voices(
            text="Planeringen av hemgången börjar senast ett dygn efter inskrivningen.",
            objects=(
                "granvattna-chef",
                "Vi har ingen biståndshandläggare i tjänst på helger, så ett dygn går inte att hålla.",
                "Med nästa vardag i texten fungerar det för oss också.",
            ),
            everybody="",
            says={"granvattna-chef": "yes", "strandsala-chef": "yes"},
            statement="Planeringen av hemgången börjar senast nästa vardag efter inskrivningen.",
        ),
        todo=(CHECKLIST, "region-rep", 30),
    ),
    Taken(
        kind="planning",
        title="Studiebesök hos varandra",
        purpose="Välj var vi börjar.",
        note="Vi börjar hos Strandsalas hemgångsteam. Samordnaren bjuder in.",
    ),
)
TWO_MONTHS_AGO = (
    Taken(
        kind="information",
        title="Avvikelser sedan sist",
        purpose="Vi ser vad som behöver ändras.",
        note="14 avvikelser. De flesta gäller att ingen svarar i hemkommunen efter klockan 16 på fredagar.",
    ),
    Taken(
        kind="decision",
        title="Gemensam jourtelefon på helger",
        purpose="Avdelningen ska nå hemkommunen också på en lördag.",
        note="Kommunerna delar på tjänstgöringen. Holmö ville vänta tills kostnaden är uträknad.",
        minutes=30,
        area="Utskrivning",
        asked=Voices(
            text="Vi prövar en gemensam jourtelefon på lördagar och söndagar i sex månader.",
            method="majority",
            says={"holmo-chef": "no", "it-chef": "abstain"},
            reserves=(
                "holmo-chef",
                "Holmö kan inte delta i tjänstgöringen innan vi vet vad den kostar oss. Färjan går inte på lördagskvällar.",
            ),
        ),
        todo=(COSTS, "kvarnforsa-rep", 45),
    ),
    Taken(
        kind="decision",
        title="Tema för nästa planeringsdag",
        purpose="Ett tema som alla har nytta av.",
        note="Alla tre teman behövs. Det som inte väljs nu tas upp vid nästa tillfälle.",
        area="Utskrivning",
        asked=Voices(
            text="Tema för nästa planeringsdag:",
            method="ranked",
            options=(VISITS, ALONE, MEDICINE),
            says={
                key: (VISITS, ALONE, MEDICINE) if number % 3 else (ALONE, MEDICINE, VISITS)
                for number, key in enumerate(MANAGERS)
            },
        ),
        todo=("Bjud in patientnämnden till planeringsdagen", "strandsala-rep", 75),
    ),
)
BY_TELEPHONE, BY_MESSAGE, BY_VIDEO = "Telefon till jourtelefonen", "Meddelande i planeringssystemet", "Kort videomöte"
LATELY = (
    Taken(
        kind="decision",
        title="Vem som leder jourtelefonens försök",
        purpose="Någon behöver hålla ihop schemat under de sex månaderna.",
        note="Alla har hörts. Holmö påminner om sin reservation. Samordnaren beslutar inom sitt mandat.",
        area="Utskrivning",
        asked=Voices(
            text="Kvarnforsa leder försöket med jourtelefonen och lägger schemat.",
            method="coordinator",
            says={"holmo-chef": "abstain"},
            decides="yes",
        ),
    ),
    Taken(
        kind="decision",
        title="Så når avdelningen hemkommunen på en lördag",
        purpose="Välj det som flest kan leva med.",
        note="Var och en har sagt vad den kan godta. Telefonen fungerar för alla utom it, som helst ser meddelanden.",
        area="Utskrivning",
        asked=Voices(
            text="Så når avdelningen hemkommunen på helger:",
            method="approval",
            options=(BY_TELEPHONE, BY_MESSAGE, BY_VIDEO),
            everybody=(BY_TELEPHONE, BY_MESSAGE),
            says={"holmo-chef": (BY_TELEPHONE,), "it-chef": (BY_MESSAGE, BY_VIDEO), "region-chef": (BY_TELEPHONE,)},
        ),
        todo=("Lägg schemat för jourtelefonens första månad", "kvarnforsa-rep", 30),
    ),
)
AGENDA = (
    ("samordnare", "information", "Läget i frågorna", "Alla vet vad som väntar på vem.", 10, ""),
    ("strandsala-rep", "discussion", "Hemgång på helger", "Vi behöver höra hur ni andra bemannar.", 30, ""),
    (
        "region-rep",
        "decision",
        "Gemensam rutin för samordnad individuell plan",
        "Anta rutinen.",
        20,
        "Samordnad individuell plan",
    ),
    (
        "it-rep",
        "decision",
        "Ny leverantör av meddelandetjänsten",
        "Vi behöver ett besked innan avtalet löper ut.",
        15,
        "Gemensamt it-stöd",
    ),
    ("samordnare", "planning", "Nästa planeringsdag", "Fördela vem som ansvarar för vad.", 15, ""),
)


def held_before(world: World, forum: Forum) -> None:
    """Half a year ago by consent, two months ago by other methods; both with locked minutes."""
    first = planned(world, forum, world.workday(-185), (13, 15), 20)
    away = ("it-chef",)
    points = sit(world, forum, first, HALF_A_YEAR_AGO, [key for key in MANAGERS if key not in away], away)
    day = first.starts_at
    minuted(world, first, ("region-chef",), sent=day + timedelta(days=2), lock=day + timedelta(days=9))
    note = "I punkten om läget ska det stå 41 personer ett år tidigare, inte 38."
    about: Given = {"meeting_id": first.pk, "at": day + timedelta(days=12)}
    minutes.note_correction(actor=world.coordinator(), text=note, **about)
    done = "Checklistan prövades på två avdelningar och finns nu hos alla."
    at = day + timedelta(days=28)
    proceedings.finish_action_point(actor=world.actor("region-rep"), point_id=points[CHECKLIST], note=done, at=at)
    second = planned(world, forum, world.workday(-63), (13, 15), 20)
    away = ("granvattna-chef",)
    sit(world, forum, second, TWO_MONTHS_AGO, [key for key in MANAGERS if key not in away], away)
    day = second.starts_at
    by = ("region-chef", "lindemala-chef")
    minuted(world, second, by, sent=day + timedelta(days=3), lock=day + timedelta(days=12))


def held_lately(world: World, forum: Forum) -> None:
    """An extra meeting on the telephone: the coordinator decides, and what most can accept. Its minutes are adjusted."""
    extra = planned(world, forum, world.workday(-16), (8, 9), 10, "Extra möte om jourtelefonen")
    away = ("granvattna-chef",)
    sit(world, forum, extra, LATELY, [key for key in MANAGERS if key not in away], away)
    by, sent = ("region-chef", "holmo-chef"), extra.starts_at + timedelta(days=1)
    minuted(world, extra, by, sent=sent)
    for key in by:
        at = sent + timedelta(days=2)
        minutes.agree_to_minutes(actor=world.actor(key), meeting_id=extra.pk, number=1, at=at)


def ahead(world: World, forum: Forum) -> None:
    """The next meeting: what it is to take up, who has asked for it, what to read before it, and who comes."""
    own, on = world.coordinator(), world.workday(24)
    hours: Given = {"begins": clock.noon(on).time().replace(hour=13), "ends": clock.noon(on).time().replace(hour=15)}
    at = world.ago(12)
    meeting = forums.plan_meeting(actor=own, forum_id=forum.pk, on=on, at=at, **hours)
    for key, kind, title, purpose, minutes_long, area in AGENDA:
        given: Given = {"title": title, "purpose": purpose, "minutes": minutes_long, "meeting_id": meeting.pk}
        given["area_id"] = world.areas[area] if area else ""
        item = forums.raise_item(actor=world.actor(key), forum_id=forum.pk, kind=kind, at=at, **given)
        if title == VISITS:
            _papers(world, item.pk)
    waiting: Given = {"kind": "discussion", "title": "Gemensam introduktion för nya medarbetare"}
    forums.raise_item(actor=world.actor("strandsala-rep"), forum_id=forum.pk, at=at, **waiting)
    forums.call_meeting(actor=own, meeting_id=meeting.pk, at=world.ago(8))
    for key in ("strandsala-chef", "bjorkhede-chef", "lindemala-chef"):
        forums.answer_call(actor=world.actor(key), meeting_id=meeting.pk, says="comes", at=world.ago(6))
    forums.answer_call(actor=world.actor("holmo-chef"), meeting_id=meeting.pk, says="cannot", at=world.ago(5))


def _papers(world: World, item: str) -> None:
    """A link and a text to read before an item."""
    at, who = world.ago(11), world.actor("strandsala-rep")
    address = "https://strandsala.example/hemgang-pa-helger.pdf"
    forums.add_paper(actor=who, item_id=item, name="Strandsalas bemanning på helger", address=address, at=at)
    text = (
        "1. Hur många kan ni ta emot på en lördag?\n2. Vem beslutar om insatser när handläggaren är ledig?\n"
        "3. Vad skulle krävas för att ni skulle kunna ta emot fler?"
    )
    forums.add_paper(actor=who, item_id=item, name="Frågor att fundera på före mötet", text=text, at=at)
