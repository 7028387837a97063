"""Mitt: what needs me now, in the role I act in, the most urgent first."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.domain.organisations.enums import RoleKind
from samordna.domain.organisations.waiting import Quick, Waiting, WaitingKind
from samordna.domain.overview.queries import mine
from samordna.web.site.waiting import agenda_of
from tests import factories as f
from tests.domain.adherence.followed import followed

pytestmark = pytest.mark.django_db


def item(what: str, due: date | None = None, **fields) -> Waiting:
    defaults = {"kind": WaitingKind.ANSWER, "about": "Payment", "collaboration": "Home in time", "url_name": "about"}
    return Waiting(what=what, due=due, **defaults | fields)


def given(monkeypatch, *items: Waiting) -> None:
    def collect(some: tuple[Waiting, ...]):
        return lambda crowd, at: [(actor, one) for actor in crowd.actors for one in some]

    monkeypatch.setattr(mine, "COLLECT", (collect(items[:1]), collect(items[1:])))


def test_items_come_in_groups_by_how_soon_and_empty_groups_are_left_out(monkeypatch):
    today = clock.day(f.NOW)
    given(
        monkeypatch,
        item("undated"),
        item("in three weeks", today + timedelta(days=21)),
        item("today", today),
        item("yesterday", today - timedelta(days=1)),
        item("in two weeks", today + timedelta(days=14)),
    )
    actor = f.actor(f.organisation())
    found = agenda_of(actor, [], f.NOW)
    assert [[row.what for row in group.items] for group in found.groups] == [
        ["yesterday"],
        ["today", "in two weeks"],
        ["in three weeks"],
        ["undated"],
    ]
    assert [group.late for group in found.groups] == [True, False, False, False]
    assert agenda_of(Actor.nobody(), [], f.NOW).groups == []


def test_an_item_leads_to_its_page_and_a_small_act_is_done_from_the_list(client, monkeypatch):
    client.force_login(f.holding(f.organisation()).person)
    quick = Quick(label="Remind", url_name="set_language", sends=(("language", "en"),))
    given(monkeypatch, item("Remind them", note="3 are silent", quick=quick))
    html = client.get(reverse("home")).content.decode()
    assert f'<a href="{reverse("about")}">Remind them</a>' in html
    assert "3 are silent" in html
    assert f'class="quick" method="post" action="{reverse("set_language")}"' in html
    assert '<input type="hidden" name="language" value="en">' in html


def test_when_nothing_waits_the_page_says_so(client):
    client.force_login(f.holding(f.organisation()).person)
    assert "Inget väntar på dig" in client.get(reverse("home")).content.decode()


def test_the_role_acted_in_comes_whole_and_the_others_by_role_with_one_press_to_each_thing(client):
    """What waits in another role stands under that role; a press changes role and opens the page."""
    matter = f.matter(title="Utskrivning")
    held = f.holding(f.organisation("Askö kommun"))
    other = f.holding(f.organisation("Björnby kommun"), person=held.person)
    idle = f.holding(f.organisation("Cedra kommun"), person=held.person)
    there = reverse("position", args=(matter.pk, f.position(matter, other.role.organisation).pk))
    client.force_login(held.person)
    agenda = client.get(reverse("home")).context["agenda"]
    assert list(agenda.groups) == []
    assert [(one.holding_id, one.organisation, one.count) for one in agenda.others] == [(other.pk, "Björnby kommun", 2)]
    assert there in [one.address for one in agenda.others[0].items]
    assert idle.pk not in [one.holding_id for one in agenda.others]
    answer = client.post(reverse("act_as"), {"holding": other.pk, "next": there})
    assert (answer.status_code, answer["Location"]) == (302, there)
    assert client.get(there).context["acting_as"] == other
    agenda = client.get(reverse("home")).context["agenda"]
    assert there in [one.address for group in agenda.groups for one in group.items]
    assert agenda.others == []


@pytest.mark.parametrize("elsewhere", ["https://example.com/", "//example.com/", "account_logout", "javascript:alert(1)"])
def test_changing_role_leads_nowhere_but_to_pages_of_this_site(client, elsewhere):
    held = f.holding(f.organisation())
    client.force_login(held.person)
    answer = client.post(reverse("act_as"), {"holding": held.pk, "next": elsewhere})
    assert answer["Location"] == reverse("home")


def test_two_roles_in_one_organisation_are_not_told_the_same_thing_twice(client):
    matter = f.matter()
    held = f.holding(f.organisation())
    f.holding(held.role.organisation, RoleKind.MANAGER, person=held.person)
    f.position(matter, held.role.organisation)
    client.force_login(held.person)
    agenda = client.get(reverse("home")).context["agenda"]
    told = [one.address for group in agenda.groups for one in group.items]
    told += [one.address for other in agenda.others for one in other.items]
    assert len(told) == len(set(told)) == 3


def test_the_page_asks_as_many_questions_for_one_matter_as_for_thirty(client):
    held = f.holding(f.organisation("Askö kommun"))
    client.force_login(held.person)
    collaboration = f.collaboration()
    area = f.area(collaboration)

    def questions() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(reverse("home")).status_code == 200
        return len(asked)

    f.position(f.matter(collaboration, area=area), held.role.organisation)
    few = questions()
    for _number in range(29):
        f.position(f.matter(collaboration, area=area), held.role.organisation)
    assert questions() == few


def test_the_page_asks_as_many_questions_for_forty_roles_as_for_two(client):
    """Roles of every kind, each in an organisation of its own with something that waits for it."""
    collaboration = f.collaboration()
    matter, person = f.matter(collaboration), f.person()
    kinds = (RoleKind.REPRESENTATIVE, RoleKind.MANAGER)
    client.force_login(person)

    def questions(roles: int) -> int:
        for number in range(roles):
            held = f.holding(f.organisation(), kinds[number % 2], person=person)
            f.position(matter, held.role.organisation)
        coordinated = f.collaboration()
        f.holding(coordinated.host, role=coordinated.coordinator_role, person=person)
        f.matter(coordinated, stage="draft")
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(reverse("home"))
        assert answer.status_code == 200
        return len(asked)

    few = questions(3)
    assert questions(36) == few
    assert len(client.get(reverse("home")).context["agenda"].others) > 36


def test_small_acts_are_done_from_the_list_with_a_receipt_on_it(client):
    """Reminding, going on to weighing, and saying that one already follows: each comes back here and says what was done."""
    made = followed()
    follower = f.holding(made.organisations[0])
    lead = f.holding(made.collaboration.host, role=made.collaboration.coordinator_role)
    matter = f.matter(made.collaboration, answer_by=f.START)
    f.aspect(matter)
    for one in made.organisations:
        f.position(matter, one)
    client.force_login(lead.person)
    press(client, "påminnelser")
    assert any("brev" in str(message) for message in shown(client))
    matter.positions.update(state="no_conditions")
    press(client, "avvägning")
    matter.refresh_from_db()
    assert matter.stage == "weighing"
    (receipt,) = shown(client)
    assert client.get(receipt.extra_tags).status_code == 200
    client.force_login(follower.person)
    press(client, "Vi gör redan så")
    assert made.version.following_answers.get(organisation=made.organisations[0]).kind == "already_so"
    assert [one.extra_tags for one in shown(client)] == [reverse("following", args=(made.version.decision_id,))]


def press(client, label: str) -> None:
    """The one small act on Mitt with these words in its label, as a browser sends it."""
    agenda = client.get(reverse("home")).context["agenda"]
    presses = [one.press for group in agenda.groups for one in group.items if one.press]
    (found,) = [one for one in presses if label in one.label]
    answer = client.post(found.address, dict(found.sends) | {"next": reverse("home")})
    assert (answer.status_code, answer["Location"]) == (302, reverse("home"))


def shown(client) -> list:
    return list(client.get(reverse("home")).context["messages"])
