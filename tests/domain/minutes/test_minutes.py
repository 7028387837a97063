"""Minutes from draft to lock, and what is said after it; the pack; the register; what is waited for."""

from __future__ import annotations

import hashlib
import io
from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils.translation import override
from docx import Document as Word
from python_calamine import CalamineWorkbook

from samordna.core import clock
from samordna.core.errors import Absent, Forbidden, Invalid, Overtaken, Refused
from samordna.domain.agreements.rendering.pdf import pdf_of
from samordna.domain.forums.models import Forum, Item, Meeting
from samordna.domain.forums.operations import close_forum, raise_item
from samordna.domain.minutes import operations as do
from samordna.domain.minutes.access import minutes_for, visible_minutes
from samordna.domain.minutes.models import Minutes
from samordna.domain.minutes.operations.holding import latest_of
from samordna.domain.minutes.queries.choices import adjuster_roles
from samordna.domain.minutes.queries.documents import document_of_version, minutes_pdf, minutes_word
from samordna.domain.minutes.queries.last_time import last_time
from samordna.domain.minutes.queries.pack import pack_pdf
from samordna.domain.minutes.queries.pages import compared_versions, minutes_page, standing_of
from samordna.domain.minutes.queries.papers import pack_of
from samordna.domain.minutes.queries.register import Wanted, decisions_of, register_of
from samordna.domain.minutes.queries.register_files import register_csv, register_sheet
from samordna.domain.minutes.queries.waiting import waiting_for
from samordna.domain.organisations.enums import RoleKind
from samordna.domain.organisations.standing import hand_over, tasks_of
from samordna.domain.proceedings.models import Attendance, Note, Outcome, Reservation
from samordna.domain.proceedings.operations import note_action_point
from tests import factories as f
from tests.domain.collaborations.setting import client_of
from tests.domain.forums.test_meetings import bring, plan
from tests.domain.forums.world import shared
from tests.domain.minutes.world import BY, LATER, Noted, decided, noted

pytestmark = pytest.mark.django_db


def drafted() -> Noted:
    made = noted()
    do.draft_minutes(actor=made.secretary, **made.about, at=LATER)
    return made


def out() -> Noted:
    made = drafted()
    roles = [made.chair.role_id or "", made.member.role_id or ""]
    do.send_minutes_out(actor=made.secretary, **made.about, role_ids=roles, adjust_by=BY, at=LATER)
    return made


def agree(made: Noted, actor, number=1, at=LATER):
    return do.agree_to_minutes(actor=actor, **made.about, number=number, at=at)


def page(made: Noted, actor=None):
    return minutes_page(actor or made.secretary, made.meeting.pk, LATER)


def test_a_draft_says_what_was_noted_and_is_the_note_keepers_own():
    made = noted()
    assert standing_of(made.secretary, made.meeting.pk, LATER).may_begin
    assert not standing_of(made.member, made.meeting.pk, LATER).may_begin
    with pytest.raises(Forbidden):
        do.draft_minutes(actor=made.member, **made.about, at=LATER)
    coming = plan(made.met)
    with pytest.raises(Refused, match="när mötet har hållits"):
        do.draft_minutes(actor=made.secretary, meeting_id=coming.pk, at=LATER)
    do.draft_minutes(actor=made.secretary, **made.about, at=LATER)
    with pytest.raises(Refused, match="redan ett protokoll"):
        do.draft_minutes(actor=made.secretary, **made.about, at=LATER)
    parts = {part.title: part for part in page(made).document.parts}
    assert [row[2] for row in parts["Närvarande"].rows] == ["Havsnäs", ""]
    assert parts["Närvarande"].rows[1][0] == "Gästen Gun"
    assert len(parts["Frånvarande"].rows) == 1
    first = parts["§ 1 Köerna till vården"]
    assert first.text.startswith("Köerna växer.\n\n- mest i norr")
    assert "## Beslut 2026:1\n\nForumet beslutar att korta köerna." in first.text
    assert "Storstad: Vi saknar folk." in first.text
    assert first.rows[0][::2] == ("Räkna köerna", "1 februari 2027")
    assert parts["§ 2 Sommaren"].text == "Inget antecknades."
    with pytest.raises(Absent):
        minutes_for(made.member, made.meeting.pk, at=LATER)
    assert not visible_minutes(made.member, LATER).exists()
    assert page(made, made.chair).writing == ""


