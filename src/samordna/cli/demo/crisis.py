"""A mandatory collaboration under a superior: disturbances in the county, with one party exempted for a time.

Holmö has to take part like everybody else, but its staff room is being rebuilt, so the superior has freed it from
contributing to the shared picture until the ferry berth is ready.
"""

from __future__ import annotations

from datetime import timedelta

from samordna.cli.demo.pictures import Aim, Picture, View
from samordna.cli.demo.starting import start
from samordna.cli.demo.world import World
from samordna.core import clock
from samordna.domain.collaborations import operations as collaborations
from samordna.domain.collaborations.queries.pages import collaboration_page

NAME = "Samverkan vid störningar"
PLACES = ("region", "strandsala", "lindemala", "holmo")

PICTURE = Picture(
    aims=(
        Aim(
            what="En samlad lägesbild inom två timmar",
            indicator="Tid från larm till att alla har lämnat sin del av lägesbilden",
            unit="minuter",
            direction="down",
            baseline="210",
            target="120",
            within=400,
            source="Loggen från övningar och skarpa händelser",
        ),
    ),
    points={"bilden": ("problem", "Vi fattar beslut på olika bilder av samma händelse.")},
    views={
        "": View(need="", reason="", words="En bild som alla litar på."),
        "region": View(
            words="Akuten ska veta vad som är på väg.",
            need="Besked om stängda vägar inom en timme",
            reason="Ambulanserna styrs om i blindo i dag.",
        ),
        "strandsala": View(
            words="Invånarna ska få samma besked av alla.",
            need="Ett gemensamt ord för varje läge",
            reason="Rykten växer när vi säger olika.",
        ),
        "lindemala": View(
            words="Vi vill slippa ringa fyra nummer.",
            need="En kontakt som svarar dygnet runt",
            reason="Jouren är en person.",
        ),
        "holmo": View(
            words="Ön ska vara med på kartan.",
            need="Ett sätt att rapportera när nätet är nere",
            reason="Mobilnätet faller först hos oss.",
        ),
    },
)


def load_crisis(world: World) -> None:
    """The collaboration, and the exemption that its superior has given."""
    made = start(
        world,
        NAME,
        "mandatory",
        PLACES,
        {"Lägesbild": "", "Gemensamma budskap": ""},
        PICTURE,
        superior_id=world.places["lansledning"],
        purpose="När något händer i länet ska alla ha samma bild, och invånarna samma besked.",
        target_group="Alla som bor eller vistas i Fjärdsland när en störning inträffar.",
        criteria=[{"kind": "includes", "subject": "plats", "operator": "is", "value": "Fjärdslands län"}],
    )
    parties = collaboration_page(world.coordinator(), made, world.now).parties
    holmo = next(party.id for party in parties if party.name == "Holmö kommun")
    collaborations.exempt_party(
        actor=world.actor("lansledning-chef"),
        party_id=holmo,
        contribute="may",
        reason="Ledningsplatsen byggs om och färjeläget är stängt. Ön följer besluten men lämnar ingen egen lägesbild så länge.",
        starts_on=clock.day(world.ago(45)),
        ends_on=clock.day(world.now) + timedelta(days=130),
        at=world.ago(45),
    )
