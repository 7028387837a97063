from importlib import import_module

import pytest
from django.apps import apps

from samordna.core.actor import Actor
from samordna.core.errors import Absent, Invalid, Refused, TooLarge
from samordna.core.models import JournalPayload
from samordna.domain.collaborations.enums import CollaborationState
from samordna.domain.collaborations.models import Collaboration
from samordna.domain.collaborations.operations import (
    activate_collaboration,
    add_area,
    close_collaboration,
    let_in,
    open_to_participants,
    restate_purpose,
    set_target_group,
    start_collaboration,
)
from samordna.domain.organisations.enums import RoleKind
from tests import factories as f
from tests.factories import NOW

pytestmark = pytest.mark.django_db

OLD = {"kind": "includes", "subject": "ålder", "operator": "at_least", "value": "65"}


def start(actor: Actor, **changes) -> Collaboration:
    given = {
        "actor": actor,
        "name": "Nära vård",
        "purpose": "Trygg hemgång",
        "target_group": "Äldre som skrivs ut",
        "criteria": [OLD],
        "at": NOW,
    }
    return start_collaboration(**given | changes)


def coordinator() -> Actor:
    return f.actor(f.organisation(), RoleKind.COORDINATOR)


def test_starting_prepares_a_collaboration_that_the_starter_coordinates():
    actor = coordinator()
    made = start(actor, depth="conditional")
    assert made.state == CollaborationState.PLANNED
    assert made.coordinator_role_id == actor.role_id
    assert (made.join, made.contribute, made.follow) == ("may", "if_in", "if_in")
    assert [criterion.subject for criterion in made.criteria.all()] == ["ålder"]


def test_the_three_verbs_go_before_the_named_depth():
    made = start(coordinator(), depth="mandatory", join="may")
    assert (made.join, made.contribute, made.follow) == ("may", "must", "must")


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("name", {"name": ""}),
        ("name", {"name": "x" * 121}),
        ("purpose", {"purpose": "  "}),
        ("depth", {"depth": "bottomless"}),
        ("follow", {"follow": "perhaps"}),
        ("superior_id", {"superior_id": "nobody"}),
        ("coordinator_role_id", {"coordinator_role_id": "nobody"}),
        ("criteria", {"criteria": [OLD | {"value": "gammal"}]}),
        ("criteria", {"criteria": [{"kind": "includes"}]}),
    ],
)
def test_what_cannot_be_used_is_said_by_field(field, changes):
    with pytest.raises(Invalid) as invalid:
        start(coordinator(), **changes)
    assert list(invalid.value.fields) == [field]
    assert not Collaboration.objects.exists()


def test_only_a_coordinator_starts_and_only_at_home():
    with pytest.raises(Refused):
        start(f.actor(f.organisation(), RoleKind.MANAGER))
    with pytest.raises(Refused):
        start(coordinator(), host_id=f.organisation().pk)


def test_activation_says_everything_that_is_lacking():
    actor = coordinator()
    made = start(actor, criteria=[], target_group="")
    with pytest.raises(Refused) as refused:
        activate_collaboration(actor=actor, collaboration_id=made.pk, at=NOW)
    assert refused.value.reason.count(".") == 5
    assert Collaboration.objects.get().state == CollaborationState.PLANNED


def test_it_is_shown_to_those_who_take_part_and_then_activated():
    actor, participant = coordinator(), f.organisation()
    made = start(actor)
    add_area(actor=actor, collaboration_id=made.pk, name="Utskrivning", at=NOW)
    for organisation in (participant, f.organisation()):
        let_in(actor=actor, collaboration_id=made.pk, organisation_ids=[organisation.pk], at=NOW)
    manager = f.actor(participant, RoleKind.MANAGER)
    with pytest.raises(Absent):
        add_area(actor=manager, collaboration_id=made.pk, name="Annat", at=NOW)
    open_to_participants(actor=actor, collaboration_id=made.pk, at=NOW)
    with pytest.raises(Refused):
        add_area(actor=manager, collaboration_id=made.pk, name="Annat", at=NOW)
    with pytest.raises(Refused):
        open_to_participants(actor=actor, collaboration_id=made.pk, at=NOW)
    f.ready(made)
    activate_collaboration(actor=actor, collaboration_id=made.pk, at=NOW)
    assert Collaboration.objects.get().state == CollaborationState.ACTIVE
    with pytest.raises(Refused):
        add_area(actor=manager, collaboration_id=made.pk, name="Annat", at=NOW)
    with pytest.raises(Refused):
        activate_collaboration(actor=actor, collaboration_id=made.pk, at=NOW)


def test_criteria_are_replaced_whole_and_the_journal_keeps_them():
    actor = coordinator()
    made = start(actor)
    new = {"kind": "excludes", "subject": "boende", "operator": "is", "value": "annat län"}
    set_target_group(actor=actor, collaboration_id=made.pk, target_group="Alla", criteria=[new, OLD], at=NOW)
    assert made.criteria.count() == 2
    contents = [payload.content for payload in JournalPayload.objects.all()]
    assert any("annat län" in str(content) for content in contents)


def test_too_many_criteria_name_the_limit():
    with pytest.raises(TooLarge, match="40"):
        start(coordinator(), criteria=[OLD] * 41)


def test_areas_are_named_once_and_lie_in_few_levels():
    actor = coordinator()
    made = start(actor)
    parent = ""
    for level in range(6):
        parent = add_area(actor=actor, collaboration_id=made.pk, name=f"Nivå {level}", parent_id=parent, at=NOW).pk
    with pytest.raises(Invalid, match="6"):
        add_area(actor=actor, collaboration_id=made.pk, name="Djupare", parent_id=parent, at=NOW)
    with pytest.raises(Invalid):
        add_area(actor=actor, collaboration_id=made.pk, name="nivå 1", at=NOW)
    with pytest.raises(Invalid):
        add_area(actor=actor, collaboration_id=made.pk, name="Ny", parent_id="elsewhere", at=NOW)


def test_restating_the_purpose_keeps_what_it_was_in_the_journal():
    actor = coordinator()
    made = start(actor)
    restate_purpose(actor=actor, collaboration_id=made.pk, name="Nära", purpose="Hem i tid", at=NOW)
    assert Collaboration.objects.get().purpose == "Hem i tid"
    assert any("Trygg hemgång" in str(payload.content) for payload in JournalPayload.objects.all())


def test_nothing_changes_in_a_closed_collaboration():
    actor = coordinator()
    made = start(actor)
    close_collaboration(actor=actor, collaboration_id=made.pk, reason="Klart", at=NOW)
    with pytest.raises(Refused):
        add_area(actor=actor, collaboration_id=made.pk, name="Ny", at=NOW)
    with pytest.raises(Refused):
        let_in(actor=actor, collaboration_id=made.pk, organisation_ids=[f.organisation().pk], at=NOW)


def test_what_was_closed_before_the_time_was_kept_gets_it_from_the_journal():
    actor = coordinator()
    made, open_still = start(actor), start(actor, name="En annan")
    close_collaboration(actor=actor, collaboration_id=made.pk, reason="Klart", at=NOW)
    Collaboration.objects.update(closed_at=None)
    filled = import_module("samordna.domain.collaborations.migrations.0011_closed_before_it_was_kept")
    filled.fill_from_the_journal(apps, None)
    made.refresh_from_db()
    open_still.refresh_from_db()
    assert (made.closed_at, open_still.closed_at) == (NOW, None)