def test_writing_keeps_one_draft_and_tells_who_saved_second():
    made = drafted()
    seen = page(made).fingerprint
    write = {"actor": made.secretary, **made.about, "seen": seen, "at": LATER}
    do.write_minutes(**write, texts={made.second.pk: "Sommaren planeras."})
    assert page(made).number == 1
    with pytest.raises(Overtaken) as told:
        do.write_minutes(**write | {"actor": made.chair}, texts={made.second.pk: "Något annat."})
    assert told.value.fields == {f"text_{made.second.pk}": "Sommaren planeras."}
    with pytest.raises(Invalid):
        do.write_minutes(**write | {"seen": ""}, texts={made.second.pk: "\u202e"})
    with pytest.raises(Invalid):
        do.write_minutes(**write | {"seen": ""}, texts={made.second.pk: "x" * 50_001})
    Item.objects.filter(pk=made.second.pk).update(title="Sommaren 2027")
    do.gather_minutes_again(actor=made.secretary, **made.about, at=LATER)
    titles = {part.title: part.text for part in page(made).document.parts}
    assert titles["§ 2 Sommaren 2027"] == "Sommaren planeras."
    with pytest.raises(Refused, match="Inget har antecknats"):
        do.gather_minutes_again(actor=made.secretary, **made.about, at=LATER)


def test_a_yes_belongs_to_the_version_it_was_said_of():
    made = drafted()
    send = {"actor": made.secretary, **made.about, "at": LATER}
    for wrong in ({"role_ids": [], "adjust_by": BY}, {"role_ids": ["nobody"], "adjust_by": BY}):
        with pytest.raises(Invalid):
            do.send_minutes_out(**send, **wrong)
    with pytest.raises(Invalid):
        do.send_minutes_out(**send, role_ids=[made.chair.role_id or ""], adjust_by=clock.day(LATER) - timedelta(days=2))
    do.send_minutes_out(**send, role_ids=[made.chair.role_id or "", made.member.role_id or ""], adjust_by=BY)
    assert visible_minutes(made.member, LATER).get().pk == minutes_for(made.member, made.meeting.pk, at=LATER).pk
    with pytest.raises(Forbidden):
        agree(made, made.secretary)
    agree(made, made.chair)
    with pytest.raises(Refused, match="redan justerat"):
        agree(made, made.chair)
    ask = {"actor": made.member, **made.about, "at": LATER}
    with pytest.raises(Invalid):
        do.ask_for_change(**ask, words=" ")
    do.ask_for_change(**ask, words="Skriv att det gäller norr", item_id=made.first.pk)
    shown = page(made)
    assert [(row.item, row.words, row.now) for row in shown.requests] == [
        ("Köerna till vården", "Skriv att det gäller norr", True)
    ]
    assert [bool(row.agreed_at) for row in shown.adjusters] == [True, False]
    do.write_minutes(actor=made.secretary, **made.about, texts={made.first.pk: "Köerna växer i norr."}, at=LATER)
    shown = page(made)
    assert (shown.number, len(shown.waited_for), shown.requests[0].now) == (2, 2, False)
    with pytest.raises(Refused, match="har ändrats sedan"):
        agree(made, made.chair, number=1)
    (differing,) = (
        compared_versions(made.member, made.meeting.pk, LATER).parts[1:]
        or compared_versions(made.member, made.meeting.pk, LATER).parts
    )
    assert differing.title == "§ 1 Köerna till vården"
    agree(made, made.chair, number=2)
    agree(made, made.member, number=2)
    assert page(made).state == "adjusted"
    with pytest.raises(Refused, match="Öppna det igen"):
        do.write_minutes(actor=made.secretary, **made.about, texts={made.first.pk: "Annat"}, at=LATER)
    do.reopen_minutes(actor=made.secretary, **made.about, reason="Ett namn var fel", at=LATER)
    assert (page(made).state, page(made).number, len(page(made).waited_for)) == ("out", 3, 2)


