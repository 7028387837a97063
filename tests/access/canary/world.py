"""One world with every kind of secret, made by the operations people use, so that the journal holds what it would hold.

`care` is the collaboration most is in: Alpha and Beta take part, Left has left it, Superior is above it, Host coordinates
it. `work` is another: Gamma takes part, Other coordinates it. Outside takes part in nothing. `planned` is being prepared.
`group` lies in `care`, which has delegated a mandate to it: Alpha and Gamma take part, and Gamma coordinates it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.domain.adherence import operations as adherence
from samordna.domain.admissions import operations as admissions
from samordna.domain.admissions.models import Identity
from samordna.domain.collaborations import operations as collaborations
from samordna.domain.collaborations.models import Collaboration, Goal, Participation, Party, PicturePoint
from samordna.domain.knowledge import operations as knowledge
from samordna.domain.matters import operations as matters
from samordna.domain.matters.models import Aspect, Option, Position
from samordna.domain.organisations import operations as organisations
from samordna.domain.organisations.access import actor_of
from samordna.domain.organisations.enums import RoleKind
from samordna.domain.organisations.models import Holding, Organisation
from tests import factories as f
from tests.access.canary.canaries import LATER, Cage

ORGANISATIONS = ("host", "other", "alpha", "beta", "gamma", "left", "superior", "outside")
NUMBERS = tuple(f"212000-{last}" for last in ("0001", "0019", "0027", "0035", "0043", "0050", "0068", "0076"))


@dataclass
class World:
    """What was made, by name."""

    now: datetime
    cage: Cage = field(default_factory=Cage)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    holdings: dict[str, Holding] = field(default_factory=dict)
    collaborations: dict[str, str] = field(default_factory=dict)
    areas: dict[str, str] = field(default_factory=dict)
    matters: dict[str, str] = field(default_factory=dict)

    def ago(self, days: float) -> datetime:
        return self.now - timedelta(days=days)

    def actor(self, name: str) -> Actor:
        return actor_of(self.holdings[name])

    def position(self, matter: str, organisation: str) -> Position:
        return Position.objects.get(matter_id=self.matters[matter], organisation=self.organisations[organisation])


def build() -> World:
    """The whole world, up to matters that are answered; `deciding` takes them on."""
    world = World(now=clock.now())
    for name, number in zip(ORGANISATIONS, NUMBERS, strict=True):
        founded = clock.day(world.ago(900))
        world.organisations[name] = f.organisation(f"Organisation {name}", number=number, valid_from=founded)
        for kind in RoleKind:
            world.holdings[f"{name} {kind}"] = hold(world, name, kind)
        _contact(world, name)
        _known(world, name)
    _collaboration(world, "care", "host", ("alpha", "beta", "left"), superior="superior")
    _known_of(world)
    _collaboration(world, "work", "other", ("gamma", "other"))
    _collaboration(world, "planned", "host", ("alpha",), activate=False)
    _collaboration(world, "group", "gamma", ("alpha", "gamma"), within="care")
    for name, collaboration in (("gathering", "care"), ("decided", "care"), ("elsewhere", "work"), ("nested", "group")):
        _matter(world, name, collaboration)
    _matter(world, "draft", "care", gather=False)
    for matter, organisation in (
        *(("gathering", "alpha"), ("gathering", "beta"), ("gathering", "left")),
        *(("decided", "alpha"), ("decided", "beta"), ("decided", "left"), ("elsewhere", "gamma")),
        *(("nested", "alpha"), ("nested", "gamma")),
    ):
        _answer(world, matter, organisation)
    _invite(world)
    _reorganise(world)
    organisations.record_external_id(
        actor=world.actor("alpha administrator"),
        organisation_id=world.organisations["alpha"].pk,
        person_id=world.holdings["alpha officer"].person_id,
        kind="hsa_id",
        value=_hsa(world, "alpha", "1ABC"),
        issuer="HSA",
        at=world.ago(3),
    )
    leaving = Participation.objects.get(organisation=world.organisations["left"])
    leaving.left_on = clock.day(world.now)
    leaving.save()
    return world


def _invite(world: World) -> None:
    """Somebody is invited to a role at Alpha, and an organisation that is not registered to take part."""
    alpha, at = world.organisations["alpha"].pk, world.ago(3)
    admissions.invite_to_role(
        actor=world.actor("alpha administrator"),
        role_id=world.holdings["alpha officer"].role_id,
        email=world.cage.mail("invited address", "administer", ("organisation", alpha)),
        name=world.cage.word("invited name", "administer", ("organisation", alpha)),
        at=at,
    )
    officer = world.holdings["alpha officer"]
    rule = f"{world.cage.word('affiliation', 'administer', ('organisation', alpha))}@2120001397"
    administrator = world.actor("alpha administrator")
    admissions.add_affiliation_rule(actor=administrator, role_id=officer.role_id, affiliation=rule, at=at)
    told = [f"{world.cage.word('own affiliation', 'label', ('person', officer.person_id))}@212000-1397"]
    plain = {"provider": "unknown", "subject": "x", "made_at": at, "seen_at": at}
    Identity.objects.create(person_id=officer.person_id, affiliations=told, **plain)
    care = world.collaborations["care"]
    name = world.cage.word("invited organisation", "lead", ("collaboration", care))
    email = world.cage.mail("invited organisation's address", "lead", ("collaboration", care))
    given = [{"name": name, "email": email, "kind": "municipality"}]
    actor = world.actor("host coordinator")
    admissions.invite_organisations(actor=actor, collaboration_id=care, organisations=given, at=at)


def _reorganise(world: World) -> None:
    """Alpha and Beta are to become one, which is theirs alone to know; and Outside has another name."""
    for name, given in (
        ("alpha", {"kind": "merge", "others": [world.organisations["beta"].pk], "begin": ["Organisation alphabeta"]}),
        ("outside", {"kind": "rename", "new_name": "Organisation outside again"}),
    ):
        planned = organisations.plan_reorganisation(
            actor=world.actor(f"{name} manager"),
            organisation_id=world.organisations[name].pk,
            happens_on=clock.day(world.now + timedelta(days=60 if name == "alpha" else 0)),
            ground=world.cage.word(f"what the reorganisation of {name} rests on", "read", LATER),
            at=world.now,
            **given,
        )
        world.cage.settle(("reorganisation", planned.pk))
    organisations.carry_out_reorganisation(actor=world.actor("outside manager"), reorganisation_id=planned.pk, at=world.now)


def _known(world: World, name: str) -> None:
    """What the organisation's own register calls somebody: for those who administer it."""
    organisation = world.organisations[name]
    holding = world.holdings[f"{name} officer"]
    administered = ("organisation", organisation.pk)
    organisations.describe_member(
        actor=world.actor(f"{name} administrator"),
        organisation_id=organisation.pk,
        person_id=holding.person_id,
        name=holding.person.name,
        register_id=world.cage.word("id in the organisation's own register", "administer", administered),
        at=world.ago(400),
    )
    organisations.record_external_id(
        actor=world.actor(f"{name} administrator"),
        organisation_id=organisation.pk,
        person_id=holding.person_id,
        kind="hsa_id",
        value=_hsa(world, name, name),
        at=world.ago(400),
    )


