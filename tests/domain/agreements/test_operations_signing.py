from datetime import date, timedelta
from hashlib import sha256

import pytest
from django.db import IntegrityError, transaction

from samordna.core import clock
from samordna.core.errors import Forbidden, Invalid, Refused, TooLarge
from samordna.core.models import JournalEntry
from samordna.domain.agreements import operations as do
from samordna.domain.agreements.access import visible_agreements
from samordna.domain.agreements.document import Document
from samordna.domain.agreements.enums import Standing
from samordna.domain.agreements.life import standing
from samordna.domain.agreements.models import Signature
from samordna.domain.agreements.queries.drafting import changed_since, document_of
from samordna.domain.agreements.queries.pages import agreement_page, compared, documents_of, version_page
from samordna.domain.agreements.queries.register import documents_that_bind
from samordna.domain.agreements.queries.signing import pdf_for
from samordna.domain.agreements.queries.waiting import waiting_for
from samordna.domain.agreements.rendering.pdf import pdf_of
from samordna.domain.collaborations import operations as collaborations
from samordna.domain.organisations.enums import RoleKind
from tests import factories as f
from tests.domain.agreements.world import STARTS, head, in_force, offered, sign, world, write
from tests.domain.collaborations.test_operations_mandates import give
from tests.factories import NOW

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=30)
TODAY = clock.day(NOW)


def now(version):
    version.refresh_from_db()
    return standing(version.fact, TODAY)


def test_sealing_keeps_the_very_bytes_and_their_digest():
    agreed = world()
    version = offered(agreed)
    pdf = bytes(version.document.pdf)
    assert version.document.sha256 == sha256(pdf).hexdigest()
    assert pdf_of(document_of(version, LATER), version.sealed_at) == pdf, "the same version is the same bytes"
    assert pdf_for(agreed.given.manager, version.pk, LATER) == ("överenskommelse-om-utskrivning-1.pdf", pdf)
    entry = JournalEntry.objects.get(action="agreement_offered")
    assert version.document.sha256 in entry.payload.content


def test_it_holds_when_the_last_party_has_signed_and_everybody_is_seen():
    agreed = world()
    version = offered(agreed)
    sign(agreed.given.manager, version)
    assert now(version) is Standing.SIGNING
    shown = version_page(agreed.given.other_manager, agreed.agreement.pk, 1, NOW)
    assert [(row.organisation, row.signed, row.own) for row in shown.signers] == [
        ("Havsnäs", True, False),
        ("Storstad", False, True),
    ]
    sign(agreed.given.other_manager, version)
    assert now(version) is Standing.COMING
    assert standing(version.fact, STARTS) is Standing.IN_FORCE
    made = Signature.objects.get(organisation=agreed.given.own)
    assert (made.sha256, made.holding_id, made.way) == (version.document.sha256, agreed.given.manager.holding_id, "here")


def test_only_an_authorised_role_signs_and_only_for_its_own_organisation():
    agreed = world()
    version = offered(agreed)
    for actor in (f.actor(agreed.given.own), agreed.coordinator, agreed.given.superior_manager):
        with pytest.raises(Forbidden):
            sign(actor, version)
    newcomer = f.organisation()
    f.participation(agreed.given.collaboration, newcomer)
    with pytest.raises(Refused, match=r"not a party|inte part"):
        sign(f.actor(newcomer, RoleKind.MANAGER), version)
    sign(agreed.given.manager, version)
    with pytest.raises(Refused, match=r"already|redan"):
        sign(agreed.given.manager, version)
    with transaction.atomic(), pytest.raises(IntegrityError):
        Signature.objects.create(
            version=version,
            organisation=agreed.given.own,
            holding_id=agreed.given.manager.holding_id,
            answer="signed",
            signed_on=TODAY,
            recorded_at=NOW,
            sha256="0",
        )


