"""What is said between meetings: who reads and speaks, wording anew, withdrawing, and what it is taken further as."""

from __future__ import annotations

from datetime import timedelta

import pytest

from samordna.core.errors import Absent, Denied, Forbidden, Invalid, Refused
from samordna.core.models import JournalPayload
from samordna.domain.conversations import operations as do
from samordna.domain.conversations.limits import EDITABLE_FOR, PAGE
from samordna.domain.conversations.models import Message
from samordna.domain.conversations.queries.pages import grown_from, thread_page, threads_of
from samordna.domain.notices.models import Notice
from samordna.domain.notices.spreading import spread
from samordna.domain.organisations.enums import RoleKind
from samordna.domain.search.models import Entry
from tests import factories as f
from tests.domain.collaborations.setting import client_of
from tests.domain.forums.world import world
from tests.factories import NOW
from tests.web.organisations.test_organisation_pages import queries

pytestmark = pytest.mark.django_db


def test_a_thread_in_a_forum_from_the_first_word_to_what_it_became():
    met = world()
    given, own = met.given, met.given.manager
    outsider = f.actor(f.organisation("Utanför"), RoleKind.MANAGER)
    officer = f.actor(given.other, RoleKind.OFFICER)
    about = {"forum_id": met.forum.pk, "subject": "Sommarens köer", "text": "De växer.\nVad gör vi?"}
    thread = do.start_thread(actor=own, mentions=[given.other_manager.role_id or ""], at=NOW, **about)
    with pytest.raises(Absent):
        do.start_thread(actor=outsider, at=NOW, **about)
    with pytest.raises(Forbidden):
        do.start_thread(actor=given.superior_manager, at=NOW, **about)
    with pytest.raises(Invalid) as wrong:
        do.start_thread(actor=own, at=NOW, **about | {"subject": "", "text": " "}, mentions=[outsider.role_id or ""])
    assert set(wrong.value.fields) == {"subject", "text", "mentions"}
    assert thread_page(given.superior_manager, thread.pk, NOW).speaking

    spread(NOW)
    assert list(Notice.objects.filter(kind="thread_started").values_list("person_id", flat=True)) == [
        given.other_manager.person_id
    ]
    assert not any("växer" in content for content in JournalPayload.objects.values_list("content", flat=True))
    assert Entry.objects.filter(kind="thread", object_id=thread.pk, body__contains="växer").exists()

    first = thread.messages.get()
    answer = do.say_message(
        actor=officer, thread_id=thread.pk, text="Vi har folk i juli.", quotes=first.pk, at=NOW + timedelta(minutes=5)
    )
    later = NOW + timedelta(minutes=10)
    with pytest.raises(Forbidden):
        do.reword_message(actor=own, message_id=answer.pk, text="nej", at=later)
    do.reword_message(actor=officer, message_id=answer.pk, text="Vi har folk i juli och augusti.", at=later)
    with pytest.raises(Refused):
        do.reword_message(actor=own, message_id=first.pk, text="x", at=NOW + EDITABLE_FOR + timedelta(seconds=1))
    shown = thread_page(own, thread.pk, later)
    assert [row.text for row in shown.messages] == ["De växer.\nVad gör vi?", "Vi har folk i juli och augusti."]
    assert shown.messages[1].earlier[0].text == "Vi har folk i juli."
    assert shown.messages[1].quoted.startswith("De växer")
    assert (shown.messages[0].own, shown.messages[1].own) == (True, False)

    item = do.take_further_as_item(
        actor=own, message_id=answer.pk, forum_id=met.forum.pk, kind="planning", title="Sommaren", at=later
    )
    assert thread_page(own, thread.pk, later).messages[1].grown[0].id == item.pk
    origin = grown_from(given.other_manager, later, item_id=item.pk)
    assert origin is not None
    assert origin.id == thread.pk
    with pytest.raises(Denied):
        do.take_further_as_matter(
            actor=own,
            message_id=answer.pk,
            collaboration_id=given.collaboration.pk,
            area_id=given.area.pk,
            title="Sommaren",
            purpose="p",
            for_the_individual="i",
            at=later,
        )

    with pytest.raises(Forbidden):
        do.withdraw_message(actor=given.other_manager, message_id=first.pk, at=later)
    with pytest.raises(Invalid):
        do.withdraw_message(actor=met.coordinator, message_id=first.pk, at=later)
    do.withdraw_message(actor=met.coordinator, message_id=first.pk, reason="Fel forum", at=later)
    gone = thread_page(given.other_manager, thread.pk, later).messages
    assert (gone[0].text, gone[0].withdrawn_reason, gone[1].quoted) == ("", "Fel forum", "")
    first.refresh_from_db()
    assert (first.text, first.wordings.count(), bool(first.said_by_id)) == ("", 0, True), "erased, not only hidden"
    assert not Entry.objects.filter(kind="thread", body__contains="växer").exists()


