from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.domain.adherence.operations import answer_following, share_experience
from samordna.domain.adherence.queries import Asked, Show, following_board, following_page, waiting_for
from samordna.domain.collaborations.enums import Duress
from samordna.domain.decisions.access import decision_for
from samordna.domain.decisions.enums import DecisionState
from samordna.domain.decisions.models import Proposal
from samordna.domain.matters.enums import PositionState
from samordna.domain.organisations.enums import OrganisationKind, RoleKind
from tests import factories as f
from tests.domain.adherence.followed import followed, organisations
from tests.factories import NOW

LATER = NOW + timedelta(days=60)
SOON = clock.day(NOW + timedelta(days=30))


def page(world, actor=None, at=NOW):
    actor = actor or world.lead
    return following_page(actor, decision_for(actor, world.decision.pk, at=at), at)


def say(world, index, kind, at=NOW, **given):
    answer_following(actor=world.actor(index), version_id=world.version.pk, kind=kind, at=at, **given)


def test_the_page_counts_four_answers_and_silence(db):
    world = followed(6, adopters=[0, 1, 2, 3, 4], follow=Duress.IF_IN)
    say(world, 0, "already_so")
    say(world, 1, "will_change", by=SOON, actions="New schedule")
    say(world, 2, "cannot", reason="Vacancies")
    say(world, 3, "will_not", reason="No gain")
    tally = page(world).tally
    assert (tally.already_so, tally.will_change, tally.cannot, tally.will_not, tally.silent) == (1, 1, 1, 1, 1)
    assert (tally.breaches, tally.overdue, tally.total) == (2, 0, 5)
    assert [one.kind for one in page(world).standings][-1] == "unbound"


def test_not_following_is_a_breach_only_where_it_is_a_must(db):
    voluntary, conditional = followed(2), followed(2, follow=Duress.IF_IN)
    for world in (voluntary, conditional):
        say(world, 0, "will_not", reason="No gain")
    assert [page(voluntary).tally.breaches, page(conditional).tally.breaches] == [0, 1]


def test_a_promise_whose_day_has_passed_is_overdue_until_there_is_a_new_word(world):
    say(world, 0, "will_change", by=SOON, actions="New schedule")
    assert [page(world, at=at).standings[0].overdue for at in (NOW, LATER)] == [False, True]
    say(world, 0, "already_so", at=LATER)
    standing = page(world, at=LATER).standings[0]
    assert (standing.overdue, [one.kind for one in standing.earlier]) == (False, ["will_change"])


def test_one_sees_ones_own_duty_and_breach(db):
    superior = f.organisation(kind=OrganisationKind.STATE_AGENCY)
    world = followed(2, join=Duress.MUST, contribute=Duress.MUST, follow=Duress.MUST, superior=superior)
    say(world, 0, "cannot", reason="Vacancies")
    mine, others = page(world, world.actor(0)), page(world, world.actor(1))
    assert mine.own.organisation == world.organisations[0].name
    assert superior.name in mine.breach
    assert (others.breach, "must follow" in others.duty) == ("", True)


def test_a_conditional_breach_names_no_superior(db):
    world = followed(1, follow=Duress.IF_IN)
    say(world, 0, "cannot", reason="Vacancies")
    assert "breach of what was agreed" in page(world, world.actor(0)).breach


def test_the_values_are_the_readers_own(db):
    world = followed(2)
    entry = {"organisation": world.organisations[0].pk, "aspect": world.aspect.pk, "label": "Free days", "value": "5"}
    world.version.content["adaptations"] = [entry]
    world.version.save()
    mine, others = page(world, world.actor(0)).values, page(world, world.actor(1)).values
    assert [(value.value, value.own) for value in (*mine, *others)] == [("5", True), ("3", False)]


@pytest.mark.parametrize(("contribute", "named"), [(Duress.MAY, 0), (Duress.IF_IN, 1)])
def test_whoever_had_to_contribute_and_did_not_is_named(db, contribute, named):
    world = followed(2, contribute=contribute)
    world.version.content["participants"][1]["state"] = PositionState.SILENT
    world.version.save()
    assert page(world).not_contributing == tuple([world.organisations[1].name] * named)


