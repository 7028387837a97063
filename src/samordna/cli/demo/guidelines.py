"""Worked example: common guidelines, separate decisions. Four municipalities agree on a text that each board decides for itself.

It needs no mandate and no money: the same need should be met alike whatever side of a border one lives on, and where it is
not, there is a reason. The municipalities and their figures are not real.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from samordna.cli.demo.answering import small_matter
from samordna.cli.demo.others import Small
from samordna.cli.demo.payment import Answer, Says, at_least, at_most, one_of
from samordna.cli.demo.pictures import Aim, Picture, View
from samordna.cli.demo.starting import start
from samordna.cli.demo.world import World
from samordna.core import clock
from samordna.domain.decisions import operations as decisions

NAME = "Riktlinjer i fyra kommuner"
PLACES = ("kvarnforsa", "bjorkhede", "holmo", "granvattna")
GLASSES, TOOTH, CAR, NET = "Glasögon, högst kronor", "Akut tandvård utan prövning, högst kronor", "Bil", "Internet"

GUIDELINES = Small(
    key="riktlinjer",
    title="Gemensamma riktlinjer för ekonomiskt bistånd",
    kind="routine",
    area="Riktlinjer",
    purpose="Riktlinjerna är olika gamla, och den som flyttar över en gräns får ett annat svar på samma behov.",
    individual="Lika behov bedöms lika, och skillnader går att förklara.",
    aspects=(
        (GLASSES, "range", "framed", ("1500", "2000", "2500")),
        (TOOTH, "range", "framed", ("2000", "3000", "4000")),
        (CAR, "choice", "framed", ("ingår inte", "ingår där avstånden kräver det")),
        (NET, "choice", "common", ("ingår", "ingår för barnfamiljer")),
    ),
    answers=(
        Answer(
            place="kvarnforsa",
            conditions=(Says(then=(at_most(GLASSES, "2000"),), reason="Nämndens budget är lagd för året."),),
            needs=(Says(then=(one_of(NET, "ingår"),), reason="Utan internet går det inte att söka arbete.", weight=10),),
        ),
        Answer(
            place="bjorkhede",
            conditions=(Says(then=(one_of(CAR, "ingår inte"),), reason="Här går bussen var tionde minut."),),
        ),
        Answer(
            place="holmo",
            conditions=(
                Says(
                    then=(at_least(TOOTH, "3000"),), reason="Tandläkaren kommer en dag i veckan och tar betalt för resan."
                ),
            ),
        ),
        Answer(
            place="granvattna",
            conditions=(
                Says(
                    then=(one_of(CAR, "ingår där avstånden kräver det"),),
                    reason="Närmaste arbetsgivare ligger sju mil bort, och bussen går två gånger om dagen.",
                ),
            ),
        ),
    ),
    until="in_force",
)

PICTURE = Picture(
    aims=(
        Aim(
            what="Färre beslut ändras efter överklagande",
            indicator="Andel överklagade beslut om bistånd som ändras",
            unit="procent",
            direction="down",
            baseline="14",
            target="7",
            within=700,
            source="Nämndernas egna register, varje halvår",
        ),
    ),
    points={"alder": ("problem", "Riktlinjerna är skrivna under sexton olika år.")},
    views={
        "": View(need="", reason="", words="En text att lära sig, fyra nämnder som bestämmer."),
        "kvarnforsa": View(
            need="Stöd för nya handläggare", reason="Hälften är nya i år.", words="Samma svar på samma fråga."
        ),
        "bjorkhede": View(need="Riktlinjer som går att förklara", reason="De sökande jämför.", words="Lika för lika."),
        "holmo": View(need="Någon att fråga", reason="Hos oss är en person ensam om uppdraget."),
        "granvattna": View(need="Utrymme för avstånden", reason="Sju mil är inte sju kilometer."),
    },
)


def load_guidelines(world: World) -> None:
    """The collaboration, its one matter, and what each board decided."""
    made = start(
        world,
        NAME,
        "voluntary",
        PLACES,
        {"Riktlinjer": ""},
        PICTURE,
        purpose="Den som söker bistånd ska få samma svar på samma behov i våra kommuner.",
        target_group="Alla som söker ekonomiskt bistånd hos någon av oss.",
        criteria=[{"kind": "includes", "subject": "insats", "operator": "is", "value": "ekonomiskt bistånd"}],
    )
    small_matter(world, made, GUIDELINES, world.ago(180), each_board_decides)


def each_board_decides(
    world: World, aspects: Mapping[str, str], stage: str, matter: str, proposal: str, at: datetime
) -> None:
    """Two boards adopted the text, one did not, and one has it on its next agenda; it holds where it was adopted."""
    actor = world.coordinator()
    decisions.choose_proposal(actor=actor, proposal_id=proposal, at=at)
    review_on = clock.day(at + timedelta(days=365))
    version = decisions.prepare_decision(
        actor=actor, matter_id=matter, comes_into_force="adopters", review_on=review_on, at=at
    )
    until = clock.day(at + timedelta(days=30))
    decisions.open_consultation(actor=actor, version_id=version.pk, until=until, at=at)
    for place in PLACES:
        answered = at + timedelta(days=12)
        decisions.answer_consultation(actor=world.answerer(place), version_id=version.pk, stance="supports", at=answered)
    decisions.recommend(actor=actor, version_id=version.pk, at=at + timedelta(days=31))
    answers = (
        ("granvattna", "adopted", "§ 12", ""),
        ("kvarnforsa", "adopted", "§ 87", "Nämnden vill se kostnaden för tandvård efter ett år."),
        ("bjorkhede", "rejected", "§ 41", "Nämnden antar inga riktlinjer före årets budget."),
    )
    for days, (place, answer, paragraph, reservation) in enumerate(answers, 50):
        decisions.record_adoption(
            actor=world.actor(f"{place}-chef"),
            version_id=version.pk,
            answer=answer,
            body="Socialnämnden",
            decided_on=clock.day(at + timedelta(days=days)),
            paragraph=paragraph,
            reservation=reservation,
            at=at + timedelta(days=days),
        )
    starts = clock.day(at + timedelta(days=70))
    decisions.establish(actor=actor, version_id=version.pk, in_force_from=starts, at=at + timedelta(days=60))