def test_two_chairs_lock_at_once_and_one_of_them_is_told():
    made = out()
    with pytest.raises(Refused, match="när alla som är utsedda"):
        do.lock_minutes(actor=made.chair, **made.about, at=LATER)
    with pytest.raises(Refused, match="inte låst än"):
        do.note_correction(actor=made.chair, **made.about, text="Fel", at=LATER)
    marked = minutes_pdf(made.member, made.meeting.pk, LATER)[1]
    agree(made, made.chair)
    agree(made, made.member)
    do.lock_minutes(actor=made.chair, **made.about, at=LATER)
    with pytest.raises(Refused, match="Protokollet låstes"):
        do.lock_minutes(actor=made.secretary, **made.about, at=LATER)
    for act in (
        lambda: do.write_minutes(actor=made.secretary, **made.about, texts={made.first.pk: "Nytt"}, at=LATER),
        lambda: do.reopen_minutes(actor=made.secretary, **made.about, reason="x", at=LATER),
        lambda: do.gather_minutes_again(actor=made.secretary, **made.about, at=LATER),
        lambda: do.ask_for_change(actor=made.member, **made.about, words="x", at=LATER),
    ):
        with pytest.raises(Refused, match="låstes"):
            act()
    assert (Meeting.objects.get(pk=made.meeting.pk).state, len(Minutes.objects.get().digest)) == ("minuted", 64)
    name, kept = minutes_pdf(made.member, made.meeting.pk, LATER)
    assert name.endswith("-protokoll.pdf")
    assert kept != marked
    do.note_correction(actor=made.secretary, **made.about, text="Det var 12 köer, inte 21.", at=LATER)
    do.note_correction(actor=made.chair, **made.about, text="Och två i söder.", at=LATER)
    assert [(note.number, note.text) for note in page(made).corrections] == [
        (1, "Det var 12 köer, inte 21."),
        (2, "Och två i söder."),
    ]
    corrected = [minutes_pdf(made.secretary, made.meeting.pk, LATER + timedelta(days=days))[1] for days in (1, 9)]
    assert corrected[0] == corrected[1], "it is the same until another note is written"
    assert len(corrected[0]) > len(kept)
    again = minutes_pdf(made.secretary, made.meeting.pk, LATER + timedelta(days=9), as_locked=True)[1]
    assert hashlib.sha256(again).digest() == hashlib.sha256(kept).digest()
    word = "\n".join(p.text for p in Word(io.BytesIO(minutes_word(made.member, made.meeting.pk, LATER)[1])).paragraphs)
    assert "§ 1 Köerna till vården" in word
    assert "1. 2026-12-" not in word or "Det var 12 köer" in word
    assert "Det var 12 köer" in word


def test_the_last_minutes_and_what_is_left_come_up_by_themselves():
    made = out()
    coming = plan(made.met, on=clock.day(LATER + timedelta(days=20)))
    bring(made.met, meeting_id=coming.pk, title="Vintern", purpose="Vi behöver råd")
    before = last_time(made.member, coming.pk, LATER)
    assert (before.meeting_id, before.state_label, [row.what for row in before.left]) == (
        made.meeting.pk,
        "Ute för justering",
        ["Räkna köerna"],
    )
    assert before.suggested == "Förra protokollet"
    parts = {part.title: part for part in pack_of(made.member, coming.pk, LATER).parts}
    assert "Vi behöver råd" in parts["§ 1 Vintern"].text
    assert parts["Kvar att göra"].rows[0][0] == "Räkna köerna"
    assert "Köerna växer." in parts["Ur protokollet: § 1 Köerna till vården"].text
    name, once = pack_pdf(made.member, coming.pk, LATER)
    assert name.endswith("-handlingar.pdf")
    assert once == pack_pdf(made.member, coming.pk, LATER + timedelta(hours=5))[1]
    first = {"forum_id": made.met.forum.pk, "kind": "information", "meeting_id": coming.pk, "first": True, "at": LATER}
    with pytest.raises(Forbidden):
        raise_item(actor=made.member, title="Jag först", **first)
    keeper, page_of_it = client_of(made.secretary), f"/forum/mote/{coming.pk}/"
    assert "Ta upp förra protokollet som första punkt" in keeper.get(page_of_it).content.decode()
    assert "Ta upp förra protokollet som första punkt" not in client_of(made.member).get(page_of_it).content.decode()
    pressed = {"kind": "information", "title": before.suggested, "meeting_id": coming.pk, "first": "1"}
    assert keeper.post(f"/forum/{made.met.forum.pk}/punkt/", pressed).headers["Location"] == page_of_it
    order = Item.objects.filter(meeting=coming).order_by("order").values_list("title", flat=True)
    assert list(order) == ["Förra protokollet", "Vintern"]
    assert last_time(made.member, coming.pk, LATER).suggested == ""
    with override("en"):
        assert last_time(made.member, coming.pk, LATER).suggested == "", "it is there, in whatever language"


