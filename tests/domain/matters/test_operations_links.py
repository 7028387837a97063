"""Answer links: secret, single, bounded in time, revocable, and asked again inside the transaction."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils.translation import override

from samordna.core.errors import Absent, Forbidden, Invalid, Refused
from samordna.core.models import JournalPayload
from samordna.domain.matters import operations as do
from samordna.domain.matters.access import actor_of_link, check_link, link_of
from samordna.domain.matters.models import AnswerLink
from tests import factories as f

pytestmark = pytest.mark.django_db
NOW = f.NOW


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


@pytest.fixture
def asked():
    matter = f.matter()
    return f.coordinator_of(matter.collaboration), matter, f.position(matter), f.position(matter)


def make(asked, place=2, **more):
    coordinator, matter = asked[:2]
    link = {"recipient": "anna@example.se", "at": NOW} | more
    return do.make_answer_link(actor=coordinator, matter_id=matter.pk, position_id=asked[place].pk, **link)


def test_the_secret_is_kept_nowhere(asked):
    token = make(asked)
    kept = str(list(AnswerLink.objects.values())) + str(list(JournalPayload.objects.values()))
    assert len(token) >= 43
    assert token not in kept


def test_two_links_do_not_share_a_secret(asked):
    assert make(asked) != make(asked)


@pytest.mark.parametrize("after", [timedelta(days=30) - timedelta(seconds=1), timedelta(days=30)])
def test_a_link_lives_up_to_its_end_and_not_at_it(asked, after):
    actor = actor_of_link(make(asked), NOW + after)
    assert (actor is not None) == (after < timedelta(days=30))


def test_who_has_the_link_answers_that_position_and_no_other(asked):
    actor = actor_of_link(make(asked), NOW)
    do.write_note(actor=actor, position_id=asked[2].pk, text="Ours", at=NOW)
    with pytest.raises(Absent):
        do.write_note(actor=actor, position_id=asked[3].pk, text="Theirs", at=NOW)
    with pytest.raises(Absent):
        do.let_be(actor=actor, matter_id=asked[1].pk, reason="No", at=NOW)


def test_an_actor_whose_link_has_been_used_meanwhile_is_refused(asked):
    token = make(asked)
    first, second = actor_of_link(token, NOW), actor_of_link(token, NOW)
    do.declare_no_conditions(actor=first, position_id=asked[2].pk, answered_as="Anna", at=NOW)
    with pytest.raises(Refused, match="has been used or has expired"):
        do.reopen_position(actor=second, position_id=asked[2].pk, reason="Again", at=NOW)
    with pytest.raises(Refused, match="This link has been used"):
        check_link(link_of(token), NOW)


def test_sending_in_by_signing_in_withdraws_what_is_still_out(asked):
    token = make(asked)
    do.declare_no_conditions(actor=f.actor(asked[2].organisation), position_id=asked[2].pk, at=NOW)
    assert actor_of_link(token, NOW) is None
    with pytest.raises(Refused, match="The coordinator has withdrawn this link"):
        check_link(link_of(token), NOW)


def test_revoking_works_at_once_and_once(asked):
    token = make(asked)
    link = AnswerLink.objects.get()
    do.revoke_answer_link(actor=asked[0], matter_id=asked[1].pk, link_id=link.pk, at=NOW)
    assert actor_of_link(token, NOW) is None
    with pytest.raises(Refused, match="already been used or withdrawn"):
        do.revoke_answer_link(actor=asked[0], matter_id=asked[1].pk, link_id=link.pk, at=NOW)


@pytest.mark.parametrize(("days", "recipient"), [(0, "a@example.se"), (91, "a@example.se"), (9, "a at work"), (9, " ")])
def test_a_link_for_too_long_or_to_nobody_is_refused(asked, days, recipient):
    with pytest.raises(Invalid):
        make(asked, days=days, recipient=recipient)
    assert not AnswerLink.objects.exists()


def test_only_the_coordinator_makes_links(asked):
    with pytest.raises(Forbidden):
        do.make_answer_link(
            actor=f.actor(asked[2].organisation),
            matter_id=asked[1].pk,
            position_id=asked[2].pk,
            recipient="a@example.se",
            at=NOW,
        )


def test_a_letter_carries_its_own_link_and_the_day(asked):
    coordinator, matter, one, other = asked
    recipients = {one.pk: "a@example.se", other.pk: "b@example.se"}
    letters = do.send_answer_links(
        actor=coordinator, matter_id=matter.pk, recipients=recipients, origin="https://samordna.example.se/", at=NOW
    )
    for letter, position in zip(letters, (one, other), strict=True):
        token = letter.body.split("/svar/")[1].split("/")[0]
        assert actor_of_link(token, NOW).link_position_id == position.pk
        assert "https://samordna.example.se/svar/" in letter.body
    with pytest.raises(Invalid) as raised:
        do.send_answer_links(
            actor=coordinator, matter_id=matter.pk, recipients={one.pk: "a@example.se", other.pk: "nowhere"}, at=NOW
        )
    assert list(raised.value.fields) == [f"recipient-{other.pk}"]
    assert AnswerLink.objects.count() == 2
