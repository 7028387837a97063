"""From an act to a notice and a letter: told once, to those concerned, about what they may see when it is sent."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from samordna.core import clock
from samordna.core.errors import Absent
from samordna.core.models import JournalHead, LetterLanguage, OutgoingLetter
from samordna.domain.collaborations.models import Participation
from samordna.domain.matters import operations as matters
from samordna.domain.matters.enums import MatterStage
from samordna.domain.matters.models import Matter
from samordna.domain.notices import delivering, reading
from samordna.domain.notices.enums import Group, Rhythm
from samordna.domain.notices.kinds import KINDS, REMINDERS
from samordna.domain.notices.models import Choice, Notice, Spread
from samordna.domain.notices.naming import NAMING
from samordna.domain.notices.queries.pages import notice_page, unread_of
from samordna.domain.organisations.access import actor_of
from samordna.domain.organisations.enums import RoleKind
from samordna.domain.organisations.models import Holding
from samordna.web.journal.phrases import SENTENCES
from tests import factories as f
from tests.background import work
from tests.factories import NOW
from tests.web.matters.world import world

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
MORNING = NOW + timedelta(hours=21)  # seven o'clock here, the day after


@pytest.fixture
def draft():
    """A matter that is about to be sent out to two participants, and everything from before read."""
    cache.clear()
    w = world(stage=MatterStage.DRAFT)
    w.matter.positions.all().delete()
    JournalHead.objects.get_or_create(pk=1)
    Spread.objects.update_or_create(pk=1, defaults={"sequence": JournalHead.objects.get(pk=1).size})
    return w


def send_out(w, at=NOW):
    matters.start_gathering(actor=w.leader(), matter_id=w.matter.pk, answer_by=clock.day(at + 20 * DAY), at=at)


def want(holding, group, rhythm):
    Choice.objects.update_or_create(person=holding.person, group=group, defaults={"rhythm": rhythm})


def test_every_kind_comes_from_an_act_that_the_journal_knows_and_says_whom_it_is_for():
    assert set(KINDS) <= set(SENTENCES)
    assert {name for name, kind in KINDS.items() if kind.whom == "named"} == set(NAMING)
    assert not set(KINDS) & set(REMINDERS)


def test_those_who_are_asked_are_told_once_and_at_once_and_the_asker_is_not(draft):
    send_out(draft)
    work(NOW)
    Spread.objects.update(sequence=0)
    work(NOW)
    assert sorted(letter.to[0] for letter in mail.outbox) == sorted(h.person.email for h in draft.holdings)
    assert Notice.objects.filter(kind="gathering_started").count() == 2
    assert not Notice.objects.filter(person=draft.coordinator.person, kind="gathering_started").exists()


def test_a_letter_names_the_kind_in_its_subject_and_leads_to_the_page(draft, settings):
    settings.ORIGIN = "https://samordna.example.se"
    send_out(draft)
    work(NOW)
    letter = mail.outbox[0]
    assert draft.matter.title not in letter.subject
    assert letter.subject == "Samordna: Du eller din organisation tillfrågas"
    assert f"https://samordna.example.se/fragor/{draft.matter.pk}/" in letter.body
    assert letter.extra_headers["List-Unsubscribe"].startswith("<https://samordna.example.se/aviseringar/avsluta/")


def test_a_letter_is_in_its_readers_language(draft):
    LetterLanguage.objects.create(person_id=draft.holdings[0].person_id, language="en")
    send_out(draft)
    with override("de"):
        work(NOW)
    subjects = {letter.to[0]: letter.subject for letter in mail.outbox}
    assert subjects[draft.holdings[0].person.email] == "Samordna: You or your organisation are asked for something"
    assert subjects[draft.holdings[1].person.email] == "Samordna: Du eller din organisation tillfrågas"


def test_a_digest_gathers_and_goes_once_a_day(draft):
    for holding in draft.holdings:
        want(holding, Group.ASKED, Rhythm.DAILY)
        want(holding, Group.MOVED, Rhythm.DAILY)
    work(NOW)
    send_out(draft)
    matters.withdraw_matter(actor=draft.leader(), matter_id=draft.matter.pk, reason="Not now", at=NOW)
    work(NOW + timedelta(hours=1))
    assert mail.outbox == []
    work(MORNING)
    assert len(mail.outbox) == 2
    work(MORNING)
    work(MORNING - DAY)
    work(MORNING + DAY)
    assert len(mail.outbox) == 2, "nothing is sent twice, whichever way the clock goes"


def test_weekly_goes_on_mondays_and_never_never(draft):
    want(draft.holdings[0], Group.ASKED, Rhythm.WEEKLY)
    want(draft.holdings[1], Group.ASKED, Rhythm.NEVER)
    work(NOW)
    send_out(draft)
    for days in range(8):
        work(MORNING + days * DAY)
        work(MORNING + days * DAY + timedelta(hours=1))
    assert [letter.to for letter in mail.outbox] == [[draft.holdings[0].person.email]]
    assert not Notice.objects.filter(settled_at=None, kind="gathering_started").exists()
    assert unread_of(actor_of(draft.holdings[1]), NOW) == 1


def test_what_one_may_no_longer_see_is_neither_sent_nor_shown(draft):
    """One participant leaves, another's role ends, between the act and the letter. First shown that there is a letter."""
    for holding in draft.holdings:
        want(holding, Group.ASKED, Rhythm.DAILY)
    work(NOW)
    send_out(draft)
    work(NOW)
    leaver, ended = draft.holdings
    assert [len(notice_page(actor_of(h), NOW).notices) for h in draft.holdings] == [1, 1]
    Participation.objects.filter(organisation=leaver.role.organisation).update(left_on=clock.day(NOW))
    Holding.objects.filter(pk=ended.pk).update(valid_to=clock.day(NOW))
    assert [len(notice_page(actor_of(h), NOW).notices) for h in draft.holdings] == [0, 0]
    work(MORNING)
    assert mail.outbox == []
    assert not Notice.objects.filter(settled_at=None).exists()