def test_what_is_signed_is_named_by_its_digest():
    agreed = world()
    version = offered(agreed)
    with pytest.raises(Invalid) as wrong:
        sign(agreed.given.manager, version, sha256="0" * 64, way="elsewhere", signed_on=TODAY + timedelta(days=1))
    assert set(wrong.value.fields) == {"sha256", "signed_on", "source"}
    made = sign(agreed.given.manager, version, way="elsewhere", source="Dnr 12", signed_on=date(2026, 11, 1))
    assert (made.source, made.signed_on) == ("Dnr 12", date(2026, 11, 1))


def test_declining_needs_a_reason_and_is_not_the_last_word():
    agreed = world()
    version = offered(agreed)
    declining = {"actor": agreed.given.manager, "version_id": version.pk, "at": NOW}
    with pytest.raises(Invalid):
        do.decline_to_sign(reason=" ", **declining)
    do.decline_to_sign(reason="Nämnden har inte beslutat", **declining)
    row = version_page(agreed.coordinator, agreed.agreement.pk, 1, NOW).signers[0]
    assert (row.declined, row.reason) == (True, "Nämnden har inte beslutat")
    sign(agreed.given.manager, version)
    assert version_page(agreed.coordinator, agreed.agreement.pk, 1, NOW).signers[0].signed


def test_silence_binds_nobody_but_it_may_hold_among_those_who_signed():
    agreed = world()
    third = f.organisation("Ön")
    f.participation(agreed.given.collaboration, third)
    version = offered(agreed, binds_when="signers")
    sign(agreed.given.manager, version)
    concluding = {"actor": agreed.coordinator, "version_id": version.pk, "at": NOW}
    with pytest.raises(Refused):
        do.conclude_among_signers(**concluding)
    sign(agreed.given.other_manager, version)
    do.conclude_among_signers(**concluding)
    manager = f.actor(third, RoleKind.MANAGER)
    assert len(documents_that_bind(agreed.given.manager, agreed.given.own.pk, LATER)) == 1
    assert documents_that_bind(manager, third.pk, LATER) == ()
    sign(manager, version, at=LATER)
    (bound,) = documents_that_bind(manager, third.pk, LATER)
    assert (bound.ground, bound.since) == ("signed", clock.day(LATER))


def test_one_that_binds_when_all_have_signed_is_not_concluded_among_some():
    agreed = world()
    version = offered(agreed)
    with pytest.raises(Refused, match=r"all parties|alla parter"):
        do.conclude_among_signers(actor=agreed.coordinator, version_id=version.pk, at=NOW)


def test_a_new_version_replaces_the_old_from_its_own_day_and_differences_show():
    agreed = world()
    first = in_force(agreed, valid_from=date(2026, 2, 1))
    do.start_version(actor=agreed.coordinator, agreement_id=agreed.agreement.pk, at=NOW)
    write(agreed, text="Vi gör det ännu bättre tillsammans.")
    second = head(agreed)
    do.offer_for_signing(actor=agreed.coordinator, version_id=second.pk, at=NOW)
    second.refresh_from_db()
    sign(agreed.given.manager, second)
    sign(agreed.given.other_manager, second)
    first.refresh_from_db()
    assert (first.ended_on, first.ended_how) == (STARTS, "replaced")
    page = agreement_page(agreed.given.manager, agreed.agreement.pk, LATER)
    assert [(row.number, row.standing) for row in page.versions] == [(2, "in_force"), (1, "replaced")]
    assert page.untidy == ()
    sections = compared(agreed.given.manager, agreed.agreement.pk, 1, 2, LATER)
    assert [section.title for section in sections if section.differs][1:] == ["Bakgrund"]


def test_what_is_signed_stands_and_what_has_changed_since_is_shown():
    agreed = world()
    mandate = give(agreed.given)
    version = in_force(agreed)
    assert changed_since(version, NOW) == ()
    collaborations.revoke_mandate(actor=agreed.given.manager, mandate_id=mandate.pk, at=NOW)
    ((sealed, current),) = changed_since(version, LATER)
    assert (sealed.heading, len(sealed.rows), len(current.rows)) == ("mandates", 1, 0)
    assert document_of(version, LATER) == Document.from_json(version.content)