def _hsa(world: World, name: str, rest: str) -> str:
    return f"SE{world.organisations[name].number.replace('-', '')}-{rest}"


def _contact(world: World, name: str) -> None:
    """Whom to contact about something, which everybody who holds a role may read."""
    holding = world.holdings[f"{name} manager"]
    organisations.open_contact_path(
        actor=world.actor(f"{name} manager"),
        role_id=holding.role_id,
        topic=world.cage.word(f"what to contact {name} about", "read", ("directory",)),
        how="010-123 45 67",
        valid_from=clock.day(world.ago(500)),
        at=world.ago(500),
    )


def _known_of(world: World) -> None:
    """A service, which everybody who holds a role may read, and what a word means to one who takes part."""
    alpha = world.actor("alpha manager")
    wording = knowledge.Wording(name="A service of alpha", description="What it is.")
    knowledge.open_service(actor=alpha, role_id=str(alpha.role_id), wording=wording, at=world.ago(400))
    said = {"collaboration_id": world.collaborations["care"], "word": "ready", "text": "What it means."}
    knowledge.explain_word(actor=alpha, at=world.ago(100), **said)


def hold(world: World, organisation: str, kind: RoleKind, **fields: Any) -> Holding:
    """Somebody new, whose mail address is a canary, in a new role of this kind."""
    who = f.person(f"{organisation} {kind}")
    who.email = world.cage.mail("e-mail address", "mail", ("person", who.pk))
    who.save()
    start = {"valid_from": clock.day(world.ago(900))}
    role = f.role(world.organisations[organisation], kind, **start)
    return f.holding(world.organisations[organisation], kind, person=who, role=role, **(start | fields))