def test_a_matter_that_was_hidden_again_is_not_told_of(draft):
    send_out(draft)
    Matter.objects.filter(pk=draft.matter.pk).update(stage=MatterStage.DRAFT)
    work(NOW)
    assert mail.outbox == []


def test_somebody_without_an_address_and_two_addresses_alike(draft):
    """No address: the notice is on the page. Two persons whose addresses differ in case only: one letter each."""
    first, second = (holding.person for holding in draft.holdings)
    first.email = None
    first.save()
    second.email = "Anna@example.se"
    second.save()
    f.holding(draft.holdings[0].role.organisation, person=f.person(email="anna@example.se"))
    send_out(draft)
    work(NOW)
    assert sorted(letter.to[0] for letter in mail.outbox) == ["Anna@example.se", "anna@example.se"]
    assert unread_of(actor_of(draft.holdings[0]), NOW) == 1


def test_who_holds_two_of_the_roles_is_told_once(draft):
    held = draft.holdings[0]
    f.holding(held.role.organisation, RoleKind.MANAGER, person=held.person)
    send_out(draft)
    work(NOW)
    assert len(mail.outbox) == 2


def test_old_news_is_shown_and_not_posted(draft):
    send_out(draft)
    work(NOW + 5 * DAY)
    assert [letter.subject for letter in mail.outbox if "tillfrågas" in letter.subject] == []
    assert Notice.objects.filter(kind="gathering_started").count() == 2


def test_the_next_page_of_the_journal_is_read_where_the_last_one_ended(draft, monkeypatch):
    monkeypatch.setattr("samordna.domain.notices.spreading.SPREAD_AT_ONCE", 1)
    send_out(draft)
    matters.withdraw_matter(actor=draft.leader(), matter_id=draft.matter.pk, reason="Not now", at=NOW)
    work(NOW)
    assert set(Notice.objects.values_list("kind", flat=True)) == {"gathering_started", "matter_withdrawn"}


def test_opening_marks_as_read_and_what_came_since_stays_unread(draft):
    send_out(draft)
    work(NOW)
    matters.withdraw_matter(actor=draft.leader(), matter_id=draft.matter.pk, reason="Not now", at=NOW)
    work(NOW + DAY)
    actor = actor_of(draft.holdings[0])
    assert reading.mark_read(actor, NOW) == 1
    assert unread_of(actor, NOW) == 1
    other = Notice.objects.get(person=draft.holdings[1].person, kind="matter_withdrawn")
    with pytest.raises(Absent):
        reading.open_notice(actor, other.pk)
    own = Notice.objects.get(person_id=actor.person_id, kind="matter_withdrawn")
    assert reading.open_notice(actor, own.pk).url_name == "matter"
    assert unread_of(actor, NOW) == 0


def test_a_letter_counts_what_it_does_not_list(draft):
    held = draft.holdings[0]
    rows = [
        Notice(
            key=f"k{n}",
            person=held.person,
            role=held.role,
            kind="matter_withdrawn",
            about="matter",
            about_id=draft.matter.pk,
            at=NOW,
            made_at=NOW,
        )
        for n in range(60)
    ]
    Matter.objects.filter(pk=draft.matter.pk).update(stage=MatterStage.GATHERING)
    Notice.objects.bulk_create(rows)
    want(held, Group.MOVED, Rhythm.DAILY)
    work(NOW)
    work(MORNING)
    assert "10 aviseringar till" in mail.outbox[0].body
    assert OutgoingLetter.objects.count() == 1


def test_the_fault_of_one_holds_up_nobody_elses_letter(draft, monkeypatch):
    """Letters are written some persons at a time; where that fails each is tried alone, and the others get theirs."""
    unlucky, other = (holding.person for holding in draft.holdings)
    written = delivering._letter

    def fail(person, lines, *rest):
        if person == unlucky:
            raise RuntimeError("no letter to this one")
        return written(person, lines, *rest)

    monkeypatch.setattr(delivering, "_letter", fail)
    send_out(draft)
    work(NOW)
    assert [letter.to for letter in mail.outbox] == [[other.email]]
    monkeypatch.undo()
    work(NOW + timedelta(minutes=1))
    assert [letter.to for letter in mail.outbox] == [[other.email], [unlucky.email]]


def test_letters_to_twenty_ask_little_more_than_letters_to_one(draft):
    """Each reader's rights are asked for alone; everything else once for all of them, and everybody gets their own."""
    organisation, counts = draft.holdings[0].role.organisation, []
    for size in (1, 20):
        people = [f.holding(organisation) for _ in range(size)]
        told = {"kind": "matter_withdrawn", "about": "matter", "about_id": draft.matter.pk, "at": NOW, "made_at": NOW}
        Notice.objects.bulk_create(
            Notice(key=f"{size}:{held.pk}", person=held.person, role=held.role, **told) for held in people
        )
        Matter.objects.filter(pk=draft.matter.pk).update(stage=MatterStage.GATHERING)
        with transaction.atomic(), CaptureQueriesContext(connection) as asked:
            sent = delivering.deliver([held.person_id for held in people], ["now", "daily", "weekly"], NOW)
        assert set(sent) == {held.person_id for held in people}
        settled = Notice.objects.filter(key__startswith=f"{size}:").values_list("person_id", "letter_id")
        assert dict(settled) == dict(sent)
        counts.append(len(asked))
    assert counts[1] <= counts[0] + 19 * 3
