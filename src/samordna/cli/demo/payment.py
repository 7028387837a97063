"""The demonstration's main matter: who pays when a patient is ready for discharge, and from which day.

Aspects and options follow what Swedish counties have actually chosen between; the participants, their conditions and their
figures are constructed. Rules are written with labels here and turned into ids when the matter has been opened.
"""

from __future__ import annotations

from dataclasses import dataclass, field

Literal = tuple[str, str, tuple[str, ...]]  # aspect's label, how, options' labels

BASIS, DAYS, DAY_TYPE, DAY_ZERO = "Beräkningsgrund", "Fristdagar", "Dagtyp", "Dag noll inräknad"
LONG_STAY, AMOUNT, SETTLEMENT, START = "Regel för långa vistelser", "Belopp", "Avräkning", "Start"
TRANSITION, PSYCHIATRY, IT_SUPPORT = "Övergång", "Psykiatrisk vård", "IT-stöd"


def one_of(aspect: str, *options: str) -> Literal:
    """The aspect's value is one of these."""
    return (aspect, "one_of", options)


def at_least(aspect: str, option: str) -> Literal:
    """The aspect's value is this or further up the scale."""
    return (aspect, "at_least", (option,))


def at_most(aspect: str, option: str) -> Literal:
    """The aspect's value is this or further down the scale."""
    return (aspect, "at_most", (option,))


@dataclass(frozen=True, slots=True, kw_only=True)
class Says:
    """A need or condition: if … then …, and why."""

    then: tuple[Literal, ...] = ()
    when: tuple[Literal, ...] = ()
    reason: str
    prose: str = ""
    weight: int = 3
    legal_ground: str = ""
    relax_price: int | None = None
    confidence: str = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One participant's answer. `costs` are likely figures in tkr per year; low and high are 20 % off."""

    place: str
    practice: dict[str, str] = field(default_factory=dict)
    needs: tuple[Says, ...] = ()
    conditions: tuple[Says, ...] = ()
    costs: dict[tuple[str, str], int] = field(default_factory=dict)
    benefit: tuple[int, int, int] | None = None
    benefit_note: str = ""
    no_conditions: bool = False


TITLE = "Betalningsansvar vid utskrivning"
PURPOSE = (
    "Region och kommuner räknar i dag på olika sätt från vilken dag kommunen betalar när en patient är utskrivningsklar. "
    "Vi behöver ett sätt att räkna som alla kan lita på och som lönar den som tar hem snabbt."
)
INDIVIDUAL = "Den som är färdig på sjukhuset kommer hem i tid, till en vård och omsorg som är förberedd, oavsett i vilken kommun hon bor."
CONVENIENCE = "Frågan förenklar också regionens fakturering. Det får inte väga tyngre än att hemgången blir trygg."

COMMON_CONDITIONS = (
    Says(
        then=(one_of(DAY_TYPE, "kalenderdagar"),),
        reason="Underlaget från vårdsystemen räknas i kalenderdagar. Två sätt att räkna dagar ger tvister om varje faktura.",
    ),
    Says(
        then=(one_of(BASIS, "månadsmedel", "årsmedel"),),
        reason="Medelvärden lönar den som tar hem snabbt och tar udden av enstaka svåra fall.",
    ),
)

_TODAY = {
    BASIS: "individuell",
    DAYS: "3",
    DAY_TYPE: "vardagar",
    DAY_ZERO: "nej",
    LONG_STAY: "ingen",
    AMOUNT: "nationellt belopp",
}
_TODAY |= {SETTLEMENT: "per sjukhus", TRANSITION: "ingen", PSYCHIATRY: "egen regel", IT_SUPPORT: "SAMSA"}