def test_three_hundred_messages_are_paged_in_as_many_queries_as_three():
    met = world()
    given = f.matter(met.given.collaboration, title="Köer", stage="gathering")
    thread = do.start_thread(actor=met.given.manager, matter_id=given.pk, subject="Köer", text="Först", at=NOW)
    said = {"thread": thread, "said_by_id": met.given.manager.holding_id, "said_for": met.given.own}
    client, counted = client_of(met.given.other_manager), set()
    for numbers in (range(1, 3), range(3, 300)):
        Message.objects.bulk_create(
            Message(text=f"Nummer {number}", said_at=NOW + timedelta(minutes=number), **said) for number in numbers
        )
        counted.add(tuple(queries(client, f"/samtal/{page}/") for page in (f"trad/{thread.pk}", f"fraga/{given.pk}")))
    assert len(counted) == 1
    last = thread_page(met.given.other_manager, thread.pk, NOW)
    assert (last.pages, last.page, last.messages[-1].text, len(last.messages)) == (6, 6, "Nummer 299", PAGE)
    assert thread_page(met.given.other_manager, thread.pk, NOW, 1).messages[0].text == "Först"
    rows = threads_of(met.given.manager, "", given.pk, NOW).rows
    assert [(row.subject, row.messages) for row in rows] == [("Köer", 300)]


def test_the_pages_say_quote_and_take_further_and_keep_what_was_typed():
    met = world()
    client, forum = client_of(met.given.manager), met.forum.pk
    wrong = client.post(f"/samtal/forum/{forum}/", {"subject": "", "text": "Det här har jag skrivit"})
    assert wrong.status_code == 422
    assert "Det här har jag skrivit" in wrong.content.decode()
    begun = client.post(f"/samtal/forum/{forum}/", {"subject": "Köer", "text": "De växer"})
    message = Message.objects.get()
    thread = begun.headers["Location"]
    quoting = client.get(f"{thread}?citera={message.pk}").content.decode()
    assert quoting.count("De växer") == 2
    assert client.post(thread, {"text": "", "quotes": message.pk}).status_code == 422
    assert client.post(thread, {"text": "Ja", "quotes": message.pk}).status_code == 302
    further = f"/samtal/inlagg/{message.pk}"
    assert "De växer" in client.get(f"{further}/arende/").content.decode()
    raised = client.post(f"{further}/arende/", {"forum_id": forum, "kind": "discussion", "title": "Köer"})
    assert "Växte fram ur" in client.get(raised.headers["Location"]).content.decode()
    assert "Blev ärendet" in client.get(thread).content.decode()
    assert client.get(f"{further}/fraga/").status_code == 403
    coordinator = client_of(met.coordinator)
    given = {"area_id": met.given.area.pk, "title": "Köer", "purpose": "Kortare", "for_the_individual": "Snabbare"}
    opened = coordinator.post(f"{further}/fraga/", given)
    assert "Växte fram ur" in coordinator.get(opened.headers["Location"]).content.decode()
    assert "Blev frågan" not in client.get(thread).content.decode(), "a draft matter is the coordinator's alone"
    assert client.get(f"{further}/erfarenhet/").status_code == 403
    assert client.post(f"{further}/andra/", {"text": "De växer fort"}).status_code == 302
    assert "Köer" in client.get(f"/forum/{forum}/").content.decode()
    assert client.post(f"{further}/dra-tillbaka/", {}).status_code == 302
    assert "De växer fort" not in client.get(thread).content.decode()
