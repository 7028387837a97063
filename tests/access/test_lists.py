"""In the database itself: every list gives exactly the objects whose check passes, and the checks agree with the oracle."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.extra.django import TestCase

from samordna.core.actor import Actor
from samordna.core.errors import Absent, Refused
from samordna.domain.agreements.access import DRAFT, agreement_for, visible_agreements
from samordna.domain.collaborations.access import collaboration_for, visible_collaborations
from samordna.domain.decisions.access import decision_for, proposal_for, visible_decisions, visible_proposals
from samordna.domain.forums.access import ATTEND, LEAD, PREPARE, RAISE, forum_for, visible_forums
from samordna.domain.matters.access import (
    matter_for,
    position_for,
    readable_conditions,
    readable_inquiries,
    reads_figures_of,
    visible_conditions,
    visible_inquiries,
    visible_matters,
)
from samordna.domain.matters.models import Matter, Position
from samordna.domain.organisations.access import organisation_for, visible_organisations
from samordna.domain.proceedings.access import NOTE, VOTE, permit_at
from samordna.domain.search.access import findable
from samordna.domain.search.enums import Kind
from tests.access import oracle
from tests.access.database import AT, Stored, store
from tests.access.oracle import Row
from tests.access.worlds import TODAY, World, drawn, things_of

SAMPLE = 25
CHECKS: dict[tuple[str, str], Callable[[Actor, str], object]] = {
    ("administer", "organisation"): lambda actor, key: organisation_for(actor, key, "organisation.administer", AT),
    ("keep", "contacts"): lambda actor, key: organisation_for(actor, key, "contact.keep", AT),
    ("keep", "knowledge"): lambda actor, key: organisation_for(actor, key, "knowledge.keep", AT),
    ("read", "collaboration"): lambda actor, key: collaboration_for(actor, key, at=AT),
    ("lead", "collaboration"): lambda actor, key: collaboration_for(actor, key, "collaboration.lead", AT),
    ("read", "agreement"): lambda actor, key: agreement_for(actor, key, at=AT),
    ("draft", "agreement"): lambda actor, key: agreement_for(actor, key, DRAFT, AT),
    ("read", "routine"): lambda actor, key: agreement_for(actor, key, at=AT),
    ("keep", "routine"): lambda actor, key: agreement_for(actor, key, DRAFT, AT),
    ("read", "forum"): lambda actor, key: forum_for(actor, key, at=AT),
    ("lead", "forum"): lambda actor, key: forum_for(actor, key, LEAD, AT),
    ("prepare", "forum"): lambda actor, key: forum_for(actor, key, PREPARE, AT),
    ("raise in", "forum"): lambda actor, key: forum_for(actor, key, RAISE, AT),
    ("attend", "forum"): lambda actor, key: forum_for(actor, key, ATTEND, AT),
    ("keep notes in", "forum"): lambda actor, key: permit_at(actor, NOTE, forum_for(actor, key, at=AT), AT),
    ("vote in", "forum"): lambda actor, key: permit_at(actor, VOTE, forum_for(actor, key, at=AT), AT),
    ("read", "matter"): lambda actor, key: matter_for(actor, key, at=AT),
    ("lead", "matter"): lambda actor, key: matter_for(actor, key, "matter.lead", AT),
    ("propose", "matter"): lambda actor, key: matter_for(actor, key, "proposal.make", AT),
    ("read", "position"): lambda actor, key: position_for(actor, key, at=AT),
    ("answer", "position"): lambda actor, key: position_for(actor, key, "position.answer", AT),
    ("read", "proposal"): lambda actor, key: proposal_for(actor, key, at=AT),
    ("change", "proposal"): lambda actor, key: proposal_for(actor, key, "proposal.change", AT),
    ("read", "decision"): lambda actor, key: decision_for(actor, key, at=AT),
    ("lead", "decision"): lambda actor, key: decision_for(actor, key, "decision.lead", AT),
}


def passes(check: Callable[[Actor, str], object], actor: Actor, key: str) -> bool:
    try:
        check(actor, key)
    except (Absent, Refused):
        return False
    return True


def lists(actor: Actor, stored: Stored) -> Iterator[tuple[str, set[str]]]:
    """Every list that access gives, as (kind of object, primary keys)."""
    yield "collaboration", set(visible_collaborations(actor, AT).values_list("pk", flat=True))
    for kind, own in (("agreement", True), ("routine", False)):
        documents = visible_agreements(actor, AT).filter(organisation__isnull=own)
        yield kind, set(documents.values_list("pk", flat=True))
    yield "forum", set(visible_forums(actor, AT).values_list("pk", flat=True))
    yield "matter", set(visible_matters(actor, AT).values_list("pk", flat=True))
    yield "decision", set(visible_decisions(actor, AT).values_list("pk", flat=True))
    conditions, proposals, inquiries = set[str](), set[str](), set[str]()
    for matter in visible_matters(actor, AT).select_related("collaboration"):
        conditions |= set(readable_conditions(actor, matter, AT).values_list("pk", flat=True))
        proposals |= set(visible_proposals(actor, matter, AT).values_list("pk", flat=True))
        inquiries |= set(readable_inquiries(actor, matter, AT).values_list("pk", flat=True))
    if actor.link_matter_id:
        matter = Matter.objects.get(pk=actor.link_matter_id)
        conditions |= set(readable_conditions(actor, matter, AT).values_list("pk", flat=True))
        inquiries |= set(readable_inquiries(actor, matter, AT).values_list("pk", flat=True))
    found = findable(actor, AT)
    assert set(visible_conditions(actor, AT).values_list("pk", flat=True)) == conditions or actor.link_matter_id
    assert set(visible_inquiries(actor, AT).values_list("pk", flat=True)) == inquiries or actor.link_matter_id
    assert set(found[Kind.DECISION]) == set(visible_decisions(actor, AT))
    assert set(found[Kind.AGREEMENT]) == set(visible_agreements(actor, AT))
    assert set(found[Kind.PROPOSAL].values_list("pk", flat=True)) == proposals
    yield "condition", conditions
    yield "inquiry", inquiries
    yield "proposal", proposals


def compare(stored: Stored, actor: Row, pick: Random) -> int:
    """One actor's lists and a sample of its checks; returns how many answers were compared."""
    acting = stored.actor(actor)
    things = list(things_of(stored.facts))

    def expected(action: str, thing: Row) -> bool:
        return oracle.allowed(stored.facts, actor, action, thing, TODAY)

    if acting is None:
        assert not any(expected(action, thing) for action, kind in CHECKS for thing in things if thing[0] == kind), actor
        return 0
    for kind, listed in lists(acting, stored):
        wanted = {stored.ids[thing[1]] for thing in things if thing[0] == kind and expected("read", thing)}
        with_link = kind in {"condition", "inquiry"} and actor[0] == "link"
        if with_link and not expected("read", ("position", _position(stored, actor))):
            continue
        assert listed == wanted, (kind, actor, {stored.names[key] for key in listed ^ wanted}, stored.facts)
    assert visible_organisations(acting, AT).exists() == expected("read", ("directory",))
    questions: list[Any] = [(pair, thing) for pair in CHECKS for thing in things if thing[0] == pair[1]]
    for (action, kind), thing in pick.sample(questions, min(SAMPLE, len(questions))):
        said = passes(CHECKS[(action, kind)], acting, stored.ids[thing[1]])
        assert said == expected(action, thing), (actor, action, thing, said, stored.facts)
    return len(things) + SAMPLE + _figures(stored, acting, expected)


def _position(stored: Stored, actor: Row) -> Any:
    return next(row[1] for row in stored.facts.link if row[0] == actor[1])


def _figures(stored: Stored, acting: Actor, expected: Callable[[str, Row], bool]) -> int:
    for position in Position.objects.select_related("matter__collaboration"):
        name = stored.names[position.pk]
        assert reads_figures_of(acting, position, AT) == expected("read confidential", ("position", name)), name
    return len(stored.facts.position)


class EveryWorld(TestCase):
    """Hypothesis rolls the database back after each world."""

    @settings(
        max_examples=15, deadline=None, suppress_health_check=list(HealthCheck), print_blob=True, phases=(Phase.generate,)
    )
    @given(drawn())
    def test_lists_and_checks_agree_with_the_oracle(self, world: World) -> None:
        stored = store(world.facts)
        pick = Random(len(world.actors))
        for actor in world.actors:
            compare(stored, actor, pick)
