from datetime import date
from decimal import Decimal

import pytest

from samordna.core.errors import Absent, Forbidden, Invalid, Refused, TooLarge
from samordna.core.models import JournalEntry
from samordna.domain.agreements import operations as do
from samordna.domain.agreements.errors import Overtaken
from samordna.domain.agreements.models import Agreement, AgreementVersion, Section
from samordna.domain.agreements.queries.drafting import changed_since, document_of
from samordna.domain.agreements.queries.sources import SOURCES
from samordna.domain.collaborations import operations as collaborations
from samordna.domain.collaborations.models import Collaboration
from samordna.domain.organisations.access import actor_of
from samordna.domain.organisations.enums import RoleKind
from samordna.domain.organisations.operations import open_contact_path
from tests import factories as f
from tests.domain.agreements.world import STARTS, Agreed, head, in_force, offered, world, write
from tests.domain.collaborations.setting import setting
from tests.domain.collaborations.test_operations_mandates import give
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def test_the_coordinator_begins_a_document_under_its_kinds_headings():
    agreed = world()
    headings = list(agreed.draft.sections.values_list("heading", flat=True))
    assert headings[:4] == ["background", "parties", "purpose", "target_group"]
    assert "annexes" in headings
    assert agreed.agreement.responsible_role_id == agreed.given.collaboration.coordinator_role_id
    entry = JournalEntry.objects.get(action="agreement_started")
    assert entry.collaboration_id == agreed.given.collaboration.pk


def test_nobody_but_the_coordinator_begins_a_common_document():
    given = setting()
    begin = {"collaboration_id": given.collaboration.pk, "kind": "agreement", "name": "x", "at": NOW}
    for actor in (given.manager, given.superior_manager):
        with pytest.raises(Forbidden):
            do.start_agreement(actor=actor, **begin)
    with pytest.raises(Absent):
        do.start_agreement(actor=f.actor(f.organisation(), RoleKind.COORDINATOR), **begin)
    assert not Agreement.objects.exists()


def test_what_is_wrong_at_the_beginning_is_said_at_once():
    given = setting()
    foreign = f.area(f.collaboration())
    with pytest.raises(Invalid) as wrong:
        do.start_agreement(
            actor=given.coordinator,
            collaboration_id=given.collaboration.pk,
            kind="pact",
            name=" ",
            area_id=foreign.pk,
            responsible_role_id=f.role(f.organisation()).pk,
            language="de",
            at=NOW,
        )
    assert set(wrong.value.fields) == {"kind", "name", "area_id", "responsible_role_id", "language"}


def test_the_responsible_role_writes_too_and_a_representative_of_the_same_organisation_does_not():
    given = setting()
    held = f.holding(given.own, RoleKind.OFFICER)
    made = do.start_agreement(
        actor=given.coordinator,
        collaboration_id=given.collaboration.pk,
        kind="routine",
        name="Vårdplanering",
        responsible_role_id=held.role_id,
        at=NOW,
    )
    section = made.versions.get().sections.first()
    writing = {"section_id": section.pk, "revision": 1, "text": "Så här", "at": NOW}
    with pytest.raises(Forbidden):
        do.write_section(actor=f.actor(given.own), **writing)
    assert do.write_section(actor=actor_of(held), **writing).text == "Så här"


def test_two_who_write_at_once_notice_each_other_and_nothing_is_lost():
    agreed = world()
    section = agreed.section("background")
    read = section.revision
    write(agreed, text="Det första.", revision=read)
    with pytest.raises(Overtaken) as late:
        write(agreed, text="Det andra.", revision=read)
    assert (late.value.current, late.value.revision) == ("Det första.", read + 1)
    write(agreed, text="Det första. Det andra.", revision=late.value.revision)
    assert agreed.section("background").text == "Det första. Det andra."
    with pytest.raises(Overtaken):
        do.remove_section(actor=agreed.coordinator, section_id=section.pk, revision=read, at=NOW)
    head(agreed)
    with pytest.raises(Overtaken):
        head(agreed, revision=1)


def test_text_is_kept_as_it_was_typed_but_for_what_cannot_be_seen():
    agreed = world()
    assert write(agreed, text="Ett \r\n\r\n- två\t\r\n").text == "Ett\n\n- två"
    with pytest.raises(Invalid, match=r"U\+202E"):
        write(agreed, text="svar inom \u202e3 dagar")
    with pytest.raises(Invalid):
        write(agreed, text="nul \x00")


