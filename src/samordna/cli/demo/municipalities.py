"""Two hundred and ninety municipalities that do not exist, and what each of them says, drawn from one seed.

Names are put together from what grows and what lies around a village; no Swedish municipality is called so. What a
municipality says depends on its size, its system and its luck, so that groups agree within and differ between.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice, product

from samordna.cli.demo.cast import Place, Somebody
from samordna.cli.demo.others import Small
from samordna.cli.demo.payment import Answer, Says, at_least, at_most, one_of
from samordna.cli.demo.pictures import Aim, Picture, View
from samordna.domain.organisations.enums import OrganisationKind as Kind
from samordna.domain.organisations.enums import RoleKind

SEED, COUNT = 290, 290
NAMES = """
Alm Ask Asp Björk Ek En Gran Hagtorns Hassel Hägg Lind Lönn Nypon Olvon Rönn Sälg Tall Vide Brand Dal Fors Gröp Grus Hjort Häst
Is Kall Klipp Krok Kvarn Lax Ler Lång Myr Mygg Not Ox Ren Rå Rök Sand Skog Slätt Sol Sten Torv Ull Varg Vind Äng;
hyttan löten skäret mossen vreten tjärnet;
Aino Anders Aram Berit Birger Dragana Elsa Emil Fatima Gösta Hamid Ida Ivar Jamila Kerstin Leo Linnea Malik Nils Olga;
Ahlin Berggren Celik Dahl Ekman Farah Grahn Hallin Isaksson Jama Kroon Ljung Moberg Norén Olofsdotter Popovic Rask
"""
FIRST, LAST, GIVEN, FAMILY = (part.split() for part in NAMES.split(";"))

CHANNEL, ANSWER_TIME, HOURS = "Ansökan", "Besked inom dagar", "Telefontid"
SIGNING, FILES, LANGUAGES, CHANGES = "Underskrift", "Intyg bifogas", "Språk", "Ändringar i tjänsten"


@dataclass(frozen=True, slots=True, kw_only=True)
class Municipality:
    """A place, how many live there, which system it has, and who answers."""

    key: str
    name: str
    inhabitants: int
    system: str
    representative: str


def municipalities(count: int = COUNT) -> list[Municipality]:
    """The same ones every time, however many are asked for."""
    draw = random.Random(SEED)
    names = [first + last for first, last in product(FIRST, LAST)]
    draw.shuffle(names)
    return [
        Municipality(
            key=f"kommun{number}",
            name=name,
            inhabitants=round(10 ** draw.gauss(4.25, 0.42)),
            system=draw.choice(("Akka", "Akka", "Boreas", "Cembra")),
            representative=f"{draw.choice(GIVEN)} {draw.choice(FAMILY)}",
        )
        for number, name in enumerate(islice(names, count), 1)
    ]


def place_of(municipality: Municipality) -> Place:
    """The municipality as an organisation with one representative."""
    somebody = Somebody(
        key=f"{municipality.key}-rep",
        name=municipality.representative,
        kind=RoleKind.REPRESENTATIVE,
        role="Digitaliseringsansvarig",
    )
    return Place(
        key=municipality.key,
        name=f"{municipality.name} kommun",
        short=municipality.name,
        kind=Kind.MUNICIPALITY,
        inhabitants=municipality.inhabitants,
        people=(somebody,),
    )


OFFICE = Place(
    key="kommunkansli",
    name="Kommunernas samordningskansli",
    short="Kommunkansliet",
    kind=Kind.COORDINATION_OFFICE,
    inhabitants=None,
    people=(Somebody(key="kommunsamordnare", name="Jonatan Grip", kind=RoleKind.COORDINATOR, role="Nationell samordnare"),),
)


def answer_of(municipality: Municipality) -> Answer:
    """What it says; its conditions follow from its system and its size."""
    draw = random.Random(f"{SEED} {municipality.key}")
    small, large = municipality.inhabitants < 12_000, municipality.inhabitants > 60_000
    said, wishes = [], []
    if municipality.system == "Boreas":
        said.append(Says(then=(one_of(FILES, "efter ansökan"),), reason="Boreas tar emot filer först när ärendet finns."))
    if municipality.system == "Cembra":
        when = (one_of(CHANNEL, "bara digitalt"),)
        said.append(Says(when=when, then=(one_of(SIGNING, "e-legitimation"),), reason="Cembra släpper inte in andra."))
    if small:
        said.append(Says(then=(at_least(ANSWER_TIME, "10"),), reason="En handläggare delar sin tid mellan tre uppdrag."))
        said.append(Says(then=(at_most(HOURS, "två dagar i veckan"),), reason="Växeln är gemensam med två grannar."))
    if small and draw.random() < 0.3:
        said.append(Says(then=(one_of(LANGUAGES, "två språk"),), reason="Vi kan inte svara på det vi inte kan läsa."))
    if large:
        said.append(Says(then=(at_most(ANSWER_TIME, "7"),), reason="Längre tid ger fler samtal än vi hinner svara på."))
        said.append(Says(then=(one_of(LANGUAGES, "sju språk"),), reason="Fyra av tio har ett annat modersmål."))
    if draw.random() < 0.15:
        said.append(Says(then=(one_of(CHANNEL, "digitalt och papper"),), reason="Många saknar e-legitimation hos oss."))
    if draw.random() < 0.5:
        wishes.append(
            Says(then=(at_most(ANSWER_TIME, "7"),), reason="Den som söker har redan väntat.", weight=draw.randint(1, 4))
        )
    worth = max(3, municipality.inhabitants // 1_500)
    cost = max(2, municipality.inhabitants // 9_000)
    return Answer(
        place=municipality.key,
        needs=tuple(wishes),
        conditions=tuple(said),
        costs={(LANGUAGES, "sju språk"): 2 * cost, (HOURS, "varje vardag"): 3 * cost, (CHANGES, "löpande"): cost},
        benefit=(worth // 3, worth, worth * 2),
        no_conditions=not said,
    )


def picture_of(everybody: Sequence[Municipality]) -> Picture:
    """Why they are together: one goal, and what each of them needs it for; one in three has said so in words of its own."""
    aim = Aim(
        what="Fler söker och får besked utan att ringa",
        indicator="Andel ansökningar som är kompletta när de kommer in",
        unit="procent",
        direction="up",
        baseline="58",
        target="85",
        within=700,
        source="E-tjänstens egen statistik, varje månad",
    )
    views = {"": View(need="", reason="", words="En tjänst att förvalta i stället för tvåhundranittio.")}
    for number, each in enumerate(everybody):
        small = each.inhabitants < 12_000
        need = "En tjänst som en ensam handläggare hinner med" if small else "En tjänst som klarar många språk"
        reason = "Vi har ingen egen it-avdelning." if small else "De som söker kommer från hela världen."
        words = "Det ska gå att söka hemifrån, och att förstå svaret." if number % 3 == 0 else ""
        views[each.key] = View(need=need, reason=reason, words=words)
    return Picture(aims=(aim,), points={"krangel": ("problem", "Varje kommun frågar efter olika intyg.")}, views=views)


def application_matter(count: int = COUNT) -> Small:
    """The matter with everybody's answer."""
    return Small(
        key="ansokan",
        title="Gemensam e-tjänst för ansökan om ekonomiskt bistånd",
        kind="it_support",
        area="Gemensamma e-tjänster",
        purpose="Tvåhundranittio ansökningar ser ut på tvåhundranittio sätt, och var och en betalar för sin.",
        individual="Man söker på samma sätt var man än bor, och vet när man får besked.",
        aspects=(
            (CHANNEL, "choice", "framed", ("bara digitalt", "digitalt och papper")),
            (ANSWER_TIME, "range", "framed", ("4", "7", "10", "13")),
            (HOURS, "ordered", "framed", ("en dag i veckan", "två dagar i veckan", "varje vardag")),
            (SIGNING, "choice", "common", ("e-legitimation", "e-legitimation eller ombud")),
            (FILES, "choice", "framed", ("i ansökan", "efter ansökan")),
            (LANGUAGES, "choice", "framed", ("två språk", "sju språk")),
            (CHANGES, "ordered", "common", ("en gång om året", "två gånger om året", "löpande")),
        ),
        answers=tuple(answer_of(each) for each in municipalities(count)),
        until="proposed",
    )
