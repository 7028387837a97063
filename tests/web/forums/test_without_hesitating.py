"""What stopped somebody on the way to a meeting: one role at a time, a question at the page's foot, a list without end."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samordna.core.errors import Invalid
from samordna.domain.conversations.operations import start_thread
from samordna.domain.forums import operations as forums
from samordna.domain.forums.models import Item, Meeting, Seat
from samordna.domain.forums.operations import seat_roles
from samordna.domain.minutes.document import document_of
from samordna.domain.minutes.queries.gathering import gather
from samordna.domain.organisations.models import Role
from tests import factories as f
from tests.domain.collaborations.setting import client_of
from tests.domain.forums.test_meetings import bring, plan
from tests.domain.forums.world import world
from tests.domain.minutes.world import decided, noted
from tests.factories import NOW
from tests.web.forums.test_calling_pages import HOME, called

pytestmark = pytest.mark.django_db


def test_several_roles_are_given_seats_at_once_all_of_them_or_none():
    met = world()
    client, here = client_of(met.coordinator), f"{HOME}{met.forum.pk}/"
    page = client.get(here).content.decode()
    seating = page.index("Ge roller platser")
    assert 'data-kind="primary"' in page[seating - 200 : seating], "nobody sits there yet: that is what comes next"
    roles = [met.given.manager.role_id, met.given.other_manager.role_id]
    wrong = client.post(f"{here}plats/", {"role_ids": [*roles, "finnsinte0000"], "task": "member"})
    assert (wrong.status_code, Seat.objects.count()) == (422, 0)
    assert client.post(f"{here}plats/", {"task": "member"}).status_code == 422
    done = client.post(f"{here}plats/", {"role_ids": roles, "task": "member"}, follow=True).content.decode()
    assert "Rollerna sitter i forumet." in done
    assert set(Seat.objects.values_list("role_id", "task")) == {(role, "member") for role in roles}
    seating = done.index("Ge roller platser")
    assert 'data-kind="primary"' not in done[seating - 200 : seating]


def test_a_role_that_somebody_has_seated_meanwhile_is_named_and_no_ids_are_shown():
    met = world()
    client, seating = client_of(met.coordinator), f"{HOME}{met.forum.pk}/plats/"
    own, other = met.given.manager.role_id, met.given.other_manager.role_id
    empty = client.post(seating, {"task": "member"}).content.decode()
    assert "Välj minst en roll." in empty
    seat_roles(actor=met.coordinator, forum_id=met.forum.pk, role_ids=[own])
    page = client.post(seating, {"role_ids": [own, other], "task": "member"})
    text = page.content.decode()
    assert (page.status_code, Seat.objects.count()) == (422, 1)
    assert "någon annan har gett den en plats under tiden" in text
    assert f"{own} finns inte" not in text
    assert f'value="{other}"' in text, "what can still be chosen is there to choose"
    with pytest.raises(Invalid) as refused:
        seat_roles(actor=met.coordinator, forum_id=met.forum.pk, role_ids=[other, own])
    name = Role.objects.get(pk=own).name
    assert name in refused.value.fields["role_ids"], "it says which of them sits there already"


def test_seats_for_many_roles_cost_a_question_more_for_what_is_written_alone():
    met = world()
    asked = []
    for many in (1, 2, 7):
        roles = [f.actor(met.given.own).role_id for _ in range(many)]
        with CaptureQueriesContext(connection) as found:
            seat_roles(actor=met.coordinator, forum_id=met.forum.pk, role_ids=roles)
        asked.append(sum(not one["sql"].startswith("INSERT") for one in found))
    each = asked[1] - asked[0]
    assert each <= 3, asked
    assert asked[2] - asked[1] == 5 * each, asked


def test_whether_one_comes_is_asked_first_on_the_page_until_it_is_answered():
    met, _meeting, there = called()
    client = client_of(met.given.manager)
    page = client.get(there).content.decode()
    assert page.index("Kommer du?") < page.index('id="dagordning"')
    assert page.count("svar/") == 1, "it is asked once"
    after = client.post(f"{there}svar/", {"says": "comes"}, follow=True).content.decode()
    assert "Kommer du?" not in after
    assert after.index("Ditt svar: Kommer") > after.index('id="kallade"')


def test_who_calls_is_told_that_the_call_is_sent():
    met = world(place="Stadshuset")
    met.seat(met.given.manager)
    sent = client_of(met.coordinator).post(f"{HOME}mote/{plan(met).pk}/kalla/", follow=True).content.decode()
    assert "Kallelsen är skickad till dem som sitter i forumet." in sent


def test_an_item_is_carried_over_to_one_of_the_next_meetings_however_many_are_planned():
    met = world()
    first = plan(met)
    bring(met, meeting_id=first.pk)
    about = {"forum": met.forum, "planned_at": NOW}
    days = (first.starts_at + timedelta(days=7 * week) for week in range(1, 300))
    Meeting.objects.bulk_create(Meeting(starts_at=day, ends_at=day + timedelta(hours=1), **about) for day in days)
    page = client_of(met.coordinator).get(f"{HOME}mote/{first.pk}/").content.decode()
    assert page.count("<option") == 13, "the backlog and the next twelve"


def test_a_decision_in_the_words_of_its_item_stands_once_in_the_register():
    made = noted()
    Item.objects.filter(pk=made.first.pk).update(title="Gemensam kontaktlista")
    decided(made, made.first, "Gemensam kontaktlista", number=77)
    page = client_of(made.secretary).get(f"{HOME}beslut/").content.decode()
    assert page[page.index("2026:77") :].split("</tr>")[0].count("Gemensam kontaktlista") == 1


def test_minutes_tell_who_led_the_meeting_and_say_nothing_of_notes_where_something_was_decided():
    made = noted()
    record = gather(made.meeting)
    assert [row[1].endswith(" (ordförande)") for row in record.there].count(True) == 1
    silent = record.written(dict.fromkeys(record.texts, ""))
    parts = {part.heading: part for part in document_of(silent).parts}
    for item in silent.items:
        assert ("Inget antecknades" in parts[item.item_id].text) is not bool(item.decided or item.todo), item.title


def test_a_message_is_taken_further_in_its_own_forum_unless_another_is_chosen():
    met = world()
    for name in ("Alla andra", "Beredning"):
        forums.start_forum(
            actor=met.coordinator, collaboration_id=met.given.collaboration.pk, kind="preparing", name=name, at=NOW
        )
    about = {"forum_id": met.forum.pk, "subject": "Helglistan", "text": "Vem sköter listan i jul?"}
    thread = start_thread(actor=met.given.manager, **about)
    page = client_of(met.given.manager).get(f"/samtal/inlagg/{thread.messages.get().pk}/arende/").content.decode()
    chosen = page[page.index('name="forum_id"') :]
    assert chosen.index(f'value="{met.forum.pk}"') < chosen.index("Alla andra")


def test_who_is_invited_to_an_event_is_ticked_one_by_one_by_key_or_thumb():
    met = world(kind="planning_day")
    page = client_of(met.coordinator).get(f"/tillfallen/nytt/{met.forum.pk}/").content.decode()
    assert page.count('type="checkbox" name="invited"') > 1
    assert "<select" not in page[page.index('name="invited"') :].split("</form>")[0]
