"""P1: a register of what binds whom, decisions and agreements together."""

from datetime import date

import pytest

from samordna.domain.agreements import operations as do
from samordna.domain.organisations.enums import RoleKind
from samordna.domain.organisations.operations import open_contact_path
from tests import factories as f
from tests.domain.agreements.world import in_force, offered, sign, world
from tests.domain.collaborations.setting import client_of
from tests.domain.decisions import chain
from tests.domain.decisions.world import build
from tests.factories import NOW

pytestmark = pytest.mark.django_db
RULES = "/overenskommelser/regler/"


def rules_of(actor) -> str:
    page = client_of(actor).get(RULES)
    assert page.status_code == 200
    return page.content.decode()


def test_an_agreement_stands_in_the_register_of_those_who_have_signed_it_and_of_nobody_else():
    """Signed by two of three and concluded among them, it binds those two; the third is bound from its own signature."""
    agreed = world()
    third = f.organisation("Ön")
    f.participation(agreed.given.collaboration, third)
    version = offered(agreed, binds_when="signers", valid_from=date(2026, 11, 1))
    for actor in (agreed.given.manager, agreed.given.other_manager):
        sign(actor, version)
    do.conclude_among_signers(actor=agreed.coordinator, version_id=version.pk, at=NOW)
    name, late = agreed.agreement.name, f.actor(third, RoleKind.MANAGER)
    assert name in rules_of(agreed.given.manager)
    assert name not in rules_of(late)
    sign(late, version)
    assert name in rules_of(late)


def test_decisions_in_force_stand_in_the_same_register():
    """One page answers which rules bind me: the decision that binds the organisation is there with what it settles."""
    decided = build()
    chain.in_force(decided)
    page = rules_of(decided.manager(decided.town))
    assert decided.matter.title in page


def test_the_register_knows_the_role():
    """What my role is responsible for, and what others contact it about, stands apart from what binds us all."""
    agreed = world(kind="plan")
    version = offered_plan(agreed)
    role = agreed.given.manager
    open_contact_path(actor=role, role_id=role.role_id, topic="Utskrivning på helgen", how="Växeln", at=NOW)
    page = rules_of(role).split('id="roll"')[1]
    assert "Utskrivning på helgen" in page
    assert agreed.agreement.name in page
    other = rules_of(f.actor(agreed.given.own, RoleKind.MANAGER)).split('id="roll"')[1]
    assert agreed.agreement.name not in other
    assert version.concluded_at is not None


def offered_plan(agreed):
    """A plan in force that the manager's role is responsible for."""
    do.describe_document(
        actor=agreed.coordinator,
        agreement_id=agreed.agreement.pk,
        name=agreed.agreement.name,
        responsible_role_id=agreed.given.manager.role_id,
        at=NOW,
    )
    section = agreed.section("background")
    do.write_section(actor=agreed.coordinator, section_id=section.pk, revision=1, text="Så", at=NOW)
    draft = agreed.draft
    do.restate_head(actor=agreed.coordinator, version_id=draft.pk, revision=1, valid_from=date(2026, 11, 1), at=NOW)
    return do.approve_document(actor=agreed.coordinator, version_id=draft.pk, at=NOW)


def test_a_repealed_agreement_leaves_the_register():
    """When an agreement is repealed it no longer stands among the rules."""
    agreed = world()
    in_force(agreed, valid_from=date(2026, 2, 1))
    assert agreed.agreement.name in rules_of(agreed.given.manager)
    do.repeal_document(actor=agreed.coordinator, agreement_id=agreed.agreement.pk, reason="Ny lag", at=NOW)
    assert agreed.agreement.name not in rules_of(agreed.given.manager)