def test_a_proposal_of_coordination_is_no_participants_word_whoever_coordinates_by_now(db):
    """What its host had to contribute does not follow from who led the work, then or since."""
    world = followed(2, contribute=Duress.IF_IN)
    world.version.content["participants"][1]["state"] = PositionState.SILENT
    world.version.save()
    proposal, host = Proposal.objects.get(pk=world.version.proposal_id), world.organisations[1]
    proposal.pk, proposal.number, proposal.organisation, proposal.state = None, 2, host, "shared"
    proposal.made_by = f.holding(host, RoleKind.COORDINATOR)  # coordinated before the role that does today
    proposal.save(force_insert=True)
    assert page(world).not_contributing == (host.name,)


def test_experiences_are_grouped_by_aspect_with_the_whole_last(world):
    for aspect, tone in (("", "helps"), (world.aspect.pk, "hinders"), (world.aspect.pk, "helps")):
        share_experience(actor=world.actor(), version_id=world.version.pk, tone=tone, text="Told", aspect_id=aspect, at=NOW)
    learnt = page(world).learnt
    assert [(one.aspect, one.helps, one.hinders) for one in learnt] == [("Free days", 1, 1), ("", 1, 0)]


def test_a_decision_that_never_was_in_force_has_no_page(world):
    world.version.state, world.version.established_at = DecisionState.RECOMMENDED, None
    world.version.established_by = None
    world.version.save()
    assert page(world) is None


def test_the_board_sets_decisions_against_organisations(db):
    first = followed(3)
    second = followed(given=first.collaboration, of=first.organisations, adopters=[0])
    say(first, 0, "already_so")
    say(second, 2, "cannot", reason="Vacancies")
    board = following_board(first.actor(1), NOW)
    answers = {row.organisation: [one.kind for one in row.standings] for row in board.rows}
    order = [column.decision_id for column in board.columns]
    kinds = {name: dict(zip(order, kinds, strict=True)) for name, kinds in answers.items()}
    names = [one.name for one in first.organisations]
    assert [kinds[name][first.decision.pk] for name in names] == ["already_so", "", ""]
    assert [kinds[name][second.decision.pk] for name in names] == ["", "unbound", "cannot"]
    assert next((row.organisation, row.own) for row in board.rows) == (names[1], True)


def test_the_board_may_show_only_whom_something_is_missing_from(world):
    say(world, 0, "already_so")
    names = [row.organisation for row in following_board(world.lead, NOW, asked=Asked(show=Show.WANTING)).rows]
    assert names == [one.name for one in world.organisations[1:]]


def test_the_board_shows_the_asked_collaboration_and_never_anothers(world):
    other = followed(1)
    board = following_board(world.lead, NOW, other.collaboration.pk)
    assert board.chosen.id == world.collaboration.pk
    outsider = following_board(f.actor(f.organisation()), NOW)
    assert (outsider.chosen, outsider.rows) == (None, ())


def test_older_decisions_than_the_board_holds_are_listed_beneath(world, monkeypatch):
    monkeypatch.setattr("samordna.domain.adherence.queries.board.MOST_COLUMNS", 1)
    followed(given=world.collaboration, of=world.organisations)
    board = following_board(world.lead, NOW)
    assert (len(board.columns), len(board.older)) == (1, 1)


def test_an_organisation_is_waited_for_until_it_has_answered(db):
    world = followed(2, adopters=[0])
    assert [item.what for item in waiting_for(world.actor(0), NOW)] == ["Tell how you follow the decision"]
    assert waiting_for(world.actor(1), NOW) == []
    say(world, 0, "will_change", by=SOON, actions="New schedule")
    assert waiting_for(world.actor(0), NOW) == []
    late = waiting_for(world.actor(0), LATER)
    assert [(item.what, item.due, item.note) for item in late] == [
        ("Tell whether the change is made", SOON, "New schedule")
    ]


def test_nobody_is_waited_for_who_may_not_answer(world):
    assert waiting_for(world.actor(0, RoleKind.OFFICER), NOW) == []
    assert waiting_for(Actor.nobody(), NOW) == []


def test_no_query_is_added_by_more_organisations(db):
    def cost(count):
        given = f.collaboration()
        world = followed(of=organisations(count, given), given=given)
        say(world, 0, "already_so")
        actor = world.actor(0)
        with CaptureQueriesContext(
            connection,
        ) as board:
            following_board(actor, NOW)
        with CaptureQueriesContext(connection) as shown:
            page(world, actor)
        with CaptureQueriesContext(connection) as waited:
            waiting_for(actor, NOW)
        return len(board), len(shown), len(waited)

    assert cost(1) == cost(10) == cost(300)
