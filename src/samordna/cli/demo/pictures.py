"""The demonstration's purposes, pictures, goals and needs: who sees what, and who sees it differently."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal

from samordna.cli.demo.world import World
from samordna.core import clock
from samordna.domain.collaborations import operations as collaborations


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """A goal: from a baseline to a target within so many days."""

    what: str
    indicator: str
    unit: str
    direction: str
    baseline: str
    target: str
    within: int
    source: str
    kind: str = "result"


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """How one place sees it. `differs` maps a point's key to how it is seen instead; all other points are agreed to.

    Without `words` the place has not confirmed the purpose, and has said nothing of the points.
    """

    need: str
    reason: str
    words: str = ""
    differs: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """Everything of one collaboration. `points` maps a key to (kind, text); the view of "" is the coordination's."""

    aims: tuple[Aim, ...]
    points: Mapping[str, tuple[str, str]]
    views: Mapping[str, View]


CARE = Picture(
    aims=(
        Aim(
            what="Färre väntar på sjukhus fast de kan åka hem",
            indicator="Dygn som utskrivningsklara väntar, per 1 000 invånare och år",
            unit="dygn",
            direction="down",
            baseline="31",
            target="20",
            within=500,
            source="Regionens vårddatalager, varje månad",
        ),
        Aim(
            what="Fler kommer hem till någon som vet",
            indicator="Andel utskrivna med insatser som fått kontakt inom ett dygn",
            unit="procent",
            direction="up",
            baseline="54",
            target="85",
            within=500,
            source="Stickprov, 200 utskrivningar per halvår",
        ),
        Aim(
            what="Kallelser kommer i tid",
            indicator="Andel kallelser till planering som skickats senast dagen efter inskrivning",
            unit="procent",
            direction="up",
            baseline="61,5",
            target="90",
            within=300,
            source="Planeringssystemet, varje kvartal",
            kind="process",
        ),
    ),
    points={
        "vantan": ("problem", "Människor blir kvar på sjukhus därför att ingen vet vem som tar emot."),
        "ansvar": ("problem", "Ansvaret är oklart mellan att läkaren skriver ut och att hemtjänsten kommer."),
        "besked": ("need", "Kommunen behöver veta minst tre dagar före att någon kommer hem."),
        "kontakt": ("measure", "Ett och samma nummer att ringa, alla dagar i veckan."),
    },
    views={
        "": View(need="", reason="", words="Vi håller ihop vägen hem, så att ingen faller mellan oss."),
        "region": View(
            words="Den som är färdigbehandlad ska inte ligga kvar. Då får nästa patient sin plats i tid.",
            need="Att utskrivningsklara patienter kan tas emot inom tre dygn",
            reason="Varje dygn som någon väntar i onödan står en operation stilla.",
            differs={
                "besked": "Tre dagar går sällan. Vi vet ofta först dagen innan, och lovar hellre att ringa två gånger."
            },
        ),
        "strandsala": View(
            words="Tryggt hem, samma dag som sjukhuset är klart.",
            need="Besked om vem som kommer hem, med rätt uppgifter",
            reason="Vi har plats och personal men får ofta veta för sent.",
        ),
        "kvarnforsa": View(
            words="Hemgången ska fungera lika bra en söndag som en tisdag.",
            need="En fast kontakt på varje avdelning",
            reason="Vi lägger timmar varje vecka på att leta efter rätt person.",
        ),
        "lindemala": View(
            words="Vi möter den som kommer hem innan oron gör det.",
            need="Att utskrivning på fredag eftermiddag är undantag",
            reason="Då är biståndshandläggarna på väg hem.",
        ),
        "bjorkhede": View(
            words="Lika trygg hemgång här som i länets största stad.",
            need="Rehabiliteringsplan med hem från sjukhuset",
            reason="Vi har en arbetsterapeut och ingen att fråga.",
        ),
        "holmo": View(
            words="Ingen ska skrivas ut till en brygga där färjan har gått.",
            need="Att hemgång planeras efter färjans tider",
            reason="Sista båten går 16.20 och i hård vind går ingen alls.",
            differs={
                "kontakt": "Ett nummer i Strandsala hjälper inte den som står på kajen. Vi behöver någon på ön som svarar.",
                "vantan": "Hos oss vet alla vem som tar emot. Det är båten som saknas.",
            },
        ),
        "granvattna": View(need="Längre varsel när avståndet är långt", reason="Det är elva mil mellan byarna i norr."),
        "it": View(
            words="Rätt uppgift på rätt ställe, innan någon behöver fråga efter den.",
            need="Ett år mellan beslut om ny uppgift och att den ska finnas",
            reason="Upphandling och test går inte fortare.",
        ),
    },
)

