"""The demonstration's other matters: one in every stage, one that clashes, one where the answer is to let it be."""

from __future__ import annotations

from dataclasses import dataclass

from samordna.cli.demo.payment import Answer, Says, at_least, at_most, one_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Small:
    """A matter of a few aspects. `until` is how far the demonstration takes it."""

    key: str
    title: str
    kind: str
    area: str
    purpose: str
    individual: str
    aspects: tuple[tuple[str, str, str, tuple[str, ...]], ...]  # label, kind, sharing, options
    answers: tuple[Answer, ...]
    until: str


CONTACT = Small(
    key="kontakt",
    title="Kontakt efter hemgång",
    kind="routine",
    area="Utskrivning",
    purpose="Alla som skrivs ut med insatser ska bli kontaktade, men i dag beror det på var man bor när och av vem.",
    individual="Den som kommer hem blir uppringd av någon som vet, innan oron blir en ny ambulans.",
    aspects=(
        ("Kontakt inom", "range", "framed", ("1", "2", "3")),
        ("Vem kontaktar", "choice", "framed", ("fast omsorgskontakt", "distriktssköterska")),
        ("Dokumenteras i", "choice", "common", ("gemensam planering", "egen journal")),
    ),
    answers=(
        Answer(
            place="region",
            conditions=(
                Says(
                    then=(one_of("Dokumenteras i", "gemensam planering"),),
                    reason="Annars ser vårdcentralen inte om samtalet är gjort.",
                ),
            ),
            benefit=(300, 600, 900),
        ),
        Answer(
            place="strandsala",
            needs=(
                Says(
                    then=(one_of("Kontakt inom", "1"),), reason="De flesta återinläggningar sker första dygnet.", weight=20
                ),
            ),
            benefit=(100, 200, 300),
        ),
        Answer(place="kvarnforsa", no_conditions=True, benefit=(50, 90, 130)),
        Answer(
            place="lindemala",
            needs=(Says(then=(at_most("Kontakt inom", "2"),), reason="Vi har bemanning varje dag.", weight=10),),
            benefit=(40, 60, 80),
        ),
        Answer(place="bjorkhede", no_conditions=True, benefit=(20, 40, 60)),
        Answer(
            place="holmo",
            conditions=(Says(then=(at_least("Kontakt inom", "2"),), reason="Ingen personal på ön under söndagar."),),
            costs={("Vem kontaktar", "distriktssköterska"): 70},
            benefit=(5, 15, 25),
        ),
        Answer(
            place="granvattna",
            conditions=(
                Says(
                    then=(one_of("Vem kontaktar", "distriktssköterska"),),
                    reason="Den fasta omsorgskontakten täcker tre byar och kan inte lova en dag.",
                ),
            ),
            benefit=(10, 20, 30),
        ),
        Answer(place="it", no_conditions=True),
    ),
    until="in_force",
)

PLAN = Small(
    key="plan",
    title="En digital plan för alla målgrupper",
    kind="it_support",
    area="Gemensamt it-stöd",
    purpose="Flera planer för samma person i olika system leder till att ingen plan gäller.",
    individual="En plan att läsa, i stället för att själv bära besked mellan fyra kontor.",
    aspects=(
        ("Plan", "choice", "common", ("en gemensam digital plan", "egen plan hos var och en med utlämnande")),
        ("Målgrupper", "choice", "common", ("alla", "äldre och personer med funktionsnedsättning")),
        ("Åtkomst", "choice", "common", ("direktåtkomst", "utlämnande i varje fall")),
    ),
    answers=(
        Answer(
            place="region",
            conditions=(
                Says(then=(one_of("Plan", "en gemensam digital plan"),), reason="Vi avvecklar det gamla planeringsstödet."),
            ),
            benefit=(200, 500, 800),
        ),
        Answer(
            place="strandsala",
            conditions=(
                Says(
                    then=(one_of("Målgrupper", "alla"),),
                    reason="Ekonomiskt bistånd är där behovet av en plan är störst.",
                    relax_price=120,
                ),
            ),
            benefit=(100, 150, 250),
        ),
        Answer(
            place="kvarnforsa",
            conditions=(
                Says(
                    when=(one_of("Plan", "en gemensam digital plan"), one_of("Målgrupper", "alla")),
                    then=(one_of("Åtkomst", "utlämnande i varje fall"),),
                    reason="För personer med ekonomiskt bistånd finns inget lagstöd för direktåtkomst.",
                    legal_ground="Lag 2022:913 om sammanhållen vård- och omsorgsdokumentation",
                ),
            ),
        ),
        Answer(
            place="it",
            conditions=(
                Says(
                    when=(one_of("Plan", "en gemensam digital plan"),),
                    then=(one_of("Åtkomst", "direktåtkomst"),),
                    reason="En gemensam plan i ett system innebär åtkomst till det systemet. Det går inte att bygga om.",
                ),
            ),
        ),
        Answer(place="lindemala", no_conditions=True),
        Answer(place="bjorkhede", no_conditions=True),
        Answer(place="holmo", no_conditions=True),
        Answer(place="granvattna", no_conditions=True),
    ),
    until="clash",
)