def test_the_pack_leaves_out_what_the_reader_may_not_see():
    made = noted()
    _other, theirs, _member = shared(made.met)
    coming = plan(made.met, on=clock.day(LATER + timedelta(days=20)))
    matter = f.matter(made.met.given.collaboration, area=made.met.given.area, purpose="Hemligt syfte")
    bring(made.met, meeting_id=coming.pk, title="Betalning", kind="decision", matter_id=matter.pk)
    own, others = (pack_of(actor, coming.pk, LATER) for actor in (made.member, theirs))
    assert "Hemligt syfte" in str(own)
    assert "Hemligt syfte" not in str(others)
    assert matter.title not in str(others)


def test_the_register_finds_decisions_by_what_one_looks_for():
    made = noted()
    about = made.met.given
    matter_area = f.area(about.collaboration, "Sommartid")
    Item.objects.filter(pk=made.second.pk).update(area=matter_area)
    decided(made, made.second, "Sommaren stängs.", number=1, year=2025)
    member = made.member

    def found(**wanted):
        return [row.reference for row in decisions_of(member, Wanted(**wanted), LATER)]

    assert sorted(found()) == ["2025:1", "2026:1"]
    assert found(year=2025) == found(words="sommaren stängs") == found(area_id=matter_area.pk) == ["2025:1"]
    assert sorted(found(forum_id=made.met.forum.pk)) == ["2025:1", "2026:1"]
    assert found(forum_id="none") == found(party_id="none") == found(area_id="none") == []
    shown = register_of(member, Wanted(), LATER)
    assert (shown.years, shown.total, shown.more) == ((2026, 2025), 2, False)
    party = {name: key for key, name in shown.parties}["Storstad"]
    assert len(found(party_id=party)) == 2
    text = register_csv(member, Wanted(year=2026), LATER).decode("utf-8-sig")
    assert text.splitlines()[1].startswith("2026:1;")
    assert "Forumet beslutar att korta köerna." in text
    Outcome.objects.filter(number=1, year=2026).update(statement="=1+1")
    assert ";'=1+1;" in register_csv(member, Wanted(year=2026), LATER).decode()
    book = CalamineWorkbook.from_filelike(io.BytesIO(register_sheet(member, Wanted(), LATER)))
    head, *rows = book.get_sheet_by_index(0).to_python()
    assert (head[0], [row[0] for row in rows]) == ("Nummer", ["2026:1", "2025:1"])
    assert (rows[0][1], rows[0][6], rows[1][4]) == (clock.day(LATER), "=1+1", "Sommartid")
    stranger = f.actor(f.organisation(), RoleKind.MANAGER)
    assert decisions_of(stranger, Wanted(), LATER) == ()
    _other, theirs, _part = shared(made.met)
    assert {row.area for row in decisions_of(theirs, Wanted(), LATER)} == {""}
    assert decisions_of(theirs, Wanted(area_id=matter_area.pk), LATER) == ()


def test_mitt_tells_who_adjusts_and_what_is_not_minuted():
    made = noted()

    def waits(actor):
        return [one.what for one in waiting_for(actor, LATER)]

    Forum.objects.update(formality="informal")
    assert waits(made.secretary) == ["Skriv protokollet"]
    agenda = list(Item.objects.filter(meeting=made.meeting).values_list("pk", flat=True))
    Item.objects.filter(pk__in=agenda).update(meeting=None)
    assert waits(made.secretary) == [], "a visit or a day together, with nothing on an agenda"
    Forum.objects.update(formality="formal")
    assert waits(made.secretary) == ["Skriv protokollet"]
    Item.objects.filter(pk__in=agenda).update(meeting=made.meeting)
    do.draft_minutes(actor=made.secretary, **made.about, at=LATER)
    assert waits(made.secretary) == ["Skicka ut protokollet för justering"]
    roles = [made.chair.role_id or "", made.member.role_id or ""]
    do.send_minutes_out(actor=made.secretary, **made.about, role_ids=roles, adjust_by=BY, at=LATER)
    (item,) = waiting_for(made.member, LATER)
    assert (item.what, item.due, item.quick.sends) == ("Läs och justera protokollet", BY, (("number", "1"),))
    agree(made, made.member)
    assert waits(made.member) == []
    do.write_minutes(actor=made.secretary, **made.about, texts={made.first.pk: "Annat."}, at=LATER)
    assert waits(made.member) == ["Läs och justera protokollet"]
    do.send_minutes_out(actor=made.secretary, **made.about, role_ids=roles[1:], adjust_by=BY, at=LATER)
    assert waits(made.chair) == []
    agree(made, made.member, number=2)
    assert waits(made.secretary) == ["Lås protokollet"]


