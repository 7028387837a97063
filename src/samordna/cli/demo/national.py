"""Worked examples in which twenty-one regions take part: one that is followed, one that is weighed, one that cannot be.

What a resident sees of the own record, care pathways that each region introduces its own way, and listing with a provider
in another region are questions that have been on real tables; the regions, their conditions and their figures are not real.
"""

from __future__ import annotations

from samordna.cli.demo.others import Small
from samordna.cli.demo.payment import Answer, Says, at_least, at_most, one_of
from samordna.cli.demo.regions import REGIONS, Region

NOTES, RESULTS, THIRD = "Anteckningar visas", "Provsvar visas", "Uppgifter om tredje person"
HISTORY, PRIVATE, GUARDIAN = "Äldre journaler", "Privata vårdgivare ansluts", "Vårdnadshavare ser till dess barnet fyller"

_CANNOT_MARK = "Vårt journalsystem kan inte märka ut rubriken. Visas den så visas den för alla, också när det är farligt."
_UNSIGNED = "I vårt system går osignerade anteckningar inte att skilja från arbetsanteckningar förrän de är signerade."
_SINCE = "Våra invånare har sett anteckningarna direkt i flera år. Det går inte att ta tillbaka."
_MOVED = "Journaler från före bytet av system finns bara som bilder."


