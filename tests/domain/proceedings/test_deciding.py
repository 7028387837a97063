"""Decisions at a meeting: by each method, one voice per party, refused in words, recorded apart from the tally."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samordna.core import clock
from samordna.core.errors import Forbidden, Invalid, Refused
from samordna.domain.collaborations.models import Participation
from samordna.domain.forums.models import Forum, Item, Seat
from samordna.domain.proceedings import operations as do
from samordna.domain.proceedings.models import Outcome, Question, Vote
from tests import factories as f
from tests.domain.collaborations.test_operations_mandates import give
from tests.domain.proceedings.world import Sat, sat
from tests.factories import NOW

pytestmark = pytest.mark.django_db
LATE = NOW + timedelta(minutes=30)


def settle(met: Sat, question: Question, **fields: object) -> Outcome:
    return do.settle_question(actor=met.secretary, question_id=question.pk, at=LATE, **fields)  # type: ignore[arg-type]


def test_one_voice_per_party_the_last_before_closing_counts_and_who_cast_it_is_kept():
    met = sat(method="majority").opened().there()
    question = met.ask()
    met.say(question, met.given.manager, "no", 1)
    met.there("own", holding_id=met.deputy.holding_id, at=NOW + timedelta(minutes=2))
    met.say(question, met.deputy, "yes", 3)
    with pytest.raises(Refused, match="inte antecknad"):
        met.say(question, met.given.manager, "no", 4)
    met.say(question, met.secretary, "yes", 5, seat_id=met.seats["other"].pk)
    made = settle(met, question)
    assert (made.result, made.reference, made.statement) == ("carried", "2026:1", "Vi delar på kostnaden.")
    assert {row["voice"]: row["choice"] for row in made.rests_on["voices"]} == {"Havsnäs": "yes", "Storstad": "yes"}
    kept = [(vote.choice, vote.cast_by_id, vote.put_in) for vote in question.votes.order_by("cast_at")]
    own, deputy, secretary = met.given.manager.holding_id, met.deputy.holding_id, met.secretary.holding_id
    assert kept == [("no", own, False), ("yes", deputy, False), ("yes", secretary, True)]
    with pytest.raises(Refused, match="avslutad"):
        met.say(question, met.deputy, "no", 31)
    with pytest.raises(Refused, match="avslutad"):
        settle(met, question)
    again = met.ask("En fråga till")
    for who in (met.deputy, met.given.other_manager):
        met.say(again, who, "no", 6)
    second = settle(met, again)
    assert (second.result, second.reference) == ("not_carried", "2026:2")
    with pytest.raises(Forbidden):
        do.settle_question(actor=met.given.manager, question_id=again.pk, at=LATE)


def test_an_objection_blocks_until_its_maker_clears_it_and_says_how():
    met = sat().opened().there()
    question = met.ask()
    with pytest.raises(Invalid) as wrong:
        met.say(question, met.given.manager, "object")
    assert set(wrong.value.fields) == {"reason"}
    objection = met.say(question, met.given.manager, "object", 1, reason="Vi har ingen budget")
    met.say(question, met.given.other_manager, "yes", 2)
    with pytest.raises(Refused, match="Havsnäs"):
        settle(met, question)
    cleared = met.say(question, met.given.manager, "yes", 3, reason="Första året betalar regionen")
    assert cleared.clears_id == objection.pk
    assert settle(met, question, statement="Kostnaden delas från år två.").statement == "Kostnaden delas från år två."
    reserved = do.reserve_oneself(actor=met.given.other_manager, question_id=question.pk, text="För dyrt", at=LATE)
    assert reserved.seat_id == met.seats["other"].pk
    with pytest.raises(Forbidden):
        do.reserve_oneself(actor=met.deputy, question_id=question.pk, text="Jag också", at=LATE)


def test_too_few_there_a_tie_and_silence_are_refused_in_words_and_can_be_left():
    met = sat(method="majority", quorum="all").opened().there("own")
    question = met.ask()
    met.say(question, met.given.manager, "yes")
    with pytest.raises(Refused, match="1 av 2"):
        settle(met, question)
    with pytest.raises(Refused, match="beslutsfråga är fortfarande öppen"):
        do.end_meeting(meeting_id=met.meeting.pk, **met.keeping)
    met.there("other", at=NOW + timedelta(minutes=2))
    met.say(question, met.given.other_manager, "no", 3)
    with pytest.raises(Refused, match="lika många"):
        settle(met, question)
    left = do.leave_question(actor=met.secretary, question_id=question.pk, reason="Vi är oense", at=LATE)
    assert (left.result, left.reference, left.rests_on["result"], left.rests_on["tie"]) == (
        "left",
        "",
        "tied",
        ["yes", "no"],
    )
    silent = met.ask("Ingen säger något")
    with pytest.raises(Refused, match="ingen har tagit ställning"):
        settle(met, silent)


def test_ranks_and_approvals_choose_among_options_and_a_member_counts_where_members_do():
    met = sat(method="ranked", voice="member").opened().there()
    with pytest.raises(Invalid):
        met.ask("Vilken dag?", options=["måndag"])
    question = met.ask("Vilken dag?", options=["måndag", "tisdag", "fredag"])
    with pytest.raises(Invalid):
        met.say(question, met.given.manager, ranks=[["1"], ["1"]])
    with pytest.raises(Invalid):
        met.say(question, met.given.manager, ranks=[["9"]])
    met.say(question, met.given.manager, ranks=[["2"], ["1"]])
    met.say(question, met.given.other_manager, ranks=[["2"]])
    assert settle(met, question).statement == "Vilken dag? tisdag"
    approval = met.ask("Vilka dagar går?", method="approval", options=["måndag", "tisdag"])
    with pytest.raises(Invalid):
        met.say(approval, met.given.manager, ranks=[["1"], ["2"]])
    met.say(approval, met.given.manager, ranks=[["1", "2"]])
    met.say(approval, met.given.other_manager, ranks=[["1"]])
    assert settle(met, approval).rests_on["counts"]["got"] == 2
    met.there("deputy")
    with pytest.raises(Refused, match="ingen part eller ledamot"):
        met.say(met.ask("Och ja?", method="majority"), met.deputy, "yes")


def test_the_coordinator_decides_within_its_mandate_when_the_others_have_been_heard():
    met = sat(method="coordinator").opened().there()
    question = met.ask()
    with pytest.raises(Forbidden):
        met.say(question, met.given.manager, "yes", as_coordinator=True)
    met.say(question, met.coordinator, "yes", 1, as_coordinator=True)
    with pytest.raises(Refused, match="Havsnäs"):
        settle(met, question)
    met.say(question, met.given.manager, "no", 2)
    met.say(question, met.given.other_manager, "yes", 2)
    with pytest.raises(Refused, match="mandat"):
        settle(met, question)
    give(met.given)
    made = settle(met, question)
    assert (made.result, made.rests_on["mandate"]["decides_for"]) == ("carried", ["Havsnäs"])


def test_what_is_outside_the_mandate_is_refused_with_what_is_missing_before_anybody_votes():
    met = sat().opened().there()
    Item.objects.update(kind="discussion")
    with pytest.raises(Refused, match="inte för beslut"):
        met.ask()
    Item.objects.update(kind="decision")
    met.forum.areas.add(met.given.beneath)
    with pytest.raises(Refused, match="Utskrivning"):
        met.ask()
    met.forum.areas.clear()
    question = met.ask()
    met.say(question, met.given.manager, "yes")
    Forum.objects.update(power="prepares")
    with pytest.raises(Refused, match="bereder"):
        settle(met, question)


def test_a_party_that_has_left_has_no_voice_and_nobody_votes_for_another():
    met = sat(method="majority").opened().there()
    question = met.ask()
    with pytest.raises(Forbidden):
        met.say(question, met.given.manager, "yes", seat_id=met.seats["other"].pk)
    with pytest.raises(Refused, match="ingen part"):
        met.there("secretary").say(question, met.secretary, "yes", seat_id=met.seats["secretary"].pk)
    Participation.objects.filter(organisation=met.given.own).update(
        joined_on=clock.day(NOW) - timedelta(days=9), left_on=clock.day(NOW)
    )
    met.say(question, met.given.other_manager, "yes")
    assert not Vote.objects.filter(seat=met.seats["own"]).exists()
    assert settle(met, question).rests_on["quorum"]["of"] == 1


def test_putting_in_for_many_asks_once_who_is_there():
    asked: list[int] = []
    for more in (1, 4):
        met = sat(method="majority", voice="member").opened()
        for _each in range(more):
            role_id = f.actor(met.given.own).role_id or ""
            seat = Seat.objects.create(forum=met.forum, role_id=role_id, task="member", valid_from=clock.day(NOW))
            do.note_attendance(meeting_id=met.meeting.pk, seat_id=seat.pk, **met.keeping)
        question = met.ask()
        with CaptureQueriesContext(connection) as queries:
            assert do.cast_for_the_rest(question_id=question.pk, choice="yes", **met.keeping) == more
        asked.append(sum('FROM "proceedings_attendance"' in query["sql"] for query in queries))
    assert asked[0] == asked[1]