def _collaboration(
    world: World,
    name: str,
    host: str,
    members: tuple[str, ...],
    superior: str = "",
    *,
    activate: bool = True,
    within: str = "",
) -> None:
    actor, at = world.actor(f"{host} coordinator"), world.ago(600)
    made = collaborations.start_collaboration(
        actor=actor,
        name=world.cage.word("collaboration's name", "be told of", LATER),
        purpose=world.cage.word("collaboration's purpose", "read", LATER),
        target_group="everyone",
        criteria=[{"kind": "includes", "subject": "age", "operator": "at_least", "value": "18"}],
        superior_id=world.organisations[superior].pk if superior else "",
        depth="voluntary",
        valid_from=clock.day(at),
        at=at,
    )
    thing = ("collaboration", made.pk)
    world.collaborations[name] = made.pk
    world.cage.settle(thing)
    area = world.cage.word("area", "be told of", thing)
    world.areas[name] = collaborations.add_area(actor=actor, collaboration_id=made.pk, name=area, at=at).pk
    carried = world.cage.word("name of a role of the collaboration's own", "read", thing)
    collaborations.open_collaboration_role(actor=actor, collaboration_id=made.pk, name=carried, at=at)
    for member in members:
        ids = [world.organisations[member].pk]
        collaborations.let_in(actor=actor, collaboration_id=made.pk, organisation_ids=ids, joined_on=clock.day(at), at=at)
    _aim_and_picture(world, thing[1], actor)
    if not activate:
        return
    collaborations.open_to_participants(actor=actor, collaboration_id=made.pk, at=at)
    for member in members:
        _tell_view(world, member, made.pk)
    collaborations.activate_collaboration(actor=actor, collaboration_id=made.pk, at=at)
    if within:
        _delegate(world, name, within)
    for member in () if within else members:
        _lend(world, member, made.pk, world.areas[name])
    if superior:
        _exempt(world, superior, made.pk)


def _exempt(world: World, superior: str, collaboration: str) -> None:
    """The superior has exempted a party from contributing, which it otherwise must, until further notice."""
    party = Party.objects.filter(collaboration=collaboration).earliest("pk")
    Party.objects.filter(pk=party.pk).update(contribute="must")
    collaborations.exempt_party(
        actor=world.actor(f"{superior} manager"),
        party_id=party.pk,
        contribute="may",
        reason=world.cage.word("why a party is exempted", "read", ("collaboration", collaboration)),
        review_on=clock.day(world.now + timedelta(days=200)),
        at=world.ago(400),
    )


def _aim_and_picture(world: World, collaboration: str, actor: Actor) -> None:
    """A goal that was revised, and two points, of which one was taken away."""
    at, thing = world.ago(600), ("collaboration", collaboration)
    given: dict[str, Any] = {"unit": "days", "direction": "down", "baseline": Decimal(31), "target": Decimal(20)}
    given |= {"target_on": clock.day(world.now + timedelta(days=400)), "actor": actor, "at": at}
    words = [(world.cage.word("goal", "read", thing), world.cage.word("indicator", "read", thing)) for _ in range(2)]
    goal = collaborations.set_goal(collaboration_id=collaboration, what=words[0][0], indicator=words[0][1], **given)
    why = world.cage.word("why a goal was revised", "read", thing)
    collaborations.revise_goal(goal_id=goal.pk, why=why, what=words[1][0], indicator=words[1][1], **given)
    for kind in ("problem", "need"):
        text = world.cage.word("point of the picture", "read", thing)
        collaborations.add_point(actor=actor, collaboration_id=collaboration, kind=kind, text=text, at=at)
    gone = world.cage.word("why a point was taken away", "read", thing)
    point = PicturePoint.objects.filter(collaboration=collaboration, kind="need").get()
    collaborations.remove_point(actor=actor, point_id=point.pk, reason=gone, at=at)


def _tell_view(world: World, member: str, collaboration: str) -> None:
    """Own words, a point seen differently, and a need."""
    thing = ("collaboration", collaboration)
    words = [world.cage.word(f"{member}'s {what}", "read", thing) for what in ("own words", "picture", "need", "reason")]
    point = PicturePoint.objects.filter(collaboration=collaboration, kind="problem").get()
    collaborations.tell_view(
        actor=world.actor(f"{member} manager"),
        collaboration_id=collaboration,
        own_words=words[0],
        marks=[{"point_id": point.pk, "agrees": False, "why": words[1]}],
        needs=[{"text": words[2], "reason": words[3]}],
        at=world.ago(590),
    )
    adherence.state_own_work(
        actor=world.actor(f"{member} manager"),
        goal_id=Goal.objects.get(collaboration=collaboration, ended_at__isnull=True).pk,
        what=world.cage.word(f"{member}'s own work", "read", thing),
        how=world.cage.word(f"how {member}'s own work helps", "read", thing),
        at=world.ago(589),
    )


