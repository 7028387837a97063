"""The demonstration world's organisations and people. All are fictional; the kinds are real."""

from __future__ import annotations

from dataclasses import dataclass

from samordna.domain.organisations.enums import OrganisationKind as Kind
from samordna.domain.organisations.enums import RoleKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Somebody:
    """A person and the one role held; `key` is how the rest of the demonstration world refers to the holding."""

    key: str
    name: str
    kind: RoleKind
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """An organisation with its people."""

    key: str
    name: str
    short: str
    kind: Kind
    inhabitants: int | None
    people: tuple[Somebody, ...]
    number: str = ""


def _representative(key: str, name: str, role: str = "Samverkansansvarig") -> Somebody:
    return Somebody(key=key, name=name, kind=RoleKind.REPRESENTATIVE, role=role)


def _manager(key: str, name: str, role: str = "Socialchef") -> Somebody:
    return Somebody(key=key, name=name, kind=RoleKind.MANAGER, role=role)


def _municipality(key: str, name: str, inhabitants: int, representative: str, manager: str) -> Place:
    people = (_representative(f"{key}-rep", representative), _manager(f"{key}-chef", manager))
    return Place(key=key, name=f"{name} kommun", short=name, kind=Kind.MUNICIPALITY, inhabitants=inhabitants, people=people)


PLACES = (
    Place(
        key="kansli",
        name="Samverkanskansliet Fjärdsland",
        short="Kansliet",
        kind=Kind.COORDINATION_OFFICE,
        inhabitants=None,
        people=(
            Somebody(key="samordnare", name="Anna Lindqvist", kind=RoleKind.COORDINATOR, role="Samordnare"),
            Somebody(key="kansli-admin", name="Peter Åkerblom", kind=RoleKind.ADMINISTRATOR, role="Administratör"),
        ),
    ),
    Place(
        key="region",
        name="Region Fjärdsland",
        short="Regionen",
        kind=Kind.REGION,
        inhabitants=263_400,
        people=(
            _representative("region-rep", "Johan Wikström", "Utvecklingsledare samverkan"),
            _manager("region-chef", "Maria Ekdahl", "Hälso- och sjukvårdsdirektör"),
            Somebody(key="region-admin", name="Lars Nyman", kind=RoleKind.ADMINISTRATOR, role="Administratör"),
        ),
        number="999999-9999",  # nobody's, but with the right check digit
    ),
    _municipality("strandsala", "Strandsala", 142_300, "Sara Hedlund", "Mikael Brandt"),
    _municipality("kvarnforsa", "Kvarnforsa", 58_700, "Elif Demir", "Karin Öhrn"),
    _municipality("lindemala", "Lindemåla", 31_200, "Oskar Fransson", "Ingrid Sjödahl"),
    _municipality("bjorkhede", "Björkhede", 18_900, "Amira Haddad", "Tomas Rehn"),
    _municipality("holmo", "Holmö", 4_800, "Gunilla Västerman", "Erik Skärström"),
    _municipality("granvattna", "Granvattna", 7_500, "Nils Fjellborg", "Anneli Savela"),
    Place(
        key="it",
        name="Fjärdslands gemensamma it",
        short="Gemensam it",
        kind=Kind.SHARED_SERVICE,
        inhabitants=None,
        people=(
            _representative("it-rep", "Daniel Moberg", "Förvaltningsledare"),
            _manager("it-chef", "Petra Lund", "It-chef"),
        ),
    ),
    Place(
        key="arbete",
        name="Arbetslivsverket",
        short="Arbetslivsverket",
        kind=Kind.STATE_AGENCY,
        inhabitants=None,
        people=(
            _representative("arbete-rep", "Hanna Kvist", "Samverkansansvarig"),
            _manager("arbete-chef", "Roger Alm", "Sektionschef"),
        ),
    ),
    Place(
        key="kassa",
        name="Trygghetskassan",
        short="Trygghetskassan",
        kind=Kind.STATE_AGENCY,
        inhabitants=None,
        people=(
            _representative("kassa-rep", "Yasmin Rostami", "Samverkansansvarig"),
            _manager("kassa-chef", "Bengt Holmqvist", "Enhetschef"),
        ),
    ),
    Place(
        key="lansledning",
        name="Länsledningen Fjärdsland",
        short="Länsledningen",
        kind=Kind.STATE_AGENCY,
        inhabitants=None,
        people=(_manager("lansledning-chef", "Eva Strandberg", "Beredskapschef"),),
    ),
    Place(
        key="omsorg",
        name="Omsorg i Fjärd AB",
        short="Omsorg i Fjärd",
        kind=Kind.PRIVATE_PROVIDER,
        inhabitants=None,
        people=(_manager("omsorg-chef", "Camilla Norrby", "Verksamhetschef"),),
    ),
    Place(
        key="brukare",
        name="Brukarrådet Fjärdsland",
        short="Brukarrådet",
        kind=Kind.USER_ASSOCIATION,
        inhabitants=None,
        people=(Somebody(key="brukare-rep", name="Stig Ahlgren", kind=RoleKind.OFFICER, role="Ordförande"),),
    ),
)

CARE_PLACES = ("region", "strandsala", "kvarnforsa", "lindemala", "bjorkhede", "holmo", "granvattna", "it")
LENDERS = ("strandsala", "kvarnforsa", "lindemala", "bjorkhede", "granvattna", "it")
"""Who has lent the coordination a mandate; the region and the island decide for themselves."""