def _record_answer(region: Region) -> Answer:
    """What a region says, by the generation of its system."""
    small = region.inhabitants < 250_000
    cost = max(2, region.inhabitants // 20_000)
    worth = max(5, region.inhabitants // 2_500)
    shared = {(HISTORY, "tio år bakåt"): 4 * cost, (HISTORY, "fem år bakåt"): 2 * cost, (PRIVATE, "ja"): cost}
    benefit = (worth // 2, worth, worth * 3 // 2)
    said: tuple[Says, ...]
    if region.system == "gammal":
        said = (
            Says(then=(one_of(THIRD, "visas inte"),), reason=_CANNOT_MARK),
            Says(then=(one_of(NOTES, "när de är signerade"),), reason=_UNSIGNED),
            Says(then=(at_most(HISTORY, "fem år bakåt"),), reason=_MOVED),
        )
        return Answer(place=region.key, conditions=said, costs=shared, benefit=benefit)
    if region.system == "mellan" and small:
        said = (Says(then=(at_most(HISTORY, "fem år bakåt"),), reason=_MOVED, relax_price=6 * cost),)
        return Answer(place=region.key, conditions=said, costs=shared, benefit=benefit)
    if region.system == "mellan":
        return Answer(place=region.key, no_conditions=True, costs=shared, benefit=benefit)
    wish = Says(then=(at_least(HISTORY, "fem år bakåt"),), reason="Patienter med långa sjukdomar frågar.", weight=40)
    said = (
        Says(then=(one_of(NOTES, "direkt"),), reason=_SINCE),
        Says(
            then=(one_of(THIRD, "visas"),), reason="Vi kan dölja uppgiften för den det gäller. Att backa gör ingen gladare."
        ),
    )
    return Answer(place=region.key, needs=(wish,), conditions=said, costs=shared, benefit=benefit)


RECORD = Small(
    key="journal",
    title="Vad invånaren ser i sin journal",
    kind="routine",
    area="Journalen på nätet",
    purpose="Målbilden är densamma, men vad som faktiskt visas beror på i vilken region man bor.",
    individual="Man kan läsa sin egen journal när man vill, och den ser ut på samma sätt om man flyttar.",
    aspects=(
        (NOTES, "ordered", "framed", ("direkt", "när de är signerade", "efter 14 dagar")),
        (RESULTS, "ordered", "common", ("direkt", "när läkaren har läst", "efter 14 dagar")),
        (THIRD, "choice", "framed", ("visas", "visas inte")),
        (HISTORY, "ordered", "framed", ("från anslutningen", "fem år bakåt", "tio år bakåt")),
        (PRIVATE, "yes_no", "common", ("ja", "nej")),
        (GUARDIAN, "range", "common", ("12", "13", "16")),
    ),
    answers=(
        Answer(
            place="region",
            needs=(
                Says(then=(one_of(NOTES, "direkt"),), reason="Den som väntar på besked ska inte vänta på oss.", weight=30),
                Says(then=(one_of(RESULTS, "direkt"),), reason="Invånaren väljer själv att vänta.", weight=30),
            ),
            conditions=(Says(then=(one_of(GUARDIAN, "13"),), reason="Så står det i det ramverk som vi alla har antagit."),),
            benefit=(60, 105, 160),
        ),
        *(_record_answer(region) for region in REGIONS),
    ),
    until="proposed",
)

_ALREADY = ("norrvidda", "jarnbygd", "sydslatt", "vastanhed")

PATHWAY = Small(
    key="vardforlopp",
    title="Vårdförlopp för nydebuterad höftledsartros",
    kind="routine",
    area="Vårdförlopp",
    purpose="Samma besvär utreds på olika sätt i olika regioner, och träning erbjuds ofta för sent.",
    individual="Man får veta vad som gäller, och får komma igång med träning innan smärtan tar över.",
    aspects=(
        ("Första bedömning inom", "range", "framed", ("7", "14", "21", "28")),
        ("Artrosskola", "choice", "framed", ("på plats", "digitalt", "båda")),
        ("Registrering", "choice", "common", ("nationellt kvalitetsregister", "egen uppföljning")),
    ),
    answers=(
        Answer(
            place="region",
            conditions=(
                Says(
                    then=(one_of("Registrering", "nationellt kvalitetsregister"),),
                    reason="Utan gemensamma uppgifter går det inte att se om förloppet hjälper.",
                ),
            ),
            needs=(
                Says(then=(at_most("Första bedömning inom", "14"),), reason="Tidig träning minskar värken.", weight=15),
                Says(
                    then=(one_of("Artrosskola", "båda"),), reason="En del behöver träffas, andra kan inte resa.", weight=20
                ),
            ),
        ),
        *(
            Answer(
                place=region.key,
                conditions=(
                    Says(
                        then=(one_of("Artrosskola", "digitalt", "båda"),),
                        reason="Avstånden är långa. Alla kan inte resa varje vecka.",
                    ),
                    Says(then=(at_least("Första bedömning inom", "21"),), reason="Fysioterapeuterna räcker inte till."),
                ),
            )
            if region.system == "gammal"
            else Answer(
                place=region.key,
                conditions=(Says(then=(one_of("Första bedömning inom", "14"),), reason="Vi arbetar redan så."),),
            )
            if region.system == "ny"
            else Answer(place=region.key, no_conditions=True)
            for region in REGIONS
        ),
    ),
    until="in_force",
)

LISTING = Small(
    key="listning",
    title="Listning hos vårdgivare i en annan region",
    kind="it_support",
    area="Listning",
    purpose="Den som bor nära en gräns vill kunna lista sig där vården finns.",
    individual="Man kan välja den vårdcentral som ligger närmast, också när den ligger på andra sidan gränsen.",
    aspects=(
        ("Besked till hemregionen inom dagar", "range", "common", ("1", "2", "3", "5", "7", "10")),
        ("Byten per år", "range", "common", ("1", "2", "4")),
        ("Brytdag i månaden", "ordered", "common", ("1", "15", "25")),
    ),
    answers=(
        Answer(
            place="region",
            conditions=(
                Says(
                    then=(at_most("Besked till hemregionen inom dagar", "3"),),
                    reason="Ersättningen till vårdcentralen räknas om varje vecka.",
                ),
            ),
        ),
        Answer(
            place="fjallmark",
            conditions=(
                Says(
                    then=(at_least("Besked till hemregionen inom dagar", "5"),),
                    reason="Ärendena prövas för hand av en person.",
                    relax_price=35,
                ),
            ),
        ),
        Answer(
            place="gotvik",
            conditions=(
                Says(then=(one_of("Brytdag i månaden", "25"),), reason="Betalningen körs den 27 varje månad."),
                Says(then=(at_most("Byten per år", "2"),), reason="Fler byten kostar mer än de ger.", relax_price=4),
            ),
        ),
        *(Answer(place=region.key, no_conditions=True) for region in REGIONS if region.key not in {"fjallmark", "gotvik"}),
    ),
    until="clash",
)