ANSWERS = (
    Answer(
        place="region",
        practice=_TODAY,
        conditions=(
            Says(
                then=(one_of(SETTLEMENT, "ett gemensamt kontor"),),
                reason="Varje kommun behöver se sitt utfall varje månad. Det går inte när fyra sjukhus fakturerar var för sig.",
            ),
            Says(
                then=(at_most(DAYS, "3"),),
                reason="Med fler än tre dagar blir vårdplatser stående med patienter som inte behöver sjukhus.",
                legal_ground="Lag 2017:612 om samverkan vid utskrivning",
            ),
            Says(
                then=(one_of(BASIS, "individuell", "månadsmedel"),),
                reason="Med årsmedel kommer räkningen ett år för sent för att ändra något i vardagen.",
            ),
        ),
        needs=(
            Says(
                then=(one_of(AMOUNT, "nationellt belopp"),),
                reason="Beloppet räknas upp varje år utan förhandling.",
                weight=40,
            ),
        ),
        costs={
            (TRANSITION, "i steg under 12 månader"): 80,
            (SETTLEMENT, "ett gemensamt kontor"): 350,
            (BASIS, "månadsmedel"): 120,
            (BASIS, "årsmedel"): 90,
        },
        benefit=(2_400, 4_200, 6_000),
        benefit_note="Färre vårddygn för utskrivningsklara patienter.",
    ),
    Answer(
        place="strandsala",
        practice=_TODAY | {IT_SUPPORT: "Lifecare SP"},
        conditions=(
            Says(
                when=(one_of(BASIS, "månadsmedel", "årsmedel"),),
                then=(one_of(DAY_ZERO, "ja"),),
                reason="Vi tar hem många samma dag. Räknas de inte med i medelvärdet straffas den som är snabb.",
            ),
            Says(
                then=(one_of(TRANSITION, "ingen"),),
                reason="Med 1 500 hemgångar om året kan vi inte hålla två regler i drift samtidigt.",
            ),
            Says(
                then=(one_of(LONG_STAY, "ingen"),),
                reason="I vårt medelvärde försvinner enstaka långa vistelser. Att räkna dem var för sig kräver en tjänst till.",
            ),
        ),
        needs=(
            Says(then=(one_of(BASIS, "månadsmedel"),), reason="Vi följer upp hemgång varje månad.", weight=60),
            Says(
                then=(one_of(TRANSITION, "ingen"),), reason="Vi är redo och vill inte ha två regler samtidigt.", weight=20
            ),
        ),
        costs={(DAY_TYPE, "kalenderdagar"): 260, (BASIS, "individuell"): 180},
        benefit=(500, 900, 1_300),
        benefit_note="Lägre betalning och färre korttidsplatser.",
    ),
    Answer(
        place="lindemala",
        practice=_TODAY,
        conditions=(
            Says(
                then=(one_of(PSYCHIATRY, "samma regel"),),
                reason="Samma personal planerar all hemgång. Två regler på samma avdelning blir fel i vardagen.",
            ),
        ),
        costs={
            (DAY_TYPE, "kalenderdagar"): 140,
            (LONG_STAY, "individuell efter 7 dagar"): 25,
            (TRANSITION, "i steg under 12 månader"): 30,
        },
        benefit=(120, 240, 330),
        benefit_note="Mindre tid till tvister om fakturor.",
    ),
    Answer(
        place="bjorkhede",
        practice=_TODAY,
        no_conditions=True,
        costs={(DAY_TYPE, "kalenderdagar"): 90},
        benefit=(60, 120, 170),
    ),
    Answer(
        place="holmo",
        practice=_TODAY | {DAYS: "4"},
        conditions=(
            Says(
                then=(at_least(DAYS, "3"),),
                reason="Färjan går inte i hårt väder. Med färre dagar betalar vi för vinden.",
            ),
            Says(
                when=(one_of(DAY_TYPE, "kalenderdagar"),),
                then=(at_least(TRANSITION, "i steg under 12 månader"),),
                reason="Helgbemanning på ön kräver nyanställningar, och det tar ett år.",
            ),
            Says(
                prose="När hemgången planeras ska färjans turlista vägas in samma dag som patienten blir utskrivningsklar.",
                reason="Det går inte att uttrycka som ett val mellan alternativ, men utan det fungerar inte resten.",
            ),
        ),
        costs={(DAY_TYPE, "kalenderdagar"): 130, (TRANSITION, "i steg under 12 månader"): 10},
        benefit=(20, 60, 110),
        benefit_note="Tryggare hemgång och färre dagar över fristen.",
    ),
    Answer(
        place="granvattna",
        practice=_TODAY,
        conditions=(
            Says(
                when=(one_of(BASIS, "månadsmedel"),),
                then=(one_of(LONG_STAY, "individuell efter 7 dagar"),),
                reason="Vi har högst sex hemgångar i månaden. En enda patient som blir kvar avgör annars hela medelvärdet.",
            ),
            Says(
                when=(one_of(DAY_TYPE, "kalenderdagar"),),
                then=(at_least(TRANSITION, "i steg under 6 månader"),),
                reason="Helgbemanningen är svag. Den behöver byggas upp innan helgdagar räknas.",
                confidence="coordinator",
            ),
        ),
        costs={(DAY_TYPE, "kalenderdagar"): 110, (LONG_STAY, "individuell efter 7 dagar"): 15},
        benefit=(30, 80, 120),
        benefit_note="Förutsägbara kostnader.",
    ),
    Answer(
        place="it",
        conditions=(
            Says(
                then=(one_of(START, "när IT-uppgifterna är tillförlitliga"),),
                reason="Tidsstämplarna i planeringsstödet stämmer inte förrän nästa version är i drift.",
            ),
        ),
        costs={(START, "bestämt datum"): 400, (DAY_ZERO, "ja"): 60},
        benefit=(0, 50, 120),
        benefit_note="En beräkning att underhålla i stället för sju.",
    ),
)

LATE = Answer(
    place="kvarnforsa",
    practice=_TODAY,
    needs=(Says(then=(one_of(BASIS, "månadsmedel"),), reason="Vi vill se resultatet varje månad.", weight=30),),
    conditions=(
        Says(
            then=(one_of(AMOUNT, "nationellt belopp"),),
            reason="Nämnden har beslutat att inte förhandla om egna belopp.",
        ),
        Says(
            then=(one_of(TRANSITION, "ingen"),),
            reason="Budgeten för året är redan lagd efter den nya regeln.",
        ),
    ),
    costs={(DAY_TYPE, "kalenderdagar"): 170, (LONG_STAY, "individuell efter 7 dagar"): 40},
    benefit=(200, 380, 520),
    benefit_note="Färre dagar som betalas.",
)
"""The participant who has not answered when the demonstration begins."""

QUESTIONS = (
    (
        "kvarnforsa",
        "Fristdagar",
        "",
        "Räknas helgdagar som fristdagar när en patient blir utskrivningsklar en fredag?",
        "Nej, bara vardagar räknas. Det står i den gemensamma förutsättningen och gäller alla.",
    ),
    (
        "holmo",
        "",
        "region",
        "Kan vi få utskrivningsbeskedet före klockan tolv, så att vi hinner med båten samma dag?",
        "",
    ),
    ("bjorkhede", "", "", "Gäller modellen också dem som bor i en annan kommun än där de är folkbokförda?", ""),
)
"""Who asks, about which aspect, whom ("" is the coordination), what, and the coordinator's answer."""