def _lend(world: World, giver: str, collaboration: str, area: str) -> None:
    clause = {"area_id": area, "coordination_decides": True, "participants_no_longer_decide": True, "following": "must"}
    collaborations.give_mandate(
        actor=world.actor(f"{giver} manager"),
        collaboration_id=collaboration,
        form="lent",
        wording=world.cage.word("mandate's wording", "read", ("collaboration", collaboration)),
        source="§ 1",
        clauses=[clause],
        valid_from=clock.day(world.ago(500)),
        at=world.ago(500),
    )


def _delegate(world: World, name: str, within: str) -> None:
    """The collaboration now lies in another, whose coordinator has passed on to it what is decided there."""
    made, above = world.collaborations[name], world.collaborations[within]
    Collaboration.objects.filter(pk=made).update(parent=above)
    clause = {"area_id": world.areas[name], "within_id": world.areas[within], "coordination_decides": True}
    collaborations.delegate_mandate(
        actor=world.actor("host coordinator"),
        collaboration_id=made,
        wording=world.cage.word("delegated mandate's wording", "read", ("collaboration", made)),
        source="§ 2",
        clauses=[clause],
        valid_from=clock.day(world.ago(400)),
        at=world.ago(400),
    )


def _matter(world: World, name: str, collaboration: str, *, gather: bool = True) -> None:
    host = {"work": "other", "group": "gamma"}.get(collaboration, "host")
    actor, at = world.actor(f"{host} coordinator"), world.ago(100)
    made = matters.open_matter(
        actor=actor,
        collaboration_id=world.collaborations[collaboration],
        area_id=world.areas[collaboration],
        title=world.cage.word(f"title of {name}", "read", LATER),
        purpose=world.cage.word(f"purpose of {name}", "read", LATER),
        for_the_individual="better",
        from_template=False,
        at=at,
    )
    thing = ("matter", made.pk)
    world.matters[name] = made.pk
    world.cage.settle(thing)
    for label in (world.cage.word(f"aspect of {name}", "read", thing), f"Second {name}"):
        matters.add_aspect(
            actor=actor, matter_id=made.pk, label=label, kind="choice", options=["one", "two", "three"], at=at
        )
    if gather:
        matters.start_gathering(actor=actor, matter_id=made.pk, answer_by=clock.day(world.now + timedelta(days=5)), at=at)


def options(world: World, matter: str) -> list[tuple[Aspect, list[Option]]]:
    """The matter's aspects with their options, in order."""
    return [(aspect, list(aspect.options.all())) for aspect in Aspect.objects.filter(matter_id=world.matters[matter])]


def _answer(world: World, matter: str, organisation: str) -> None:
    """One organisation's whole answer: open parts that all participants may read, and secrets that they may not."""
    position, actor, at = world.position(matter, organisation), world.actor(f"{organisation} manager"), world.ago(50)
    (first, choices), (second, others) = options(world, matter)
    opened, secret = ("read", ("position", position.pk)), ("read confidential", ("position", position.pk))
    about = f"{organisation} in {matter}"
    plain: dict[str, Any] = {"actor": actor, "position_id": position.pk, "at": at}

    def rule(aspect: Aspect, allowed: list[Option]) -> dict[str, Any]:
        ids = [option.pk for option in allowed]
        return {"then": [{"aspect": aspect.pk, "is": "one_of", "options": ids}]}

    def costs(of: Option) -> tuple[int, int, int]:
        low, likely, high = (world.cage.figure(f"cost of {of} for {about}", *secret) for _ in range(3))
        return low, likely, high

    matters.record_practice(practices={first.pk: choices[0].pk}, **plain)
    matters.state_need(rule=rule(first, choices[:1]), reason=world.cage.word(f"need of {about}", *opened), **plain)
    reason = world.cage.word(f"reason of open condition of {about}", *opened)
    matters.state_condition(rule=rule(first, choices[:2]), reason=reason, **plain)
    reason = world.cage.word(f"reason of condition in confidence of {about}", *secret)
    ground = world.cage.word(f"legal ground in confidence of {about}", *secret)
    matters.state_condition(
        rule=rule(second, others[:2]), reason=reason, legal_ground=ground, confidence="coordinator", **plain
    )
    matters.record_costs(costs={option.pk: costs(option) for option in (*choices, *others)}, **plain)
    low, likely, high = (world.cage.figure(f"benefit of {about}", *secret) for _ in range(3))
    note = world.cage.word(f"what the benefit of {about} consists of", *secret)
    matters.record_benefit(low=low, likely=likely, high=high, note=note, **plain)
    if matter == "decided":
        matters.submit_position(**plain)
