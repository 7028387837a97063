"""A group that lies in the county's collaboration, and decides what that one has delegated to it.

What it decides binds those that take part in both and have lent their mandate to the county's collaboration, and nobody else.
"""

from __future__ import annotations

from samordna.cli.demo.pictures import Aim, Picture, View
from samordna.cli.demo.starting import start
from samordna.cli.demo.world import World
from samordna.core import clock
from samordna.domain.collaborations import operations as collaborations
from samordna.domain.collaborations.queries.pages import collaboration_page, collaborations_of

NAME, ABOVE = "Läkemedel vid utskrivning", "Vårdsamverkan Fjärdsland"
PLACES = ("region", "strandsala", "kvarnforsa")

PICTURE = Picture(
    aims=(
        Aim(
            what="Rätt läkemedel redan första kvällen",
            indicator="Andel utskrivna som har en aktuell läkemedelslista med sig hem",
            unit="procent",
            direction="up",
            baseline="62",
            target="95",
            within=500,
            source="Stickprov, 50 utskrivningar per kvartal",
        ),
    ),
    points={"listan": ("problem", "Listan som följer med hem är inte alltid den som gäller.")},
    views={
        "": View(need="", reason="", words="En lista, och alla vet vilken."),
        "region": View(
            words="Det vi ordinerar ska vara det som tas.",
            need="Att ändringar når hemtjänsten samma dag",
            reason="Annars ges de gamla läkemedlen över helgen.",
        ),
        "strandsala": View(
            words="Vi ska slippa ringa runt på fredagskvällen.",
            need="Att få läkemedlen med hem till måndagen",
            reason="Apoteket har stängt när bussen kommer fram.",
        ),
        "kvarnforsa": View(
            words="Sköterskan ska kunna lita på listan.",
            need="En läkare att fråga när något är oklart",
            reason="Oklara ordinationer blir i dag liggande.",
        ),
    },
)


def load_within(world: World) -> None:
    """The group, its areas, and the mandate that is delegated to it in one of them."""
    actor = world.coordinator()
    above = next(row.id for row in collaborations_of(actor, world.now) if row.name == ABOVE)
    areas = {area.name: area.id for area in collaboration_page(actor, above, world.now).areas}
    made = start(
        world,
        NAME,
        "conditional",
        PLACES,
        {"Läkemedelslistor": "", "Hjälp med läkemedel i hemmet": ""},
        PICTURE,
        parent_id=above,
        purpose="Den som kommer hem ska ha rätt läkemedel och veta varför, redan första kvällen.",
        target_group="Vuxna som skrivs ut från sjukhus med ändrade läkemedel.",
        criteria=[{"kind": "includes", "subject": "läkemedel", "operator": "is", "value": "ändrade vid utskrivningen"}],
    )
    clause = {
        "area_id": world.areas["Läkemedelslistor"],
        "within_id": areas["Utskrivning"],
        "coordination_decides": True,
    }
    collaborations.delegate_mandate(
        actor=actor,
        collaboration_id=made,
        wording="Gruppen beslutar hur läkemedelslistan ser ut och när den lämnas över vid utskrivning.",
        source="Vårdsamverkans ledningsgrupp 2026-01-20 § 3",
        clauses=[clause],
        notice_days=30,
        valid_from=clock.day(world.ago(300)),
        at=world.ago(300),
    )
