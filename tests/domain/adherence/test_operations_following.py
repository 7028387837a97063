from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from samordna.core import clock, journal
from samordna.core.errors import Absent, Forbidden, Invalid, Refused
from samordna.core.models import JournalEntry
from samordna.domain.adherence.models import FollowingAnswer
from samordna.domain.adherence.operations import answer_following
from samordna.domain.collaborations.enums import Duress
from samordna.domain.decisions.enums import DecisionState
from samordna.domain.organisations.enums import RoleKind
from tests import factories as f
from tests.domain.adherence.followed import followed
from tests.factories import NOW

SOON = clock.day(NOW + timedelta(days=30))


def answer(world, index=0, **given: Any) -> FollowingAnswer:
    given.setdefault("kind", "already_so")
    return answer_following(actor=world.actor(index), version_id=world.version.pk, at=NOW, **given)


@pytest.mark.parametrize(
    "given",
    [
        {"kind": "already_so"},
        {"kind": "will_change", "by": SOON, "actions": "New schedule"},
        {"kind": "cannot", "reason": "Vacancies"},
        {"kind": "will_not", "reason": "No gain for us"},
    ],
)
def test_each_of_the_four_answers_is_kept_and_written_in_the_journal(world, given):
    made = answer(world, **given)
    kept = {name: getattr(made, name) for name in given}
    assert kept == given
    entry = JournalEntry.objects.select_related("payload").get(action="following_answered")
    content = journal.content_of(entry.payload)
    assert (entry.subject_id, entry.matter_id, content["kind"]) == (made.pk, world.matter.pk, given["kind"])


def test_answers_are_added_and_the_earlier_ones_stay(world):
    answer(world, kind="cannot", reason="Vacancies")
    answer(world, kind="already_so")
    assert sorted(FollowingAnswer.objects.values_list("kind", flat=True)) == ["already_so", "cannot"]


@pytest.mark.parametrize(
    ("given", "fields"),
    [
        ({"kind": "perhaps"}, {"kind"}),
        ({"kind": "will_change"}, {"by", "actions"}),
        ({"kind": "will_change", "by": clock.day(NOW) - timedelta(days=1), "actions": "a"}, {"by"}),
        ({"kind": "cannot"}, {"reason"}),
        ({"kind": "will_not", "reason": "  "}, {"reason"}),
        ({"kind": "already_so", "reason": "a" * 10_001}, {"reason"}),
    ],
)
def test_an_answer_that_lacks_something_is_refused_field_by_field(world, given, fields):
    with pytest.raises(Invalid) as refusal:
        answer(world, **given)
    assert refusal.value.fields.keys() == fields
    assert not FollowingAnswer.objects.exists()


def test_a_change_may_be_promised_for_today(world):
    assert answer(world, kind="will_change", by=clock.day(NOW), actions="Today").by == clock.day(NOW)


@pytest.mark.parametrize(("follow", "must"), [(Duress.MAY, False), (Duress.IF_IN, True), (Duress.MUST, True)])
def test_must_or_may_is_kept_as_it_was_ruled(db, follow, must):
    assert answer(followed(follow=follow)).must is must


def test_whoever_is_not_bound_may_answer_and_need_not_follow(db):
    assert answer(followed(adopters=[1], follow=Duress.MUST)).must is False


def test_only_a_version_in_force_is_answered(world):
    world.version.state = DecisionState.WITHDRAWN
    world.version.save()
    with pytest.raises(Refused, match="in force"):
        answer(world)


def test_only_whoever_may_answer_for_a_participant_does(world):
    for kind, refusal in ((RoleKind.OFFICER, Forbidden), (RoleKind.ADMINISTRATOR, Forbidden)):
        with pytest.raises(refusal):
            answer_following(actor=world.actor(0, kind), version_id=world.version.pk, kind="already_so", at=NOW)
    with pytest.raises(Forbidden):
        answer_following(actor=world.lead, version_id=world.version.pk, kind="already_so", at=NOW)
    with pytest.raises(Absent):
        answer_following(actor=f.actor(f.organisation()), version_id=world.version.pk, kind="already_so", at=NOW)
    with pytest.raises(Absent):
        answer_following(actor=world.actor(), version_id="222222222222", kind="already_so", at=NOW)