def test_what_is_noted_after_the_draft_reaches_the_minutes():
    made = noted()
    late = {"meeting": made.meeting, "seat": made.seats["member"], "since": LATER}
    Attendance.objects.update(until=LATER)
    Attendance.objects.create(**late, holding_id=made.member.holding_id)
    do.draft_minutes(actor=made.secretary, **made.about, at=LATER)
    assert "Frånvarande" not in {part.title for part in page(made).document.parts}  # came late: there, and not absent

    def gathered(number, **texts):
        for name, text in texts.items():
            Note.objects.create(item=getattr(made, name), number=number, text=text, written_at=LATER)
        do.gather_minutes_again(actor=made.secretary, **made.about, at=LATER)
        return {part.title: part.text for part in page(made).document.parts}

    assert gathered(3, first="Köerna minskar.")["§ 1 Köerna till vården"].startswith("Köerna minskar.\n\n## Beslut")
    do.write_minutes(actor=made.secretary, **made.about, texts={made.first.pk: "Omskrivet."}, at=LATER)
    told = gathered(4, first="Köerna står still.", second="Juni")
    assert told["§ 1 Köerna till vården"].startswith("Omskrivet.\n\n## Antecknat sedan\n\nKöerna står still.\n\n## Beslut")
    assert told["§ 2 Sommaren"] == "Juni"
    with pytest.raises(Refused, match="Inget har antecknats"):
        gathered(5)
    Item.objects.filter(pk=made.second.pk).update(state="withdrawn")
    assert gathered(5, first="Köerna står.")["§ 2 Sommaren"] == "Juni"


def test_what_has_no_shape_is_printed_by_its_code_and_a_long_text_is_left_alone():
    made = noted()
    Reservation.objects.update(text="Nej 👍 tack")
    long = "x" * 49_000 + "\n\n" + "y" * 2_000
    Note.objects.create(item=made.second, number=1, text=long, written_at=LATER)
    do.draft_minutes(actor=made.secretary, **made.about, at=LATER)
    write = {"actor": made.secretary, **made.about, "at": LATER}
    do.write_minutes(**write, texts={made.first.pk: "Kort.", made.second.pk: long.replace("\n", "\r\n")})
    do.send_minutes_out(**write, role_ids=[made.chair.role_id or ""], adjust_by=BY)
    agree(made, made.chair)
    do.lock_minutes(**write)
    shown = document_of_version(Minutes.objects.get(), latest_of(Minutes.objects.get()))
    parts = tuple(replace(part, text=part.text.replace("👍", "U+1F44D")) for part in shown.parts)
    assert parts != shown.parts
    printed = minutes_pdf(made.member, made.meeting.pk, LATER)[1]
    assert printed == pdf_of(replace(shown, parts=parts), LATER, numbered=False)


def test_minutes_of_a_closed_forum_are_finished_by_those_who_can_adjust_them():
    made = out()
    above = made.met.given.superior_manager
    made.met.seat(above)
    assert above.role_id not in dict(adjuster_roles(made.met.forum, LATER))
    with pytest.raises(Invalid):
        note_action_point(actor=made.secretary, **made.about, what="x", owner_role_id=above.role_id, at=LATER)
    agree(made, made.chair)
    assert [task.about for task in tasks_of(made.secretary, made.member.role_id, LATER)].count(made.met.forum.name) == 2
    deputy = f.actor(made.met.given.other)
    hand_over(made.secretary, made.member.role_id, deputy.role_id, LATER)
    close_forum(actor=made.secretary, forum_id=made.met.forum.pk, reason="Klart", at=LATER)
    assert deputy.role_id in dict(adjuster_roles(made.met.forum.__class__.objects.get(), LATER))

    def told(at=LATER):
        return [row.what for row in waiting_for(made.secretary, at)]

    assert told() == []
    assert told(LATER + timedelta(days=90)) == ["Påminn dem som inte har justerat protokollet, eller fråga andra"]
    do.ask_for_change(actor=deputy, **made.about, words="Fel namn", at=LATER)
    assert told() == ["Svara på en ändring som någon har bett om i protokollet"]
    do.write_minutes(actor=made.secretary, **made.about, texts={made.first.pk: "Rätt namn."}, at=LATER)
    agree(made, made.chair, number=2)
    agree(made, deputy, number=2)
    assert told() == ["Lås protokollet"]
    do.lock_minutes(actor=made.secretary, **made.about, at=LATER)
    assert told() == []
