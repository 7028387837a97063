"""The county's roles: their words, a chair that goes round, a deputy, a vacancy, a holding that ends, a contact path to nobody."""

from __future__ import annotations

from datetime import timedelta

from samordna.cli.demo.world import World
from samordna.core import clock
from samordna.domain.collaborations import operations as collaborations
from samordna.domain.organisations import operations as organisations

COORDINATOR = {
    "name": "Samordnare",
    "purpose": "Hålla ihop vårdsamverkan i länet och leda fram beslut som fungerar för alla.",
    "responsibilities": (
        "Bereder chefsforums frågor.\nFrågar alla vad de behöver och ser till att alla har hörts.\n"
        "Följer upp det som är beslutat."
    ),
    "authority": (
        "Får kalla till möten och begära in svar.\nFår föreslå arbetssätt, men beslutar bara inom de mandat som lämnats."
    ),
}
CHAIR = {
    "name": "Ordförande i chefsforum",
    "purpose": "Leda chefsforums möten.",
    "responsibilities": "Fastställer dagordningen.\nSer till att alla kommer till tals.\nJusterar anteckningarna.",
    "authority": "Får skjuta upp en fråga som inte är beredd.",
}
SECRETARY = {"name": "Sekreterare i chefsforum", "purpose": "Skriva anteckningar som går att lita på."}


def load_roles(world: World, care: str) -> None:
    """All of it, through the operations that people use."""
    _words_and_chair(world, care)
    _people(world)
    _to_nobody(world)


def _words_and_chair(world: World, care: str) -> None:
    """What the coordinator sees to and may decide; a chair that has gone from the region to Strandsala; no secretary yet."""
    office, lead = world.actor("kansli-admin"), world.actor("samordnare")
    organisations.describe_role(actor=office, role_id=world.roles["samordnare"], **COORDINATOR, at=world.ago(390))
    began, changed = world.ago(380), world.ago(45)
    for said in (CHAIR, SECRETARY):
        made = collaborations.open_collaboration_role(
            actor=lead, collaboration_id=care, valid_from=clock.day(began), at=began, **said
        )
        if said is CHAIR:
            for key, since in (("region-chef", began), ("strandsala-chef", changed)):
                collaborations.let_role_carry(
                    actor=lead,
                    collaboration_role_id=made.pk,
                    role_id=world.roles[key],
                    valid_from=clock.day(since),
                    at=since,
                )


def _people(world: World) -> None:
    """A chief who is away for two weeks and has appointed a deputy; a holding that ends; an id that the region issues."""
    today = clock.day(world.now)
    chief, administrator = world.actor("kvarnforsa-chef"), world.actor("region-admin")
    organisations.appoint_deputy(
        actor=chief,
        holding_id=world.holdings["kvarnforsa-chef"],
        person_id=world.actor("kvarnforsa-rep").person_id or "",
        valid_from=today - timedelta(days=3),
        valid_to=today + timedelta(days=11),
        at=world.ago(5),
    )
    held, leaving = world.holdings["region-rep"], today + timedelta(days=41)
    organisations.end_holding(actor=administrator, holding_id=held, valid_to=leaving, at=world.ago(8))
    organisations.record_external_id(
        actor=administrator,
        organisation_id=world.places["region"],
        person_id=world.actor("region-chef").person_id or "",
        kind="hsa_id",
        value="SE9999999999-FJ01",
        issuer="HSA-katalogen",
        at=world.ago(300),
    )


def _to_nobody(world: World) -> None:
    """A contact path that leads to a role which nobody holds: the search says so, and the administrator is told."""
    administrator, since = world.actor("region-admin"), world.ago(120)
    role = organisations.open_role(
        actor=administrator,
        organisation_id=world.places["region"],
        name="Läkemedelssamordnare",
        kind="officer",
        purpose="En väg in för frågor om läkemedel vid utskrivning.",
        at=since,
    )
    organisations.open_contact_path(
        actor=administrator,
        role_id=role.pk,
        topic="Läkemedelslista vid utskrivning",
        also="medicin, läkemedel, ordination",
        how="010-555 01 40, vardagar 8–16",
        valid_from=clock.day(since),
        at=since,
    )