def test_a_party_with_several_organisations_has_signed_when_all_of_them_have():
    agreed = world()
    other = f.organisation("Öarna")
    f.participation(agreed.given.collaboration, other, party=agreed.given.own_part.party)
    version = offered(agreed)
    for actor in (agreed.given.manager, agreed.given.other_manager):
        sign(actor, version)
    assert now(version) is Standing.SIGNING
    sign(f.actor(other, RoleKind.MANAGER), version)
    assert now(version) is Standing.COMING


def test_an_annex_has_a_life_of_its_own():
    agreed = world()
    whole = in_force(agreed, valid_from=date(2026, 2, 1))
    annex = do.start_agreement(
        actor=agreed.coordinator,
        collaboration_id=agreed.given.collaboration.pk,
        kind="agreement",
        name="Bilaga 1: Hjälpmedel",
        annex_of_id=agreed.agreement.pk,
        at=NOW,
    )
    own = type(agreed)(agreed.given, annex)
    trial = in_force(own, valid_from=date(2026, 3, 1), valid_to=date(2027, 3, 1), trial=True)
    (row,) = agreement_page(agreed.given.manager, agreed.agreement.pk, NOW).annexes
    assert (row.name, row.standing, row.trial) == ("Bilaga 1: Hjälpmedel", "in_force", True)
    do.repeal_document(actor=agreed.coordinator, agreement_id=annex.pk, reason="Prövat nog", at=NOW)
    assert (now(trial), now(whole)) == (Standing.REPEALED, Standing.IN_FORCE)
    with pytest.raises(Refused):
        do.repeal_document(actor=agreed.coordinator, agreement_id=annex.pk, reason="Igen", at=NOW)
    with pytest.raises(Invalid, match=r"annex|bilaga"):
        do.start_agreement(
            actor=agreed.coordinator,
            collaboration_id=agreed.given.collaboration.pk,
            kind="agreement",
            name="Bilaga till bilaga",
            annex_of_id=annex.pk,
            at=NOW,
        )


def test_an_untidy_history_is_taken_in_as_it_is():
    agreed = world()
    rows = [
        {"label": "1", "valid_from": date(2013, 11, 1), "valid_to": date(2017, 1, 1)},
        {"label": "2", "valid_from": date(2015, 4, 1), "valid_to": date(2017, 1, 1), "note": "Omslaget säger version 0.1"},
        {"label": "3", "valid_from": date(2017, 2, 3), "valid_to": date(2020, 1, 1)},
        {"label": "4", "valid_from": date(2021, 1, 1), "text": "Som den var."},
    ]
    taking = {"actor": agreed.coordinator, "agreement_id": agreed.agreement.pk, "source": "Diariet", "at": NOW}
    do.take_in_history(versions=rows, **taking)
    page = agreement_page(agreed.given.manager, agreed.agreement.pk, NOW)
    assert [(row.number, row.standing) for row in page.versions] == [
        (5, "draft"),
        (4, "in_force"),
        (3, "expired"),
        (2, "expired"),
        (1, "expired"),
    ]
    assert len(page.untidy) == 3
    assert [row.ground for row in documents_that_bind(agreed.given.manager, agreed.given.own.pk, NOW)] == ["party"]
    with pytest.raises(Invalid) as wrong:
        do.take_in_history(versions=[{"valid_from": date(2020, 1, 1), "valid_to": date(2019, 1, 1)}, {}], **taking)
    assert wrong.value.fields["versions"].count("Version") == 2
    with pytest.raises(TooLarge):
        do.take_in_history(versions=[rows[0]] * 51, **taking)
    with pytest.raises(Refused):
        do.sign_version(
            actor=agreed.given.manager, version_id=agreed.agreement.versions.get(number=4).pk, sha256="x", at=NOW
        )