def test_a_section_and_a_document_have_limits_that_are_named(monkeypatch):
    agreed = world()
    with pytest.raises(Invalid, match=r"40.?000"):
        write(agreed, text="x" * 1_000_000)
    assert len(write(agreed, text="x" * 40_000).text) == 40_000
    monkeypatch.setattr("samordna.domain.agreements.operations.drafting.LONGEST_DOCUMENT", 40_010)
    with pytest.raises(TooLarge, match=r"40.?011"):
        write(agreed, "disputes", text="x" * 11)
    assert agreed.section("disputes").text == ""
    monkeypatch.setattr("samordna.domain.agreements.operations.drafting.MOST_SECTIONS", 3)
    with pytest.raises(TooLarge):
        do.add_section(actor=agreed.coordinator, version_id=agreed.draft.pk, heading="steps", at=NOW)


def test_sections_are_added_moved_and_taken_out():
    agreed = world("declaration")
    first = agreed.section("background")
    added = {"actor": agreed.coordinator, "version_id": agreed.draft.pk, "at": NOW}
    own = do.add_section(heading="own", title="Övrigt", text="Så", after=first.pk, **added)
    with pytest.raises(Invalid):
        do.add_section(heading="background", **added)
    with pytest.raises(Invalid):
        do.add_section(heading="own", title="", **added)

    def titles():
        return [row.title or row.heading for row in agreed.draft.sections.all()]

    assert titles()[:3] == ["background", "Övrigt", "parties"]
    do.move_section(actor=agreed.coordinator, section_id=own.pk, by=-5, at=NOW)
    assert titles()[0] == "Övrigt"
    do.move_section(actor=agreed.coordinator, section_id=own.pk, by=1, at=NOW)
    assert titles()[:2] == ["background", "Övrigt"]
    do.remove_section(actor=agreed.coordinator, section_id=own.pk, revision=1, at=NOW)
    assert not Section.objects.filter(pk=own.pk).exists()


@pytest.mark.parametrize(
    ("typed", "fields"),
    [
        ({"valid_from": STARTS, "valid_to": STARTS}, {"valid_to"}),
        ({"valid_from": STARTS, "valid_to": date(2026, 11, 1)}, {"valid_to"}),
        ({"valid_from": None, "valid_to": STARTS}, {"valid_from"}),
        ({"trial": True}, {"valid_to"}),
        (
            {"diary_number": "x" * 61, "approver": "a\u202eb", "binds_when": "never"},
            {"diary_number", "approver", "binds_when"},
        ),
    ],
)
def test_a_head_that_cannot_be_is_refused_field_by_field(typed, fields):
    agreed = world()
    with pytest.raises(Invalid) as wrong:
        head(agreed, **typed)
    assert set(wrong.value.fields) == fields


def test_a_draft_says_what_it_lacks_and_an_agreement_without_parties_cannot_be_sealed():
    given = setting()
    alone = f.collaboration(host=given.collaboration.host, coordinator_role=given.collaboration.coordinator_role)
    f.participation(alone, given.own)
    made = do.start_agreement(actor=given.coordinator, collaboration_id=alone.pk, kind="agreement", name="Ensam", at=NOW)
    with pytest.raises(Refused) as lacking:
        do.offer_for_signing(actor=given.coordinator, version_id=made.versions.get().pk, at=NOW)
    assert lacking.value.reason.count(".") == 3
    with pytest.raises(Refused):
        do.approve_document(actor=given.coordinator, version_id=made.versions.get().pk, at=NOW)


def test_what_is_sealed_is_never_edited():
    agreed = world()
    section = agreed.section("background")
    version = offered(agreed)
    section.refresh_from_db()
    with pytest.raises(Refused, match=r"sealed|förseglad"):
        do.write_section(actor=agreed.coordinator, section_id=section.pk, revision=section.revision, text="Nytt", at=NOW)
    for call in (
        lambda: do.restate_head(actor=agreed.coordinator, version_id=version.pk, revision=version.revision, at=NOW),
        lambda: do.add_section(actor=agreed.coordinator, version_id=version.pk, heading="steps", at=NOW),
        lambda: do.move_section(actor=agreed.coordinator, section_id=section.pk, by=1, at=NOW),
        lambda: do.remove_section(actor=agreed.coordinator, section_id=section.pk, revision=section.revision, at=NOW),
        lambda: do.offer_for_signing(actor=agreed.coordinator, version_id=version.pk, at=NOW),
        lambda: do.start_version(actor=agreed.coordinator, agreement_id=agreed.agreement.pk, at=NOW),
    ):
        with pytest.raises(Refused):
            call()


def test_a_withdrawn_draft_is_left_alone_and_the_next_begins_where_it_was():
    agreed = world()
    write(agreed, text="Kvar.")
    draft = agreed.draft
    with pytest.raises(Refused):
        do.start_version(actor=agreed.coordinator, agreement_id=agreed.agreement.pk, at=NOW)
    do.withdraw_version(actor=agreed.coordinator, version_id=draft.pk, reason="Vi väntar", at=NOW)
    with pytest.raises(Refused):
        do.restate_head(actor=agreed.coordinator, version_id=draft.pk, revision=1, at=NOW)
    made = do.start_version(actor=agreed.coordinator, agreement_id=agreed.agreement.pk, at=NOW)
    assert (made.number, made.sections.get(heading="background").text) == (2, "Kvar.")


