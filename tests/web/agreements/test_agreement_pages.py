"""Documents as pages: begun, written, sealed, signed, compared, ended, printed."""

from datetime import date, timedelta
from hashlib import sha256

import pytest

from samordna.core import clock
from samordna.domain.agreements import operations as do
from samordna.domain.agreements.models import Agreement, AgreementVersion, Section, Signature
from samordna.domain.organisations.enums import RoleKind
from tests import factories as f
from tests.domain.agreements.world import head, in_force, offered, sign, world, write
from tests.domain.collaborations.setting import client_of, setting
from tests.factories import NOW
from tests.web.organisations.test_organisation_pages import queries

pytestmark = pytest.mark.django_db
HOME = "/overenskommelser/"


def text(client, address, status=200, **data):
    answer = client.get(address, data)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


def test_a_coordinator_begins_writes_seals_and_the_parties_sign():
    given = setting()
    client = client_of(given.coordinator)
    typed = {"kind": "agreement", "name": "Om utskrivning", "language": "sv"}
    page = client.post(f"{HOME}ny/{given.collaboration.pk}/", typed, follow=True).content.decode()
    assert "Bakgrund" in page
    assert "Havsnäs" in page, "the parties stand there by themselves"
    made = Agreement.objects.get()
    draft, section = made.versions.get(), Section.objects.get(heading="background")
    assert 'aria-disabled="true"' in page
    client.post(f"{HOME}avsnitt/{section.pk}/", {"text": "Vi gör det tillsammans.\n\n- så", "revision": "1"})
    when = clock.day(clock.now()).isoformat()
    typed = {"valid_from": when, "revision": "1", "binds_when": "all", "diary_number": "VSF 2026/12"}
    client.post(f"{HOME}utkast/{draft.pk}/huvud/", typed)
    assert "Vi gör det tillsammans." in text(client, f"{HOME}{made.pk}/1/")
    assert client.post(f"{HOME}utkast/{draft.pk}/forsegla/", {}).status_code == 302
    for manager in (given.manager, given.other_manager):
        own = client_of(manager)
        assert "Läs och skriv under" in text(own, "/")
        draft.refresh_from_db()
        typed = {"way": "here", "confirmed": "on", "sha256": draft.document.sha256}
        assert own.post(f"{HOME}version/{draft.pk}/skriv-under/", typed).status_code == 302
    page = text(client, f"{HOME}{made.pk}/1/")
    assert "2 av 2" in page
    assert "Gäller" in page
    pdf = client.get(f"{HOME}{made.pk}/1/pdf/")
    assert sha256(pdf.content).hexdigest() == draft.document.sha256
    assert client.get(f"{HOME}{made.pk}/1/docx/").content[:2] == b"PK"