def test_mitt_asks_managers_to_sign_and_coordinators_to_look_after():
    agreed = world(review_on=TODAY + timedelta(days=10))
    version = offered(agreed, valid_from=date(2026, 11, 1), valid_to=TODAY + timedelta(days=60))
    (waiting,) = waiting_for(agreed.given.manager, NOW)
    assert (waiting.kind, waiting.url_args) == ("sign", (agreed.agreement.pk, "1"))
    assert waiting_for(f.actor(agreed.given.own), NOW) == []
    sign(agreed.given.manager, version)
    assert waiting_for(agreed.given.manager, NOW) == []
    sign(agreed.given.other_manager, version)
    found = [(item.kind, item.due) for item in waiting_for(agreed.coordinator, NOW)]
    assert found == [("review", TODAY + timedelta(days=10)), ("review", TODAY + timedelta(days=60))]
    do.start_version(actor=agreed.coordinator, agreement_id=agreed.agreement.pk, at=NOW)
    assert len(waiting_for(agreed.coordinator, NOW)) == 1, "somebody writes what comes after"


def test_those_who_take_part_read_everything_and_nobody_else_anything():
    agreed = world()
    assert len(documents_of(agreed.given.manager, NOW)) == 1
    assert documents_of(f.actor(f.organisation(), RoleKind.MANAGER), NOW) == ()
    assert visible_agreements(f.actor(agreed.given.superior), NOW).count() == 1


def test_a_routine_rests_on_something_and_is_approved_by_its_responsible_role():
    agreed = world()
    in_force(agreed, valid_from=date(2026, 2, 1))
    routine = do.start_agreement(
        actor=agreed.coordinator, collaboration_id=agreed.given.collaboration.pk, kind="routine", name="Kallelse", at=NOW
    )
    own = type(agreed)(agreed.given, routine)
    write(own, "steps", "Den som upptäcker kallar.")
    version = head(own, valid_from=TODAY)
    approving = {"actor": agreed.coordinator, "version_id": version.pk, "at": NOW}
    with pytest.raises(Refused, match=r"rests on|vilar"):
        do.approve_document(**approving)
    with pytest.raises(Refused):
        do.offer_for_signing(**approving)
    resting = {"actor": agreed.coordinator, "agreement_id": routine.pk, "at": NOW}
    with pytest.raises(Invalid):
        do.rest_on(rests_on_id=routine.pk, **resting)
    with pytest.raises(Invalid):
        do.rest_on(**resting)
    ground = do.rest_on(rests_on_id=agreed.agreement.pk, **resting)
    with pytest.raises(Invalid):
        do.rest_on(rests_on_id=agreed.agreement.pk, **resting)
    do.approve_document(**approving)
    page = agreement_page(agreed.given.manager, agreed.agreement.pk, NOW)
    assert [row.name for row in page.carries] == ["Kallelse"]
    do.stop_resting_on(ground_id=ground.pk, **resting)
    with pytest.raises(Refused):
        do.stop_resting_on(ground_id=ground.pk, **resting)
    assert [row.ground for row in documents_that_bind(agreed.given.manager, agreed.given.own.pk, NOW)] == [
        "routine",
        "signed",
    ]


def test_an_organisations_own_routine_is_its_alone_to_write():
    agreed = world()
    given = agreed.given
    own = do.start_own_routine(
        actor=f.actor(given.own), collaboration_id=given.collaboration.pk, name="Hemgång hos oss", at=NOW
    )
    section = own.versions.get().sections.get(heading="steps")
    writing = {"section_id": section.pk, "revision": 1, "text": "Vi ringer.", "at": NOW}
    for stranger in (agreed.coordinator, given.other_manager, f.actor(given.own, RoleKind.OFFICER)):
        with pytest.raises(Forbidden):
            do.write_section(actor=stranger, **writing)
    do.write_section(actor=given.manager, **writing)
    assert [row.organisation for row in documents_of(given.other_manager, NOW)] == ["Havsnäs", ""]