WORK = Picture(
    aims=(
        Aim(
            what="Fler kommer vidare till arbete eller studier",
            indicator="Andel deltagare i arbete eller studier sex månader efter avslut",
            unit="procent",
            direction="up",
            baseline="27",
            target="40",
            within=700,
            source="Egen uppföljning, varje halvår",
        ),
    ),
    points={
        "bollen": ("problem", "Människor skickas mellan oss och får berätta samma sak om igen."),
        "okunskap": ("problem", "Vi kan för lite om vad de andra får och kan göra."),
    },
    views={
        "": View(need="", reason="", words="Ett stöd som hänger ihop, fast vi är fyra."),
        "arbete": View(
            words="Rätt insats i rätt ordning, så att stödet leder till ett arbete.",
            need="Att den som kommer till oss har fått sin medicinska utredning",
            reason="Annars börjar vi i fel ände.",
            differs={"okunskap": "Kunskapen finns. Det vi saknar är tid att använda den."},
        ),
        "kassa": View(
            words="Vägen tillbaka ska vara begriplig för den som går den.",
            need="En gemensam bild av när ersättning och insats hör ihop",
            reason="Den enskilde hamnar annars mellan två beslut.",
        ),
        "region": View(
            need="Att vårdens bedömning används en gång", reason="Läkare skriver i dag fyra intyg om samma sak."
        ),
        "strandsala": View(
            words="Ingen ska fastna hos oss därför att någon annan inte är klar.",
            need="En väg in till de statliga myndigheterna",
            reason="Socialsekreterarna hittar inte rätt person.",
        ),
    },
)

NEEDS_OF_A_REGION = (
    ("Att den som flyttar hit har sin journal med sig", "Annars görs samma prov två gånger."),
    ("Samma besked till invånaren oavsett region", "Vi får frågorna när någon annan svarat olika."),
    ("Kunskapsstöd som är klara att använda", "Vi har inte läkare nog att skriva egna."),
    ("Tid att ställa om innan något ska gälla", "Våra system upphandlas vart sjunde år."),
)


def national(places: Sequence[str]) -> Picture:
    """The nation's picture: every region has a need, and every second has confirmed the purpose."""
    aim = Aim(
        what="Fler känner igen sig i en annan regions vård",
        indicator="Andel som svarar att de fick samma information som hemma",
        unit="procent",
        direction="up",
        baseline="48",
        target="70",
        within=900,
        source="Nationell patientenkät, vartannat år",
    )
    words = "Den som är patient hos oss ska inte märka var gränsen går."
    views = {"": View(need="", reason="", words="En vård, fast vi är många som ger den.")}
    for number, place in enumerate(places):
        need, reason = NEEDS_OF_A_REGION[number % len(NEEDS_OF_A_REGION)]
        views[place] = View(need=need, reason=reason, words="" if number % 2 else words)
    points = {"olika": ("problem", "Den som byter region möts av andra ord, andra tider och andra val.")}
    return Picture(aims=(aim,), points=points, views=views)


def draw(world: World, collaboration: str, picture: Picture, ago: float) -> None:
    """Goals and points, while the coordinator prepares."""
    actor, at = world.coordinator(), world.ago(ago)
    for aim in picture.aims:
        collaborations.set_goal(
            actor=actor,
            collaboration_id=collaboration,
            what=aim.what,
            indicator=aim.indicator,
            unit=aim.unit,
            direction=aim.direction,
            baseline=Decimal(aim.baseline.replace(",", ".")),
            baseline_on=clock.day(at),
            target=Decimal(aim.target.replace(",", ".")),
            target_on=clock.day(world.now + timedelta(days=aim.within)),
            source=aim.source,
            kind=aim.kind,
            at=at,
        )
    for key, (kind, text) in picture.points.items():
        point = collaborations.add_point(actor=actor, collaboration_id=collaboration, kind=kind, text=text, at=at)
        world.points[key] = point.pk


def tell(world: World, collaboration: str, picture: Picture, ago: float) -> None:
    """Everybody's view, once those who take part see what is prepared."""
    for number, (place, view) in enumerate(picture.views.items()):
        points = picture.points if view.words else {}
        marks = [
            {"point_id": world.points[key], "agrees": key not in view.differs, "why": view.differs.get(key, "")}
            for key in points
        ]
        collaborations.tell_view(
            actor=world.answerer(place) if place else world.coordinator(),
            collaboration_id=collaboration,
            own_words=view.words,
            marks=marks,
            needs=[{"text": view.need, "reason": view.reason}] if place else None,
            at=world.ago(ago - 4 * number / len(picture.views)),
        )