def test_two_who_write_at_once_see_both_texts_and_lose_nothing():
    agreed = world()
    section = agreed.section("background")
    client, address = client_of(agreed.coordinator), f"{HOME}avsnitt/{section.pk}/"
    write(agreed, text="Svar inom fem dagar.")
    answer = client.post(address, {"text": "Svar inom tre dagar.", "revision": "1"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "<del>fem</del><ins>tre</ins>" in page
    assert "Svar inom tre dagar.</textarea>" in page
    assert 'value="2"' in page
    client.post(address, {"text": "Svar inom fyra dagar.", "revision": "2"})
    assert agreed.section("background").text == "Svar inom fyra dagar."


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [("text", "x" * 1_000_000, "40"), ("text", "a\u202eb", "U+202E"), ("revision", "many", "")],
)
def test_a_text_that_cannot_be_saved_stays_in_the_field(field, value, told):
    agreed = world()
    section = agreed.section("background")
    answer = client_of(agreed.coordinator).post(
        f"{HOME}avsnitt/{section.pk}/", {"text": "Kvar", "revision": "1"} | {field: value}
    )
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert (value if field == "text" else "Kvar") in answer.content.decode()


def test_markup_is_text_on_the_page():
    agreed = world()
    write(agreed, text="<script>alert(1)</script> & {{ 7|add:7 }}")
    page = text(client_of(agreed.coordinator), f"{HOME}{agreed.agreement.pk}/1/")
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; {{ 7|add:7 }}" in page


def test_a_head_with_days_in_the_wrong_order_is_told_where():
    agreed = world()
    typed = {"valid_from": "2026-12-01", "valid_to": "2026-11-01", "revision": "1", "binds_when": "all", "approver": "KF"}
    answer = client_of(agreed.coordinator).post(f"{HOME}utkast/{agreed.draft.pk}/huvud/", typed)
    assert answer.status_code == 422
    assert 'value="KF"' in answer.content.decode()
    assert "Slutdagen" in answer.content.decode()


def test_those_who_may_not_are_told_why_on_the_control_and_strangers_see_nothing():
    agreed = world()
    version = offered(agreed)
    representative = client_of(f.actor(agreed.given.own))
    page = text(representative, f"{HOME}{agreed.agreement.pk}/1/")
    assert "Din roll får inte besluta för organisationen" in page
    assert representative.get(f"{HOME}version/{version.pk}/skriv-under/").status_code == 403
    assert representative.get(f"{HOME}ny/{agreed.given.collaboration.pk}/").status_code == 403
    stranger = client_of(f.actor(f.organisation(), RoleKind.MANAGER))
    for address in ("", "1/", "1/pdf/", "1/docx/", "jamfor/"):
        assert stranger.get(f"{HOME}{agreed.agreement.pk}/{address}").status_code == 404
    assert "Om utskrivning" not in text(stranger, HOME)


def test_declining_and_withdrawing_ask_for_a_reason():
    agreed = world()
    version = offered(agreed)
    manager, coordinator = client_of(agreed.given.manager), client_of(agreed.coordinator)
    address = f"{HOME}version/{version.pk}/avboj/"
    assert manager.post(address, {"reason": ""}).status_code == 422
    manager.post(address, {"reason": "Nämnden har inte beslutat"})
    page = text(coordinator, f"{HOME}{agreed.agreement.pk}/1/")
    assert "Nämnden har inte beslutat" in page
    assert "Väntas på" in page
    coordinator.post(f"{HOME}version/{version.pk}/dra-tillbaka/", {"reason": "Vi börjar om"})
    assert "Tillbakadragen" in text(manager, f"{HOME}{agreed.agreement.pk}/1/")


def test_signing_needs_the_box_and_the_digest():
    agreed = world()
    version = offered(agreed)
    client, address = client_of(agreed.given.manager), f"{HOME}version/{version.pk}/skriv-under/"
    assert version.document.sha256 in text(client, address)
    assert client.post(address, {"way": "here", "sha256": version.document.sha256}).status_code == 422
    typed = {"way": "elsewhere", "confirmed": "on", "sha256": "0", "source": "Arkivet"}
    wrong = client.post(address, typed)
    assert wrong.status_code == 422
    assert "kontrollsumman" in wrong.content.decode()
    assert 'value="Arkivet"' in wrong.content.decode()
    assert not Signature.objects.exists()


def test_holding_among_those_who_signed():
    agreed = world()
    third = f.organisation("Ön")
    f.participation(agreed.given.collaboration, third)
    version = offered(agreed, binds_when="signers")
    client = client_of(agreed.coordinator)
    address = f"{HOME}version/{version.pk}/galler-mellan/"
    assert "Minst två" in client.post(address, follow=True).content.decode()
    sign(agreed.given.manager, version)
    sign(agreed.given.other_manager, version)
    assert "Den gäller mellan dem" in client.post(address, follow=True).content.decode()


def test_versions_are_compared_and_the_history_is_shown_untidy_as_it_is():
    agreed = world()
    client = client_of(agreed.coordinator)
    address = f"{HOME}{agreed.agreement.pk}/historik/"
    rows = {"source": "Diariet", "rows": "2", "label_0": "1", "valid_from_0": "2013-11-01", "valid_to_0": "2017-01-01"}
    rows |= {"label_1": "0.1", "valid_from_1": "2015-04-01", "valid_to_1": "2016-01-01", "note_1": "Omslaget säger annat"}
    more = client.post(address, rows | {"more": "1"}).content.decode()
    assert 'value="2013-11-01"' in more
    assert 'name="label_6"' in more
    wrong = client.post(address, rows | {"valid_to_1": "2015-01-01"})
    assert wrong.status_code == 422
    assert 'value="Omslaget säger annat"' in wrong.content.decode()
    page = client.post(address, rows, follow=True).content.decode()
    assert "Version 1 och version 2 gäller båda" in page
    assert "kallar sig" in page
    write(agreed, text="Helt nytt.")
    compared = text(client, f"{HOME}{agreed.agreement.pk}/jamfor/", fran="1", till="3")
    assert "<ins>Helt nytt.</ins>" in compared
    assert text(client, f"{HOME}{agreed.agreement.pk}/jamfor/", fran="99", till="x\x00")


def test_an_own_routine_shows_what_governs_it():
    agreed = world()
    in_force(agreed, valid_from=date(2026, 2, 1))
    client = client_of(agreed.given.manager)
    start = f"{HOME}egen-rutin/{agreed.given.collaboration.pk}/"
    page = client.post(start, {"kind": "routine", "name": "Hemgång hos oss"}, follow=True).content.decode()
    assert "Det här styr arbetet" in page
    assert "Överenskommelse om utskrivning" in page.split("Det här styr arbetet")[1]
    own = Agreement.objects.get(name="Hemgång hos oss")
    resting = f"{HOME}{own.pk}/vilar-pa/"
    client.post(resting, {"ground": f"document {agreed.agreement.pk}"})
    page = text(client, f"{HOME}{own.pk}/")
    assert page.count("Överenskommelse om utskrivning") >= 2
    assert client.post(resting, {"ground": "document x"}).status_code == 422
    ground = own.grounds.get()
    assert client.post(f"{resting}{ground.pk}/ta-bort/").status_code == 302
    ground.refresh_from_db()
    assert ground.removed_at is not None
    assert "deltar inte" in text(client_of(agreed.coordinator), f"{HOME}{own.pk}/")


def test_looking_after_a_document():
    agreed = world()
    in_force(agreed, valid_from=date(2026, 2, 1))
    client, own = client_of(agreed.coordinator), f"{HOME}{agreed.agreement.pk}/"
    client.post(f"{own}beskriv/", {"name": "Om hemgång", "review_on": "2026-01-01"})
    assert "Förfallen" in text(client, own)
    client.post(f"{own}oversyn/", {"outcome": "Håller", "next_on": "2999-01-01"})
    page = text(client, own)
    assert "Håller" in page
    assert "Förfallen" not in page
    assert client.post(f"{own}upphav/", {"reason": ""}).status_code == 422
    page = client.post(f"{own}upphav/", {"reason": "Ersätts av lag"}, follow=True).content.decode()
    assert "Upphävd" in page
    assert client.post(f"{own}ny-version/").status_code == 302
    assert "Det finns redan ett utkast" in client.post(f"{own}ny-version/", follow=True).content.decode()


def test_sections_are_added_moved_and_taken_away_on_the_page():
    agreed = world("declaration")
    client, draft = client_of(agreed.coordinator), agreed.draft
    client.post(f"{HOME}utkast/{draft.pk}/avsnitt/nytt/", {"heading": "own", "title": "Övrigt"})
    made = Section.objects.get(title="Övrigt")
    client.post(f"{HOME}avsnitt/{made.pk}/flytta/", {"vart": "upp"})
    made.refresh_from_db()
    assert made.order == draft.sections.count() - 1
    stale = client.post(f"{HOME}avsnitt/{made.pk}/ta-bort/", {"revision": "x"}, follow=True)
    assert "Någon annan har ändrat" in stale.content.decode()
    client.post(f"{HOME}avsnitt/{made.pk}/ta-bort/", {"revision": "1"})
    assert not Section.objects.filter(pk=made.pk).exists()


def test_a_character_that_cannot_be_printed_is_a_sentence_and_not_a_fault():
    agreed = world()
    write(agreed, text="Bra \U0001f600")
    version = head(agreed)
    client = client_of(agreed.coordinator)
    shown = client.get(f"{HOME}{agreed.agreement.pk}/1/pdf/")
    assert shown.status_code == 409
    assert "U+1F600" in shown.content.decode()
    assert client.post(f"{HOME}utkast/{version.pk}/forsegla/", {}).status_code == 422


@pytest.mark.parametrize("number", ["0", "7", "99999", "99999999999999"])
def test_a_version_that_is_not_there_is_not_there(number):
    agreed = world()
    assert client_of(agreed.coordinator).get(f"{HOME}{agreed.agreement.pk}/{number}/").status_code == 404


def _documents(agreed, count):
    made = [
        Agreement(
            collaboration=agreed.given.collaboration,
            kind="routine",
            name=f"Rutin {n}",
            responsible_role=agreed.agreement.responsible_role,
            started_at=NOW,
            annex_of=agreed.agreement,
        )
        for n in range(count)
    ]
    Agreement.objects.bulk_create(made)
    AgreementVersion.objects.bulk_create(
        AgreementVersion(
            agreement=each,
            number=1,
            valid_from=date(2026, 1, 1),
            content={},
            sealed_at=NOW,
            sealed_by_id=agreed.coordinator.holding_id,
            concluded_at=NOW,
        )
        for each in made
    )


@pytest.mark.parametrize("address", ["", "regler/", "{agreement}/", "{agreement}/1/"])
def test_pages_cost_the_same_with_one_three_and_three_hundred_documents(address):
    agreed = world()
    in_force(agreed, valid_from=date(2026, 2, 1))
    client = client_of(agreed.given.manager)
    counted = []
    for more in (1, 2, 297):
        _documents(agreed, more)
        counted.append(queries(client, HOME + address.format(agreement=agreed.agreement.pk)))
    assert len(set(counted)) == 1, counted


def test_every_page_weighs_little_with_three_hundred_documents():
    agreed = world()
    _documents(agreed, 300)
    client = client_of(agreed.given.manager)
    for address in (HOME, f"{HOME}regler/"):
        answer = client.get(address, headers={"accept-encoding": "gzip"})
        assert len(answer.content) < 40_000


def test_what_is_waited_for_on_mitt_leads_where_it_is_done():
    agreed = world(review_on=clock.day(clock.now()) + timedelta(days=3))
    client = client_of(agreed.coordinator)
    page = text(client, "/")
    assert "Se över om det fortfarande fungerar" in page
    assert f'href="{HOME}{agreed.agreement.pk}/"' in page
    do.review_document(actor=agreed.coordinator, agreement_id=agreed.agreement.pk, outcome="Bra")
    assert "Se över om det fortfarande fungerar" not in text(client, "/")
