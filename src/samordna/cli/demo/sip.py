"""A county's routine for coordinated individual plans, from the first answer to following. All of it is fictional.

What differs between participants is of the kinds that real routines differ in: steps, who calls, consent, follow-up, tool.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from samordna.cli.demo.answering import labels_of
from samordna.cli.demo.cast import CARE_PLACES
from samordna.cli.demo.others import Small
from samordna.cli.demo.payment import Answer, Says, at_most, one_of
from samordna.cli.demo.world import World
from samordna.core import clock
from samordna.domain.adherence import operations as adherence
from samordna.domain.decisions import operations as decisions
from samordna.domain.matters import operations as matters

SIP = Small(
    key="sip",
    title="Gemensam rutin för samordnad individuell plan",
    kind="routine",
    area="Samordnad individuell plan",
    purpose="Den enskilde ska få en plan på samma sätt oavsett var i länet man bor och vem som först ser behovet.",
    individual="Jag vet vem som kallar, vad jag säger ja till och när vi ses igen.",
    aspects=(
        ("Rutinens steg", "choice", "common", ("tre steg", "sex steg")),
        ("Vem kallar", "choice", "framed", ("den som ser behovet", "fast vårdkontakt")),
        ("Samtycke", "ordered", "framed", ("muntligt, antecknat", "skriftligt")),
        ("Uppföljning inom", "range", "framed", ("3", "4", "5", "6")),
        ("Verktyg", "choice", "local", ("gemensamt it-stöd", "eget system", "papper")),
    ),
    answers=(
        Answer(
            place="region",
            conditions=(
                Says(
                    then=(one_of("Rutinens steg", "tre steg"),),
                    reason="Vårdcentralerna är utbildade i det nationella stödet med tre steg.",
                ),
            ),
            needs=(Says(then=(at_most("Uppföljning inom", "4"),), reason="Läkemedel ändras ofta.", weight=20),),
            benefit=(200, 400, 600),
        ),
        Answer(
            place="strandsala",
            conditions=(
                Says(
                    then=(one_of("Verktyg", "gemensamt it-stöd", "papper"),),
                    reason="Personal utanför vården får inte läsa i vårdens system.",
                ),
            ),
            benefit=(90, 180, 270),
        ),
        Answer(
            place="kvarnforsa",
            needs=(
                Says(
                    then=(one_of("Vem kallar", "den som ser behovet"),),
                    reason="Ingen ska behöva vänta på rätt person.",
                    weight=30,
                ),
            ),
            benefit=(40, 80, 120),
        ),
        Answer(
            place="lindemala",
            conditions=(
                Says(
                    then=(one_of("Samtycke", "skriftligt"),),
                    reason="Vårt dataskyddsombud kräver underskrift när socialtjänsten deltar.",
                ),
            ),
            benefit=(20, 40, 60),
        ),
        Answer(place="bjorkhede", no_conditions=True, benefit=(10, 25, 40)),
        Answer(
            place="holmo",
            conditions=(
                Says(
                    then=(one_of("Verktyg", "papper"),),
                    reason="Uppkopplingen på ytteröarna räcker inte till ett it-stöd hemma hos den enskilde.",
                ),
            ),
            benefit=(5, 10, 15),
        ),
        Answer(
            place="granvattna",
            conditions=(
                Says(
                    then=(one_of("Samtycke", "muntligt, antecknat"),),
                    reason="Flera av dem vi planerar med kan inte skriva under, och det är långt till en god man.",
                ),
            ),
            benefit=(5, 10, 15),
        ),
        Answer(place="it", no_conditions=True),
    ),
    until="in_force",
)
BODIES = {"region": "Hälso- och sjukvårdsnämnden", "it": "Direktionen"}


def adopted_and_replaced(
    world: World, aspects: Mapping[str, str], stage: str, matter: str, proposal: str, at: datetime
) -> None:
    """Each one's own body adopts, most say that it is already so, and what one has learnt becomes the next version."""
    version, start = _into_force(world, matter, proposal, at, timedelta(days=30))
    for place in ("region", "strandsala", "bjorkhede", "granvattna"):
        adherence.answer_following(
            actor=world.answerer(place), version_id=version, kind="already_so", at=start + timedelta(days=20)
        )
    adherence.share_experience(
        actor=world.answerer("holmo"),
        version_id=version,
        tone="helps",
        text="Att papper räcker gör att vi kan planera vid köksbordet, och skriva in efteråt.",
        aspect_id=aspects["Verktyg"],
        at=start + timedelta(days=22),
    )
    learnt = adherence.share_experience(
        actor=world.answerer("strandsala"),
        version_id=version,
        tone="hinders",
        text="Planer som inte följs upp inom en månad blir liggande, och den enskilde får börja om.",
        aspect_id=aspects["Uppföljning inom"],
        at=start + timedelta(days=25),
    )
    _next_version(world, learnt.pk, start + timedelta(days=28))


def _into_force(world: World, matter: str, proposal: str, at: datetime, consultation: timedelta) -> tuple[str, datetime]:
    """Nobody has lent its mandate over plans, so each one's own body adopts. Returns the version and from when it holds."""
    actor, until = world.actor("samordnare"), at + consultation
    decisions.choose_proposal(actor=actor, proposal_id=proposal, at=at)
    review = clock.day(at + timedelta(days=365))
    version = decisions.prepare_decision(actor=actor, matter_id=matter, comes_into_force="all", review_on=review, at=at)
    decisions.open_consultation(actor=actor, version_id=version.pk, until=clock.day(until), at=at)
    for place in CARE_PLACES:
        decisions.answer_consultation(
            actor=world.answerer(place), version_id=version.pk, stance="supports", at=at + timedelta(days=4)
        )
    decisions.recommend(actor=actor, version_id=version.pk, at=until)
    for number, place in enumerate(CARE_PLACES):
        decisions.record_adoption(
            actor=world.actor(f"{place}-chef"),
            version_id=version.pk,
            answer="adopted",
            body=BODIES.get(place, "Socialnämnden"),
            decided_on=clock.day(until),
            paragraph=f"§ {31 + number}",
            at=until + timedelta(days=2),
        )
    start = until + timedelta(days=10)
    decisions.establish(actor=actor, version_id=version.pk, in_force_from=clock.day(start), at=until + timedelta(days=5))
    return version.pk, start


def _next_version(world: World, experience: str, at: datetime) -> None:
    """The next turn: everybody has its old answer before it, one states what it has learnt, and the old is replaced."""
    actor = world.actor("samordnare")
    turn = adherence.start_next_turn(actor=actor, experience_id=experience, at=at)
    matters.start_gathering(actor=actor, matter_id=turn.pk, answer_by=clock.day(at + timedelta(days=10)), at=at)
    labels = labels_of(world, turn.pk)
    learnt = Says(then=(at_most("Uppföljning inom", "4"),), reason="Efter en månad vet ingen längre vad som sades.")
    for given in SIP.answers:
        who, position = world.answerer(given.place), labels.positions[world.places[given.place]]
        if given.place == "strandsala":
            rule = labels.rule(learnt)
            matters.state_condition(actor=who, position_id=position, rule=rule, reason=learnt.reason, at=at)
        close = matters.submit_position if given.conditions else matters.declare_no_conditions
        close(actor=who, position_id=position, at=at + timedelta(days=2))
    at += timedelta(days=3)
    matters.advance(actor=actor, matter_id=turn.pk, to="weighing", at=at)
    attempt = decisions.propose_by_engine(actor=actor, matter_id=turn.pk, at=at)
    _into_force(world, turn.pk, attempt.proposals.get().pk, at, timedelta(days=12))
