"""Twenty-one regions and the office that coordinates them. All are fictional, also where a name sounds familiar."""

from __future__ import annotations

from dataclasses import dataclass

from samordna.cli.demo.cast import Place, Somebody
from samordna.domain.organisations.enums import OrganisationKind as Kind
from samordna.domain.organisations.enums import RoleKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A region with its representative and its manager; `system` is the generation of its record system."""

    key: str
    name: str
    inhabitants: int
    people: tuple[str, str]
    system: str


REGIONS = (
    Region(key="norrvidda", name="Norrvidda", inhabitants=249_000, people=("Stina Kemi", "Margareta Niia"), system="ny"),
    Region(
        key="fjallmark",
        name="Fjällmark",
        inhabitants=131_000,
        people=("Per-Anders Omma", "Jonas Fjällström"),
        system="gammal",
    ),
    Region(
        key="angerasen", name="Ångeråsen", inhabitants=274_000, people=("Lisbet Sundin", "Annika Byström"), system="mellan"
    ),
    Region(
        key="medelbygd", name="Medelbygd", inhabitants=243_000, people=("Håkan Norlin", "Göran Sjödin"), system="mellan"
    ),
    Region(key="helgedalen", name="Helgedalen", inhabitants=286_000, people=("Eva Söderlund", "Helen Åsling"), system="ny"),
    Region(key="dalmark", name="Dalmark", inhabitants=287_000, people=("Lars-Erik Hed", "Kjell Dahlgren"), system="mellan"),
    Region(key="jarnbygd", name="Järnbygd", inhabitants=305_000, people=("Maja Bergslind", "Pia Stålnacke"), system="ny"),
    Region(key="uppvik", name="Uppvik", inhabitants=402_000, people=("Ali Rahimi", "Shirin Azari"), system="mellan"),
    Region(
        key="roslunda", name="Roslunda", inhabitants=2_440_000, people=("Cecilia Frank", "Henrik Roslund"), system="gammal"
    ),
    Region(key="malarvik", name="Mälarvik", inhabitants=280_000, people=("Fredrik Lood", "Birgitta Lake"), system="ny"),
    Region(key="sorslatt", name="Sörslätt", inhabitants=299_000, people=("Jenny Palm", "Stefan Slättberg"), system="ny"),
    Region(key="ostana", name="Östanå", inhabitants=471_000, people=("Björn Hallgren", "Mona Östling"), system="mellan"),
    Region(
        key="vatterbygd", name="Vätterbygd", inhabitants=369_000, people=("Agnes Wetter", "Patrik Brahe"), system="mellan"
    ),
    Region(key="asmark", name="Åsmark", inhabitants=203_000, people=("Rikard Ask", "Carina Asp"), system="mellan"),
    Region(
        key="kustlinden",
        name="Kustlinden",
        inhabitants=247_000,
        people=("Sofia Lindkvist", "Jörgen Kustell"),
        system="mellan",
    ),
    Region(key="blahall", name="Blåhall", inhabitants=158_000, people=("Marcus Hall", "Liselott Häll"), system="gammal"),
    Region(key="sydslatt", name="Sydslätt", inhabitants=1_430_000, people=("Nadia Karim", "Robert Sydow"), system="ny"),
    Region(key="hallvik", name="Hallvik", inhabitants=344_000, people=("Ulf Strand", "Gun-Britt Halling"), system="mellan"),
    Region(
        key="vastanhed", name="Västanhed", inhabitants=1_770_000, people=("Kristina Hede", "Samuel Wester"), system="ny"
    ),
    Region(key="gotvik", name="Gotvik", inhabitants=61_000, people=("Torsten Klint", "Ylva Gothe"), system="gammal"),
)
"""Region Fjärdsland, of the county's world, is the twenty-first."""

OFFICE = Place(
    key="rikskansli",
    name="Nationella samordningskansliet",
    short="Rikskansliet",
    kind=Kind.COORDINATION_OFFICE,
    inhabitants=None,
    people=(Somebody(key="rikssamordnare", name="Ebba Thorén", kind=RoleKind.COORDINATOR, role="Nationell samordnare"),),
)


def place_of(region: Region) -> Place:
    """The region as an organisation with its people."""
    representative, manager = region.people
    people = (
        Somebody(key=f"{region.key}-rep", name=representative, kind=RoleKind.REPRESENTATIVE, role="Samverkansansvarig"),
        Somebody(key=f"{region.key}-chef", name=manager, kind=RoleKind.MANAGER, role="Hälso- och sjukvårdsdirektör"),
    )
    return Place(
        key=region.key,
        name=f"Region {region.name}",
        short=region.name,
        kind=Kind.REGION,
        inhabitants=region.inhabitants,
        people=people,
    )


EVERYBODY = ("region", *(region.key for region in REGIONS))
"""The keys of all twenty-one."""