def test_the_document_is_described_anew_and_looked_over():
    agreed = world()
    about = {"actor": agreed.coordinator, "agreement_id": agreed.agreement.pk, "at": NOW}
    do.describe_document(name="Om hemgång", area_id=agreed.given.area.pk, review_on=date(2027, 1, 1), **about)
    made = do.review_document(outcome="Håller", next_on=date(2028, 1, 1), **about)
    agreed.agreement.refresh_from_db()
    assert (agreed.agreement.name, agreed.agreement.review_on, made.next_on) == (
        "Om hemgång",
        date(2028, 1, 1),
        date(2028, 1, 1),
    )
    with pytest.raises(Invalid) as wrong:
        do.review_document(outcome="", next_on=date(2026, 1, 1), **about)
    assert set(wrong.value.fields) == {"outcome", "next_on"}


def _led(agreed: Agreed) -> dict:
    return {"actor": agreed.coordinator, "collaboration_id": agreed.given.collaboration.pk, "at": NOW}


def _holding(agreed: Agreed, kind: str, name: str, **fields) -> None:
    made = do.start_agreement(kind=kind, name=name, **_led(agreed) | fields)
    before = [{"valid_from": date(2026, 1, 1), "text": "Så här."}]
    do.take_in_history(actor=agreed.coordinator, agreement_id=made.pk, source="Pärmen", versions=before, at=NOW)


def _exempted(agreed: Agreed) -> None:
    freed = {"party_id": agreed.given.own_part.party_id, "contribute": "may", "reason": "Branden", "at": NOW}
    collaborations.exempt_party(actor=agreed.given.superior_manager, ends_on=date(2027, 3, 1), **freed)


def _aimed(agreed: Agreed) -> None:
    aim = {"direction": "down", "baseline": Decimal(31), "target": Decimal(20), "target_on": date(2027, 12, 31)}
    collaborations.set_goal(what="Färre väntar", indicator="Dygn", unit="dygn", **_led(agreed), **aim)


def _reached(agreed: Agreed) -> None:
    manager = agreed.given.manager
    open_contact_path(actor=manager, role_id=manager.role_id, topic="Helgens utskrivning", how="Växeln", at=NOW)


def _bounded(agreed: Agreed) -> None:
    criteria = [{"kind": "includes", "subject": "ålder", "operator": "at_least", "value": "80"}]
    collaborations.set_target_group(target_group="De äldsta", criteria=criteria, **_led(agreed))


CHANGES = (
    ("parties", lambda agreed: f.participation(agreed.given.collaboration, f.organisation("Öarna")), "Öarna"),
    ("parties", _exempted, "Branden"),
    (
        "purpose",
        lambda agreed: collaborations.restate_purpose(name="Nära", purpose="Hem i tid", **_led(agreed)),
        "Hem i tid",
    ),
    ("target_group", _bounded, "De äldsta"),
    ("goals", _aimed, "Färre väntar"),
    ("mandates", lambda agreed: give(agreed.given, source="KF § 99"), "KF § 99"),
    ("contact_paths", _reached, "Helgens utskrivning"),
    ("routines", lambda agreed: _holding(agreed, "routine", "Kallelse till SIP"), "Kallelse till SIP"),
    ("annexes", lambda agreed: _holding(agreed, "plan", "Budget", annex_of_id=agreed.agreement.pk), "Budget"),
)


def test_every_source_has_its_change_below():
    assert {heading for heading, _change, _word in CHANGES} == set(SOURCES)


@pytest.mark.parametrize(("heading", "change", "word"), CHANGES)
def test_a_changed_source_is_in_the_draft_and_beside_what_was_sealed_which_stands(heading, change, word):
    agreed = world()
    Collaboration.objects.filter(pk=agreed.given.collaboration.pk).update(join="must", contribute="must", follow="must")
    sealed = in_force(agreed)
    stood = document_of(sealed, NOW)
    draft = do.start_version(actor=agreed.coordinator, agreement_id=agreed.agreement.pk, at=NOW)
    change(agreed)
    sealed, draft = (AgreementVersion.objects.get(pk=version.pk) for version in (sealed, draft))
    said = {part.heading: str(part.rows) for part in document_of(draft, NOW).parts}
    assert word in said[heading]
    assert document_of(sealed, NOW) == stood
    assert word not in str(stood)
    changed = {before.heading: now for before, now in changed_since(sealed, NOW)}
    assert word in str(changed[heading].rows)