WEEKEND = Small(
    key="helg",
    title="Gemensam helgjour för hemgångsteam",
    kind="responsibility",
    area="Utskrivning",
    purpose="Skulle ett gemensamt team på helger vara bättre än vart och ets egna?",
    individual="Samma kända ansikten även på en söndag.",
    aspects=(
        ("Bemanning", "choice", "common", ("ett gemensamt team", "två team")),
        ("Stationering", "choice", "framed", ("Strandsala", "Lindemåla")),
    ),
    answers=(
        Answer(
            place="region",
            costs={("Bemanning", "ett gemensamt team"): 300, ("Bemanning", "två team"): 600},
            benefit=(50, 120, 200),
        ),
        Answer(
            place="strandsala",
            costs={("Bemanning", "ett gemensamt team"): 700, ("Bemanning", "två team"): 900},
            benefit=(100, 220, 350),
        ),
        Answer(
            place="kvarnforsa",
            costs={("Bemanning", "ett gemensamt team"): 260, ("Bemanning", "två team"): 240},
            benefit=(40, 90, 120),
        ),
        Answer(
            place="lindemala",
            costs={("Bemanning", "ett gemensamt team"): 210, ("Bemanning", "två team"): 160},
            benefit=(30, 60, 90),
        ),
        Answer(
            place="bjorkhede",
            costs={("Bemanning", "ett gemensamt team"): 180, ("Bemanning", "två team"): 180},
            benefit=(10, 30, 60),
        ),
        Answer(
            place="holmo",
            conditions=(Says(then=(one_of("Bemanning", "två team"),), reason="Ett team hinner inte med sista färjan."),),
            costs={("Bemanning", "två team"): 160},
            benefit=(5, 10, 20),
        ),
        Answer(
            place="granvattna",
            costs={("Bemanning", "ett gemensamt team"): 230, ("Bemanning", "två team"): 170},
            benefit=(10, 20, 30),
        ),
        Answer(place="it", no_conditions=True),
    ),
    until="let_be",
)

ROUTINE = Small(
    key="egenvard",
    title="Rutin för egenvård hemma",
    kind="routine",
    area="Samordnad individuell plan",
    purpose="Vem som bedömer, visar och följer upp egenvård görs olika. Vi behöver en rutin som alla känner igen.",
    individual="Den enskilde vet vem som har visat, vem som hjälper och när det följs upp.",
    aspects=(
        ("Vem bedömer", "choice", "common", ("behandlande enhet", "vårdcentralen")),
        ("Uppföljning inom", "choice", "framed", ("tre månader", "sex månader")),
    ),
    answers=(),
    until="draft",
)

PARKING = Small(
    key="parkering",
    title="Gemensamma parkeringstillstånd vid besök",
    kind="routine",
    area="Utskrivning",
    purpose="Den som besöker någon hemma ska kunna stå nära, oavsett i vilken kommun.",
    individual="Den som kommer hem till mig kommer i tid.",
    aspects=(("Tillstånd", "choice", "common", ("ett för hela länet", "ett per kommun")),),
    answers=(),
    until="withdrawn",
)

