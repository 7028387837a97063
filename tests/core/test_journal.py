from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest
from django.db import connection, transaction
from django.utils.translation import gettext_lazy
from hypothesis import given
from hypothesis import strategies as st

from samordna.core import journal
from samordna.core.actor import Actor
from samordna.core.models import JournalEntry, JournalHead, JournalPayload
from samordna.core.operation import REGISTRY, UnloggedWrite, operation
from samordna.core.verification import Row, row_bytes, verify
from samordna.domain.organisations.models import Organisation
from tests import factories as f
from tests.core.journals import SOMEBODY, write
from tests.factories import NOW

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


def entry(**content: object) -> JournalEntry:
    return journal.record(actor=SOMEBODY, action="tested", subject_kind="test", subject_id="1", at=NOW, **content)


@pytest.mark.django_db
def test_an_entry_says_who_as_what_when_and_what() -> None:
    made = entry(reason="Därför", on=date(2026, 5, 1), label=gettext_lazy("Samordna"))
    stored = JournalEntry.objects.select_related("payload").get()
    assert (stored.sequence, stored.at, stored.via) == (0, NOW, "session")
    assert (stored.person_id, stored.holding_id) == (SOMEBODY.person_id, SOMEBODY.holding_id)
    assert journal.content_of(stored.payload) == {"reason": "Därför", "on": "2026-05-01", "label": "Samordna"}
    assert journal.entry_bytes(stored) == journal.entry_bytes(made)
    assert journal.content_of(None) is None


@pytest.mark.django_db
def test_a_moment_is_kept_in_utc_whatever_it_was_given_in() -> None:
    local = datetime(2026, 11, 22, 10, 0, tzinfo=timezone(timedelta(hours=1)))
    journal.record(actor=SOMEBODY, action="tested", subject_kind="test", subject_id="1", at=local)
    assert verify().holds


@pytest.mark.django_db
def test_a_clock_that_goes_backwards_does_not_disorder_the_journal() -> None:
    entry()
    journal.record(actor=SOMEBODY, action="tested", subject_kind="test", subject_id="2", at=NOW - timedelta(days=1))
    assert set(JournalEntry.objects.values_list("at", flat=True)) == {NOW}


@pytest.mark.django_db
def test_the_system_states_its_purpose_and_a_link_its_position() -> None:
    journal.record(actor=Actor.command("tidy up"), action="tested", subject_kind="test", subject_id="1", at=NOW)
    journal.record(
        actor=Actor(via="link", link_position_id="position2222"),
        action="tested",
        subject_kind="test",
        subject_id="2",
        at=NOW,
    )
    contents = [journal.content_of(payload) for payload in JournalPayload.objects.order_by("pk")]
    assert contents == [{"purpose": "tidy up"}, {"position": "position2222"}]


@pytest.mark.django_db
def test_what_cannot_be_kept_is_refused() -> None:
    with pytest.raises(TypeError), transaction.atomic():
        entry(thing=object())


@pytest.mark.django_db(transaction=True)
def test_the_journal_is_not_written_outside_a_transaction() -> None:
    assert not connection.in_atomic_block
    with pytest.raises(RuntimeError):
        entry()


@pytest.mark.django_db
def test_an_erased_payload_is_gone_and_the_journal_still_verifies() -> None:
    write(3)
    journal.erase(actor=SOMEBODY, sequence=1, decision="Gallringsbeslut 2026-7", at=NOW + timedelta(days=1))
    report = verify()
    assert (report.holds, report.entries, report.erased) == (True, 4, 1)
    with pytest.raises(JournalPayload.DoesNotExist):
        journal.erase(actor=SOMEBODY, sequence=1, decision="again")


@given(st.lists(texts, min_size=10, max_size=10), st.integers(0, 2**40), st.datetimes())
def test_the_fast_spelling_is_the_plain_spelling(values: list[str], sequence: int, at: datetime) -> None:
    fields = dict(zip(journal.TEXT_FIELDS, values, strict=True))
    row = Row(sequence=sequence, at=at, leaf="", salt=None, content=None, **fields)
    assert row_bytes(row) == journal.entry_bytes(JournalEntry(sequence=sequence, at=at, **fields))


@pytest.fixture
def forgetful():
    """An operation that forgets its entry, and one that relies on an inner operation that was undone."""

    @operation("account.use")
    def forget(*, actor: Actor) -> None:
        f.organisation("Unlogged")

    @operation("account.use")
    def write_and_fail(*, actor: Actor) -> None:
        entry()
        raise ValueError("undone")

    @operation("account.use")
    def rely_on_what_was_undone(*, actor: Actor) -> None:
        f.organisation("Unlogged")
        with pytest.raises(ValueError, match="undone"):
            write_and_fail(actor=actor)

    yield forget, rely_on_what_was_undone
    for name in [name for name, made in REGISTRY.items() if "forgetful" in made.call.__qualname__]:
        del REGISTRY[name]


@pytest.mark.django_db(transaction=True)
def test_an_operation_that_forgets_its_entry_is_rolled_back(forgetful) -> None:
    for careless in forgetful:
        with pytest.raises(UnloggedWrite):
            careless(actor=SOMEBODY)
    assert not Organisation.objects.filter(name="Unlogged").exists()
    assert not JournalEntry.objects.exists()
    assert not JournalHead.objects.filter(size__gt=0).exists()


def test_an_operation_takes_keywords_and_an_actor() -> None:
    with pytest.raises(TypeError, match="takes an actor"):
        operation("account.use")(lambda *, name: name)
    with pytest.raises(TypeError, match="keywords only"):
        operation("account.use")(lambda actor: actor)