PATHS = Small(
    key="kontaktvag",
    title="Kontaktväg vid utskrivning på helg",
    kind="routine",
    area="Utskrivning",
    purpose="Avdelningarna ringer i dag sju olika nummer, och flera svarar inte på helgen.",
    individual="Ingen blir kvar på sjukhus för att ingen svarade i telefon.",
    aspects=(
        ("Kontaktväg", "choice", "common", ("ett gemensamt nummer", "ett nummer per kommun")),
        ("Svarstid i minuter", "range", "framed", ("15", "30", "60")),
    ),
    answers=(
        Answer(
            place="region",
            conditions=(Says(then=(at_most("Svarstid i minuter", "30"),), reason="Ronden kan inte vänta längre."),),
            benefit=(50, 80, 120),
        ),
        Answer(
            place="strandsala",
            needs=(Says(then=(one_of("Svarstid i minuter", "15"),), reason="Vi har jour på plats.", weight=8),),
            benefit=(20, 30, 40),
        ),
        Answer(place="kvarnforsa", no_conditions=True),
        Answer(place="lindemala", no_conditions=True),
        Answer(place="bjorkhede", no_conditions=True),
        Answer(
            place="holmo",
            conditions=(Says(then=(at_least("Svarstid i minuter", "30"),), reason="Beredskapen är i hemmet."),),
        ),
        Answer(
            place="granvattna",
            conditions=(Says(then=(at_least("Svarstid i minuter", "60"),), reason="Täckningen mellan byarna är dålig."),),
        ),
        Answer(place="it", no_conditions=True),
    ),
    until="consultation",
)

AIDS = Small(
    key="hjalpmedel",
    title="Öppettider för hjälpmedelsförrådet",
    kind="opening",
    area="Utskrivning",
    purpose="Förrådets tider avgör hur tidigt på dagen någon kan komma hem med rätt säng.",
    individual="Sängen är på plats när man kommer hem.",
    aspects=(
        ("Öppnar", "ordered", "common", ("07.00", "08.00", "09.00")),
        ("Lördagsöppet", "yes_no", "common", ("ja", "nej")),
    ),
    answers=(
        Answer(
            place="region",
            needs=(Says(then=(at_most("Öppnar", "08.00"),), reason="De flesta åker hem före lunch.", weight=10),),
            benefit=(20, 40, 60),
        ),
        Answer(
            place="strandsala",
            conditions=(Says(then=(one_of("Lördagsöppet", "ja"),), reason="En tredjedel av hemgångarna är på en lördag."),),
            benefit=(30, 50, 70),
        ),
        Answer(place="kvarnforsa", no_conditions=True),
        Answer(place="lindemala", no_conditions=True),
        Answer(place="bjorkhede", no_conditions=True),
        Answer(place="holmo", conditions=(Says(then=(at_most("Öppnar", "08.00"),), reason="Färjan går 08.40."),)),
        Answer(place="granvattna", no_conditions=True),
        Answer(place="it", no_conditions=True),
    ),
    until="recommended",
)

INTRODUCTION = Small(
    key="introduktion",
    title="Gemensam introduktion för nyanställda",
    kind="routine",
    area="Gemensamma arbetssätt",
    purpose="Nya medarbetare vet för lite om vad de andra får och kan göra.",
    individual="Den enskilde slipper bli skickad till fel kontor.",
    aspects=(
        ("Omfattning", "ordered", "framed", ("en halvdag", "en dag", "två dagar")),
        ("Tillfällen per år", "range", "common", ("2", "3", "4")),
    ),
    answers=(
        Answer(
            place="arbete",
            conditions=(
                Says(then=(at_most("Omfattning", "en dag"),), reason="Vår egen introduktion tar redan två veckor."),
            ),
        ),
    ),
    until="gathering",
)

SMALL_MATTERS = (CONTACT, AIDS, PATHS, PLAN, WEEKEND, ROUTINE)
